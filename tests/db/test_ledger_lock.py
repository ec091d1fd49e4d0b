"""One writer at a time: the second is told who and since when, and a crash locks nobody out."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from cadre_desk.db import ledger_lock
from cadre_desk.db.ledger_lock import LedgerInUse, LedgerLock, holder
from cadre_desk.db.places import lock_beside
from cadre_desk.domain.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

MORNING = datetime(2026, 1, 26, 9, 5, 30)

HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from cadre_desk.db.ledger_lock import LedgerLock
lock = LedgerLock(Path(sys.argv[1]), "李强", now=datetime(2026, 1, 26, 8, 30))
lock.take()
print("taken", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "台账.cdesk"


def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend a file system without locks."""
    monkeypatch.setattr(ledger_lock, "_try_lock", lambda _: None)


def leave_lock_file(ledger: Path, host: str, pid: int) -> None:
    told = {"user": "李强", "host": host, "pid": pid, "since": "2026-01-25T17:40:00"}
    lock_beside(ledger).write_text(json.dumps(told), "utf-8")


def dead_process() -> int:
    """The id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_second_is_told_who_and_since_when(ledger: Path) -> None:
    with LedgerLock(ledger, "周敏", now=MORNING):
        with pytest.raises(LedgerInUse) as refused:
            LedgerLock(ledger, "李强").take()
        assert f"周敏（电脑 {platform.node()}，2026-01-26 09:05 起）" in str(refused.value)
        assert "台账没有改动" in str(refused.value)
        assert refused.value.holder == holder(ledger)


def test_after_closing_the_next_gets_it_and_no_file_is_left(ledger: Path) -> None:
    with LedgerLock(ledger, "周敏"):
        assert holder(ledger) is not None
    assert holder(ledger) is None
    assert list(ledger.parent.iterdir()) == []
    with LedgerLock(ledger, "李强") as lock:
        assert lock.left_behind is None


def test_another_process_is_kept_out_and_its_crash_locks_nobody_out(ledger: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "taken\n"
        with pytest.raises(LedgerInUse, match=r"李强（电脑 .*，2026-01-26 08:30 起）"):
            LedgerLock(ledger, "周敏").take()
        other.kill()
        other.wait()
    assert lock_beside(ledger).exists()
    assert holder(ledger) is None
    with LedgerLock(ledger, "周敏") as lock:
        assert lock.left_behind is not None
        assert (lock.left_behind.user, lock.left_behind.pid) == ("李强", other.pid)


def test_a_failure_inside_gives_the_lock_back(ledger: Path) -> None:
    with pytest.raises(ZeroDivisionError), LedgerLock(ledger, "周敏"):
        raise ZeroDivisionError
    LedgerLock(ledger, "李强").take()


def test_releasing_twice_is_harmless_and_taking_twice_is_a_fault(ledger: Path) -> None:
    lock = LedgerLock(ledger, "周敏")
    lock.release()
    lock.take()
    with pytest.raises(RuntimeError):
        lock.take()
    lock.release()
    lock.release()
    assert holder(ledger) is None


def test_a_torn_lock_file_is_taken_over(ledger: Path) -> None:
    lock_beside(ledger).write_bytes(b'{"user": "\xe5')
    with LedgerLock(ledger, "周敏") as lock:
        assert lock.left_behind is None


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="写不进去"):
        LedgerLock(tmp_path / "无" / "台账.cdesk", "周敏").take()


def test_without_locks_a_dead_holder_of_this_computer_is_stale(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_locks(monkeypatch)
    leave_lock_file(ledger, platform.node(), dead_process())
    assert holder(ledger) is None
    with LedgerLock(ledger, "周敏") as lock:
        assert lock.left_behind is not None


@pytest.mark.parametrize("pid", [1, 4_000_000])
def test_without_locks_a_holder_on_another_computer_stays(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, pid: int
) -> None:
    no_locks(monkeypatch)
    leave_lock_file(ledger, "PC-隔壁", pid)
    with pytest.raises(LedgerInUse, match=r"电脑 PC-隔壁.*请删除“台账.cdesk-lock”再试"):
        LedgerLock(ledger, "周敏").take()
    assert holder(ledger) is not None


def test_without_locks_a_running_holder_of_this_computer_stays(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_locks(monkeypatch)
    with LedgerLock(ledger, "周敏"), pytest.raises(LedgerInUse):
        LedgerLock(ledger, "李强").take()
