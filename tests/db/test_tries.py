"""Wrong passwords cost a growing wait, and nobody is locked out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from cadre_desk.db.tries import LONGEST, TooSoon, Tries
from cadre_desk.db.vault import Vault, WrongSecret
from tests.db.hand_ledger import (
    PASSWORD,
    HandLedger,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_wrong_passwords_cost_a_growing_wait_but_never_lock_out(hand: HandLedger) -> None:
    now = [time.time()]
    waits = []
    for _ in range(12):
        found = Vault.find(hand.path)
        found.tries.clock = lambda: now[0]
        try:
            found.unlock_password("周敏", "不是这个口令")
        except TooSoon as refused:
            waits.append(refused.seconds)
            now[0] += refused.seconds
        except WrongSecret:
            now[0] += 0.1
    assert waits == sorted(waits)
    assert waits[0] == 2
    assert waits[-1] > 8
    found = Vault.find(hand.path)
    found.tries.clock = lambda: now[0] + LONGEST
    assert found.unlock_password("周敏", PASSWORD) == hand.key
    Vault.find(hand.path).tries.admit()


def test_while_waiting_the_right_password_waits_too_and_the_recovery_code_does_not(hand: HandLedger) -> None:
    found = Vault.find(hand.path)
    for _ in range(3):
        found.tries.failed()
    with pytest.raises(TooSoon, match=r"请等 \d+ 秒再试。台账没有锁死"):
        found.unlock_password("周敏", PASSWORD)
    assert found.unlock_recovery(hand.code) == hand.key


def test_a_clock_set_back_and_a_torn_file_lock_nobody_out(tmp_path: Path) -> None:
    now = 1_000_000.0
    tries = Tries(tmp_path / "tries.json", lambda: now)
    for _ in range(30):
        tries.failed()
    with pytest.raises(TooSoon) as refused:
        tries.admit()
    assert refused.value.seconds == LONGEST
    now -= 500
    tries.admit()
    (tmp_path / "tries.json").write_text("{")
    tries.admit()
