"""ods (OpenDocument 1.3): read here and not by calamine, because the file keeps what each cell displayed.

So 1953.10 is told from 1953.1 without a number format, hidden rows are known, and a cell repeated a million
times is refused before it takes room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final

from cadre_desk.intake.grid import MOST_SHEETS, BrokenWorkbook, Value, Workbook
from cadre_desk.intake.package import ENCRYPTED, Package
from cadre_desk.intake.sparse import SheetBuilder
from cadre_desk.intake.xml_reader import Attributes, read_xml

MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"

_HIDING: Final = frozenset({"collapse", "filter"})
_DECIMALS: Final = re.compile(r"[0-9,]*\.([0-9]+)")
_YEAR_MONTH: Final = re.compile(r"[0-9]{4}(?:年|[-./])[0-9]{1,2}月?")


def read(file: str, package: Package) -> Workbook:
    """The sheets of an ods file.

    Raises:
        BrokenWorkbook: it has a password, or can't be read within bounds.
    """
    if b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise BrokenWorkbook(ENCRYPTED)
    reader = _Reader()
    read_xml(_pieces(package), reader.start, reader.end, reader.text)
    return Workbook(file, tuple(sheet.grid() for sheet in reader.sheets))


def _pieces(package: Package) -> Iterator[bytes]:
    if "content.xml" in package.names:
        yield from package.pieces("content.xml")


class _Reader:
    """Follows the tables of content.xml."""

    def __init__(self) -> None:
        self.sheets: list[SheetBuilder] = []
        self._row = self._column = self._repeat_row = 0
        self._style = ""
        self._unseen: set[str] = set()
        self._row_cells: list[tuple[int, Value, str]] = []
        self._cell: Attributes | None = None
        self._texts: list[str] = []
        self._text: list[str] | None = None
        self._aside = 0
        self._begin: dict[str, Callable[[Attributes], None]] = {
            "style": self._name_style,
            "table-properties": self._hide_style,
            "table": self._new_sheet,
            "table-column": self._start_columns,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "annotation": self._start_note,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        begin = self._begin.get(name)
        if begin is not None:
            begin(attributes)
        elif self._cell is not None and not self._aside:
            self._inline(name, attributes)

    def _name_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("name", "")

    def _hide_style(self, attributes: Attributes) -> None:
        if attributes.get("display") == "false":
            self._unseen.add(self._style)

    def _start_columns(self, attributes: Attributes) -> None:
        first, self._column = self._column, self._column + _repeats(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDING and self.sheets:
            self.sheets[-1].hidden_columns.update(range(first, min(self._column, 1 << 14)))

    def _start_row(self, attributes: Attributes) -> None:
        self._column, self._row_cells = 0, []
        self._repeat_row = _repeats(attributes, "number-rows-repeated")
        if attributes.get("visibility") in _HIDING and self.sheets and self._repeat_row < 1 << 16:
            self.sheets[-1].hidden_rows.update(range(self._row, self._row + self._repeat_row))

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell, self._texts = attributes, []

    def _start_note(self, _: Attributes) -> None:
        self._aside += 1

    def _new_sheet(self, attributes: Attributes) -> None:
        if len(self.sheets) == MOST_SHEETS:
            raise BrokenWorkbook(f"工作表多于 {MOST_SHEETS} 张，没有读取；请把要导入的表另存成单独的文件。")
        self.sheets.append(SheetBuilder(attributes.get("name", "")))
        self.sheets[-1].visible = attributes.get("style-name", "") not in self._unseen
        self._row = self._column = 0

    def _inline(self, name: str, attributes: Attributes) -> None:
        """Text inside a cell and the elements that stand for blanks in it."""
        if name in {"p", "h"}:
            self._text = []
        elif self._text is not None:
            if name == "s":
                self._text.append(" " * min(_repeats(attributes, "c"), 1000))
            elif name == "tab":
                self._text.append("\t")
            elif name == "line-break":
                self._text.append("\n")

    def text(self, text: str) -> None:
        """A run of text."""
        if self._text is not None and not self._aside:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "annotation":
            self._aside -= 1
        elif name in {"p", "h"} and self._text is not None and not self._aside:
            self._texts.append("".join(self._text))
            self._text = None
        elif name in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table-row":
            self._end_row()

    def _end_cell(self, cell: Attributes) -> None:
        shown = "\n".join(self._texts)
        value, code = _value(cell, shown)
        repeats = _repeats(cell, "number-columns-repeated")
        if value != "":
            if repeats > 1 << 14:
                raise BrokenWorkbook("文件里有重复上万次的格子，大得不正常，没有读取；请确认文件来源。")
            self._row_cells += [(self._column + offset, value, code) for offset in range(repeats)]
        down = _repeats(cell, "number-rows-spanned") - 1
        across = _repeats(cell, "number-columns-spanned") - 1
        if self.sheets:
            self.sheets[-1].merge(self._row, self._column, down, across)
        self._column += repeats

    def _end_row(self) -> None:
        if self._row_cells and self.sheets:
            for offset in range(self._repeat_row):
                for column, value, code in self._row_cells:
                    self.sheets[-1].put(self._row + offset, column, value, code)
        self._row += self._repeat_row


def _repeats(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text[:9])) if text.isascii() and text.isdigit() else 1


def _value(cell: Attributes, shown: str) -> tuple[Value, str]:
    """What a cell holds, and a number format that displays it as it was displayed."""
    kind = cell.get("value-type", "string")
    if kind in {"float", "currency", "percentage"}:
        try:
            number = float(cell.get("value", ""))
        except ValueError:
            return shown, ""
        decimals = _DECIMALS.fullmatch(shown.strip())
        return number, "0." + "0" * len(decimals[1]) if decimals else ""
    if kind == "date":
        return _day(cell.get("date-value", ""), shown)
    if kind == "boolean":
        return cell.get("boolean-value") == "true", ""
    return shown, ""


def _day(text: str, shown: str) -> tuple[Value, str]:
    code = "yyyy年m月" if _YEAR_MONTH.fullmatch(shown.strip()) else ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return shown, ""
    day: date = moment.date()
    return (day if moment.time() == datetime.min.time() else moment), code
