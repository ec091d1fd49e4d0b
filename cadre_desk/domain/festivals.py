"""The days that the bureau's year turns on: holidays, lunar festivals, the Party's and the army's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Final

from borax.calendars.lunardate import TermUtils

from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.lunar import FIRST_YEAR, LAST_YEAR, LunarDay, solar_of

_SOLAR: Final = {"元旦": (1, 1), "七一": (7, 1), "八一": (8, 1), "国庆": (10, 1)}
#: All of them fall once in every solar year.
_LUNAR: Final = {
    "春节": LunarDay(1, 1),
    "元宵": LunarDay(1, 15),
    "端午": LunarDay(5, 5),
    "中秋": LunarDay(8, 15),
    "重阳": LunarDay(9, 9),
}


@dataclass(frozen=True, slots=True, order=True)
class Festival:
    """One festival of one year; festivals sort by day."""

    day: date
    name: str


@lru_cache(maxsize=64)
def festivals(year: int) -> tuple[Festival, ...]:
    """All festivals of a solar year, in order of their days; FieldError outside 1900 … 2100.

    除夕 is the one before that year's 春节.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FieldError(f"节日只能推算{FIRST_YEAR}—{LAST_YEAR}年的，没有{year}年。")
    days = {name: date(year, *day) for name, day in _SOLAR.items()}
    days |= {name: day for name, lunar in _LUNAR.items() if (day := solar_of(year, lunar))}
    days["除夕"] = days["春节"] - timedelta(days=1)
    days["清明"] = TermUtils.nth_term_day(year, term_name="清明")
    return tuple(sorted(Festival(day, name) for name, day in days.items()))


def festival(year: int, name: str) -> date:
    """The day of a festival in a solar year; LookupError for a name that isn't kept here."""
    found = {one.name: one.day for one in festivals(year)}
    if name not in found:
        raise LookupError(f"no festival {name!r}")
    return found[name]


def next_festival(day: date) -> Festival:
    """The first festival on or after a day."""
    return next(one for one in chain(festivals(day.year), festivals(day.year + 1)) if one.day >= day)
