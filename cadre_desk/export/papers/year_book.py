"""The year's workbook in its first form: T3, every figure with its 口径, and the names behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from cadre_desk.actions import papers
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Align, Text
from cadre_desk.export.circumstances import Circumstances, circumstances
from cadre_desk.export.issue import content
from cadre_desk.export.papers.yearbook import movements_of_year
from cadre_desk.export.sheet import SERIAL, PaperKind, Sheet, SheetColumn, Subline, statistic_signers
from cadre_desk.stats.catalogue import FIGURES
from cadre_desk.stats.figure import Period, Value, values

_TEXT: Final = Text("")
FIGURE_COLUMNS: Final = (
    SERIAL,
    SheetColumn("label", "指　标", 44, _TEXT),
    SheetColumn("value", "数　值", 24, align=Align.RIGHT),
    SheetColumn("unit", "单　位", 16, _TEXT, align=Align.CENTER),
    SheetColumn("counting", "计数方法", 20, _TEXT, align=Align.CENTER),
    SheetColumn("split", "其　中", 60, _TEXT, lines=3),
    SheetColumn("definition", "口　径", 90, _TEXT, lines=3),
)
NAME_COLUMNS: Final = (
    SERIAL,
    SheetColumn("name", "姓名（名称）", 60, _TEXT),
    SheetColumn("part", "其中", 40, _TEXT, align=Align.CENTER),
)


def year_sheets(session: Session, around: Circumstances, year: int) -> list[Sheet]:
    """T3, the table of figures, and a leaf of names for each figure that has any."""
    period = Period.year(year, around.today)
    counted = values(session, FIGURES, period)
    named = [_names(around, value, year) for value in counted if value.names]
    return [movements_of_year(session, around, year), _figures(around, counted, period, year), *named]


def _figures(around: Circumstances, counted: Sequence[Value], period: Period, year: int) -> Sheet:
    return Sheet(
        kind=PaperKind.STATISTICS,
        title=f"{around.county}{year}年主要指标",
        subline=Subline(f"填报单位：{around.office}", f"{year}年"),
        columns=FIGURE_COLUMNS,
        rows=tuple(
            (
                place,
                value.figure.label,
                value.number,
                value.figure.unit,
                str(value.figure.counting),
                "；".join(f"{label or '未填'} {count:,}" for label, count in value.split),
                value.figure.definition,
            )
            for place, value in enumerate(counted, start=1)
        ),
        signers=statistic_signers(around.operator, PartialDate.of(around.today).words()),
        foot=around.foot(words="按入账日统计", cut_off=period.last),
        demo=around.demo,
    )


def _names(around: Circumstances, value: Value, year: int) -> Sheet:
    return Sheet(
        kind=PaperKind.ROSTER,
        title=f"{value.figure.label}名单",
        subline=Subline(f"填报单位：{around.office}", f"{year}年", f"{value.figure.definition}"),
        columns=NAME_COLUMNS,
        rows=tuple((place, name.label, name.part) for place, name in enumerate(value.names, start=1)),
        foot=around.foot(words=value.figure.label, persons=len(value.names), cut_off=value.period.last),
        demo=around.demo,
    )


def write_year_book(ledger: Ledger, year: int, path: Path) -> str:
    """Write the year's workbook and write down that it left; answers its batch number."""
    from cadre_desk.export import xlsx  # openpyxl is large

    with ledger.desk.read() as session:
        around = circumstances(session, ledger)
        sheets = year_sheets(session, around, year)
    digest = papers.digest_of(text for sheet in sheets for text in content(sheet))
    leaving = papers.Leaving("NB", "yearbook", str(year), f"{year}年统计年报", "xlsx", 0, digest)
    xlsx.write_xlsx(sheets, path)
    return papers.take_batch(ledger.desk, leaving)
