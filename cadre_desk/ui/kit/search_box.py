"""The search field: a frame, an icon and a bare edit; a line edit's own icon would not grow with the text."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.buttons import ICON, Button
from cadre_desk.ui.kit.marks import KeyCap

_WIDTH: Final = 368
_AROUND: Final = 48
"""What icon, gaps and edges take beside the prompt, px at 100 %."""


class SearchBox(QFrame):
    """A field to find something in; Esc empties it, Up, Down and Enter are told to who shows finds.

    Signals: ``changed(text)`` while typing (never on a half-made character), ``entered(text)``,
    ``moved(step)`` for Up (-1) and Down (1).
    """

    changed = Signal(str)
    entered = Signal(str)
    moved = Signal(int)

    def __init__(self, name: str, prompt: str, *, keys: str = "", plain: bool = False) -> None:
        """``name`` for a screen reader, ``prompt`` inside, ``keys`` on a cap; ``plain``: white."""
        super().__init__()
        self.setProperty("part", "search")
        self.setProperty("plain", "true" if plain else "false")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.space("control"))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), 0, theme.px(6), 0)
        row.setSpacing(theme.px(5))
        glass = QLabel()
        glass.setPixmap(icons.pixmap("search", "ink2", 14))
        row.addWidget(glass)
        self.edit = QLineEdit()
        self.edit.setProperty("part", "bare")
        self.edit.setFont(theme.font("small"))
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(prompt)
        self.edit.textChanged.connect(self._told)
        self.edit.returnPressed.connect(lambda: self.entered.emit(self.edit.text()))
        self.edit.installEventFilter(self)
        row.addWidget(self.edit, 1)
        self._cap = KeyCap(keys)
        self._cap.hide()
        row.addWidget(self._cap)
        self._clear = Button(kind=ICON, icon="close", name="清空")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.edit.clear)
        self._clear.hide()
        row.addWidget(self._clear)
        self.setFocusProxy(self.edit)

    def sizeHint(self) -> QSize:
        """As wide as a page wants it, by ``setMaximumWidth``."""
        return QSize(theme.px(_WIDTH), theme.space("control"))

    def minimumSizeHint(self) -> QSize:
        """Room for the prompt."""
        prompt = self.edit.fontMetrics().horizontalAdvance(self.edit.placeholderText())
        return QSize(prompt + theme.px(_AROUND), theme.space("control"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key cap gives way before the prompt."""
        super().resizeEvent(event)
        self._show_cap()

    def _show_cap(self) -> None:
        """Show the cap where there is room for it and nothing was typed."""
        room = self.width() - self.minimumSizeHint().width() - self._cap.sizeHint().width()
        self._cap.setVisible(bool(self._cap.text()) and not self.edit.text() and room > 0)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put words in; ``changed`` is emitted as if typed."""
        self.edit.setText(text)

    def set_prompt(self, prompt: str) -> None:
        """Another prompt, a shorter one where room is scarce."""
        self.edit.setPlaceholderText(prompt)
        self._show_cap()
        self.updateGeometry()

    def _told(self, text: str) -> None:
        """Show the cross only where there is something to empty."""
        self._clear.setVisible(bool(text))
        self._show_cap()
        self.changed.emit(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the frame is a click in the field."""
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Light the frame while the keyboard is here; Esc empties; Up and Down belong to the finds."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._light(lit=event.type() == QEvent.Type.FocusIn)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _light(self, *, lit: bool) -> None:
        """Draw the two pixel edge, or the ordinary one."""
        self.setProperty("lit", "true" if lit else "false")
        repolish(self)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of ours."""
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self.edit.clear()
            return True
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return False


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a changed property of ``widget``."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
