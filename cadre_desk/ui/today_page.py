"""工作台: what is due today and where it is done; the figures the leader asks for; what is done often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.actions import backups_due, due, recent, yearly
from cadre_desk.actions.due import Due, Group
from cadre_desk.actions.recent import Doing
from cadre_desk.actions.yearly import FiveYears
from cadre_desk.db.desk import Change
from cadre_desk.registers.catalogue import register
from cadre_desk.ui.background import Background
from cadre_desk.ui.backup_keeper import back_up
from cadre_desk.ui.due_card import DueCard, things
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY
from cadre_desk.ui.kit.narrow import ems
from cadre_desk.ui.kit.parts import Act, Beginning, EmptyState, PageHeader
from cadre_desk.ui.office import Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.paper_scroll import PaperScroll
from cadre_desk.ui.today_parts import WEEKDAYS, CommonAct, CommonActs, FestivalCard, FiguresCard, LatelyList
from cadre_desk.ui.undo_keeper import keeper_for

#: What is done often, with the key that does it from here.
COMMON: Final = (
    CommonAct("new", "新增老干部", "user-plus", "Ctrl+N"),
    CommonAct("round", "新建走访批次", "gift", "F5"),
    CommonAct("import", "导入 Excel", "import", "Ctrl+I"),
    CommonAct("people", "老干部名单", "people", "F6"),
    CommonAct("figures", "统计年报", "stats", "F7"),
    CommonAct("backup", "立即备份", "save", "F8"),
)
#: Below this width, in ems, the right side moves under the left.
_BESIDE: Final = 88
_RIGHT: Final = 496
_ANY_WIDTH: Final = 16777215
"""Qt's own word for no greatest width."""
_LATELY: Final = 3


@dataclass(frozen=True, slots=True)
class Morning:
    """What the page shows but the figures."""

    groups: tuple[Group, ...]
    doings: tuple[Doing, ...]
    people: int


class TodayPage(Page):
    """The workbench; the frame stands at once, its blocks are filled as they are counted."""

    TABLES: ClassVar[frozenset[str]] = frozenset()
    HELP: ClassVar[str] = "开始#工作台"

    def __init__(self, office: Office) -> None:
        """Lay the blocks out."""
        super().__init__(office)
        self._looks = Background(office.tell_error, self)
        self._counted = False
        self.header = PageHeader()
        self.due = DueCard()
        self.festival = FestivalCard()
        self.figures = FiguresCard()
        self.common = CommonActs(COMMON)
        self.lately = LatelyList()
        self._lay_out()
        self._set_width(beside=True)
        self._connect()

    def _lay_out(self) -> None:
        right = QWidget()
        self._column = QVBoxLayout(right)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space("gap"))
        for block in (self.festival, self.figures, self.common, self.lately):
            self._column.addWidget(block)
        self._column.addStretch(1)
        self._area = PaperScroll()
        self._area.hold(right)
        both = QWidget()
        self._row = QHBoxLayout(both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space("gap"))
        self._row.addWidget(self.due, 1)
        self._row.addWidget(self._area)
        self._empty = _begin()
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        side = theme.space("page")
        page = QVBoxLayout(self)
        page.setContentsMargins(side, theme.px(10), side, theme.px(12))
        page.setSpacing(theme.px(4))
        page.addWidget(self.header)
        page.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.due.acted.connect(self._do)
        self.due.all_asked.connect(self._show_all)
        self.figures.opened.connect(self._open_figure)
        self.figures.all_asked.connect(lambda: self.office.go("figures"))
        self.common.acted.connect(self._act)
        self._empty.acted.connect(self._act)
        self.lately.undo_asked.connect(self._undo)
        self.lately.all_asked.connect(lambda: self.office.go("list", register="acts"))
        for act in COMMON:
            # Heard wherever the keyboard is in the window, and only while this page is the one in sight.
            short = QShortcut(QKeySequence(act.keys), self)
            short.activated.connect(lambda key=act.key: self._act(key))

    def refresh(self) -> None:
        """Show the day at once, then ask for what is due, then for the figures if anything changed."""
        today = self.office.today()
        self.header.set_title(f"{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}")
        self.festival.show_festivals(today, due.festivals_ahead(today))
        self._looks.ask("morning", self._look, self._show)
        if not self._counted:
            self._looks.ask("figures", self._count, self._show_figures)

    def settled(self) -> bool:
        """Whether nothing is being counted any more."""
        return self._looks.is_idle()

    def shut(self) -> None:
        """Wait for what is being counted; the ledger is about to close."""
        self._looks.close()

    def _look(self) -> Morning:
        today = self.office.today()
        with self.office.desk.read() as session:
            groups = list(due.everything_due(session, today))
            safety = backups_due.backups(session, today, demo=self.office.ledger.is_demo)
            if safety.dues:
                groups.append(safety)
            people = self.office.listing(register("people")).count(session)
            return Morning(tuple(groups), recent.lately(session, _LATELY), people)

    def _show(self, morning: Morning) -> None:
        self._stack.setCurrentIndex(0 if morning.people else 1)
        self.due.show_groups(morning.groups)
        self.lately.show_doings(morning.doings, self.office.desk.clock.now())
        count = things(morning.groups)
        rounds = next((group for group in morning.groups if group.key == "rounds"), None)
        waiting = f"{rounds.title.removesuffix('未完成')}还有 {rounds.count:,} 人" if rounds else ""
        told = f"待办 {count:,} 件" if count else "今天没有到期的事"
        # An empty ledger shows how to begin, and nothing that could be counted.
        self.header.set_context("" if not morning.people else f"{told}；{waiting}" if waiting else told)
        self.festival.show_waiting(_visited(rounds))

    def _count(self) -> tuple[FiveYears, ...]:
        with self.office.desk.read() as session:
            return yearly.headlines(session, self.office.today())

    def _show_figures(self, told: tuple[FiveYears, ...]) -> None:
        self._counted = True
        self.figures.show_figures(told)

    def _on_change(self, change: Change) -> None:
        self._counted = False
        super()._on_change(change)

    def _do(self, one: Due) -> None:
        """Go where a line is done, or do it."""
        if one.place == "backup":
            self._back_up()
        elif one.place:
            self.office.go("system", also=one.place)
        elif one.register == "rounds":
            self.office.go("round", register="rounds", record=one.record)
        elif one.register:
            self.office.go("card", register=one.register, record=one.record)
        elif one.listing is not None:
            self.office.go("list", register=one.listing.register.key, listing=one.listing)

    def _show_all(self, group: Group) -> None:
        if group.listing is not None:
            self.office.go("list", register=group.listing.register.key, listing=group.listing)

    def _open_figure(self, told: FiveYears) -> None:
        listing = told.figure.rows(told.period)
        self.office.go("list", register=listing.register.key, listing=listing)

    def _act(self, key: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "new": lambda: self.office.go("edit", register="people"),
            "round": lambda: self.office.go("round", register="people"),
            "import": lambda: self.office.go("import", register="people"),
            "people": lambda: self.office.go("list", register="people"),
            "figures": lambda: self.office.go("figures"),
            "backup": self._back_up,
            "help": lambda: self.office.go("help", also=self.HELP),
        }
        acts[key]()

    def _undo(self, act: int) -> None:
        """Take an act back from where it is told; the keeper asks where a paper is out."""
        keeper_for(self, self.office).take_back(act)

    def _back_up(self) -> None:
        back_up(self.office, self.refresh)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what is due moves over the right side, and all of it scrolls together."""
        super().resizeEvent(event)
        beside = ems(self) >= _BESIDE
        if beside == (self._row.indexOf(self.due) >= 0):
            return
        if beside:
            self._row.insertWidget(0, self.due, 1)
        else:
            self._column.insertWidget(0, self.due)
        self._set_width(beside=beside)
        self.due.set_free(free=not beside)

    def _set_width(self, *, beside: bool) -> None:
        """The right side keeps its width beside what is due, else it takes all there is."""
        self._area.setMinimumWidth(theme.px(_RIGHT) if beside else 0)
        self._area.setMaximumWidth(theme.px(_RIGHT) if beside else _ANY_WIDTH)


def _visited(rounds: Group | None) -> str:
    if rounds is None or len(rounds.dues) != 1:
        return ""
    return f"慰问名册 {rounds.dues[0].what}"


def _begin() -> EmptyState:
    """A ledger without people: how to begin."""
    return EmptyState(
        "today",
        "台账建好了，先把老干部名单放进来",
        "有了名单，生日、换届、慰问和年报的数都从这里出。",
        (
            Beginning(
                "导入手头的 Excel 名册",
                "列名认得出来，问题先列给你看，确认后才写入",
                Act("import", "导入 Excel", "import", PRIMARY),
            ),
            Beginning("先录入一位", "一次录一位，随时可以改", Act("new", "新增老干部", "user-plus")),
            Beginning("看怎么做", "手册就在本机，不用联网", Act("help", "打开手册 F1", "study")),
        ),
    )
