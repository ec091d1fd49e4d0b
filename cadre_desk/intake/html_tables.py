"""HTML tables called .xls, as web systems export them; only what was displayed is there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from cadre_desk.intake.grid import MOST_SHEETS, BrokenWorkbook, Workbook
from cadre_desk.intake.sparse import SheetBuilder

_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
_SILENT: Final = frozenset({"style", "script", "title", "xml"})
_MOST_SPAN: Final = 10_000
#: Nesting beyond this is no page that a system exports.
_DEEPEST: Final = 20


def read(file: str, text: str) -> Workbook:
    """Each table of the page is a sheet.

    Raises:
        BrokenWorkbook: the page is beyond bounds.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return Workbook(file, tuple(table.sheet.grid(typed=False) for table in reader.tables))


@dataclass(slots=True)
class _Table:
    """A table while it is read; ``taken`` tells for how many rows a column is covered from above."""

    sheet: SheetBuilder
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    spans: tuple[int, int] = (0, 0)
    text: list[str] | None = None


class _Reader(HTMLParser):
    """Follows table, tr, td; inner tables become sheets of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        about = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            if len(self.tables) == MOST_SHEETS or len(self._open) == _DEEPEST:
                raise BrokenWorkbook(
                    f"网页里的表格多于 {MOST_SHEETS} 个，没有读取；请把要导入的表另存成单独的文件。"
                )
            table = _Table(SheetBuilder(f"表{len(self.tables) + 1}"))
            self.tables.append(table)
            self._open.append(table)
        elif self._open:
            self._inside(self._open[-1], tag, about)

    def _inside(self, table: _Table, tag: str, about: dict[str, str]) -> None:
        if tag == "tr":
            self._end_cell(table)
            table.row += 1
            table.column = 0
            table.taken = {column: rows - 1 for column, rows in table.taken.items() if rows > 1}
            if _HIDDEN.search(about.get("style", "")):
                table.sheet.hidden_rows.add(table.row)
        elif tag in {"td", "th"}:
            self._end_cell(table)
            while table.column in table.taken:
                table.column += 1
            table.spans = (_span(about.get("rowspan", "")), _span(about.get("colspan", "")))
            table.text = []
        elif tag in _BREAKS and table.text is not None:
            table.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._open and tag in {"td", "th", "tr"}:
            self._end_cell(self._open[-1])
        elif self._open and tag == "table":
            self._end_cell(self._open.pop())

    def handle_data(self, data: str) -> None:
        """Text between tags; a line's end in the source is a blank."""
        if self._open and self._open[-1].text is not None and not self._silent:
            self._open[-1].text.append(_BLANKS.sub(" ", data))

    def _end_cell(self, table: _Table) -> None:
        if table.text is None:
            return
        text = "\n".join(
            line.strip() for line in "".join(table.text).replace("\xa0", " ").split("\n")
        ).strip()
        table.text = None
        row, column = max(table.row, 0), table.column
        down, across = table.spans
        table.sheet.put(row, column, text)
        table.sheet.merge(row, column, down - 1, across - 1)
        for covered in range(column, column + across):
            if down > 1:
                table.taken[covered] = down
        table.column = column + across


def _span(text: str) -> int:
    return max(1, min(int(text[:6]), _MOST_SPAN)) if text.isascii() and text.isdigit() else 1
