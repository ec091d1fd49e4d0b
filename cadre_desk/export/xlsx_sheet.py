"""One leaf of a workbook: title, sub-line, head, rows and sums as the printed page has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.pagebreak import Break

from cadre_desk.domain.fields import Align
from cadre_desk.export.breaking import Setting
from cadre_desk.export.columns import HeadCell, Placed, head_cells, place
from cadre_desk.export.faces import by_position, plain
from cadre_desk.export.layout import Band, Layout, Line
from cadre_desk.export.measures import MM, STATISTIC_COLUMN, SUBLINE_SIZE, Row, Type
from cadre_desk.export.office_fonts import OfficeFonts
from cadre_desk.export.sheet import PaperKind, RowStyle
from cadre_desk.export.xlsx_closing import ClosingWriter
from cadre_desk.export.xlsx_leaf import PLAIN, Leaf, PaperWorksheet, chars
from cadre_desk.export.xlsx_print import set_up
from cadre_desk.export.xlsx_styles import Look, ReadyCell, Value, is_beyond
from cadre_desk.export.xlsx_values import Convert, converter, number_format

_SUBLINE_ROW: Final = 7.0
_TITLE_LEADING: Final = 1.5
_LEAST_SIZE: Final = 9.0
_NUMBER_SIZE: Final = 9.0


@dataclass(slots=True)
class _DataColumn:
    """A column of values: its cell, written again for each row, and its styles by place in the table."""

    cell: ReadyCell
    at: int
    convert: Convert | None
    look: Look
    size: float
    usual: int
    beyond: int
    serial: bool
    part: int
    place: int


class SheetWriter:
    """Writes a layout to a leaf."""

    def __init__(self, book: Workbook, leaf: PaperWorksheet, layout: Layout, fonts: OfficeFonts) -> None:
        self.layout = layout
        self.sheet = layout.sheet
        self.columns = _all_columns(layout)
        self.leaf = Leaf(book, leaf, fonts, len(self.columns))
        self.size = max(_LEAST_SIZE, layout.density.body)
        self._places = {
            one.at: (number, place)
            for number, part in reversed(list(enumerate(layout.parts)))
            for place, one in enumerate(part.columns)
        }
        self.first_data = 0
        self.last_data = 0

    def write(self) -> None:
        """Write it all; widths and print set-up come first, as the format wants."""
        leaf = self.leaf
        for number, one in enumerate(self.columns, 1):
            leaf.raw.column_dimensions[get_column_letter(number)].width = chars(one.width)
        numbered = any(one.column.number for one in self.columns)
        line = self.sheet.subline
        head = 2 + bool(line.left or line.centre or line.right)
        self.first_data = head + len(self.layout.head_heights) + numbered
        set_up(leaf.raw, self.layout, (head, self.first_data - 1))
        self._write_title()
        self._write_head()
        if numbered:
            self._write_numbers()
        self._write_body()
        if self.sheet.kind is PaperKind.ROSTER:
            last = get_column_letter(leaf.last)
            leaf.raw.auto_filter.ref = f"A{self.first_data - 1}:{last}{self.last_data}"

    def _write_title(self) -> None:
        leaf, heading = self.leaf, self.layout.parts[0].heading
        size = heading.title.size
        look = replace(PLAIN, kind=Type.TITLE, size=size, bold=leaf.fonts.bold_title)
        lines = len(heading.title.lines)
        title = self.sheet.title if lines == 1 else "\n".join(heading.title.lines)
        leaf.line(lines * size * _TITLE_LEADING / MM, look, [(1, leaf.last, title, Align.CENTER)])
        line = self.sheet.subline
        if line.left or line.centre or line.right:
            look = replace(PLAIN, size=SUBLINE_SIZE, wrap=False)
            leaf.line(_SUBLINE_ROW, look, list(self._thirds(line.left, line.centre, line.right)))

    def _thirds(self, left: str, centre: str, right: str) -> Iterator[tuple[int, int, Value, Align]]:
        """The sub-line's parts over the thirds of the table; narrow tables have it in one cell."""
        last = self.leaf.last
        if last < 3:  # noqa: PLR2004 - three parts want three columns
            yield 1, last, "　".join(part for part in (left, centre, right) if part), Align.LEFT
            return
        reached = list(accumulate(one.width for one in self.columns))
        third, two_thirds = (
            next(number for number, width in enumerate(reached, 1) if width >= reached[-1] * part / 3 - 0.1)
            for part in (1, 2)
        )
        first = min(third, last - 2)
        second = min(max(two_thirds, first + 1), last - 1)
        yield 1, first, left, Align.LEFT
        yield first + 1, second, centre, Align.CENTER
        yield second + 1, last, right, Align.RIGHT

    def _write_head(self) -> None:
        levels = head_cells(self.columns, self.layout.density.head)
        grey = self.sheet.kind is not PaperKind.VOUCHER
        look = Look(Type.HEI, self.layout.density.head, Align.CENTER, grey=grey, number="General")
        labels: dict[tuple[int, int], HeadCell] = {
            (cell.top, cell.first): cell for level in levels for cell in level
        }
        for level, height in enumerate(self.layout.head_heights):
            cells = []
            for number in range(self.leaf.last):
                cell = labels.get((level, number))
                text = (
                    "\n".join(plain(by_position(line)) for line in cell.label.split("\n")) if cell else None
                )
                edges = self.leaf.edges(number + 1, number + 1, top=level == 0)
                cells.append(self.leaf.styles.filled(number + 1, replace(look, edges=edges), text))
            self.leaf.put(height, cells)
        depth = len(self.layout.head_heights)
        for cell in labels.values():
            up = depth - 1 - cell.top
            self.leaf.merge(cell.first + 1, cell.end, rows=cell.bottom - cell.top, up=up)

    def _write_numbers(self) -> None:
        look = Look(Type.SONG, _NUMBER_SIZE, Align.CENTER)
        cells = [
            self.leaf.styles.filled(
                number, replace(look, edges=self.leaf.edges(number, number)), one.column.number
            )
            for number, one in enumerate(self.columns, 1)
        ]
        self.leaf.put(Row.COLUMN_NUMBERS, cells)

    def _write_body(self) -> None:
        """Rows and sums. A roster, which readers filter, has its one 合计 at the end and no sums between."""
        closing = ClosingWriter(self.leaf, self.layout, self.columns)
        lines = [line for page in self.layout.pages for line in page.lines]
        shown = [line for line in lines if self._shows(line)]
        end = shown[-1] if shown else None
        usual = self._data_columns(bottom=False)
        for page in self.layout.pages:
            for line in page.lines:
                if not self._shows(line):
                    continue
                if line.band is Band.ROW:
                    columns = self._data_columns(bottom=True) if line is end else usual
                    self._write_row(line, columns, bottom=line is end)
                elif line.band is Band.SUM and line.sum is not None:
                    words = self.sheet.signed or line.sum.whole
                    rows = (self.first_data, self.last_data)
                    closing.write_sum(line, line.sum, rows, words=words, bottom=line is end)
                else:
                    self._write_band(line, bottom=line is end)
                if line.band in (Band.ROW, Band.SPARE, Band.GROUP):
                    self.last_data = self.leaf.row
            if self.sheet.signed and not page.last:
                self.leaf.raw.row_breaks.append(Break(self.leaf.row))
        closing.write()

    def _shows(self, line: Line) -> bool:
        between = line.band is Band.SUM and line.sum is not None and not line.sum.whole
        return not (between and self.sheet.kind is PaperKind.ROSTER)

    def _look(self, number: int, one: Placed, *, bottom: bool) -> Look:
        size = max(_LEAST_SIZE, one.size)
        edges = self.leaf.edges(number, number, bottom=bottom)
        form = number_format(self.sheet, one)
        indent = 1 if one.form.pad >= STATISTIC_COLUMN.pad else 0
        return Look(Type.SONG, size, one.form.align, edges=edges, number=form, indent=indent)

    def _data_columns(self, *, bottom: bool) -> list[_DataColumn]:
        found = []
        for number, one in enumerate(self.columns, 1):
            look = self._look(number, one, bottom=bottom)
            styles = self.leaf.styles
            cell = styles.cell(number, look)
            beyond = styles.number(look, beyond=True)
            convert = converter(one)
            part, at = self._places[one.at]
            serial = one.column.serial
            found.append(
                _DataColumn(
                    cell, one.at, convert, look, one.size, cell.style_number, beyond, serial, part, at
                )
            )
        return found

    def _write_row(self, line: Line, columns: list[_DataColumn], *, bottom: bool) -> None:
        row = self.sheet.rows[line.row]
        settings = [part.settings[line.row] for part in self.layout.parts]
        cells: list[ReadyCell] = []
        for one in columns:
            setting = settings[one.part][one.place]
            value = one.convert(row[one.at]) if one.convert else None
            cell: Any = one.cell
            if value is None and not one.serial:
                self._put_text(one, setting)
            else:
                cell._value = line.row + 1 if value is None else value  # noqa: SLF001 - see fill
                cell.style_number = one.usual
                cell.data_type = "d" if isinstance(value, date) else "n"
            cells.append(cell)
        style = self.sheet.row_styles.get(line.row)
        if style is not None and self.sheet.kind is PaperKind.STATISTICS:
            cells[0] = self._label(cells[0], style, bottom=bottom)
        self.leaf.put(line.height, cells)

    def _put_text(self, one: _DataColumn, setting: Setting) -> None:
        """Text as text, in a smaller type where the page needs one, in a face that has its characters."""
        text = setting.text
        cell: Any = one.cell
        cell._value = text or None  # noqa: SLF001 - the public setter would take "=1" for a formula
        cell.data_type = "s" if text else "n"
        beyond = bool(text) and is_beyond(text)
        if text and setting.size < one.size:
            look = replace(one.look, size=setting.size)
            cell.style_number = self.leaf.styles.number(look, beyond=beyond)
        else:
            cell.style_number = one.beyond if beyond else one.usual

    def _label(self, cell: Any, style: RowStyle, *, bottom: bool) -> ReadyCell:
        """The first cell of a statistic's row: headings in 黑体, items indented."""
        one = self.columns[0]
        centred = style is RowStyle.TOTAL or one.form.align is Align.CENTER
        kind = Type.SONG if style is RowStyle.ITEM else Type.HEI
        look = replace(
            self._look(1, one, bottom=bottom), kind=kind, align=Align.CENTER if centred else Align.LEFT
        )
        text = cell._value  # noqa: SLF001 - as above
        if style is RowStyle.ITEM and not centred:
            text = f"　　{text}"
        return self.leaf.styles.filled(1, look, text)

    def _write_band(self, line: Line, *, bottom: bool) -> None:
        """A group's heading, a spare row, or 以下空白."""
        leaf = self.leaf
        if line.band is Band.SPARE:
            cells = [
                leaf.styles.filled(
                    number,
                    self._look(number, one, bottom=bottom),
                    line.row + 1 if one.column.serial else None,
                )
                for number, one in enumerate(self.columns, 1)
            ]
            leaf.put(line.height, cells)
            return
        group = line.band is Band.GROUP
        kind = Type.HEI if group else Type.SONG
        look = Look(
            kind, self.size, grey=group, number="General", edges=leaf.edges(1, leaf.last, bottom=bottom)
        )
        text = line.text if group else "以　下　空　白"
        leaf.line(line.height, look, [(1, leaf.last, text, Align.LEFT if group else Align.CENTER)])


def _all_columns(layout: Layout) -> list[Placed]:
    """Every column of the sheet; what the page shows on sheets side by side is one table here."""
    if len(layout.parts) == 1:
        return layout.parts[0].columns
    sheet = layout.sheet
    return place(sheet, range(len(sheet.columns)), layout.page, layout.density)
