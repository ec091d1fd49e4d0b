"""What the workbench says of 诉求 and 督查抽查: terms that are over or near, answers to ask about, checks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.due_groups import Due, Group, Weight
from cadre_desk.db.models import Check, Inspection, Need, Person
from cadre_desk.domain import inspections, needs
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing

#: A draw older than this is no longer waited for.
CHECK_DAYS: Final = 120


def needs_due(session: Session, today: date) -> Group:
    """诉求: overdue first, then terms of the next week, those given to nobody, those not asked back about.

    A need is left with nobody, or without 回访, for a week before it is told.
    """
    query = (
        sa.select(
            Need.id, Need.title, Need.said, Need.owner, Need.assigned, Need.due, Need.finished, Person.name
        )
        .join(Person, Person.id == Need.person_id)
        .where(Need.closed.is_(None), Need.asked_back.is_(None))
        .order_by(Need.due.asc().nulls_last(), Need.said, Need.id)
    )
    found = [(row, told) for row in session.execute(query) if (told := _told(row, today)) is not None]
    found.sort(key=lambda pair: pair[1][0])
    listing = Listing(register("needs"), today)
    return Group(
        "needs",
        "诉求办理",
        tuple(_need(row, told) for row, told in found),
        len(found),
        listing.picked([row.id for row, _ in found]),
    )


#: Rank, words, weight and verb of a need.
_Told = tuple[int, str, Weight, str]


def _told(row: Any, today: date) -> _Told | None:
    """What is to be done about a need now, None while it takes its course."""
    if row.finished is not None:
        waited = (today - row.finished).days
        return (3, f"办结 {waited} 天未回访", Weight.PLAIN, "去回访") if waited >= needs.SOON_DAYS else None
    if row.assigned is None:
        waited = (today - row.said).days
        return (2, f"{waited} 天未交办", Weight.SOON, "去交办") if waited >= needs.SOON_DAYS else None
    left = (row.due - today).days if row.due is not None else needs.SOON_DAYS + 1
    if left < 0:
        return 0, f"逾期 {-left} 天", Weight.LATE, "去催办"
    if left <= needs.SOON_DAYS:
        return 1, "今天到期" if left == 0 else f"还有 {left} 天", Weight.SOON, "看诉求"
    return None


def _need(row: Any, told: _Told) -> Due:
    _, when, weight, verb = told
    what = "·".join(part for part in (row.title, row.owner) if part)
    return Due(row.name, what, verb, when, weight, "needs", row.id)


def checks_to_make(session: Session, today: date) -> Group:
    """督查抽查: draws of the last months in which somebody was not asked yet."""
    waiting = sa.func.sum(sa.case((Check.result == inspections.WAITING, 1), else_=0))
    query = (
        sa.select(
            Inspection.id, Inspection.title, Inspection.checkers, sa.func.count(), waiting.label("waiting")
        )
        .join(Check, Check.inspection_id == Inspection.id)
        .where(Inspection.day >= today - timedelta(days=CHECK_DAYS))
        .group_by(Inspection.id)
        .having(waiting > 0)
        .order_by(Inspection.day, Inspection.id)
    )
    dues = []
    left = 0
    for _, title, checkers, drawn, open_ in session.execute(query):
        left += open_
        listing = Listing(register("checks"), today).where(
            Condition("inspection_id", Op.IN, (title,)), Condition("result", Op.IN, (inspections.WAITING,))
        )
        dues.append(
            Due(
                title,
                f"抽取 {drawn} 人次，抽查组 {checkers}",
                "去核查",
                f"还有 {open_} 人次",
                listing=listing,
            )
        )
    return Group("checks", "督查抽查", tuple(dues), left)
