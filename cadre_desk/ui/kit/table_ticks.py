"""The ticks of a register table: one row, several, or the whole listing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from cadre_desk.ui.kit.table_head import Head

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_TICK: Final = Qt.ItemDataRole.CheckStateRole
_Key: Final = Qt.Key
_MOVES: Final = frozenset(
    {_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Home, _Key.Key_End}
)


class TickTable(QTableView):
    """A table whose rows can be ticked; the model keeps the ticks, and knows those that are not in sight.

    A click on a box ticks one row, with Shift all rows from the one that was last ticked or clicked; a second
    one with Shift puts back what the first had reached beyond it. Shift with the keys that move marks rows,
    and space ticks the marked ones. A click on a row's words with Ctrl or Shift ticks as one on its box does.

    Signals: ``ticks_changed()``.
    """

    ticks_changed = Signal()

    def __init__(self) -> None:
        """A table without a model, with the desk's head."""
        super().__init__()
        self._shown: QAbstractItemModel | None = None
        self._anchor = self._mark = -1
        self._state = Qt.CheckState.Checked
        self._reached: dict[int, Qt.CheckState] = {}
        self.head = Head(self)
        self.setHorizontalHeader(self.head)

    def rows(self) -> int:
        """How many rows there are."""
        return 0 if self._shown is None else self._shown.rowCount()

    def is_ticked(self, row: int) -> bool:
        """Whether a row is ticked; never in a table without boxes."""
        if not self.head.tickable:
            return False
        answer = self.model().index(row, 0).data(_TICK)
        return answer is not None and Qt.CheckState(answer) == Qt.CheckState.Checked

    def toggle_tick(self, row: int, *, through: bool = False) -> None:
        """Tick or untick a row; ``through`` does as was done last to all rows from there on."""
        if not self.head.tickable or not 0 <= row < self.rows():
            return
        if not through or self._anchor < 0:
            self._state = Qt.CheckState.Unchecked if self.is_ticked(row) else Qt.CheckState.Checked
            self.tick_from(row)
            self._set_ticks([row], self._state)
            return
        for place, before in self._reached.items():
            self.model().setData(self.model().index(place, 0), before, _TICK)
        rows = range(min(self._anchor, row), max(self._anchor, row) + 1)
        self._reached = {place: self._tick_of(place) for place in rows}
        self._set_ticks(rows, self._state)

    def tick_from(self, row: int) -> None:
        """The next click with Shift ticks from this row on."""
        self._anchor = row
        self._reached = {}

    def click_ticks(self, row: int, held: Qt.KeyboardModifier) -> bool:
        """Whether a click on the words of a row was one of those that tick, with Shift or Ctrl held down."""
        through = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if not self.head.tickable:
            return False
        if not through and not held & Qt.KeyboardModifier.ControlModifier:
            self._state = Qt.CheckState.Checked
            self.tick_from(row)
            return False
        self.toggle_tick(row, through=through)
        return True

    # --- marks --------------------------------------------------------------------------------------------

    def marked(self) -> range:
        """The rows that were walked over with Shift, the current one among them; none without Shift."""
        row = self.currentIndex().row()
        return (
            range(min(self._mark, row), max(self._mark, row) + 1) if min(self._mark, row) >= 0 else range(0)
        )

    @contextmanager
    def marking(self, event: QKeyEvent) -> Iterator[None]:
        """Around the doing of a key: rows walked over with Shift are marked, from where that began."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        marks = shift and self.head.tickable and event.key() in _MOVES
        begun = self._mark if self._mark >= 0 else self.currentIndex().row()
        yield
        if marks:
            self._mark = begun
            self.viewport().update()

    def tick_marked(self, row: int, *, through: bool) -> None:
        """Space: tick the marked rows, or untick them if all are ticked; without marks only this row."""
        rows = self.marked()
        if len(rows) <= 1 or not self.head.tickable:
            self.toggle_tick(row, through=through)
            return
        every = all(self.is_ticked(one) for one in rows)
        self._state = Qt.CheckState.Unchecked if every else Qt.CheckState.Checked
        self.tick_from(row)
        self._set_ticks(rows, self._state)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Moving without Shift unmarks."""
        super().currentChanged(current, previous)
        self._mark = -1

    def _forget_rows(self) -> None:
        """Other rows stand here now."""
        self._mark = -1
        self.tick_from(-1)

    def _tick_of(self, row: int) -> Qt.CheckState:
        return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked

    def _set_ticks(self, rows: Iterable[int], state: Qt.CheckState) -> None:
        for row in rows:
            self.model().setData(self.model().index(row, 0), state, _TICK)
        self._ticked()

    def tick_all(self) -> None:
        """Tick the whole listing, or untick it if all of it is ticked."""
        every = self.head.tick_state() == Qt.CheckState.Checked
        self._tick_every(Qt.CheckState.Unchecked if every else Qt.CheckState.Checked)

    def untick_all(self) -> None:
        """Untick the whole listing."""
        self._tick_every(Qt.CheckState.Unchecked)

    def _tick_every(self, state: Qt.CheckState) -> None:
        """Ask the model to tick or untick its whole listing."""
        if self.head.tickable and self._shown is not None:
            self._shown.setHeaderData(0, Qt.Orientation.Horizontal, state, _TICK)
            self._ticked()

    def _ticked(self) -> None:
        """Ticks have changed."""
        self.viewport().update()
        self.head.viewport().update()
        self.ticks_changed.emit()
