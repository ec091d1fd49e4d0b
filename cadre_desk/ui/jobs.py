"""Long work: one at a time, in one thread beside the window, with progress that can be cancelled."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cadre_desk.domain.errors import UserError
from cadre_desk.ui.garbage import Lent, Outcome, keep_to_this_thread

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
#: How often a window asks a job how far it is, in ms; a busy job can't flood the window.
_ASK_EVERY = 120


class Cancelled(Exception):
    """The clerk took the job back; the unit it was in rolls back."""


class Progress:
    """How far a job is; the job steps, the window looks."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.done = 0
        self.total = 0
        self.text = ""
        self.cancelled = False

    def step(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is.

        Raises:
            Cancelled: the clerk doesn't want it any more.
        """
        self.done, self.total, self.text = done, total, text or self.text
        if self.cancelled:
            raise Cancelled


class Job(QObject):
    """One piece of long work while it runs.

    Signals: ``moved(done, total, text)``, ``ended()``, and ``told()`` after its answer was told.
    """

    moved = Signal(int, int, str)
    ended = Signal()
    told = Signal()
    _answered = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        """Name the work for the progress line."""
        super().__init__(parent)
        self.title = title
        self.progress = Progress()
        self._then: Callable[[Any], None] = lambda _: None
        self._failed: Callable[[BaseException], None] = lambda _: None
        self._work = Lent(lambda _: None)
        self._dropped = False
        self._answered.connect(self._on_answer, Qt.ConnectionType.QueuedConnection)
        self._clock = QTimer(self, interval=_ASK_EVERY)
        self._clock.timeout.connect(self._look)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.progress.cancelled = True

    def begin(
        self,
        work: Lent,
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Remember what follows the work; the work itself is held until it is answered."""
        self._work, self._then, self._failed = work, then, failed
        self._clock.start()

    def drop(self) -> None:
        """Nobody waits for the answer any more: the desk it would be shown on is closed."""
        self._dropped = True

    def answer(self, _: Future[Any]) -> None:
        """Take the result over into the window's thread."""
        self._answered.emit()

    def _look(self) -> None:
        self.moved.emit(self.progress.done, self.progress.total, self.progress.text)

    def _on_answer(self) -> None:
        self._clock.stop()
        self.ended.emit()
        outcome = self._work.take_back()
        try:
            if not self._dropped:
                self._tell(outcome)
        finally:
            self.told.emit()
            self.deleteLater()

    def _tell(self, outcome: Outcome) -> None:
        if outcome.error is None:
            self._then(outcome.result)
        elif not isinstance(outcome.error, Cancelled):
            self._failed(outcome.error)


class Jobs(QObject):
    """The one worker.

    Signals: ``started(job)``: a window shows its progress after half a second; ``rested()``: the last answer
    was told.
    """

    started = Signal(object)
    rested = Signal()

    def __init__(self, failed: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        """Take what is done with errors that no caller takes."""
        super().__init__(parent)
        keep_to_this_thread()
        self._failed = failed
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._untold = 0
        self._shut = False

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Do work beside the window; ``then`` gets its result in the window's thread."""
        job = Job(title, self)
        lent = Lent(work)
        job.begin(lent, then, failed or self._failed)
        job.told.connect(self._on_told)
        self._untold += 1
        self.started.emit(job)
        self._worker.submit(lent, job.progress).add_done_callback(job.answer)
        return job

    def is_idle(self) -> bool:
        """Whether every answer was told."""
        return not self._untold

    def is_open(self) -> bool:
        """Whether work is still taken: not once the desk closes."""
        return not self._shut

    def _on_told(self) -> None:
        self._untold -= 1
        if not self._untold:
            self.rested.emit()

    def close(self) -> None:
        """Wait for what is running; nothing new is taken, and no answer finds a closed desk."""
        for job in self.findChildren(Job):
            job.drop()
        self._shut = True
        self._worker.shutdown(wait=True)


def is_expected(error: BaseException) -> bool:
    """Whether an error is one that the clerk can mend (else it is a fault, which is logged)."""
    return isinstance(error, UserError | OSError)


def log_fault(error: BaseException) -> None:
    """Write a fault with its trace to the log; the clerk sees a sentence."""
    _LOG.error("fault: %s", error, exc_info=error)
