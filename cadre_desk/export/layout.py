"""A sheet laid out: columns placed, rows set, pages divided, sums made; what PDF and Excel share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from cadre_desk.domain.errors import UserError
from cadre_desk.export import totals
from cadre_desk.export.breaking import Setting
from cadre_desk.export.closing import ClosingBlock, closing_block
from cadre_desk.export.columns import HeadCell, Placed, head_cells, page_for, parts_of, place
from cadre_desk.export.heading import Heading, heading
from cadre_desk.export.measures import (
    LEADING,
    MM,
    STATISTIC_TITLE,
    TITLE,
    Density,
    Foot,
    PageForm,
    Row,
    Top,
    density_of,
    statistic_density,
)
from cadre_desk.export.paging import Room, divide
from cadre_desk.export.sheet import PaperKind, Sheet
from cadre_desk.export.sums import SumRow, sum_row
from cadre_desk.export.totals import Sum

NOBODY: Final = "没有符合条件的人员，未生成"
_SIDES: Final = "一二三四五六七八九"
#: Kinds of columns that can hold the number of a note.
_NOTED: Final = frozenset({"text", "long_text", "codes", "code", "link"})


class Band(Enum):
    """What a horizontal band of the table is."""

    ROW = "row"
    GROUP = "group"
    SPARE = "spare"
    BELOW_BLANK = "below blank"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Line:
    """A band of the table: its height in mm, and the row, the group's text or the sum it shows."""

    band: Band
    height: float
    row: int = -1
    text: str = ""
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the table: its bands, and whether it is the first and the last."""

    lines: tuple[Line, ...]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The columns that stand on one sheet of paper; all but the widest rosters have one part."""

    columns: list[Placed]
    head: list[list[HeadCell]]
    sums: SumRow
    heading: Heading
    suffix: str
    settings: list[tuple[Setting, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet on its pages: everything the writers draw, in mm and points."""

    sheet: Sheet
    page: PageForm
    density: Density
    head_heights: tuple[float, ...]
    parts: tuple[Part, ...]
    pages: tuple[Page, ...]
    closing: ClosingBlock

    @property
    def repeats_title(self) -> bool:
        """Whether each page has the full title: pages of vouchers and statistics get separated."""
        return self.sheet.kind is not PaperKind.ROSTER

    def table_top(self, page: Page) -> float:
        """The upper edge of the table on a page."""
        if page.first or self.repeats_title:
            return max(part.heading.table for part in self.parts)
        return Top.CONTINUED_TABLE

    @property
    def sides(self) -> int:
        """How many sheets of paper lie side by side for one page of rows."""
        return len(self.parts)


def lay_out(sheet: Sheet) -> Layout:
    """Lay a sheet out.

    Raises:
        UserError: there is nobody to print, or sums don't agree.
    """
    if not sheet.rows and not sheet.spare_rows and sheet.kind is not PaperKind.STATISTICS:
        raise UserError(NOBODY)
    return _Composer(sheet).layout()


class _Composer:
    """The steps from a sheet to its pages."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.page = page_for(sheet)
        statistic = sheet.kind is PaperKind.STATISTICS
        self.form = STATISTIC_TITLE if statistic else TITLE
        self.density = (
            statistic_density(len(sheet.columns))
            if statistic
            else density_of(
                len(sheet.columns), len(sheet.rows), signed=sheet.signed, upright=self.page.upright
            )
        )
        self.whole = totals.grand_total(sheet)
        self.notes = [*sheet.notes, *_long_filter(sheet)]
        self.note_of = dict(sheet.row_notes)

    def layout(self) -> Layout:
        """Place, set, divide, sum."""
        columns = [
            place(self.sheet, part, self.page, self.density)
            for part in parts_of(self.sheet.columns, self.page.area)
        ]
        settings = self._settings(columns)
        sums = [sum_row(self.sheet, part, self.density, self.whole) for part in columns]
        heads = [head_cells(part, self.density.head) for part in columns]
        parts = tuple(
            self._part(part, head, row, _SIDES[number] if len(columns) > 1 else "", rows)
            for number, (part, head, row, rows) in enumerate(zip(columns, heads, sums, settings, strict=True))
        )
        closing = closing_block(self.sheet, self.page, self.notes)
        heights = self._head_heights(heads)
        empty = Layout(self.sheet, self.page, self.density, heights, parts, (), closing)
        return replace(empty, pages=tuple(self._pages(empty)))

    def _part(
        self,
        columns: list[Placed],
        head: list[list[HeadCell]],
        sums: SumRow,
        side: str,
        settings: list[tuple[Setting, ...]],
    ) -> Part:
        suffix = f"（{side}）" if side else ""
        top = heading(self.sheet, self.page, self.form, suffix=suffix)
        return Part(columns, head, sums, top, suffix, settings)

    def _settings(self, parts: Sequence[list[Placed]]) -> list[list[tuple[Setting, ...]]]:
        """Every row set, part by part; notes, and what a fixed row can't hold, go below the table."""
        found: list[list[tuple[Setting, ...]]] = []
        for part in parts:
            setters = [(one.at, one.set) for one in part]
            found.append([tuple(set_(row[at]) for at, set_ in setters) for row in self.sheet.rows])
        self._number_serials(parts, found)
        for row, text in sorted(self.note_of.items()):
            self._note_row(parts, found, row, text)
        if self.sheet.signed:
            self._note_overlong(parts, found)
        return found

    def _number_serials(self, parts: Sequence[list[Placed]], found: list[list[tuple[Setting, ...]]]) -> None:
        """序号 runs through all pages; a number that the voucher gave before is kept."""
        for part, rows in zip(parts, found, strict=True):
            for at, one in enumerate(part):
                if not one.column.serial:
                    continue
                for number, row in enumerate(self.sheet.rows):
                    if row[one.at] is None:
                        cells = rows[number]
                        rows[number] = (*cells[:at], one.set(number + 1), *cells[at + 1 :])

    def _note_row(
        self, parts: Sequence[list[Placed]], found: list[list[tuple[Setting, ...]]], row: int, text: str
    ) -> None:
        """A note on a row; its number stands in the last column of text, or else the note names the row."""
        places = [
            (number, row, at)
            for number, part in enumerate(parts)
            for at, one in enumerate(part)
            if one.column.kind in _NOTED and not one.column.blank and not one.column.total
        ]
        self.notes.append(text if places else f"第{row + 1}号：{text}")
        if places:
            self._replace(parts, found, places[-1], f"（注{len(self.notes)}）")

    def _note_overlong(self, parts: Sequence[list[Placed]], found: list[list[tuple[Setting, ...]]]) -> None:
        for number, (part, rows) in enumerate(zip(parts, found, strict=True)):
            for row, cells in enumerate(rows):
                for at, setting in enumerate(cells):
                    if setting.grown and part[at].column.kind != "name":
                        one = part[at]
                        text = one.show(self.sheet.rows[row][one.at]).replace("\n", "　")
                        self.notes.append(f"第{row + 1}号{one.column.label.replace(chr(10), '')}：{text}")
                        self._replace(parts, found, (number, row, at), f"见注{len(self.notes)}", keep=False)

    def _replace(
        self,
        parts: Sequence[list[Placed]],
        found: list[list[tuple[Setting, ...]]],
        where: tuple[int, int, int],
        mark: str,
        *,
        keep: bool = True,
    ) -> None:
        """Put a note's number into a cell, behind its text or instead of it."""
        number, row, at = where
        one = parts[number][at]
        text = one.show(self.sheet.rows[row][one.at]) + mark if keep else mark
        cells = found[number][row]
        marked = replace(one.fit(text), text=text)
        found[number][row] = (*cells[:at], marked, *cells[at + 1 :])

    def _head_heights(self, heads: Sequence[list[list[HeadCell]]]) -> tuple[float, ...]:
        """Heights of the head's levels, the same on all sheets side by side."""
        depth = max(len(levels) for levels in heads)
        lines = [1] * depth
        for levels in heads:
            for level in levels:
                for cell in level:
                    own = len(cell.setting.lines) - (cell.bottom - cell.top - 1) * 2
                    lines[cell.bottom - 1] = max(lines[cell.bottom - 1], own)
        heights = [self._level_height(number, depth, count) for number, count in enumerate(lines)]
        if self.sheet.head_height is not None:
            heights[-1] = self.sheet.head_height - sum(heights[:-1])
        return tuple(heights)

    def _level_height(self, level: int, depth: int, lines: int) -> float:
        if lines > 2:  # noqa: PLR2004 - what two lines need stands in the table
            return lines * LEADING * self.density.head / MM + Row.GROWN
        if depth > 1:
            return Row.STATISTIC_GROUP if level < depth - 1 else Row.STATISTIC_HEAD
        return Row.HEAD_TWO if lines > 1 else Row.HEAD_ONE

    def _row_heights(self, parts: Sequence[Part]) -> list[float]:
        sheet, density = self.sheet, self.density
        if sheet.signed:
            height = sheet.row_height or (Row.MONEY if sheet.money else Row.SIGN_IN)
            return [height] * len(sheet.rows)
        one = sheet.row_height or density.row
        tall = max(one, density.tall_row)
        return [
            max(_height(part.settings[row], one, tall) for part in parts) for row in range(len(sheet.rows))
        ]

    def _body(self, parts: Sequence[Part]) -> Iterator[Line]:
        heads = {group.start: number for number, group in enumerate(self.sheet.groups)}
        ends = [group.start for group in self.sheet.groups[1:]] + [len(self.sheet.rows)]
        unit = self.sheet.totals.unit if self.sheet.totals is not None else "人"
        for row, height in enumerate(self._row_heights(parts)):
            if row in heads:
                number = heads[row]
                persons = ends[number] - row
                text = f"{self.sheet.groups[number].label}　{persons:,}{unit}"
                yield Line(Band.GROUP, Row.GROUP, text=text)
            yield Line(Band.ROW, height, row)
        for spare in range(self.sheet.spare_rows):
            height = self.sheet.row_height or Row.SIGN_IN
            yield Line(Band.SPARE, height, len(self.sheet.rows) + spare)

    def _lowered(self, body: list[Line], parts: Sequence[Part], room: Room) -> list[Line]:
        """Rows of one line a little lower than the paper's own rows, where that keeps a roster on one leaf.

        They stay as high as its density asks of one line (paper 4: 8.4 of 10.2).
        """
        usual, least = self.sheet.row_height, self.density.row
        if self.sheet.signed or usual is None:
            return body
        single = [
            number
            for number, line in enumerate(body)
            if line.band is Band.ROW
            and all(len(one.lines) <= 1 for part in parts for one in part.settings[line.row])
        ]
        excess = sum(line.height for line in body) - (room.first - room.only)
        if not 0 < excess <= len(single) * (usual - least):
            return body
        for number in single:
            body[number] = replace(body[number], height=body[number].height - excess / len(single))
        return body

    def _pages(self, layout: Layout) -> Iterator[Page]:
        room = self._room(layout)
        body = self._lowered(list(self._body(layout.parts)), layout.parts, room)
        heights = [line.height for line in body]
        slices = divide(heights, [line.band is Band.GROUP for line in body], room) or [(0, 0)]
        rows = [[line.row for line in body[first:end] if line.band is Band.ROW] for first, end in slices]
        chain = totals.page_sums(self.sheet, [(page[0], page[-1] + 1) if page else (0, 0) for page in rows])
        for number, (first, end) in enumerate(slices):
            last = number == len(slices) - 1
            sums = self._sums(chain[number], last=last, only=len(slices) == 1)
            closing = tuple(self._closing_lines(layout.parts, sums, last=last))
            yield Page((*body[first:end], *closing), number == 0, last)

    def _sums(self, sums: tuple[Sum, Sum], *, last: bool, only: bool) -> list[Sum]:
        """Which sums close a page (paper rule 6)."""
        declared = self.sheet.totals
        if declared is None:
            return []
        by_page = declared.by_page and bool(self.sheet.money)
        here, running = sums
        if last:
            return [here, self.whole] if by_page and not only else [self.whole]
        if not by_page:
            return []
        return [here, running] if self.sheet.signed else [here]

    def _closing_lines(self, parts: Sequence[Part], sums: list[Sum], *, last: bool) -> Iterator[Line]:
        if last and self.sheet.signed and self.sheet.money and not self.sheet.spare_rows:
            yield Line(Band.BELOW_BLANK, Row.BLANK_BELOW)
        for one in sums:
            height = max(part.sums.height(part.columns, one) for part in parts)
            yield Line(Band.SUM, height, sum=one)

    def _room(self, layout: Layout) -> Room:
        head = sum(layout.head_heights) + self._numbers_height()
        lowest = self.page.lowest
        first = lowest - max(part.heading.table for part in layout.parts) - head
        others = first if layout.repeats_title else lowest - Top.CONTINUED_TABLE - head
        some = (self.whole, self.whole)

        def height(*, last: bool, only: bool) -> float:
            sums = self._sums(some, last=last, only=only)
            return sum(line.height for line in self._closing_lines(layout.parts, sums, last=last))

        below = layout.closing.height
        return Room(
            first,
            others,
            height(last=False, only=False),
            height(last=True, only=False) + below,
            height(last=True, only=True) + below,
            self.sheet.rows_per_page,
        )

    def _numbers_height(self) -> float:
        return Row.COLUMN_NUMBERS if any(column.number for column in self.sheet.columns) else 0.0


def _height(cells: tuple[Setting, ...], one: float, tall: float) -> float:
    """What a row needs: one line, two, or what its grown cells ask for."""
    height = one
    for setting in cells:
        if len(setting.lines) > 1:
            height = max(height, _lines_height(setting, one, tall))
    return height


def _lines_height(setting: Setting, one: float, tall: float) -> float:
    if setting.grown:
        return setting.height
    return one if setting.height - Row.GROWN + Row.AIR <= one else tall


def _long_filter(sheet: Sheet) -> list[str]:
    """A filter that is longer than the foot has room for becomes a note."""
    words = sheet.foot.words
    return [f"范围：{words}"] if len(words) * Foot.SIZE / MM > Foot.FILTER else []
