"""What a value is in a workbook: text stays text, money and counts are numbers, whole days are dates."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime
from typing import Any

from cadre_desk.domain.money import YUAN
from cadre_desk.export.columns import Placed
from cadre_desk.export.faces import clean
from cadre_desk.export.sheet import Sheet
from cadre_desk.export.xlsx_styles import (
    COUNT_FORMAT,
    DAY_FORMAT,
    MOMENT_FORMAT,
    MONEY_FORMAT,
    TEXT_FORMAT,
    Value,
)

_NUMBERS = {int, float}

Convert = Callable[[Any], Value]
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


def converter(one: Placed) -> Convert:
    """How a column's values become a workbook's."""
    kind = "money" if one.column.total else one.column.kind
    text = _Texts(one.show)
    if kind == "money":
        return lambda value: value / YUAN if isinstance(value, int) else text(value)
    if kind in {"count", "minutes", "serial"}:
        return lambda value: value if isinstance(value, int) else text(value)
    if kind in {"day", "moment"}:
        return lambda value: value if isinstance(value, (date, datetime)) else text(value)
    if one.column.field is None:
        return lambda value: value if type(value) in (int, float) else text(value)
    return text


class _Texts:
    """The texts of a column, kept because they come again and again."""

    def __init__(self, show: Callable[[Any], str]) -> None:
        self._show = show
        self._known: dict[Hashable, str | None] = {}

    def __call__(self, value: Any) -> str | None:
        try:
            return self._known[value]
        except KeyError:
            shown = self._show(value)
            text = self._known[value] = clean(shown) or None
            return text
