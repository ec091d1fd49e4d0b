from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.names import clean_name, match_key, surname
from tests.domain.vectors import vectors

NAMES = vectors("names")
RARE = vectors("rare_chars")

HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
BLANKS = st.text(" \u3000\t\u200b\ufeff\u00a0", max_size=3)


@pytest.mark.parametrize(("one", "other"), NAMES["normalisation"]["same"])
def test_spellings_that_are_the_same_have_one_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(("one", "other"), NAMES["normalisation"]["different"])
def test_names_that_differ_have_two_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


def test_no_real_spelling_is_changed_by_cleaning() -> None:
    written = [
        *NAMES["faker_zh_CN"],
        *(row["name"] for row in NAMES["mingzi"]),
        *NAMES["rare_char_names_synthetic"],
        *NAMES["traditional_historic_names"],
        *NAMES["middle_dot"],
        *NAMES["single_word_minority"],
    ]
    assert [clean_name(name) for name in written] == written


def test_rare_and_traditional_characters_are_never_merged_with_one_another() -> None:
    chars = set(RARE["tgh_not_in_gbk"]) | {row["c"] for row in RARE["most_frequent_non_gb2312_in_names"]}
    chars |= {row["char"] for row in RARE["known_name_chars"]} | set("张陈刘赵杨吴黄郑孙喆哲堃坤淼镕熔")
    assert len({match_key(f"王{char}") for char in chars}) == len(chars)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("聂  伟", "聂伟"),
        ("黑　瑞", "黑瑞"),
        ("王 小 明", "王小明"),
        ("欧阳 修", "欧阳修"),
        ("司马　相如", "司马相如"),
        ("\ufeff张\u200b三\n", "张三"),
        ("买买提 • 艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提··艾力·", "买买提·艾力"),
        ("买买提  艾力", "买买提 艾力"),
        (" John   F. Smith ", "John F. Smith"),
        ("ＡＢＣ", "ABC"),
        ("王建国（大）", "王建国（大）"),
        ("张三①", "张三①"),
        ("⻢三", "马三"),
        ("⾼⻰", "高龙"),
        ("刘\ue863", "刘䶮"),
        ("郎\uf92c", "郎\uf92c"),
        ("", ""),
    ],
)
def test_a_name_is_stored_without_what_typing_added(typed: str, stored: str) -> None:
    assert clean_name(typed) == stored


def test_a_blank_in_a_long_name_stands_for_its_dot() -> None:
    assert match_key("买买提 艾力") == match_key("买买提·艾力")


def test_a_dot_is_part_of_a_name() -> None:
    assert match_key("阿不都·热依木") != match_key("阿不都热依木")


def test_a_key_folds_case_width_and_double_code_points() -> None:
    assert match_key("ｊohn Smith") == match_key("JOHN  SMITH")
    assert match_key("王建国（大）") == match_key("王建国(大)")
    assert match_key("\uf92c平") == match_key("郎平")
    assert match_key("葛\U000e0100平") == match_key("葛平")


@given(st.text(max_size=12))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)


@given(st.text(HANZI, min_size=2, max_size=4), st.data())
def test_padding_is_never_part_of_a_chinese_name(name: str, data: st.DataObject) -> None:
    spread = "".join(char + data.draw(BLANKS) for char in name)
    assert clean_name(data.draw(BLANKS) + spread) == name
    assert match_key(spread) == match_key(name)


@given(HANZI, HANZI)
def test_two_characters_never_share_a_key(one: str, other: str) -> None:
    same = unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)
    assert (match_key(f"王{one}") == match_key(f"王{other}")) == same


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张三", "张"),
        ("欧阳桂芝", "欧阳"),
        ("歐陽模", "歐陽"),
        ("万俟　卨", "万俟"),
        ("万俟", "万俟"),
        ("东方红", "东方"),
        ("李四", "李"),
        ("買似道", "買"),
        ("买买提·艾力", ""),
        ("乌云毕力格", ""),
        ("John Smith", ""),
        ("", ""),
    ],
)
def test_the_surname_of_a_name(name: str, expected: str) -> None:
    assert surname(name) == expected


def test_every_surname_of_the_vectors_is_found_whole() -> None:
    surnames = [row["surname"] for row in vectors("surname_pinyin")["surnames"]]
    assert [surname(f"{family}建") for family in surnames] == surnames
