"""Rounds of the village, as a clerk would ask for them."""

from __future__ import annotations

from typing import Any

from cadre_desk.actions import visits
from cadre_desk.actions.visits import RoundPlan, RoundRequest, Source
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.rounds import Amounts
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from tests.ledgers import TODAY

EVERYBODY = Listing(PEOPLE, TODAY)


def all_people() -> Source:
    """A rule that hits whoever is in the ledger."""
    return visits.listing_source("春节慰问", EVERYBODY)


def rules(*keys: str, **least: int) -> tuple[Source, ...]:
    """Declared rules by key, in their order, with other numbers."""
    return tuple(one for one in visits.declared_sources(EVERYBODY, least) if one.key in keys)


def plan(book: Ledger, *sources: Source, cash: int = 60000, **more: Any) -> RoundPlan:
    """A plan of 春节 2026 by these rules."""
    asked: dict[str, Any] = {
        "everybody": EVERYBODY,
        "occasion": "01",
        "year": 2026,
        "county": "青岚县",
        "sources": sources or (all_people(),),
        "amounts": Amounts(cash),
        **more,
    }
    with book.desk.read() as session:
        return visits.plan_round(session, RoundRequest(**asked))


def make(book: Ledger, wanted: RoundPlan) -> int:
    """The plan, made."""
    with book.desk.unit("建立走访批次") as session:
        return visits.make_round(session, wanted, today=TODAY)
