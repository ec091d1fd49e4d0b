"""The form of a backup: one file that alone, with a password or the recovery code, brings everything back.

It is a zip archive whose entries are stored as they are (what is encrypted doesn't shrink): the
encrypted database, the key slots, and a manifest. The manifest holds numbers and no words of the
ledger, and is sealed under its key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any, Final

from cadre_desk.db.keyslots import KeySlots, SlotsDamaged, seal
from cadre_desk.domain.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = "cadre-desk-backup"
VERSION: Final = 1
#: The archive's entries.
DATABASE: Final = "ledger.cdesk"
KEYS: Final = "ledger.cdesk-keys"
MANIFEST: Final = "manifest.json"
#: Bytes moved at a time, and the most a manifest or the slots may have.
CHUNK: Final = 1 << 20
LARGEST_TEXT: Final = 4 << 20


class BackupDamaged(UserError):
    """The file is no backup, or no longer whole; the text says what to do instead."""


class Reason(StrEnum):
    """Why a backup was made; a fixed list, so that no name of a person gets into the open manifest."""

    MANUAL = "manual"
    CLOSE = "close"
    IMPORT = "import"
    BULK = "bulk"
    MIGRATION = "migration"
    RESTORE = "restore"

    @property
    def label(self) -> str:
        """How the reason is shown, and stands in the file's name."""
        return LABELS[self]


LABELS: Final = {
    Reason.MANUAL: "手工",
    Reason.CLOSE: "关闭时",
    Reason.IMPORT: "导入前",
    Reason.BULK: "批量修改前",
    Reason.MIGRATION: "升级前",
    Reason.RESTORE: "恢复前",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: of which ledger, when and why made, by which program, the rows of each table."""

    ledger_id: str
    made_at: datetime
    reason: Reason
    app: str
    schema: int
    counts: Mapping[str, int]
    size: int = 0
    sha256: str = ""
    seal: bytes = field(default=b"", repr=False)

    def sealed(self, key: bytes) -> Manifest:
        """Answer the manifest signed under the ledger's key."""
        return replace(self, seal=seal(key, FORMAT, self._plain()))

    def is_genuine(self, key: bytes) -> bool:
        """Say whether nobody altered the manifest since."""
        return hmac.compare_digest(self.seal, seal(key, FORMAT, self._plain()))

    def to_json(self) -> bytes:
        """Write the manifest."""
        return json.dumps(self._plain() | {"seal": self.seal.hex()}, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Read a manifest; another shape raises KeyError, TypeError or ValueError."""
        told = json.loads(content)
        if (told["format"], told["version"]) != (FORMAT, VERSION):
            raise ValueError(f"{told['format']} version {told['version']}")
        return cls(
            ledger_id=str(told["ledger"]),
            made_at=datetime.fromisoformat(told["made_at"]),
            reason=Reason(told["reason"]),
            app=str(told["app"]),
            schema=int(told["schema"]),
            counts={str(table): int(count) for table, count in told["counts"].items()},
            size=int(told["size"]),
            sha256=str(told["sha256"]),
            seal=bytes.fromhex(told["seal"]),
        )

    def _plain(self) -> dict[str, Any]:
        """Answer what is sealed."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "ledger": self.ledger_id,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "reason": self.reason.value,
            "app": self.app,
            "schema": self.schema,
            "counts": dict(self.counts),
            "size": self.size,
            "sha256": self.sha256,
        }


def pack(place: Path, database: Path, slots: KeySlots, about: Manifest, key: bytes) -> Manifest:
    """Write a backup to a new file (0600), down to the disk; answer its manifest with size and digest."""
    handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            with (
                database.open("rb") as source,
                archive.open(_entry(DATABASE, about), "w", force_zip64=True) as to,
            ):
                digest = _pour(source, to)
            manifest = replace(about, size=database.stat().st_size, sha256=digest).sealed(key)
            archive.writestr(_entry(KEYS, about), slots.to_json())
            archive.writestr(_entry(MANIFEST, about), manifest.to_json())
        file.flush()
        os.fsync(file.fileno())
    return manifest


def read_manifest(place: Path) -> Manifest:
    """Read what a backup says of itself; nothing is checked against its database. Raises BackupDamaged."""
    with _opened(place) as archive:
        return Manifest.from_json(_text(archive, MANIFEST))


def read_slots(place: Path) -> KeySlots:
    """Read a backup's key slots. Raises BackupDamaged."""
    with _opened(place) as archive:
        return KeySlots.from_json(_text(archive, KEYS))


def unpack(place: Path, target: Path) -> str:
    """Write a backup's database to a new file (0600), force it to the disk, and answer its SHA-256.

    Raises BackupDamaged if the archive isn't whole, OSError if the target can't be written.
    """
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as to:
        with _opened(place) as archive, archive.open(_stored(archive, DATABASE)) as source:
            digest = _pour(source, to)
        to.flush()
        os.fsync(to.fileno())
    return digest


@contextmanager
def _opened(place: Path) -> Iterator[zipfile.ZipFile]:
    """Open the archive; whatever is wrong with it becomes one sentence."""
    try:
        with zipfile.ZipFile(place) as archive:
            yield archive
    except FileNotFoundError:
        raise BackupDamaged(f"没有找到备份“{place.name}”：可能U盘没插好，或文件被移走。") from None
    except (
        zipfile.BadZipFile,
        SlotsDamaged,
        EOFError,
        LookupError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise BackupDamaged(_not_whole(place)) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BackupDamaged(_not_whole(place)) from error


def _not_whole(place: Path) -> str:
    return f"“{place.name}”不是完整的备份：文件已损坏，或不是本程序做的。请换另一份备份。"


def _entry(name: str, about: Manifest) -> zipfile.ZipInfo:
    """Name an entry with the backup's own time, stored as it is."""
    entry = zipfile.ZipInfo(name, about.made_at.timetuple()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def _stored(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Find an entry; a compressed one isn't ours, and could be a bomb."""
    entry = archive.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile(f"{name} is compressed")
    return entry


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a small entry."""
    entry = _stored(archive, name)
    if entry.file_size > LARGEST_TEXT:
        raise zipfile.BadZipFile(f"{name} is too long")
    return archive.read(entry)


def _pour(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy a stream and answer the SHA-256 of what went through."""
    digest = hashlib.sha256()
    read: Callable[[], bytes] = lambda: source.read(CHUNK)  # noqa: E731
    for chunk in iter(read, b""):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()
