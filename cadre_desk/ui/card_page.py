"""The card of a record: who it is, what is wrong or owed, its fields on tabs, the last contacts in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from cadre_desk.actions.history import Entry
from cadre_desk.actions.papers import note_sight
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.ui import card_alarms, person_form
from cadre_desk.ui.card_alarms import person_alarms
from cadre_desk.ui.card_body import CardBody
from cadre_desk.ui.card_facts import CardFacts, read_card
from cadre_desk.ui.card_header import Alarm, CardHeader
from cadre_desk.ui.card_layout import HISTORY, VISITS
from cadre_desk.ui.card_photo import PhotoKeeper
from cadre_desk.ui.card_timeline import Timeline, read_contacts
from cadre_desk.ui.form_side import empty
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY, SQUARE, Act, Button, drop_menu, menu_of
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.parts import HINT, Drawer, Notice, PageHeader, Text
from cadre_desk.ui.list_words import presets_of
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.person_acts import acts_for, open_act
from cadre_desk.ui.record_drawer import RecordDrawer
from cadre_desk.ui.undo_keeper import keeper_for

_PRINT: Final = "print"
_MOVES: Final = "moves"
_EDIT: Final = "edit"
_SURVIVOR: Final = "2"
#: Typed in place, in a drawer; what belongs to other registers has its own form page.
_IN_PLACE: Final = frozenset({"contacts", "accounts"})


class CardPage(Page):
    """Page "card": ``record`` of ``register``, one of ``among``; ``also`` says what these are called."""

    HELP: ClassVar[str] = "登记卡"

    def __init__(self, office: Office) -> None:
        """The frame; the paper of a register is made when it is first asked for."""
        super().__init__(office)
        self._go = Go("card", "people")
        self._facts: CardFacts | None = None
        self._bodies: dict[str, CardBody] = {}
        self._alarms: list[Alarm] = []
        self._acts_of = ""
        self._tabs_left: dict[str, str] = {}
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QShortcut(QKeySequence("F2"), self, self._edit)
        QShortcut(QKeySequence("Ctrl+P"), self, lambda: self._on_act(_PRINT))
        QShortcut(QKeySequence("F9"), self, lambda: self._on_act(_MOVES))
        # Without neighbours Alt+Left is the window's: back.
        self._steps = [
            QShortcut(QKeySequence("Alt+Left"), self, lambda: self._step(-1)),
            QShortcut(QKeySequence("Alt+Right"), self, lambda: self._step(1)),
        ]

    def _lay_out(self) -> None:
        self.header = PageHeader("登记卡")
        self.header.parent_asked.connect(lambda _key: self.office.go("list", register=self._go.register))
        self.header.acted.connect(self._on_act)
        self.place = Text("", "small", "ink2")
        self.before = Button(kind=SQUARE, icon="chevron-left", name="上一人 Alt+←")
        self.after = Button(kind=SQUARE, icon="chevron-right", name="下一人 Alt+→")
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        for widget in (self.place, self.before, self.after):
            self.header.add_extra(widget)
        self.head = CardHeader()
        self.head.acted.connect(self._on_alarm)
        self.head.all_asked.connect(self._show_all_alarms)
        self.head.reveal_asked.connect(self._reveal)
        self.photo = PhotoKeeper(self.office, self.head, self.head.photo)
        self._stack = QStackedWidget()
        self.timeline = Timeline()
        self.timeline.add_asked.connect(self._to_round)
        self.timeline.all_asked.connect(self._show_all_contacts)
        sides = QHBoxLayout()
        sides.setSpacing(theme.space("gap"))
        sides.addWidget(self._stack, 1)
        sides.addWidget(self.timeline)
        column = QVBoxLayout(self)
        side = theme.space("page")
        column.setContentsMargins(side, theme.px(10), side, theme.px(12))
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addSpacing(theme.px(6))
        column.addWidget(self.head)
        column.addSpacing(theme.space("gap"))
        column.addLayout(sides, 1)
        self.drawer = RecordDrawer(self.office, self)
        self.notes = Drawer(self)

    @property
    def register(self) -> Register:
        """The register whose record is shown."""
        return REGISTERS[self._go.register]

    @property
    def body(self) -> CardBody:
        """The paper in sight."""
        return self._bodies[self._go.register]

    def arrive(self, go: Go) -> None:
        """Show a record; the tab stays from person to person."""
        self._go = go
        if go.register not in self._bodies:
            self._bodies[go.register] = self._build_body(self.register)
        self._stack.setCurrentWidget(self.body)
        if self.drawer.isVisible():
            self.drawer.shut()
        self.refresh()
        if self._facts is not None and go.register in self._tabs_left:
            self.body.return_to(self._tabs_left.pop(go.register))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def remains(self) -> dict[str, str]:
        """The tab in sight, by register."""
        return self._tabs_left | {key: body.tabs.current() for key, body in self._bodies.items()}

    def resume(self, remains: object) -> None:
        """The tab stays though the page was put away."""
        if isinstance(remains, dict):
            self._tabs_left = dict(remains)

    def _build_body(self, register: Register) -> CardBody:
        body = CardBody(self.office, register)
        body.reveal_asked.connect(self._reveal)
        body.edit_asked.connect(self._edit)
        body.opened.connect(self._open)
        body.add_asked.connect(self._add)
        body.all_asked.connect(self._show_list)
        body.undo_asked.connect(self._undo)
        self._stack.addWidget(body)
        return body

    def refresh(self) -> None:
        """Show the record as the ledger has it now."""
        if not self._go.record or self._go.register not in self._bodies:
            return
        register, record, today = self.register, self._go.record, self.office.today()
        try:
            self._facts = facts = read_card(self.office.desk, register, record, today)
        except UserError:
            # Its entry was undone, here or from the bar above: the list shows what there is.
            self._facts = None
            self.office.go("list", register=register.key)
            return
        person = register is PEOPLE
        self._alarms = person_alarms(self.office.desk, facts, today) if person else []
        self.head.show_facts(facts)
        self.head.show_alarms(self._alarms)
        self.photo.show_of(record if person else 0, facts.name)
        self.body.show_record(facts)
        self.timeline.show_contacts(read_contacts(self.office.desk, register, record, today), person=person)
        self._show_header(facts)

    def _show_header(self, facts: CardFacts) -> None:
        """Where we are, how many there are besides, and the acts."""
        register = facts.register
        self.header.set_title("登记卡" if register is PEOPLE else facts.name)
        if self._acts_of != register.key:
            self._acts_of = register.key
            self.header.set_parents([("list", register.title)])
            self._set_acts(register)
        among = self._go.among
        here = among.index(facts.record) + 1 if facts.record in among else 0
        listed = f"{self._go.also} 第 {here} / {len(among):,} {register.measure}".strip()
        self.place.setText(listed if here else "")
        for button, on in ((self.before, here > 1), (self.after, 0 < here < len(among))):
            button.setVisible(here > 0)
            button.setEnabled(on)
        for shortcut in self._steps:
            shortcut.setEnabled(here > 0)

    def _set_acts(self, register: Register) -> None:
        """The acts of the page, the same for all records of a register."""
        acts = []
        if register is PEOPLE:
            acts = [
                Act(_PRINT, "打印登记卡", "print", tip="Ctrl+P"),
                Act(_MOVES, "登记去世、变动", "chevron-down", tip="F9"),
            ]
        if register.form:
            acts.append(Act(_EDIT, "编辑", "edit", PRIMARY, tip="F2"))
        self.header.set_acts(acts)
        if register is PEOPLE:
            # The arrow belongs behind the words; Qt puts it there for a right-to-left button.
            self.header.acts.button(_MOVES).setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    # --- acts ---------------------------------------------------------------------------------------------

    def _on_act(self, key: str) -> None:
        """The page's own acts."""
        if self._facts is None:
            return
        if key == _EDIT:
            self._edit()
        elif key == _PRINT and self.register is PEOPLE:
            self.office.go("preview", register="people", record=self._facts.record, also="card")
        elif key == _MOVES and self.register is PEOPLE:
            button = self.header.acts.button(_MOVES)
            menu = menu_of(acts_for(self._facts.values["status"]), self.begin_act, button)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            drop_menu(menu, button if button.isVisible() else self.header.acts)

    def begin_act(self, key: str) -> None:
        """Open the dialog of an act on the person."""
        if self._facts is not None:
            open_act(key, self.office, self, self._facts.record, self._facts.name)

    def _edit(self, field: str = "") -> None:
        """The same record in the form, at a field if one is named."""
        if self.register.form:
            also = f"field={field};among={self._go.also}"
            self.office.wanted.emit(replace(self._go, page="edit", also=also))

    def _step(self, step: int) -> None:
        """The record before or behind this one in the list it was opened from."""
        among = self._go.among
        if self._go.record in among:
            place = among.index(self._go.record) + step
            if 0 <= place < len(among):
                self.office.wanted.emit(replace(self._go, record=among[place]))

    def _on_alarm(self, act: str) -> None:
        """Do what an alarm offers."""
        what, _, value = act.partition("=")
        if what == "field":
            self._edit(value)
        elif what == "tab":
            self.body.show_tab(value)
        elif what == "add":
            self._add(value, "person_id")
        elif act == card_alarms.BASIS:
            self._explain_births()
        elif act == card_alarms.TO_ROUND:
            self._to_round()

    def _show_all_alarms(self) -> None:
        """Every alarm, in the drawer."""
        self._clear_notes("提醒", f"{len(self._alarms)} 条")
        for alarm in self._alarms:
            notice = Notice(
                alarm.text, alarm.weight, [Act(alarm.act, alarm.verb)], stacked=True, icon=alarm.icon
            )
            notice.acted.connect(self.notes.shut)
            notice.acted.connect(self._on_alarm)
            self.notes.body.addWidget(notice)
        self.notes.body.addStretch(1)
        self.notes.unfold()

    def _explain_births(self) -> None:
        """Why two birth dates are kept, and which counts."""
        if self._facts is None:
            return
        words = self._facts.words
        self._clear_notes("出生年月", "认定依据")
        lines = (
            f"档案：{words.get('birth_archive', '未填')}",
            f"身份证：{words.get('birth_id', '未填')}",
        )
        for line in lines:
            self.notes.body.addWidget(Text(line, "body", wrap=True))
        self.notes.body.addWidget(Notice(person_form.BASIS_TEXT, HINT))
        self.notes.body.addStretch(1)
        self.notes.unfold()

    def _clear_notes(self, title: str, note: str) -> None:
        empty(self.notes.body)
        side = theme.space("card")
        self.notes.body.setContentsMargins(side, theme.px(12), side, theme.px(12))
        self.notes.set_title(title, note)

    def _to_round(self) -> None:
        """A round over this person alone."""
        listing = Listing(PEOPLE, self.office.today()).picked([self._go.record])
        self.office.go("round", register="people", listing=listing)

    def _show_all_contacts(self) -> None:
        self.body.show_tab(VISITS if self.register is PEOPLE else HISTORY)

    # --- what belongs to the record -----------------------------------------------------------------------

    def _open(self, register: str, record: int) -> None:
        """A record of a list: in place where that is the custom, else its own card."""
        if register in _IN_PLACE and self._facts is not None:
            self.drawer.open_for(REGISTERS[register], record, {}, self._facts.name)
        else:
            self.office.go("card", register=register, record=record)

    def _add(self, register: str, link: str) -> None:
        """A new record that belongs to this one."""
        if self._facts is None:
            return
        if register in _IN_PLACE:
            presets: dict[str, Any] = {link: self._facts.record}
            if register == "accounts":
                presets["holder"] = self._facts.name
            self.drawer.open_for(REGISTERS[register], 0, presets, self._facts.name)
        else:
            kind = f"person_kind={_SURVIVOR};" if link == "spouse_of_id" else presets_of(REGISTERS[register])
            self.office.go("edit", register=register, also=f"{kind}{link}={self._facts.record}")

    def _show_list(self, register: str, link: str) -> None:
        """The register's own list, narrowed to what belongs to this record."""
        listing = Listing(REGISTERS[register], self.office.today()).belonging(link, self._go.record)
        self.office.go("list", register=register, listing=listing)

    def _reveal(self, key: str) -> None:
        """Show a masked value, and write down that it was shown."""
        if self._facts is not None:
            note_sight(self.office.desk, f"查看 {self._facts.name}：{self._facts.label(key)}")
            self.body.reveal(key)
            self.head.reveal(key, self._facts.words[key])

    # --- undo ---------------------------------------------------------------------------------------------

    def _undo(self, entry: Entry) -> None:
        """Take an act of the history back; one that changed other records too is asked about first."""
        keeper_for(self, self.office).take_back(entry.act, entry.others)

    def may_leave(self) -> bool:
        """A drawer with something typed in it asks first."""
        if self.drawer.is_dirty():
            self.drawer.ask_to_shut()
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the column of contacts is as narrow as it can be read."""
        super().resizeEvent(event)
        small = narrow(self) >= Room.FEW_BUTTONS
        self.timeline.set_narrow(narrow=small)
