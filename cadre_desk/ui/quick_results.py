"""The finds under the search on top of the window: groups, names first, walked with Up and Down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cadre_desk.ui.kit import painting, theme
from cadre_desk.ui.kit.cards import Hairline
from cadre_desk.ui.kit.shadow import cast_shadow
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go
from cadre_desk.ui.quick_search import Find, FindGroup

_LINE: Final = 32
_HEAD: Final = 26
_NAME: Final = 88
_WIDTH: Final = 560
_KEYS: Final = "↑↓ 选　Enter 打开　Esc 清空"


@dataclass(frozen=True, slots=True)
class _Line:
    """A head, a find or the way to all of a group's finds."""

    top: int
    height: int
    title: str = ""
    find: Find | None = None
    go: Go | None = None


class _Finds(QWidget):
    """The lines. Signals: ``taken(Go)``."""

    taken = Signal(object)

    def __init__(self) -> None:
        """No lines."""
        super().__init__()
        self.lines: list[_Line] = []
        self.current = -1
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_groups(self, groups: Sequence[FindGroup]) -> None:
        """Show other finds; the first is current."""
        self.lines, top = [], 0
        for group in groups:
            more = group.total > len(group.finds) and group.all is not None
            self.lines.append(
                _Line(top, theme.px(_HEAD), f"{group.title}　{group.total:,}", go=group.all if more else None)
            )
            top += theme.px(_HEAD)
            for find in group.finds:
                self.lines.append(_Line(top, theme.px(_LINE), find=find, go=find.go))
                top += theme.px(_LINE)
        self.setFixedHeight(top)
        finds = [place for place, line in enumerate(self.lines) if line.find is not None]
        self._set(finds[0] if finds else -1)

    def step(self, step: int) -> None:
        """Walk over the lines that lead somewhere, not past the ends."""
        places = [place for place, line in enumerate(self.lines) if line.go is not None]
        if self.current in places:
            at = places.index(self.current) + step
            self._set(places[min(max(at, 0), len(places) - 1)])

    def _set(self, place: int) -> None:
        self.current = place
        line = self.lines[place] if place >= 0 else None
        named = "" if line is None else f"{line.find.name} {line.find.note}" if line.find else line.title
        self.setAccessibleName(named)
        self.update()

    def go(self) -> Go | None:
        """Where the current line leads."""
        return self.lines[self.current].go if self.current >= 0 else None

    def audit_texts(self) -> list[str]:
        """The words painted here; notes may be shortened."""
        return [line.find.name if line.find else line.title for line in self.lines]

    def minimumSizeHint(self) -> QSize:
        """Room for a name and some of its note."""
        return QSize(theme.px(240), self.height())

    def _at(self, y: float) -> int:
        return next(
            (
                place
                for place, line in enumerate(self.lines)
                if line.go is not None and line.top <= y < line.top + line.height
            ),
            -1,
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line under the pointer is the current one."""
        place = self._at(event.position().y())
        if place >= 0 and place != self.current:
            self._set(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        place = self._at(event.position().y())
        if place >= 0:
            self._set(place)
            self.taken.emit(self.go())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads and finds."""
        painter = QPainter(self)
        for place, line in enumerate(self.lines):
            rect = QRect(0, line.top, self.width(), line.height)
            if place == self.current:
                painting.plate(painter, QRectF(rect), "sel", 4)
            inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
            if line.find is None:
                self._draw_head(painter, inner, line)
            else:
                self._draw_find(painter, inner, line.find, current=place == self.current)

    def _draw_head(self, painter: QPainter, inner: QRect, line: _Line) -> None:
        painter.setFont(theme.font("head"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, line.title)
        if line.go is not None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("info"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "看全部")

    def _draw_find(self, painter: QPainter, inner: QRect, find: Find, *, current: bool) -> None:
        face = theme.font("name")
        painter.setFont(face)
        painter.setPen(theme.colour("accent" if current else "ink"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, find.name)
        words = QFontMetrics(face).horizontalAdvance(find.name) + theme.px(10)
        note = inner.adjusted(max(words, theme.px(_NAME)), 0, 0, 0)
        if find.chip:
            width = painting.chip_width(find.chip)
            height = theme.space("chip")
            chip = QRect(note.right() - width, note.center().y() - height // 2, width, height)
            painting.chip(painter, chip, find.chip)
            note.setRight(chip.left() - theme.px(8))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink2"))
        shown = painter.fontMetrics().elidedText(find.note, Qt.TextElideMode.ElideRight, note.width())
        painter.drawText(note, Qt.AlignmentFlag.AlignVCenter, shown)


class QuickResults(QFrame):
    """Floats under the search; takes no keyboard. Signals: ``taken(Go)``."""

    taken = Signal(object)

    def __init__(self, window: QWidget, search: QWidget) -> None:
        """Hidden until something is found."""
        super().__init__(window)
        self._window = window
        self.setProperty("part", "float")
        self.setProperty("floats", True)
        self.setObjectName("quick-results")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("查到的")
        self._search = search
        self.finds = _Finds()
        self.finds.taken.connect(self.taken)
        self._none = Text("", "small", "ink2", wrap=True)
        self._none.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        keys = Text(_KEYS, "cap", "ink2")
        keys.setContentsMargins(theme.px(10), theme.px(4), 0, theme.px(5))
        column = QVBoxLayout(self)
        side = theme.px(4)
        column.setContentsMargins(side, side, side, 0)
        column.setSpacing(0)
        column.addWidget(self.finds)
        column.addWidget(self._none)
        column.addSpacing(side)
        column.addWidget(Hairline())
        column.addWidget(keys)
        cast_shadow(self)
        self.hide()

    def show_groups(self, groups: Sequence[FindGroup], text: str) -> None:
        """Show what a text found."""
        self.finds.show_groups(groups)
        self.finds.setVisible(bool(groups))
        self._none.setText(f"没有查到「{text}」。可以用姓名、首字母、全拼、电话或证件后四位查。")
        self._none.setVisible(not groups)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Under the search, as wide as fits the window."""
        window = self._window
        corner = self._search.mapTo(window, QPoint(0, self._search.height() + theme.px(4)))
        width = min(theme.px(_WIDTH), window.width() - corner.x() - theme.px(8))
        self.setFixedWidth(max(width, self._search.width()))
        self.adjustSize()
        self.move(corner)

    def current(self) -> Go | None:
        """Where Enter leads."""
        return self.finds.go() if self.finds.isVisible() else None
