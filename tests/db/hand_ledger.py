"""A small ledger made by hand, for the tests of what stands below the tables."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cadre_desk.db import cipher, keyslots
from cadre_desk.db.keyslots import Kdf, SlotUser
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LEDGER_ID: Final = "0b0e6f8e-3f0c-4f0a-9d9e-1f3c6f6b7a11"
OTHER_ID: Final = "77e3a1c2-9a55-4b7e-8a1d-5d2f1c0b9e22"
ZHOU: Final = SlotUser("uid-zhou", "周敏")
LI: Final = SlotUser("uid-li", "李强")
PASSWORD: Final = "兰桂齐芳2026年"
#: What must never be readable on a disk.
NAMES: Final = ("欧阳青岚", "司徒见山", "夏侯问樵")


@dataclass
class HandLedger:
    """A ledger with three people, a password and a recovery code."""

    path: Path
    home: Path
    key: bytes
    code: str
    vault: Vault


def cheap_secrets(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Make Argon2id quick, and keep the data folder inside the test."""
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(t=1, m=8, p=1))
    monkeypatch.setenv("CADRE_DESK_HOME", str(home))


def write_people(path: Path, key: bytes, *, salt: bytes = b"") -> None:
    """Make the file with a table of people and one that refers to them."""
    with closing(cipher.connect(path, key, create=True, salt=salt)) as ledger:
        ledger.execute("CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)")
        ledger.execute(
            "CREATE TABLE visit (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person (id))"
        )
        ledger.executemany("INSERT INTO person (name) VALUES (?)", [(name,) for name in NAMES])
        ledger.execute("INSERT INTO visit (person_id) VALUES (1)")
        ledger.execute("PRAGMA user_version = 1")


def make_ledger(folder: Path, home: Path, ledger_id: str = LEDGER_ID) -> HandLedger:
    """Make the ledger and its vault."""
    folder.mkdir(parents=True, exist_ok=True)
    path, key, code = folder / "台账.cdesk", cipher.new_key(), new_recovery_code()
    write_people(path, key)
    vault = Vault.create(path, ledger_id, key, home=home)
    vault.add_password(ZHOU, PASSWORD)
    vault.set_recovery(code)
    return HandLedger(path, home, key, code, vault)


def people(path: Path, key: bytes) -> list[str]:
    """Read the names back."""
    with closing(cipher.connect(path, key, query_only=True)) as ledger:
        return [name for (name,) in ledger.execute("SELECT name FROM person ORDER BY id")]
