"""The page before a grouped list: which unit begins on which page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from cadre_desk.domain.fields import Align
from cadre_desk.export.breaking import fit
from cadre_desk.export.faces import face
from cadre_desk.export.ink import Ink
from cadre_desk.export.layout import Band, Layout
from cadre_desk.export.measures import MM, PageForm, Rule, Type

_ROW: Final = 7.0
_SIZE: Final = 10.0
_GAP: Final = 12.0
_DOT: Final = 1.4


@dataclass(frozen=True, slots=True)
class Entry:
    """A group's heading and the page of the list (from 0) on which it begins."""

    text: str
    page: int


def entries(layout: Layout) -> list[Entry]:
    """The groups of a list in their order."""
    return [
        Entry(line.text, number * layout.sides)
        for number, page in enumerate(layout.pages)
        for line in page.lines
        if line.band is Band.GROUP
    ]


def contents_pages(layout: Layout) -> int:
    """How many pages the contents take; none without groups or where the sheet wants none."""
    if not layout.sheet.index or not layout.sheet.groups:
        return 0
    return math.ceil(len(layout.sheet.groups) / _capacity(layout))


def _across(page: PageForm) -> int:
    return 2 if page.upright else 3


def _capacity(layout: Layout) -> int:
    return _across(layout.page) * int((layout.page.lowest - layout.parts[0].heading.table) / _ROW)


def draw_contents(ink: Ink, layout: Layout, number: int, first: int) -> None:
    """Draw a page of the contents; ``first`` is the number of the list's own first page."""
    page = layout.page
    capacity = _capacity(layout)
    shown = entries(layout)[number * capacity : (number + 1) * capacity]
    down = capacity // _across(page)
    width = (page.area - _GAP * (_across(page) - 1)) / _across(page)
    top = layout.parts[0].heading.table
    song = face(Type.SONG)
    for at, entry in enumerate(shown):
        left = page.left + (at // down) * (width + _GAP)
        base = top + (at % down + 0.5) * _ROW + song.middle * _SIZE / MM
        told = str(first + entry.page)
        room = width - song.width(told, _SIZE) / MM - 4
        setting = fit(entry.text, room * MM, song, _SIZE, lines=1)
        ink.text(left, base, setting.lines[0], setting.size)
        ink.text(left + width, base, told, _SIZE, align=Align.RIGHT)
        x = left + song.width(setting.lines[0], setting.size) / MM + 2
        while x < left + width - song.width(told, _SIZE) / MM - 2:
            ink.rule(x, base, x + 0.01, base, Rule.FRAME)
            x += _DOT
