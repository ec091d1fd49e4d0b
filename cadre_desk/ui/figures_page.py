"""统计年报: every figure with its 口径, last year and five years, T3 balancing beneath, names behind all."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from cadre_desk.actions.yearly import shown_year
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.dates import PartialDate, parse_date
from cadre_desk.domain.errors import UserError
from cadre_desk.export.issue import Issued, Way, issue
from cadre_desk.export.papers.catalogue import roster_of
from cadre_desk.export.papers.year_book import write_year_book
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.listing import Listing
from cadre_desk.stats.movement_table import Line
from cadre_desk.ui import figures_parts as parts
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, PRIMARY, TOOL, Act, Button, MenuButton
from cadre_desk.ui.kit.cards import Card, ScrollColumn
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import DateInput
from cadre_desk.ui.kit.marks import Chip
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.notices import ErrorBar, ProgressLine
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.opened_record import open_record
from cadre_desk.ui.page import Page
from cadre_desk.ui.still_rows import StillRows

_EXPORT, _PREVIEW = "export", "t3"
_YEARS_BACK: Final = 5
_ROW, _T3_ROW, _T3_HEAD = 44, 28, 32
_LEAST_ROWS: Final = 4


class FiguresPage(Page):
    """The year's figures and T3, counted beside the window; every number opens its names."""

    TABLES: ClassVar[frozenset[str]] = frozenset()
    HELP: ClassVar[str] = "统计年报"

    def __init__(self, office: Office) -> None:
        """An empty frame; ``arrive`` counts."""
        super().__init__(office)
        self._year = 0
        self._day: date | None = None
        self._counted: parts.CountedYear | None = None
        self._lines: list[Line] = []
        self._asked = 0
        self._shown = 0
        self._lay_out()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        side = theme.space("page")
        column.setContentsMargins(side, side // 2, side, side)
        column.setSpacing(theme.px(8))
        self.error = ErrorBar()
        self.error.closed.connect(self.error.hide)
        column.addWidget(self.error)
        self.header = PageHeader("统计年报")
        self.years = MenuButton("年度", (), self._choose_year, TOOL)
        self.days = MenuButton("截止日", (), self._choose_day, TOOL)
        self.header.add_extra(self.years)
        self.header.add_extra(self.days)
        self.header.set_acts([Act(_PREVIEW, "预览 T3", "eye"), Act(_EXPORT, "导出 Excel", "excel", PRIMARY)])
        self.header.acted.connect(self._act)
        column.addWidget(self.header)
        self.progress = ProgressLine()
        column.addWidget(self.progress)
        scroll = ScrollColumn()
        column.addWidget(scroll, 1)
        scroll.column.addWidget(self._build_figures(), 1)
        scroll.column.addWidget(self._build_table())
        self.drawer = parts.NamesDrawer(self, self.office.desk)
        self.drawer.opened.connect(self._open)
        self.drawer.print_asked.connect(lambda listing: self.office.go("preview", listing=listing))
        self.drawer.export_asked.connect(self._export_names)
        self.drawer.closed.connect(self._make_room)

    def _build_figures(self) -> Card:
        card = Card()
        card.set_margins(1, 1, 1, 1)
        self.figures = StillRows(parts.figure_columns(self.office.today().year))
        self.figure_table = RegisterTable("指标")
        self.figure_table.set_row_height(_ROW)
        self.figure_table.setModel(self.figures)
        self.figure_table.setMinimumHeight(theme.px(_T3_HEAD + _LEAST_ROWS * _ROW + 2))
        self.figure_table.opened.connect(self._open_figure)
        self.figure_table.clicked.connect(lambda index: self._open_figure(index.row()))
        card.body.addWidget(self.figure_table)
        return card

    def _build_table(self) -> Card:
        card = Card("人员增减", "期末 = 期初 + 增 − 减")
        card.set_margins(1, 0, 1, 1)
        self.rows_chip, self.sum_chip = Chip(""), Chip("")
        more = Button("全表", LINK)
        more.clicked.connect(lambda: self._act(_PREVIEW))
        for widget in (self.rows_chip, self.sum_chip, more):
            card.add_head(widget)
        self.movements = StillRows(parts.T3_COLUMNS)
        self.movement_table = RegisterTable("人员增减 T3")
        self.movement_table.set_row_height(_T3_ROW)
        self.movement_table.set_ruled(ruled=True)
        self.movement_table.setModel(self.movements)
        self.movement_table.clicked.connect(lambda index: self._open_cell(index.row(), index.column()))
        self.movement_table.opened.connect(self._open_line)
        card.body.addWidget(self.movement_table)
        return card

    # --- counting -----------------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """Count if that was not done or the ledger changed; ``also`` may name a year or a figure's key."""
        if not self._year:
            with self.office.desk.read() as session:
                self._year = shown_year(session, self.office.today())
        if go.also.isdigit():
            self._year, self._day = int(go.also), None
        if self._counted is None or self._stale or go.also.isdigit():
            self.freshen()
            self.refresh()
        if go.also and not go.also.isdigit():
            self._open_key(go.also)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was out of sight is counted now."""
        super().showEvent(event)
        if self._year:
            self.freshen()

    def as_of(self) -> date:
        """The day the figures speak of: as chosen, else the year's last day, or today in the running year."""
        return self._day or min(date(self._year, 12, 31), self.office.today())

    def refresh(self) -> None:
        """Count the year again beside the window; a later question overtakes an earlier one."""
        if not self._year:
            return
        self._show_head()
        self._asked += 1
        asked, year, as_of, today = self._asked, self._year, self.as_of(), self.office.today()
        desk = self.office.desk

        def work(progress: Progress) -> parts.CountedYear:
            def step(done: int, total: int) -> None:
                progress.step(done, total, "正在数指标")

            return parts.count_year(desk, year, as_of, today, step)

        def then(counted: parts.CountedYear) -> None:
            if asked == self._asked:
                self._shown = asked
                self._show(counted)

        job = self.office.jobs.run(f"正在统计 {year} 年", work, then)
        self.progress.begin(f"正在统计 {year} 年")
        job.moved.connect(self.progress.set_progress)
        job.ended.connect(self.progress.end)
        self.progress.cancelled.connect(job.cancel)

    def is_counting(self) -> bool:
        """Whether the numbers in sight answer an earlier question."""
        return self._shown != self._asked

    def _show_head(self) -> None:
        closed = self._is_closed()
        self.header.set_title(f"{self._year} 年统计年报")
        self.header.set_chip("已结" if closed else "未结", "ok" if closed else "warn")
        self.header.set_context(f"截至 {PartialDate.of(self.as_of()).words()}")
        this = self.office.today().year
        self.years.set_text(f"{self._year} 年")
        self.years.set_acts([Act(str(year), f"{year} 年") for year in range(this, this - _YEARS_BACK, -1)])
        self.days.set_text(f"截至 {self.as_of():%m-%d}")
        self.days.set_acts(_day_acts(self._year, self.office.today()))

    def _is_closed(self) -> bool:
        """Whether the year is closed: only a closed year's own question moves on to the next."""
        with self.office.desk.read() as session:
            return shown_year(session, date(self._year + 1, 1, 1)) != self._year

    def _show(self, counted: parts.CountedYear) -> None:
        row = self.figure_table.current_row()
        self._counted = counted
        self._lines = parts.table_lines(counted.lines)
        self.figures.show_rows(
            [parts.figure_cells(one) for one in counted.figures],
            list(counted.figures),
            parts.figure_columns(counted.period.last.year),
        )
        if row >= 0:
            self.figure_table.go_to(row)
        self.movements.show_rows([parts.line_cells(line) for line in self._lines], self._lines)
        height = theme.px(_T3_HEAD) + len(self._lines) * theme.px(_T3_ROW) + theme.px(2)
        self.movement_table.setFixedHeight(height)
        even = all(line.balance.balanced for line in counted.lines)
        self.rows_chip.set_state(
            f"{len(counted.lines)} 行全部相等" if even else "有不平的行",
            "ok" if even else "bad",
            "ok" if even else "wrong",
        )
        adds = parts.is_sum(counted.lines)
        self.sum_chip.set_state(
            "各类相加等于合计" if adds else "各类相加不等于合计",
            "ok" if adds else "bad",
            "ok" if adds else "wrong",
        )

    # --- year and day -------------------------------------------------------------------------------------

    def _choose_year(self, key: str) -> None:
        self._year, self._day = int(key), None
        self.refresh()

    def _choose_day(self, key: str) -> None:
        if key == "ask":
            self._ask_day()
            return
        self._day = date.fromisoformat(key)
        self.refresh()

    def _ask_day(self) -> None:
        dialog = ConfirmDialog(self, "改截止日", "按这天统计", "按入账日截止到这一天，五年都比到同月同日。")
        day = DateInput("截止日", lambda text: parse_date(text).words(), prompt="例如 6.30")
        dialog.add(day)

        def take(_reason: str) -> None:
            try:
                self._day = _day_in(self._year, str(day.value), self.office.today())
            except UserError as error:
                self.error.show_error(f"截止日没有改：{error}", "页上仍是原来的数。")
                self.error.show()
                return
            self.error.hide()
            self.refresh()

        dialog.confirmed.connect(take)
        dialog.open()

    # --- names --------------------------------------------------------------------------------------------

    def _show_behind(self, behind: parts.Behind) -> None:
        self.drawer.show_behind(behind)
        self._make_room()

    def _make_room(self) -> None:
        """The number and its names are read together: where there is room, the page stands aside."""
        side = theme.space("page")
        aside = self.drawer.width() if self.drawer.isVisible() and narrow(self) < Room.FACET_DRAWER else 0
        self._column.setContentsMargins(side, side // 2, side + aside, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page stands aside as far as the window lets it."""
        super().resizeEvent(event)
        self._make_room()

    def _open_figure(self, row: int) -> None:
        one = self.figures.key(row)
        if one is not None:
            self._show_behind(parts.behind_figure(one))

    def _open_key(self, key: str) -> None:
        """Open the names of a figure by its key, as soon as it is counted."""
        if self._counted is None:
            return
        for row, one in enumerate(self._counted.figures):
            if one.value.figure.key == key:
                self.figure_table.go_to(row)
                self._open_figure(row)

    def _open_line(self, row: int) -> None:
        """Enter on a row of T3: its closing number."""
        self._open_cell(row, len(parts.CELLS))

    def _open_cell(self, row: int, column: int) -> None:
        line = self.movements.key(row)
        if line is None or self._counted is None or not 1 <= column <= len(parts.CELLS):
            return
        key = parts.CELLS[column - 1][0]
        if getattr(line.balance, key):
            people = self.office.listing(register("people"))
            self._show_behind(parts.behind_cell(line, key, self._counted.period, people))

    def _open(self, key: str, record: int) -> None:
        open_record(self.office, register(key), record)

    # --- what leaves --------------------------------------------------------------------------------------

    def _act(self, key: str) -> None:
        if key == _EXPORT:
            self.export()
        else:
            self.office.go("preview", also=f"t3:{self._year}")

    def export(self) -> None:
        """Write the year's workbook beside the ledger, in a job."""
        ledger, year = self.office.ledger, self._year
        path = _export_folder(ledger) / f"{year}年统计年报.xlsx"

        def work(_: Progress) -> str:
            path.parent.mkdir(exist_ok=True)
            return write_year_book(ledger, year, path)

        def then(batch: str) -> None:
            self.office.tell("已导出统计年报", detail=f"T3、指标和名单，批次号 {batch}", file=path)

        self.office.jobs.run("导出统计年报", work, then, self._fail)

    def _export_names(self, listing: Listing, title: str) -> None:
        ledger = self.office.ledger
        path = _export_folder(ledger) / f"{self._year}年{title.replace('/', '、')}.xlsx"

        def work(_: Progress) -> Issued:
            path.parent.mkdir(exist_ok=True)
            return issue(ledger, roster_of(listing, view=title), Way.XLSX, path)

        def then(made: Issued) -> None:
            self.office.tell("已导出名单", detail=f"{made.persons:,} 人，批次号 {made.batch}", file=path)

        self.office.jobs.run("导出名单", work, then, self._fail)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.error.show_error(str(error), "台账没有改动。")
            self.error.show()
        else:
            self.office.tell_error(error)


def _export_folder(ledger: Ledger) -> Path:
    return ledger.path.parent / "导出"


def _day_acts(year: int, today: date) -> list[Act]:
    """The ends of quarters that have been, today in the running year, and any other day."""
    ends = [date(year, month, calendar.monthrange(year, month)[1]) for month in (12, 9, 6, 3)]
    days = [day for day in ends if day <= today]
    if today.year == year and today not in days:
        days.insert(0, today)
    return [
        *(Act(day.isoformat(), f"截至 {PartialDate.of(day).words()}") for day in days),
        Act("ask", "其他日期……"),
    ]


def _day_in(year: int, text: str, today: date) -> date:
    """A day of the year that has been.

    Raises:
        UserError: it is no whole day, of another year, or still to come.
    """
    found = parse_date(text)
    day = found.last
    if day.year != year:
        msg = f"要填 {year} 年里的一天。"
        raise UserError(msg)
    if day > today:
        raise UserError("这一天还没有到。")
    return day
