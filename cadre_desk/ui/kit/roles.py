"""What a model answers a `RegisterTable` beside Qt's own roles.

Qt's roles that count: DisplayRole (the text), ToolTipRole (said instead of the whole text), CheckStateRole
of column 0 (the row's tick; ``setData`` with it ticks), and for the horizontal header DisplayRole (the title)
and CheckStateRole of section 0 (all, some or none of the whole listing; ``setHeaderData`` with it ticks or
unticks all). The roles here add how a cell, a column and a group row look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt

_BASE = int(Qt.ItemDataRole.UserRole)


class Role(IntEnum):
    """Roles of the desk."""

    LOOK = _BASE + 1
    """``data``: a `Look`, or None for a cell that looks as its column does."""
    COLUMN = _BASE + 2
    """``headerData(section, Horizontal)``: a `ColumnLook`."""
    GROUP = _BASE + 3
    """``data`` of column 0: a `GroupLine` if the row is the head of a group, else None."""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """How a column looks; sizes are px at 100 %.

    ``flex`` is its share of the room to spare; ``keep`` marks names and money, which never end in …: the
    column grows instead. ``align`` is left, center or right; ``tone`` a colour of the look. ``key`` names the
    column where its width is remembered.
    """

    width: int = 96
    flex: int = 0
    align: str = "left"
    keep: bool = False
    bold: bool = False
    tone: str = "ink"
    sortable: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How one cell departs from its column; every part may be left out.

    ``chip`` paints the text as a chip of that kind (with ``icon``); ``ground`` tints the cell (wtint, atint,
    oktint); ``note`` is a second line in captions; ``old`` the value before, struck out above the text;
    ``bars`` are five years instead of text; ``open`` underlines a number that opens its list.
    """

    chip: str = ""
    icon: str = ""
    tone: str = ""
    ground: str = ""
    note: str = ""
    old: str = ""
    bold: bool | None = None
    bars: tuple[float, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The head of a group of rows: title, note, and how much of the group is done (None for no bar)."""

    title: str
    note: str = ""
    share: float | None = None
    folded: bool = False
