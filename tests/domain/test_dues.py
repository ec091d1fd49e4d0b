from __future__ import annotations

import pytest

from cadre_desk.domain.dues import monthly_dues


@pytest.mark.parametrize(
    ("base", "dues"),
    [(500_000, 2_500), (500_001, 5_000), (428_600, 2_143), (800_000, 8_000), (0, 0), (100, 1), (99, 0)],
)
def test_dues_follow_the_rule_on_the_whole_amount(base: int, dues: int) -> None:
    assert monthly_dues(base) == dues
