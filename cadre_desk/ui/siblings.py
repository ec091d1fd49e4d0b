"""The other registers of a place, beside the page's title: one click or one key away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.register import Register
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import TOOL, Act, Button, MenuButton
from cadre_desk.ui.kit.top_bar import Divider

#: The settings stand before the registers of 系统.
SETTINGS = "system"


def siblings_of(register: Register) -> list[tuple[str, str]]:
    """The other pages of the register's place as (key, title)."""
    pages = [("", "设置")] if register.place == SETTINGS else []
    pages += [
        (one.key, one.title)
        for one in REGISTERS.values()
        if one.place == register.place and one is not register
    ]
    return pages


class Siblings(QWidget):
    """Titles that lead to the other registers; those that find no room go into a menu.

    Signals: ``chosen(key)``, "" for the settings.
    """

    chosen = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str]]) -> None:
        """``pages`` as (key, title)."""
        super().__init__()
        self._pages = list(pages)
        self._buttons = [self._button(key, title) for key, title in pages]
        self._more = MenuButton("", (), self._take, TOOL)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, 0)
        row.setSpacing(theme.px(2))
        if pages:
            row.addWidget(Divider(16, "line2"))
            row.addSpacing(theme.px(6))
        for button in (*self._buttons, self._more):
            row.addWidget(button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def _button(self, key: str, title: str) -> Button:
        button = Button(title, TOOL)
        button.clicked.connect(lambda _on=False: self._take(key))
        return button

    def _take(self, key: str) -> None:
        self.chosen.emit("" if key == SETTINGS else key)

    def _fit(self) -> None:
        """Show the titles that fit, the others in the menu."""
        gap = self._row.spacing()
        widths = [button.sizeHint().width() + gap for button in self._buttons]
        room, count = self.width() - theme.px(16), len(widths)
        if sum(widths) > room:
            room -= self._more_width() + gap
            while count and sum(widths[:count]) > room:
                count -= 1
        for place, button in enumerate(self._buttons):
            button.setVisible(place < count)
        hidden = self._pages[count:]
        self._more.set_text("更多登记簿" if count == 0 else f"另 {len(hidden)} 册")
        self._more.set_acts([Act(key or SETTINGS, title) for key, title in hidden])
        self._more.setVisible(bool(hidden))

    def _more_width(self) -> int:
        self._more.set_text("更多登记簿")
        return self._more.sizeHint().width()

    def sizeHint(self) -> QSize:
        """Room for all titles."""
        whole = sum(button.sizeHint().width() + self._row.spacing() for button in self._buttons)
        return QSize(whole + theme.px(16), theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Room for the menu."""
        return QSize(self._more_width() + theme.px(16) if self._pages else 0, theme.px(30))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()
