"""The first hour: a ledger is set up, its code kept on paper, the demo looked at, a backup brought back."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from cadre_desk.actions import recent, safekeeping
from cadre_desk.db import keyslots, settings
from cadre_desk.db import ledger as ledgers
from cadre_desk.db.container import Reason
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.places import data_folder
from cadre_desk.db.recovery import code_groups
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.office import Person
from cadre_desk.ui.recovery_code import draw_sheet
from cadre_desk.ui.start_window import DEMO_FOLDER, StartWindow, demo_path
from tests.actions.due_office import CODE, PASSWORD, fill, found
from tests.ui.desk_window import click, dress, faults, press, show, type_in

Opening = Callable[..., StartWindow]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Opening]:
    """Make the window; ledgers that it opened are closed at the end."""
    dress()
    windows: list[StartWindow] = []
    ledgers_opened: list[Ledger] = []

    def make(make_demo: Any = None, ledger: Path | None = None) -> StartWindow:
        window = StartWindow(make_demo, ledger=ledger)
        window.opened.connect(lambda book, _who: ledgers_opened.append(book))
        windows.append(window)
        show(qtbot, window)
        return window

    yield make
    for window in windows:
        window.close()
    for book in ledgers_opened:
        book.close()


def fill_in(window: StartWindow, folder: Path) -> None:
    """Fill the set-up page as a clerk does, Enter by Enter; hanzi come from the input method."""
    page = window.first
    page.set_folder(folder)
    page.office.line.setText("青岚县老干部局")
    page.user.line.setText("周敏")
    type_in(page.password.line, "orchid2026x")
    group = code_groups(page.recovery.code)[page.recovery.asked - 1]
    page.recovery.check.line.setFocus()
    type_in(page.recovery.check.line, group.lower())


def test_the_set_up_makes_a_ledger_and_opens_it(qtbot: QtBot, start: Opening, tmp_path: Path) -> None:
    window = start()
    fill_in(window, tmp_path / "老干部台账")
    with qtbot.waitSignal(window.opened) as heard:
        press(window.first.recovery.check.line, Qt.Key.Key_Return)
    book, who = heard.args or [None, None]
    assert isinstance(book, Ledger)
    assert who == Person("周敏", "1")
    assert book.path == tmp_path / "老干部台账" / "青岚县老干部台账.cdesk"
    with book.desk.read() as session:
        assert settings.read(session, settings.OFFICE) == "青岚县老干部局"
        assert settings.read(session, settings.COUNTY) == "青岚县"
    code = window.first.recovery.code
    assert book.vault.has_recovery
    book.close()
    with ledgers.open_ledger(book.path, ledgers.by_recovery(code)):
        pass
    assert [one.path for one in recent.recent_ledgers()] == [book.path]


def test_the_button_waits_and_says_for_what(start: Opening, tmp_path: Path) -> None:
    window = start()
    page = window.first
    asked = page.recovery.asked
    assert page.missing() == ["单位名称", "所在县", "使用人", "口令", f"抄回恢复码第 {asked} 组"]
    assert not page.found.isEnabled()
    assert "还差：单位名称" in page.found.toolTip()
    fill_in(window, tmp_path)
    assert page.missing() == []
    assert page.found.isEnabled()


def test_the_county_follows_the_office_until_it_is_typed(start: Opening) -> None:
    page = start().first
    page.office.line.setText("中共青岚县委老干部局")
    assert page.county.text() == "青岚县"
    page.county.line.clear()
    type_in(page.county.line, "Qinglan")
    page.office.line.setText("石桥县老干部局")
    assert page.county.text() == "Qinglan"


def test_a_weak_password_is_said_at_the_field(start: Opening) -> None:
    page = start().first
    page.password.line.setFocus()
    type_in(page.password.line, "abc")
    page.user.line.setFocus()
    assert "太短" in page.password.problem()
    page.password.line.setText("orchid2026x")
    assert page.password.echo() == "够长：11 位"
    assert page.password.problem() == ""


def test_the_eye_shows_what_was_typed(start: Opening) -> None:
    page = start().first
    type_in(page.password.line, "orchid2026x")
    assert page.password.line.displayText() != "orchid2026x"
    click(page.password._eye)
    assert page.password.line.displayText() == "orchid2026x"


def test_a_wrong_group_is_not_taken_and_the_code_is_covered_while_typing(start: Opening) -> None:
    block = start().first.recovery
    groups = code_groups(block.code)
    assert [group.audit_texts() for group in block._groups] == [[one] for one in groups]
    block.check.line.setFocus()
    assert block._groups[0].audit_texts() == []
    type_in(block.check.line, groups[block.asked % 4])
    press(block.check.line, Qt.Key.Key_Tab)
    assert not block.is_checked
    assert f"第 {block.asked} 组" in block.check.problem() or f"第{block.asked}组" in block.check.problem()
    assert block._groups[0].audit_texts() == [groups[0]]


def test_the_code_is_saved_for_its_owner_alone(start: Opening, tmp_path: Path) -> None:
    page = start().first
    page.office.line.setText("青岚县老干部局")
    page.user.line.setText("周敏")
    page.recovery.save(tmp_path / "恢复码.txt")
    saved = tmp_path / "恢复码.txt"
    assert page.recovery.code in saved.read_text("utf-8")
    assert "青岚县老干部局" in saved.read_text("utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert "已存到" in page.recovery.kept.text()


def test_an_unwritable_place_for_the_code_is_said(start: Opening, tmp_path: Path) -> None:
    page = start().first
    (tmp_path / "not-a-folder").write_text("", "utf-8")
    page.recovery.save(tmp_path / "not-a-folder" / "恢复码.txt")
    assert "写不进去" in page.recovery.kept.text()


class Listening(QPainter):
    """A painter that remembers the words it drew, and where."""

    def __init__(self, paper: QImage) -> None:
        super().__init__(paper)
        self.drawn: list[tuple[QRectF, str]] = []

    def drawText(self, *told: Any) -> Any:  # noqa: N802
        used = super().drawText(*told)
        self.drawn.append((used, told[-1]))
        return used


def test_the_sheet_for_the_safe_carries_the_whole_code(start: Opening) -> None:
    start()
    paper = QImage(1240, 1754, QImage.Format.Format_Grayscale8)
    paper.setDotsPerMeterX(5906)
    paper.setDotsPerMeterY(5906)
    paper.fill(255)
    painter = Listening(paper)
    draw_sheet(painter, QRectF(paper.rect()), CODE, "青岚县老干部局", "周敏")
    painter.end()
    words = [text.replace(" ", "") for _, text in painter.drawn]
    for group in code_groups(CODE):
        assert group in words
    assert any("青岚县老干部局" in text for text in words)
    rects = [rect for rect, _ in painter.drawn]
    assert all(above.bottom() <= below.top() for above, below in pairwise(rects))
    assert all(QRectF(paper.rect()).contains(rect) for rect in rects)


def test_a_ledger_in_the_way_is_not_overwritten(qtbot: QtBot, start: Opening, tmp_path: Path) -> None:
    window = start()
    fill_in(window, tmp_path)
    window.first.path.write_text("别的文件", "utf-8")
    click(window.first.found)
    qtbot.waitUntil(lambda: not window.first.problem.isHidden())
    assert "已经存在" in window.first.problem.text()
    assert window.first.path.read_text("utf-8") == "别的文件"


def make_small_demo(path: Path, step: Callable[[str, int, int], None]) -> None:
    with ledgers.create_open(path) as book:
        book.desk.user = "周敏"
        step("造人", 1, 2)
        fill(book)


def test_the_demo_is_one_click_away_and_wiped_with_one(qtbot: QtBot, start: Opening) -> None:
    window = start(make_small_demo)
    with qtbot.waitSignal(window.opened, timeout=20_000) as heard:
        window.first.demo.acted.emit("demo")
    book = (heard.args or [None])[0]
    assert isinstance(book, Ledger)
    assert book.is_demo
    book.close()
    window.wipe(book.path)
    qtbot.waitUntil(lambda: not book.path.exists())
    qtbot.waitUntil(lambda: window.page is window.first)
    assert not (data_folder() / f"{DEMO_FOLDER}-未完成").exists()


def test_the_demo_is_wiped_from_the_start_page_too(qtbot: QtBot, start: Opening) -> None:
    window = start(make_small_demo)
    assert [one.text() for one in window.first.demo._buttons] == ["打开示范县"]
    with qtbot.waitSignal(window.opened, timeout=20_000) as heard:
        window.first.demo.acted.emit("demo")
    (heard.args or [None])[0].close()
    window.begin()
    assert [one.text() for one in window.login.demo._buttons] == ["清除", "打开示范县"]
    window.login.demo._buttons[0].click()
    qtbot.waitUntil(lambda: not demo_path().exists(), timeout=20_000)
    qtbot.waitUntil(lambda: window.page is window.first)
    assert recent.recent_ledgers() == ()


def test_half_a_demo_is_never_opened(qtbot: QtBot, start: Opening) -> None:
    def fail(path: Path, _step: Callable[[str, int, int], None]) -> None:
        path.write_text("半个县", "utf-8")
        raise UserError("磁盘满了，示范县没有造成。")

    window = start(fail)
    window._act("demo")
    qtbot.waitUntil(lambda: "磁盘满了" in window.first.problem.text())
    assert not (data_folder() / DEMO_FOLDER).exists()


def test_a_second_click_while_the_ledger_is_made_does_nothing(
    qtbot: QtBot, start: Opening, tmp_path: Path
) -> None:
    window = start()
    fill_in(window, tmp_path)
    with qtbot.waitSignal(window.opened, timeout=20_000):
        click(window.first.found)
        click(window.first.found)
    qtbot.wait(50)
    assert window.first.problem.isHidden()


def test_without_a_demo_maker_no_demo_is_offered(start: Opening) -> None:
    assert start().first.demo.isHidden()


def test_a_disaster_ends_with_everything_back(qtbot: QtBot, start: Opening, tmp_path: Path) -> None:
    """Journey 9: a new computer, the backup on a stick, the recovery code from the safe."""
    stick = tmp_path / "stick"
    with found(tmp_path) as book:
        fill(book)
        backup = safekeeping.make_backup(book, Reason.MANUAL, stick).path
    for path in tmp_path.glob("青岚县*"):
        path.unlink()
    for keys in (data_folder() / "keys").iterdir():
        keys.unlink()
    window = start()
    window.show_restore()
    page = window.restore
    page.choose(backup)
    assert "人员 7 人" in page.holds.text()
    assert page.way.value == "code"
    page.set_target(tmp_path / "new" / "青岚县老干部台账")
    type_in(page.code.line, CODE)
    press(page.code.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.result.isHidden(), timeout=20_000)
    assert "人员 7 人" in page._counted.text()
    window._act("enter")
    assert window.page is window.recovery
    type_in(window.recovery.password.line, "orchid2026x")
    with qtbot.waitSignal(window.opened, timeout=20_000) as heard:
        press(window.recovery.password.line, Qt.Key.Key_Return)
    assert (heard.args or [None, None])[1] == Person("周敏", "1")


def test_restoring_keeps_todays_ledger_and_signs_in(qtbot: QtBot, start: Opening, tmp_path: Path) -> None:
    with found(tmp_path) as book:
        backup = safekeeping.make_backup(book, Reason.MANUAL).path
        fill(book)
    window = start(ledger=book.path)
    window._act("restore")
    page = window.restore
    assert page._found.count() == 1
    page.choose(backup)
    assert "改名保存" in page.fate.text()
    page.way.set_value("password")
    type_in(page.password.line, "wrong password")
    page.go.click()
    qtbot.waitUntil(lambda: "口令不对" in page.problem.text(), timeout=20_000)
    page.password.line.setText(PASSWORD)
    page.go.click()
    qtbot.waitUntil(lambda: not page.result.isHidden(), timeout=20_000)
    assert "恢复前" in page._saved.text()
    assert len(list(tmp_path.glob("*恢复前*.cdesk"))) == 1
    with qtbot.waitSignal(window.opened, timeout=20_000):
        window._act("enter")


def test_a_damaged_backup_restores_nothing(qtbot: QtBot, start: Opening, tmp_path: Path) -> None:
    with found(tmp_path) as book:
        backup = safekeeping.make_backup(book, Reason.MANUAL).path
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)
    before = book.path.read_bytes()
    window = start(ledger=book.path)
    window.show_restore(book.path, backup)
    window.restore.code.line.setText(CODE)
    window.restore.go.click()
    qtbot.waitUntil(lambda: "请换另一份备份" in window.restore.problem.text(), timeout=20_000)
    assert book.path.read_bytes() == before


def test_what_is_no_backup_is_said_at_once(start: Opening, tmp_path: Path) -> None:
    (tmp_path / "x.cdesk-backup").write_bytes(b"no zip")
    window = start()
    window.show_restore()
    window.restore.choose(tmp_path / "x.cdesk-backup")
    assert "不是完整的备份" in window.restore.problem.text()
    assert not window.restore.go.isEnabled()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_the_start_pages_have_no_faults_at_any_text_size(qtbot: QtBot, tmp_path: Path, factor: float) -> None:
    with found(tmp_path) as book:
        fill(book)
        backup = safekeeping.make_backup(book, Reason.MANUAL).path
    dress(factor)
    window = StartWindow(make_small_demo)
    show(qtbot, window)
    window.show_first()
    assert faults(qtbot, window) == []
    window.show_login(book.path)
    assert faults(qtbot, window) == []
    window.show_recovery(book.path, CODE)
    assert faults(qtbot, window) == []
    window.show_restore(book.path, backup)
    assert faults(qtbot, window) == []
    scroll = window.pages.currentWidget()
    assert isinstance(scroll, QScrollArea)
    assert scroll.widget().width() <= scroll.viewport().width()
    window.close()
