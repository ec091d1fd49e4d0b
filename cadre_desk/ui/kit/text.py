"""Words on the desk: a label that knows its step of the type scale and its tone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from cadre_desk.ui.kit import theme

_TALL: Final = 10_000


class Text(QLabel):
    """Plain words (never markup) in one face and one tone.

    ``wrap`` lets them run over several lines; ``elide`` lets them end in … with the whole in the tooltip,
    which names and money must never do; ``select`` lets the clerk copy them.
    """

    def __init__(
        self,
        text: str = "",
        step: str = "body",
        tone: str = "ink",
        *,
        bold: bool | None = None,
        wrap: bool = False,
        elide: bool = False,
        select: bool = False,
    ) -> None:
        """A label of ``text``; ``step`` and ``tone`` are names of `tokens.TYPE` and `tokens.COLOURS`."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(step, bold=bold))
        self.setWordWrap(wrap)
        # Inside a button a label would take the button's role, and lose its tone.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.elides = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.set_tone(tone)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Another colour from now on."""
        self.tone = tone
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(tone))
        self.setPalette(palette)

    def set_step(self, step: str, *, bold: bool | None = None) -> None:
        """Another step of the type scale from now on."""
        self.setFont(theme.font(step, bold=bold))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Room for two characters if the words may be shortened, else for all of them."""
        full = super().minimumSizeHint()
        if not self.elides:
            return full
        return QSize(min(full.width(), self.fontMetrics().height() * 2), full.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text in a tooltip while it is shortened."""
        super().resizeEvent(event)
        self._keep_height()
        if self.elides:
            self.setToolTip(self.text() if self._shown() != self.text() else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is the width the one the layout gave."""
        super().showEvent(event)
        self._keep_height()

    def setText(self, text: str) -> None:
        """Say something else; lines that wrap claim their height anew."""
        super().setText(text)
        self._keep_height()

    def _keep_height(self) -> None:
        """Wrapped words are never squeezed: Qt's own least height for them is one line."""
        if self.wordWrap() and self.isVisible():
            self.setMinimumHeight(self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words; Qt's own answer never falls below the least height set before."""
        if not self.wordWrap():
            return super().heightForWidth(width)
        margins = self.contentsMargins()
        room = QRect(0, 0, max(width - margins.left() - margins.right(), 1), _TALL)
        flags = Qt.TextFlag.TextWordWrap
        words = self.fontMetrics().boundingRect(room, flags, self.text() or " ")
        return words.height() + margins.top() + margins.bottom()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, shortened where that is allowed and needed."""
        if not self.elides:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour(self.tone if self.isEnabled() else "ink3"))
        painter.drawText(self.contentsRect(), self.alignment(), self._shown())

    def _shown(self) -> str:
        """The words as they fit."""
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
