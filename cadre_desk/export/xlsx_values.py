"""What a value is in a workbook: text stays text, money and counts are numbers, whole days are dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cadre_desk.domain.money import YUAN
from cadre_desk.export.columns import Placed
from cadre_desk.export.sheet import Sheet
from cadre_desk.export.xlsx_styles import (
    COUNT_FORMAT,
    DAY_FORMAT,
    MOMENT_FORMAT,
    MONEY_FORMAT,
    TEXT_FORMAT,
)

_NUMBERS = {int, float}

Convert = Callable[[Any], float | date | None]
_FORMATS = {
    "money": MONEY_FORMAT,
    "count": COUNT_FORMAT,
    "minutes": COUNT_FORMAT,
    "serial": "0",
    "day": DAY_FORMAT,
    "moment": MOMENT_FORMAT,
}


def number_format(sheet: Sheet, one: Placed) -> str:
    """The number format of a column: what isn't a number or a whole day is text, whatever it looks like."""
    if one.column.total:
        return MONEY_FORMAT
    if one.column.field is None and not one.column.serial:
        kinds = {type(row[one.at]) for row in sheet.rows}
        return (
            COUNT_FORMAT
            if int in kinds and float not in kinds
            else "General"
            if kinds & _NUMBERS
            else TEXT_FORMAT
        )
    return _FORMATS.get(one.column.kind, TEXT_FORMAT)


def converter(one: Placed) -> Convert | None:
    """How a column's values become numbers and dates; what it gives None for is text, as all else is."""
    if one.column.total or one.column.kind == "money":
        return _yuan
    if one.column.kind in {"count", "minutes", "serial"} or one.column.field is None:
        return _number
    return _moment if one.column.kind in {"day", "moment"} else None


def _yuan(value: Any) -> float | None:
    return value / YUAN if isinstance(value, int) else None


def _number(value: Any) -> float | None:
    return value if type(value) in _NUMBERS else None


def _moment(value: Any) -> date | None:
    return value if isinstance(value, date) else None
