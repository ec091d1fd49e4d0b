"""The page of a round: rules and amounts to a list, changed by hand, made as one act, its papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cadre_desk.actions.visits import left_out_of, visits_of
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import paper
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.office import Go, Office, Person, Said
from cadre_desk.ui.round_dialogs import AmountDialog, InDialog, OutDialog
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


def settled(qtbot: QtBot, page: RoundPage) -> None:
    qtbot.waitUntil(lambda: not page._clock.isActive() and page._shown == page._asked, timeout=20_000)


def planned(qtbot: QtBot, office: Office, go: Go | None = None) -> RoundPage:
    page = RoundPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(go or Go("round"))
    settled(qtbot, page)
    return page


def tick(qtbot: QtBot, page: RoundPage, *keys: str) -> None:
    for key in keys:
        page.rules.lines[key].tick.setFocus()
        press(page.rules.lines[key].tick, Qt.Key.Key_Space)
    settled(qtbot, page)


def priced(qtbot: QtBot, page: RoundPage, amount: str = "600") -> None:
    type_in(page.standard.cash.line, amount)
    settled(qtbot, page)


def names(page: RoundPage) -> list[str]:
    people = page.list.people
    return [people.cell(row, 1).text for row in range(people.rowCount())]


def reasons(page: RoundPage) -> dict[str, str]:
    people = page.list.people
    return {people.cell(row, 1).text: people.cell(row, 4).text for row in range(people.rowCount())}


def made(qtbot: QtBot, office: Office) -> tuple[RoundPage, list[Said]]:
    said: list[Said] = []
    office.said.connect(said.append)
    page = planned(qtbot, office)
    tick(qtbot, page, "age", "alone")
    priced(qtbot, page)
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._record > 0, timeout=20_000)
    settled(qtbot, page)
    return page, said


def dialog(page: RoundPage, kind: type[Any]) -> Any:
    found = page.list.findChildren(kind)[-1]
    assert isinstance(found, QDialog)
    assert found.isVisible()
    return found


def test_rules_count_before_they_are_ticked_and_each_person_is_listed_once(
    qtbot: QtBot, office: Office
) -> None:
    page = planned(qtbot, office)
    assert names(page) == ["于敬之"]
    assert page.rules.lines["age"].count.text() == "7"
    assert page.rules.lines["disabled"].count.text() == "0"
    assert page.rules.lines["alone"].tick.text() == "独居"
    tick(qtbot, page, "age", "alone")
    assert reasons(page) == {
        "于敬之": "离休、80+",
        "王𬭎远": "80+、独居",
        "丁茂才": "80+、独居",
        "卜兰芝": "80+",
        "马淑华": "80+",
        "单国栋": "80+",
        "欧阳德厚": "80+",
    }
    assert page.cost.doubled.text() == "3 人"
    assert page.cost.total.text() == "—"
    assert not page.header.acts.button("make").isEnabled()
    assert faults(qtbot, page) == []


def test_the_sum_follows_what_is_typed_and_the_dearest_rule_counts(qtbot: QtBot, office: Office) -> None:
    page = planned(qtbot, office)
    tick(qtbot, page, "age")
    priced(qtbot, page)
    assert page.cost.total.text() == "¥ 4,200.00"
    assert page.cost.capitals.text() == "人民币肆仟贰佰元整"
    assert page.header.acts.button("make").text() == "建立批次 7 人"
    type_in(page.rules.lines["lixiu"].cash, "1500")
    type_in(page.standard.budget.line, "5000")
    settled(qtbot, page)
    assert page.cost.total.text() == "¥ 5,100.00"
    assert page.cost.each.text() == "600–1,500 元"
    assert page._plan is not None
    assert "从高，不累加" in page._plan.standard
    assert "超出预算 100" in page.cost.notices[0].text()
    assert faults(qtbot, page) == []


def test_the_age_of_the_rule_can_be_changed(qtbot: QtBot, office: Office) -> None:
    page = planned(qtbot, office)
    tick(qtbot, page, "lixiu", "age")
    page.rules.lines["age"].number.clear()
    type_in(page.rules.lines["age"].number, "90")
    settled(qtbot, page)
    assert reasons(page) == {"于敬之": "90+", "欧阳德厚": "90+"}


def test_a_listing_that_was_picked_is_the_only_rule_ticked(qtbot: QtBot, office: Office) -> None:
    lixiu = office.listing(PEOPLE).where(Condition("family_flags", Op.IN, ("1",)))
    page = planned(qtbot, office, Go("round", listing=lixiu))
    assert sorted(names(page)) == ["丁茂才", "王𬭎远"]
    assert set(reasons(page).values()) == {"选好的名单"}
    tick(qtbot, page, "lixiu")
    assert page.list.people.rowCount() == 3


def test_a_saved_view_is_a_rule_too(qtbot: QtBot, office: Office) -> None:
    page = planned(qtbot, office)
    page.rules.view.set_value("view:80岁以上独居")
    settled(qtbot, page)
    assert len(names(page)) == 3


def test_somebody_is_left_out_by_hand_with_a_reason_and_taken_back(qtbot: QtBot, office: Office) -> None:
    page = planned(qtbot, office)
    page.list.table.setFocus()
    press(page.list.table, Qt.Key.Key_Delete)
    asked = dialog(page, OutDialog)
    asked.verb.click()
    assert asked.isVisible()
    type_in(asked.reason, "thanked")
    asked.verb.click()
    settled(qtbot, page)
    assert names(page) == []
    page.list.tabs._take("left_out")
    assert page.list.people.cell(0, 3).text == "thanked"
    press(page.list.table, Qt.Key.Key_Delete)
    settled(qtbot, page)
    page.list.tabs._take("listed")
    assert names(page) == ["于敬之"]


def test_somebody_no_rule_hits_is_added_with_a_reason_and_paid_otherwise(
    qtbot: QtBot, office: Office
) -> None:
    page = planned(qtbot, office)
    priced(qtbot, page)
    page.list.table.setFocus()
    press(page.list.table, Qt.Key.Key_Insert)
    asked = dialog(page, InDialog)
    assert asked.focusWidget() is asked.person.line
    type_in(asked.person.line, "qyy")
    press(asked.person.line, Qt.Key.Key_Return)
    assert asked.person.line.text().startswith("秦友谊")
    type_in(asked.reason, "fire")
    asked.verb.click()
    settled(qtbot, page)
    assert reasons(page)["秦友谊"] == "fire"
    page.list.table.go_to(names(page).index("秦友谊"))
    press(page.list.table, Qt.Key.Key_F2)
    other = dialog(page, AmountDialog)
    other.cash.line.clear()
    type_in(other.cash.line, "1000")
    type_in(other.reason, "more")
    other.verb.click()
    settled(qtbot, page)
    assert page.cost.total.text() == "¥ 1,600.00"
    page.header.acts.button("make").click()
    qtbot.waitUntil(lambda: page._record > 0, timeout=20_000)
    with office.desk.read() as session:
        kept = {one.reason: (one.by_hand, one.cash, one.cash_reason) for one in visits_of(session, 1)}
    assert kept == {"离休": (None, 60000, None), "fire": (True, 100000, "more")}


def test_a_round_is_one_act_and_shows_its_papers_and_rules(qtbot: QtBot, office: Office) -> None:
    page, said = made(qtbot, office)
    wanted: list[Go] = []
    office.wanted.connect(wanted.append)
    assert page.header.title.text() == "青岚县离退休干部2026年春节慰问"
    assert said[0].undo_act == office.desk.last_act()
    assert page.facts.isVisible()
    assert page.rules.isHidden()
    page.header.acts.button("visit_roster").click()
    page.papers.buttons["receipt"].click()
    assert wanted == [
        Go("preview", record=page._record, also="visit_roster"),
        Go("preview", record=page._record, also="receipt"),
    ]
    assert faults(qtbot, page) == []


def test_an_undone_round_says_so_and_leaves_nothing(qtbot: QtBot, office: Office) -> None:
    page, said = made(qtbot, office)
    office.desk.undo(said[0].undo_act)
    qtbot.waitUntil(page.error.isVisible, timeout=20_000)
    assert "已经不在台账里" in page.error.text()
    assert names(page) == []
    with office.desk.read() as session:
        assert not visits_of(session, 1)
        assert not left_out_of(session, 1)


def test_who_is_on_a_round_of_the_year_is_left_out_with_the_reason(qtbot: QtBot, office: Office) -> None:
    made(qtbot, office)
    page = planned(qtbot, office)
    assert page.list.notice.text().startswith("没有符合条件的人员")
    assert not page.header.acts.button("make").isEnabled()
    page.list.tabs._take("left_out")
    assert page.list.people.cell(0, 3).text.startswith("本年同一时机已列入")
    page.standard.occasion.set_value("04")
    settled(qtbot, page)
    page.list.tabs._take("listed")
    assert names(page) == ["于敬之"]
    assert page.list.notice.isHidden()


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
    page.standard.cash.line.setFocus()
    press(page.standard.cash.line, Qt.Key.Key_Return)
    assert page.standard.goods.line.hasFocus()
    page.list.table.setFocus()
    page.list.table.go_to(0)
    press(page.list.table, Qt.Key.Key_Return)
    assert wanted[-1].page == "card"
    assert wanted[-1].record == page.list.people.key(0)


@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_nothing_is_cut_in_large_text(qtbot: QtBot, office: Office, factor: float) -> None:
    dress(factor)
    page = planned(qtbot, office)
    assert faults(qtbot, page) == []
    dress()
