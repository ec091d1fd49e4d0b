"""A leaf of a workbook written row by row: heights, merged cells, the table's frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cadre_desk.domain.fields import Align
from cadre_desk.export.measures import MM
from cadre_desk.export.office_fonts import OfficeFonts
from cadre_desk.export.xlsx_styles import Look, ReadyCell, Styles, Value

PLAIN: Final = Look(ruled=False, number="General")


class PaperWorksheet(WriteOnlyWorksheet):
    """A leaf written row by row from cells that are ready."""

    def _values_to_row(self, values: Iterable[ReadyCell], row_idx: int) -> Iterator[ReadyCell]:
        for cell in values:
            cell.row = row_idx
            yield cell


def chars(width: float) -> float:
    """A width in mm as Excel counts it: figures of 宋体 11, at 96 dots an inch."""
    return max(1.0, (width * 96 / 25.4 - 5) / 7)


class Leaf:
    """Rows put on a leaf, each with its height."""

    def __init__(self, book: Workbook, leaf: PaperWorksheet, fonts: OfficeFonts, last: int) -> None:
        self.raw: Any = leaf
        self.styles = Styles(book, leaf, fonts)
        self.fonts = fonts
        self.last = last
        self.row = 0
        self._heights: dict[float, dict[str, str]] = {}

    def put(self, height: float, cells: Iterable[ReadyCell]) -> None:
        """Append a row of this height in mm."""
        self.row += 1
        known = self._heights.get(height)
        if known is None:
            known = self._heights[height] = {"ht": f"{height * MM:.2f}", "customHeight": "1"}
        self.raw.row_dimensions[self.row] = known
        self.raw.append(cells if isinstance(cells, list) else list(cells))

    def merge(self, first: int, last: int, *, rows: int = 1, up: int = 0) -> None:
        """Make one cell of columns ``first`` to ``last`` of the row just put (``up``: of rows before)."""
        if last > first or rows > 1:
            top = self.row - up
            letters = get_column_letter(first), get_column_letter(last)
            self.raw.merged_cells.add(f"{letters[0]}{top}:{letters[1]}{top + rows - 1}")

    def line(self, height: float, look: Look, texts: Sequence[tuple[int, int, Value, Align]]) -> None:
        """A row of merged cells: first column, last column, value, alignment."""
        cells = []
        for first, last, value, align in texts:
            own = replace(look, align=align)
            cells.append(self.styles.filled(first, own, value))
            cells.extend(self.styles.cell(column, own) for column in range(first + 1, last + 1))
        self.put(height, cells)
        for first, last, _, _ in texts:
            self.merge(first, last)

    def edges(self, first: int, last: int, *, top: bool = False, bottom: bool = False) -> str:
        """Which sides of a cell lie on the table's frame."""
        sides = ("l", first == 1), ("r", last == self.last), ("t", top), ("b", bottom)
        return "".join(side for side, there in sides if there)
