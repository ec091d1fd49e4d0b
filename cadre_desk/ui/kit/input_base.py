"""What every input of a form has: label, 必填, 已改, echo, filling rule, problem; and how Enter walks on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.buttons import Act
from cadre_desk.ui.kit.marks import Chip
from cadre_desk.ui.kit.notices import HINT, REFUSAL, WARNING, Notice
from cadre_desk.ui.kit.search_box import repolish
from cadre_desk.ui.kit.text import Text

_WEIGHTS: Final = {"hold": REFUSAL, "warn": WARNING, "hint": HINT}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LEAST: Final = 160


class Input(QWidget):
    """Label above, editor, echo, rule and problem below; the space of the echo is kept if ``reserve``.

    Signals: ``changed()`` at every keystroke that changes the value, ``next_asked()`` on Enter,
    ``previous_asked()`` on Shift+Enter, ``table_asked()`` on F4, ``left()`` when the keyboard leaves,
    ``acted(key)`` from an act of the problem.
    """

    changed = Signal()
    next_asked = Signal()
    previous_asked = Signal()
    table_asked = Signal()
    left = Signal()
    acted = Signal(str)

    def __init__(self, label: str, editor: QWidget, *, rule: str = "", reserve: bool = False) -> None:
        """``rule`` is the filling rule, in captions under the input."""
        super().__init__()
        self.editor = editor
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumWidth(theme.px(_LEAST))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._label = Text(label, "small", wrap=True)
        self._column.addLayout(self._build_label())
        editor.setAccessibleName(label)
        editor.setFont(theme.font("body"))
        editor.installEventFilter(self)
        self._column.addWidget(editor)
        self._build_foot(rule, reserve=reserve)
        self.setFocusProxy(editor)

    def _build_label(self) -> QHBoxLayout:
        """Label, 必填 at its side, 已改 at the right end."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self._label.setMinimumHeight(theme.px(20))
        self._required = Text("必填", "cap", "accent")
        self._required.hide()
        self._edited = Chip("已改", "warn")
        kept = self._edited.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._edited.setSizePolicy(kept)
        self._edited.hide()
        row.addWidget(self._label)
        row.addWidget(self._required)
        row.addStretch(1)
        row.addWidget(self._edited)
        return row

    def _build_foot(self, rule: str, *, reserve: bool) -> None:
        """Echo, rule, problem."""
        self._echo = QWidget()
        echo = QHBoxLayout(self._echo)
        echo.setContentsMargins(0, 0, 0, 0)
        echo.setSpacing(theme.px(5))
        self._tick = QLabel()
        self._tick.setPixmap(icons.pixmap("ok", "ok", 14))
        self._echo_text = Text("", "small", "ok", wrap=True)
        echo.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignVCenter)
        echo.addWidget(self._echo_text, 1)
        if reserve:
            self._echo.setMinimumHeight(theme.px(22))
        self._reserve = reserve
        self._rule = Text(rule, "cap", "ink2", wrap=True)
        self._problem = Notice(stacked=True)
        self._problem.acted.connect(self.acted)
        self._problem.hide()
        for widget in (self._echo, self._rule, self._problem):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._rule.setVisible(bool(rule))
        self.set_echo("")

    def text(self) -> str:
        """What stands in the editor: what Qt itself calls its user property."""
        return str(self.editor.metaObject().userProperty().read(self.editor))

    @property
    def value(self) -> Any:
        """What the input stands for: the text, the code, the choice's key, or a bool."""
        return self.text()

    def set_value(self, value: Any) -> None:
        """Show a value; emits ``changed`` if it differs."""
        self.editor.metaObject().userProperty().write(self.editor, value)

    def label(self) -> str:
        """The label's words."""
        return self._label.text()

    def set_required(self, required: bool) -> None:  # noqa: FBT001 - as Qt's own setters
        """Show 必填 at the label's side."""
        self._required.setVisible(required)
        self.editor.setAccessibleDescription("必填" if required else "")

    def set_edited(self, edited: bool) -> None:  # noqa: FBT001 - as Qt's own setters
        """Show 已改 and tint the input: changed and not yet saved."""
        self._edited.setVisible(edited)
        self._set_state("changed" if edited else "")

    def set_locked(self, locked: bool, reason: str = "") -> None:  # noqa: FBT001 - as Qt's own setters
        """Read only, with the reason under it in place of the rule."""
        set_read_only = getattr(self.editor, "setReadOnly", None)
        if set_read_only is not None:
            set_read_only(locked)
        else:
            self.editor.setEnabled(not locked)
        if reason:
            self.set_rule(reason)

    def set_rule(self, rule: str) -> None:
        """Another filling rule, "" for none."""
        self._rule.setText(rule)
        self._rule.setVisible(bool(rule))

    def set_echo(self, text: str) -> None:
        """How the program understood what was typed, with a round tick; "" for nothing."""
        self._echo_text.setText(text)
        self._tick.setVisible(bool(text))
        self._echo.setVisible(bool(text) or self._reserve)

    def echo(self) -> str:
        """The echo's words."""
        return self._echo_text.text()

    def show_problem(self, text: str, severity: str = "hold", acts: Sequence[Act] = ()) -> None:
        """Say what is the case and what to do, under the input; "" takes it away.

        ``severity``: hold (a refusal; the input is tinted too), warn (may be passed) or hint.
        """
        self._problem.setVisible(bool(text))
        held = bool(text) and severity == "hold"
        self._set_state("wrong" if held else "changed" if self._edited.isVisibleTo(self) else "")
        if text:
            self._problem.say(text, _WEIGHTS[severity], acts)
            self.editor.setAccessibleDescription(text)
            if held:
                self.set_echo("")

    def problem(self) -> str:
        """The sentence shown, or ""."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _set_state(self, state: str) -> None:
        """Tint the editor: changed, wrong or neither."""
        self.editor.setProperty("state", state)
        repolish(self.editor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter walks on, Shift+Enter back, F4 opens the code table."""
        if watched is self.editor:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
                return True
            if event.type() == QEvent.Type.FocusIn:
                _bring_into_sight(self)
            if event.type() == QEvent.Type.FocusOut:
                self._leave()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        """The keyboard goes elsewhere."""
        self.left.emit()

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of the form's."""
        if event.key() in _ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_asked if back else self.next_asked).emit()
            return True
        if event.key() == Qt.Key.Key_F4:
            self.table_asked.emit()
            return True
        return False


def chain(inputs: Sequence[Input]) -> None:
    """Let Enter go from each input to the next that may be typed in, Shift+Enter back; the ends stay."""
    for place, one in enumerate(inputs):
        one.next_asked.connect(lambda after=tuple(inputs[place + 1 :]): _go(after))
        one.previous_asked.connect(lambda before=tuple(inputs[:place][::-1]): _go(before))


def _go(inputs: Sequence[Input]) -> None:
    """Give the keyboard to the first that can take it."""
    for one in inputs:
        if one.isVisible() and one.editor.isEnabled():
            one.editor.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _bring_into_sight(one: Input) -> None:
    """Scroll what the input lies in until all of it is seen."""
    above = one.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(one)
