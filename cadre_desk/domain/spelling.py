"""How characters and words are read: pypinyin's two tables, held in one megabyte instead of fifty.

pypinyin itself makes an object of every syllable of its 47,000 words. Here a character's reading is a number
in an array, and the words that begin with a character are one string, taken apart when a text has that
character. The answers are pypinyin's own (`lazy_pinyin`, without tones, ü as v): tests hold them together.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_UMLAUT: Final = "\N{COMBINING DIAERESIS}"
#: One word of the table with its readings, as pypinyin's file spells it.
_WORD: Final = re.compile(r'"([^"]+)"\s*:\s*(\[\s*\[[^:]*\])')
#: One syllable's usual reading: the first of its list.
_SYLLABLE: Final = re.compile(r'\[\s*"([^"]*)"')


def read_words(text: str) -> list[str]:
    """The syllables of a text: the longest known word at each place, else the character's usual reading.

    What has no reading (letters, digits, signs) stands for itself, one character each.
    """
    found: list[str] = []
    words = _words()
    place = 0
    while place < len(text):
        known = _beginning_with(text[place]) if text[place] in words else {}
        longest = max((len(word) for word in known if text.startswith(word, place)), default=1)
        word = text[place : place + longest]
        found += known.get(word) or [read_character(char) for char in word]
        place += longest
    return found


def read_character(char: str) -> str:
    """The usual reading of one character, itself where none is known."""
    syllables, numbers = _characters()
    code = ord(char)
    return (syllables[numbers[code]] or char) if code < len(numbers) else char


@cache
def _characters() -> tuple[list[str], array[int]]:
    """All syllables, and the number of each character's own; 0 for none."""
    table: dict[str, str] = json.loads(_data("pinyin_dict.json"))
    numbers = array("H", bytes(2 * (1 + max(map(int, table)))))
    known = {"": 0}
    for code, readings in table.items():
        numbers[int(code)] = known.setdefault(_toneless(readings.split(",", 1)[0]), len(known))
    return list(known), numbers


@cache
def _words() -> dict[str, str]:
    """The words by first character, "重庆 chong qing|…"; a bare word is read as its characters are."""
    found: dict[str, list[str]] = {}
    for match in _WORD.finditer(_data("phrases_dict.json")):
        word = match[1]
        spoken = [_toneless(one) for one in _SYLLABLE.findall(match[2][1:])]
        usual = [read_character(char) for char in word]
        found.setdefault(word[0], []).append(word if spoken == usual else " ".join([word, *spoken]))
    return {first: "|".join(words) for first, words in found.items()}


@lru_cache(maxsize=64)
def _beginning_with(char: str) -> dict[str, list[str]]:
    """The words of one first character, with their syllables where those aren't the characters' own."""
    found = {}
    for entry in _words()[char].split("|"):
        word, *spoken = entry.split(" ")
        found[word] = spoken
    return found


@lru_cache(maxsize=4096)
def _toneless(syllable: str) -> str:
    """A syllable without its tone: lǜ is lv."""
    plain = unicodedata.normalize("NFD", syllable).replace(f"u{_UMLAUT}", "v")
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _data(name: str) -> str:
    """A file of pypinyin's, found without importing the package, which would read it all."""
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pypinyin")
    return (Path(spec.submodule_search_locations[0]) / name).read_text("utf-8")
