"""A planned round written as one act, and read again: its visits, its rules, those left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.visits.planning import RoundPlan
from cadre_desk.db.models import LeftOut, Round, Visit
from cadre_desk.domain.errors import Problem, RuleError
from cadre_desk.domain.visits import PLANNED

CASH_IN_HAND: Final = "1"


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule as a round was made with it: how many it hit, and what it paid each in 分 (0: as everybody)."""

    key: str
    title: str
    hit: int
    cash: int


@dataclass(frozen=True, slots=True)
class KeptRules:
    """The rules of a round in order, and how many people were hit by two of them or more."""

    rules: tuple[KeptRule, ...]
    doubled: int


def make_round(session: Session, plan: RoundPlan, *, today: date) -> int:
    """Write a planned round with its list and those left out; answers its key.

    Raises:
        RuleError: nobody is on the list, an amount is missing, or the same title was given meanwhile.
    """
    if plan.stop:
        raise RuleError([Problem(plan.stop)])
    if session.scalar(sa.select(Round.id).where(Round.title == plan.title)) is not None:
        raise RuleError([Problem(f"刚才已经建立了「{plan.title}」，请刷新后再建。", "title")])
    request = plan.request
    made = Round(
        title=plan.title,
        year=request.year,
        occasion=request.occasion,
        day=today,
        rule=plan.rule,
        rules=_rules_of(plan),
        ages_on=request.everybody.as_of.day,
        fund=request.fund or None,
        budget=request.budget or None,
    )
    session.add(made)
    session.flush()
    session.execute(sa.insert(Visit), _visits(plan, made.id, today))
    if plan.left_out:
        session.execute(
            sa.insert(LeftOut),
            [
                {
                    "round_id": made.id,
                    "person_id": one.person,
                    "reason": one.reason,
                    "why": one.why,
                    "by_hand": one.by_hand or None,
                }
                for one in plan.left_out
            ],
        )
    return made.id


def _visits(plan: RoundPlan, made: int, today: date) -> list[dict[str, object]]:
    return [
        {
            "round_id": made,
            "person_id": one.person,
            "serial": place,
            "reason": one.reason,
            "by_hand": one.by_hand or None,
            "cash": one.cash,
            "cash_reason": one.cash_reason or None,
            "goods": one.goods or None,
            "receive_way": CASH_IN_HAND,
            "state": PLANNED,
            "booked": today,
        }
        for place, one in enumerate(plan.listed, start=1)
    ]


def _rules_of(plan: RoundPlan) -> str:
    """The rules and how many were hit by two or more of them, which the list alone does not tell."""
    by_rule = plan.request.amounts.by_rule
    rules = [
        KeptRule(source.key, source.title, plan.hits[source.key], by_rule.get(source.key, 0))
        for source in plan.request.sources
    ]
    kept = {"rules": [asdict(rule) for rule in rules], "doubled": plan.doubled}
    return json.dumps(kept, ensure_ascii=False)


def kept_rules(session: Session, round_id: int) -> KeptRules:
    """The rules that a round was made with."""
    kept = session.scalar(sa.select(Round.rules).where(Round.id == round_id))
    if not kept:
        return KeptRules((), 0)
    told = json.loads(kept)
    return KeptRules(tuple(KeptRule(**one) for one in told["rules"]), told["doubled"])


def visits_of(session: Session, round_id: int) -> Sequence[Visit]:
    """The visits of a round in the order of its paper."""
    return session.scalars(sa.select(Visit).where(Visit.round_id == round_id).order_by(Visit.serial)).all()


def left_out_of(session: Session, round_id: int) -> Sequence[LeftOut]:
    """Those whom the rules of a round hit and who are not on its list."""
    return session.scalars(sa.select(LeftOut).where(LeftOut.round_id == round_id).order_by(LeftOut.id)).all()
