"""慰问标准 at work: who gets how much of which occasion, and a year's standards carried to the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.base import edited_fields
from cadre_desk.db.models import Person, VisitStandard
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.standards import Standard, level_of, payee_of, standard_for

_BATCH = 500


def standards_of(session: Session, occasion: str, year: int) -> list[Standard]:
    """What one occasion of a year pays, by whom."""
    query = (
        sa.select(VisitStandard)
        .where(VisitStandard.occasion == occasion, VisitStandard.year == year)
        .order_by(VisitStandard.id)
    )
    return [
        Standard(
            one.occasion,
            one.payee,
            one.level,
            one.cash or 0,
            one.goods or "",
            one.times,
            one.cap or 0,
        )
        for one in session.scalars(query)
    ]


def standards_by_person(
    session: Session, occasion: str, year: int, persons: Collection[int]
) -> dict[int, Standard]:
    """The standard of each of these people; those without one are left out."""
    standards = standards_of(session, occasion, year)
    if not standards:
        return {}
    found: dict[int, Standard] = {}
    wanted = list(persons)
    for start in range(0, len(wanted), _BATCH):
        query = sa.select(Person.id, Person.person_kind, Person.retire_type, Person.treatment_level).where(
            Person.id.in_(wanted[start : start + _BATCH])
        )
        for person, kind, retired, treatment in session.execute(query):
            standard = standard_for(standards, payee_of(kind, retired), level_of(treatment))
            if standard is not None:
                found[person] = standard
    return found


@dataclass(frozen=True, slots=True)
class Carried:
    """A year's standards carried to another: how many were written, how many stood there already."""

    written: int
    there: int


def carry_standards(session: Session, year: int, to: int) -> Carried:
    """Copy the standards of a year to another; what the other year has already is left as it is.

    Raises:
        UserError: the year has none, or it is the same year.
    """
    if year == to:
        raise UserError("沿用的年度和原来的年度相同，没有改动。请选另一个年度。")
    fields = edited_fields(VisitStandard)
    standing = {_whom(one) for one in session.scalars(_of_year(to))}
    old = session.scalars(_of_year(year)).all()
    if not old:
        raise UserError(f"{year}年还没有慰问标准，没有可沿用的。请先登记一年的标准。")
    rows = [
        {**{key: getattr(one, key) for key in fields}, "year": to}
        for one in old
        if _whom(one) not in standing
    ]
    if rows:
        session.execute(sa.insert(VisitStandard), rows)
    return Carried(len(rows), len(old) - len(rows))


def latest_year(session: Session, before: int) -> int | None:
    """The latest year up to one that has standards."""
    return session.scalar(sa.select(sa.func.max(VisitStandard.year)).where(VisitStandard.year <= before))


def _of_year(year: int) -> sa.Select[VisitStandard]:
    return sa.select(VisitStandard).where(VisitStandard.year == year).order_by(VisitStandard.id)


def _whom(one: VisitStandard) -> tuple[str, str, str]:
    return one.occasion, one.payee, one.level
