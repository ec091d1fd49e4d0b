"""How one row of a table looks: its ground, its cells, those that stay in place, its tick box and its bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter

from cadre_desk.ui.kit import painting, theme
from cadre_desk.ui.kit.roles import GroupLine, Role
from cadre_desk.ui.kit.table_cell import CellPainter, box_rect, gutter, shown_text
from cadre_desk.ui.kit.table_head import Head

_BAR: Final = 3


@dataclass(frozen=True, slots=True)
class RowState:
    """What is true of a whole row while it is painted."""

    current: bool = False
    ticked: bool = False
    hovered: bool = False
    marked: bool = False

    def ground(self) -> str:
        """The row's ground: current or marked before ticked before hover."""
        if self.current or self.marked:
            return "sel"
        if self.ticked:
            return "ticked"
        return "hover" if self.hovered else "paper"


class RowPainter:
    """Paints the rows of one table, whose head knows the columns."""

    def __init__(self, head: Head) -> None:
        """Places and widths are the head's."""
        self._head = head
        self.cells = CellPainter()

    def paint(self, painter: QPainter, place: QRect, first: QModelIndex, state: RowState) -> dict[int, int]:
        """Paint the row of ``first`` (its cell in column 0); returns the widths kept columns must grow to."""
        needs: dict[int, int] = {}
        group = first.data(Role.GROUP)
        if isinstance(group, GroupLine):
            self.cells.paint_group(painter, place, group)
        else:
            painter.fillRect(place, theme.colour(state.ground()))
            for section in reversed(range(self._head.count())):
                self._paint_cell(painter, place, first.siblingAtColumn(section), state, needs)
            if self._head.tickable:
                ticked = Qt.CheckState.Checked if state.ticked else Qt.CheckState.Unchecked
                painting.tick_box(painter, box_rect(place.adjusted(0, 0, 0, -1)), ticked)
        painting.hairline(painter, place, Qt.Edge.BottomEdge)
        if state.current:
            painter.fillRect(QRect(0, place.top(), theme.px(_BAR), place.height()), theme.colour("accent"))
        return needs

    def _paint_cell(
        self, painter: QPainter, place: QRect, index: QModelIndex, state: RowState, needs: dict[int, int]
    ) -> None:
        """One cell in its place, unless it is out of sight or the frozen ones cover it."""
        head, section = self._head, index.column()
        left, width = head.left_of(section), head.sectionSize(section)
        covered = head.frozen_width() if section >= head.frozen else 0
        if left >= place.width() or left + width <= covered:
            return
        room = QRect(left, place.top(), width, place.height())
        if section < head.frozen and head.offset() > 0:
            painter.fillRect(room, theme.colour(state.ground()))
            if section == head.frozen - 1:
                painting.hairline(painter, room, Qt.Edge.RightEdge, "line2")
        if section == 0:
            room.setLeft(left + gutter(tickable=head.tickable))
        if head.ruled and section:
            painting.hairline(painter, room, Qt.Edge.LeftEdge)
        column = head.column(section)
        if not self.cells.paint(painter, room, index, column):
            text = self.cells.text_width(shown_text(index), bold=column.bold)
            needs[section] = width - self.cells.room(room.width()) + text + 1
