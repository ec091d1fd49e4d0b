"""From a cell's value to the text a clerk would have typed, and from text to less accidental text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.id_numbers import upgrade15
from cadre_desk.intake.grid import Value

#: Beyond this a number has lost digits in Excel: it keeps fifteen.
EXACT: Final = 1e15
_BLANKS: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_WIDE: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_BLANK_WORD: Final = re.compile(
    r"[-—–－_/\\.。、,，*＊?？〃″\s]*|无|不详|未知|不清楚|不清|不明|待查|待定|待核|暂无|暂缺|空|没有|缺|"
    r"n/?a|null|none|nan|#(?:n/a|ref!|value!|name\?|div/0!|null!|num!)",
    re.IGNORECASE,
)
#: Characters of an ID number before 1999.
_OLD_ID: Final = 15
#: A cell that says that it holds what the one above does.
DITTO: Final = frozenset({"同上", "〃", "″", '"', "“", "”"})
#: Four stars or four X in a row: somebody masked the value before passing it on.
_MASKED: Final = re.compile(r"\*{2,}|＊{2,}|[xX×]{4,}|＊$")


def cell_text(value: Value) -> str:
    """The text of a cell, trimmed; dates as 1953.07.21, whole numbers without a point."""
    if isinstance(value, str):
        return _trimmed(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return PartialDate.of(value.date()).show()
    if isinstance(value, date):
        return PartialDate.of(value).show()
    if isinstance(value, time | timedelta):
        return str(value)
    return number_text(value)


def number_text(value: float) -> str:
    """A number as Excel shows it: 195307, 1953.07; what lost digits as 5.00101E+17."""
    if abs(value) >= EXACT:
        return f"{value:.15G}"
    return str(int(value)) if float(value).is_integer() else repr(float(value))


@lru_cache(maxsize=8192)
def _trimmed(text: str) -> str:
    """Without blanks around, zero-width characters, and the apostrophe that makes Excel keep text."""
    text = text.replace("\u200b", "").replace("\ufeff", "").strip().strip("\u3000")
    return text[1:].strip() if text[:1] in {"'", "‘", "’", "`"} else text


@lru_cache(maxsize=8192)
def plain_text(text: str) -> str:
    """Text as it is kept: full-width letters and figures made plain, runs of blanks made one."""
    return _BLANKS.sub(" ", text.translate(_WIDE)).strip()


@lru_cache(maxsize=8192)
def is_blank_word(text: str) -> bool:
    """Whether a text only says that there is nothing to say: —, 无, 不详."""
    return _BLANK_WORD.fullmatch(text) is not None


def id_key(number: str) -> str:
    """An ID number in eighteen characters, so that old and new form of one number are equal."""
    return upgrade15(number) if len(number) == _OLD_ID else number


def is_masked(text: str) -> bool:
    """Whether part of a value was hidden before the roster was passed on."""
    return _MASKED.search(text) is not None
