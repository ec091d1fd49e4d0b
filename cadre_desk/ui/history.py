"""The history of a record on its card: each act with what it altered, who did it when, and 撤销 beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cadre_desk.actions.history import Altered, Entry, Held
from cadre_desk.ui.form_side import empty, put
from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.buttons import LINK, Button
from cadre_desk.ui.kit.parts import Chip, Hairline, SectionTitle, Text

#: Lines of one act in sight; 其余 n 项 opens the rest.
_MOST_LINES: Final = 6
_WHEN: Final = 108
_LABEL: Final = 150
_NOTHING: Final = "空"


class _Line(QWidget):
    """One thing altered: label, old → new, note; of the ``first`` act, which wrote the record, what it is."""

    def __init__(self, one: Altered, *, first: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        label = Text(one.label, "small", "ink2", wrap=True)
        label.setFixedWidth(theme.px(_LABEL))
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        if one.old or (one.new and one.key and not first):
            row.addWidget(Text(one.old or _NOTHING, "small", "ink2", wrap=True), 0, Qt.AlignmentFlag.AlignTop)
            arrow = QLabel()
            arrow.setPixmap(icons.pixmap("right", "ink2", 12))
            arrow.setContentsMargins(0, theme.px(4), 0, 0)
            row.addWidget(arrow, 0, Qt.AlignmentFlag.AlignTop)
        if one.old or one.new:
            row.addWidget(Text(one.new or _NOTHING, "small", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        if one.note:
            row.addWidget(Text(one.note, "cap", "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        if not (one.old or one.new):
            row.addStretch(1)
        self.setAccessibleName(
            f"{one.label}：{one.old or _NOTHING} 改为 {one.new or _NOTHING} {one.note}".strip()
        )


class _Block(QWidget):
    """One act. Signals: ``undo_asked(entry)``."""

    undo_asked = Signal(object)

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.lines: list[_Line] = []
        self.undo: Button | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnMinimumWidth(0, theme.px(_WHEN))
        grid.setColumnStretch(1, 1)
        grid.addWidget(Text(f"{entry.at:%Y-%m-%d %H:%M}", "small", "ink2"), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(entry.user, "cap", "ink2"), 1, 0, Qt.AlignmentFlag.AlignTop)
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(Text(entry.title, "name", "ink" if entry.stands else "ink2", wrap=True), 1)
        if not entry.stands:
            top.addWidget(Chip("已撤销", "neutral", "undo"), 0, Qt.AlignmentFlag.AlignTop)
        else:
            undo = Button("撤销" if entry.undoes is None else "恢复", LINK)
            undo.setAccessibleName(f"{undo.text()} {entry.title}")
            undo.clicked.connect(lambda: self.undo_asked.emit(entry))
            top.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
            self.undo = undo
        grid.addLayout(top, 0, 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(1))
        grid.addLayout(self._lines, 1, 1)
        self._fill(entry.altered[:_MOST_LINES])
        if len(entry.altered) > _MOST_LINES or entry.others:
            grid.addLayout(self._build_more(), 2, 1)

    def _fill(self, altered: Sequence[Altered]) -> None:
        empty(self._lines)
        first = any(one.key == "+" for one in self.entry.altered)
        self.lines = [_Line(one, first=first) for one in altered]
        put(self._lines, *self.lines)

    def _build_more(self) -> QHBoxLayout:
        """其余 n 项, and how many other records the act changed."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        rest = len(self.entry.altered) - _MOST_LINES
        if rest > 0:
            more = Button(f"其余 {rest} 项", LINK)
            more.clicked.connect(lambda: self._fill(self.entry.altered))
            more.clicked.connect(more.hide)
            row.addWidget(more)
        if self.entry.others:
            row.addWidget(Text(f"同一次操作还改了另外 {self.entry.others:,} 条记录", "cap", "ink2"))
        row.addStretch(1)
        return row


class HistoryList(QWidget):
    """The acts on a record, the newest first. Signals: ``undo_asked(entry)``, ``more_asked()``."""

    undo_asked = Signal(object)
    more_asked = Signal()

    def __init__(self) -> None:
        """No acts yet."""
        super().__init__()
        self.setObjectName("history")
        self._blocks: list[_Block] = []
        self._shown: tuple[Sequence[Entry], bool] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_entries(self, entries: Sequence[Entry], *, more: bool) -> None:
        """Show the acts; ``more`` offers the earlier ones."""
        if (entries, more) == self._shown:
            return
        self._shown = (entries, more)
        empty(self._column)
        self._blocks.clear()
        put(self._column, SectionTitle("每一次操作", "敏感内容已隐去中间几位"))
        if not entries:
            put(self._column, Text("这条记录没有留下操作。", "small", "ink2"))
        for place, entry in enumerate(entries):
            if place:
                put(self._column, Hairline())
            block = _Block(entry)
            block.undo_asked.connect(self.undo_asked)
            self._blocks.append(block)
            put(self._column, block)
        if more:
            earlier = Button("更早的操作", LINK)
            earlier.clicked.connect(self.more_asked)
            put(self._column, earlier)

    def blocks(self) -> list[_Block]:
        """The acts in sight."""
        return list(self._blocks)

    def told(self) -> list[str]:
        """What is said of all acts in sight."""
        return [line.accessibleName() for block in self._blocks for line in block.lines]


class HeldList(QWidget):
    """变更记录: what held from which day on, by field; what holds now in bold."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.setObjectName("held")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._shown: Sequence[Held] | None = None

    def show_held(self, held: Sequence[Held]) -> None:
        """Show the dated facts of a record."""
        if held == self._shown:
            return
        self._shown = held
        empty(self._column)
        put(self._column, SectionTitle("变更记录", "统计从入账日起计数"))
        if not held:
            put(self._column, Text("没有随时间变化的项目。", "small", "ink2"))
        before = ""
        for fact in held:
            row = QHBoxLayout()
            holder = QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, theme.px(2), 0, theme.px(2))
            row.setSpacing(theme.px(12))
            label = Text("" if fact.label == before else fact.label, "small", "ink2")
            label.setFixedWidth(theme.px(112))
            before = fact.label
            value = fact.value or "无"
            row.addWidget(label)
            row.addWidget(Text(value, "name" if fact.holds else "body", "ink" if fact.holds else "ink2"), 1)
            row.addWidget(Text(f"{fact.since.words()}起", "small"), 0)
            row.addWidget(Text(f"入账 {fact.booked:%Y-%m-%d}", "cap", "ink2"), 0)
            holder.setAccessibleName(f"{fact.label}：{value}，{fact.since.words()}起")
            put(self._column, holder)
