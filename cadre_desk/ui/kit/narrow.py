"""How much room a window has, in ems: what gives way, and in which order (look, section 4).

Measured in ems and not in pixels, 100 % in a narrow window behaves as 150 % in a wide one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from PySide6.QtWidgets import QWidget

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.tokens import EM


class Room(IntEnum):
    """What has given way; each level includes those before it."""

    FULL = 0
    NO_PREVIEW = 1
    """The card beside the list is gone; Enter opens the card instead."""
    FACET_DRAWER = 2
    """The facets are a button 筛选 n that opens them as a drawer."""
    RAIL_ICONS = 3
    """The rail shows icons with tooltips."""
    FEW_VIEWS = 4
    """Saved views beyond the fourth are in 另 n 个视图."""
    FEW_BUTTONS = 5
    """Secondary header buttons beyond the first are in a menu."""
    SHORT_CAPTIONS = 6
    """Captions in the bars are short."""


_LEAST_EMS: Final = (94.0, 76.0, 72.0, 70.0, 68.0, 66.0)
"""Below each width one more thing gives way: 1366 px are 97.6 em at 100 %, 78 at 125 %, 65 at 150 %."""


def ems(widget: QWidget) -> float:
    """The width of the widget's window in ems of the text size in force."""
    return widget.window().width() / (EM * theme.scale().factor)


_COLUMN_EMS: Final = (56.0, 76.0)
"""A form has one column below the first width, two below the second, else three."""


def form_columns(widget: QWidget, most: int = 3) -> int:
    """How many columns a form in the window of ``widget`` has: from ``most`` down to one."""
    width = ems(widget)
    return min(1 + sum(width >= least for least in _COLUMN_EMS), most)


def narrow(widget: QWidget) -> int:
    """How many things have given way in the window of ``widget``: a `Room`, from 0 to 6."""
    width = ems(widget)
    return sum(width < least for least in _LEAST_EMS)
