"""The acts of five years: what was entered on which day, under which title, by whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from cadre_desk.db.base import Base, dated_fields
from cadre_desk.db.models import BankAccount, Contact, Membership, Movement, Person, PersonFact
from cadre_desk.demo.books import booking
from cadre_desk.demo.life import CADRE, CITIZEN, ON_BOOKS, SURVIVOR, Change, Departure, Life, Stay
from cadre_desk.demo.population import BALANCE, FOUND, IN, MISTAKE, NEW, OUT
from cadre_desk.demo.scale import WORKING_DAY
from cadre_desk.domain.dates import PartialDate

Row = dict[str, Any]

#: Acts of one day come in this order.
SETTING_UP, ARRIVING, UNITS, BRANCHES, CHANGING, LEAVING, CLOSING = range(7)
_OPENING_ROSTER: Final = "2021年初建账，导入离退休干部"
_ARRIVING: Final = {NEW: "办理退休", IN: "转入", FOUND: "补录"}
_LEAVING: Final = {OUT: "转出", MISTAKE: "注销重复登记"}
_DEATH: Final = "登记去世"
#: Acts whose title goes on with the members who came over by them.
_JOINING: Final = ("新建支部", "支部撤并")
_BESIDE: Final = {SURVIVOR: "登记遗属", CITIZEN: "登记社会老年人"}
_CONTACTS_ON, _ACCOUNTS_ON = date(2021, 1, 8), date(2021, 1, 11)
_DATED: Final = dated_fields(Person)
#: What a file told before the ledger began; the rest is known since the person came onto the books.
_FROM_FILE: Final = frozenset({"retire_type", "treatment_level", "manage_unit_id"})
_MORNING: Final = time(8, 36)
_EVENING: Final = 17


@dataclass(slots=True)
class Entry:
    """One act: what it inserts and updates, table by table, and whose names its title may say."""

    day: date
    rank: int
    heading: str
    user: str
    inserts: dict[type[Base], list[Row]] = field(default_factory=lambda: defaultdict(list))
    updates: dict[tuple[type[Base], tuple[str, ...]], list[Row]] = field(
        default_factory=lambda: defaultdict(list)
    )
    names: list[str] = field(default_factory=list)
    count: str = "人"
    at: datetime = datetime.min  # noqa: DTZ901 - set before it is used

    @property
    def title(self) -> str:
        """What the list of acts says."""
        if not self.names:
            return self.heading
        if len(self.names) == 1 and self.count == "人" and "：" not in self.heading:
            return f"{self.heading}：{self.names[0]}"
        joining = "，转入党员" if self.heading.startswith(_JOINING) else ""
        return f"{self.heading}{joining} {len(self.names):,} {self.count}"

    def insert(self, model: type[Base], row: Row) -> None:
        """Add a row."""
        self.inserts[model].append(row)

    def update(self, model: type[Base], row_id: int, values: Row) -> None:
        """Give columns of a row new values."""
        self.updates[model, tuple(values)].append({"row_id": row_id, **values})


class Chronicle:
    """Gathers what each life adds to the acts, then hands the acts out in order of time."""

    def __init__(self) -> None:
        """Begin with no act."""
        self._entries: dict[tuple[date, int, str], Entry] = {}
        self._memberships = 0
        self.facts = 0

    def entry(self, day: date, rank: int, heading: str, count: str = "人") -> Entry:
        """The act of a day under a heading."""
        key = (day, rank, heading)
        if key not in self._entries:
            self._entries[key] = Entry(day, rank, heading, clerk(day), count=count)
        return self._entries[key]

    def tell(self, life: Life) -> None:
        """Everything that a life adds."""
        self._arrive(life)
        self._belong(life)
        for change in sorted(life.changes, key=lambda one: (one.entered, one.since)):
            self._change(life, change)
        if life.departure is not None:
            self._depart(life, life.departure)

    def acts(self) -> list[Entry]:
        """The acts in order, each with its moment."""
        ordered = sorted(self._entries.values(), key=lambda one: (one.day, one.rank))
        before = datetime.min  # noqa: DTZ901 - earlier than any
        for number, entry in enumerate(ordered):
            start = datetime.combine(entry.day, _MORNING)
            pause = 4 + number * 7 % (11 if entry.day == WORKING_DAY else 41)
            entry.at = max(start, before) + timedelta(minutes=pause, seconds=number * 13 % 60)
            if entry.at.hour >= _EVENING:
                entry.at = before + timedelta(minutes=1)
            before = entry.at
        return ordered

    def _arrive(self, life: Life) -> None:
        arrival = life.arrival
        entry = self.entry(arrival.entered, ARRIVING, _heading(life))
        entry.names.append(life.name)
        first = {**life.first_values(), "id": life.id, "person_kind": life.kind, "status": ON_BOOKS}
        first["branch_id"] = life.stays[0].branch.id if life.stays and not life.stays[0].heading else None
        if life.stays and life.stays[0].entered > arrival.entered:
            first["branch_id"] = None
        entry.insert(Person, first)
        booked, late = booking(arrival.happened, arrival.entered)
        for aspect in _DATED:
            if first.get(aspect) is not None:
                self._fact(entry, life, aspect, first[aspect], _since(life, first, aspect), booked)
        entry.insert(
            Movement,
            {
                "person_id": life.id,
                "direction": 1,
                "kind": arrival.kind,
                "happened": arrival.happened,
                "booked": booked,
                "late": late or None,
                "other_place": arrival.origin,
                "reason": arrival.reason,
            },
        )
        balance = arrival.kind == BALANCE and life.kind == CADRE
        contacts = self.entry(_CONTACTS_ON, SETTING_UP, "导入家庭成员与联系人") if balance else entry
        accounts = self.entry(_ACCOUNTS_ON, SETTING_UP, "导入银行账户", "个") if balance else entry
        for model, rows, act in ((Contact, life.contacts, contacts), (BankAccount, life.accounts, accounts)):
            for row in rows:
                act.insert(model, {"person_id": life.id, **row})
                if balance:
                    act.names.append("")

    def _belong(self, life: Life) -> None:
        for number, stay in enumerate(life.stays):
            self._memberships += 1
            stay.id = self._memberships
            rank = CHANGING if number else ARRIVING
            late_joiner = not number and stay.entered > life.arrival.entered
            heading = "发展党员" if late_joiner else stay.heading or _heading(life)
            entry = self.entry(stay.entered, CHANGING if late_joiner else rank, heading)
            booked, _ = booking(stay.joined, stay.entered)
            entry.insert(
                Membership,
                {
                    "id": stay.id,
                    "person_id": life.id,
                    "branch_id": stay.branch.id,
                    "joined": stay.joined,
                    "joined_booked": booked,
                    "left": None,
                    "left_booked": None,
                    "leave_kind": None,
                    "letter_no": stay.letter,
                },
            )
            if number:
                self._end(entry, life.stays[number - 1], stay.joined)
            elif late_joiner:
                entry.update(Person, life.id, {"branch_id": stay.branch.id})

    @staticmethod
    def _end(entry: Entry, stay: Stay, left: PartialDate) -> None:
        """A stay ends as the next begins."""
        booked, _ = booking(left, entry.day)
        ends = {"left": left, "left_booked": booked, "leave_kind": stay.leave_kind}
        entry.update(Membership, stay.id, ends)

    def _change(self, life: Life, change: Change) -> None:
        entry = self.entry(change.entered, CHANGING, change.heading)
        entry.names.append(life.name)
        entry.update(Person, life.id, change.after)
        for aspect in _DATED:
            if aspect in change.after:
                booked, _ = booking(change.since, change.entered)
                self._fact(entry, life, aspect, change.after[aspect], change.since, booked, change.note)

    def _fact(
        self,
        entry: Entry,
        life: Life,
        aspect: str,
        value: Any,
        since: PartialDate,
        booked: date,
        note: str | None = None,
    ) -> None:
        self.facts += 1
        entry.insert(
            PersonFact,
            {
                "owner_id": life.id,
                "aspect": aspect,
                "value": stored(value),
                "since": since,
                "booked": booked,
                "note": note,
            },
        )

    def _depart(self, life: Life, gone: Departure) -> None:
        heading = _LEAVING.get(gone.kind, _DEATH)
        entry = self.entry(gone.entered, LEAVING, heading)
        entry.names.append(life.name)
        booked, late = booking(gone.happened, gone.entered)
        death = gone.happened if heading == _DEATH else None
        entry.update(Person, life.id, {"status": gone.status, "branch_id": None, "death_date": death})
        entry.insert(
            Movement,
            {
                "person_id": life.id,
                "direction": -1,
                "kind": gone.kind,
                "happened": gone.happened,
                "booked": booked,
                "late": late or None,
                "other_place": gone.place,
                "reason": gone.reason,
            },
        )
        if life.stays:
            kind = "2" if heading == _DEATH else "1"
            ends = {"left": gone.happened, "left_booked": booked, "leave_kind": kind}
            entry.update(Membership, life.stays[-1].id, ends)


def clerk(day: date) -> str:
    """Who kept the ledger on a day: 黄静 until she was posted elsewhere, 周敏 since."""
    return "黄静" if day < date(2023, 3, 1) else "周敏"


def stored(value: Any) -> str | None:
    """A value as a fact keeps it, as ``actions.records.stored_form`` writes it."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return f",{','.join(value)}," if value else None
    return str(int(value)) if isinstance(value, bool) else str(value)


def _heading(life: Life) -> str:
    if life.kind != CADRE:
        return _BESIDE[life.kind]
    if life.arrival.kind == BALANCE:
        return _OPENING_ROSTER
    return _ARRIVING[life.arrival.kind]


def _since(life: Life, first: Row, aspect: str) -> PartialDate:
    """From when a value held that was there on arrival: what the file tells is as old as the file says."""
    happened = life.arrival.happened
    if aspect in _FROM_FILE and first.get("retire_date") is not None:
        retired: PartialDate = first["retire_date"]
        return min(retired, happened)
    if aspect == "political" and first["political"] == "01" and first.get("party_join") is not None:
        joined: PartialDate = first.get("party_full") or first["party_join"]
        return min(joined, happened)
    return happened
