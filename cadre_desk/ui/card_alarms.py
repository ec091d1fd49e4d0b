"""What is wrong with a person's record or owed to the person, each with the verb that does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cadre_desk.actions.history import held_by
from cadre_desk.db.desk import Desk
from cadre_desk.domain.ages import fifty_years_in_party
from cadre_desk.domain.birthdays import celebration
from cadre_desk.domain.errors import Severity
from cadre_desk.domain.person_rules import BIRTHS_DIFFER
from cadre_desk.domain.visits import WAITING
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.visits import VISITS
from cadre_desk.ui.card_facts import CardFacts, birth_of
from cadre_desk.ui.card_header import Alarm
from cadre_desk.ui.kit.notices import HINT, REFUSAL, WARNING

#: What an alarm's act may be, beside "field=…" (type it) and "tab=…" (look there).
BASIS: Final = "basis"
TO_ROUND: Final = "round"
ADD_CONTACT: Final = "add=contacts"

_AHEAD: Final = 60
_ON_BOOKS: Final = "1"
_PARTY: Final = frozenset({"01", "02"})
_WEIGHTS: Final = (REFUSAL, WARNING, HINT)


def person_alarms(desk: Desk, facts: CardFacts, today: date) -> list[Alarm]:
    """All of them, the heaviest first."""
    found = list(_rules(facts, today))
    if facts.values.get("status") == _ON_BOOKS:
        found += [*_milestone(facts, today), *_missing(desk, facts, today), *_now(desk, facts, today)]
    return sorted(found, key=lambda alarm: _WEIGHTS.index(alarm.weight))


def _rules(facts: CardFacts, today: date) -> Iterator[Alarm]:
    """What the cross-field checks say; that the two birth dates differ is normal and explained."""
    for problem in PEOPLE.problems(facts.values, today):
        if problem.rule == BIRTHS_DIFFER:
            yield Alarm("身份证与档案出生年月不一致", HINT, "查看依据", BASIS)
            continue
        weight = REFUSAL if problem.severity is Severity.HOLD else WARNING
        yield Alarm(problem.text.removesuffix("。"), weight, "去改", f"field={problem.field}")


def _milestone(facts: CardFacts, today: date) -> Iterator[Alarm]:
    """A celebrated birthday in the next two months."""
    values, ahead = facts.values, today + timedelta(days=_AHEAD)
    for year in sorted({today.year, ahead.year}):
        kept = celebration(birth_of(values), values.get("lunar_birth"), values.get("birthday_habit"), year)
        for one in kept:
            if one.milestone and one.day.month and today <= one.day.last and one.day.first <= ahead:
                day = f" {one.day.day} 日" if one.day.day else ""
                when = f"{one.day.month} 月{day}" + ("（农历）" if one.lunar else "")
                reason = one.reason.removeprefix("逢")
                yield Alarm(f"{when}逢{reason}，尚未安排祝寿", WARNING, "安排", TO_ROUND, "cake")


def _missing(desk: Desk, facts: CardFacts, today: date) -> Iterator[Alarm]:
    """What someone who must reach her would look for in vain."""
    with desk.read() as session:
        row = Listing(PEOPLE, today).showing("has_emergency").rows_of(session, [facts.record])[facts.record]
    if not row.values[0]:
        yield Alarm("没有紧急联系人", WARNING, "添加", ADD_CONTACT, "phone")
    if not facts.values.get("phone") and not facts.values.get("landline"):
        yield Alarm("没有登记电话", WARNING, "去填", "field=phone", "phone")


def _now(desk: Desk, facts: CardFacts, today: date) -> Iterator[Alarm]:
    """In hospital; on a round and not yet visited; fifty years in the Party and no medal on record."""
    values = facts.values
    with desk.read() as session:
        held = held_by(session, PEOPLE, facts.record, today=today) if values.get("in_hospital") else []
        listing = Listing(VISITS, today, (Condition("state", Op.IN, WAITING),))
        waiting = listing.belonging("person_id", facts.record).showing("reason").rows(session)
    if values.get("in_hospital"):
        since = next((f"，{fact.since.words()}起" for fact in held if fact.key == "in_hospital"), "")
        yield Alarm(f"正在住院{since}", WARNING, "更新", "field=in_hospital", "bed")
    for row in waiting:
        yield Alarm(f"{row.values[0]}已造册，还没有走访", HINT, "查看", "tab=visits", "visit")
    joined, full = values.get("party_join"), values.get("party_full")
    member = values.get("political") in _PARTY and not values.get("fifty_medal")
    if member and fifty_years_in_party(joined, full, today.year):
        yield Alarm("在党满 50 年，没有登记纪念章", HINT, "去填", "field=fifty_medal", "star")
