"""The statutory retirement age of 2025, row by row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.retirement import RetireBasis, min_contribution_months, statutory_retirement
from tests.domain.vectors import vectors

FILE: dict[str, Any] = vectors("retirement_age")
BASES = {"male": RetireBasis.M60, "female55": RetireBasis.F55, "female50": RetireBasis.F50}
HANDBOOK = """
M 1964-12 0 60 2024-12;M 1965-01 1 60+1 2025-02;M 1965-04 1 60+1 2025-05;M 1965-05 2 60+2 2025-07
M 1965-08 2 60+2 2025-10;M 1965-09 3 60+3 2025-12;M 1965-12 3 60+3 2026-03;M 1966-01 4 60+4 2026-05
M 1967-06 8 60+8 2028-02;M 1970-10 18 61+6 2032-04;M 1972-03 22 61+10 2034-01;M 1976-08 35 62+11 2039-07
M 1976-09 36 63 2039-09;M 1976-12 36 63 2039-12;M 1977-01 36 63 2040-01
F55 1969-12 0 55 2024-12;F55 1970-01 1 55+1 2025-02;F55 1970-05 2 55+2 2025-07;F55 1971-04 4 55+4 2026-08
F55 1973-11 12 56 2029-11;F55 1978-02 25 57+1 2035-03;F55 1981-08 35 57+11 2039-07
F55 1981-09 36 58 2039-09;F55 1981-12 36 58 2039-12;F55 1982-01 36 58 2040-01
F50 1974-12 0 50 2024-12;F50 1975-01 1 50+1 2025-02;F50 1975-02 1 50+1 2025-03;F50 1975-03 2 50+2 2025-05
F50 1975-11 6 50+6 2026-05;F50 1978-07 22 51+10 2030-05;F50 1984-10 59 54+11 2039-09
F50 1984-11 60 55 2039-11;F50 1984-12 60 55 2039-12;F50 1985-01 60 55 2040-01;F50 1995-12 60 55 2050-12
"""
MONTHS = st.builds(PartialDate, st.integers(1950, 2010), st.integers(1, 12))


@pytest.mark.parametrize("row", FILE["rows"], ids=lambda row: f"{row['category']}-{row['birth']}")
def test_every_row_of_the_tables(row: dict[str, Any]) -> None:
    answer = statutory_retirement(PartialDate.from_iso(row["birth"]), BASES[row["category"]])
    assert answer.month.iso == row["statutory"]
    assert answer.delay_months == row["delay_months"]
    assert (answer.age_years, answer.age_months) == (row["age_y"], row["age_m"])
    assert (answer.earliest.iso, answer.latest.iso) == (row["earliest_flexible"], row["latest_flexible"])
    assert answer.min_contribution_months == row["min_contribution_months"]


@pytest.mark.parametrize(
    "row", FILE["test_suite_vectors"], ids=lambda row: f"{row['category']}-{row['birth']}"
)
def test_the_rows_of_other_suites(row: dict[str, Any]) -> None:
    answer = statutory_retirement(PartialDate.from_iso(row["birth"]), BASES[row["category"]])
    assert (answer.month.iso, answer.delay_months) == (row["statutory"], row["delay_months"])


@pytest.mark.parametrize("case", FILE["published_cases"], ids=lambda case: case["birth"])
def test_a_published_retirement_lies_within_the_flexible_years(case: dict[str, Any]) -> None:
    answer = statutory_retirement(PartialDate.from_iso(case["birth"]), BASES[case["category"]])
    assert answer.earliest <= PartialDate.from_iso(case["retired"]) <= answer.latest
    assert answer.month == PartialDate(2026, 2)


@pytest.mark.parametrize("row", HANDBOOK.strip().replace("\n", ";").split(";"))
def test_the_handbooks_table(row: str) -> None:
    table, birth, delay, age, month = row.split()
    basis = {"M": RetireBasis.M60, "F55": RetireBasis.F55, "F50": RetireBasis.F50}[table]
    answer = statutory_retirement(PartialDate.from_iso(birth), basis)
    years, _, months = age.partition("+")
    assert answer.month.iso == month
    assert answer.delay_months == int(delay)
    assert (answer.age_years, answer.age_months) == (int(years), int(months or 0))


@pytest.mark.parametrize(
    ("year", "months"),
    [(2024, 180), (2029, 180), (2030, 186), (2031, 192), (2035, 216), (2038, 234), (2039, 240), (2060, 240)],
)
def test_the_contribution_asked_grows_until_2039(year: int, months: int) -> None:
    assert min_contribution_months(year) == months


def test_a_day_of_birth_does_not_matter() -> None:
    whole = statutory_retirement(PartialDate(1967, 6, 30), RetireBasis.M60)
    assert whole == statutory_retirement(PartialDate(1967, 6), RetireBasis.M60)
    assert whole.age_words == "60岁8个月"
    assert statutory_retirement(PartialDate(1977, 1), RetireBasis.M60).age_words == "63岁"


def test_a_year_of_birth_is_not_enough() -> None:
    with pytest.raises(FieldError, match="补上出生月份"):
        statutory_retirement(PartialDate(1967), RetireBasis.M60)


def test_the_bases_are_the_codes_of_their_table() -> None:
    assert {item.code for item in codes.table("retire_basis").items} == set(RetireBasis)


@given(MONTHS, st.sampled_from(RetireBasis))
def test_nobody_born_later_retires_earlier(birth: PartialDate, basis: RetireBasis) -> None:
    later = PartialDate(birth.year + birth.month // 12, birth.month % 12 + 1) if birth.month else birth
    one, two = statutory_retirement(birth, basis), statutory_retirement(later, basis)
    assert one.month < two.month
    assert 0 <= two.delay_months - one.delay_months <= 1
    assert one.earliest <= one.month <= one.latest
