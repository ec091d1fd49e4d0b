"""The card: what belongs to a person, the last contacts, the history and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people, records
from cadre_desk.db.models import Contact, Person, Visit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import paper
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.kit import motion
from cadre_desk.ui.kit.dialog import ConfirmDialog
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


def test_contacts_are_added_in_place(desk: Looking) -> None:
    desk.look(desk.keys.sun)
    desk.page.head.acted.emit("add=contacts")
    drawer = desk.page.drawer
    assert drawer.isVisible()
    assert drawer.form is not None
    assert drawer.form.editors["person_id"].is_locked
    name = drawer.form.editors["name"].input.editor
    assert isinstance(name, QLineEdit)
    assert name.hasFocus()
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert drawer.form.editors["name"].input.problem() == "「姓名」必须填写。"
    name.setText("孙小梅")
    drawer.form.editors["emergency"].set_value(True)
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not drawer.isVisible()
    with desk.office.desk.read() as session:
        made = session.scalars(sa.select(Contact).where(Contact.name == "孙小梅")).one()
    assert (made.person_id, made.emergency) == (desk.keys.sun, True)
    assert desk.said[-1].text == "已保存　新增联系人：孙小梅"


def test_a_half_typed_contact_is_asked_about(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    desk.page.body.opened.emit("contacts", desk.keys.contact)
    drawer = desk.page.drawer
    assert drawer.form is not None
    drawer.form.editors["workplace"].set_value("县一中")
    desk.press(Qt.Key.Key_Escape)
    assert drawer.isVisible()
    assert drawer.question.isVisible()
    assert not desk.page.may_leave()
    drawer.question.acted.emit("save")
    assert not drawer.isVisible()
    with desk.office.desk.read() as session:
        assert session.get_one(Contact, desk.keys.contact).workplace == "县一中"
    desk.page.body.opened.emit("contacts", desk.keys.contact)
    desk.press(Qt.Key.Key_Escape)
    assert not drawer.isVisible()


def test_what_belongs_to_a_person_is_listed_masked(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    model = desk.page.body.lists["contacts", "person_id"].model
    cells = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert cells == ["王建明", "长子", "", "138****6127", "是", ""]
    assert "走访" in desk.tabs()
    desk.page.body.lists["visits", "person_id"].table.opened.emit(0)
    assert desk.went[-1].register == "visits"


def test_the_last_contacts_stand_beside_every_tab(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    assert desk.page.timeline.marks() == [
        "2026-01-26 登记联系人 新增联系人，周敏",
        "2026-01-26 登记新退休 建立记录、离退类别 等 9 项，周敏",
        "2026-01-12 春节慰问 陈立新、周敏上门，500 元、米面油",
    ]
    assert desk.page.timeline.counts.text() == "走访：今年 1 次，上年 0 次"
    desk.page.timeline.all.click()
    assert desk.page.body.tabs.current() == "visits"


def test_a_death_stands_on_the_line_of_time_once(desk: Looking) -> None:
    with desk.office.desk.unit("登记去世：王𬭎远") as session:
        people.record_death(session, desk.keys.wang, PartialDate(2026, 1, 20), today=TODAY)
    desk.look(desk.keys.wang)
    assert [one for one in desk.page.timeline.marks() if "去世" in one] == ["2026-01-20 去世"]


def test_nobody_is_to_visit_who_has_died_since(desk: Looking) -> None:
    desk.look(desk.keys.sun)
    assert "2026-01-06 春节慰问 在册，待走访，500 元、米面油" in desk.page.timeline.marks()
    with desk.office.desk.unit("登记去世：孙德奎") as session:
        people.record_death(session, desk.keys.sun, PartialDate(2026, 1, 20), today=TODAY)
    desk.look(desk.keys.sun)
    assert "2026-01-06 春节慰问 没有走访，人员已去世，500 元、米面油" in desk.page.timeline.marks()


def test_a_long_title_on_the_line_of_time_stands_whole(desk: Looking) -> None:
    title = "春节走访慰问和重病住院探望并送去组织的关怀"
    with desk.office.desk.unit("改事由") as session:
        session.execute(sa.update(Visit).where(Visit.person_id == desk.keys.sun).values(reason=title))
    desk.look(desk.keys.sun)
    (words,) = [one for one in desk.page.timeline.findChildren(Text) if one.text() == title]
    assert words.height() >= words.heightForWidth(words.width()) > words.fontMetrics().height() * 1.5


def test_history_says_what_changed_and_takes_it_back(desk: Looking, qtbot: QtBot) -> None:
    desk.keep("修改：孙德奎", {"last_post": "党委书记"}, desk.keys.sun)
    desk.look(desk.keys.sun)
    desk.page.body.show_tab("history")
    history = desk.page.body.history
    assert history.told()[0] == "原职务：书记 改为 党委书记"
    undo = history.blocks()[0].undo
    assert undo is not None
    undo.click()
    qtbot.waitUntil(lambda: [(one.text, one.detail) for one in desk.said] == [("已撤销", "修改：孙德奎")])
    qtbot.waitUntil(lambda: history.blocks()[0].entry.title == "撤销：修改：孙德奎")
    assert not history.blocks()[1].entry.stands
    with desk.office.desk.read() as session:
        assert session.get_one(Person, desk.keys.sun).last_post == "书记"


def test_an_act_that_changed_others_too_is_asked_about_before_it_is_undone(
    desk: Looking, qtbot: QtBot
) -> None:
    with desk.office.desk.unit("批量修改：联系人员") as session:
        records.keep_many(
            session,
            PEOPLE,
            [desk.keys.sun, *desk.keys.others],
            {"link_clerk": "何志远"},
            today=TODAY,
            how=records.How.CORRECTION,
        )
    desk.look(desk.keys.sun)
    desk.page.body.show_tab("history")
    undo = desk.page.body.history.blocks()[0].undo
    assert undo is not None
    undo.click()
    dialog = desk.window.findChild(ConfirmDialog)
    assert dialog is not None
    assert "3 条" in [text.text() for text in dialog.findChildren(Text)]
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(desk.said))
    with desk.office.desk.read() as session:
        assert session.get_one(Person, desk.keys.others[0]).link_clerk is None


def test_a_card_asks_before_it_takes_back_a_round_whose_receipt_is_out(desk: Looking, tmp_path: Path) -> None:
    issue(desk.office.ledger, paper("receipt").about(desk.keys.round), Way.PDF, tmp_path / "签领表.pdf")
    with desk.office.desk.unit("改应发") as session:
        session.execute(sa.update(Visit).where(Visit.person_id == desk.keys.sun).values(cash=60000))
    issue(desk.office.ledger, paper("receipt").about(desk.keys.round), Way.PDF, tmp_path / "签领表二.pdf")
    desk.look(desk.keys.sun)
    desk.page.body.show_tab("history")
    undo = desk.page.body.history.blocks()[0].undo
    assert undo is not None
    standing = desk.office.desk.last_act()
    undo.click()
    dialog = desk.window.findChild(ConfirmDialog)
    assert dialog is not None
    assert any("签领表已于" in text.text() for text in dialog.findChildren(Text))
    dialog.reject()
    assert desk.office.desk.last_act() == standing


def test_an_undo_that_cannot_be_says_why_and_changes_nothing(desk: Looking, qtbot: QtBot) -> None:
    desk.keep("修改一", {"last_post": "党委书记"}, desk.keys.sun)
    desk.keep("修改二", {"last_post": "局长"}, desk.keys.sun)
    desk.look(desk.keys.sun)
    desk.page.body.show_tab("history")
    undo = desk.page.body.history.blocks()[1].undo
    assert undo is not None
    undo.click()
    qtbot.waitUntil(lambda: bool(desk.said))
    assert desk.said[-1].is_error
    assert "修改二" in desk.said[-1].text


def test_dated_facts_are_told_with_their_days(desk: Looking) -> None:
    with desk.office.desk.unit("变更") as session:
        people.keep_person(
            session,
            {"treatment_level": "42"},
            desk.keys.wang,
            today=TODAY,
            how=records.How.CHANGE,
            since=PartialDate(2026, 1),
        )
    desk.look(desk.keys.wang)
    desk.page.body.show_tab("moves")
    told = [one.accessibleName() for one in desk.page.body.held.findChildren(QWidget) if one.accessibleName()]
    assert "现享受待遇：副科级，2026年1月起" in told
    assert "现享受待遇：正科级，1996年3月起" in told


def test_the_card_follows_a_change_made_elsewhere(desk: Looking, qtbot: QtBot) -> None:
    desk.look(desk.keys.sun)
    desk.keep("修改：孙德奎", {"link_leader": "高志远"}, desk.keys.sun)
    qtbot.waitUntil(lambda: desk.value("link_leader").value.text() == "高志远")


def test_the_card_of_what_was_undone_gives_way_to_the_list(desk: Looking, qtbot: QtBot) -> None:
    with desk.office.desk.unit("登记补录：程某") as session:
        made = people.admit(session, {"name": "程某"}, today=TODAY, kind="13").id
    desk.look(made)
    desk.office.desk.undo()
    qtbot.waitUntil(lambda: bool(desk.went))
    assert desk.went[-1] == Go("list", "people")


def test_there_are_survivors_only_of_the_dead(desk: Looking) -> None:
    desk.look(desk.keys.wang)
    desk.page.body.show_tab("family")
    survivors = desk.page.body.lists["people", "spouse_of_id"]
    assert survivors.isHidden()
    with desk.office.desk.unit("登记去世") as session:
        people.record_death(session, desk.keys.wang, PartialDate(2026, 1, 20), today=TODAY)
    desk.page.refresh()
    assert not survivors.isHidden()
    survivors.add.click()
    assert desk.went[-1].also == f"person_kind=2;spouse_of_id={desk.keys.wang}"
