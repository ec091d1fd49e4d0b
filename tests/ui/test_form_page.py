"""The form: walked through with Enter, problems where they stand, saved as one act, nothing typed lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cadre_desk.db.models import SightLog
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.card_layout import layout_of
from cadre_desk.ui.kit.audit import audit
from cadre_desk.ui.kit.notices import Notice
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go
from tests.ui.card_office import dress
from tests.ui.form_sitting import Sitting, sit


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    dress(qapp)
    yield from sit(qtbot, tmp_path)


def test_every_field_of_a_form_has_its_place_once() -> None:
    for register in REGISTERS.values():
        layout = layout_of(register)
        typed = [key for section in layout.sections for key in section.typed]
        assert len(typed) == len(set(typed))
        assert set(typed) | layout.locked == set(register.form)
        assert {section.tab for section in layout.sections} <= {tab for tab, _ in layout.tabs}


def test_every_field_of_a_person_is_read_somewhere() -> None:
    shown = {key for section in layout_of(PEOPLE).sections for key in section.read}
    assert shown - {"age", "party_years"} == set(PEOPLE.form)


def test_enter_walks_on_and_shift_enter_back_over_the_tabs(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    assert desk.at == "name"
    desk.press(Qt.Key.Key_Return)
    assert desk.at == "id_no"
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.at == "name"
    desk.page.form.go_to("note")
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.at == "serial"
    desk.press(Qt.Key.Key_Return)
    assert desk.page.tabs.current() == "care"
    assert desk.at == "treatment_level"


def test_enter_passes_over_what_is_locked(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.page.form.go_to("birth_archive")
    assert desk.page.form.editors["birth_id"].is_locked
    desk.press(Qt.Key.Key_Return)
    assert desk.at == "lunar_birth"


def test_what_changes_stands_beside_the_form_old_and_new_and_masked(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.page.form.go_to("birth_archive")
    desk.line("birth_archive").clear()
    desk.type_("1952.7")
    desk.write("phone", "13812346127")
    assert desk.page.panel.lines() == [
        "出生年月（档案）：1953年1月 改为 1952年7月",
        "手机：空 改为 138****6127",
    ]
    assert desk.page.foot.count.text() == "已改 2 项"
    assert desk.page.foot.state.text() == "1 处提醒，可以保存"
    words = [text.text() for text in desk.page.panel.findChildren(Text)]
    assert "80 岁以上名单不变；80 岁寿辰由 2033年1月 提前到 2032年7月。" in words


def test_a_clicked_tab_gives_its_first_field_the_keyboard(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    strip = desk.page.tabs
    care = next(one for one in strip.findChildren(QAbstractButton) if one.text() == "待遇与健康")
    QTest.mouseClick(care, Qt.MouseButton.LeftButton)
    assert desk.at == "treatment_level"
    care.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Right)
    assert (strip.current(), desk.at) == ("family", "")


def test_what_cannot_be_read_as_a_date_may_be_left_out_where_it_may(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("work_start", "不详")
    desk.page.form.go_to("work_start")
    desk.press(Qt.Key.Key_Return)
    assert desk.problem("work_start").endswith("查不到就留空。")


def test_a_region_is_typed_as_its_code_and_told_by_its_name(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.page.form.go_to("live_division")
    desk.type_("310115")
    assert desk.page.form.editors["live_division"].input.echo() == "上海市浦东新区"
    desk.line("live_division").clear()
    desk.type_("999999")
    assert desk.page.form.editors["live_division"].input.echo() == "999999（名称不详）"


def test_a_birth_known_by_its_year_echoes_ages_that_are_about_right(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.page.form.go_to("birth_archive")
    desk.line("birth_archive").clear()
    desk.type_("1953")
    echo = desk.page.form.editors["birth_archive"].input.echo()
    assert echo == "1953年·约 73 周岁·虚岁约 73·只知出生年，从1月1日算起"


def test_what_is_half_typed_is_no_change_yet_but_is_asked_about(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.page.form.go_to("rank")
    desk.type_("dyy")
    assert desk.page.panel.lines() == []
    assert not desk.page.may_leave()
    desk.page.question.buttons["stay"].click()
    assert desk.page.panel.lines() == ["职级（2019）：空 改为 「dyy」看不懂"]


def test_a_warning_can_be_passed_explained_and_written_down(desk: Sitting) -> None:
    desk.edit(desk.keys.wang)
    assert desk.problem("birth_archive").startswith("档案出生年月比身份证早 12 个月")
    notice = desk.page.form.editors["birth_archive"].input.findChild(Notice)
    assert notice is not None
    notice.acted.emit("basis")
    assert desk.page.drawer.isVisible()
    desk.page.drawer.shut()
    notice.acted.emit("note")
    assert desk.at == "note"
    note = desk.page.form.editors["note"].input.editor
    assert isinstance(note, QPlainTextEdit)
    assert "组通字〔2006〕41号" in note.toPlainText()
    desk.save()
    assert "按档案最早记载" in (desk.person(desk.keys.wang).note or "")


def test_escape_leaves_at_once_when_nothing_changed(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.press(Qt.Key.Key_Escape)
    assert desk.went[-1] == Go("card", "people", record=desk.keys.sun)


def test_escape_asks_when_something_changed_and_staying_loses_nothing(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("last_post", "党委书记")
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.question.isVisible()
    assert "1 项改动" in desk.page.question.words.text()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.page.question.isVisible()
    assert desk.line("last_post").text() == "党委书记"
    assert desk.went == []


def test_dropping_changes_leads_where_she_wanted_to_go(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("last_post", "党委书记")
    assert not desk.page.may_leave()
    desk.office.go("today")
    desk.page.question.buttons["drop"].click()
    assert desk.went[-1].page == "today"
    assert desk.page.may_leave()
    assert desk.person(desk.keys.sun).last_post == "书记"


def test_the_question_can_save_as_well(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("last_post", "党委书记")
    desk.page.leave()
    desk.page.question.buttons["save"].click()
    assert desk.person(desk.keys.sun).last_post == "党委书记"


def test_what_is_typed_for_a_record_survives_coming_back_to_it(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("last_post", "党委书记")
    desk.edit(desk.keys.sun)
    assert desk.line("last_post").text() == "党委书记"


def test_an_undo_elsewhere_keeps_what_is_being_typed(desk: Sitting, qtbot: QtBot) -> None:
    desk.edit(desk.keys.sun)
    desk.write("last_post", "党委书记")
    desk.save()
    desk.edit(desk.keys.sun)
    desk.write("title", "工程师")
    desk.office.desk.undo()
    qtbot.waitUntil(lambda: desk.line("last_post").text() == "书记")
    assert desk.line("title").text() == "工程师"
    assert [one.key for one in desk.page.form.changes()] == ["title"]


def test_the_whole_of_a_sensitive_value_is_shown_for_typing_and_that_is_written_down(desk: Sitting) -> None:
    desk.edit(desk.keys.wang)
    assert desk.line("id_no").text() == "500101193702110014"
    with desk.office.desk.read() as session:
        noted = list(session.scalars(sa.select(SightLog.what)))
    assert noted == ["修改 王𬭎远：身份证号、详细住址、手机"]


def test_an_id_number_fills_in_sex_and_birth_and_overwrites_nothing(desk: Sitting) -> None:
    desk.edit(0)
    desk.page.form.go_to("id_no")
    desk.type_("500101193806150029")
    form = desk.page.form
    assert form.editors["sex"].value() == "2"
    assert form.editors["birth_id"].value() == date(1938, 6, 15)
    assert form.editors["birth_id"].is_locked
    desk.edit(desk.keys.others[0])
    desk.write("sex", "男")
    desk.page.form.go_to("id_no")
    desk.type_("500101193806150029")
    assert desk.page.form.editors["sex"].value() == "1"
    assert "性别与身份证号" in desk.problem("sex")


def test_a_card_date_that_the_number_contradicts_is_told_and_mended_by_one_link(desk: Sitting) -> None:
    desk.edit(desk.keys.others[0])
    desk.write("birth_id", "1941.8.9")
    desk.write("id_no", "500101193806150029")
    assert "1938年6月15日" in desk.problem("birth_id")
    notice = desk.page.form.editors["birth_id"].input.findChild(Notice)
    assert notice is not None
    notice.acted.emit("from-id")
    assert desk.page.form.editors["birth_id"].value() == date(1938, 6, 15)


def test_a_death_is_never_typed_into_a_form(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    assert desk.page.form.editors["death_date"].is_locked
    assert "status" not in desk.page.form.editors
    assert "moves" not in [button.tab.key for button in desk.page.tabs._buttons]


def test_in_a_narrow_window_the_changes_open_as_a_drawer(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp, 1.5)
    for desk in sit(qtbot, tmp_path):
        desk.edit(desk.keys.sun)
        desk.write("last_post", "党委书记")
        assert not desk.page.panel.isVisible()
        desk.page.foot.more.click()
        assert desk.page.drawer.isVisible()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_nothing_is_cut_or_overlaps(qtbot: QtBot, qapp: QApplication, tmp_path: Path, factor: float) -> None:
    dress(qapp, factor)
    for desk in sit(qtbot, tmp_path):
        for record in (desk.keys.wang, 0):
            desk.edit(record)
            desk.write("last_post", "党委书记、局长，兼任县老科协会长")
            desk.write("retire_date", "1900.1")
            desk.write("retire_type", "离休")
            settle(desk)
            desk.page.leave()
            settle(desk)
            desk.page.question.buttons["drop"].click()


def settle(desk: Sitting) -> None:
    """Let the layout come to rest; then nothing is wrong with it."""
    for _ in range(40):
        QTest.qWait(10)
        if not audit(desk.window):
            break
    assert [str(one) for one in audit(desk.window)] == []
