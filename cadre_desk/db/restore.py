"""Restoring a whole ledger from one backup file: nothing is overwritten, and nothing is taken on trust."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cadre_desk.db import cipher, container, migrations
from cadre_desk.db.backup import examine_copy
from cadre_desk.db.durable import sync_folder
from cadre_desk.db.ledger_lock import LedgerLock
from cadre_desk.db.places import data_folder
from cadre_desk.db.vault import Vault
from cadre_desk.domain.errors import UserError, why_not

#: What SQLite may have lying beside a ledger.
COMPANIONS: Final = ("-wal", "-shm", "-journal")


class RestoreFailed(UserError):
    """The backup was not restored; today's ledger lies where it lay."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored ledger: where it lies, where today's was put, its rows counted, its unlocked vault."""

    ledger: Path
    saved: Path | None
    counts: Mapping[str, int]
    vault: Vault


def restore_backup(
    backup: Path, target: Path, unlock: Callable[[Vault], bytes], now: datetime, *, home: Path | None = None
) -> Restored:
    """Put a backup's ledger in place of ``target``; what lies there gets a dated name beside it.

    ``unlock`` is handed the backup's vault (with this computer's newer keys, if it has them) and
    answers the key, for example ``lambda vault: vault.unlock_recovery(code)``. The copy is examined and
    counted before anything is moved. Raises BackupDamaged, RestoreFailed, LedgerInUse, or what
    ``unlock`` raises; then nothing was changed.
    """
    manifest, slots = container.read_manifest(backup), container.read_slots(backup)
    vault = Vault.from_backup(slots, target, home=home or data_folder())
    key = unlock(vault)
    with _told(target), _draft(target) as draft:
        verification = examine_copy(draft, manifest, container.unpack(backup, draft), key)
        if not verification.ok:
            found = "；".join(verification.findings[:3])
            raise RestoreFailed(
                f"这份备份没有通过核验，没有恢复（{found}）。现有台账没有动；请换另一份备份。"
            )
        if manifest.schema > len(migrations.STEPS):
            raise RestoreFailed(
                f"这份备份是较新版本的程序（{manifest.app}）做的，没有恢复。现有台账没有动；请先换用新版程序。"
            )
        with LedgerLock(target, "恢复备份", now=now):
            vault.settle(target, cipher.salt_of(draft))
            saved = _set_aside(target, now)
            _move_in(draft, target, saved)
    return Restored(target, saved, verification.counts, vault)


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Give today's ledger a dated name, byte for byte, together with the log that a crash may have left."""
    if not target.exists():
        return None
    stem, number = f"{target.stem} 恢复前 {now:%Y-%m-%d %H%M%S}", 1
    saved = target.with_name(f"{stem}{target.suffix}")
    while saved.exists():
        number += 1
        saved = target.with_name(f"{stem} {number}{target.suffix}")
    _rename(target, saved)
    return saved


def _move_in(draft: Path, target: Path, saved: Path | None) -> None:
    """Give the restored ledger its name; today's gets its own back if that fails."""
    try:
        draft.replace(target)
    except OSError:
        if saved is not None:
            _rename(saved, target)
        raise
    sync_folder(target.parent)


def _rename(ledger: Path, name: Path) -> None:
    """Rename a ledger with its companions."""
    for ending in COMPANIONS:
        companion = ledger.with_name(ledger.name + ending)
        if companion.exists():
            companion.replace(name.with_name(name.name + ending))
    ledger.replace(name)


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """Lend a name beside the target for the unpacked copy, and leave nothing of it behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{os.getpid()}-{time.monotonic_ns()}.cdesk-restore")
    try:
        yield draft
    finally:
        for ending in ("", *COMPANIONS):
            with suppress(OSError):
                draft.with_name(draft.name + ending).unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence."""
    try:
        yield
    except OSError as error:
        raise RestoreFailed(
            f"没有恢复：“{target.parent}”写不进去（{why_not(error)}）。"
            "备份没有动；请检查那个盘的空间和权限，或换一个文件夹。"
        ) from error
