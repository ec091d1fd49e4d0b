"""The window of the desk: rail, top bar, the page, what is said about it, the status line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cadre_desk.actions.backups_due import Safety
from cadre_desk.actions.due import waiting
from cadre_desk.actions.yearly import shown_year
from cadre_desk.db import settings
from cadre_desk.db.desk import Change
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.lunar import lunar_words
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.background import Background
from cadre_desk.ui.backup_keeper import BackupKeeper
from cadre_desk.ui.kit.buttons import Act, drop_menu, menu_of
from cadre_desk.ui.kit.chrome import Rail, StatusLine, TopBar
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.navigation import FIRST, PLACES, Pages, Trail, place_of, title_of
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.quick_find import QuickFind
from cadre_desk.ui.said_bars import SaidBars
from cadre_desk.ui.undo_keeper import UndoKeeper

if TYPE_CHECKING:
    from cadre_desk.ui.help_viewer import HelpViewer
    from cadre_desk.ui.preview_window import PreviewWindow

NOTE: Final = "内部资料·不得录入涉密信息"
_WEEKDAYS: Final = "一二三四五六日"
_YEARS: Final = 5
_LEAST: Final = QSize(1024, 640)


class MainWindow(QWidget):
    """The desk of one office.

    Signals: ``closed()`` after everything was closed, ``locked()`` after that, where somebody shall sign in
    anew, ``left(what)`` where the start window shall do something then ("wipe", "restore:FILE"),
    ``text_size_changed()`` when the window must be made anew.
    """

    closed = Signal()
    locked = Signal()
    left = Signal(str)
    text_size_changed = Signal()

    def __init__(self, office: Office) -> None:
        """Put the frame together; ``begin`` shows the first page."""
        super().__init__()
        self.setObjectName("desk")
        self.office = office
        self.shelf = Shelf(office.desk)
        self.background = Background(office.tell_error, self)
        self.pages = Pages(office, self.shelf, self.background)
        self.trail = Trail()
        found = office.findChild(BackupKeeper)
        self.keeper = found if isinstance(found, BackupKeeper) else BackupKeeper(office)
        self.undo = UndoKeeper(self, office)
        self._manual: HelpViewer | None = None
        self._previews: list[PreviewWindow] = []
        self._closing = self._closed = self._shut = self._locks = self._resizes = False
        self._after = ""
        self._text_size = office.setting(settings.TEXT_SIZE)
        self._lay_out()
        self._connect()
        self._say_standing()
        self._count_waiting()

    def _lay_out(self) -> None:
        self.rail = Rail()
        self.rail.set_places(PLACES)
        self.top = TopBar()
        self.stack = QStackedWidget()
        self.said = SaidBars(self.office, self.stack)
        self.said.undo_asked.connect(self.undo.take_back)
        self.status = StatusLine()
        self.quick = QuickFind(self, self.office, self.shelf, self.top.search)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.said, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setMinimumSize(_LEAST)

    def _connect(self) -> None:
        office = self.office
        office.wanted.connect(self.go)
        office.changed.connect(self._on_change)
        office.jobs.rested.connect(self._change_text_size, Qt.ConnectionType.QueuedConnection)
        self.rail.chosen.connect(lambda key: self.go(FIRST[key]))
        self.top.undo_asked.connect(self.undo.ask)
        self.top.redo_asked.connect(self.undo.redo)
        self.undo.moved.connect(self.top.set_undo)
        self.top.year_chosen.connect(lambda year: office.go("figures", also=year))
        self.top.user_asked.connect(self._open_user_menu)
        self.top.help_asked.connect(self.help)
        self.keeper.moved.connect(self._say_safety)
        places = [place.key for group in PLACES for place in group]
        keys: Mapping[str, Callable[[], object]] = {
            "Ctrl+K": self.quick.begin,
            "Ctrl+Z": self.undo.ask,
            "Ctrl+Y": self.undo.redo,
            "Ctrl+Shift+Z": self.undo.redo,
            "F1": self.help,
            "Ctrl+L": self.lock,
            **{f"Ctrl+{number}": self._to(FIRST[key]) for number, key in enumerate(places, 1)},
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self._new = QShortcut(QKeySequence("Ctrl+N"), self)
        self._new.activated.connect(self._to(Go("edit", "people")))
        self.quick.left.connect(self._to_page)

    def _to(self, go: Go) -> Callable[[], object]:
        return lambda: self.go(go)

    # --- what always stands there -------------------------------------------------------------------------

    def _say_standing(self) -> None:
        """Office, ledger, year, user, day."""
        office, today = self.office, self.office.today()
        county, name = str(office.setting(settings.COUNTY)), str(office.setting(settings.OFFICE))
        self.rail.set_office(county or "老干部台账", name.removeprefix(county))
        demo = "【演示】" if office.ledger.is_demo else ""
        self.setWindowTitle(f"{demo}{name or '老干部台账'}　老干部台账".strip("　"))
        self.status.set_ledger(office.ledger.path.name)
        self.status.set_note(NOTE)
        day = f"{PartialDate.of(today).words()} 星期{_WEEKDAYS[today.weekday()]}"
        self.status.set_day(f"工作日 {day}·{lunar_words(today)}")
        self._say_safety(self.keeper.safety())
        role = codes.table("role").short(office.user.role) if office.user.role else ""
        self.top.set_user(office.user.name, role)
        with office.desk.read() as session:
            year = shown_year(session, today)
        years = [
            (str(one), f"{one}年度（未结）" if one >= year else f"{one}年度")
            for one in range(today.year, year - _YEARS, -1)
        ]
        self.top.set_years(years, str(year))
        self.undo.look()

    def _say_safety(self, safety: Safety) -> None:
        self.status.set_backup(safety.text, safety.state)

    def _on_change(self, change: Change) -> None:
        """Every act may move what waits; settings show in the frame, another text size in another window."""
        self._count_waiting()
        if "setting" not in change.tables:
            return
        self._say_standing()
        if self.office.setting(settings.TEXT_SIZE) != self._text_size:
            self._resizes = True
            QTimer.singleShot(0, self, self._change_text_size)

    def _change_text_size(self) -> None:
        """Ask for another window once nothing runs whose answer is shown in this one."""
        if self._resizes and not self._closed and self.office.jobs.is_idle():
            self._resizes = False
            self._text_size = self.office.setting(settings.TEXT_SIZE)
            self.text_size_changed.emit()

    def _count_waiting(self) -> None:
        """Count beside the window what waits at the places of the rail."""
        desk, today = self.office.desk, self.office.today()

        def count() -> Mapping[str, int]:
            with desk.read() as session:
                return waiting(session, today)

        self.background.ask("rail.waiting", count, self._show_waiting)

    def _show_waiting(self, counted: Mapping[str, int]) -> None:
        for place, count in counted.items():
            self.rail.set_waiting(place, count)

    # --- going --------------------------------------------------------------------------------------------

    def begin(self, go: Go | None = None) -> None:
        """Show the first page, and bring the lists to hand while the clerk reads it."""
        self.go(go or FIRST["today"])

    def page(self) -> Page | None:
        """The page in sight."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go(self, go: Go) -> None:
        """Show a page, unless the one in sight has something to ask first."""
        self.quick.end()
        if go.page == "help":
            self.help(go.also)
        elif go.page == "preview":
            self._preview(go)
        elif go.page == "back":
            self.back()
        elif go.page == "start":
            self._after = go.also
            self.close()
        elif self._may_leave(go):
            self._show(go)

    def _may_leave(self, go: Go) -> bool:
        page = self.page()
        if page is None or page.may_leave():
            return True
        self.rail.set_current(place_of(self.trail.here or go))
        return False

    def _show(self, go: Go) -> None:
        before = self.page()
        self.said.leave()
        try:
            page = self.pages.page(go)
            if self.stack.indexOf(page) < 0:
                self.stack.addWidget(page)
            self.stack.setCurrentWidget(page)
            page.arrive(go)
        except Exception as error:  # noqa: BLE001 - whatever a page stumbles over, the clerk hears of it
            self._stay(before, go, error)
            return
        self.trail.went(go)
        self.rail.set_current(place_of(go))
        # A page with a beginning of its own keeps the key; two shortcuts of one key would silence each other.
        own = [one for one in page.findChildren(QShortcut) if one.key() == self._new.key()]
        self._new.setEnabled(not own)
        held = cast("QWidget | None", self.focusWidget())
        if held is None or not page.isAncestorOf(held):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stay(self, before: Page | None, go: Go, error: Exception) -> None:
        """A page could not be shown: say so, stay where the clerk was, throw away what half stands."""
        half = self.page()
        if before is not None:
            self.stack.setCurrentWidget(before)
        if half is not None and half is not before:
            self.pages.forget(half)
        here = self.trail.here
        self.rail.set_current(place_of(here) if here is not None else "")
        self.office.tell_error(error, f"「{title_of(go)}」这一页打不开。")

    def _to_page(self) -> None:
        """Give the keyboard back to what had it on the page."""
        page = self.page()
        if page is not None:
            held = cast("QWidget | None", page.focusWidget())
            (held or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Back to where the clerk came from."""
        page = self.page()
        if page is not None and not page.may_leave():
            return
        before = self.trail.back()
        if before is not None:
            self._show(before)

    def _preview(self, go: Go) -> None:
        """A paper in its own window."""
        from cadre_desk.ui.preview_window import PreviewWindow

        try:
            window = PreviewWindow(self.office, go)
        except UserError as error:
            self.office.tell_error(error)
            return
        # A window without a parent lives as long as somebody holds it.
        self._previews.append(window)
        window.closed.connect(lambda: self._previews.remove(window))
        window.show()

    def help(self, chapter: str = "") -> None:
        """The manual at the page in sight."""
        from cadre_desk.ui.help_viewer import HelpViewer

        if self._manual is None:
            self._manual = HelpViewer(self)
        page = self.page()
        self._manual.open_at(chapter or (page.HELP if page is not None else Page.HELP))

    # --- who is at the desk -------------------------------------------------------------------------------

    def _open_user_menu(self) -> None:
        acts = [Act("system", "设置与使用人", "settings"), Act("lock", "锁上台账，换人进入　Ctrl+L", "lock")]
        menu = menu_of([*acts, Act("close", "退出", "power")], self._do_for_user, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop_menu(menu, self.top.user)

    def _do_for_user(self, act: str) -> None:
        if act == "system":
            self.go(FIRST["system"])
        elif act == "lock":
            self.lock()
        else:
            self.close()

    def lock(self) -> None:
        """Close the ledger so that somebody can sign in."""
        self._locks = True
        self.close()

    # --- size, keys, closing ------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """1366 by 768: the smallest screen."""
        return QSize(1366, 768)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way in the order of the look, section 4."""
        super().resizeEvent(event)
        level = narrow(self)
        self.rail.set_narrow(narrow=level >= Room.RAIL_ICONS)
        self.top.set_short(short=level >= Room.SHORT_CAPTIONS)
        self.status.set_short(short=level >= Room.SHORT_CAPTIONS)
        self.quick.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Alt+Left lead back, if nothing nearer wanted them."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape or (alt and event.key() == Qt.Key.Key_Left):
            self.back()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Unsaved work is asked about; then a backup is made, and the window closes after it."""
        if self._closed:
            event.accept()
            self.deleteLater()
            return
        event.ignore()
        page = self.page()
        if self._closing or (page is not None and not page.may_leave()):
            self._locks = self._locks and self._closing
            return
        self._closing = True
        self.keeper.close_with_backup(lambda: QTimer.singleShot(0, self, self._finish))

    def _finish(self) -> None:
        """Close the office and the window."""
        if self._closed:
            return
        self._closed = True
        self.shut()
        self.office.close()
        self.close()
        if self._after:
            self.left.emit(self._after)
        else:
            (self.locked if self._locks else self.closed).emit()

    def shut(self) -> None:
        """Stop what looks into the ledger beside the window; the office stays open."""
        if self._shut:
            return
        self._closed = self._shut = True
        for preview in tuple(self._previews):
            preview.close()
        for page in self.pages.made.values():
            page.shut()
        self.shelf.close()
        self.background.close()
