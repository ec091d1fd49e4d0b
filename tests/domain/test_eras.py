"""革命时期: each boundary from both sides, and what has to be asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.eras import Era, era_on, read_era

DAYS = st.dates(date(1920, 1, 1), date(1960, 12, 31))


@pytest.mark.parametrize(
    ("start", "era"),
    [
        ("1927-08", Era.RED),
        ("1936", Era.RED),
        ("1937-06", Era.RED),
        ("1937-07-06", Era.RED),
        ("1937-07-07", Era.EARLY_WAR),
        ("1937-08", Era.EARLY_WAR),
        ("1942-12-31", Era.EARLY_WAR),
        ("1942-12", Era.EARLY_WAR),
        ("1943", Era.LATE_WAR),
        ("1943-01", Era.LATE_WAR),
        ("1945-09-02", Era.LATE_WAR),
        ("1945-09-03", Era.LIBERATION),
        ("1949-08", Era.LIBERATION),
        ("1949-09-30", Era.LIBERATION),
        ("1949-10-01", Era.AFTER),
        ("1949-10", Era.AFTER),
        ("1950", Era.AFTER),
    ],
)
def test_a_clear_date_settles_the_period(start: str, era: Era) -> None:
    reading = read_era(PartialDate.from_iso(start))
    assert reading.settled is era
    assert reading.question == ""


@pytest.mark.parametrize(
    ("start", "eras", "said"),
    [
        ("1937-07", (Era.RED, Era.EARLY_WAR), "填到日"),
        ("1945-09", (Era.LATE_WAR, Era.LIBERATION), "填到日"),
        ("1937", (Era.RED, Era.EARLY_WAR), "填到月、日"),
        ("1945", (Era.LATE_WAR, Era.LIBERATION), "填到月、日"),
        ("1949", (Era.LIBERATION, Era.AFTER), "填到月、日"),
    ],
)
def test_a_boundary_is_asked_and_never_guessed(start: str, eras: tuple[Era, ...], said: str) -> None:
    reading = read_era(PartialDate.from_iso(start))
    assert reading.eras == eras
    assert reading.settled is None
    assert said in reading.question


def test_september_1949_is_asked_although_it_is_settled() -> None:
    reading = read_era(PartialDate(1949, 9))
    assert reading.settled is Era.LIBERATION
    assert "离休的最后一个月" in reading.question


def test_after_the_founding_there_is_no_lixiu() -> None:
    assert read_era(PartialDate(1949)).may_be_lixiu
    assert read_era(PartialDate(1949, 9, 30)).may_be_lixiu
    assert not read_era(PartialDate(1949, 10)).may_be_lixiu


def test_the_periods_are_the_codes_of_their_table() -> None:
    assert {item.code for item in codes.table("era").items} == {era for era in Era if era is not Era.AFTER}
    assert [era.label for era in Era] == [*(codes.table("era").label(era) for era in "1234"), "建国后"]


@given(DAYS, DAYS)
def test_whoever_came_earlier_has_no_later_period(one: date, two: date) -> None:
    assert (one <= two) <= (era_on(one) <= era_on(two))


@given(DAYS)
def test_a_coarser_date_never_excludes_the_period_of_the_day(day: date) -> None:
    era = era_on(day)
    assert read_era(PartialDate.of(day)).eras == (era,)
    assert era in read_era(PartialDate(day.year, day.month)).eras
    assert era in read_era(PartialDate(day.year)).eras
