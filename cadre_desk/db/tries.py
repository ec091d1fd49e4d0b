"""Wrong passwords cost time: from the third in a row on, each costs a longer wait, a minute at most.

It is no lock-out: who knows the password waits a minute and is in. It guards the login page against
patient guessing by hand; against a stolen file stands Argon2id.
"""

from __future__ import annotations

import json
import math
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cadre_desk.db.durable import write_durably
from cadre_desk.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Wrong tries that cost nothing.
FREE: Final = 2
#: The longest wait, in seconds.
LONGEST: Final = 60


class TooSoon(UserError):
    """The next try must wait ``seconds`` more."""

    def __init__(self, seconds: int) -> None:
        """Say how long."""
        self.seconds = seconds
        super().__init__(f"口令连续输错，请等 {seconds} 秒再试。台账没有锁死，数据都在。")


@dataclass(slots=True)
class Tries:
    """The wrong tries in a row at one ledger; kept in a file, so that a restart doesn't forgive."""

    file: Path
    clock: Callable[[], float] = time.time

    def admit(self) -> None:
        """Let a try through, or raise TooSoon."""
        wrong, last = self._read()
        waited = self.clock() - last
        wait = min(2 ** (wrong - FREE), LONGEST) if wrong > FREE else 0
        if 0 <= waited < wait:  # a clock set back must not lock anybody out
            raise TooSoon(math.ceil(wait - waited))

    def failed(self) -> None:
        """Count a wrong try; an unwritable data folder is no reason to refuse the next."""
        wrong, _ = self._read()
        with suppress(OSError):
            write_durably(self.file, json.dumps({"wrong": wrong + 1, "last": self.clock()}).encode())

    def passed(self) -> None:
        """Forget the wrong tries."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)

    def _read(self) -> tuple[int, float]:
        try:
            told = json.loads(self.file.read_bytes())
            return min(int(told["wrong"]), LONGEST), float(told["last"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, 0.0
