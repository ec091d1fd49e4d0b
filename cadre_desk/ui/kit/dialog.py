"""The dialog for a decision that needs its consequences spelt out; never modal by exec()."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import NORMAL, PRIMARY, Button
from cadre_desk.ui.kit.cards import Hairline
from cadre_desk.ui.kit.text import Text

_WIDTH: Final = 520
_MOST_SHARE: Final = 0.9


class ConfirmDialog(QDialog):
    """Title a verb phrase, what will happen with counts, a reason if the journal needs one, 取消, verb.

    Enter never triggers the verb unless the page says that nothing is lost by it (``verb_first``); Esc
    cancels. Show it with ``open()``.
    Signals: ``confirmed(reason)``, and QDialog's ``rejected()``.
    """

    confirmed = Signal(str)

    def __init__(self, parent: QWidget, title: str, verb: str, sentence: str = "") -> None:
        """``title`` 登记去世：王某某; ``verb`` 登记去世, never 确定; ``sentence`` what it means."""
        super().__init__(parent)
        self.verb_first = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.colour("paper"))
        self.setPalette(palette)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        most = round(parent.window().width() * _MOST_SHARE)
        self.setFixedWidth(min(theme.px(_WIDTH), most))
        column = QVBoxLayout(self)
        side = theme.px(24)
        column.setContentsMargins(side, theme.px(20), side, theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(Text(title, "h1", wrap=True))
        if sentence:
            column.addWidget(Text(sentence, "body", "ink2", wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        self._build_reason(column)
        self._problem = Text("", "small", "accent", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addLayout(self._build_buttons(verb))

    def _build_reason(self, column: QVBoxLayout) -> None:
        """A label and a small field, hidden unless asked for."""
        self._reason_label = Text("", "small")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.px(64))
        for widget in (self._reason_label, self.reason):
            widget.hide()
            column.addWidget(widget)

    def _build_buttons(self, verb: str) -> QHBoxLayout:
        """取消, then the verb, at the right."""
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(8), 0, 0)
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self.cancel = Button("取消", NORMAL)
        self.cancel.clicked.connect(self.reject)
        self.verb = Button(verb, PRIMARY)
        self.verb.clicked.connect(self._confirm)
        row.addWidget(self.cancel)
        row.addWidget(self.verb)
        return row

    def set_consequences(self, lines: Sequence[tuple[str, str]]) -> None:
        """What will happen, line by line, each with its count or amount ("" for none)."""
        for number, (words, count) in enumerate(lines):
            if number:
                self._list.addWidget(Hairline())
            row = QHBoxLayout()
            row.setContentsMargins(0, theme.px(5), 0, theme.px(5))
            row.addWidget(Text(words, "body", wrap=True), 1)
            row.addWidget(Text(count, "name"), 0, Qt.AlignmentFlag.AlignTop)
            self._list.addLayout(row)

    def ask_reason(self, label: str, *, prompt: str = "") -> None:
        """Ask for a reason; without one the verb says so and does nothing."""
        self._reason_label.setText(label)
        self.reason.setAccessibleName(label)
        self.reason.setPlaceholderText(prompt)
        self._reason_label.show()
        self.reason.show()

    def add(self, widget: QWidget) -> None:
        """Something of the page's own (a day, a choice), between the consequences and the reason."""
        self._list.addWidget(widget)

    def show_problem(self, text: str) -> None:
        """Say in the dialog why it cannot be done as it stands; "" for nothing."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the reason, else at 取消; at the verb only where that is harmless."""
        super().showEvent(event)
        button = self.verb if self.verb_first else self.cancel
        start = button if self.reason.isHidden() else self.reason
        start.setFocus(Qt.FocusReason.TabFocusReason)

    def _confirm(self) -> None:
        """Hand the reason over and close, unless it is asked for and empty."""
        reason = self.reason.toPlainText().strip()
        if not self.reason.isHidden() and not reason:
            self.show_problem(f"请先写{self._reason_label.text()}，它会记入历史。")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.confirmed.emit(reason)
        self.accept()
