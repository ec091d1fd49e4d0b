"""The drawer: the names behind a figure, from the right, beside the figure and not over it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.ui.kit import motion, theme
from cadre_desk.ui.kit.buttons import ICON, Button
from cadre_desk.ui.kit.cards import Hairline
from cadre_desk.ui.kit.shadow import cast_shadow
from cadre_desk.ui.kit.text import Text

_MOST_SHARE: Final = 0.6
_MILLISECONDS: Final = 120


class Drawer(QFrame):
    """A sheet over the right side of ``host``, as high as it, 396 px wide at 100 % and at most 60 % of it.

    ``body`` takes what it shows, ``foot`` its buttons. Esc or × closes it and puts the keyboard back where it
    was. Signals: ``closed()``.
    """

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        """Closed at first."""
        super().__init__(host)
        self._host = host
        self.setProperty("ground", "paper")
        self.setProperty("floats", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_head())
        column.addWidget(Hairline())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(8))
        column.addLayout(self.body, 1)
        self.foot = QHBoxLayout()
        side = theme.space("card")
        self.foot.setContentsMargins(side, theme.px(8), side, theme.px(8))
        self.foot.setSpacing(theme.px(8))
        column.addLayout(self.foot)
        cast_shadow(self, 28, 0, 0.18)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(_MILLISECONDS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        host.installEventFilter(self)
        self.hide()

    def _build_head(self) -> QHBoxLayout:
        """Title, note, ×."""
        head = QHBoxLayout()
        head.setContentsMargins(theme.space("card"), theme.px(9), theme.px(10), theme.px(9))
        head.setSpacing(theme.px(8))
        self._title = Text("", "h2")
        self._note = Text("", "small", "ink2", elide=True)
        close = Button(kind=ICON, icon="close", name="关闭 Esc")
        close.clicked.connect(self.shut)
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        head.addWidget(close)
        return head

    def set_title(self, title: str, note: str = "") -> None:
        """The figure's name, and what is shown of it (名单)."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(f"{title} {note}".strip())

    def unfold(self) -> None:
        """Open it and give it the keyboard; slides in unless the system asks for reduced motion."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        place = self._place()
        self.setGeometry(place)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        if motion.allowed():
            self._slide.setStartValue(QPoint(self._host.width(), place.top()))
            self._slide.setEndValue(place.topLeft())
            self._slide.start()

    def shut(self) -> None:
        """Close it; the keyboard goes back to what had it."""
        self._slide.stop()
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def _place(self) -> QRect:
        """Right edge, full height."""
        host = self._host
        wanted = max(theme.space("drawer"), self.minimumSizeHint().width())
        width = min(wanted, max(round(host.width() * _MOST_SHARE), self.minimumSizeHint().width()))
        width = min(width, host.width())
        return QRect(host.width() - width, 0, width, host.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge while the host changes its size."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._slide.stop()
            self.setGeometry(self._place())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)
