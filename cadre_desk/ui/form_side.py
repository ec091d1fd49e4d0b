"""Beside and below a form: what it changes and affects, the keys, the foot with 保存, its questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.actions.records import How
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.fields import Dated
from cadre_desk.ui.form import Changed
from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.buttons import LINK, NORMAL, PRIMARY, Button
from cadre_desk.ui.kit.inputs import DateInput
from cadre_desk.ui.kit.parts import Card, Ground, Hairline, KeyCap, ScrollColumn, Text

_EMPTY: Final = "空"
KEYS: Final = (
    ("Enter", "下一项"),
    ("Shift+Enter", "上一项"),
    ("F4", "打开代码表"),
    ("Ctrl+D", "同上一人"),
    ("Ctrl+S", "保存"),
    ("Esc", "放弃，有改动会问"),
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change brings about besides: a title and a sentence."""

    title: str
    text: str


def empty(layout: QBoxLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def put(layout: QBoxLayout, *widgets: QWidget) -> None:
    """Add widgets to a layout in sight and show them at once; Qt would leave a blank until its next round."""
    for widget in widgets:
        layout.addWidget(widget)
        widget.show()


class _Pair(QWidget):
    """A field with its value before and now: label, old → new; of a new record the value alone."""

    def __init__(self, change: Changed, *, new: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(change.label, "head", wrap=True))
        if new:
            column.addWidget(Text(change.new, "small", wrap=True))
            self.setAccessibleName(f"{change.label}：{change.new}")
            return
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        arrow = QLabel()
        arrow.setPixmap(icons.pixmap("right", "ink2", 13))
        arrow.setContentsMargins(0, theme.px(3), 0, 0)
        before, after = change.old or _EMPTY, change.new or _EMPTY
        row.addWidget(Text(before, "small", "ink2", wrap=True), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(arrow, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(after, "head", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.setAccessibleName(f"{change.label}：{before} 改为 {after}")


class ChangesPanel(Card):
    """本次改动: each changed field old → new, what follows from it, and the keys at the foot."""

    def __init__(self) -> None:
        """Nothing changed yet."""
        super().__init__("本次改动", " ")
        self.setObjectName("changes")
        self.set_margins(0, 0, 0, 12)
        self._shown: tuple[object, ...] = ()
        self._pairs: list[_Pair] = []
        self._area = ScrollColumn()
        side = theme.space("card")
        self._area.column.setContentsMargins(side, theme.px(12), side, theme.px(8))
        self._area.column.setSpacing(theme.px(10))
        self.body.setSpacing(0)
        self.body.addWidget(self._area, 1)
        self.body.addLayout(_key_help())

    def show_changes(
        self, changes: Sequence[Changed], effects: Sequence[Effect], *, new: bool = False
    ) -> None:
        """Show other changes; the same ones cost nothing. ``new``: of a record that is yet to be."""
        wanted = (tuple(changes), tuple(effects), new)
        self.title.setText("本次登记" if new else "本次改动")
        if wanted == self._shown:
            return
        self._shown = wanted
        self.note.setText(f"{len(changes)} 项" if changes else "还没有")
        column = self._area.column
        empty(column)
        self._pairs = [_Pair(change, new=new) for change in changes]
        put(column, *self._pairs)
        for effect in effects:
            title, text = Text(effect.title, "head", wrap=True), Text(effect.text, "small", "ink2", wrap=True)
            put(column, Hairline(), title, text)
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """It scrolls, and gives way in a narrow window: no window need be higher for it."""
        return QSize(super().minimumSizeHint().width(), theme.px(96))

    def lines(self) -> list[str]:
        """What is listed, as it is told to who cannot see it."""
        return [pair.accessibleName() for pair in self._pairs]


def _key_help() -> QGridLayout:
    """The keys of the form."""
    grid = QGridLayout()
    grid.setContentsMargins(theme.space("card"), theme.px(8), theme.px(12), 0)
    grid.setHorizontalSpacing(theme.px(8))
    grid.setVerticalSpacing(theme.px(4))
    grid.addWidget(Text("按键", "head"), 0, 0, 1, 2)
    for row, (key, words) in enumerate(KEYS, start=1):
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(KeyCap(key))
        line.addWidget(Text(words, "small", "ink2"))
        line.addStretch(1)
        grid.addLayout(line, row, 0, 1, 2)
    return grid


class Foot(Ground):
    """The bar under a form: how much is changed, whether it can be saved, 放弃 and 保存.

    Signals: ``left()``, ``saved()``, ``saved_on()`` (save and begin the next), ``listed()`` where the side
    panel has given way and the count opens it.
    """

    left = Signal()
    saved = Signal()
    saved_on = Signal()
    listed = Signal()

    def __init__(self) -> None:
        """Nothing changed."""
        super().__init__("paper")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        row.setContentsMargins(theme.space("page"), theme.px(7), theme.space("page"), theme.px(8))
        row.setSpacing(theme.px(8))
        self.count = Text("", "name", "accent")
        self.state = Text("", "small", "ink2", elide=True)
        self.more = Button("看改动", LINK)
        self.more.clicked.connect(self.listed)
        self.leave = Button("放弃 Esc", NORMAL)
        self.leave.clicked.connect(self.left)
        self.on = Button("保存并录下一人", NORMAL)
        self.on.clicked.connect(self.saved_on)
        self.save = Button("保存 Ctrl+S", PRIMARY, "save")
        self.save.clicked.connect(self.saved)
        row.addWidget(self.count)
        row.addSpacing(theme.px(4))
        row.addWidget(self.state, 1)
        for button in (self.more, self.leave, self.on, self.save):
            row.addWidget(button)
        column.addLayout(row)
        self.more.hide()

    def show_state(
        self, changes: int, holds: int, warnings: int, *, owed: str = "", new: bool = False
    ) -> None:
        """Say where the form stands; ``owed`` is what else must be told first, ``new``: of a new record."""
        verb = "填" if new else "改"
        self.count.setText(f"已{verb} {changes} 项" if changes else "还没有填" if new else "没有改动")
        self.count.set_tone("accent" if changes else "ink2")
        if holds:
            self.state.setText(f"{holds} 处要改好才能保存，F4 到下一处")
        elif owed:
            self.state.setText(owed)
        elif warnings:
            self.state.setText(f"{warnings} 处提醒，可以保存")
        else:
            self.state.setText("可以保存" if changes else "")


class DatedChoice(Ground):
    """更正 or 变更: fields that are kept as intervals were always so, or hold from a day on (design idea 4).

    Signals: ``changed()``.
    """

    changed = Signal()

    def __init__(self, read: Callable[[str], str]) -> None:
        """``read`` echoes the day in words."""
        super().__init__("band")
        self.setObjectName("dated")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        box = QGridLayout()
        box.setContentsMargins(theme.space("page"), theme.px(8), theme.space("page"), theme.px(6))
        box.setHorizontalSpacing(theme.px(32))
        box.setVerticalSpacing(theme.px(4))
        self.words = Text("", "head")
        self.correction = QRadioButton("更正：原来录错了，一直如此")
        self.change = QRadioButton("变更：从某日起不同，以前的不动")
        self._group = QButtonGroup(self)
        for button in (self.correction, self.change):
            button.setFont(theme.font("body"))
            self._group.addButton(button)
            button.toggled.connect(self._chosen)
        self.since = DateInput("从哪一天起", read, prompt="如 2026.1.15")
        self.since.setFixedWidth(theme.px(240))
        self.since.changed.connect(self.changed)
        self.problem = Text("", "small", "accent")
        for row, widget in enumerate((self.words, self.correction, self.change, self.problem)):
            box.addWidget(widget, row, 0)
        box.addWidget(self.since, 0, 1, 4, 1, Qt.AlignmentFlag.AlignTop)
        box.setColumnStretch(2, 1)
        column.addLayout(box)
        self.show_problem("")
        self.hide()

    def offer(self, labels: Sequence[str], how: How | None) -> None:
        """Ask about these fields, or about none; ``how`` is chosen to begin with."""
        if not labels:
            self.hide()
            self.begin(None)
            return
        self.words.setText(f"「{'、'.join(labels)}」是随时间变的，这次属于：")
        if self.isHidden():
            self.begin(how)
            self.show()

    def begin(self, how: How | None) -> None:
        """Choose one, or neither."""
        self._group.setExclusive(False)
        self.correction.setChecked(how is How.CORRECTION)
        self.change.setChecked(how is How.CHANGE)
        self._group.setExclusive(True)
        self.since.set_value("")
        self.since.setVisible(how is How.CHANGE)
        self.show_problem("")

    def how(self) -> How | None:
        """What was chosen."""
        if self.correction.isChecked():
            return How.CORRECTION
        return How.CHANGE if self.change.isChecked() else None

    def day(self) -> PartialDate | None:
        """The day of the change; FieldError for what is no date."""
        return Dated("从哪一天起", required=True).parse(self.since.text())

    def owed(self) -> str:
        """What of the choice is still to be told before anything can be kept, "" for nothing."""
        if self.isHidden() or self.how() is How.CORRECTION:
            return ""
        if self.how() is None:
            return "先选更正还是变更，才能保存"
        try:
            return "" if self.day() is not None else "先填从哪一天起变的，才能保存"
        except FieldError:
            return "变更的日子要改好才能保存"

    def show_problem(self, text: str) -> None:
        """Say what is missing, here."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _chosen(self) -> None:
        self.since.setVisible(self.change.isChecked())
        self.show_problem("")
        self.changed.emit()


class Question(Ground):
    """Unsaved changes: save them, drop them, or go on; asked in place of the foot, never in a box.

    Signals: ``answered(answer)``: save, drop or stay.
    """

    answered = Signal(str)

    def __init__(self) -> None:
        """Hidden until it is asked."""
        super().__init__("wtint")
        self.setObjectName("question")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("page"), theme.px(8), theme.space("page"), theme.px(8))
        row.setSpacing(theme.px(8))
        sign = QLabel()
        sign.setPixmap(icons.pixmap("warn", "warn", 16))
        self.words = Text("", "name", "warn", wrap=True)
        row.addWidget(sign)
        row.addWidget(self.words, 1)
        self.buttons: dict[str, Button] = {}
        for key, label, kind in (
            ("stay", "继续编辑", NORMAL),
            ("drop", "放弃改动", NORMAL),
            ("save", "保存", PRIMARY),
        ):
            button = Button(label, kind)
            button.clicked.connect(lambda _pressed=False, key=key: self.answered.emit(key))
            self.buttons[key] = button
            row.addWidget(button)
        self.hide()

    def ask(self, changes: int) -> None:
        """Ask about so many changed fields; the keyboard stands on 继续编辑."""
        self.words.setText(f"有 {changes} 项改动还没有保存。")
        self.show()
        self.buttons["stay"].setFocus(Qt.FocusReason.OtherFocusReason)
