"""Small marks: chips, filter chips, avatars, key caps and five-year columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cadre_desk.ui.kit import icons, painting, theme


class Mark(QWidget):
    """Something small that paints itself at the size it asks for and takes no keys."""

    def __init__(self) -> None:
        """A mark is as large as its content and not larger."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A mark is never squeezed."""
        return self.sizeHint()


class Chip(Mark):
    """A word on a tint, 20 px high, for what is exceptional; never the only carrier of a meaning."""

    def __init__(self, text: str, kind: str = "neutral", icon: str = "") -> None:
        """``kind``: neutral, ok, warn, bad, info or gold; an icon when it is a state that matters."""
        super().__init__()
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)

    def set_state(self, text: str, kind: str = "neutral", icon: str = "") -> None:
        """Say something else."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word."""
        return self._text

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [self._text]

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        height = max(theme.space("chip"), QFontMetrics(theme.font("cap")).height())
        return QSize(painting.chip_width(self._text, self._icon), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint and the word."""
        painting.chip(QPainter(self), self.rect(), self._text, self._kind, self._icon)


class FilterChip(QAbstractButton):
    """A condition in force with its ×; a click or Delete takes it away.

    Signals: ``removed()``.
    """

    removed = Signal()

    _CROSS: Final = 13

    def __init__(self, text: str) -> None:
        """A chip ``text ×``."""
        super().__init__()
        self.setText(text)
        self.setAccessibleName(f"去掉条件 {text}")
        self.setToolTip(f"去掉条件“{text}”")
        self.setFont(theme.font("cap"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:
        """The words, the cross, and room around them."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        height = max(theme.space("filter_chip"), self.fontMetrics().height())
        return QSize(words + theme.px(6 + 3 + self._CROSS + 4), height)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        painting.plate(painter, QRectF(self.rect()), "line" if self.underMouse() else "grey", 3)
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink2"))
        left = theme.px(6)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        side = theme.px(self._CROSS)
        cross = QRectF(self.width() - theme.px(4) - side, (self.height() - side) / 2, side, side)
        icons.paint(painter, cross, "close", "ink3")
        if self.hasFocus():
            painting.focus_ring(painter, self.rect(), 3)


class KeyCap(Mark):
    """A key as it is engraved: Ctrl+K."""

    def __init__(self, keys: str) -> None:
        """A cap with ``keys`` on it."""
        super().__init__()
        self._keys = keys
        self.setAccessibleName(keys)

    def text(self) -> str:
        """What stands on the cap."""
        return self._keys

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [self._keys]

    def sizeHint(self) -> QSize:
        """The keys and room around them."""
        metrics = QFontMetrics(theme.font("cap"))
        return QSize(
            metrics.horizontalAdvance(self._keys) + theme.px(20), max(theme.px(18), metrics.height())
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        painting.plate(painter, QRectF(self.rect()), "band", 3, "line")
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._keys)


class Avatar(Mark):
    """A surname on grey, round in lists of detail and square on the card, or a photo in its place."""

    def __init__(self, name: str, width: int = 26, height: int = 0, *, round_: bool = True) -> None:
        """``width`` and ``height`` (0 = square) are px at 100 %."""
        super().__init__()
        self._size = QSize(theme.px(width), theme.px(height or width))
        self._round = round_
        self._photo = QPixmap()
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person's surname (the first character)."""
        self._surname = name[:1]
        self.setAccessibleName(f"{name}的照片位" if name else "照片位")
        self.update()

    def set_photo(self, photo: QPixmap) -> None:
        """Show a photo, cut to the frame; a null one brings the surname back."""
        self._photo = photo
        self.update()

    def sizeHint(self) -> QSize:
        """The frame."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame with the photo or the surname."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._size.height() / 2 if self._round else theme.px(6)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen if self._round else theme.colour("line"))
        painter.setBrush(theme.colour("grey"))
        painter.drawRoundedRect(frame, radius, radius)
        if not self._photo.isNull():
            self._draw_photo(painter, frame, radius)
            return
        face = theme.font("name")
        face.setPixelSize(max(round(self._size.width() * 0.45), theme.px(10)))
        painter.setFont(face)
        painter.setPen(theme.colour("ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._surname)

    def _draw_photo(self, painter: QPainter, frame: QRectF, radius: float) -> None:
        """The photo fills the frame, its middle kept."""
        clip = QPainterPath()
        clip.addRoundedRect(frame, radius, radius)
        painter.setClipPath(clip)
        whole = self._photo.size().scaled(self._size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRect(0, 0, whole.width(), whole.height())
        place.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._photo)


class MiniBars(Mark):
    """Five years in five zero-based columns, this year dark; the values stand in the words beside it."""

    def __init__(
        self, values: Sequence[float] = (), column: int = 11, gap: int = 4, height: int = 36
    ) -> None:
        """Columns of ``values`` from the oldest to this year's; sizes are px at 100 %."""
        super().__init__()
        self._column, self._gap, self._height = column, gap, height
        self.set_values(values)

    def set_values(self, values: Sequence[float], words: str = "") -> None:
        """Draw other values; ``words`` tells them to who cannot see the columns."""
        self._values = list(values)
        self.setAccessibleName(words or "、".join(f"{value:g}" for value in values))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The columns and the gaps between them."""
        count = max(len(self._values), 1)
        width = count * theme.px(self._column) + (count - 1) * theme.px(self._gap)
        return QSize(width, theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the columns."""
        painting.bars(QPainter(self), QRectF(self.rect()), self._values, self._column, self._gap)


class Progress(QWidget):
    """A thin bar: how much of a whole is done; the numbers stand beside it."""

    def __init__(self, share: float = 0.0, height: int = 6) -> None:
        """``share`` from 0 to 1; ``height`` px at 100 %."""
        super().__init__()
        self.setFixedHeight(theme.px(height))
        self.setMinimumWidth(theme.px(48))
        self.set_share(share)

    def set_share(self, share: float) -> None:
        """Another share, 0 to 1."""
        self._share = share
        self.setAccessibleName(f"{share:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painting.progress(QPainter(self), QRectF(self.rect()), self._share)
