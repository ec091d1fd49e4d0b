"""The office behind the windows: the open ledger, its user, jobs, news of changes, and where to go.

It is made once and passed to every page; there is no global.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from cadre_desk.db import settings
from cadre_desk.db.desk import Desk
from cadre_desk.db.ledger import Ledger
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from cadre_desk.ui.jobs import Jobs, is_expected, log_fault


@dataclass(frozen=True, slots=True)
class Go:
    """Where to go: a page by its key, with what it is to show there."""

    page: str
    register: str = ""
    record: int = 0
    listing: Listing | None = None
    among: tuple[int, ...] = ()
    also: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Something to tell the clerk: a result with its file, or an error with what is safe and what to do.

    ``undo_act`` can be taken back; ``redoes`` says that it was an undoing, which is then done again.
    """

    text: str
    detail: str = ""
    file: Path | None = None
    undo_act: int = 0
    is_error: bool = False
    redoes: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in."""

    name: str
    role: str
    rights: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_admin(self) -> bool:
        """Whether users, settings and restores are open to this user."""
        return self.role == "1"


class Office(QObject):
    """Signals: ``changed(Change)`` in the window's thread, ``said(Said)``, ``wanted(Go)``."""

    changed = Signal(object)
    said = Signal(object)
    wanted = Signal(object)
    _heard = Signal(object)

    def __init__(self, ledger: Ledger, user: Person) -> None:
        """Open the office on a ledger."""
        super().__init__()
        self.ledger = ledger
        self.user = user
        self.jobs = Jobs(self.tell_error, self)
        self._heard.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._deaf = self.desk.subscribe(self._heard.emit)

    @property
    def desk(self) -> Desk:
        """The open ledger's desk."""
        return self.ledger.desk

    def today(self) -> date:
        """The working day."""
        return self.desk.clock.today()

    def listing(self, register: Register) -> Listing:
        """Everything in a register, as of the working day."""
        return Listing(register, self.today())

    def setting(self, declared: settings.Declared) -> object:
        """The office's setting that holds."""
        with self.desk.read() as session:
            return settings.read(session, declared)

    def go(self, page: str, **where: object) -> None:
        """Ask the window for a page (fields of ``Go``)."""
        self.wanted.emit(Go(page, **where))  # type: ignore[arg-type]

    def tell(
        self,
        text: str,
        *,
        detail: str = "",
        file: Path | None = None,
        undo_act: int = 0,
        redoes: bool = False,
    ) -> None:
        """Say what was done, quietly, with the file it made or the act that can be undone (or done again)."""
        self.said.emit(Said(text, detail, file, undo_act, redoes=redoes))

    def tell_error(self, error: BaseException, fault: str = "程序出了差错，这一步没有做成。") -> None:
        """Say what went wrong; what nobody expected is logged, and told as ``fault`` without its trace."""
        if is_expected(error):
            self.said.emit(Said(_words(error), "台账没有改动。", is_error=True))
            return
        log_fault(error)
        self.said.emit(
            Said(
                fault,
                "台账没有改动。请重试；还是不行，请在「系统」里导出日志交给维护人员。",
                is_error=True,
            )
        )

    def close(self) -> None:
        """Stop hearing, finish the running job, close the ledger."""
        self._deaf()
        self.jobs.close()
        self.ledger.close()


def _words(error: BaseException) -> str:
    if isinstance(error, OSError):
        name = Path(str(error.filename)).name if error.filename else "文件"
        return (
            f"「{name}」写不进去（{error.strerror or error}）。如果正在 Excel 或 WPS 里打开，请先关掉再试。"
        )
    return str(error)
