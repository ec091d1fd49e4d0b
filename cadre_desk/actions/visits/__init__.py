"""走访慰问: rules to a plan, the plan to a round, the round to its results; and read again."""

from __future__ import annotations

from cadre_desk.actions.visits.alarms import Alarm, alarms_of, let_pass, waivers_by_visit
from cadre_desk.actions.visits.amending import change_amount, take_in, take_off
from cadre_desk.actions.visits.keeping import (
    KeptRule,
    KeptRules,
    kept_rules,
    left_out_of,
    make_round,
    visits_of,
)
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
from cadre_desk.actions.visits.standards import carry_standards, latest_year, standards_of

__all__ = [
    "Alarm",
    "Edit",
    "KeptRule",
    "KeptRules",
    "LeftOutPerson",
    "Listed",
    "RoundPlan",
    "RoundRequest",
    "Source",
    "Walk",
    "alarms_of",
    "carry_standards",
    "change_amount",
    "counted",
    "declared_sources",
    "kept_rules",
    "last_source",
    "latest_year",
    "left_out_of",
    "let_pass",
    "listing_source",
    "make_round",
    "plan_round",
    "record_results",
    "standards_of",
    "take_in",
    "take_off",
    "view_sources",
    "visits_of",
    "waivers_by_visit",
]
