"""慰问标准: whom a standard is for, and what it must say."""

from __future__ import annotations

from datetime import date

import pytest

from cadre_desk.domain import codes
from cadre_desk.domain.standards import (
    BEREAVED,
    LIXIU,
    RETIRED,
    Standard,
    check_standard,
    level_of,
    payee_of,
    standard_for,
    times_by_rule,
)

TODAY = date(2026, 1, 26)
FOR_ALL = Standard("01", cash=60000)
FOR_LIXIU = Standard("01", payee=LIXIU, cash=150000)
FOR_COUNTY = Standard("01", level="3", cash=80000)
RETIRED_COUNTY = Standard("01", payee=RETIRED, level="3", cash=90000)
EVERY = (FOR_ALL, FOR_LIXIU, FOR_COUNTY, RETIRED_COUNTY)


@pytest.mark.parametrize(
    ("payee", "level", "expected"),
    [
        (RETIRED, "4", FOR_ALL),
        (RETIRED, "", FOR_ALL),
        (LIXIU, "", FOR_LIXIU),
        (LIXIU, "3", FOR_COUNTY),
        (RETIRED, "3", RETIRED_COUNTY),
        (BEREAVED, "", FOR_ALL),
    ],
)
def test_the_standard_that_says_most_exactly_whom_it_is_for_holds(
    payee: str, level: str, expected: Standard
) -> None:
    assert standard_for(EVERY, payee, level) is expected
    assert standard_for(EVERY[::-1], payee, level) is expected


def test_nobody_has_a_standard_where_none_fits() -> None:
    assert standard_for((FOR_LIXIU,), RETIRED, "3") is None
    assert standard_for((), LIXIU, "") is None


@pytest.mark.parametrize(
    ("kind", "retire_type", "expected"),
    [("1", "11", LIXIU), ("1", "21", RETIRED), ("1", None, RETIRED), ("2", None, BEREAVED), ("3", None, "")],
)
def test_the_kind_of_payee_follows_from_the_person(kind: str, retire_type: str | None, expected: str) -> None:
    lixiu = codes.table("retire_type").codes_in("离休")[0]
    retired = codes.table("retire_type").codes_in("退休")[0]
    told = {"11": lixiu, "21": retired, None: None}[retire_type]
    assert payee_of(kind, told) == expected


def test_every_treatment_is_counted_in_a_level() -> None:
    for item in codes.table("treatment_level").items:
        assert codes.table("treatment_group").label(level_of(item.code)) == item.group
    assert level_of(None) == ""


def test_somebody_in_hospital_is_paid_twice_a_year_at_most_others_once() -> None:
    assert times_by_rule("11") == 2
    assert times_by_rule("01") == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"cash": 0, "goods": None}, "cash"),
        ({"cash": -1, "goods": "米"}, "cash"),
        ({"times": 0}, "times"),
        ({"cap": 100}, "cap"),
        ({"year": 1900}, "year"),
        ({"year": 2028}, "year"),
    ],
)
def test_a_standard_that_contradicts_itself_is_told_at_its_field(
    values: dict[str, object], field: str
) -> None:
    whole = {"year": 2026, "occasion": "01", "cash": 60000, "times": 1, "cap": None, **values}
    assert [one.field for one in check_standard(whole, TODAY)] == [field]
    assert not list(check_standard({**whole, "year": 2026, "cash": 60000, "times": 2, "cap": 60000}, TODAY))
