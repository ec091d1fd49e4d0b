"""The register table: the one table of the desk, for any model that answers the roles of `roles`.

It paints itself row by row instead of asking a delegate for each cell, so that a group row can be one line,
the first columns can stay in place while the rest moves, and 100,000 rows cost what is in sight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QToolTip

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.roles import GroupLine, Role
from cadre_desk.ui.kit.table_cell import gutter, shown_text
from cadre_desk.ui.kit.table_columns import Widths, name_of
from cadre_desk.ui.kit.table_paint import RowPainter, RowState
from cadre_desk.ui.kit.table_ticks import TickTable

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_SIDEWAYS: Final = 48
_BELOW_WORDS: Final = 5
"""What of a row may be cut at the foot without cutting its words, px at 100 %."""


class RegisterTable(TickTable):
    """Rows to walk through, tick and open.

    Keys: Up, Down, PgUp, PgDn, Home, End move, with Shift they mark; Left, Right scroll sideways; space ticks
    what is marked, Ctrl+A ticks all, Esc unticks all, Enter opens. Signals: ``opened(row)``,
    ``current_moved(row)``, ``sort_asked(column, order)`` (the model sorts, then `set_sort` shows the arrow),
    ``ticks_changed()``, ``range_moved(first, last)`` in rows from 0, ``menu_asked(row, global position)``,
    ``cell_asked(row, column)`` for a click on an underlined number, ``group_asked(row)``, ``typed(text)`` for
    letters, which belong to the page's search.
    """

    opened = Signal(int)
    current_moved = Signal(int)
    sort_asked = Signal(int, Qt.SortOrder)
    range_moved = Signal(int, int)
    menu_asked = Signal(int, QPoint)
    cell_asked = Signal(int, int)
    group_asked = Signal(int)
    typed = Signal(str)
    width_dragged = Signal(str, int)

    def __init__(self, name: str) -> None:
        """``name`` says what is listed to who cannot see it."""
        super().__init__()
        self.setAccessibleName(name)
        self._hovered = -1
        self._widths = Widths()
        self._spreading = False
        self._rows = RowPainter(self.head)
        self.head.section_asked.connect(self._sort)
        self.head.tick_all_asked.connect(self.tick_all)
        self.head.sectionResized.connect(self._resized)
        self._set_up()

    def _set_up(self) -> None:
        """Whole rows, one current, nothing edited in place, uniform heights."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        self.set_row_height(32)
        self.verticalScrollBar().valueChanged.connect(self._tell_range)

    def set_row_height(self, height: int) -> None:
        """All rows are ``height`` px at 100 %: 32, 44 with notes, 28 in statistics."""
        self.verticalHeader().setMinimumSectionSize(theme.px(20))
        self.verticalHeader().setDefaultSectionSize(theme.px(height))

    def set_tickable(self, *, tickable: bool) -> None:
        """Show tick boxes before the first column."""
        self.head.tickable = tickable
        self._spread()

    def set_frozen(self, columns: int) -> None:
        """The first so many columns stay in place while the rest scrolls sideways."""
        self.head.frozen = columns
        self.viewport().update()

    def set_ruled(self, *, ruled: bool) -> None:
        """Vertical lines too: for entry grids, statistics and the rows of an import."""
        self.head.ruled = ruled
        self.viewport().update()

    def set_sort(self, column: int, order: Qt.SortOrder) -> None:
        """Show the arrow of the order the rows are in."""
        self.head.set_sort(column, order)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show another model; sizes and the arrow follow its columns."""
        before, self._shown = self._shown, model
        if before is not None:
            for signal, slot in self._news(before):
                signal.disconnect(slot)
        super().setModel(model)
        if model is not None:
            for signal, slot in self._news(model):
                signal.connect(slot)
        self._widths.clear()
        self.head.forget()
        self._renewed()

    def _news(self, model: QAbstractItemModel) -> list[tuple[SignalInstance, Callable[..., None]]]:
        """What a model tells, and who listens."""
        return [
            (model.modelReset, self._renewed),
            (model.layoutChanged, self._tell_range),
            (model.rowsInserted, self._tell_range),
            (model.rowsRemoved, self._tell_range),
            (model.dataChanged, self._changed),
            (model.headerDataChanged, self._head_changed),
        ]

    @property
    def widths(self) -> Widths:
        """The widths that came of dragging and of long words."""
        return self._widths

    def take_widths(self, widths: Widths) -> None:
        """Have another table's widths from now on."""
        self._widths = widths
        self._spread()

    def current_row(self) -> int:
        """The row the keyboard is on, or -1."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        if 0 <= row < self.rows():
            index = self.model().index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def rows_in_sight(self) -> tuple[int, int]:
        """The first and the last row that are in sight; (-1, -1) without rows."""
        if not self.rows():
            return -1, -1
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        if last < 0:
            return first, self.rows() - 1
        return first, last if self._is_shown(last) else max(last - 1, first)

    def _spread(self) -> None:
        """Give each column its width."""
        if self._shown is None or self._spreading:
            return
        self.head.forget()
        looks = [self.head.column(section) for section in range(self._shown.columnCount())]
        before = gutter(tickable=self.head.tickable)
        self._spreading = True
        for section, width in enumerate(self._widths.spread(looks, self.viewport().width(), before)):
            self.setColumnWidth(section, width)
        self._spreading = False

    def _resized(self, section: int, _before: int, width: int) -> None:
        """A column dragged by hand keeps its width."""
        if not self._spreading:
            name = name_of(self.head.column(section), section)
            self._widths.drag(name, width)
            self.width_dragged.emit(name, width)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight, on white."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("paper"))
        if self._shown is None or not self.rows():
            return
        row, current, marked = max(self.rowAt(event.rect().top()), 0), self.current_row(), self.marked()
        width = self.viewport().width()
        while row < self.rows() and self._is_shown(row):
            place = QRect(0, self.rowViewportPosition(row), width, self.rowHeight(row))
            state = RowState(row == current, self.is_ticked(row), row == self._hovered, row in marked)
            self._grow(self._rows.paint(painter, place, self._shown.index(row, 0), state))
            row += 1

    def _is_shown(self, row: int) -> bool:
        """Whether a row's words are wholly in sight: a page ends at a whole row, and white paper follows."""
        top = self.rowViewportPosition(row)
        whole = top + self.rowHeight(row) - theme.px(_BELOW_WORDS) <= self.viewport().height()
        return whole or (top <= 0 < top + self.rowHeight(row))

    def _grow(self, needs: dict[int, int]) -> None:
        """Names and amounts that did not fit: their columns grow, after this painting."""
        grown = [
            self._widths.grow(name_of(self.head.column(section), section), width)
            for section, width in needs.items()
        ]
        if any(grown):
            QTimer.singleShot(0, self, self._spread)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Frozen columns must not be moved with the pixels of the others."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()

    def indexAt(self, spot: QPoint) -> QModelIndex:
        """The cell seen at a spot: frozen columns lie over the others."""
        row = self.rowAt(spot.y())
        if self._shown is None or row < 0 or not self._is_shown(row):
            return QModelIndex()
        section = self.head.section_at(spot.x())
        return self._shown.index(row, section) if section >= 0 else QModelIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a box ticks, on a group folds it, elsewhere moves, and ticks with Shift or Ctrl."""
        spot = event.position().toPoint()
        index = self.indexAt(spot)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            if isinstance(index.siblingAtColumn(0).data(Role.GROUP), GroupLine):
                self.group_asked.emit(index.row())
                return
            if self.head.tickable and spot.x() < gutter(tickable=True):
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.toggle_tick(index.row(), through=shift)
                return
            if self.click_ticks(index.row(), event.modifiers()):
                self.go_to(index.row())
                return
        super().mousePressEvent(event)
        look = index.data(Role.LOOK)
        if look is not None and look.open:
            self.cell_asked.emit(index.row(), index.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row, but not by two quick ticks."""
        spot = event.position().toPoint()
        if self.head.tickable and spot.x() < gutter(tickable=True):
            self.mousePressEvent(event)
        elif self.indexAt(spot).isValid():
            self.opened.emit(self.indexAt(spot).row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is tinted."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """… until the pointer leaves."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        """Repaint only when another row is under the pointer."""
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a register; what is none of them goes up to the page."""
        with self.marking(event):
            if not self._own_key(event):
                super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of the register's own, and is done."""
        key, row = event.key(), self.current_row()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Space and self.head.tickable:
            self.tick_marked(row, through=shift)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.opened.emit(row)
        elif key == Qt.Key.Key_A and control:
            self._tick_every(Qt.CheckState.Checked)
        elif key == Qt.Key.Key_Escape and self.head.tick_state() != Qt.CheckState.Unchecked:
            self.untick_all()
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.go_to(0 if key == Qt.Key.Key_Home else self.rows() - 1)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = theme.px(_SIDEWAYS) * (1 if key == Qt.Key.Key_Right else -1)
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + step)
        else:
            return False
        return True

    def keyboardSearch(self, search: str) -> None:
        """Letters go to the page's search; Qt's own would walk through every row of the model."""
        self.typed.emit(search)

    def _menu(self, spot: QPoint) -> None:
        """Tell which row a menu is wanted for; the row becomes the current one."""
        index = self.indexAt(spot)
        if index.isValid():
            self.go_to(index.row())
            self.menu_asked.emit(index.row(), self.viewport().mapToGlobal(spot))

    def _sort(self, section: int) -> None:
        """Ask for another order: the other way round for the section that is sorted by."""
        before = self.head.sort()
        turned = before == (section, Qt.SortOrder.AscendingOrder)
        order = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
        self.sort_asked.emit(section, order)

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole text as a tooltip where a cell shows only part of it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid():
                QToolTip.showText(event.globalPos(), self.tip(index), self)
                return True
        return super().viewportEvent(event)

    def tip(self, index: QModelIndex) -> str:
        """What the tooltip of a cell says: the model's own words, or a text that did not fit."""
        own = index.data(Qt.ItemDataRole.ToolTipRole)
        if own:
            return str(own)
        return "" if self._fits(index) else shown_text(index)

    def audit_cut(self) -> list[str]:
        """Words in sight that end in … though their column is none that flexes with the window."""
        if self._shown is None:
            return []
        first, last = self.rows_in_sight()
        found = []
        for section in range(self._shown.columnCount()):
            cells = [self._shown.index(row, section) for row in range(max(first, 0), last + 1)]
            if not self.head.column(section).flex:
                found += [shown_text(cell) for cell in cells if not self._fits(cell)]
        return [*self.head.cut_titles(), *found]

    def _fits(self, index: QModelIndex) -> bool:
        """Whether a cell shows its whole text."""
        if isinstance(index.siblingAtColumn(0).data(Role.GROUP), GroupLine):
            return True
        section = index.column()
        before = 0 if section else gutter(tickable=self.head.tickable)
        return self._rows.cells.shows_whole(
            index, self.columnWidth(section) - before, self.head.column(section)
        )

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """The whole row is the current one."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row():
            self.current_moved.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the new width."""
        super().resizeEvent(event)
        self._spread()
        self._tell_range()

    def _renewed(self) -> None:
        """Other rows or other columns."""
        self._forget_rows()
        self._spread()
        self._tell_range()
        self.viewport().update()

    def _changed(self, first: _Index) -> None:
        """A tick may have changed, and with it the box in the head."""
        if first.column() == 0:
            self.head.viewport().update()
        self.viewport().update()

    def _head_changed(self) -> None:
        """Titles, widths or the box that ticks all."""
        self._spread()
        self.head.viewport().update()

    def _tell_range(self) -> None:
        """Tell which rows are in sight."""
        self.range_moved.emit(*self.rows_in_sight())
