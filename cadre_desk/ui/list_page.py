"""The list page, one class for every register: views above, conditions left, card right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui import list_words
from cadre_desk.ui.background import Background
from cadre_desk.ui.column_chooser import ColumnChooser
from cadre_desk.ui.day_choice import OTHER, DayChoice, day_acts
from cadre_desk.ui.kit.buttons import Act, menu_of
from cadre_desk.ui.kit.table_columns import Widths
from cadre_desk.ui.kit.tabs import Tab
from cadre_desk.ui.list_counts import Facets, ListCounts, Totals
from cadre_desk.ui.list_frame import ListFrame
from cadre_desk.ui.list_memory import ListMemory
from cadre_desk.ui.list_parts import day_words, total_words
from cadre_desk.ui.list_table import Place
from cadre_desk.ui.listing_model import ListingModel
from cadre_desk.ui.listing_state import ListState
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.opened_record import open_record
from cadre_desk.ui.saved_views import kept_views
from cadre_desk.ui.selection_acts import SelectionActs

#: How long the keyboard rests before the card beside follows, in ms.
_CARD_AFTER: Final = 60
_FEW_VIEWS: Final = 4


@dataclass(frozen=True, slots=True)
class ListRemains:
    """What a list page was showing, and where the clerk was in it."""

    state: ListState
    ticked: frozenset[int]
    place: Place
    widths: Widths
    card_wanted: bool


class ListPage(ListFrame):
    """The list of one register; it keeps its state while the clerk is elsewhere."""

    HELP: ClassVar[str] = "老干部名单"

    def __init__(self, office: Office, register: Register, shelf: Shelf, background: Background) -> None:
        """Lay out the page; ``arrive`` shows the rows."""
        memory, state = ListMemory(register), ListState(register, office.today())
        state.listing = state.listing.showing(*memory.columns())
        super().__init__(office, register, state, ListingModel(office, shelf, background, state.listing))
        self._shelf, self._memory = shelf, memory
        self.acts = SelectionActs(self, office)
        self.counts = ListCounts(shelf, background, register.key, self)
        self.chooser: ColumnChooser | None = None
        self._begun = False
        self.list.table.widths.drag_all(self._memory.widths())
        self._view_counts: dict[str, int] = {}
        self._connect()

    def _connect(self) -> None:
        tools, table = self.list.tools, self.list.table
        self.header.acted.connect(self.do)
        self.siblings.chosen.connect(self._go_to_sibling)
        self.tabs.chosen.connect(self._choose_view)
        self.keeper.changed.connect(self._views_changed)
        self.facets.toggled.connect(self._toggle)
        tools.typed.connect(self._find)
        tools.facets_asked.connect(self._open_facets)
        tools.order_chosen.connect(self._choose_order)
        tools.columns_asked.connect(self._open_columns)
        tools.day_chosen.connect(self._choose_day)
        self.list.conditions.dropped.connect(self._drop)
        self.list.conditions.cleared.connect(self._clear)
        self.list.selection.acted.connect(self._do_with_ticked)
        table.opened.connect(lambda row: self.open(self.model.id_at(row)))
        table.current_moved.connect(lambda _row: self._card.start())
        self.counts.facets_counted.connect(self._show_facets)
        self.counts.totals_counted.connect(self._show_totals)
        self.counts.views_counted.connect(self._show_view_counts)
        table.sort_asked.connect(self._sort)
        table.width_dragged.connect(self._memory.keep_width)
        table.menu_asked.connect(self._open_menu)
        self.model.arrived.connect(self._on_rows)
        self.model.waiting.connect(self._wait)
        if self.preview is not None:
            self.preview.closed.connect(self._close_card)
            self.preview.opened.connect(lambda: self.open(self.list.current_record()))
            self.preview.edited.connect(self.edit)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+F": self._focus_search,
            "Ctrl+P": lambda: self.do("print"),
            "Ctrl+I": lambda: self.do("import"),
            "F2": self.edit,
        }
        if list_words.can_begin(self.register):
            keys["Ctrl+N"] = lambda: self.do("new")
        for key, act in keys.items():
            # Heard wherever the keyboard is in the window, and only while this page is the one in sight.
            QShortcut(QKeySequence(key), self).activated.connect(act)

    # --- coming and going ---------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """Show what is asked for, or the list as it was left."""
        if go.listing is not None:
            self.bring(go.listing, go.also)
        elif not self._begun:
            self._views_changed(0)
        else:
            self.freshen()
        if go.record:
            self.list.go_to_record(go.record)
        self.list.focus_table()

    def bring(self, listing: Listing, title: str = "") -> None:
        """Show a listing that came from elsewhere."""
        self._set_views()
        self.list.keep(None)
        self.state.bring(replace(listing, register=self.register), title)
        with QSignalBlocker(self.list.tools.search):
            self.list.tools.search.set_text(listing.text)
        self._begun = True
        self._show_tabs()
        self._apply()
        self._ask_view_counts()

    def refresh(self) -> None:
        """Show the ledger as it is now, at the same place."""
        if not self._begun:
            return
        self.list.remember()
        self.model.show_listing(self.state.listing)
        self._ask_view_counts()

    def remains(self) -> ListRemains | None:
        """Everything but the widgets."""
        if not self._begun:
            return None
        table = self.list
        return ListRemains(
            self.state, self.model.ticked(), table.place(), table.table.widths, self._card_wanted
        )

    def resume(self, remains: object) -> None:
        """Stand as the page before did, with its rows read anew."""
        if not isinstance(remains, ListRemains):
            return
        self.state.take_over(remains.state)
        self.model.tick(remains.ticked)
        self.list.keep(remains.place)
        self.list.table.take_widths(remains.widths)
        self._card_wanted = remains.card_wanted
        with QSignalBlocker(self.list.tools.search):
            self.list.tools.search.set_text(self.state.listing.text)

    def shut(self) -> None:
        """Count nothing more."""
        self.counts.stop()

    def _set_views(self) -> None:
        self.state.set_kept(kept_views(self.office.desk, self.register))

    def _views_changed(self, kept: int) -> None:
        """Other views: show their tabs; a view that was just kept is the chosen one."""
        self._begun = True
        self._set_views()
        if kept:
            self.state.view = f"kept{kept}"
        self._show_tabs()
        self._apply()
        self._ask_view_counts()

    # --- what is shown ------------------------------------------------------------------------------------

    def _apply(self) -> None:
        """The state changed: show its rows and say its conditions."""
        listing = self.state.listing
        self.model.show_listing(listing)
        self.list.conditions.set_conditions(self.state.chips(), day_words(listing))
        tools = self.list.tools
        tools.order.set_text(self.state.order_title())
        tools.order.set_acts(self.state.orders())
        tools.day.set_text("截至今日" if not listing.as_of.past else f"截至 {listing.as_of.day:%Y-%m-%d}")
        tools.day.set_acts(day_acts(self.office.today()))
        self.fit()

    def _on_rows(self) -> None:
        """The rows are those of the state."""
        self._show_sort()
        self.list.settle()
        self.list.show_ticks()
        count = len(self.model.ids)
        if count:
            self.list.show_empty(None)
        elif self._is_whole_empty():
            self.show_first_steps()
            return
        else:
            state = list_words.nothing_found(self.state)
            state.acted.connect(self.do)
            self.list.show_empty(state)
        self.show_list()
        self.list.totals.set_totals([("共", f"{count:,} {self.register.measure}")])
        self.counts.want(self.state.listing)
        self._card.start()

    def _is_whole_empty(self) -> bool:
        return not self._shelf.count(Listing(self.register, self.office.today()))

    def _show_sort(self) -> None:
        """The arrow at the column the rows are in the order of."""
        key, descending = (self.state.listing.order or self.register.orders[0].keys)[0]
        shown = [column.key for column in self.state.listing.shown]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.list.table.set_sort(shown.index(key) if key in shown else -1, order)

    def _show_tabs(self) -> None:
        tabs = [Tab(one.key, one.title, self._view_counts.get(one.key)) for one in self.state.views()]
        self.tabs.set_tabs(tabs, self.state.view)

    def _wait(self, waits: bool) -> None:  # noqa: FBT001 - a signal's argument
        if waits:
            self.list.waiting.begin("正在查找……", cancellable=False)
        else:
            self.list.waiting.end()

    # --- counts -------------------------------------------------------------------------------------------

    def _ask_view_counts(self) -> None:
        day = self.state.listing.as_of_day
        self.counts.want_views({one.key: one.listing.at(day) for one in self.state.views()})

    def _show_view_counts(self, counts: dict[str, int]) -> None:
        if counts != self._view_counts:
            self._view_counts = counts
            self._show_tabs()

    def _show_totals(self, totals: Totals) -> None:
        listing = self.state.listing
        self.list.totals.set_totals([total_words(listing, total, value) for total, value in totals])

    def _show_facets(self, counted: Facets) -> None:
        groups = self.state.facet_groups(counted)
        self.show_facet_groups(groups)
        self.fit()

    # --- what the clerk changes ---------------------------------------------------------------------------

    def _choose_view(self, key: str) -> None:
        self.state.choose(key)
        self.tabs.set_current(key)
        self._apply()

    def _toggle(self, group: str, line: str, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.state.toggle(group, line, on=on)
        self._apply()

    def _find(self, text: str) -> None:
        self.state.listing = self.state.listing.find(text)
        self._apply()

    def _drop(self, key: str) -> None:
        self.state.drop(key)
        self._show_tabs()
        self._apply()

    def _clear(self) -> None:
        self.state.clear()
        with QSignalBlocker(self.list.tools.search):
            self.list.tools.search.set_text("")
        self._show_tabs()
        self._apply()
        self._ask_view_counts()
        self.list.focus_table()

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        key = self.state.listing.shown[section].key
        self.state.sort_by(key, descending=order == Qt.SortOrder.DescendingOrder)
        self._apply()

    def _choose_order(self, key: str) -> None:
        self.state.choose_order(key)
        self._apply()

    def _open_columns(self) -> None:
        if self.chooser is None:
            self.chooser = ColumnChooser(self, self.register)
            self.chooser.chosen.connect(self._choose_columns)
        self.chooser.offer([column.key for column in self.state.listing.shown])

    def _choose_columns(self, keys: Sequence[str]) -> None:
        self.state.listing = self.state.listing.showing(*keys)
        if not self.state.tab().columns_are_its_own:
            self._memory.keep_columns(keys)
        self.list.remember()
        self._apply()

    def _choose_day(self, key: str) -> None:
        if key != OTHER:
            self.show_day(date.fromisoformat(key))
            return
        dialog = DayChoice(self.window(), self.office.today())
        dialog.chosen.connect(self.show_day)
        dialog.open()
        dialog.day.setFocus()

    def show_day(self, day: date) -> None:
        """Show the register as it was booked up to a day."""
        self.state.listing = self.state.listing.at(None if day == self.office.today() else day)
        self._apply()
        self._ask_view_counts()

    # --- acts ---------------------------------------------------------------------------------------------

    def do(self, act: str) -> None:
        """Do an act of the header or of an empty page."""
        if act == "clear":
            self._clear()
        elif act in {"print", "carry"}:
            self.acts.do(act, self.state.listing, len(self.model.ids), self._view_words())
        elif act == "new" and list_words.can_begin(self.register):
            page = "round" if self.register.key == "rounds" else "edit"
            self.office.go(page, register=self.register.key, also=list_words.presets_of(self.register))
        elif act == "import" and list_words.can_import(self.register):
            self.office.go("import", register=self.register.key)
        elif act == "help":
            self.office.go("help", also=self.HELP)

    def _view_words(self) -> str:
        """The name of the list on paper, "" where it is just the register."""
        title = self.state.tab().title
        plain = self.state.view == self.state.views()[0].key or self.state.is_changed
        return "" if plain or title == "全部" else title.removesuffix("干部")

    def ticked_listing(self) -> Listing:
        """The ticked records in the list's order, whatever the conditions are now."""
        whole = replace(self.state.listing, conditions=(), text="", owner=None)
        return whole.picked(sorted(self.model.ticked()))

    def _do_with_ticked(self, act: str) -> None:
        self.acts.do(act, self.ticked_listing(), len(self.model.ticked()), "")

    def open(self, record: int) -> None:
        """Open a record where it is shown."""
        if record:
            open_record(self.office, self.register, record, self.model.ids, self.state.tab().title)

    def edit(self) -> None:
        """Open the form of the current record."""
        record = self.list.current_record()
        if record and list_words.can_change(self.register):
            among = tuple(self.model.ids)
            self.office.go("edit", register=self.register.key, record=record, among=among)

    def _open_menu(self, row: int, spot: QPoint) -> None:
        acts = [Act("open", "打开", "card")]
        if list_words.can_change(self.register):
            acts.append(Act("edit", "修改", "edit"))
        if self.register.form:
            ticked = self.list.table.is_ticked(row)
            acts.append(Act("tick", "取消勾选" if ticked else "勾选", "check"))
        menu = menu_of(acts, lambda key: self._do_with_row(key, row), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(spot)

    def _do_with_row(self, act: str, row: int) -> None:
        if act == "open":
            self.open(self.model.id_at(row))
        elif act == "edit":
            self.edit()
        else:
            self.list.table.toggle_tick(row)

    def _focus_search(self) -> None:
        edit = self.list.tools.search.edit
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        edit.selectAll()

    def _go_to_sibling(self, key: str) -> None:
        if key:
            self.office.go("list", register=key)
        else:
            self.office.go("system")
