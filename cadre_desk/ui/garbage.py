"""Only the window's thread collects garbage.

Python may collect in any thread that allocates. A widget that hangs in a cycle (a slot that is a closure over
its page) would then be destroyed beside the window, which Qt answers with a crash. So automatic collection is
off, and a timer of the window's thread does it. Nor may a worker be the last to hold its work, which often is
a closure over a page: the window's thread takes it back once the answer came (`Lent`).
"""

from __future__ import annotations

import gc
from collections.abc import Callable
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


class Lent:
    """Work lent to another thread; the lender takes it back when the answer came, and so holds it last."""

    def __init__(self, work: Callable[..., Any]) -> None:
        """Lend it."""
        self._work: Callable[..., Any] | None = work

    def __call__(self, *given: Any) -> Any:
        """Do the work; what was taken back meanwhile is not done."""
        work = self._work
        return None if work is None else work(*given)

    def take_back(self) -> None:
        """Let go of the work here, in the lender's thread."""
        self._work = None
