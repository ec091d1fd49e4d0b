"""系统: settings, users, backups, care of the ledger; the other registers of the place beside the title."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.backups_part import BackupsPart
from cadre_desk.ui.care_part import CarePart
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.parts import PageHeader, Tab, TabStrip
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.settings_part import SettingsPart
from cadre_desk.ui.siblings import Siblings
from cadre_desk.ui.users_part import UsersPart

SETTINGS, USERS, BACKUPS, CARE = "settings", "users", "backups", "care"
TABS: Final = (Tab(SETTINGS, "设置"), Tab(USERS, "使用人"), Tab(BACKUPS, "备份"), Tab(CARE, "维护"))
#: Registers with a tab of their own here.
_AT_HOME: Final = frozenset({USERS, BACKUPS})


class SystemPage(Page):
    """Four tabs; the registers of the place open as lists."""

    TABLES: ClassVar[frozenset[str]] = frozenset({"setting", "user"})
    HELP: ClassVar[str] = "使用人与设置"

    def __init__(self, office: Office) -> None:
        """Lay out the tabs; ``arrive`` says which is shown."""
        super().__init__(office)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header = PageHeader("系统")
        self.siblings = Siblings(
            [
                (one.key, one.title)
                for one in REGISTERS.values()
                if one.place == "system" and one.key not in _AT_HOME
            ]
        )
        row = self.header.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(self.header.title) + 1, self.siblings, 10)
        self.tabs = TabStrip("页", plate=False, ruled=True)
        self.tabs.set_tabs(TABS, SETTINGS)
        self.settings = SettingsPart(office)
        self.users = UsersPart(office, self)
        self.backups = BackupsPart(office)
        self.care = CarePart(office, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.settings)
        self._stack.addWidget(_scrolled(self.users))
        self._stack.addWidget(self.backups)
        self._stack.addWidget(_scrolled(self.care))
        column = QVBoxLayout(self)
        side = theme.space("page")
        column.setContentsMargins(side, theme.px(10), side, theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._choose)
        self.siblings.chosen.connect(lambda key: office.go("list", register=key))
        self.settings.load()

    def arrive(self, go: Go) -> None:
        """Show the tab that is asked for, or the one that was left."""
        if go.also in {tab.key for tab in TABS} and go.also != self.tabs.current():
            self.tabs.set_current(go.also)
        self._show(self.tabs.current())
        (self.backups.table if self.tabs.current() == BACKUPS else self).setFocus()

    def refresh(self) -> None:
        """Show the tab as the ledger has it now; typed settings stay until they are saved or dropped."""
        self._load(self.tabs.current())

    def may_leave(self) -> bool:
        """Settings that were typed and not saved are asked about."""
        if self.settings.ask_before_leaving():
            return True
        self.tabs.set_current(SETTINGS)
        self._stack.setCurrentIndex(0)
        return False

    def _choose(self, key: str) -> None:
        if key != SETTINGS and not self.may_leave():
            return
        self._show(key)

    def _show(self, key: str) -> None:
        self._stack.setCurrentIndex([tab.key for tab in TABS].index(key))
        self._load(key)

    def _load(self, key: str) -> None:
        if key == SETTINGS and not self.settings.is_dirty():
            self.settings.load()
        elif key == USERS:
            self.users.load()
        elif key == BACKUPS:
            self.backups.load()


def _scrolled(part: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(part)
    return area
