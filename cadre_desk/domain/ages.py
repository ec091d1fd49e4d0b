"""Ages and standings counted in years: 周岁, 虚岁, 党龄, and the years that are celebrated.

All of them are completed at an anniversary, and on it, not the day after. What a date leaves open is taken
from its first day (1936.02 counts from 1 February 1936), so that nobody is missed; who was born on 29
February completes the year on 28 February where there is no other (《民法典》第二百零二条). Reasons: decision
0014.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from cadre_desk.domain import lunar
from cadre_desk.domain.dates import PartialDate, Precision
from cadre_desk.domain.lunar import LunarDay

_LEAP_DAY: Final = (2, 29)
#: From the Ninth to the Eleventh Congress the Party knew no probation: joining was full membership (党章).
NO_PROBATION: Final = (PartialDate(1969, 4), PartialDate(1977, 8))
#: 「光荣在党50年」 is counted as of 1 July of the year.
FIFTY_YEARS: Final = 50
#: What is said beside ages of a birth of which only the year is known.
YEAR_ONLY: Final = "只知出生年，从1月1日算起"
#: Stands before such an age: it may be a year too high.
ABOUT: Final = "约"
_PARTY_DAY: Final = (7, 1)


def reached_on(day: date) -> tuple[int, int]:
    """Month and day up to which anniversaries have come by ``day``: its own, or 29 February on a last 28th.

    Whoever reckons ages in SQL compares with it: the age is the difference of the years, less one if the
    birth's month and day ("01" where unknown) are greater.
    """
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        return _LEAP_DAY
    return day.month, day.day


def full_years(since: PartialDate, day: date) -> int:
    """Years completed from ``since`` to ``day``; below zero if it is still to come."""
    begun = (since.first.month, since.first.day)
    return day.year - since.year - (begun > reached_on(day))


def age_on(birth: PartialDate, day: date) -> int | None:
    """周岁 on ``day``, the birthday itself counted; None before the birth."""
    return None if birth.first > day else full_years(birth, day)


def age_words(birth: PartialDate, day: date, *, lunar_birth: LunarDay | None = None) -> tuple[str, str]:
    """周岁 and 虚岁 in words: "89 周岁" and "虚岁 90"; "" where there is none.

    A birth known to the year only counts from its first day, so its ages may be a year too high: they are
    told as 约, about.
    """
    about = ABOUT if birth.precision is Precision.YEAR else ""
    age, nominal = age_on(birth, day), nominal_age(birth, day, lunar_birth=lunar_birth)
    return (
        "" if age is None else f"{about} {age} 周岁".lstrip(),
        "" if nominal is None else f"虚岁{about} {nominal}",
    )


def short_age(age: int | None, birth: PartialDate | None) -> int | str | None:
    """An age as lists and papers tell it: 73, or 约73 of a birth known to the year only (see `age_words`)."""
    if age is None or birth is None or birth.precision is not Precision.YEAR:
        return age
    return f"{ABOUT}{age}"


def nominal_age(birth: PartialDate, day: date, *, lunar_birth: LunarDay | None = None) -> int | None:
    """虚岁 on ``day``: one at birth, one more each lunar new year; None before birth or outside 1901-2100.

    A birth known to the month belongs to the lunar year of its 15th, one known to the year to the year of its
    number; ``lunar_birth``, where known, settles it.
    """
    known = range(lunar.FIRST_YEAR + 1, lunar.LAST_YEAR + 1)
    if birth.first > day or birth.year not in known or day.year not in known:
        return None
    return max(1, _lunar_year(day) - _lunar_birth_year(birth, lunar_birth) + 1)


@cache
def lunar_new_year(year: int) -> date:
    """春节 of a year from 1900 to 2100; from this day on it is the lunar year of that number."""
    first = lunar.solar_of(year, LunarDay(1, 1))
    if first is None:
        raise ValueError(f"no lunar year {year}")
    return first


def _lunar_year(day: date) -> int:
    return day.year - (day < lunar_new_year(day.year))


def _lunar_birth_year(birth: PartialDate, lunar_birth: LunarDay | None) -> int:
    """The lunar year of a birth, as far as its date and the lunar day tell."""
    if birth.precision is Precision.DAY:
        return _lunar_year(birth.first)
    if lunar_birth is not None:
        for year in (birth.year - 1, birth.year):
            born = lunar.solar_of(year, lunar_birth)
            if born is not None and birth.first <= born <= birth.last:
                return year
    if birth.precision is Precision.MONTH:
        return _lunar_year(birth.first.replace(day=15))
    return birth.year


def solar_birthday(birth: PartialDate, year: int) -> PartialDate:
    """The birthday in a year, as precisely as the birth is known; 29 February is kept on the 28th."""
    if birth.month is None or birth.day is None:
        return PartialDate(year, birth.month)
    return PartialDate(year, birth.month, min(birth.day, calendar.monthrange(year, birth.month)[1]))


def milestone_age(
    birth: PartialDate, year: int, *, first: int = 80, step: int = 5, yearly_from: int = 100
) -> int | None:
    """The 周岁 completed in a year if it is celebrated: 80, 85, 90, 95, each from 100 on; else None.

    The defaults are the handbook's (section 3); offices set their own.
    """
    age = year - birth.year
    return age if age >= yearly_from or (age >= first and age % step == 0) else None


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """党龄 in completed years; ``estimated`` where it rests on an assumption and is marked as such."""

    years: int
    estimated: bool = False


def party_years(join: PartialDate | None, full: PartialDate | None, day: date) -> PartyStanding | None:
    """党龄 on ``day``, from 转正; None for who isn't a full member then, or has neither date.

    Where only 入党 is known a year of probation is added and the result is marked; who joined from 1969-04 to
    1977-08 had none. A date known to the year only is marked too.
    """
    since, assumed = (full, False) if full is not None else _full_member_since(join)
    if since is None or since.first > day:
        return None
    return PartyStanding(full_years(since, day), assumed or since.precision is Precision.YEAR)


def _full_member_since(join: PartialDate | None) -> tuple[PartialDate | None, bool]:
    """转正 reckoned from 入党, and whether a year of probation had to be assumed."""
    if join is None:
        return None, False
    first, last = NO_PROBATION
    if first.first <= join.first and join.last <= last.last:
        return join, False
    return solar_birthday(join, join.year + 1), True


def fifty_years_in_party(join: PartialDate | None, full: PartialDate | None, year: int) -> bool:
    """Whether the member completes fifty years by 1 July of ``year`` (「光荣在党50年」纪念章).

    `party_years` on that day tells whether the answer rests on an estimate.
    """
    standing = party_years(join, full, date(year, *_PARTY_DAY))
    return standing is not None and standing.years >= FIFTY_YEARS
