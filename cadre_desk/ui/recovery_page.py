"""A forgotten password: the recovery code opens the ledger, and the user gets a new password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from cadre_desk.db.recovery import normalise_code
from cadre_desk.db.vault import Vault, check_password
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY
from cadre_desk.ui.kit.inputs import ChoiceInput, LineInput, chain
from cadre_desk.ui.kit.parts import REFUSAL, Button, Notice, Text
from cadre_desk.ui.opening import ways_out
from cadre_desk.ui.password_input import PasswordInput
from cadre_desk.ui.start_page import StartPage, card

_COLUMN: Final = 620


@dataclass(frozen=True, slots=True)
class Recovering:
    """A ledger to be opened with a recovery code, and the user's new password."""

    path: Path
    code: str
    name: str
    password: str


def read_code(text: str) -> str:
    """What is shown under a recovery code that was typed right.

    Raises:
        FieldError: naming every wrong group.
    """
    normalise_code(text)
    return "四组都对"


class RecoveryPage(StartPage):
    """忘了口令. Signals: ``asked(Recovering)``, ``acted(key)``: back, restore."""

    asked = Signal(object)
    acted = Signal(str)

    def __init__(self) -> None:
        """Without a ledger."""
        super().__init__(_COLUMN)
        self.path = Path()
        self.code = LineInput("恢复码", read=read_code, prompt="四组，每组 8 位，照单位保管的那张纸输入")
        self.user = ChoiceInput("给谁设新口令")
        self.password = PasswordInput("新口令", read=check_password, prompt="至少 8 位，可以用汉字")
        self.problem = Notice("", REFUSAL, stacked=True)
        self.problem.acted.connect(self.acted)
        self.problem.hide()
        self.enter = Button("设新口令并打开", PRIMARY, "unlock")
        self.enter.clicked.connect(self._ask)
        self._lay_out()
        chain([self.code, self.user, self.password])
        self.password.next_asked.connect(self._ask)
        for one in (self.code, self.password):
            one.changed.connect(self.problem.hide)

    def _lay_out(self) -> None:
        self.column.addStretch(2)
        self.add(Text("忘了口令", "h1"))
        sheet = card()
        self._about = Text("", "small", "ink2", wrap=True)
        for widget in (self._about, self.problem, self.code, self.user, self.password):
            sheet.body.addWidget(widget)
        foot = QHBoxLayout()
        back = Button("返回")
        back.clicked.connect(lambda: self.acted.emit("back"))
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        sheet.body.addSpacing(theme.px(4))
        sheet.body.addLayout(foot)
        self.add(sheet)
        self.column.addStretch(3)

    def show_ledger(self, path: Path, code: str = "") -> None:
        """Ask for the recovery code of a ledger; one that was typed already stands there."""
        self.path = path
        self._about.setText(
            f"用恢复码打开“{path.name}”，再设一个新口令。旧口令随即作废，数据和操作记录都不变。"
        )
        self.code.set_value(code)
        self.password.clear()
        self.problem.hide()
        try:
            users = Vault.find(path).users
        except UserError as error:
            self.refuse(error)
            return
        self.user.set_choices([(user.name, user.name) for user in users])

    def begin(self) -> None:
        """Put the keyboard where something is missing."""
        (self.password if self.code.text() else self.code).editor.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why it did not open."""
        self.problem.say(str(error), REFUSAL, ways_out(error))
        self.problem.show()

    def set_busy(self, *, busy: bool) -> None:
        """While the ledger is opened nothing can be asked twice."""
        self.enter.setEnabled(not busy)

    def _ask(self) -> None:
        for one, read in ((self.code, read_code), (self.password, check_password)):
            try:
                read(one.text())
            except UserError as error:
                one.show_problem(str(error))
                one.editor.setFocus()
                return
        code = normalise_code(self.code.text())
        self.asked.emit(Recovering(self.path, code, self.user.value, self.password.text()))
