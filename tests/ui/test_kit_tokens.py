"""The tokens: contrast, sizes, and a style sheet that holds only what the tokens say."""

from __future__ import annotations

import re

import pytest

from cadre_desk.domain.resources import resource
from cadre_desk.ui.kit import tokens
from cadre_desk.ui.kit.theme import style_sheet
from cadre_desk.ui.kit.tokens import CHIPS, COLOURS, PAIRS, TYPE, Scale, contrast


@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_every_pair_of_words_and_ground_can_be_read(words: str, ground: str) -> None:
    assert contrast(words, ground) >= tokens.LEAST_TEXT_CONTRAST


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("ink3", "rail") == contrast("rail", "ink3") == pytest.approx(4.6, abs=0.01)
    assert contrast("warn", "wtint") == pytest.approx(5.8, abs=0.1)


def test_the_edge_of_inputs_is_seen_on_white() -> None:
    assert contrast("edge", "paper") >= tokens.LEAST_EDGE_CONTRAST
    assert contrast("edge", "changed") >= tokens.LEAST_EDGE_CONTRAST


@pytest.mark.parametrize("kind", CHIPS)
def test_the_words_of_every_chip_are_in_the_table_of_contrasts(kind: str) -> None:
    assert (CHIPS[kind].ink, CHIPS[kind].ground) in PAIRS


def test_nothing_on_screen_is_smaller_than_nine_points() -> None:
    assert min(face.points for face in TYPE.values()) == 9


def test_one_factor_scales_sizes_and_keeps_hairlines() -> None:
    large = Scale(1.5)
    assert large.px(32) == 48
    assert large.space("row") == 48
    assert large.points("body") == pytest.approx(15.75)
    assert Scale(0.1).px(1) == 1
    assert large.px(0) == 0


def test_the_style_sheet_has_no_token_left_and_sets_no_font() -> None:
    sheet = style_sheet(Scale(1.25))
    assert "@" not in sheet
    assert "font" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def test_colours_of_the_style_sheet_come_from_the_tokens() -> None:
    template = resource("style.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{6}\b", template)
    assert set(re.findall(r"#[0-9A-F]{6}", style_sheet(Scale()))) == set(COLOURS.values())


def test_sizes_of_the_style_sheet_grow_with_the_text() -> None:
    assert "padding: 4px 12px;" in style_sheet(Scale(1.0))
    assert "padding: 8px 24px;" in style_sheet(Scale(2.0))


def test_marks_named_by_the_style_sheet_wear_colours_of_the_tokens() -> None:
    marks = sorted(resource("icons").glob("mark-*.svg"))
    worn = {colour for mark in marks for colour in re.findall(r"#[0-9A-F]{6}", mark.read_text("utf-8"))}
    assert len(marks) == 7
    assert worn <= {COLOURS[token] for token in ("paper", "ink2", "edge")}


def test_the_seal_wears_the_accent() -> None:
    seal = (resource("icons") / "seal.svg").read_text("utf-8")
    assert set(re.findall(r"#[0-9A-F]{6}", seal)) == {COLOURS["accent"], COLOURS["paper"]}
