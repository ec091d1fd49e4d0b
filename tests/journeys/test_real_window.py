from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cadre_desk.db import cipher
from cadre_desk.db.vault import Vault
from tests.journeys.real_window import desk, screen, wait_for
from tests.ledgers import village

pytestmark = pytest.mark.usefixtures("window_programs")


def ask(file: Path, sql: str) -> object:
    """What the ledger says, beside the program that has it open."""
    with closing(cipher.connect(file, Vault.find(file).unlock_open(), query_only=True)) as connection:
        return connection.execute(sql).fetchone()[0]


def test_a_clerk_finds_someone_by_initials_edits_saves_and_takes_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("CADRE_DESK_HOME", str(home / "desk"))
    book = village(tmp_path)
    book.close()
    name = "SELECT name FROM person WHERE id = 6"
    assert ask(book.path, name) == "单国栋"
    with screen(home) as on:
        program = desk(on, book.path)
        on.window("老干部台账")
        on.keys("ctrl+k")
        on.type("sgd")
        on.keys("Return")
        on.keys("F2", "End")
        on.type("X")
        on.keys("ctrl+s")
        wait_for(lambda: ask(book.path, name) == "单国栋X", "the change was not saved")
        on.keys("ctrl+z")
        wait_for(lambda: ask(book.path, name) == "单国栋", "the change was not undone")
        assert program.poll() is None
    assert ask(book.path, "SELECT count(*) FROM act") == 4
