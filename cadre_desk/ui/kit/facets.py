"""Facets: the conditions beside a list, each with the count it would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.ui.kit import painting, theme
from cadre_desk.ui.kit.buttons import LINK, Button
from cadre_desk.ui.kit.text import Text

_MOST: Final = 5
_BOX: Final = 16
_WORDS: Final = 24
_BEFORE_COUNT: Final = 6
_MOST_LINES: Final = 3
_AROUND_LINES: Final = 24
"""Between the edges of the panel and its lines, px at 100 %."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """One value of a facet: how many records it leaves, counted with all other conditions applied."""

    key: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: its title and its values, the most telling first."""

    key: str
    title: str
    lines: Sequence[FacetLine]


class _Line(QAbstractButton):
    """Check box, label, count at the right; bold when chosen.

    A long label goes on in a second and a third line, so that what is counted can be read.
    """

    def __init__(self, group: str, line: FacetLine) -> None:
        """A line of the facet ``group``."""
        super().__init__()
        self.facet, self.line = group, line
        self.setCheckable(True)
        self.setChecked(line.chosen)
        self.setText(line.label)
        self.setAccessibleName(f"{line.label}，{line.count:,}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.elides = True
        self._lines: tuple[str, ...] = ()
        self._set_lines(theme.space("facets") - theme.px(_AROUND_LINES))

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [self.line.label]

    def audit_cut(self) -> list[str]:
        """The label, if its lines do not hold it."""
        return [] if "".join(self._lines) == self.line.label else [self.line.label]

    def sizeHint(self) -> QSize:
        """A line is 24 px at 100 %."""
        words = QFontMetrics(theme.font("head")).horizontalAdvance(self.line.label)
        return QSize(theme.px(_WORDS + 8) + words + self._count_width(), self.height())

    def minimumSizeHint(self) -> QSize:
        """The label may go on in further lines; the count is always beside it."""
        return QSize(theme.px(120), self.height())

    def _count_width(self) -> int:
        """Room for the count, whether bold or not."""
        return QFontMetrics(theme.font("head")).horizontalAdvance(f"{self.line.count:,}")

    def _set_lines(self, width: int) -> None:
        """Break the label for a width, in the bold face so that choosing it moves nothing."""
        room = width - theme.px(_WORDS + _BEFORE_COUNT) - self._count_width()
        self._lines = _broken(self.line.label, QFontMetrics(theme.font("head")), room)
        one = theme.space("facet")
        self.setFixedHeight(one + (len(self._lines) - 1) * (one - theme.px(5)))
        self.setToolTip("".join(self.audit_cut()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the label anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set_lines(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, label and count."""
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        chosen, middle = self.isChecked(), Qt.AlignmentFlag.AlignVCenter
        side = theme.px(_BOX)
        box = QRect(0, (self.height() - side) // 2, side, side)
        painting.tick_box(painter, box, Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        painter.setFont(theme.font("head" if chosen else "cap"))
        painter.setPen(theme.colour("ink" if chosen else "ink2"))
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignRight, f"{self.line.count:,}")
        painter.setFont(theme.font("head" if chosen else "small"))
        painter.setPen(theme.colour("ink"))
        room = self.rect().adjusted(theme.px(_WORDS), 0, 0, 0)
        painter.drawText(room, middle, "\n".join(self._lines))
        if self.hasFocus():
            painting.focus_ring(painter, self.rect(), 3)


def _broken(label: str, metrics: QFontMetrics, room: int) -> tuple[str, ...]:
    """A label in up to three lines, the last of which may end in …."""
    lines: list[str] = []
    rest = label
    while len(lines) < _MOST_LINES - 1 and metrics.horizontalAdvance(rest) > room:
        fits = (at for at in range(len(rest) - 1, 0, -1) if metrics.horizontalAdvance(rest[:at]) <= room)
        first = next(fits, 1)
        lines.append(rest[:first])
        rest = rest[first:]
    return (*lines, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, max(room, 0)))


class FacetPanel(QFrame):
    """Groups of check boxes with counts; at most five lines a group, then 其余 n 项.

    The panel keeps its place, its unfolded groups and the keyboard when new counts come.
    Signals: ``toggled(group key, line key, chosen)``.
    """

    toggled = Signal(str, str, bool)

    def __init__(self) -> None:
        """An empty panel, 176 px wide at 100 %."""
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("筛选")
        self.setMinimumWidth(theme.space("facets"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._groups: tuple[FacetGroup, ...] = ()
        self._unfolded: set[str] = set()
        self._column: QVBoxLayout | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), theme.px(2), theme.px(4))
        column.addWidget(self._area)
        self._area.verticalScrollBar().rangeChanged.connect(self._keep_edge)

    def set_groups(self, groups: Sequence[FacetGroup]) -> None:
        """Other counts, other values, or other facets."""
        self._groups = tuple(groups)
        self._build()

    def chosen(self) -> int:
        """How many lines are chosen (for 筛选 n)."""
        return sum(line.chosen for group in self._groups for line in group.lines)

    def sizeHint(self) -> QSize:
        """176 px wide at 100 %."""
        return QSize(theme.space("facets"), super().sizeHint().height())

    def _build(self) -> None:
        """The groups anew, at the same place."""
        held = self.focusWidget()
        focus = (held.facet, held.line.key) if isinstance(held, _Line) and held.hasFocus() else None
        place = self._area.verticalScrollBar().value()
        content = QWidget()
        column = self._column = QVBoxLayout(content)
        column.setSpacing(0)
        for number, group in enumerate(self._groups):
            if number:
                column.addSpacing(theme.px(9))
            self._add_group(column, group)
        column.addStretch(1)
        self._area.setWidget(content)
        content.setAutoFillBackground(False)
        content.adjustSize()
        self._keep_edge()
        self._area.verticalScrollBar().setValue(place)
        for line in content.findChildren(_Line):
            if (line.facet, line.line.key) == focus:
                line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_edge(self) -> None:
        """The counts stay where they are whether there is a scroll bar or not."""
        bar = self._area.verticalScrollBar()
        right = theme.px(2) if bar.maximum() > 0 else theme.px(10)
        if self._column is not None:
            self._column.setContentsMargins(theme.px(12), 0, right, theme.px(4))

    def _add_group(self, column: QVBoxLayout, group: FacetGroup) -> None:
        """Title, lines, and 其余 n 项 if there are more."""
        told = [line for line in group.lines if line.count or line.chosen]
        if not told:
            return
        title = Text(group.title, "head", "ink2")
        title.setMinimumHeight(theme.space("facet"))
        column.addWidget(title)
        shown = told if group.key in self._unfolded else _first(told)
        for line in shown:
            button = _Line(group.key, line)
            button.clicked.connect(lambda on, of=group.key, key=line.key: self.toggled.emit(of, key, on))
            column.addWidget(button)
        if len(told) > len(shown) or group.key in self._unfolded:
            words = "收起" if group.key in self._unfolded else f"其余 {len(told) - len(shown)} 项"
            more = Button(words, LINK)
            more.setFont(theme.font("cap"))
            more.setAccessibleName(f"{group.title} {words}")
            more.clicked.connect(lambda _on=False, key=group.key: self._fold(key))
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _fold(self, key: str) -> None:
        """Show all values of a facet, or the first five again."""
        self._unfolded ^= {key}
        self._build()


def _first(lines: Sequence[FacetLine]) -> list[FacetLine]:
    """The first five and every chosen one; if one would be left over alone, it is shown too."""
    first = [line for place, line in enumerate(lines) if place < _MOST or line.chosen]
    return list(lines) if len(first) == len(lines) else first
