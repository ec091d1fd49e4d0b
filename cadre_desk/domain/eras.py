"""革命时期 of 离休 cadres, by the day they joined the revolutionary work (国发〔1982〕62号; handbook 1.3).

The periods begin and end in the middle of months, and files mostly know the month only: where the month
doesn't settle the period, and in the last month in which 离休 could be earned, the office is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate, Precision


class Era(StrEnum):
    """The four periods in order, by their codes, and what comes after them (no code: it is no 离休)."""

    RED = "1"
    EARLY_WAR = "2"
    LATE_WAR = "3"
    LIBERATION = "4"
    AFTER = "9"

    @property
    def label(self) -> str:
        """The period's name on screen and paper."""
        return "建国后" if self is Era.AFTER else codes.table("era").label(self)


#: The first day of each period after the first; the last is the founding of the republic.
_STARTS: Final = (
    (Era.EARLY_WAR, date(1937, 7, 7)),
    (Era.LATE_WAR, date(1943, 1, 1)),
    (Era.LIBERATION, date(1945, 9, 3)),
    (Era.AFTER, date(1949, 10, 1)),
)
_LAST_MONTH: Final = PartialDate(1949, 9)


@dataclass(frozen=True, slots=True)
class EraReading:
    """The periods a beginning of work may belong to, in order, and what the office must be asked, if so."""

    eras: tuple[Era, ...]
    question: str = ""

    @property
    def settled(self) -> Era | None:
        """The one period it must be; None where the office has to say."""
        return self.eras[0] if len(self.eras) == 1 else None

    @property
    def may_be_lixiu(self) -> bool:
        """Whether 离休 is possible: some part of the date lies before 1 October 1949."""
        return self.eras[0] is not Era.AFTER


def era_on(day: date) -> Era:
    """The period of a known day."""
    found = Era.RED
    for era, start in _STARTS:
        if day >= start:
            found = era
    return found


def read_era(work_start: PartialDate) -> EraReading:
    """The period of a beginning of work, with a question where its date doesn't settle the period.

    September 1949 ends within the last period; it is asked about all the same, because a month's slip there
    decides between 离休 and 退休.
    """
    first, last = era_on(work_start.first), era_on(work_start.last)
    eras = tuple(era for era in Era if first <= era <= last)
    if len(eras) > 1:
        names = "、".join(era.label for era in eras)
        finer = "月、日" if work_start.precision is Precision.YEAR else "日"
        return EraReading(eras, f"{work_start.words()}跨{names}，请查档案，填到{finer}。")
    if work_start == _LAST_MONTH:
        return EraReading(eras, "1949年9月是离休的最后一个月，请查档案核实参加革命工作的日期。")
    return EraReading(eras)
