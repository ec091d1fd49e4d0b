"""What the desk says in passing: notices of three weights, what was done, what failed, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.buttons import ICON, LINK, NORMAL, SMALL, Act, Button, button_for
from cadre_desk.ui.kit.marks import Progress
from cadre_desk.ui.kit.search_box import repolish
from cadre_desk.ui.kit.sight import set_seen
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.kit.tokens import CHIPS

HINT: Final = "hint"
WARNING: Final = "warning"
REFUSAL: Final = "refusal"
_WEIGHTS: Final = {HINT: ("info", "info"), WARNING: ("warn", "warn"), REFUSAL: ("bad", "wrong")}


def _sign(name: str, tone: str, size: float) -> QLabel:
    """An icon that goes with the words beside it."""
    sign = QLabel()
    sign.setPixmap(icons.pixmap(name, tone, size))
    sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return sign


class Notice(QFrame):
    """What is the case and what to do, in one sentence, where it belongs, with one or two acts as links.

    Weights: hint (round i), warning (triangle, may be passed), refusal (round cross, says what stops it).
    Signals: ``acted(key)``.
    """

    acted = Signal(str)

    def __init__(
        self,
        text: str = "",
        weight: str = HINT,
        acts: Sequence[Act] = (),
        *,
        stacked: bool = False,
        icon: str = "",
        edged: bool = False,
    ) -> None:
        """``stacked``: acts under the words; ``icon`` says what it is about (cake); ``edged``: a rim."""
        super().__init__()
        self.setProperty("part", "notice")
        self._edged, self._icon, self._stacked = edged, icon, stacked
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(4), theme.px(10), theme.px(5))
        row.setSpacing(theme.px(5))
        self._sign = QLabel()
        self._sign.setContentsMargins(0, theme.px(3), 0, 0)
        self._text = Text("", "small", wrap=True)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._text)
        if not stacked:
            words.addStretch(1)
        row.addLayout(words, 1)
        self._links = QHBoxLayout()
        self._links.setSpacing(theme.px(12))
        (words if stacked else row).addLayout(self._links)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.say(text, weight, acts)

    def say(self, text: str, weight: str = HINT, acts: Sequence[Act] = ()) -> None:
        """Say something else."""
        kind, icon = _WEIGHTS[weight]
        tones = CHIPS[kind]
        self.setProperty("ground", tones.ground)
        self.setProperty("edge", tones.edge if self._edged else "")
        repolish(self)
        self._sign.setPixmap(icons.pixmap(self._icon or icon, tones.ink, 14))
        self._text.setText(text)
        self._text.set_tone(tones.ink)
        self.setAccessibleName(text)
        _fill(self._links, acts, self.acted.emit, LINK)
        # A row without anything in it would allow its column no width at all.
        if self._stacked:
            self._links.addStretch(1)

    def text(self) -> str:
        """The sentence."""
        return self._text.text()


class ResultBar(QFrame):
    """At the foot of the content: what was done, the file, how many, and what to do with it; takes no focus.

    Signals: ``acted(key)``, ``closed()``.
    """

    acted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        """Hidden until there is something to say."""
        super().__init__()
        _dress(self, "oktint", "okline", "结果")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(8), theme.px(6))
        row.setSpacing(theme.px(8))
        row.addWidget(_sign("ok", "ok", 16))
        self._done = Text("", "body")
        self._name = Text("", "name", elide=True)
        self._detail = Text("", "small", "ink2", elide=True)
        for text in (self._done, self._name, self._detail):
            row.addWidget(text)
        row.addStretch(1)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.px(12))
        row.addLayout(self._acts)
        row.addWidget(_cross(self))
        self.hide()

    def show_result(self, done: str, name: str = "", detail: str = "", acts: Sequence[Act] = ()) -> None:
        """已导出 / **file** / 214 人，folder / 打开文件 · 打开文件夹 · 撤销."""
        self._done.setText(done)
        self._name.setText(name)
        self._detail.setText(detail)
        self._name.setVisible(bool(name))
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{done} {name} {detail}".strip())
        _fill(self._acts, acts, self.acted.emit, LINK)
        set_seen(self, True)


class ErrorBar(QFrame):
    """At the top of the content: what did not happen, what is safe, what to do; at most two buttons.

    Signals: ``acted(key)``, ``closed()``.
    """

    acted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        """Hidden until there is something to say."""
        super().__init__()
        _dress(self, "atint", "aline", "错误")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(18), theme.px(10), theme.px(8), theme.px(10))
        row.setSpacing(theme.px(12))
        row.addWidget(_sign("warn", "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        self._headline = Text("", "name", "accent", wrap=True)
        self._safety = Text("", "small", wrap=True)
        words.addWidget(self._headline)
        words.addWidget(self._safety)
        row.addLayout(words, 1)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.px(8))
        row.addLayout(self._acts)
        row.addWidget(_cross(self))
        self.hide()

    def show_error(self, headline: str, safety: str = "", acts: Sequence[Act] = ()) -> None:
        """Line 1 what failed; line 2 what is safe and what to do; the first act leads to the place."""
        self._headline.setText(headline)
        self._safety.setText(safety)
        self._safety.setVisible(bool(safety))
        self.setAccessibleName(f"{headline} {safety}".strip())
        _fill(self._acts, acts, self.acted.emit, NORMAL)
        set_seen(self, True)

    def text(self) -> str:
        """Both lines, as last said."""
        return f"{self._headline.text()}\n{self._safety.text()}".strip()


class ProgressLine(QWidget):
    """Long work in one line: what it does, how far it is, 取消; in sight only after half a second.

    Signals: ``cancelled()``.
    """

    cancelled = Signal()

    _PATIENCE: Final = 500

    def __init__(self) -> None:
        """Hidden until work has begun and lasts."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(3), theme.px(8), theme.px(3))
        row.setSpacing(theme.px(10))
        self._text = Text("", "small", elide=True)
        self._bar = Progress()
        self._count = Text("", "cap", "ink2")
        self._stop = Button("取消", SMALL)
        self._stop.clicked.connect(self.cancelled)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(self._stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, text: str, *, cancellable: bool = True) -> None:
        """Work has begun; the line is shown if it lasts."""
        self._text.setText(text)
        self._stop.setVisible(cancellable)
        self.set_progress(0, 0)
        self._timer.start(self._PATIENCE)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """How far it is; a total of 0 is not known."""
        if text:
            self._text.setText(text)
        self._bar.set_share(done / total if total else 0.0)
        self._count.setText(f"{done:,} / {total:,}" if total else "")
        self.setAccessibleName(f"{self._text.text()} {self._count.text()}")

    def end(self) -> None:
        """Work is done, failed or cancelled."""
        self._timer.stop()
        self.hide()


def _dress(bar: QFrame, ground: str, edge: str, name: str) -> None:
    """The tint and the rim of a bar."""
    bar.setProperty("part", "bar")
    bar.setProperty("ground", ground)
    bar.setProperty("edge", edge)
    bar.setAccessibleName(name)
    bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


def _cross(bar: ResultBar | ErrorBar) -> Button:
    """The × that puts a bar away."""
    cross = Button(kind=ICON, icon="close", name="关闭")
    cross.clicked.connect(bar.hide)
    cross.clicked.connect(bar.closed)
    return cross


def _fill(row: QHBoxLayout, acts: Sequence[Act], chosen: Callable[[str], object], kind: str) -> None:
    """Put buttons for the acts into a row, in place of those before."""
    while row.count():
        gone = row.takeAt(0).widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()
    for act in acts:
        row.addWidget(button_for(act, chosen, kind))
