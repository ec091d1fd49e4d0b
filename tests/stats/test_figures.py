from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre_desk.actions import people
from cadre_desk.actions.records import How
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import ClosedYear, Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.stats.catalogue import FIGURES, figure
from cadre_desk.stats.figure import Figure, Period
from cadre_desk.stats.yearbook import year_tables
from tests.ledgers import TODAY, village

EVERY = pytest.mark.parametrize("one", FIGURES, ids=[one.key for one in FIGURES])


@EVERY
def test_a_number_is_its_names_and_its_parts_sum_to_it(one: Figure, book: Ledger) -> None:
    with book.desk.read() as session:
        for year in (2024, 2025, 2026):
            period = Period.year(year, TODAY)
            value = one.value(session, period)
            assert value.number == one.number(session, period)
            assert sum(count for _, count in value.split) == value.numerator
            assert value.numerator == sum(name.amount for name in value.names)
            if value.denominator is None:
                assert value.number == len(value.names)
                assert one.any_of or len(value.names) == one.rows(period).count(session)
            assert len({name.uid for name in value.names}) == len(value.names)


def test_figures_of_the_village(book: Ledger) -> None:
    with book.desk.read() as session:
        numbers = {one.key: one.value(session, Period.year(2025, TODAY)).number for one in FIGURES}
    assert numbers["person.on_books"] == 12
    assert numbers["person.lixiu"] == 1
    assert numbers["person.women"] == 5
    assert numbers["person.age80"] == 7
    assert numbers["person.age90"] == 2
    assert numbers["person.alone"] == 2
    assert numbers["movement.new"] == 1
    assert numbers["branch.active"] == 2
    assert numbers["branch.founded"] == 1


def test_the_json_of_a_figure_is_the_promised_one(book: Ledger) -> None:
    with book.desk.read() as session:
        found = figure("person.lixiu").value(session, Period.year(2025, TODAY)).to_json(names=True)
    assert found["value"] == len(found["names"]) == 1
    assert (found["unit"], found["counting"], found["as_of"], found["period"]) == (
        "人",
        "人数",
        "2025-12-31",
        None,
    )
    assert found["names"][0]["label"] == "于敬之"


_deeds = st.lists(
    st.tuples(
        st.sampled_from(("die", "leave", "admit", "reclass", "unit", "move", "correct", "close")),
        st.integers(1, 14),
        st.dates(date(2023, 1, 1), TODAY),
    ),
    max_size=10,
)


def _do(book: Ledger, verb: str, person: int, day: date) -> None:
    when = PartialDate.of(day)
    with book.desk.unit(verb) as session:
        if verb == "close":
            if day.year < TODAY.year and not session.scalar(
                sa.select(ClosedYear.id).where(ClosedYear.year == day.year)
            ):
                session.add(ClosedYear(year=day.year, closed_at=book.desk.clock.now()))
        elif verb == "admit":
            values = {
                "name": "新来的",
                "person_kind": "1",
                "retire_type": "2",
                "manage_unit_id": 1 + person % 2,
                "birth_archive": PartialDate(1950 + person),
            }
            people.admit(session, values, today=TODAY, kind="11" if person % 2 else "12", happened=when)
        elif session.get(Person, person) is not None:
            if verb == "die":
                people.record_death(session, person, when, today=TODAY)
            elif verb == "leave":
                people.transfer_out(session, person, when, today=TODAY)
            elif verb == "reclass":
                people.keep_person(
                    session, {"retire_type": "3"}, person, today=TODAY, how=How.CHANGE, since=when
                )
            elif verb == "move":
                values = {"live_mode": "2", "ability": "3", "political": "13"}
                people.keep_person(session, values, person, today=TODAY, how=How.CHANGE, since=when)
            elif verb == "correct":
                values = {"treatment_level": "32", "family_flags": ("1",)}
                people.keep_person(session, values, person, today=TODAY, how=How.CORRECTION)
            else:
                people.keep_person(
                    session, {"manage_unit_id": 2}, person, today=TODAY, how=How.CHANGE, since=when
                )


#: What a figure of a closed year never changes by: what is dated, so not sex, birth or nationality.
_CLOSED = ("person.on_books", "person.lixiu", "person.party", "person.elsewhere", "movement.death_rate")


def _examine(book: Ledger, closed: dict[int, object]) -> None:
    """Every row balances, opens as it closed, agrees with the figures; a closed year says what it said."""
    with book.desk.read() as session:
        shut = session.scalars(sa.select(ClosedYear.year)).all()
        last: tuple[int, ...] | None = None
        for year in range(2023, 2027):
            period = Period.year(year, TODAY)
            tables = year_tables(session, period)
            assert [one.text for table in tables for one in table.relations if not one.holds] == []
            third = tables[2]
            closing = tuple(sorted(third.cell(0, "closing").ids))
            if last is not None:
                assert tuple(sorted(third.cell(0, "opening").ids)) == last
            last = closing
            values = [figure(key).value(session, period) for key in _CLOSED]
            assert values[0].number == len(closing)
            if any(one >= year for one in shut):
                now = ([table.rows for table in tables], [value.names for value in values])
                assert closed.setdefault(year, now) == now


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_deeds)
def test_every_row_balances_and_a_closed_year_never_changes(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, date]]
) -> None:
    book = village(Path(tmp_path_factory.mktemp("village")))
    closed: dict[int, object] = {}
    for verb, person, day in deeds:
        try:
            _do(book, verb, person, day)
        except RuleError:
            continue
        if verb == "close":
            _examine(book, closed)
    _examine(book, closed)
    book.close()
