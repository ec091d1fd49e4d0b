"""The statutory retirement age from 2025 on.

全国人大常委会《关于实施渐进式延迟法定退休年龄的决定》(2024-09-13) with its tables, and
国务院《关于渐进式延迟法定退休年龄的办法》, articles 1 to 3. Everything is reckoned in months; the day of
birth doesn't matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import FieldError


class RetireBasis(StrEnum):
    """Which of the three tables counts, by its code; the clerk chooses it, sex alone doesn't decide.

    处级女干部 and women with 高级职称 are commonly put on the men's table (组通字〔2015〕14号, unconfirmed).
    """

    M60 = "M"
    F55 = "F55"
    F50 = "F50"


class _Table(NamedTuple):
    """A table of the decision: one month later for each ``step`` months, ``most`` months at the most."""

    old_age: int
    step: int
    most: int


_TABLES: Final = {
    RetireBasis.M60: _Table(60, 4, 36),
    RetireBasis.F55: _Table(55, 4, 36),
    RetireBasis.F50: _Table(50, 2, 60),
}
_MONTHS: Final = 12
#: January 2025, from which retirement moves, and how far it may be brought forward or put off by choice.
_START: Final = 2025 * _MONTHS
_FLEXIBLE: Final = 3 * _MONTHS
#: Months of contribution: fifteen years until 2029, then half a year more each year, twenty from 2039 on.
_CONTRIBUTION, _CONTRIBUTION_STEP, _CONTRIBUTION_MOST = 180, 6, 240
_LAST_PLAIN_YEAR: Final = 2029


@dataclass(frozen=True, slots=True)
class Retirement:
    """When somebody reaches the statutory age, and what goes with it.

    The age is ``age_years`` and ``age_months``; ``earliest`` and ``latest`` bound the flexible retirement
    (three years either way, never below the old age); ``min_contribution_months`` is asked of who retires in
    ``month``.
    """

    month: PartialDate
    delay_months: int
    age_years: int
    age_months: int
    earliest: PartialDate
    latest: PartialDate
    min_contribution_months: int

    @property
    def age_words(self) -> str:
        """63岁 or 60岁8个月."""
        return f"{self.age_years}岁" + (f"{self.age_months}个月" if self.age_months else "")


def statutory_retirement(birth: PartialDate, basis: RetireBasis) -> Retirement:
    """The statutory retirement of somebody born in the month of ``birth`` (the archive's date counts).

    A birth known only to the year can't be answered: `FieldError`.
    """
    if birth.month is None:
        raise FieldError("出生时间只有年份，算不出法定退休时间；请补上出生月份。")
    table = _TABLES[basis]
    old = birth.year * _MONTHS + birth.month - 1 + table.old_age * _MONTHS
    delay = 0 if old < _START else min((old - _START) // table.step + 1, table.most)
    years, months = divmod(table.old_age * _MONTHS + delay, _MONTHS)
    month = _month(old + delay)
    return Retirement(
        month=month,
        delay_months=delay,
        age_years=years,
        age_months=months,
        earliest=_month(max(old, old + delay - _FLEXIBLE)),
        latest=_month(old + delay + _FLEXIBLE),
        min_contribution_months=min_contribution_months(month.year),
    )


def min_contribution_months(year: int) -> int:
    """Months of contribution asked of who retires in ``year`` (the decision's annex)."""
    later = max(0, year - _LAST_PLAIN_YEAR)
    return min(_CONTRIBUTION + later * _CONTRIBUTION_STEP, _CONTRIBUTION_MOST)


def _month(count: int) -> PartialDate:
    """The month so many months after January of the year 0."""
    year, month = divmod(count, _MONTHS)
    return PartialDate(year, month + 1)
