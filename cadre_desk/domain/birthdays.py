"""Birthdays as the office keeps them: on which day of a year, by which calendar, and which are celebrated.

逢十寿辰 and the years between (80, 85, 90, 95, each from 100 on) are by 周岁 (decision 0014). A birthday kept
by the lunar calendar may fall twice in a solar year or not at all; each time it completes one lunar year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cadre_desk.domain import lunar
from cadre_desk.domain.ages import age_on, milestone_age, nominal_age, solar_birthday
from cadre_desk.domain.dates import PartialDate, Precision
from cadre_desk.domain.lunar import LunarDay

#: Code of the habit 农历 (code table birthday_habit).
BY_THE_MOON: Final = "2"
ORDINARY: Final = "生日慰问"
NO_LUNAR_DAY: Final = "农历生日未填，按公历"
_NINETY, _HUNDRED, _TEN = 90, 100, 10


@dataclass(frozen=True, slots=True)
class Celebration:
    """One keeping of a birthday: its day (or month), by which calendar, the 周岁 on that day, and why.

    ``age`` is None where the birth is not known. ``note`` says why the day is another than the day of birth.
    """

    day: PartialDate
    lunar: bool
    age: int | None
    milestone: bool
    reason: str
    note: str


def celebration(
    birth: PartialDate | None,
    lunar_day: LunarDay | None,
    habit: str | None,
    year: int,
    *,
    leap_follows_leap: bool = False,
) -> tuple[Celebration, ...]:
    """When a birthday is kept in a solar year: none, one or two times, in order.

    The habit decides the calendar; where it is not known, the calendar by which the day itself is known. Who
    keeps the lunar day but has none on record is listed by the solar one, with a note.
    """
    if birth is not None and birth.year > year:
        return ()
    if lunar_day is not None and _by_the_moon(birth, habit):
        kept = lunar.birthday_in(year, lunar_day, leap_follows_leap=leap_follows_leap)
        return tuple(_lunar(birth, lunar_day, one.day, one.note) for one in kept)
    if birth is None:
        return ()
    note = NO_LUNAR_DAY if habit == BY_THE_MOON else ""
    return (_solar(birth, year, note),)


def _by_the_moon(birth: PartialDate | None, habit: str | None) -> bool:
    if habit is not None:
        return habit == BY_THE_MOON
    return birth is None or birth.precision is not Precision.DAY


def _solar(birth: PartialDate, year: int, note: str) -> Celebration:
    day = solar_birthday(birth, year)
    milestone = milestone_age(birth, year)
    return Celebration(
        day,
        lunar=False,
        age=year - birth.year,
        milestone=milestone is not None,
        reason=_why(milestone),
        note=note,
    )


def _lunar(birth: PartialDate | None, lunar_day: LunarDay, day: date, note: str) -> Celebration:
    """A lunar birthday completes a lunar year of life: one less than the 虚岁 on it."""
    kept = PartialDate.of(day)
    nominal = None if birth is None else nominal_age(birth, day, lunar_birth=lunar_day)
    if birth is None or nominal is None:
        age = None if birth is None else age_on(birth, day)
        return Celebration(kept, lunar=True, age=age, milestone=False, reason=ORDINARY, note=note)
    completed = nominal - 1
    milestone = milestone_age(PartialDate(birth.year), birth.year + completed)
    age = age_on(birth, day)
    if milestone is not None and age != milestone:
        note = "；".join(part for part in (note, f"按农历满{milestone}岁") if part)
    return Celebration(
        kept, lunar=True, age=age, milestone=milestone is not None, reason=_why(milestone), note=note
    )


def _why(milestone: int | None) -> str:
    """祝寿事由 as the list prints it (paper 9.12)."""
    if milestone is None:
        return ORDINARY
    if milestone >= _HUNDRED:
        return "百岁寿辰" if milestone == _HUNDRED else f"{milestone}岁寿辰"
    if milestone == _NINETY:
        return "九十寿辰"
    return "逢十寿辰" if milestone % _TEN == 0 else f"{milestone}周岁寿辰"
