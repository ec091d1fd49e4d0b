"""Opens the ledger file: SQLCipher under a raw 256-bit key, with the settings every connection must have.

The key is random and never derived from a password (that is the vault's work), so opening costs nothing.
The file's first 16 bytes, SQLCipher's salt, are its fingerprint: they are readable without the key and stay
the same through VACUUM, re-keying, our backups and their restore.
"""

from __future__ import annotations

import secrets
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from cadre_desk.domain.errors import UserError

if TYPE_CHECKING:
    import sqlite3 as dbapi2  # the same interface, and typed
else:
    from sqlcipher3 import dbapi2

Connection: TypeAlias = dbapi2.Connection
#: Whatever SQLite itself refuses.
DatabaseFault: TypeAlias = dbapi2.Error

#: Length of a ledger's key (AES-256).
KEY_BYTES: Final = 32
#: Length of SQLCipher's salt at the head of the file.
SALT_BYTES: Final = 16
#: An encrypted ledger has at least one page; whatever is shorter is no ledger.
SMALLEST: Final = 512
#: "CDSK" in SQLite's field for the kind of file.
APPLICATION_ID: Final = 0x4344534B
#: What is committed is on the disk before the commit answers; the tests alone turn it down.
DURABILITY = "FULL"
#: Pages kept in memory by the writing connection and by each reading one, in KiB.
WRITER_CACHE: Final = 32768
READER_CACHE: Final = 16384
#: How long a statement waits for another connection, in milliseconds.
PATIENCE: Final = 5000
#: File systems on which SQLite's write-ahead log (memory shared between processes) is not safe.
NETWORK_FILE_SYSTEMS: Final = frozenset(
    {"9p", "afs", "cifs", "davfs", "fuse.davfs2", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
#: What Windows answers for a drive letter that stands for a network share.
WINDOWS_REMOTE_DRIVE: Final = 4


class LedgerUnreadable(UserError):
    """The ledger can't be opened; the text says why, and that nothing was changed."""


def new_key() -> bytes:
    """Make the random key of a new ledger."""
    return secrets.token_bytes(KEY_BYTES)


def connect(
    path: Path, key: bytes, *, query_only: bool = False, create: bool = False, salt: bytes = b""
) -> Connection:
    """Open the ledger; the caller begins and ends transactions (``isolation_level`` is None).

    ``create`` makes a new file (0600) and refuses one that exists; ``salt`` then fixes its fingerprint. On a
    network share a rollback journal takes the place of the write-ahead log. Raises LedgerUnreadable.
    """
    if create:
        _make_empty(path)
    else:
        _refuse_what_is_no_ledger(path)
    try:
        connection = dbapi2.connect(
            path, timeout=PATIENCE / 1000, isolation_level=None, check_same_thread=False
        )
    except dbapi2.Error as error:
        raise LedgerUnreadable(_why(path, error)) from None
    try:
        _unlock(connection, key + salt)
        _set_up(connection, path, query_only=query_only)
        if create:  # the first write puts the salt on the disk
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except dbapi2.Error as error:
        connection.close()
        raise LedgerUnreadable(_why(path, error)) from None
    return connection


def salt_of(path: Path) -> bytes:
    """Answer the file's fingerprint, without the key.

    SQLCipher is asked instead of the file: closing a file opened by other means would drop the POSIX locks
    that this process holds on it (SQLite, "How to corrupt", 2.2). Raises LedgerUnreadable.
    """
    _refuse_what_is_no_ledger(path)
    try:
        with closing(dbapi2.connect(path)) as connection:
            _unlock(connection, bytes(KEY_BYTES))
            row = connection.execute("PRAGMA cipher_salt").fetchone()
    except dbapi2.Error as error:
        raise LedgerUnreadable(_why(path, error)) from None
    return bytes.fromhex(row[0])


def integrity(path: Path, key: bytes) -> list[str]:
    """Open the file and examine it wholly; an empty list means sound."""
    try:
        connection = connect(path, key, query_only=True)
    except LedgerUnreadable as error:
        return [str(error)]
    with closing(connection):
        return examine(connection)


def examine(connection: Connection) -> list[str]:
    """Examine an open ledger: every page's seal, the structure, the links; findings are sentences."""
    found: list[str] = []
    try:
        found += [f"加密校验不符：{text}" for (text,) in connection.execute("PRAGMA cipher_integrity_check")]
        found += [f"结构有误：{text}" for (text,) in connection.execute("PRAGMA quick_check") if text != "ok"]
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            found.append(f"关联有误：表 {table} 第 {row} 行所指的 {parent} 不存在")
    except dbapi2.DatabaseError as error:
        found.append(f"读到一半中断：{error}")
    return found


def on_network_share(path: Path) -> bool:
    """Say whether the file lies on another computer's disk (UNC path, mapped drive, NFS, SMB …)."""
    place = path.resolve()
    if sys.platform == "win32":
        import ctypes

        if place.drive.startswith("\\\\"):
            return True
        return int(ctypes.windll.kernel32.GetDriveTypeW(place.anchor)) == WINDOWS_REMOTE_DRIVE
    else:  # noqa: RET505 (mypy checks one branch a platform)
        return _file_system(place, Path("/proc/self/mountinfo")) in NETWORK_FILE_SYSTEMS


def _file_system(place: Path, mounts: Path) -> str:
    """Find the file system that holds ``place`` in Linux's list of mounts (proc(5)); "" if unknown."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    found = ("", "")
    for line in lines:
        left, _, right = line.partition(" - ")
        point = left.split(" ")[4].replace("\\040", " ")
        if place.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, right.split(" ")[0])
    return found[1]


def _make_empty(path: Path) -> None:
    """Make the new ledger's file readable by its owner alone; what exists is never overwritten."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise LedgerUnreadable(f"“{path.name}”已经存在，没有覆盖。请换一个文件名。") from None
    except OSError as error:
        raise LedgerUnreadable(f"不能在“{path.parent}”建立台账：{error.strerror}。请换一个文件夹。") from None


def _refuse_what_is_no_ledger(path: Path) -> None:
    """Refuse a missing or empty file: SQLite would take either for a new database."""
    try:
        size = path.stat().st_size if path.is_file() else -1
    except OSError:
        size = -1
    if size < 0:
        raise LedgerUnreadable(
            f"没有找到台账“{path.name}”：可能被移走或改了名。请另选文件打开，或从备份恢复。"
        )
    if size < SMALLEST:
        raise LedgerUnreadable(f"“{path.name}”是空文件，不是台账。请从最近的备份恢复。")


def _unlock(connection: Connection, material: bytes) -> None:
    """Hand SQLCipher the raw key (and the salt, when given); its own log to stderr is silenced first."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{material.hex()}'\"")


def _set_up(connection: Connection, path: Path, *, query_only: bool) -> None:
    """Read a first page (a wrong key fails here) and make the settings of every connection."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not query_only:
        _choose_journal(connection, path)
    for setting in (
        f"synchronous = {DURABILITY}",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        f"cache_size = -{READER_CACHE if query_only else WRITER_CACHE}",
        "temp_store = MEMORY",
        f"busy_timeout = {PATIENCE}",
        f"query_only = {'ON' if query_only else 'OFF'}",
    ):
        connection.execute(f"PRAGMA {setting}")


def _choose_journal(connection: Connection, path: Path) -> None:
    """Write-ahead log on a local disk; a rollback journal where shared memory can't be trusted or had."""
    if on_network_share(path) or connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = DELETE")


def _why(path: Path, error: dbapi2.Error) -> str:
    """Say in a sentence why the file can't be opened."""
    told = str(error)
    if "locked" in told:
        return f"台账“{path.name}”正被另一个程序占用，没有打开。请稍后再试。"
    if "not a database" in told or "malformed" in told:
        return f"台账“{path.name}”打不开：钥匙对不上，或者文件已损坏。内容没有改动；可以从最近的备份恢复。"
    return f"台账“{path.name}”不能读写（{told}）。请检查磁盘和文件夹的权限，或从最近的备份恢复。"
