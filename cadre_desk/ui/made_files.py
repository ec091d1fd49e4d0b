"""What can be done with a file that was just made: open it, or open its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from cadre_desk.ui.kit.buttons import LINK, Act

FILE, FOLDER = "file", "folder"
FILE_ACTS: Final = (Act(FILE, "打开文件", kind=LINK), Act(FOLDER, "打开文件夹", kind=LINK))


def open_made(path: Path, key: str) -> None:
    """Open a file with the system's program for it, or the folder it lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if key == FILE else path.parent)))
