"""Strokes shared by everything that paints itself: hairlines, plates, chips, boxes and the focus ring."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen

from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.tokens import CHIPS

_CHIP_PADDING: Final = 6
_CHIP_ICON: Final = 12
_CHIP_GAP: Final = 4
BOX: Final = 14
"""Side of a tick box in a table, px at 100 %."""


def hairline(painter: QPainter, rect: QRect, side: Qt.Edge, tone: str = "line") -> None:
    """One pixel along one side of ``rect``, filled: antialiased lines would become two pale pixels."""
    if side == Qt.Edge.BottomEdge:
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
    elif side == Qt.Edge.TopEdge:
        line = QRect(rect.left(), rect.top(), rect.width(), 1)
    elif side == Qt.Edge.RightEdge:
        line = QRect(rect.right(), rect.top(), 1, rect.height())
    else:
        line = QRect(rect.left(), rect.top(), 1, rect.height())
    painter.fillRect(line, theme.colour(tone))


def plate(painter: QPainter, rect: QRectF, ground: str, radius: float, edge: str = "") -> None:
    """A rounded plate, with a crisp one pixel edge if one is named; ``radius`` is px at 100 %."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour(ground))
    painter.setPen(QPen(theme.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5) if edge else rect
    painter.drawRoundedRect(inner, theme.px(radius), theme.px(radius))
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect, radius: float = 4, tone: str = "accent") -> None:
    """The two pixel ring of what the keyboard is on."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(tone), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.px(radius), theme.px(radius))
    painter.restore()


def tick_box(painter: QPainter, rect: QRect, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """A check box: empty with an edge, red with a tick, or red with a dash for "some"."""
    box = QRectF(rect)
    if state == Qt.CheckState.Unchecked:
        plate(painter, box, "paper" if enabled else "band", 3, "edge" if enabled else "line2")
        return
    plate(painter, box, "accent" if enabled else "line2", 3)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour("paper"), box.width() * 0.115)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    stroke = ((0.25, 0.52), (0.42, 0.69), (0.76, 0.33)) if state == Qt.CheckState.Checked else _DASH
    points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in stroke]
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    painter.drawPath(path)
    painter.restore()


_DASH: Final = ((0.28, 0.5), (0.72, 0.5))


def chip_width(text: str, icon: str = "") -> int:
    """The width a chip needs."""
    words = QFontMetrics(theme.font("cap")).horizontalAdvance(text)
    picture = theme.px(_CHIP_ICON + _CHIP_GAP) if icon else 0
    return words + picture + 2 * theme.px(_CHIP_PADDING)


def chip(painter: QPainter, rect: QRect, text: str, kind: str = "neutral", icon: str = "") -> None:
    """A word on a tint, with an icon where it is a state that matters; ``kind`` is one of `tokens.CHIPS`."""
    tones = CHIPS[kind]
    plate(painter, QRectF(rect), tones.ground, 3)
    left = rect.left() + theme.px(_CHIP_PADDING)
    if icon:
        side = theme.px(_CHIP_ICON)
        top = rect.top() + (rect.height() - side) / 2
        icons.paint(painter, QRectF(left, top, side, side), icon, tones.ink)
        left += side + theme.px(_CHIP_GAP)
    painter.setFont(theme.font("cap"))
    painter.setPen(theme.colour(tones.ink))
    room = QRect(left, rect.top(), rect.right() - left, rect.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def bars(painter: QPainter, rect: QRectF, values: list[float], column: float, gap: float) -> None:
    """Zero-based columns, the last one dark; widths are px at 100 %, heights follow the largest value."""
    top = max([*values, 0.0])
    if top <= 0:
        return
    left = rect.left()
    for place, value in enumerate(values):
        height = max(1.0, round(rect.height() * max(value, 0.0) / top)) if value else 0.0
        column_rect = QRectF(left, rect.bottom() - height, theme.px(column), height)
        painter.fillRect(column_rect, theme.colour("chart" if place == len(values) - 1 else "chart0"))
        left += theme.px(column) + theme.px(gap)


def progress(painter: QPainter, rect: QRectF, share: float, tone: str = "ok") -> None:
    """A thin bar filled from the left to ``share`` (0 to 1)."""
    radius = rect.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("grey"))
    painter.drawRoundedRect(rect, radius, radius)
    width = rect.width() * min(max(share, 0.0), 1.0)
    if width:
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(
            QRectF(rect.left(), rect.top(), max(width, rect.height()), rect.height()), radius, radius
        )
    painter.restore()
