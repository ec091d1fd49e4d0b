"""The window before the desk: set up a ledger, sign in, recover, restore, or look at the demo county."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.actions import recent
from cadre_desk.actions.demo_ledger import wipe_demo
from cadre_desk.db.backup import list_backups
from cadre_desk.db.clock import Clock
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.places import backups_beside, data_folder
from cadre_desk.db.restore import Restored, restore_backup
from cadre_desk.ui import opening
from cadre_desk.ui.jobs import Jobs, Progress, is_expected, log_fault
from cadre_desk.ui.kit.parts import Act, ProgressLine
from cadre_desk.ui.login_page import LoginPage, SigningIn
from cadre_desk.ui.opening import DemoMaker, Opened
from cadre_desk.ui.recovery_page import Recovering, RecoveryPage
from cadre_desk.ui.restore_page import RestorePage, Restoring
from cadre_desk.ui.start_pages import FirstRunPage, Founding
from cadre_desk.ui.start_side import StartSide

T = TypeVar("T")
#: What a desk may be closed for (the ``also`` of going to "start").
WIPE: Final = "wipe"
RESTORE: Final = "restore:"
#: The demo county's folder among the user's data.
DEMO_FOLDER: Final = "示范县"
#: What a window system puts around a window, above and below.
_FRAME: Final = 32
_FAULT: Final = "程序出了差错，这一步没有做成；台账没有改动。请重试，还是不行就把日志交给维护人员。"
_OPEN = Act("open", "打开台账文件")
_NEW = Act("new", "建立新台账")
_RESTORE = Act("restore", "从备份恢复")
_SIGN_IN = Act("login", "去登录")


def demo_path() -> Path:
    """Where the demo county lies that the start window makes."""
    return data_folder() / DEMO_FOLDER / "demo.cdesk"


def _build(make: DemoMaker, path: Path, progress: Progress) -> Opened:
    """Build the demo aside and give it its name when it is whole, so that half a county is never opened."""
    aside = path.parent.with_name(f"{DEMO_FOLDER}-未完成")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    made = make(aside / path.name, lambda text, done, total: progress.step(done, total, text))
    if isinstance(made, Ledger):
        made.close()
    shutil.rmtree(path.parent, ignore_errors=True)
    aside.rename(path.parent)
    return opening.demo(path)


class StartWindow(QWidget):
    """Signals: ``opened(Ledger, Person)``: the desk may begin; the caller closes this window."""

    opened = Signal(object, object)

    def __init__(self, make_demo: DemoMaker | None = None, *, ledger: Path | None = None) -> None:
        """``make_demo`` builds the demo county; ``ledger`` is asked for at once, else the last one opened."""
        super().__init__()
        self.setWindowTitle("老干部台账")
        self._make_demo = make_demo
        self._restoring: Restoring | None = None
        self._works = False
        self.jobs = Jobs(self._tell_fault, self)
        self.side = StartSide()
        self.side.acted.connect(self._act)
        self.first = FirstRunPage()
        self.login = LoginPage()
        self.recovery = RecoveryPage()
        self.restore = RestorePage()
        self.progress = ProgressLine()
        self.progress.setObjectName("start-progress")
        self._lay_out()
        self._connect()
        # Qt itself would make it two thirds of the screen.
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() - QSize(0, _FRAME)))
        self.begin(ledger)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for page in (self.first, self.login, self.recovery, self.restore):
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(page)
            self.pages.addWidget(scroll)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        right.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.first.asked.connect(self._found)
        self.first.acted.connect(self._act)
        self.login.asked.connect(self._sign_in)
        self.login.demo_asked.connect(self._open_demo)
        self.login.chosen.connect(self.show_login)
        self.login.acted.connect(self._act)
        self.recovery.asked.connect(self._recover)
        self.recovery.acted.connect(self._act)
        self.restore.asked.connect(self._restore)
        self.restore.acted.connect(self._act)

    def sizeHint(self) -> QSize:
        """The smallest screen the desk is made for."""
        return QSize(1366, 768)

    # --- which page ---------------------------------------------------------------------------------------

    def begin(self, ledger: Path | None = None) -> None:
        """Show the page that fits: the ledger asked for, the last one opened, or the set-up."""
        known = recent.recent_ledgers()
        if ledger is not None:
            self.show_login(ledger)
        elif known:
            self.show_login(known[0].path)
        else:
            self.show_first()

    def show_first(self) -> None:
        """Set up a ledger."""
        has_ledgers = bool(recent.recent_ledgers())
        self.side.line.setText("第一次打开，用三分钟把它立起来。" if not has_ledgers else "再建一本台账。")
        links = [_OPEN, _RESTORE] if not has_ledgers else [_SIGN_IN, _OPEN, _RESTORE]
        self._turn(self.first, "已有台账？", links)
        self.first.begin()

    def show_login(self, path: Path) -> None:
        """Sign in to a ledger."""
        ledgers = recent.recent_ledgers()
        known = next((one for one in ledgers if one.path == path.resolve()), None)
        self.side.line.setText("内部资料，请用自己的口令登录。")
        self._turn(self.login, "", [_NEW, _OPEN, _RESTORE])
        self.login.show_ledger(path, known)
        self.login.show_others(ledgers)
        self.login.begin()

    def show_recovery(self, path: Path, code: str = "") -> None:
        """Open a ledger with the recovery code and set a new password."""
        self._turn(self.recovery, "", [_RESTORE])
        self.recovery.show_ledger(path, code)
        self.recovery.begin()

    def show_restore(self, target: Path | None = None, backup: Path | None = None) -> None:
        """Restore from a backup, for a ledger of this computer if one is meant."""
        self.side.line.setText("电脑坏了、换了电脑，一份备份就够。")
        self._turn(self.restore, "", [_OPEN])
        self.restore.begin(target, list_backups(backups_beside(target)) if target else ())
        if backup is not None:
            self.restore.choose(backup)

    def follow(self, ledger: Path, also: str) -> None:
        """Do what the desk was closed for: "wipe" its demo, "restore:FILE" a backup; else sign in again."""
        if also == WIPE:
            self.wipe(ledger)
        elif also.startswith(RESTORE):
            self.show_restore(ledger, Path(also.removeprefix(RESTORE)))
        else:
            self.begin(ledger)

    def wipe(self, demo: Path) -> None:
        """Clear a demo county away, then begin again."""
        self._run("清除示范县", lambda _: wipe_demo(demo), lambda _: self.begin(), self._refuse_page)

    def _offer_demo(self) -> None:
        """Offer the demo county, and its end once there is one."""
        acts = [Act("demo", "打开示范县")]
        if demo_path().exists():
            acts.insert(0, Act("wipe", "清除"))
        for page in (self.first, self.login):
            page.demo.set_act(*acts)
            page.demo.setVisible(self._make_demo is not None)

    def _turn(self, page: QWidget, lead: str, links: list[Act]) -> None:
        for place in range(self.pages.count()):
            scroll = self.pages.widget(place)
            if isinstance(scroll, QScrollArea) and scroll.widget() is page:
                self.pages.setCurrentIndex(place)
        self.side.set_links(lead, links)
        self._offer_demo()

    @property
    def page(self) -> QWidget:
        """The page in sight."""
        scroll = self.pages.currentWidget()
        return scroll.widget() if isinstance(scroll, QScrollArea) else self.first

    def _act(self, key: str) -> None:
        target = self.login.path if self.page is not self.first and self.login.path.name else None
        acts: dict[str, Callable[[], None]] = {
            "quit": self._quit,
            "new": self.show_first,
            "open": self.ask_ledger,
            "login": self.begin,
            "back": lambda: self.begin(target),
            "demo": self._show_demo,
            "wipe": lambda: self.wipe(demo_path()),
            "forgot": lambda: self.show_recovery(self.login.path),
            "forget": self._forget,
            "again": lambda: self.show_login(self.login.path),
            "restore": lambda: self.show_restore(target),
            "enter": self._enter_restored,
        }
        acts[key]()

    def _quit(self) -> None:
        self.close()

    def ask_ledger(self) -> None:
        """Let the clerk look for a ledger's file."""
        dialog = QFileDialog(self, "打开台账文件", str(opening.default_folder()), opening.LEDGERS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.show_login(Path(name)))
        dialog.open()

    def _forget(self) -> None:
        recent.forget(self.login.path)
        self.begin()

    # --- the ways in --------------------------------------------------------------------------------------

    def _found(self, founding: Founding) -> None:
        self._open(
            "正在建立台账", lambda _: opening.found(founding.path, founding.founder), self._refuse_first
        )

    def _sign_in(self, who: SigningIn) -> None:
        self.login.set_busy(busy=True)
        self._open(
            "正在打开台账",
            lambda _: opening.by_password(who.path, who.name, who.password),
            self._refuse_login,
        )

    def _recover(self, asked: Recovering) -> None:
        self.recovery.set_busy(busy=True)
        self._open(
            "正在打开台账",
            lambda _: opening.by_recovery(asked.path, asked.code, asked.name, asked.password),
            self._refuse_recovery,
        )

    def _open_demo(self, path: Path) -> None:
        self._open("正在打开示范县", lambda _: opening.demo(path), self._refuse_login)

    def _show_demo(self) -> None:
        """Open the demo county, which is built the first time."""
        path, make = demo_path(), self._make_demo
        if path.exists() or make is None:
            self._open("正在打开示范县", lambda _: opening.demo(path), self._refuse_page)
            return
        self._open("正在造示范县", lambda progress: _build(make, path, progress), self._refuse_page)

    def _restore(self, asked: Restoring) -> None:
        self._restoring = asked
        self.restore.set_busy(busy=True)
        self._run(
            "正在核验并恢复",
            lambda _: restore_backup(asked.backup, asked.target, asked.unlock, Clock().now()),
            self._restored,
            self._refuse_restore,
        )

    def _restored(self, restored: Restored) -> None:
        self.restore.set_busy(busy=False)
        self.restore.show_result(restored)

    def _enter_restored(self) -> None:
        asked = self._restoring
        if asked is None:
            return
        if asked.code:
            self.show_recovery(asked.target, asked.code)
        elif asked.name:
            self._sign_in(SigningIn(asked.target, asked.name, asked.password))
            self.login.path = asked.target
        else:
            self._open_demo(asked.target)

    # --- long work ----------------------------------------------------------------------------------------

    def _open(
        self, title: str, work: Callable[[Progress], Opened], failed: Callable[[BaseException], None]
    ) -> None:
        self._run(title, work, self._hand_over, failed)

    def _hand_over(self, found: Opened) -> None:
        self._set_busy(busy=False)
        self.opened.emit(found.ledger, found.person)

    def _run(
        self,
        title: str,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        if self._works:
            return
        self._works = True
        job = self.jobs.run(title, work, then, failed)
        job.ended.connect(self._rest)
        self.progress.begin(title, cancellable=False)
        job.moved.connect(self.progress.set_progress)
        job.ended.connect(self.progress.end)

    def _rest(self) -> None:
        """The work is over; something else may be asked."""
        self._works = False

    def _set_busy(self, *, busy: bool) -> None:
        self.login.set_busy(busy=busy)
        self.recovery.set_busy(busy=busy)

    def _said(self, error: BaseException) -> BaseException:
        """An expected refusal as it is; a fault is logged and told without its trace."""
        if is_expected(error):
            return error
        log_fault(error)
        return RuntimeError(_FAULT)

    def _refuse_first(self, error: BaseException) -> None:
        self.first.refuse(str(self._said(error)))

    def _refuse_login(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        if self.page is self.restore:
            self.restore.refuse(self._said(error))
        else:
            self.login.refuse(self._said(error))

    def _refuse_recovery(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        self.recovery.refuse(self._said(error))

    def _refuse_restore(self, error: BaseException) -> None:
        self.restore.set_busy(busy=False)
        self.restore.refuse(self._said(error))

    def _refuse_page(self, error: BaseException) -> None:
        said = str(self._said(error))
        if self.page is self.first:
            self.first.refuse(said)
        else:
            self.login.say(said)

    def _tell_fault(self, error: BaseException) -> None:
        self._refuse_page(error)

    # --- the window ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The left half gives way first."""
        super().resizeEvent(event)
        self.side.fit(self.width(), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the pages that were reached from another."""
        if event.key() == Qt.Key.Key_Escape and self.page in {self.recovery, self.restore}:
            self._act("back")
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what is running."""
        self.jobs.close()
        super().closeEvent(event)
