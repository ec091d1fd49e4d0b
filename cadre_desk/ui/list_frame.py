"""The frame of a list page: head, views, facets, table, the card beside; and what gives way."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cadre_desk.domain.errors import UserError
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.ui import list_words
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.drawer import Drawer
from cadre_desk.ui.kit.facets import FacetGroup, FacetPanel
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.kit.sight import set_seen
from cadre_desk.ui.kit.tabs import TabStrip
from cadre_desk.ui.list_table import ListTable
from cadre_desk.ui.listing_model import ListingModel
from cadre_desk.ui.listing_state import ListState
from cadre_desk.ui.office import Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.person_preview import PersonPreview
from cadre_desk.ui.record_preview import RecordPreview
from cadre_desk.ui.saved_views import ViewKeeper
from cadre_desk.ui.siblings import Siblings, siblings_of

#: How long the keyboard rests before the card beside follows, in ms.
_CARD_AFTER: Final = 60
_FEW_VIEWS: Final = 4
_ALL_VIEWS: Final = 99


class ListFrame(Page):
    """What a list page consists of; ``ListPage`` lets it live."""

    def __init__(self, office: Office, register: Register, state: ListState, model: ListingModel) -> None:
        """Lay out the parts for one register."""
        super().__init__(office)
        self.setObjectName(f"list-{register.key}")
        self.register, self.state, self.model = register, state, model
        self._card_wanted = True
        self._groups: Sequence[FacetGroup] = ()
        self._card = QTimer(self, singleShot=True, interval=_CARD_AFTER)
        self._card.timeout.connect(self._show_card)
        self._lay_out()

    def _lay_out(self) -> None:
        self.header = PageHeader(self.register.title)
        self.header.set_title(self.register.title)
        self.header.set_acts(list_words.acts_of(self.register))
        self.siblings = Siblings(siblings_of(self.register))
        row = self.header.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(self.header.title) + 1, self.siblings, 10)
        self.tabs = TabStrip("视图", plate=True, ruled=False)
        self.keeper = ViewKeeper(self, self.office, self.state)
        self.tabs.add_end(self.keeper)
        self.facets = FacetPanel()
        self.list = ListTable(self.register, self.model)
        self.preview = self.make_preview()
        self._facet_drawer: Drawer | None = None
        self._drawer_facets: FacetPanel | None = None
        body = QHBoxLayout()
        body.setSpacing(theme.space("gap"))
        body.addWidget(self.facets)
        body.addWidget(self.list, 1)
        if self.preview is not None:
            body.addWidget(self.preview)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addLayout(body, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        page = QVBoxLayout(self)
        side = theme.space("page")
        page.setContentsMargins(side, theme.px(10), side, theme.px(12))
        page.setSpacing(theme.px(6))
        page.addWidget(self.header)
        page.addWidget(self._stack, 1)

    def make_preview(self) -> RecordPreview | None:
        """What stands beside the list, if anything does."""
        return PersonPreview() if self.register is PEOPLE else None

    @abstractmethod
    def _toggle(self, group: str, line: str, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Choose or leave a value of a facet."""

    def show_facet_groups(self, groups: Sequence[FacetGroup]) -> None:
        """Show the facets beside the list, and in the drawer once it was opened."""
        self._groups = groups
        for panel in (self.facets, self._drawer_facets):
            if panel is not None:
                panel.set_groups(groups)

    @abstractmethod
    def do(self, act: str) -> None:
        """Do an act of the header or of an empty page."""

    # --- the list, or how to begin ------------------------------------------------------------------------

    def show_first_steps(self) -> None:
        """Nothing in the register at all: say what belongs here and how to begin."""
        self.show_list()
        state = list_words.empty_register(self.register)
        state.acted.connect(self.do)
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)

    def show_list(self) -> None:
        """The list itself, in place of the first steps."""
        before = self._stack.currentWidget()
        self._stack.setCurrentIndex(0)
        if self._stack.count() > 1:
            self._stack.removeWidget(before)
            before.deleteLater()

    # --- the card beside, and what gives way --------------------------------------------------------------

    def _show_card(self) -> None:
        """Let the card follow the current row."""
        if self.preview is None or self.preview.isHidden():
            return
        try:
            self.preview.follow(self.office, self.list.current_record())
        except UserError:
            self.preview.follow(self.office, 0)

    def _close_card(self) -> None:
        self._card_wanted = False
        self.fit()
        self.list.focus_table()

    def _open_facets(self) -> None:
        if self._facet_drawer is None:
            self._facet_drawer = Drawer(self)
            self._facet_drawer.set_title("筛选", self.register.title)
            self._drawer_facets = FacetPanel()
            self._drawer_facets.toggled.connect(self._toggle)
            self._drawer_facets.set_groups(self._groups)
            self._facet_drawer.body.addWidget(self._drawer_facets)
        self._facet_drawer.unfold()

    def fit(self) -> None:
        """Give way in the order of the look, section 4."""
        level = narrow(self)
        has_facets = bool(self.register.facets)
        set_seen(self.facets, has_facets and level < Room.FACET_DRAWER)
        chosen = self.facets.chosen()
        self.list.tools.show_facets(shown=has_facets and level >= Room.FACET_DRAWER, chosen=chosen)
        set_seen(self.list.conditions, level < Room.FACET_DRAWER)
        self.tabs.set_most(_FEW_VIEWS if level >= Room.FEW_VIEWS else _ALL_VIEWS)
        if self.preview is not None:
            wanted = self._card_wanted and level < Room.NO_PREVIEW
            if wanted and not self.preview.isVisible():
                self._card.start()
            set_seen(self.preview, wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self.fit()
