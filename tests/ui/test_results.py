"""走访登记 with the keyboard: a route at one stroke, exceptions by row, sums, refusals, one act, its undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cadre_desk.actions.visits import visits_of
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.visits import VISITS
from cadre_desk.ui.list_words import presets_of
from cadre_desk.ui.office import Go, Office, Person, Said
from cadre_desk.ui.results_page import ResultsPage
from tests import rounds
from tests.ledgers import village
from tests.ui.desk_window import dress, faults, press, show, type_in

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    del qtbot
    dress()
    found = Office(village(tmp_path), Person("周敏", "2"))
    rounds.make(found.ledger, rounds.plan(found.ledger, *rounds.rules("age")))
    yield found
    found.close()


def opened(qtbot: QtBot, office: Office) -> ResultsPage:
    page = ResultsPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("results", "rounds", 1))
    settled(qtbot, page)
    return page


def settled(qtbot: QtBot, page: ResultsPage) -> None:
    qtbot.waitUntil(lambda: page._asked == page._shown and page._asked > 0, timeout=20_000)


def filled(qtbot: QtBot, office: Office) -> ResultsPage:
    page = opened(qtbot, office)
    type_in(page.visitors.line, ",LQ")
    press(page.visitors.line, Qt.Key.Key_F8)
    return page


def totals(page: ResultsPage) -> dict[str, str]:
    return dict(page.totals._totals)


def states(office: Office) -> list[str]:
    with office.desk.read() as session:
        return [one.state for one in visits_of(session, 1)]


def test_one_stroke_fills_all_in_sight_and_the_sum_meets_the_control_total(
    qtbot: QtBot, office: Office
) -> None:
    page = opened(qtbot, office)
    assert totals(page)["已走访"] == "0／7 人"
    assert totals(page)[""] == "少发 4,200 元"
    assert not page.header.acts.button("save").isEnabled()
    type_in(page.visitors.line, ",LQ")
    press(page.visitors.line, Qt.Key.Key_F8)
    assert totals(page)["已走访"] == "7／7 人"
    assert totals(page)[""] == "相符"
    assert page.header.acts.button("save").text() == "保存 7 人"
    assert page.grid.line.hasFocus()
    assert faults(qtbot, page) == []


def test_an_exception_is_typed_by_its_letters_and_takes_the_money_back(qtbot: QtBot, office: Office) -> None:
    page = filled(qtbot, office)
    type_in(page.grid.line, "bzj")
    press(page.grid.line, Qt.Key.Key_Return)
    assert page.grid.key == "done"
    assert page.rows.text(0, "state") == "不在家"
    assert page.rows.text(0, "cash_given") == ""
    assert totals(page)["实发"] == "3,600.00 元"
    assert totals(page)[""] == "少发 600 元"
    press(page.grid.line, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: states(office) == ["3", "2", "2", "2", "2", "2", "2"], timeout=20_000)


def test_the_keys_walk_copy_down_and_give_back(qtbot: QtBot, office: Office) -> None:
    page = filled(qtbot, office)
    line = page.grid.line
    page.grid.go_to_cell(0, "note")
    type_in(line, "ok")
    press(line, Qt.Key.Key_Return)
    assert (page.grid.current_row(), page.grid.key) == (1, "state")
    press(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (page.grid.current_row(), page.grid.key) == (0, "note")
    press(line, Qt.Key.Key_Down)
    press(line, Qt.Key.Key_D, CONTROL)
    press(line, Qt.Key.Key_D, CONTROL)
    assert [page.rows.text(row, "note") for row in range(4)] == ["ok", "ok", "ok", ""]
    assert page.grid.current_row() == 3
    type_in(line, "xx")
    press(line, Qt.Key.Key_Escape)
    assert line.text() == ""


def test_what_is_wrong_is_said_at_its_row_and_stops_the_saving(qtbot: QtBot, office: Office) -> None:
    page = opened(qtbot, office)
    press(page.visitors.line, Qt.Key.Key_F8)
    assert "两人以上" in page.notice.text()
    assert not page.header.acts.button("save").isEnabled()
    press(page.grid.line, Qt.Key.Key_S, CONTROL)
    assert set(states(office)) == {"1"}
    press(page.grid.line, Qt.Key.Key_F4)
    assert page.grid.key == "visitors"
    page.grid.line.setText("周敏、李强")
    page.grid.line.setModified(True)
    first = page.grid.current_row()
    press(page.grid.line, Qt.Key.Key_Return)
    assert page.rows.problem(first) == ""
    page.grid.go_to_cell(first, "cash_given")
    type_in(page.grid.line, "abc")
    press(page.grid.line, Qt.Key.Key_Return)
    assert page.rows.text(first, "cash_given") == "abc"
    assert page.rows.problem(first)
    assert faults(qtbot, page) == []


def test_saving_is_one_act_that_is_undone_as_one(qtbot: QtBot, office: Office) -> None:
    said: list[Said] = []
    office.said.connect(said.append)
    page = filled(qtbot, office)
    page.header.acts.button("save").click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    settled(qtbot, page)
    assert said[0].undo_act == office.desk.last_act()
    assert page.may_leave()
    with office.desk.read() as session:
        one = visits_of(session, 1)[0]
        assert (one.done, one.visitors, one.cash_given) == (date(2026, 1, 26), "周敏,LQ", 60000)
    office.desk.undo(said[0].undo_act)
    qtbot.waitUntil(lambda: totals(page)["已走访"] == "0／7 人", timeout=20_000)
    assert set(states(office)) == {"1"}


def test_unsaved_results_are_asked_about_and_can_be_dropped(qtbot: QtBot, office: Office) -> None:
    page = filled(qtbot, office)
    assert not page.may_leave()
    assert page.question.isVisible()
    page.question.buttons["drop"].click()
    settled(qtbot, page)
    assert page.may_leave()
    assert totals(page)["已走访"] == "0／7 人"


@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_nothing_is_cut_in_large_text(qtbot: QtBot, office: Office, factor: float) -> None:
    dress(factor)
    page = filled(qtbot, office)
    assert faults(qtbot, page) == []
    dress()


def test_a_visit_outside_rounds_begins_as_made() -> None:
    assert presets_of(VISITS) == "state=2;"
    assert presets_of(PEOPLE) == ""
