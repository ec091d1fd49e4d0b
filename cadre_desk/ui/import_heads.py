"""The headings of a file over the fields they fill: one strip of plates, each leading to its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QWidget

from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.ui.kit import icons, theme

_PLATE_LEAST, _PLATE_MOST = 96, 168
_SAMPLES: Final = 3


class Plate(QAbstractButton):
    """A heading of the file over the field it fills; a click leads to where that is chosen."""

    def __init__(self, column: MappedColumn, told: str) -> None:
        """``told`` is the field's label, "" for a column that is not taken."""
        super().__init__()
        self.column = column
        self._told = told or ("请选择字段" if column.why else "不导入")
        self._kind = "taken" if told else "why" if column.why else "left"
        samples = "、".join(column.samples[:_SAMPLES])
        self.setToolTip("\n".join(one for one in (column.why, f"例：{samples}" if samples else "") if one))
        self.setAccessibleName(f"{column.letter} 列「{column.header}」：{self._told}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.elides = True

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [self.column.header, self._told]

    def sizeHint(self) -> QSize:
        """Two lines."""
        head = QFontMetrics(theme.font("cap")).horizontalAdvance(self.column.header)
        told = QFontMetrics(theme.font("head")).horizontalAdvance(self._told) + theme.px(18)
        width = min(max(head, told) + theme.px(22), theme.px(_PLATE_MOST))
        return QSize(max(width, theme.px(_PLATE_LEAST)), theme.px(46))

    def minimumSizeHint(self) -> QSize:
        """The strip scrolls; a plate is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heading above, mark and field below."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, tone, icon = {
            "taken": ("paper", "line2", "ink", "check"),
            "why": ("wtint", "wline", "warn", "warn"),
            "left": ("band", "line", "ink2", "minus"),
        }[self._kind]
        painter.setPen(theme.colour("accent" if self.hasFocus() or self.underMouse() else edge))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(4), theme.px(4))
        pad, half = theme.px(9), self.height() // 2
        inner = self.rect().adjusted(pad, theme.px(4), -pad, -theme.px(4))
        top, low = inner.adjusted(0, 0, 0, -half + theme.px(4)), inner.adjusted(0, half - theme.px(4), 0, 0)
        self._words(painter, top, self.column.header, "cap", "ink2")
        side = theme.px(12)
        mark = low.adjusted(0, (low.height() - side) // 2, 0, 0)
        mark.setSize(QSize(side, side))
        icons.paint(painter, mark.toRectF(), icon, "ok" if self._kind == "taken" else tone)
        words = low.adjusted(theme.px(17), 0, 0, 0)
        self._words(painter, words, self._told, "head" if self._kind == "taken" else "small", tone)

    @staticmethod
    def _words(painter: QPainter, place: QRect, text: str, step: str, tone: str) -> None:
        painter.setFont(theme.font(step))
        painter.setPen(theme.colour(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class HeadStrip(QScrollArea):
    """The plates side by side. Signals: ``asked(column letter)``."""

    asked = Signal(str)

    def __init__(self) -> None:
        """No headings yet."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(theme.px(48) + self.horizontalScrollBar().sizeHint().height())
        self.viewport().setAutoFillBackground(False)
        self.plates: list[Plate] = []

    def show_columns(self, columns: Sequence[MappedColumn], told: Callable[[MappedColumn], str]) -> None:
        """The headings of a sheet, ``told`` the field of each; where the strip was scrolled to stays."""
        at = self.horizontalScrollBar().value()
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self.plates = []
        for column in columns:
            plate = Plate(column, told(column))
            plate.clicked.connect(lambda _on=False, letter=column.letter: self.asked.emit(letter))
            row.addWidget(plate)
            self.plates.append(plate)
        row.addStretch(1)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.horizontalScrollBar().setValue(at)
