"""The rows of a listing for the register table: the keys at once, values as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from cadre_desk.registers.columns import Column
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.background import Background
from cadre_desk.ui.cells import Cell, cells_of, column_look
from cadre_desk.ui.kit.roles import Role
from cadre_desk.ui.office import Office

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
#: Rows fetched in one look, and how many such windows are remembered.
WINDOW: Final = 40
_WINDOWS: Final = 64
_ROWS: Final = "rows"
_EMPTY: Final = Cell("")


class ListingModel(QAbstractTableModel):
    """Shows a listing.

    Of a light register, or where the shelf has the answer at hand, ``show_listing`` is done when it returns;
    else the rows come from the thread beside the window, and the rows before stay until then.
    Signals: ``arrived()`` after the rows are those of the listing, ``waiting(bool)`` around a longer look.
    """

    arrived = Signal()
    waiting = Signal(bool)

    def __init__(self, office: Office, shelf: Shelf, background: Background, listing: Listing) -> None:
        """An empty model until a listing is shown; ``listing`` names the register and the first columns."""
        super().__init__()
        self._office, self._shelf, self._background = office, shelf, background
        self._listing = listing
        self._columns: tuple[Column, ...] = listing.shown
        self._ids: Sequence[int] = ()
        self._ticked: set[int] = set()
        self._windows: OrderedDict[int, list[tuple[Cell, ...] | None]] = OrderedDict()

    # --- what is shown ------------------------------------------------------------------------------------

    @property
    def listing(self) -> Listing:
        """The listing whose rows are shown."""
        return self._listing

    @property
    def register(self) -> Register:
        """The register."""
        return self._listing.register

    @property
    def ids(self) -> Sequence[int]:
        """The keys of all rows, in order; not to be changed."""
        return self._ids

    def show_listing(self, listing: Listing) -> None:
        """Show a listing, at once or as soon as its rows are known."""
        if self._shelf.is_quick(listing):
            self._background.drop(_ROWS)
            self._take(listing, self._shelf.ids(listing))
            return
        self.waiting.emit(True)
        self._windows.clear()
        self._background.ask(
            _ROWS, lambda: self._shelf.ids(listing), lambda ids: self._take(listing, ids, waited=True)
        )

    def _take(self, listing: Listing, ids: Sequence[int], *, waited: bool = False) -> None:
        """The rows are known: replace those before, or only look at them anew if they are the same."""
        same = ids == self._ids and listing.shown == self._columns
        self._windows.clear()
        if same:
            self._listing = listing
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self._columns) - 1))
        else:
            self.beginResetModel()
            self._listing, self._columns, self._ids = listing, listing.shown, ids
            self.endResetModel()
        if waited:
            self.waiting.emit(False)
        self.arrived.emit()

    def id_at(self, row: int) -> int:
        """The key of a row, 0 beyond the end."""
        return self._ids[row] if 0 <= row < len(self._ids) else 0

    def row_of(self, record: int) -> int:
        """The row of a key, -1 if the listing doesn't have it."""
        try:
            return self._ids.index(record)
        except ValueError:
            return -1

    # --- ticks --------------------------------------------------------------------------------------------

    def ticked(self) -> frozenset[int]:
        """The ticked keys; those that the conditions now hide stay ticked."""
        return frozenset(self._ticked)

    def ticked_out_of_sight(self) -> int:
        """How many ticked records the listing doesn't show."""
        return len(self._ticked.difference(self._ids)) if self._ticked else 0

    def tick(self, records: Iterable[int]) -> None:
        """Tick records, whether or not they are in sight."""
        self._ticked.update(records)
        self._tell_ticks()

    def untick(self) -> None:
        """Untick everything, also what is out of sight."""
        self._ticked.clear()
        self._tell_ticks()

    def _tell_ticks(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)

    def _tick_state(self) -> Qt.CheckState:
        """Whether all, some or none of the listing are ticked."""
        if not self._ticked:
            return Qt.CheckState.Unchecked
        if len(self._ticked) >= len(self._ids) and self._ticked.issuperset(self._ids):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked

    # --- what Qt asks -------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """All rows of the listing."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """The listing's columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, look and tick of a cell; a window of rows is fetched when its first cell is asked for."""
        row, section = index.row(), index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            if section:
                return None
            return Qt.CheckState.Checked if self._ids[row] in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, section).text
        if role == Role.LOOK:
            return self._cell(row, section).look
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._cell(row, section).tip
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        record = self._ids[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(record)
        else:
            self._ticked.discard(record)
        self._tell_ticks()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Title and look of a column, and the box that ticks the whole listing."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Role.COLUMN:
            return column_look(self.register, self._columns[section])
        if role == Qt.ItemDataRole.CheckStateRole and not section:
            return self._tick_state()
        return None

    def setHeaderData(
        self, section: int, orientation: Qt.Orientation, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tick the whole listing, or untick everything."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.update(self._ids)
        else:
            self._ticked.clear()
        self._tell_ticks()
        return True

    # --- windows of rows ----------------------------------------------------------------------------------

    def _cell(self, row: int, section: int) -> Cell:
        """One cell; a record that is gone since the keys were told shows nothing."""
        number = row // WINDOW
        window = self._windows.get(number)
        if window is None:
            window = self._fetch(number)
        cells = window[row - number * WINDOW]
        return _EMPTY if cells is None else cells[section]

    def _fetch(self, number: int) -> list[tuple[Cell, ...] | None]:
        """Ask the ledger for one window of rows."""
        ids = self._ids[number * WINDOW : (number + 1) * WINDOW]
        with self._office.desk.read() as session:
            rows = self._listing.rows_of(session, ids)
        window = [cells_of(self.register, self._columns, rows[one]) if one in rows else None for one in ids]
        self._windows[number] = window
        if len(self._windows) > _WINDOWS:
            self._windows.popitem(last=False)
        return window
