"""A dashed frame on the desk for what stands aside but one click away: the demo county, other ledgers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.parts import Act, Button, Text, button_for


class DashedCard(QFrame):
    """Icon, a bold line, a line more, a button. Signals: ``acted(key)``."""

    acted = Signal(str)

    def __init__(self, icon: str, headline: str, sentence: str) -> None:
        """Without a button until ``set_act``."""
        super().__init__()
        self.setProperty("part", "dashed")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(20), theme.px(9), theme.px(20), theme.px(9))
        self._row.setSpacing(theme.px(12))
        sign = QLabel()
        sign.setPixmap(icons.pixmap(icon, "ink2", 18))
        self._row.addWidget(sign)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._headline = Text(headline, "name", wrap=True)
        self._sentence = Text(sentence, "small", "ink2", wrap=True)
        words.addWidget(self._headline)
        words.addWidget(self._sentence)
        self._row.addLayout(words, 1)
        self._buttons: list[Button] = []

    def say(self, headline: str, sentence: str) -> None:
        """Other words."""
        self._headline.setText(headline)
        self._sentence.setText(sentence)

    def set_act(self, *acts: Act) -> None:
        """The buttons at the right."""
        for gone in self._buttons:
            gone.hide()
            gone.deleteLater()
        self._buttons = [button_for(act, self.acted.emit) for act in acts]
        for button in self._buttons:
            self._row.addWidget(button)
