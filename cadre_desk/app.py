"""Puts the desk together: theme, the start window, the window of an office; it knows every part."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cadre_desk.db import settings
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.vault import Vault
from cadre_desk.domain.errors import UserError
from cadre_desk.ui import opening
from cadre_desk.ui.kit import theme
from cadre_desk.ui.office import Office, Person
from cadre_desk.ui.settings_part import TEXT_SIZES
from cadre_desk.ui.window import MainWindow

if TYPE_CHECKING:
    from cadre_desk.ui.start_window import StartWindow

#: On a screen of this width or less the window takes all of it.
SMALL_SCREEN: Final = 1440


def open_desk(words: Sequence[str]) -> int:
    """Open the start window, or the ledger named; answers the exit code when the last window is closed."""
    if not has_screen(os.environ):
        sys.stderr.write("这里没有图形桌面，窗口打不开。命令行的写法见 cadre-desk --help。\n")
        return 2
    let_fcitx_in(os.environ)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("cadre-desk")
    app.setApplicationDisplayName("老干部台账")
    app.setQuitOnLastWindowClosed(False)
    theme.apply_theme(app)
    desk = DeskApp(app)
    desk.start(Path(words[0]) if words else None)
    return app.exec()


class DeskApp:
    """Holds the windows: the start window until a ledger is open, then the office's."""

    def __init__(self, app: QApplication) -> None:
        """Nothing is shown yet."""
        self._app = app
        self._begun: StartWindow | None = None
        self._desk: MainWindow | None = None

        app.lastWindowClosed.connect(lambda: QTimer.singleShot(0, self._end_if_empty))

    def start(self, ledger: Path | None = None) -> None:
        """Open a demo at once; else show the start window, at the ledger if one is named."""
        if ledger is not None and self._opened_openly(ledger):
            return
        self._start_window(ledger)

    def _start_window(self, ledger: Path | None) -> StartWindow:
        from cadre_desk.ui.start_window import StartWindow  # a demo that opens at once does without it

        begun = self._begun = StartWindow(_make_demo, ledger=ledger)
        begun.opened.connect(self._open)
        begun.show()
        return begun

    def _opened_openly(self, ledger: Path) -> bool:
        try:
            if not Vault.find(ledger).is_open:
                return False
            opened = opening.demo(ledger)
        except UserError:
            return False
        self._open(opened.ledger, opened.person)
        return True

    def _end_if_empty(self) -> None:
        """The program ends with its last window, unless another was opened in its place."""
        if not any(window.isVisible() for window in self._app.topLevelWidgets()):
            self._app.quit()

    def _open(self, ledger: Ledger, person: Person) -> None:
        office = Office(ledger, person)
        self._show(office)
        if self._begun is not None:
            self._begun.close()
            self._begun = None

    def _show(self, office: Office) -> None:
        theme.apply_theme(self._app, TEXT_SIZES.get(str(office.setting(settings.TEXT_SIZE)), 1.0))
        window = self._desk = MainWindow(office)
        window.locked.connect(lambda: self._again(office.ledger.path))
        window.left.connect(lambda what: self._follow(office.ledger.path, what))
        window.text_size_changed.connect(lambda: self._renew(office))
        if self._app.primaryScreen().availableSize().width() <= SMALL_SCREEN:
            window.showMaximized()
        else:
            window.show()
        window.begin()

    def _again(self, ledger: Path) -> None:
        self._desk = None
        self.start(ledger)

    def _follow(self, ledger: Path, what: str) -> None:
        """Do with a closed ledger what the desk was left for: wipe a demo, restore a backup."""
        self._desk = None
        self._start_window(None).follow(ledger, what)

    def _renew(self, office: Office) -> None:
        """The same office in a window of the new text size."""
        before = self._desk
        if before is not None:
            before.shut()
        self._show(office)
        if before is not None:
            before.close()


def _make_demo(path: Path, progress: Callable[[str, int, int], None]) -> Ledger:
    from cadre_desk.demo import making

    return making.make(path, progress=progress)


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether a window can be hoped for: on Linux Qt ends the program where no screen is named."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environment.get(name) for name in named)


def let_fcitx_in(environment: os._Environ[str]) -> None:
    """On Linux, fcitx5 reaches Qt 6 only as ibus through the portal (PySide6 ships no fcitx plugin)."""
    if not sys.platform.startswith("linux"):
        return
    told = f"{environment.get('QT_IM_MODULE', '')} {environment.get('XMODIFIERS', '')}"
    if "fcitx" in told:
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"
