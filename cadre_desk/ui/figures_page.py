"""统计年报: every figure with its 口径 and five years, the tables T1–T3, names behind every number."""

from __future__ import annotations

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
from cadre_desk.export.papers.year_book import figure_names, write_year_book
from cadre_desk.registers.catalogue import register
from cadre_desk.stats.catalogue import GROUPS
from cadre_desk.stats.yearbook import TITLES
from cadre_desk.ui import figures_parts as parts
from cadre_desk.ui.figures_days import day_acts, day_in
from cadre_desk.ui.figures_names import Behind, NamesDrawer, behind_cell, behind_figure
from cadre_desk.ui.figures_table import YearTableCard
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
from cadre_desk.ui.kit.tabs import Tab, TabStrip
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.opened_record import open_record
from cadre_desk.ui.page import Page
from cadre_desk.ui.still_rows import StillRows

_EXPORT, _PDF, _PREVIEW, _FIGURES, _ALL = "export", "pdf", "preview", "figures", ""
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
        self._rows: list[int] = []
        self._group = _ALL
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
        self.header.set_acts(
            [
                Act(_PREVIEW, "预览本表", "eye"),
                Act(_PDF, "导出 PDF", "pdf"),
                Act(_EXPORT, "导出 Excel", "excel", PRIMARY),
            ]
        )
        self.header.acted.connect(self._act)
        column.addWidget(self.header)
        self.progress = ProgressLine()
        column.addWidget(self.progress)
        self.tabs = TabStrip("表")
        self.tabs.set_tabs([Tab(_FIGURES, "指标"), *(Tab(key, title) for key, title in TITLES.items())])
        self.tabs.chosen.connect(self.show_tab)
        column.addWidget(self.tabs)
        self.sheet = scroll = ScrollColumn()
        column.addWidget(scroll, 1)
        scroll.column.addWidget(self._build_figures(), 1)
        scroll.column.addWidget(self._build_table())
        self.card = YearTableCard()
        self.card.asked.connect(self._open_table_cell)
        self.card.hide()
        column.addWidget(self.card, 1)
        self.drawer = NamesDrawer(self, self.office.desk)
        self.drawer.opened.connect(self._open)
        self.drawer.print_asked.connect(lambda listing: self.office.go("preview", listing=listing))
        self.drawer.export_asked.connect(self._export_names)
        self.drawer.closed.connect(self._make_room)

    def _build_figures(self) -> Card:
        card = Card("指标", "点数字看名单；没有注明的都是截止日在册的离退休干部，不含遗属")
        card.set_margins(1, 0, 1, 1)
        self.groups = MenuButton("全部指标", (), self.choose_group, LINK)
        self.groups.set_acts([Act("all", "全部指标"), *(Act(one, one) for one in GROUPS)])
        card.add_head(self.groups)
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
        more.clicked.connect(lambda: self.show_tab("t3"))
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
        self.days.set_acts(day_acts(self._year, self.office.today()))

    def _is_closed(self) -> bool:
        """Whether the year is closed: only a closed year's own question moves on to the next."""
        with self.office.desk.read() as session:
            return shown_year(session, date(self._year + 1, 1, 1)) != self._year

    def _show(self, counted: parts.CountedYear) -> None:
        row = self.figure_table.current_row()
        self._counted = counted
        self._show_figures()
        if row >= 0:
            self.figure_table.go_to(row)
        third = counted.third
        self._rows = parts.short_rows(third)
        self.movements.show_rows([parts.line_cells(third, place) for place in self._rows], self._rows)
        height = theme.px(_T3_HEAD) + len(self._rows) * theme.px(_T3_ROW) + theme.px(2)
        self.movement_table.setFixedHeight(height)
        self.show_tab(self.tabs.current())
        even = all(third.cell(place, "balanced").holds for place in range(len(third.rows)))
        self.rows_chip.set_state(
            f"{len(third.rows)} 行全部相等" if even else "有不平的行",
            "ok" if even else "bad",
            "ok" if even else "wrong",
        )
        adds = parts.is_sum(third)
        self.sum_chip.set_state(
            "各类相加等于合计" if adds else "各类相加不等于合计",
            "ok" if adds else "bad",
            "ok" if adds else "wrong",
        )

    def _show_figures(self) -> None:
        """The figures of the chosen subject."""
        if self._counted is None:
            return
        seen = [one for one in self._counted.figures if self._group in {_ALL, one.value.figure.group}]
        self.figures.show_rows(
            [parts.figure_cells(one) for one in seen],
            seen,
            parts.figure_columns(self._counted.period.last.year),
        )

    def choose_group(self, key: str) -> None:
        """Only the figures of a subject, or all."""
        self._group = _ALL if key == "all" else key
        self.groups.set_text(self._group or "全部指标")
        self._show_figures()

    def show_tab(self, key: str) -> None:
        """The figures with T3 in short, or one whole table."""
        self.tabs.set_current(key)
        self.sheet.setVisible(key == _FIGURES)
        self.card.setVisible(key != _FIGURES)
        if key != _FIGURES and self._counted is not None:
            self.card.show_table(next(one for one in self._counted.tables if one.key == key))

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
                self._day = day_in(self._year, str(day.value), self.office.today())
            except UserError as error:
                self.error.show_error(f"截止日没有改：{error}", "页上仍是原来的数。")
                self.error.show()
                return
            self.error.hide()
            self.refresh()

        dialog.confirmed.connect(take)
        dialog.open()

    # --- names --------------------------------------------------------------------------------------------

    def _show_behind(self, behind: Behind) -> None:
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
            self._show_behind(behind_figure(one))

    def _open_key(self, key: str) -> None:
        """Open the names of a figure by its key, as soon as it is counted."""
        if self._counted is None:
            return
        self.show_tab(_FIGURES)
        self.choose_group("all")
        for row, one in enumerate(self._counted.figures):
            if one.value.figure.key == key:
                self.figure_table.go_to(row)
                self._open_figure(row)

    def _open_line(self, row: int) -> None:
        """Enter on a row of T3: its closing number."""
        self._open_cell(row, len(parts.CELLS))

    def _open_cell(self, row: int, column: int) -> None:
        place = self.movements.key(row)
        if place is not None and 1 <= column <= len(parts.CELLS):
            self._open_table_cell("t3", place, parts.CELLS[column - 1][0])

    def _open_table_cell(self, table: str, row: int, key: str) -> None:
        """The names behind a cell of a table, if it has any."""
        if self._counted is None:
            return
        found = next(one for one in self._counted.tables if one.key == table)
        if found.cell(row, key).ids:
            everybody = self.office.listing(register("people"))
            self._show_behind(behind_cell(found, row, key, everybody))

    def _open(self, key: str, record: int) -> None:
        open_record(self.office, register(key), record)

    # --- what leaves --------------------------------------------------------------------------------------

    def _act(self, key: str) -> None:
        if key == _PREVIEW:
            shown = self.tabs.current()
            self.office.go("preview", also=f"{'t3' if shown == _FIGURES else shown}:{self._year}")
        else:
            self.export(Way.PDF if key == _PDF else Way.XLSX)

    def export(self, way: Way = Way.XLSX) -> None:
        """Write the year's book beside the ledger, in a job."""
        ledger, year, day = self.office.ledger, self._year, self.as_of()
        path = _export_folder(ledger) / f"{year}年统计年报.{way}"

        def work(_: Progress) -> str:
            path.parent.mkdir(exist_ok=True)
            return write_year_book(ledger, year, path, way, day)

        def then(batch: str) -> None:
            told = "T1、T2、T3、指标和名单" if way is Way.XLSX else "T1、T2、T3 和指标"
            self.office.tell("已导出统计年报", detail=f"{told}，批次号 {batch}", file=path)

        self.office.jobs.run("导出统计年报", work, then, self._fail)

    def _export_names(self, behind: Behind, by: str, kind: str) -> None:
        ledger, way = self.office.ledger, Way(kind)
        title = f"{behind.title}名单"
        path = _export_folder(ledger) / f"{self._year}年{title.replace('/', '、')}.{way}"
        wanted = roster_of(behind.listing, view=title)
        if behind.figure:
            wanted = figure_names(behind.figure, behind.period, by)

        def work(_: Progress) -> Issued:
            path.parent.mkdir(exist_ok=True)
            return issue(ledger, wanted, way, path)

        def then(made: Issued) -> None:
            self.office.tell("已导出名单", detail=f"{made.persons:,} 条，批次号 {made.batch}", file=path)

        self.office.jobs.run("导出名单", work, then, self._fail)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.error.show_error(str(error), "台账没有改动。")
            self.error.show()
        else:
            self.office.tell_error(error)


def _export_folder(ledger: Ledger) -> Path:
    return ledger.path.parent / "导出"
