"""统计年报 T1–T3 (handbook 7.2; paper 9.8): each counted table in the office's form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Align
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.sheet import (
    Check,
    Mark,
    PaperKind,
    RowStyle,
    Sheet,
    SheetColumn,
    Subline,
    statistic_signers,
)
from cadre_desk.stats.figure import Period
from cadre_desk.stats.year_table import GROUP, ITEM, WHOLE, TableCell, TableRow, YearTable
from cadre_desk.stats.yearbook import year_table, year_tables

_STYLES: Final = {WHOLE: RowStyle.TOTAL, GROUP: RowStyle.GROUP, ITEM: RowStyle.ITEM}
#: Widths in mm of 项目 and 行次, and of T3's columns; the columns of T1 and T2 share what is left of 267.
_ITEM_WIDTH, _LINE_WIDTH, _AREA = 27.0, 9.0, 267.0
_T3_ITEM, _T3_LINE, _T3_NUMBER = 42.0, 10.0, 17.5
_T3_WIDTHS: Final = {"opening": 23.0, "closing": 23.0, "balanced": 14.0, "death_rate": 15.0}
#: A stacked head of T1 and T2, and their rows, in mm.
_STACKED_HEAD, _ROW = 34.0, 13.0
#: Width in mm of a figure of the table's body, and the least air on both sides of a number.
_FIGURE, _AIR = 2.0, 1.6
_LABELS: Final = {"t1": "填报说明", "t2": "填报说明", "t3": "变动说明"}


def sheet_of_table(table: YearTable, around: Circumstances) -> Sheet:
    """A counted table as it is printed: 草稿 while a relation doesn't hold."""
    wide = table.key == "t3"
    last = table.period.last
    return Sheet(
        kind=PaperKind.STATISTICS,
        title=table.title,
        form_number=f"表号：{around.county[:-1]}老统{table.key[1:]}表　制定机关：{around.office}",
        subline=Subline(f"填报单位：{around.office}", _told(last), "单位：人"),
        columns=(
            SheetColumn(
                "label",
                "项　目",
                _T3_ITEM if wide else _ITEM_WIDTH,
                align=None if wide else Align.CENTER,
                number="甲",
            ),
            SheetColumn("line", "行\n次", _T3_LINE if wide else _LINE_WIDTH, align=Align.CENTER, number="乙"),
            *(_wide_columns(table) if wide else _narrow_columns(table)),
        ),
        rows=tuple(_row(place, row) for place, row in enumerate(table.rows, start=1)),
        row_styles={place: _STYLES[row.depth] for place, row in enumerate(table.rows)},
        row_height=None if wide else _ROW,
        head_height=None if wide else _STACKED_HEAD,
        checks=tuple(Check(one.text, one.holds) for one in table.relations),
        notes=table.notes,
        notes_label=_LABELS[table.key],
        signers=statistic_signers(around.operator, PartialDate.of(around.today).words()),
        foot=around.foot(words="按入账日统计", cut_off=last),
        draft=not table.holds,
        demo=around.demo,
    )


def _told(last: date) -> str:
    """The year, or the day in it that the table goes up to."""
    whole = (last.month, last.day) == (12, 31)
    return f"{last.year}年" if whole else f"截至{PartialDate.of(last).words()}"


def _wide_columns(table: YearTable) -> list[SheetColumn]:
    return [
        SheetColumn(
            one.key,
            one.label,
            _T3_WIDTHS.get(one.key, _T3_NUMBER),
            align=Align.CENTER if one.key == "balanced" else Align.RIGHT,
            heads=one.heads,
            number=one.number,
        )
        for one in table.columns
    ]


def _narrow_columns(table: YearTable) -> list[SheetColumn]:
    """Columns that share the page: what the longest number of each needs, and the same air for all."""
    needs = [
        _FIGURE * max(len(row.cells[place].text) for row in table.rows) + _AIR
        for place in range(len(table.columns))
    ]
    spare = (_AREA - _ITEM_WIDTH - _LINE_WIDTH - sum(needs)) / len(needs)
    return [
        SheetColumn(
            one.key,
            one.label if "\n" in one.label else _stacked(one.label),
            need + spare,
            align=Align.RIGHT,
            pad=(_AIR + spare) / 2,
            heads=one.heads,
            number=one.number,
        )
        for one, need in zip(table.columns, needs, strict=True)
    ]


def _stacked(label: str) -> str:
    """A head one hanzi wide, figures kept together: 90 over 及 over 以 over 下."""
    figures = "".join(char for char in label if char.isdigit())
    rest = label.removeprefix(figures)
    return "\n".join(([figures] if figures else []) + list(rest))


def _row(place: int, row: TableRow) -> tuple[Any, ...]:
    return (row.label, place, *(_value(cell) for cell in row.cells))


def _value(cell: TableCell) -> Any:
    if cell.holds is not None:
        return Mark.TICK if cell.holds else Mark.CROSS
    if cell.told is None:
        return cell.number
    return None if cell.told == "—" else cell.told


def table_of_year(key: str) -> Callable[[Session, Circumstances, int], Sheet]:
    """How one table of a year is composed."""

    def compose(session: Session, around: Circumstances, year: int) -> Sheet:
        return sheet_of_table(year_table(session, key, Period.year(year, around.today)), around)

    return compose


def tables_of_year(session: Session, around: Circumstances, period: Period) -> list[Sheet]:
    """T1, T2 and T3 of a period."""
    return [sheet_of_table(table, around) for table in year_tables(session, period)]
