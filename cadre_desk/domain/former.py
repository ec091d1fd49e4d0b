"""A retiree's last post is a former one: 县水利局原总工程师."""

from __future__ import annotations

from typing import Final

MARK: Final = "原"


def former_post(post: str | None) -> str:
    """原总工程师; what already says 原 is left as it is, no post gives no word."""
    words = post or ""
    return words if not words or words.startswith(MARK) else f"{MARK}{words}"


def unit_and_post(unit: str | None, post: str | None) -> str:
    """县水利局原总工程师, as it is told of a retiree; what is missing is left out."""
    return f"{unit or ''}{former_post(post)}"
