"""How the command line reads its words: what is wrong with one is said in a Chinese sentence, exit 2."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import Final, NoReturn

#: Years that a ledger can speak of.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
#: What argparse says, and how the office says it; of what is not listed the argument's own words stand.
_SAID: Final = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识「\1」"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"\1 没有「\2」，可用的有：\3"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 要写整数，现在是「\2」"),
    (r"argument (\S+): expected one argument", r"\1 后面要写内容"),
    (r"argument (\S+): (.+)", r"\1 \2"),
)


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words and where the right ones stand; the program ends with 2."""
        self.exit(2, f"{in_chinese(message)}。写法见 {self.prog} --help。\n")


def in_chinese(message: str) -> str:
    """What argparse found wrong, as the office says it."""
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(words).replace("'", "")
    return message


def year(text: str) -> int:
    """A calendar year.

    Raises:
        ArgumentTypeError: it is none that a ledger can speak of.
    """
    if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise argparse.ArgumentTypeError(f"要写四位数的年份，例如 2025，现在是「{text}」")


def day(text: str) -> date:
    """A day, ISO.

    Raises:
        ArgumentTypeError: there is no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"要写日期，例如 2025-06-30，现在是「{text}」") from None
