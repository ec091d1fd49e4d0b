"""The county's people are believable, as messy as life, and nobody real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Contact, Person
from cadre_desk.demo.lists import well_known, words
from cadre_desk.demo.scale import WORKING_DAY
from cadre_desk.domain import id_numbers, names
from cadre_desk.domain.dates import Precision
from cadre_desk.export import faces


@pytest.fixture
def people(county: Session) -> Sequence[Person]:
    """Everybody."""
    return county.scalars(sa.select(Person).order_by(Person.id)).all()


def test_nobody_is_called_like_somebody_everybody_knows(county: Session, people: Sequence[Person]) -> None:
    called = {person.name for person in people} | set(county.scalars(sa.select(Contact.name)))
    assert called & well_known() == set()
    assert len(well_known()) > 150


def test_every_surname_and_given_name_can_be_borne() -> None:
    lists = words("names")
    surnames = lists["surnames"][::2]
    assert all(names.surname(f"{one}明") == one for one in surnames)
    given = [one for key, listed in lists.items() if key[0] in "MF" for one in listed]
    assert all(names.clean_name(one) == one for one in given)


def test_there_are_namesakes_even_in_one_unit(people: Sequence[Person]) -> None:
    counted = Counter(person.name for person in people if person.status == "1")
    assert counted["张建国"] >= 4
    assert counted["王桂英"] >= 3
    same = Counter((person.name, person.last_unit) for person in people if person.status == "1")
    assert same["王桂英", "县实验小学"] == 2


def test_names_have_middle_dots_two_surname_characters_and_characters_beyond_the_basic_plane(
    people: Sequence[Person],
) -> None:
    called = [person.name for person in people]
    assert sum("·" in name for name in called) >= 3
    assert sum(len(name) == 4 and len(names.surname(name)) == 2 for name in called) >= 3
    assert {char for name in called for char in name if ord(char) > 0xFFFF} >= {"𬭎", "𠅤"}
    assert sum(any(char in "喆垚䶮堃犇彧𬭎𠅤燊" for char in name) for name in called) >= 12


def test_every_character_of_every_name_and_address_can_be_printed(people: Sequence[Person]) -> None:
    assert faces.missing_glyphs(text for one in people for text in (one.name, one.address or "")) == []


def test_id_numbers_are_valid_unique_and_agree_with_sex_and_birth(people: Sequence[Person]) -> None:
    numbers = [person.id_no for person in people if person.id_no]
    assert len(set(numbers)) == len(numbers)
    differ = 0
    for person in people:
        if not person.id_no:
            continue
        reading = id_numbers.read_id(person.id_no, today=WORKING_DAY)
        assert (reading.sex, reading.birth) == (person.sex, person.birth_id)
        archive = person.birth_archive
        assert archive is not None
        differ += archive.month is not None and (archive.year, archive.month) != (
            reading.birth.year,
            reading.birth.month,
        )
    assert 0.02 < differ / len(people) < 0.04


def test_some_numbers_are_of_the_old_card_and_some_are_missing(people: Sequence[Person]) -> None:
    assert 2 <= sum(len(person.id_no or "") == 15 for person in people) <= 20
    assert 10 <= sum(person.id_no is None for person in people) <= 60


def test_dates_are_as_precise_as_files_know_them(people: Sequence[Person]) -> None:
    births = Counter(person.birth_archive.precision for person in people if person.birth_archive)
    assert births[Precision.MONTH] > births[Precision.DAY] > births[Precision.YEAR] > 20


def test_telephones_are_well_formed_and_given_to_nobody(county: Session, people: Sequence[Person]) -> None:
    numbers = [
        one
        for one in (*(person.phone for person in people), *county.scalars(sa.select(Contact.phone)))
        if one
    ]
    assert all(number.isdigit() and len(number) == 11 and number[3:6] == "000" for number in numbers)
    living = [person for person in people if person.status == "1"]
    assert 50 < sum(person.phone is None for person in living) < 300
    assert sum(person.landline is not None for person in living) > 200


def test_careers_run_forward(people: Sequence[Person]) -> None:
    for person in people:
        if person.person_kind != "1" or person.retire_date is None:
            continue
        assert person.work_start is not None
        assert person.birth_archive is not None
        assert 13 <= person.work_start.year - person.birth_archive.year <= 32, person.id
        assert 45 <= person.retire_date.year - person.birth_archive.year <= 65, person.id
        assert person.work_start.year < person.retire_date.year


def test_who_retired_since_2025_retired_by_the_new_rule(people: Sequence[Person]) -> None:
    since = [one for one in people if one.retire_date and one.retire_date.year >= 2025 and one.retire_basis]
    assert len(since) > 95
    assert {person.retire_basis for person in since} == {"M", "F55", "F50"}
    early = [person for person in since if person.early]
    assert 0 < len(early) < 20


def test_those_who_live_alone_have_nobody_else_in_the_house(people: Sequence[Person]) -> None:
    for person in people:
        flags = person.family_flags or ()
        assert len({"1", "2", "3", "4"} & set(flags)) <= 1
        assert ("7" in flags) == (person.marital == "30" and person.person_kind == "1")
        assert "2" not in flags or person.marital in {"20", "22"}


def test_who_lives_elsewhere_has_an_address_there(people: Sequence[Person]) -> None:
    away = [person for person in people if person.live_mode in {"2", "3"}]
    assert away
    assert all(
        person.place_id is None and person.live_division[:6] != "500101"
        for person in away
        if person.live_division
    )
    here = [person for person in people if person.live_mode in {"1", "4"}]
    assert all(person.place_id and person.address for person in here)


def test_men_hold_no_womens_honours(people: Sequence[Person]) -> None:
    assert not [
        one.id
        for one in people
        if one.sex == "1" and any(word in (one.honours or "") for word in ("三八", "巾帼"))
    ]


def test_the_people_of_the_pictures_are_there(people: Sequence[Person]) -> None:
    found = {person.name: person for person in people if person.status == "1"}
    for name in ("王𬭎远", "邓长河", "丁茂才", "卜兰芝", "于敬之", "覃玉芬", "唐明义", "冯志强"):
        assert name in found
    wang = found["王𬭎远"]
    assert wang.birth_archive is not None
    assert (wang.birth_archive.iso, wang.last_unit, wang.last_post) == ("1936-02", "县水利局", "总工程师")
    assert found["邓长河"].in_hospital is True
    assert found["覃玉芬"].in_hospital is False
