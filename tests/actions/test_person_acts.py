from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people, person_changes
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import ClosedYear, Membership, Movement, Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from tests.ui.card_office import TODAY, Keys, small_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Ledger, Keys]]:
    with small_office(tmp_path) as made:
        yield made


def person(ledger: Ledger, key: int) -> Person:
    with ledger.desk.read() as session:
        return session.get_one(Person, key)


def memberships(ledger: Ledger, key: int) -> list[Membership]:
    with ledger.desk.read() as session:
        query = sa.select(Membership).where(Membership.person_id == key).order_by(Membership.id)
        return list(session.scalars(query))


def test_a_branch_recorded_wrongly_is_mended_without_a_transfer(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正支部") as session:
        person_changes.correct_branch(session, keys.wang, keys.power_branch, today=TODAY)
    (only,) = memberships(ledger, keys.wang)
    assert person(ledger, keys.wang).branch_id == only.branch_id == keys.power_branch
    assert (only.joined, only.left) == (PartialDate(1996, 3), None)


def test_a_membership_that_never_was_ends_on_its_first_day(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正支部") as session:
        person_changes.correct_branch(session, keys.wang, None, today=TODAY)
    (only,) = memberships(ledger, keys.wang)
    assert person(ledger, keys.wang).branch_id is None
    assert (only.left, only.left_booked) == (only.joined, only.joined_booked)


def test_a_branch_mended_after_closing_is_another_one_only_from_today(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    (before,) = memberships(ledger, keys.wang)
    with ledger.desk.unit("结账") as session:
        session.add(ClosedYear(year=TODAY.year - 1, closed_at=ledger.desk.clock.now()))
    with ledger.desk.unit("更正支部") as session:
        person_changes.correct_branch(session, keys.wang, keys.power_branch, today=TODAY)
    counted, right = memberships(ledger, keys.wang)
    assert (counted.branch_id, counted.joined_booked) == (before.branch_id, before.joined_booked)
    assert (counted.left, counted.left_booked) == (counted.joined, TODAY)
    assert (right.branch_id, right.joined, right.joined_booked) == (keys.power_branch, before.joined, TODAY)


def test_the_act_of_leaving_is_found_and_its_undo_reopens_all(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.read() as session:
        assert person_changes.leaving_of(session, keys.wang) is None
    with ledger.desk.unit("登记去世：王𬭎远") as session:
        people.record_death(session, keys.wang, PartialDate(2026, 1, 20), today=TODAY)
    with ledger.desk.read() as session:
        act = person_changes.leaving_of(session, keys.wang)
    assert act is not None
    ledger.desk.undo(act.id)
    back = person(ledger, keys.wang)
    assert (back.status, back.death_date, back.branch_id) == ("1", None, keys.water_branch)
    assert memberships(ledger, keys.wang)[0].left is None


def test_who_left_may_come_back_from_a_day_with_a_reason(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("转出") as session:
        people.transfer_out(session, keys.sun, PartialDate(2025, 6), today=TODAY, to="邻县老干部局")
    with ledger.desk.unit("恢复在册") as session:
        person_changes.reinstate(
            session,
            keys.sun,
            PartialDate(2026, 1, 20),
            today=TODAY,
            reason="管理关系转回",
            branch=keys.power_branch,
        )
    with ledger.desk.read() as session:
        moved = session.scalars(
            sa.select(Movement).where(Movement.person_id == keys.sun).order_by(Movement.id)
        )
        last = list(moved)[-1]
    assert (last.direction, last.kind, last.booked) == (1, people.LATE_ENTRY, date(2026, 1, 20))
    assert last.reason == "管理关系转回"
    back = person(ledger, keys.sun)
    assert (back.status, back.branch_id) == ("1", keys.power_branch)
    left, opened = memberships(ledger, keys.sun)
    assert left.left is not None
    assert opened.left is None


@pytest.mark.parametrize(
    ("happened", "reason", "said"),
    [
        (PartialDate(2026, 2, 1), "查实", "还没有到"),
        (PartialDate(2026, 1, 20), " ", "写明原因"),
    ],
)
def test_coming_back_needs_a_day_that_has_come_and_a_reason(
    office: tuple[Ledger, Keys], happened: PartialDate, reason: str, said: str
) -> None:
    ledger, keys = office
    with ledger.desk.unit("转出") as session:
        people.transfer_out(session, keys.sun, PartialDate(2025, 6), today=TODAY)
    with pytest.raises(RuleError, match=said), ledger.desk.unit("恢复") as session:
        person_changes.reinstate(session, keys.sun, happened, today=TODAY, reason=reason)
    assert person(ledger, keys.sun).status == "3"


def test_who_is_on_the_books_needs_no_way_back(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with pytest.raises(RuleError, match="已经在册"), ledger.desk.unit("恢复") as session:
        person_changes.reinstate(session, keys.sun, PartialDate(2026, 1), today=TODAY, reason="误点")
