"""Sums, relations, notes and signers on a leaf of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from openpyxl.utils import get_column_letter

from cadre_desk.domain.fields import Align
from cadre_desk.domain.money import YUAN
from cadre_desk.export.columns import Placed
from cadre_desk.export.faces import plain
from cadre_desk.export.layout import Layout, Line
from cadre_desk.export.measures import Closing, Row, Type
from cadre_desk.export.sums import SumRow, sum_row
from cadre_desk.export.totals import Sum, grand_total
from cadre_desk.export.xlsx_leaf import PLAIN, Leaf
from cadre_desk.export.xlsx_styles import MONEY_FORMAT, Look, ReadyCell, Value

_SIGN_FORMAT: Final = f'"¥"{MONEY_FORMAT}'
_LINE: Final = 5.6
#: First column, last column, look, value.
_Span = tuple[int, int, Look, Value]


class ClosingWriter:
    """Writes what closes a table."""

    def __init__(self, leaf: Leaf, layout: Layout, columns: Sequence[Placed]) -> None:
        self.leaf = leaf
        self.layout = layout
        self.columns = columns
        self.row: SumRow = (
            layout.parts[0].sums
            if len(layout.parts) == 1
            else sum_row(layout.sheet, columns, layout.density, grand_total(layout.sheet))
        )

    def write_sum(self, line: Line, one: Sum, rows: tuple[int, int], *, words: bool, bottom: bool) -> None:
        """小计, 累计 or 合计; on a list to be filtered 合计 follows the filter of ``rows`` (first, last)."""
        below = words and self.row.words_below
        formula = self.layout.sheet.free and one.whole
        spans = [*self._count(one, rows, formula=formula), *self._amounts(one, rows, formula=formula)]
        at = spans[-1][1] + 1
        if at <= self.leaf.last:
            tail = one.capitals(self.row.capitals) if words and self.row.capitals >= 0 and not below else None
            spans.append((at, self.leaf.last, self._look(), tail))
        height = line.height - (Row.TOTAL if self.row.words_below else 0)
        self._put(height, spans, formula=formula, bottom=bottom and not below)
        if below:
            end = self.row.label_end
            capitals = one.capitals(self.row.capitals)
            spans = [(1, end, self._look(), None), (end + 1, self.leaf.last, self._look(), capitals)]
            self._put(Row.TOTAL, spans, formula=False, bottom=bottom)

    def _count(self, one: Sum, rows: tuple[int, int], *, formula: bool) -> list[_Span]:
        """Label and persons."""
        row = self.row
        label = f"{plain(one.label)}　{one.count}" if row.joined else plain(one.label)
        spans: list[_Span] = [(1, row.label_end, self._look(Type.HEI), label)]
        end = row.amounts[0].first if row.amounts else self.leaf.last
        if end > row.label_end:
            count: Value = None if row.joined else one.count
            if formula and not one.words and not row.joined:
                count = f'=SUBTOTAL(103,{self._range(self._named(), rows)})&"{one.unit}"'
            look = self._look(align=Align.CENTER if row.sign else Align.LEFT)
            spans.append((row.label_end + 1, end, look, count))
        return spans

    def _amounts(self, one: Sum, rows: tuple[int, int], *, formula: bool) -> Iterator[_Span]:
        """Each amount over the columns it takes, and what lies free between them."""
        look = self._look(align=Align.RIGHT, number=_SIGN_FORMAT if self.row.sign else MONEY_FORMAT)
        at = self.row.amounts[0].first if self.row.amounts else 0
        for amount in self.row.amounts:
            if amount.first > at:
                yield at + 1, amount.first, self._look(), None
            total: Value = one.amounts[amount.at] / YUAN
            if formula:
                total = f"=SUBTOTAL(109,{self._range(amount.column + 1, rows)})"
            yield amount.first + 1, amount.column + 1, look, total
            at = amount.column + 1

    def _named(self) -> int:
        """The column that has a text in every row."""
        names = (number for number, one in enumerate(self.columns, 1) if one.column.kind == "name")
        return next(names, 1)

    @staticmethod
    def _range(column: int, rows: tuple[int, int]) -> str:
        letter = get_column_letter(column)
        return f"{letter}{rows[0]}:{letter}{rows[1]}"

    def _look(self, kind: Type = Type.SONG, *, align: Align = Align.LEFT, number: str = "General") -> Look:
        return Look(kind, self.row.size, Align.CENTER if kind is Type.HEI else align, number=number)

    def _put(self, height: float, spans: Sequence[_Span], *, formula: bool, bottom: bool) -> None:
        cells: list[ReadyCell] = []
        for first, last, look, value in spans:
            for column in range(first, last + 1):
                own = replace(look, edges=self.leaf.edges(column, column, bottom=bottom))
                cell = self.leaf.styles.filled(column, own, value if column == first else None)
                if formula and column == first and isinstance(value, str) and value.startswith("=SUBTOTAL("):
                    cell.data_type = "f"
                cells.append(cell)
        self.leaf.put(height, cells)
        for first, last, _, _ in spans:
            self.leaf.merge(first, last)

    def write(self) -> None:
        """Relations, notes and signers below the table."""
        leaf, closing = self.leaf, self.layout.closing
        look = replace(PLAIN, size=Closing.CHECK_SIZE, wrap=False)
        for number, placed in enumerate(closing.checks):
            sign = "√" if placed.check is not None and placed.check.holds else "×"
            label = "审核关系　" if number == 0 else "　　　　　"
            leaf.line(_LINE, look, [(1, leaf.last, f"{label}{sign} {placed.text}", Align.LEFT)])
        if closing.notes:
            text = "".join(placed.text for placed in closing.notes)
            look = replace(PLAIN, size=Closing.NOTE_SIZE)
            height = (len(closing.notes) + 0.6) * Closing.NOTE_LEADING
            leaf.line(height, look, [(1, leaf.last, text, Align.LEFT)])
        if closing.signers:
            self._write_signers()

    def _write_signers(self) -> None:
        """Each signer in the column that begins nearest to his place on the page."""
        left = self.columns[0].x
        look = replace(PLAIN, size=Closing.SIGN_SIZE, wrap=False)
        taken: dict[int, str] = {}
        for placed in self.layout.closing.signers:
            free = [number for number in range(1, self.leaf.last + 1) if number > max(taken, default=0)]
            if not free:
                taken[self.leaf.last] += f"　　　　{plain(placed.text)}"
                continue
            near = min(free, key=lambda number: abs(self.columns[number - 1].x - left - placed.x))
            taken[near] = plain(placed.text)
        cells = [self.leaf.styles.filled(number, look, text) for number, text in taken.items()]
        self.leaf.put(Closing.SIGN_BARE + _LINE, cells)
