from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people, records
from cadre_desk.actions.records import How
from cadre_desk.actions.safekeeping import check_up
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import (
    BankAccount,
    ClosedYear,
    Membership,
    Movement,
    Person,
    PersonFact,
    Round,
    Visit,
)
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import ACCOUNTS, PEOPLE
from tests.db.test_desk import rows
from tests.ledgers import TODAY


def count(book: Ledger, day: date | None = None, *conditions: Condition) -> int:
    on_books = Condition("status", Op.IN, ("1",))
    with book.desk.read() as session:
        return Listing(PEOPLE, TODAY).at(day).where(on_books, *conditions).count(session)


def facts(book: Ledger, person: int, aspect: str) -> list[tuple[str | None, str, str]]:
    with book.desk.read() as session:
        found = session.scalars(
            sa.select(PersonFact)
            .where(PersonFact.owner_id == person, PersonFact.aspect == aspect)
            .order_by(PersonFact.id)
        )
        return [(one.value, one.since.iso, one.booked.isoformat()) for one in found]


def test_a_death_closes_what_it_ends_and_its_undo_reopens_all(book: Ledger) -> None:
    before = rows(book.desk)
    with book.desk.unit("登记去世：王𬭎远") as session:
        people.record_death(session, 1, PartialDate(2026, 1, 20), today=TODAY)
    with book.desk.read() as session:
        person = session.get_one(Person, 1)
        assert (person.status, person.branch_id, person.death_date) == ("2", None, PartialDate(2026, 1, 20))
        left = session.scalars(sa.select(Membership).where(Membership.person_id == 1)).one()
        assert (left.left, left.leave_kind) == (PartialDate(2026, 1, 20), "2")
    assert (count(book), count(book, date(2026, 1, 19)), count(book, date(2025, 12, 31))) == (11, 12, 12)
    book.desk.undo()
    assert rows(book.desk) == before


def test_a_death_learnt_late_leaves_a_closed_year_as_it_was(book: Ledger) -> None:
    with book.desk.unit("结账") as session:
        session.add(ClosedYear(year=2025, closed_at=book.desk.clock.now()))
    with book.desk.unit("登记去世") as session:
        people.record_death(session, 2, PartialDate(2025, 12, 3), today=TODAY)
        movement = session.scalars(sa.select(Movement).where(Movement.direction == -1)).one()
        assert (movement.happened.iso, movement.booked, movement.late) == ("2025-12-03", TODAY, True)
    assert count(book, date(2025, 12, 31)) == 12
    assert count(book) == 11


def test_nobody_dies_twice_or_tomorrow(book: Ledger) -> None:
    with book.desk.unit("登记去世") as session:
        people.record_death(session, 1, PartialDate(2026, 1, 20), today=TODAY)
    before = rows(book.desk)
    with pytest.raises(RuleError, match="不在册"), book.desk.unit("又一次") as session:
        people.record_death(session, 1, PartialDate(2026, 1, 21), today=TODAY)
    with pytest.raises(RuleError, match="还没有到"), book.desk.unit("明天") as session:
        people.record_death(session, 2, PartialDate(2026, 1, 27), today=TODAY)
    assert rows(book.desk) == before


def test_consequences_are_counted_before_they_happen(book: Ledger) -> None:
    with book.desk.read() as session:
        assert [one.count for one in people.consequences_of_leaving(session, 1)] == [1, 0, 1]


def test_a_change_keeps_the_past_and_a_correction_mends_it(book: Ledger) -> None:
    with book.desk.unit("变更") as session:
        people.keep_person(
            session, {"ability": "3"}, 4, today=TODAY, how=How.CHANGE, since=PartialDate(2025, 11)
        )
    assert facts(book, 4, "ability") == [("2", "1993-03", "1993-03-31"), ("3", "2025-11", "2025-11-30")]
    disabled = Condition("ability", Op.IN, ("3",))
    assert (count(book, date(2025, 10, 31), disabled), count(book, date(2025, 12, 31), disabled)) == (0, 1)
    with book.desk.unit("更正") as session:
        people.keep_person(session, {"ability": "4"}, 4, today=TODAY, how=How.CORRECTION)
    assert facts(book, 4, "ability")[-1] == ("4", "2025-11", "2025-11-30")


def test_another_branch_closes_the_membership_and_opens_one(book: Ledger) -> None:
    with book.desk.unit("转接") as session:
        people.keep_person(
            session, {"branch_id": 2}, 1, today=TODAY, how=How.CHANGE, since=PartialDate(2025, 6, 1)
        )
    with book.desk.read() as session:
        found = session.scalars(
            sa.select(Membership).where(Membership.person_id == 1).order_by(Membership.id)
        ).all()
        assert [(one.branch_id, one.left and one.left.iso) for one in found] == [(1, "2025-06-01"), (2, None)]


def test_what_the_rules_hold_is_refused_with_every_problem_at_its_field(book: Ledger) -> None:
    values = {"name": "", "retire_type": "1", "work_start": PartialDate(1958, 9), "person_kind": "1"}
    with pytest.raises(RuleError) as error, book.desk.unit("录入") as session:
        people.admit(session, values, today=TODAY)
    assert {problem.field for problem in error.value.problems} == {"name", "retire_type"}


def test_a_transfer_out_and_a_striking_out_leave_their_reason(book: Ledger) -> None:
    with book.desk.unit("转出") as session:
        people.transfer_out(session, 2, PartialDate(2026, 1), today=TODAY, to="邻县老干部局")
    with book.desk.unit("注销") as session:
        people.strike_out(session, 3, today=TODAY, reason="与另一条重复")
    with pytest.raises(RuleError, match="原因"), book.desk.unit("注销") as session:
        people.strike_out(session, 4, today=TODAY, reason=" ")
    with book.desk.read() as session:
        found = session.execute(
            sa.select(Movement.kind, Movement.other_place, Movement.reason).where(Movement.direction == -1)
        ).all()
        assert [tuple(one) for one in found] == [("22", "邻县老干部局", None), ("24", None, "与另一条重复")]


def test_what_was_noted_on_a_visit_stays_before_why_it_is_off(book: Ledger) -> None:
    with book.desk.unit("造册") as session:
        made = Round(title="春节慰问", year=2026, occasion="01", day=date(2026, 1, 6), rule="全部")
        session.add(made)
        session.flush()
        session.add(
            Visit(
                round_id=made.id, person_id=3, serial=1, reason="春节", cash=0, note="上午在家", booked=TODAY
            )
        )
    with book.desk.unit("注销") as session:
        people.strike_out(session, 3, today=TODAY, reason="录重")
    with book.desk.read() as session:
        assert session.scalars(sa.select(Visit.note)).all() == ["上午在家；2026.01.26重复误录"]


def test_an_account_in_another_name_is_refused_wherever_it_is_kept(book: Ledger) -> None:
    account = {"person_id": 1, "holder": "别人", "bank": "农商行", "card_no": "6228480000000000001"}
    with pytest.raises(RuleError, match="户名不是本人"), book.desk.unit("新增账户") as session:
        records.keep(session, ACCOUNTS, account, today=TODAY)
    with book.desk.unit("新增账户") as session:
        records.keep(session, ACCOUNTS, {**account, "relation": "22"}, today=TODAY)


def test_a_check_up_tells_namesakes_apart_and_sees_whose_an_account_is(book: Ledger) -> None:
    with book.desk.unit("录入") as session:
        for number in ("500101193702110014", None):
            session.add(
                Person(person_kind="1", name="赵同名", id_no=number, last_unit="县水利局", political="01")
            )
        session.add(BankAccount(person_id=1, holder="别人", bank="农商行", card_no="6228480000000000001"))
    said = {one.text for one in check_up(book, lambda: list(REGISTERS.values())).findings}
    assert "赵同名（身份证末四位 0014）：中共党员没有入党时间，党龄算不出来。" in said
    assert "赵同名（县水利局）：中共党员没有入党时间，党龄算不出来。" in said
    assert "别人：户名不是本人，请填与本人关系。" in said


def test_a_unique_value_taken_by_another_is_told_at_its_field(book: Ledger) -> None:
    from cadre_desk.registers.office import UNITS

    with pytest.raises(RuleError) as error, book.desk.unit("改名") as session:
        records.keep(session, UNITS, {"name": "县人民医院"}, 1, today=TODAY)
    assert [problem.field for problem in error.value.problems] == ["name"]


def test_bulk_edit_is_one_act_and_all_or_nothing(book: Ledger) -> None:
    before = rows(book.desk)
    with book.desk.unit("批量修改") as session:
        records.keep_many(session, PEOPLE, [1, 2, 3], {"live_mode": "2"}, today=TODAY, how=How.CHANGE)
    assert count(book, None, Condition("live_mode", Op.IN, ("2",))) == 3
    book.desk.undo()
    assert rows(book.desk) == before
    with pytest.raises(RuleError), book.desk.unit("批量修改") as session:
        records.keep_many(
            session,
            PEOPLE,
            [3, 2],
            {"retire_type": "1", "work_start": PartialDate(1950)},
            today=TODAY,
            how=How.CORRECTION,
        )
    assert rows(book.desk) == before
