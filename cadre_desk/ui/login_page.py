"""Signing in: which ledger, who, the password; what went wrong with a file and the way out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cadre_desk.actions.recent import KnownLedger
from cadre_desk.db.tries import TooSoon
from cadre_desk.db.vault import Vault, WrongSecret
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.dashed_card import DashedCard
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, PRIMARY, SMALL
from cadre_desk.ui.kit.inputs import ChoiceInput, chain
from cadre_desk.ui.kit.parts import REFUSAL, Act, Button, Card, Hairline, Notice, Text
from cadre_desk.ui.opening import ways_out
from cadre_desk.ui.password_input import PasswordInput
from cadre_desk.ui.start_page import StartPage, card

_COLUMN: Final = 520


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Who wants into which ledger with which password."""

    path: Path
    name: str
    password: str


class LoginPage(StartPage):
    """登录, or what is wrong with the ledger's file.

    Signals: ``asked(SigningIn)``, ``demo_asked(Path)``, ``chosen(Path)`` for another ledger, ``acted(key)``:
    open, restore, forgot, forget, again, demo.
    """

    asked = Signal(object)
    demo_asked = Signal(object)
    chosen = Signal(object)
    acted = Signal(str)

    def __init__(self) -> None:
        """Without a ledger."""
        super().__init__(_COLUMN)
        self.path = Path()
        self._waits = 0
        self.title = Text("", "h1", wrap=True)
        self.place = Text("", "small", "ink2", elide=True)
        self.user = ChoiceInput("使用人")
        self.password = PasswordInput("口令")
        self.problem = Notice("", REFUSAL, stacked=True)
        self.problem.acted.connect(self.acted)
        self.enter = Button("打开台账", PRIMARY, "unlock")
        self.enter.clicked.connect(self._ask)
        self.forgot = Button("忘了口令", LINK)
        self.forgot.clicked.connect(lambda: self.acted.emit("forgot"))
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._count_down)
        self._lay_out()
        chain([self.user, self.password])
        self.password.next_asked.connect(self._ask)
        self.password.changed.connect(self._typed)

    def _lay_out(self) -> None:
        self.column.addStretch(2)
        self.add(self.title)
        self.add(self._build_card())
        self._others = Card("最近用过的台账")
        self._others.set_margins(0, 0, 0, 0)
        self._others.body.setSpacing(0)
        self.add(self._others)
        self.demo = DashedCard("eye", "先看看？", "打开一个虚构的县，随便试，一键清掉。")
        self.demo.set_act(Act("demo", "打开示范县"))
        self.demo.acted.connect(self.acted)
        self.add(self.demo)
        self.column.addStretch(3)

    def _build_card(self) -> Card:
        sheet = card()
        foot = QHBoxLayout()
        foot.addWidget(self.forgot)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        for widget in (self.place, self.problem, self.user, self.password):
            sheet.body.addWidget(widget)
        sheet.body.addSpacing(theme.px(4))
        sheet.body.addLayout(foot)
        return sheet

    def show_ledger(self, path: Path, known: KnownLedger | None = None) -> None:
        """Ask who signs in to a ledger; what is wrong with its file is said at once, with the ways out."""
        self.path = path
        self.title.setText(known.office if known and known.office else path.stem)
        self.place.setText(str(path))
        self._stop_waiting()
        self.password.clear()
        self.say("")
        try:
            vault = Vault.find(path)
        except UserError as error:
            self._allow(inside=False)
            self.refuse(error)
            return
        self._allow(inside=True)
        self.user.set_choices([(user.name, user.name) for user in vault.users])
        if known and known.user:
            self.user.set_value(known.user)
        self.user.setVisible(not vault.is_open)
        self.password.setVisible(not vault.is_open)
        self.forgot.setVisible(vault.has_recovery)
        self.enter.set_text("打开示范县" if vault.is_open else "打开台账")

    def show_others(self, ledgers: Sequence[KnownLedger]) -> None:
        """Offer the other ledgers of this computer."""
        body = self._others.body
        while body.count():
            gone = body.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        others = [one for one in ledgers if one.path != self.path]
        for place, one in enumerate(others):
            if place:
                body.addWidget(Hairline())
            body.addWidget(self._line(one))
        self._others.setVisible(bool(others))

    def _line(self, known: KnownLedger) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        row.setSpacing(theme.px(10))
        row.addWidget(Text(known.office or known.path.stem, "name"))
        where = str(known.path) if known.is_there else f"{known.path}（现在不在）"
        row.addWidget(Text(where, "cap", "ink2", elide=True), 1)
        button = Button("打开", SMALL, name=f"打开{known.office or known.path.stem}")
        button.clicked.connect(lambda _on=False, path=known.path: self.chosen.emit(path))
        row.addWidget(button)
        return line

    def begin(self) -> None:
        """Put the keyboard into the password."""
        (self.password.line if self.password.isVisibleTo(self) else self.enter).setFocus()

    def say(self, text: str, weight: str = REFUSAL, acts: Sequence[Act] = ()) -> None:
        """Say something above the fields; "" takes it away."""
        self.problem.setVisible(bool(text))
        if text:
            self.problem.say(text, weight, acts)

    def refuse(self, error: BaseException) -> None:
        """Say why the ledger did not open, at its place, with the ways out; a wait is counted down."""
        if isinstance(error, TooSoon):
            self._wait(error.seconds)
        elif isinstance(error, WrongSecret):
            self.password.line.selectAll()
            self.password.line.setFocus()
            self.password.show_problem(str(error))
        else:
            self.say(str(error), REFUSAL, ways_out(error))

    def set_busy(self, *, busy: bool) -> None:
        """While the ledger is opened nothing can be asked twice."""
        self.enter.setEnabled(not busy and self._waits <= 0)

    def _allow(self, *, inside: bool) -> None:
        for widget in (self.user, self.password, self.enter, self.forgot):
            widget.setVisible(inside)

    def _typed(self) -> None:
        if not self._waits:
            self.say("")

    def _ask(self) -> None:
        if not self.enter.isEnabled() or not self.enter.isVisibleTo(self):
            return
        if not self.password.isVisibleTo(self):
            self.demo_asked.emit(self.path)
        elif self.password.text():
            self.asked.emit(SigningIn(self.path, self.user.value, self.password.text()))
        else:
            self.password.show_problem("请输入口令。")
            self.password.line.setFocus()

    def _wait(self, seconds: int) -> None:
        self._waits = seconds
        self._tell_wait()
        self._clock.start()

    def _count_down(self) -> None:
        self._waits -= 1
        if self._waits > 0:
            self._tell_wait()
            return
        self._stop_waiting()
        self.password.show_problem("")
        self.password.line.setFocus()

    def _tell_wait(self) -> None:
        text = f"口令连续输错，请等 {self._waits} 秒再试。台账没有锁死，数据都在。"
        self.password.show_problem(text, "warn")
        self.enter.set_allowed(False, text)

    def _stop_waiting(self) -> None:
        self._clock.stop()
        self._waits = 0
        self.enter.set_allowed(True)
