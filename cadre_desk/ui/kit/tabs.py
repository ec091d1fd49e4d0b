"""Tabs with counts, and the strip of steps that tells where a process stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.buttons import TOOL, Act, Button, MenuButton

_SIDE: Final = 12
_GAP: Final = 6
_BETWEEN: Final = 4
#: A strip and the page around it agree on a width in so many rounds.
_SETTLES: Final = 3


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its key, its name and, where it says something, a count."""

    key: str
    label: str
    count: int | None = None


class _TabButton(QAbstractButton):
    """A tab: red and underlined when it is the chosen one, on a white plate where it heads a card."""

    def __init__(self, tab: Tab, *, plate: bool) -> None:
        """A tab that can be the chosen one."""
        super().__init__()
        self.tab = tab
        self._plate = plate
        self.setText(tab.label)
        self.setAccessibleName(tab.label if tab.count is None else f"{tab.label}，{tab.count:,}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [self.text(), self._count()]

    def _count(self) -> str:
        """The count as it is shown."""
        return "" if self.tab.count is None else f"{self.tab.count:,}"

    def sizeHint(self) -> QSize:
        """Room for the bold name, so that choosing a tab moves none of the others."""
        words = QFontMetrics(theme.font("name")).horizontalAdvance(self.text())
        count = QFontMetrics(theme.font("cap")).horizontalAdvance(self._count())
        gap = theme.px(_GAP) if count else 0
        return QSize(words + gap + count + 2 * theme.px(_SIDE), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plate, the words, the count and the underline."""
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen and self._plate:
            painting.plate(painter, QRectF(self.rect().adjusted(0, 0, 0, theme.px(6))), "paper", 6)
        elif self.underMouse() and not chosen:
            painting.plate(painter, QRectF(self.rect().adjusted(2, 4, -2, -4)), "hover", 4)
        painter.setFont(theme.font("name" if chosen else "body"))
        painter.setPen(theme.colour("accent" if chosen else "ink"))
        left, middle = theme.px(_SIDE), Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(left, 0, 0, -theme.px(2)), middle, self.text())
        left += painter.fontMetrics().horizontalAdvance(self.text()) + theme.px(_GAP)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(self.rect().adjusted(left, 1, 0, 1 - theme.px(2)), middle, self._count())
        if chosen:
            thick = theme.px(2)
            line = QRect(0, self.height() - thick, self.width(), thick)
            painter.fillRect(line, theme.colour("accent"))
        if self.hasFocus():
            painting.focus_ring(painter, self.rect(), 4)


class TabStrip(QWidget):
    """Tabs in a row; those that find no room go into 另 n 个视图, the chosen one never does.

    ``plate`` for tabs that head a card from outside (saved views), ``ruled`` for tabs inside a card, over a
    hairline. Left and Right move. Signals: ``chosen(key)``.
    """

    chosen = Signal(str)

    def __init__(self, noun: str = "视图", *, plate: bool = False, ruled: bool = True) -> None:
        """``noun`` names the tabs in the menu of those out of sight."""
        super().__init__()
        self._noun, self._plate, self._ruled = noun, plate, ruled
        self._most = 99
        self._fitting = False
        self._buttons: list[_TabButton] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 1 if ruled else 0)
        self._row.setSpacing(theme.px(_BETWEEN))
        self._more = MenuButton("", (), self._take, TOOL)
        self._more.setFont(theme.font("small"))
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(40 if ruled else 32))
        self._fit()

    def set_tabs(self, tabs: Sequence[Tab], current: str = "") -> None:
        """Other tabs; ``current`` is chosen without a signal (the first if it is none of them)."""
        for button in self._buttons:
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._buttons = [_TabButton(tab, plate=self._plate) for tab in tabs]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _on=True, key=button.tab.key: self._take(key))
            self._group.addButton(button)
            self._row.insertWidget(place, button)
        keys = [tab.key for tab in tabs]
        if keys:
            self.set_current(current if current in keys else keys[0])
        self.updateGeometry()

    def set_current(self, key: str) -> None:
        """Choose a tab without a signal."""
        for button in self._buttons:
            if button.tab.key == key:
                button.setChecked(True)
        self._fit()

    def current(self) -> str:
        """The key of the chosen tab, "" without tabs."""
        return next((button.tab.key for button in self._buttons if button.isChecked()), "")

    def set_most(self, most: int) -> None:
        """At most so many tabs in sight, however much room there is."""
        self._most = most
        self._fit()

    def add_end(self, button: Button) -> None:
        """A tool at the right end (存为常用视图)."""
        self._row.addWidget(button)

    def hidden_tabs(self) -> list[Tab]:
        """The tabs that are in the menu now."""
        return [button.tab for button in self._buttons if button.isHidden()]

    def _take(self, key: str) -> None:
        """A tab was chosen, in the strip or in the menu."""
        self.set_current(key)
        self.chosen.emit(key)

    def _ends(self) -> list[QWidget]:
        """What stands behind the stretch."""
        ends = [self._row.itemAt(place).widget() for place in range(self._row.count())]
        return [widget for widget in ends if isinstance(widget, Button) and widget is not self._more]

    def _width(self, widgets: Sequence[QWidget]) -> int:
        """What widgets take side by side, with the gaps between them."""
        gaps = self._row.spacing() * max(len(widgets) - 1, 0)
        return sum(widget.sizeHint().width() for widget in widgets) + gaps

    def _in_sight(self) -> list[_TabButton]:
        """The tabs that fit: from the left, and the chosen one in any case."""
        ends = self._ends()
        if len(self._buttons) <= self._most and self._width([*self._buttons, *ends]) <= self.width():
            return list(self._buttons)
        self._more.set_text(f"另 {len(self._buttons)} 个{self._noun}")
        shown = [button for button in self._buttons if button.isChecked()]
        for button in self._buttons:
            if button in shown:
                continue
            more = [*shown, button]
            if len(more) > self._most or self._width([*more, self._more, *ends]) > self.width():
                break
            shown = more
        return shown

    def _fit(self) -> None:
        """Show what fits; a width that Qt gives half-way, as buttons come and go, is fitted to after."""
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
        """Show what fits into the width there is now, the rest goes into the menu."""
        shown = self._in_sight()
        for button in self._buttons:
            button.setVisible(button in shown)
        gone = self.hidden_tabs()
        self._more.set_text(f"另 {len(gone)} 个{self._noun}")
        self._more.set_acts([Act(tab.key, _words(tab)) for tab in gone])
        self._more.setVisible(bool(gone))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the chosen tab and the menu."""
        least: list[QWidget] = [button for button in self._buttons if button.isChecked()]
        if len(self._buttons) > 1:
            least.append(self._more)
        return QSize(self._width([*least, *self._ends()]), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline the tabs stand on."""
        if self._ruled:
            painting.hairline(QPainter(self), self.rect(), Qt.Edge.BottomEdge)


def _words(tab: Tab) -> str:
    """A tab as a line of a menu."""
    return tab.label if tab.count is None else f"{tab.label}　{tab.count:,}"


class Steps(QWidget):
    """Where a process stands: done = round tick, current = red number, to come = grey number."""

    _DISC: Final = 18
    _TIE: Final = 28

    def __init__(self, labels: Sequence[str] = (), current: int = 0) -> None:
        """``current`` counts from 0; len(labels) means all is done."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_steps(labels, current)

    def set_steps(self, labels: Sequence[str], current: int) -> None:
        """Other steps, or another place."""
        self._labels, self._current = tuple(labels), current
        here = labels[current] if current < len(labels) else "全部完成"
        self.setAccessibleName(f"共 {len(labels)} 步，现在：{here}")
        self.updateGeometry()
        self.update()

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return list(self._labels)

    def _widths(self) -> list[int]:
        """What each step takes: mark, gap, word."""
        metrics = QFontMetrics(theme.font("head"))
        return [theme.px(self._DISC + 7) + metrics.horizontalAdvance(label) for label in self._labels]

    def sizeHint(self) -> QSize:
        """The steps with a short tie between two."""
        ties = max(len(self._labels) - 1, 0) * theme.px(self._TIE + 16)
        return QSize(sum(self._widths()) + ties, theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """The steps with hardly a tie between."""
        return QSize(sum(self._widths()) + len(self._labels) * theme.px(12), theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the steps, spread over the width, with ties between."""
        painter = QPainter(self)
        widths = self._widths()
        between = (self.width() - sum(widths)) // max(len(widths) - 1, 1)
        left = 0
        for place, (label, width) in enumerate(zip(self._labels, widths, strict=True)):
            if place:
                tie = QRect(left - between + theme.px(8), self.height() // 2, between - theme.px(16), 1)
                painter.fillRect(tie, theme.colour("line2"))
            self._draw_step(painter, left, place, label)
            left += width + between

    def _draw_step(self, painter: QPainter, left: int, place: int, label: str) -> None:
        """One mark and its word."""
        side = theme.px(self._DISC)
        spot = QRectF(left, (self.height() - side) / 2, side, side)
        done, here = place < self._current, place == self._current
        if done:
            icons.paint(painter, spot.adjusted(1, 1, -1, -1), "ok", "ok")
        else:
            painting.plate(painter, spot, "accent" if here else "line", self._DISC / 2)
            painter.setFont(theme.font("cap", bold=True))
            painter.setPen(theme.colour("paper" if here else "ink2"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        painter.setFont(theme.font("head" if here else "small"))
        painter.setPen(theme.colour("accent" if here else "ink" if done else "ink2"))
        word = self.rect().adjusted(left + theme.px(self._DISC + 7), 0, 0, 0)
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, label)
