from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.strokes import stroke_count, stroke_key
from tests.domain.vectors import vectors

#: As the target picture of the list sorts them.
LISTED = [
    "丁茂才",
    "卜兰芝",
    "于敬之",
    "马淑华",
    "王𬭎远",
    "毛德胜",
    "文秀珍",
    "邓长河",
    "左玉梅",
    "石万林",
    "田孝先",
    "白云青",
]


def test_names_of_the_target_list_are_in_stroke_order() -> None:
    assert sorted(LISTED, key=stroke_key) == LISTED


@pytest.mark.parametrize(
    ("chars", "strokes"),
    [
        ("丁卜乃", 2),
        ("于马万", 3),
        ("王毛文邓方", 4),
        ("左石田白叶卢", 5),
        ("刘朱", 6),
        ("张陈杜", 7),
        ("黄", 11),
        ("達", 12),
        ("𬭎", 12),
    ],
)
def test_strokes_are_counted_as_on_the_mainland(chars: str, strokes: int) -> None:
    assert {stroke_count(char) for char in chars} == {strokes}


def test_equal_strokes_go_by_the_first_stroke() -> None:
    assert sorted("邓文毛王方贝", key=stroke_key) == list("王贝毛文方邓")
    assert sorted("又几十厂人二", key=stroke_key) == list("二十厂人几又")


def test_the_same_surname_goes_by_the_next_character() -> None:
    assert sorted(["王建国", "王一", "王", "王二小", "王二"], key=stroke_key) == [
        "王",
        "王一",
        "王二",
        "王二小",
        "王建国",
    ]


def test_every_rare_character_of_the_national_table_has_its_place() -> None:
    rare = vectors("rare_chars")
    chars = [*rare["tgh_not_in_gbk"], *(row["char"] for row in rare["known_name_chars"])]
    assert [char for char in chars if stroke_count(char) is None] == []


def test_all_of_gbk_has_its_place() -> None:
    chars = [
        bytes([high, low]).decode("gbk", "ignore") for high in range(0x81, 0xFF) for low in range(0x40, 0xFF)
    ]
    hanzi = {char for char in chars if "\u4e00" <= char <= "\u9fff"}
    assert len(hanzi) > 20_000
    assert [char for char in hanzi if stroke_count(char) is None] == []


def test_no_two_characters_share_a_place() -> None:
    chars = [chr(code) for code in [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x2A6E0)]]
    assert len({stroke_key(char) for char in chars}) == len(chars)


def test_what_has_no_strokes_comes_last_and_always_in_one_order() -> None:
    assert sorted(["Smith", "龘龘", "张三", "Adam"], key=stroke_key) == ["张三", "龘龘", "Adam", "Smith"]
    assert stroke_count("A") is None
    assert stroke_count("\U0010ffff") is None


def test_padding_and_dots_do_not_count() -> None:
    assert stroke_key("张　三") == stroke_key("张三")
    assert stroke_key("买买提·艾力") == stroke_key("买买提艾力")


@given(st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=3)))
def test_a_shorter_name_never_follows_the_longer_one_it_begins(names: list[str]) -> None:
    ordered = sorted({*names, *(name[:-1] for name in names)}, key=stroke_key)
    for at, name in enumerate(ordered):
        assert all(not earlier.startswith(name) for earlier in ordered[:at])
