"""A sheet as others made it: plain values, and what is known of merges, hiding and number formats."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from cadre_desk.domain.errors import UserError

#: What a cell holds; the empty text is an empty cell.
Value = str | int | float | bool | date | datetime | time | timedelta

#: A file may hold this many filled cells; a roster of 50,000 people with 40 columns fits.
MOST_VALUES: Final = 2_500_000
#: Readers keep whole rectangles: this many cells from the first to the last row and column.
MOST_CELLS: Final = 6_000_000
#: No office program keeps a cell beyond these.
MOST_ROWS: Final = 1 << 20
MOST_COLUMNS: Final = 1 << 14
#: Rows that hold anything, in all sheets together: a roster of 100,000 people is no office's.
MOST_FILLED_ROWS: Final = 100_000
#: Sheets of a book.
MOST_SHEETS: Final = 200


class BrokenWorkbook(UserError):
    """The file can't be read at all; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns count from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


#: The number formats of the numeric cells of some columns, by row and column.
Formats = Mapping[tuple[int, int], str]


def no_formats(_: Collection[int]) -> Formats:
    """What a file without number formats answers."""
    return {}


@dataclass(frozen=True)
class Grid:
    """One sheet; row 0 is Excel's row 1.

    ``typed`` is false where a file keeps only what was displayed (csv, HTML): a number there is text.
    ``unfinished`` counts formulas without a stored result: their cells read as empty.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    visible: bool = True
    typed: bool = True
    unfinished: int = 0
    read_formats: Callable[[Collection[int]], Formats] = field(default=no_formats, repr=False)

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; outside the sheet nothing does."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else ""

    @cached_property
    def width(self) -> int:
        """Columns from the first to the last that holds anything in any row."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file, in its order; ``epoch_1904`` is how its numbers count days."""

    file: str
    sheets: tuple[Grid, ...]
    epoch_1904: bool = False


def column_letter(column: int) -> str:
    """Excel's name of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(letters: str) -> int:
    """The column of Excel's name: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class Bounds:
    """How much of a book was read so far; refuses what no roster holds."""

    def __init__(self) -> None:
        self._values = self._cells = self._sheets = self._rows = 0

    def expect(self, name: str, values: int, last_row: int, last_column: int) -> None:
        """A sheet of that many filled cells, that ends there, is about to be read.

        Raises:
            BrokenWorkbook: it is more than the desk reads.
        """
        self._sheets += 1
        self._values += values
        if self._sheets > MOST_SHEETS:
            raise BrokenWorkbook(f"工作表多于 {MOST_SHEETS} 张，没有读取；请把要导入的表另存成单独的文件。")
        if self._values > MOST_VALUES:
            raise BrokenWorkbook(
                f"内容超过 {MOST_VALUES // 10000} 万格，没有读取；请把文件拆成几份，分别导入。"
            )
        if (last_row + 1) * (last_column + 1) > MOST_CELLS or last_column >= MOST_COLUMNS:
            raise BrokenWorkbook(
                f"工作表「{name[:31]}」的内容散到了很远的行或列，大得不正常，没有读取；"
                "请把名册以外的零散内容删掉，另存后再导入。"
            )

    def expect_rows(self, filled: int) -> None:
        """A sheet has that many rows that hold anything.

        Raises:
            BrokenWorkbook: they are more than the desk reads.
        """
        self._rows += filled
        if self._rows > MOST_FILLED_ROWS:
            raise BrokenWorkbook(
                f"有内容的行超过 {MOST_FILLED_ROWS // 10000} 万，没有读取；请把文件拆成几份，分别导入。"
            )

    def count(self, rows: Sequence[Sequence[Value]]) -> None:
        """A sheet was read.

        Raises:
            BrokenWorkbook: the sheets together are more than the desk keeps.
        """
        self._cells += len(rows) * max(map(len, rows), default=0)
        if self._cells > MOST_CELLS:
            raise BrokenWorkbook("各工作表合起来大得不正常，没有读取；请把要导入的表另存成单独的文件。")
