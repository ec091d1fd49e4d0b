"""How a register's values look in a list: their words, what stands out as a chip, how wide a column is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from cadre_desk.registers.columns import Column
from cadre_desk.registers.listing import Row
from cadre_desk.registers.register import Register
from cadre_desk.ui.kit.roles import ColumnLook, Look

_PX_PER_MM: Final = 3.0
_PX_PER_MM_OF_LONG: Final = 2.6
_AROUND: Final = 14
#: A heading's characters, and the room of its padding and its arrow.
_HEAD_CHARACTER: Final = 13
_HEAD_AROUND: Final = 17
#: Room for a whole day, a moment, a masked number.
_LEAST: Final = MappingProxyType(
    {"partial_day": 88, "day": 88, "moment": 136, "code": 56, "phone": 104, "id_number": 156}
)
_ARROW: Final = 16
#: Names of linked records: their own field says how wide they are on paper, where they stand alone.
_MILLIMETRES: Final = MappingProxyType(
    {"branch_id": 36, "manage_unit_id": 36, "person_unit": 36, "place_id": 22}
)
_NUMBERS: Final = frozenset({"count", "money"})
_SINGLE: Final = frozenset({"yes_no"})
#: One or two characters stand in the middle of their column.
_SINGLE_WIDTH: Final = 9
#: Columns of this many mm and more take what room is to spare.
_LONG: Final = 30
#: Free words are cut where they are long; a code, a date or a number is read whole or not at all.
_MAY_BE_LONG: Final = frozenset({"text", "long_text", "codes"})
_KILO: Final = 1024


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, how it departs from its column, and what its tooltip adds."""

    text: str
    look: Look | None = None
    tip: str = ""


_GOLD, _QUIET = Look(chip="gold"), Look(chip="neutral")
_FAULT, _SEE, _GOOD = Look(chip="bad", icon="warn"), Look(chip="warn"), Look(chip="ok")

#: Only what is exceptional is a chip: by column, or by register and column, then by value.
_CHIPS: Final[Mapping[str, Mapping[str | bool, Look]]] = MappingProxyType(
    {
        "retire_type": {"1": _GOLD},
        "status": {"2": _QUIET, "3": _QUIET, "4": _QUIET},
        "in_hospital": {True: _SEE},
        "late": {True: _SEE},
        "visits.state": {"1": _QUIET, "3": _SEE, "4": _SEE, "5": _QUIET, "6": _QUIET},
        "backups.state": {"1": _QUIET, "2": _GOOD, "3": _FAULT, "4": _QUIET},
    }
)
#: What is said instead of a yes, where a tick would say too little.
_YES: Final = MappingProxyType({"late": "补录", "in_hospital": "住院"})
_TICK: Final = "✓"
#: Columns that are read second: what a person belongs to.
_SECOND: Final = frozenset({"retire_type", "branch_id", "place_id", "person_unit", "round_id", "parent_name"})


def _size(number: int) -> str:
    """Bytes as a clerk reads them."""
    return f"{number / _KILO / _KILO:,.1f} MB" if number >= _KILO * _KILO else f"{number / _KILO:,.0f} KB"


#: Values that are shown otherwise than their field says.
_OWN_WORDS: Final[Mapping[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "backups.path": lambda value: Path(value).name,
        "backups.size": _size,
        "acts.undone_by": lambda _: "已撤销",
        "movements.direction": lambda value: "增" if value > 0 else "减",
    }
)
_WHOLE_IN_TIP: Final = frozenset({"backups.path"})


def cells_of(register: Register, columns: tuple[Column, ...], row: Row) -> tuple[Cell, ...]:
    """A row as the list shows it; what is sensitive is masked."""
    return tuple(_cell(register, column, value) for column, value in zip(columns, row.values, strict=True))


def _cell(register: Register, column: Column, value: Any) -> Cell:
    if value is None:
        return Cell("")
    own = f"{register.key}.{column.key}"
    looks = _CHIPS.get(own) or _CHIPS.get(column.key)
    look = looks.get(value) if looks is not None and isinstance(value, str | bool) else None
    tip = str(value) if own in _WHOLE_IN_TIP else ""
    return Cell(words_of(register, column, value), look, tip)


def words_of(register: Register, column: Column, value: Any) -> str:
    """A value's words in a list."""
    own = _OWN_WORDS.get(f"{register.key}.{column.key}")
    if own is not None:
        return "" if value is None else own(value)
    if column.field.kind == "yes_no":
        return _YES.get(column.key, _TICK) if value else ""
    return column.field.mask(value)


@cache
def column_look(register: Register, column: Column) -> ColumnLook:
    """How wide a column is and where its values stand."""
    field = column.field
    named = column.key == register.name
    flexes = _align(column) == "left" and field.width >= _LONG
    millimetres = _MILLIMETRES.get(column.key, field.width)
    width = round(millimetres * (_PX_PER_MM_OF_LONG if flexes else _PX_PER_MM)) + _AROUND
    heading = len(column.heading) * _HEAD_CHARACTER + _HEAD_AROUND
    if _align(column) != "left" and any(order.keys[0][0] == column.key for order in register.orders):
        heading += _ARROW
    return ColumnLook(
        width=max(width, heading, _LEAST.get(field.kind, 0)),
        flex=max(round(millimetres) - _LONG, 0) + 2 if flexes else 0,
        align=_align(column),
        keep=named or not (flexes or field.kind in _MAY_BE_LONG),
        bold=named,
        tone="ink2" if column.key in _SECOND else "ink",
        key=column.key,
    )


def _align(column: Column) -> str:
    """Numbers right, single characters in the middle, all else left."""
    field = column.field
    if field.kind in _NUMBERS:
        return "right"
    return "center" if field.kind in _SINGLE or field.width < _SINGLE_WIDTH else "left"
