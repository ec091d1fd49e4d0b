"""What is at hand answers as SQL does, for any conditions, order, text and day, and is never stale."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from cadre_desk.actions import people, records
from cadre_desk.actions.records import How
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.office import UNITS
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.shelf import Shelf, tables_of
from tests.ledgers import TODAY, village

NEW_YEAR = date(2025, 12, 31)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The village, somebody's death among its acts."""
    found = village(tmp_path_factory.mktemp("shelf"))
    with found.desk.unit("登记去世") as session:
        people.record_death(session, 4, PartialDate(2026, 1, 12), today=TODAY)
    yield found
    found.close()


def alike(book: Ledger, shelf: Shelf, listing: Listing) -> None:
    """Rows, facets and totals are those of SQL."""
    with book.desk.read() as session:
        assert list(shelf.ids(listing)) == listing.ids(session), listing
        assert shelf.count(listing) == listing.count(session)
        found = shelf.facets(listing)
        for facet in listing.register.facets:
            assert found[facet.key] == listing.facet(session, facet), (facet.key, listing)
        wanted = listing.totals(session)
        assert [total for total, _ in shelf.totals(listing)] == [total for total, _ in wanted]
        for (_, number), (_, right) in zip(shelf.totals(listing), wanted, strict=True):
            assert (number or 0) == pytest.approx(right or 0)


@pytest.mark.parametrize("key", list(REGISTERS))
def test_every_register_answers_as_sql_does(book: Ledger, key: str) -> None:
    shelf = Shelf(book.desk)
    whole = Listing(REGISTERS[key], TODAY)
    alike(book, shelf, whole)
    for view in whole.register.views:
        alike(book, shelf, whole.where(*view.conditions))
    for order in whole.register.orders:
        alike(book, shelf, whole.sorted_by(*order.keys))
    shelf.close()


@pytest.mark.parametrize(
    "condition",
    [
        Condition("sex", Op.IN, ("2",)),
        Condition("retire_type", Op.NOT_IN, ("1",)),
        Condition("age", Op.FROM, (80,)),
        Condition("age", Op.TO, (80,)),
        Condition("age", Op.BETWEEN, (60, 69, 85, "")),
        Condition("family_flags", Op.IN, ("1", "7")),
        Condition("family_flags", Op.EMPTY),
        Condition("ability", Op.FILLED),
        Condition("name", Op.CONTAINS, ("建国",)),
        Condition("birth_archive", Op.BETWEEN, ("1936", "1945-01")),
        Condition("has_emergency", Op.IN, (False,)),
        Condition("place_id", Op.IN, ("滨河街道",)),
        Condition("age", Op.IN, ()),
    ],
    ids=lambda one: f"{one.key} {one.op}",
)
@pytest.mark.parametrize("day", [None, NEW_YEAR])
def test_every_condition_answers_as_sql_does(book: Ledger, condition: Condition, day: date | None) -> None:
    shelf = Shelf(book.desk)
    alike(book, shelf, Listing(PEOPLE, TODAY).at(day).where(condition))
    shelf.close()


def test_any_mixture_answers_as_sql_does(book: Ledger) -> None:
    shelf, dice = Shelf(book.desk), random.Random(4)
    choices = [
        Condition("sex", Op.IN, ("1",)),
        Condition("age", Op.BETWEEN, (70, 79, 80, 84)),
        Condition("status", Op.IN, ("1", "2")),
        Condition("political", Op.IN, ("01",)),
    ]
    for _ in range(60):
        listing = Listing(PEOPLE, TODAY).where(*dice.sample(choices, dice.randint(0, 3)))
        listing = listing.find(dice.choice(["", "", "张", "zjg", "县", "5678", "xs"]))
        listing = listing.at(dice.choice([None, NEW_YEAR]))
        keys = dice.choice(("age", "name", "branch_id", "unit_post"))
        listing = listing.sorted_by((keys, dice.random() < 0.5))
        if dice.random() < 0.3:
            listing = listing.picked(dice.sample(range(1, 14), 5))
        alike(book, shelf, listing)
    shelf.close()


def test_what_belongs_to_somebody_is_found_by_the_stored_link(book: Ledger) -> None:
    shelf = Shelf(book.desk)
    contacts = Listing(REGISTERS["contacts"], TODAY)
    alike(book, shelf, contacts.belonging("person_id", 1))
    assert len(shelf.ids(contacts.belonging("person_id", 1))) == 1
    assert not shelf.ids(contacts.belonging("person_id", 2))
    shelf.close()


def test_a_change_is_seen_by_the_next_question(book: Ledger) -> None:
    shelf = Shelf(book.desk)
    women = Listing(PEOPLE, TODAY).where(Condition("sex", Op.IN, ("2",)))
    before = shelf.count(women)
    with book.desk.unit("更正性别") as session:
        records.keep(session, PEOPLE, {"sex": "2"}, 1, today=TODAY)
    assert shelf.count(women) == before + 1
    alike(book, shelf, women)
    book.desk.undo()
    assert shelf.count(women) == before
    shelf.close()


def test_a_change_of_a_linked_record_is_seen_too(book: Ledger) -> None:
    shelf = Shelf(book.desk)
    whole = Listing(PEOPLE, TODAY).sorted_by(("manage_unit_id", False))
    shelf.facets(whole)
    with book.desk.unit("单位改名") as session:
        records.keep(session, UNITS, {"name": "县一局"}, 2, today=TODAY, how=How.CORRECTION)
    alike(book, shelf, whole)
    book.desk.undo()
    shelf.close()


def test_only_what_looks_at_a_changed_table_is_thrown_away(book: Ledger) -> None:
    shelf = Shelf(book.desk)
    people_list, units_list = Listing(PEOPLE, TODAY), Listing(UNITS, TODAY)
    shelf.ids(people_list)
    shelf.ids(Listing(REGISTERS["places"], TODAY))
    sheet = shelf.sheet(Listing(REGISTERS["rounds"], TODAY))
    kept = shelf.sheet(people_list)
    with book.desk.unit("修改电话") as session:
        records.keep(session, PEOPLE, {"phone": "13900000001"}, 2, today=TODAY)
    assert shelf.sheet(people_list) is not kept
    assert shelf.sheet(Listing(REGISTERS["rounds"], TODAY)) is sheet
    assert "person" in tables_of(UNITS)
    shelf.ids(units_list)
    book.desk.undo()
    shelf.close()


def test_closed_it_hears_of_nothing(book: Ledger) -> None:
    shelf = Shelf(book.desk)
    whole = Listing(PEOPLE, TODAY)
    shelf.ids(whole)
    kept = shelf.sheet(whole)
    shelf.close()
    with book.desk.unit("修改电话") as session:
        records.keep(session, PEOPLE, {"phone": "13900000002"}, 2, today=TODAY)
    assert shelf.sheet(whole) is kept
    book.desk.undo()


def test_a_heavy_register_is_quick_only_when_at_hand(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cadre_desk.registers.shelf.LIGHT", 3)
    shelf = Shelf(book.desk)
    whole = Listing(PEOPLE, TODAY)
    assert not shelf.is_quick(whole)
    shelf.ids(whole)
    assert shelf.is_quick(whole)
    assert not shelf.is_quick(whole.sorted_by(("age", True)))
    narrowed = replace(whole, conditions=(Condition("sex", Op.IN, ("1",)),))
    assert not shelf.is_quick(narrowed)
    shelf.facets(whole)
    shelf.totals(whole)
    assert shelf.is_quick(narrowed)
    assert shelf.is_quick(Listing(REGISTERS["acts"], TODAY))
    shelf.close()
