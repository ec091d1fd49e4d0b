"""Money in 分: how amounts are typed, shown, and written in words (大写).

An amount is a whole number of 分 from the moment it is read; nothing after that is rounded or a float.
Amounts in words follow 《支付结算办法》附件一 and 《会计基础工作规范》第五十二条; where the two leave a
choice, decision 0012 makes it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from typing import Final

from cadre_desk.domain.errors import FieldError

#: 分 in a 元 and in a 万元.
YUAN: Final = 100
TEN_THOUSAND_YUAN: Final = 10_000 * YUAN
#: Ten 万亿元: no office pays it, and every sum of such amounts fits the ledger's 64 bits.
_LIMIT: Final = 10**15

_SPACES: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
_AMOUNT: Final = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?:人民币|RMB|CNY)?¥?(?P<inner>[-+])?"
    r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)?(?:\.(?P<part>\d*))?"
    r"(?P<unit>万元?|元|圆)?[整正]?(?P<close>\))?",
    re.ASCII | re.IGNORECASE,
)
_EXPONENT: Final = re.compile(r"[-+¥]*\d+(?:\.\d+)?E[-+]?\d+", re.ASCII | re.IGNORECASE)
_MISPLACED: Final = re.compile(r"[-+¥]*[\d,]+(?:\.\d*)?(?:万?元)?", re.ASCII)


def parse_money(text: str, *, allow_negative: bool = False) -> int:
    """The amount a clerk typed, in 分: 1234.5, 1,234.50, ¥1234.50元, 1.2万元, full-width or not.

    Refuses, by `FieldError`, a third decimal (nobody knows where it came from), 1e5, and, unless allowed,
    amounts below zero.
    """
    bare = _SPACES.sub("", unicodedata.normalize("NFKC", text)).lstrip("'‘’`").replace("−", "-")
    if not bare:
        raise FieldError("没有填金额。")
    if _EXPONENT.fullmatch(bare):
        raise FieldError(f"「{text.strip()}」是科学计数法，可能已被 Excel 改过，请写成普通数字。")
    match = _AMOUNT.fullmatch(bare)
    whole, part = (match["whole"] or "", match["part"] or "") if match else ("", "")
    if match is None or not whole + part or bool(match["open"]) != bool(match["close"]):
        hint = "千分位逗号的位置不对" if "," in bare and _MISPLACED.fullmatch(bare) else "看不懂这个金额"
        raise FieldError(f"{hint}：「{text.strip()}」。请写成 1234.50 这样的数字。")
    scale = TEN_THOUSAND_YUAN if (match["unit"] or "").startswith("万") else YUAN
    places = len(str(scale)) - 1
    if len(part) > places:
        raise FieldError(f"「{text.strip()}」不是整分，金额最多到分；请核对后再填。")
    fen = int(whole.replace(",", "") or 0) * scale + int(part.ljust(places, "0"))
    signs = (match["sign"] or "") + (match["inner"] or "")
    if len(signs) > 1 or (signs and match["open"]):
        raise FieldError(f"看不懂这个金额：「{text.strip()}」。请写成 1234.50 这样的数字。")
    return _within(
        -fen if signs == "-" or match["open"] else fen, text.strip(), allow_negative=allow_negative
    )


def parse_money_number(value: float, *, allow_negative: bool = False) -> int:
    """The amount of a numeric cell, in 分, from the fifteen digits that Excel keeps; no third decimal."""
    if not math.isfinite(value):
        raise FieldError(f"{value} 不是金额。")
    fen = Decimal(f"{value:.15g}") * YUAN
    if fen % 1:
        raise FieldError(f"{value} 不是整分，单元格里藏着更多小数；请四舍五入到分后再导入。")
    return _within(int(fen), str(value), allow_negative=allow_negative)


def _within(fen: int, typed: str, *, allow_negative: bool) -> int:
    """The amount, unless it is below zero where it may not be, or beyond belief."""
    if fen < 0 and not allow_negative:
        raise FieldError(f"金额不能是负数：「{typed}」。")
    if abs(fen) >= _LIMIT:
        raise FieldError(f"金额「{typed}」太大，请核对。")
    return fen


def show_money(fen: int) -> str:
    """元 with thousands and two decimals, as in every column of money: 1,234.00, −0.50 (U+2212)."""
    yuan, rest = divmod(abs(fen), YUAN)
    return f"{'−' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def show_yuan(fen: int) -> str:
    """As `show_money`, without decimals where there are only whole 元: 1,234."""
    return show_money(fen).removesuffix(".00")


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("仟", "佰", "拾", "")


def rmb_words(fen: int) -> str:
    """The amount in words, 人民币 before it and 整 after 元 or 角: 人民币贰万肆仟捌佰元整.

    Amounts below zero and beyond belief are refused: there is no form for them.
    """
    if fen < 0:
        raise FieldError(f"金额 {show_money(fen)} 是负数，不能写成大写。")
    if fen >= _LIMIT:
        raise FieldError(f"金额 {show_money(fen)} 太大，不能写成大写，请核对。")
    yuan, rest = divmod(fen, YUAN)
    jiao, cents = divmod(rest, 10)
    words = f"{_integer(yuan)}元" if yuan or not rest else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif cents and yuan:
        words += "零"
    return f"人民币{words}" + (f"{_DIGITS[cents]}分" if cents else "整")


def _integer(number: int) -> str:
    """A whole number in formal numerals; "" for nothing above the last level."""
    for unit, size, ends in (("亿", 10**8, 10**4), ("万", 10**4, 10)):
        if number >= size:
            high, low = divmod(number, size)
            # A gap is said below a full thousand, after a level that is 0 throughout (壹万亿零壹仟万), and
            # after a 0 before 万, where it may be left out (壹拾万零柒仟).
            gap = "零" if low and (low < size // 10 or high % ends == 0) else ""
            return f"{_integer(high)}{unit}{gap}{_integer(low) if low else ''}"
    return _thousands(number)


def _thousands(number: int) -> str:
    """A number below ten thousand: a run of zeros between figures is one 零, one at the end is nothing."""
    figures = f"{number:04d}".lstrip("0") or "0"
    if figures == "0":
        return _DIGITS[0]
    places = _PLACES[-len(figures) :]
    written = "".join(
        _DIGITS[int(figure)] + (place if figure != "0" else "")
        for figure, place in zip(figures, places, strict=True)
    )
    return re.sub("零+", "零", written).rstrip("零")
