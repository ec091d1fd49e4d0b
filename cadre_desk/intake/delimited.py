"""csv and its relatives: bytes to text by what they can be, then rows by the mark that cuts them evenly."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from cadre_desk.intake.grid import BrokenWorkbook, Workbook
from cadre_desk.intake.package import NOT_WHOLE
from cadre_desk.intake.sparse import SheetBuilder

_MARKS: Final = (",", "\t", ";", "|")
_SAMPLE: Final = 200
#: So many characters tell whether bytes were text, and so much of them must be written ones.
_TOLD, _TEXT = 4000, 0.97
_CUTS: Final = "\t\r\n"
_NO_TABLE: Final = "这不是表格文件，读不出来；请在 Excel 或 WPS 里打开原表，另存为 .xlsx 再导入。"
#: A line with its end; made one by one, because a copy of the whole text takes four bytes a character.
_LINE: Final = re.compile("[^\n]*\n|[^\n]+")
#: Control characters that no text file of an office holds.
_BINARY: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: ="0012": how a csv tells Excel that digits are text.
_FORCED: Final = re.compile(r'="([^"]*)"')
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16 (with or without BOM), or GB 18030.

    Raises:
        BrokenWorkbook: it is none of these.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decoded(content, encoding)
    if b"\0" in content:
        return _wide(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def _wide(content: bytes) -> str:
    """UTF-16 without BOM: no other text holds zero bytes, and its commas and line ends do.

    Raises:
        BrokenWorkbook: neither order of bytes gives text.
    """
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_TOLD]
        if sum(map(_is_written, sample)) >= _TEXT * len(sample):
            return text
    raise BrokenWorkbook(_NO_TABLE)


def _is_written(char: str) -> bool:
    """Whether a character is one that rosters are written with."""
    return char in _CUTS or " " <= char <= "~" or "\u2000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BrokenWorkbook(NOT_WHOLE) from error


def read(file: str, text: str) -> Workbook:
    """The one sheet of a text file.

    Raises:
        BrokenWorkbook: it is no text, or beyond bounds.
    """
    if _BINARY.search(text):
        raise BrokenWorkbook(_NO_TABLE)
    sheet = SheetBuilder(PurePath(file).stem)
    csv.field_size_limit(1 << 20)
    try:
        for row, cells in enumerate(_rows(text)):
            for column, cell in enumerate(cells):
                forced = _FORCED.fullmatch(cell)
                sheet.put(row, column, forced[1] if forced else cell)
    except csv.Error as error:
        raise BrokenWorkbook(NOT_WHOLE) from error
    return Workbook(file, (sheet.grid(typed=False),))


def _rows(text: str) -> Iterator[list[str]]:
    lines = (match[0] for match in _LINE.finditer(text.replace("\r\n", "\n").replace("\r", "\n")))
    return csv.reader(lines, delimiter=_mark(text))


def _mark(text: str) -> str:
    """The mark that cuts the most of the first lines into the same number of cells, more than one."""
    lines = [line for line in text[: 1 << 16].splitlines() if line.strip()][:_SAMPLE]
    best, mark = 0, _MARKS[0]
    for candidate in _MARKS:
        counts = [line.count(candidate) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count), default=0)
        score = counts.count(usual) if usual else 0
        if score > best:
            best, mark = score, candidate
    return mark
