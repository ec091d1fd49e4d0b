"""The two bars at the foot of a list: totals of the whole listing, and acts for the ticked rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cadre_desk.ui.kit import painting, theme
from cadre_desk.ui.kit.act_row import ActRow
from cadre_desk.ui.kit.buttons import LINK, SMALL, Act, Button
from cadre_desk.ui.kit.sight import set_seen
from cadre_desk.ui.kit.text import Text


class TotalsBar(QWidget):
    """共 **214 人**　男 **121** …, always of the whole listing; at the right which rows are in sight.

    The first total never goes; those that find no room at the right are left out and told in the tooltip.
    """

    def __init__(self) -> None:
        """No totals yet."""
        super().__init__()
        self._totals: list[tuple[str, str]] = []
        self._range = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_totals(self, totals: Sequence[tuple[str, str]]) -> None:
        """Label and value of each total, the count first."""
        self._totals = list(totals)
        words = "　".join(f"{label} {value}" for label, value in self._totals)
        self.setAccessibleName(f"合计：{words}")
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def set_range(self, text: str) -> None:
        """Which rows are in sight: 第 1–13 行."""
        self._range = text
        self.update()

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [*(word for pair in self._totals for word in pair), self._range]

    def sizeHint(self) -> QSize:
        """32 px at 100 %."""
        return QSize(sum(map(self._pair_width, self._totals)), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Room for the count."""
        first = self._pair_width(self._totals[0]) if self._totals else 0
        return QSize(first + theme.px(24), theme.px(32))

    def _pair_width(self, pair: tuple[str, str]) -> int:
        """What one total takes, with the room behind it."""
        label, value = pair
        words = QFontMetrics(theme.font("cap")).horizontalAdvance(label)
        return words + QFontMetrics(theme.font("head")).horizontalAdvance(value) + theme.px(5 + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the band, the totals that fit, and the range where room is left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("band"))
        painting.hairline(painter, self.rect(), Qt.Edge.TopEdge)
        middle = Qt.AlignmentFlag.AlignVCenter
        left = theme.px(12)
        for label, value in self._totals:
            if left + self._pair_width((label, value)) - theme.px(16) > self.width():
                break
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.colour("ink2"))
            painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, label)
            words = painter.fontMetrics().horizontalAdvance(label) + theme.px(5)
            painter.setFont(theme.font("head"))
            painter.setPen(theme.colour("ink"))
            painter.drawText(self.rect().adjusted(left + words, 0, 0, 0), middle, value)
            left += self._pair_width((label, value))
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.colour("ink2"))
        if left + painter.fontMetrics().horizontalAdvance(self._range) + theme.px(12) <= self.width():
            right = self.rect().adjusted(0, 0, -theme.px(13), 0)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, self._range)


class SelectionBar(QWidget):
    """已选 3 人, the acts for them, 取消选择 Esc; shown above the totals while rows are ticked.

    Signals: ``acted(key)``, ``cleared()``.
    """

    acted = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        """Hidden while nothing is ticked."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = Text("", "name", "accent")
        self._acts = ActRow(SMALL)
        self._acts.acted.connect(self.acted)
        self._clear = Button("取消选择 Esc", LINK)
        self._clear.setFont(theme.font("cap"))
        self._clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 1, theme.px(10), 0)
        row.setSpacing(theme.px(20))
        row.addWidget(self._count)
        row.addWidget(self._acts, 1)
        row.addWidget(self._clear)
        self.hide()

    def set_acts(self, acts: Sequence[Act]) -> None:
        """What can be done with what is ticked; what finds no room goes into 更多."""
        self._acts.set_acts(acts)

    def set_count(self, count: int, unit: str = "人") -> None:
        """How many are ticked; 0 hides the bar."""
        self._count.setText(f"已选 {count:,} {unit}")
        set_seen(self, count > 0)

    def sizeHint(self) -> QSize:
        """44 px at 100 %."""
        return QSize(super().sizeHint().width(), theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint, with its line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("atint"))
        painting.hairline(painter, self.rect(), Qt.Edge.TopEdge, "aline")
