"""The encrypted file: its settings, what is refused, and that nothing lies readable on the disk."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from cadre_desk.db import cipher
from cadre_desk.db.cipher import LedgerUnreadable
from tests.db.hand_ledger import NAMES, people, write_people

if TYPE_CHECKING:
    from pathlib import Path

#: Another process that wants to write at once.
WRITE = """
import sys
from sqlcipher3 import dbapi2
ledger = dbapi2.connect(sys.argv[1], timeout=0, isolation_level=None)
ledger.execute("PRAGMA key = \\"x'" + sys.argv[2] + "'\\"")
ledger.execute("BEGIN IMMEDIATE")
"""

#: Another process that commits a person and dies before the log is written into the file.
CRASH = """
import os, sys
from pathlib import Path
from cadre_desk.db import cipher
ledger = cipher.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
ledger.execute("INSERT INTO person (name) VALUES ('公孙望岳')")
os._exit(9)
"""


@pytest.fixture
def key() -> bytes:
    return cipher.new_key()


@pytest.fixture
def ledger(tmp_path: Path, key: bytes) -> Path:
    path = tmp_path / "台 账#1.cdesk"
    write_people(path, key)
    return path


def ask(connection: cipher.Connection, pragma: str) -> object:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


def damage(path: Path, offset: int) -> None:
    """Change one byte."""
    with path.open("rb+") as file:
        file.seek(offset)
        byte = file.read(1)
        file.seek(offset)
        file.write(bytes([byte[0] ^ 1]))


def test_every_connection_has_the_settings_of_the_house(
    ledger: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "DURABILITY", "FULL")
    with closing(cipher.connect(ledger, key)) as connection:
        assert ask(connection, "journal_mode") == "wal"
        assert ask(connection, "synchronous") == 2
        assert ask(connection, "foreign_keys") == 1
        assert ask(connection, "recursive_triggers") == 1
        assert ask(connection, "cache_size") == -32768
        assert ask(connection, "busy_timeout") == cipher.PATIENCE
        assert ask(connection, "temp_store") == 2
        assert ask(connection, "query_only") == 0
        assert connection.isolation_level is None


def test_a_reading_connection_can_not_write(ledger: Path, key: bytes) -> None:
    with (
        closing(cipher.connect(ledger, key, query_only=True)) as connection,
        pytest.raises(dbapi2.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM person")
    assert people(ledger, key) == list(NAMES)


def test_a_wrong_key_is_refused_in_a_sentence_and_nothing_changes(
    ledger: Path, key: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    before = ledger.read_bytes()
    with pytest.raises(LedgerUnreadable, match="钥匙对不上，或者文件已损坏"):
        cipher.connect(ledger, cipher.new_key())
    assert ledger.read_bytes() == before
    assert people(ledger, key) == list(NAMES)
    assert capfd.readouterr() == ("", "")


def test_a_wrong_key_after_a_crash_loses_nothing_that_was_committed(ledger: Path, key: bytes) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(ledger), key.hex()], check=False)
    assert ledger.with_name(ledger.name + "-wal").stat().st_size > 0
    with pytest.raises(LedgerUnreadable):
        cipher.connect(ledger, cipher.new_key())
    cipher.salt_of(ledger)
    assert people(ledger, key) == [*NAMES, "公孙望岳"]


def test_a_missing_empty_or_other_file_is_refused(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(LedgerUnreadable, match="没有找到台账"):
        cipher.connect(tmp_path / "没有.cdesk", key)
    assert not (tmp_path / "没有.cdesk").exists()
    (tmp_path / "空.cdesk").touch()
    with pytest.raises(LedgerUnreadable, match="空文件"):
        cipher.connect(tmp_path / "空.cdesk", key)
    with pytest.raises(LedgerUnreadable, match="没有找到台账"):
        cipher.connect(tmp_path, key)
    (tmp_path / "文.cdesk").write_text("这是一个文本文件。" * 500, "utf-8")
    with pytest.raises(LedgerUnreadable, match="已损坏"):
        cipher.connect(tmp_path / "文.cdesk", key)


def test_a_ledger_is_never_made_over_another_file(ledger: Path, key: bytes) -> None:
    with pytest.raises(LedgerUnreadable, match="已经存在，没有覆盖"):
        cipher.connect(ledger, key, create=True)
    assert people(ledger, key) == list(NAMES)


def test_a_ledger_can_not_be_made_where_there_is_no_folder(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(LedgerUnreadable, match="不能在"):
        cipher.connect(tmp_path / "无" / "台账.cdesk", key, create=True)


def test_a_new_ledger_is_its_owners_alone(ledger: Path) -> None:
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


def test_no_name_is_readable_in_the_file_or_in_its_log(ledger: Path, key: bytes) -> None:
    with closing(cipher.connect(ledger, key)) as connection:
        connection.execute("INSERT INTO person (name) VALUES ('公孙望岳')")
        log = ledger.with_name(ledger.name + "-wal")
        assert log.stat().st_size > 0
        for content in (ledger.read_bytes(), log.read_bytes()):
            for text in (*NAMES, "公孙望岳", "person", "SQLite format 3"):
                assert text.encode() not in content
    with closing(sqlite3.connect(ledger)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM person").fetchall()


def test_the_fingerprint_is_read_without_the_key_and_outlives_vacuum(ledger: Path, key: bytes) -> None:
    fingerprint = cipher.salt_of(ledger)
    with closing(cipher.connect(ledger, key)) as connection:
        assert cipher.salt_of(ledger) == fingerprint
        connection.execute("VACUUM")
    assert cipher.salt_of(ledger) == fingerprint == ledger.read_bytes()[: cipher.SALT_BYTES]


def test_the_fingerprint_is_there_before_the_first_table(tmp_path: Path, key: bytes) -> None:
    for number, salt in enumerate((b"", bytes(range(16)))):
        path = tmp_path / f"{number}.cdesk"
        with closing(cipher.connect(path, key, create=True, salt=salt)):
            assert cipher.salt_of(path) == (salt or path.read_bytes()[:16])


def test_asking_for_the_fingerprint_leaves_an_open_ledgers_locks_alone(ledger: Path, key: bytes) -> None:
    with closing(cipher.connect(ledger, key)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        cipher.salt_of(ledger)
        tried = subprocess.run(
            [sys.executable, "-c", WRITE, str(ledger), key.hex()], capture_output=True, text=True, check=False
        )
        assert "database is locked" in tried.stderr
        connection.execute("ROLLBACK")


def test_a_sound_ledger_has_no_findings(ledger: Path, key: bytes) -> None:
    assert cipher.integrity(ledger, key) == []


def test_a_changed_byte_is_found(ledger: Path, key: bytes) -> None:
    damage(ledger, ledger.stat().st_size - 2000)
    findings = cipher.integrity(ledger, key)
    assert findings
    assert findings[0].startswith("加密校验不符")


def test_a_damaged_head_is_found(ledger: Path, key: bytes) -> None:
    damage(ledger, 100)
    assert "已损坏" in cipher.integrity(ledger, key)[0]


def test_a_link_to_nobody_is_found(ledger: Path, key: bytes) -> None:
    with closing(cipher.connect(ledger, key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM person WHERE id = 1")
    assert cipher.integrity(ledger, key) == ["关联有误：表 visit 第 1 行所指的 person 不存在"]


def test_a_locked_ledger_is_told_from_a_damaged_one(
    ledger: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(cipher.connect(ledger, key)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(cipher, "PATIENCE", 0)
        with pytest.raises(LedgerUnreadable, match="正被另一个程序占用"):
            cipher.connect(ledger, key)


def test_on_a_network_share_there_is_no_write_ahead_log(
    ledger: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "DURABILITY", "FULL")
    monkeypatch.setattr(cipher, "on_network_share", lambda _: True)
    with closing(cipher.connect(ledger, key)) as connection:
        assert ask(connection, "journal_mode") == "delete"
        assert ask(connection, "synchronous") == 2
    assert people(ledger, key) == list(NAMES)


def test_the_kind_of_disk_is_read_from_the_deepest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "30 21 0:40 / /mnt/office\\040share rw,relatime shared:5 - cifs //server/share rw\n"
        "31 21 0:41 / /mnt rw - ext4 /dev/sdb1 rw\n"
    )
    inside = tmp_path.__class__("/mnt/office share/台账.cdesk")
    assert cipher._file_system(inside, mounts) == "cifs"
    assert cipher._file_system(tmp_path.__class__("/mnt/x.cdesk"), mounts) == "ext4"
    assert cipher._file_system(inside, tmp_path / "none") == ""
    assert not cipher.on_network_share(tmp_path / "台账.cdesk")


def test_a_copied_file_opens_with_the_same_key(ledger: Path, key: bytes, tmp_path: Path) -> None:
    copy = tmp_path / "拷贝.cdesk"
    shutil.copy(ledger, copy)
    assert people(copy, key) == list(NAMES)
