"""小计, 累计, 合计 and 以下空白 drawn on a page."""

from __future__ import annotations

from typing import Final

from cadre_desk.domain.fields import Align
from cadre_desk.domain.money import show_money
from cadre_desk.export.faces import SPREAD, face
from cadre_desk.export.ink import Ink
from cadre_desk.export.layout import Line, Part
from cadre_desk.export.measures import LEADING, MM, BelowBlank, Row, Type
from cadre_desk.export.sums import PAD
from cadre_desk.export.totals import Sum

_BELOW_BLANK: Final = SPREAD.join("以下空白")
_BELOW_BLANK_SIZE: Final = 10.5


def draw_below_blank(ink: Ink, left: float, right: float, y: float) -> None:
    """以下空白 directly after the last person of a signed money table, struck to both sides."""
    middle, height = (left + right) / 2, y + Row.BLANK_BELOW / 2
    base = height + face(Type.SONG).middle * _BELOW_BLANK_SIZE / MM
    ink.text(middle, base, _BELOW_BLANK, _BELOW_BLANK_SIZE, align=Align.CENTER)
    ink.rule(left + BelowBlank.EDGE, height, middle - BelowBlank.MIDDLE, height)
    ink.rule(middle + BelowBlank.MIDDLE, height, right - BelowBlank.EDGE, height)


class _SumPainter:
    """Draws the cells of one sum."""

    def __init__(self, ink: Ink, part: Part, line: Line, y: float) -> None:
        self.ink = ink
        self.part = part
        self.row = part.sums
        self.top, self.bottom = y, y + line.height
        columns = part.columns
        self.edges = [*(one.x for one in columns), columns[-1].x + columns[-1].width]
        #: Where persons and amounts end and a row for the words begins.
        self.first_end = self.bottom - (Row.TOTAL if self.row.words_below else 0)

    def label(self, text: str, size: float) -> None:
        """The label over number and name."""
        left, right = self.edges[0], self.edges[self.row.label_end]
        base = (self.top + self.bottom) / 2 + face(Type.HEI).middle * size / MM
        self.ink.text((left + right) / 2, base, text, size, Type.HEI, align=Align.CENTER)
        self._edge(self.row.label_end, self.top, self.bottom)

    def count(self, one: Sum, *, centred: bool) -> None:
        """The persons, in the middle on vouchers, at the line on rosters."""
        setting = self.row.count(self.part.columns, one)
        left = self.edges[self.row.label_end]
        end = self.row.amounts[0].first if self.row.amounts else len(self.part.columns)
        right = self.edges[end]
        middle = (self.top + self.first_end) / 2 * MM
        song = face(Type.SONG)
        for number, line in enumerate(setting.lines):
            below = (number - (len(setting.lines) - 1) / 2) * LEADING * setting.size
            base = (middle + below + song.middle * setting.size) / MM
            x = (left + right) / 2 if centred else left + PAD
            self.ink.text(x, base, line, setting.size, align=Align.CENTER if centred else Align.LEFT)

    def amounts(self, one: Sum) -> None:
        """Each amount under its column, ending where the column's amounts end."""
        base = self._base()
        for amount in self.row.amounts:
            column = self.part.columns[amount.column]
            right = column.x + column.width - column.form.pad
            text = self.row.sign + show_money(one.amounts[amount.at])
            self._edge(amount.first, self.top, self.first_end)
            self.ink.text(right, base, text, self.row.size, align=Align.RIGHT)
            self._edge(amount.column + 1, self.top, self.first_end)

    def words(self, one: Sum) -> None:
        """The amount in words, behind the last amount or in a row of its own."""
        text = one.capitals(self.row.capitals)
        if self.row.words_below:
            left = self.edges[self.row.label_end]
            self.ink.rule(left, self.first_end, self.edges[-1], self.first_end)
            middle = self.first_end + Row.TOTAL / 2
            base = middle + face(Type.SONG).middle * self.row.size / MM
        else:
            left, base = self.edges[self.row.tail], self._base()
        self.ink.text(left + PAD, base, text, self.row.size)

    def _base(self) -> float:
        return (self.top + self.first_end) / 2 + face(Type.SONG).middle * self.row.size / MM

    def _edge(self, column: int, top: float, bottom: float) -> None:
        if 0 < column < len(self.part.columns):
            self.ink.rule(self.edges[column], top, self.edges[column], bottom)


def draw_sum(ink: Ink, part: Part, line: Line, y: float, size: float, *, words: bool) -> None:
    """A row of sums; ``words`` says whether the amount stands in 大写 besides."""
    if line.sum is None:
        return
    painter = _SumPainter(ink, part, line, y)
    row = part.sums
    label = f"{line.sum.label}　{line.sum.count}" if row.joined else line.sum.label
    painter.label(label, min(size, row.size))
    painter.count(line.sum, centred=bool(row.sign))
    painter.amounts(line.sum)
    if words and row.capitals >= 0:
        painter.words(line.sum)
