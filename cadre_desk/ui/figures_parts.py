"""What the page of figures shows: the year as counted, the two tables' cells, the drawer with the names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.db.desk import Desk
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from cadre_desk.stats.catalogue import FIGURES
from cadre_desk.stats.figure import Counting, Figure, Period, Value
from cadre_desk.stats.movement_table import LIXIU, Balance, Line, movement_table
from cadre_desk.ui.cells import Cell, words_of
from cadre_desk.ui.flow import Flow
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import Button
from cadre_desk.ui.kit.drawer import Drawer
from cadre_desk.ui.kit.marks import Chip
from cadre_desk.ui.kit.roles import ColumnLook, Look
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.still_rows import Heading, StillRows

YEARS: Final = 5
_MOST_PARTS: Final = 5
_NOTHING: Final = Cell("—", Look(tone="ink3"))


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A figure of the shown year with its names, and its numbers in five years, the oldest first."""

    value: Value
    numbers: tuple[int, ...]

    @property
    def change(self) -> int:
        """This year's number less last year's."""
        return self.numbers[-1] - self.numbers[-2]


@dataclass(frozen=True, slots=True)
class CountedYear:
    """The whole page as counted in one state of the ledger."""

    period: Period
    figures: tuple[YearFigure, ...]
    lines: tuple[Line, ...]


def count_year(
    desk: Desk, year: int, as_of: date, today: date, step: Callable[[int, int], None]
) -> CountedYear:
    """Count every figure for five years, each up to the same day of its year, and T3; ``step`` is told."""
    period = Period.year(year, today, as_of)
    found = []
    with desk.read() as session:
        for place, figure in enumerate(FIGURES):
            step(place, len(FIGURES))
            value = figure.value(session, period)
            earlier = [
                figure.value(session, _same(period, back)).number
                if figure.amount
                else figure.rows(_same(period, back)).count(session)
                for back in range(YEARS - 1, 0, -1)
            ]
            found.append(YearFigure(value, (*earlier, value.number)))
        lines = movement_table(session, period)
    return CountedYear(period, tuple(found), tuple(lines))


def _same(period: Period, back: int) -> Period:
    """The same days some years earlier; 29 February becomes 28."""
    year, day = period.last.year - back, period.last
    last = day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
    return Period.year(year, period.today, last)


def number_words(figure: Figure, number: int) -> str:
    """A number as it is shown: thousands apart, 分 as 元."""
    return f"{number / 100:,.2f}" if figure.counting is Counting.YUAN else f"{number:,}"


def signed(figure: Figure, number: int) -> str:
    """A difference with its sign; nothing for none."""
    if not number:
        return "—"
    return f"{'+' if number > 0 else '−'}{number_words(figure, abs(number))}"


# --- the table of figures ---------------------------------------------------------------------------------


def figure_columns(year: int) -> tuple[Heading, ...]:
    """The columns of the table of figures."""
    return (
        ("指标与口径", ColumnLook(width=270, flex=4, bold=True)),
        (str(year), ColumnLook(width=84, align="right", keep=True, bold=True)),
        ("单位", ColumnLook(width=56, tone="ink2")),
        ("上年", ColumnLook(width=72, align="right", keep=True, tone="ink2")),
        ("增减", ColumnLook(width=72, align="right", keep=True, tone="ink2")),
        (f"{year - YEARS + 1}–{year}", ColumnLook(width=124, flex=1)),
    )


def figure_cells(one: YearFigure) -> tuple[Cell, ...]:
    """One row of the table of figures."""
    figure = one.value.figure
    years = "，".join(number_words(figure, number) for number in one.numbers)
    return (
        Cell(figure.label, Look(note=figure.definition), figure.definition),
        Cell(number_words(figure, one.value.number), Look(open=True)),
        Cell(figure.unit),
        Cell(number_words(figure, one.numbers[-2])),
        Cell(signed(figure, one.change)),
        Cell("", Look(bars=tuple(float(number) for number in one.numbers)), f"五年：{years}"),
    )


# --- T3 ---------------------------------------------------------------------------------------------------

#: The cells of a row of T3: attribute of the balance, heading.
CELLS: Final = (
    ("opening", "期初"),
    ("new", "新办理"),
    ("arrived", "转入"),
    ("other_in", "其他增"),
    ("died", "去世"),
    ("left", "转出"),
    ("other_out", "其他减"),
    ("closing", "期末"),
)
T3_COLUMNS: Final[tuple[Heading, ...]] = (
    ("T3 变动", ColumnLook(width=132, flex=2)),
    *((title, ColumnLook(width=68, flex=1, align="right", keep=True)) for _, title in CELLS),
    ("校核", ColumnLook(width=64)),
)
_ENDS: Final = {"opening", "closing"}


def table_lines(lines: Sequence[Line]) -> list[Line]:
    """The rows seen under the figures: 总计, 离休 as a whole, 退休 and its 性质 (the paper has all)."""
    seen, group = [], ""
    for line in lines:
        group = line.label if line.depth == 1 else group
        if line.depth < 2 or not group.endswith(LIXIU):  # noqa: PLR2004 - depth of 性质
            seen.append(line)
    return seen


def line_label(line: Line) -> str:
    """A row's name as it is said outside the table: 退休·机关."""
    if line.depth == 0:
        return "合计"
    return line.label.split("、")[-1] if line.depth == 1 else f"退休·{line.label}"


def line_cells(line: Line) -> tuple[Cell, ...]:
    """One row of T3; zero is a dash, every other number opens its names."""
    whole = line.depth == 0
    cells = [Cell(line_label(line), Look(bold=whole))]
    for key, _ in CELLS:
        number = len(getattr(line.balance, key))
        bold = whole or key in _ENDS
        cells.append(Cell(f"{number:,}", Look(bold=bold), "点开看名单") if number else _NOTHING)
    cells.append(_check(line.balance))
    return tuple(cells)


def _check(balance: Balance) -> Cell:
    if balance.balanced:
        return Cell("平", Look(chip="ok", icon="ok"))
    off = len(balance.closing) - len(balance.opening) - balance.increase + balance.decrease
    return Cell(f"差 {off}", Look(chip="bad", icon="wrong"))


def is_sum(lines: Sequence[Line]) -> bool:
    """Whether the two groups add up to the whole in every cell."""
    whole = lines[0].balance
    groups = [line.balance for line in lines if line.depth == 1]
    return all(
        len(getattr(whole, key)) == sum(len(getattr(group, key)) for group in groups) for key, _ in CELLS
    )


# --- the names behind a number ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Behind:
    """A number and what is behind it: its 口径, how it splits, and the listing of its names."""

    title: str
    number: str
    definition: str
    split: tuple[tuple[str, str], ...]
    listing: Listing
    beside: tuple[str, ...]
    note: str = ""


_BESIDE: Final = {
    "people": ("last_unit", "retire_type"),
    "movements": ("person_unit", "happened"),
    "branches": ("kind", "secretary"),
}


def behind_figure(one: YearFigure) -> Behind:
    """What is behind a figure."""
    value = one.value
    figure = value.figure
    listing = figure.rows(value.period)
    beside = _BESIDE.get(listing.register.key, ())
    if figure.split_by and figure.split_by != "kind" and listing.register.key == "people":
        beside = ("last_unit", figure.split_by)
    return Behind(
        figure.label,
        f"{number_words(figure, value.number)} {figure.unit}",
        figure.definition,
        tuple((label or "未填", number_words(figure, count)) for label, count in value.split),
        listing,
        beside,
        f"{value.period.last.year} 年",
    )


def behind_cell(line: Line, key: str, period: Period, listing: Listing) -> Behind:
    """What is behind a cell of T3; ``listing`` is everybody."""
    title = dict(CELLS)[key]
    ids: list[int] = getattr(line.balance, key)
    when = {
        "opening": f"{period.before:%Y-%m-%d} 在册",
        "closing": f"{period.last:%Y-%m-%d} 在册",
    }.get(key, f"入账日在 {period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d} 变动")
    return Behind(
        f"{line_label(line)}·{title}",
        f"{len(ids):,} 人",
        f"{when}的离退休干部，不含遗属；期末 = 期初 + 增 − 减。",
        (),
        listing.picked(sorted(set(ids))),
        _BESIDE["people"],
        f"T3 · {period.last.year} 年",
    )


class NamesDrawer(Drawer):
    """The number and its names, read together.

    Signals: ``opened(register key, record)``, ``print_asked(listing)``, ``export_asked(listing, title)``.
    """

    opened = Signal(str, int)
    print_asked = Signal(object)
    export_asked = Signal(object, str)

    def __init__(self, host: QWidget, desk: Desk) -> None:
        """Closed, with nothing in it."""
        super().__init__(host)
        self._desk = desk
        self._behind: Behind | None = None
        self._whole = 0
        self.body.setSpacing(0)
        self._build_facts()
        self.table = table = RegisterTable("名单")
        self.search = SearchBox("在名单里找", "姓名、首字母、单位", plain=True)
        self.search.changed.connect(self._narrow)
        self.search.entered.connect(lambda _text: self._open(max(table.current_row(), 0)))
        self.search.moved.connect(lambda _step: table.setFocus(Qt.FocusReason.OtherFocusReason))
        holder = QHBoxLayout()
        side = theme.space("card")
        holder.setContentsMargins(side, theme.px(8), side, theme.px(8))
        holder.addWidget(self.search)
        self.body.addLayout(holder)
        self.names = StillRows(_name_columns(REGISTERS["people"], ()))
        self.table.setModel(self.names)
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self._count = Text("", "cap", "ink2")
        foot = QHBoxLayout()
        foot.setContentsMargins(side, theme.px(4), side, theme.px(4))
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(Text("Enter 打开", "cap", "ink3"))
        self.body.addLayout(foot)
        self._build_foot()

    def _build_facts(self) -> None:
        facts = QVBoxLayout()
        side = theme.space("card")
        facts.setContentsMargins(side, theme.px(10), side, theme.px(4))
        facts.setSpacing(theme.px(6))
        self.number = Text("", "fig2")
        self.definition = Text("", "small", "ink2", wrap=True)
        self._parts = Flow(theme.px(6), theme.px(4))
        for widget in (self.number, self.definition, self._parts):
            facts.addWidget(widget)
        self.body.addLayout(facts)

    def _build_foot(self) -> None:
        for text, icon, asked in (
            ("打印名单", "print", self._print),
            ("导出 Excel", "export", self._export),
        ):
            button = Button(text, icon=icon)
            button.clicked.connect(asked)
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        self.foot.addWidget(Text("数与名单同源", "cap", "ink2"))

    def show_behind(self, behind: Behind) -> None:
        """Open on a number; the keyboard is in the search over its names."""
        self._behind = None
        self.search.edit.clear()
        self._behind = behind
        self.set_title(behind.title, behind.note)
        self.number.setText(behind.number)
        self.definition.setText(f"口径：{behind.definition}")
        self._show_parts(behind)
        register = behind.listing.register
        self.names.show_rows((), (), _name_columns(register, behind.beside))
        self._whole = self._show_names("")
        self._count.setText(f"共 {self._whole:,} 条")
        self.unfold()
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, behind: Behind) -> None:
        chips = [Chip(f"{label} {count}") for label, count in behind.split[:_MOST_PARTS]]
        if len(behind.split) > _MOST_PARTS:
            chips.append(Chip(f"其余 {len(behind.split) - _MOST_PARTS} 类"))
        self._parts.set_widgets(chips)
        self._parts.setVisible(bool(chips))

    def _show_names(self, text: str) -> int:
        """Show the names that a text finds, or all; answers how many."""
        if self._behind is None:
            return 0
        listing = self._behind.listing.find(text) if text else self._behind.listing
        register = listing.register
        columns = [register.column(key) for key in (register.name, *self._behind.beside)]
        with self._desk.read() as session:
            rows = listing.showing(*(one.key for one in columns)).rows(session)
        cells = [
            (
                Cell(str(place)),
                *(
                    Cell(words_of(register, column, value))
                    for column, value in zip(columns, row.values, strict=True)
                ),
            )
            for place, row in enumerate(rows, start=1)
        ]
        self.names.show_rows(cells, [row.id for row in rows])
        if rows:
            self.table.go_to(0)
        return len(rows)

    def _narrow(self, text: str) -> None:
        sought = text.strip()
        found = self._show_names(sought)
        whole = f"共 {self._whole:,} 条"
        self._count.setText(f"找到 {found:,} 条，{whole}" if sought else whole)

    def _open(self, row: int) -> None:
        record = self.names.key(row)
        if record is not None and self._behind is not None:
            self.opened.emit(self._behind.listing.register.key, record)

    def _print(self) -> None:
        if self._behind is not None:
            self.print_asked.emit(self._behind.listing)

    def _export(self) -> None:
        if self._behind is not None:
            self.export_asked.emit(self._behind.listing, f"{self._behind.title}名单")


def _name_columns(register: Register, beside: Sequence[str]) -> tuple[Heading, ...]:
    found: list[Heading] = [
        ("序", ColumnLook(width=44, align="right", tone="ink2")),
        (
            register.column(register.name).heading,
            ColumnLook(width=84 if register.key != "branches" else 150, keep=True, bold=True),
        ),
    ]
    for place, key in enumerate(beside):
        found.append((register.column(key).heading, ColumnLook(width=76, flex=int(not place), tone="ink2")))
    return tuple(found)
