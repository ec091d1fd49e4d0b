"""Region codes of GB/T 2260, abolished ones included: a hint beside an ID number, never a ground to refuse.

The code in an ID number is that of the place and year of issue; counties have been merged and renamed ever
since, so the table (``resources/regions``) can't be complete and is not asked for permission.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from cadre_desk.domain.resources import resource

#: Rows that only fill a level of the code, and are no part of an address.
_FILLERS: Final = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


_CODE: Final = re.compile(r"\d{6}", re.ASCII)
#: What stands behind a name that several codes bear, and behind a code that bears none.
_CODED: Final = re.compile(r".*（(\d{6})）|(\d{6})（名称不详）", re.ASCII)


@dataclass(frozen=True, slots=True)
class Region:
    """A place with a code; ``until`` is the last year it stood in the lists, None while it does."""

    code: str
    name: str
    until: int | None = None

    def show(self) -> str:
        """The name with, where it is no more, a word about that."""
        return self.name if self.until is None else f"{self.name}（已撤并）"


@cache
def _rows() -> dict[str, tuple[str, int | None]]:
    """Own name and last year by code."""
    lines = resource("regions/gb2260.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines[1:])
    return {code: (name, int(until) if until else None) for code, name, until in cells}


def region(code: str) -> Region | None:
    """The place of a six-digit code, named from the province down; None if the code was never listed."""
    rows = _rows()
    if code not in rows:
        return None
    levels = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    names = (rows[level][0] for level in levels if level in rows)
    return Region(code, "".join(name for name in names if name not in _FILLERS), rows[code][1])


def name_of(code: str) -> str:
    """A code in words that `find` reads back: its name, the code beside one that others bear as well.

    A code that was never listed is said to be unknown: 999999（名称不详）.
    """
    place = region(code)
    if place is None:
        return f"{code}（名称不详）"
    name = place.show()
    return name if _by_name()[name] == code else f"{name}（{code}）"


def find(text: str) -> str | None:
    """The code that a clerk typed or `name_of` wrote; None for neither."""
    squeezed = "".join(text.split())
    if _CODE.fullmatch(squeezed):
        return squeezed
    coded = _CODED.fullmatch(squeezed)
    if coded is not None:
        return coded[1] or coded[2]
    return _by_name().get(squeezed)


@cache
def _by_name() -> dict[str, str]:
    """Code by whole name; of several the first, and so the widest, that is no filler."""
    found: dict[str, str] = {}
    rows = _rows()
    for code in sorted(rows, key=lambda code: (rows[code][0] in _FILLERS, code)):
        place = region(code)
        if place is not None:
            found.setdefault(place.show(), code)
    return found
