"""Resident ID numbers (GB 11643-1999): cleaning, checking, and what a number says of its owner.

Eighteen digits are region (6), birth (8), sequence (3, odd for men) and a check character; the fifteen of the
cards before 1999 lack the century and the check. What is refused is refused by name, because each fault is
mended differently; a region code nobody knows is only warned about. Decision 0011 settles the open cases.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.regions import region

Sex = Literal["1", "2"]

_LONG, _SHORT = 18, 15
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
#: First two digits: the provinces, and the residence permits of Hong Kong, Macao (81, 82) and Taiwan (83).
_PROVINCES: Final = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
) | {"71", "81", "82", "83"}
#: Births before are implausible in a file kept today, as are those after 2049 for a caller with no ``today``.
_FIRST_YEAR, _LAST_YEAR = 1900, 2049
#: Printed in the standard itself as its example, born in 1880: sound, and nobody's.
_EXAMPLE: Final = "440524188001010014"
#: Sequences of fifteen-digit numbers once kept for persons of a hundred years and more (unconfirmed).
_CENTENARIANS: Final = frozenset({"996", "997", "998", "999"})
_X: Final = str.maketrans({"x": "X", "х": "X", "Х": "X", "×": "X", "✕": "X", "╳": "X", "*": "X", "＊": "X"})
_NOISE: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u202a-\u202e-]+")
_FLOAT: Final = re.compile(r"\d[\d,]*\.\d+|\d(?:\.\d+)?E\+?\d+|\d{1,3}(?:,\d{3})+")


class IdError(FieldError):
    """A number that is no resident ID number; the subclass says what is wrong."""


class ExcelDamagedId(IdError):
    """Excel held it as a number: digits after the fifteenth are lost and nobody can compute them back."""


class WrongCharacterId(IdError):
    """Something other than digits, or an X elsewhere than at the end."""


class WrongLengthId(IdError):
    """Neither fifteen nor eighteen characters."""


class PlaceholderId(IdError):
    """One digit over and over, typed where no number was at hand; two such persons would count as one."""


class WrongProvinceId(IdError):
    """The first two digits are no province's."""


class WrongBirthId(IdError):
    """The digits of the birth date are no date, or one that can't be."""


class WrongCheckId(IdError):
    """The last character doesn't follow from the others: some digit is wrong."""


@dataclass(frozen=True, slots=True)
class IdReading:
    """What a number says; sex and birth pre-fill a form and never overwrite it (组通字〔2006〕41号).

    ``number`` is the number as given, ``number18`` its eighteen digits, ``sex`` a code of GB/T 2261.1,
    ``region`` the place of issue in words ("" for an unknown code), ``warnings`` sentences for the clerk.
    """

    number: str
    number18: str
    birth: date
    sex: Sex
    region: str
    warnings: tuple[str, ...] = ()


def parse_id(text: str, *, today: date | None = None) -> str:
    """The cleaned number, of fifteen or eighteen characters as given; raises `IdError` naming the fault."""
    number, _ = _clean(text)
    _checked_birth(number, today)
    return number


def read_id(text: str, *, today: date) -> IdReading:
    """Everything a number says, with what was cleaned and what looks odd as warnings."""
    number, warnings = _clean(text)
    birth = _checked_birth(number, today)
    whole = number if len(number) == _LONG else upgrade15(number)
    if len(number) == _SHORT:
        warnings.append(f"15位旧号码没有校验码，按19xx年出生换成18位是{whole}，请与身份证核对。")
        if number[12:] in _CENTENARIANS:
            warnings.append("顺序码996至999曾用于百岁以上老人，请核对出生年份。")
    elif number.endswith("000"):
        warnings.append("末三位是000，可能被 Excel 改过，请与身份证核对。")
    if number == _EXAMPLE:
        warnings.append("这是国家标准里的示例号码，不是真实的人，请核对。")
    place = region(number[:6])
    if number[0] == "8":
        warnings.append("这是港澳台居民居住证号码，请核对。")
    elif place is None:
        warnings.append(f"地区码{number[:6]}不在历年行政区划代码里，请核对；不影响保存。")
    return IdReading(
        number=number,
        number18=whole,
        birth=birth,
        sex="1" if int(whole[16]) % 2 else "2",
        region="" if place is None else place.show(),
        warnings=tuple(warnings),
    )


def upgrade15(number: str) -> str:
    """The eighteen digits of a fifteen-digit number: 19 before the year, the check character at the end."""
    if len(number) != _SHORT or not _is_digits(number):
        raise WrongLengthId("只有15位数字的旧号码才能换成18位。")
    body = f"{number[:6]}19{number[6:]}"
    return body + _check(body)


def _check(body: str) -> str:
    """The check character of seventeen digits (ISO 7064, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECKS[total % len(_CHECKS)]


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _clean(text: str) -> tuple[str, list[str]]:
    """The number in plain characters, of a right length, and what had to be cleaned."""
    plain = unicodedata.normalize("NFKC", text)
    bare = _NOISE.sub("", plain).lstrip("'‘’`").upper()
    number = bare[:-1] + bare[-1:].translate(_X)
    if not number:
        raise IdError("没有填身份证号。")
    _refuse_shape(text.strip(), number)
    warnings = []
    if plain.strip().upper() != number:
        warnings.append("已去掉空格、撇号等多余符号，或把末位改成X，请核对。")
    elif plain.strip() != text.strip():
        warnings.append("全角字符已换成半角，请核对。")
    return number, warnings


def _refuse_shape(typed: str, number: str) -> None:
    """Refuse what isn't fifteen digits, or seventeen and a check character."""
    if _FLOAT.fullmatch(number):
        raise ExcelDamagedId(
            f"「{typed}」是Excel 数字格式丢失精度后的样子，末几位已经丢失，算不回来；"
            "请把该列设为文本，照身份证重新录入。"
        )
    if len(set(number)) == 1:
        raise PlaceholderId(f"「{typed}」是占位的假号码；没有身份证号就留空。")
    if not _is_digits(number[:-1]) or not (_is_digits(number[-1]) or number[-1] == "X"):
        raise WrongCharacterId(f"「{typed}」里有不该有的字符；身份证号只有数字，末位可以是X。")
    if len(number) == _LONG - 1:
        raise ExcelDamagedId(
            f"「{typed}」只有17位，少了一位，常因Excel 数字格式丢失精度或漏了末位X；请照身份证重新录入。"
        )
    if len(number) not in {_LONG, _SHORT}:
        raise WrongLengthId(f"「{typed}」有{len(number)}位；身份证号是18位，旧号码是15位。")
    if len(number) == _SHORT and number.endswith("X"):
        raise WrongCharacterId(f"「{typed}」末位是X；15位旧号码全是数字。")


def _checked_birth(number: str, today: date | None) -> date:
    """The birth date, the whole number having been found sound."""
    wrong_check = len(number) == _LONG and _check(number[:17]) != number[17]
    if wrong_check and number.endswith("000"):
        raise ExcelDamagedId(
            f"「{number}」末三位是000且校验码不对，是Excel 数字格式丢失精度；"
            "请把该列设为文本，照身份证重新录入。"
        )
    if number.startswith("9"):
        raise WrongProvinceId("以9开头的是外国人永久居留身份证，不是居民身份证，请核对。")
    if number[:2] not in _PROVINCES:
        raise WrongProvinceId(f"没有以{number[:2]}开头的省份代码，请核对前两位。")
    if number == _EXAMPLE:
        return date(1880, 1, 1)
    birth = _birth(number[6:14] if len(number) == _LONG else f"19{number[6:12]}", today)
    if wrong_check:
        raise WrongCheckId("校验码不对，至少有一位录错，请照身份证逐位核对。")
    return birth


def _birth(digits: str, today: date | None) -> date:
    """The eight digits as a believable day."""
    said = f"{digits[:4]}年{digits[4:6]}月{digits[6:]}日"
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise WrongBirthId(f"号码里的出生日期{said}不存在，请核对第7位起的数字。") from None
    if birth.year < _FIRST_YEAR:
        raise WrongBirthId(f"号码里的出生日期{said}太早，不可信，请核对。")
    if birth > (today or date(_LAST_YEAR, 12, 31)):
        raise WrongBirthId(f"号码里的出生日期{said}还没有到，请核对。")
    return birth
