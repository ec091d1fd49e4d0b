"""督查抽查: a seeded draw from a round's made visits, one act; checkers are others than the visitors."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cadre_desk.actions import inspections, records
from cadre_desk.actions.inspections import InspectionPlan
from cadre_desk.actions.needs_due import checks_to_make
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.errors import RuleError, UserError
from cadre_desk.registers.inspections import CHECKS, INSPECTIONS
from cadre_desk.registers.listing import Listing
from tests import rounds
from tests.ledgers import TODAY
from tests.needs import WALKED, drawn, found_true, walk


def planned(book: Ledger, round_id: int = 1, **asked: Any) -> InspectionPlan:
    with book.desk.read() as session:
        wanted: dict[str, Any] = {"share": 10, "seed": 7, "team": ("陶雪梅",), **asked}
        return inspections.plan_inspection(session, round_id, **wanted)


def shown(book: Ledger, register: Any, *keys: str) -> list[tuple[Any, ...]]:
    with book.desk.read() as session:
        return [row.values for row in Listing(register, TODAY).showing(*keys).rows(session)]


def test_a_draw_is_written_as_one_act_with_its_seed_and_can_be_repeated(book: Ledger) -> None:
    walk(book)
    made = drawn(book)
    assert shown(book, INSPECTIONS, "pool", "share", "seed", "drawn", "looked_at") == [(12, 10, 7, 1, 0)]
    assert shown(book, CHECKS, "visited", "visitors", "checkers", "result") == [
        (WALKED, "周敏、李强", "陶雪梅", "1")
    ]
    with book.desk.read() as session:
        assert inspections.redraw(session, made) == [
            one.visit_id for one in inspections.checks_of(session, made)
        ]
    book.desk.undo()
    assert shown(book, CHECKS, "result") == shown(book, INSPECTIONS, "title") == []


def test_a_second_draw_takes_none_of_the_first_and_says_which_time_it_is(book: Ledger) -> None:
    walk(book)
    first, second = drawn(book), drawn(book, seed=8)
    with book.desk.read() as session:
        taken = [{one.visit_id for one in inspections.checks_of(session, key)} for key in (first, second)]
        assert inspections.redraw(session, first) == sorted(taken[0])
        assert inspections.redraw(session, second) == sorted(taken[1])
    assert taken[0].isdisjoint(taken[1])
    titles = [title for (title,) in shown(book, INSPECTIONS, "title")]
    assert sorted(title.endswith("（第2次）") for title in titles) == [False, True]


def test_the_plan_says_how_many_townships_and_visitors_it_shows(book: Ledger) -> None:
    walk(book)
    plan = planned(book)
    assert (plan.pool, len(plan.drawn), plan.stop) == (12, 1, "")
    assert (plan.places, plan.visitors) == ((1, 2), (2, 2))


def test_a_team_of_those_who_walked_is_refused_in_a_sentence(book: Ledger) -> None:
    walk(book)
    plan = planned(book, team=("周敏", "李强"))
    assert "都参加了" in plan.stop
    assert "不能抽查自己" in plan.stop
    with pytest.raises(RuleError, match="请增加没有参加走访的人"), book.desk.unit("抽查") as session:
        inspections.make_inspection(session, plan, today=TODAY)
    assert planned(book, team=("周敏", "陶雪梅")).drawn[0].checkers == "陶雪梅"
    assert planned(book, team=()).stop == "请填抽查组的人，走访人不能抽查自己。"


def test_a_round_nobody_walked_and_one_that_is_gone_have_nothing_to_draw(book: Ledger) -> None:
    rounds.make(book, rounds.plan(book))
    assert "没有可抽的" in planned(book).stop
    with pytest.raises(UserError, match="已经不在台账里"):
        planned(book, 99)
    with pytest.raises(UserError, match="5% 到 10% 之间"):
        planned(book, share=20)


def test_results_are_written_together_or_not_at_all_each_with_its_name(book: Ledger) -> None:
    walk(book)
    made = drawn(book)
    with book.desk.read() as session:
        (check,) = inspections.checks_of(session, made)
    values = {"result": "2", "checked": TODAY, "way": "1", "checkers": "周敏"}
    refused = pytest.raises(RuleError, match="：周敏是这次走访的走访人")
    with refused, book.desk.unit("登记抽查结果") as session:
        inspections.record_checks(session, {check.id: values}, today=TODAY)
    assert shown(book, CHECKS, "result") == [("1",)]
    found_true(book, made)
    assert shown(book, INSPECTIONS, "looked_at", "true", "wrong", "unreached") == [(1, 1, 0, 0)]


def test_a_form_cannot_make_a_visitor_the_checker_either(book: Ledger) -> None:
    walk(book)
    drawn(book)
    with pytest.raises(RuleError, match="不能抽查自己"), book.desk.unit("改") as session:
        records.keep(session, CHECKS, {"checkers": "李强"}, 1, today=TODAY)


def test_the_workbench_waits_for_what_was_drawn(book: Ledger) -> None:
    walk(book)
    made = drawn(book)
    with book.desk.read() as session:
        group = checks_to_make(session, TODAY)
        (line,) = group.dues
        assert line.listing is not None
        assert (group.count, line.when, line.listing.count(session)) == (1, "还有 1 人次", 1)
        assert checks_to_make(session, date(2026, 8, 1)).dues == ()
    found_true(book, made)
    with book.desk.read() as session:
        assert checks_to_make(session, TODAY).dues == ()
