"""The cells of a row of sums: label, persons, amounts under their columns, the amount in words.

An amount ends at the right edge of its column and may borrow the width of the column to its left, for a sum
is longer than what it sums. 大写 stands behind the last amount; where it doesn't fit on one line it gets a
row of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cadre_desk.domain.money import show_money
from cadre_desk.export.breaking import NOTHING, Setting, fit
from cadre_desk.export.columns import Placed
from cadre_desk.export.faces import face
from cadre_desk.export.measures import LEADING, MM, Density, Row, Type
from cadre_desk.export.sheet import Sheet
from cadre_desk.export.totals import Sum

#: A label and the persons have at least so much; persons and words stand so far from their lines.
_LABEL: Final = 20.0
_COUNT: Final = 14.0
PAD: Final = 1.6
_SPARE: Final = 0.2
_SIZE: Final = 10.5


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum under its column: from which column its cell begins, and which it is."""

    first: int
    column: int
    at: int


@dataclass(frozen=True, slots=True)
class SumRow:
    """How the rows of sums divide the table, by position in the part.

    ``joined``: there is no room for the persons, they stand behind the label. ``words_below``: the amount
    in words has a row of its own. ``capitals`` is the column whose amount it tells, or -1.
    """

    label_end: int
    amounts: tuple[Amount, ...]
    joined: bool
    words_below: bool
    capitals: int
    sign: str
    size: float

    @property
    def tail(self) -> int:
        """Where the words behind the last amount begin."""
        return self.amounts[-1].column + 1 if self.amounts else -1

    def height(self, columns: Sequence[Placed], line: Sum) -> float:
        """Height of the row of a sum."""
        lines = len(self.count(columns, line).lines)
        grown = lines * LEADING * self.size / MM + 1.4
        return max(Row.TOTAL, grown) + (Row.TOTAL if self.words_below else 0)

    def count(self, columns: Sequence[Placed], line: Sum) -> Setting:
        """The persons in their cell."""
        if self.joined:
            return NOTHING
        return fit(line.count, self._room(columns), face(Type.SONG), self.size)

    def _room(self, columns: Sequence[Placed]) -> float:
        end = self.amounts[0].first if self.amounts else len(columns)
        return (sum(one.width for one in columns[self.label_end : end]) - 2 * PAD) * MM


def sum_row(sheet: Sheet, columns: Sequence[Placed], density: Density, whole: Sum) -> SumRow:
    """Divide the rows of sums for these columns, so that the grand total has room."""
    size = min(_SIZE, density.body + 1)
    song = face(Type.SONG)
    sign = "¥" if sheet.signed else ""
    label_end = _label_end(columns)
    amounts: list[Amount] = []
    taken = label_end + 1
    for number, one in enumerate(columns):
        if not one.column.total or number < label_end:
            continue
        text = sign + show_money(whole.amounts[one.at])
        needs = song.width(text, size) / MM + 2 * one.form.pad + _SPARE > one.width
        first = number - 1 if (sheet.signed or needs) and number - 1 >= taken else number
        amounts.append(Amount(first, number, one.at))
        taken = number + 1
    end = amounts[0].first if amounts else len(columns)
    joined = sum(one.width for one in columns[label_end:end]) < _COUNT
    totals = sheet.totals
    capitals = amounts[-1].at if amounts and totals is not None and totals.capitals else -1
    below = False
    if capitals >= 0:
        room = sum(one.width for one in columns[amounts[-1].column + 1 :]) - 2 * PAD
        below = song.width(whole.capitals(capitals), size) / MM > room
    return SumRow(label_end, tuple(amounts), joined, below, capitals, sign, size)


def _label_end(columns: Sequence[Placed]) -> int:
    """The label stands over number and name."""
    width = 0.0
    for number, one in enumerate(columns):
        if one.column.total:
            return max(1, number)
        width += one.width
        if width >= _LABEL:
            return number + 1
    return len(columns)
