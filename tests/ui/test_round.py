"""The page of a round: a plan that follows what is typed, made as one act, its papers, its undoing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cadre_desk.actions.visits import visits_of
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import paper
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.office import Go, Office, Person, Said
from cadre_desk.ui.round_page import RoundPage
from tests.ledgers import village
from tests.ui.desk_window import dress, faults, press, show, type_in


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    del qtbot
    dress()
    found = Office(village(tmp_path), Person("周敏", "2"))
    yield found
    found.close()


def planned(qtbot: QtBot, office: Office, go: Go | None = None) -> RoundPage:
    page = RoundPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(go or Go("round"))
    qtbot.waitUntil(lambda: page._plan is not None, timeout=20_000)
    return page


def priced(qtbot: QtBot, page: RoundPage, amount: str = "600") -> None:
    type_in(page.cash.line, amount)
    qtbot.waitUntil(lambda: page._plan is not None and page._plan.cash > 0, timeout=20_000)


def made(qtbot: QtBot, office: Office) -> tuple[RoundPage, list[Said]]:
    said: list[Said] = []
    office.said.connect(said.append)
    page = planned(qtbot, office)
    priced(qtbot, page)
    page.header.acts.button("make").click()
    qtbot.waitUntil(lambda: page._record > 0 and page.papers.buttons["receipt"].isEnabled(), timeout=20_000)
    return page, said


def test_the_plan_shows_names_at_once_and_the_sum_when_the_amount_is_typed(
    qtbot: QtBot, office: Office
) -> None:
    page = planned(qtbot, office)
    assert page.people.rowCount() == 12
    assert page.cost.total.text() == "—"
    assert not page.header.acts.button("make").isEnabled()
    assert faults(qtbot, page) == []
    priced(qtbot, page)
    assert page.cost.total.text() == "¥ 7,200.00"
    assert page.cost.capitals.text() == "人民币柒仟贰佰元整"
    assert page.cash.echo() == "人民币陆佰元整"
    assert page.header.acts.button("make").text() == "建立批次 12 人"
    assert faults(qtbot, page) == []


def test_a_listing_that_was_picked_is_what_the_round_is_planned_over(qtbot: QtBot, office: Office) -> None:
    lixiu = office.listing(PEOPLE).where(Condition("retire_type", Op.IN, ("1",)))
    page = planned(qtbot, office, Go("round", listing=lixiu))
    assert [page.people.cell(row, 1).text for row in range(page.people.rowCount())] == ["于敬之"]
    page.source.set_value("1")
    qtbot.waitUntil(lambda: page.people.rowCount() == 12, timeout=20_000)


def test_a_round_is_one_act_and_shows_its_papers(qtbot: QtBot, office: Office) -> None:
    page, said = made(qtbot, office)
    wanted: list[Go] = []
    office.wanted.connect(wanted.append)
    assert page.header.title.text() == "青岚县离退休干部2026年春节慰问"
    assert said[0].undo_act == office.desk.last_act()
    page.header.acts.button("visit_roster").click()
    page.papers.buttons["receipt"].click()
    assert wanted == [
        Go("preview", record=page._record, also="visit_roster"),
        Go("preview", record=page._record, also="receipt"),
    ]
    assert faults(qtbot, page) == []


def test_an_undone_round_says_so(qtbot: QtBot, office: Office) -> None:
    page, said = made(qtbot, office)
    office.desk.undo(said[0].undo_act)
    qtbot.waitUntil(page.error.isVisible, timeout=20_000)
    assert "已经不在台账里" in page.error.text()
    assert page.people.rowCount() == 0


def test_who_is_on_a_round_of_the_year_is_left_out_with_the_reason(qtbot: QtBot, office: Office) -> None:
    made(qtbot, office)
    page = RoundPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("round"))
    qtbot.waitUntil(page.notice.isVisible, timeout=20_000)
    assert page.notice.text().startswith("没有符合条件的人员")
    assert not page.header.acts.button("make").isEnabled()
    page.occasion.set_value("04")
    qtbot.waitUntil(lambda: page._plan is not None, timeout=20_000)
    assert page.people.rowCount() == 12
    assert page.notice.isHidden()


def test_a_paper_that_no_longer_agrees_is_marked_on_its_own_line(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    page, _ = made(qtbot, office)
    record = page._record
    issue(office.ledger, paper("receipt").about(record), Way.PDF, tmp_path / "签领表.pdf")
    page.refresh()
    qtbot.waitUntil(lambda: page.papers._states["receipt"].text() == "01-26 已印", timeout=20_000)
    assert page.papers._notices["receipt"].isHidden()
    with office.desk.unit("改慰问金") as session:
        visit = visits_of(session, record)[0]
        visit.cash = 80000
    qtbot.waitUntil(page.papers._notices["receipt"].isVisible, timeout=20_000)
    assert faults(qtbot, page) == []


def test_enter_walks_through_the_inputs_and_opens_a_card_from_the_list(qtbot: QtBot, office: Office) -> None:
    page = planned(qtbot, office)
    wanted: list[Go] = []
    office.wanted.connect(wanted.append)
    page.cash.line.setFocus()
    press(page.cash.line, Qt.Key.Key_Return)
    assert page.goods.line.hasFocus()
    page.table.setFocus()
    page.table.go_to(0)
    press(page.table, Qt.Key.Key_Return)
    assert wanted[-1].page == "card"
    assert wanted[-1].record == page.people.key(0)


@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_nothing_is_cut_in_large_text(qtbot: QtBot, office: Office, factor: float) -> None:
    dress(factor)
    page = planned(qtbot, office)
    assert faults(qtbot, page) == []
    dress()
