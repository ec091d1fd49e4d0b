"""Before a list leaves the office as a workbook: how many, what for, and whether numbers stay hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cadre_desk.registers.listing import Listing
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import CheckInput, LineInput

#: Lists that leave lie in this folder beside the ledger.
FOLDER: Final = "导出"
_FORBIDDEN: Final = '\\/:*?"<>|'


def file_for(ledger: Path, title: str) -> Path:
    """A new file beside the ledger; one that is there already is never written over."""
    name = "".join("_" if char in _FORBIDDEN else char for char in title)
    folder = ledger.parent / FOLDER
    path, number = folder / f"{name}.xlsx", 2
    while path.exists():
        path, number = folder / f"{name}（{number}）.xlsx", number + 1
    return path


class ExportDialog(ConfirmDialog):
    """Asks what an export is for; both are written down with its batch number.

    Signals: ``asked(masked, purpose)``.
    """

    asked = Signal(bool, str)

    def __init__(self, parent: QWidget, listing: Listing, count: int) -> None:
        """``count`` records will be in the file."""
        register = listing.register
        super().__init__(parent, f"导出 Excel：{count:,} {register.measure}", "导出")
        self.verb_first = True
        self.verb.setDefault(True)
        sensitive = [column.heading for column in listing.shown if column.field.sensitive]
        self.set_consequences(
            [
                ("记录", f"{count:,} {register.measure}"),
                ("栏目", f"{len(listing.shown)} 栏"),
                ("条件", listing.words()),
            ]
        )
        self.masked = CheckInput(f"遮住{'、'.join(sensitive)}的一部分")
        self.masked.set_value(True)
        self.purpose = LineInput(
            "用途", rule="和批次号一起记在打印与导出记录里，可以不填", prompt="例如 春节慰问造册"
        )
        self.purpose.next_asked.connect(self.verb.click)
        if sensitive:
            self.add(self.masked)
        self.add(self.purpose)
        self._has_secrets = bool(sensitive)
        self.confirmed.connect(self._tell)

    def _tell(self, _reason: str) -> None:
        masked = self._has_secrets and self.masked.value
        self.asked.emit(masked, self.purpose.text().strip())
