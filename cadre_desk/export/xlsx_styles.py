"""Looks of workbook cells, each made once and then known by its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from cadre_desk.domain.fields import Align
from cadre_desk.export.measures import HEAD_FILL, Type
from cadre_desk.export.office_fonts import OfficeFonts

TEXT_FORMAT: Final = "@"
MONEY_FORMAT: Final = "#,##0.00"
COUNT_FORMAT: Final = "#,##0"
DAY_FORMAT: Final = 'yyyy"年"m"月"d"日"'
MOMENT_FORMAT: Final = "yyyy-mm-dd hh:mm"
_LAST_OF_BASIC_PLANE: Final = "\uffff"
_GREY: Final = f"{round(255 * (1 - HEAD_FILL)):02X}" * 3

Value = str | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. ``edges`` are the sides (l r t b) that lie on the table's frame."""

    kind: Type = Type.SONG
    size: float = 10.5
    align: Align = Align.LEFT
    ruled: bool = True
    edges: str = ""
    grey: bool = False
    bold: bool = False
    number: str = TEXT_FORMAT
    wrap: bool = True
    indent: int = 0


class ReadyCell(Cell):
    """A cell that knows its number of style and its letter, written again and again in its column.

    Its value is set past openpyxl's guessing: text stays text, whatever it begins with.
    """

    __slots__ = ("letter", "style_number")

    letter: str
    style_number: int

    @property
    def coordinate(self) -> str:
        """A1."""
        return f"{self.letter}{self.row}"

    @property
    def style_id(self) -> int:
        """The number of the style."""
        return self.style_number

    @property
    def has_style(self) -> bool:
        """It always has."""
        return True


class Styles:
    """The looks of one workbook."""

    def __init__(self, book: Workbook, sheet: Any, fonts: OfficeFonts) -> None:
        self._book: Any = book
        self._sheet = sheet
        self._fonts = fonts
        self._numbers: dict[tuple[Look, bool], int] = {}

    def number(self, look: Look, *, beyond: bool = False) -> int:
        """The number of a look; ``beyond`` for text with characters that only a face of rare ones has."""
        key = (look, beyond)
        if key not in self._numbers:
            cell = WriteOnlyCell(self._sheet)
            name = self._fonts.beyond if beyond else self._fonts.name(look.kind)
            cell.font = Font(name=name, size=look.size, bold=look.bold)
            cell.alignment = Alignment(
                horizontal=look.align.value,
                vertical="center",
                wrap_text=look.wrap or None,
                indent=look.indent,
            )
            if look.ruled:
                cell.border = _border(look.edges)
            if look.grey:
                cell.fill = PatternFill("solid", fgColor=_GREY)
            cell.number_format = look.number
            cell.protection = Protection(locked=True)
            self._numbers[key] = cell.style_id
        return self._numbers[key]

    def cell(self, column: int, look: Look) -> ReadyCell:
        """An empty cell of a column (counted from 1), to be filled and written."""
        cell = ReadyCell(self._sheet, 1, column)
        cell.letter = get_column_letter(column)
        cell.style_number = self.number(look)
        return cell

    def filled(self, column: int, look: Look, value: Value) -> ReadyCell:
        """A cell with a value."""
        cell = self.cell(column, look)
        fill(cell, value)
        if isinstance(value, str) and is_beyond(value):
            cell.style_number = self.number(look, beyond=True)
        return cell


def is_beyond(text: str) -> bool:
    """Whether a text has characters beyond the basic plane."""
    return not text.isascii() and max(text) > _LAST_OF_BASIC_PLANE


def fill(cell: ReadyCell, value: Value) -> None:
    """Put a value into a cell as what it is; no text ever becomes a formula."""
    raw: Any = cell
    raw._value = value  # noqa: SLF001 - the public setter would take "=1" for a formula
    if isinstance(value, str):
        cell.data_type = "s"
    else:
        cell.data_type = "d" if isinstance(value, date) else "n"


def _border(edges: str) -> Border:
    def side(letter: str) -> Side:
        return Side("medium" if letter in edges else "thin")

    return Border(left=side("l"), right=side("r"), top=side("t"), bottom=side("b"))
