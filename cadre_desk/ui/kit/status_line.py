"""The status line: which ledger, is it safe, what may not be typed here, and which day it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.kit.top_bar import Divider

_BACKUP: Final = {
    "ok": ("shield-ok", "ok", "ink2"),
    "working": ("shield", "ink2", "ink2"),
    "warn": ("shield-warn", "warn", "warn"),
    "bad": ("shield-warn", "accent", "accent"),
}


class StatusLine(QWidget):
    """One quiet line at the foot of the window; trouble with the backup colours its words, with an icon."""

    def __init__(self) -> None:
        """An empty line."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._ledger = Text("", "cap", "ink2", elide=True)
        self._shield = QLabel()
        self._backup = Text("", "cap", "ink2", elide=True)
        self._note = Text("", "cap", "ink2")
        self._note_rule = Divider(14)
        self._day = Text("", "cap", "ink2")
        lock = QLabel()
        lock.setPixmap(icons.pixmap("lock", "ink3", 13))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 1, theme.px(16), 0)
        row.setSpacing(theme.px(5))
        row.addWidget(lock)
        row.addWidget(self._ledger)
        for piece in (_gap(), Divider(14), _gap(), self._shield):
            row.addWidget(piece)
        row.addWidget(self._backup)
        row.addStretch(1)
        for piece in (self._note, _gap(), self._note_rule, _gap(), self._day):
            row.addWidget(piece)

    def set_ledger(self, name: str) -> None:
        """The file that is open, by its name alone."""
        self._ledger.setText(name)
        self._ledger.setAccessibleName(f"台账 {name}")

    def set_backup(self, text: str, state: str = "ok") -> None:
        """The last verified backup and where; ``state``: ok, working, warn or bad."""
        icon, icon_tone, tone = _BACKUP[state]
        self._shield.setPixmap(icons.pixmap(icon, icon_tone, 13))
        self._backup.setText(text)
        self._backup.set_tone(tone)

    def set_note(self, text: str) -> None:
        """The standing note: 内部资料·不得录入涉密信息."""
        self._note.setText(text)

    def set_day(self, text: str) -> None:
        """The working day with its lunar day."""
        self._day.setText(text)

    def set_short(self, *, short: bool) -> None:
        """Leave the standing note out where room is scarce."""
        self._note.setVisible(not short)
        self._note_rule.setVisible(not short)

    def sizeHint(self) -> QSize:
        """26 px at 100 %."""
        return QSize(super().sizeHint().width(), theme.space("status"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rail's ground with a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painting.hairline(painter, self.rect(), Qt.Edge.TopEdge)


def _gap() -> QWidget:
    """Room beside a divider."""
    room = QWidget()
    room.setFixedWidth(theme.px(4))
    return room
