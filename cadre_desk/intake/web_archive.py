"""Web archives (.mht), which Excel writes as 单个文件网页 and systems call .xls: their pages are read."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Final

from cadre_desk.intake import delimited, html_tables
from cadre_desk.intake.grid import MOST_SHEETS, BrokenWorkbook, Grid, Workbook
from cadre_desk.intake.package import NOT_WHOLE

#: How such a file begins, whatever stands before it in the head.
_HEAD: Final = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?MIME-Version:", re.IGNORECASE)
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb18030"})


def is_archive(content: bytes) -> bool:
    """Whether the bytes begin as a web archive does."""
    return _HEAD.match(content[:4096]) is not None


def read(file: str, content: bytes) -> Workbook:
    """Each table of each page is a sheet.

    Raises:
        BrokenWorkbook: there is no table in it, or it is cut off.
    """
    sheets = tuple(_sheets(file, content))
    if not sheets:
        raise BrokenWorkbook(NOT_WHOLE)
    return Workbook(file, sheets[:MOST_SHEETS])


def _sheets(file: str, content: bytes) -> Iterator[Grid]:
    whole = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in whole.walk():
        if part.get_content_type() != "text/html":
            continue
        page = part.get_payload(decode=True)
        if isinstance(page, bytes):
            said = (part.get_content_charset() or "").lower()
            text = page.decode("gb18030", "replace") if said in _CHINESE else delimited.decode(page)
            yield from html_tables.read(file, text).sheets
