"""The days that a year's figures can be counted up to."""

from __future__ import annotations

import calendar
from datetime import date

from cadre_desk.domain.dates import PartialDate, parse_date
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.kit.buttons import Act


def day_acts(year: int, today: date) -> list[Act]:
    """The ends of quarters that have been, today in the running year, and any other day."""
    ends = [date(year, month, calendar.monthrange(year, month)[1]) for month in (12, 9, 6, 3)]
    days = [day for day in ends if day <= today]
    if today.year == year and today not in days:
        days.insert(0, today)
    return [
        *(Act(day.isoformat(), f"截至 {PartialDate.of(day).words()}") for day in days),
        Act("ask", "其他日期……"),
    ]


def day_in(year: int, text: str, today: date) -> date:
    """A day of the year that has been.

    Raises:
        UserError: it is no whole day, of another year, or still to come.
    """
    found = parse_date(text)
    day = found.last
    if day.year != year:
        msg = f"要填 {year} 年里的一天。"
        raise UserError(msg)
    if day > today:
        raise UserError("这一天还没有到。")
    return day
