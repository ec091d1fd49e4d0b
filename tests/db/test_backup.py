"""Backups: one file each, verified by opening and counting, kept in tiers, copied to a second medium."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cadre_desk.db import backup, cipher, container
from cadre_desk.db.backup import (
    BackupFailed,
    BackupFile,
    State,
    copy_backup,
    list_backups,
    make_backup,
    prune,
    table_counts,
    verify_backup,
)
from cadre_desk.db.backup_states import STATES
from cadre_desk.db.container import BackupDamaged, Reason
from tests.db.hand_ledger import (
    LEDGER_ID,
    NAMES,
    OTHER_ID,
    PASSWORD,
    HandLedger,
    make_ledger,
)

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 1, 26, 11, 40, 3)
LATER = NOON + timedelta(minutes=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "备份"


def back_up(
    hand: HandLedger, folder: Path, reason: Reason = Reason.MANUAL, now: datetime = NOON
) -> BackupFile:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        return make_backup(connection, hand.vault, folder, reason, now)


def damage(path: Path, offset: int) -> None:
    """Change one byte, and leave the file's time as it was, as a failing disk would."""
    times = path.stat()
    with path.open("rb+") as file:
        file.seek(offset, os.SEEK_SET if offset >= 0 else os.SEEK_END)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def rewrite(path: Path, entry: str, content: bytes) -> None:
    """Put another text into a backup, as someone with a zip program would."""
    with zipfile.ZipFile(path) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, kept in (entries | {entry: content}).items():
            archive.writestr(name, kept)


# Made


def test_a_backup_is_one_file_with_a_telling_name(hand: HandLedger, folder: Path) -> None:
    made = back_up(hand, folder, Reason.IMPORT)
    assert [path.name for path in folder.iterdir()] == ["台账 2026-01-26 114003 导入前.cdesk-backup"]
    assert made.manifest is not None
    assert made.manifest.counts == {"person": 3, "visit": 1}
    assert (made.manifest.ledger_id, made.manifest.schema) == (LEDGER_ID, 1)
    assert (made.made_at, made.state, made.size) == (NOON, State.UNVERIFIED, made.path.stat().st_size)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_nothing_of_the_ledger_is_readable_in_a_backup(hand: HandLedger, folder: Path) -> None:
    content = back_up(hand, folder).path.read_bytes()
    for text in (*NAMES, PASSWORD, hand.key.hex(), "SQLite format 3", *hand.code.split("-")):
        assert text.encode() not in content
    assert hand.key not in content


def test_what_was_just_committed_is_in_the_backup_and_what_was_not_is_refused(
    hand: HandLedger, folder: Path
) -> None:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        connection.execute("INSERT INTO person (name) VALUES ('公孙望岳')")
        made = make_backup(connection, hand.vault, folder, Reason.BULK, NOON)
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(RuntimeError, match="transaction"):
            make_backup(connection, hand.vault, folder, Reason.BULK, NOON)
        connection.execute("ROLLBACK")
    assert verify_backup(made.path, hand.key).counts["person"] == 4


def test_a_reading_connection_can_take_the_backup_while_another_writes(
    hand: HandLedger, folder: Path
) -> None:
    with (
        closing(cipher.connect(hand.path, hand.key)) as writer,
        closing(cipher.connect(hand.path, hand.key, query_only=True)) as reader,
    ):
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM visit")
        made = make_backup(reader, hand.vault, folder, Reason.MANUAL, NOON)
        writer.execute("COMMIT")
    verified = verify_backup(made.path, hand.key)
    assert verified.ok
    assert verified.counts == {"person": 3, "visit": 1}


def test_search_tables_are_counted_without_their_inner_ones(hand: HandLedger) -> None:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        connection.execute("CREATE VIRTUAL TABLE found USING fts5(name)")
        assert table_counts(connection) == {"person": 3, "visit": 1}


def test_two_backups_in_one_second_are_two_files(hand: HandLedger, folder: Path) -> None:
    assert back_up(hand, folder).path != back_up(hand, folder).path
    assert len(list_backups(folder)) == 2


def test_a_full_disk_is_told_before_anything_is_written(
    hand: HandLedger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "RESERVE", 1 << 62)
    with pytest.raises(BackupFailed, match=r"只剩 \d+ MB.*台账没有受影响"):
        back_up(hand, folder)
    assert list(folder.iterdir()) == []


def test_a_missing_stick_is_told(hand: HandLedger, tmp_path: Path) -> None:
    (tmp_path / "not a folder").touch()
    with pytest.raises(BackupFailed, match="台账没有受影响"):
        back_up(hand, tmp_path / "not a folder" / "备份")


def test_a_failure_half_way_leaves_nothing_behind(
    hand: HandLedger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(container, "pack", fail)
    with pytest.raises(BackupFailed, match="磁盘满了"):
        back_up(hand, folder)
    assert list(folder.iterdir()) == []


def test_a_damaged_ledger_is_told_when_it_is_copied(hand: HandLedger, folder: Path) -> None:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(hand.path, hand.path.stat().st_size - 2000)
    with (
        closing(cipher.connect(hand.path, hand.key)) as connection,
        pytest.raises(BackupFailed, match=r"出错.*检查台账"),
    ):
        make_backup(connection, hand.vault, folder, Reason.MANUAL, NOON)
    assert list(folder.iterdir()) == []


def test_what_a_crash_left_half_done_is_swept_away(hand: HandLedger, folder: Path) -> None:
    folder.mkdir()
    old, young = (folder / f".{name}{backup.DRAFT_SUFFIX}" for name in ("1-1", "2-2"))
    for draft in (old, young):
        draft.touch()
    os.utime(old, (0, 0))
    back_up(hand, folder)
    assert not old.exists()
    assert young.exists()


# Verified


def test_a_sound_backup_is_opened_counted_and_shown_as_verified(hand: HandLedger, folder: Path) -> None:
    made = back_up(hand, folder)
    assert list_backups(folder)[0].state is State.UNVERIFIED
    verified = verify_backup(made.path, hand.key, LATER)
    assert (verified.ok, verified.counts, verified.findings) == (True, {"person": 3, "visit": 1}, ())
    shown = list_backups(folder)[0]
    assert (shown.state, shown.verified_at, shown.state.label) == (State.VERIFIED, LATER, "已核验")


def test_verifying_leaves_nothing_in_the_temporary_folder(
    hand: HandLedger, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    assert verify_backup(back_up(hand, folder).path, hand.key).ok
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("place", ["head", "middle", "tail"])
def test_a_damaged_backup_is_found_and_shown_as_damaged(hand: HandLedger, folder: Path, place: str) -> None:
    made = back_up(hand, folder)
    damage(made.path, {"head": 2, "middle": made.size // 2, "tail": -8}[place])
    verified = verify_backup(made.path, hand.key, LATER)
    assert not verified.ok
    assert verified.findings
    shown = list_backups(folder)[0]
    assert (shown.state, shown.state.label) == (State.DAMAGED, "已损坏")
    assert shown.findings == verified.findings


def test_a_truncated_backup_is_damaged_without_being_opened(hand: HandLedger, folder: Path) -> None:
    made = back_up(hand, folder)
    made.path.write_bytes(made.path.read_bytes()[:-100])
    shown = list_backups(folder)[0]
    assert (shown.state, shown.manifest) == (State.DAMAGED, None)
    assert "不是完整的备份" in shown.findings[0]


def test_counts_that_differ_from_the_manifest_are_named(hand: HandLedger, folder: Path) -> None:
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        made = make_backup(connection, hand.vault, folder, Reason.MANUAL, NOON, {"person": 4, "visit": 1})
    assert verify_backup(made.path, hand.key).findings == ("表 person：清单上 4 行，实有 3 行",)


def test_a_manifest_keys_or_database_put_in_by_hand_are_noticed(hand: HandLedger, folder: Path) -> None:
    first = back_up(hand, folder)
    assert first.manifest is not None
    rewrite(first.path, container.MANIFEST, first.manifest.to_json().replace(b'"person": 3', b'"person": 2'))
    assert "清单被改动过" in verify_backup(first.path, hand.key).findings[0]

    second = back_up(hand, folder)
    slots = container.read_slots(second.path).to_json().replace("周敏".encode(), "李强".encode())
    rewrite(second.path, container.KEYS, slots)
    assert verify_backup(second.path, hand.key).findings == ("备份里的钥匙被改动过",)

    older = back_up(hand, folder)
    with closing(cipher.connect(hand.path, hand.key)) as connection:
        connection.execute("INSERT INTO person (name) VALUES ('公孙望岳')")
    third = back_up(hand, folder)
    with zipfile.ZipFile(older.path) as archive:
        rewrite(third.path, container.DATABASE, archive.read(container.DATABASE))
    assert verify_backup(third.path, hand.key).findings == ("数据库与清单的校验码不符",)


def test_another_ledgers_key_verifies_nothing(hand: HandLedger, folder: Path) -> None:
    verified = verify_backup(back_up(hand, folder).path, cipher.new_key())
    assert not verified.ok
    assert "不属于这本台账" in verified.findings[0]


def test_a_file_changed_after_verifying_counts_as_unverified(hand: HandLedger, folder: Path) -> None:
    made = back_up(hand, folder)
    verify_backup(made.path, hand.key)
    os.utime(made.path, (0, 0))
    assert list_backups(folder)[0].state is State.UNVERIFIED


def test_a_lost_or_torn_memory_only_means_unverified(hand: HandLedger, folder: Path) -> None:
    made = back_up(hand, folder)
    verify_backup(made.path, hand.key)
    for text in ("{", "[]", '{"a": 1}', f'{{"{made.path.name}": {{"size": 1}}}}'):
        (folder / STATES).write_text(text, "utf-8")
        assert list_backups(folder)[0].state is State.UNVERIFIED
    assert verify_backup(made.path, hand.key).ok
    assert list_backups(folder)[0].state is State.VERIFIED


@pytest.mark.parametrize("content", [b"", b"PK", "这不是备份".encode() * 100])
def test_a_file_that_is_no_backup_is_listed_as_damaged(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "x.cdesk-backup").write_bytes(content)
    assert [one.state for one in list_backups(folder, LEDGER_ID)] == [State.DAMAGED]


def test_a_compressed_entry_is_no_backup_of_ours(hand: HandLedger, folder: Path) -> None:
    made = back_up(hand, folder)
    with zipfile.ZipFile(made.path) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(made.path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, kept in entries.items():
            archive.writestr(name, kept)
    with pytest.raises(BackupDamaged):
        container.read_manifest(made.path)


# Listed, kept, copied


def test_backups_are_listed_newest_first_and_each_ledger_for_itself(
    hand: HandLedger, folder: Path, tmp_path: Path
) -> None:
    other = make_ledger(tmp_path / "other", hand.home, OTHER_ID)
    old = back_up(hand, folder)
    new = back_up(hand, folder, now=LATER)
    back_up(other, folder)
    assert [one.path for one in list_backups(folder, LEDGER_ID)] == [new.path, old.path]
    assert len(list_backups(folder)) == 3
    assert list_backups(folder / "none") == ()


def test_pruning_keeps_the_tiers_and_the_last_verified_of_each_ledger(
    hand: HandLedger, folder: Path, tmp_path: Path
) -> None:
    other = make_ledger(tmp_path / "other", hand.home, OTHER_ID)
    lonely = back_up(other, folder, now=NOON - timedelta(days=5))
    today = [back_up(hand, folder), back_up(hand, folder, now=LATER)]
    verified = back_up(hand, folder, now=NOON - timedelta(days=3, hours=2))
    newer = back_up(hand, folder, now=NOON - timedelta(days=3, hours=1))
    assert verify_backup(verified.path, hand.key).ok
    assert prune(folder, LATER) == (newer.path,)
    assert {one.path for one in list_backups(folder)} == {
        lonely.path,
        verified.path,
        *(one.path for one in today),
    }
    assert prune(folder, LATER) == ()


def test_a_damaged_backup_goes_once_a_newer_one_is_verified(hand: HandLedger, folder: Path) -> None:
    bad = back_up(hand, folder, now=NOON - timedelta(days=9))
    damage(bad.path, bad.size // 2)
    assert not verify_backup(bad.path, hand.key).ok
    unreadable = folder / "坏.cdesk-backup"
    unreadable.write_bytes(b"PK")
    good = back_up(hand, folder)
    assert prune(folder, NOON) == ()
    assert verify_backup(good.path, hand.key).ok
    assert prune(folder, NOON, LEDGER_ID) == (bad.path,)
    assert {one.path for one in list_backups(folder)} == {good.path, unreadable}
    assert bad.path.name not in (folder / STATES).read_text("utf-8")


def test_a_copy_on_a_second_medium_keeps_its_state(hand: HandLedger, folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    made = back_up(hand, folder)
    assert copy_backup(made.path, stick).state is State.UNVERIFIED
    verify_backup(made.path, hand.key, LATER)
    copied = copy_backup(made.path, stick)
    assert (copied.state, copied.verified_at) == (State.VERIFIED, LATER)
    assert copied.path.read_bytes() == made.path.read_bytes()
    assert list_backups(stick) == (copied,)


def test_a_stick_that_writes_something_else_is_told(
    hand: HandLedger, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(hand, folder)

    def copy_badly(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"\0\0")

    monkeypatch.setattr(shutil, "copyfile", copy_badly)
    with pytest.raises(BackupFailed, match="与原件不一致"):
        copy_backup(made.path, tmp_path / "U盘")
    assert list((tmp_path / "U盘").iterdir()) == []
    with pytest.raises(BackupDamaged, match="没有找到备份"):
        copy_backup(folder / "无.cdesk-backup", tmp_path / "U盘")
