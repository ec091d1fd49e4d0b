"""A figure (指标): a named count of a listing, for a period or as of a day; its names are the same query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.orm import Session

from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.stats.dimensions import NOT_FILLED, Dimension, dimension


class Counting(StrEnum):
    """What a figure counts: persons once, or occasions, or what they add up to; a share or a mean of them."""

    PERSONS = "人数"
    TIMES = "人次"
    THINGS = "个"
    EVENTS = "场次"
    YUAN = "元"
    RATE = "%"
    MEAN = "平均"


#: How many decimals a number is kept with: 分, hundredths of a percent, tenths of a year.
DECIMALS: Final = {Counting.YUAN: 2, Counting.RATE: 2, Counting.MEAN: 1}
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Period:
    """The days a figure speaks of: from ``first`` to ``last``, both counted by 入账日; as of = ``last``."""

    first: date
    last: date
    today: date

    @classmethod
    def year(cls, year: int, today: date, as_of: date | None = None) -> Period:
        """A calendar year up to its end, or up to a day in it; the running year up to today."""
        end = today if year == today.year else date(year, 12, 31)
        return cls(date(year, 1, 1), as_of or end, today)

    @property
    def before(self) -> date:
        """The last day of the time before: what 期初 is as of."""
        return self.first - timedelta(days=1)

    def back(self, years: int) -> Period:
        """The same days some years earlier; 29 February becomes 28."""
        year, day = self.last.year - years, self.last
        leap = (day.month, day.day) == (2, 29)
        return Period.year(year, self.today, day.replace(year=year, day=28 if leap else day.day))


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names behind a number, and what it adds to it (1, 分 for money, years for a mean)."""

    uid: str
    id: int
    label: str
    amount: int
    part: str


@dataclass(frozen=True, slots=True)
class Value:
    """A figure for a period: the names, and what follows from them; ``split_by`` is what parts the names."""

    figure: Figure
    period: Period
    names: tuple[Name, ...]
    denominator: int | None = None
    split_by: Dimension | None = None

    @property
    def numerator(self) -> int:
        """Σ of what each name adds."""
        return sum(name.amount for name in self.names)

    @property
    def number(self) -> int:
        """The number in units of its last decimal: Σ of the names, or that as a share or mean, half up."""
        if self.denominator is None:
            return self.numerator
        if not self.denominator:
            return 0
        scale: int = 10 ** DECIMALS[self.figure.counting]
        if self.figure.counting is Counting.RATE:
            scale *= _HUNDRED
        return (2 * scale * self.numerator + self.denominator) // (2 * self.denominator)

    @property
    def split(self) -> list[tuple[str, int]]:
        """What the names add up to by part; the parts sum to the whole (of a mean, to its numerator)."""
        parts: Counter[str] = Counter()
        for name in self.names:
            parts[name.part] += name.amount
        if self.split_by is None:
            return parts.most_common()
        return self.split_by.in_order(parts.items())

    def to_json(self, *, names: bool = False) -> dict[str, Any]:
        """The figure as the command line prints it (design section 5)."""
        figure, period = self.figure, self.period
        answer: dict[str, Any] = {
            "key": figure.key,
            "label": figure.label,
            "value": figure.plain(self.number),
            "unit": figure.unit,
            "counting": str(figure.counting),
            "as_of": figure.day(period).isoformat(),
            "period": None if figure.as_of else [period.first.isoformat(), period.last.isoformat()],
            "definition": figure.definition,
            "register": figure.rows(period).register.key,
            "split": [
                {"label": label or NOT_FILLED, "value": figure.plain_amount(count)}
                for label, count in self.split
            ],
            "numerator": None if self.denominator is None else self.numerator,
            "denominator": self.denominator,
        }
        if names:
            answer["names"] = [
                {"uid": name.uid, "label": name.label, "amount": figure.plain_amount(name.amount)}
                for name in self.names
            ]
        return answer


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure: its key and label (never changed once released), its 口径, and the listing it counts.

    ``as_of`` figures count what there is on the last day (or ``on``), others what the period booked.
    ``group`` is the subject it is listed under, ``split_by`` the dimension that parts it first. ``amount`` is
    the column that is summed, "" counts rows; ``top`` keeps only those with the greatest amount. ``any_of``
    narrows the rows to those that fit one of several conditions. ``once`` is a column of which each value
    counts once, by its first row (人数 of a list of 人次). ``per`` is what a share or mean is divided by; a
    mean without it is divided by its names.
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
    group: str = ""
    per: Callable[[Period], Listing] | None = None
    top: bool = False
    any_of: tuple[Condition, ...] = ()
    once: str = ""
    on: Callable[[Period], date] | None = None

    def day(self, period: Period) -> date:
        """The day it is as of."""
        return self.on(period) if self.on else period.last

    @property
    def decimals(self) -> int:
        """How many decimals its number has."""
        return DECIMALS.get(self.counting, 0)

    def plain(self, number: int) -> int | float:
        """The number as it is told: 分 become 元, tenths and hundredths decimals."""
        return number / 10**self.decimals if self.decimals else number

    def plain_amount(self, amount: int) -> int | float:
        """What a name or part adds as it is told: 分 become 元."""
        return amount / _HUNDRED if self.counting is Counting.YUAN else amount

    def words(self, number: int) -> str:
        """The number as it is shown: thousands apart, with its decimals."""
        return f"{number / 10**self.decimals:,.{self.decimals}f}" if self.decimals else f"{number:,}"

    def amount_words(self, amount: int) -> str:
        """What a name or part adds as it is shown."""
        return f"{amount / _HUNDRED:,.2f}" if self.counting is Counting.YUAN else f"{amount:,}"

    def number(self, session: Session, period: Period) -> int:
        """The number alone, without its names."""
        if self.amount or self.per or self.any_of or self.once:
            return self.value(session, period).number
        return self.rows(period).count(session)

    def value(self, session: Session, period: Period, by: str = "") -> Value:
        """Count it, parted by a dimension (its own first one, if none is named).

        Raises:
            UserError: it can't be parted by that.
        """
        listing = self.rows(period)
        wanted = by or self.split_by
        parted = dimension(listing.register.key, wanted) if wanted else None
        names = self._names(session, listing, parted)
        if self.top:
            most = max((name.amount for name in names), default=0)
            names = [name for name in names if name.amount == most]
        return Value(self, period, tuple(names), self._divisor(session, period, names), parted)

    def _divisor(self, session: Session, period: Period, names: Sequence[Name]) -> int | None:
        if self.per is not None:
            return self.per(period).count(session)
        return len(names) if self.counting is Counting.MEAN else None

    def _names(self, session: Session, listing: Listing, parted: Dimension | None) -> list[Name]:
        register = listing.register
        if self.amount:
            listing = listing.where(
                *(one for one in listing.conditions if one.key == self.amount),
                Condition(self.amount, Op.FILLED),
            )
        keys = [register.name, *(key for key in (parted and parted.column, self.once, self.amount) if key)]
        name_of = register.column(register.name).field
        narrowed = [listing.where(one) for one in self.any_of] or [listing]
        found: dict[Any, Name] = {}
        for rows in narrowed:
            for uid, row in rows.showing(*keys).to_count().named(session):
                part = parted.part(register, row.values[1]) if parted else ""
                amount = row.values[-1] if self.amount else 1
                one = row.values[keys.index(self.once)] if self.once else uid
                found.setdefault(one, Name(uid, row.id, name_of.show(row.values[0]), amount, part))
        return list(found.values())


def values(session: Session, figures: Sequence[Figure], period: Period) -> list[Value]:
    """Count several figures for one period."""
    return [figure.value(session, period) for figure in figures]
