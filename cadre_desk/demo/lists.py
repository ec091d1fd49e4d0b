"""The lists the county is made from: tables and words in resources/demo."""

from __future__ import annotations

import csv
from functools import lru_cache

from cadre_desk.domain.resources import resource

_FOLDER = "demo"


@lru_cache(maxsize=8)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table (tab-separated, headings first); an empty cell is the empty text."""
    with resource(f"{_FOLDER}/{name}.tsv").open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple({key: value or "" for key, value in row.items()} for row in table)


@lru_cache(maxsize=8)
def words(name: str) -> dict[str, tuple[str, ...]]:
    """Lines "key: a; b; c" of a word list by key; a list without semicolons has its words between blanks."""
    lines = [line for line in _lines(name) if ": " in line]
    split = ";" if any(";" in line for line in lines) else None
    found = (line.split(": ", 1) for line in lines)
    return {key: tuple(part.strip() for part in text.split(split)) for key, text in found}


@lru_cache(maxsize=1)
def well_known() -> frozenset[str]:
    """Names that are somebody real whom everybody knows."""
    return frozenset(name for line in _lines("well_known") for name in line.split())


def _lines(name: str) -> list[str]:
    text = resource(f"{_FOLDER}/{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
