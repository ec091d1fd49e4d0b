"""The ticks of a register table: one row, several, or the whole listing."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtWidgets import QTableView

from cadre_desk.ui.kit.table_head import Head

_TICK = Qt.ItemDataRole.CheckStateRole


class TickTable(QTableView):
    """A table whose rows can be ticked; the model keeps the ticks, and knows those that are not in sight.

    Signals: ``ticks_changed()``.
    """

    ticks_changed = Signal()

    def __init__(self) -> None:
        """A table without a model, with the desk's head."""
        super().__init__()
        self._shown: QAbstractItemModel | None = None
        self._anchor = -1
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
        """Tick or untick a row; ``through`` does the same to all rows from the last one on."""
        if not self.head.tickable or not 0 <= row < self.rows():
            return
        state = Qt.CheckState.Unchecked if self.is_ticked(row) else Qt.CheckState.Checked
        first = self._anchor if through and self._anchor >= 0 else row
        for place in range(min(first, row), max(first, row) + 1):
            self.model().setData(self.model().index(place, 0), state, _TICK)
        self._anchor = row
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
