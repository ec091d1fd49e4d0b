"""姓氏笔画 order: strokes of the surname's first character, then how it is written, then the next one.

Order of characters: 《GB 13000.1字符集汉字字序（笔画序）规范》 and 《通用规范汉字表》;
resources/strokes/README.md says how the file was made.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import Final

from cadre_desk.domain.names import clean_name
from cadre_desk.domain.resources import resource

#: A character's place: its strokes above, its position among those of as many strokes below.
_STROKES: Final = 16
_POSITION: Final = (1 << _STROKES) - 1


@lru_cache(maxsize=65536)
def stroke_key(name: str) -> str:
    """A text that sorts names in 姓氏笔画 order under plain comparison of characters (SQLite's BINARY too).

    Six digits for each character: two for its strokes, four for its place among them. A character without
    data comes after all others, by code point. Padding and "·" don't count.
    """
    return "".join(_character_key(char) for char in clean_name(name) if char not in "· ")


def stroke_count(char: str) -> int | None:
    """How many strokes one character has in the standard of the mainland; None where nothing is known."""
    place = _place(char)
    return place >> _STROKES if place else None


def _character_key(char: str) -> str:
    place = _place(char)
    if not place:
        return f"~{ord(char):06x}"
    return f"{place >> _STROKES:02d}{place & _POSITION:04d}"


def _place(char: str) -> int:
    places = _places()
    return places[ord(char)] if ord(char) < len(places) else 0


@lru_cache(maxsize=1)
def _places() -> array[int]:
    """The place of each code point, 0 = unknown; read once, when the first name is sorted."""
    lines = resource("strokes/order.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    places = array("I", [0]) * (max(ord(char) for _, chars in rows for char in chars) + 1)
    for strokes, chars in rows:
        first = int(strokes) << _STROKES
        for position, char in enumerate(chars):
            places[ord(char)] = first | position
    return places
