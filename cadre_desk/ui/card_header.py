"""Who a card is about: the large head of the card with its alarms, and the strip over a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.ui.card_facts import CardFacts, ChipWord, read_card
from cadre_desk.ui.card_photo import PhotoPlace
from cadre_desk.ui.flow import Flow
from cadre_desk.ui.form_side import empty, put
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, Act, Button
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.parts import Avatar, Card, Chip, Notice, Text
from cadre_desk.ui.office import Office

#: Alarms in sight; the rest opens with 另 n 条.
_MOST_ALARMS: Final = 3
_MOST_CHIPS: Final = 3
_ALARMS: Final = 360
#: Margins of the head, px at 100 %: in a wide window and in a narrow one.
_WIDE: Final = (16, 10, 14, 13)
_SMALL: Final = (16, 4, 14, 8)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong with a record or owed to a person: one sentence, and the verb that does it.

    ``weight`` is hint, warning or refusal; ``act`` is "field=phone" to type, or a key of the page's own acts.
    """

    text: str
    weight: str
    verb: str
    act: str
    icon: str = ""


def chips(words: Sequence[ChipWord]) -> list[Chip]:
    """Chips for words."""
    return [Chip(word.text, word.kind) for word in words]


class Fact(QWidget):
    """A small label over a value; a masked one can be shown. Signals: ``reveal_asked()``."""

    reveal_asked = Signal()

    def __init__(self, label: str, value: str, *, masked: bool = False) -> None:
        """``value`` is not shortened."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(label, "small", "ink2"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.value = Text(value, "body")
        row.addWidget(self.value)
        self.show_link = Button("显示", LINK)
        self.show_link.setAccessibleName(f"显示{label}")
        self.show_link.clicked.connect(self.reveal_asked)
        self.show_link.setVisible(masked)
        row.addWidget(self.show_link)
        row.addStretch(1)
        column.addLayout(row)
        self.setAccessibleName(f"{label} {value}")

    def reveal(self, whole: str) -> None:
        """Show it whole."""
        self.value.setText(whole)
        self.show_link.hide()


class CardHeader(Card):
    """Photo place, name, chips, who it is, what one phones for; alarms at the right, each with its verb.

    Signals: ``acted(act)`` from an alarm, ``all_asked()`` from 另 n 条, ``reveal_asked(key)`` from 显示.
    """

    acted = Signal(str)
    all_asked = Signal()
    reveal_asked = Signal(str)

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__()
        self._masked: dict[str, Fact] = {}
        self.setObjectName("card-header")
        self.set_margins(*_WIDE)
        self._most = _MOST_ALARMS
        self._alarms: Sequence[Alarm] = ()
        self._listed: tuple[object, ...] = ()
        self._facts_shown: CardFacts | None = None
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.px(14))
        who = QHBoxLayout()
        who.setSpacing(theme.px(18))
        self.photo = PhotoPlace(80, 100)
        # A 20 pt line asks for 40 px: what stands beside the words begins where their ink does.
        photo = QVBoxLayout()
        photo.setContentsMargins(0, theme.px(5), 0, 0)
        photo.addWidget(self.photo)
        photo.addStretch(1)
        who.addLayout(photo)
        who.addLayout(self._build_words(), 1)
        self._row.addLayout(who, 1)
        self._beside = QWidget()
        self._list = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._beside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.px(6))
        self._row.addWidget(self._beside, 0)
        self.body.addLayout(self._row)

    def _build_words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(theme.px(10))
        self.name = Text("", "fig", select=True)
        self.name.setFixedHeight(theme.px(40))
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.px(5))
        top.addWidget(self.name)
        top.addLayout(self._chips)
        top.addStretch(1)
        words.addLayout(top)
        self.line = Text("", "small", wrap=True)
        words.addWidget(self.line)
        words.addSpacing(theme.px(8))
        self._facts = Flow(theme.px(28), theme.px(4))
        words.addWidget(self._facts)
        words.addStretch(1)
        return words

    def show_facts(self, facts: CardFacts) -> None:
        """Show another record."""
        if facts == self._facts_shown:
            return
        self._facts_shown = facts
        self._masked.clear()
        self.name.setText(facts.name)
        self.photo.setVisible(facts.register is PEOPLE)
        self.line.setText(facts.line)
        self.line.setVisible(bool(facts.line))
        empty(self._chips)
        put(self._chips, *chips(facts.chips[:_MOST_CHIPS]))
        self._facts.set_widgets([self._fact(facts, label, value) for label, value in facts.facts if value])

    def _fact(self, facts: CardFacts, label: str, value: str) -> Fact:
        """One of the things one phones for; what it masks is known by its mask."""
        key = next((key for key, mask in facts.masked.items() if mask == value), "")
        made = Fact(label, value, masked=bool(key))
        if key:
            self._masked[key] = made
            made.reveal_asked.connect(lambda: self.reveal_asked.emit(key))
        return made

    def reveal(self, key: str, whole: str) -> None:
        """Show a masked fact whole, if it stands here."""
        if key in self._masked:
            self._masked[key].reveal(whole)
            self._facts.rearrange()

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """Show what is wrong or owed, the heaviest first."""
        wanted = (*alarms, self._most)
        if wanted == self._listed:
            return
        self._listed, self._alarms = wanted, tuple(alarms)
        empty(self._list)
        put(self._list, *(self._notice(alarm) for alarm in self._alarms[: self._most]))
        rest = len(self._alarms) - self._most
        if rest > 0:
            more = Button(f"另 {rest} 条提醒", LINK)
            more.clicked.connect(self.all_asked)
            self._list.addWidget(more, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            more.show()
        if self._most > 1:
            self._list.addStretch(1)
        self._beside.setVisible(bool(self._alarms))

    def _notice(self, alarm: Alarm) -> Notice:
        notice = Notice(alarm.text, alarm.weight, [Act(alarm.act, alarm.verb)], icon=alarm.icon)
        notice.acted.connect(self.acted)
        return notice

    def alarms(self) -> list[str]:
        """The alarms as they stand, whether in sight or behind 另 n 条."""
        return [alarm.text for alarm in self._alarms]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the alarms stand below, one of them."""
        super().resizeEvent(event)
        small = narrow(self) >= Room.FEW_BUTTONS
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if small else across)
        self._row.setSpacing(theme.px(8 if small else 14))
        self._list.setDirection(across if small else down)
        self.set_margins(*(_SMALL if small else _WIDE))
        self._list.setContentsMargins(0, 0 if small else theme.px(5), 0, 0)
        most = 1 if small else _MOST_ALARMS
        self._beside.setMinimumWidth(0 if small else theme.px(_ALARMS))
        self._beside.setMaximumWidth(16777215 if small else theme.px(_ALARMS))
        if most != self._most:
            self._most = most
            self.show_alarms(self._alarms)


class IdentityStrip(Card):
    """Whose record is typed: surname, name, chip, who it is; 正在编辑 at the right."""

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__()
        self.setObjectName("identity")
        self.set_margins(16, 4, 16, 4)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.avatar = Avatar("", 36)
        words = QVBoxLayout()
        words.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        self.name = Text("", "h2")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.px(5))
        top.addWidget(self.name)
        top.addLayout(self._chips)
        top.addStretch(1)
        self.line = Text("", "small", "ink2", elide=True)
        words.addLayout(top)
        words.addWidget(self.line)
        row.addWidget(self.avatar)
        row.addLayout(words, 1)
        row.addWidget(Chip("正在编辑", "info", "edit"))
        self.body.addLayout(row)

    def show_record(self, office: Office, register: Register, record: int) -> None:
        """Show whose record it is."""
        facts = read_card(office.desk, register, record, office.today())
        self.name.setText(facts.name)
        self.avatar.set_name(facts.name)
        parts = (facts.line.rsplit("·", 1)[-1], facts.words.get("branch_id", ""))
        self.line.setText("·".join(part for part in parts if part))
        self.line.setVisible(bool(self.line.text()))
        empty(self._chips)
        put(self._chips, *chips(facts.chips[:1]))
