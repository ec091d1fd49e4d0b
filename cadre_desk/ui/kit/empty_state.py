"""An empty page: what belongs here, what it feeds, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.buttons import Act, button_for
from cadre_desk.ui.kit.cards import Card, Hairline, ScrollColumn
from cadre_desk.ui.kit.marks import Mark
from cadre_desk.ui.kit.text import Text

_COLUMN: Final = 660
_ROUND: Final = frozenset({"clock", "info", "ok", "money", "unknown"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way to begin: a bold line, a line on how, and the act that does it."""

    title: str
    note: str
    act: Act


class _Drawing(Mark):
    """A quiet sheet of paper with a round badge: what will stand here one day."""

    def __init__(self, icon: str) -> None:
        """``icon`` stands in the badge."""
        super().__init__()
        self._icon = icon

    def sizeHint(self) -> QSize:
        """88 by 80 px at 100 %."""
        return QSize(theme.px(88), theme.px(80))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet, its lines and the badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self.height() / 80
        painter.setBrush(theme.colour("paper"))
        painter.setPen(QPen(theme.colour("line2"), 1.6 * unit))
        painter.drawRoundedRect(QRectF(1 * unit, 1 * unit, 62 * unit, 76 * unit), 4 * unit, 4 * unit)
        painter.setPen(QPen(theme.colour("line"), 3 * unit))
        for row, length in enumerate((44, 33, 44, 28, 38)):
            y = (17 + row * 12) * unit
            painter.drawLine(round(10 * unit), round(y), round((10 + length) * unit), round(y))
        painter.setPen(QPen(theme.colour("chart"), 1.6 * unit))
        badge = QRectF(47 * unit, 33 * unit, 40 * unit, 40 * unit)
        if self._icon in _ROUND:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(badge)
            whole = badge.adjusted(-6 * unit, -6 * unit, 6 * unit, 6 * unit)
            icons.paint(painter, whole, self._icon, "chart", 0.8)
            return
        painter.drawEllipse(badge)
        icons.paint(painter, badge.adjusted(9 * unit, 9 * unit, -9 * unit, -9 * unit), self._icon, "chart")


class _Number(Mark):
    """A number on a grey disc."""

    def __init__(self, number: int) -> None:
        """``number`` from 1."""
        super().__init__()
        self._number = number

    def sizeHint(self) -> QSize:
        """24 px at 100 %."""
        return QSize(theme.px(24), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc."""
        painter = QPainter(self)
        painting.plate(painter, QRectF(self.rect()), "grey", 12)
        painter.setFont(theme.font("head"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class EmptyState(ScrollColumn):
    """Drawing, one bold sentence, one sentence more, up to three numbered beginnings, one of them primary.

    With filters on, the sentence names them and the one beginning clears them. Signals: ``acted(key)``.
    """

    acted = Signal(str)

    def __init__(
        self, icon: str, headline: str, sentence: str = "", beginnings: Sequence[Beginning] = ()
    ) -> None:
        """``icon`` is that of the place."""
        super().__init__()
        self.setAccessibleName(headline)
        column = self.column
        column.setSpacing(theme.px(10))
        column.addStretch(2)
        column.addWidget(_Drawing(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(4))
        for text in (Text(headline, "h1", wrap=True), Text(sentence, "body", "ink2", wrap=True)):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
            text.setVisible(bool(text.text()))
        if beginnings:
            column.addSpacing(theme.px(12))
            column.addLayout(self._centred(self._card(beginnings)))
        column.addStretch(3)

    def _card(self, beginnings: Sequence[Beginning]) -> Card:
        """The beginnings on one sheet."""
        card = Card()
        card.setMaximumWidth(theme.px(_COLUMN))
        card.set_margins(0, 0, 0, 0)
        card.body.setSpacing(0)
        for number, beginning in enumerate(beginnings, 1):
            if number > 1:
                card.body.addWidget(Hairline())
            card.body.addLayout(self._row(number, beginning))
        return card

    def _row(self, number: int, beginning: Beginning) -> QHBoxLayout:
        """Number, words, button."""
        row = QHBoxLayout()
        side = theme.px(16)
        row.setContentsMargins(side, theme.px(10), side, theme.px(10))
        row.setSpacing(theme.px(14))
        row.addWidget(_Number(number))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(beginning.title, "name", wrap=True))
        words.addWidget(Text(beginning.note, "small", "ink2", wrap=True))
        row.addLayout(words, 1)
        row.addWidget(button_for(beginning.act, self.acted.emit))
        return row

    def _centred(self, widget: QWidget) -> QHBoxLayout:
        """As wide as allowed, in the middle."""
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widget, 100)
        row.addStretch(1)
        return row
