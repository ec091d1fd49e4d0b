"""The window: places and keys, the way back, undo, what is said, who may leave, and how it closes."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cadre_desk.actions import records
from cadre_desk.actions.redo import to_redo
from cadre_desk.db import settings
from cadre_desk.db.ledger import open_ledger, openly
from cadre_desk.db.models import Branch
from cadre_desk.db.places import backups_beside
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.figures_page import FiguresPage
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit.buttons import Button
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.list_page import ListPage
from cadre_desk.ui.navigation import PAGES, PLACES, Trail, place_of
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.preview_window import PreviewWindow
from cadre_desk.ui.window import MainWindow
from tests.ledgers import TODAY
from tests.ui.desk_window import dress, faults, press, show, type_in
from tests.ui.village_office import village_office

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The window over the village."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window, self.office = qtbot, window, window.office

    def rest(self) -> None:
        """Until nothing is looked for beside the window."""
        self.qtbot.waitUntil(self.window.background.is_idle, timeout=15_000)
        self.qtbot.wait(150)
        self.qtbot.waitUntil(self.window.background.is_idle, timeout=15_000)

    def go(self, page: str, **where: Any) -> None:
        self.office.go(page, **where)
        self.rest()

    def page(self) -> Page:
        page = self.window.page()
        assert page is not None
        return page

    def list(self) -> ListPage:
        page = self.page()
        assert isinstance(page, ListPage)
        return page

    def change(self, title: str, **values: Any) -> None:
        with self.office.desk.unit(title) as session:
            records.keep(session, PEOPLE, values, 1, today=TODAY)
        self.qtbot.wait(30)

    def until(self, happened: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(happened, timeout=15_000)

    def asked(self) -> ConfirmDialog | None:
        found = [one for one in self.window.findChildren(ConfirmDialog) if one.isVisible()]
        return found[-1] if found else None


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The window, at its first page."""
    dress()
    with village_office(tmp_path) as office:
        window = MainWindow(office)
        show(qtbot, window)
        window.begin()
        found = Desk(qtbot, window)
        found.rest()
        yield found
        window.shut()


def test_it_says_whose_ledger_this_is_and_which_day(desk: Desk) -> None:
    window = desk.window
    assert window.windowTitle().startswith("【演示】青岚县老干部局")
    status = window.status
    said = [text.text() for text in (status._day, status._note, status._ledger)]
    assert said == ["工作日 2026年1月26日 星期一·腊月初八", "内部资料·不得录入涉密信息", "village.cdesk"]
    assert window.top.year.text() == "2025年度（未结）"
    assert "周敏" in window.top.user.accessibleName()
    assert status._backup.text() == "演示台账，不自动备份"


def test_every_place_has_its_key(desk: Desk) -> None:
    for number, place in enumerate((one for group in PLACES for one in group), 1):
        key = Qt.Key(int(Qt.Key.Key_0) + number)
        press(desk.window, key, CONTROL)
        desk.rest()
        assert desk.window.rail.item(place.key).isChecked(), place.label
        assert faults(desk.qtbot, desk.window) == [], place.label


def test_every_page_of_the_table_can_be_shown(desk: Desk) -> None:
    for key in PAGES:
        go = {"card": Go("card", "people", 1), "edit": Go("edit", "people", 1)}.get(key, Go(key, "people"))
        desk.window.go(go)
        desk.rest()
        assert desk.window.rail.item(place_of(go)).isChecked(), key


@pytest.mark.parametrize("key", list(REGISTERS))
def test_every_register_is_a_page_of_its_own(desk: Desk, key: str) -> None:
    desk.go("list", register=key)
    assert desk.list().register is REGISTERS[key]


def test_a_page_that_is_not_there_is_said(desk: Desk) -> None:
    desk.window.go(Go("nowhere"))
    desk.window.go(Go("list", "nothing"))
    assert desk.window.said.error.isVisible()
    assert "没有「nothing」" in desk.window.said.error.text()


@pytest.mark.parametrize("fails", ["__init__", "arrive"])
def test_a_page_that_stumbles_is_said_and_the_clerk_stays_where_she_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("no such table: movement")

    desk.go("list", register="people")
    with monkeypatch.context() as patched:
        patched.setattr(FiguresPage, fails, stumble)
        desk.window.rail.item("figures").click()
    assert desk.window.said.error.isVisible()
    assert desk.window.said.error.text().startswith("「统计年报」这一页打不开。")
    assert "台账没有改动" in desk.window.said.error.text()
    assert "no such table" not in desk.window.said.error.text()
    assert desk.list().register is REGISTERS["people"]
    assert desk.window.rail.item("people").isChecked()
    assert not desk.window.rail.item("figures").isChecked()
    desk.window.rail.item("figures").click()
    assert desk.window.rail.item("figures").isChecked()
    assert not desk.window.said.error.isVisible()
    press(desk.page(), Qt.Key.Key_Escape)
    assert desk.list().register is REGISTERS["people"]


def test_three_initials_lead_to_the_card_and_escape_back_to_the_list(desk: Desk) -> None:
    desk.go("list", register="people")
    page = desk.list()
    page.list.table.go_to(7)
    kept = page.list.current_record()
    press(desk.window, Qt.Key.Key_K, CONTROL)
    type_in(desk.window.top.search.edit, "sgd")
    press(desk.window.top.search.edit, Qt.Key.Key_Return)
    desk.rest()
    assert desk.window.trail.here is not None
    assert (desk.window.trail.here.page, desk.window.trail.here.record) == ("card", 6)
    press(desk.page(), Qt.Key.Key_Escape)
    desk.rest()
    assert desk.list().list.current_record() == kept


def test_the_list_one_comes_back_to_is_as_it_was_left(desk: Desk) -> None:
    desk.go("list", register="people")
    desk.list().list.tools.search.edit.setText("建国")
    desk.list().list.table.toggle_tick(1)
    desk.rest()
    press(desk.list().list.table, Qt.Key.Key_Return)
    desk.rest()
    desk.window.back()
    desk.rest()
    assert desk.list().list.tools.search.text() == "建国"
    assert desk.list().model.rowCount() == 2
    assert len(desk.list().model.ticked()) == 1


def where(desk: Desk) -> tuple[str, str]:
    here = desk.window.trail.here
    assert here is not None
    return here.page, here.register


@pytest.mark.parametrize(
    ("key", "held", "led_to"),
    [
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, ("round", "people")),
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier, ("list", "people")),
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier, ("figures", "")),
        (Qt.Key.Key_I, CONTROL, ("import", "people")),
        (Qt.Key.Key_N, CONTROL, ("edit", "people")),
    ],
)
def test_the_keys_of_the_workbench_are_heard_from_the_search_on_top(
    desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier, led_to: tuple[str, str]
) -> None:
    press(desk.window, Qt.Key.Key_K, CONTROL)
    assert desk.window.top.search.edit.hasFocus()
    press(desk.window.top.search.edit, key, held)
    desk.rest()
    assert where(desk) == led_to


def test_the_keys_of_the_workbench_do_nothing_on_another_page(desk: Desk) -> None:
    desk.go("list", register="branches")
    press(desk.window, Qt.Key.Key_F7)
    assert where(desk) == ("list", "branches")


@pytest.mark.parametrize(
    ("go", "led_to"),
    [
        (Go("system"), ("edit", "people")),
        (Go("figures"), ("edit", "people")),
        (Go("list", "acts"), ("edit", "people")),
        (Go("list", "branches"), ("edit", "branches")),
        (Go("list", "rounds"), ("round", "rounds")),
    ],
)
def test_control_n_begins_a_person_where_the_page_begins_nothing_of_its_own(
    desk: Desk, go: Go, led_to: tuple[str, str]
) -> None:
    desk.window.go(go)
    desk.rest()
    press(desk.window, Qt.Key.Key_K, CONTROL)
    press(desk.window.top.search.edit, Qt.Key.Key_N, CONTROL)
    desk.rest()
    assert where(desk) == led_to


def test_escape_in_the_empty_search_gives_the_keyboard_back_to_the_page(desk: Desk) -> None:
    desk.go("list", register="people")
    table = desk.list().list.table
    assert table.hasFocus()
    press(desk.window, Qt.Key.Key_K, CONTROL)
    type_in(desk.window.top.search.edit, "w")
    press(desk.window.top.search.edit, Qt.Key.Key_Escape)
    assert desk.window.top.search.edit.hasFocus()
    press(desk.window.top.search.edit, Qt.Key.Key_Escape)
    assert table.hasFocus()
    assert where(desk) == ("list", "people")


def test_undo_names_the_act_and_takes_back_what_was_just_done(desk: Desk) -> None:
    desk.change("修改联系人员", link_clerk="陈立新")
    assert "修改联系人员" in desk.window.top.undo.accessibleName()
    press(desk.window, Qt.Key.Key_Z, CONTROL)
    desk.until(desk.window.said.result.isVisible)
    assert desk.asked() is None
    with desk.office.desk.read() as session:
        assert records.load(session, PEOPLE, 1)["link_clerk"] is None
    assert "已撤销" in desk.window.said.result.accessibleName()


def offered(desk: Desk) -> list[Button]:
    return [one for one in desk.window.said.result.findChildren(Button) if one.text() and one.isVisible()]


def test_an_undoing_can_be_done_again_from_its_result(desk: Desk) -> None:
    desk.change("修改联系人员", link_clerk="陈立新")
    desk.window.undo.ask()
    desk.until(desk.window.said.result.isVisible)
    assert [one.text() for one in offered(desk)] == ["恢复"]
    offered(desk)[0].click()

    def restored() -> bool:
        with desk.office.desk.read() as session:
            return bool(records.load(session, PEOPLE, 1)["link_clerk"] == "陈立新")

    desk.until(restored)
    desk.until(desk.window.said.result.isVisible)
    assert "已恢复" in desk.window.said.result.accessibleName()
    assert [one.text() for one in offered(desk)] == ["撤销"]


def test_an_undoing_can_be_done_again_from_the_top_bar_until_another_act(desk: Desk) -> None:
    top = desk.window.top
    desk.change("修改联系人员", link_clerk="陈立新")
    assert top.redo.isHidden()
    press(desk.window, Qt.Key.Key_Z, CONTROL)
    desk.until(top.redo.isVisible)
    assert top.redo.accessibleName() == "恢复：修改联系人员"
    press(desk.window, Qt.Key.Key_Y, CONTROL)
    desk.until(top.redo.isHidden)
    assert "修改联系人员" in top.undo.accessibleName()
    with desk.office.desk.read() as session:
        assert records.load(session, PEOPLE, 1)["link_clerk"] == "陈立新"
    press(desk.window, Qt.Key.Key_Z, CONTROL)
    desk.until(top.redo.isVisible)
    desk.change("修改联系人员", link_clerk="周敏")
    desk.until(top.redo.isHidden)
    with desk.office.desk.read() as session:
        assert to_redo(session) is None


def test_another_text_size_waits_for_the_job_that_runs(desk: Desk) -> None:
    go_on, told = threading.Event(), list[str]()

    def work(_: Progress) -> str:
        go_on.wait(5)
        return "done"

    desk.window.text_size_changed.connect(lambda: told.append("size"))
    desk.office.jobs.run("数", work, told.append)
    with desk.office.desk.unit("改字号") as session:
        settings.write(session, {settings.TEXT_SIZE.key: "大"})
    desk.qtbot.wait(60)
    assert told == []
    go_on.set()
    desk.until(lambda: told == ["done", "size"])


def test_the_rail_tells_what_waits_after_each_act(desk: Desk) -> None:
    desk.rest()
    item = desk.window.rail.item("branches")
    assert "待办" not in item.accessibleName()
    with desk.office.desk.unit("登记换届") as session:
        for branch in session.scalars(sa.select(Branch)):
            branch.elected, branch.kind, branch.closed = PartialDate(2020, 1, 1), "1", None
    desk.until(lambda: "件待办" in item.accessibleName())


def test_a_result_goes_with_the_clerk_only_while_it_is_fresh(desk: Desk) -> None:
    bars = desk.window.said
    desk.change("修改联系人员", link_clerk="陈立新")
    desk.office.tell("已保存", undo_act=desk.office.desk.last_act() or 0)
    desk.go("list", register="people")
    assert bars.result.isVisible()
    bars.fresh.stop()
    desk.go("list", register="units")
    assert bars.result.isHidden()
    assert "修改联系人员" in desk.window.top.undo.accessibleName()


def test_a_result_goes_by_itself_unless_it_holds_a_file_or_a_redo(desk: Desk, tmp_path: Path) -> None:
    bars = desk.window.said
    bars.lasts.setInterval(20)
    desk.office.tell("已导出", file=tmp_path / "名册.xlsx")
    desk.qtbot.wait(60)
    assert bars.result.isVisible()
    desk.office.tell("已撤销", undo_act=1, redoes=True)
    desk.qtbot.wait(60)
    assert bars.result.isVisible()
    desk.office.tell("已保存", undo_act=1)
    desk.until(bars.result.isHidden)


def test_an_older_act_is_asked_about_first(desk: Desk) -> None:
    press(desk.window, Qt.Key.Key_Z, CONTROL)
    dialog = desk.asked()
    assert dialog is not None
    assert dialog.windowTitle().startswith("撤销：")
    dialog.reject()
    with desk.office.desk.read() as session:
        assert desk.office.listing(PEOPLE).count(session) == 12


def test_a_result_offers_its_file_and_an_error_says_what_is_safe(desk: Desk, tmp_path: Path) -> None:
    bars = desk.window.said
    desk.office.tell("已导出", detail="12 人", file=tmp_path / "名册.xlsx")
    labels = [one.text() for one in bars.result.findChildren(Button) if one.text()]
    assert labels == ["打开文件", "打开文件夹"]
    desk.office.tell_error(UserError("没有写入。"))
    assert bars.error.isVisible()
    assert bars.result.isHidden()
    assert "台账没有改动" in bars.error.text()
    assert faults(desk.qtbot, desk.window) == []
    desk.go("list", register="units")
    assert bars.error.isHidden()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(desk: Desk) -> None:
    line = desk.window.said.progress
    ended: list[object] = []

    def work(progress: Progress) -> None:
        for step in range(600):
            progress.step(step, 600, "正在做")
            time.sleep(0.01)

    job = desk.office.jobs.run("正在做", work, ended.append)
    assert line.isHidden()
    desk.until(line.isVisible)
    desk.until(lambda: "/ 600" in line.accessibleName())
    with desk.qtbot.waitSignal(job.ended, timeout=5000):
        line.cancelled.emit()
    assert line.isHidden()
    assert ended == []


def test_a_form_with_something_typed_asks_before_it_is_left(desk: Desk) -> None:
    desk.go("edit", register="people", record=1)
    page = desk.page()
    form: Any = page
    form.form.editors["phone"].input.set_value("13900000000")
    desk.window.go(Go("list", "people"))
    desk.rest()
    assert desk.page() is page
    assert desk.window.rail.item("people").isChecked()


def previews() -> list[PreviewWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow)]


def test_print_opens_a_window_of_its_own(desk: Desk) -> None:
    desk.go("list", register="people")
    press(desk.list().list.table, Qt.Key.Key_P, CONTROL)
    assert len(previews()) == 1
    gc.collect()
    desk.until(previews()[0].print.isEnabled)
    assert previews()[0].isVisible()
    previews()[0].close()
    assert desk.window._previews == []
    desk.until(lambda: not previews())


def test_what_is_previewed_is_closed_with_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    with village_office(tmp_path) as office:
        window = alone(qtbot, office, Go("list", "people"))
        office.go("preview", record=1, register="people", also="card")
        assert len(previews()) == 1
        with qtbot.waitSignal(window.closed, timeout=10_000):
            window.close()
        qtbot.waitUntil(lambda: not previews())


def test_the_manual_opens_at_the_page_in_sight(desk: Desk) -> None:
    desk.go("list", register="people")
    press(desk.window, Qt.Key.Key_F1)
    manual = desk.window._manual
    assert manual is not None
    assert manual.isVisible()
    assert manual.chapter == "老干部名单"
    manual.close()


def test_another_text_size_asks_for_another_window(desk: Desk) -> None:
    chosen = {settings.TEXT_SIZE.key: "大", settings.OFFICE.key: "青岚县委老干部局"}
    with desk.qtbot.waitSignal(desk.window.text_size_changed), desk.office.desk.unit("设置") as session:
        settings.write(session, chosen)
    assert "青岚县委老干部局" in desk.window.windowTitle()


@pytest.mark.parametrize("factor", [1.25, 1.5, 2.0])
def test_the_window_survives_large_text(qtbot: QtBot, tmp_path: Path, factor: float) -> None:
    dress(factor)
    with village_office(tmp_path) as office:
        window = MainWindow(office)
        show(qtbot, window)
        window.begin(Go("list", "people"))
        found = Desk(qtbot, window)
        found.rest()
        assert faults(qtbot, window) == []
        assert window.rail.is_narrow() is (factor > 1.25)
        window.top.search.set_text("wg")
        window.shut()
    dress()


def alone(qtbot: QtBot, office: Office, go: Go) -> MainWindow:
    """A window that goes away by itself when it is closed."""
    window = MainWindow(office)
    with qtbot.waitExposed(window):
        window.show()
    window.begin(go)
    Desk(qtbot, window).rest()
    return window


def test_closing_a_demo_makes_no_backup_and_closes_the_ledger(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    with village_office(tmp_path) as office:
        window = alone(qtbot, office, Go("list", "people"))
        with qtbot.waitSignal(window.closed, timeout=10_000):
            window.close()
        assert backups_beside(office.ledger.path).exists() is False
        open_ledger(office.ledger.path, openly).close()


def test_locking_tells_that_somebody_shall_sign_in(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    with village_office(tmp_path) as office:
        window = alone(qtbot, office, Go("list", "places"))
        with qtbot.assertNotEmitted(window.closed), qtbot.waitSignal(window.locked, timeout=10_000):
            press(window, Qt.Key.Key_L, CONTROL)


class TestTrail:
    """Where Esc leads."""

    def test_the_page_before(self) -> None:
        trail = Trail()
        for go in (Go("today"), Go("list", "people"), Go("card", "people", 3)):
            trail.went(go)
        assert trail.back() == Go("list", "people")

    def test_the_next_record_is_no_new_step(self) -> None:
        trail = Trail()
        for go in (Go("list", "people"), Go("card", "people", 3), Go("card", "people", 4)):
            trail.went(go)
        assert trail.back() == Go("list", "people")

    def test_a_form_is_not_come_back_to(self) -> None:
        trail = Trail()
        for go in (Go("card", "people", 3), Go("edit", "people", 3), Go("list", "units")):
            trail.went(go)
        assert trail.back() == Go("card", "people", 3)

    def test_a_card_that_was_edited_is_stopped_at_once_only(self) -> None:
        trail = Trail()
        for go in (
            Go("list", "people"),
            Go("card", "people", 3),
            Go("edit", "people", 3),
            Go("card", "people", 3),
        ):
            trail.went(go)
        assert trail.back() == Go("list", "people")

    def test_from_the_card_of_a_branch_back_to_the_card_of_its_member(self) -> None:
        trail = Trail()
        for go in (Go("list", "people"), Go("card", "people", 3), Go("card", "branches", 2)):
            trail.went(go)
        assert trail.back() == Go("card", "people", 3)

    def test_going_to_the_list_by_its_crumb_is_going_back(self) -> None:
        trail = Trail()
        for go in (Go("today"), Go("list", "people"), Go("card", "people", 3), Go("list", "people")):
            trail.went(go)
        assert trail.back() == Go("today")

    def test_at_the_beginning_there_is_nothing_before(self) -> None:
        trail = Trail()
        assert trail.here is None
        trail.went(Go("today"))
        assert trail.back() is None
