"""Dates of a column: by the cell's format, the ID number, what else the row says, the column's habit.

A numeric 1953.1 was typed as 1953.1 or as 1953.10. It is settled in this order (issue 3): a format with two
decimals shows October; the birth month of the row's ID number; the habit of the column; else one question for
the whole column. What was assumed is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from cadre_desk.domain import dates
from cadre_desk.domain.dates import AmbiguousDate, PartialDate, Precision
from cadre_desk.domain.errors import FieldError, Severity
from cadre_desk.domain.fields import AnyField, Day
from cadre_desk.intake.cells import cell_text, is_blank_word, number_text
from cadre_desk.intake.grid import Value
from cadre_desk.intake.understood import NOTHING, Read

#: January and October: what a number that ends in .1 may mean.
JANUARY, OCTOBER = 1, 10
#: Excel shows an empty or zero date as one of these.
_ZERO_DATES: Final = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1)})
#: Between the day numbers of the 1900 and the 1904 system.
_EPOCHS: Final = 1462
_SERIALS: Final = range(2101, 73415)

_AGE: Final = re.compile(r"[（(]?\s*\d{1,3}\s*[周虚]?岁\s*[)）]?$")
#: 约1998年, 1998年底, 1968.5左右
_ABOUT: Final = re.compile(
    r"(?P<before>大?约|大概)?\s*(?P<date>\S*\d\S*?)(?P<behind>年?(?:底|末|初|中|春|夏|秋|冬|上半年|下半年)|左右|前后)?"
)
#: What is said of a date behind it: 1971.7.1（预备）
_ASIDE: Final = re.compile(r"(?<=.)[（(][^（）()\d]{1,12}[)）]\s*$")
_TWO_DECIMALS: Final = re.compile(r"[#0,]*0\.00(?:[_;)\\ ].*)?$")
_NO_DAY: Final = re.compile(r"d|日")
_QUOTED: Final = re.compile(r"\[[^\]]*\]|\\.|_.|\*.")
_UNTYPED_ONE: Final = re.compile(r"(?:18|19|20)?\d{2}\.1")
_PADDED: Final = re.compile(r"(?:18|19|20)\d{2}\.0[1-9]")
_WRITTEN_TEN: Final = re.compile(r"(?:18|19|20)\d{2}\.10")
_FEWEST: Final = 2
#: A date of one reading is an impossible one (30 February) to which a month was offered.
_CHOICE: Final = 2
#: Nobody joins the Party, begins to work or retires younger than this.
_LEAST_AGES: Final = {
    "party_join": 15,
    "party_full": 15,
    "work_start": 10,
    "retire_date": 30,
    "death_date": 18,
}
#: Nobody on a roster of the office is younger.
_GROWN: Final = 18
_BIRTHS: Final = frozenset({"birth_archive", "birth_id"})


@dataclass(slots=True)
class DateCell:
    """A date of one row while it is being settled; ``one`` marks a number that ends in .1."""

    read: Read
    text: str
    one: bool = False


@dataclass(slots=True)
class DateColumn:
    """What the dates of a column have in common."""

    key: str
    about: AnyField
    today: date
    typed: bool = True
    epoch_1904: bool = False
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    padded: int = 0
    written_ten: int = 0
    by_id: Counter[int] = field(default_factory=Counter)
    _known: dict[tuple[type, Value, str], tuple[Read, str, bool]] = field(default_factory=dict)

    @property
    def is_birth(self) -> bool:
        """Whether the ID number says something of it."""
        return self.key in _BIRTHS

    def read(self, row: int, column: int, value: Value) -> DateCell:
        """A cell by itself and by its format."""
        code = "" if isinstance(value, str) else self.formats.get((row, column), "")
        key = (type(value), value, code)
        known = self._known.get(key)
        if known is None:
            cell = self._read(value, code)
            known = self._known[key] = (cell.read, cell.text, cell.one)
        read, text, one = known
        if not isinstance(value, date):
            self.padded += _PADDED.fullmatch(text) is not None
            self.written_ten += isinstance(value, str) and _WRITTEN_TEN.fullmatch(text) is not None
        return DateCell(read, text, one)

    def _read(self, value: Value, code: str) -> DateCell:
        text = cell_text(value)
        if isinstance(value, date):
            return DateCell(self._day(value, code), text)
        if isinstance(value, time):
            return DateCell(
                Read(problem=f"「{text}」是时刻，不是日期（多半是 Excel 的空日期），当作没有填。"), text
            )
        if is_blank_word(text):
            return DateCell(NOTHING, text)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, code)
        if not self.typed and _UNTYPED_ONE.fullmatch(text):
            return DateCell(self._from_number(float(text)), text, one=True)
        return DateCell(self._from_text(text), text)

    def _day(self, value: date, code: str) -> Read:
        day = value.date() if isinstance(value, datetime) else value
        if day in _ZERO_DATES:
            return Read(problem=f"「{day.isoformat()}」是 Excel 的空日期，当作没有填。")
        found = PartialDate.of(day)
        shown = _QUOTED.sub("", code.replace('"', "")).lower()
        if shown and day.day == 1 and "y" in shown and not _NO_DAY.search(shown):
            found = PartialDate(day.year, day.month)
        return self._checked(found)

    def _number(self, value: float, code: str) -> DateCell:
        text = number_text(value)
        if self.epoch_1904 and float(value).is_integer() and int(value) in _SERIALS:
            day = PartialDate.of(date(1899, 12, 30) + timedelta(days=int(value) + _EPOCHS))
            said = f"「{text}」按日期序号理解为{day.words()}，请核对。"
            return DateCell(self._checked(day, (said,)), text)
        if text.endswith(".1") and _TWO_DECIMALS.fullmatch(code):
            found = self._from_text(f"{text}0")
            said = f"单元格显示为「{text}0」，按 10 月理解。"
            return DateCell(replace(found, problem=found.problem or said), text)
        return DateCell(self._from_number(value), text, one=text.endswith(".1"))

    def _from_number(self, value: float) -> Read:
        birth_like = bool(getattr(self.about, "birth_like", False))
        text = number_text(value)
        try:
            reading = dates.read_number_date(value, birth_like=birth_like, today=self.today)
        except AmbiguousDate as error:
            return self._unclear(text, error)
        except FieldError as error:
            return Read(problem=str(error), severity=Severity.HOLD)
        return self._checked(reading.date, reading.notes)

    def _from_text(self, text: str) -> Read:
        birth_like = bool(getattr(self.about, "birth_like", False))
        bare = _AGE.sub("", text).strip() or text
        about = _ABOUT.fullmatch(bare)
        if about is not None and (about["before"] or about["behind"]):
            found = self._from_text(about["date"])
            if isinstance(found.value, PartialDate):
                told = f"「{text}」按{found.value.words()}理解，原文记入备注。"
                return replace(found, problem=told, aside=text)
        said = _ASIDE.search(bare)
        if said is not None:
            found = self._from_text(bare[: said.start()])
            return found if found.value is None else replace(found, aside=text)
        try:
            reading = dates.read_date(bare, birth_like=birth_like, today=self.today)
        except AmbiguousDate as error:
            return self._unclear(text, error)
        except FieldError as error:
            return Read(problem=str(error), severity=Severity.HOLD)
        if reading.date.precision is Precision.DAY and reading.date.first in _ZERO_DATES:
            return Read(problem=f"「{text}」是 Excel 的空日期，当作没有填。")
        return self._checked(reading.date, reading.notes)

    def _unclear(self, text: str, error: AmbiguousDate) -> Read:
        """Several readings; of a birth those are out that would make a child of somebody retired."""
        readings = tuple(one for one in error.readings if not self.is_birth or self._is_grown(one))
        if len(readings) == 1 < len(error.readings):
            return self._checked(readings[0], (f"「{text}」按年龄理解为{readings[0].words()}，请核对。",))
        return Read(problem=str(error), severity=Severity.HOLD, readings=readings or error.readings)

    def _is_grown(self, birth: PartialDate) -> bool:
        return self.today.year - birth.year >= _GROWN

    def _checked(self, found: PartialDate, notes: Iterable[str] = ()) -> Read:
        """As the field keeps it: a field of whole days can't take a month."""
        problem = "；".join(notes)
        if isinstance(self.about, Day):
            if found.precision is not Precision.DAY:
                return Read(problem=f"「{self.about.label}」要到日，表里只有{found.words()}，没有写入。")
            return Read(found.first, problem)
        return Read(found, problem)

    def settle(self, cell: DateCell, born: date | None, values: Mapping[str, Any]) -> bool:
        """Settle an unclear cell by its own row; answers whether it is settled now."""
        if len(cell.read.readings) < _CHOICE:
            return False
        readings = [one for one in cell.read.readings if self._possible(one, born, values)]
        if self.is_birth and born is not None:
            same = [one for one in readings if (one.year, one.month) == (born.year, born.month)]
            if len(same) == 1:
                if cell.one and same[0].month in {JANUARY, OCTOBER}:
                    self.by_id[same[0].month] += 1
                self._take(cell, same[0], "身份证号里的出生月份")
                return True
        if not cell.one and len(readings) == 1:
            self._take(cell, readings[0], "同一行的其他日期")
            return True
        return False

    def _possible(self, one: PartialDate, born: date | None, values: Mapping[str, Any]) -> bool:
        """Whether a reading agrees with when the person was born and with today."""
        if one.first > self.today:
            return False
        birth = values.get("birth_archive")
        year = birth.year if isinstance(birth, PartialDate) else born.year if born is not None else None
        least = _LEAST_AGES.get(self.key)
        return year is None or least is None or self.is_birth or one.year - year >= least

    def habit(self) -> int | None:
        """The month that .1 means in this column, if the column itself says so."""
        if self.padded >= _FEWEST and not self.written_ten:
            return OCTOBER
        if self.written_ten and not self.padded:
            return JANUARY
        if len(self.by_id) == 1 and self.by_id.total() >= _FEWEST:
            return next(iter(self.by_id))
        return None

    def settle_month(self, cell: DateCell, month: int, why: str) -> bool:
        """Settle a number that ends in .1 as the column's habit or the clerk's answer says."""
        readings = [one for one in cell.read.readings if one.month == month]
        if len(readings) != 1:
            return False
        self._take(cell, readings[0], why)
        return True

    def _take(self, cell: DateCell, found: PartialDate, why: str) -> None:
        cell.read = self._checked(found, (f"「{cell.text}」按{why}理解为{found.words()}。",))
