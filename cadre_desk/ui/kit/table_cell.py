"""How one cell and one section of the head of a table look, painted from what the model answers."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.roles import ColumnLook, GroupLine, Look, Role
from cadre_desk.ui.kit.tokens import EM

GUTTER: Final = 36
"""Room for the tick box before the first column, px at 100 %."""
_BOX_LEFT: Final = 11
_CHIP_SHIFT: Final = 6
_NOTHING: Final = Look()
_SORT_ICON: Final = 12
_ALIGNMENTS: Final = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


def gutter(*, tickable: bool) -> int:
    """The room the tick boxes take now, in px."""
    return theme.px(GUTTER) if tickable else 0


def box_rect(row: QRect) -> QRect:
    """Where the tick box of a row (or of the head) stands; ``row`` begins at the table's left edge."""
    side = theme.px(painting.BOX)
    top = row.top() + (row.height() - side) // 2
    return QRect(row.left() + theme.px(_BOX_LEFT), top, side, side)


class CellPainter:
    """Paints the cells of one table; made anew with the theme, for it keeps faces and their measures."""

    def __init__(self) -> None:
        """Faces and sizes at the text size in force."""
        self._pad = theme.space("cell")
        self._em = theme.px(EM)
        self._faces = {bold: theme.font("name" if bold else "body") for bold in (False, True)}
        self._measures = {bold: QFontMetrics(face) for bold, face in self._faces.items()}
        self._cap = theme.font("cap")
        self._cap_measure = QFontMetrics(self._cap)

    def room(self, width: int) -> int:
        """What padding leaves of a cell."""
        return width - 2 * self._pad

    def text_width(self, text: str, *, bold: bool) -> int:
        """What a text takes in a cell."""
        return self._measures[bold].horizontalAdvance(text)

    def fits(self, text: str, width: int, *, bold: bool) -> bool:
        """Whether a text fits its cell; no character is wider than an em, so most need no measuring."""
        room = self.room(width)
        return len(text) * self._em <= room or self.text_width(text, bold=bold) <= room

    def shows_whole(self, index: QModelIndex, width: int, column: ColumnLook) -> bool:
        """Whether a cell of this width shows its whole text."""
        look: Look = index.data(Role.LOOK) or _NOTHING
        text = shown_text(index)
        if look.chip:
            room = self.room(width) + 2 * theme.px(_CHIP_SHIFT)
            return painting.chip_width(text, look.icon) <= room
        return self.fits(text, width, bold=column.bold if look.bold is None else look.bold)

    def paint(self, painter: QPainter, rect: QRect, index: QModelIndex, column: ColumnLook) -> bool:
        """Paint one cell on the row's ground; False if its text did not fit and may not be shortened."""
        look: Look = index.data(Role.LOOK) or _NOTHING
        if look.ground:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.colour(look.ground))
        inner = rect.adjusted(self._pad, 0, -self._pad, -1)
        if look.bars:
            height = min(inner.height() - theme.px(8), theme.px(20))
            frame = QRectF(inner.left(), inner.top(), inner.width(), inner.height())
            frame.setTop(inner.top() + (inner.height() - height) / 2)
            frame.setHeight(height)
            painting.bars(painter, frame, list(look.bars), 15, 4)
            return True
        text = shown_text(index)
        if not text:
            return True
        if look.chip:
            self._paint_chip(painter, inner, text, look)
            return True
        return self._paint_text(painter, inner, text, look, column)

    def _paint_chip(self, painter: QPainter, inner: QRect, text: str, look: Look) -> None:
        """A chip, shifted so that its word stands at the column's text edge."""
        width = painting.chip_width(text, look.icon)
        height = theme.space("chip")
        top = inner.top() + (inner.height() - height) // 2
        left = inner.left() - theme.px(_CHIP_SHIFT)
        room = inner.right() + theme.px(_CHIP_SHIFT) - left
        painting.chip(painter, QRect(left, top, min(width, room), height), text, look.chip, look.icon)

    def _paint_text(self, painter: QPainter, inner: QRect, text: str, look: Look, column: ColumnLook) -> bool:
        """One line, or the text with a note under it, or with its old value struck out above."""
        bold = column.bold if look.bold is None else look.bold
        whole = self.fits(text, inner.width() + 2 * self._pad, bold=bold)
        side = _ALIGNMENTS[column.align]
        line = inner
        if look.note or look.old:
            line = self._paint_second(painter, inner, look, side)
        face = self._faces[bold]
        if look.open:
            face = QFont(face)
            face.setUnderline(True)
        painter.setFont(face)
        painter.setPen(theme.colour(look.tone or column.tone))
        if not whole:
            text = self._measures[bold].elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(line, side, text)
        return whole or not column.keep

    def _paint_second(self, painter: QPainter, inner: QRect, look: Look, side: Qt.AlignmentFlag) -> QRect:
        """Paint the note below or the old value above; what is left is for the text."""
        height = self._cap_measure.height()
        body = self._measures[False].height()
        top = inner.top() + (inner.height() - height - body + theme.px(4)) // 2
        words = look.old or look.note
        place = top if look.old else top + body - theme.px(3)
        face = self._cap
        if look.old:
            face = QFont(face)
            face.setStrikeOut(True)
        painter.setFont(face)
        painter.setPen(theme.colour(look.tone if look.old and look.tone else "ink2"))
        shown = self._cap_measure.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        second = QRect(inner.left(), place, inner.width(), height)
        painter.drawText(second, side, shown)
        return QRect(inner.left(), top + height - theme.px(3) if look.old else top, inner.width(), body)

    def paint_group(self, painter: QPainter, rect: QRect, line: GroupLine) -> None:
        """The head of a group over the whole width."""
        painter.fillRect(rect, theme.colour("band"))
        side = theme.px(12)
        arrow = QRectF(rect.left() + theme.px(10), rect.top() + (rect.height() - side) / 2, side, side)
        icons.paint(painter, arrow, "chevron-right" if line.folded else "chevron-down", "ink2")
        middle = Qt.AlignmentFlag.AlignVCenter
        place = rect.adjusted(theme.px(28), 0, -theme.px(12), 0)
        painter.setFont(self._faces[True])
        painter.setPen(theme.colour("ink"))
        painter.drawText(place, middle, line.title)
        after = self.text_width(line.title, bold=True) + theme.px(12)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(place.adjusted(after, 0, 0, 0), middle, line.note)
        if line.share is not None:
            painter.setFont(self._cap)
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, f"{line.share:.0%}")
            height, width = theme.px(6), theme.px(96)
            left = place.right() - theme.px(42) - width
            bar = QRectF(left, rect.top() + (rect.height() - height) / 2, width, height)
            painting.progress(painter, bar, line.share)


def shown_text(index: QModelIndex | QPersistentModelIndex) -> str:
    """What a cell says; nothing for an empty value."""
    value: Any = index.data(Qt.ItemDataRole.DisplayRole)
    return "" if value is None else str(value)


def paint_head(
    painter: QPainter, rect: QRect, title: str, column: ColumnLook, order: Qt.SortOrder | None
) -> None:
    """One section of the head: its title aligned as its cells, with an arrow if the rows are in its order."""
    painter.fillRect(rect, theme.colour("band"))
    painter.setFont(theme.font("head"))
    painter.setPen(theme.colour("ink2"))
    pad = theme.space("cell")
    inner = rect.adjusted(pad, 0, -pad, -1)
    arrow = theme.px(_SORT_ICON + 4) if order is not None else 0
    if column.align == "right":
        inner.adjust(0, 0, -arrow, 0)
    room = inner.width() - (arrow if column.align == "left" else 0)
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, max(room, 0))
    painter.drawText(inner, _ALIGNMENTS[column.align], shown)
    if order is not None:
        words = painter.fontMetrics().horizontalAdvance(shown)
        left = {
            "left": inner.left() + words,
            "center": inner.center().x() + words // 2,
            "right": inner.right(),
        }[column.align]
        side = theme.px(_SORT_ICON)
        spot = QRectF(left + theme.px(5), rect.top() + (rect.height() - side) / 2, side, side)
        down = order == Qt.SortOrder.AscendingOrder
        icons.paint(painter, spot, "chevron-down" if down else "chevron-up", "ink2")
