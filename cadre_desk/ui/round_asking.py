"""What the page of a round asks of the ledger beside the window: a plan, or a round as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cadre_desk.actions import papers, visits
from cadre_desk.actions.visits import Alarm, Edit, KeptRule, RoundPlan, RoundRequest
from cadre_desk.actions.visits.sources import LAST
from cadre_desk.db.desk import Desk
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.rounds import Amounts
from cadre_desk.export.issue import differs_from_print
from cadre_desk.export.papers.catalogue import paper
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.listing import Listing
from cadre_desk.ui.round_parts import NOT_PRINTED, PAPERS, Member, PaperState, Roll, roll_of

#: What a list that was picked elsewhere is called among the rules.
PICKED = "选好的名单"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What stands on the page: the standard, the rules with their numbers, what was done by hand."""

    occasion: str
    year: int
    county: str
    ages_on: date
    ticked: frozenset[str]
    least: Mapping[str, int] = field(default_factory=dict)
    amounts: Amounts = field(default_factory=Amounts)
    goods: str = ""
    fund: str = ""
    budget: int = 0
    picked: Listing | None = None
    added: Mapping[int, str] = field(default_factory=dict)
    excluded: Mapping[int, str] = field(default_factory=dict)
    edited: Mapping[int, Edit] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """A plan with its people as rows, how many each rule on offer hits, and what the last list is called."""

    plan: RoundPlan
    roll: Roll
    counts: Mapping[str, int]
    last: str


def read_plan(desk: Desk, everybody: Listing, asked: Asked) -> Planned:
    """The plan for what is asked."""
    that_day = replace(everybody, today=asked.ages_on)
    with desk.read() as session:
        last = visits.last_source(session, that_day, asked.occasion, asked.year)
        offered = [
            *([visits.listing_source(PICKED, asked.picked)] if asked.picked is not None else []),
            *visits.declared_sources(that_day, asked.least),
            *([last] if last is not None else []),
        ]
        views = [one for one in visits.view_sources(session, that_day) if one.key in asked.ticked]
        plan = visits.plan_round(
            session,
            RoundRequest(
                everybody=that_day,
                occasion=asked.occasion,
                year=asked.year,
                county=asked.county,
                sources=tuple(one for one in (*offered, *views) if one.key in asked.ticked),
                amounts=asked.amounts,
                goods=asked.goods,
                fund=asked.fund,
                budget=asked.budget,
                added=asked.added,
                excluded=asked.excluded,
                edited=asked.edited,
            ),
        )
        counts = visits.counted(session, [*offered, *views])
    members = [
        Member(one.person, one.reason, one.cash or None, one.by_hand, one.cash_reason) for one in plan.listed
    ]
    return Planned(
        plan, roll_of(desk, that_day, members), {LAST: 0, **counts}, last.title if last is not None else ""
    )


@dataclass(frozen=True, slots=True)
class MadeRound:
    """A round as it is in the ledger; ``left_out`` as (person, name, rules, why)."""

    record: int
    title: str
    year: int
    occasion: str
    day: str
    ages_on: str
    fund: str
    budget: int
    goods: str
    rules: tuple[KeptRule, ...]
    doubled: int
    alarms: tuple[Alarm, ...]
    roll: Roll
    left_out: tuple[tuple[int, str, str, str], ...]
    papers: tuple[PaperState, ...]


def read_round(ledger: Ledger, everybody: Listing, record: int) -> MadeRound | None:
    """A round with its people and papers; None if it is gone."""
    desk = ledger.desk
    rounds = Listing(register("rounds"), everybody.today)
    with desk.read() as session:
        shown = rounds.showing("title", "year", "occasion", "day", "ages_on", "fund", "budget")
        row = shown.rows_of(session, [record]).get(record)
        if row is None:
            return None
        visited = visits.visits_of(session, record)
        members = [
            Member(one.person_id, one.reason or "", one.cash, bool(one.by_hand), one.cash_reason or "")
            for one in visited
        ]
        goods = next((one.goods for one in visited if one.goods), "")
        out = visits.left_out_of(session, record)
        names = everybody.showing("name").rows_of(session, [one.person_id for one in out])
        left_out = tuple((one.person_id, names[one.person_id].values[0], one.reason, one.why) for one in out)
        kept = visits.kept_rules(session, record)
        alarms = tuple(visits.alarms_of(session, record))
        states = []
        for key, _, _ in PAPERS:
            last = papers.last_print(session, key, str(record))
            differs = differs_from_print(session, ledger, paper(key).about(record)) if last else ""
            states.append(PaperState(key, f"{last.at:%m-%d} 已印" if last else NOT_PRINTED, differs))
    title, year, occasion, day, ages_on, fund, budget = row.values
    return MadeRound(
        record,
        title,
        year,
        codes.table("occasion").label(occasion),
        PartialDate.of(day).words(),
        PartialDate.of(ages_on).words() if ages_on else "",
        fund or "",
        budget or 0,
        goods or "",
        kept.rules,
        kept.doubled,
        alarms,
        roll_of(desk, everybody, members),
        left_out,
        tuple(states),
    )
