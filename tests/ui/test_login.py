"""Signing in: the right password, the wrong one, a forgotten one, and files that are not as they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cadre_desk.actions import recent, users
from cadre_desk.db import cipher, keyslots
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.ledger_lock import LedgerLock
from cadre_desk.db.places import data_folder, keys_beside
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.vault import Vault
from cadre_desk.ui.kit.buttons import Button
from cadre_desk.ui.login_page import SigningIn
from cadre_desk.ui.office import Person
from cadre_desk.ui.start_window import StartWindow
from tests.actions.due_office import CODE, PASSWORD, found
from tests.ui.desk_window import dress, press, show, type_in

LI = "orchid2026x"
Opening = Callable[[Path], StartWindow]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with two users that is closed."""
    with found(tmp_path) as book:
        users.add_user(book, "李强", "2", LI)
    recent.remember(book.path, "青岚县老干部局", "李强")
    return book.path


@pytest.fixture
def login(qtbot: QtBot) -> Iterator[Opening]:
    dress()
    windows: list[StartWindow] = []
    opened: list[Ledger] = []

    def make(ledger: Path) -> StartWindow:
        window = StartWindow(ledger=ledger)
        window.opened.connect(lambda book, _who: opened.append(book))
        windows.append(window)
        show(qtbot, window)
        return window

    yield make
    for window in windows:
        window.close()
    for book in opened:
        book.close()


def acts(window: StartWindow) -> list[str]:
    return [one.text() for one in window.login.problem.findChildren(Button) if not one.isHidden()]


def test_the_last_user_types_a_password_and_is_in(qtbot: QtBot, login: Opening, path: Path) -> None:
    window = login(path)
    assert window.login.title.text() == "青岚县老干部局"
    assert window.login.user.value == "李强"
    assert window.focusWidget() is window.login.password.line
    type_in(window.login.password.line, LI)
    with qtbot.waitSignal(window.opened, timeout=20_000) as heard:
        press(window.login.password.line, Qt.Key.Key_Return)
    book, who = heard.args or [None, None]
    assert isinstance(book, Ledger)
    assert (who, book.desk.user) == (Person("李强", "2"), "李强")


def test_the_last_ledger_is_offered_at_the_start(qtbot: QtBot, path: Path) -> None:
    dress()
    window = StartWindow()
    show(qtbot, window)
    assert window.page is window.login
    assert window.login.path == path
    window.close()


def test_a_wrong_password_is_said_at_the_field(qtbot: QtBot, login: Opening, path: Path) -> None:
    window = login(path)
    type_in(window.login.password.line, "wrong pass")
    window.login.enter.click()
    qtbot.waitUntil(lambda: "口令不对" in window.login.password.problem(), timeout=20_000)
    assert window.login.enter.isEnabled()


def test_no_password_is_asked_for(login: Opening, path: Path) -> None:
    window = login(path)
    window.login.enter.click()
    assert window.login.password.problem() == "请输入口令。"


def test_after_wrong_tries_the_wait_is_counted_down(qtbot: QtBot, login: Opening, path: Path) -> None:
    window = login(path)
    tries = data_folder() / "tries"
    tries.mkdir(parents=True, exist_ok=True)
    number = json.loads(keys_beside(path).read_bytes())["ledger"]
    told = {"wrong": 4, "last": datetime.now().timestamp()}
    (tries / f"{number}.json").write_text(json.dumps(told), "utf-8")
    type_in(window.login.password.line, LI)
    window.login.enter.click()
    qtbot.waitUntil(lambda: "秒再试" in window.login.password.problem(), timeout=20_000)
    assert not window.login.enter.isEnabled()
    window.login._waits = 1
    window.login._count_down()
    assert window.login.enter.isEnabled()
    assert window.login.password.problem() == ""


def test_a_user_switched_off_is_told_so(qtbot: QtBot, login: Opening, path: Path) -> None:
    window = login(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cadre_desk.db.ledger.sign_in", lambda _session, _name: None)
        window.login.asked.emit(SigningIn(path, "李强", LI))
        qtbot.waitUntil(lambda: "停用" in window.login.problem.text(), timeout=20_000)


def test_a_forgotten_password_is_replaced_with_the_recovery_code(
    qtbot: QtBot, login: Opening, path: Path
) -> None:
    window = login(path)
    window.login.forgot.click()
    page = window.recovery
    assert window.page is page
    type_in(page.code.line, CODE.lower().replace("-", " "))
    assert page.code.echo() == "四组都对"
    page.user.set_value("李强")
    type_in(page.password.line, "newpass2026")
    with qtbot.waitSignal(window.opened, timeout=20_000) as heard:
        page.enter.click()
    assert (heard.args or [None, None])[1] == Person("李强", "2")


def test_a_mistyped_code_names_its_group(login: Opening, path: Path) -> None:
    window = login(path)
    window.show_recovery(path)
    wrong = CODE[:-1] + ("2" if CODE[-1] != "2" else "3")
    type_in(window.recovery.code.line, wrong)
    window.recovery.enter.click()
    assert "第4组有误" in window.recovery.code.problem()


def test_another_ledgers_code_opens_nothing(qtbot: QtBot, login: Opening, path: Path) -> None:
    window = login(path)
    window.show_recovery(path, new_recovery_code())
    window.recovery.password.line.setText("newpass2026")
    window.recovery.enter.click()
    qtbot.waitUntil(lambda: "打不开这本台账" in window.recovery.problem.text(), timeout=20_000)


def test_esc_goes_back_to_signing_in(login: Opening, path: Path) -> None:
    window = login(path)
    window.login.forgot.click()
    press(window.recovery.code.line, Qt.Key.Key_Escape)
    assert window.page is window.login


def test_a_moved_ledger_says_so_with_the_ways_out(login: Opening, path: Path, tmp_path: Path) -> None:
    path.rename(tmp_path / "搬走了.cdesk")
    window = login(path)
    assert "可能被移走或改了名" in window.login.problem.text()
    assert acts(window) == ["选别的文件", "从备份恢复", "从列表去掉"]
    assert window.login.password.isHidden()
    window._act("forget")
    assert window.page is window.first


def test_a_renamed_ledger_opens_as_before(qtbot: QtBot, login: Opening, path: Path, tmp_path: Path) -> None:
    moved = tmp_path / "别处" / "换了名字.cdesk"
    moved.parent.mkdir()
    path.rename(moved)
    keys_beside(path).unlink()
    window = login(moved)
    window.login.user.set_value("李强")
    type_in(window.login.password.line, LI)
    with qtbot.waitSignal(window.opened, timeout=20_000):
        window.login.enter.click()
    assert keys_beside(moved).exists()


def test_lost_keys_lead_to_the_backup(login: Opening, path: Path) -> None:
    keys_beside(path).unlink()
    for keys in (data_folder() / "keys").iterdir():
        keys.unlink()
    window = login(path)
    assert "没有找到台账" in window.login.problem.text()
    assert "钥匙文件" in window.login.problem.text()
    assert acts(window)[0] == "从备份恢复"


def test_a_ledger_of_a_newer_program_is_left_alone(qtbot: QtBot, login: Opening, path: Path) -> None:
    key = Vault.find(path).unlock_password("李强", LI)
    with closing(cipher.connect(path, key)) as connection:
        connection.execute("PRAGMA user_version = 999")
    window = login(path)
    window.login.asked.emit(SigningIn(path, "李强", LI))
    qtbot.waitUntil(lambda: "较新版本" in window.login.problem.text(), timeout=20_000)
    assert "台账没有改动" in window.login.problem.text()


def test_a_ledger_in_use_names_who_has_it(qtbot: QtBot, login: Opening, path: Path) -> None:
    with LedgerLock(path, "周敏", now=datetime(2026, 1, 26, 9)):
        window = login(path)
        window.login.asked.emit(SigningIn(path, "李强", LI))
        qtbot.waitUntil(lambda: "正由周敏" in window.login.problem.text(), timeout=20_000)
        assert acts(window) == ["再试一次"]
    window._act("again")
    window.login.asked.emit(SigningIn(path, "李强", LI))
    with qtbot.waitSignal(window.opened, timeout=20_000):
        pass


def test_other_ledgers_of_this_computer_are_offered(login: Opening, path: Path, tmp_path: Path) -> None:
    recent.remember(tmp_path / "石桥县.cdesk", "石桥县老干部局", "李静")
    window = login(path)
    names = [one.accessibleName() for one in window.login._others.findChildren(Button)]
    assert names == ["打开石桥县老干部局"]
    window.login._others.findChildren(Button)[0].click()
    assert window.login.path.name == "石桥县.cdesk"


def test_the_admin_signs_in_with_the_founders_password(qtbot: QtBot, login: Opening, path: Path) -> None:
    window = login(path)
    window.login.user.set_value("周敏")
    window.login.password.line.setText(PASSWORD)
    with qtbot.waitSignal(window.opened, timeout=20_000) as heard:
        window.login.enter.click()
    assert (heard.args or [None, None])[1] == Person("周敏", "1")
