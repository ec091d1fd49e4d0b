"""The first page ever seen: the office, its first user, the recovery code, and where the ledger is to lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.db.ledger import Founder
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.vault import check_password
from cadre_desk.domain.errors import FieldError
from cadre_desk.ui import opening
from cadre_desk.ui.dashed_card import DashedCard
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, PRIMARY
from cadre_desk.ui.kit.inputs import LineInput, chain
from cadre_desk.ui.kit.parts import REFUSAL, Act, Button, Hairline, Notice, Text
from cadre_desk.ui.password_input import PasswordInput
from cadre_desk.ui.recovery_code import RecoveryBlock
from cadre_desk.ui.start_page import StartPage, card, numbered

DEMO_PEOPLE: Final = "3,200 多位"
_COLUMN: Final = 718


@dataclass(frozen=True, slots=True)
class Founding:
    """A ledger to be made, and where."""

    path: Path
    founder: Founder


class FirstRunPage(StartPage):
    """建立台账. Signals: ``asked(Founding)``, ``acted(key)`` (quit, demo)."""

    asked = Signal(object)
    acted = Signal(str)

    def __init__(self) -> None:
        """Draw the code that will be this ledger's."""
        super().__init__(_COLUMN)
        self._folder = opening.default_folder()
        self._county_typed = False
        self.office = LineInput("单位名称", rule="印在所有表格的「制表单位」", prompt="例如：某某县老干部局")
        self.county = LineInput("所在县（区）", rule="写进表格的标题", prompt="例如：某某县")
        self.user = LineInput("使用人", prompt="登录时选的名字，操作都记在名下")
        self.password = PasswordInput("口令", read=check_password, prompt="至少 8 位，可以用汉字")
        self.recovery = RecoveryBlock(new_recovery_code(), self._heading)
        self.problem = Notice("", REFUSAL)
        self.problem.hide()
        self._lay_out()
        self._connect()
        self._weigh()

    def _lay_out(self) -> None:
        self._pairs: list[QBoxLayout] = []
        self.column.addStretch(1)
        self.add(Text("建立台账", "h1"))
        sheet = card()
        sheet.body.addLayout(numbered("1", "单位"))
        sheet.body.addLayout(self._pair(self.office, self.county))
        sheet.body.addWidget(Hairline())
        sheet.body.addLayout(numbered("2", "使用人与口令"))
        sheet.body.addLayout(self._pair(self.user, self.password))
        sheet.body.addWidget(Hairline())
        sheet.body.addLayout(numbered("3", "恢复码", "忘了口令、换了电脑，只有它能打开台账。"))
        sheet.body.addWidget(self.recovery)
        sheet.body.addWidget(Hairline())
        sheet.body.addLayout(self._foot())
        self.add(sheet)
        self.demo = DashedCard(
            "eye", "先看看？", f"打开一个虚构的县，{DEMO_PEOPLE}老干部，随便试，一键清掉。"
        )
        self.demo.set_act(Act("demo", "打开示范县"))
        self.demo.acted.connect(self.acted)
        self.add(self.demo)
        self.column.addStretch(1)

    def _pair(self, left: QWidget, right: QWidget) -> QBoxLayout:
        pair = QHBoxLayout()
        pair.setSpacing(theme.px(20))
        pair.addWidget(left, 1)
        pair.addWidget(right, 1)
        self._pairs.append(pair)
        return pair

    def fit(self, *, pairs: bool) -> None:
        """Two columns, or one."""
        way = QBoxLayout.Direction.LeftToRight if pairs else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(way)
        self.recovery.fit(pairs=pairs)

    def _foot(self) -> QVBoxLayout:
        self._missing = Text("", "cap", "ink2", elide=True)
        self._where = Text("", "small", "ink2", elide=True)
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        change = Button("更改", LINK, tip="换一个文件夹放台账")
        change.clicked.connect(self._ask_folder)
        quit_button = Button("退出")
        quit_button.clicked.connect(lambda: self.acted.emit("quit"))
        self.found = Button("建立台账", PRIMARY, "check")
        self.found.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(quit_button)
        row.addWidget(self._missing, 2)
        row.addWidget(self._where, 3)
        row.addWidget(change)
        row.addWidget(self.found)
        foot = QVBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.problem)
        foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        chain([self.office, self.county, self.user, self.password, self.recovery.check])
        self.recovery.check.next_asked.connect(self._ask)
        self.county.line.textEdited.connect(self._type_county)
        self.office.changed.connect(self._guess_county)
        for one in (self.office, self.county, self.user, self.password):
            one.changed.connect(self._weigh)
        self.recovery.changed.connect(self._weigh)

    def begin(self) -> None:
        """Put the keyboard where typing begins."""
        self.office.line.setFocus()

    def set_folder(self, folder: Path) -> None:
        """The ledger is to lie in another folder."""
        self._folder = folder
        self._weigh()

    def refuse(self, text: str) -> None:
        """Say why the ledger was not made; "" takes it away."""
        self.problem.setVisible(bool(text))
        if text:
            self.problem.say(text, REFUSAL)

    @property
    def path(self) -> Path:
        """Where the ledger will lie."""
        return self._folder / opening.file_name(self.county.text())

    def missing(self) -> list[str]:
        """What is still to be filled in, in the words of the page."""
        wanted = [
            (self.office, "单位名称"),
            (self.county, "所在县"),
            (self.user, "使用人"),
        ]
        open_ = [name for one, name in wanted if not one.text().strip()]
        if not _is_good(self.password.text()):
            open_.append("口令")
        if not self.recovery.is_checked:
            open_.append(f"抄回恢复码第 {self.recovery.asked} 组")
        return open_

    def _type_county(self) -> None:
        self._county_typed = True

    def _guess_county(self) -> None:
        """The county as the office's name begins with it, until it is typed."""
        if not self._county_typed:
            county, bureau, _ = self.office.text().strip().partition("老干部局")
            self.county.set_value(county.removeprefix("中共").removesuffix("委") if bureau else "")

    def _weigh(self) -> None:
        self.refuse("")
        open_ = self.missing()
        self.found.set_allowed(not open_, f"还差：{'、'.join(open_)}")
        self._missing.setText(f"还差：{'、'.join(open_)}" if open_ else "")
        self._where.setText(f"台账放在 {self._folder}")

    def _heading(self) -> tuple[str, str]:
        return self.office.text().strip(), self.user.text().strip()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "台账放在哪个文件夹", str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.set_folder(Path(name)))
        dialog.open()

    def _ask(self) -> None:
        if self.missing():
            return
        office, user = self._heading()
        county = self.county.text().strip()
        founder = Founder(office, county, user, self.password.text(), self.recovery.code)
        self.asked.emit(Founding(self.path, founder))


def _is_good(password: str) -> bool:
    try:
        check_password(password)
    except FieldError:
        return False
    return True
