"""走访慰问 in its first form: a round planned from a listing, with one amount and a reason for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Person, Round, Visit
from cadre_desk.domain import codes
from cadre_desk.domain.errors import Problem, RuleError
from cadre_desk.registers.listing import Listing

#: The order of a 慰问名册: 离休, 退休, 遗属; inside by the office's order, then age (paper 9.1).
ORDER: Final = (
    ("person_kind", False),
    ("retire_type", False),
    ("unit_serial", False),
    ("birth_archive", False),
)
CASH_IN_HAND: Final = "1"


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round would be before it is written: who is listed and why, who is left out and why."""

    title: str
    year: int
    occasion: str
    rule: str
    listed: tuple[tuple[int, str], ...]
    left_out: tuple[tuple[int, str, str], ...]
    cash: int
    goods: str

    @property
    def total(self) -> int:
        """What the round costs, in 分."""
        return self.cash * len(self.listed)


def plan_round(
    session: Session, listing: Listing, *, occasion: str, year: int, county: str, cash: int, goods: str = ""
) -> RoundPlan:
    """Plan a round over a listing of people: nobody is paid who is not on the books, and nobody twice.

    Raises:
        RuleError: the amount is not positive, or nobody is left.
    """
    if cash <= 0:
        raise RuleError([Problem("慰问金要大于 0 元。", "cash")])
    reason = f"{codes.table('occasion').short(occasion).removesuffix('慰问')}慰问"
    title = f"{county}离退休干部{year}年{reason}"
    ids = listing.sorted_by(*ORDER).ids(session)
    people = {
        row.id: (row.name, row.status)
        for row in session.execute(sa.select(Person.id, Person.name, Person.status).where(Person.id.in_(ids)))
    }
    paid = _already_listed(session, occasion, year)
    listed: list[tuple[int, str]] = []
    left_out: list[tuple[int, str, str]] = []
    for person in ids:
        name, status = people[person]
        if status != "1":
            left_out.append((person, name, codes.table("person_status").label(status)))
        elif person in paid:
            left_out.append((person, name, f"本年同一时机已列入「{paid[person]}」"))
        else:
            listed.append((person, reason))
    if not listed:
        raise RuleError([Problem("没有符合条件的人员，批次没有建立。请换一个名单或条件。")])
    return RoundPlan(title, year, occasion, listing.words(), tuple(listed), tuple(left_out), cash, goods)


def _already_listed(session: Session, occasion: str, year: int) -> dict[int, str]:
    query = (
        sa.select(Visit.person_id, Round.title)
        .join(Round, Round.id == Visit.round_id)
        .where(Round.occasion == occasion, Round.year == year)
    )
    return dict(session.execute(query).all())


def make_round(session: Session, plan: RoundPlan, *, today: date, listing: str | None = None) -> int:
    """Write a planned round; answers its key.

    Raises:
        RuleError: a round of the same title is there already.
    """
    if session.scalar(sa.select(Round.id).where(Round.title == plan.title)) is not None:
        raise RuleError([Problem(f"已经有「{plan.title}」，请改批次名称，或在原批次里增减人员。", "title")])
    made = Round(
        title=plan.title, year=plan.year, occasion=plan.occasion, day=today, rule=plan.rule, listing=listing
    )
    session.add(made)
    session.flush()
    session.execute(
        sa.insert(Visit),
        [
            {
                "round_id": made.id,
                "person_id": person,
                "serial": place,
                "reason": reason,
                "cash": plan.cash,
                "goods": plan.goods or None,
                "receive_way": CASH_IN_HAND,
                "booked": today,
            }
            for place, (person, reason) in enumerate(plan.listed, start=1)
        ],
    )
    return made.id


def visits_of(session: Session, round_id: int) -> Sequence[Visit]:
    """The visits of a round in the order of its paper."""
    return session.scalars(sa.select(Visit).where(Visit.round_id == round_id).order_by(Visit.serial)).all()
