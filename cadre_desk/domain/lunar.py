"""The lunar calendar: days, how they are written, birthdays (GB/T 33661-2017; lunar years 1900 to 2100).

A lunar day has no year of its own: a lunar birthday is a month and a day, and whether the month was a leap
month. Which day it falls on in a given year is asked here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Final

from borax.calendars.lunardate import LCalendars
from borax.calendars.lunardate import LunarDate as BoraxDate

from cadre_desk.domain.errors import FieldError

#: Lunar years the calendar is known for.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

_MONTHS: Final = (
    "正月",
    "二月",
    "三月",
    "四月",
    "五月",
    "六月",
    "七月",
    "八月",
    "九月",
    "十月",
    "冬月",
    "腊月",
)
_DIGITS: Final = "一二三四五六七八九十"
_DAYS: Final = (
    *(f"初{digit}" for digit in _DIGITS),
    *(f"十{digit}" for digit in _DIGITS[:9]),
    "二十",
    *(f"廿{digit}" for digit in _DIGITS[:9]),
    "三十",
)
_LONGEST: Final = 30

_HOW: Final = "农历生日写月份和日子，如“八月初三”“闰五月十五”“腊月三十”“8.3”。"
_CALENDAR: Final = re.compile(r"农历|阴历|旧历|夏历|老历|生日")
_SIGNS: Final = re.compile(r"[\s()\[\]【】〔〕]")
#: Days with a name of their own; 除夕 is the 30th and, where there is none, the 29th, as every 30th is.
_NAMED: Final = {
    "春节": (1, 1),
    "大年初一": (1, 1),
    "元宵": (1, 15),
    "龙抬头": (2, 2),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中元": (7, 15),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
    "除夕": (12, 30),
    "大年三十": (12, 30),
    "年三十": (12, 30),
}
_TENS: Final = (("", 0), ("初", 0), ("十", 10), ("二十", 20), ("廿", 20), ("念", 20))
_NUMBERS: Final = {
    **{str(number): number for number in range(100)},
    **{f"0{number}": number for number in range(1, 10)},
    **{
        f"{ten}{digit}": start + one for ten, start in _TENS for one, digit in enumerate(_DIGITS[:9], start=1)
    },
    **dict.fromkeys(("十", "初十"), 10),
    **dict.fromkeys(("二十", "廿", "廿十", "念"), 20),
    **dict.fromkeys(("三十", "卅"), 30),
}
_MONTH_NAMES: Final = {"正": 1, "元": 1, "冬": 11, "腊": 12, "臘": 12}
_WORDS: Final = re.compile(
    r"(?:[0-9〇○零一二三四五六七八九]{2,4}年)?"
    r"(?P<leap>[闰閏]?)(?P<month>[0-9一二三四五六七八九十]{1,2}|[正元冬腊臘])月(?P<late>[闰閏]?)"
    r"(?P<day>[0-9初一二三四五六七八九十廿卅念]{1,3})[日号]?"
)
_FIGURES: Final = re.compile(
    r"(?P<leap>[闰閏]?)(?P<month>[0-9]{1,2})[./\-](?P<day>[0-9]{1,2})(?P<late>[Ll闰閏]?)"
)
#: A year with figures behind it: the civil calendar.
_SOLAR: Final = re.compile(
    r"[0-9]{4}[./\-年][0-9]{1,2}(?:[./\-月](?:[0-9]{1,2}日?)?)?"
    r"|[0-9]{2}[./\-年][0-9]{1,2}[./\-月][0-9]{1,2}日?|[0-9]{6}|[0-9]{8}"
)


@total_ordering
@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar year, as in 闰二月十一, in the order of a year; ValueError for no such day."""

    month: int
    day: int
    leap: bool = False

    def __post_init__(self) -> None:
        if not (1 <= self.month <= len(_MONTHS) and 1 <= self.day <= _LONGEST):
            raise ValueError(f"no lunar day: month {self.month}, day {self.day}")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, LunarDay):
            return NotImplemented
        return (self.month, self.leap, self.day) < (other.month, other.leap, other.day)

    def words(self) -> str:
        """The day as it is spoken: 正月初一, 闰二月十一, 腊月三十."""
        return f"{self.month_words()}{_DAYS[self.day - 1]}"

    def month_words(self) -> str:
        """The month as it is spoken: 冬月, 闰六月."""
        return f"{'闰' if self.leap else ''}{_MONTHS[self.month - 1]}"

    @property
    def iso(self) -> str:
        """The day as it is stored: "08-03", in a leap month "08-03L"."""
        return f"{self.month:02d}-{self.day:02d}{'L' if self.leap else ''}"

    @classmethod
    def from_iso(cls, text: str) -> LunarDay:
        """The day stored as ``text``; ValueError for anything else."""
        month, _, day = text.removesuffix("L").partition("-")
        found = cls(int(month), int(day), leap=text.endswith("L"))
        if found.iso != text:
            raise ValueError(f"no stored lunar day: {text!r}")
        return found


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A lunar day of a lunar year; the year is the one it began in (腊月 of 2025 ends in February 2026)."""

    year: int
    day: LunarDay


@dataclass(frozen=True, slots=True)
class LunarBirthday:
    """A day on which a lunar birthday is kept; ``note`` says why it isn't the very day of birth."""

    day: date
    note: str = ""


def parse_lunar(text: str) -> LunarDay:
    """The day that a clerk wrote: 农历八月初三, 闰五月十五, 腊月廿九, 8.3, 中秋, or as ``iso`` stores it.

    A year before it (一九三八年闰七月初五) is read over: a lunar birthday has none. FieldError where no day
    can be made out, where the month is missing, or where it looks like a solar date (1938.7.5).
    """
    bare = _SIGNS.sub("", unicodedata.normalize("NFKC", text))
    written = _CALENDAR.sub("", bare)
    if written == bare and _SOLAR.fullmatch(written):
        raise FieldError(f"“{text.strip()}”像是公历日期。{_HOW}")
    named = _NAMED.get(written) or _NAMED.get(written.removesuffix("节"))
    if named:
        return LunarDay(*named)
    found = _WORDS.fullmatch(written) or _FIGURES.fullmatch(written)
    if found is None:
        raise FieldError(_unread(text, written))
    month = _MONTH_NAMES.get(found["month"]) or _NUMBERS.get(found["month"], 0)
    day = _NUMBERS.get(found["day"], 0)
    leap = bool(found["leap"] or found["late"])
    if not 1 <= month <= len(_MONTHS):
        raise FieldError(f"“{text.strip()}”的月份不对，农历一年只有十二个月。{_HOW}")
    if not 1 <= day <= _LONGEST:
        raise FieldError(f"“{text.strip()}”的日子不对，农历一个月最多三十天。{_HOW}")
    if leap and not LCalendars.get_leap_years(month):
        raise FieldError(f"{FIRST_YEAR}—{LAST_YEAR}年没有闰{_MONTHS[month - 1]}，请核对“{text.strip()}”。")
    return LunarDay(month, day, leap)


def _unread(text: str, written: str) -> str:
    """Why a text is no lunar day, and how one is written."""
    if written in _NUMBERS:
        return f"“{text.strip()}”只有日子，还要写月份。{_HOW}"
    return f"“{text.strip()}”看不出是农历哪一天。{_HOW}"


def lunar_of(day: date) -> LunarDate:
    """The lunar date of a day; FieldError outside 1900-01-31 … 2101-01-28."""
    for year in (day.year, day.year - 1):
        for month in _months(year):
            if month.first <= day <= month.last:
                return LunarDate(year, LunarDay(month.number, (day - month.first).days + 1, month.leap))
    raise FieldError(f"{day}不在能换算农历的范围内（1900年1月31日至2101年1月28日）。")


def lunar_words(day: date) -> str:
    """The lunar day of a day in words, for the status line: 腊月初八."""
    return lunar_of(day).day.words()


def solar_of(year: int, day: LunarDay) -> date | None:
    """The day on which a lunar day of a lunar year falls; None where that year has no such day."""
    month = _month(year, day.month, leap=day.leap)
    return month.at(day.day) if month else None


def birthday_in(year: int, born: LunarDay, *, leap_follows_leap: bool = False) -> tuple[LunarBirthday, ...]:
    """The days of a solar year on which a lunar birthday is kept: none, one or two.

    The 30th is kept on the 29th where the month has no 30th. A birth in a leap month is kept in the ordinary
    month; with ``leap_follows_leap`` in the leap month of a year that has it again.
    """
    kept = (_kept_in(each, born, leap_follows_leap=leap_follows_leap) for each in (year - 1, year))
    return tuple(birthday for birthday in kept if birthday and birthday.day.year == year)


def _kept_in(lunar_year: int, born: LunarDay, *, leap_follows_leap: bool) -> LunarBirthday | None:
    """When a lunar birthday is kept in a lunar year; None outside the known years."""
    notes = []
    leap_month = _month(lunar_year, born.month, leap=True) if born.leap and leap_follows_leap else None
    month = leap_month or _month(lunar_year, born.month, leap=False)
    if month is None:
        return None
    if born.leap and not leap_month:
        notes.append(f"生在{born.month_words()}，按{_MONTHS[born.month - 1]}过")
    if born.day > month.days:
        notes.append(f"当年{'闰' if month.leap else ''}{_MONTHS[born.month - 1]}没有三十，按廿九过")
    return LunarBirthday(month.first + timedelta(days=min(born.day, month.days) - 1), "；".join(notes))


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of a lunar year: its number, whether it is the leap one, its first day, its length in days."""

    number: int
    leap: bool
    first: date
    days: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    def at(self, day: int) -> date | None:
        return self.first + timedelta(days=day - 1) if day <= self.days else None


@lru_cache(maxsize=256)
def _months(year: int) -> tuple[_Month, ...]:
    """The months of a lunar year in their order; none where the year isn't known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    first: date = BoraxDate(year, 1, 1).to_solar_date()
    months = []
    for number, days, leap in LCalendars.iter_year_month(year):
        months.append(_Month(number, bool(leap), first, days))
        first += timedelta(days=days)
    return tuple(months)


@lru_cache(maxsize=8192)
def _month(year: int, number: int, *, leap: bool) -> _Month | None:
    """One month of a lunar year; None where there is none such."""
    return next((month for month in _months(year) if (month.number, month.leap) == (number, leap)), None)
