"""Ctrl+K: whoever is remembered by initials, name, unit or the last digits is one Enter away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people
from cadre_desk.db.models import Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.quick_find import QuickFind
from cadre_desk.ui.quick_search import QuickSearch
from tests.ledgers import TODAY
from tests.ui.desk_window import dress, faults, press, show, type_in
from tests.ui.village_office import village_office


@pytest.fixture
def office(qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    """The village."""
    assert qapp is not None
    dress()
    with village_office(tmp_path) as found:
        yield found


@pytest.fixture
def search(office: Office) -> Iterator[QuickSearch]:
    """The search over the village."""
    shelf = Shelf(office.desk)
    yield QuickSearch(office, shelf)
    shelf.close()


def names(search: QuickSearch, text: str) -> dict[str, list[str]]:
    """What a text finds, by group."""
    return {group.title: [find.name for find in group.finds] for group in search.find(text)}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sgd", "单国栋"),
        ("shanguodong", "单国栋"),
        ("欧阳", "欧阳德厚"),
        ("5678", "王𬭎远"),
        ("13996185678", "王𬭎远"),
        ("0015", "王𬭎远"),
    ],
)
def test_a_person_is_found_by_what_one_remembers(search: QuickSearch, typed: str, found: str) -> None:
    assert found in names(search, typed)["老干部"]


def test_units_branches_and_figures_are_found_beside_people(search: QuickSearch) -> None:
    found = names(search, "水利")
    assert found["党支部"] == ["水利系统支部"]
    assert found["管理单位"] == ["县水利局"]
    assert "王𬭎远" in found["老干部"]
    assert names(search, "离休")["统计指标"]


def test_nothing_typed_finds_nothing(search: QuickSearch) -> None:
    assert search.find("  ") == []
    assert search.find("绝无此人") == []


def test_the_dead_come_behind_and_are_marked(office: Office, search: QuickSearch) -> None:
    with office.desk.unit("登记去世") as session:
        people.record_death(session, 9, PartialDate(2026, 1, 3), today=TODAY)
    group = search.find("zjg")[0]
    assert [find.chip for find in group.finds] == ["", "已去世"]


def test_namesakes_are_told_apart(search: QuickSearch) -> None:
    notes = [find.note for find in search.find("张建国")[0].finds]
    assert len(set(notes)) == 2


def test_an_age_known_only_about_is_told_so(office: Office, search: QuickSearch) -> None:
    with office.desk.unit("更正") as session:
        session.get_one(Person, 9).birth_archive = PartialDate(1953)
    assert "约73 周岁" in " ".join(find.note for find in search.find("zjg")[0].finds)


def test_more_than_fit_lead_to_their_list(search: QuickSearch) -> None:
    group = search.find("县")[0]
    assert len(group.finds) == 6
    assert group.total == 12
    assert group.all is not None
    assert (group.all.page, group.all.register) == ("list", "people")


@dataclass
class Bar:
    """A window with the search on top."""

    window: QWidget
    box: SearchBox
    find: QuickFind
    wanted: list[Go]


@pytest.fixture
def bar(office: Office, qtbot: QtBot) -> Iterator[Bar]:
    """The field in a window."""
    window = QWidget()
    box = SearchBox("全局查找", "查人")
    box.setParent(window)
    box.move(20, 8)
    box.resize(368, 32)
    wanted: list[Go] = []
    office.wanted.connect(wanted.append)
    shelf = Shelf(office.desk)
    find = QuickFind(window, office, shelf, box)
    show(qtbot, window)
    yield Bar(window, box, find, wanted)
    shelf.close()


def test_three_initials_and_enter_open_the_card(bar: Bar) -> None:
    bar.find.begin()
    type_in(bar.box.edit, "sgd")
    press(bar.box.edit, Qt.Key.Key_Return)
    go = bar.wanted[-1]
    assert (go.page, go.register, go.record) == ("card", "people", 6)
    assert bar.box.text() == ""
    assert bar.find.results.isHidden()


def test_down_walks_to_the_next_find_and_up_to_all_of_them(bar: Bar, qtbot: QtBot) -> None:
    bar.find.begin()
    type_in(bar.box.edit, "zjg")
    qtbot.waitUntil(bar.find.results.isVisible)
    first = bar.find.results.current()
    press(bar.box.edit, Qt.Key.Key_Down)
    assert bar.find.results.current() != first
    press(bar.box.edit, Qt.Key.Key_Down)
    press(bar.box.edit, Qt.Key.Key_Down)
    press(bar.box.edit, Qt.Key.Key_Return)
    assert bar.wanted[-1].record in {9, 10}


def test_the_current_line_is_told_to_who_cannot_see_it(bar: Bar, qtbot: QtBot) -> None:
    bar.find.begin()
    type_in(bar.box.edit, "sgd")
    qtbot.waitUntil(bar.find.results.isVisible)
    assert bar.find.results.finds.accessibleName().startswith("单国栋 男")


def test_escape_empties_and_puts_the_finds_away(bar: Bar, qtbot: QtBot) -> None:
    bar.find.begin()
    type_in(bar.box.edit, "zjg")
    qtbot.waitUntil(bar.find.results.isVisible)
    press(bar.box.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(bar.find.results.isHidden)
    assert bar.box.text() == ""


def test_what_is_not_found_is_said(bar: Bar, qtbot: QtBot) -> None:
    bar.find.begin()
    type_in(bar.box.edit, "qqqq")
    qtbot.waitUntil(bar.find.results.isVisible)
    assert bar.find.results.current() is None
    press(bar.box.edit, Qt.Key.Key_Return)
    assert not bar.wanted
    assert faults(qtbot, bar.window) == []


def test_a_click_opens(bar: Bar, qtbot: QtBot) -> None:
    bar.find.begin()
    type_in(bar.box.edit, "sgd")
    qtbot.waitUntil(bar.find.results.isVisible)
    finds = bar.find.results.finds
    line = next(line for line in finds.lines if line.find is not None)
    mouse: Any = qtbot
    mouse.mouseClick(finds, Qt.MouseButton.LeftButton, pos=QPoint(40, line.top + 5))
    assert bar.wanted[-1].record == 6
