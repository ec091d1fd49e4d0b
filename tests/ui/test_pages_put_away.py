"""Pages that were put away to save memory come back as the clerk left them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from cadre_desk.db.clock import Clock
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.background import Background
from cadre_desk.ui.card_layout import HISTORY
from cadre_desk.ui.card_page import CardPage
from cadre_desk.ui.form_page import FormPage
from cadre_desk.ui.list_page import ListPage
from cadre_desk.ui.navigation import KEPT_PAGES, Pages
from cadre_desk.ui.office import Go, Office, Person
from cadre_desk.ui.page import Page
from tests.ledgers import TODAY, village
from tests.ui.desk_window import dress, show

_OTHERS = ("contacts", "accounts", "branches", "units")


class Walk:
    """A clerk who goes from page to page."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot = qtbot
        self.shelf, self.background = Shelf(office.desk), Background(office.tell_error)
        self.pages = Pages(office, self.shelf, self.background)
        self.stack = QStackedWidget()
        show(qtbot, self.stack)

    def go(self, page: str, register: str = "", record: int = 0) -> Page:
        go = Go(page, register, record)
        found = self.pages.page(go)
        if self.stack.indexOf(found) < 0:
            self.stack.addWidget(found)
        self.stack.setCurrentWidget(found)
        found.arrive(go)
        self.qtbot.waitUntil(self.background.is_idle, timeout=10_000)
        return found

    def list(self, register: str) -> ListPage:
        found = self.go("list", register)
        assert isinstance(found, ListPage)
        return found

    def far(self) -> None:
        """Go through enough other lists for every page before them to be put away."""
        for register in _OTHERS:
            self.list(register)

    def close(self) -> None:
        self.shelf.close()
        self.background.close()


@pytest.fixture
def walk(qtbot: QtBot, tmp_path: Path) -> Iterator[Walk]:
    dress()
    ledger = village(tmp_path)
    ledger.desk.clock = Clock(TODAY)
    office = Office(ledger, Person("周敏", "2"))
    found = Walk(qtbot, office)
    yield found
    found.close()
    office.close()


def test_only_the_latest_pages_stay(walk: Walk) -> None:
    first = walk.list("people")
    walk.far()
    # Besides these, the page in sight and the one that was left for it.
    assert len(walk.pages.made) == KEPT_PAGES + 2
    assert walk.list("people") is not first


def test_a_list_comes_back_with_its_search_ticks_and_current_row(walk: Walk) -> None:
    page = walk.list("people")
    page.list.tools.search.edit.setText("zjg")
    page.list.table.go_to(1)
    ticked, current = page.model.id_at(0), page.list.current_record()
    page.model.tick([ticked])
    page.list.table.widths.drag("name", 222)
    walk.far()
    back = walk.list("people")
    assert back is not page
    assert back.list.tools.search.edit.text() == "zjg"
    assert back.model.rowCount() == 2
    assert back.model.ticked() == {ticked}
    assert back.list.current_record() == current
    assert back.list.table.columnWidth(0) == 222


def test_a_card_comes_back_on_the_tab_that_was_in_sight(walk: Walk) -> None:
    card = walk.go("card", "people", 1)
    assert isinstance(card, CardPage)
    card.body.show_tab(HISTORY)
    walk.far()
    back = walk.go("card", "people", 1)
    assert isinstance(back, CardPage)
    assert back is not card
    assert back.body.tabs.current() == HISTORY


def test_a_form_with_something_typed_is_never_put_away(walk: Walk) -> None:
    form = walk.go("edit", "people", 1)
    assert isinstance(form, FormPage)
    form.form.editors["note"].set_value("还没有保存")
    walk.far()
    assert walk.pages.made["edit"] is form


def test_a_page_that_was_put_away_counts_nothing_more(walk: Walk) -> None:
    page = walk.list("people")
    page.counts.want(page.state.listing)
    page.shut()
    assert page.counts.is_idle()
