"""Restoring a ledger from one backup file: what it holds, where it goes, what opens it, what was counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.db import container
from cadre_desk.db.backup import BackupFile
from cadre_desk.db.keyslots import KeySlots, Kind
from cadre_desk.db.recovery import normalise_code
from cadre_desk.db.restore import Restored
from cadre_desk.db.vault import Vault
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, PRIMARY
from cadre_desk.ui.kit.inputs import ChoiceInput, LineInput, chain
from cadre_desk.ui.kit.parts import HINT, REFUSAL, Button, Card, Hairline, Notice, Text
from cadre_desk.ui.opening import BACKUPS, LEDGERS, SUFFIX, default_folder
from cadre_desk.ui.password_input import PasswordInput
from cadre_desk.ui.recovery_page import read_code
from cadre_desk.ui.start_page import StartPage, card, numbered

_COLUMN: Final = 718
_FOUND: Final = 5
BY_CODE, BY_PASSWORD = "code", "password"
#: The tables that a clerk knows, as a backup is told.
TOLD: Final = (
    ("person", "人员", "人"),
    ("branch", "党支部", "个"),
    ("contact", "联系人", "人"),
    ("visit", "走访", "人次"),
    ("act", "操作记录", "条"),
)


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup to be restored, where to, and what unlocks it; ``code`` or ``name`` and ``password``."""

    backup: Path
    target: Path
    code: str = ""
    name: str = ""
    password: str = ""

    @property
    def unlock(self) -> Callable[[Vault], bytes]:
        """How the backup's vault is opened."""
        if self.code:
            return lambda vault: vault.unlock_recovery(self.code)
        if self.name:
            return lambda vault: vault.unlock_password(self.name, self.password)
        return lambda vault: vault.unlock_open()


def counts_in_words(counts: Mapping[str, int]) -> str:
    """老干部 3,286 人、党支部 62 个 …; tables that are empty are left out."""
    return "、".join(f"{title} {counts[table]:,} {unit}" for table, title, unit in TOLD if counts.get(table))


class RestorePage(StartPage):
    """从备份恢复. Signals: ``asked(Restoring)``, ``acted(key)``: back, enter."""

    asked = Signal(object)
    acted = Signal(str)

    def __init__(self) -> None:
        """Without a backup."""
        super().__init__(_COLUMN)
        self.backup: Path | None = None
        self.target: Path | None = None
        self._slots: KeySlots | None = None
        self.file = Text("还没有选备份文件", "name", elide=True)
        self.holds = Text("", "small", "ink2", wrap=True)
        self.where = Text("", "body", elide=True)
        self.fate = Text("", "small", "ink2", wrap=True)
        self.way = ChoiceInput("用什么打开")
        self.code = LineInput("恢复码", read=read_code, prompt="四组，每组 8 位")
        self.user = ChoiceInput("使用人")
        self.password = PasswordInput("口令")
        self.problem = Notice("", REFUSAL)
        self.problem.hide()
        self.go = Button("恢复", PRIMARY, "history")
        self.go.clicked.connect(self._ask)
        self._lay_out()
        chain([self.way, self.code, self.user, self.password])
        for last in (self.code, self.password):
            last.next_asked.connect(self._ask)
            last.changed.connect(self.problem.hide)
        self.way.changed.connect(self._show_way)
        self._show_way()
        self._weigh()

    def _lay_out(self) -> None:
        self.column.addStretch(2)
        self.add(Text("从备份恢复", "h1"))
        self._card = card()
        body = self._card.body
        body.addLayout(numbered("1", "备份文件", "", "选择文件", self.ask_file))
        body.addWidget(self.file)
        body.addWidget(self.holds)
        self._found = QVBoxLayout()
        self._found.setSpacing(0)
        body.addLayout(self._found)
        body.addWidget(Hairline())
        body.addLayout(numbered("2", "恢复到", "", "换个地方", self.ask_target))
        body.addWidget(self.where)
        body.addWidget(self.fate)
        body.addWidget(Hairline())
        body.addLayout(numbered("3", "口令或恢复码"))
        self._secrets = QHBoxLayout()
        self._secrets.setSpacing(theme.px(20))
        for widget in (self.way, self.code, self.user, self.password):
            self._secrets.addWidget(widget, 1)
        body.addLayout(self._secrets)
        body.addWidget(Hairline())
        body.addWidget(self.problem)
        body.addLayout(self._foot())
        self.add(self._card)
        self.result = self._build_result()
        self.add(self.result)
        self.column.addStretch(3)

    def fit(self, *, pairs: bool) -> None:
        """Two columns, or one."""
        way = QBoxLayout.Direction.LeftToRight if pairs else QBoxLayout.Direction.TopToBottom
        self._secrets.setDirection(way)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(10))
        back = Button("返回")
        back.clicked.connect(lambda: self.acted.emit("back"))
        self._missing = Text("", "cap", "ink2", elide=True)
        self._missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(back)
        foot.addWidget(self._missing, 1)
        foot.addWidget(self.go)
        return foot

    def _build_result(self) -> Card:
        sheet = card()
        self._done = Text("", "h2", wrap=True)
        self._counted = Text("", "body", wrap=True)
        self._saved = Text("", "small", "ink2", wrap=True)
        enter = Button("打开台账", PRIMARY, "unlock")
        enter.clicked.connect(lambda: self.acted.emit("enter"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(enter)
        for text in (self._done, self._counted, self._saved):
            sheet.body.addWidget(text)
        sheet.body.addLayout(foot)
        sheet.hide()
        return sheet

    def begin(self, target: Path | None = None, backups: Sequence[BackupFile] = ()) -> None:
        """Start anew: for a ledger of this computer if one is meant, offering its backups."""
        self.backup, self._slots, self.target = None, None, target
        self.file.setText("还没有选备份文件")
        self.holds.setText("可以在移动盘、别的电脑上：一份备份就是一个文件，里面带着钥匙。")
        self.code.set_value("")
        self.password.clear()
        self.problem.hide()
        self.result.hide()
        self._card.show()
        while self._found.count():
            gone = self._found.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for one in backups[:_FOUND]:
            self._found.addWidget(self._offer(one))
        self._tell_target()
        self._weigh()

    def _offer(self, one: BackupFile) -> QWidget:
        """A backup of this computer, chosen by a click."""
        link = Button(f"{one.made_at:%m-%d %H:%M}　{_reason(one)}　{one.state.label}", LINK, "save")
        link.setToolTip(str(one.path))
        link.clicked.connect(lambda _on=False: self.choose(one.path))
        return link

    def choose(self, path: Path) -> None:
        """Take a backup: read what it says of itself, and whose passwords it knows."""
        try:
            manifest, slots = container.read_manifest(path), container.read_slots(path)
        except UserError as error:
            self.refuse(error)
            return
        self.problem.hide()
        self.backup, self._slots = path, slots
        self.file.setText(path.name)
        at = manifest.made_at
        held = counts_in_words(manifest.counts)
        made = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}（{manifest.reason.label}）"
        self.holds.setText(f"{made}，{held}" if held else made)
        if self.target is None:
            self.target = default_folder() / f"{_stem(path)}{SUFFIX}"
        self._offer_ways(slots)
        self._tell_target()
        self._weigh()

    def set_target(self, target: Path) -> None:
        """Restore to another place."""
        self.target = target.with_suffix(SUFFIX)
        self._tell_target()
        self._weigh()

    def show_result(self, restored: Restored) -> None:
        """Say what was restored and counted, and where today's ledger was put."""
        self._card.hide()
        self._done.setText(f"已恢复“{restored.ledger.name}”")
        self._counted.setText(f"已打开核验、逐表清点无误：{counts_in_words(restored.counts) or '空台账'}。")
        saved = restored.saved
        self._saved.setText(
            f"原来的台账没有丢，改名为“{saved.name}”放在同一个文件夹。"
            if saved
            else "原处没有台账，没有替换什么。"
        )
        self.result.show()

    def refuse(self, error: BaseException) -> None:
        """Say why it was not restored."""
        self.problem.say(str(error), REFUSAL)
        self.problem.show()

    def set_busy(self, *, busy: bool) -> None:
        """While the backup is examined nothing can be asked twice."""
        if busy:
            self.problem.say("正在核验和恢复，请稍候；原来的台账还没有动。", HINT)
            self.problem.show()
            self.go.setEnabled(False)
        else:
            self.problem.hide()
            self._weigh()

    def ask_file(self) -> None:
        """Let the clerk look for the backup."""
        start = str(self.target.parent) if self.target else ""
        dialog = QFileDialog(self, "选择备份文件", start, BACKUPS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()

    def ask_target(self) -> None:
        """Let the clerk say where the ledger is to lie."""
        dialog = QFileDialog(self, "台账恢复到哪里", str(self.target or ""), LEDGERS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.set_target(Path(name)))
        dialog.open()

    def _offer_ways(self, slots: KeySlots) -> None:
        users = [(slot.user.name, slot.user.name) for slot in slots.slots if slot.user]
        self.user.set_choices(users)
        ways = [(BY_CODE, "恢复码")] if slots.of_kind(Kind.RECOVERY) else []
        self.way.set_choices(ways + ([(BY_PASSWORD, "使用人和口令")] if users else []))
        self._show_way()

    def _show_way(self) -> None:
        way = self.way.value
        self.way.setVisible(bool(way))
        self.code.setVisible(way == BY_CODE)
        self.user.setVisible(way == BY_PASSWORD)
        self.password.setVisible(way == BY_PASSWORD)

    def _tell_target(self) -> None:
        target = self.target
        self.where.setText(str(target) if target else "先选备份文件")
        if target is None:
            self.fate.setText("")
        elif target.exists():
            self.fate.setText("那里现有的台账会先改名保存在旁边，不会丢。")
        else:
            self.fate.setText("那里现在没有台账。")

    def _weigh(self) -> None:
        missing = "还差：备份文件" if self.backup is None else ""
        self._missing.setText(missing)
        self.go.set_allowed(not missing, missing)

    def _ask(self) -> None:
        if self.backup is None or self.target is None or not self.go.isEnabled():
            return
        if self.way.value == BY_CODE:
            try:
                code = normalise_code(self.code.text())
            except UserError as error:
                self.code.show_problem(str(error))
                self.code.line.setFocus()
                return
            self.asked.emit(Restoring(self.backup, self.target, code=code))
        elif self.way.value == BY_PASSWORD:
            self.asked.emit(
                Restoring(self.backup, self.target, name=self.user.value, password=self.password.text())
            )
        else:
            self.asked.emit(Restoring(self.backup, self.target))


def _reason(one: BackupFile) -> str:
    return one.manifest.reason.label if one.manifest else "读不出"


def _stem(backup: Path) -> str:
    """The ledger's name, which begins its backups' names: 名称 2026-01-26 083100 手工."""
    return backup.stem.rsplit(" ", 3)[0] or backup.stem
