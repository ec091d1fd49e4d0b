"""The tables of the yearbook, counted together for a period, and held against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from cadre_desk.domain.errors import UserError
from cadre_desk.stats.figure import Period
from cadre_desk.stats.movement_table import LIXIU, TUIXIU, t3
from cadre_desk.stats.status_tables import T1, T2, status_table
from cadre_desk.stats.year_table import Relation, YearTable

#: Keys (never changed once released) and what they are called, in the order of the book.
TITLES: Final = {"t1": "T1 离休", "t2": "T2 退休", "t3": "T3 变动"}


def year_tables(session: Session, period: Period) -> tuple[YearTable, ...]:
    """T1, T2 and T3; the first two must close with the numbers of the third."""
    third = t3(session, period)
    return (
        _held(status_table(session, T1, period), third, LIXIU),
        _held(status_table(session, T2, period), third, TUIXIU),
        third,
    )


def year_table(session: Session, key: str, period: Period) -> YearTable:
    """One table.

    Raises:
        UserError: there is none of that key.
    """
    for one in year_tables(session, period):
        if one.key == key:
            return one
    raise UserError(f"年报没有「{key}」这张表。可用的有：{'、'.join(TITLES)}。")


def _held(table: YearTable, third: YearTable, group: str) -> YearTable:
    place = next(at for at, row in enumerate(third.rows) if row.name == group)
    closing, other = table.cell(0, "closing"), third.cell(place, "closing")
    told = f"合计[1]＝3表第{place + 1}行期末数　{closing.number:,}＝{other.number:,}"
    relation = Relation(told, set(closing.ids) == set(other.ids))
    return replace(table, relations=(*table.relations, relation))
