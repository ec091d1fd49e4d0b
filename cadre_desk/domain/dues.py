"""党费 of retired members (中组发〔2008〕3号《关于中国共产党党费收缴、使用和管理的规定》)."""

from __future__ import annotations

from typing import Final

#: Up to this monthly 离退休费 (分) the lower rate holds; above it the higher rate of the whole amount.
LOWER_UP_TO: Final = 500_000
_LOWER, _HIGHER = 5, 10


def monthly_dues(base: int) -> int:
    """The month's dues in 分 of a retired member with ``base`` 分 a month: 0.5 % up to 5,000 元, else 1 %.

    The rate is of the whole amount; what is left below a 分 rounds half up (rounding to 角 is local).
    """
    per_mille = _LOWER if base <= LOWER_UP_TO else _HIGHER
    return (base * per_mille + 500) // 1000
