from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.export.faces import (
    SPREAD,
    by_position,
    clean,
    face,
    missing_glyphs,
    pair_starts,
    plain,
    spread,
)
from cadre_desk.export.measures import Type


@pytest.mark.parametrize("kind", list(Type))
def test_figures_stand_under_each_other(kind: Type) -> None:
    assert len({face(kind).units(figure) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("kind", list(Type))
@pytest.mark.parametrize("char", "王𬭎䶮𠅤㛃㐂𰻝〇")
def test_every_face_finds_a_font_for_a_rare_character(kind: Type, char: str) -> None:
    font = face(kind).font_of(char)
    assert font is not None
    assert ord(char) in font.face.charToGlyph


def test_kai_borrows_quotation_marks_as_wide_as_its_hanzi() -> None:
    assert face(Type.KAI).units("“") == face(Type.SONG).units("“") == 1000


def test_meeting_punctuation_is_squeezed() -> None:
    song = face(Type.SONG)
    assert song.units("（盖章）：") == 5000 - 450
    assert song.units("（盖章）") == 4000
    assert pair_starts("（盖章）：") == {4}


@given(st.text(alphabet="县委（）：，。、《》“”12aA𬭎"))
def test_a_text_is_as_wide_as_its_characters_less_its_squeezes(text: str) -> None:
    song = face(Type.SONG)
    assert song.units(text) == sum(map(song.units, text)) - 450 * len(pair_starts(text))


def test_a_name_of_two_hanzi_is_as_wide_as_one_of_three() -> None:
    song = face(Type.SONG)
    assert song.width(spread("王𬭎"), 10) == song.width("欧阳修", 10)
    assert plain(spread("王𬭎")) == "王𬭎"
    assert spread("周敏之") == "周敏之"


def test_wide_blanks_between_single_hanzi_become_distances() -> None:
    assert by_position("住　　址") == f"住{SPREAD}{SPREAD}址"
    assert by_position("县委　老干部局") == "县委　老干部局"


def test_what_no_face_has_is_told_with_its_code_point() -> None:
    assert missing_glyphs(["王𬭎", "某\ue123\n局", "\U0003ffff"]) == [
        ("\ue123", "U+E123"),
        ("\U0003ffff", "U+3FFFF"),
    ]


def test_what_has_neither_room_nor_ink_goes() -> None:
    assert clean("周\u200b敏\x07\ufeff\ud800之\n甲") == "周敏之\n甲"
