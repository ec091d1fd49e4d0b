from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.festivals import festival, festivals, next_festival
from cadre_desk.domain.lunar import (
    LunarBirthday,
    LunarDay,
    birthday_in,
    lunar_of,
    lunar_words,
    parse_lunar,
    solar_of,
)
from tests.domain.vectors import vectors

CALENDAR = vectors("lunar/lunar_months_festivals")

LUNAR_DAYS = st.builds(LunarDay, st.integers(1, 12), st.integers(1, 30), st.booleans())
SOLAR_DAYS = st.dates(date(1900, 1, 31), date(2101, 1, 28))


def test_each_day_of_the_sample_is_the_lunar_day_that_eight_libraries_give() -> None:
    for iso, (year, month, day, leap) in vectors("lunar/solar_to_lunar_sample"):
        found = lunar_of(date.fromisoformat(iso))
        assert (found.year, found.day) == (year, LunarDay(month, day, leap)), iso


def test_each_month_begins_and_ends_where_the_majority_says() -> None:
    for row in CALENDAR["months"]:
        first = date.fromisoformat(row["first_day"])
        year, month, leap = row["lunar_year"], row["month"], row["leap"]
        assert solar_of(year, LunarDay(month, 1, leap)) == first
        last = solar_of(year, LunarDay(month, row["days"], leap))
        assert last == first + timedelta(days=row["days"] - 1)
        assert row["days"] == 30 or solar_of(year, LunarDay(month, 30, leap)) is None


def test_each_festival_falls_where_the_majority_says() -> None:
    for row in CALENDAR["festivals"]:
        year = row["year"]
        for name in ("春节", "元宵", "端午", "中秋", "重阳"):
            assert festival(year, name) == date.fromisoformat(row[name])
        assert solar_of(year, LunarDay(7, 7)) == date.fromisoformat(row["七夕"])
        if row["腊八"]:
            assert solar_of(year, LunarDay(12, 8)) == date.fromisoformat(row["腊八"])
        if row["除夕"]:
            eve = date.fromisoformat(row["除夕"])
            assert festival(eve.year, "除夕") == eve


def test_where_libraries_disagree_the_majority_is_right() -> None:
    for row in vectors("lunar/lunar_disagreements"):
        year, month, day, leap = row["majority_first"]
        assert lunar_of(date.fromisoformat(row["from"])).day == LunarDay(month, day, leap)
        assert lunar_of(date.fromisoformat(row["from"])).year == year


@pytest.mark.parametrize("row", vectors("lunar/lunar_birthdays"), ids=lambda row: str(row["lunar"]))
def test_lunar_birthdays_in_later_years(row: dict[str, Any]) -> None:
    year, month, day, leap = row["lunar"]
    born = LunarDay(month, day, leap)
    birth = solar_of(year, born)
    assert (birth.isoformat() if birth else None) == row["born_solar"]
    for lunar_year, expected in row["next"].items():
        ordinary = expected["ordinary"] or expected["if_no_30th_use_29th"]
        kept = date.fromisoformat(ordinary)
        found = {birthday.day: birthday.note for birthday in birthday_in(kept.year, born)}
        assert kept in found
        assert ("没有三十" in found[kept]) == (expected["ordinary"] is None)
        if expected["in_leap_month"]:
            leaping = date.fromisoformat(expected["in_leap_month"])
            days = [one.day for one in birthday_in(leaping.year, born, leap_follows_leap=True)]
            assert days == [leaping], lunar_year


HANDBOOK_FESTIVALS = """
    2024 02-09 02-10 02-24 04-04 06-10 09-17 10-11
    2025 01-28 01-29 02-12 04-04 05-31 10-06 10-29
    2026 02-16 02-17 03-03 04-05 06-19 09-25 10-18
    2027 02-05 02-06 02-20 04-05 06-09 09-15 10-08
    2028 01-25 01-26 02-09 04-04 05-28 10-03 10-26
    2029 02-12 02-13 02-27 04-04 06-16 09-22 10-16
    2030 02-02 02-03 02-17 04-05 06-05 09-12 10-05
"""


@pytest.mark.parametrize("line", HANDBOOK_FESTIVALS.strip().splitlines())
def test_the_festivals_of_the_handbook(line: str) -> None:
    year, *days = line.split()
    names = ("除夕", "春节", "元宵", "清明", "端午", "中秋", "重阳")
    assert [festival(int(year), name).isoformat()[5:] for name in names] == days


def test_every_year_has_eleven_festivals_in_order() -> None:
    for year in range(1900, 2101):
        days = festivals(year)
        assert len({one.name for one in days}) == 11
        assert [one.day for one in days] == sorted(one.day for one in days)
        assert {one.day.year for one in days} == {year}


def test_the_next_festival_is_today_or_later() -> None:
    assert next_festival(date(2026, 1, 26)).name == "除夕"
    assert next_festival(date(2026, 2, 17)).name == "春节"
    assert next_festival(date(2026, 10, 19)).day == date(2027, 1, 1)


def test_an_unknown_festival_or_year_is_refused() -> None:
    with pytest.raises(LookupError, match="圣诞"):
        festival(2026, "圣诞")
    with pytest.raises(FieldError, match="没有1899年"):
        festivals(1899)


def test_the_leap_birthdays_of_the_handbook() -> None:
    born = LunarDay(6, 15, leap=True)
    assert solar_of(1941, born) == date(1941, 8, 7)
    assert birthday_in(2024, born) == (LunarBirthday(date(2024, 7, 20), "生在闰六月，按六月过"),)
    assert [one.day for one in birthday_in(2025, born)] == [date(2025, 7, 9)]
    assert birthday_in(2025, born, leap_follows_leap=True) == (LunarBirthday(date(2025, 8, 8)),)
    assert [one.day for one in birthday_in(2026, born, leap_follows_leap=True)] == [date(2026, 7, 28)]


def test_the_thirtieth_of_a_short_month_is_kept_on_the_29th_and_says_so() -> None:
    born = LunarDay(12, 30)
    assert solar_of(1939, born) == date(1940, 2, 7)
    assert birthday_in(2026, born) == (LunarBirthday(date(2026, 2, 16), "当年腊月没有三十，按廿九过"),)
    assert all("没有三十" in birthday_in(year, born)[0].note for year in range(2025, 2030))


def test_a_solar_year_may_hold_a_lunar_birthday_twice_or_not_at_all() -> None:
    born = LunarDay(11, 20)
    assert [one.day for one in birthday_in(2026, born)] == [date(2026, 1, 8), date(2026, 12, 28)]
    assert birthday_in(2025, born) == ()


@given(LUNAR_DAYS, st.integers(1901, 2099))
def test_a_lunar_birthday_comes_once_a_lunar_year(born: LunarDay, year: int) -> None:
    days = [one.day for each in (year, year + 1) for one in birthday_in(each, born)]
    assert 1 <= len(days) <= 3
    assert all(lunar_of(day).day.month == born.month for day in days)
    assert all(28 * 12 <= (later - earlier).days <= 31 * 13 for earlier, later in pairwise(days))


@given(SOLAR_DAYS)
def test_a_day_and_its_lunar_date_lead_to_one_another(day: date) -> None:
    found = lunar_of(day)
    assert solar_of(found.year, found.day) == day


@given(SOLAR_DAYS, SOLAR_DAYS)
def test_lunar_dates_sort_as_their_days(one: date, other: date) -> None:
    assert (lunar_of(one) < lunar_of(other)) == (one < other)


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2101, 1, 29)])
def test_days_outside_the_calendar_are_refused(day: date) -> None:
    with pytest.raises(FieldError, match="1900年1月31日至2101年1月28日"):
        lunar_of(day)


def test_an_unknown_lunar_year_has_no_days() -> None:
    assert solar_of(1899, LunarDay(1, 1)) is None
    assert birthday_in(2102, LunarDay(1, 1)) == ()


def test_the_words_of_the_status_line() -> None:
    assert lunar_words(date(2026, 1, 26)) == "腊月初八"


@pytest.mark.parametrize(
    ("day", "words", "iso"),
    [
        (LunarDay(1, 1), "正月初一", "01-01"),
        (LunarDay(2, 11, leap=True), "闰二月十一", "02-11L"),
        (LunarDay(7, 5, leap=True), "闰七月初五", "07-05L"),
        (LunarDay(8, 10), "八月初十", "08-10"),
        (LunarDay(10, 20), "十月二十", "10-20"),
        (LunarDay(11, 29), "冬月廿九", "11-29"),
        (LunarDay(12, 30), "腊月三十", "12-30"),
    ],
)
def test_a_lunar_day_in_words_and_as_stored(day: LunarDay, words: str, iso: str) -> None:
    assert (day.words(), day.iso) == (words, iso)
    assert LunarDay.from_iso(iso) == parse_lunar(words) == parse_lunar(iso) == day


@given(LUNAR_DAYS)
def test_stored_and_read_back_it_is_the_same_day(day: LunarDay) -> None:
    assert LunarDay.from_iso(day.iso) == day


@pytest.mark.parametrize("text", ["8-3", "13-01", "01-31", "01-01l", "0101", "", "01-01LL"])
def test_only_what_was_stored_is_read_back(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        LunarDay.from_iso(text)


def test_days_sort_as_they_come_in_a_year() -> None:
    mixed = [LunarDay(3, 1), LunarDay(2, 1, leap=True), LunarDay(1, 30), LunarDay(2, 30)]
    assert [day.iso for day in sorted(mixed)] == ["01-30", "02-30", "02-01L", "03-01"]
    assert LunarDay(2, 1) <= LunarDay(2, 1) < LunarDay(2, 1, leap=True)
    with pytest.raises(TypeError):
        assert LunarDay(1, 1) < "01-02"


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (1, 31)])
def test_there_is_no_such_lunar_day(month: int, day: int) -> None:
    with pytest.raises(ValueError, match="no lunar day"):
        LunarDay(month, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农历八月初三", LunarDay(8, 3)),
        ("八月初三", LunarDay(8, 3)),
        ("（农历）八月初三", LunarDay(8, 3)),
        ("阴历 8月3日", LunarDay(8, 3)),
        ("8.3", LunarDay(8, 3)),
        ("８．３", LunarDay(8, 3)),
        ("08/03", LunarDay(8, 3)),
        ("8-3", LunarDay(8, 3)),
        ("8.10", LunarDay(8, 10)),
        ("闰8.3", LunarDay(8, 3, leap=True)),
        ("闰五月十五", LunarDay(5, 15, leap=True)),
        ("五月（闰）十五", LunarDay(5, 15, leap=True)),
        ("閏五月十五", LunarDay(5, 15, leap=True)),
        ("1938年闰七月初五", LunarDay(7, 5, leap=True)),
        ("一九三五年九月初九", LunarDay(9, 9)),
        ("农历1935年9月9日", LunarDay(9, 9)),
        ("腊月三十", LunarDay(12, 30)),
        ("腊月卅", LunarDay(12, 30)),
        ("腊月廿九", LunarDay(12, 29)),
        ("腊月二十九", LunarDay(12, 29)),
        ("腊月29", LunarDay(12, 29)),
        ("十二月二十", LunarDay(12, 20)),
        ("冬月十一", LunarDay(11, 11)),
        ("十一月十一", LunarDay(11, 11)),
        ("正月初十", LunarDay(1, 10)),
        ("元月初五", LunarDay(1, 5)),
        ("除夕", LunarDay(12, 30)),
        ("春节", LunarDay(1, 1)),
        ("中秋节", LunarDay(8, 15)),
        ("重阳", LunarDay(9, 9)),
        ("12.30", LunarDay(12, 30)),
    ],
)
def test_a_lunar_day_is_read_as_clerks_write_it(text: str, expected: LunarDay) -> None:
    assert parse_lunar(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("廿九", "“廿九”只有日子，还要写月份"),
        ("29", "只有日子"),
        ("1938.7.5", "像是公历日期"),
        ("1935年9月9日", "像是公历日期"),
        ("35.9.9", "像是公历日期"),
        ("19350909", "像是公历日期"),
        ("1935-09", "像是公历日期"),
        ("十三月初一", "月份不对"),
        ("13.1", "月份不对"),
        ("八月卅一", "日子不对"),
        ("8.31", "日子不对"),
        ("八月初十一", "日子不对"),
        ("闰正月初一", "没有闰正月"),
        ("闰腊月初一", "没有闰腊月"),
        ("八月", "看不出是农历哪一天"),
        ("不详", "看不出是农历哪一天"),
        ("", "看不出是农历哪一天"),
    ],
)
def test_what_is_no_lunar_day_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(FieldError, match=why) as refused:
        parse_lunar(text)
    assert "如“八月初三”" in str(refused.value) or "请核对" in str(refused.value)


@given(LUNAR_DAYS.filter(lambda day: not day.leap or 2 <= day.month <= 11))
def test_what_is_shown_can_be_typed(day: LunarDay) -> None:
    assert parse_lunar(day.words()) == day


@given(st.text("闰正二八十廿初月日年农历0123456789.-", max_size=8))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(FieldError):
        assert parse_lunar(text) == parse_lunar(parse_lunar(text).words())
