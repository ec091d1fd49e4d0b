"""The list under a code field: what was typed stands out in red, the keys at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cadre_desk.ui.kit import painting, theme
from cadre_desk.ui.kit.cards import Hairline
from cadre_desk.ui.kit.shadow import cast_shadow
from cadre_desk.ui.kit.tokens import SPACE

MOST: Final = 8
"""At most so many lines are in sight."""
_LINE: Final = 28
_GAP: Final = 3


class _Lines(QWidget):
    """The lines in sight; Signals: ``taken(place)``."""

    taken = Signal(int)

    def __init__(self) -> None:
        """No lines."""
        super().__init__()
        self.items: list[tuple[str, str, str]] = []
        self.typed = ""
        self.current = 0
        self.first = 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [label for _code, label, _initials in self.items]

    def in_sight(self) -> int:
        """How many lines are shown at once."""
        return min(len(self.items), MOST)

    def sizeHint(self) -> QSize:
        """Room for the longest of all lines."""
        metrics = QFontMetrics(theme.font("name"))
        widest = max((metrics.horizontalAdvance(f"{label}{key}") for _, label, key in self.items), default=0)
        return QSize(widest + theme.px(56), self.in_sight() * theme.px(_LINE))

    def step(self, step: int) -> None:
        """Move by ``step`` lines, not past the ends."""
        self.current = min(max(self.current + step, 0), max(len(self.items) - 1, 0))
        self.first = min(max(self.first, self.current - self.in_sight() + 1), self.current)
        self.update()

    def _at(self, y: float) -> int:
        """The line at ``y``, or -1."""
        place = self.first + int(y) // theme.px(_LINE)
        return place if 0 <= place < len(self.items) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line under the pointer is the current one."""
        place = self._at(event.position().y())
        if place >= 0:
            self.current = place
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes."""
        place = self._at(event.position().y())
        if place >= 0:
            self.taken.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel walks."""
        self.step(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines in sight."""
        painter = QPainter(self)
        height = theme.px(_LINE)
        for row in range(self.in_sight()):
            place = self.first + row
            rect = QRect(0, row * height, self.width(), height)
            if place == self.current:
                painting.plate(painter, rect.toRectF(), "sel", 3)
            _code, label, initials = self.items[place]
            inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
            self._draw(painter, inner, label, current=place == self.current)
            self._draw_initials(painter, inner, initials)

    def _draw(self, painter: QPainter, rect: QRect, label: str, *, current: bool) -> None:
        """The label: the current one red, in the others what was typed."""
        if current:
            painter.setFont(theme.font("name"))
            painter.setPen(theme.colour("accent"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, label)
        else:
            _draw_marked(painter, rect.left(), rect, (label, self.typed), "body", "ink")

    def _draw_initials(self, painter: QPainter, rect: QRect, initials: str) -> None:
        """The initials at the right, what was typed in red bold."""
        left = rect.right() - _marked_width(initials, self.typed, "small")
        _draw_marked(painter, left, rect, (initials, self.typed), "small", "ink2")


def _pieces(text: str, typed: str) -> list[tuple[str, bool]]:
    """The text cut at what was typed: (piece, matched)."""
    at = text.casefold().find(typed.casefold()) if typed else -1
    if at < 0:
        return [(text, False)]
    end = at + len(typed)
    return [(piece, place == 1) for place, piece in enumerate((text[:at], text[at:end], text[end:])) if piece]


def _marked_width(text: str, typed: str, step: str) -> int:
    """The width of a text with its matched part in Bold."""
    return sum(
        QFontMetrics(theme.font(step, bold=matched)).horizontalAdvance(piece)
        for piece, matched in _pieces(text, typed)
    )


def _draw_marked(
    painter: QPainter, left: int, rect: QRect, words: tuple[str, str], step: str, tone: str
) -> None:
    """Draw a text with its matched part in red bold."""
    for piece, matched in _pieces(*words):
        painter.setFont(theme.font(step, bold=matched))
        painter.setPen(theme.colour("accent" if matched else tone))
        room = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, piece)
        left += painter.fontMetrics().horizontalAdvance(piece)


class _Keys(QWidget):
    """The keys, at the foot of the list."""

    _LEFT: Final = "↑↓ 选　Enter 定，到下一项"
    _RIGHT: Final = "常用在前"

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [self._LEFT, self._RIGHT]

    def sizeHint(self) -> QSize:
        """One line."""
        words = QFontMetrics(theme.font("cap")).horizontalAdvance(f"{self._LEFT}　{self._RIGHT}")
        return QSize(words + theme.px(24), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both ends."""
        painter = QPainter(self)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.colour("ink2"))
        room = self.rect().adjusted(theme.px(10), 0, -theme.px(10), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._LEFT)
        needed = painter.fontMetrics().horizontalAdvance(f"{self._LEFT}　{self._RIGHT}")
        if needed <= room.width():
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, side, self._RIGHT)


class CodePopup(QFrame):
    """Floats in the window of its field, below it, or above where there is no room; takes no keyboard.

    Signals: ``taken(code, label)``.
    """

    taken = Signal(str, str)

    def __init__(self, field: QWidget) -> None:
        """A list for ``field``, hidden."""
        super().__init__(field.window())
        self.setProperty("part", "float")
        self.setProperty("floats", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("代码表")
        self._field = field
        self._lines = _Lines()
        self._lines.taken.connect(self.take)
        column = QVBoxLayout(self)
        side = theme.px(4)
        column.setContentsMargins(side, side, side, 0)
        column.setSpacing(0)
        column.addWidget(self._lines)
        column.addSpacing(side)
        column.addWidget(Hairline())
        column.addWidget(_Keys())
        cast_shadow(self)
        self.hide()

    def offer(self, items: Sequence[tuple[str, str, str]], typed: str) -> None:
        """Show what matches, as (code, label, initials), with ``typed`` marked; nothing hides the list."""
        self._lines.items, self._lines.typed = list(items), typed
        self._lines.current = self._lines.first = 0
        self._lines.setFixedHeight(self._lines.sizeHint().height())
        if not items:
            self.hide()
            return
        self._place()
        self.show()
        self.raise_()
        # A problem that went away with this key lets the form close up behind the list.
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        """Below the field, or above it where the window ends; never outside the window."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        column = self.layout()
        height = column.sizeHint().height() if column is not None else SPACE["row"]
        width = max(self._field.width(), self._lines.sizeHint().width())
        left = max(min(self._field.mapTo(window, QPoint(0, 0)).x(), window.width() - width), 0)
        top = self._field.mapTo(window, QPoint(0, self._field.height() + theme.px(_GAP))).y()
        if top + height > window.height():
            above = self._field.mapTo(window, QPoint(0, -height - theme.px(_GAP))).y()
            top = above if above >= 0 else max(window.height() - height, 0)
        self.setGeometry(left, top, width, height)

    def step(self, step: int) -> None:
        """Move the current line."""
        self._lines.step(step)

    def current(self) -> tuple[str, str]:
        """Code and label of the current line."""
        code, label, _initials = self._lines.items[self._lines.current]
        return code, label

    def labels(self) -> list[str]:
        """The labels on offer, in their order."""
        return [label for _code, label, _initials in self._lines.items]

    def take(self, place: int) -> None:
        """Take a line."""
        code, label, _initials = self._lines.items[place]
        self.hide()
        self.taken.emit(code, label)
