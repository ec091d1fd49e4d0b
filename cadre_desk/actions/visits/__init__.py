"""走访慰问: rules to a plan, the plan to a round, the round to its results; and read again."""

from __future__ import annotations

from cadre_desk.actions.visits.keeping import KeptRule, kept_rules, left_out_of, make_round, visits_of
from cadre_desk.actions.visits.planning import (
    Edit,
    LeftOutPerson,
    Listed,
    RoundPlan,
    RoundRequest,
    plan_round,
)
from cadre_desk.actions.visits.results import Walk, record_results
from cadre_desk.actions.visits.sources import (
    Source,
    counted,
    declared_sources,
    last_source,
    listing_source,
    view_sources,
)

__all__ = [
    "Edit",
    "KeptRule",
    "LeftOutPerson",
    "Listed",
    "RoundPlan",
    "RoundRequest",
    "Source",
    "Walk",
    "counted",
    "declared_sources",
    "kept_rules",
    "last_source",
    "left_out_of",
    "listing_source",
    "make_round",
    "plan_round",
    "record_results",
    "view_sources",
    "visits_of",
]
