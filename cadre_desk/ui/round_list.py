"""The list of a round: who is on it and who is not, and what the clerk changes of it by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from cadre_desk.actions.visits import Alarm, Edit
from cadre_desk.domain.money import show_money
from cadre_desk.registers.catalogue import register
from cadre_desk.ui import round_parts as parts
from cadre_desk.ui.kit.bars import TotalsBar
from cadre_desk.ui.kit.buttons import TOOL, Button
from cadre_desk.ui.kit.cards import Card
from cadre_desk.ui.kit.notices import WARNING, Notice
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.tabs import Tab, TabStrip
from cadre_desk.ui.office import Office
from cadre_desk.ui.round_dialogs import AmountDialog, InDialog, OutDialog, PassDialog
from cadre_desk.ui.still_rows import StillRows

_LISTED, _LEFT_OUT, _ALARMS = "listed", "left_out", "alarms"
_WHY: Final = 3


class RoundList(Card):
    """Tabs over one table; Ins takes somebody in, Del leaves the current one out, F2 changes the amount.

    Of a plan ``added``, ``excluded`` and ``edited`` are what was done by hand, by person, and ``changed()``
    says so. Of a round that was made each is asked for at once: ``in_asked(person, reason)``,
    ``off_asked(person, reason)``, ``amount_asked(person, edit)``; ``pass_asked(alarms, reason)`` lets
    alarms pass.
    """

    changed = Signal()
    in_asked = Signal(int, str)
    off_asked = Signal(int, str)
    amount_asked = Signal(int, object)
    pass_asked = Signal(object, str)

    def __init__(self, office: Office) -> None:
        """An empty list."""
        super().__init__()
        self._office = office
        self._roll: parts.Roll | None = None
        self._left_out: tuple[parts.Out, ...] = ()
        self._alarms: tuple[Alarm, ...] = ()
        self._planning = True
        self.begin()
        self.set_margins(1, 2, 1, 1)
        self.body.setSpacing(0)
        self.tabs = TabStrip("名单")
        self.tabs.set_tabs([Tab(_LISTED, "列入"), Tab(_LEFT_OUT, "符合规则未列入")])
        self.tabs.chosen.connect(lambda _key: self._show_rows())
        self.notice = Notice()
        self.notice.hide()
        self.people = StillRows(parts.COLUMNS)
        self.table = RegisterTable("走访名单")
        self.table.setModel(self.people)
        self.table.set_frozen(2)
        self.table.opened.connect(self._open)
        self.totals = TotalsBar()
        self.table.range_moved.connect(self._tell_range)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.totals)
        self.hands = (
            self._hand("手工加入", "plus", "Ins", self.take_in),
            self._hand("不列入", "minus", "Del", self.leave_out),
            self._hand("改金额", "edit", "F2", self.change_amount),
        )
        self.passing = self._hand("放行", "check", "F8", self.let_pass)

    def _hand(self, words: str, icon: str, keys: str, act: Callable[[], None]) -> Button:
        button = Button(words, TOOL, icon, tip=f"{words}（{keys}）")
        button.clicked.connect(act)
        self.tabs.add_end(button)
        return button

    def _tell_range(self, first: int, last: int) -> None:
        self.totals.set_range(f"第 {first + 1}–{last + 1} 行" if last >= 0 else "")

    def begin(self) -> None:
        """Nothing was done by hand."""
        self.added: dict[int, str] = {}
        self.excluded: dict[int, str] = {}
        self.edited: dict[int, Edit] = {}

    def set_planning(self, *, planning: bool) -> None:
        """Whether it is a plan, or the list of a round that was made."""
        self._planning = planning
        self.say("")

    def say(self, text: str) -> None:
        """A sentence above the list; "" for none."""
        self.notice.setVisible(bool(text))
        if text:
            self.notice.say(text, WARNING)

    # --- what is shown ------------------------------------------------------------------------------------

    def show_people(
        self, roll: parts.Roll | None, left_out: tuple[parts.Out, ...], alarms: tuple[Alarm, ...] = ()
    ) -> None:
        """Other people; None for no list at all."""
        self._roll, self._left_out, self._alarms = roll, left_out, alarms
        count = len(roll.keys) if roll else 0
        tabs = [Tab(_LISTED, "列入", count), Tab(_LEFT_OUT, "符合规则未列入", len(left_out))]
        if not self._planning:
            tabs.append(Tab(_ALARMS, "发放提醒", len(alarms)))
        self.tabs.set_tabs(tabs, self.tabs.current())
        self._show_rows()

    def _show_rows(self) -> None:
        """The listed, the left out or the alarms, as the tabs say."""
        row, roll, out = self.table.current_row(), self._roll, self._out()
        if self._at_alarms():
            people = [one.person for one in self._alarms]
            self.people.show_rows(parts.alarm_rows(self._alarms), people, parts.ALARM_COLUMNS)
        elif out:
            keys = [one[0] for one in self._left_out]
            self.people.show_rows(parts.left_out_rows(self._left_out), keys, parts.LEFT_OUT_COLUMNS)
        else:
            rows, listed = (roll.rows, roll.keys) if roll else ((), ())
            self.people.show_rows(rows, listed, parts.COLUMNS)
        self.table.go_to(max(min(row, self.people.rowCount() - 1), 0))
        off = "不列入" if self._planning else "移出名单"
        self.hands[1].set_text("列回" if out else off)
        self.hands[2].setVisible(not out)
        self.passing.setVisible(self._at_alarms())
        self.totals.set_totals(
            [("共", f"{len(roll.keys):,} 人"), ("慰问金", f"{show_money(roll.total)} 元")] if roll else []
        )

    def show_alarms(self) -> None:
        """Open the tab of alarms."""
        self.tabs.set_current(_ALARMS)
        self._show_rows()

    def _out(self) -> bool:
        return self.tabs.current() == _LEFT_OUT

    def _at_alarms(self) -> bool:
        return self.tabs.current() == _ALARMS

    def _open(self, row: int) -> None:
        person = self.people.key(row)
        if person is not None:
            self._office.go("card", register="people", record=person)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the table leaves: Ins, Del, F2, F8."""
        act = {
            Qt.Key.Key_Insert: self.take_in,
            Qt.Key.Key_Delete: self.leave_out,
            Qt.Key.Key_F2: self.change_amount,
            Qt.Key.Key_F8: self.let_pass,
        }.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    # --- by hand ------------------------------------------------------------------------------------------

    def _current(self) -> tuple[int, str] | None:
        """The person of the current row, with the name."""
        row = self.table.current_row()
        person = self.people.key(row)
        return None if person is None else (int(person), self.people.cell(row, 1).text)

    def leave_out(self) -> None:
        """The current person off the list, with a reason; on the other tab, back onto it."""
        found = self._current()
        if found is None:
            return
        person, name = found
        if self._out():
            self._take_back(person, name)
        elif self._planning and self.added.pop(person, None) is not None:
            self.changed.emit()
        else:
            dialog = OutDialog(self, name)
            if self._planning:
                dialog.confirmed.connect(partial(self.excluded.__setitem__, person))
                dialog.accepted.connect(self._has_changed)
            else:
                dialog.confirmed.connect(partial(self.off_asked.emit, person))
            dialog.open()

    def _take_back(self, person: int, name: str) -> None:
        if not self._planning:
            rules = next(one[2] for one in self._left_out if one[0] == person)
            self.in_asked.emit(person, rules)
            return
        why = self.people.cell(self.table.current_row(), _WHY).text
        if self.excluded.pop(person, None) is None:
            self.say(f"{name}不能列回：{why}。")
        else:
            self.changed.emit()

    def change_amount(self) -> None:
        """Another amount for the current person, with a reason."""
        found, roll = self._current(), self._roll
        if found is None or self._out() or roll is None:
            return
        person, name = found
        dialog = AmountDialog(self, name, roll.amounts[roll.keys.index(person)])
        if self._planning:
            dialog.confirmed.connect(
                lambda reason: self.edited.update({person: Edit(dialog.amount(), reason)})
            )
            dialog.accepted.connect(self._has_changed)
        else:
            dialog.confirmed.connect(
                lambda reason: self.amount_asked.emit(person, Edit(dialog.amount(), reason))
            )
        dialog.open()

    def take_in(self) -> None:
        """Somebody whom no rule hits, with a reason."""
        everybody = self._office.listing(register("people"))
        dialog = InDialog(self, self._office, everybody)
        if self._planning:
            dialog.confirmed.connect(lambda reason: self.added.update({dialog.chosen(): reason}))
            dialog.accepted.connect(self._has_changed)
        else:
            dialog.confirmed.connect(lambda reason: self.in_asked.emit(dialog.chosen(), reason))
        dialog.open()

    def let_pass(self) -> None:
        """The current alarm, or all of its kind, for a reason that the papers print."""
        row = self.table.current_row()
        if not self._at_alarms() or not 0 <= row < len(self._alarms):
            return
        alarm = self._alarms[row]
        if not alarm.holds:
            self.say(f"{alarm.name}这一条{'已经放行' if alarm.waived else '只是提醒，不挡签领表'}。")
            return
        alike = tuple(one for one in self._alarms if one.holds and one.warned.alarm == alarm.warned.alarm)
        dialog = PassDialog(self, alarm, len(alike))
        dialog.confirmed.connect(
            lambda reason: self.pass_asked.emit(alike if dialog.all_alike() else (alarm,), reason)
        )
        dialog.open()

    def _has_changed(self) -> None:
        self.table.setFocus()
        self.changed.emit()
