"""维护: the check-up, another recovery code, the log for maintainers, the end of a demo, where all lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk import __version__
from cadre_desk.actions import safekeeping, users
from cadre_desk.actions.safekeeping import CheckUp, Finding
from cadre_desk.db import settings
from cadre_desk.db.places import backups_beside, data_folder
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK
from cadre_desk.ui.kit.parts import Button, Card, Chip, ConfirmDialog, Drawer, FieldView, Hairline, Text
from cadre_desk.ui.log_export import export_log
from cadre_desk.ui.office import Office
from cadre_desk.ui.paper_scroll import PaperScroll
from cadre_desk.ui.recovery_code import RecoveryBlock

_WIDEST: Final = 860
_LABEL: Final = 96
#: How the check-up's groups are told.
_RULES: Final = {
    "search.stale": "检索词与内容不一致",
    "fact.differs": "当前值与变更记录不一致",
    "movement.sum": "在册状态与增减变动不一致",
    "membership.open": "已不在册，组织关系没有结束",
}


class CarePart(QWidget):
    """Rows with a title, a sentence and a button; forms open over ``host``."""

    def __init__(self, office: Office, host: QWidget) -> None:
        """Lay out the rows."""
        super().__init__()
        self._office = office
        self._drawer = Drawer(host)
        self._drawer.body.setContentsMargins(theme.space("card"), theme.px(12), theme.space("card"), 0)
        self._area = PaperScroll()
        self._drawer.body.addWidget(self._area, 1)
        self._block: RecoveryBlock | None = None
        self._set = Button("换用新码", "primary", "key")
        self._set.clicked.connect(self._set_code)
        self._drawer.foot.addStretch(1)
        self._drawer.foot.addWidget(self._set)
        self._sheet = Card("维护")
        self._sheet.set_margins(0, 0, 0, 0)
        self._sheet.body.setSpacing(0)
        self._sheet.setMaximumWidth(theme.px(_WIDEST))
        self._found = Card("检查结果")
        self._found.set_margins(0, 0, 0, 0)
        self._found.body.setSpacing(0)
        self._found.setMaximumWidth(theme.px(_WIDEST))
        self._found.hide()
        self._rows()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("gap"))
        column.addWidget(self._sheet)
        column.addWidget(self._found)
        column.addWidget(self._about())
        column.addStretch(1)

    def _rows(self) -> None:
        demo, admin = self._office.ledger.is_demo, self._office.user.is_admin
        self.check = self._row(
            "检查台账",
            "文件逐页校验，日志、检索、变更记录和每条记录的规则都过一遍",
            "开始检查",
            self.check_up,
        )
        if not demo:
            self.code = self._row(
                "换恢复码",
                "恢复码丢了或者被人看见了，换一个新的；旧的随即作废",
                "换新码",
                self.ask_code,
                "" if admin else "由管理员换",
            )
        self.log = self._row(
            "导出日志", "程序出了差错时交给维护人员；号码和引号里的名字已经遮住", "导出", self.ask_log
        )
        if demo:
            self.wipe = self._row(
                "清除示范县", "示范县的台账、钥匙和备份一次清干净", "清除示范县", self.ask_wipe
            )

    def _row(self, title: str, sentence: str, verb: str, act: Callable[[], None], reason: str = "") -> Button:
        if self._sheet.body.count():
            self._sheet.body.addWidget(Hairline())
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.px(16), theme.px(9), theme.px(16), theme.px(9))
        row.setSpacing(theme.px(14))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(title, "name", wrap=True))
        words.addWidget(Text(f"{sentence}（{reason}）" if reason else sentence, "small", "ink2", wrap=True))
        row.addLayout(words, 1)
        button = Button(verb)
        button.set_allowed(not reason, reason)
        button.clicked.connect(act)
        row.addWidget(button)
        self._sheet.body.addWidget(line)
        return button

    def _about(self) -> Card:
        card = Card("这台电脑上的台账")
        card.setMaximumWidth(theme.px(_WIDEST))
        card.body.setSpacing(theme.px(2))
        path = self._office.ledger.path
        for label, value in (
            ("程序版本", __version__),
            ("台账文件", str(path)),
            ("备份文件夹", str(backups_beside(path))),
            ("程序数据", str(data_folder())),
        ):
            card.body.addWidget(FieldView(label, value, label_width=_LABEL))
        return card

    # --- the check-up -------------------------------------------------------------------------------------

    def check_up(self) -> None:
        """Examine the ledger beside the window."""
        self.check.setEnabled(False)
        self._office.jobs.run(
            "正在检查台账",
            lambda _: safekeeping.check_up(self._office.ledger, lambda: list(REGISTERS.values())),
            self.show_check_up,
            self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        self.check.setEnabled(True)
        self._office.tell_error(error)

    def show_check_up(self, found: CheckUp) -> None:
        """What the check-up found, rule by rule, each with its list."""
        self.check.setEnabled(True)
        body = self._found.body
        while body.count():
            gone = body.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        sound = found.integrity == "ok" and found.journal == "ok"
        people = found.counts.get("person", 0)
        told = "没有发现问题" if sound and not found.findings else f"{len(found.findings):,} 处要看一看"
        self._found.note.setText(f"{told}；人员 {people:,} 人，操作 {found.counts.get('act', 0):,} 步")
        for name, state in (("文件", found.integrity), ("日志", found.journal)):
            self._tell(name, "完好" if state == "ok" else state, "ok" if state == "ok" else "bad")
        for (register, _rule), findings in _grouped(found.findings).items():
            self._tell_group(register, findings)
        self._found.show()

    def _tell(self, name: str, words: str, kind: str) -> QHBoxLayout:
        if self._found.body.count():
            self._found.body.addWidget(Hairline())
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        row.setSpacing(theme.px(10))
        row.addWidget(Chip(name, kind, {"ok": "ok", "bad": "wrong", "warn": "warn"}[kind]))
        row.addWidget(Text(words, "small", wrap=True), 1)
        self._found.body.addWidget(line)
        return row

    def _tell_group(self, register: str, findings: list[Finding]) -> None:
        first = findings[0]
        kind = "bad" if any(one.severity == "hold" for one in findings) else "warn"
        title = REGISTERS[register].title if register in REGISTERS else register
        words = _RULES.get(first.rule, first.text)
        told = words if len(findings) == 1 else f"{words}（共 {len(findings):,} 处）"
        row = self._tell(title, told, kind)
        uids = {one.uid for one in findings if one.uid}
        if register in REGISTERS and uids:
            link = Button("看名单", LINK, name=f"看名单：{told}")
            link.clicked.connect(lambda: self._show_list(register, uids))
            row.addWidget(link)

    def _show_list(self, register: str, uids: set[str]) -> None:
        listing = self._office.listing(REGISTERS[register])
        with self._office.desk.read() as session:
            ids = [
                row.id for uid, row in listing.showing(REGISTERS[register].name).named(session) if uid in uids
            ]
        self._office.go("list", register=register, listing=listing.picked(ids))

    # --- the recovery code --------------------------------------------------------------------------------

    def ask_code(self) -> None:
        """Show a new code; it holds only after a group of it was typed back."""
        office = self._office
        self._block = RecoveryBlock(new_recovery_code(), lambda: (_office_name(office), office.user.name))
        self._block.fit(pairs=False)
        self._block.changed.connect(self._weigh_code)
        self._drawer.set_title("换恢复码")
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.addWidget(self._block)
        column.addStretch(1)
        self._area.hold(sheet)
        self._weigh_code()
        self._drawer.unfold()

    def _weigh_code(self) -> None:
        checked = self._block is not None and self._block.is_checked
        self._set.set_allowed(checked, "先照纸抄回一组")

    def _set_code(self) -> None:
        block = self._block
        if block is None or not block.is_checked:
            return
        try:
            users.new_recovery(self._office.ledger, block.code)
        except UserError as error:
            self._office.tell_error(error)
            return
        self._drawer.shut()
        self._office.tell("恢复码已换，旧的作废", detail="新的请交单位保险柜，旧的那张请销毁。")

    # --- log and demo -------------------------------------------------------------------------------------

    def ask_log(self) -> None:
        """Ask where the log is to be written."""
        dialog = QFileDialog(self, "导出日志", "", "文本文件 (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("台账日志.txt")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.write_log(Path(name)))
        dialog.open()

    def write_log(self, target: Path) -> None:
        """Write the masked log."""
        try:
            lines = export_log(target)
        except OSError as error:
            self._office.tell_error(error)
            return
        self._office.tell("日志已导出", detail=f"{lines:,} 行，号码和名字已遮住", file=target)

    def ask_wipe(self) -> None:
        """清除示范县, with what goes."""
        dialog = ConfirmDialog(self, "清除示范县", "清除")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_consequences(
            [
                ("示范县的台账和你在里面试过的一切", "删除"),
                ("它的备份和钥匙", "删除"),
                ("单位自己的台账", "不动"),
            ]
        )
        dialog.confirmed.connect(lambda _reason: self._office.go("start", also="wipe"))
        dialog.open()


def _grouped(findings: list[Finding]) -> dict[tuple[str, str], list[Finding]]:
    """Findings of one register and rule together, as they came."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        key = one.rule if one.rule in _RULES else one.text.partition("：")[2] or one.text
        groups[one.register, key].append(one)
    return groups


def _office_name(office: Office) -> str:
    return str(office.setting(settings.OFFICE))
