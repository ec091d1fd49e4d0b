"""Excel's XML of 2003, which web systems write and call .xls."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cadre_desk.intake.grid import MOST_SHEETS, BrokenWorkbook, Value, Workbook
from cadre_desk.intake.sparse import SheetBuilder
from cadre_desk.intake.xml_reader import Attributes, read_xml

#: The names of formats that this dialect spells out.
_NAMED: Final = {
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Short Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy",
    "Long Date": "yyyy年m月d日",
    "General Date": "yyyy/m/d h:mm",
    "General": "",
    "General Number": "",
}
#: Farther than any cell may lie.
_FAR: Final = 1 << 21


def read(file: str, text: str) -> Workbook:
    """The sheets of such a file, given as text.

    Raises:
        BrokenWorkbook: it is cut off, declares entities, or is beyond bounds.
    """
    reader = _Reader()
    body = text[text.find("?>") + 2 :] if text.lstrip().startswith("<?xml") else text
    read_xml((body.strip().encode("utf-8", "surrogatepass"),), reader.start, reader.end, reader.text)
    return Workbook(file, tuple(sheet.grid() for sheet in reader.sheets), epoch_1904=reader.epoch_1904)


class _Reader:
    """Follows Worksheet, Table, Row, Cell and Data."""

    def __init__(self) -> None:
        self.sheets: list[SheetBuilder] = []
        self.epoch_1904 = False
        self._formats: dict[str, str] = {}
        self._style = ""
        self._row = self._column = self._column_of_table = -1
        self._cell: Attributes = {}
        self._kind = ""
        self._data: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "Style":
            self._style = attributes.get("ID", "")
        elif name == "NumberFormat":
            code = attributes.get("Format", "")
            self._formats[self._style] = _NAMED.get(code, code)
        elif name == "Worksheet":
            self._new_sheet(attributes)
        elif not self.sheets:
            return
        elif name == "Column":
            self._hide_columns(attributes)
        elif name == "Row":
            self._row = _place(attributes, self._row)
            self._column = -1
            if attributes.get("Hidden") == "1":
                self.sheets[-1].hidden_rows.add(self._row)
        elif name == "Cell":
            self._column = _place(attributes, self._column)
            self._cell = attributes
        elif name == "Data":
            self._kind, self._data = attributes.get("Type", "String"), []

    def _new_sheet(self, attributes: Attributes) -> None:
        if len(self.sheets) == MOST_SHEETS:
            raise BrokenWorkbook(f"工作表多于 {MOST_SHEETS} 张，没有读取；请把要导入的表另存成单独的文件。")
        self.sheets.append(SheetBuilder(attributes.get("Name", "")))
        self._row = self._column = self._column_of_table = -1

    def _hide_columns(self, attributes: Attributes) -> None:
        first = _place(attributes, self._column_of_table)
        self._column_of_table = first + _number(attributes, "Span")
        if attributes.get("Hidden") == "1":
            self.sheets[-1].hidden_columns.update(range(first, min(self._column_of_table, 1 << 14) + 1))

    def text(self, text: str) -> None:
        """A run of text."""
        if self._data is not None:
            self._data.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "Data" and self._data is not None:
            text, self._data = "".join(self._data), None
            code = self._formats.get(self._cell.get("StyleID", ""), "")
            self.sheets[-1].put(self._row, self._column, _value(self._kind, text), code)
        elif name == "Cell" and self.sheets:
            across, down = _number(self._cell, "MergeAcross"), _number(self._cell, "MergeDown")
            self.sheets[-1].merge(self._row, self._column, down, across)
            self._column += across
        elif name == "Date1904":
            self.epoch_1904 = True


def _number(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "0")
    return min(int(text[:9]), _FAR) if text.isascii() and text.isdigit() else 0


def _place(attributes: Attributes, before: int) -> int:
    """Where a row, column or cell stands: at its index, else behind the one before."""
    return _number(attributes, "Index") - 1 if "Index" in attributes else before + 1


def _value(kind: str, text: str) -> Value:
    """A cell's text as what its type says; an error is empty."""
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime":
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return moment.date() if moment.time() == datetime.min.time() else moment
    if kind == "Boolean":
        return text.strip() == "1"
    return "" if kind == "Error" else text
