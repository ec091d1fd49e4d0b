"""Tables on pages: rosters, vouchers and statistics, drawn from their layout.

The table is drawn by hand, not by a table engine: rules as one path a page, each value as one operator at its
place. A value that comes again is coded once for its column; only its height on the page changes.
"""

from __future__ import annotations

from typing import Final

from cadre_desk.domain.fields import Align
from cadre_desk.export.breaking import Setting
from cadre_desk.export.columns import HeadCell, Placed
from cadre_desk.export.faces import by_position, face
from cadre_desk.export.ink import Ink
from cadre_desk.export.layout import Band, Layout, Line, Page, Part
from cadre_desk.export.measures import HEAD_FILL, LEADING, MM, Row, Rule, StatisticLabel, Type
from cadre_desk.export.pdf_sums import draw_below_blank, draw_sum
from cadre_desk.export.sheet import PaperKind, RowStyle

_NUMBER_SIZE: Final = 9.0
#: One line of a cell: operators before its height, its distance from the row's middle, operators behind.
_Stamp = tuple[str, float, str]


class TablePainter:
    """Draws one part of a layout, page by page."""

    def __init__(self, layout: Layout, part: Part) -> None:
        self.layout = layout
        self.sheet = layout.sheet
        self.part = part
        self.columns = part.columns
        self.edges = [one.x for one in part.columns]
        self.edges.append(part.columns[-1].x + part.columns[-1].width)
        self._stamps: dict[int, tuple[_Stamp, ...]] = {}
        self._statistic = self.sheet.kind is PaperKind.STATISTICS

    def draw(self, ink: Ink, page: Page) -> float:
        """Draw the table of a page; returns its lower edge in mm."""
        top = self.layout.table_top(page)
        y = self._draw_head(ink, top)
        if any(one.column.number for one in self.columns):
            y = self._draw_numbers(ink, y)
        ink.rule(self.edges[0], y, self.edges[-1], y, Rule.HEAD)
        bottom = self._draw_body(ink, page, y)
        ink.frame(self.edges[0], top, self.edges[-1] - self.edges[0], bottom - top, Rule.FRAME)
        return bottom

    def _draw_head(self, ink: Ink, top: float) -> float:
        heights = self.layout.head_heights
        tops = [top + sum(heights[:level]) for level in range(len(heights) + 1)]
        if self.sheet.kind is not PaperKind.VOUCHER:
            ink.fill(self.edges[0], top, self.edges[-1] - self.edges[0], tops[-1] - top, HEAD_FILL)
        for level in self.part.head:
            for cell in level:
                self._draw_head_cell(ink, cell, tops[cell.top], tops[cell.bottom])
        return tops[-1]

    def _draw_head_cell(self, ink: Ink, cell: HeadCell, top: float, bottom: float) -> None:
        left, right = self.edges[cell.first], self.edges[cell.end]
        if cell.first:
            ink.rule(left, top, left, bottom)
        if cell.bottom < len(self.layout.head_heights):
            ink.rule(left, bottom, right, bottom)
        middle = (top + bottom) / 2
        setting = cell.setting
        for number, line in enumerate(setting.lines):
            y = middle - _above(setting, number, Type.HEI) / MM
            ink.text((left + right) / 2, y, line, setting.size, Type.HEI, align=Align.CENTER)

    def _draw_numbers(self, ink: Ink, top: float) -> float:
        """The row of column numbers under a statistic's head."""
        bottom = top + Row.COLUMN_NUMBERS
        base = (top + bottom) / 2 + face(Type.SONG).middle * _NUMBER_SIZE / MM
        ink.rule(self.edges[0], top, self.edges[-1], top)
        for number, one in enumerate(self.columns):
            if number:
                ink.rule(one.x, top, one.x, bottom)
            ink.text(one.x + one.width / 2, base, one.column.number, _NUMBER_SIZE, align=Align.CENTER)
        return bottom

    def _draw_body(self, ink: Ink, page: Page, y: float) -> float:
        """The bands of the page. Rules between columns run through as long as people follow each other."""
        people_from: float | None = None
        sums_begun = False
        for number, line in enumerate(page.lines):
            people = line.band in (Band.ROW, Band.SPARE)
            if people and people_from is None:
                people_from = y
            if not people and people_from is not None:
                self._verticals(ink, people_from, y)
                people_from = None
            if number:
                first_sum = line.band is Band.SUM and not sums_begun
                self._rule_above(ink, line, y, strong=first_sum)
                sums_begun = sums_begun or first_sum
            self._draw_line(ink, line, y, last=page.last)
            y += line.height
        if people_from is not None:
            self._verticals(ink, people_from, y)
        return y

    def _verticals(self, ink: Ink, top: float, bottom: float) -> None:
        for x in self.edges[1:-1]:
            ink.rule(x, top, x, bottom)

    def _rule_above(self, ink: Ink, line: Line, y: float, *, strong: bool) -> None:
        styles = self.sheet.row_styles
        block = self._statistic and (
            styles.get(line.row) is RowStyle.GROUP or styles.get(line.row - 1) is RowStyle.TOTAL
        )
        ink.rule(self.edges[0], y, self.edges[-1], y, Rule.HEAD if strong or block else Rule.GRID)

    def _draw_line(self, ink: Ink, line: Line, y: float, *, last: bool) -> None:
        if line.band is Band.ROW:
            self._draw_row(ink, line, y)
        elif line.band is Band.SPARE:
            self._draw_spare(ink, line, y)
        elif line.band is Band.GROUP:
            self._draw_group(ink, line, y)
        elif line.band is Band.BELOW_BLANK:
            draw_below_blank(ink, self.edges[0], self.edges[-1], y)
        elif line.sum is not None:
            words = self.sheet.signed or (last and line.sum.whole)
            draw_sum(ink, self.part, line, y, self.layout.density.head, words=words)

    def _draw_row(self, ink: Ink, line: Line, y: float) -> None:
        middle = ink.page.height * MM - (y + line.height / 2) * MM
        stamps = self._stamps
        put = ink.put
        cells = self.part.settings[line.row]
        style = self.sheet.row_styles.get(line.row) if self._statistic else None
        for number, setting in enumerate(cells):
            if setting.sign:
                self._draw_sign(ink, self.columns[number], setting, y + line.height / 2)
                continue
            if style is not None and number == 0:
                self._draw_label(ink, setting, style, y + line.height / 2)
                continue
            known = stamps.get(id(setting))
            if known is None:
                known = stamps[id(setting)] = self._stamped(ink, self.columns[number], setting)
            for before, above, behind in known:
                put(f"{before}{middle + above:.2f}{behind}")
            if not known:
                self._draw_by_hand(ink, self.columns[number], setting, y + line.height / 2)

    def _stamped(self, ink: Ink, one: Placed, setting: Setting) -> tuple[_Stamp, ...]:
        """The operators of a cell; none if a character must be written in by hand."""
        if ink.by_hand(setting.lines, Type.SONG):
            return ()
        return tuple(
            (
                f"1 0 0 1 {one.start(line, setting.size):.2f} ",
                _above(setting, number, Type.SONG),
                f" Tm {ink.stamp(line, setting.size, Type.SONG)}",
            )
            for number, line in enumerate(setting.lines)
        )

    def _draw_by_hand(self, ink: Ink, one: Placed, setting: Setting, middle: float) -> None:
        for number, line in enumerate(setting.lines):
            y = middle - _above(setting, number, Type.SONG) / MM
            ink.text(one.start(line, setting.size) / MM, y, line, setting.size)

    def _draw_sign(self, ink: Ink, one: Placed, setting: Setting, middle: float) -> None:
        x = one.x + one.width / 2
        ink.sign(x, middle, setting.sign, setting.size)
        base = middle - _above(setting, 0, Type.SONG) / MM
        ink.hidden(x, base, setting.lines[0], setting.size)

    def _draw_label(self, ink: Ink, setting: Setting, style: RowStyle, middle: float) -> None:
        """The label of a statistic's row: the whole in the middle, headings at the line, items indented."""
        one = self.columns[0]
        kind = Type.SONG if style is RowStyle.ITEM else Type.HEI
        centred = style is RowStyle.TOTAL or one.form.align is Align.CENTER
        indent = StatisticLabel.ITEM if style is RowStyle.ITEM else StatisticLabel.GROUP
        x = one.x + (one.width / 2 if centred else indent)
        for number, line in enumerate(setting.lines):
            y = middle - _above(setting, number, kind) / MM
            ink.text(
                x, y, by_position(line), setting.size, kind, align=Align.CENTER if centred else Align.LEFT
            )

    def _draw_spare(self, ink: Ink, line: Line, y: float) -> None:
        """A numbered empty row for whoever comes unannounced."""
        for one in self.columns:
            if one.column.serial:
                setting = one.set(line.row + 1)
                base = y + line.height / 2 - _above(setting, 0, Type.SONG) / MM
                ink.text(one.start(setting.lines[0], setting.size) / MM, base, setting.lines[0], setting.size)

    def _draw_group(self, ink: Ink, line: Line, y: float) -> None:
        left, right = self.edges[0], self.edges[-1]
        ink.fill(left, y, right - left, line.height, HEAD_FILL)
        size = self.layout.density.head
        base = y + line.height / 2 + face(Type.HEI).middle * size / MM
        ink.text(left + 2, base, line.text, size, Type.HEI)


def _above(setting: Setting, number: int, kind: Type) -> float:
    """How far a line's baseline lies above the middle of its cell, in points (below: negative)."""
    leading = LEADING * setting.size
    return ((len(setting.lines) - 1) / 2 - number) * leading - face(kind).middle * setting.size
