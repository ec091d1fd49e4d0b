"""The year's book: T1, T2, T3, every figure with its 口径, and in Excel the names behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from cadre_desk.actions import papers
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Align, Text
from cadre_desk.export.circumstances import Circumstances, circumstances
from cadre_desk.export.issue import Print, Way, content
from cadre_desk.export.papers.yearbook import tables_of_year
from cadre_desk.export.sheet import SERIAL, PaperKind, Sheet, SheetColumn, Subline, statistic_signers
from cadre_desk.stats.catalogue import FIGURES, figure
from cadre_desk.stats.dimensions import NOT_FILLED
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
AMOUNT_COLUMN: Final = SheetColumn("amount", "数量", 24, align=Align.RIGHT)
_MOST_PARTS: Final = 3
NAME_COLUMNS: Final = (
    SERIAL,
    SheetColumn("name", "姓名（名称）", 60, _TEXT),
    SheetColumn("part", "其中", 40, _TEXT, align=Align.CENTER),
)


def year_sheets(
    session: Session, around: Circumstances, period: Period, *, names: bool = True
) -> list[Sheet]:
    """T1, T2, T3, the table of figures, and if asked for a leaf of names for each figure that has any."""
    counted = values(session, FIGURES, period)
    named = [names_sheet(around, value) for value in counted if value.names] if names else []
    return [*tables_of_year(session, around, period), _figures(around, counted, period), *named]


def _figures(around: Circumstances, counted: Sequence[Value], period: Period) -> Sheet:
    year = period.last.year
    return Sheet(
        kind=PaperKind.STATISTICS,
        title=f"{around.county}{year}年主要指标",
        subline=Subline(f"填报单位：{around.office}", f"{year}年"),
        columns=FIGURE_COLUMNS,
        rows=tuple(
            (
                place,
                value.figure.label,
                value.figure.words(value.number) if value.figure.decimals else value.number,
                value.figure.unit,
                str(value.figure.counting),
                _parts(value),
                value.figure.definition,
            )
            for place, value in enumerate(counted, start=1)
        ),
        signers=statistic_signers(around.operator, PartialDate.of(around.today).words()),
        foot=around.foot(words="按入账日统计", cut_off=period.last),
        demo=around.demo,
    )


def _parts(value: Value) -> str:
    """The largest parts of a number; of a mean or share there are none to be added up."""
    if value.denominator is not None:
        return f"{value.numerator:,}÷{value.denominator:,}"
    told = [f"{label or NOT_FILLED}（{value.figure.amount_words(count)}）" for label, count in value.split]
    return "、".join(told[:_MOST_PARTS]) + (
        f"、其余{len(told) - _MOST_PARTS}类" if len(told) > _MOST_PARTS else ""
    )


def names_sheet(around: Circumstances, value: Value) -> Sheet:
    """A figure with its 口径, its number, and the names behind it."""
    figure = value.figure
    told = f"{figure.label}：{figure.words(value.number)}{figure.unit}"
    summed = bool(figure.amount)
    return Sheet(
        kind=PaperKind.ROSTER,
        title=f"{figure.label}名单",
        subline=Subline(f"填报单位：{around.office}", _days(value), told),
        columns=(*NAME_COLUMNS, AMOUNT_COLUMN) if summed else NAME_COLUMNS,
        rows=tuple(
            (place, name.label, name.part or NOT_FILLED, *([name.amount] if summed else []))
            for place, name in enumerate(value.names, start=1)
        ),
        notes=(f"口径：{figure.definition}",),
        foot=around.foot(words=figure.label, persons=len(value.names), cut_off=figure.day(value.period)),
        demo=around.demo,
    )


def _days(value: Value) -> str:
    period = value.period
    if value.figure.as_of:
        return f"截至{PartialDate.of(value.figure.day(period)).words()}"
    return f"{period.first:%Y.%m.%d}–{period.last:%Y.%m.%d}"


def figure_names(key: str, period: Period, by: str = "") -> Print:
    """A figure and its names as a paper of its own, parted by a dimension."""
    return Print(
        "MC",
        f"figure.{key}",
        f"{period.first.isoformat()}/{period.last.isoformat()}",
        lambda session, around: names_sheet(around, figure(key).value(session, period, by)),
    )


def write_year_book(
    ledger: Ledger, year: int, path: Path, way: Way = Way.XLSX, as_of: date | None = None
) -> str:
    """Write the year's book and write down that it left; answers its batch number.

    The workbook has a leaf of names for each figure; the PDF is handed in: T1, T2, T3 and the figures.
    """
    with ledger.desk.read() as session:
        around = circumstances(session, ledger)
        period = Period.year(year, around.today, as_of)
        sheets = year_sheets(session, around, period, names=way is Way.XLSX)
    digest = papers.digest_of(text for sheet in sheets for text in content(sheet))
    _write(sheets, way, path)
    leaving = papers.Leaving("NB", "yearbook", str(year), f"{year}年统计年报", str(way), 0, digest)
    batch = papers.take_batch(ledger.desk, leaving)
    _write([replace(sheet, foot=replace(sheet.foot, batch=batch)) for sheet in sheets], way, path)
    return batch


def _write(sheets: Sequence[Sheet], way: Way, path: Path) -> None:
    # Each way's libraries are large.
    if way is Way.XLSX:
        from cadre_desk.export import xlsx

        xlsx.write_xlsx(sheets, path)
    else:
        from cadre_desk.export import pdf

        pdf.write_pdf(sheets, path)
