"""A figure (指标): a named count of a listing, for a period or as of a day; its names are the same query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from cadre_desk.registers.listing import Listing


class Counting(StrEnum):
    """What a figure counts; persons once, or occasions, or what they add up to (handbook 7.4)."""

    PERSONS = "人数"
    TIMES = "人次"
    THINGS = "个"
    EVENTS = "场次"
    YUAN = "元"
    RATE = "%"


@dataclass(frozen=True, slots=True)
class Period:
    """The days a figure speaks of: from ``first`` to ``last``, both counted by 入账日; as of = ``last``."""

    first: date
    last: date
    today: date

    @classmethod
    def year(cls, year: int, today: date, as_of: date | None = None) -> Period:
        """A calendar year up to its end, or up to a day in it."""
        return cls(date(year, 1, 1), as_of or date(year, 12, 31), today)

    @property
    def before(self) -> date:
        """The last day of the time before: what 期初 is as of."""
        return self.first - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names behind a number, and what it adds to it (1, or 分 for money)."""

    uid: str
    id: int
    label: str
    amount: int
    part: str


@dataclass(frozen=True, slots=True)
class Value:
    """A figure for a period: the names, and what follows from them."""

    figure: Figure
    period: Period
    names: tuple[Name, ...]

    @property
    def number(self) -> int:
        """Σ of what each name adds (分 for money)."""
        return sum(name.amount for name in self.names)

    @property
    def split(self) -> list[tuple[str, int]]:
        """The number by part, in the order of size; the parts sum to the whole."""
        parts: Counter[str] = Counter()
        for name in self.names:
            parts[name.part] += name.amount
        return parts.most_common()

    def to_json(self, *, names: bool = False) -> dict[str, Any]:
        """The figure as the command line prints it (design section 5)."""
        figure, period = self.figure, self.period
        plain = figure.plain
        answer: dict[str, Any] = {
            "key": figure.key,
            "label": figure.label,
            "value": plain(self.number),
            "unit": figure.unit,
            "counting": str(figure.counting),
            "as_of": period.last.isoformat(),
            "period": None if figure.as_of else [period.first.isoformat(), period.last.isoformat()],
            "definition": figure.definition,
            "register": figure.rows(period).register.key,
            "split": [{"label": label or "未填", "value": plain(count)} for label, count in self.split],
            "numerator": None,
            "denominator": None,
        }
        if names:
            answer["names"] = [
                {"uid": name.uid, "label": name.label, "amount": plain(name.amount)} for name in self.names
            ]
        return answer


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure: its key and label (never changed once released), its 口径, and the listing it counts.

    ``as_of`` figures count what there is on the last day, others what was booked in the period. ``label_by``
    names a row, ``split_by`` parts the number, ``amount`` is the column that is summed, "" counts rows.
    """

    key: str
    label: str
    definition: str
    unit: str
    counting: Counting
    rows: Callable[[Period], Listing]
    as_of: bool = True
    split_by: str = ""
    amount: str = ""

    def plain(self, number: int) -> int | float:
        """The number as it is shown: 分 become 元."""
        return number / 100 if self.counting is Counting.YUAN else number

    def value(self, session: Session, period: Period) -> Value:
        """Count it."""
        listing = self.rows(period)
        register = listing.register
        keys = [register.name, *(key for key in (self.split_by, self.amount) if key)]
        shown = [register.column(key).field for key in keys]
        names = tuple(
            Name(
                uid,
                row.id,
                shown[0].show(row.values[0]),
                (row.values[-1] or 0) if self.amount else 1,
                shown[1].show(row.values[1]) if self.split_by else "",
            )
            for uid, row in listing.showing(*keys).named(session)
        )
        return Value(self, period, names)


def values(session: Session, figures: Sequence[Figure], period: Period) -> list[Value]:
    """Count several figures for one period."""
    return [figure.value(session, period) for figure in figures]
