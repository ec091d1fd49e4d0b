"""The parts pages are put together from, by the names of look.md, section 2."""

from __future__ import annotations

from cadre_desk.ui.kit.act_row import ActRow
from cadre_desk.ui.kit.bars import SelectionBar, TotalsBar
from cadre_desk.ui.kit.buttons import Act, Button, MenuButton, button_for, drop_menu, menu_of
from cadre_desk.ui.kit.cards import (
    Card,
    FieldView,
    Figure,
    FigureGrid,
    FigureTile,
    Ground,
    Hairline,
    Hint,
    ScrollColumn,
    SectionTitle,
)
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.drawer import Drawer
from cadre_desk.ui.kit.empty_state import Beginning, EmptyState
from cadre_desk.ui.kit.marks import Avatar, Chip, FilterChip, KeyCap, MiniBars, Progress
from cadre_desk.ui.kit.notices import HINT, REFUSAL, WARNING, ErrorBar, Notice, ProgressLine, ResultBar
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.kit.tabs import Steps, Tab, TabStrip
from cadre_desk.ui.kit.text import Text

__all__ = [
    "HINT",
    "REFUSAL",
    "WARNING",
    "Act",
    "ActRow",
    "Avatar",
    "Beginning",
    "Button",
    "Card",
    "Chip",
    "ConfirmDialog",
    "Drawer",
    "EmptyState",
    "ErrorBar",
    "FieldView",
    "Figure",
    "FigureGrid",
    "FigureTile",
    "FilterChip",
    "Ground",
    "Hairline",
    "Hint",
    "KeyCap",
    "MenuButton",
    "MiniBars",
    "Notice",
    "PageHeader",
    "Progress",
    "ProgressLine",
    "ResultBar",
    "ScrollColumn",
    "SectionTitle",
    "SelectionBar",
    "Steps",
    "Tab",
    "TabStrip",
    "Text",
    "TotalsBar",
    "button_for",
    "drop_menu",
    "menu_of",
]
