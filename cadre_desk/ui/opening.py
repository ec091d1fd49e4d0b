"""Opening a ledger from the start window: each way in as one function, run beside the window.

They answer the open ledger and who is at the desk; what a refusal leaves to do is told by ``ways_out``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths

from cadre_desk.actions import recent, users
from cadre_desk.db import ledger as ledgers
from cadre_desk.db import settings
from cadre_desk.db.cipher import LedgerUnreadable
from cadre_desk.db.ledger import Founder, Ledger
from cadre_desk.db.ledger_lock import LedgerInUse
from cadre_desk.db.migrations import NewerLedger, StrangeLedger
from cadre_desk.db.vault import KeysMissing, KeysStale, check_password
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.kit.parts import Act
from cadre_desk.ui.office import Person

SUFFIX: Final = ".cdesk"
#: Filters of the system's file dialogs.
LEDGERS: Final = "台账 (*.cdesk)"
BACKUPS: Final = "台账备份 (*.cdesk-backup)"
#: Where ledgers and the demo county lie unless the clerk chooses otherwise.
FOLDER: Final = "老干部台账"

#: Who works in a demo that has no users.
NOBODY: Final = "演示"

#: Builds the demo county at a path, telling how far it is: what it does, done, of how many.
DemoMaker = Callable[[Path, Callable[[str, int, int], None]], object]


@dataclass(frozen=True, slots=True)
class Opened:
    """A ledger that is open, and who works at it."""

    ledger: Ledger
    person: Person


def default_folder() -> Path:
    """Where a new ledger lies: the second disk of an office's Windows PC, else among the documents."""
    if sys.platform == "win32" and Path("D:/").is_dir():
        return Path("D:/") / FOLDER
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / FOLDER


def file_name(county: str) -> str:
    """The name of a county's ledger: 青岚县老干部台账.cdesk."""
    plain = "".join(mark for mark in county if mark.isalnum())
    return f"{plain}老干部台账{SUFFIX}"


def found(path: Path, founder: Founder) -> Opened:
    """Make a ledger and its folder; its founder is at the desk.

    Raises:
        UserError: the file exists, or the folder can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"不能在“{path.parent}”建立文件夹（{error.strerror}）。台账没有建立，请换一个地方。"
        ) from error
    return _welcome(ledgers.create(path, founder), founder.user)


def by_password(path: Path, name: str, password: str) -> Opened:
    """Open a ledger as a user.

    Raises:
        UserError: wrong password, another writer, a newer or damaged file, a user switched off.
    """
    return _welcome(ledgers.open_ledger(path, ledgers.by_password(name, password), user=name), name)


def demo(path: Path) -> Opened:
    """Open a demo, which asks nobody's password.

    Raises:
        UserError: it is a real ledger, or can't be opened.
    """
    ledger = ledgers.open_ledger(path, ledgers.openly)
    with ledger.desk.read() as session:
        name = ledgers.first_user(session)
    if name:
        return _welcome(ledger, name)
    ledger.desk.user = NOBODY
    return Opened(ledger, Person(NOBODY, users.ADMIN))


def by_recovery(path: Path, code: str, name: str, password: str) -> Opened:
    """Open a ledger with the recovery code and give a user a new password.

    Raises:
        UserError: the code is another's, the password too weak, or the ledger can't be opened.
    """
    check_password(password)
    ledger = ledgers.open_ledger(path, ledgers.by_recovery(code), user=name)
    try:
        users.password_after_recovery(ledger, name, password)
    except BaseException:
        ledger.close()
        raise
    return _welcome(ledger, name)


def _welcome(ledger: Ledger, name: str) -> Opened:
    with ledger.desk.read() as session:
        user = ledgers.sign_in(session, name)
        office = str(settings.read(session, settings.OFFICE))
    if user is None:
        ledger.close()
        raise UserError(f"使用人“{name}”已经停用，不能登录。请找管理员。台账没有改动。")
    ledger.desk.user = user.name
    recent.remember(ledger.path, office, user.name)
    return Opened(ledger, Person(user.name, user.role))


_OPEN_OTHER: Final = Act("open", "选别的文件", "folder-open")
_RESTORE: Final = Act("restore", "从备份恢复", "history")
_FORGET: Final = Act("forget", "从列表去掉")


def ways_out(error: BaseException) -> tuple[Act, ...]:
    """What can be done about a ledger that did not open: the first is the likeliest."""
    if isinstance(error, KeysMissing):
        return (_RESTORE, _OPEN_OTHER)
    if isinstance(error, KeysStale):
        return (Act("forgot", "用恢复码打开", "key"), _RESTORE)
    if isinstance(error, LedgerInUse):
        return (Act("again", "再试一次", "refresh"),)
    if isinstance(error, NewerLedger | StrangeLedger):
        return (_OPEN_OTHER,)
    if isinstance(error, LedgerUnreadable):
        return (_OPEN_OTHER, _RESTORE, _FORGET)
    return ()
