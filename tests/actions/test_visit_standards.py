"""慰问标准 in a round: amounts that follow, times that stop, alarms that are let pass with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people, records, visits
from cadre_desk.actions.visits import Alarm
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Contact, Person, Visit, VisitStandard, VisitWaiver
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError, UserError
from cadre_desk.domain.visit_alarms import ACCOUNT, ADDRESS, CAP, COUPLE, GONE, ID_NUMBER, OFF, OFTEN
from cadre_desk.registers.people import ACCOUNTS, PEOPLE
from cadre_desk.registers.visits import STANDARDS, VISITS
from tests import rounds
from tests.ledgers import TODAY

KING, LIXIU, TALL = 1, 2, 3


def standard(book: Ledger, **values: Any) -> None:
    whole = {"year": 2026, "occasion": "01", "payee": "0", "level": "0", "times": 1, **values}
    with book.desk.unit("登记慰问标准") as session:
        records.keep(session, STANDARDS, whole, today=TODAY)


def found(book: Ledger, made: int) -> list[Alarm]:
    with book.desk.read() as session:
        return visits.alarms_of(session, made)


def kinds(book: Ledger, made: int, person: int) -> list[str]:
    return [one.warned.alarm for one in found(book, made) if one.person == person]


def keep(book: Ledger, register: Any, record: int | None = None, **values: Any) -> None:
    with book.desk.unit("修改") as session:
        records.keep(session, register, values, record, today=TODAY)


def test_amounts_and_goods_left_open_follow_the_standard(book: Ledger) -> None:
    standard(book, cash=60000, goods="米10kg")
    standard(book, payee="1", cash=150000, goods="米10kg、油5L")
    plan = rounds.plan(book, cash=0)
    cash = {one.person: (one.cash, one.goods) for one in plan.listed}
    assert cash[LIXIU] == (150000, "米10kg、油5L")
    assert cash[KING] == (60000, "米10kg")
    assert plan.standard == "按2026年慰问标准"
    assert not plan.stop
    made = rounds.make(book, plan)
    assert not [one for one in found(book, made) if one.warned.alarm == OFF]


def test_without_a_standard_or_an_amount_the_round_says_what_is_missing(book: Ledger) -> None:
    assert "登记2026年这个时机的慰问标准" in rounds.plan(book, cash=0).stop


def test_the_same_standard_is_kept_once(book: Ledger) -> None:
    standard(book, cash=60000)
    with pytest.raises(RuleError, match="年度、时机、发放对象、待遇层次」都和已有的记录相同"):
        standard(book, cash=70000)


def test_a_year_s_standards_are_carried_to_the_next_and_what_stands_there_stays(book: Ledger) -> None:
    standard(book, year=2025, cash=50000, basis="青老干〔2025〕2号")
    standard(book, year=2025, payee="1", cash=120000)
    standard(book, year=2026, payee="1", cash=150000)
    with book.desk.unit("沿用慰问标准") as session:
        carried = visits.carry_standards(session, 2025, 2026)
    assert (carried.written, carried.there) == (1, 1)
    with book.desk.read() as session:
        rows = session.execute(
            sa.select(VisitStandard.payee, VisitStandard.cash, VisitStandard.basis)
            .where(VisitStandard.year == 2026)
            .order_by(VisitStandard.payee)
        ).all()
        assert rows == [("0", 50000, "青老干〔2025〕2号"), ("1", 150000, None)]
        assert visits.latest_year(session, 2025) == 2025
    book.desk.undo()
    with book.desk.read() as session:
        assert visits.latest_year(session, 2030) == 2026
        assert len(visits.standards_of(session, "01", 2026)) == 1
        for year, to in ((2020, 2021), (2026, 2026)):
            with pytest.raises(UserError, match="年"):
                visits.carry_standards(session, year, to)


def test_a_second_payment_goes_as_far_as_the_standard_allows(book: Ledger) -> None:
    standard(book, occasion="11", cash=50000, times=2, cap=80000)
    for expected in (True, True, False):
        plan = rounds.plan(book, occasion="11", cash=0)
        assert bool(plan.listed) is expected
        if plan.listed:
            made = rounds.make(book, plan)
    assert plan.left_out[0].why == "本年同一时机已有 2 次，标准是每年 2 次"
    assert CAP in kinds(book, made, KING)
    assert OFTEN not in kinds(book, made, KING)


def test_a_payment_outside_rounds_counts_and_a_visit_in_vain_does_not(book: Ledger) -> None:
    visit: dict[str, Any] = {
        "reason": "住院",
        "state": "2",
        "done": date(2026, 1, 5),
        "method": "2",
        "visitors": "周敏、贺建平",
    }
    keep(book, VISITS, person_id=KING, occasion="11", cash_given=50000, **visit)
    keep(book, VISITS, person_id=LIXIU, occasion="11", **visit)
    standard(book, occasion="11", cash=50000, times=1)
    plan = rounds.plan(book, occasion="11", cash=0)
    assert {one.person: one.why for one in plan.left_out} == {KING: "本年同一时机已列入「批次以外」"}
    assert LIXIU in {one.person for one in plan.listed}


def test_every_alarm_is_told_where_it_belongs(book: Ledger) -> None:
    standard(book, cash=50000, cap=55000)
    made = rounds.make(book, rounds.plan(book, cash=60000))
    keep(book, PEOPLE, KING, address=None, id_no=None)
    with book.desk.unit("改领取方式") as session:
        session.execute(sa.update(Visit).where(Visit.person_id == KING).values(receive_way="2"))
        names = {one.id: one.name for one in session.execute(sa.select(Person.id, Person.name))}
        session.add(Contact(person_id=KING, name=names[TALL], relation="12"))
        session.add(Contact(person_id=TALL, name=names[KING], relation="11"))
    assert kinds(book, made, KING) == [CAP, OFF, ACCOUNT, ID_NUMBER, ADDRESS, COUPLE]
    assert {COUPLE, CAP, OFF} <= set(kinds(book, made, TALL))
    keep(book, ACCOUNTS, person_id=KING, holder=names[KING], card_no="6222021234567890123")
    assert ACCOUNT not in kinds(book, made, KING)


def test_who_died_after_the_list_was_made_stops_the_money_and_cannot_be_let_pass(book: Ledger) -> None:
    made = rounds.make(book, rounds.plan(book))
    with book.desk.unit("登记去世") as session:
        people.record_death(session, LIXIU, PartialDate(2026, 1, 20), today=TODAY)
    alarms = [one for one in found(book, made) if one.person == LIXIU]
    assert [one.warned.alarm for one in alarms] == [GONE]
    assert alarms[0].holds
    with book.desk.unit("放行") as session, pytest.raises(RuleError, match="不能放行"):
        visits.let_pass(session, alarms, "家属要求", operator="周敏", today=TODAY)


def test_an_alarm_is_let_pass_with_a_reason_that_the_papers_print_and_undo_brings_it_back(
    book: Ledger,
) -> None:
    standard(book, cash=50000)
    made = rounds.make(book, rounds.plan(book, cash=60000))
    off = [one for one in found(book, made) if one.warned.alarm == OFF]
    assert off
    assert all(one.holds for one in off)
    with book.desk.unit("放行") as session, pytest.raises(RuleError, match="写原因"):
        visits.let_pass(session, off, " ", operator="周敏", today=TODAY)
    with book.desk.unit("放行") as session:
        assert visits.let_pass(session, off, "方案已批", operator="周敏", today=TODAY) == len(off)
    assert not [one for one in found(book, made) if one.holds]
    with book.desk.read() as session:
        printed = visits.waivers_by_visit(session, made)
        assert printed[off[0].visit] == "不合标准：方案已批"
    with book.desk.unit("再放行") as session:
        assert visits.let_pass(session, found(book, made), "又来", operator="周敏", today=TODAY) == 0
    book.desk.undo()
    with book.desk.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(VisitWaiver)) == 0


def test_an_amount_changed_by_hand_with_a_reason_is_no_alarm(book: Ledger) -> None:
    standard(book, cash=60000)
    plan = rounds.plan(book, cash=0, edited={KING: visits.Edit(90000, "百岁老人")})
    made = rounds.make(book, plan)
    assert OFF not in kinds(book, made, KING)
