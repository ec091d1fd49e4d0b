"""Columns on the page: which page they need, where each stands, and how its values are set.

Which way and which size follows from the widths: at most 166 mm and seven columns stand upright, 267 mm go
on A4 landscape, 390 mm on A3 where the office has a printer for it; more go on left and right sheets, each
with number and name. A fit is never reached by going below the least sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from cadre_desk.domain.fields import Align
from cadre_desk.export.breaking import NOTHING, Setting, fit, fit_name, units
from cadre_desk.export.faces import Face, by_position, clean, face
from cadre_desk.export.measures import (
    HEAD_PAD,
    MM,
    PORTRAIT_COLUMNS,
    ColumnForm,
    Density,
    PageForm,
    Type,
)
from cadre_desk.export.sheet import Mark, Sheet, SheetColumn

_SLACK = 0.05


def page_for(sheet: Sheet) -> PageForm:
    """The page a sheet needs; what is wider than any page is split over A4 landscape sheets."""
    total = sum(column.width for column in sheet.columns)
    if sheet.page is not None and total <= sheet.page.area + _SLACK:
        return sheet.page
    if total <= PageForm.PORTRAIT.area + _SLACK and len(sheet.columns) <= PORTRAIT_COLUMNS:
        return PageForm.PORTRAIT
    if sheet.a3 and PageForm.LANDSCAPE.area + _SLACK < total <= PageForm.A3.area + _SLACK:
        return PageForm.A3
    return PageForm.LANDSCAPE


def parts_of(columns: Sequence[SheetColumn], area: float) -> list[list[int]]:
    """Positions of the columns on each of the sheets side by side; number and name stand on every one."""
    if sum(column.width for column in columns) <= area + _SLACK:
        return [list(range(len(columns)))]
    repeated = [at for at, column in enumerate(columns) if column.serial or column.kind == "name"][:2]
    room = area - sum(columns[at].width for at in repeated)
    parts: list[list[int]] = [[]]
    used = 0.0
    for at, column in enumerate(columns):
        if at in repeated:
            continue
        if parts[-1] and used + column.width > room + _SLACK:
            parts.append([])
            used = 0.0
        parts[-1].append(at)
        used += column.width
    return [sorted({*repeated, *part}) for part in parts]


def stretched(columns: Sequence[SheetColumn], area: float) -> list[float]:
    """The widths, with what the page has left given to columns of text (at most doubled), then to all."""
    widths = [column.width for column in columns]
    slack = area - sum(widths)
    if slack <= _SLACK:
        return widths
    flexible = [column.form.align is Align.LEFT and not column.serial for column in columns]
    text = sum(width for width, flexes in zip(widths, flexible, strict=True) if flexes)
    given = min(slack, text)
    factor = 1 + given / text if text else 1.0
    widths = [width * factor if flexes else width for width, flexes in zip(widths, flexible, strict=True)]
    rest = area / sum(widths)
    return [width * rest for width in widths]


@dataclass(slots=True)
class Placed:
    """A column on its page: ``at`` is its position in the sheet, ``x`` and ``width`` are mm."""

    at: int
    column: SheetColumn
    x: float
    width: float
    form: ColumnForm
    size: float
    show: Callable[[Any], str]
    face: Face
    room: float = 0.0
    _named: bool = False
    _figure: float = 1.0
    _known: dict[Hashable, Setting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # What a line may take, in points.
        self.room = (self.width - 2 * self.form.pad) * MM
        self._named = self.column.kind == "name"
        self._figure = self.face.units("0") / 1000

    def set(self, value: Any) -> Setting:
        """The setting of one value (kept: values come again and again)."""
        if value is None and self.column.blank:
            return NOTHING
        try:
            return self._known[value]
        except KeyError:
            setting = self._known[value] = self._set(value)
            return setting

    def _set(self, value: Any) -> Setting:
        text = clean(self.show(value))
        if not text:
            return NOTHING
        if self._named:
            if len(text) > 2 and self._fits(text):  # noqa: PLR2004 - two hanzi are set wider
                return Setting((text,), self.size, text=text)
            return replace(fit_name(text, self.room, self.face, self.size), text=text)
        if self._fits(text):
            return Setting((text,), self.size, sign=self._sign(value), text=text)
        return replace(self.fit(text), text=text)

    def _fits(self, text: str) -> bool:
        """Whether a text fits on one line; measured only where the number of its characters doesn't tell."""
        most = len(text) * self.size
        if "\n" in text:
            return False
        if most <= self.room or (most * self._figure <= self.room and text.isascii() and text.isdecimal()):
            return True
        return self.face.width(text, self.size) <= self.room

    def fit(self, text: str) -> Setting:
        """A text set as this column sets its own."""
        least = min(self.form.least, self.size)
        centred = self.form.align is Align.CENTER
        lines = self.column.lines
        return fit(text, self.room, self.face, self.size, least=least, lines=lines, centred=centred)

    def _sign(self, value: Any) -> str:
        """The sign that is drawn over the text: ticks and crosses, and the yes of a yes-no."""
        if isinstance(value, Mark):
            return str(value.value)
        return Mark.TICK.value if value is True and self.column.kind == "yes_no" else ""

    def start(self, line: str, size: float) -> float:
        """Where a line begins, in points from the page's left edge."""
        left = (self.x + self.form.pad) * MM
        if self.form.align is Align.LEFT:
            return left
        slack = self.room - self.face.width(line, size)
        return left + (slack if self.form.align is Align.RIGHT else slack / 2)


def place(sheet: Sheet, part: Sequence[int], page: PageForm, density: Density) -> list[Placed]:
    """The columns of one sheet of paper, side by side over the whole type area."""
    columns = [sheet.columns[at] for at in part]
    placed: list[Placed] = []
    x = page.left
    song = face(Type.SONG)
    # The names that the paper is about; those of leaders and companions are set as text is.
    person = next((number for number, one in enumerate(sheet.columns) if one.kind == "name"), -1)
    widths = stretched(columns, page.area)
    _give_money_room(sheet, part, widths, density.body)
    for at, column, width in zip(part, columns, widths, strict=True):
        size = density.name if at == person else density.body
        form = sheet.form_of(column)
        placed.append(Placed(at, column, x, width, form, size, partial(sheet.shown, column), song))
        x += width
    return placed


def _give_money_room(sheet: Sheet, part: Sequence[int], widths: list[float], size: float) -> None:
    """Let columns of great amounts (ten million and more) take what they lack from the widest text column."""
    flexible = [
        number
        for number, at in enumerate(part)
        if not sheet.columns[at].blank and sheet.form_of(sheet.columns[at]).align is Align.LEFT
    ]
    song = face(Type.SONG)
    for number, at in enumerate(part):
        column = sheet.columns[at]
        if not column.total or not flexible:
            continue
        amounts = [row[at] for row in sheet.rows if isinstance(row[at], int)]
        if not amounts:
            continue
        widest = max((column.show(amount) for amount in (max(amounts), min(amounts))), key=len)
        lack = song.width(widest, size) / MM + 2 * column.form.pad - widths[number]
        giver = max(flexible, key=widths.__getitem__)
        if 0 < lack < widths[giver] / 2:
            widths[number] += lack
            widths[giver] -= lack


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A label of the head: columns ``first`` up to ``end`` of the part, levels ``top`` up to ``bottom``."""

    first: int
    end: int
    top: int
    bottom: int
    label: str
    setting: Setting


def head_setting(label: str, width: float, size: float) -> Setting:
    """A label in its head cell; in a column one hanzi wide the characters stand on each other."""
    room = (width - 2 * HEAD_PAD) * MM
    hei = face(Type.HEI)
    parts = [by_position(part) for part in label.split("\n")]
    if room < 2 * size and any(hei.width(part, size) > room for part in parts):
        parts = [piece for part in parts for piece in units(part.replace("　", ""))]
    if all(hei.width(part, size) <= room for part in parts):
        return Setting(tuple(parts), size)
    return fit("\n".join(parts), room, hei, size, centred=True, lines=max(2, len(parts)))


def head_cells(columns: Sequence[Placed], size: float) -> list[list[HeadCell]]:
    """The head by its levels: labels that neighbours share are one cell, others reach down to the table."""
    depth = 1 + max(len(one.column.heads) for one in columns)
    levels: list[list[HeadCell]] = [[] for _ in range(depth)]
    for number, one in enumerate(columns):
        heads = one.column.heads
        for level, label in enumerate(heads):
            before = columns[number - 1].column.heads if number else ()
            if before[: level + 1] == heads[: level + 1]:
                continue
            end = number + 1
            while end < len(columns) and columns[end].column.heads[: level + 1] == heads[: level + 1]:
                end += 1
            width = sum(columns[at].width for at in range(number, end))
            levels[level].append(
                HeadCell(number, end, level, level + 1, label, head_setting(label, width, size))
            )
        setting = head_setting(one.column.label, one.width, size)
        levels[len(heads)].append(HeadCell(number, number + 1, len(heads), depth, one.column.label, setting))
    return levels
