"""Saving a form: one act, correction and change apart, refusals where they stand, nothing typed lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cadre_desk.actions.history import held_by
from cadre_desk.db.clock import Clock
from cadre_desk.db.models import Membership, Movement, Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.office import Go
from cadre_desk.ui.person_form import ENTRY_DAY, ENTRY_FIELDS, ENTRY_KIND
from tests.ui.card_office import dress
from tests.ui.form_sitting import Sitting, sit


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    dress(qapp)
    yield from sit(qtbot, tmp_path)


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


def test_it_is_not_said_to_be_ready_while_the_choice_or_its_day_is_owed(desk: Sitting) -> None:
    desk.office.desk.clock = Clock(date(2026, 3, 2))
    desk.edit(desk.keys.sun)
    desk.write("treatment_level", "副科级")
    state, dated = desk.page.foot.state, desk.page.dated
    assert state.text() == "先选更正还是变更，才能保存"
    dated.change.click()
    assert state.text() == "先填从哪一天起变的，才能保存"
    dated.since.set_value("不详")
    assert state.text() == "变更的日子要改好才能保存"
    dated.since.set_value("2026.1.15")
    assert state.text().endswith("可以保存")
    dated.since.set_value("")
    dated.correction.click()
    assert state.text().endswith("可以保存")


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
