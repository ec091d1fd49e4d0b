"""The card beside the list: who is he, what is wrong with his record, when did we last see him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cadre_desk.db.desk import Desk
from cadre_desk.domain.visits import PLANNED
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.visits import VISITS
from cadre_desk.ui.card_alarms import person_alarms
from cadre_desk.ui.card_facts import CardFacts, post_of, read_card
from cadre_desk.ui.card_header import Alarm
from cadre_desk.ui.card_timeline import gifts
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import ICON, Button
from cadre_desk.ui.kit.cards import Hairline, ScrollColumn
from cadre_desk.ui.kit.parts import Avatar, Chip, Notice, Text
from cadre_desk.ui.office import Office
from cadre_desk.ui.record_preview import RecordPreview

_MOST_NOTICES: Final = 3
_MOST_CHIPS: Final = 3
_MOST_VISITS: Final = 3
_LABEL: Final = 64
_SHOWN: Final = ("round_id", "reason", "state", "day", "cash", "goods", "cash_given", "goods_given")


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit: its day, the round it belongs to, and what was given."""

    day: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What the card beside the list says of a person."""

    facts: CardFacts
    alarms: tuple[Alarm, ...]
    visits: tuple[Seen, ...]
    visit_count: int


def glance_at(desk: Desk, person: int, today: date) -> Glance:
    """Read what is told of a person.

    Raises:
        UserError: the record is gone.
    """
    facts = read_card(desk, PEOPLE, person, today)
    listing = Listing(VISITS, today).belonging("person_id", person)
    listing = listing.showing(*_SHOWN)
    with desk.read() as session:
        count = listing.count(session)
        rows = listing.sorted_by(("day", True)).rows(session, _MOST_VISITS)
    alarms = tuple(person_alarms(desk, facts, today))[:_MOST_NOTICES]
    return Glance(
        facts, alarms, tuple(_seen(dict(zip(_SHOWN, row.values, strict=True))) for row in rows), count
    )


def _seen(values: Mapping[str, Any]) -> Seen:
    day, waits = values["day"], values["state"] == PLANNED
    state = "在册待走访" if waits else VISITS.column("state").field.show(values["state"])
    note = "·".join(part for part in (gifts(values), state) if part)
    return Seen(f"{day:%m-%d}" if day else "", values["round_id"] or values["reason"], note)


class PersonPreview(RecordPreview):
    """A person at a glance; Enter in the list opens the whole card."""

    def __init__(self) -> None:
        """Nobody."""
        super().__init__("登记卡摘要")
        self.avatar = Avatar("", 56, 70, round_=False)
        self.name = Text("", "h2", select=True)
        self.line = Text("", "small", "ink2", wrap=True)
        self._chips = QWidget()
        self._middle = ScrollColumn()
        self._told = QWidget()
        self.column.addLayout(self._build_head())
        self.column.addWidget(self._middle, 1)
        self.column.addLayout(self._build_foot())

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        top = QHBoxLayout()
        close = Button(kind=ICON, icon="close", name="收起摘要")
        close.clicked.connect(self.closed)
        top.addWidget(self.name, 1)
        top.addWidget(close)
        words.addLayout(top)
        words.addWidget(self.line)
        words.addWidget(self._chips)
        words.addStretch(1)
        self._words = words
        row.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(4), 0, 0)
        row.setSpacing(theme.px(8))
        whole = Button("打开卡片 Enter")
        whole.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        whole.clicked.connect(self.opened)
        edit = Button("修改 F2")
        edit.clicked.connect(self.edited)
        row.addWidget(whole, 1)
        row.addWidget(edit)
        return row

    def show_record(self, office: Office, record: int) -> None:
        """Show a person of the ledger."""
        self.show_glance(glance_at(office.desk, record, office.today()))

    def show_glance(self, glance: Glance) -> None:
        """Show another person."""
        facts = glance.facts
        self.avatar.set_name(facts.name)
        self.name.setText(facts.name)
        self.setAccessibleDescription(f"{facts.name}，{facts.line}")
        self.line.setText("·".join(facts.line.split("·")[:2]))
        self._words.replaceWidget(self._chips, chips := _chip_row(facts))
        self._middle.column.removeWidget(self._told)
        self._middle.column.addWidget(told := self._tell(glance))
        for gone in (self._chips, self._told):
            gone.hide()
            gone.deleteLater()
        self._chips, self._told = chips, told

    def _tell(self, glance: Glance) -> QWidget:
        """Notices, fields and visits."""
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for alarm in glance.alarms:
            column.addWidget(Notice(alarm.text, alarm.weight, icon=alarm.icon))
        column.addLayout(self._fields(glance.facts))
        if glance.visits:
            self._add_visits(column, glance)
        column.addStretch(1)
        return told

    @staticmethod
    def _fields(facts: CardFacts) -> QGridLayout:
        """Label and value of what is asked most."""
        grid = QGridLayout()
        grid.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(theme.px(3))
        grid.setColumnMinimumWidth(0, theme.px(_LABEL))
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(_pairs(facts)):
            grid.addWidget(Text(label, "small", "ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
            said = Text(value, "small", wrap=True, select=True)
            said.setAccessibleName(f"{label} {value}")
            grid.addWidget(said, row, 1)
        return grid

    @staticmethod
    def _add_visits(column: QVBoxLayout, glance: Glance) -> None:
        """The last visits, the newest first."""
        column.addWidget(Hairline())
        head = QHBoxLayout()
        head.addWidget(Text("最近走访", "head", "ink2"), 1)
        head.addWidget(Text(f"共 {glance.visit_count} 次", "cap", "ink2"))
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, theme.px(48))
        grid.setColumnStretch(1, 1)
        for place, seen in enumerate(glance.visits):
            grid.addWidget(Text(seen.day, "cap", "ink2"), 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(seen.title, "small", wrap=True), 2 * place, 1)
            grid.addWidget(Text(seen.note, "cap", "ink2", wrap=True), 2 * place + 1, 1)
        column.addLayout(grid)


def _chip_row(facts: CardFacts) -> QWidget:
    """What kind of person it is, in at most three words."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(5))
    for word in facts.chips[:_MOST_CHIPS]:
        row.addWidget(Chip(word.text, word.kind))
    row.addStretch(1)
    return held


def _pairs(facts: CardFacts) -> list[tuple[str, str]]:
    """What stands in the card, without what is not known."""
    words = facts.words
    years = words.get("party_years", "").partition("（")[0].strip()
    branch = "·".join(part for part in (words.get("branch_id", ""), f"党龄 {years}" if years else "") if part)
    place, address = words.get("place_id", ""), facts.safe("address")
    home = address if address.startswith(place) else place + address
    health = "、".join(part for part in (words.get("health", ""), words.get("ability", "")) if part)
    told = (
        ("原职务", post_of(facts.values)),
        ("党支部", branch),
        ("住址", home),
        ("电话", facts.safe("phone") or facts.safe("landline")),
        ("家庭", words.get("family_flags", "")),
        ("健康", health),
        ("联系领导", words.get("link_leader", "")),
        ("联系人", words.get("link_clerk", "")),
    )
    return [(label, value) for label, value in told if value]
