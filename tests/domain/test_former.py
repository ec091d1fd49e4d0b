"""What a retiree was is told as a former post, in one wording everywhere."""

from __future__ import annotations

import pytest

from cadre_desk.domain.former import former_post, unit_and_post


@pytest.mark.parametrize(
    ("unit", "post", "told"),
    [
        ("县水利局", "总工程师", "县水利局原总工程师"),
        ("县水利局", "原总工程师", "县水利局原总工程师"),
        ("县水利局", None, "县水利局"),
        (None, "总工程师", "原总工程师"),
        (None, "", ""),
    ],
)
def test_a_post_is_a_former_one_once(unit: str | None, post: str | None, told: str) -> None:
    assert unit_and_post(unit, post) == told


def test_no_post_is_no_word() -> None:
    assert former_post(None) == ""
    assert former_post("局长") == "原局长"
