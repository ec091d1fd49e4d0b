"""The white card in the middle of a list page: tools, conditions, the table, what is ticked, the totals."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from cadre_desk.registers.register import Register
from cadre_desk.ui.kit.cards import Card
from cadre_desk.ui.kit.parts import EmptyState, ProgressLine, SelectionBar, TotalsBar
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.list_parts import ConditionRow, ListTools
from cadre_desk.ui.list_words import selection_acts_of
from cadre_desk.ui.listing_model import ListingModel


@dataclass(frozen=True, slots=True)
class Place:
    """Where the clerk is in a list: the record on top and the current one, with their rows."""

    top: int
    top_row: int
    current: int
    row: int


class ListTable(Card):
    """The table of one list page with what stands around it; the page decides what is shown."""

    def __init__(self, register: Register, model: ListingModel) -> None:
        """An empty table."""
        super().__init__()
        self._register, self._model = register, model
        self._place: Place | None = None
        self.set_margins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.tools = ListTools(register)
        self.conditions = ConditionRow()
        self.table = RegisterTable(register.title)
        self.table.setModel(model)
        self.table.setObjectName("list")
        self.table.set_tickable(tickable=bool(register.form))
        self.table.range_moved.connect(self._tell_range)
        self.table.ticks_changed.connect(self.show_ticks)
        self.table.typed.connect(self._type_on)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self.waiting = ProgressLine()
        self.selection = SelectionBar()
        self.selection.set_acts(selection_acts_of(register))
        self.selection.cleared.connect(self._untick)
        self.totals = TotalsBar()
        self.tools.entered.connect(self.focus_table)
        self.body.addWidget(self.tools)
        self.body.addWidget(self.conditions)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.selection)
        self.body.addWidget(self.totals)

    # --- where the clerk is -------------------------------------------------------------------------------

    def place(self) -> Place:
        """Where the clerk is now."""
        top = max(self.table.verticalScrollBar().value(), 0)
        row = self.table.current_row()
        return Place(self._model.id_at(top), top, self._model.id_at(row), row)

    def remember(self) -> None:
        """Keep the place over the next rows: they are the same list, only newer."""
        self.keep(self.place())

    def keep(self, place: Place | None) -> None:
        """Go to this place when the next rows have come, to the head of the list for None."""
        self._place = place

    def settle(self) -> None:
        """The rows have come: go back to the kept place, or to the head of the list."""
        place, self._place = self._place, None
        if place is None or place.row < 0:
            self._go(0, 0)
            return
        row = self._model.row_of(place.current)
        top = self._model.row_of(place.top)
        self._go(row if row >= 0 else place.row, top if top >= 0 else place.top_row)

    def _go(self, row: int, top: int) -> None:
        """Make a row current with another one on top, without scrolling in between."""
        row = min(row, self._model.rowCount() - 1)
        if row >= 0 and self.table.current_row() != row:
            self.table.setCurrentIndex(self._model.index(row, 0))
        self.table.verticalScrollBar().setValue(top)

    def go_to_record(self, record: int) -> bool:
        """Make a record the current one, if the list has it."""
        row = self._model.row_of(record)
        if row >= 0:
            self.table.go_to(row)
        return row >= 0

    def current_record(self) -> int:
        """The key of the current row, 0 for none."""
        return self._model.id_at(self.table.current_row())

    def focus_table(self) -> None:
        """Give the keyboard to the rows."""
        if self.table.rows():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.table.current_row() < 0:
                self.table.go_to(0)

    def _type_on(self, text: str) -> None:
        """Letters typed in the table go on in the search."""
        edit = self.tools.search.edit
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.end(False)
        edit.insert(text)

    # --- what stands around -------------------------------------------------------------------------------

    def show_empty(self, state: EmptyState | None) -> None:
        """Say why there are no rows, or show the rows."""
        before = self._stack.currentWidget()
        if state is not None:
            self._stack.addWidget(state)
        self._stack.setCurrentWidget(state or self.table)
        if before is not self.table and before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def shown(self) -> QWidget:
        """The table, or what is said in its place."""
        return self._stack.currentWidget()

    def show_ticks(self) -> None:
        """How many are ticked, also of those the conditions now hide."""
        ticked, hidden = len(self._model.ticked()), self._model.ticked_out_of_sight()
        measure = self._register.measure
        self.selection.set_count(
            ticked, f"{measure}（{hidden} {measure}不在当前名单）" if hidden else measure
        )

    def _untick(self) -> None:
        self._model.untick()
        self.table.ticks_changed.emit()
        self.focus_table()

    def _tell_range(self, first: int, last: int) -> None:
        self.totals.set_range(f"第 {first + 1:,}–{last + 1:,} 行" if last >= 0 else "")
