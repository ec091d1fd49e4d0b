"""The first hour: set up, a bad roster mended and imported, a first round, its sign-off list on file."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import Workbook

from cadre_desk.db import cipher
from cadre_desk.db.recovery import code_groups
from cadre_desk.db.vault import Vault
from cadre_desk.domain.errors import UserError
from tests.intake.books import id_number
from tests.journeys.real_window import Screen, screen, wait_for

pytestmark = pytest.mark.usefixtures("window_programs")

OFFICE, USER, PASSWORD = "中共青岚县委老干部局", "周敏", "orchid2026x"
#: Where 签领表 stands on the page of a round, in a window of 1366×768.
RECEIPT = (1300, 95)
HEAD = ("序号", "姓 名", "身份证号码", "出生年月", "原单位", "离退休类别", "备注")
RETYPED = id_number(date(1953, 7, 12), 3)
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "秦守义", id_number(date(1935, 9, 1), 1), "1935.09", "县住建局", "离休", ""),
    (2, "左玉梅", id_number(date(1942, 1, 5), 2), "1942.01", "县财政局", "退休", ""),
    (3, "孙德奎", "5.00101E+17", "1953.07", "县供电公司", "退休", ""),
    (4, "黎世芬", "", 1948.1, "县审计局", "离休", ""),
    (5, "石万林", "", "1937.13", "县林业局", "离休", ""),
    (6, "王桂英", "", "", "县实验小学", "退休", ""),
    (7, "王桂英", "", "", "", "退休", ""),
    (8, "张三", "110101199001010000", "1990.01", "示例单位", "退休", "示例"),
    ("", "合计", "", "8 人", "", "", ""),
)


def bad_roster(path: Path) -> None:
    """Five problems: a damaged number, .1 for October, a thirteenth month, a namesake, a sample."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "在册"
    sheet.append(["青岚县离退休干部花名册"])
    for row in (HEAD, *ROWS):
        sheet.append(list(row))
    book.save(path)


#: The program as it is, but that the lot always falls on the first group of the recovery code.
DESK = """
import runpy, secrets
secrets.randbelow = lambda _: 0
runpy.run_module("cadre_desk", run_name="__main__")
"""


def ask(file: Path, sql: str) -> list[Any]:
    """What the ledger says to a second reader, while the program has it open; nothing before it is there."""
    if not file.exists():
        return []
    try:
        key = Vault.find(file).unlock_password(USER, PASSWORD)
        with closing(cipher.connect(file, key, query_only=True)) as connection:
            return list(connection.execute(sql).fetchall())
    except (cipher.DatabaseFault, UserError):
        return []


def set_up(on: Screen, home: Path) -> Path:
    """The set-up page, typed; the recovery code is saved to a file and typed back. Answers the ledger."""
    on.window("老干部台账")
    on.type(OFFICE)
    on.keys("Return", "Return")
    on.type(USER)
    on.keys("Return")
    on.type(PASSWORD)
    kept = home / "code.txt"
    on.keys("Tab", "Tab", "Tab", "space")
    on.window("恢复码存成文件")
    on.keys("ctrl+a")
    on.type(str(kept))
    on.keys("Return")
    wait_for(kept.exists, "the recovery code was not saved")
    code = next(line for line in kept.read_text("utf-8").splitlines() if line.count("-") > 2)
    ledger = home / "Documents" / "老干部台账" / "青岚县老干部台账.cdesk"
    on.window("老干部台账")
    on.keys("ctrl+a")
    on.type(code_groups(code)[0])
    on.keys("Return")
    wait_for(lambda: ask(ledger, "SELECT count(*) FROM user"), "the ledger was not set up")
    return ledger


def import_roster(on: Screen, ledger: Path, roster: Path) -> None:
    """The roster chosen, its five problems settled from the keyboard, and written."""
    on.window("青岚县")
    on.keys("ctrl+2", "ctrl+i", "ctrl+Return")
    on.window("选一份花名册")
    on.type(str(roster))
    on.keys("Return")
    on.window("青岚县")
    time.sleep(1)
    on.keys("ctrl+Return")
    settle(on, RETYPED)
    settle(on, "1937.3")
    settle(on)  # the second 王桂英 is the first
    on.keys("F4", "Return", "Tab", "space")  # the sample stays out
    time.sleep(0.6)
    assert ask(ledger, "SELECT count(*) FROM person") == [(0,)]
    on.keys("ctrl+Return")
    wait_for(lambda: ask(ledger, "SELECT count(*) FROM person") == [(6,)], "the roster was not written")


def settle(on: Screen, typed: str = "") -> None:
    """Go to the next row that waits and enter its cell again, or take its first answer."""
    time.sleep(0.6)
    on.keys("F4", "Return")
    if typed:
        on.type(typed)
    on.keys("Return" if typed else "space")


def make_round(on: Screen, ledger: Path, paper: Path) -> None:
    """A 春节 round of all 离休, and its sign-off list as a file."""
    on.keys("ctrl+4", "ctrl+n")
    time.sleep(0.6)
    on.type("600")
    time.sleep(1)
    on.keys("ctrl+s")
    wait_for(lambda: ask(ledger, "SELECT count(*) FROM visit") == [(3,)], "the round was not made")
    time.sleep(0.6)
    on.click(*RECEIPT)
    on.window("打印预览")
    time.sleep(1)
    on.keys("ctrl+s")
    on.window("存到")
    on.keys("ctrl+a")
    on.type(str(paper))
    on.keys("Return")
    wait_for(paper.exists, "the sign-off list was not saved")


def test_the_first_hour_ends_with_a_sign_off_list(tmp_path: Path) -> None:
    home, roster, paper = tmp_path / "home", tmp_path / "roster.xlsx", tmp_path / "receipt.pdf"
    home.mkdir()
    bad_roster(roster)
    with screen(home) as on:
        program = on.start(sys.executable, "-c", DESK)
        ledger = set_up(on, home)
        import_roster(on, ledger, roster)
        make_round(on, ledger, paper)
        assert program.poll() is None
    people = dict(ask(ledger, "SELECT name, coalesce(id_no, '') FROM person"))
    assert sorted(people) == ["孙德奎", "左玉梅", "王桂英", "石万林", "秦守义", "黎世芬"]
    assert people["孙德奎"] == RETYPED
    born = dict(ask(ledger, "SELECT name, birth_archive FROM person WHERE name IN ('黎世芬', '石万林')"))
    assert born == {"黎世芬": "1948-10", "石万林": "1937-03"}
    assert ask(ledger, "SELECT file, new, held FROM import_log") == [("roster.xlsx", 6, 1)]
    assert ask(ledger, "SELECT sum(cash) FROM visit") == [(180_000,)]
    assert ask(ledger, "SELECT count(*) FROM backup_made") != [(0,)]
    with closing(pypdfium2.PdfDocument(paper)) as pages:
        said = "".join(page.get_textpage().get_text_range() for page in pages)
    assert all(name in said for name in ("秦守义", "黎世芬", "石万林"))
    assert "左玉梅" not in said
    assert "1,800.00" in said
    assert "壹仟捌佰元整" in said
