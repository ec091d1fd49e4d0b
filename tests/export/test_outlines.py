from __future__ import annotations

import re

import pytest

from cadre_desk.export import outlines
from cadre_desk.export.faces import face
from cadre_desk.export.measures import Type


def _xs(path: str) -> list[float]:
    numbers = re.findall(r"-?\d+\.\d+ -?\d+\.\d+(?= [mlc])", path)
    return [float(pair.split()[0]) for pair in numbers]


@pytest.mark.parametrize("char", "0123456789国永")
@pytest.mark.parametrize("by", [-40, 0, 43, 300])
def test_a_moved_glyph_keeps_its_form(char: str, by: int) -> None:
    font = face(Type.HEI).font_of(char)
    assert font is not None
    ((glyph, _, _),) = font.face.outlines(char)
    moved = outlines.path(outlines.shifted(glyph, by), 0, 0, 1)
    assert moved == outlines.path(glyph, by, 0, 1)


@pytest.mark.parametrize("kind", [Type.SONG, Type.TITLE])
def test_figures_stand_in_the_middle_of_their_slots(kind: Type) -> None:
    of = face(kind)
    font = of.font_of("1")
    assert font is not None
    ((glyph, _, _),) = font.face.outlines("1")
    xs = _xs(outlines.path(glyph, 0, 0, 1))
    left, right = min(xs), of.units("1") - max(xs)
    assert abs(left - right) < 60


def test_a_composite_glyph_is_drawn_by_its_parts() -> None:
    font = face(Type.KAI).font_of("−")
    assert font is not None
    parts = list(font.face.outlines("−"))
    assert parts
    assert all(outlines.is_simple(glyph) for glyph, _, _ in parts)
