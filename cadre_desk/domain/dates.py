"""Dates as personnel files give them: a year, a year and month, or a day, and how clerks type them.

Most dates of a cadre's file are known to the month only (出生年月, 入党时间, 参加工作时间). A date therefore
carries its precision, sorts with every other date, and is never padded to a day that nobody recorded.
The policy for forms that can be read in more than one way is decision 0010.
"""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering
from typing import Final

from cadre_desk.domain.errors import FieldError

#: What a personnel file can speak of; a year outside is a slip of the pen.
_YEARS: Final = range(1850, 2101)
#: Two-digit years up to this one are 20yy for a caller who doesn't say what day it is.
_PIVOT: Final = 30
#: Day 0 of Excel's serial numbers (the 1900 system, right from 1900-03-01 on).
_SERIAL_START: Final = date(1899, 12, 30)
#: Serial numbers that are no year and lie within ``_YEARS``: 1905-10-02 to 2100-12-31.
_SERIALS: Final = range(2101, 73415)
_MONTHS_OF_YEAR: Final = 12
_YEAR, _SHORT_YEAR, _YEAR_MONTH, _YEAR_DAY, _SERIAL, _LOOSE_DAY = 4, 2, 6, 8, 5, 7


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, to the month or to the day.

    The order is total: a year stands before its months, a month before its days; ISO texts sort the same way.
    An impossible date is refused with a `FieldError`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not date.min.year <= self.year <= date.max.year:
            raise FieldError(f"没有公元{self.year}年，请核对年份。")
        if self.month is None:
            if self.day is not None:
                raise FieldError("有日没有月，请补上月份。")
            return
        if not 1 <= self.month <= _MONTHS_OF_YEAR:
            raise FieldError(f"没有{self.month}月，月份只能是1到12。")
        if self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            raise FieldError(f"{self.year}年{self.month}月没有{self.day}日，请核对。")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._key < other._key

    def __str__(self) -> str:
        return self.show()

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The whole day ``day``; of a moment only its day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read back what `iso` wrote; anything else is a `FieldError`."""
        parts = text.split("-")
        if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(map(_is_digits, parts)):
            raise FieldError(f"「{text}」不是 1953、1953-07、1953-07-21 这样的日期。")
        return cls(*map(int, parts))

    @property
    def iso(self) -> str:
        """The stored form: 1953, 1953-07 or 1953-07-21."""
        return self._joined("-")

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or _MONTHS_OF_YEAR
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def show(self) -> str:
        """The form of tables and papers: 1953, 1953.07 or 1953.07.21."""
        return self._joined(".")

    def words(self) -> str:
        """The form of running text: 1953年, 1953年7月 or 1953年7月21日."""
        month = "" if self.month is None else f"{self.month}月"
        day = "" if self.day is None else f"{self.day}日"
        return f"{self.year}年{month}{day}"

    def surely_after(self, other: PartialDate) -> bool:
        """Whether it is later than ``other`` whatever the unknown parts are (1990-05 is not after 1990)."""
        return self.first > other.last

    def _joined(self, mark: str) -> str:
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return mark.join(parts)

    @property
    def _key(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0


class AmbiguousDate(FieldError):
    """What was typed must be asked about; ``readings`` are the dates it may mean, the likeliest first."""

    def __init__(self, message: str, readings: tuple[PartialDate, ...]) -> None:
        super().__init__(message)
        self.readings: tuple[PartialDate, ...] = readings


class UnreadableDate(FieldError):
    """What was typed is no date at all; whether it may be left out is for the field to say."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date and, in sentences for the clerk, what had to be assumed to read it (usually nothing)."""

    date: PartialDate
    notes: tuple[str, ...] = ()


def parse_date(text: str, *, birth_like: bool = False, today: date | None = None) -> PartialDate:
    """The date a clerk typed, in any form she uses; raises `FieldError`, or `AmbiguousDate` to be asked.

    ``birth_like`` is for 出生 and 参加工作 columns: a two-digit year there is 19yy or must be asked, and the
    date can't lie after ``today``. `read_date` tells as well what was assumed.
    """
    return read_date(text, birth_like=birth_like, today=today).date


def parse_number_date(value: float, *, birth_like: bool = False, today: date | None = None) -> PartialDate:
    """The date meant by a numeric cell: 1953.7, 195307 or 19541, Excel's serial number of 1953-07-01.

    A number loses the last zero of 1953.10, so 1953.1 raises `AmbiguousDate` with January and October.
    """
    return read_number_date(value, birth_like=birth_like, today=today).date


def read_date(text: str, *, birth_like: bool = False, today: date | None = None) -> DateReading:
    """As `parse_date`, with notes on what was assumed."""
    return _Reader(text.strip(), birth_like, today).read()


def read_number_date(value: float, *, birth_like: bool = False, today: date | None = None) -> DateReading:
    """As `parse_number_date`, with notes on what was assumed."""
    if not math.isfinite(value) or value < 1:
        raise FieldError(f"数字 {value:g} 不是日期，请写成 1953.7 这样的年月。")
    whole, _, fraction = f"{value:.4f}".partition(".")
    fraction = fraction.rstrip("0")
    number = int(whole)
    if number in _SERIALS:
        return _Reader(whole, birth_like, today).serial(number)
    if not fraction:
        return read_date(whole, birth_like=birth_like, today=today)
    year = f"{number:02d}"
    if fraction == "1":
        return _january_or_october(year, birth_like=birth_like, today=today)
    if len(fraction) == len("071"):
        fraction += "0"
    return read_date(f"{year}.{fraction}", birth_like=birth_like, today=today)


def _january_or_october(year: str, *, birth_like: bool, today: date | None) -> DateReading:
    """Ask: a number 1953.1 was typed as 1953.1 or as 1953.10."""
    readings: list[PartialDate] = []
    for month in ("1", "10"):
        try:
            readings.append(parse_date(f"{year}.{month}", birth_like=birth_like, today=today))
        except AmbiguousDate as century:
            readings += century.readings
    raise AmbiguousDate(_which(f"{year}.1", readings, "单元格是数字，末尾的0会丢"), tuple(readings))


def _which(text: str, readings: list[PartialDate], why: str) -> str:
    """The question to the clerk."""
    return f"「{text}」可能是{'、'.join(reading.words() for reading in readings)}（{why}），请写明是哪一个。"


def _is_digits(text: str) -> bool:
    """Whether it is made of 0-9 alone (``isdigit`` takes ² and ٣ as well)."""
    return text.isascii() and text.isdigit()


_ZERO_WIDTH: Final = re.compile("[\u200b-\u200f\u2060\ufeff]")
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("。、,·•・", "."),
        **dict.fromkeys("—–−‐~", "-"),
        "\\": "/",
        "廿": "二十",
        "卅": "三十",
    }
)
_TENS: Final = re.compile("([二三]?)十([一二三四五六七八九]?)")
_NUMERALS: Final = re.compile("[〇一二三四五六七八九]")
_DIGITS: Final = str.maketrans("〇○◯零一二三四五六七八九Oo", "000012345678900")
_TIME: Final = re.compile(r"(?<=[\d日号])(?: |T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
_LUNAR: Final = re.compile(r"农历|阴历|旧历|闰|[正冬腊]月|初\d")
_PERIOD: Final = re.compile(
    r"\d\s*[.年/月]\s*\d.*(?:-|至|到)\s*\d{2,4}\s*[.年/]|(?:-|至|到)\s*今|\d{4}\s*(?:-|至|到)\s*(?:1[89]|20)\d\d"
)
_DANGLING: Final = re.compile(r"\s*(?:-+|至|到|起)$")
_FORM: Final = re.compile(
    r"(\d+) ?(?:年|(?:[.\-/年] ?| )(\d+) ?(?:月|(?:[.\-/月] ?| )(\d+) ?[日号]?)?)?",
    re.ASCII,
)


def _tens(match: re.Match[str]) -> str:
    """十 → 10, 十一 → 11, 二十 → 20, 三十一 → 31, in hanzi digits."""
    return (match[1] or "一") + (match[2] or "〇")


def _clean(text: str) -> str:
    """One spelling for every width, dot, dash and numeral; what is no date stays recognisable."""
    text = _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME)
    text = " ".join(text.split()).lstrip("'‘’`").replace("元月", "1月")
    text = _TENS.sub(_tens, text)
    if _NUMERALS.search(text):
        text = text.translate(_DIGITS)
    text = _TIME.sub("", text)
    return re.sub(r"(?<=\d{5})\.0+$", "", text).rstrip(". ")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one text; holds what the reading depends on."""

    text: str
    birth_like: bool
    today: date | None

    def read(self) -> DateReading:
        """The date, or a `FieldError` that says what is wrong."""
        cleaned = _clean(self.text)
        if not cleaned:
            raise FieldError("没有填日期。")
        if _LUNAR.search(cleaned):
            raise FieldError(f"「{self.text}」是农历日期，请填到农历生日；这里填公历，如 1953.7.21。")
        if _PERIOD.search(cleaned):
            raise FieldError(f"「{self.text}」像是一段时间，这里只填一个日期，如 1953.7。")
        if dangling := _DANGLING.search(cleaned):
            return self._cut_short(cleaned[: dangling.start()])
        form = _FORM.fullmatch(cleaned)
        if form is None:
            raise self._unreadable()
        year, month, day = form.groups()
        if month is None:
            return self._one_number(year, said_year=cleaned.endswith("年"))
        if day is None:
            return self._two_numbers(year, month)
        return self._three_numbers(year, month, day)

    def serial(self, number: int) -> DateReading:
        """The day of an Excel serial number."""
        if number not in _SERIALS:
            raise self._unreadable()
        day = PartialDate.of(_SERIAL_START + timedelta(days=number))
        note = f"「{self.text}」按 Excel 的日期序号理解为{day.words()}，请核对。"
        return self._checked(DateReading(day, (note,)))

    def _cut_short(self, rest: str) -> DateReading:
        """Ask about 1962.8-, the beginning of a period whose end was not written."""
        reading = _Reader(rest, self.birth_like, self.today).read().date
        raise AmbiguousDate(
            f"「{self.text}」后面还有没写完的部分；如果就是{reading.words()}，请去掉多余的符号。", (reading,)
        )

    def _one_number(self, digits: str, *, said_year: bool) -> DateReading:
        """1953, 195307, 19530721, 530721, 1953721, or the serial number 19541."""
        length = len(digits)
        if length == _YEAR or (said_year and length == _SHORT_YEAR):
            return self._dated(digits, "", "")
        if said_year:
            raise self._unreadable()
        if length == _SERIAL:
            return self.serial(int(digits))
        if length == _YEAR_DAY:
            return self._dated(digits[:4], digits[4:6], digits[6:])
        if length == _YEAR_MONTH and int(digits[:4]) in _YEARS:
            return self._dated(digits[:4], digits[4:], "")
        if length == _YEAR_MONTH:
            return self._dated(digits[:2], digits[2:4], digits[4:])
        if length == _LOOSE_DAY:
            return self._loose(((digits[:4], digits[4:5], digits[5:]), (digits[:4], digits[4:6], digits[6:])))
        raise self._unreadable()

    def _two_numbers(self, one: str, two: str) -> DateReading:
        """1953.7, 53.7, 7/1953 or 1953.0721."""
        if len(two) == _YEAR and len(one) <= _SHORT_YEAR:
            return self._dated(two, one, "")
        if len(two) == _YEAR and len(one) == _YEAR:
            return self._dated(one, two[:2], two[2:])
        return self._dated(one, two, "")

    def _three_numbers(self, one: str, two: str, three: str) -> DateReading:
        """1953.7.21 or 53.7.21; with the year last, month and day in either order."""
        if len(three) == _YEAR and len(one) <= _SHORT_YEAR:
            return self._loose(((three, one, two), (three, two, one)))
        return self._dated(one, two, three)

    def _loose(self, choices: tuple[tuple[str, str, str], ...]) -> DateReading:
        """The one choice that is a date; two such are asked about."""
        found: list[PartialDate] = []
        for year, month, day in choices:
            try:
                reading = self._dated(year, month, day).date
            except FieldError:
                continue
            if reading.precision is Precision.DAY and reading not in found:
                found.append(reading)
        if not found:
            raise self._unreadable()
        if len(found) > 1:
            raise AmbiguousDate(_which(self.text, found, "月和日分不清"), tuple(found))
        return DateReading(found[0], (f"「{self.text}」理解为{found[0].words()}，请核对。",))

    def _dated(self, year: str, month: str, day: str) -> DateReading:
        """Put the numbers together; 00 for a month or day means it is not known."""
        if len(year) not in {_SHORT_YEAR, _YEAR} or max(len(month), len(day)) > _SHORT_YEAR:
            raise self._unreadable()
        months, days = int(month or 0) or None, int(day or 0) or None
        if months is None and days is not None:
            raise self._unreadable()
        if len(year) == _YEAR:
            return self._checked(DateReading(self._whole(int(year), months, days)))
        limit = self.today.year % 100 if self.today else _PIVOT
        this = self.today.year // 100 * 100 if self.today else 2000
        short = int(year)
        if self.birth_like and short <= limit:
            readings = [self._whole(century + short, months, days) for century in (this - 100, this)]
            raise AmbiguousDate(_which(self.text, readings, "年份只写了两位"), tuple(readings))
        value = self._whole((this if short <= limit else this - 100) + short, months, days)
        return self._checked(DateReading(value, (f"年份只写了两位，按{value.year}年理解，请核对。",)))

    def _whole(self, year: int, month: int | None, day: int | None) -> PartialDate:
        """The date, its year believable; of an impossible day the month is offered."""
        if year not in _YEARS:
            raise FieldError(f"「{self.text}」的年份{year}不可信，请核对。")
        start = PartialDate(year, month)
        if day is not None and day > start.last.day:
            raise AmbiguousDate(
                f"{start.words()}没有{day}日，请核对；只知道年月的，写 {start.show()}。", (start,)
            )
        return PartialDate(year, month, day)

    def _checked(self, reading: DateReading) -> DateReading:
        """Refuse a birth, or a beginning of work, that is still to come."""
        if self.birth_like and self.today is not None and reading.date.first > self.today:
            raise FieldError(f"「{self.text}」在今天（{PartialDate.of(self.today).words()}）以后，请核对。")
        return reading

    def _unreadable(self) -> FieldError:
        return UnreadableDate(f"看不懂日期「{self.text}」，请写成 1953.7 或 1953.7.21。")
