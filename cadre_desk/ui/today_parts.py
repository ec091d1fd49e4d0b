"""The right side of the workbench: the next festival, the year's figures, common acts, what was just done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.actions.recent import Doing
from cadre_desk.actions.yearly import FiveYears
from cadre_desk.domain.festivals import Festival
from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.buttons import LINK
from cadre_desk.ui.kit.cards import FigureGrid
from cadre_desk.ui.kit.parts import Button, Card, Figure, KeyCap, Text
from cadre_desk.ui.kit.top_bar import Divider

WEEKDAYS: Final = "一二三四五六日"


def day_words(day: date) -> str:
    """2026年2月17日 星期二."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


class FestivalCard(Card):
    """How many days to the next festival, its day, what waits for it, and which come after."""

    def __init__(self) -> None:
        """Without a day."""
        super().__init__()
        self.set_margins(14, 8, 14, 8)
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        left = QVBoxLayout()
        left.setSpacing(0)
        self._name = Text("", "small", "ink2")
        self._days = Text("", "fig")
        self._days.setFixedHeight(theme.px(34))
        count = QHBoxLayout()
        count.setSpacing(theme.px(6))
        count.addWidget(self._days)
        unit = Text("天", "small", "ink2")
        unit.setContentsMargins(0, theme.px(10), 0, 0)
        count.addWidget(unit)
        count.addStretch(1)
        left.addWidget(self._name)
        left.addLayout(count)
        right = QVBoxLayout()
        right.setSpacing(theme.px(1))
        self._day = Text("", "name", wrap=True)
        self._waiting = Text("", "small", "ink2", wrap=True)
        self._after = Text("", "cap", "ink2", wrap=True)
        for text in (self._day, self._waiting, self._after):
            right.addWidget(text)
        right.addStretch(1)
        row.addLayout(left)
        row.addWidget(Divider(60))
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_festivals(self, today: date, ahead: Sequence[Festival]) -> None:
        """The first one large, the others after it."""
        first, *others = ahead
        days = (first.day - today).days
        self._name.setText(f"距{first.name}" if days else f"今天{first.name}")
        self._days.setText(f"{days}")
        self._day.setText(day_words(first.day))
        self._after.setText(f"之后：{'·'.join(f'{one.name} {one.day:%m-%d}' for one in others)}")
        self.setAccessibleName(f"距{first.name} {days} 天")

    def show_waiting(self, text: str) -> None:
        """What is to be done before it; "" if nothing is known."""
        self._waiting.setText(text)
        self._waiting.setVisible(bool(text))


def shown_figure(told: FiveYears) -> Figure:
    """A headline figure as its tile shows it; less is not red, more is not green."""
    change = told.number - told.before
    sign = f"+{change:,}" if change > 0 else f"−{-change:,}" if change < 0 else "持平"
    return Figure(
        told.figure.label,
        f"{told.number:,}",
        told.figure.unit,
        f"上年 {told.before:,}",
        sign,
        years=[float(number) for number in told.numbers],
    )


class FiguresCard(Card):
    """This year's figures, each with last year's and five columns.

    Signals: ``opened(FiveYears)``, ``all_asked()``.
    """

    opened = Signal(object)
    all_asked = Signal()

    def __init__(self) -> None:
        """Frame and title at once; the numbers come when they are counted."""
        super().__init__("今年与上年", "正在统计")
        self.set_margins(1, 0, 1, 1)
        self._told: tuple[FiveYears, ...] = ()
        self._grid: FigureGrid | None = None
        link = Button("统计年报", LINK)
        link.clicked.connect(self.all_asked)
        self.add_head(link)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_figures(self, told: Sequence[FiveYears]) -> None:
        """Show figures that were counted."""
        self._told = tuple(told)
        last = told[0].period.last
        self.title.setText(f"{last.year} 年与上年")
        whole = (last.month, last.day) == (12, 31)
        self.note.setText(f"截至 {last.month} 月 {last.day} 日{'' if whole else '，历年同日'}")
        if self._grid is not None:
            self.body.removeWidget(self._grid)
            self._grid.deleteLater()
        self._grid = FigureGrid([shown_figure(one) for one in told])
        self._grid.opened.connect(lambda place: self.opened.emit(self._told[place]))
        self.body.addWidget(self._grid)


@dataclass(frozen=True, slots=True)
class CommonAct:
    """An act that is done often: what it is called, its icon, the key that does it."""

    key: str
    label: str
    icon: str
    keys: str


class _ActButton(QAbstractButton):
    """Icon, words, key cap on white paper."""

    def __init__(self, act: CommonAct) -> None:
        """A button for one act."""
        super().__init__()
        self.setText(act.label)
        self.setAccessibleName(f"{act.label}，{act.keys}")
        self.setObjectName(f"common-{act.key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(9), 0)
        row.setSpacing(theme.px(11))
        sign = QLabel()
        sign.setPixmap(icons.pixmap(act.icon, "ink2", 16))
        row.addWidget(sign)
        row.addWidget(Text(act.label), 1)
        row.addWidget(KeyCap(act.keys))
        self._row = row
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def audit_texts(self) -> list[str]:
        """The words stand in labels of their own."""
        return []

    def sizeHint(self) -> QSize:
        """36 px at 100 %."""
        return QSize(self._row.sizeHint().width(), theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return QSize(self._row.minimumSize().width(), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The paper with its edge."""
        painter = QPainter(self)
        ground = "grey" if self.isDown() else "hover" if self.underMouse() else "paper"
        painting.plate(painter, self.rect().toRectF(), ground, 6, "line")
        if self.hasFocus():
            painting.focus_ring(painter, self.rect(), 6)


class CommonActs(QWidget):
    """常办事项 with their keys. Signals: ``acted(key)``."""

    acted = Signal(str)

    def __init__(self, acts: Sequence[CommonAct]) -> None:
        """Two in a row."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Text("常办事项", "head", "ink2"))
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for place, act in enumerate(acts):
            button = _ActButton(act)
            button.clicked.connect(lambda _on=False, key=act.key: self.acted.emit(key))
            grid.addWidget(button, place // 2, place % 2)
        column.addLayout(grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class LatelyList(QWidget):
    """刚刚做过: the last acts, each with 撤销. Signals: ``undo_asked(act)``, ``all_asked()``."""

    undo_asked = Signal(int)
    all_asked = Signal()

    def __init__(self) -> None:
        """Without acts."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.addWidget(Text("刚刚做过", "head", "ink2"))
        head.addStretch(1)
        every = Button("全部记录", LINK)
        every.clicked.connect(self.all_asked)
        head.addWidget(every)
        column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)

    def show_doings(self, doings: Sequence[Doing], now: datetime) -> None:
        """The newest first; only the last standing act is offered to be taken back at once."""
        while self._lines.count():
            gone = self._lines.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for doing in doings:
            self._lines.addWidget(self._line(doing, now))
        if not doings:
            self._lines.addWidget(
                Text("还没有操作。每一次保存都记在这里，随时可以撤销。", "small", "ink2", wrap=True)
            )

    def _line(self, doing: Doing, now: datetime) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        same_day = doing.at.date() == now.date()
        moment = Text(f"{doing.at:%H:%M}" if same_day else f"{doing.at:%m-%d}", "small", "ink2")
        moment.setMinimumWidth(theme.px(38))
        row.addWidget(moment)
        row.addWidget(Text(doing.title, "small", elide=True), 1)
        if doing.act and not doing.undone:
            undo = Button("撤销", LINK, name=f"撤销：{doing.title}")
            undo.clicked.connect(lambda _on=False, act=doing.act: self.undo_asked.emit(act))
            row.addWidget(undo)
        elif doing.undone:
            row.addWidget(Text("已撤销", "cap", "ink2"))
        return line
