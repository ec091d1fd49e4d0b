"""The search on top at work: what is typed is looked for, Up and Down walk, Enter opens, Esc ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.quick_results import QuickResults
from cadre_desk.ui.quick_search import QuickSearch

#: The keyboard may rest so long before the finds follow, in ms: less than one sees.
_AFTER = 30


class QuickFind(QObject):
    """Ties the field of the top bar to what it finds; where a find leads is told to the office.

    Signals: ``left()``: Esc in the empty field, the clerk wants to go on with the page.
    """

    left = Signal()

    def __init__(self, window: QWidget, office: Office, shelf: Shelf, box: SearchBox) -> None:
        """Finds float over ``window``, under ``box``."""
        super().__init__(window)
        self._office, self._box = office, box
        self._search = QuickSearch(office, shelf)
        self.results = QuickResults(window, box)
        self.results.taken.connect(self._take)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.timeout.connect(self._look)
        box.changed.connect(lambda _text: self._timer.start())
        box.moved.connect(self._move)
        box.entered.connect(lambda _text: self._enter())
        box.edit.installEventFilter(self)

    def begin(self) -> None:
        """Ctrl+K: the keyboard goes to the field, what stands there is marked."""
        self._box.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.edit.selectAll()

    def end(self) -> None:
        """Put the finds away."""
        self._timer.stop()
        self.results.hide()

    def _look(self) -> None:
        text = self._box.text().strip()
        if not text or not self._box.edit.hasFocus():
            self.end()
            return
        self.results.show_groups(self._search.find(text), text)

    def _move(self, step: int) -> None:
        if self.results.isVisible():
            self.results.finds.step(step)
        elif self._box.text():
            self._look()

    def _enter(self) -> None:
        """Enter opens the current find, also when it comes before the finds do."""
        if self._timer.isActive():
            self._timer.stop()
            self._look()
        go = self.results.current() if self.results.isVisible() else None
        if go is not None:
            self._take(go)

    def _take(self, go: Go) -> None:
        self.end()
        self._box.edit.clear()
        self._timer.stop()
        self._office.wanted.emit(go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The finds go when the keyboard does; Esc in an empty field gives the keyboard back to the page."""
        if event.type() == QEvent.Type.FocusOut:
            self.end()
        elif (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and not self._box.text()
        ):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)
