"""Short looks into the ledger beside the window: counts and facets that may come a moment after the rows.

Long work that the clerk waits for is a job (``ui.jobs``); what is asked here is replaced by the next question
of the same key, and an answer that comes too late is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from cadre_desk.ui.garbage import Lent, Outcome, keep_to_this_thread

T = TypeVar("T")


class Background(QObject):
    """One thread that answers questions of a page; the last question of each key counts."""

    _answered = Signal(str, int, object)

    def __init__(self, failed: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        """``failed`` is told of what went wrong."""
        super().__init__(parent)
        keep_to_this_thread()
        self._failed = failed
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="look")
        self._asked: dict[str, tuple[int, Future[Any], Callable[[Any], None]]] = {}
        self._lent: dict[int, Lent] = {}
        self._count = 0
        self._closed = False
        self._answered.connect(self._on_answer, Qt.ConnectionType.QueuedConnection)

    def ask(self, key: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Answer ``work`` in the thread; ``then`` gets it in the window's, unless another was asked since."""
        self.drop(key)
        if self._closed:
            return
        self._count += 1
        number = self._count
        self._lent[number] = Lent(work)
        future: Future[Any] = self._worker.submit(self._lent[number])
        self._asked[key] = (number, future, then)
        future.add_done_callback(lambda done: self._answered.emit(key, number, done))

    def drop(self, key: str) -> None:
        """Forget what was asked under a key."""
        before = self._asked.pop(key, None)
        if before is not None:
            before[1].cancel()

    def is_idle(self) -> bool:
        """Whether nothing is asked."""
        return not self._asked

    def close(self) -> None:
        """Wait for the question that is being answered; what is asked after it is not looked for."""
        self._closed = True
        for key in list(self._asked):
            self.drop(key)
        self._worker.shutdown(wait=True, cancel_futures=True)
        for lent in self._lent.values():
            lent.take_back()

    def _on_answer(self, key: str, number: int, future: Future[Any]) -> None:
        """Hand the answer over, if it is still wanted."""
        outcome = self._lent.pop(number).take_back() if number in self._lent else Outcome()
        asked = self._asked.get(key)
        if asked is None or asked[0] != number or future.cancelled():
            return
        del self._asked[key]
        if outcome.error is None:
            asked[2](outcome.result)
        else:
            self._failed(outcome.error)
