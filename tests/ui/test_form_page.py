"""The form: walked through with Enter, problems where they stand, saved as one act, nothing typed lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.actions.history import held_by
from cadre_desk.db.clock import Clock
from cadre_desk.db.models import Membership, Movement, Person, SightLog
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.card_layout import layout_of
from cadre_desk.ui.form_page import FormPage
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.audit import audit
from cadre_desk.ui.kit.notices import Notice
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go, Office, Said
from cadre_desk.ui.person_form import ENTRY_DAY, ENTRY_FIELDS, ENTRY_KIND
from tests.ui.card_office import Keys, dress, open_office


@dataclass
class Sitting:
    """A clerk before the form: the page in its window, and what was said and asked for."""

    page: FormPage
    window: QWidget
    office: Office
    keys: Keys
    said: list[Said]
    went: list[Go]

    def edit(self, record: int, register: str = "people", **more: Any) -> None:
        self.page.arrive(Go("edit", register, record=record, **more))

    def line(self, key: str) -> QLineEdit:
        found = self.page.form.editors[key].input.editor
        assert isinstance(found, QLineEdit)
        return found

    def write(self, key: str, text: str) -> None:
        """As an input method would put it in."""
        self.line(key).setText(text)
        self.line(key).textEdited.emit(text)

    def type_(self, text: str) -> None:
        """Keys, wherever the keyboard stands."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def save(self) -> None:
        self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    @property
    def at(self) -> str:
        """The field that has the keyboard."""
        editors = self.page.form.editors.items()
        return next((key for key, one in editors if one.is_made and one.input.editor.hasFocus()), "")

    def problem(self, key: str) -> str:
        return self.page.form.editors[key].input.problem()

    def person(self, record: int) -> Person:
        with self.office.desk.read() as session:
            return session.get_one(Person, record)

    def acts(self) -> int:
        return self.office.desk.last_act() or 0


def sit(qtbot: QtBot, folder: Path) -> Iterator[Sitting]:
    with open_office(folder) as (office, keys, said, went):
        page = FormPage(office)
        window = QWidget()
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        yield Sitting(page, window, office, keys, said, went)


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
    assert desk.problem("birth_archive").startswith("比身份证早 12 个月")
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


def test_saving_is_one_act_told_with_its_undo_and_leads_to_the_card(desk: Sitting) -> None:
    desk.edit(desk.keys.sun, among=(desk.keys.sun, desk.keys.wang), also="field=last_post;among=80岁以上独居")
    assert desk.at == "last_post"
    desk.write("last_post", "党委书记")
    before = desk.acts()
    desk.save()
    assert desk.person(desk.keys.sun).last_post == "党委书记"
    assert desk.said[-1].text == "已保存　修改：孙德奎"
    assert desk.said[-1].undo_act == desk.acts() > before
    assert desk.went[-1] == Go(
        "card", "people", record=desk.keys.sun, among=(desk.keys.sun, desk.keys.wang), also="80岁以上独居"
    )


def test_saving_nothing_writes_nothing(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    before = desk.acts()
    desk.save()
    assert desk.acts() == before
    assert desk.went[-1].page == "card"


def test_what_stops_the_saving_gets_the_keyboard_and_nothing_typed_is_lost(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("last_post", "党委书记")
    desk.write("retire_date", "1960.1")
    assert "早于参加工作时间" in desk.problem("retire_date")
    desk.save()
    assert desk.at == "retire_date"
    assert desk.page.foot.state.text() == "1 处要改好才能保存，F4 到下一处"
    assert desk.line("last_post").text() == "党委书记"
    assert desk.person(desk.keys.sun).last_post == "书记"
    desk.page.form.go_to("name")
    desk.press(Qt.Key.Key_F4)
    assert desk.at == "retire_date"


def test_what_is_missing_is_said_only_once_she_tried_to_save(desk: Sitting) -> None:
    desk.edit(0)
    desk.write("last_unit", "县水利局")
    assert desk.problem("name") == ""
    desk.save()
    assert desk.problem("name") == "「姓名」必须填写。"
    assert desk.at == "name"


def test_a_refusal_of_the_ledger_lands_at_its_field(desk: Sitting) -> None:
    desk.edit(0, "units")
    desk.write("name", "县水利局")
    desk.write("serial", "9")
    desk.save()
    assert "相同" in desk.problem("name")
    assert desk.line("serial").text() == "9"


def test_a_dated_field_asks_whether_it_was_always_so(desk: Sitting) -> None:
    desk.office.desk.clock = Clock(date(2026, 3, 2))
    desk.edit(desk.keys.sun)
    desk.write("treatment_level", "副科级")
    assert not desk.page.dated.isHidden()
    assert desk.page.dated.how() is None
    desk.save()
    assert "请先选" in desk.page.dated.problem.text()
    assert desk.person(desk.keys.sun).treatment_level == "41"
    desk.page.dated.correction.setChecked(True)
    desk.save()
    held = facts(desk, "treatment_level")
    assert [(one.value, one.since.iso) for one in held] == [("副科级", "2013-02")]


def facts(desk: Sitting, key: str) -> list[Any]:
    with desk.office.desk.read() as session:
        held = held_by(session, PEOPLE, desk.keys.sun, today=desk.office.today())
    return [one for one in held if one.key == key]


def test_a_change_needs_its_day_and_keeps_what_was_before(desk: Sitting) -> None:
    desk.office.desk.clock = Clock(date(2026, 3, 2))
    desk.edit(desk.keys.sun)
    desk.write("treatment_level", "副科级")
    desk.page.dated.change.setChecked(True)
    for typed, said in (("", "从哪一天起"), ("2026.5.1", "还没有到"), ("2010.1", "要在它之后")):
        desk.page.dated.since.set_value(typed)
        desk.save()
        assert said in desk.page.dated.problem.text()
    desk.page.dated.since.editor.setFocus()
    desk.page.dated.since.set_value("")
    desk.type_("2026.2.15")
    assert desk.page.dated.since.echo() == "2026年2月15日"
    desk.save()
    held = facts(desk, "treatment_level")
    assert [(one.value, one.since.iso) for one in held] == [("副科级", "2026-02-15"), ("正科级", "2013-02")]
    assert desk.said[-1].text == "已保存　变更：孙德奎"


def test_what_was_entered_today_is_rather_corrected(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("treatment_level", "副科级")
    assert desk.page.dated.correction.isChecked()
    desk.line("treatment_level").clear()
    desk.write("treatment_level", "正科级")
    assert desk.page.dated.isHidden()


def test_another_branch_is_a_transfer_or_a_correction_of_the_membership(desk: Sitting) -> None:
    desk.edit(desk.keys.sun)
    desk.write("branch_id", "水利系统支部")
    desk.page.dated.change.setChecked(True)
    desk.page.dated.since.set_value("2026.1.20")
    desk.save()
    assert [(one.branch_id, one.left is None) for one in memberships(desk)] == [
        (desk.keys.power_branch, False),
        (desk.keys.water_branch, True),
    ]
    desk.office.desk.undo()
    desk.edit(desk.keys.sun)
    desk.write("branch_id", "水利系统支部")
    desk.page.dated.correction.setChecked(True)
    desk.save()
    assert [(one.branch_id, one.left is None) for one in memberships(desk)] == [
        (desk.keys.water_branch, True)
    ]


def memberships(desk: Sitting) -> list[Membership]:
    with desk.office.desk.read() as session:
        query = sa.select(Membership).where(Membership.person_id == desk.keys.sun).order_by(Membership.id)
        return list(session.scalars(query))


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


def test_a_new_person_is_admitted_with_kind_day_and_membership(desk: Sitting) -> None:
    desk.edit(0)
    assert desk.page.form.editors[ENTRY_KIND].value() == "11"
    desk.write(ENTRY_KIND, "转入")
    desk.write(ENTRY_DAY, "2026.1.15")
    desk.write("name", "赵克勤")
    desk.write("birth_archive", "1938.1")
    desk.write("political", "中共党员")
    desk.write("party_join", "1960.7")
    desk.write("branch_id", "供电系统支部")
    desk.save()
    with desk.office.desk.read() as session:
        made = session.scalars(sa.select(Person).where(Person.name == "赵克勤")).one()
        moved = session.scalars(sa.select(Movement).where(Movement.person_id == made.id)).one()
        member = session.scalars(sa.select(Membership).where(Membership.person_id == made.id)).one()
    assert (moved.kind, moved.happened, moved.booked) == ("12", PartialDate(2026, 1, 15), date(2026, 1, 15))
    assert member.joined == PartialDate(2026, 1, 15)
    assert desk.said[-1].text == "已保存　登记转入：赵克勤"
    assert desk.went[-1] == Go("card", "people", record=made.id)


def test_entry_is_not_among_the_values_of_the_record() -> None:
    assert not set(ENTRY_FIELDS) & set(PEOPLE.form)


def test_one_after_another_is_entered_and_ctrl_d_takes_what_the_last_one_had(desk: Sitting) -> None:
    desk.edit(0)
    desk.write("name", "赵克勤")
    desk.write("last_unit", "县政协")
    desk.page.foot.on.click()
    assert desk.line("name").text() == ""
    assert desk.went == []
    desk.page.form.go_to("last_unit")
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert desk.line("last_unit").text() == "县政协"
    desk.page.form.go_to("title")
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert "没有可以照抄的" in desk.problem("title")


def test_the_form_of_any_register_makes_and_changes_a_record(desk: Sitting) -> None:
    desk.edit(0, "contacts", also=f"person_id={desk.keys.sun}")
    assert desk.line("person_id").text() == "孙德奎"
    desk.page.form.go_to("name")
    desk.write("name", "孙小梅")
    desk.write("relation", "女")
    desk.save()
    made = desk.went[-1]
    assert (made.page, made.register) == ("card", "contacts")
    assert desk.said[-1].text == "已保存　新增联系人：孙小梅"
    desk.edit(made.record, "contacts")
    desk.write("phone", "13900001111")
    desk.save()
    assert desk.said[-1].text == "已保存　修改联系人：孙小梅"


def test_an_account_in_another_name_asks_for_the_relation(desk: Sitting) -> None:
    desk.edit(0, "accounts", also=f"person_id={desk.keys.sun}")
    desk.write("holder", "孙小梅")
    desk.write("card_no", "6222020000111122222")
    assert desk.problem("relation") == "户名不是本人，请填与本人关系。"


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
    theme.load_rare_faces()
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
