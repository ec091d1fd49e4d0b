from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from cadre_desk.domain.pinyin import name_pinyin, text_initials, text_pinyin
from tests.domain.vectors import vectors

SURNAMES = vectors("surname_pinyin")
RARE = vectors("rare_chars")


def plain(spoken: str) -> str:
    """Pinyin with tones, as one typed word: "lǚ Qiū" is "lvqiu"."""
    split = unicodedata.normalize("NFD", spoken.lower()).replace("u\u0308", "v")
    return "".join(char for char in split if char.isascii() and char.isalpha())


@pytest.mark.parametrize("row", SURNAMES["surnames"], ids=lambda row: row["surname"])
def test_a_surname_is_read_as_its_bearers_read_it(row: dict[str, str]) -> None:
    keys = name_pinyin(row["surname"] + "建国")
    spoken = row["plain"].split()
    expected = "".join(spoken) + "jianguo"
    assert expected in keys.full
    if row["sources_agree"]:
        assert keys.full[0] == expected
        assert keys.initials[0] == "".join(part[0] for part in spoken) + "jg"


@pytest.mark.parametrize("row", SURNAMES["surnames"], ids=lambda row: row["surname"])
def test_the_reading_of_the_character_alone_finds_it_too(row: dict[str, str]) -> None:
    assert row["pypinyin_default"].replace(" ", "") + "jianguo" in name_pinyin(row["surname"] + "建国").full


@pytest.mark.parametrize("row", SURNAMES["third_party_test_sentences"], ids=lambda row: row["text"])
def test_whole_names_as_others_expect_them(row: dict[str, str]) -> None:
    assert name_pinyin(row["text"]).full[0] == plain(row["expect"])


@pytest.mark.parametrize("row", SURNAMES["historic_names"], ids=lambda row: row["name"])
def test_historic_names(row: dict[str, str]) -> None:
    keys = name_pinyin(row["name"])
    assert any(full.startswith(plain(row["expect"].split()[0].split("/")[0])) for full in keys.full)


@pytest.mark.parametrize("row", SURNAMES["extra_from_cedict_only"], ids=lambda row: row["surname"])
def test_rarer_surnames_are_found_by_either_reading(row: dict[str, Any]) -> None:
    full = name_pinyin(row["surname"]).full
    assert row["pypinyin_default"].replace(" ", "") in full or len(row["surname"]) > 1
    assert row["cedict"][0].replace(" ", "") in full


@pytest.mark.parametrize("row", RARE["tgh_outside_bmp"], ids=lambda row: row["cp"])
def test_a_rare_character_is_read_as_the_national_table_reads_it(row: dict[str, str]) -> None:
    assert name_pinyin(f"张{row['c']}").full[0] in {
        f"zhang{plain(spoken)}" for spoken in row["pinyin"].split()
    }


def test_every_character_of_the_national_table_can_be_typed() -> None:
    assert [char for char in RARE["tgh_not_in_gbk"] if not name_pinyin(char).full[0].isascii()] == []


def test_both_readings_of_a_doubtful_given_name_are_found() -> None:
    assert set(name_pinyin("覃乐").full) == {"qinle", "qinyue", "tanle", "tanyue"}
    assert name_pinyin("任长霞").full == ("renchangxia", "renzhangxia")


def test_a_name_of_another_language_has_no_surname_reading() -> None:
    assert name_pinyin("单增·曲扎").full[0] == "danzengquzha"
    assert name_pinyin("买买提·艾力").initials == ("mmtal",)
    assert name_pinyin("John Smith").full == ("johnsmith",)
    assert name_pinyin("John Smith").initials == ("js",)


def test_an_empty_name_has_no_keys() -> None:
    assert name_pinyin("").full == name_pinyin("").initials == ()


@pytest.mark.parametrize(
    ("label", "initials", "full"),
    [
        ("四级调研员", "sjdyy", "sijidiaoyanyuan"),
        ("汉族", "hz", "hanzu"),
        ("朝鲜族", "cxz", "chaoxianzu"),
        ("80岁以上", "80sys", "80suiyishang"),
        ("重庆银行", "cqyh", "chongqingyinhang"),
        ("转出（管理关系移交）", "zcglgxyj", "zhuanchuguanliguanxiyijiao"),
        ("", "", ""),
    ],
)
def test_a_label_is_typed_by_its_first_letters(label: str, initials: str, full: str) -> None:
    assert text_initials(label) == initials
    assert text_pinyin(label) == full
