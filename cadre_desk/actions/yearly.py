"""This year beside the years before: the few figures of the workbench, each with five years behind it."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import ClosedYear
from cadre_desk.stats.catalogue import figure
from cadre_desk.stats.figure import Figure, Period

#: What the leader asks for first.
HEADLINES: Final = (
    "person.on_books",
    "person.lixiu",
    "person.age80",
    "movement.new",
    "movement.death",
    "branch.active",
)
YEARS: Final = 5
#: Up to the end of March the year before is the one that is reported on, unless it is closed.
REPORT_MONTHS: Final = 3


@dataclass(frozen=True, slots=True)
class FiveYears:
    """A figure in five years, the oldest first; ``listing`` of the last year opens its names."""

    figure: Figure
    numbers: tuple[int, ...]
    period: Period

    @property
    def number(self) -> int:
        """This year's."""
        return self.numbers[-1]

    @property
    def before(self) -> int:
        """Last year's."""
        return self.numbers[-2]


def shown_year(session: Session, today: date) -> int:
    """The year whose figures are wanted: the one before until its report is done, then the running one."""
    closed = session.scalar(sa.select(ClosedYear.id).where(ClosedYear.year == today.year - 1))
    return today.year - 1 if today.month <= REPORT_MONTHS and closed is None else today.year


def period_of(year: int, shown: int, today: date) -> Period:
    """A year as it is compared: whole, or while the shown one runs, each up to the same day."""
    if shown < today.year:
        return Period.year(year, today)
    day = min(today.day, calendar.monthrange(year, today.month)[1])
    return Period.year(year, today, date(year, today.month, day))


def five_years(session: Session, key: str, shown: int, today: date) -> FiveYears:
    """A headline figure for the shown year and the four before."""
    wanted = figure(key)
    periods = [period_of(year, shown, today) for year in range(shown - YEARS + 1, shown + 1)]
    return FiveYears(wanted, tuple(wanted.rows(one).count(session) for one in periods), periods[-1])


def headlines(
    session: Session, today: date, step: Callable[[int, int], None] = lambda *_: None
) -> tuple[FiveYears, ...]:
    """All headline figures; ``step`` is told after each."""
    shown = shown_year(session, today)
    found = []
    for place, key in enumerate(HEADLINES):
        found.append(five_years(session, key, shown, today))
        step(place + 1, len(HEADLINES))
    return tuple(found)
