"""What the pages of the start window share: one column, and margins that give way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK
from cadre_desk.ui.kit.parts import Button, Card, Text

SIDE: Final = 28
"""Margin inside the cards of the start window, px at 100 %."""
_MARGIN: Final = 64
_LEAST_MARGIN: Final = 16
_ROOMY: Final = 700
_ROOM_FOR_PAIRS: Final = 540


class StartPage(QWidget):
    """A title over a card; ``column`` takes what stands below."""

    def __init__(self, most: int) -> None:
        """``most``: no wider than this, px at 100 %."""
        super().__init__()
        self._most = most
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme.px(12))

    def fit(self, *, pairs: bool) -> None:
        """Lay things side by side, or below each other where there is no room; pages override it."""

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others, no wider than the page allows."""
        widget.setMaximumWidth(theme.px(self._most))
        self.column.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Margins are the first to give way, then what stands side by side."""
        super().resizeEvent(event)
        width = self.width() / theme.scale().factor
        side = theme.px(_MARGIN if width >= _ROOMY else _LEAST_MARGIN)
        self.column.setContentsMargins(side, theme.px(24), side, theme.px(24))
        self.fit(pairs=width >= _ROOM_FOR_PAIRS)


def card() -> Card:
    """A card with the wide margins of the start window."""
    sheet = Card()
    sheet.set_margins(SIDE, 18, SIDE, 16)
    sheet.body.setSpacing(theme.px(10))
    return sheet


def numbered(
    number: str, title: str, note: str = "", link: str = "", then: Callable[[], None] | None = None
) -> QHBoxLayout:
    """The head of a numbered part: number, title, a note, and a link at the right."""
    head = QHBoxLayout()
    head.setSpacing(theme.px(7))
    head.addWidget(Text(number, "h2"))
    head.addWidget(Text(title, "h2"))
    head.addSpacing(theme.px(4))
    head.addWidget(Text(note, "small", "ink2", wrap=True), 1)
    if then is not None:
        button = Button(link, LINK, "folder-open")
        button.clicked.connect(lambda _on=False: then())
        head.addWidget(button)
    return head
