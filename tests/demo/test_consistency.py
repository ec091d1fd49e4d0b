"""Nothing in the county contradicts anything else in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.records import stored_form
from cadre_desk.db import search
from cadre_desk.db.base import Base, dated_fields, fields_of
from cadre_desk.db.models import (
    Act,
    BankAccount,
    Branch,
    BranchFact,
    ClosedYear,
    Contact,
    Journal,
    Membership,
    Movement,
    Person,
    PersonFact,
    Unit,
    UnitFact,
    User,
)
from cadre_desk.db.models.facts import facts_of
from cadre_desk.demo.chronicle import stored
from cadre_desk.demo.scale import WORKING_DAY
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Severity
from cadre_desk.domain.fields import Code, Codes
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import PEOPLE

#: How each way off the books leaves a record.
STATUS = {"21": "2", "22": "3", "24": "4"}


@pytest.mark.parametrize("model", [Person, Branch, Unit])
def test_every_dated_column_says_what_its_latest_fact_says(county: Session, model: type[Base]) -> None:
    facts: Any = facts_of(model)
    latest: dict[tuple[int, str], str | None] = {}
    for fact in county.scalars(sa.select(facts).order_by(facts.since, facts.booked, facts.id)):
        latest[fact.owner_id, fact.aspect] = fact.value
    aspects = dated_fields(model)
    for record in county.scalars(sa.select(model)):
        now = {aspect: stored_form(model, aspect, getattr(record, aspect)) for aspect in aspects}
        assert now == {aspect: latest.get((record.id, aspect)) for aspect in aspects}


def test_nobody_has_a_fact_of_a_day_that_was_still_to_come_when_it_was_entered(county: Session) -> None:
    for fact, day in entered(county, PersonFact):
        assert fact.since.first <= day


def test_who_is_on_the_books_is_who_came_once_more_than_he_went(county: Session) -> None:
    sums = dict(
        county.execute(
            sa.select(Movement.person_id, sa.func.sum(Movement.direction)).group_by(Movement.person_id)
        ).all()
    )
    last = dict(county.execute(sa.select(Movement.person_id, Movement.kind).order_by(Movement.id)).all())
    for person in county.scalars(sa.select(Person)):
        assert (person.status == "1") == (sums[person.id] == 1)
        assert person.status == STATUS.get(last[person.id], "1")
        assert (person.death_date is not None) == (person.status == "2")


def test_each_member_has_the_one_open_membership_that_his_record_names(county: Session) -> None:
    opened = county.execute(
        sa.select(Membership.person_id, Membership.branch_id).where(Membership.left.is_(None))
    ).all()
    people = county.execute(sa.select(Person.id, Person.branch_id).where(Person.branch_id.is_not(None))).all()
    assert sorted(opened) == sorted((person, branch) for person, branch in people if branch is not None)


def test_memberships_follow_one_another_within_the_life_of_their_branch(county: Session) -> None:
    branches = {branch.id: branch for branch in county.scalars(sa.select(Branch))}
    stays: dict[int, list[Membership]] = defaultdict(list)
    for stay in county.scalars(sa.select(Membership).order_by(Membership.id)):
        stays[stay.person_id].append(stay)
        branch = branches[stay.branch_id]
        assert branch.founded is not None
        assert branch.founded.first <= stay.joined.last
        assert branch.closed is None or (stay.left is not None and stay.left <= branch.closed)
        assert stay.left is None or stay.joined.first <= stay.left.last
    for path in stays.values():
        assert [stay.left for stay in path[:-1]] == [stay.joined for stay in path[1:]]
    assert sum(len(path) > 1 for path in stays.values()) > 150


def entered(session: Session, model: type[Any]) -> Iterator[tuple[Any, date]]:
    """The rows of a table with the day of the act that inserted them."""
    query = (
        sa.select(model, Act.at)
        .join(Journal, sa.and_(Journal.row_id == model.id, Journal.table_name == model.__tablename__))
        .join(Act, Act.id == Journal.act_id)
        .where(Journal.op == "I")
    )
    for row, at in session.execute(query):
        yield row, at.date()


def due(session: Session, happened: PartialDate, day: date) -> date:
    """The 入账日 by design idea 4, from the closed years of the ledger itself."""
    natural = min(happened.last, day)
    closed = session.scalar(
        sa.select(ClosedYear.id).where(
            ClosedYear.year >= natural.year, ClosedYear.closed_at < f"{day}T00:00:00"
        )
    )
    return day if closed else natural


@pytest.mark.parametrize(
    ("model", "happened", "booked"),
    [
        (Movement, "happened", "booked"),
        (Membership, "joined", "joined_booked"),
        (BranchFact, "since", "booked"),
        (UnitFact, "since", "booked"),
    ],
)
def test_everything_is_booked_on_the_day_it_happened_unless_its_year_was_closed(
    county: Session, model: type[Any], happened: str, booked: str
) -> None:
    rows = list(entered(county, model))
    assert rows
    for row, day in rows:
        assert getattr(row, booked) == due(county, getattr(row, happened), day)


def test_a_handful_of_movements_came_too_late_for_their_year_and_say_so(county: Session) -> None:
    late = [row for row, day in entered(county, Movement) if row.happened.year < row.booked.year]
    assert {row.id for row in late} == set(
        county.scalars(sa.select(Movement.id).where(Movement.late.is_(True)))
    )
    assert Counter(row.kind for row in late) == {"21": 8, "13": 3}


def test_no_rule_holds_and_few_records_warn(county: Session) -> None:
    keys = list(fields_of(Person))
    warned = total = 0
    for person in county.scalars(sa.select(Person)):
        problems = PEOPLE.problems({key: getattr(person, key) for key in keys}, WORKING_DAY)
        assert [one.text for one in problems if one.severity is Severity.HOLD] == []
        warned += bool(problems)
        total += 1
    assert 0.02 < warned / total < 0.045


@pytest.mark.parametrize("key", ["branches", "units", "contacts", "accounts", "memberships", "movements"])
def test_no_rule_of_the_other_registers_speaks(county: Session, key: str) -> None:
    register = REGISTERS[key]
    for record in county.scalars(sa.select(register.model)):
        values = {name: getattr(record, name) for name in fields_of(register.model)}
        assert [one.text for one in register.problems(values, WORKING_DAY)] == []


def test_every_code_stands_in_its_table(county: Session) -> None:
    for register in REGISTERS.values():
        for name, field in fields_of(register.model).items():
            if not isinstance(field, Code | Codes):
                continue
            known = {item.code for item in codes.table(field.table).items}
            column = getattr(register.model, name)
            for value in county.scalars(sa.select(column).distinct()):
                used = value if isinstance(value, tuple) else (value,)
                assert value is None or set(used) <= known, f"{register.key}.{name}: {value}"


def test_facts_keep_values_as_the_desk_would() -> None:
    for aspect, value in (
        ("family_flags", ("1", "7")),
        ("in_hospital", True),
        ("ability", "2"),
        ("manage_unit_id", 7),
    ):
        assert stored(value) == stored_form(Person, aspect, value)
    assert stored(None) is None
    assert stored(()) is None


def test_acts_come_one_after_another_on_working_days_by_users_of_the_office(county: Session) -> None:
    acts = county.scalars(sa.select(Act).order_by(Act.id)).all()
    moments = [act.at for act in acts]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    assert moments[-1].date() == WORKING_DAY
    assert all(moment.weekday() < 5 and 8 <= moment.hour < 18 for moment in moments)
    assert {act.user_name for act in acts} <= set(county.scalars(sa.select(User.name)))
    assert all(len(act.title) <= 60 for act in acts)


def test_what_was_done_lately_are_single_acts(county: Session) -> None:
    titles = county.scalars(sa.select(Act.title).order_by(Act.id.desc()).limit(12)).all()
    assert any(title.startswith("登记去世") for title in titles)
    assert any("：" in title for title in titles)
    assert "结账：2024年度" in county.scalars(sa.select(Act.title)).all()


@pytest.mark.parametrize("table", ["person", "branch", "contact"])
def test_the_search_knows_everybody(county: Session, table: str) -> None:
    assert search.stale(county, table) == []


def test_spouses_who_are_both_cadres_name_each_other(county: Session) -> None:
    people = {person.id: person for person in county.scalars(sa.select(Person))}
    couples = 0
    by_name = defaultdict(list)
    for person in people.values():
        by_name[person.name].append(person)
    for contact in county.scalars(sa.select(Contact).where(Contact.workplace.like("%退休干部"))):
        owner = people[contact.person_id]
        couples += any(one.sex != owner.sex for one in by_name[contact.name])
    assert couples > 250


def test_a_card_of_another_names_the_relation(county: Session) -> None:
    names = dict(county.execute(sa.select(Person.id, Person.name)).all())
    accounts = county.scalars(sa.select(BankAccount)).all()
    others = [one for one in accounts if one.holder != names[one.person_id]]
    assert 40 < len(others) < 200
    assert all(one.relation and one.relation != "01" for one in others)
    assert sum(one.until is not None for one in accounts) > 50
