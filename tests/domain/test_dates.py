"""Dates: every way a clerk types one, what is asked, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.dates import (
    AmbiguousDate,
    PartialDate,
    parse_date,
    parse_number_date,
    read_date,
    read_number_date,
)
from cadre_desk.domain.errors import FieldError
from tests.domain.vectors import vectors

TODAY = date(2026, 1, 26)
PATTERNS: list[dict[str, Any]] = vectors("dates")["clerk_patterns"]
FIXED = [case for case in PATTERNS if case["clerk_rule"] is not None and "must" not in case]
REPORTED = [case for case in PATTERNS if "must" in case]


@pytest.mark.parametrize("case", FIXED, ids=lambda case: case["input"])
def test_a_clerks_pattern_gives_the_year_and_month_of_her_rule(case: dict[str, Any]) -> None:
    value = parse_date(case["input"], today=TODAY)
    assert case["clerk_rule"] in {value.show(), value.show()[:7]}


@pytest.mark.parametrize("case", FIXED, ids=lambda case: case["input"])
def test_a_clerks_pattern_in_a_birth_column_lies_in_19yy_or_is_asked(case: dict[str, Any]) -> None:
    if "ambiguous" in case:
        with pytest.raises(AmbiguousDate) as asked:
            parse_date(case["input"], birth_like=True, today=TODAY)
        assert [reading.year // 100 for reading in asked.value.readings] == [19, 20]
    else:
        value = parse_date(case["input"], birth_like=True, today=TODAY)
        assert case["clerk_rule"] in {value.show(), value.show()[:7]}


@pytest.mark.parametrize("case", REPORTED, ids=lambda case: case["input"])
def test_what_must_be_reported_is_never_taken_silently(case: dict[str, Any]) -> None:
    with pytest.raises(FieldError) as refused:
        parse_date(case["input"], today=TODAY)
    if case["clerk_rule"] is None:
        assert not isinstance(refused.value, AmbiguousDate)
    else:
        assert isinstance(refused.value, AmbiguousDate)
        assert [reading.show() for reading in refused.value.readings] == [case["clerk_rule"]]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("二〇〇三年五月", "2003-05"), ("1962年8月", "1962-08"), ("1962/8/1", "1962-08-01")],
)
def test_patterns_without_a_clerks_rule_are_read_as_they_stand(typed: str, iso: str) -> None:
    assert {case["input"]: case["clerk_rule"] for case in PATTERNS}[typed] is None
    assert parse_date(typed, today=TODAY).iso == iso


def test_a_stated_day_is_kept() -> None:
    assert parse_date("1950.3.15").iso == "1950-03-15"
    assert parse_date("1945.9.2").iso == "1945-09-02"


@pytest.mark.parametrize(
    "typed",
    [
        "1953.7",
        "1953.07",
        "1953-07",
        "195307",
        "1953年7月",
        "一九五三年七月",
        "1953 7",
        "1953年 7月",
        "1953。7",
        "１９５３．７",
        "1953．07.",
        "'1953.7",
        "1953·7",
        "1953、7",
        "1953/07",
        "1953-7月",
        "07-1953",
        "7/1953",
        "19530700",
        "1953.07.00",
        "　1953.7 ",
        "\ufeff1953.7",
        "1953—07",
        "1953\\7",
        "195307.0",
        "53.7",
        "53年7月",
    ],
)
def test_july_1953_is_july_1953_however_it_is_typed(typed: str) -> None:
    assert parse_date(typed, birth_like=True, today=TODAY) == PartialDate(1953, 7)


@pytest.mark.parametrize(
    "typed",
    [
        "1953/7/1",
        "19530701",
        "1953.7.1",
        "1953-07-01",
        "1953年7月1日",
        "1953年7月1号",
        "一九五三年七月一日",
        "1953-07-01 00:00:00",
        "1953-07-01T00:00:00.000",
        "1953/7/1 0:00",
        "19541",
        "19541.0",
        "53.7.1",
        "530701",
        "1953.0701",
        "1953 7 1",
    ],
)
def test_1_july_1953_is_that_day_however_it_is_typed(typed: str) -> None:
    assert parse_date(typed, birth_like=True, today=TODAY) == PartialDate(1953, 7, 1)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("一九五三年", "1953"),
        ("1953.00", "1953"),
        ("53年", "1953"),
        ("二〇二五", "2025"),
        ("二○二五", "2025"),
        ("二零二五", "2025"),
        ("二O二五", "2025"),
        ("二OO三年", "2003"),
        ("一九四九年十月", "1949-10"),
        ("一九四九年十月一日", "1949-10-01"),
        ("一九三七年十一月三十日", "1937-11-30"),
        ("一九三七年十二月廿一日", "1937-12-21"),
        ("一九三七年十二月卅一日", "1937-12-31"),
        ("一九四〇年二月二十九日", "1940-02-29"),
        ("1953年元月", "1953-01"),
        ("2026年1月26日 15:30", "2026-01-26"),
        ("7/21/1953", "1953-07-21"),
        ("21/7/1953", "1953-07-21"),
        ("7/7/1953", "1953-07-07"),
        ("1953721", "1953-07-21"),
    ],
)
def test_numerals_times_and_orders_of_other_countries_are_understood(typed: str, iso: str) -> None:
    assert parse_date(typed, today=TODAY).iso == iso


def test_text_is_january_or_october_as_it_was_typed() -> None:
    assert parse_date("1953.1") == PartialDate(1953, 1)
    assert parse_date("1953.10") == PartialDate(1953, 10)


def test_a_number_that_may_have_lost_its_zero_is_asked() -> None:
    with pytest.raises(AmbiguousDate) as asked:
        parse_number_date(1953.1)
    assert asked.value.readings == (PartialDate(1953, 1), PartialDate(1953, 10))
    assert "1953年1月、1953年10月" in str(asked.value)


def test_a_number_may_have_lost_its_zero_and_its_century() -> None:
    with pytest.raises(AmbiguousDate) as asked:
        parse_number_date(15.1, birth_like=True, today=TODAY)
    assert [reading.iso for reading in asked.value.readings] == ["1915-01", "2015-01", "1915-10", "2015-10"]


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (1953.7, "1953-07"),
        (1953.12, "1953-12"),
        (1953.11, "1953-11"),
        (1953.01, "1953-01"),
        (1953.2, "1953-02"),
        (1953.0721, "1953-07-21"),
        (1953.071, "1953-07-10"),
        (1953.0, "1953"),
        (195307, "1953-07"),
        (19530721, "1953-07-21"),
        (19541, "1953-07-01"),
        (19541.75, "1953-07-01"),
        (9497, "1925-12-31"),
        (53.7, "1953-07"),
        (3.5, "2003-05"),
    ],
)
def test_numeric_cells_are_read(value: float, iso: str) -> None:
    assert parse_number_date(value, today=TODAY).iso == iso


@pytest.mark.parametrize(
    "value", [0.5, -1953.7, float("nan"), float("inf"), 1e20, 1953.13, 45, 99999, 3000000]
)
def test_numeric_cells_that_are_no_date_are_refused(value: float) -> None:
    with pytest.raises(FieldError):
        parse_number_date(value)


def test_every_serial_number_of_a_century_agrees_with_the_calendar() -> None:
    start = date(1927, 5, 18)
    for number in range(10000, 46000, 7):
        day = date.fromordinal(start.toordinal() + number - 10000)
        assert parse_number_date(number) == PartialDate.of(day)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "没有填日期"),
        ("　", "没有填日期"),
        ("不详", "看不懂日期「不详」"),
        ("1953.13", "没有13月"),
        ("1953.0.7", "看不懂"),
        ("1053.7", "1053不可信"),
        ("3953", "3953不可信"),
        ("农历八月初三", "是农历日期"),
        ("1936年闰三月", "是农历日期"),
        ("1936年腊月", "是农历日期"),
        ("1953.7-1960.8", "像是一段时间"),
        ("1953年7月至今", "像是一段时间"),
        ("1953-1960", "像是一段时间"),
        ("7月21日", "看不懂"),
        ("53", "看不懂"),
        ("99999", "看不懂"),
        ("1953.071", "看不懂"),
        ("9007199254740993", "看不懂"),
        ("٣", "看不懂"),
        ("=1953.7", "看不懂"),
    ],
)
def test_what_is_no_date_is_refused_in_words(typed: str, said: str) -> None:
    with pytest.raises(FieldError, match=said) as refused:
        parse_date(typed, today=TODAY)
    assert not isinstance(refused.value, AmbiguousDate)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1953.2.29", ["1953-02"]),
        ("1962.8至", ["1962-08"]),
        ("1962.8.3起", ["1962-08-03"]),
        ("7/1/1953", ["1953-07-01", "1953-01-07"]),
        ("1953111", ["1953-01-11", "1953-11-01"]),
    ],
)
def test_what_can_only_be_asked_offers_its_readings(typed: str, readings: list[str]) -> None:
    with pytest.raises(AmbiguousDate) as asked:
        parse_date(typed, today=TODAY)
    assert [reading.iso for reading in asked.value.readings] == readings


def test_a_guessed_century_is_said() -> None:
    reading = read_date("53.7", today=TODAY)
    assert reading.date == PartialDate(1953, 7)
    assert reading.notes == ("年份只写了两位，按1953年理解，请核对。",)
    assert read_date("1953.7", today=TODAY).notes == ()


def test_a_serial_number_is_said() -> None:
    assert "按 Excel 的日期序号理解为1953年7月1日" in read_number_date(19541).notes[0]


def test_the_century_turns_with_the_working_day() -> None:
    assert parse_date("26.12", today=TODAY) == PartialDate(2026, 12)
    assert parse_date("27.1", today=TODAY) == PartialDate(1927, 1)
    assert parse_date("30.1") == PartialDate(2030, 1)
    assert parse_date("31.1") == PartialDate(1931, 1)


def test_nobody_is_born_after_today() -> None:
    with pytest.raises(FieldError, match="今天（2026年1月26日）以后"):
        parse_date("2026.2", birth_like=True, today=TODAY)
    assert parse_date("2026.1", birth_like=True, today=TODAY) == PartialDate(2026, 1)
    assert parse_date("2026.2", today=TODAY) == PartialDate(2026, 2)


def _outcome(read: Callable[[], PartialDate]) -> PartialDate | str:
    """The date, or the sentence of the refusal."""
    try:
        return read()
    except FieldError as refused:
        return str(refused)


def _is_date_or_sentence(outcome: PartialDate | str) -> bool:
    if isinstance(outcome, str):
        return outcome.endswith("。")
    return 1850 <= outcome.year <= 2100


@given(text=st.text(max_size=24), birth_like=st.booleans())
def test_any_text_is_read_or_refused_in_a_sentence(*, text: str, birth_like: bool) -> None:
    assert _is_date_or_sentence(_outcome(lambda: parse_date(text, birth_like=birth_like, today=TODAY)))


@given(st.from_regex(r"\A[0-9〇一二三十廿.年月日/ \-]{1,12}\Z"))
def test_anything_like_a_date_is_read_or_refused_in_a_sentence(text: str) -> None:
    assert _is_date_or_sentence(_outcome(lambda: parse_date(text, today=TODAY)))


@given(st.floats())
def test_any_number_is_read_or_refused_in_a_sentence(value: float) -> None:
    assert _is_date_or_sentence(_outcome(lambda: parse_number_date(value, today=TODAY)))
