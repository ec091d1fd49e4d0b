"""ID numbers: what is accepted, what each refusal is called, and what a number says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.id_numbers import (
    ExcelDamagedId,
    IdError,
    PlaceholderId,
    WrongBirthId,
    WrongCharacterId,
    WrongCheckId,
    WrongLengthId,
    WrongProvinceId,
    _check,
    parse_id,
    read_id,
    upgrade15,
)
from cadre_desk.domain.regions import region
from tests.domain.vectors import vectors

TODAY = date(2026, 1, 26)
SEXES = {"男": "1", "女": "2"}
FILE: dict[str, Any] = vectors("id_numbers")
VALID = [case for case in FILE["vectors"] if case["expect_valid"] is True]
INVALID = [case for case in FILE["vectors"] if case["expect_valid"] is False]
OPEN = {case["input"]: case for case in FILE["vectors"] if case["expect_valid"] is None}

BODIES = st.builds(
    lambda province, rest, day, sequence: f"{province}{rest:04d}{day:%Y%m%d}{sequence:03d}",
    st.sampled_from(("11", "31", "44", "50", "65")),
    st.integers(0, 9999),
    st.dates(date(1900, 1, 1), date(2025, 12, 31)),
    st.integers(0, 999),
)


@pytest.mark.parametrize("case", VALID, ids=lambda case: case["input"])
def test_a_valid_number_is_read(case: dict[str, Any]) -> None:
    reading = read_id(case["input"], today=TODAY)
    assert parse_id(case["input"]) == reading.number == case["input"].upper()
    assert reading.birth.isoformat() == case["birth"]
    assert reading.sex == SEXES[case["sex"]]
    assert reading.number18 == (case["as_18"] or reading.number)


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case["input"])
def test_an_invalid_number_is_refused_in_words(case: dict[str, Any]) -> None:
    with pytest.raises(IdError) as refused:
        parse_id(case["input"])
    assert isinstance(refused.value, FieldError)
    assert str(refused.value).endswith("。")
    if "丢失精度" in case["why"]:
        assert isinstance(refused.value, ExcelDamagedId)
        assert "Excel 数字格式丢失精度" in str(refused.value)


def test_the_open_vectors_are_all_decided() -> None:
    assert set(OPEN) == {*CLEANED, "330102200403064", "932682198501010017", "111111111111111"}


CLEANED = {
    "4403 0819 9901 1015 12": "440308199901101512",
    "４４０３０８１９９９０１１０１５１２": "440308199901101512",
    "'440308199901101512": "440308199901101512",
    "44040119580101000×": "44040119580101000X",
    "44040119580101000*": "44040119580101000X",
}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *CLEANED.items(),
        ("44040119580101000ｘ", "44040119580101000X"),
        ("44040119580101000х", "44040119580101000X"),
        ("440401-19580101-000X", "44040119580101000X"),
        ("‘44040119580101000X\u200b", "44040119580101000X"),
    ],
)
def test_a_number_is_cleaned_and_that_is_said(typed: str, number: str) -> None:
    assert parse_id(typed) == number
    assert any("已" in warning for warning in read_id(typed, today=TODAY).warnings)


@pytest.mark.parametrize("typed", [" 44040119580101000x ", "44040119580101000X"])
def test_a_small_x_and_outer_blanks_are_nothing_to_speak_of(typed: str) -> None:
    assert parse_id(typed) == "44040119580101000X"
    assert read_id(typed, today=TODAY).warnings == ()


def test_a_fifteen_digit_number_means_19yy_and_is_warned_about() -> None:
    reading = read_id("330102200403064", today=TODAY)
    assert (reading.number, reading.number18) == ("330102200403064", OPEN["330102200403064"]["as_18"])
    assert reading.birth == date(1920, 4, 3)
    assert "33010219200403064X" in reading.warnings[0]


def test_a_foreigners_permit_is_refused_by_name() -> None:
    with pytest.raises(WrongProvinceId, match="外国人永久居留身份证"):
        parse_id("932682198501010017")


@pytest.mark.parametrize("typed", ["111111111111111", "000000000000000000", "0", "无"])
def test_a_placeholder_is_refused_because_two_of_them_would_be_one_person(typed: str) -> None:
    with pytest.raises(PlaceholderId, match="没有身份证号就留空"):
        parse_id(typed)


@pytest.mark.parametrize("case", FILE["generated_valid"], ids=lambda case: case["id"])
def test_generated_numbers_are_read(case: dict[str, Any]) -> None:
    reading = read_id(case["id"], today=TODAY)
    assert (reading.birth.isoformat(), reading.sex) == (case["birth"], SEXES[case["sex"]])


@pytest.mark.parametrize("case", FILE["id15_to_18"], ids=lambda case: case["id15"])
def test_old_numbers_become_new_ones(case: dict[str, str]) -> None:
    assert upgrade15(case["id15"]) == read_id(case["id15"], today=TODAY).number18 == case["id18"]


@pytest.mark.parametrize("number", FILE["must_fail_checksum"])
def test_a_wrong_digit_is_seen_by_the_check_character(number: str) -> None:
    assert _check(number[:17]) != number[17]
    with pytest.raises(IdError):
        parse_id(number)


@pytest.mark.parametrize(
    ("number", "sex"),
    [
        ("11010519491231002X", "2"),
        ("440524188001010014", "1"),
        ("110101193001010018", "1"),
        ("500101193806150029", "2"),
        ("510125194510010032", "1"),
        ("130133196002290021", "2"),
        ("500234193509099127", "2"),
    ],
)
def test_the_handbooks_numbers(number: str, sex: str) -> None:
    reading = read_id(number, today=TODAY)
    assert (reading.number, reading.sex) == (number, sex)
    assert reading.birth.isoformat().replace("-", "") == number[6:14]


def test_the_example_of_the_standard_is_sound_and_nobodys() -> None:
    assert "示例号码" in read_id("440524188001010014", today=TODAY).warnings[0]
    body = "44052418800101002"
    with pytest.raises(WrongBirthId, match="1880年01月01日太早"):
        parse_id(body + _check(body))


@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("130133196102290029", WrongBirthId, "1961年02月29日不存在"),
        ("500101193913320011", WrongBirthId, "1939年13月32日不存在"),
        ("500101189901010014", WrongBirthId, "太早"),
        ("50010120990101001X", WrongBirthId, "还没有到"),
        ("990101194001010016", WrongProvinceId, "以9开头"),
        ("200101194001010016", WrongProvinceId, "没有以20开头的省份"),
        ("", IdError, "没有填"),
        ("　", IdError, "没有填"),
        ("5.00101E+17", ExcelDamagedId, "Excel 数字格式丢失精度"),
        ("5.00101193806150E17", ExcelDamagedId, "Excel 数字格式丢失精度"),
        ("500,101,193,806,150,000", ExcelDamagedId, "Excel 数字格式丢失精度"),
        ("500101193806150000", ExcelDamagedId, "末三位是000"),
        ("50010119380615002", ExcelDamagedId, "只有17位"),
        ("50010119380615", WrongLengthId, "有14位"),
        ("5001011938061500291", WrongLengthId, "有19位"),
        ("50010138061500X", WrongCharacterId, "15位旧号码全是数字"),
        ("5001O1193806150029", WrongCharacterId, "不该有的字符"),
        ("5001011938061500X9", WrongCharacterId, "不该有的字符"),
        ("X00101193806150029", WrongCharacterId, "不该有的字符"),
        ("同上", WrongCharacterId, "不该有的字符"),
        ("500101193806150028", WrongCheckId, "校验码不对"),
    ],
)
def test_each_fault_has_its_name(typed: str, kind: type[IdError], said: str) -> None:
    with pytest.raises(kind, match=said) as refused:
        parse_id(typed)
    assert type(refused.value) is kind


def test_only_the_codes_of_provinces_begin_a_number() -> None:
    accepted = set()
    for province in range(10, 100):
        body = f"{province}010119380615002"
        try:
            parse_id(body + _check(body))
        except WrongProvinceId:
            continue
        accepted.add(province)
    assert len(accepted) == 31 + 4
    assert not accepted & {10, 16, 20, 24, 30, 38, 40, 47, 49, 55, 60, 66, 70, 72, 80, 84, *range(90, 100)}


def test_a_number_that_rightly_ends_in_000_is_warned_about() -> None:
    body = next(
        body
        for body in (f"500101193806{day:02d}{tens:02d}0" for day in range(1, 31) for tens in range(100))
        if body.endswith("00") and _check(body) == "0"
    )
    assert "末三位是000" in read_id(f"{body}0", today=TODAY).warnings[0]


def test_tomorrow_is_no_birthday() -> None:
    body = "50010120260127001"
    number = body + _check(body)
    with pytest.raises(WrongBirthId, match="还没有到"):
        read_id(number, today=TODAY)
    assert read_id(number, today=date(2026, 1, 27)).birth == date(2026, 1, 27)


def test_the_sequences_of_centenarians_are_warned_about() -> None:
    assert "百岁" in read_id("500101200615998", today=TODAY).warnings[1]


def test_an_unknown_region_only_warns() -> None:
    reading = read_id("431389760616601", today=TODAY)
    assert reading.region == ""
    assert "地区码431389" in reading.warnings[1]


def test_an_abolished_region_is_named_and_not_warned_about() -> None:
    body = "11010319380615002"
    reading = read_id(body + _check(body), today=TODAY)
    assert (reading.region, reading.warnings) == ("北京市崇文区（已撤并）", ())


def test_a_residence_permit_is_warned_about() -> None:
    assert "港澳台居民居住证" in read_id("810000199408230021", today=TODAY).warnings[0]


@pytest.mark.parametrize("case", vectors("gb2260/vectors"), ids=lambda case: case["code"])
def test_region_codes_are_those_of_the_lists(case: dict[str, Any]) -> None:
    found = region(case["code"])
    if case["names"] is None:
        assert found is None or (case["code"] == "130505" and found.name == "河北省邢台市任泽区")
        return
    latest = case["names"][-1]
    assert found is not None
    assert found.name.endswith(latest["name"]) or latest["name"] == "市辖区"
    assert found.until == (None if latest["current"] else latest["last"])


@given(BODIES)
def test_any_sound_number_is_accepted_and_any_other_last_character_refused(body: str) -> None:
    number = body + _check(body)
    reading = read_id(number, today=TODAY)
    assert reading.birth == date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    assert (reading.sex == "1") == (int(body[16]) % 2 == 1)
    for last in set("0123456789X") - {number[17]}:
        with pytest.raises(IdError):
            parse_id(body + last)


@given(BODIES, st.integers(0, 15))
def test_two_neighbours_changed_about_are_noticed(body: str, place: int) -> None:
    number = body + _check(body)
    turned = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if turned != number:
        with pytest.raises(IdError):
            parse_id(turned)


@given(BODIES)
def test_an_old_number_becomes_the_new_one(body: str) -> None:
    number = body + _check(body)
    if number[6:8] == "19":
        assert upgrade15(number[:6] + number[8:17]) == number


@pytest.mark.parametrize("number", ["50010138061500", "50010138061500X", "500101193806150029"])
def test_only_an_old_number_becomes_a_new_one(number: str) -> None:
    with pytest.raises(WrongLengthId):
        upgrade15(number)


def _outcome(text: str) -> str:
    """The number, or the sentence of the refusal."""
    try:
        return parse_id(text)
    except FieldError as refused:
        return str(refused)


@given(st.text(max_size=24) | st.from_regex(r"\A[0-9xX*. ]{14,20}\Z"))
def test_any_text_is_a_number_or_refused_in_a_sentence(text: str) -> None:
    outcome = _outcome(text)
    assert outcome.endswith("。") or len(outcome) in {15, 18}
