"""Backups without being asked: those made in passing are verified, and a closing desk is backed up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from cadre_desk.actions import safekeeping
from cadre_desk.actions.backups_due import Safety, safety
from cadre_desk.actions.safekeeping import Kept
from cadre_desk.db.container import Reason
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.jobs import Job
from cadre_desk.ui.office import Office

#: How long the desk rests after a change before backups made in passing are verified, in ms.
_REST: Final = 4000


def back_up(office: Office, then: Callable[[], None] = lambda: None) -> Job:
    """立即备份: copy, verify, put on the second medium; the result is said quietly."""

    def done(kept: Kept) -> None:
        tell(office, kept)
        then()

    return office.jobs.run(
        "正在备份",
        lambda progress: safekeeping.back_up(office.ledger, Reason.MANUAL, progress.step),
        done,
    )


def tell(office: Office, kept: Kept) -> None:
    """Say how a backup went: verified, with its second copy, or what is wrong with it."""
    if not kept.verification.ok:
        found = "；".join(kept.verification.findings[:2])
        office.tell_error(UserError(f"备份没有通过核验（{found}），请换一个文件夹再备份一次。"))
        return
    second = "，移动盘上也存了一份" if kept.second else ""
    office.tell(f"已备份并核验{second}", detail=kept.trouble, file=kept.made.path)


class BackupKeeper(QObject):
    """One for an office. Signals: ``moved(Safety)`` whenever the state of the backups may have changed."""

    moved = Signal(object)

    def __init__(self, office: Office) -> None:
        """Begin to listen; the first look follows after a rest."""
        super().__init__(office)
        self._office = office
        self._closing = False
        self._clock = QTimer(self, interval=_REST, singleShot=True)
        self._clock.timeout.connect(self.verify)
        office.changed.connect(lambda _change: self._rest())
        office.said.connect(lambda _said: self._rest())
        self._rest()

    def safety(self) -> Safety:
        """The state of the backups, for the status line."""
        with self._office.desk.read() as session:
            return safety(session, self._office.desk.clock.now(), demo=self._office.ledger.is_demo)

    def verify(self) -> None:
        """Verify what was made in passing, in the background; a failure is told.

        A desk that has closed since the last change is let be: the next one verifies what waits.
        """
        if self._closing or not self._office.jobs.is_open():
            return
        with self._office.desk.read() as session:
            waiting = safekeeping.has_pending(session)
        if not waiting:
            self.moved.emit(self.safety())
            return
        self._office.jobs.run(
            "正在核验备份",
            lambda _: safekeeping.verify_pending(self._office.ledger),
            lambda _: self._verified(),
        )

    def close_with_backup(self, then: Callable[[], None]) -> Job | None:
        """Back the ledger up if anything changed since the last backup, then call ``then``.

        A demo is not backed up. If no backup can be made that is told, and ``then`` follows all the same: the
        ledger is whole. Answers the job, whose progress the window shows.
        """
        self._closing = True
        self._clock.stop()
        with self._office.desk.read() as session:
            wanted = safekeeping.changed_since_backup(session)
        if self._office.ledger.is_demo or not wanted:
            then()
            return None

        def failed(error: BaseException) -> None:
            self._office.tell_error(error)
            then()

        return self._office.jobs.run(
            "正在做关闭时的备份",
            lambda progress: safekeeping.back_up(self._office.ledger, Reason.CLOSE, progress.step),
            lambda _kept: then(),
            failed,
        )

    def _rest(self) -> None:
        if not self._closing:
            self._clock.start()

    def _verified(self) -> None:
        self.moved.emit(self.safety())
