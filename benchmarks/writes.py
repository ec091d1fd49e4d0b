"""What encryption and the journal cost: the same rows written plainly, encrypted, and in a unit.

Baseline: Python's own sqlite3 with WAL and synchronous FULL, the rows of 5,000 people by executemany. Stated,
not barred, but for the backup: one file in at most 1 s.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from cadre_desk.db import backup, cipher, ledger
from cadre_desk.db.container import Reason
from cadre_desk.db.models import Person

ROWS = 5_000
ROUNDS = 5
BACKUP_BAR = 1.0
_TABLE = "CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, last_unit TEXT, phone TEXT)"
_INSERT = "INSERT INTO person (name, last_unit, phone) VALUES (:name, :last_unit, :phone)"


def rows() -> list[dict[str, str]]:
    """Invented people."""
    return [
        {"name": f"王{chr(0x4E00 + number % 2000)}", "last_unit": "县财政局", "phone": f"139{number:08d}"}
        for number in range(ROWS)
    ]


def timed(work: Callable[[], None]) -> float:
    """Seconds of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def plain(folder: Path, name: str) -> float:
    """Plain SQLite."""
    with closing(sqlite3.connect(folder / name)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_TABLE)
        return timed(lambda: _many(connection))


def encrypted(folder: Path, name: str) -> float:
    """SQLCipher alone."""
    with closing(cipher.connect(folder / name, cipher.new_key(), create=True)) as connection:
        connection.execute(_TABLE)
        connection.execute("BEGIN")
        return timed(lambda: _many(connection))


def _many(connection: sqlite3.Connection) -> None:
    connection.executemany(_INSERT, rows())
    connection.commit()


def journaled(folder: Path, name: str) -> float:
    """One unit: encrypted, journaled, and found by search at once."""

    def write() -> None:
        with book.desk.unit("measure") as session:
            session.execute(sa.insert(Person), rows())

    with ledger.create_open(folder / name) as book:
        return timed(write)


def backup_seconds(folder: Path) -> float:
    """A backup of a ledger with many people."""
    with ledger.create_open(folder / "large.cdesk") as book:
        for part in range(4):
            with book.desk.unit(f"part {part}") as session:
                session.execute(sa.insert(Person), rows())
        with book.desk.still() as connection:
            return timed(lambda: _back_up(connection, book.vault, folder / "backups", book.desk.clock.now))


def _back_up(connection: cipher.Connection, vault: object, folder: Path, now: Callable[[], object]) -> None:
    backup.make_backup(connection, vault, folder, Reason.MANUAL, now())  # type: ignore[arg-type]


def main() -> int:
    """Measure and print; 1 if the backup takes longer than it may."""
    ways = {"plain": plain, "encrypted": encrypted, "unit": journaled}
    found: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            for name, way in ways.items():
                found[name].append(way(Path(folder), f"{name}{turn}.cdesk"))
        taken = backup_seconds(Path(folder))
    base = statistics.median(found["plain"])
    for name, seconds in found.items():
        middle = statistics.median(seconds)
        print(f"{ROWS:,} people, {name:<10} {middle:6.3f} s   {middle / base:5.1f} x plain SQLite")
    print(f"backup of {4 * ROWS:,} people   {taken:.2f} s (bar: {BACKUP_BAR} s)")
    return 0 if taken <= BACKUP_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
