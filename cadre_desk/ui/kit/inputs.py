"""The inputs of a form; they know no field: texts, callables and strings only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListView, QPlainTextEdit

from cadre_desk.domain.errors import UserError
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.code_popup import MOST, CodePopup
from cadre_desk.ui.kit.input_base import Input, chain

__all__ = [
    "CheckInput",
    "ChoiceInput",
    "CodeInput",
    "DateInput",
    "Input",
    "LineInput",
    "Matching",
    "Reading",
    "TextArea",
    "chain",
]

Reading: TypeAlias = Callable[[str], str]
"""Understands what was typed: the echo in words, "" for none; `UserError` says why it cannot."""

Matching: TypeAlias = Callable[[str], Sequence[tuple[str, str, str]]]
"""What matches what was typed, as (code, label, initials), the most used first; all of it for ""."""


class LineInput(Input):
    """One line of text. With ``read`` it echoes while typing, and says what is wrong on leaving."""

    def __init__(
        self,
        label: str,
        *,
        rule: str = "",
        prompt: str = "",
        read: Reading | None = None,
        secret: bool = False,
    ) -> None:
        """``prompt`` stands in the empty field; ``secret`` for passwords."""
        self.line = QLineEdit()
        self._read = read
        super().__init__(label, self.line, rule=rule, reserve=read is not None)
        self.line.setPlaceholderText(prompt)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textChanged.connect(self._typed)

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.line.setText("" if value is None else str(value))

    def _typed(self, text: str) -> None:
        """Echo what is understood so far; a problem said before is taken back while she types."""
        if self.problem():
            self.show_problem("")
        self._understand(text, say=False)
        self.changed.emit()

    def _leave(self) -> None:
        """Say what is wrong only now."""
        self._understand(self.line.text(), say=True)
        super()._leave()

    def _understand(self, text: str, *, say: bool) -> None:
        """Ask the reader, and show its echo or its sentence."""
        if self._read is None:
            return
        try:
            self.set_echo(self._read(text) if text.strip() else "")
        except UserError as error:
            self.set_echo("")
            if say:
                self.show_problem(str(error))


class DateInput(LineInput):
    """A day, month or year as she types it (1953.7, 195307, 农历八月初三), echoed in words."""

    def __init__(self, label: str, read: Reading, *, rule: str = "", prompt: str = "") -> None:
        """``read`` turns what was typed into words with the ages that follow from it."""
        super().__init__(label, rule=rule, prompt=prompt, read=read)


class CodeInput(Input):
    """A value from a code table, found by initials, hanzi or code; the list opens under the field.

    ``value`` is the code, "" while nothing was chosen or what was typed is in no line of the table.
    """

    def __init__(self, label: str, matching: Matching, *, rule: str = "", prompt: str = "") -> None:
        """``matching`` finds the lines for what was typed."""
        self.line = QLineEdit()
        self._matching = matching
        self._code, self._words = "", ""
        self._popup: CodePopup | None = None
        self._setting = False
        super().__init__(label, self.line, rule=rule)
        self.line.setPlaceholderText(prompt)
        self.line.textEdited.connect(self._typed)

    def popup(self) -> CodePopup:
        """The list, made when it is first needed: only then is the window known."""
        if self._popup is None:
            self._popup = CodePopup(self.line)
            self._popup.taken.connect(self._take)
        return self._popup

    @property
    def value(self) -> str:
        """The code."""
        return self._code

    def set_value(self, value: Any) -> None:
        """Show the line of a code; one the table does not know is shown as it is."""
        code = "" if value is None else str(value)
        label = next((label for known, label, _initials in self._matching("") if known == code), code)
        self._set(code, label)

    def unresolved(self) -> str:
        """What was typed and is in no line of the table, or ""."""
        return "" if self._code else self.line.text().strip()

    def is_open(self) -> bool:
        """Whether the list is in sight."""
        return self._popup is not None and self._popup.isVisible()

    def open_table(self) -> None:
        """Show the whole table, the most used first."""
        self.popup().offer(self._matching(""), "")

    def _typed(self, text: str) -> None:
        """Offer what matches; the code stands again when a line is taken."""
        had = self._code
        self._code = ""
        typed = text.strip()
        if not typed:
            self._words = ""
            self.popup().hide()
        else:
            self.popup().offer(self._matching(typed), typed)
        if self.problem():
            self.show_problem("")
        if had:
            self.changed.emit()

    def _take(self, code: str, label: str) -> None:
        """A line was chosen."""
        self._set(code, label)

    def _set(self, code: str, label: str) -> None:
        """Show the label, keep the code."""
        before = self._code
        self._code, self._words = code, label
        self.line.setText(label)
        if code != before:
            self.changed.emit()

    def _leave(self) -> None:
        """A text that names exactly one line is that line."""
        if self._popup is not None:
            self._popup.hide()
        typed = self.unresolved()
        exact = [found for found in self._matching(typed) if typed in found[:2]] if typed else []
        if len(exact) == 1:
            self._set(*exact[0][:2])
        super()._leave()

    def _key(self, event: QKeyEvent) -> bool:
        """The list's keys while it is open; F4 and Down open it."""
        key = event.key()
        if self.is_open():
            steps = {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_PageUp: 1 - MOST,
                Qt.Key.Key_PageDown: MOST - 1,
            }
            if key in steps:
                self.popup().step(steps[Qt.Key(key)])
                return True
            if key == Qt.Key.Key_Escape:
                self.popup().hide()
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                code, label = self.popup().current()
                self.popup().hide()
                self._take(code, label)
                self.next_asked.emit()
                return True
        elif key in {Qt.Key.Key_F4, Qt.Key.Key_Down}:
            self.open_table()
        return super()._key(event)


class ChoiceInput(Input):
    """One of a few: a combo box; ``value`` is the key."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]] = (), *, rule: str = "") -> None:
        """``choices`` as (key, label)."""
        self.box = QComboBox()
        self.box.setView(QListView())
        super().__init__(label, self.box, rule=rule)
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(lambda _place: self.changed.emit())

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices; the first is chosen."""
        self.box.clear()
        for key, label in choices:
            self.box.addItem(label, key)

    @property
    def value(self) -> str:
        """The key of what is chosen."""
        return str(self.box.currentData() or "")

    def set_value(self, value: Any) -> None:
        """Choose by key."""
        self.box.setCurrentIndex(self.box.findData(value))


class TextArea(Input):
    """Several lines; Ctrl+Enter walks on, for Enter begins a line."""

    _LINES: Final = 3

    def __init__(self, label: str, *, rule: str = "", prompt: str = "", lines: int = _LINES) -> None:
        """``lines`` high."""
        self.area = QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        super().__init__(label, self.area, rule=rule)
        self.area.setPlaceholderText(prompt)
        self.area.setFixedHeight(lines * self.area.fontMetrics().height() + theme.px(16))
        self.area.textChanged.connect(self.changed)

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.area.setPlainText("" if value is None else str(value))

    def _key(self, event: QKeyEvent) -> bool:
        """Enter belongs to the text unless Ctrl is held."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            return False
        return super()._key(event)


class CheckInput(Input):
    """Yes or no; the words stand beside the box."""

    def __init__(self, label: str, *, rule: str = "") -> None:
        """``label`` is the words beside the box; there is none above it."""
        self.box = QCheckBox(label)
        super().__init__(label, self.box, rule=rule)
        self._label.hide()
        self.box.toggled.connect(lambda _on: self.changed.emit())

    @property
    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def text(self) -> str:
        """是 or 否."""
        return "是" if self.box.isChecked() else "否"

    def set_value(self, value: Any) -> None:
        """Tick or untick."""
        self.box.setChecked(bool(value))
