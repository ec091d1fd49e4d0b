"""Backups: made in a moment, verified in the background, kept in tiers, copied to a second medium.

A copy is taken through SQLite's own backup (never as a file: the log would be missing) into a database
under the same key. It counts as unverified until it has been opened, examined and counted.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from cadre_desk import __version__
from cadre_desk.db import cipher, container
from cadre_desk.db.backup_states import Verified, forget, recall, remember
from cadre_desk.db.container import BackupDamaged, Manifest, Reason
from cadre_desk.db.durable import sync_folder
from cadre_desk.db.retention import Aged, to_keep
from cadre_desk.db.vault import Vault
from cadre_desk.domain.errors import UserError, why_not

#: Ending of a backup, and of one that is not finished.
SUFFIX: Final = ".cdesk-backup"
DRAFT_SUFFIX: Final = ".cdesk-backup-part"
#: A draft older than this is the rest of a crash, in seconds.
ABANDONED: Final = 3600
#: What must stay free on a disk besides the backup, in bytes.
RESERVE: Final = 16 << 20


class BackupFailed(UserError):
    """A backup could not be written; the ledger itself is untouched."""


class State(StrEnum):
    """What is known of a backup."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    DAMAGED = "damaged"

    @property
    def label(self) -> str:
        """How the state is shown."""
        return {"unverified": "未核验", "verified": "已核验", "damaged": "已损坏"}[self.value]


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup on a disk; ``manifest`` is None when it can't be read. Times are the office's wall clock."""

    path: Path
    made_at: datetime
    size: int
    manifest: Manifest | None
    state: State = State.UNVERIFIED
    verified_at: datetime | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """How verifying went: whether all is well, the rows counted in the copy, and what was found wrong."""

    ok: bool
    counts: Mapping[str, int]
    findings: tuple[str, ...] = ()


def table_counts(connection: cipher.Connection) -> dict[str, int]:
    """Count the rows of every table (not of SQLite's own and the search index's inner ones)."""
    listed = connection.execute("PRAGMA main.table_list").fetchall()
    names = sorted(row[1] for row in listed if row[2] == "table" and not row[1].startswith("sqlite_"))
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def make_backup(
    connection: cipher.Connection,
    vault: Vault,
    folder: Path,
    reason: Reason,
    now: datetime,
    counts: Mapping[str, int] | None = None,
) -> BackupFile:
    """Copy the open ledger into one file in ``folder``; it is not verified yet.

    The connection may be any of the ledger's, outside a transaction; the vault must be unlocked. Rows
    are counted in the same moment as the copy is taken, unless ``counts`` are given. Raises
    BackupFailed.
    """
    if connection.in_transaction:
        raise RuntimeError("a backup can't be taken inside a transaction")
    moment = now.astimezone().replace(tzinfo=None) if now.tzinfo else now
    moment = moment.replace(microsecond=0)
    with _told(folder), _drafts(folder) as (copy, draft):
        _need_room(folder, 2 * _database_size(connection))
        schema = int(_ask(connection, "user_version"))
        counted = _copy_out(connection, vault, copy, counts)
        about = Manifest(vault.ledger_id, moment, reason, __version__, schema, counted)
        manifest = container.pack(draft, copy, vault.document, about, vault.key)
        place = _free_name(folder, f"{_name(connection)} {moment:%Y-%m-%d %H%M%S} {reason.label}")
        draft.replace(place)
        sync_folder(folder)
        return BackupFile(place, moment, place.stat().st_size, manifest)


def verify_backup(path: Path, key: bytes, now: datetime | None = None) -> Verification:
    """Open a backup's database in a temporary place, examine it wholly, count it, and remember how it went.

    ``key`` is that of the ledger it belongs to. Raises OSError if there is no room to unpack it.
    """
    verification = _verify(path, key)
    with suppress(OSError):  # on a medium that can't be written it stays unverified
        remember(path, Verified(verification.ok, now or datetime.now(), verification.findings))
    return verification


def examine_copy(database: Path, manifest: Manifest, digest: str, key: bytes) -> Verification:
    """Examine a database taken out of a backup: digest, every page, structure, links, counts as promised."""
    findings: list[str] = []
    if not manifest.is_genuine(key):
        findings.append("清单被改动过，或这份备份不属于这本台账")
    if digest != manifest.sha256:
        findings.append("数据库与清单的校验码不符")
    findings += cipher.integrity(database, key)
    if findings:
        return Verification(ok=False, counts={}, findings=tuple(findings))
    with closing(cipher.connect(database, key, query_only=True)) as connection:
        counts = table_counts(connection)
    for table in sorted(counts.keys() | manifest.counts.keys()):
        promised, counted = manifest.counts.get(table), counts.get(table)
        if promised != counted:
            findings.append(f"表 {table}：清单上 {promised or 0} 行，实有 {counted or 0} 行")
    return Verification(not findings, counts, tuple(findings))


def list_backups(folder: Path, ledger_id: str = "") -> tuple[BackupFile, ...]:
    """List a folder's backups, newest first; of one ledger (and the unreadable) if its id is given."""
    try:
        paths = sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return ()
    known = recall(paths)
    found = [backup for path in paths if (backup := _look(path, known.get(path))) is not None]
    if ledger_id:
        found = [one for one in found if one.manifest is None or one.manifest.ledger_id == ledger_id]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def copy_backup(backup: Path, folder: Path) -> BackupFile:
    """Copy a backup to a second medium and read it back; what was verified stays verified there.

    Raises BackupFailed if it can't be written or comes back changed, BackupDamaged if the source can't
    be read.
    """
    manifest = container.read_manifest(backup)
    place = folder / backup.name
    with _told(folder), _drafts(folder) as (draft, _):
        _need_room(folder, backup.stat().st_size)
        shutil.copyfile(backup, draft)
        if not _same_after_writing(backup, draft):
            raise BackupFailed(f"拷到“{folder}”的备份与原件不一致，没有留下。那个盘可能坏了，请换一个。")
        draft.replace(place)
        sync_folder(folder)
        known = recall([backup]).get(backup)
        if known:
            remember(place, known)
        return _look(place, known) or BackupFile(place, manifest.made_at, backup.stat().st_size, manifest)


def prune(folder: Path, now: datetime, ledger_id: str = "") -> tuple[Path, ...]:
    """Remove what the tiers (retention.py) don't keep, each ledger for itself; answer what was removed.

    A backup that can't be read is left; one found damaged goes when it is not of today and a newer is
    verified.
    """
    own: dict[str, list[BackupFile]] = {}
    for one in list_backups(folder, ledger_id):
        if one.manifest:
            own.setdefault(one.manifest.ledger_id, []).append(one)
    removed: list[Path] = []
    for one in (gone for backups in own.values() for gone in _dispensable(backups, now)):
        with suppress(OSError):  # held open by a virus scanner: next time
            one.path.unlink()
            removed.append(one.path)
    with suppress(OSError):
        forget(folder, removed)
    return tuple(sorted(removed))


def _dispensable(backups: list[BackupFile], now: datetime) -> Iterator[BackupFile]:
    """Go through what may be removed of one ledger's backups."""
    whole = [one for one in backups if one.state is not State.DAMAGED]
    kept = to_keep((Aged(one.path, one.made_at, one.state is State.VERIFIED) for one in whole), now)
    sound = [one.made_at for one in whole if one.state is State.VERIFIED]
    for one in backups:
        if one.state is State.DAMAGED:
            if one.made_at.date() < now.date() and any(moment > one.made_at for moment in sound):
                yield one
        elif one.path not in kept:
            yield one


def _verify(path: Path, key: bytes) -> Verification:
    """Verify without remembering."""
    try:
        manifest, slots = container.read_manifest(path), container.read_slots(path)
        with tempfile.TemporaryDirectory(prefix="cadre-desk-", ignore_cleanup_errors=True) as folder:
            database = Path(folder) / container.DATABASE
            verification = examine_copy(database, manifest, container.unpack(path, database), key)
    except BackupDamaged as error:
        return Verification(ok=False, counts={}, findings=(str(error),))
    if slots.ledger_id != manifest.ledger_id or not slots.is_genuine(key):
        findings = (*verification.findings, "备份里的钥匙被改动过")
        return Verification(ok=False, counts=verification.counts, findings=findings)
    return verification


def _copy_out(
    connection: cipher.Connection, vault: Vault, copy: Path, counts: Mapping[str, int] | None
) -> Mapping[str, int]:
    """Copy the ledger page by page, under the same key and fingerprint, and count it in the same moment."""
    salt = bytes.fromhex(_ask(connection, "cipher_salt"))
    connection.execute("BEGIN")
    try:
        counted = table_counts(connection) if counts is None else counts
        with closing(cipher.connect(copy, vault.key, create=True, salt=salt)) as target:
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("PRAGMA synchronous = OFF")
            connection.backup(target)
    finally:
        connection.execute("ROLLBACK")
    return counted


def _ask(connection: cipher.Connection, pragma: str) -> str:
    """Read one setting or property of the open ledger."""
    return str(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _name(connection: cipher.Connection) -> str:
    """Answer the open ledger's name, which begins the name of its backups."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2]).stem


def _database_size(connection: cipher.Connection) -> int:
    """Answer the open ledger's size in bytes."""
    return int(_ask(connection, "page_count")) * int(_ask(connection, "page_size"))


def _need_room(folder: Path, wanted: int) -> None:
    """Refuse before a disk runs full half-way."""
    free = shutil.disk_usage(folder).free
    if free < wanted + RESERVE:
        raise BackupFailed(
            f"备份没有做成：“{folder}”只剩 {free >> 20} MB，需要 {(wanted + RESERVE) >> 20} MB。"
            "台账没有受影响；请清理磁盘或换一个文件夹。"
        )


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the disk or the ledger refuses into a sentence."""
    try:
        yield
    except cipher.DatabaseFault as error:
        raise BackupFailed(
            f"备份没有做成：读台账或写副本时出错（{error}）。请先做一次“检查台账”；已有的备份都在。"
        ) from error
    except OSError as error:
        why = "磁盘满了" if error.errno == errno.ENOSPC else f"写不进去（{why_not(error)}）"
        raise BackupFailed(
            f"备份没有做成：“{folder}”{why}。台账没有受影响；请检查那个盘，或换一个文件夹。"
        ) from error


@contextmanager
def _drafts(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Lend two names for unfinished files, and leave neither behind; what a crash left is swept away."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.glob(f".*{DRAFT_SUFFIX}*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > ABANDONED:
                old.unlink()
    stem = f".{os.getpid()}-{time.monotonic_ns()}"
    drafts = (folder / f"{stem}-1{DRAFT_SUFFIX}", folder / f"{stem}-2{DRAFT_SUFFIX}")
    try:
        yield drafts
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _free_name(folder: Path, stem: str) -> Path:
    """Find a name that no file has yet."""
    place, number = folder / f"{stem}{SUFFIX}", 1
    while place.exists():
        number += 1
        place = folder / f"{stem} {number}{SUFFIX}"
    return place


def _same_after_writing(source: Path, copy: Path) -> bool:
    """Force a copy to its disk, make the system forget it, and compare what comes back with the source."""
    with copy.open("rb+") as written, source.open("rb") as original:
        os.fsync(written.fileno())
        if sys.platform == "linux":
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while True:
            one, other = written.read(container.CHUNK), original.read(container.CHUNK)
            if one != other or not one:
                return one == other


def _look(path: Path, known: Verified | None) -> BackupFile | None:
    """See what a backup says of itself, beside what is remembered of it; None if it has just gone."""
    try:
        status = path.stat()
        manifest = container.read_manifest(path)
    except BackupDamaged as error:
        made_at = datetime.fromtimestamp(int(status.st_mtime)).astimezone().replace(tzinfo=None)
        return BackupFile(path, made_at, status.st_size, None, State.DAMAGED, None, (str(error),))
    except OSError:
        return None
    if known is None:
        return BackupFile(path, manifest.made_at, status.st_size, manifest)
    state = State.VERIFIED if known.ok else State.DAMAGED
    return BackupFile(path, manifest.made_at, status.st_size, manifest, state, known.at, known.findings)
