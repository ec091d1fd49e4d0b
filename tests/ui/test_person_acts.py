"""The acts that take a person off the books or back on them, and the way of one person through the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people
from cadre_desk.db.clock import Clock
from cadre_desk.db.models import Membership, Movement, Person, Visit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.ui.card_page import CardPage
from cadre_desk.ui.form_page import FormPage
from cadre_desk.ui.kit import motion
from cadre_desk.ui.kit.audit import audit
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go, Office, Said
from cadre_desk.ui.person_acts import PersonActDialog, acts_for
from tests.ui.card_office import TODAY, Keys, dress, open_office


@dataclass
class Clerk:
    """A clerk at a desk with two pages: the window brings the one that is asked for to the front."""

    bot: QtBot
    window: QStackedWidget
    card: CardPage
    form: FormPage
    office: Office
    keys: Keys
    said: list[Said]
    went: list[Go]

    def go(self, go: Go) -> None:
        page = {"card": self.card, "edit": self.form}.get(go.page)
        if page is not None:
            self.window.setCurrentWidget(page)
            page.arrive(go)

    def act(self, key: str) -> PersonActDialog:
        self.card.begin_act(key)
        dialog = self.card.findChildren(ConfirmDialog)[-1]
        assert isinstance(dialog, PersonActDialog)
        self.bot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or self.card))
        return dialog

    def person(self, key: int) -> Person:
        with self.office.desk.read() as session:
            return session.get_one(Person, key)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def type_(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def write(self, key: str, text: str) -> None:
        """Hanzi, as an input method would put them into the field that has the keyboard."""
        self.form.form.go_to(key)
        line = self.form.form.editors[key].input.editor
        assert isinstance(line, QLineEdit)
        line.setText(text)
        line.textEdited.emit(text)


@pytest.fixture
def clerk(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Clerk]:
    dress(qapp)
    monkeypatch.setattr(motion, "allowed", lambda: False)
    with open_office(tmp_path) as (office, keys, said, went):
        window = QStackedWidget()
        card, form = CardPage(office), FormPage(office)
        window.addWidget(card)
        window.addWidget(form)
        qtbot.addWidget(window)
        made = Clerk(qtbot, window, card, form, office, keys, said, went)
        office.wanted.connect(made.go)
        window.resize(1366, 720)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        yield made


def words(dialog: PersonActDialog) -> list[str]:
    return [text.text() for text in dialog.findChildren(Text)]


def test_a_death_spells_out_its_consequences_with_counts(clerk: Clerk) -> None:
    clerk.go(Go("card", "people", record=clerk.keys.sun))
    dialog = clerk.act("death")
    said = words(dialog)
    assert "登记去世：孙德奎" in said
    for consequence in ("结束所在党支部的组织关系", "从还没走访的慰问名册上注明"):
        assert said[said.index(consequence) + 1] == "1 条"
    assert dialog.verb.text() == "登记去世"
    assert [str(one) for one in audit(dialog)] == []


def test_a_death_without_a_day_or_with_one_to_come_is_refused_and_kept_as_typed(clerk: Clerk) -> None:
    clerk.go(Go("card", "people", record=clerk.keys.sun))
    dialog = clerk.act("death")
    dialog.verb.click()
    assert dialog.inputs["death_date"].problem()
    clerk.type_("2026.3.1")
    dialog.verb.click()
    assert "还没有到" in dialog.inputs["death_date"].problem()
    assert dialog.isVisible()
    assert dialog.inputs["death_date"].text() == "2026.3.1"
    assert clerk.person(clerk.keys.sun).status == "1"


def test_enter_never_records_a_death(clerk: Clerk) -> None:
    clerk.go(Go("card", "people", record=clerk.keys.sun))
    dialog = clerk.act("death")
    clerk.type_("2026.1.20")
    for _ in range(4):
        clerk.press(Qt.Key.Key_Return)
    assert clerk.person(clerk.keys.sun).status == "1"
    clerk.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_recorded_death_is_told_and_its_undo_reopens_everything(clerk: Clerk, qtbot: QtBot) -> None:
    keys = clerk.keys
    clerk.go(Go("card", "people", record=keys.sun))
    dialog = clerk.act("death")
    clerk.type_("2026.1.20")
    assert dialog.inputs["death_date"].echo() == "2026年1月20日"
    dialog.verb.click()
    dead = clerk.person(keys.sun)
    assert (dead.status, dead.branch_id, dead.death_date) == ("2", None, PartialDate(2026, 1, 20))
    assert clerk.said[-1].text == "已登记去世　孙德奎"
    qtbot.waitUntil(lambda: clerk.card.head.alarms() == [])
    clerk.office.desk.undo(clerk.said[-1].undo_act)
    back = clerk.person(keys.sun)
    assert (back.status, back.branch_id, back.death_date) == ("1", keys.power_branch, None)
    with clerk.office.desk.read() as session:
        member = session.scalars(sa.select(Membership).where(Membership.person_id == keys.sun)).one()
        visit = session.scalars(sa.select(Visit).where(Visit.person_id == keys.sun)).one()
    assert (member.left, visit.note) == (None, None)


def test_a_transfer_marks_the_rounds_as_it_said_it_would(clerk: Clerk) -> None:
    clerk.go(Go("card", "people", record=clerk.keys.sun))
    dialog = clerk.act("transfer")
    assert "从还没走访的慰问名册上注明" in words(dialog)
    clerk.type_("2026.1.15")
    clerk.press(Qt.Key.Key_Return)
    to = dialog.inputs["to"].editor
    assert isinstance(to, QLineEdit)
    assert to.hasFocus()
    to.setText("邻县老干部局")
    dialog.verb.click()
    assert clerk.person(clerk.keys.sun).status == "3"
    with clerk.office.desk.read() as session:
        newest = session.scalars(sa.select(Movement).order_by(Movement.id.desc())).first()
    assert newest is not None
    assert (newest.kind, newest.other_place) == ("22", "邻县老干部局")
    with clerk.office.desk.read() as session:
        visit = session.scalars(sa.select(Visit).where(Visit.person_id == clerk.keys.sun)).one()
    assert visit.note == "2026.01.15转出"


def test_the_advice_on_a_wrong_day_of_death_is_not_to_leave_it_out(clerk: Clerk) -> None:
    clerk.go(Go("card", "people", record=clerk.keys.sun))
    dialog = clerk.act("death")
    clerk.type_("buxiang")
    dialog.verb.click()
    assert dialog.inputs["death_date"].problem() == "看不懂日期「buxiang」，请写成 1953.7 或 1953.7.21。"


@pytest.mark.parametrize(("key", "kind"), [("strike", "24"), ("cancel", "25")])
def test_striking_out_needs_its_reason(clerk: Clerk, key: str, kind: str) -> None:
    clerk.go(Go("card", "people", record=clerk.keys.others[0]))
    dialog = clerk.act(key)
    dialog.verb.click()
    assert dialog.isVisible()
    dialog.reason.setPlainText("与 2019 年录入的同一人重复")
    dialog.verb.click()
    assert clerk.person(clerk.keys.others[0]).status == "4"
    with clerk.office.desk.read() as session:
        newest = session.scalars(sa.select(Movement).order_by(Movement.id.desc())).first()
    assert newest is not None
    assert (newest.kind, newest.reason) == (kind, "与 2019 年录入的同一人重复")


def test_who_left_comes_back_by_taking_the_leaving_back(clerk: Clerk) -> None:
    keys = clerk.keys
    with clerk.office.desk.unit("登记去世：孙德奎") as session:
        people.record_death(session, keys.sun, PartialDate(2026, 1, 20), today=TODAY)
    assert [act.key for act in acts_for("2")] == ["return"]
    clerk.go(Go("card", "people", record=keys.sun))
    dialog = clerk.act("return")
    assert any(one.startswith("撤销「登记去世：孙德奎」") for one in words(dialog))
    dialog.verb.click()
    back = clerk.person(keys.sun)
    assert (back.status, back.branch_id) == ("1", keys.power_branch)


def test_where_the_leaving_cannot_be_undone_a_new_entry_is_asked_for(clerk: Clerk) -> None:
    keys = clerk.keys
    desk = clerk.office.desk
    with desk.unit("登记去世：孙德奎") as session:
        people.record_death(session, keys.sun, PartialDate(2026, 1, 20), today=TODAY)
    with desk.unit("更正去世时间") as session:
        people.keep_person(session, {"death_date": PartialDate(2026, 1, 21)}, keys.sun, today=TODAY)
    clerk.go(Go("card", "people", record=keys.sun))
    dialog = clerk.act("return")
    dialog.verb.click()
    assert dialog.isVisible()
    assert "按补录恢复" in " ".join(words(dialog))
    dialog.inputs["happened"].editor.setFocus()
    clerk.type_("2026.1.25")
    dialog.reason.setPlainText("误报去世，本人健在")
    dialog.verb.click()
    back = clerk.person(keys.sun)
    assert (back.status, back.death_date) == ("1", None)
    with desk.read() as session:
        newest = session.scalars(sa.select(Movement).order_by(Movement.id.desc())).first()
    assert newest is not None
    assert (newest.direction, newest.reason) == (1, "误报去世，本人健在")


def enter_zhao(clerk: Clerk) -> int:
    """A new person, typed by keyboard and saved; answers the key."""
    clerk.go(Go("edit", "people"))
    clerk.write("name", "赵克勤")
    clerk.press(Qt.Key.Key_Return)
    clerk.type_("500101193806150029")
    clerk.press(Qt.Key.Key_Return)
    clerk.type_("hz")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.form.form.editors["birth_archive"].input.editor.hasFocus()
    clerk.type_("1938.6")
    for key, typed in (
        ("retire_type", "tx"),
        ("retire_date", "1998.7"),
        ("treatment_level", "zkj"),
        ("party_join", "1965.7"),
    ):
        clerk.form.form.go_to(key)
        clerk.type_(typed)
        clerk.press(Qt.Key.Key_Return)
    clerk.write("political", "中共党员")
    clerk.write("branch_id", "水利系统支部")
    clerk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    return clerk.went[-1].record


def change_level(clerk: Clerk) -> None:
    """Another 待遇 from a day on, from the card by F2."""
    clerk.press(Qt.Key.Key_F2)
    assert clerk.window.currentWidget() is clerk.form
    clerk.form.form.go_to("treatment_level")
    clerk.type_("fcj")
    clerk.press(Qt.Key.Key_Return)
    clerk.form.dated.change.setChecked(True)
    clerk.form.dated.since.editor.setFocus()
    clerk.type_("2026.2")
    clerk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert clerk.said[-1].text == "已保存　变更：赵克勤"


def test_one_person_from_entry_to_change_to_undo_to_death_and_back(clerk: Clerk, qtbot: QtBot) -> None:
    """新增 by keyboard → saved → 变更 from a day → history shows it → undone; 登记去世 → undo reopens all."""
    made = enter_zhao(clerk)
    assert clerk.window.currentWidget() is clerk.card
    assert clerk.card.head.name.text() == "赵克勤"
    found = clerk.person(made)
    assert (found.sex, found.ethnic, found.retire_type, found.treatment_level) == ("2", "01", "2", "41")

    clerk.office.desk.clock = Clock(date(2026, 3, 2))
    change_level(clerk)
    clerk.card.body.show_tab("history")
    history = clerk.card.body.history
    assert history.told()[0] == "现享受待遇：正科级 改为 副处（县）级 自 2026年2月起"
    undo = history.blocks()[0].undo
    assert undo is not None
    undo.click()
    qtbot.waitUntil(lambda: history.blocks()[0].entry.undoes is not None)
    assert clerk.person(made).treatment_level == "41"

    dialog = clerk.act("death")
    assert "结束所在党支部的组织关系" in words(dialog)
    clerk.type_("2026.2.20")
    dialog.verb.click()
    assert clerk.person(made).status == "2"
    clerk.office.desk.undo()
    back = clerk.person(made)
    assert (back.status, back.branch_id, back.death_date) == ("1", clerk.keys.water_branch, None)
