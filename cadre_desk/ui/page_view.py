"""The real pages of a paper: thumbnails in a strip, and one page on the desk at any zoom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.cards import ScrollColumn
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.pdf_pages import PdfPages

WHOLE, WIDTH = "whole", "width"
_SMALLEST, _LARGEST, _STEP = 0.25, 4.0, 1.2


class _Sheet(QWidget):
    """One page, drawn crisp at the size it has."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self.setAccessibleName("页面")

    def set_page(self, pages: PdfPages | None, page: int, scale: float) -> None:
        """Show a page at ``scale`` logical pixels a point."""
        if pages is None:
            self._picture = QImage()
            self.setFixedSize(1, 1)
            return
        ratio = self.devicePixelRatioF()
        self._picture = pages.picture(page, scale * ratio)
        self._picture.setDevicePixelRatio(ratio)
        size = self._picture.deviceIndependentSize().toSize()
        self.setFixedSize(size + QSize(2, 2))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper with a thin edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("line"))
        painter.drawImage(1, 1, self._picture)


class PageView(QScrollArea):
    """The page in the middle of the desk. Signals: ``zoomed(percent)``."""

    zoomed = Signal(int)

    def __init__(self) -> None:
        """Empty until pages are given."""
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName("整页预览")
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self.viewport().setAutoFillBackground(False)
        self._pages: PdfPages | None = None
        self._page = 0
        self._fit = WHOLE
        self._scale = 1.0

    def set_pages(self, pages: PdfPages | None, page: int = 0) -> None:
        """Show another document."""
        self._pages, self._page = pages, page
        self._show()

    def show_page(self, page: int) -> None:
        """Turn to a page."""
        self._page = page
        self._show()
        self.verticalScrollBar().setValue(0)

    def fit(self, how: str) -> None:
        """Show the whole page, or its whole width."""
        self._fit = how
        self._show()

    def zoom(self, steps: int) -> None:
        """Larger or smaller by steps."""
        self._fit = ""
        self._scale = min(max(self._scale * _STEP**steps, _SMALLEST), _LARGEST)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted page follows the window."""
        super().resizeEvent(event)
        if self._fit:
            self._show()

    def _show(self) -> None:
        if self._pages is None:
            self._sheet.set_page(None, 0, 1)
            return
        size, room = self._pages.size(self._page), self.viewport().size()
        margin = theme.px(48)
        across = max(room.width() - margin, 100) / size.width()
        down = max(room.height() - margin, 100) / size.height()
        if self._fit:
            self._scale = min(across, down) if self._fit == WHOLE else across
        self._sheet.set_page(self._pages, self._page, self._scale)
        self.zoomed.emit(round(self._scale * 75))


class _Thumbnail(QWidget):
    """One small page with its number."""

    pressed = Signal(int)

    def __init__(self, pages: PdfPages, page: int) -> None:
        super().__init__()
        self._pages, self._page, self._current = pages, page, False
        self._picture = QImage()
        size = pages.size(page)
        width = theme.px(124)
        self._frame = QSize(width, round(width * size.height() / size.width()))
        self.setFixedSize(width + theme.px(8), self._frame.height() + theme.px(34))
        self.setAccessibleName(f"第 {page + 1} 页")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_current(self, *, current: bool) -> None:
        """Mark it as the page that is shown."""
        self._current = current
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn to it."""
        self.pressed.emit(self._page)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page is drawn when it first comes into sight."""
        if self._picture.isNull():
            ratio = self.devicePixelRatioF()
            scale = self._frame.width() / self._pages.size(self._page).width()
            self._picture = self._pages.picture(self._page, scale * ratio)
            self._picture.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        edge = theme.px(3)
        frame = QRectF(edge, edge, self._frame.width(), self._frame.height())
        painter.drawImage(frame, self._picture)
        painter.setPen(theme.colour("accent") if self._current else QColor(theme.colour("line2")))
        for inset in range(2 if self._current else 1):
            painter.drawRect(frame.adjusted(-inset, -inset, inset, inset))
        painter.setFont(theme.font("small", bold=self._current))
        painter.setPen(theme.colour("accent" if self._current else "ink2"))
        below = QRectF(0, frame.bottom() + edge, self.width(), theme.px(24))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(self._page + 1))


class Thumbnails(ScrollColumn):
    """The strip of small pages. Signals: ``chosen(page)``. Beyond ``MOST`` pages the arrows turn on."""

    chosen = Signal(int)
    MOST = 200

    def __init__(self) -> None:
        """Empty until pages are given."""
        super().__init__()
        self.setAccessibleName("各页")
        self.column.setContentsMargins(theme.px(10), theme.px(10), 0, theme.px(10))
        self._all: list[_Thumbnail] = []

    def set_pages(self, pages: PdfPages | None) -> None:
        """Show another document's pages."""
        while self.column.count():
            widget = self.column.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()
        self._all = []
        if pages is None:
            return
        for page in range(min(len(pages), self.MOST)):
            small = _Thumbnail(pages, page)
            small.pressed.connect(self.chosen)
            self._all.append(small)
            self.column.addWidget(small, 0, Qt.AlignmentFlag.AlignHCenter)
        if len(pages) > self.MOST:
            self.column.addWidget(
                Text(f"其余 {len(pages) - self.MOST} 页用上方箭头翻看", "cap", "ink2", wrap=True)
            )
        self.column.addStretch(1)

    def set_current(self, page: int) -> None:
        """Mark a page and bring it into sight."""
        for place, small in enumerate(self._all):
            small.set_current(current=place == page)
        if page < len(self._all):
            self.ensureWidgetVisible(self._all[page], 0, theme.px(20))


def strip(thumbnails: Thumbnails) -> QWidget:
    """The strip on its own ground, as wide as a small page."""
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(thumbnails)
    ground.setFixedWidth(theme.px(168))
    return ground
