"""A register table that is typed into, cell by cell, without the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cadre_desk.actions.visits.results import RESULT
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.result_rows import FIRST, ResultRows

_STEPS: Final = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}
_LAST: Final = len(RESULT) - 1


class CellLine(QLineEdit):
    """The active cell: the grid hears its keys first, also those that a window would take."""

    def __init__(self, parent: QWidget, heard: Callable[[QKeyEvent], bool]) -> None:
        """``heard`` answers whether a key was the grid's own."""
        super().__init__(parent)
        self._heard = heard

    def event(self, event: QEvent) -> bool:
        """Tab and Enter belong to the grid; Esc gives back what was typed before it leaves the page."""
        if isinstance(event, QKeyEvent):
            own = event.key() == Qt.Key.Key_Escape and self.isModified()
            if event.type() == QEvent.Type.ShortcutOverride and own:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._heard(event):
                return True
        return super().event(event)


class EntryGrid(RegisterTable):
    """The active cell is a line; Enter takes it and goes on, Shift+Enter back, Up and Down along the column.

    Ctrl+D writes what stands above and goes down; Esc gives the cell back what stood there. What is none of
    these goes up to the page. Signals: ``cell_moved(row, key)``, ``changed()``.
    """

    cell_moved = Signal(int, str)
    changed = Signal()

    def __init__(self, name: str, rows: ResultRows) -> None:
        """Over the rows of a round."""
        super().__init__(name)
        self.rows_ = rows
        self._place = 0
        self.line = CellLine(self.viewport(), self._grid_key)
        self.line.setFont(theme.font("body"))
        self.line.setTextMargins(theme.px(2), 0, 0, 0)
        self.line.hide()
        self.setModel(rows)
        self.set_frozen(2)
        self.set_ruled(ruled=True)
        self.setFocusProxy(self.line)
        self.head.sectionResized.connect(lambda *_: QTimer.singleShot(0, self, self._lay_line))

    @property
    def key(self) -> str:
        """The field of the active cell."""
        return RESULT[self._place]

    def go_to_cell(self, row: int, key: str) -> None:
        """Take what was typed and make another cell the active one."""
        self.take()
        self._place = RESULT.index(key)
        self._show(row)

    def begin(self) -> None:
        """The first cell of the rows in sight, nothing taken from before."""
        self.line.setModified(False)
        self._show(0)

    def _show(self, row: int) -> None:
        if not self.rows_.shown:
            self.line.hide()
            return
        row = max(0, min(row, len(self.rows_.shown) - 1))
        index = self.rows_.index(row, FIRST + self._place)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(self.rows_.index(row, 0))
        self._bring(FIRST + self._place)
        self.line.setText(self.rows_.text(row, self.key))
        self.line.setAccessibleName(f"{self.rows_.shown[row].name}：{self.rows_.fields[self._place].label}")
        self.line.selectAll()
        self.line.show()
        self._lay_line()
        self.cell_moved.emit(row, self.key)

    def _bring(self, section: int) -> None:
        """Scroll sideways until a column stands beside the frozen ones."""
        bar, left = self.horizontalScrollBar(), self.columnViewportPosition(section)
        right, frozen = left + self.columnWidth(section), self.head.frozen_width()
        if left < frozen:
            bar.setValue(bar.value() + left - frozen)
        elif right > self.viewport().width():
            bar.setValue(bar.value() + min(right - self.viewport().width(), left - frozen))

    def _lay_line(self) -> None:
        """The line lies over its cell, out of sight where the cell is."""
        row, section = self.current_row(), FIRST + self._place
        if row >= 0:
            self.line.setGeometry(
                self.columnViewportPosition(section),
                self.rowViewportPosition(row),
                self.columnWidth(section),
                self.rowHeight(row),
            )

    def take(self) -> None:
        """Put what was typed into the rows."""
        row = self.current_row()
        if self.line.isModified() and 0 <= row < len(self.rows_.shown):
            self.line.setModified(False)
            self.rows_.put(row, self.key, self.line.text().strip())
            self.changed.emit()

    def step(self, by: int) -> None:
        """The next cell, or the one before; past the end of a row on to the next row."""
        self.take()
        row, place = self.current_row(), self._place + by
        if place > _LAST and row + 1 < len(self.rows_.shown):
            row, place = row + 1, 0
        elif place < 0 and row > 0:
            row, place = row - 1, _LAST
        self._place = max(0, min(place, _LAST))
        self._show(row)

    def copy_down(self) -> None:
        """What stands above comes into this cell, and the next row is on."""
        row = self.current_row()
        if row > 0:
            self.line.setModified(False)
            self.rows_.put(row, self.key, self.rows_.text(row - 1, self.key))
            self.changed.emit()
        self._show(row + 1)

    def show_again(self) -> None:
        """The active cell as the rows have it now."""
        self.line.setModified(False)
        self._show(max(self.current_row(), 0))

    def _grid_key(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers()
        back = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self.step(-1 if back else 1)
        elif key == Qt.Key.Key_Backtab:
            self.step(-1)
        elif key in _STEPS:
            self.take()
            self._show(self.current_row() + _STEPS[key])
        elif key == Qt.Key.Key_D and held & Qt.KeyboardModifier.ControlModifier:
            self.copy_down()
        elif key == Qt.Key.Key_Escape and self.line.isModified():
            self.show_again()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes a typed cell the active one; on a name, its row's."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.take()
            place = index.column() - FIRST
            self._place = place if 0 <= place <= _LAST else self._place
            self._show(index.row())
            self.line.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line stays over its cell."""
        super().resizeEvent(event)
        self._lay_line()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The line moves with its cell."""
        super().scrollContentsBy(dx, dy)
        self._lay_line()
