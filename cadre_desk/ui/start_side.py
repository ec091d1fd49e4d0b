"""The left half of the start window: the seal, what the ledger promises, and the other ways in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.buttons import LINK
from cadre_desk.ui.kit.marks import Mark
from cadre_desk.ui.kit.parts import Act, Text, button_for

#: The three fears and their answers.
PROMISES: Final = (
    ("lock", "全部加密，只在这台电脑", "不上网，不外传。没有口令，文件打不开。"),
    ("shield-ok", "丢不了", "每天自动备份并核验，恢复码可在新电脑上开出台账。"),
    ("undo", "改错了能退回", "每一步留痕，导入、发放、登记都能整批撤销。"),
)
_WIDTH: Final = 520
_MOST_SHARE: Final = 0.381
_ROOMY: Final = 480
_TALL: Final = 480
_ROOM_FOR_LINKS: Final = 320


class Seal(Mark):
    """The red seal 老干, 72 px."""

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(theme.px(72), theme.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, QRectF(self.rect()), "seal-large")


class StartSide(QWidget):
    """Seal, title, one line, the promises, links at the foot. Signals: ``acted(key)``."""

    acted = Signal(str)

    def __init__(self) -> None:
        """Without links until the window says which."""
        super().__init__()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(64), theme.px(32), theme.px(32), theme.px(34))
        column.setSpacing(0)
        column.addStretch(5)
        column.addWidget(Seal(), 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.px(22))
        self.title = Text("老干部台账", "fig", wrap=True)
        self.line = Text("", "body", "ink2", wrap=True)
        column.addWidget(self.title)
        column.addSpacing(theme.px(8))
        column.addWidget(self.line)
        column.addSpacing(theme.px(30))
        self._promises = QWidget()
        told = QVBoxLayout(self._promises)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(theme.px(18))
        for icon, headline, sentence in PROMISES:
            told.addLayout(_promise(icon, headline, sentence))
        column.addWidget(self._promises)
        column.addSpacing(theme.px(16))
        column.addStretch(6)
        self._lead = Text("", "small", "ink2")
        self._links = QHBoxLayout()
        self._links.setSpacing(theme.px(12))
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.px(8))
        self._foot.addWidget(self._lead)
        self._foot.addLayout(self._links)
        self._foot.addStretch(1)
        column.addLayout(self._foot)

    def set_links(self, lead: str, acts: Sequence[Act]) -> None:
        """The other ways in: what they are for, and the links."""
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        while self._links.count():
            gone = self._links.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for act in acts:
            self._links.addWidget(button_for(act, self.acted.emit, LINK))

    def fit(self, width: int, height: int) -> None:
        """In a window of this size take 520 px at 100 %, never more than a share; the promises give way."""
        self.setFixedWidth(min(theme.px(_WIDTH), round(width * _MOST_SHARE)))
        side = theme.px(64 if self.width() >= theme.px(_ROOMY) else 24)
        self._promises.setVisible(height >= theme.px(_TALL))
        beside = self.width() >= theme.px(_ROOM_FOR_LINKS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._foot.setDirection(way)
        self._links.setDirection(way)
        margins = self._column.contentsMargins()
        self._column.setContentsMargins(side, margins.top(), theme.px(20), margins.bottom())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rail's ground with a hairline at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painting.hairline(painter, self.rect(), Qt.Edge.RightEdge)


def _promise(icon: str, headline: str, sentence: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(14))
    sign = QLabel()
    sign.setPixmap(icons.pixmap(icon, "ink2", 20))
    sign.setContentsMargins(0, theme.px(1), 0, 0)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(theme.px(1))
    words.addWidget(Text(headline, "name", wrap=True))
    words.addWidget(Text(sentence, "small", "ink2", wrap=True))
    row.addLayout(words, 1)
    return row
