"""联系记录: when the office last saw a person and what was written down about her, in sight on every tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cadre_desk.actions.history import Entry, history_of
from cadre_desk.db.desk import Desk
from cadre_desk.domain import codes
from cadre_desk.domain.visits import DONE, PLANNED
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import MOVEMENTS, PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.registers.visits import VISITS
from cadre_desk.ui.form_side import empty, put
from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.buttons import LINK, SMALL, Button
from cadre_desk.ui.kit.parts import Card, Hairline, ScrollColumn, Text

#: Marks in sight; the tabs 走访 and 历史 hold all.
MOST: Final = 12
_MOST_ACTS: Final = 6
_WIDE: Final = 276
_NARROW: Final = 212
_NAMED: Final = 2
_OF_VISITS: Final = VISITS.noun
#: What is told of a visit.
_SHOWN: Final = (
    "reason",
    "state",
    "method",
    "visitors",
    "leader",
    "words",
    "cash",
    "goods",
    "cash_given",
    "goods_given",
    "day",
)
_MOVED: Final = f"新增{MOVEMENTS.noun}"
#: 期初建账 is no event of a life.
_OPENING: Final = "10"
_ON_BOOKS: Final = "1"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the line of time: its day, what it was, and a quiet line on it."""

    day: date
    icon: str
    title: str
    note: str = ""
    tone: str = "ink2"


@dataclass(frozen=True, slots=True)
class Contacts:
    """What the column shows: the newest marks, visits of this year and of the last, and all visits."""

    marks: tuple[Mark, ...]
    this_year: int
    last_year: int
    visits: int


def read_contacts(desk: Desk, register: Register, record: int, today: date) -> Contacts:
    """Visits and movements of a person, and the last acts on the record of any register.

    Of a person only acts on her alone are told: an import of the whole ledger is no contact with her.
    """
    marks, days = [], []
    with desk.read() as session:
        acts = history_of(session, register, record, today=today, limit=_MOST_ACTS)
        if register.key == "people":
            listing = Listing(VISITS, today).belonging("person_id", record)
            listing = listing.showing(*_SHOWN)
            visits = listing.rows(session)
            person = Listing(PEOPLE, today).showing("status").rows_of(session, [record])
            status = person[record].values[0] if record in person else _ON_BOOKS
            moved = Listing(MOVEMENTS, today).belonging("person_id", record)
            moves = moved.showing("kind", "happened", "other_place", "reason").rows(session)
        else:
            visits, moves, status = [], [], _ON_BOOKS
    for row in visits:
        values = dict(zip(_SHOWN, row.values, strict=True))
        mark = _visit(values, status)
        marks.append(mark)
        days.extend([mark.day] if values["state"] == DONE else [])
    for row in moves:
        kind, happened, place, reason = row.values
        if kind != _OPENING:
            title, note = MOVEMENTS.column("kind").field.show(kind), place or reason or ""
            marks.append(Mark(happened.last, "people", title, note))
    if register.key == "people":
        acts = [entry for entry in acts if not entry.others]
    marks += [_act(entry) for entry in acts if entry.stands and entry.undoes is None and not _told(entry)]
    newest = sorted(marks, key=lambda mark: mark.day, reverse=True)[:MOST]
    years = [day.year for day in days]
    return Contacts(tuple(newest), years.count(today.year), years.count(today.year - 1), len(visits))


def _visit(values: Mapping[str, Any], status: str) -> Mark:
    """Who went and what was handed over; before that, what is planned; or why nobody was met.

    Nobody goes any more to who has died or left the books since.
    """
    reached = values["state"] == DONE
    given = gifts(values)
    words = {key: VISITS.column(key).field.show(values[key]) for key in ("state", "method")}
    if values["state"] == PLANNED:
        gone = codes.table("person_status").label(status)
        who = "在册，待走访" if status == _ON_BOOKS else f"没有走访，人员{gone}"
    else:
        who = f"{values['visitors'] or values['leader'] or ''}{words['method'] if reached else ''}"
        who = "，".join(part for part in ("" if reached else words["state"], who) if part)
    note = "，".join(part for part in (who, given, values["words"] or "") if part)
    return Mark(values["day"] or date.min, "visit", values["reason"], note, "ink2" if reached else "ink3")


def gifts(values: Mapping[str, Any]) -> str:
    """Money and goods of a visit: those handed over, or those planned while it waits."""
    waits = values["state"] == PLANNED
    cash, goods = (values[key if waits else f"{key}_given"] for key in ("cash", "goods"))
    money = f"{VISITS.column('cash').field.show(cash).removesuffix('.00')} 元" if cash else ""
    return "、".join(part for part in (money, goods or "") if part)


def _told(entry: Entry) -> bool:
    """Whether what an act wrote stands here itself: visits, or a movement but the opening of the books."""
    if all(_OF_VISITS in one.label for one in entry.altered):
        return True
    opening = MOVEMENTS.column("kind").field.show(_OPENING)
    return any(one.label == _MOVED and one.new != opening for one in entry.altered)


def _act(entry: Entry) -> Mark:
    """修改 · 手机、原职务 等 3 项，周敏."""
    labels = list(dict.fromkeys(one.label for one in entry.altered))
    named = "、".join(labels[:_NAMED]) + (f" 等 {len(labels)} 项" if len(labels) > _NAMED else "")
    title = entry.title.split("：", 1)[0]
    return Mark(entry.at.date(), "edit", title, "，".join(part for part in (named, entry.user) if part))


class _Row(QWidget):
    """One mark: icon with a thread to the next one, title, day at the right, note."""

    def __init__(self, mark: Mark, *, tied: bool) -> None:
        super().__init__()
        self._tied = tied
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(3), 0, 0, 0)
        row.setSpacing(theme.px(13))
        self._sign = QLabel()
        self._sign.setPixmap(icons.pixmap(mark.icon, mark.tone, 15))
        self._sign.setContentsMargins(0, theme.px(4), 0, 0)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, theme.px(8))
        words.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(theme.px(6))
        top.addWidget(Text(mark.title, "name", wrap=True), 1)
        day = Text(f"{mark.day:%m-%d}" if mark.day != date.min else "", "small", "ink2")
        top.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(top)
        if mark.note:
            words.addWidget(Text(mark.note, "small", "ink2", wrap=True))
        row.addLayout(words, 1)
        self.setAccessibleName(f"{mark.day:%Y-%m-%d} {mark.title} {mark.note}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The thread."""
        if not self._tied:
            return
        middle = self._sign.x() + self._sign.width() // 2
        top = theme.px(24)
        QPainter(self).fillRect(middle, top, 1, max(self.height() - top, 0), theme.colour("line2"))


class Timeline(Card):
    """The column of contacts. Signals: ``add_asked()``, ``all_asked()``."""

    add_asked = Signal()
    all_asked = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__("联系记录")
        self._narrow, self._person = False, True
        self._rows: list[_Row] = []
        self._shown: tuple[Contacts, bool] | None = None
        self.setObjectName("timeline")
        self.set_margins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.add = Button("加入走访批次", SMALL, "plus")
        self.add.clicked.connect(self.add_asked)
        self.add_head(self.add)
        self._area = ScrollColumn()
        side = theme.space("card")
        self._area.column.setContentsMargins(side, theme.px(10), theme.px(14), theme.px(8))
        self._area.column.setSpacing(theme.px(4))
        self.body.addWidget(self._area, 1)
        self.body.addWidget(Hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(side, theme.px(7), theme.px(14), theme.px(7))
        self.counts = Text("", "cap", "ink2", elide=True)
        self.all = Button("", LINK)
        self.all.clicked.connect(self.all_asked)
        foot.addWidget(self.counts, 1)
        foot.addWidget(self.all)
        self.body.addLayout(foot)

    def set_narrow(self, *, narrow: bool) -> None:
        """As wide as in the picture, or as narrow as it can be read: then without its button."""
        self._narrow = narrow
        self.setFixedWidth(theme.px(_NARROW if narrow else _WIDE))
        self.add.setVisible(self._person and not narrow)

    def show_contacts(self, found: Contacts, *, person: bool) -> None:
        """Show the marks of a record, by year."""
        if (found, person) == self._shown:
            return
        self._shown = (found, person)
        column = self._area.column
        empty(column)
        self._rows.clear()
        self.title.setText("联系记录" if person else "最近操作")
        self._person = person
        self.set_narrow(narrow=self._narrow)
        if not found.marks:
            put(column, Text("还没有走访，也没有别的记录。", "small", "ink2", wrap=True))
        for year, marks in groupby(found.marks, key=lambda mark: mark.day.year):
            put(column, Text(str(year) if year > 1 else "没有日期", "head", "ink2"))
            self._add_rows(column, list(marks))
        column.addStretch(1)
        visits = f"走访：今年 {found.this_year} 次，上年 {found.last_year} 次"
        self.counts.setText(visits if person else "")
        self.all.set_text(f"全部 {found.visits} 次" if person else "全部历史")

    def _add_rows(self, column: QVBoxLayout, marks: Sequence[Mark]) -> None:
        """The marks of one year, tied to each other."""
        for place, mark in enumerate(marks):
            row = _Row(mark, tied=place + 1 < len(marks))
            self._rows.append(row)
            put(column, row)

    def marks(self) -> list[str]:
        """What is in sight, for who cannot see it."""
        return [row.accessibleName() for row in self._rows]
