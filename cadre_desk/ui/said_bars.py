"""What is said around a page: the error above, the result and the progress of long work below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cadre_desk.ui.jobs import Job
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, Act
from cadre_desk.ui.kit.notices import ErrorBar, ProgressLine, ResultBar
from cadre_desk.ui.made_files import FILE_ACTS, open_made
from cadre_desk.ui.office import Office, Said

_UNDO: Final = "undo"
#: A result is fresh for so long, in ms: the page it leads to shows it still.
_FRESH: Final = 4_000
#: … and goes by itself after this, unless it holds what the top bar doesn't: a file to open, a redo.
_LASTS: Final = 30_000


class SaidBars(QWidget):
    """The content with its bars. Signals: ``undo_asked(act)`` from the result of an act."""

    undo_asked = Signal(int)

    def __init__(self, office: Office, content: QWidget) -> None:
        """Bars around ``content``, hidden until something is said."""
        super().__init__()
        self.error, self.result, self.progress = ErrorBar(), ResultBar(), ProgressLine()
        self._said: Said | None = None
        self._job: Job | None = None
        self.fresh = QTimer(self, singleShot=True, interval=_FRESH)
        self.lasts = QTimer(self, singleShot=True, interval=_LASTS)
        self.lasts.timeout.connect(self._let_go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._above, self._below = self._frame(self.error), self._frame(self.result)
        column.addLayout(self._above)
        column.addWidget(content, 1)
        column.addLayout(self._below)
        column.addWidget(self.progress)
        office.said.connect(self.say)
        office.jobs.started.connect(self._follow)
        self.result.acted.connect(self._act)
        self.error.closed.connect(self._breathe)
        self.result.closed.connect(self._breathe)
        self.progress.cancelled.connect(self._cancel)

    @staticmethod
    def _frame(bar: QWidget) -> QVBoxLayout:
        frame = QVBoxLayout()
        frame.addWidget(bar)
        return frame

    def say(self, said: Said) -> None:
        """Say what was done or what went wrong; the one before is forgotten."""
        self._said = said
        self.fresh.start()
        self.lasts.stop()
        if said.is_error:
            self.result.hide()
            self.error.show_error(said.text, said.detail)
        else:
            self.error.hide()
            acts = list(FILE_ACTS) if said.file is not None else []
            if said.undo_act:
                acts.append(Act(_UNDO, "恢复" if said.redoes else "撤销", kind=LINK))
            if said.file is None and not said.redoes:
                self.lasts.start()
            name = "" if said.file is None else said.file.name
            self.result.show_result(said.text, name, said.detail, acts)
        self._breathe()

    def leave(self) -> None:
        """The clerk goes elsewhere: an error belonged to the page before, a fresh result stays."""
        self.error.hide()
        if not self.fresh.isActive():
            self.result.hide()
        self._breathe()

    def _let_go(self) -> None:
        self.result.hide()
        self._breathe()

    def _breathe(self) -> None:
        """Room around a bar only while it is in sight."""
        side, gap = theme.space("page"), theme.px(10)
        seen = not self.error.isHidden()
        self._above.setContentsMargins(side, gap if seen else 0, side, 0)
        seen = not self.result.isHidden()
        self._below.setContentsMargins(side, 0, side, theme.px(12) if seen else 0)

    def _act(self, key: str) -> None:
        """Open the file or its folder, or take the act back."""
        if self._said is None:
            return
        if key == _UNDO:
            self._let_go()
            self.undo_asked.emit(self._said.undo_act)
        elif self._said.file is not None:
            open_made(self._said.file, key)

    # --- long work ----------------------------------------------------------------------------------------

    def _follow(self, job: Job) -> None:
        """Show how far a job is, once it lasts."""
        self._job = job
        self.progress.begin(job.title)
        job.moved.connect(self.progress.set_progress)
        job.ended.connect(self._end)

    def _end(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.progress.end()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
