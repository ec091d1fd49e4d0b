"""The left rail: seal, office, the places of the desk with what waits there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from cadre_desk.ui.kit import icons, painting, theme

_SIDE: Final = 8
_ITEM: Final = 36
_ITEM_LEAST: Final = 26
_ICON: Final = 18
_SEAL: Final = 32
_SEAL_SMALL: Final = 34
_HEAD: Final = 55
_HEAD_SMALL: Final = 56
_RULE: Final = 11


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the desk: its key, its name, its icon and the key that goes there ("Ctrl+2", or none)."""

    key: str
    label: str
    icon: str
    keys: str = ""


class _Seal(QWidget):
    """The red seal 老干 with the county and the office beside it."""

    def __init__(self) -> None:
        """An empty office until it is told."""
        super().__init__()
        self.county, self.office, self.narrow = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [] if self.narrow else [self.county, self.office]

    def sizeHint(self) -> QSize:
        """The head of the rail."""
        if self.narrow:
            return QSize(theme.space("rail_small"), theme.px(_HEAD_SMALL))
        words = max(
            QFontMetrics(theme.font("name")).horizontalAdvance(self.county),
            QFontMetrics(theme.font("cap")).horizontalAdvance(self.office),
        )
        return QSize(max(theme.space("rail"), words + theme.px(55 + _SIDE)), theme.px(_HEAD))

    def minimumSizeHint(self) -> QSize:
        """The office's name is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the seal and the two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(_SEAL_SMALL if self.narrow else _SEAL)
        left = (self.width() - 1 - side) / 2 if self.narrow else theme.px(14)
        icons.paint(painter, QRectF(left, theme.px(10 if self.narrow else 11), side, side), "seal")
        if self.narrow:
            return
        at = theme.px(55)
        painter.setFont(theme.font("name"))
        painter.setPen(theme.colour("ink"))
        line = QRect(at, theme.px(9), self.width() - at, painter.fontMetrics().height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self.county)
        line.moveTop(line.bottom() + 1)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self.office)


class RailItem(QAbstractButton):
    """One place: icon, name, and the count of work waiting there (never of records)."""

    def __init__(self, place: Place) -> None:
        """An item that can be the chosen one."""
        super().__init__()
        self.place = place
        self._waiting = 0
        self._narrow = False
        self.setText(place.label)
        self.setCheckable(True)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(theme.px(_ITEM))
        self._say()

    def set_waiting(self, count: int) -> None:
        """How much work waits here; 0 shows nothing."""
        self._waiting = count
        self._say()
        self.updateGeometry()
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Icon only, with the name in the tooltip."""
        self._narrow = narrow
        self._say()
        self.updateGeometry()
        self.update()

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [] if self._narrow else [self.text()]

    def _say(self) -> None:
        """Name and tooltip in words."""
        waiting = f"，{self._waiting:,} 件待办" if self._waiting else ""
        self.setAccessibleName(f"{self.text()}{waiting}")
        keys = f"　{self.place.keys}" if self.place.keys else ""
        self.setToolTip(f"{self.text()}{waiting}{keys}" if self._narrow or keys else "")

    def sizeHint(self) -> QSize:
        """Room for the bold name and the count."""
        height = theme.px(_ITEM)
        if self._narrow:
            return QSize(theme.space("rail_small"), height)
        name = QFontMetrics(theme.font("name")).horizontalAdvance(self.text())
        count = QFontMetrics(theme.font("cap")).horizontalAdvance(self._count())
        return QSize(theme.px(47 + 6 + 16) + name + count, height)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed sideways; at 200 % on a low screen the items move together."""
        return QSize(self.sizeHint().width(), theme.px(_ITEM_LEAST))

    def _count(self) -> str:
        """The count as it is shown."""
        return f"{self._waiting:,}" if self._waiting else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plate, the bar, the icon, the name and the count."""
        painter = QPainter(self)
        side, chosen = theme.px(_SIDE), self.isChecked()
        plate = self.rect().adjusted(side, 1, -side - 1, -1)
        if chosen or self.underMouse():
            painting.plate(painter, QRectF(plate), "paper" if chosen else "hover", 6)
        if chosen:
            height = theme.px(18)
            bar = QRectF(side, (self.height() - height) / 2, theme.px(3), height)
            painting.plate(painter, bar, "accent", 1)
        size = theme.px(_ICON)
        left = (self.width() - 1 - size) / 2 if self._narrow else theme.px(20)
        spot = QRectF(left, (self.height() - size) / 2, size, size)
        icons.paint(painter, spot, self.place.icon, "accent" if chosen else "ink2")
        if not self._narrow:
            self._draw_words(painter, chosen=chosen)
        if self.hasFocus():
            painting.focus_ring(painter, plate, 6)

    def _draw_words(self, painter: QPainter, *, chosen: bool) -> None:
        """The name, and the count at the right."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("name" if chosen else "body"))
        painter.setPen(theme.colour("accent" if chosen else "ink"))
        painter.drawText(self.rect().adjusted(theme.px(47), 0, 0, 0), middle, self.text())
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.colour("ink2"))
        right = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -theme.px(16) - 1, 0), right, self._count())


class _Rule(QWidget):
    """The hairline between two groups of places."""

    def __init__(self) -> None:
        """A thin line with room above and below."""
        super().__init__()
        self.setFixedHeight(theme.px(_RULE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        side = theme.px(16)
        line = QRect(side, self.height() // 2, self.width() - 2 * side - 1, 1)
        QPainter(self).fillRect(line, theme.colour("line2"))


class Rail(QWidget):
    """The places of the desk in groups, with hairlines between; one of them is chosen.

    Signals: ``chosen(key)``. Up and Down move between the places when the keyboard is here.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        """An empty rail."""
        super().__init__()
        self.setAccessibleName("去处")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._items: dict[str, RailItem] = {}
        self._narrow = False
        self._group = QButtonGroup(self)
        self._seal = _Seal()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._seal)
        self._column.addStretch(1)

    def set_office(self, county: str, office: str) -> None:
        """The two lines beside the seal: 青岚县 / 老干部局."""
        self._seal.county, self._seal.office = county, office
        self._seal.setAccessibleName(f"{county}{office}")
        self._seal.updateGeometry()
        self._seal.update()

    def set_places(self, groups: Sequence[Sequence[Place]]) -> None:
        """The places, once; a hairline stands between two groups."""
        for number, group in enumerate(groups):
            if number:
                self._append(_Rule())
            for place in group:
                item = RailItem(place)
                item.set_narrow(narrow=self._narrow)
                item.clicked.connect(lambda _on=True, key=place.key: self.chosen.emit(key))
                self._group.addButton(item)
                self._items[place.key] = item
                self._append(item)

    def set_current(self, key: str) -> None:
        """Mark the place the clerk is at; emits nothing. An unknown key (a page of no place) marks none."""
        self._group.setExclusive(False)
        for item_key, item in self._items.items():
            item.setChecked(item_key == key)
        self._group.setExclusive(True)

    def set_waiting(self, key: str, count: int) -> None:
        """How much work waits at a place; 0 shows nothing."""
        self._items[key].set_waiting(count)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only, 64 px at 100 %, names in tooltips."""
        self._narrow = self._seal.narrow = narrow
        self._seal.updateGeometry()
        for item in self._items.values():
            item.set_narrow(narrow=narrow)
        self.updateGeometry()

    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def item(self, key: str) -> RailItem:
        """The item of a place."""
        return self._items[key]

    def _append(self, widget: QWidget) -> None:
        """Above the stretch that ends the rail."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def sizeHint(self) -> QSize:
        """148 px (64 narrow) at 100 %, more if a name or the office asks for it."""
        if self._narrow:
            return QSize(theme.space("rail_small"), super().sizeHint().height())
        wide = [theme.space("rail"), self._seal.sizeHint().width()]
        wide += [item.sizeHint().width() for item in self._items.values()]
        return QSize(max(wide), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never squeezed sideways."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and the edge to the content."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painting.hairline(painter, self.rect(), Qt.Edge.RightEdge)
