"""A form laid out: every cell at its place, rows as high as their values need, blocks divided over pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from cadre_desk.domain.fields import Align
from cadre_desk.export.breaking import NOTHING, Setting, balanced, fit, wrap
from cadre_desk.export.closing import ClosingBlock, closing_block
from cadre_desk.export.faces import Face, by_position, clean, face, spread
from cadre_desk.export.form import Block, Cell, Choices, Form, Label, Photo, Value
from cadre_desk.export.heading import Heading, heading
from cadre_desk.export.measures import MM, SHRINK, TITLE, FormType, Top, Type

#: Between a value's lines and the rules above and below it, in mm.
_AIR: Final = 0.8


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell: its place in mm from the form's left edge, the rows it covers, and its text as set."""

    cell: Cell
    x: float
    width: float
    first_row: int
    end_row: int
    setting: Setting


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows of one block on one page: their heights, their cells, and whether the block begins here."""

    block: Block
    heights: tuple[float, ...]
    first_row: int
    cells: tuple[PlacedCell, ...]

    @property
    def height(self) -> float:
        """Height of all rows."""
        return sum(self.heights)


@dataclass(frozen=True, slots=True)
class FormLayout:
    """A form on its pages."""

    form: Form
    heading: Heading
    pages: tuple[tuple[Segment, ...], ...]
    closing: ClosingBlock


def lay_out_form(form: Form) -> FormLayout:
    """Lay a form out; what doesn't fit on a page goes over to the next, row by row."""
    top = heading(form, form.page, TITLE)
    closing = closing_block(form, form.page, form.notes)
    strips = [strip for block in form.blocks for strip in _strips(block)]
    pages = list(_pages(strips, form, top.table, closing.height))
    return FormLayout(form, top, tuple(tuple(_segments(page)) for page in pages), closing)


def _place(block: Block) -> list[PlacedCell]:
    """Give every cell its columns, left to right, round those that reach down from above."""
    taken: set[tuple[int, int]] = set()
    placed: list[PlacedCell] = []
    edges = [block.spine_width if block.spine else 0.0]
    for width in block.widths:
        edges.append(edges[-1] + width)
    for number, one in enumerate(block.rows):
        column = 0
        for cell in one.cells:
            while (number, column) in taken:
                column += 1
            end = column + cell.span
            if end > len(block.widths):
                raise ValueError(f"row {number + 1} of {block.spine!r} is wider than its columns")
            taken |= {(row, at) for row in range(number, number + cell.down) for at in range(column, end)}
            width = edges[end] - edges[column]
            height = sum(row.height for row in block.rows[number : number + cell.down])
            setting = _set(cell, width, height)
            placed.append(PlacedCell(cell, edges[column], width, number, number + cell.down, setting))
            column = end
    return placed


def _set(cell: Cell, width: float, height: float) -> Setting:
    if isinstance(cell, Label):
        text = "\n".join(by_position(line) for line in clean(cell.text).split("\n"))
        room = (width - 2 * FormType.CENTRED_PAD) * MM
        lines = max(2, text.count("\n") + 1)
        return fit(text, room, face(Type.SONG), FormType.LABEL, centred=True, lines=lines)
    if isinstance(cell, Value):
        pad = FormType.PAD if cell.align is Align.LEFT else FormType.CENTRED_PAD
        foot = FormType.VALUE * FormType.LEADING / MM + _AIR if cell.foot else 0.0
        text = spread(clean(cell.text)) if cell.name else clean(cell.text)
        return fit_value(text, (width - 2 * pad) * MM, height - foot - _AIR)
    return NOTHING


def fit_value(text: str, room: float, height: float) -> Setting:
    """Set a filled-in value: smaller on one line down to 9.5, then in lines that fit, then taller."""
    fang = face(Type.FANG)
    if not text:
        return NOTHING
    if "\n" not in text:
        for size in _sizes(FormType.VALUE, FormType.VALUE_ONE_LINE):
            if fang.width(text, size) <= room:
                return Setting((text,), size)
    for size in _sizes(FormType.VALUE, FormType.VALUE_LEAST):
        lines = _lines(text, room, fang, size)
        if len(lines) * FormType.LEADING * size / MM <= height:
            return Setting(tuple(lines), size)
    return Setting(tuple(_lines(text, room, fang, FormType.VALUE_LEAST)), FormType.VALUE_LEAST, grown=True)


def _lines(text: str, room: float, fang: Face, size: float) -> list[str]:
    """Filled lines; two of them are made equal, so that no character stands alone."""
    lines = wrap(text, room, fang, size)
    if len(lines) == 2 and "\n" not in text and len(lines[1]) == 1:  # noqa: PLR2004 - two lines
        return balanced(text, 2, room, fang, size) or lines
    return lines


def _sizes(size: float, least: float) -> Iterator[float]:
    while size >= least:
        yield size
        size -= SHRINK


@dataclass(frozen=True, slots=True)
class _Strip:
    """Rows of a block that no page may part, with their cells."""

    block: Block
    first_row: int
    heights: tuple[float, ...]
    cells: tuple[PlacedCell, ...]

    @property
    def height(self) -> float:
        return sum(self.heights)


def _strips(block: Block) -> Iterator[_Strip]:
    placed = _place(block)
    heights = [
        max([one.height, *(cell.setting.height for cell in placed if _grows(cell, number))])
        for number, one in enumerate(block.rows)
    ]
    start = 0
    while start < len(heights):
        end = start + 1
        while any(cell.first_row < end < cell.end_row for cell in placed):
            end += 1
        cells = tuple(cell for cell in placed if start <= cell.first_row < end)
        yield _Strip(block, start, tuple(heights[start:end]), cells)
        start = end


def _grows(cell: PlacedCell, number: int) -> bool:
    """Whether the cell's text makes this row taller (a cell of several rows grows in its last)."""
    return cell.setting.grown and cell.end_row == number + 1 and not isinstance(cell.cell, Photo | Choices)


def _pages(strips: Sequence[_Strip], form: Form, top: float, closing: float) -> Iterator[list[_Strip]]:
    """Fill the pages; the sign-off stays with at least the last strip."""
    page: list[_Strip] = []
    room = form.page.lowest - top
    for number, strip in enumerate(strips):
        last = number == len(strips) - 1
        used = sum(one.height for one in page)
        if page and used + strip.height + (closing if last else 0) > room:
            yield page
            page = []
            room = form.page.lowest - Top.CONTINUED_TABLE
        page.append(strip)
    yield page


def _segments(page: Sequence[_Strip]) -> Iterator[Segment]:
    """The strips of a page joined to what is left of each block."""
    for _, group in groupby(page, lambda strip: id(strip.block)):
        strips = list(group)
        heights = tuple(height for strip in strips for height in strip.heights)
        cells = tuple(cell for strip in strips for cell in strip.cells)
        yield Segment(strips[0].block, heights, strips[0].first_row, cells)
