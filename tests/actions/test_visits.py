"""A round from rules: who is on it, why, what each gets, who is left out, what is kept and undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people, records, visits
from cadre_desk.actions.visits import Edit, RoundPlan
from cadre_desk.actions.visits.sources import LAST
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Contact, LeftOut, Round, Visit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.domain.rounds import Amounts
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.round_rules import ROUND_RULES, round_rule
from tests import rounds
from tests.ledgers import TODAY

KING, LIXIU, TALL, PETAL, QIN = 1, 2, 3, 4, 11


def change(book: Ledger, person: int, **values: object) -> None:
    with book.desk.unit("修改") as session:
        records.keep(session, PEOPLE, values, person, today=TODAY)


def by_name(plan: RoundPlan) -> dict[str, str]:
    return {one.name: one.reason for one in plan.listed}


def test_somebody_hit_by_three_rules_is_listed_once_with_three_reasons(book: Ledger) -> None:
    plan = rounds.plan(book, *rounds.rules("lixiu", "age", "alone", "party"))
    assert by_name(plan)["王𬭎远"] == "80+、独居、党龄50年"
    assert len({one.person for one in plan.listed}) == len(plan.listed) == 7
    assert plan.hits == {"lixiu": 1, "age": 7, "alone": 2, "party": 2}
    assert plan.doubled == 4
    assert plan.listed[0].name == "于敬之"


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("couple", {"family_flags": ("2",)}),
        ("disabled", {"ability": "4"}),
        ("half_disabled", {"ability": "1"}),
        ("grave", {"diseases": "肺癌术后、透析"}),
        ("hospital", {"in_hospital": True}),
        ("hardship", {"family_flags": ("7", "8")}),
        ("bereaved", {"person_kind": "2"}),
    ],
)
def test_every_rule_hits_whom_it_says_once(rule: str, values: dict[str, object], book: Ledger) -> None:
    before = rounds.plan(book, *rounds.rules(rule)).hits[rule]
    change(book, QIN, **values)
    plan = rounds.plan(book, *rounds.rules(rule))
    assert plan.hits[rule] == before + 1
    found = round_rule(rule)
    assert found is not None
    assert by_name(plan)["秦友谊"] == found.worded()


def test_a_rule_is_found_by_key_title_or_reason() -> None:
    for rule in ROUND_RULES:
        assert round_rule(rule.key) is rule
        assert round_rule(rule.titled()) is rule
    assert round_rule("重阳") is None


def test_ages_are_reckoned_on_the_day_of_the_round_and_the_age_can_be_changed(book: Ledger) -> None:
    assert set(by_name(rounds.plan(book, *rounds.rules("age", age=90)))) == {"于敬之", "欧阳德厚"}
    in_march = replace(rounds.EVERYBODY, today=date(2026, 3, 1))
    king = visits.declared_sources(in_march, {"age": 90})[1]
    assert by_name(rounds.plan(book, king, everybody=in_march))["王𬭎远"] == "90+"


def test_the_dead_the_paid_and_the_excluded_are_left_out_with_the_reason(book: Ledger) -> None:
    rounds.make(book, rounds.plan(book, *rounds.rules("lixiu")))
    with book.desk.unit("登记去世") as session:
        people.record_death(session, PETAL, PartialDate(2026, 1, 20), today=TODAY)
    plan = rounds.plan(book, excluded={KING: "本人谢绝"})
    why = {one.name: (one.why, one.by_hand) for one in plan.left_out}
    assert why == {
        "于敬之": ("本年同一时机已列入「青岚县离退休干部2026年春节慰问」", False),
        "卜兰芝": ("已去世", False),
        "王𬭎远": ("本人谢绝", True),
    }
    assert len(plan.listed) == 9
    assert plan.title == "青岚县离退休干部2026年春节慰问（第二批）"


def test_what_is_done_by_hand_needs_a_reason(book: Ledger) -> None:
    for more in ({"added": {QIN: " "}}, {"excluded": {KING: ""}}, {"edited": {KING: Edit(100, "")}}):
        with pytest.raises(RuleError, match="要写"):
            rounds.plan(book, *rounds.rules("age"), **more)
    with pytest.raises(RuleError, match="大于 0"):
        rounds.plan(book, edited={KING: Edit(0, "误")})


def test_amounts_by_rule_and_by_hand_and_the_budget_add_up(book: Ledger) -> None:
    plan = rounds.plan(
        book,
        *rounds.rules("lixiu", "age"),
        amounts=Amounts(60000, {"lixiu": 150000}),
        added={QIN: "家庭变故"},
        edited={KING: Edit(80000, "住院")},
        budget=500000,
    )
    assert plan.total == 150000 + 80000 + 5 * 60000 + 60000
    assert plan.over_budget == plan.total - 500000
    assert plan.standard == "每人600元；离休干部（全体）1,500元；符合几条的从高，不累加"
    assert plan.rule == "离休干部（全体）、80岁以上、手工加入1人"


def test_a_round_without_amount_or_people_is_not_made(book: Ledger) -> None:
    with pytest.raises(RuleError, match="没有慰问金"):
        rounds.make(book, rounds.plan(book, cash=0))
    with pytest.raises(RuleError, match="没有符合条件"):
        rounds.make(book, rounds.plan(book, *rounds.rules("hospital")))


def test_reasons_and_exclusions_are_kept_and_undone_as_one(book: Ledger) -> None:
    plan = rounds.plan(
        book, *rounds.rules("lixiu", "age"), excluded={KING: "本人谢绝"}, edited={TALL: Edit(80000, "住院")}
    )
    made = rounds.make(book, plan)
    with book.desk.read() as session:
        assert [(one.person_id, one.reason, one.why) for one in visits.left_out_of(session, made)] == [
            (KING, "80+", "本人谢绝")
        ]
        kept = {one.person_id: (one.cash, one.cash_reason) for one in visits.visits_of(session, made)}
        assert kept[TALL] == (80000, "住院")
        assert [(one.title, one.hit) for one in visits.kept_rules(session, made).rules] == [
            ("离休干部（全体）", 1),
            ("80岁以上", 7),
        ]
    book.desk.undo(book.desk.last_act())
    with book.desk.read() as session:
        for model in (Round, Visit, LeftOut):
            assert session.scalar(sa.select(sa.func.count()).select_from(model)) == 0


def test_last_years_list_is_a_rule_and_tells_who_has_died_since(book: Ledger) -> None:
    rounds.make(book, rounds.plan(book, *rounds.rules("lixiu", "alone"), year=2025))
    with book.desk.unit("登记去世") as session:
        people.record_death(session, LIXIU, PartialDate(2026, 1, 20), today=TODAY)
    with book.desk.read() as session:
        last = visits.last_source(session, rounds.EVERYBODY, "01", 2026)
        assert visits.last_source(session, rounds.EVERYBODY, "04", 2026) is None
    assert last is not None
    assert last.key == LAST
    plan = rounds.plan(book, last)
    assert set(by_name(plan).values()) == {"去年"}
    assert [(one.name, one.why) for one in plan.left_out] == [("于敬之", "已去世")]


def test_husband_and_wife_are_told_but_both_are_listed(book: Ledger) -> None:
    with book.desk.unit("登记配偶") as session:
        session.add(Contact(person_id=TALL, name="卜兰芝", relation="12"))
        session.add(Contact(person_id=PETAL, name="丁茂才", relation="11"))
        session.add(Contact(person_id=KING, name="马淑华", relation="12"))
    plan = rounds.plan(book, *rounds.rules("age"))
    assert plan.couples == (("丁茂才", "卜兰芝"),)
    assert {"丁茂才", "卜兰芝", "王𬭎远"} <= set(by_name(plan))
