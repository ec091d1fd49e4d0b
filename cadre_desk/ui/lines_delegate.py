"""How the lines of a short list look in a drawer: as the kit's tables do, with a box where they tick."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cadre_desk.ui.kit import painting, theme

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_LINE = 30
_BOX_LEFT = 8
_WORDS = 32
_TICK = Qt.ItemDataRole.CheckStateRole


class LinesDelegate(QStyledItemDelegate):
    """Draws a line on white or, where the keyboard is, on the tint with its bar; a click on the box ticks."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """30 px at 100 %."""
        return QSize(super().sizeHint(option, index).width(), theme.px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, bar, box, words."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, theme.colour("sel" if chosen else "hover" if hovered else "paper"))
        if chosen:
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.colour("accent"))
        left, ticked = theme.px(_BOX_LEFT + 4), index.data(_TICK)
        if ticked is not None:
            painting.tick_box(painter, _box(rect), Qt.CheckState(ticked))
            left = theme.px(_WORDS)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink"))
        words = rect.adjusted(left, 0, -theme.px(8), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A click left of the words ticks; the keys are Qt's."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            ticked = index.data(_TICK)
            if ticked is not None and event.position().x() < theme.px(_WORDS):
                turned = Qt.CheckState(ticked) == Qt.CheckState.Checked
                state = Qt.CheckState.Unchecked if turned else Qt.CheckState.Checked
                return bool(model.setData(index, state, _TICK))
            return False
        return super().editorEvent(event, model, option, index)


def dress(lines: QListWidget) -> None:
    """Let a list look as the kit's tables do."""
    lines.setItemDelegate(LinesDelegate(lines))
    lines.setFont(theme.font("body"))
    lines.setFrameShape(QListWidget.Shape.NoFrame)
    lines.setMouseTracking(True)
    lines.setStyleSheet("QListWidget { border: none; outline: 0; }")


def _box(rect: QRect) -> QRect:
    side = theme.px(painting.BOX)
    return QRect(rect.left() + theme.px(_BOX_LEFT), rect.top() + (rect.height() - side) // 2, side, side)
