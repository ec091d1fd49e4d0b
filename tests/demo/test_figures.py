"""What the county shows on its working day and on the last day of each year."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.desk import Desk
from cadre_desk.db.models import (
    Branch,
    BranchFact,
    ClosedYear,
    Membership,
    Movement,
    Person,
    Place,
    Unit,
    User,
)
from cadre_desk.db.settings import COUNTY, OFFICE, read
from cadre_desk.demo.county import Counts
from cadre_desk.demo.scale import WORKING_DAY, Size
from cadre_desk.domain import lunar
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE

#: Those on the books at the end of each year (picture 01 shows the last two), and 离休干部 among them.
YEAR_ENDS = {
    2020: (3356, 65),
    2021: (3352, 54),
    2022: (3328, 43),
    2023: (3309, 34),
    2024: (3302, 28),
    2025: (3286, 23),
}
COUNTABLE = Condition("kind", Op.IN, ("1", "2", "3"))


def listed(title: str) -> Listing:
    """The people of a view of the register, on the working day."""
    view = next(view for view in PEOPLE.views if view.title == title)
    return Listing(PEOPLE, WORKING_DAY).where(*view.conditions)


@pytest.mark.parametrize("year", YEAR_ENDS)
def test_the_books_of_each_year_end_hold_as_many_as_the_pictures_say(county: Session, year: int) -> None:
    day = date(year, 12, 31)
    counts = (listed("全部在册").at(day).count(county), listed("离休干部").at(day).count(county))
    assert counts == YEAR_ENDS[year]


def test_the_working_day_shows_the_lists_of_the_pictures(county: Session) -> None:
    shown = {
        title: listed(title).count(county)
        for title in ("全部在册", "离休干部", "80岁以上独居", "异地居住", "无紧急联系人")
    }
    assert shown == {
        "全部在册": 3286,
        "离休干部": 23,
        "80岁以上独居": 214,
        "异地居住": 167,
        "无紧急联系人": 58,
    }


def test_the_building_answers_what_it_built(built: tuple[Desk, Counts]) -> None:
    desk, counts = built
    with desk.read() as session:
        people = session.scalar(sa.select(sa.func.count()).select_from(Person))
        units = session.scalar(sa.select(sa.func.count()).select_from(Unit))
    assert (counts.people, counts.on_books, counts.branches, counts.units) == (people, 3286, 62, units)


def booked(session: Session, year: int, direction: int) -> int:
    """Movements of cadres that a year's figures count."""
    query = (
        sa.select(sa.func.count())
        .select_from(Movement)
        .join(Person, Person.id == Movement.person_id)
        .where(Person.person_kind == "1", Movement.direction == direction, Movement.kind != "10")
        .where(Movement.booked.between(date(year, 1, 1), date(year, 12, 31)))
    )
    return session.scalar(query) or 0


@pytest.mark.parametrize("year", range(2021, 2026))
def test_the_end_of_a_year_is_its_beginning_and_what_came_less_what_went(county: Session, year: int) -> None:
    came, went = booked(county, year, 1), booked(county, year, -1)
    assert YEAR_ENDS[year - 1][0] + came - went == YEAR_ENDS[year][0]
    assert 100 < came < 130
    assert 110 < went < 145


def test_the_running_year_has_begun_and_balances_so_far(county: Session) -> None:
    assert booked(county, 2026, 1) == booked(county, 2026, -1) > 3


def test_fifty_four_branches_became_sixty_two_by_eight_with_their_papers(county: Session) -> None:
    branches = Listing(REGISTERS["branches"], WORKING_DAY).where(
        COUNTABLE, Condition("active", Op.IN, (True,))
    )
    assert [branches.at(date(year, 12, 31)).count(county) for year in (2024, 2025)] == [54, 62]
    founded = county.scalars(sa.select(Branch).where(Branch.founded.like("2025%"))).all()
    assert len(founded) == 8
    assert all(branch.approval_no and branch.approval_no.endswith("号") for branch in founded)
    assert not county.scalars(sa.select(Branch.id).where(Branch.closed.like("2025%"))).all()


def test_beside_the_counted_branches_there_are_temporary_and_functional_and_closed_ones(
    county: Session,
) -> None:
    kinds = county.scalars(sa.select(Branch.kind)).all()
    assert kinds.count("4") >= 1
    assert kinds.count("5") >= 3
    assert county.scalar(sa.select(sa.func.count()).where(Branch.closed.is_not(None))) == 4
    assert len(county.scalars(sa.select(BranchFact.id)).all()) == len(kinds)


def test_three_branches_must_elect_by_july(county: Session) -> None:
    due = [
        branch.name
        for branch in county.scalars(
            sa.select(Branch).where(Branch.closed.is_(None), Branch.term_years.is_not(None))
        )
        if branch.elected is not None
        and branch.elected.first.replace(year=branch.elected.year + (branch.term_years or 0))
        < date(2026, 7, 26)
    ]
    assert sorted(due) == ["东门社区支部", "农林水联合支部", "教育系统第三支部"]


def test_every_counted_branch_has_a_secretary_who_is_one_of_its_members(county: Session) -> None:
    secretaries = dict(
        county.execute(sa.select(Person.branch_id, Person.name).where(Person.branch_post == "1")).all()
    )
    active = county.scalars(
        sa.select(Branch).where(Branch.kind.in_(("1", "2", "3")), Branch.closed.is_(None))
    ).all()
    assert {branch.id: branch.secretary for branch in active} == secretaries


def test_branches_are_of_a_size_that_can_meet(county: Session) -> None:
    query = (
        sa.select(Membership.branch_id, sa.func.count())
        .where(Membership.left.is_(None))
        .group_by(Membership.branch_id)
    )
    sizes = sorted(county.execute(query).all(), key=lambda one: one[1])
    assert len(sizes) == 62
    assert sizes[0][1] >= 3
    assert sizes[-1][1] <= 80
    assert sum(size <= 50 for _, size in sizes) >= 48


def test_people_are_of_both_sexes_and_the_party_as_in_a_county(county: Session) -> None:
    total = listed("全部在册").count(county)
    men = listed("全部在册").where(Condition("sex", Op.IN, ("1",))).count(county)
    members = listed("全部在册").where(Condition("political", Op.IN, ("01", "02"))).count(county)
    assert 0.55 < men / total < 0.59
    assert 0.68 < members / total < 0.73


def test_lixiu_cadres_are_of_their_generation(county: Session) -> None:
    query = sa.select(Person).where(Person.retire_type == "1", Person.status == "1")
    lixiu = county.scalars(query).all()
    assert all(1923 <= person.birth_archive.year <= 1931 for person in lixiu if person.birth_archive)
    assert all(person.work_start and person.work_start <= PartialDate(1949, 9) for person in lixiu)
    assert {person.era for person in lixiu} >= {"3", "4"}


def test_somebody_completes_each_of_the_great_ages_in_2026(county: Session) -> None:
    query = sa.select(Person.birth_archive).where(Person.status == "1", Person.person_kind == "1")
    years = [born.year for born in county.scalars(query) if born is not None]
    assert all(2026 - age in years for age in (80, 85, 90, 95, 100))


def test_birthdays_solar_and_lunar_fall_into_the_next_weeks(county: Session) -> None:
    people = county.scalars(
        sa.select(Person).where(Person.status == "1", Person.birth_archive < "1946-12-31")
    ).all()
    until = date(2026, 2, 25)
    solar = [
        one
        for one in people
        if one.birth_archive and one.birth_archive.iso[5:] in {"01-29", "02-03", "01-30"}
    ]
    moon = [
        one
        for one in people
        if one.lunar_birth is not None
        and any(WORKING_DAY <= kept.day <= until for kept in lunar.birthday_in(2026, one.lunar_birth))
    ]
    assert len(solar) >= 2
    assert len(moon) >= 10
    assert "赵克勤" in {one.name for one in moon}


def test_there_are_survivors_of_the_dead_and_citizens_beside_the_cadres(county: Session) -> None:
    survivors = county.scalars(sa.select(Person).where(Person.person_kind == "2")).all()
    citizens = county.scalars(sa.select(Person).where(Person.person_kind == "3")).all()
    assert (len(survivors), len(citizens)) == (120, 60)
    late = [county.get_one(Person, one.spouse_of_id or 0) for one in survivors]
    assert {one.status for one in late} == {"2"}
    assert all(wife.sex != man.sex for wife, man in zip(survivors, late, strict=True))


def test_the_office_its_users_units_and_places_are_there(county: Session) -> None:
    assert (read(county, OFFICE), read(county, COUNTY)) == ("青岚县老干部局", "青岚县")
    users = {user.name: (user.role, user.active) for user in county.scalars(sa.select(User))}
    assert users["周敏"] == ("2", True)
    assert {role for role, active in users.values() if active} == {"1", "2", "3"}
    assert county.scalars(sa.select(ClosedYear.year).order_by(ClosedYear.year)).all() == [
        2021,
        2022,
        2023,
        2024,
    ]
    assert county.scalar(sa.select(sa.func.count()).select_from(Place)) == 14
    units = county.scalars(sa.select(Unit)).all()
    assert {unit.nature for unit in units} == {"1", "2", "3"}
    assert sum(unit.closed is not None for unit in units) == 2
    assert all(unit.parent_id is None or unit.parent_id != unit.id for unit in units)


def test_a_city_is_a_hundred_thousand_people_who_balance_as_well() -> None:
    scale = Size.CITY.scale
    records = scale.opening + sum(
        flow.new + flow.moved_in + flow.found + flow.doubles for flow in scale.flows
    )
    assert records + scale.survivors + scale.citizens >= 100_000
    assert scale.opening + sum(flow.net for flow in scale.flows if flow.year < 2026) == scale.on_books
