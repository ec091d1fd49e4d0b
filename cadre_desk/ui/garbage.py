"""Only the window's thread collects garbage.

Python may collect in any thread that allocates. A widget that hangs in a cycle (a slot that is a closure over
its page) would then be destroyed beside the window, which Qt answers with a crash. So automatic collection is
off, and a timer of the window's thread does it. Nor may a worker be the last to hold its work, which often is
a closure over a page, or the trace of its failure, whose frames hold the same: the window's thread takes both
back once the answer came (`Lent`).
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QTimer

_EVERY: Final = 700
_TIMER: Final = "cadre-desk-garbage"


def keep_to_this_thread() -> None:
    """Begin, once; called in the window's thread before anything is asked beside it."""
    app = QCoreApplication.instance()
    if app is None or app.findChild(QTimer, _TIMER) is not None:
        return
    gc.disable()
    timer = QTimer(app, interval=_EVERY)
    timer.setObjectName(_TIMER)
    timer.timeout.connect(collect)
    timer.start()


def collect() -> None:
    """Collect the youngest generation that is due, as Python itself would."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of work: its result, or the error it ended with."""

    result: Any = None
    error: BaseException | None = None


class Lent:
    """Work lent to another thread; the lender takes it back when the answer came, and so holds it last."""

    def __init__(self, work: Callable[..., Any]) -> None:
        """Lend it."""
        self._work: Callable[..., Any] | None = work
        self._outcome = Outcome()

    def __call__(self, *given: Any) -> None:
        """Do the work and keep what became of it; what was taken back meanwhile is not done."""
        work = self._work
        if work is None:
            return
        try:
            self._outcome = Outcome(work(*given))
        except BaseException as error:  # noqa: BLE001 - handed over whole; a future would keep it here
            self._outcome = Outcome(error=error)

    def take_back(self) -> Outcome:
        """Let go of the work here, in the lender's thread; what became of it."""
        self._work, outcome, self._outcome = None, self._outcome, Outcome()
        return outcome
