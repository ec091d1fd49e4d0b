from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cadre_desk.export.breaking import (
    NO_END,
    NO_START,
    Setting,
    balanced,
    fit,
    fit_name,
    fit_title,
    units,
    wrap,
)
from cadre_desk.export.faces import face, plain
from cadre_desk.export.measures import MM, Type

SONG = face(Type.SONG)


def cell(text: str, width: float, *, centred: bool = False, size: float = 9) -> Setting:
    return fit(text, width * MM, SONG, size, centred=centred)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("县委办公室\n原正处级离休干部", 36, ("县委办公室", "原正处级离休干部")),
        ("青衣街道滨河路118号", 28, ("青衣街道", "滨河路118号")),
        ("永丰镇正街47号", 28, ("永丰镇正街47号",)),
        ("重庆市渝北区（异地）", 28, ("重庆市渝北区", "（异地）")),
        ("脑梗后遗症，失能", 21, ("脑梗后遗症，", "失能")),
        (
            "县人民政府办公室\n原副县级调研员（享受副厅级医疗待遇）",
            36.2,
            ("县人民政府办公室原", "副县级调研员（享受", "副厅级医疗待遇）"),
        ),
        (
            "县林业局原总工程师（高级工程师，享受政府特殊津贴）",
            36.2,
            ("县林业局原总工程师", "（高级工程师，享受", "政府特殊津贴）"),
        ),
    ],
)
def test_long_text_breaks_where_its_meaning_does(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert cell(text, width).lines == lines


def test_a_centred_line_drops_the_mark_it_breaks_at() -> None:
    assert cell("县委办、老干部局", 16.8, centred=True).lines == ("县委办", "老干部局")
    assert cell("县卫生健康委", 16.8, centred=True).lines == ("县卫生", "健康委")


def test_a_text_shrinks_before_its_row_grows() -> None:
    setting = cell("转入本人社保卡", 12.6)
    assert (setting.size, setting.grown, len(setting.lines)) == (8.5, False, 2)


def test_numbers_dates_and_addresses_stay_whole() -> None:
    assert units("于2026-01-12发1,234.50元，电13900001234，信ab@qinglan.example") == [
        "于",
        "2026-01-12",
        "发",
        "1,234.50元，",
        "电",
        "13900001234，",
        "信",
        "ab@qinglan.example",
    ]


TEXT = st.text(
    alphabet="县委办公室老干部局（）《》，。、：；“”12345.-¥%a@ \u3000号街道镇元", min_size=1, max_size=60
)


@settings(max_examples=200)
@given(TEXT, st.floats(20, 200))
def test_lines_fit_lose_nothing_and_begin_and_end_as_they_may(text: str, room: float) -> None:
    # A mark that stands behind a blank is a word of its own and may begin a line.
    assume(not any(one.isspace() and other in NO_START for one, other in pairwise(text)))
    lines = wrap(text, room, SONG, 9)
    assert "".join("".join(lines).split()) == "".join(text.split())
    whole = all(SONG.width(unit, 9) <= room for unit in units(text))
    assert all(SONG.width(line, 9) <= room + 1e-6 for line in lines) or not whole
    if whole:
        assert not any(line[0] in NO_START for line in lines[1:] if line)
        assert not any(line[-1] in NO_END for line in lines[:-1] if line)


@settings(max_examples=200)
@given(TEXT, st.floats(8, 60), st.booleans())
def test_nothing_is_ever_cut_off(text: str, width: float, centred: bool) -> None:  # noqa: FBT001 - drawn
    setting = cell(text, width, centred=centred)
    mark = "、" if centred else "\0"
    shown = "".join("".join(setting.lines).split())
    assert shown.replace(mark, "") == "".join(text.split()).replace(mark, "")
    assert all(SONG.width(line, setting.size) <= width * MM + 1e-6 for line in setting.lines)
    assert setting.size >= 8


def test_balanced_lines_are_as_equal_as_they_can_be() -> None:
    assert balanced("一二三四五六七八九十", 3, 100, SONG, 10) == ["一二三四", "五六七八", "九十"]
    assert balanced("一二三四五六七八九十", 2, 40, SONG, 10) is None


@pytest.mark.parametrize(
    ("name", "width", "lines", "size"),
    [
        ("王𬭎", 16, ("王𬭎",), 10),
        ("欧阳德厚", 13, ("欧阳德厚",), 9),
        ("欧阳德厚", 10, ("欧阳", "德厚"), 10),
        ("古丽努尔·阿卜杜热合曼", 20, ("古丽努尔·", "阿卜杜热合曼"), 9),
        ("古丽努尔·阿卜杜热合曼", 16, ("古丽努尔·", "阿卜杜", "热合曼"), 8.5),
    ],
)
def test_names_break_behind_their_point_and_keep_it(
    name: str, width: float, lines: tuple[str, ...], size: float
) -> None:
    setting = fit_name(name, width * MM, SONG, 10)
    assert tuple(plain(line) for line in setting.lines) == lines
    assert setting.size == size


def test_a_title_breaks_in_two_only_when_it_must() -> None:
    title = face(Type.TITLE)
    short = "青岚县离退休干部2026年春节走访慰问名册"
    assert fit_title(short, 267 * MM, title, 22).lines == (short,)
    long = "中共青岚县委老干部局关于青岚县离退休干部党支部2026年春节期间走访慰问困难老党员情况名册"
    setting = fit_title(long, 267 * MM, title, 22)
    assert setting.lines == (
        "中共青岚县委老干部局关于青岚县离退休干部党支部",
        "2026年春节期间走访慰问困难老党员情况名册",
    )
    assert setting.size == 22
