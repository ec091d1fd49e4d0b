"""Any listing as a sheet: the same rows, order and filter that the window shows, ready for paper or Excel."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from cadre_desk.domain.dates import PartialDate
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.sheet import (
    KEEP_SAFE,
    SERIAL,
    PaperKind,
    Sheet,
    SheetColumn,
    Subline,
    Totals,
    roster_signers,
)
from cadre_desk.registers.columns import Column
from cadre_desk.registers.listing import Listing


def sheet_of(session: Session, listing: Listing, around: Circumstances, *, view: str = "") -> Sheet:
    """A listing as a roster (paper kind A): its columns, its filter in words, its day at the foot."""
    columns = listing.shown
    rows = listing.rows(session)
    register = listing.register
    summed = {total.key for total in register.totals if total.how == "sum"}
    return Sheet(
        kind=PaperKind.ROSTER,
        title=f"{around.county}{view}{register.title.removesuffix(view)}名册",
        subline=Subline(
            f"制表单位：{around.office}",
            f"制表时间：{PartialDate.of(around.today).words()}",
            "单位：元" if any(column.field.kind == "money" for column in columns) else "",
        ),
        mark=KEEP_SAFE if any(column.field.sensitive for column in columns) else "",
        columns=(SERIAL, *(column_of(column, total=column.key in summed) for column in columns)),
        rows=tuple(
            (place, *values_of(columns, row.values, masked=around.masked))
            for place, row in enumerate(rows, start=1)
        ),
        totals=Totals(unit=register.measure),
        signers=roster_signers(around.operator),
        foot=around.foot(words=listing.words(), persons=len(rows), cut_off=listing.as_of.day),
        demo=around.demo,
        free=True,
    )


def column_of(column: Column, *, total: bool = False) -> SheetColumn:
    """A register's column on paper."""
    money = column.field.kind == "money"
    return SheetColumn.of(column.key, column.field, label=column.heading, total=total and money)


def values_of(columns: tuple[Column, ...], values: tuple[Any, ...], *, masked: bool) -> tuple[Any, ...]:
    """Values as they may leave the office: what is sensitive is masked before any writer sees it."""
    return tuple(
        column.field.mask(value) if masked and column.field.sensitive is not None else value
        for column, value in zip(columns, values, strict=True)
    )
