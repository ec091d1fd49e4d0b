"""Where the ledger's companions lie: its keys beside it and in the user's data folder, its lock beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import platformdirs

#: Ending of the file with the key slots.
KEYS_SUFFIX: Final = ".cdesk-keys"
#: Ending of the file that says who has the ledger open.
LOCK_SUFFIX: Final = ".cdesk-lock"
#: Names another data folder (tests, a stick).
HOME_VARIABLE: Final = "CADRE_DESK_HOME"


def data_folder() -> Path:
    """Answer the user's data folder: ``CADRE_DESK_HOME``, else the system's place. It need not exist."""
    named = os.environ.get(HOME_VARIABLE, "")
    return Path(named) if named else platformdirs.user_data_path("cadre-desk", appauthor=False)


def keys_beside(ledger: Path) -> Path:
    """Answer where the keys lie beside the ledger: the same name, so that they are copied together."""
    return ledger.with_suffix(KEYS_SUFFIX)


def keys_at_home(home: Path, ledger_id: str) -> Path:
    """Answer where the second copy of the keys lies in the data folder, found by the ledger's id."""
    return home / "keys" / f"{ledger_id}{KEYS_SUFFIX}"


def lock_beside(ledger: Path) -> Path:
    """Answer where the ledger's lock file lies."""
    return ledger.with_suffix(LOCK_SUFFIX)


def backups_beside(ledger: Path) -> Path:
    """Answer where the ledger's backups lie unless the clerk says otherwise: a folder beside it."""
    return ledger.parent / f"{ledger.stem}-备份"
