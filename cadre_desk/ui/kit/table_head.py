"""The head of a register table: a band with titles, the sort arrow, and the box that ticks all."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from cadre_desk.ui.kit import painting, theme
from cadre_desk.ui.kit.roles import ColumnLook, Role
from cadre_desk.ui.kit.table_cell import box_rect, gutter, paint_head

_PLAIN: Final = ColumnLook()
_DRAG: Final = 4


class Head(QHeaderView):
    """Paints itself, keeps the first sections in place, and tells what was clicked.

    Signals: ``section_asked(section)`` for a click on a title that sorts, ``tick_all_asked()`` for the box.
    """

    section_asked = Signal(int)
    tick_all_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        """A head without sort and without box."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.tickable, self.ruled, self.frozen = False, False, 1
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._looks: dict[int, ColumnLook] = {}
        self._pressed = QPoint(-1, -1)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(theme.px(28))
        self.setMouseTracking(True)

    def set_sort(self, section: int, order: Qt.SortOrder) -> None:
        """Show the arrow at a section."""
        self._sorted = (section, order)
        self.viewport().update()

    def sort(self) -> tuple[int, Qt.SortOrder] | None:
        """The section the rows are sorted by and its order, or None."""
        return self._sorted

    def column(self, section: int) -> ColumnLook:
        """How the model wants a column to look."""
        known = self._looks.get(section)
        if known is None:
            answer = self.model().headerData(section, Qt.Orientation.Horizontal, Role.COLUMN)
            known = self._looks[section] = answer if isinstance(answer, ColumnLook) else _PLAIN
        return known

    def forget(self) -> None:
        """Ask the model anew how its columns look."""
        self._looks.clear()

    def title(self, section: int) -> str:
        """A section's title."""
        answer = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        return "" if answer is None else str(answer)

    def cut_titles(self) -> list[str]:
        """The titles that have less room than they need."""
        measure, around = QFontMetrics(theme.font("head")), 2 * theme.space("cell")
        cut = []
        for section in range(self.count()):
            before = 0 if section else gutter(tickable=self.tickable)
            if measure.horizontalAdvance(self.title(section)) + around + before > self.sectionSize(section):
                cut.append(self.title(section))
        return cut

    def tick_state(self) -> Qt.CheckState:
        """Whether all, some or none of the listing are ticked."""
        answer = self.model().headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.CheckStateRole)
        return Qt.CheckState(answer) if answer is not None else Qt.CheckState.Unchecked

    def frozen_width(self) -> int:
        """How wide the sections are that stay in place."""
        return sum(self.sectionSize(section) for section in range(min(self.frozen, self.count())))

    def left_of(self, section: int) -> int:
        """The left edge of a section as it is seen: frozen ones do not move."""
        if section < self.frozen:
            return self.sectionPosition(section)
        return self.sectionViewportPosition(section)

    def section_at(self, x: int) -> int:
        """The section seen at ``x``, or -1."""
        if x < self.frozen_width():
            return next(
                section
                for section in range(self.count())
                if x < self.sectionPosition(section) + self.sectionSize(section)
            )
        return self.logicalIndexAt(x)

    def sizeHint(self) -> QSize:
        """32 px at 100 %."""
        return QSize(super().sizeHint().width(), theme.space("head"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The band, the titles from the moving ones to those that stay, the box, the rule."""
        painter = QPainter(self.viewport())
        whole = self.viewport().rect()
        painter.fillRect(whole, theme.colour("band"))
        if self.model() is None:
            return
        for section in reversed(range(self.count())):
            self._paint_section(painter, section)
        if self.tickable and self.count():
            painting.tick_box(painter, box_rect(whole), self.tick_state())
        painting.hairline(painter, whole, Qt.Edge.BottomEdge, "line2")

    def _paint_section(self, painter: QPainter, section: int) -> None:
        """One title in its place, unless the frozen ones cover it."""
        left, width = self.left_of(section), self.sectionSize(section)
        if section >= self.frozen and left + width <= self.frozen_width():
            return
        room = QRect(left, 0, width, self.viewport().height())
        if section == 0:
            painter.fillRect(room, theme.colour("band"))
            room.setLeft(room.left() + gutter(tickable=self.tickable))
        order = self._sorted[1] if self._sorted is not None and self._sorted[0] == section else None
        paint_head(painter, room, self.title(section), self.column(section), order)
        if self.ruled and section:
            painting.hairline(painter, room, Qt.Edge.LeftEdge, "line")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where; Qt drags the edges of what it sees."""
        self._pressed = event.position().toPoint()
        scrolled = self.offset() > 0 and self._pressed.x() < self.frozen_width()
        if not scrolled:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press and a release at one place is a click."""
        spot = event.position().toPoint()
        dragging = self.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(event)
        if dragging or (spot - self._pressed).manhattanLength() > theme.px(_DRAG):
            return
        if self.tickable and spot.x() < gutter(tickable=True):
            self.tick_all_asked.emit()
            return
        section = self.section_at(spot.x())
        if section >= 0 and self.column(section).sortable:
            self.section_asked.emit(section)
