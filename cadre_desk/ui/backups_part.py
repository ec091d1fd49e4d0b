"""备份: the files there are and how they were found; make one, verify one, restore from one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.actions import safekeeping
from cadre_desk.db import settings
from cadre_desk.db.backup import BackupFile, State, Verification, list_backups
from cadre_desk.db.places import backups_beside
from cadre_desk.ui.backup_keeper import back_up
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, SMALL
from cadre_desk.ui.kit.parts import Button, Card, ConfirmDialog, Text
from cadre_desk.ui.kit.roles import ColumnLook, Look, Role
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.office import Office

_CHIPS: Final = {
    State.VERIFIED: ("ok", "ok"),
    State.UNVERIFIED: ("neutral", ""),
    State.DAMAGED: ("bad", "warn"),
}
_COLUMNS: Final = (
    ("时间", ColumnLook(width=150, bold=True, keep=True, sortable=False)),
    ("原因", ColumnLook(width=100, sortable=False)),
    ("核验", ColumnLook(width=110, sortable=False)),
    ("人员", ColumnLook(width=80, align="right", sortable=False)),
    ("大小", ColumnLook(width=90, align="right", sortable=False)),
    ("文件", ColumnLook(width=260, flex=1, tone="ink2", sortable=False)),
)
_STATE: Final = 2
_MEGABYTE: Final = 1 << 20


class BackupsModel(QAbstractTableModel):
    """The backups of a folder, the newest first."""

    def __init__(self) -> None:
        """No folder yet."""
        super().__init__()
        self.files: tuple[BackupFile, ...] = ()

    def show_files(self, files: tuple[BackupFile, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.files = files
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """One row a file."""
        return 0 if parent is not None and parent.isValid() else len(self.files)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """The columns of the page."""
        return len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles and looks."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(_COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return _COLUMNS[section][0]
            if role == Role.COLUMN:
                return _COLUMNS[section][1]
        return None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Texts; the state as a chip."""
        one = self.files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(one)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "；".join(one.findings) or str(one.path)
        if role == Role.LOOK and index.column() == _STATE:
            kind, icon = _CHIPS[one.state]
            return Look(chip=kind, icon=icon)
        return None


def _cells(one: BackupFile) -> tuple[str, ...]:
    manifest = one.manifest
    people = manifest.counts.get("person", 0) if manifest else 0
    return (
        f"{one.made_at:%Y-%m-%d %H:%M}",
        manifest.reason.label if manifest else "读不出",
        one.state.label,
        f"{people:,}",
        f"{max(one.size / _MEGABYTE, 0.1):.1f} MB",
        one.path.name,
    )


class BackupsPart(QWidget):
    """The backups beside the ledger, and what can be done with the one the keyboard is on."""

    def __init__(self, office: Office) -> None:
        """``load`` fills it."""
        super().__init__()
        self._office = office
        self.folder = backups_beside(office.ledger.path)
        self.model = BackupsModel()
        self.table = RegisterTable("备份")
        self.table.setModel(self.model)
        self.table.current_moved.connect(lambda _row: self._weigh())
        self.second = Text("", "small", "ink2", wrap=True)
        self._sheet = Card("备份")
        self._sheet.set_margins(1, 0, 1, 1)
        self._sheet.body.setSpacing(0)
        look = Button("打开文件夹", LINK, "folder-open")
        look.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder))))
        self.make = Button("立即备份", SMALL, "save")
        self.make.clicked.connect(self.back_up)
        self._sheet.add_head(look)
        self._sheet.add_head(self.make)
        self._sheet.body.addWidget(self.table, 1)
        self.verify = Button("核验这一份", SMALL, "shield-ok")
        self.verify.clicked.connect(self.verify_current)
        self.restore = Button("恢复到这一份", SMALL, "history")
        self.restore.clicked.connect(self.ask_restore)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(7), theme.px(12), theme.px(7))
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.verify)
        foot.addWidget(self.restore)
        foot.addWidget(self.second, 1)
        self._sheet.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet, 1)

    def load(self) -> None:
        """Look into the folder."""
        files = list_backups(self.folder, self._office.ledger.vault.ledger_id)
        row = max(self.table.current_row(), 0)
        self.model.show_files(files)
        self.table.go_to(min(row, len(files) - 1))
        sound = sum(one.state is State.VERIFIED for one in files)
        self._sheet.note.setText(f"{len(files)} 份，已核验 {sound} 份；放在 {self.folder}")
        second = str(self._office.setting(settings.BACKUP_SECOND))
        self.second.setText(
            f"第二备份位置：{second}"
            if second
            else "没有设第二备份位置，请在「设置」里选一个移动盘上的文件夹。"
        )
        self._weigh()

    def current(self) -> BackupFile | None:
        """The backup the keyboard is on."""
        row = self.table.current_row()
        return self.model.files[row] if 0 <= row < len(self.model.files) else None

    def back_up(self) -> None:
        """立即备份."""
        back_up(self._office, self.load)

    def verify_current(self) -> None:
        """Open and count the one the keyboard is on."""
        one = self.current()
        if one is None:
            return
        path = one.path
        self._office.jobs.run(
            "正在核验备份", lambda _: safekeeping.verify_backup(self._office.ledger, path), self._verified
        )

    def _verified(self, verification: Verification) -> None:
        self.load()
        if verification.ok:
            self._office.tell(
                "备份完好", detail=f"逐页核验、逐表清点，{sum(verification.counts.values()):,} 行"
            )

    def ask_restore(self) -> None:
        """恢复到这一份, with what it means; the ledger is closed first, the start window does it."""
        one = self.current()
        if one is None:
            return
        dialog = ConfirmDialog(self, f"恢复到 {one.made_at:%Y-%m-%d %H:%M}", "去恢复")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        since = one.made_at
        dialog.set_consequences(
            [
                ("先关上现在的台账，回到起始页", ""),
                ("现在的台账改名保存在旁边，不会丢", ""),
                (f"{since:%m-%d %H:%M} 以后录的，恢复出来的台账里没有", ""),
            ]
        )
        dialog.confirmed.connect(lambda _reason: self._leave(one.path))
        dialog.open()

    def _leave(self, backup: Path) -> None:
        self._office.go("start", also=f"restore:{backup}")

    def _weigh(self) -> None:
        one = self.current()
        self.verify.set_allowed(one is not None, "还没有备份")
        reason = "" if self._office.user.is_admin else "由管理员恢复"
        self.restore.set_allowed(
            one is not None and one.state is not State.DAMAGED and not reason,
            reason or ("这一份已损坏" if one is not None else "还没有备份"),
        )
