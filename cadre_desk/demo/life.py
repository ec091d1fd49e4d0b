"""One invented person, from the file to the ledger: what is true of them, and when the office learnt it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cadre_desk.demo.gazetteer import Home
from cadre_desk.demo.offices import BranchPlan, Office, Post
from cadre_desk.domain.dates import PartialDate

CADRE, SURVIVOR, CITIZEN = "1", "2", "3"
LIXIU, TUIXIU = "1", "2"
ON_BOOKS, DEAD, MOVED, STRUCK = "1", "2", "3", "4"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How somebody came onto the books: the movement's kind, when, and when it was entered."""

    kind: str
    happened: PartialDate
    entered: date
    origin: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """How somebody left the books; ``status`` is what the record says from then on."""

    kind: str
    status: str
    happened: PartialDate
    entered: date
    place: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """New values of a person's columns from a day on; ``heading`` names the act that enters them."""

    heading: str
    since: PartialDate
    entered: date
    before: dict[str, Any]
    after: dict[str, Any]
    note: str | None = None


@dataclass(slots=True)
class Stay:
    """Membership of a branch; the end is written only if it isn't the departure itself."""

    branch: BranchPlan
    joined: PartialDate
    entered: date
    heading: str = ""
    left: PartialDate | None = None
    left_entered: date | None = None
    leave_kind: str | None = None
    letter: str | None = None
    id: int = 0


@dataclass(slots=True)
class Family:
    """Husband or wife and children, shared by two spouses who both are cadres."""

    surname: str
    spouse: str | None = None
    spouse_born: int = 0
    spouse_dead: bool = False
    children: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Life:
    """A person; ``values`` are the columns as they are at the end, ``changes`` lead there."""

    sex: str
    born: date
    arrival: Arrival
    office: Office
    post: Post
    retired: date
    early: bool = False
    kind: str = CADRE
    lixiu: bool = False
    id: int = 0
    leading: str = ""
    name: str = ""
    ethnic: str = "01"
    departure: Departure | None = None
    partner: Life | None = None
    widowed: date | None = None
    home: Home | None = None
    family: Family | None = None
    double_of: Life | None = None
    portrait: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def on_books(self) -> bool:
        """Whether they are on the books today."""
        return self.departure is None

    @property
    def last_day(self) -> date | None:
        """The last day of the record, None while it runs."""
        return None if self.departure is None else self.departure.happened.first

    def age(self, day: date) -> int:
        """周岁 on a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def first_values(self) -> dict[str, Any]:
        """The columns as they were first entered: the end with every change taken back."""
        values = dict(self.values)
        for change in reversed(self.changes):
            values.update(change.before)
        return values
