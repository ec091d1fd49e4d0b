"""Restoring a whole ledger: from one file on an empty computer, and never over today's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from cadre_desk.db import cipher, container, migrations
from cadre_desk.db.backup import BackupFile, make_backup
from cadre_desk.db.container import BackupDamaged, Reason
from cadre_desk.db.ledger_lock import LedgerInUse, LedgerLock
from cadre_desk.db.places import keys_at_home, keys_beside
from cadre_desk.db.restore import RestoreFailed, restore_backup
from cadre_desk.db.vault import Vault, WrongSecret
from cadre_desk.domain.errors import FieldError
from tests.db.hand_ledger import (
    LEDGER_ID,
    NAMES,
    OTHER_ID,
    PASSWORD,
    HandLedger,
    make_ledger,
    people,
)

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 1, 26, 11, 40, 3)
OTHER_PASSWORD = "春风化雨8888"


@pytest.fixture
def made(hand: HandLedger, tmp_path: Path) -> BackupFile:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        return make_backup(connection, hand.vault, tmp_path / "备份", Reason.CLOSE, NOON)


def by_password(vault: Vault) -> bytes:
    return vault.unlock_password("周敏", PASSWORD)


def add_person(hand: HandLedger) -> None:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        connection.execute("INSERT INTO person (name) VALUES ('公孙望岳')")


#: Commits a person and dies before the log is written into the file.
CRASH = """
import os, sys
from pathlib import Path
from cadre_desk.db import cipher
ledger = cipher.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
ledger.execute("INSERT INTO person (name) VALUES ('公孙望岳')")
os._exit(9)
"""


def test_one_file_and_the_recovery_code_bring_all_back_on_an_empty_computer(
    hand: HandLedger, made: BackupFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘.cdesk-backup"
    shutil.copy(made.path, stick)
    for gone in (hand.path.parent, hand.home, made.path.parent):
        shutil.rmtree(gone)
    monkeypatch.setenv("CADRE_DESK_HOME", str(tmp_path / "new home"))
    target = tmp_path / "新电脑" / "老干部台账" / "台账.cdesk"

    restored = restore_backup(stick, target, lambda vault: vault.unlock_recovery(hand.code.lower()), NOON)

    assert (restored.ledger, restored.saved) == (target, None)
    assert restored.counts == {"person": 3, "visit": 1}
    assert people(target, restored.vault.key) == list(NAMES)
    assert sorted(path.name for path in target.parent.iterdir()) == ["台账.cdesk", "台账.cdesk-keys"]
    keys_beside(target).unlink()
    assert people(target, Vault.find(target).unlock_password("周敏", PASSWORD)) == list(NAMES)


def test_todays_ledger_is_kept_under_a_dated_name_with_all_that_was_in_it(
    hand: HandLedger, made: BackupFile
) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(hand.path), hand.key.hex()], check=False)
    assert hand.path.with_name("台账.cdesk-wal").stat().st_size > 0
    restored = restore_backup(made.path, hand.path, by_password, NOON)
    assert restored.saved is not None
    assert restored.saved.name == "台账 恢复前 2026-01-26 114003.cdesk"
    assert people(hand.path, hand.key) == list(NAMES)
    assert (
        people(restored.saved, Vault.find(restored.saved).unlock_password("周敏", PASSWORD))[-1] == "公孙望岳"
    )
    again = restore_backup(made.path, hand.path, by_password, NOON)
    assert again.saved is not None
    assert again.saved != restored.saved


def test_the_fingerprint_survives_backup_and_restore(hand: HandLedger, made: BackupFile) -> None:
    fingerprint, revision = cipher.salt_of(hand.path), hand.vault.revision
    restored = restore_backup(made.path, hand.path, by_password, NOON)
    assert cipher.salt_of(hand.path) == fingerprint
    assert restored.vault.revision == revision


def test_a_ledger_beyond_reading_is_replaced_and_kept_with_its_log(
    hand: HandLedger, made: BackupFile
) -> None:
    broken = os.urandom(9000)
    hand.path.write_bytes(broken)
    log = hand.path.with_name(hand.path.name + "-wal")
    log.write_bytes(b"log")
    restored = restore_backup(made.path, hand.path, by_password, NOON)
    assert restored.saved is not None
    assert restored.saved.read_bytes() == broken
    assert restored.saved.with_name(restored.saved.name + "-wal").exists()
    assert not log.exists()
    assert people(hand.path, hand.key) == list(NAMES)


def test_another_ledger_in_that_place_keeps_its_keys(
    hand: HandLedger, made: BackupFile, tmp_path: Path
) -> None:
    other = make_ledger(tmp_path / "other", hand.home, OTHER_ID)
    restored = restore_backup(made.path, other.path, by_password, NOON)
    shutil.rmtree(hand.home)
    assert people(other.path, Vault.find(other.path).unlock_recovery(hand.code)) == list(NAMES)
    assert restored.saved is not None
    assert Vault.find(restored.saved).unlock_recovery(other.code) == other.key


def test_a_password_changed_since_the_backup_is_the_one_that_counts_on_this_computer(
    hand: HandLedger, made: BackupFile
) -> None:
    hand.vault.change_password("周敏", PASSWORD, OTHER_PASSWORD)
    with pytest.raises(WrongSecret, match="后来改过"):
        restore_backup(made.path, hand.path, by_password, NOON)
    restore_backup(made.path, hand.path, lambda vault: vault.unlock_password("周敏", OTHER_PASSWORD), NOON)
    assert Vault.find(hand.path).unlock_password("周敏", OTHER_PASSWORD) == hand.key


def test_a_refused_secret_changes_nothing(hand: HandLedger, made: BackupFile, tmp_path: Path) -> None:
    target = tmp_path / "新" / "台账.cdesk"
    with pytest.raises(FieldError):
        restore_backup(made.path, target, lambda vault: vault.unlock_recovery(hand.code[1:]), NOON)
    with pytest.raises(WrongSecret):
        restore_backup(made.path, hand.path, lambda vault: vault.unlock_password("周敏", "错"), NOON)
    assert not target.parent.exists()
    assert len(list(hand.path.parent.iterdir())) == 2


def test_a_damaged_backup_is_refused_and_todays_ledger_stays(hand: HandLedger, made: BackupFile) -> None:
    add_person(hand)
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 1
    made.path.write_bytes(content)
    with pytest.raises((RestoreFailed, BackupDamaged)):
        restore_backup(made.path, hand.path, by_password, NOON)
    assert people(hand.path, hand.key)[-1] == "公孙望岳"
    assert sorted(path.name for path in hand.path.parent.iterdir()) == ["台账.cdesk", "台账.cdesk-keys"]


def test_a_backup_whose_counts_do_not_fit_is_refused(hand: HandLedger, tmp_path: Path) -> None:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        made = make_backup(connection, hand.vault, tmp_path / "备份", Reason.CLOSE, NOON, {"person": 9})
    with pytest.raises(RestoreFailed, match="没有通过核验，没有恢复（表 person：清单上 9 行，实有 3 行"):
        restore_backup(made.path, hand.path, by_password, NOON)


def test_a_backup_of_a_newer_program_is_refused_before_anything_moves(
    hand: HandLedger, made: BackupFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", ())
    with pytest.raises(RestoreFailed, match="较新版本的程序"):
        restore_backup(made.path, hand.path, by_password, NOON)
    assert len(list(hand.path.parent.iterdir())) == 2


def test_an_open_ledger_is_not_replaced(hand: HandLedger, made: BackupFile) -> None:
    with LedgerLock(hand.path, "李强"), pytest.raises(LedgerInUse, match="李强"):
        restore_backup(made.path, hand.path, by_password, NOON)
    assert people(hand.path, hand.key) == list(NAMES)


def test_a_disk_that_can_not_be_written_is_told(
    hand: HandLedger, made: BackupFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(container, "unpack", refuse)
    with pytest.raises(RestoreFailed, match=r"没有恢复.*备份没有动"):
        restore_backup(made.path, hand.path, by_password, NOON)
    assert people(hand.path, hand.key) == list(NAMES)


def test_a_move_that_fails_half_way_gives_todays_ledger_its_name_back(
    hand: HandLedger, made: BackupFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(hand)
    replace = type(hand.path).replace

    def refuse_the_draft(place: Path, target: Path) -> Path:
        if place.suffix == ".cdesk-restore":
            raise PermissionError(13, "Permission denied")
        return replace(place, target)

    monkeypatch.setattr(type(hand.path), "replace", refuse_the_draft)
    with pytest.raises(RestoreFailed, match="没有权限"):
        restore_backup(made.path, hand.path, by_password, NOON)
    assert people(hand.path, hand.key)[-1] == "公孙望岳"
    assert sorted(path.name for path in hand.path.parent.iterdir()) == ["台账.cdesk", "台账.cdesk-keys"]


def test_keys_of_the_restored_ledger_lie_in_both_places(hand: HandLedger, made: BackupFile) -> None:
    for place in (keys_beside(hand.path), keys_at_home(hand.home, LEDGER_ID), hand.path):
        place.unlink()
    restore_backup(made.path, hand.path, by_password, NOON)
    assert keys_beside(hand.path).read_bytes() == keys_at_home(hand.home, LEDGER_ID).read_bytes()
