"""The system place: settings kept as one act, users by the admin, backups, the care of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.actions import safekeeping, users
from cadre_desk.actions.safekeeping import CheckUp, Finding
from cadre_desk.db import keyslots, settings
from cadre_desk.db.backup import State
from cadre_desk.db.clock import Clock
from cadre_desk.db.container import Reason
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.ledger import Ledger, create_open
from cadre_desk.db.places import data_folder
from cadre_desk.db.recovery import code_groups
from cadre_desk.db.vault import Vault, WrongSecret
from cadre_desk.ui import log_export
from cadre_desk.ui.kit.buttons import Button
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import ChoiceInput, Input, LineInput
from cadre_desk.ui.office import Go, Office, Person, Said
from cadre_desk.ui.siblings import Siblings
from cadre_desk.ui.system_page import TABS, SystemPage
from tests.actions.due_office import CODE, PASSWORD, TODAY, fill, found
from tests.ui.desk_window import dress, faults, press, show, type_in

LI = "orchid2026x"


class Place:
    """The system place of an office, with where it wanted to go and what it said."""

    def __init__(self, qtbot: QtBot, book: Ledger, role: str = "1") -> None:
        self.qtbot = qtbot
        name = "周敏" if role == "1" else "李强"
        book.desk.user = name
        self.office = Office(book, Person(name, role))
        self.wanted: list[Go] = []
        self.said: list[Said] = []
        self.office.wanted.connect(self.wanted.append)
        self.office.said.connect(self.said.append)
        self.page = SystemPage(self.office)
        show(qtbot, self.page, 1218, 694)

    def told(self) -> Said:
        self.qtbot.waitUntil(lambda: bool(self.said), timeout=20_000)
        return self.said.pop()

    def open(self, tab: str) -> None:
        self.page.arrive(Go("system", also=tab))

    def dialog(self) -> ConfirmDialog:
        found = [one for one in self.page.findChildren(ConfirmDialog) if one.isVisible()]
        assert len(found) == 1
        return found[0]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))
    made = found(tmp_path)
    users.add_user(made, "李强", "2", LI)
    return made


@pytest.fixture
def place(qtbot: QtBot, book: Ledger) -> Iterator[Place]:
    dress()
    made = Place(qtbot, book)
    yield made
    made.office.close()


def button(within: QWidget, text: str) -> Button:
    return next(one for one in within.findChildren(Button) if one.text() == text and not one.isHidden())


def inputs(place: Place) -> list[Input]:
    return list(place.page.users.drawer._inputs)


# --- settings ---------------------------------------------------------------------------------------------


def test_settings_show_what_holds(place: Place) -> None:
    shown = {key: one.value for key, one in place.page.settings.inputs.items()}
    assert shown["office.name"] == "青岚县老干部局"
    assert shown["birthday.days"] == "30"
    assert shown["window.text"] == "标准"
    assert shown["birthday.leap"] is False
    assert not place.page.settings.keep.isEnabled()


def test_every_declared_setting_has_an_input(place: Place) -> None:
    assert list(place.page.settings.inputs) == [one.key for one in settings.SETTINGS]
    assert all(one.isVisibleTo(place.page.settings) for one in place.page.settings.inputs.values())


def test_changed_settings_are_kept_as_one_act_and_taken_back_as_one(place: Place) -> None:
    part = place.page.settings
    line = part.inputs["birthday.days"]
    assert isinstance(line, LineInput)
    line.line.setFocus()
    line.line.clear()
    type_in(line.line, "45")
    assert line.echo() == "45 天"
    part.inputs["office.leader"].set_value("罗永昌")
    part.inputs["window.text"].set_value("大")
    press(line.line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert place.told().text == "设置已保存"
    with place.office.desk.read() as session:
        assert settings.read(session, settings.BIRTHDAY_DAYS) == 45
        assert settings.read(session, settings.TEXT_SIZE) == "大"
    place.office.desk.undo()
    with place.office.desk.read() as session:
        assert settings.read(session, settings.BIRTHDAY_DAYS) == 30
        assert settings.read(session, settings.LEADER) == ""


def test_a_value_that_cannot_be_read_is_said_at_its_place_and_nothing_is_kept(place: Place) -> None:
    part = place.page.settings
    part.inputs["birthday.days"].set_value("一个月")
    part.inputs["office.leader"].set_value("罗永昌")
    part.save()
    assert part.inputs["birthday.days"].problem()
    with place.office.desk.read() as session:
        assert settings.read(session, settings.LEADER) == ""


def test_a_required_setting_cannot_be_emptied(place: Place) -> None:
    part = place.page.settings
    part.inputs["office.name"].set_value("")
    part.save()
    assert "必须填写" in part.inputs["office.name"].problem()
    assert not place.said


def test_leaving_with_unsaved_settings_asks_first(place: Place) -> None:
    part = place.page.settings
    assert place.page.may_leave()
    part.inputs["office.leader"].set_value("罗永昌")
    assert not place.page.may_leave()
    assert part.question.isVisible()
    place.page.tabs.chosen.emit("users")
    assert place.page.tabs.current() == "settings"
    part.question.acted.emit("drop")
    assert place.page.may_leave()
    part.inputs["office.leader"].set_value("罗永昌")
    assert not place.page.may_leave()
    part.question.acted.emit("keep")
    assert place.page.may_leave()
    with place.office.desk.read() as session:
        assert settings.read(session, settings.LEADER) == "罗永昌"


def test_a_clerk_changes_the_text_size_and_nothing_else(qtbot: QtBot, book: Ledger) -> None:
    dress()
    place = Place(qtbot, book, role="2")
    part = place.page.settings
    line = part.inputs["office.name"]
    assert isinstance(line, LineInput)
    assert line.line.isReadOnly()
    assert part.inputs["window.text"].editor.isEnabled()
    part.inputs["window.text"].set_value("特大")
    part.save()
    assert place.told().text == "设置已保存"
    place.office.close()


# --- users ------------------------------------------------------------------------------------------------


def test_the_admin_adds_a_user_in_the_drawer(place: Place) -> None:
    place.open("users")
    button(place.page.users, "新增使用人").click()
    name, role, password = inputs(place)
    name.set_value("王芳")
    role.set_value("3")
    type_in(password.editor, "plum2026blue")
    press(password.editor, Qt.Key.Key_Return)
    assert place.told().text == "已新增使用人 王芳（审核）"
    assert not place.page.users.drawer.isVisible()
    vault = Vault.find(place.office.ledger.path)
    assert vault.unlock_password("王芳", "plum2026blue") == place.office.ledger.vault.key


def test_what_goes_wrong_is_said_in_the_drawer(place: Place) -> None:
    place.open("users")
    place.page.users.ask_new()
    name, _role, password = inputs(place)
    name.set_value("李强")
    password.set_value("plum2026blue")
    drawer = place.page.users.drawer
    drawer.verb.click()
    place.qtbot.waitUntil(lambda: "已有叫" in drawer.problem.text(), timeout=20_000)
    assert drawer.isVisible()
    assert drawer.verb.isEnabled()


def test_the_admin_renames_and_gives_another_role(place: Place) -> None:
    place.open("users")
    button(place.page.users, "改名、角色").click()
    name, role = inputs(place)
    assert isinstance(role, ChoiceInput)
    name.set_value("周慧敏")
    place.page.users.drawer.verb.click()
    assert place.told().text == "使用人已修改"
    with place.office.desk.read() as session:
        names = [one.name for one in users.accounts(session, place.office.ledger.vault)]
    assert names == ["周慧敏", "李强"]


def test_a_reset_password_holds_at_once(place: Place) -> None:
    place.open("users")
    button(place.page.users, "重设口令").click()
    inputs(place)[0].set_value("plum2026blue")
    place.page.users.drawer.verb.click()
    assert "李强的口令已重设" in place.told().text
    vault = Vault.find(place.office.ledger.path)
    with pytest.raises(WrongSecret):
        vault.unlock_password("李强", LI)


def test_switching_off_says_what_it_means_and_can_be_reversed(place: Place) -> None:
    place.open("users")
    button(place.page.users, "停用").click()
    dialog = place.dialog()
    press(dialog, Qt.Key.Key_Return)
    assert not place.said
    dialog.verb.click()
    assert place.told().text == "李强已停用"
    button(place.page.users, "启用").click()
    inputs(place)[0].set_value("plum2026blue")
    place.page.users.drawer.verb.click()
    assert place.told().text == "李强已启用"


def test_ones_own_password_is_changed_with_the_old_one(place: Place) -> None:
    place.open("users")
    button(place.page.users, "改我的口令").click()
    old, new = inputs(place)
    old.set_value("wrong")
    new.set_value("plum2026blue")
    drawer = place.page.users.drawer
    drawer.verb.click()
    place.qtbot.waitUntil(lambda: "口令不对" in drawer.problem.text(), timeout=20_000)
    old.set_value(PASSWORD)
    drawer.verb.click()
    assert place.told().text == "口令已改"


def test_a_clerk_sees_the_users_and_changes_only_her_own_password(qtbot: QtBot, book: Ledger) -> None:
    dress()
    place = Place(qtbot, book, role="2")
    place.open("users")
    words = [one.text() for one in place.page.users.findChildren(Button) if not one.isHidden()]
    assert "改我的口令" in words
    assert not {"新增使用人", "停用", "重设口令", "改名、角色"} & set(words)
    place.office.close()


# --- backups ----------------------------------------------------------------------------------------------


def test_a_backup_made_here_is_listed_as_verified(place: Place) -> None:
    place.open("backups")
    assert not place.page.backups.restore.isEnabled()
    place.page.backups.make.click()
    assert place.told().text == "已备份并核验"
    assert [one.state for one in place.page.backups.model.files] == [State.VERIFIED]
    assert place.page.backups.restore.isEnabled()


def test_an_unverified_backup_is_verified_on_request(place: Place) -> None:
    safekeeping.make_backup(place.office.ledger, Reason.BULK)
    place.open("backups")
    part = place.page.backups
    assert part.model.files[0].state is State.UNVERIFIED
    part.verify.click()
    place.qtbot.waitUntil(lambda: part.model.files[0].state is State.VERIFIED, timeout=20_000)
    assert place.told().text == "备份完好"


def test_restoring_says_what_it_means_and_leaves_for_the_start_window(place: Place) -> None:
    made = safekeeping.make_backup(place.office.ledger, Reason.MANUAL)
    place.open("backups")
    place.page.backups.restore.click()
    place.dialog().verb.click()
    assert place.wanted[-1] == Go("start", also=f"restore:{made.path}")


def test_a_clerk_does_not_restore(qtbot: QtBot, book: Ledger) -> None:
    dress()
    safekeeping.make_backup(book, Reason.MANUAL)
    place = Place(qtbot, book, role="2")
    place.open("backups")
    assert not place.page.backups.restore.isEnabled()
    assert "管理员" in place.page.backups.restore.toolTip()
    place.office.close()


# --- care -------------------------------------------------------------------------------------------------


def test_the_check_up_tells_what_it_found_with_the_list_of_it(place: Place) -> None:
    fill(place.office.ledger)
    place.open("care")
    place.page.care.check.click()
    place.qtbot.waitUntil(place.page.care._found.isVisible, timeout=20_000)
    assert "人员 7 人" in place.page.care._found.note.text()
    button(place.page.care._found, "看名单").click()
    listing = place.wanted[-1].listing
    assert listing is not None
    with place.office.desk.read() as session:
        assert [row.values[0] for row in listing.showing("name").rows(session)] == ["马淑华"]


def test_findings_of_one_kind_are_told_together(place: Place) -> None:
    wrong = [Finding("fact.differs", "hold", "people", f"u{place_}", "某某不一致。") for place_ in range(12)]
    place.page.care.show_check_up(CheckUp(integrity="第 3 页校验不符", findings=wrong))
    place.open("care")
    words = [one.text() for one in place.page.care._found.findChildren(Button)]
    assert words == ["看名单"]
    assert "12 处要看一看" in place.page.care._found.note.text()


def test_another_recovery_code_holds_only_after_it_was_typed_back(place: Place) -> None:
    place.open("care")
    place.page.care.code.click()
    care = place.page.care
    assert care._block is not None
    assert not care._set.isEnabled()
    code = care._block.code
    type_in(care._block.check.line, code_groups(code)[care._block.asked - 1])
    assert care._set.isEnabled()
    care._set.click()
    assert place.told().text == "恢复码已换，旧的作废"
    assert Vault.find(place.office.ledger.path).unlock_recovery(code) == place.office.ledger.vault.key
    with pytest.raises(WrongSecret):
        Vault.find(place.office.ledger.path).unlock_recovery(CODE)


def test_the_exported_log_covers_numbers_names_and_folders(place: Place, tmp_path: Path) -> None:
    folder = data_folder() / "logs"
    folder.mkdir(parents=True)
    (folder / "desk.log").write_text(
        "2026-01-26 09:42:11 ERROR cadre_desk fault: 「王宏远」 500101193602110014 13900005678\n"
        '  File "/home/zhou/桌面/desk.py", line 12, in keep\n'
        "sqlalchemy.exc.IntegrityError: UNIQUE constraint failed: person.uid\n",
        "utf-8",
    )
    place.page.care.write_log(tmp_path / "log.txt")
    text = (tmp_path / "log.txt").read_text("utf-8")
    for covered in ("王宏远", "500101193602110014", "13900005678", "/home/zhou"):
        assert covered not in text
    for kept in ("2026-01-26 09:42:11", "desk.py", "line 12, in keep", "person.uid"):
        assert kept in text
    assert place.told().file == tmp_path / "log.txt"


def test_an_empty_log_says_so(tmp_path: Path) -> None:
    assert log_export.export_log(tmp_path / "log.txt", tmp_path) == 1
    assert "没有出过差错" in (tmp_path / "log.txt").read_text("utf-8")


def test_a_demo_is_wiped_from_here_and_has_no_passwords(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    demo = create_open(tmp_path / "demo.cdesk", clock=Clock(TODAY))
    place = Place(qtbot, demo)
    place.open("care")
    assert not hasattr(place.page.care, "code")
    place.page.care.wipe.click()
    place.dialog().verb.click()
    assert place.wanted[-1] == Go("start", also="wipe")
    place.open("users")
    words = [one.text() for one in place.page.users.findChildren(Button) if not one.isHidden()]
    assert "新增使用人" not in words
    place.office.close()


def test_a_real_ledger_cannot_be_wiped_from_here(place: Place) -> None:
    assert not hasattr(place.page.care, "wipe")


# --- the page ---------------------------------------------------------------------------------------------


def test_the_other_registers_of_the_place_open_as_lists(place: Place) -> None:
    siblings = place.page.findChild(Siblings)
    assert isinstance(siblings, Siblings)
    siblings.chosen.emit("acts")
    assert place.wanted[-1] == Go("list", register="acts")


def test_arriving_without_a_tab_shows_the_one_that_was_left(place: Place) -> None:
    place.open("backups")
    place.page.arrive(Go("system"))
    assert place.page.tabs.current() == "backups"


@pytest.mark.parametrize(("factor", "width"), [(1.0, 1218), (1.5, 1270), (2.0, 1238)])
def test_the_system_place_has_no_faults_at_any_text_size(
    qtbot: QtBot, book: Ledger, factor: float, width: int
) -> None:
    dress(factor)
    fill(book)
    safekeeping.back_up(book, Reason.MANUAL)
    place = Place(qtbot, book)
    place.page.resize(width, 680)
    for tab in TABS:
        place.open(tab.key)
        assert faults(qtbot, place.page) == []
    place.page.care.ask_code()
    assert faults(qtbot, place.page) == []
    place.page.care._drawer.shut()
    place.page.users.ask_new()
    assert faults(qtbot, place.page) == []
    place.office.close()
    dress()
