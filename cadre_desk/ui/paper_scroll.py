"""A scroll area that lets the ground it stands on show through: for what may be taller than its drawer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class PaperScroll(QScrollArea):
    """Holds one widget; scrolls up and down only, takes no keyboard place of its own."""

    def __init__(self) -> None:
        """Holds nothing yet."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def hold(self, widget: QWidget) -> None:
        """Show another widget; the one before goes."""
        self.setWidget(widget)
        # Qt gives the widget of a scroll area a ground of its own.
        widget.setAutoFillBackground(False)
