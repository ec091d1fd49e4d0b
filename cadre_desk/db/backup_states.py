"""What is remembered of the backups in a folder: which were verified, when, and what was found.

It is one small file beside them. A memory holds for a file of the same size and time only; without it a
backup is whole all the same and merely counts as unverified.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cadre_desk.db.durable import write_durably

#: The file's name, in each folder of backups.
STATES: Final = ".cdesk-verified.json"
#: How far a file's time may be rounded by the disk it lies on (FAT), in seconds.
ROUNDING: Final = 2

#: The background verifies while the foreground makes: one at a time writes.
_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Verified:
    """How verifying one backup went, and when (the office's wall clock)."""

    ok: bool
    at: datetime
    findings: tuple[str, ...] = ()


def remember(backup: Path, verified: Verified) -> None:
    """Write down how a backup was found. Raises OSError."""
    status = backup.stat()
    told = {
        "ok": verified.ok,
        "at": verified.at.isoformat(timespec="seconds"),
        "findings": list(verified.findings),
        "size": status.st_size,
        "mtime": int(status.st_mtime),
    }
    with _writing:
        _write(backup.parent, _read(backup.parent) | {backup.name: told})


def recall(backups: Iterable[Path]) -> dict[Path, Verified]:
    """Answer what is remembered of backups of one folder, as they lie there now."""
    paths = list(backups)
    states = _read(paths[0].parent) if paths else {}
    found = ((path, _of(path, states.get(path.name))) for path in paths)
    return {path: verified for path, verified in found if verified}


def forget(folder: Path, removed: Iterable[Path]) -> None:
    """Drop what was remembered of removed backups. Raises OSError."""
    gone = {path.name for path in removed}
    with _writing:
        states = _read(folder)
        if gone & states.keys():
            _write(folder, {name: told for name, told in states.items() if name not in gone})


def _of(path: Path, told: Any) -> Verified | None:
    """Read one memory; None if it is of another shape, or the file was changed since."""
    try:
        status = path.stat()
        if told["size"] != status.st_size or abs(told["mtime"] - int(status.st_mtime)) > ROUNDING:
            return None
        return Verified(
            bool(told["ok"]), datetime.fromisoformat(told["at"]), tuple(map(str, told["findings"]))
        )
    except (OSError, KeyError, TypeError, ValueError):
        return None


def _read(folder: Path) -> dict[str, Any]:
    """Read the file; nothing if it can't be read, for all can be verified again."""
    try:
        told = json.loads((folder / STATES).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _write(folder: Path, states: Mapping[str, Any]) -> None:
    write_durably(folder / STATES, json.dumps(states, ensure_ascii=False, indent=1).encode())
