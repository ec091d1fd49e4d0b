"""Building a grid cell by cell, for the readers of formats that calamine doesn't know."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cadre_desk.intake.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_VALUES,
    Bounds,
    BrokenWorkbook,
    Formats,
    Grid,
    Merge,
    Value,
)


class SheetBuilder:
    """A sheet while it is read; empty cells and rows cost nothing until something follows them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.visible = True
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._rows: list[list[Value]] = []
        self._merges: list[Merge] = []
        self._formats: dict[tuple[int, int], str] = {}
        self._values = self._cells = 0
        self._bounds = Bounds()

    def put(self, row: int, column: int, value: Value, code: str = "") -> None:
        """Set a cell.

        Raises:
            BrokenWorkbook: it lies farther out, or there are more, than the desk reads.
        """
        if value == "":
            return
        while len(self._rows) <= row < MOST_ROWS:
            self._rows.append([])
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise BrokenWorkbook(
                f"工作表「{self.name[:31]}」的内容散到了很远的行或列，大得不正常，没有读取；"
                "请把名册以外的零散内容删掉，另存后再导入。"
            )
        cells = self._rows[row]
        if not cells:
            self._bounds.expect_rows(1)
        self._cells += max(0, column + 1 - len(cells))
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = value
        self._values += 1
        if code:
            self._formats[row, column] = code
        if self._values > MOST_VALUES or self._cells > MOST_CELLS:
            raise BrokenWorkbook(
                f"内容超过 {MOST_VALUES // 10000} 万格，没有读取；请把文件拆成几份，分别导入。"
            )

    def merge(self, row: int, column: int, down: int, across: int) -> None:
        """Note that a cell spreads over so many more rows and columns."""
        if down or across:
            self._merges.append(
                Merge(row, column, row + min(down, MOST_ROWS), column + min(across, MOST_COLUMNS))
            )

    def grid(self, *, typed: bool = True) -> Grid:
        """The finished sheet."""
        return Grid(
            self.name,
            self._rows,
            tuple(self._merges_among_values()),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            visible=self.visible,
            typed=typed,
            read_formats=self._columns_formats,
        )

    def _merges_among_values(self) -> Iterator[Merge]:
        """The merged ranges as far as they lie among the values."""
        height, width = len(self._rows), max(map(len, self._rows), default=0)
        for one in self._merges:
            if one.top < height and one.left < width:
                yield Merge(one.top, one.left, min(one.bottom, height - 1), min(one.right, width - 1))

    def _columns_formats(self, columns: Collection[int]) -> Formats:
        return {place: code for place, code in self._formats.items() if place[1] in columns}
