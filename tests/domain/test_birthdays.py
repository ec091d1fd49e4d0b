"""When birthdays are kept, and which of them are celebrated."""

from __future__ import annotations

from datetime import date

import pytest

from cadre_desk.domain.birthdays import NO_LUNAR_DAY, ORDINARY, Celebration, celebration
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.lunar import LunarDay, lunar_of


def only(found: tuple[Celebration, ...]) -> Celebration:
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("birth", "lunar_day", "habit", "day", "age"),
    [
        # The rows of the target picture 12-生日祝寿名单.
        ("1930-03-02", "02-03", "1", "2026-03-02", 96),
        ("1939-03-05", "01-15", "2", "2026-03-03", 86),
        ("1935-02-20", "01-17", "2", "2026-03-05", 91),
        ("1943-03-09", "02-04", "1", "2026-03-09", 83),
        ("1946-03-18", "02-15", "1", "2026-03-18", 80),
        ("1928-04-01", "02-11L", "2", "2026-03-29", 97),
    ],
)
def test_the_day_follows_the_habit_and_the_age_is_that_of_the_day(
    birth: str, lunar_day: str, habit: str, day: str, age: int
) -> None:
    found = only(celebration(PartialDate.from_iso(birth), LunarDay.from_iso(lunar_day), habit, 2026))
    assert (found.day.iso, found.age, found.lunar) == (day, age, habit == "2")


@pytest.mark.parametrize(
    ("year", "reason", "milestone"),
    [
        (2015, ORDINARY, False),
        (2016, "逢十寿辰", True),
        (2017, ORDINARY, False),
        (2021, "85周岁寿辰", True),
        (2026, "九十寿辰", True),
        (2031, "95周岁寿辰", True),
        (2035, ORDINARY, False),
        (2036, "百岁寿辰", True),
        (2037, "101岁寿辰", True),
    ],
)
def test_eighty_and_every_five_years_are_celebrated_and_each_year_from_a_hundred(
    year: int, reason: str, *, milestone: bool
) -> None:
    found = only(celebration(PartialDate(1936, 2), None, None, year))
    assert (found.reason, found.milestone) == (reason, milestone)


def test_a_birth_known_to_the_month_is_kept_in_the_month() -> None:
    found = only(celebration(PartialDate(1936, 2), None, "1", 2026))
    assert found.day == PartialDate(2026, 2)


def test_a_birth_known_to_the_month_is_kept_on_the_lunar_day_if_that_is_known() -> None:
    found = only(celebration(PartialDate(1936, 2), LunarDay(1, 20), None, 2026))
    assert (found.lunar, found.day) == (True, PartialDate(2026, 3, 8))


def test_an_unknown_habit_keeps_the_solar_day_where_there_is_one() -> None:
    found = only(celebration(PartialDate(1936, 2, 12), LunarDay(1, 20), None, 2026))
    assert (found.lunar, found.day) == (False, PartialDate(2026, 2, 12))


def test_a_lunar_habit_without_a_lunar_day_says_so() -> None:
    found = only(celebration(PartialDate(1936, 2, 12), None, "2", 2026))
    assert (found.lunar, found.note) == (False, NO_LUNAR_DAY)


def test_a_lunar_day_without_a_birth_date_has_no_age() -> None:
    found = only(celebration(None, LunarDay(8, 3), "2", 2026))
    assert (found.day, found.age, found.milestone) == (PartialDate(2026, 9, 13), None, False)


def test_nothing_is_kept_without_any_date_or_before_the_birth() -> None:
    assert celebration(None, None, "2", 2026) == ()
    assert celebration(PartialDate(2027, 1, 1), None, "1", 2026) == ()


def test_a_lunar_birthday_may_fall_twice_in_a_solar_year_or_not_at_all() -> None:
    born = PartialDate(1936, 1, 1)
    days = lunar_of(date(1936, 1, 1)).day
    counts = [len(celebration(born, days, "2", year)) for year in range(2000, 2030)]
    assert set(counts) == {0, 1, 2}
    assert sum(counts) == len(counts)


def test_of_two_lunar_birthdays_in_a_year_only_one_completes_ninety() -> None:
    twice = [
        found
        for birth_year in range(1930, 1946)
        for day in (date(birth_year, 1, number) for number in range(1, 32))
        for found in [celebration(PartialDate.of(day), lunar_of(day).day, "2", birth_year + 90)]
        if len(found) == 2
    ]
    assert twice
    assert all(sum(one.milestone for one in found) == 1 for found in twice)


def test_a_lunar_milestone_before_the_solar_birthday_says_that_it_is_lunar() -> None:
    found = only(celebration(PartialDate(1936, 3, 15), LunarDay(2, 5), "2", 2028))
    assert (found.milestone, found.age) == (False, 91)
    found = only(celebration(PartialDate(1936, 2, 27), LunarDay(2, 5), "2", 2026))
    assert (found.reason, found.age, found.note) == ("九十寿辰", 90, "")
    found = only(celebration(PartialDate(1936, 3, 27), LunarDay(3, 5), "2", 2027))
    assert found.reason == ORDINARY
    early = only(celebration(PartialDate(1946, 4, 21), LunarDay(3, 3), "2", 2026))
    assert (early.reason, early.age, early.note) == ("逢十寿辰", 79, "按农历满80岁")


def test_a_leap_month_birth_follows_the_setting() -> None:
    born, day = PartialDate(1941, 8, 1), LunarDay(6, 9, leap=True)
    ordinary = only(celebration(born, day, "2", 2025))
    leap = only(celebration(born, day, "2", 2025, leap_follows_leap=True))
    assert ordinary.note == "生在闰六月，按六月过"
    assert (ordinary.day, leap.day, leap.note) == (PartialDate(2025, 7, 3), PartialDate(2025, 8, 2), "")
