"""The card: who it is, what is owed, masked values shown on request, neighbours, history with undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people
from cadre_desk.db.models import SightLog
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.card_header import Fact
from cadre_desk.ui.kit import motion
from cadre_desk.ui.kit.audit import audit
from cadre_desk.ui.kit.buttons import Button
from cadre_desk.ui.kit.parts import Chip
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go
from tests.ui.card_looking import Looking, look_on
from tests.ui.card_office import TODAY, dress


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawers stand at once."""
    monkeypatch.setattr(motion, "allowed", lambda: False)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Looking]:
    dress(qapp)
    yield from look_on(qtbot, tmp_path)


def chips(desk: Looking) -> list[str]:
    return [chip.text() for chip in desk.page.head.findChildren(Chip) if not chip.isHidden()]


def test_the_head_tells_who_he_is_and_what_one_phones_for(desk: Looking, qtbot: QtBot) -> None:
    desk.look(desk.keys.wang)
    qtbot.waitUntil(lambda: chips(desk) == ["退休", "正科级", "中共党员"])
    head = desk.page.head
    assert head.name.text() == "王𬭎远"
    assert head.line.text() == "男·89 周岁（虚岁 90）·汉族·县水利局原总工程师"
    words = [text.text() for text in head.findChildren(Text)]
    for fact in ("水利系统支部", "县委组织部 陈立新", "139****5678", "滨河街道·独居", "1996年3月"):
        assert fact in words
    assert "13900005678" not in words


def test_the_head_says_that_somebody_lives_elsewhere_and_where(desk: Looking) -> None:
    desk.keep("变更", {"live_mode": "2", "live_division": "310115"}, desk.keys.wang)
    desk.look(desk.keys.wang)
    assert "居住 异地常住·上海市浦东新区·滨河街道·独居" in [
        one.accessibleName() for one in desk.page.head.findChildren(Fact)
    ]
    desk.page.body.show_tab("family")
    assert desk.value("live_division").value.text() == "上海市浦东新区"


def test_the_age_of_who_was_born_in_a_year_is_told_as_about(desk: Looking) -> None:
    desk.keep("更正", {"birth_archive": PartialDate(1936)}, desk.keys.wang)
    desk.look(desk.keys.wang)
    assert "约 90 周岁（虚岁约 90）" in desk.page.head.line.text()
    assert "只知出生年，从1月1日算起" in desk.value("age").value.text()


def test_alarms_say_what_is_owed_each_with_its_verb(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    assert desk.page.head.alarms() == [
        "3 月 9 日（农历）逢九十寿辰，尚未安排祝寿",
        "身份证与档案出生年月不一致",
        "在党满 50 年，没有登记纪念章",
    ]
    desk.look(desk.keys.sun)
    assert desk.page.head.alarms() == [
        "没有紧急联系人",
        "没有登记电话",
        "春节慰问已造册，还没有走访",
    ]


def test_each_alarm_leads_to_where_it_is_done(desk: Looking) -> None:
    desk.look(desk.keys.wang, among=(desk.keys.wang,), also="独居")
    head = desk.page.head
    head.acted.emit("basis")
    assert desk.page.notes.isVisible()
    desk.page.notes.shut()
    head.acted.emit("field=fifty_medal")
    assert (desk.went[-1].page, desk.went[-1].also) == ("edit", "field=fifty_medal;among=独居")
    head.acted.emit("round")
    assert desk.went[-1].page == "round"
    assert desk.went[-1].listing is not None
    with desk.office.desk.read() as session:
        assert desk.went[-1].listing.ids(session) == [desk.keys.wang]
    head.acted.emit("tab=visits")
    assert desk.page.body.tabs.current() == "visits"


def test_a_party_member_without_a_branch_and_one_in_hospital_are_told(desk: Looking) -> None:
    desk.keep("住院", {"in_hospital": True, "branch_id": None}, desk.keys.wang)
    desk.look(desk.keys.wang)
    told = desk.page.head.alarms()
    assert "中共党员没有所在党支部" in told
    assert any(one.startswith("正在住院") for one in told)
    assert len(told) == 5
    desk.page.head.all_asked.emit()
    assert desk.page.notes.isVisible()


def test_the_dead_are_told_as_such_and_owe_nothing(desk: Looking, qtbot: QtBot) -> None:
    with desk.office.desk.unit("登记去世：王𬭎远") as session:
        people.record_death(session, desk.keys.wang, PartialDate(2026, 1, 20), today=TODAY)
    desk.look(desk.keys.wang)
    qtbot.waitUntil(lambda: chips(desk) == ["2026年1月20日去世", "退休", "正科级"])
    assert desk.page.head.alarms() == ["身份证与档案出生年月不一致"]


def test_masked_values_are_shown_on_request_and_that_is_written_down(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    view = desk.value("id_no")
    assert view.value.text() == "500101********0014"
    view.reveal_asked.emit()
    assert view.value.text() == "500101193702110014"
    with desk.office.desk.read() as session:
        assert list(session.scalars(sa.select(SightLog.what))) == ["查看 王𬭎远：身份证号"]


def test_the_telephone_in_the_head_is_shown_on_request_as_well(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    desk.page.head.reveal_asked.emit("phone")
    assert "13900005678" in [text.text() for text in desk.page.head.findChildren(Text)]
    assert desk.value("phone").value.text() == "13900005678"
    with desk.office.desk.read() as session:
        assert list(session.scalars(sa.select(SightLog.what))) == ["查看 王𬭎远：手机"]


def test_a_lifted_mask_falls_again_for_the_next_person(desk: Looking) -> None:
    for record in (desk.keys.wang, desk.keys.sun):
        desk.keep("登记病种", {"diseases": f"病{record}"}, record)
    desk.look(desk.keys.wang)
    desk.value("diseases").reveal_asked.emit()
    assert desk.value("diseases").value.text() == f"病{desk.keys.wang}"
    desk.look(desk.keys.sun)
    assert desk.value("diseases").value.text() == "＊"


def test_what_papers_ask_for_is_shown_as_missing_and_the_rest_left_out(desk: Looking) -> None:
    desk.look(desk.keys.others[0])
    assert desk.value("id_no").value.text() == "未填"
    keys = {key for one in desk.page.body.sections for key in one.views}
    assert "top_post" not in keys


def test_an_odd_birth_date_carries_a_chip(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    assert [chip.text() for chip in desk.value("birth_id").findChildren(Chip)] == ["差 12 个月"]
    assert desk.value("age").value.text() == "89 周岁·虚岁 90"


def test_neighbours_of_the_list_are_one_key_away(desk: Looking) -> None:
    among = (desk.keys.sun, desk.keys.wang, *desk.keys.others)
    desk.look(desk.keys.wang, among=among, also="80岁以上独居")
    assert desk.page.place.text() == "80岁以上独居 第 2 / 5 人"
    desk.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert desk.went[-1] == Go("card", "people", record=among[2], among=among, also="80岁以上独居")
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.went[-1].record == desk.keys.sun
    desk.look(desk.keys.sun, among=among)
    assert not desk.page.before.isEnabled()
    desk.look(desk.keys.sun)
    assert desk.page.place.text() == ""
    assert desk.page.before.isHidden()


def test_the_tab_stays_from_person_to_person(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    desk.page.body.tabs.chosen.emit("family")
    desk.look(desk.keys.sun)
    assert desk.page.body.tabs.current() == "family"


def test_edit_and_print_are_one_key_away(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    desk.press(Qt.Key.Key_F2)
    assert (desk.went[-1].page, desk.went[-1].record) == ("edit", desk.keys.wang)
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.went[-1] == Go("preview", "people", record=desk.keys.wang, also="card")
    desk.page.header.parent_asked.emit("list")
    assert desk.went[-1] == Go("list", "people")


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_menu_offers_the_ways_off_the_books(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    desk.page.header.acts.button("moves").click()
    menu = desk.page.findChild(QMenu)
    assert menu is not None
    words = [act.text() for act in menu.actions()]
    assert words == ["登记去世", "转出（管理关系移交）", "取消待遇", "注销（重复或误录）"]
    menu.close()


@pytest.mark.parametrize("register", ["units", "branches", "places", "contacts", "rounds", "movements"])
def test_any_register_has_cards(desk: Looking, register: str) -> None:
    with desk.office.desk.read() as session:
        record = desk.office.listing(REGISTERS[register]).ids(session)[0]
    desk.look(record, register)
    assert desk.page.head.name.text()
    assert desk.tabs()[0] == "基本"
    assert desk.tabs()[-1] == "历史"
    assert not desk.page.header.acts.findChildren(Button, "act-print")


def test_a_branch_lists_its_members_and_opens_them(desk: Looking) -> None:
    desk.look(desk.keys.water_branch, "branches")
    assert desk.tabs() == ["基本", "老干部", "组织关系", "历史"]
    desk.page.body.lists["people", "branch_id"].table.opened.emit(0)
    assert desk.went[-1] == Go("card", "people", record=desk.keys.wang)
    desk.page.body.lists["people", "branch_id"].more.click()
    wanted = desk.went[-1].listing
    assert wanted is not None
    with desk.office.desk.read() as session:
        assert wanted.ids(session) == [desk.keys.wang]


def test_a_new_record_that_belongs_to_it_begins_with_the_link(desk: Looking) -> None:
    desk.look(desk.keys.water, "units")
    desk.page.body.add_asked.emit("people", "manage_unit_id")
    assert desk.went[-1] == Go("edit", "people", also=f"manage_unit_id={desk.keys.water}")


def test_the_card_of_a_person_of_the_last_century_is_told_in_its_own_day(desk: Looking) -> None:
    desk.look(desk.keys.others[1])
    assert desk.page.head.line.text().startswith("87 周岁")
    assert date(2026, 1, 26) == TODAY


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_nothing_is_cut_or_overlaps(qtbot: QtBot, qapp: QApplication, tmp_path: Path, factor: float) -> None:
    dress(qapp, factor)
    for desk in look_on(qtbot, tmp_path):
        everyone = (desk.keys.wang, desk.keys.sun, desk.keys.others[0])
        for record in everyone[:2]:
            desk.look(record, among=everyone, also="80岁以上独居")
            for tab in ("basic", "care", "family", "party", "visits", "moves", "history"):
                desk.page.body.show_tab(tab)
                settle(desk)
            desk.page.body.show_tab("basic")
        desk.look(desk.keys.water_branch, "branches")
        settle(desk)


def settle(desk: Looking) -> None:
    """Let the layout come to rest; then nothing is wrong with it."""
    for _ in range(40):
        QTest.qWait(10)
        if not audit(desk.window):
            break
    assert [str(one) for one in audit(desk.window)] == []
