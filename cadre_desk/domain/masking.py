"""What sensitive values look like where they need not be read whole (《个人信息保护法》第五十一条).

A mask keeps what tells two records apart and hides the rest; whatever has an unexpected shape is hidden more,
never less. Forms: handbook section 9 and the papers' rules for 公示 (names).
"""

from __future__ import annotations

import re
from typing import Final

from cadre_desk.domain.names import clean_name, surname

_STARS: Final = "****"
_BLANKS: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff-]+")
_LONG_ID, _SHORT_ID = 18, 15
_REGION, _TAIL = 6, 4
#: One written character: a code point with the variation selectors that belong to it.
_GLYPH: Final = re.compile(".[\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)
_NOTE: Final = re.compile(r"(?<=.)[（(\[【].*", re.DOTALL)


def _tail(text: str) -> str:
    """The end that may be shown of a value of unknown shape: a quarter, at most four characters."""
    keep = min(_TAIL, len(text) // 4)
    return text[len(text) - keep :]


def _hidden(text: str) -> str:
    """A star for each character but the end."""
    end = _tail(text)
    return "*" * (len(text) - len(end)) + end


def mask_id(number: str) -> str:
    """The region and the last four: 500101********0029. What is no ID number shows at most its end."""
    bare = _BLANKS.sub("", number)
    if len(bare) in {_LONG_ID, _SHORT_ID}:
        return f"{bare[:_REGION]}{'*' * (len(bare) - _REGION - _TAIL)}{bare[-_TAIL:]}"
    return _hidden(bare)


def mask_account(number: str) -> str:
    """The last four: ****2226; of a number too short for that less, or nothing."""
    bare = _BLANKS.sub("", number)
    return f"{_STARS}{_tail(bare)}" if bare else ""


#: A number in the cell: a plain mobile, a plain landline with its extension, else any run of figures.
_NUMBERS: Final = re.compile(
    r"(?<!\d)1\d{10}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?:-\d{1,5})?(?!\d)|[+(（]*\d[\d()（） －-]*"
)
_LETTERS: Final = re.compile("[A-Za-zＡ-Ｚａ-ｚ@]")
_MOBILE: Final = re.compile(r"(?:86)?(1\d{10})")
_LANDLINE: Final = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))?(\d{7,8})")


def mask_phone(text: str) -> str:
    """Mobiles 139****5678, landlines 023-****1176; each number of a cell, the words between them stay.

    A cell without figures, or with letters (微信号), shows at most its end.
    """
    if _LETTERS.search(text) or not _figures(text):
        return _hidden(_BLANKS.sub("", text))
    return _NUMBERS.sub(lambda match: _mask_number(match[0]), text)


def _mask_number(typed: str) -> str:
    """One number; what follows it in the cell (a blank or bracket before the next word) stays."""
    end = typed[len(typed.rstrip(" (（")) :]
    body, dash, extension = typed.rpartition("-")
    masked = _known_number(_figures(typed))
    if not masked and dash and (masked := _known_number(_figures(body))):
        masked += "-" + "*" * len(_figures(extension))
    return (masked or _hidden(_figures(typed))) + end


def _figures(text: str) -> str:
    """Its figures alone, full-width ones made plain."""
    return "".join(str(int(char)) for char in text if char.isdecimal())


def _known_number(digits: str) -> str:
    """The mask of a mobile or a landline; "" for anything else."""
    if mobile := _MOBILE.fullmatch(digits):
        return f"{mobile[1][:3]}{_STARS}{mobile[1][-_TAIL:]}"
    if landline := _LANDLINE.fullmatch(digits):
        area = f"{landline[1]}-" if landline[1] else ""
        return area + _local(landline[2])
    return ""


def _local(digits: str) -> str:
    """The number within its area, the last four shown."""
    return "*" * (len(digits) - _TAIL) + digits[-_TAIL:]


def mask_name(name: str) -> str:
    """As lists for the public show it: 王*昌, 冉*, 欧阳*, 古丽努尔·*; notes in brackets are left out.

    Two persons may look alike afterwards; who prints the list tells them apart by their unit.
    """
    cleaned = _NOTE.sub("", clean_name(name)).strip()
    if parts := re.fullmatch(r"([^· ]+)([· ]).+", cleaned):
        return f"{parts[1]}{parts[2]}*"
    glyphs = _GLYPH.findall(cleaned)
    family = surname("".join(glyph[0] for glyph in glyphs))
    if len(glyphs) > len(family) > 1:
        return f"{''.join(glyphs[: len(family)])}*"
    if not glyphs:
        return ""
    first, *rest = glyphs
    if len(rest) <= 1:
        return f"{first}*" if rest else "*"
    return f"{first}{'*' * (len(rest) - 1)}{rest[-1]}"


#: No figure, no street, no building: what the names of provinces, cities and counties don't contain.
_PLAIN: Final = r"[^\d０-９路街巷弄号村组栋幢楼室社]"
_PROVINCE: Final = rf"(?:{_PLAIN}{{2,7}}?(?:省|自治区))?"
_CITY: Final = rf"(?:{_PLAIN}{{2,10}}?(?:市(?!场)|自治州|地区|盟))?"
_COUNTY: Final = rf"(?:{_PLAIN}{{1,14}}?(?:县|旗|市(?!场)|(?<![社小片校园院厂生新])区))?"
_TOWNSHIP: Final = r"(?:[^\d０-９路巷弄号村组栋幢楼室]{1,9}?(?:街道|[镇乡](?!建|下|村)|苏木))"
_ABOVE_TOWNSHIP: Final = re.compile(f"{_PROVINCE}{_CITY}{_COUNTY}")
_TO_TOWNSHIP: Final = re.compile(f"{_PROVINCE}{_CITY}{_COUNTY}{_TOWNSHIP}")


def mask_address(text: str) -> str:
    """The address down to its township or street: 青岚县滨河街道****; failing that to its county."""
    bare = _BLANKS.sub("", text)
    if not bare:
        return ""
    match = _TO_TOWNSHIP.match(bare) or _ABOVE_TOWNSHIP.match(bare)
    return f"{match[0] if match else ''}{_STARS}"
