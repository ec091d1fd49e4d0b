"""A row of acts that keeps the primary one in sight and puts what does not fit into a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import NORMAL, PRIMARY, Act, Button, MenuButton, button_for

#: A row and the page around it agree on a width in so many rounds.
_SETTLES: Final = 3


class ActRow(QWidget):
    """Buttons for acts, the primary last; those that find no room go into 更多, the farthest from it first.

    Signals: ``acted(key)``.
    """

    acted = Signal(str)

    def __init__(self, kind: str = NORMAL, *, at_right: bool = False) -> None:
        """``kind`` of every button that is not primary; ``at_right``: the row ends at its right edge."""
        super().__init__()
        self._kind = kind
        self._most = 99
        self._fitting = False
        self._buttons: list[tuple[Act, Button]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self._more = MenuButton("更多", (), self.acted.emit, kind)
        if at_right:
            self._row.addStretch(1)
        self._before = self._row.count()
        self._row.addWidget(self._more)
        if not at_right:
            self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()

    def set_acts(self, acts: Sequence[Act]) -> None:
        """The acts from left to right; a primary one stands at the far right whatever its place here."""
        for _act, button in self._buttons:
            button.hide()
            button.deleteLater()
        ordered = sorted(acts, key=lambda act: act.kind == PRIMARY)
        self._buttons = [
            (act, button_for(act, self.acted.emit, "" if act.kind == PRIMARY else self._kind))
            for act in ordered
        ]
        self._row.removeWidget(self._more)
        shown: list[QWidget] = [button for _act, button in self._buttons]
        shown.insert(0 if self._has_primary() else len(shown), self._more)
        for place, widget in enumerate(shown):
            self._row.insertWidget(self._before + place, widget)
        self.updateGeometry()
        self._fit()

    def _has_primary(self) -> bool:
        """Whether there is an act the others stand back for."""
        return any(act.kind == PRIMARY for act, _button in self._buttons)

    def set_most(self, most: int) -> None:
        """At most so many secondary buttons in sight, however much room there is."""
        if most != self._most:
            self._most = most
            self.updateGeometry()
            self._fit()

    def button(self, key: str) -> Button:
        """The button of an act, also while it hides in the menu; KeyError for an unknown one."""
        return {act.key: button for act, button in self._buttons}[key]

    def hidden_acts(self) -> list[Act]:
        """The acts that are in the menu now."""
        return [act for act, button in self._buttons if button.isHidden()]

    def _kept(self, count: int) -> list[Button]:
        """The primary button and ``count`` others: those nearest to it, or the first without one."""
        primary = [button for act, button in self._buttons if act.kind == PRIMARY]
        others = [button for act, button in self._buttons if act.kind != PRIMARY]
        nearest = others[len(others) - count :] if primary else others[:count]
        return nearest + primary

    def _width(self, count: int) -> int:
        """The width with ``count`` secondary buttons in sight."""
        widths = [button.sizeHint().width() for button in self._kept(count)]
        if count < self._secondary():
            widths.append(self._more.sizeHint().width())
        return sum(widths) + self._row.spacing() * max(len(widths) - 1, 0)

    def _secondary(self) -> int:
        """How many secondary acts there are."""
        return sum(act.kind != PRIMARY for act, _button in self._buttons)

    def _fit(self) -> None:
        """Show what fits, the rest goes into the menu.

        A button that is shown lets Qt lay the page out at once, which may give this row another width before
        its last button is set; that is fitted to afterwards, not half-way.
        """
        if self._fitting:
            return
        self._fitting = True
        try:
            for _ in range(_SETTLES):
                width = self.width()
                self._show_fitting()
                if self.width() == width:
                    break
        finally:
            self._fitting = False

    def _show_fitting(self) -> None:
        """Show what fits into the width there is now."""
        total = self._secondary()
        count = min(total, self._most)
        while count and self._width(count) > self.width():
            count -= 1
        kept = self._kept(count)
        for _act, button in self._buttons:
            button.setVisible(button in kept)
        self._more.set_acts(self.hidden_acts())
        self._more.setVisible(count < total)

    def sizeHint(self) -> QSize:
        """Room for all that may be in sight."""
        return QSize(self._width(min(self._secondary(), self._most)), self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the primary act and 更多."""
        return QSize(self._width(0), self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()
