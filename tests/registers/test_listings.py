from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from cadre_desk.actions import records
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Person
from cadre_desk.domain import ages, codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Code, Codes
from cadre_desk.domain.former import unit_and_post
from cadre_desk.domain.strokes import stroke_key
from cadre_desk.registers.catalogue import REGISTERS, register
from cadre_desk.registers.conditions import Condition, Op, parse_condition
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from tests.ledgers import TODAY

EVERY = pytest.mark.parametrize("one", REGISTERS.values(), ids=list(REGISTERS))


@EVERY
def test_a_register_is_sound(one: Register) -> None:
    keys = [column.key for column in one.columns]
    assert len(keys) == len(set(keys))
    headings = [column.heading for column in one.columns]
    assert len(headings) == len(set(headings))
    for key in (*one.shown, one.name, *(facet.key for facet in one.facets)):
        assert key in one.by_key
    for order in one.orders:
        assert all(key in one.by_key for key, _ in order.keys)
    for column in one.columns:
        if isinstance(column.field, Code | Codes):
            assert codes.table(column.field.table).items
    assert set(one.fields) == set(one.form)


@EVERY
def test_a_register_opens_counts_sorts_filters_and_totals(one: Register, book: Ledger) -> None:
    with book.desk.read() as session:
        listing = Listing(one, TODAY)
        ids = listing.ids(session)
        assert listing.count(session) == len(ids)
        whole = listing.showing(*one.by_key)
        assert [row.id for row in whole.rows(session)] == ids
        for column in one.columns:
            assert sorted(listing.sorted_by((column.key, True)).ids(session)) == sorted(ids)
            for row in listing.showing(column.key).rows(session):
                column.field.show(row.values[0])
                column.field.plain(row.values[0])
        past = listing.at(date(2020, 12, 31))
        assert past.count(session) == len(past.showing(*one.by_key).rows(session))
        assert len(listing.totals(session)) == len(one.totals)
        for view in one.views:
            narrowed = listing.where(*view.conditions)
            assert narrowed.count(session) <= len(ids)
            assert narrowed.words()


@EVERY
def test_the_counts_of_a_facet_are_the_counts_of_its_conditions(one: Register, book: Ledger) -> None:
    with book.desk.read() as session:
        listing = Listing(one, TODAY)
        for facet in one.facets:
            for line in listing.facet(session, facet):
                op = Op.BETWEEN if facet.bands else Op.IN
                assert listing.where(Condition(facet.key, op, line.values)).count(session) == line.count


@EVERY
def test_a_record_is_edited_by_its_form_and_undone(one: Register, book: Ledger) -> None:
    texts = [key for key, field in one.fields.items() if field.kind in {"text", "long_text"}]
    with book.desk.read() as session:
        ids = Listing(one, TODAY).ids(session)
        before = records.load(session, one, ids[0]) if ids else {}
    if not texts or not ids:
        pytest.skip("nothing to edit here: the desk alone writes it, or the village has none")
    with book.desk.unit("修改") as session:
        records.keep(session, one, {texts[-1]: "改过的"}, ids[0], today=TODAY)
    with book.desk.read() as session:
        assert records.load(session, one, ids[0])[texts[-1]] == "改过的"
    book.desk.undo()
    with book.desk.read() as session:
        assert records.load(session, one, ids[0]) == before


@EVERY
def test_a_listing_survives_being_saved(one: Register, book: Ledger) -> None:
    for view in one.views:
        listing = Listing(one, TODAY).where(*view.conditions).find("王").sorted_by((one.name, True))
        assert Listing(one, TODAY).from_json(listing.to_json()) == listing
    del book


def names(book: Ledger, listing: Listing) -> list[str]:
    with book.desk.read() as session:
        return [row.values[0] for row in listing.showing("name").rows(session)]


def test_people_are_ordered_by_strokes(book: Ledger) -> None:
    found = names(book, Listing(PEOPLE, TODAY))
    assert found == sorted(found, key=stroke_key)
    assert found[:2] == ["丁茂才", "卜兰芝"]


def test_conditions_narrow_and_say_so(book: Ledger) -> None:
    listing = Listing(PEOPLE, TODAY).where(
        Condition("age", Op.FROM, (80,)), Condition("family_flags", Op.IN, ("1",))
    )
    assert names(book, listing) == ["丁茂才", "王𬭎远"]
    assert listing.words() == "周岁 80 及以上、独居"
    assert names(book, listing.find("wang")) == ["王𬭎远"]
    assert names(book, listing.where(Condition("sex", Op.IN, ("2",)))) == []


def test_a_later_condition_on_a_column_replaces_the_earlier(book: Ledger) -> None:
    listing = Listing(PEOPLE, TODAY).where(Condition("sex", Op.IN, ("2",)))
    assert len(names(book, listing.where(Condition("sex", Op.IN, ("1",))))) == 7
    assert len(names(book, listing.without("sex"))) == 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sex = 女", Condition("sex", Op.IN, ("2",))),
        ("性别 != 1", Condition("sex", Op.NOT_IN, ("1",))),
        ("age >= 80", Condition("age", Op.FROM, (80,))),
        ("retire_date <= 1996.3", Condition("retire_date", Op.TO, ("1996-03",))),
        ("last_unit contains 财政 局", Condition("last_unit", Op.CONTAINS, ("财政 局",))),
        ("phone empty", Condition("phone", Op.EMPTY)),
        ("in_hospital = 是", Condition("in_hospital", Op.IN, (True,))),
        ("family_flags = 独居", Condition("family_flags", Op.IN, ("1",))),
    ],
)
def test_the_command_line_speaks_conditions(text: str, expected: Condition, book: Ledger) -> None:
    condition = parse_condition(text, PEOPLE.columns)
    assert condition == expected
    with book.desk.read() as session:
        Listing(PEOPLE, TODAY).where(condition).count(session)


@pytest.mark.parametrize("text", ["", "nothing = 1", "sex ~ 1", "sex = 甲", "age >= 老"])
def test_a_condition_that_means_nothing_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError) as error:
        parse_condition(text, PEOPLE.columns)
    assert str(error.value).endswith("。")


def test_up_to_a_month_includes_its_days(book: Ledger) -> None:
    assert "单国栋" in names(
        book, Listing(PEOPLE, TODAY).where(Condition("birth_archive", Op.TO, ("1945-01",)))
    )
    assert "单国栋" not in names(
        book, Listing(PEOPLE, TODAY).where(Condition("birth_archive", Op.TO, ("1944-12",)))
    )


@pytest.mark.parametrize(
    "day", [date(2026, 1, 26), date(2026, 2, 17), date(2025, 2, 28), date(2024, 2, 29), date(2000, 1, 1)]
)
def test_ages_in_sql_are_the_ages_of_the_domain(book: Ledger, day: date) -> None:
    with book.desk.read() as session:
        people = session.scalars(sa.select(Person)).all()
        rows = (
            Listing(PEOPLE, day)
            .showing("age", "nominal_age", "party_years")
            .rows_of(session, [person.id for person in people])
        )
    for person in people:
        assert person.birth_archive is not None
        standing = ages.party_years(person.party_join, person.party_full, day)
        age, nominal, years = rows[person.id].values
        birth = person.birth_archive
        if ages.age_on(birth, day) is not None:
            assert age == ages.short_age(ages.age_on(birth, day), birth), person.name
            assert nominal == ages.short_age(ages.nominal_age(birth, day), birth), person.name
        assert years == (standing.years if standing else None), person.name


def test_an_age_of_a_birth_known_to_the_year_is_listed_as_about_and_counted_as_a_number(
    book: Ledger,
) -> None:
    with book.desk.unit("更正") as session:
        for key, born in ((1, PartialDate(1953)), (2, PartialDate(1953, 7))):
            session.get_one(Person, key).birth_archive = born
    listing = Listing(PEOPLE, TODAY).showing("age", "nominal_age").picked([1, 2])
    with book.desk.read() as session:
        rows = listing.rows_of(session, [1, 2])
        assert listing.where(Condition("age", Op.FROM, (73,))).ids(session) == [1]
        assert listing.sorted_by(("age", True)).ids(session) == [1, 2]
    age = PEOPLE.column("age").field
    assert [age.show(rows[key].values[0]) for key in (1, 2)] == ["约73", "72"]
    assert rows[1].values == ("约73", "约73")


def test_an_unknown_register_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="people"):
        register("nobody")


def test_the_ledger_tells_former_posts_as_the_papers_do(book: Ledger) -> None:
    listing = Listing(PEOPLE, TODAY).showing("last_unit", "last_post", "unit_post")
    with book.desk.read() as session:
        rows = [row.values for row in listing.rows(session)]
    assert any(post for _, post, _ in rows)
    assert [told for *_, told in rows] == [unit_and_post(unit, post) for unit, post, _ in rows]
