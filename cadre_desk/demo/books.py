"""The days on which the invented office works, and the booking of what happened (design idea 4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from cadre_desk.demo.dice import Dice
from cadre_desk.demo.scale import CLOSINGS, WORKING_DAY
from cadre_desk.domain.ages import lunar_new_year
from cadre_desk.domain.dates import PartialDate

#: Movements are entered twice a month.
_ENTRY_DAYS: Final = (10, 25)
_SATURDAY: Final = 5
#: Days on which offices are shut whatever the weekday, and how many are from 除夕 on.
_SHUT: Final = frozenset({(1, 1), (5, 1), *((10, day) for day in range(1, 8))})
_NEW_YEAR: Final = 8


def desk_day(day: date) -> date:
    """The first working day from a day on."""
    while day.weekday() >= _SATURDAY or (day.month, day.day) in _SHUT or _new_year(day):
        day += timedelta(days=1)
    return day


def _new_year(day: date) -> bool:
    """Whether a day is one of the holidays of 春节."""
    return 0 <= (day - lunar_new_year(day.year)).days + 1 < _NEW_YEAR


def papers_day(day: date) -> date:
    """The working day on which the papers of what was decided on a day have come and are entered."""
    return desk_day(day + timedelta(days=4))


def entry_day(day: date) -> date:
    """The working day on which what is learnt on a day is entered, never after the demo's own day."""
    for number in _ENTRY_DAYS:
        if day.day <= number:
            return min(desk_day(day.replace(day=number)), WORKING_DAY)
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=_ENTRY_DAYS[0])
    return min(desk_day(following), WORKING_DAY)


def closed_until(entered: date) -> int:
    """The last year that is closed on a day, 0 if none is."""
    return max((year for year, closing in CLOSINGS.items() if closing < entered), default=0)


def booking(happened: PartialDate, entered: date) -> tuple[date, bool]:
    """入账日 and whether it is 补录, as ``actions.records.booking_day`` reckons them on a day of entry."""
    day = min(happened.last, entered)
    return (entered, True) if day.year <= closed_until(entered) else (day, False)


def survey_days() -> tuple[date, ...]:
    """The days on which the units' returns on health, home and family are entered: four a year."""
    quarters = ((1, 19), (4, 16), (7, 16), (10, 27))
    days = (desk_day(date(year, month, day)) for year in range(2021, 2027) for month, day in quarters)
    return tuple(day for day in days if date(2021, 3, 1) < day < WORKING_DAY)


def month_of(day: date) -> PartialDate:
    """The month of a day."""
    return PartialDate(day.year, day.month)


def as_recorded(dice: Dice, day: date, *, whole: float = 0.2, year_only: float = 0.02) -> PartialDate:
    """A day as a personnel file records it: mostly to the month, sometimes whole, seldom only the year."""
    if dice.chance(whole):
        return PartialDate.of(day)
    return PartialDate(day.year) if dice.chance(year_only) else month_of(day)


def later_month(day: date, months: int) -> date:
    """The same day so many months later (the 28th at the latest)."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, min(day.day, 28))
