"""督查抽查: draw from a round's made visits by a seed, write down what was found; called inside a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import records
from cadre_desk.db.models import Check, Inspection, Person, Place, Round, Visit
from cadre_desk.domain import inspections as rules
from cadre_desk.domain.errors import Problem, RuleError, UserError
from cadre_desk.domain.inspections import Candidate
from cadre_desk.domain.visits import DONE, names_in
from cadre_desk.registers.inspections import CAN_BE_DRAWN, CHECKS, INSPECTIONS

#: What stands for a person without a township.
NO_PLACE = "未填乡镇街道"
_TITLE = "督查抽查"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One visit that a plan draws: whose, where, when and by whom it was made, and who can check it."""

    visit: int
    person: int
    name: str
    place: str
    visited: date
    visitors: str
    checkers: str


@dataclass(frozen=True)
class InspectionPlan:
    """A draw before it is written; ``stop`` says why it can't be, "" if it can.

    ``places`` and ``visitors`` say how many of the pool's townships and visitors the sample shows.
    """

    round_id: int
    title: str
    share: int
    seed: int
    team: tuple[str, ...]
    pool: int
    drawn: tuple[Drawn, ...]
    places: tuple[int, int]
    visitors: tuple[int, int]
    stop: str = ""


def plan_inspection(
    session: Session, round_id: int, *, share: int, seed: int, team: Sequence[str]
) -> InspectionPlan:
    """Draw from the made visits of a round that no inspection has drawn yet.

    Raises:
        UserError: the round is gone, or the share is not between 5 and 10 percent.
    """
    made = session.get(Round, round_id)
    if made is None:
        raise UserError("这个走访批次已经不在台账里，请刷新名单。")
    rows = _made_visits(session, round_id, CAN_BE_DRAWN)
    pool = _pool(rows)
    sample = rules.draw(pool, rules.size_of(len(pool), share), seed)
    wanted = {one.id for one in sample}
    drawn = tuple(
        Drawn(
            row.id,
            row.person_id,
            row.name,
            row.place,
            row.done,
            row.visitors or "",
            "、".join(rules.free_checkers(team, row.visitors or "")),
        )
        for row in rows
        if row.id in wanted
    )
    return InspectionPlan(
        round_id,
        _title(session, made),
        share,
        seed,
        tuple(team),
        len(pool),
        drawn,
        _seen(pool, sample, "place"),
        _seen(pool, sample, "visitor"),
        _stop(drawn, team, len(pool)),
    )


def _pool(rows: Sequence[Any]) -> list[Candidate]:
    return [Candidate(row.id, row.uid, row.place, tuple(names_in(row.visitors))) for row in rows]


def _made_visits(session: Session, round_id: int, which: sa.ColumnElement[bool]) -> Sequence[Any]:
    query = (
        sa.select(
            Visit.id,
            Visit.uid,
            Visit.person_id,
            Visit.done,
            Visit.visitors,
            Person.name,
            sa.func.coalesce(Place.name, NO_PLACE).label("place"),
        )
        .join(Person, Person.id == Visit.person_id)
        .outerjoin(Place, Place.id == Person.place_id)
        .where(Visit.round_id == round_id, Visit.done.is_not(None), which)
        .order_by(Visit.serial, Visit.id)
    )
    return session.execute(query).all()


def _seen(pool: Sequence[Candidate], sample: Sequence[Candidate], kind: str) -> tuple[int, int]:
    """How many strata of a kind the sample shows, of how many there are."""
    shown, there = (
        {stratum for one in some for stratum in one.strata if stratum[0] == kind} for some in (sample, pool)
    )
    return len(shown), len(there)


def _title(session: Session, made: Round) -> str:
    """The round's title with 督查抽查, and which time it is from the second on."""
    before = session.scalar(sa.select(sa.func.count()).where(Inspection.round_id == made.id)) or 0
    again = f"（第{before + 1}次）" if before else ""
    return f"{made.title}{_TITLE}{again}"


def _stop(drawn: Sequence[Drawn], team: Sequence[str], pool: int) -> str:
    """Why the draw can't be written."""
    if not pool:
        return "这个批次还没有已走访的人，或者都已经抽查过，没有可抽的。"
    if not team:
        return "请填抽查组的人，走访人不能抽查自己。"
    own = [one for one in drawn if not one.checkers]
    if own:
        return (
            f"抽查组的{'、'.join(team)}都参加了{own[0].name}等 {len(own)} 人次的走访，不能抽查自己，"
            "请增加没有参加走访的人。"
        )
    return ""


def make_inspection(session: Session, plan: InspectionPlan, *, today: date) -> int:
    """Write a draw as one act; answers its key.

    Raises:
        RuleError: it can't be written (see ``InspectionPlan.stop``).
    """
    if plan.stop:
        raise RuleError([Problem(plan.stop, "checkers")])
    made = Inspection(
        title=plan.title,
        round_id=plan.round_id,
        day=today,
        share=plan.share,
        pool=plan.pool,
        seed=plan.seed,
        checkers="、".join(plan.team),
    )
    session.add(made)
    session.flush()
    session.execute(
        sa.insert(Check),
        [
            {
                "inspection_id": made.id,
                "visit_id": one.visit,
                "person_id": one.person,
                "serial": number,
                "place": one.place,
                "visited": one.visited,
                "visitors": one.visitors,
                "checkers": one.checkers,
                "result": rules.WAITING,
            }
            for number, one in enumerate(plan.drawn, start=1)
        ],
    )
    return made.id


def redraw(session: Session, inspection: int) -> list[int]:
    """Draw again by the seed that was written down, from the round's visits as they stand now.

    Answers the keys of the visits drawn: the same as were drawn unless the round's results changed since.

    Raises:
        UserError: the inspection is gone.
    """
    made = session.get(Inspection, inspection)
    if made is None:
        raise UserError(f"这次{INSPECTIONS.noun}已经不在台账里，请刷新名单。")
    earlier = sa.select(Check.visit_id).where(Check.inspection_id < inspection)
    rows = _made_visits(session, made.round_id, sa.and_(Visit.state == DONE, Visit.id.not_in(earlier)))
    sample = rules.draw(_pool(rows), rules.size_of(len(rows), made.share), made.seed)
    return sorted(one.id for one in sample)


def record_checks(session: Session, found: Mapping[int, Mapping[str, Any]], *, today: date) -> int:
    """登记抽查结果, many at once, by their keys; answers how many were written.

    Raises:
        RuleError: one of them breaks a rule (each problem begins with the name); nothing is kept.
    """
    problems: list[Problem] = []
    for key, values in sorted(found.items()):
        try:
            records.keep(session, CHECKS, values, key, today=today)
        except RuleError as error:
            name = session.scalar(
                sa.select(Person.name).join(Check, Check.person_id == Person.id).where(Check.id == key)
            )
            problems += [Problem(f"{name}：{one.text}", one.field) for one in error.problems]
    if problems:
        raise RuleError(problems)
    return len(found)


def checks_of(session: Session, inspection: int) -> Sequence[Check]:
    """The drawn visits of an inspection in the order of its paper."""
    query = sa.select(Check).where(Check.inspection_id == inspection).order_by(Check.serial)
    return session.scalars(query).all()
