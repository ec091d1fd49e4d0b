"""The recovery code: 28 random symbols that open the ledger when every password is lost.

It is printed as four groups of eight: seven symbols and a check symbol. The alphabet has 30 symbols (no 0 O 1
I L U), so a code carries 137 bits. The check is a weighted sum modulo 31, a prime above 30: it notices every
single wrong symbol, every swap of neighbours and of two groups, and says which group is wrong.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from itertools import product
from typing import Final

from cadre_desk.domain.errors import FieldError

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
#: How many groups a code has.
GROUPS: Final = 4
#: Symbols of a group with its check symbol.
GROUP_LENGTH: Final = 8
#: The least prime above the alphabet's size; a sum of 30 has no symbol, such a group is never issued.
MODULUS: Final = 31
#: What a symbol outside the alphabet may have been on paper; the check symbol decides.
LOOKS_LIKE: Final = {"O": "DQ", "0": "DQ", "I": "J7T", "1": "J7T", "L": "J7T", "U": "V"}


def new_recovery_code() -> str:
    """Make a code, as printed: ``JZ4BAE9J-ZDVWJKP3-D59GE74T-BSC3527S``."""
    return "-".join(_new_group(number) for number in range(1, GROUPS + 1))


def code_groups(code: str) -> tuple[str, ...]:
    """Answer the four groups of a code as it is printed."""
    return tuple(code.split("-"))


def normalise_code(text: str) -> str:
    """Answer the code as printed, however it was typed (lower case, full width, spaces or none).

    Raises FieldError that names every wrong group.
    """
    groups = [_read_group(number, part) for number, part in enumerate(_parts(text), start=1)]
    bad = [str(number) for number, group in enumerate(groups, start=1) if group is None]
    if bad:
        raise FieldError(f"第{'、'.join(bad)}组有误：请对照打印的恢复码，重新输入这一组的 8 位。")
    return "-".join(group for group in groups if group)


def normalise_group(number: int, text: str) -> str:
    """Answer one group (1 to 4) as printed; for typing back a part. Raises FieldError."""
    group = _read_group(number, _symbols(text))
    if group is None:
        raise FieldError(f"第{number}组有误：请对照打印的恢复码，重新输入这一组的 8 位。")
    return group


def _new_group(number: int) -> str:
    """Draw seven symbols until their sum has a check symbol."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH - 1))
        check = _sum(number, drawn)
        if check < len(ALPHABET):
            return drawn + ALPHABET[check]


def _sum(number: int, symbols: str) -> int:
    """Weigh each symbol by its place; the group's number is added so that two swapped groups are noticed."""
    return (number + sum(place * ALPHABET.index(s) for place, s in enumerate(symbols, start=1))) % MODULUS


def _symbols(text: str) -> str:
    """Keep letters and digits alone, upper case and half width."""
    return re.sub("[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())


def _parts(text: str) -> list[str]:
    """Cut what was typed into four: at its own separators if they make four, else after every eighth."""
    typed = [part for part in map(_symbols, re.split(r"[\s\-‐-―－_,，.。、/]+", text)) if part]
    if len(typed) == GROUPS:
        return typed
    joined = "".join(typed)
    last = (GROUPS - 1) * GROUP_LENGTH
    return [joined[i : i + GROUP_LENGTH] for i in range(0, last, GROUP_LENGTH)] + [joined[last:]]


def _read_group(number: int, typed: str) -> str | None:
    """Answer the group that fits its check symbol; None if none fits, or more than one."""
    if len(typed) != GROUP_LENGTH:
        return None
    choices = ("".join(c) for c in product(*(s if s in ALPHABET else LOOKS_LIKE[s] for s in typed)))
    fitting = [c for c in choices if _sum(number, c[:-1]) == ALPHABET.index(c[-1])]
    return fitting[0] if len(fitting) == 1 else None
