"""White paper on the desk: cards, section titles, fields as they are read, and figure tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.buttons import LINK, Button
from cadre_desk.ui.kit.marks import Chip, MiniBars
from cadre_desk.ui.kit.text import Text


class Hairline(QWidget):
    """One pixel from side to side."""

    def __init__(self, tone: str = "line") -> None:
        """A line in one tone."""
        super().__init__()
        self._tone = tone
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(self.rect(), theme.colour(self._tone))


class Ground(QFrame):
    """A plain area in one colour of the desk."""

    def __init__(self, token: str) -> None:
        """Styled by a property of its own, so that the colour does not leak onto what stands on it."""
        super().__init__()
        self.setProperty("ground", token)


class ScrollColumn(QScrollArea):
    """A column that scrolls when it finds no room, on the ground it lies on; ``column`` takes its parts."""

    def __init__(self) -> None:
        """Scrolls up and down only; wide content asks for its width."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.space("gap"))
        self.setWidget(content)
        # Qt lets a scroll area paint the window's ground; a column lies on a card as often as on the desk.
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """As wide as its content, a few lines high."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.column.minimumSize().width() + bar, theme.px(48))


class Card(QFrame):
    """A sheet of white paper with a one pixel edge and no shadow; ``body`` takes what it holds.

    With a title it has a head (title, note beside it, links or small buttons at the right) over a hairline.
    """

    def __init__(self, title: str = "", note: str = "") -> None:
        """A card; without title it is body only."""
        super().__init__()
        self.setProperty("part", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.title = Text(title, "h2")
        self.note = Text(note, "small", "ink2", elide=True)
        if title:
            self.setAccessibleName(title)
            column.addLayout(self._build_head())
            column.addWidget(Hairline())
        self.body = QVBoxLayout()
        side = theme.space("card")
        self.body.setContentsMargins(side, theme.px(12), side, theme.px(12))
        self.body.setSpacing(theme.px(8))
        column.addLayout(self.body, 1)

    def _build_head(self) -> QHBoxLayout:
        """Title, note, and room for acts."""
        self._head = QHBoxLayout()
        self._head.setContentsMargins(theme.space("card"), theme.px(6), theme.px(12), theme.px(6))
        self._head.setSpacing(theme.px(8))
        self.title.setMinimumHeight(theme.px(28))
        self._head.addWidget(self.title)
        self._head.addWidget(self.note, 1)
        return self._head

    def add_head(self, widget: QWidget) -> None:
        """Put a link or a small button at the right of the head."""
        self._head.addWidget(widget)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The body's margins, px at 100 %; a table wants none."""
        sides = (theme.px(side) for side in (left, top, right, bottom))
        self.body.setContentsMargins(*sides)


class SectionTitle(QWidget):
    """A bold title with a hairline to the right end, and a note there if a rule holds for all below."""

    def __init__(self, text: str, note: str = "") -> None:
        """``text`` in Bold, ``note`` in captions."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(10))
        row.addWidget(Text(text, "name"))
        row.addWidget(Hairline(), 1)
        if note:
            row.addWidget(Text(note, "cap", "ink2"))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class FieldView(QWidget):
    """A field as it is read: label in its column, value, a hint only where the rule is not obvious.

    Signals: ``reveal_asked()`` from 显示 beside a masked value (the page logs it, then calls `set_value`).
    """

    reveal_asked = Signal()

    def __init__(
        self, label: str, value: str = "", hint: str = "", label_width: int = 112, *, compact: bool = False
    ) -> None:
        """``label_width`` px at 100 %; ``compact`` for the narrow card beside a list."""
        super().__init__()
        grid = QGridLayout(self)
        above = theme.px(2 if compact else 3)
        grid.setContentsMargins(0, above, 0, above)
        grid.setSpacing(0)
        grid.setColumnStretch(1, 1)
        self._label = Text(label, "small", "ink2", wrap=True)
        self._label.setFixedWidth(theme.px(label_width + 8))
        self._label.setContentsMargins(0, 0 if compact else theme.px(1), 0, 0)
        self.value = Text(value, "small" if compact else "body", wrap=True, select=True)
        self.value.setAccessibleName(f"{label} {value}")
        self._reveal = Button("显示", LINK)
        self._reveal.setAccessibleName(f"显示{label}")
        self._reveal.clicked.connect(self.reveal_asked)
        self._reveal.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.value, 1)
        line.addWidget(self._reveal)
        self._line = line
        grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(line, 0, 1)
        if hint:
            grid.addWidget(Hint(hint), 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_value(self, value: str, *, masked: bool = False) -> None:
        """Show a value; ``masked`` offers 显示 right behind it."""
        self.value.setText(value)
        self.value.setAccessibleName(f"{self._label.text()} {value}")
        self._reveal.setVisible(masked)
        self._line.setStretch(0, 0 if masked else 1)
        self.value.setWordWrap(not masked)
        if masked and self._line.count() == 2:  # noqa: PLR2004 - value and link; the stretch is the third
            self._line.addStretch(1)

    def add_chip(self, text: str, kind: str = "info", icon: str = "info") -> None:
        """A chip behind the value: what is odd about it."""
        self._line.setStretch(0, 0)
        self.value.setWordWrap(False)
        self._line.addWidget(Chip(text, kind, icon))
        self._line.addStretch(1)


class Hint(QWidget):
    """One quiet line with a round i."""

    def __init__(self, text: str) -> None:
        """``text`` wraps."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        sign = QLabel()
        sign.setPixmap(icons.pixmap("info", "ink3", 12))
        sign.setContentsMargins(0, theme.px(3), 0, 0)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(text, "cap", "ink2", wrap=True), 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure tile shows: name, value and unit, last year in words, the change, and five years.

    ``tone`` of the change is ink2, or warn only where an explanation is owed.
    """

    label: str
    value: str
    unit: str = ""
    last: str = ""
    change: str = ""
    tone: str = "ink2"
    years: Sequence[float] = ()


class FigureTile(QAbstractButton):
    """A figure with last year beside it and five years as columns; a click opens its names (``clicked``)."""

    def __init__(self, figure: Figure) -> None:
        """A tile for one figure."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._texts = [
            Text(figure.label, "small", "ink2"),
            Text(figure.value, "fig2"),
            Text(figure.unit, "small", "ink2"),
            Text(figure.last, "cap", "ink2"),
            Text(figure.change, "cap", figure.tone, bold=True),
        ]
        self._bars = MiniBars(figure.years)
        self._build()
        self.set_figure(figure)
        for child in (*self._texts, self._bars):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _build(self) -> None:
        """Words left, columns right, both on one foot."""
        label, value, unit, last, change = self._texts
        value.setFixedHeight(theme.px(26))
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(6))
        grid.setSpacing(0)
        middle, foot = QHBoxLayout(), QHBoxLayout()
        for row, pieces in ((middle, (value, unit)), (foot, (last, change))):
            row.setSpacing(theme.px(6))
            for piece in pieces:
                row.addWidget(piece)
            row.addStretch(1)
        unit.setContentsMargins(0, theme.px(4), 0, 0)
        grid.addWidget(label, 0, 0)
        grid.addLayout(middle, 1, 0)
        grid.addLayout(foot, 2, 0)
        grid.addWidget(self._bars, 0, 1, 3, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(0, 1)

    def set_figure(self, figure: Figure) -> None:
        """Show another figure or a newer value."""
        words = (figure.label, figure.value, figure.unit, figure.last, figure.change)
        for text, word in zip(self._texts, words, strict=True):
            text.setText(word)
        self._texts[-1].set_tone(figure.tone)
        self._bars.set_values(figure.years)
        self.setAccessibleName(" ".join(word for word in words if word))
        self.setToolTip(f"打开“{figure.label}”的名单")

    def sizeHint(self) -> QSize:
        """The grid asks for its room."""
        return self._grid.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Figures are never cut."""
        return self._grid.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground under the pointer, a ring for the keyboard."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("hover" if self.underMouse() else "paper"))
        if self.hasFocus():
            painting.focus_ring(painter, self.rect())


class FigureGrid(Ground):
    """Figure tiles with hairlines between them.

    Signals: ``opened(place)`` for a click on a tile, counted from 0.
    """

    opened = Signal(int)

    def __init__(self, figures: Sequence[Figure], across: int = 2) -> None:
        """Tiles row by row, ``across`` in a row."""
        super().__init__("line")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 1)
        grid.setSpacing(1)
        for place, figure in enumerate(figures):
            tile = FigureTile(figure)
            tile.clicked.connect(lambda _on=False, at=place: self.opened.emit(at))
            grid.addWidget(tile, place // across, place % across)
