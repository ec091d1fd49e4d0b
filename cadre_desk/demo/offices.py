"""The county's units in their official order, the posts they have, and its Party branches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from cadre_desk.demo.dice import Weighted
from cadre_desk.demo.lists import rows
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate

STATE, INSTITUTION, ENTERPRISE = "1", "2", "3"
#: What counts as a branch of the headline total (handbook B13, B14): 单独, 联合, 社区.
COUNTED: Final = ("1", "2", "3")
COMMUNITY: Final = "3"
FIRST_FOUNDED: Final = PartialDate(2025)
_SENIOR: Final = ("1", "2")
#: How senior a title is, by the beginning of its words; what is not listed is 中级.
_TITLE_LEVELS: Final = (
    ("正高级", "1"),
    ("主任", "1"),
    ("高级", "2"),
    ("副", "2"),
    ("助理", "4"),
    ("二级", "4"),
)
_COUNTY_LEVEL: Final = "50"
_TOWN_LEVELS: Final = {"道": "61", "镇": "62", "乡": "63"}


@dataclass(frozen=True, slots=True)
class Post:
    """A post with its level (GB/T 12407, "" for technical staff) and the title that goes with it."""

    name: str
    level: str
    title: str

    @property
    def title_level(self) -> str | None:
        """The rung of the title."""
        if not self.title:
            return None
        return next((rung for word, rung in _TITLE_LEVELS if self.title.startswith(word)), "3")

    @property
    def senior(self) -> bool:
        """Whether it has the senior title with which women stay as long as men (组通字〔2015〕14号)."""
        return self.title_level in _SENIOR or self.level in {"131", "132"}


@dataclass(frozen=True, slots=True)
class Office:
    """A unit: who it is, of what nature, which posts it has, what it was called before."""

    id: int
    county: int
    key: str
    name: str
    short: str
    nature: str
    posts: str
    weight: float
    parent: str
    opened: PartialDate | None
    closed: PartialDate | None
    successor: str
    closing_note: str
    former: tuple[tuple[str, int], ...]

    def called(self, year: int) -> str:
        """The short name it had in a year."""
        return next((name for name, until in self.former if year < until), self.short)


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A Party branch as the county's list plans it."""

    id: int
    county: int
    key: str
    name: str
    kind: str
    parent: str
    units: tuple[str, ...]
    place: str
    founded: PartialDate
    approval: str
    elected: PartialDate | None
    closed: PartialDate | None
    reason: str
    source: str
    meeting: str

    @property
    def counted(self) -> bool:
        """Whether it is one of the headline total."""
        return self.kind in COUNTED

    @property
    def new(self) -> bool:
        """Whether it was founded in the year that is still open."""
        return self.counted and self.founded >= FIRST_FOUNDED


class Offices:
    """All units of a ledger, and how likely somebody comes from each."""

    def __init__(self, counties: tuple[str, ...]) -> None:
        """Lay out the units of each county, in 机构序."""
        listed = rows("units")
        self.all = tuple(
            _office(row, number * len(listed) + serial, number, county)
            for number, county in enumerate(counties)
            for serial, row in enumerate(listed, start=1)
        )
        self._by_key = {(office.county, office.key): office for office in self.all}
        self.by_weight = Weighted((office, office.weight) for office in self.all)
        self.senior = Weighted(
            (office, office.weight)
            for office in self.all
            if any(post.senior for post in posts(office.posts).items)
        )
        self.enterprises = Weighted(
            (office, office.weight) for office in self.all if office.nature == ENTERPRISE
        )

    def named(self, key: str, county: int = 0) -> Office:
        """A unit of a county by its short name in the list."""
        return self._by_key[county, key]

    def keeper(self, office: Office) -> Office:
        """The unit that keeps an office's retirees today: its successor, once it is dissolved."""
        return self.named(office.successor, office.county) if office.successor else office

    def rows(self) -> list[dict[str, Any]]:
        """The units as they stood when the ledger began; what was dissolved later is not told yet."""
        return [
            {
                "id": office.id,
                "code": f"QL{office.id:04d}",
                "name": office.name,
                "short_name": office.short,
                "parent_id": self.named(office.parent, office.county).id if office.parent else None,
                "nature": office.nature,
                "subordination": _subordination(office),
                "serial": office.id * 10,
                "contact": None,
                "phone": None,
                "opened": office.opened,
                "closed": None,
                "note": None,
            }
            for office in self.all
        ]


@lru_cache(maxsize=32)
def posts(kind: str) -> Weighted[Post]:
    """The posts of a kind of unit."""
    found = (row for row in rows("posts") if row["kind"] == kind)
    return Weighted((Post(row["post"], row["level"], row["title"]), float(row["weight"])) for row in found)


@lru_cache(maxsize=1)
def county_leaders() -> Weighted[tuple[str, Post]]:
    """The county's leading posts, with the body each belongs to."""
    return Weighted(
        ((row["unit"], Post(row["post"], row["level"], "")), float(row["weight"])) for row in rows("leaders")
    )


def branches(counties: tuple[str, ...]) -> tuple[BranchPlan, ...]:
    """The branches of all counties, in their order."""
    listed = rows("branches")
    return tuple(
        _branch(row, number * len(listed) + serial, number, county)
        for number, county in enumerate(counties)
        for serial, row in enumerate(listed, start=1)
    )


def local(text: str, number: int, county: str) -> str:
    """A short name as another county than the first has it: 县水利局 of 白石县 is 白石县水利局."""
    if number == 0:
        return text
    return county + text.removeprefix("县")


def partial(text: str) -> PartialDate | None:
    """A date of the lists, None for an empty cell."""
    return PartialDate.from_iso(text) if text else None


def _office(row: Mapping[str, str], identity: int, number: int, county: str) -> Office:
    former = (part.split("<") for part in row["former"].split(";") if part)
    nature = codes.table("unit_nature").find(row["nature"])
    return Office(
        id=identity,
        county=number,
        key=row["short"],
        name=row["full"].replace("{县}", county),
        short=local(row["short"], number, county),
        nature=nature.code if nature else STATE,
        posts=row["posts"],
        weight=float(row["weight"]),
        parent=row["parent"],
        opened=partial(row["opened"]),
        closed=partial(row["closed"]),
        successor=row["successor"],
        closing_note=row["closing_note"],
        former=tuple((local(name, number, county), int(until)) for name, until in former),
    )


def _branch(row: Mapping[str, str], identity: int, number: int, county: str) -> BranchPlan:
    founded = partial(row["founded"])
    return BranchPlan(
        id=identity,
        county=number,
        key=row["name"],
        name=local(row["name"], number, county),
        kind=row["kind"],
        parent=row["parent"].replace("{县}", county),
        units=tuple(filter(None, row["units"].split(";"))),
        place=row["place"] if number == 0 else county + row["place"],
        founded=founded or PartialDate(date.min.year),
        approval=row["approval"],
        elected=partial(row["elected"]),
        closed=partial(row["closed"]),
        reason=row["reason"],
        source=row["source"],
        meeting=row["meeting"],
    )


def _subordination(office: Office) -> str:
    """GB/T 12404: 街道, 镇, 乡, else 县."""
    if office.posts != "乡镇":
        return _COUNTY_LEVEL
    return _TOWN_LEVELS[office.key.removesuffix("办事处")[-1]]
