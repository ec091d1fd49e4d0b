"""A password field that can be looked into: the eye shows what was typed as long as it is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import ICON
from cadre_desk.ui.kit.inputs import LineInput, Reading
from cadre_desk.ui.kit.parts import Button


class PasswordInput(LineInput):
    """Dots while typing, with an eye at the right end; ``read`` says under it whether it is good enough."""

    def __init__(self, label: str, *, read: Reading | None = None, rule: str = "", prompt: str = "") -> None:
        """Hidden at first."""
        super().__init__(label, read=read, rule=rule, prompt=prompt, secret=True)
        self._eye = Button(kind=ICON, icon="eye", name="显示口令")
        self._eye.setParent(self.line)
        self._eye.setProperty("floats", True)
        self._eye.clicked.connect(self._look)
        side = self._eye.sizeHint().width() + theme.px(4)
        self.line.setTextMargins(0, 0, side, 0)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the eye at the right end."""
        if watched is self.line and event.type() == QEvent.Type.Resize:
            hint = self._eye.sizeHint()
            top = (self.line.height() - hint.height()) // 2
            self._eye.setGeometry(
                self.line.width() - hint.width() - theme.px(3), top, hint.width(), hint.height()
            )
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if hidden else "eye")
        name = "隐藏口令" if hidden else "显示口令"
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)

    def clear(self) -> None:
        """Empty it and cover it again."""
        self.line.clear()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye")
