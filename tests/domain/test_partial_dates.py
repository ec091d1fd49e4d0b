"""Partial dates as values: what can be made, how they show, and their one order."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.dates import PartialDate, Precision, parse_date
from cadre_desk.domain.errors import FieldError

TODAY = date(2026, 1, 26)
DAYS = st.dates(date(1850, 1, 1), date(2100, 12, 31))


def _partial(day: date, precision: Precision) -> PartialDate:
    if precision is Precision.YEAR:
        return PartialDate(day.year)
    return PartialDate(day.year, day.month) if precision is Precision.MONTH else PartialDate.of(day)


PARTIALS = st.builds(_partial, DAYS, st.sampled_from(Precision))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((1953, 13), "没有13月"),
        ((1953, 0), "没有0月"),
        ((1953, 2, 29), "没有29日"),
        ((1953, None, 3), "有日没有月"),
        ((0,), "没有公元0年"),
        ((10000,), "没有公元10000年"),
    ],
)
def test_an_impossible_date_cannot_be_made(parts: tuple[int, ...], said: str) -> None:
    with pytest.raises(FieldError, match=said):
        PartialDate(*parts)


@pytest.mark.parametrize(
    "text", ["", "1953-7", "53-07", "1953-07-21-01", "1953.07", "1953-0a", "１９５３", "-953", "1953-13"]
)
def test_only_iso_text_is_read_back_from_the_ledger(text: str) -> None:
    with pytest.raises(FieldError):
        PartialDate.from_iso(text)


def test_a_date_shows_itself_as_far_as_it_is_known() -> None:
    year, month, day = PartialDate(1953), PartialDate(1953, 7), PartialDate(1953, 7, 1)
    assert [d.show() for d in (year, month, day)] == ["1953", "1953.07", "1953.07.01"]
    assert [d.words() for d in (year, month, day)] == ["1953年", "1953年7月", "1953年7月1日"]
    assert [d.precision for d in (year, month, day)] == list(Precision)
    assert (year.first, year.last) == (date(1953, 1, 1), date(1953, 12, 31))
    assert (month.first, month.last) == (date(1953, 7, 1), date(1953, 7, 31))
    assert day.first == day.last == date(1953, 7, 1)
    assert str(month) == "1953.07"
    assert PartialDate.of(datetime(1953, 7, 1, 9, 30)) == day


def test_february_ends_when_the_year_says() -> None:
    assert PartialDate(1936, 2).last == date(1936, 2, 29)
    assert PartialDate(1937, 2).last == date(1937, 2, 28)


def test_a_year_stands_before_its_months_and_a_month_before_its_days() -> None:
    order = [
        PartialDate(1953),
        PartialDate(1953, 1),
        PartialDate(1953, 1, 1),
        PartialDate(1953, 2),
        PartialDate(1954),
    ]
    assert sorted([order[place] for place in (3, 0, 4, 2, 1)]) == order
    assert PartialDate(1953, 7) >= PartialDate(1953, 7) > PartialDate(1953)
    with pytest.raises(TypeError):
        _ = PartialDate(1953) < date(1953, 1, 1)


def test_one_date_is_surely_after_another_only_if_it_is_so_for_every_day() -> None:
    assert PartialDate(1991).surely_after(PartialDate(1990, 5))
    assert not PartialDate(1990, 5).surely_after(PartialDate(1990))
    assert not PartialDate(1990).surely_after(PartialDate(1990, 5))


@given(PARTIALS)
def test_what_is_shown_reads_back(value: PartialDate) -> None:
    assert PartialDate.from_iso(value.iso) == value
    assert parse_date(value.iso, today=TODAY) == value
    assert parse_date(value.show(), today=TODAY) == value
    assert parse_date(value.words(), today=TODAY) == value


@given(PARTIALS, PARTIALS)
def test_iso_texts_sort_as_the_dates_do(one: PartialDate, two: PartialDate) -> None:
    assert (one < two) == (one.iso < two.iso)
    assert (one == two) == (hash(one) == hash(two) and one.iso == two.iso)
    if one.surely_after(two):
        assert one > two
