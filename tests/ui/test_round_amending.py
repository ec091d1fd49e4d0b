"""A round that was made: its alarms, and what is changed of its list by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cadre_desk.actions import records
from cadre_desk.actions.visits import Edit
from cadre_desk.registers.visits import STANDARDS
from cadre_desk.ui.office import Go, Office, Person, Said
from cadre_desk.ui.round_dialogs import AmountDialog, InDialog, OutDialog, PassDialog
from cadre_desk.ui.round_page import RoundPage
from tests import rounds
from tests.ledgers import TODAY, village
from tests.ui.desk_window import dress, faults, press, show, type_in

KING = 1


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    del qtbot
    dress()
    found = Office(village(tmp_path), Person("周敏", "2"))
    yield found
    found.close()


def settled(qtbot: QtBot, page: RoundPage) -> None:
    qtbot.waitUntil(lambda: not page._clock.isActive() and page._shown == page._asked, timeout=20_000)


def opened(qtbot: QtBot, office: Office) -> RoundPage:
    with office.desk.unit("登记慰问标准") as session:
        values = {"year": 2026, "occasion": "01", "payee": "0", "level": "0", "cash": 50000, "times": 1}
        records.keep(session, STANDARDS, values, today=TODAY)
    plan = rounds.plan(office.ledger, *rounds.rules("age"), edited={KING: Edit(90000, "百岁老人")})
    record = rounds.make(office.ledger, plan)
    page = RoundPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("round", register="rounds", record=record))
    settled(qtbot, page)
    return page


def lines(page: RoundPage) -> list[list[str]]:
    """The rows without their serial."""
    people = page.list.people
    columns = range(1, people.columnCount())
    return [[people.cell(row, column).text for column in columns] for row in range(people.rowCount())]


def rows(page: RoundPage) -> dict[str, list[str]]:
    """The rows by name."""
    return {line[0]: line[1:] for line in lines(page)}


def dialog(page: RoundPage, kind: type[Any]) -> Any:
    found = page.list.findChildren(kind)[-1]
    assert found.isVisible()
    return found


def confirm(qtbot: QtBot, page: RoundPage, found: Any, reason: str) -> None:
    told: list[Said] = []
    page.office.said.connect(told.append)
    found.reason.setPlainText(reason)
    found.verb.click()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    settled(qtbot, page)


def test_alarms_stop_the_money_paper_until_they_are_let_pass_together(qtbot: QtBot, office: Office) -> None:
    page = opened(qtbot, office)
    assert page.list.notice.text().startswith("有 6 条发放提醒没有处理")
    page.list.show_alarms()
    told = lines(page)
    off = ["于敬之", "不合标准", "发 600 元，标准是 500 元，没有写原因。", "待处理"]
    assert off in told
    assert faults(qtbot, page) == []
    first = told.index(off)
    page.list.table.go_to(first)
    press(page.list, Qt.Key.Key_F8)
    found = dialog(page, PassDialog)
    assert found.alike.text() == "否"
    found.verb.click()
    assert found.isVisible()
    found.alike.set_value(True)
    confirm(qtbot, page, found, "方案已经局务会同意")
    qtbot.waitUntil(page.list.notice.isHidden, timeout=20_000)
    assert [row[3] for row in lines(page)].count("放行：方案已经局务会同意") == 6
    office.desk.undo()
    qtbot.waitUntil(page.list.notice.isVisible, timeout=20_000)


def test_somebody_is_taken_off_and_back_on_by_keys(qtbot: QtBot, office: Office) -> None:
    page = opened(qtbot, office)
    place = list(rows(page)).index("王𬭎远")
    page.list.table.go_to(place)
    press(page.list, Qt.Key.Key_Delete)
    confirm(qtbot, page, dialog(page, OutDialog), "本人谢绝")
    qtbot.waitUntil(lambda: "王𬭎远" not in rows(page), timeout=20_000)
    page.list.tabs._take("left_out")
    assert rows(page)["王𬭎远"] == ["80+", "本人谢绝"]
    page.list.table.go_to(0)
    press(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not rows(page), timeout=20_000)
    page.list.tabs._take("listed")
    assert "王𬭎远" in rows(page)


def test_an_amount_is_changed_and_somebody_added_after_the_round_was_made(
    qtbot: QtBot, office: Office
) -> None:
    page = opened(qtbot, office)
    page.list.table.go_to(0)
    press(page.list, Qt.Key.Key_F2)
    found = dialog(page, AmountDialog)
    found.cash.line.clear()
    type_in(found.cash.line, "800")
    confirm(qtbot, page, found, "住院增发")
    qtbot.waitUntil(lambda: "800" in [row[-1] for row in rows(page).values()], timeout=20_000)
    press(page.list, Qt.Key.Key_Insert)
    adding = dialog(page, InDialog)
    adding.person.set_value("11")
    confirm(qtbot, page, adding, "家庭变故")
    qtbot.waitUntil(lambda: "秦友谊" in rows(page), timeout=20_000)
    assert rows(page)["秦友谊"][-1] == "500"


def test_what_cannot_be_done_is_said_and_nothing_changes(qtbot: QtBot, office: Office) -> None:
    page = opened(qtbot, office)
    before = rows(page)
    page.list.in_asked.emit(KING, "再加一次")
    qtbot.waitUntil(page.error.isVisible, timeout=20_000)
    assert "已经在名单里" in page.error.text()
    assert rows(page) == before


def test_ctrl_p_leads_to_the_paper_that_is_next(qtbot: QtBot, office: Office) -> None:
    page = opened(qtbot, office)
    wanted: list[Go] = []
    office.wanted.connect(wanted.append)
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert (wanted[-1].page, wanted[-1].also) == ("preview", "visit_roster")


def test_a_round_by_the_standard_needs_no_amount(qtbot: QtBot, office: Office) -> None:
    page = opened(qtbot, office)
    office.desk.undo()
    page.arrive(Go("round"))
    settled(qtbot, page)
    assert page.standard.cash.line.placeholderText() == "不填按标准"
    assert page.header.acts.button("make").isEnabled()
    assert page.cost.total.text() == "¥ 500.00"


@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_nothing_is_cut_in_large_text(qtbot: QtBot, office: Office, factor: float) -> None:
    dress(factor)
    page = opened(qtbot, office)
    page.list.show_alarms()
    assert faults(qtbot, page) == []
    dress()
