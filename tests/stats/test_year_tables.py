"""T1–T3 on the village: cells are their names, relations hold, gaps are told, years follow each other."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people
from cadre_desk.actions.records import How
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import ClosedYear, Person, PersonFact
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.stats.catalogue import FIGURES, GROUPS, figure
from cadre_desk.stats.dimensions import DIMENSIONS, dimension, parts_of
from cadre_desk.stats.figure import Period
from cadre_desk.stats.status_tables import T1, T2, listing_of
from cadre_desk.stats.yearbook import year_table, year_tables
from tests.ledgers import TODAY

_YEAR = Period.year(2025, TODAY)


@pytest.mark.parametrize("declared", [T1, T2], ids=["t1", "t2"])
def test_a_cell_of_the_whole_is_the_listing_of_its_conditions(book: Ledger, declared: object) -> None:
    table = T1 if declared is T1 else T2
    with book.desk.read() as session:
        counted = year_table(session, table.key, _YEAR)
        for asked in table.asked:
            ids = listing_of(table, asked, _YEAR).ids(session)
            assert set(counted.cell(0, asked.key).ids) == set(ids), asked.key


def test_columns_are_those_of_the_handbook(book: Ledger) -> None:
    with book.desk.read() as session:
        first, second, third = year_tables(session, _YEAR)
    assert [len(table.columns) for table in (first, second, third)] == [21, 20, 12]
    assert [row.name for row in first.rows] == ["合计", "机关", "事业", "企业", "上年合计"]
    assert [row.name for row in third.rows][:2] == ["合计", "离休干部"]


def test_who_has_no_era_breaks_the_relation_and_is_named(book: Ledger) -> None:
    with book.desk.unit("改坏一处") as session:
        session.execute(sa.update(Person).where(Person.name == "于敬之").values(era=None))
    with book.desk.read() as session:
        table = year_table(session, "t1", _YEAR)
    broken = [one.text for one in table.relations if not one.holds]
    assert len(broken) == 1
    assert "差1人，革命时期未填：于敬之" in broken[0]
    assert not table.holds


def test_last_years_row_is_last_years_whole(book: Ledger) -> None:
    with book.desk.read() as session:
        now, before = (year_table(session, "t2", Period.year(year, TODAY)) for year in (2025, 2024))
    assert [cell.ids for cell in now.rows[-1].cells] == [cell.ids for cell in before.rows[0].cells]
    assert now.rows[-1].past


def test_a_correction_after_closing_holds_from_today_and_leaves_the_closed_tables(book: Ledger) -> None:
    with book.desk.unit("结账") as session:
        session.add(ClosedYear(year=2025, closed_at=book.desk.clock.now()))
    with book.desk.read() as session:
        before = year_tables(session, _YEAR)
    for level in ("31", "32"):
        with book.desk.unit("更正待遇") as session:
            people.keep_person(session, {"treatment_level": level}, 1, today=TODAY, how=How.CORRECTION)
    with book.desk.read() as session:
        after = year_tables(session, _YEAR)
        now = figure("person.on_books").rows(Period.year(2026, TODAY))
        county = now.where(Condition("treatment_level", Op.IN, ("32",))).ids(session)
        facts = session.scalars(
            sa.select(PersonFact).where(PersonFact.owner_id == 1, PersonFact.aspect == "treatment_level")
        ).all()
    assert [table.rows for table in before] == [table.rows for table in after]
    assert 1 in county
    assert [fact.booked == TODAY for fact in facts] == [False, True]


def test_a_death_learnt_late_leaves_the_closed_tables_as_they_were(book: Ledger) -> None:
    with book.desk.unit("结账") as session:
        session.add(ClosedYear(year=2025, closed_at=book.desk.clock.now()))
    with book.desk.read() as session:
        before = year_tables(session, _YEAR)
    with book.desk.unit("登记去世") as session:
        people.record_death(session, 2, PartialDate(2025, 6, 1), today=TODAY)
    with book.desk.read() as session:
        after = year_tables(session, _YEAR)
        late = figure("movement.late").value(session, Period.year(2026, TODAY))
        dead = year_table(session, "t3", Period.year(2026, TODAY)).cell(0, "died")
    assert [table.rows for table in before] == [table.rows for table in after]
    assert [name.label for name in late.names] == ["于敬之"]
    assert dead.ids == (2,)


def test_any_day_can_be_asked(book: Ledger) -> None:
    with book.desk.read() as session:
        table = year_table(session, "t3", Period.year(2025, TODAY, date(2025, 6, 30)))
    assert (table.cell(0, "opening").number, table.cell(0, "closing").number) == (11, 11)
    assert table.holds


def test_an_unknown_table_is_told_those_there_are(book: Ledger) -> None:
    with book.desk.read() as session, pytest.raises(UserError, match="t1、t2、t3"):
        year_table(session, "t9", _YEAR)


def test_every_dimension_parts_the_whole_of_its_register(book: Ledger) -> None:
    keys = ("person.on_books", "movement.increase", "branch.active", "branch.members")
    with book.desk.read() as session:
        for one in map(figure, keys):
            listing = one.rows(_YEAR)
            whole = set(listing.ids(session))
            for by in DIMENSIONS[listing.register.key]:
                parts = parts_of(session, listing, by)
                ids = [key for part in parts for key in part.ids]
                assert len(ids) == len(whole)
                assert set(ids) == whole


def test_a_dimension_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match="离退类别"):
        dimension("people", "colour")


def test_a_mean_is_its_numerator_over_its_denominator(book: Ledger) -> None:
    with book.desk.read() as session:
        found = figure("age.mean").value(session, _YEAR).to_json(names=True)
        oldest = figure("age.oldest").value(session, _YEAR)
    assert found["numerator"] == sum(name["amount"] for name in found["names"])
    assert found["denominator"] == len(found["names"]) == 12
    assert found["value"] == round(found["numerator"] / 12, 1)
    assert [(name.label, name.amount) for name in oldest.names] == [("于敬之", 97)]


def test_keys_and_subjects_are_each_declared_once() -> None:
    assert len({one.key for one in FIGURES}) == len(FIGURES)
    assert {one.group for one in FIGURES} == set(GROUPS)
    assert all(one.definition.endswith("。") for one in FIGURES)
