"""Results of a round: a whole route at one stroke, exceptions, refusals; one act, one last contact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cadre_desk.actions import records, visits
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.errors import RuleError
from cadre_desk.domain.visits import ABSENT, DONE, PLANNED
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.visits import ROUNDS, VISITS
from tests import rounds
from tests.ledgers import TODAY

WALK = visits.Walk(date(2026, 1, 20), "周敏、李强")


def walked(book: Ledger, **first: Any) -> dict[int, dict[str, Any]]:
    """A round of the village, all visits as planned; the first with other values."""
    made = rounds.make(book, rounds.plan(book, *rounds.rules("age")))
    with book.desk.read() as session:
        listed = visits.visits_of(session, made)
        results = {one.id: WALK.result_of(one.cash, one.goods) for one in listed}
    results[min(results)] |= first
    return results


def record(book: Ledger, results: dict[int, dict[str, Any]]) -> int:
    with book.desk.unit("登记走访结果") as session:
        visits.record_results(session, results, today=TODAY)
    return book.desk.last_act() or 0


def shown(book: Ledger, register: Any, *keys: str) -> list[tuple[Any, ...]]:
    with book.desk.read() as session:
        return [row.values for row in Listing(register, TODAY).showing(*keys).rows(session)]


def test_a_route_walked_as_planned_hands_over_what_was_planned_as_one_act(book: Ledger) -> None:
    act = record(book, walked(book))
    assert set(shown(book, VISITS, "state", "met", "cash_given")) == {(DONE, "本人", 60000)}
    assert shown(book, ROUNDS, "people", "reached") == [(7, 7)]
    book.desk.undo(act)
    assert set(shown(book, VISITS, "state", "done", "cash_given")) == {(PLANNED, None, None)}


def test_only_who_was_reached_counts_as_last_contacted(book: Ledger) -> None:
    record(book, walked(book, state=ABSENT, method=None, met=None, cash_given=None))
    days = [values[0] for values in shown(book, PEOPLE, "last_contact")]
    assert days.count(WALK.day) == 6
    assert set(days) == {WALK.day, None}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"visitors": "周敏"}, "两人以上"),
        ({"visitors": None}, "请填走访人"),
        ({"method": None}, "请填走访方式"),
        ({"done": None}, "请填走访日期"),
        ({"done": date(2026, 2, 1)}, "今天以后"),
        ({"state": ABSENT}, "没有见到本人"),
        ({"state": PLANNED, "cash_given": None}, "请选走访结果"),
        ({"cash_given": -1}, "不能小于 0"),
    ],
)
def test_one_wrong_result_keeps_all_from_being_written(
    wrong: dict[str, Any], said: str, book: Ledger
) -> None:
    with pytest.raises(RuleError, match=said):
        record(book, walked(book, **wrong))
    assert {values[0] for values in shown(book, VISITS, "state")} == {PLANNED}


def test_a_visit_that_is_gone_is_said_and_nothing_is_written(book: Ledger) -> None:
    results = walked(book)
    with pytest.raises(RuleError, match="有 1 人已经不在这个批次里"):
        record(book, {**results, 999: results[min(results)]})
    assert {values[0] for values in shown(book, VISITS, "state")} == {PLANNED}


def test_a_telephone_call_outside_rounds_is_a_contact_and_needs_one_caller(book: Ledger) -> None:
    call = {"person_id": 3, "reason": "电话问候", "state": DONE, "done": date(2026, 1, 25), "method": "3"}
    with pytest.raises(RuleError, match="请填走访人"), book.desk.unit("登记电话") as session:
        records.keep(session, VISITS, call, today=TODAY)
    with book.desk.unit("登记电话") as session:
        records.keep(session, VISITS, {**call, "visitors": "周敏"}, today=TODAY)
    assert date(2026, 1, 25) in {values[0] for values in shown(book, PEOPLE, "last_contact")}
    with book.desk.read() as session:
        earlier = Listing(PEOPLE, TODAY).at(date(2026, 1, 24)).showing("last_contact").rows(session)
    assert {row.values[0] for row in earlier} == {None}
