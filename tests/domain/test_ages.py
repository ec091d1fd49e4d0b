"""周岁, 虚岁, 党龄 and the celebrated years, against the papers' model pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.ages import (
    PartyStanding,
    age_on,
    age_words,
    fifty_years_in_party,
    full_years,
    lunar_new_year,
    milestone_age,
    nominal_age,
    party_years,
    reached_on,
    short_age,
    solar_birthday,
)
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.lunar import LunarDay

TODAY = date(2026, 1, 26)
BIRTHS = st.dates(date(1905, 1, 1), date(1980, 12, 31))
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def _date(iso: str) -> PartialDate:
    return PartialDate.from_iso(iso)


def _known(iso: str | None) -> PartialDate | None:
    return None if iso is None else _date(iso)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("1936-02", "2026-01-26", 89),
        ("1936-02", "2026-01-31", 89),
        ("1936-02", "2026-02-01", 90),
        ("1946-03-18", "2026-03-17", 79),
        ("1946-03-18", "2026-03-18", 80),
        ("1952-07", "2026-01-26", 73),
        ("1936", "2026-01-26", 90),
        ("1936", "2025-12-31", 89),
        ("1940-02-29", "2025-02-27", 84),
        ("1940-02-29", "2025-02-28", 85),
        ("1940-02-29", "2024-02-28", 83),
        ("1940-02-29", "2024-02-29", 84),
        ("2026-01-26", "2026-01-26", 0),
        ("2026-01-27", "2026-01-26", None),
    ],
)
def test_an_age_is_completed_on_the_birthday_itself(birth: str, day: str, age: int | None) -> None:
    assert age_on(_date(birth), date.fromisoformat(day)) == age


@pytest.mark.parametrize(
    ("birth", "day", "age", "nominal"),
    [
        # The card of the target pictures, on its working day.
        ("1936-02", "2026-01-26", 89, 90),
        ("1952-07", "2026-01-26", 73, 74),
        # The model page of the birthday list, each on the day it is kept.
        ("1930-03-02", "2026-03-02", 96, 97),
        ("1939-03-05", "2026-03-03", 86, 88),
        ("1935-02-20", "2026-03-05", 91, 92),
        ("1943-03-09", "2026-03-09", 83, 84),
        ("1937-03-14", "2026-03-14", 89, 90),
        ("1946-03-18", "2026-03-18", 80, 81),
        ("1944-03-27", "2026-03-27", 82, 83),
        ("1928-04-01", "2026-03-29", 97, 99),
        ("1946-03-30", "2026-03-30", 80, 81),
        ("1940-03-21", "2026-03-31", 86, 87),
    ],
)
def test_ages_are_those_of_the_model_pages(birth: str, day: str, age: int, nominal: int) -> None:
    when = date.fromisoformat(day)
    assert (age_on(_date(birth), when), nominal_age(_date(birth), when)) == (age, nominal)


def test_a_nominal_age_grows_at_the_lunar_new_year() -> None:
    birth = PartialDate(1936, 2)
    assert lunar_new_year(2026) == date(2026, 2, 17)
    assert nominal_age(birth, date(2026, 2, 16)) == 90
    assert nominal_age(birth, date(2026, 2, 17)) == 91


def test_who_was_born_before_the_lunar_new_year_is_a_year_older() -> None:
    assert lunar_new_year(1937) == date(1937, 2, 11)
    assert nominal_age(PartialDate(1937, 2, 10), TODAY) == 90
    assert nominal_age(PartialDate(1937, 2, 11), TODAY) == 89
    assert nominal_age(PartialDate(1937, 1), TODAY) == 90


def test_a_birth_known_to_the_month_belongs_to_the_lunar_year_of_its_fifteenth() -> None:
    assert nominal_age(PartialDate(1937, 2), TODAY) == 89
    assert lunar_new_year(1950) == date(1950, 2, 17)
    assert nominal_age(PartialDate(1950, 2), TODAY) == 77
    assert nominal_age(PartialDate(1950), TODAY) == 76


def test_a_known_lunar_birthday_settles_the_lunar_year() -> None:
    assert nominal_age(PartialDate(1937, 2), TODAY, lunar_birth=LunarDay(12, 25)) == 90
    assert nominal_age(PartialDate(1937, 2), TODAY, lunar_birth=LunarDay(1, 3)) == 89
    assert nominal_age(PartialDate(1950), TODAY, lunar_birth=LunarDay(12, 1)) == 77
    assert nominal_age(PartialDate(1937, 2), TODAY, lunar_birth=LunarDay(8, 15)) == 89


def test_there_is_no_nominal_age_before_birth_or_beyond_the_calendar() -> None:
    assert nominal_age(PartialDate(2026, 2), TODAY) is None
    assert nominal_age(PartialDate.of(TODAY), TODAY) == 1
    assert nominal_age(PartialDate(1900, 12), TODAY) is None
    assert nominal_age(PartialDate(1901), TODAY) == 125
    assert nominal_age(PartialDate(2026), date(2101, 1, 1)) is None
    assert nominal_age(PartialDate(1937, 2), date(1937, 2, 5)) == 1
    with pytest.raises(ValueError, match="no lunar year"):
        lunar_new_year(1899)


@pytest.mark.parametrize(
    ("birth", "year", "birthday"),
    [
        ("1936-02", 2026, "2026-02"),
        ("1936", 2026, "2026"),
        ("1936-02-29", 2026, "2026-02-28"),
        ("1936-02-29", 2028, "2028-02-29"),
        ("1936-05-21", 2026, "2026-05-21"),
    ],
)
def test_a_birthday_is_as_precise_as_the_birth(birth: str, year: int, birthday: str) -> None:
    assert solar_birthday(_date(birth), year).iso == birthday


def test_from_eighty_each_fifth_birthday_is_celebrated_and_from_a_hundred_each() -> None:
    birth = PartialDate(1926, 5)
    ages = [milestone_age(birth, year) for year in range(2001, 2031)]
    assert [age for age in ages if age] == [80, 85, 90, 95, 100, 101, 102, 103, 104]
    assert milestone_age(birth, 2026, first=90, step=10, yearly_from=200) == 100
    assert milestone_age(birth, 2021, first=90, step=10) is None


@pytest.mark.parametrize(
    ("full", "years"),
    [
        ("1975-07", 50),
        ("1977-12", 48),
        ("1983-07", 42),
        ("1971-10", 54),
        ("1962-07", 63),
        ("1974-06", 51),
        ("1967-05", 58),
        ("1969-11", 56),
        ("1986-06", 39),
        ("1980-12", 45),
        ("1972-03", 53),
        ("1966-09", 59),
    ],
)
def test_party_years_are_those_of_the_model_roster(full: str, years: int) -> None:
    assert party_years(None, _date(full), date(2026, 1, 12)) == PartyStanding(years)


@pytest.mark.parametrize(
    ("join", "full", "standing"),
    [
        ("1964-07", "1965-07", PartyStanding(60)),
        ("1964-07", None, PartyStanding(60, estimated=True)),
        ("1969-03", None, PartyStanding(55, estimated=True)),
        ("1969-04", None, PartyStanding(56)),
        ("1970", None, PartyStanding(56, estimated=True)),
        ("1977-08", None, PartyStanding(48)),
        ("1977-09", None, PartyStanding(47, estimated=True)),
        ("1969", None, PartyStanding(56, estimated=True)),
        (None, "1970", PartyStanding(56, estimated=True)),
        ("2024-12", None, PartyStanding(0, estimated=True)),
        ("1924-02-29", None, PartyStanding(100, estimated=True)),
        ("2025-06", None, None),
        ("2025-06", "2026-06", None),
        (None, None, None),
    ],
)
def test_party_years_count_from_full_membership(
    join: str | None, full: str | None, standing: PartyStanding | None
) -> None:
    assert party_years(_known(join), _known(full), TODAY) == standing


@pytest.mark.parametrize(
    ("join", "full", "reached"),
    [
        (None, "1976-06", True),
        (None, "1976-07", True),
        (None, "1976-07-01", True),
        (None, "1976-07-02", False),
        (None, "1976-08", False),
        ("1976-07", None, True),
        ("1977-07", None, False),
        ("1965-07", None, True),
        (None, None, False),
    ],
)
def test_fifty_years_are_counted_as_of_1_july(join: str | None, full: str | None, *, reached: bool) -> None:
    assert fifty_years_in_party(_known(join), _known(full), 2026) is reached


@given(BIRTHS, DAYS)
def test_an_age_grows_by_one_on_one_day_of_the_year(birth: date, day: date) -> None:
    born = PartialDate.of(birth)
    before, after = full_years(born, day), full_years(born, day + timedelta(days=1))
    assert after - before == (
        PartialDate.of(day + timedelta(days=1)) == solar_birthday(born, (day + timedelta(days=1)).year)
    )


@given(BIRTHS, DAYS)
def test_a_nominal_age_is_no_less_than_the_age_and_at_most_two_more(birth: date, day: date) -> None:
    for born in (PartialDate.of(birth), PartialDate(birth.year, birth.month), PartialDate(birth.year)):
        age, nominal = age_on(born, day), nominal_age(born, day)
        assert age is not None
        assert nominal is not None
        assert age <= nominal <= age + 2


@given(BIRTHS, DAYS)
def test_a_less_precise_birth_never_makes_anyone_younger(birth: date, day: date) -> None:
    exact = full_years(PartialDate.of(birth), day)
    assert (
        exact
        <= full_years(PartialDate(birth.year, birth.month), day)
        <= full_years(PartialDate(birth.year), day)
    )


@given(BIRTHS, DAYS)
def test_ages_can_be_reckoned_from_iso_text_alone(birth: date, day: date) -> None:
    for born in (PartialDate.of(birth), PartialDate(birth.year, birth.month), PartialDate(birth.year)):
        month_and_day = f"{born.iso}-01-01"[5:10]
        mark = "{:02d}-{:02d}".format(*reached_on(day))
        assert age_on(born, day) == day.year - int(born.iso[:4]) - (month_and_day > mark)


def test_ages_of_a_birth_known_to_the_year_are_told_as_about() -> None:
    day = date(2026, 1, 26)
    assert age_words(PartialDate(1953), day) == ("约 73 周岁", "虚岁约 73")
    assert age_words(PartialDate(1953, 7), day) == ("72 周岁", "虚岁 73")
    assert age_words(PartialDate(2027), day) == ("", "")
    assert short_age(73, PartialDate(1953)) == "约73"
    assert short_age(72, PartialDate(1953, 7)) == 72
    assert short_age(None, PartialDate(1953)) is None
