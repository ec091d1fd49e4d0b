"""What the page of figures shows: the year as counted, the cells of its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from cadre_desk.db.desk import Desk
from cadre_desk.stats.catalogue import FIGURES
from cadre_desk.stats.figure import Figure, Period, Value
from cadre_desk.stats.movement_table import LIXIU
from cadre_desk.stats.year_table import ITEM, WHOLE, TableCell, TableRow, YearTable
from cadre_desk.stats.yearbook import year_tables
from cadre_desk.ui.cells import Cell
from cadre_desk.ui.kit.roles import ColumnLook, Look
from cadre_desk.ui.still_rows import Heading

YEARS: Final = 5
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
    tables: tuple[YearTable, ...]

    @property
    def third(self) -> YearTable:
        """T3."""
        return self.tables[-1]


def count_year(
    desk: Desk, year: int, as_of: date, today: date, step: Callable[[int, int], None]
) -> CountedYear:
    """Count every figure for five years, each up to the same day of its year, and T1–T3; ``step`` is told."""
    period = Period.year(year, today, as_of)
    found = []
    with desk.read() as session:
        for place, figure in enumerate(FIGURES):
            step(place, len(FIGURES))
            value = figure.value(session, period)
            earlier = [figure.number(session, period.back(years)) for years in range(YEARS - 1, 0, -1)]
            found.append(YearFigure(value, (*earlier, value.number)))
        tables = year_tables(session, period)
    return CountedYear(period, tuple(found), tables)


def signed(figure: Figure, number: int) -> str:
    """A difference with its sign; nothing for none."""
    if not number:
        return "—"
    return f"{'+' if number > 0 else '−'}{figure.words(abs(number))}"


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
    years = "，".join(figure.words(number) for number in one.numbers)
    return (
        Cell(figure.label, Look(note=figure.definition.split("；")[0].rstrip("。")), figure.definition),
        Cell(figure.words(one.value.number), Look(open=True)),
        Cell(figure.unit),
        Cell(figure.words(one.numbers[-2])),
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


def short_rows(table: YearTable) -> list[int]:
    """The rows of T3 seen under the figures: the whole, 离休, 退休 and its 性质 (the whole table has all)."""
    return [
        place
        for place, row in enumerate(table.rows)
        if row.depth < ITEM or not row.name.startswith(LIXIU.removesuffix("干部"))
    ]


def row_name(row: TableRow) -> str:
    """A row's name as it is said on the screen: 离休, 退休·机关."""
    return row.name.removesuffix("干部")


def line_cells(table: YearTable, place: int) -> tuple[Cell, ...]:
    """One row of T3; zero is a dash, every other number opens its names."""
    row = table.rows[place]
    whole = row.depth == WHOLE
    cells = [Cell(row_name(row), Look(bold=whole))]
    for key, _ in CELLS:
        cells.append(number_cell(table.cell(place, key), bold=whole or key in _ENDS))
    cells.append(check_cell(table.cell(place, "balanced")))
    return tuple(cells)


def number_cell(cell: TableCell, *, bold: bool) -> Cell:
    """A number that opens its names; zero is a dash, for nothing is behind it."""
    if cell.told is not None:
        return Cell(cell.told, Look(bold=bold), "点开看名单" if cell.ids else "")
    return Cell(cell.text, Look(bold=bold), "点开看名单") if cell.number else _NOTHING


def check_cell(cell: TableCell) -> Cell:
    """Whether a row balances."""
    return (
        Cell("平", Look(chip="ok", icon="ok")) if cell.holds else Cell("不平", Look(chip="bad", icon="wrong"))
    )


def is_sum(table: YearTable) -> bool:
    """Whether the two groups add up to the whole in every cell."""
    groups = [place for place, row in enumerate(table.rows) if 0 < row.depth < ITEM]
    return all(
        table.cell(0, key).number == sum(table.cell(place, key).number for place in groups)
        for key, _ in CELLS
    )


# --- a whole table ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the screen has it: columns, rows, and the table's row and column key behind each cell.

    T1 and T2 are turned: what stands in 20 narrow columns on paper reads downwards, with its 口径.
    """

    columns: tuple[Heading, ...]
    rows: list[tuple[Cell, ...]]
    keys: list[tuple[tuple[int, str] | None, ...]]
    height: int


def grid_of(table: YearTable) -> Grid:
    """T3 as on paper, T1 and T2 turned."""
    return _straight(table) if table.key == "t3" else _turned(table)


def _label(text: str) -> str:
    return text.replace("\n~\n", "–").replace("\n", "").replace("　", "")


def _turned(table: YearTable) -> Grid:
    columns = (
        ("栏", ColumnLook(width=44, align="right", tone="ink2")),
        ("项目与口径", ColumnLook(width=280, flex=4, bold=True)),
        *((row.name, ColumnLook(width=76, flex=1, align="right", keep=True)) for row in table.rows),
    )
    rows, keys = [], []
    for column in table.columns:
        heads = "".join(f"{_label(head)}：" for head in column.heads if head != "其　中")
        rows.append(
            (
                Cell(f"[{column.number}]"),
                Cell(f"{heads}{_label(column.label)}", Look(note=column.definition), column.definition),
                *(
                    number_cell(table.cell(place, column.key), bold=row.depth == WHOLE and not row.past)
                    for place, row in enumerate(table.rows)
                ),
            )
        )
        keys.append((None, None, *((place, column.key) for place in range(len(table.rows)))))
    return Grid(columns, rows, keys, 44)


def _straight(table: YearTable) -> Grid:
    columns: list[Heading] = [("项目", ColumnLook(width=110, flex=2))]
    for column in table.columns:
        label = _label(column.label)
        told = f"{column.heads[0][-2:]}·{label}" if column.heads else label
        columns.append((told, ColumnLook(width=98, flex=1, align="right", keep=True)))
    rows, keys = [], []
    for place, row in enumerate(table.rows):
        bold = row.depth < ITEM
        cells = [Cell(row_name(row), Look(bold=bold))]
        for column in table.columns:
            cell = table.cell(place, column.key)
            cells.append(check_cell(cell) if cell.holds is not None else number_cell(cell, bold=bold))
        rows.append(tuple(cells))
        keys.append((None, *((place, column.key) for column in table.columns)))
    return Grid(tuple(columns), rows, keys, 30)
