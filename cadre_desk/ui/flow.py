"""Widgets side by side that begin a new line where the room ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flow(QWidget):
    """Left to right, then down; every widget at the size it asks for, never wider than the room."""

    def __init__(self, across: int, down: int) -> None:
        """``across`` and ``down`` are the gaps between widgets and lines, in px as they are."""
        super().__init__()
        self._across, self._down = across, down
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Other widgets, in this order."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets = list(widgets)
        for widget in self._widgets:
            widget.setParent(self)
            widget.show()
        self.rearrange()

    def rearrange(self) -> None:
        """Place the widgets anew: one of them wants another size."""
        self._place(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [widget.sizeHint() for widget in self._widgets]
        width = sum(size.width() for size in sizes) + self._across * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Room for the widest, and for all lines at the width there is."""
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        return QSize(widest, self._place(max(self.width(), widest), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place them anew."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> int:
        """Set the widgets line by line; answers the height."""
        left = top = line = 0
        for widget in self._widgets:
            wanted = widget.sizeHint()
            size = QSize(min(wanted.width(), max(width, 1)), wanted.height())
            if left and left + size.width() > width:
                left, top, line = 0, top + line + self._down, 0
            if move:
                widget.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._across
            line = max(line, size.height())
        return top + line
