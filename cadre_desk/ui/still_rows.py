"""Rows held in memory as they are to be seen: statistics, the names behind a number, a plan's rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from cadre_desk.ui.cells import Cell
from cadre_desk.ui.kit.roles import ColumnLook, Role

_Index = QModelIndex | QPersistentModelIndex
#: A column: its heading and how it looks.
Heading = tuple[str, ColumnLook]


class StillRows(QAbstractTableModel):
    """A table of cells; ``keys`` say what each row stands for."""

    def __init__(self, columns: Sequence[Heading]) -> None:
        """No rows yet."""
        super().__init__()
        self._columns = tuple(columns)
        self._rows: Sequence[Sequence[Cell]] = ()
        self._keys: Sequence[Any] = ()

    def show_rows(
        self, rows: Sequence[Sequence[Cell]], keys: Sequence[Any], columns: Sequence[Heading] | None = None
    ) -> None:
        """Other rows, and other columns if they are given."""
        self.beginResetModel()
        self._rows, self._keys = rows, keys
        if columns is not None:
            self._columns = tuple(columns)
        self.endResetModel()

    def key(self, row: int) -> Any:
        """What a row stands for; None where there is no such row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        return self._rows[row][column]

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, look and tooltip."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Role.LOOK:
            return cell.look
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A column's heading and look."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        title, look = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        return look if role == Role.COLUMN else None
