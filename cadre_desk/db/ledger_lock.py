"""One writer at a time: who opens the ledger holds a lock beside it; who comes second is told who does.

The lock is the operating system's, on an open file (flock; a byte range on Windows), so it goes with
its holder: after a crash or a power cut the file is still there but free, and is taken over. Where the
file system has no locks, the file's own text decides, and the holder counts as gone when its process
does on the same computer.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cadre_desk.db.places import lock_beside
from cadre_desk.domain.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

#: The byte that Windows locks: far behind the text, which others must be able to read.
FAR: Final = 1 << 30
#: What the system answers when another holds the lock; anything else means that there are no locks here.
HELD_BY_ANOTHER: Final = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ledger open: the user, the computer, the process, and since when (wall clock, ISO)."""

    user: str
    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        """Name the holder for the clerk."""
        return f"{self.user or '另一个窗口'}（电脑 {self.host}，{self.since.replace('T', ' ')[:16]} 起）"


class LedgerInUse(UserError):
    """Another process has the ledger open; ``holder`` is None when it can't be read."""

    def __init__(self, ledger: Path, holder: Holder | None, hint: str = "") -> None:
        """Say who, and what to do."""
        self.holder = holder
        who = str(holder) if holder else "另一个程序"
        super().__init__(f"台账“{ledger.name}”正由{who}使用。请等对方用完关闭后再打开；台账没有改动。{hint}")


class LedgerLock:
    """The lock on one ledger: a context manager, or ``take`` and ``release``.

    ``left_behind`` tells, after taking it, who held it when the program last ended without releasing.
    """

    def __init__(self, ledger: Path, user: str, *, now: datetime | None = None) -> None:
        """Prepare the lock; nothing is touched before it is taken."""
        self._ledger = ledger
        self._file = lock_beside(ledger)
        self._me = Holder(
            user, platform.node(), os.getpid(), (now or datetime.now()).isoformat(timespec="seconds")
        )
        self._handle: int | None = None
        self.left_behind: Holder | None = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def take(self) -> None:
        """Take the lock. Raises LedgerInUse, or UserError if the folder can't be written."""
        if self._handle is not None:
            raise RuntimeError("the lock is already taken")
        handle = self._open()
        try:
            self._seize(handle)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def release(self) -> None:
        """Give the lock back and remove its file; harmless when it isn't held."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        _write(handle, b"")
        if sys.platform == "win32":  # an open file can't be removed there
            os.close(handle)
            with suppress(OSError):
                self._file.unlink()
        else:
            with suppress(OSError):
                self._file.unlink()
            os.close(handle)

    def _seize(self, handle: int) -> None:
        """Lock the open file, or raise LedgerInUse; then write down who holds it."""
        before = _read(self._file)
        locked = _try_lock(handle)
        if locked is False:
            raise LedgerInUse(self._ledger, before)
        if locked is None and before is not None and not _is_gone(before):
            hint = f"（如果那台电脑确实已经关机，请删除“{self._file.name}”再试。）"
            raise LedgerInUse(self._ledger, before, hint)
        self.left_behind = before
        _write(handle, json.dumps(asdict(self._me), ensure_ascii=False).encode())

    def _open(self) -> int:
        """Open the lock file, or make it; once more if its holder removed it between opening and looking."""
        while True:
            try:
                handle = os.open(self._file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            except OSError as error:
                raise UserError(
                    f"台账所在的文件夹写不进去（{error.strerror}），没有打开。请检查权限，或把台账移到本机磁盘。"
                ) from None
            with suppress(OSError):
                if os.path.samestat(os.fstat(handle), self._file.stat()):
                    return handle
            os.close(handle)


def holder(ledger: Path) -> Holder | None:
    """Answer who has the ledger open now; None if nobody has, though a crash left the file behind."""
    file = lock_beside(ledger)
    told = _read(file)
    if told is None:
        return None
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return None
    try:
        locked = _try_lock(handle)
    finally:
        os.close(handle)
    return told if locked is False or (locked is None and not _is_gone(told)) else None


def _read(file: Path) -> Holder | None:
    """Read who wrote the lock file; None if it is empty, torn or gone."""
    try:
        told = json.loads(file.read_bytes())
        return Holder(str(told["user"]), str(told["host"]), int(told["pid"]), str(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(handle: int, content: bytes) -> None:
    """Replace the lock file's text."""
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, content)


def _is_gone(told: Holder) -> bool:
    """Say whether the holder's process is known to have ended; of another computer nothing is known."""
    return told.host == platform.node() and not _is_running(told.pid)


if sys.platform == "win32":
    import ctypes
    import msvcrt

    #: Right to ask about a process, and its answer while it runs (Windows API).
    PROCESS_QUERY_LIMITED_INFORMATION: Final = 0x1000
    STILL_ACTIVE: Final = 259

    def _try_lock(handle: int) -> bool | None:
        """Lock the far byte: True if taken, False if another holds it, None if there are no locks here."""
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return False if error.errno in HELD_BY_ANOTHER else None
        return True

    def _is_running(pid: int) -> bool:
        """Ask for the process; ``os.kill(pid, 0)`` would end it on Windows."""
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid)
        if not process:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(process, ctypes.byref(code))
        kernel.CloseHandle(process)
        return code.value == STILL_ACTIVE

else:
    import fcntl

    def _try_lock(handle: int) -> bool | None:
        """Lock the open file: True if taken, False if another holds it, None if there are no locks here."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return False if error.errno in HELD_BY_ANOTHER else None
        return True

    def _is_running(pid: int) -> bool:
        """Ask for the process with signal 0; one of another user runs too."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except OverflowError:
            return False
        except PermissionError:
            return True
        return True
