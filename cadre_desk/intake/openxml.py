"""xlsx: checked part by part while still packed, then read by calamine; formats are looked up when asked.

calamine is fast and trusting: it inflates whatever a part inflates to, and lays out every sheet as a
rectangle up to its farthest cell. So each part is first inflated in pieces and its addresses are looked at.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from cadre_desk.intake.fast_reader import read_sheets
from cadre_desk.intake.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FILLED_ROWS,
    MOST_SHEETS,
    Bounds,
    BrokenWorkbook,
    Formats,
    Grid,
    Workbook,
    column_letter,
    column_number,
    no_formats,
)
from cadre_desk.intake.package import BURSTING, Package

#: Texts that cells share are held whole by the reader.
_MOST_TEXTS: Final = 96 << 20

_ATTRIBUTE: Final = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_EPOCH: Final = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")
_COLUMN_OF_CELL: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)[0-9]")
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b(?:[^>]*?\sr\s*=\s*[\"']([0-9]+))?")
_PLAIN_ROW: Final = re.compile(rb'<row r="([0-9]+)"')
_FILLED: Final = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]+)([0-9]+)[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|f|is)[\s>]"
)
_NO_RESULT: Final = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")
_HIDDEN_ROW: Final = re.compile(
    rb"<(?:\w+:)?row\s(?=[^>]*\b(?:hidden\s*=\s*[\"'](?:1|true)[\"']|ht\s*=\s*[\"']0[\"']))[^>]*?\br\s*=\s*[\"']([0-9]+)"
)
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
#: Bytes without any closing tag; a cell holds 32,767 characters.
_LONGEST_TEXT: Final = 8 << 20
#: How nearly every writer begins a cell, and how every one ends a value.
_CELL_TAGS: Final = (b"<c ", b"<c>", b"<c/>", b":c ", b":c>", b":c/>")
_VALUE_ENDS: Final = (b"</v>", b":v>", b"</is>", b":is>")
_ROW_TAG: Final = re.compile(rb"<(?:\w+:)?row\b")
#: Digits and letters of an address beyond which it can only be refused.
_LONGEST_NUMBER: Final = 9
_LONGEST_NAME: Final = 6
_STYLES: Final = re.compile(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE_OF_CELL: Final = re.compile(rb"\bs\s*=\s*[\"']([0-9]{1,9})")
#: How nearly every writer writes a cell: its address first.
_PLAIN_CELL: Final = re.compile(rb"<(?:\w+:)?c r=\"[A-Z]")
_STYLE: Final = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_FORMAT: Final = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")

#: What the numbers of built-in formats mean where Excel speaks Chinese (ECMA-376, 18.8.30).
BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    15: "d-mmm-yy",
    22: "yyyy/m/d h:mm",
    49: "@",
    **dict.fromkeys((14, 30, 31), "yyyy/m/d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 54, 57), "yyyy年m月"),
    **dict.fromkeys((16, 28, 29, 51, 53, 58), "m月d日"),
}


@dataclass(slots=True)
class Scan:
    """What a sheet says of itself before it is read; rows and columns count from 0."""

    values: int = 0
    rows: int = 0
    last_row: int = -1
    last_column: int = -1
    unfinished: int = 0
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def read(file: str, content: bytes, package: Package) -> Workbook:
    """The sheets of an xlsx file.

    Raises:
        BrokenWorkbook: it can't be read, or not within bounds.
    """
    bounds = Bounds()
    parts = _sheet_parts(package)
    named = {part: name for name, part in parts.items()}
    scans: dict[str, Scan] = {}
    for name in package.names:
        if name in named:
            scans[name] = _scan(package, name)
            scan = scans[name]
            bounds.expect(named[name], scan.values, scan.last_row, scan.last_column)
            if min(scan.values, scan.rows) > MOST_FILLED_ROWS:
                bounds.expect_rows(_filled_rows(package, name))
        elif name.endswith((".xml", ".rels")):
            package.check(name, _MOST_TEXTS)
    sheets = []
    for sheet in read_sheets(content):
        bounds.count(sheet.rows)
        part = parts.get(sheet.name, "")
        known = scans.get(part, Scan())
        sheets.append(
            Grid(
                sheet.name,
                sheet.rows,
                sheet.merges,
                known.hidden_rows,
                known.hidden_columns,
                visible=sheet.visible,
                unfinished=known.unfinished,
                read_formats=_Formats(package, part) if part in scans else no_formats,
            )
        )
    return Workbook(
        file, tuple(sheets), epoch_1904=_EPOCH.search(package.part("xl/workbook.xml")) is not None
    )


def _attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag by local name."""
    return {
        name.rpartition(b":")[2].decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _sheet_parts(package: Package) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    targets = {}
    for tag in _RELATION.findall(package.part("xl/_rels/workbook.xml.rels")):
        relation = _attributes(tag)
        targets[relation.get("Id", "")] = posixpath.normpath(
            posixpath.join("/xl", relation.get("Target", ""))
        ).lstrip("/")
    found = {}
    for tag in _SHEET.findall(package.part("xl/workbook.xml")):
        sheet = _attributes(tag)
        found[sheet.get("name", "")] = targets.get(sheet.get("id", ""), "")
        if len(found) > MOST_SHEETS:
            raise BrokenWorkbook(f"工作表多于 {MOST_SHEETS} 张，没有读取；请把要导入的表另存成单独的文件。")
    return found


def _whole_tags(package: Package, part: str) -> Iterator[bytes]:
    """A sheet's part in pieces that never cut a cell's opening tags."""
    rest = b""
    for piece in package.pieces(part):
        text = rest + piece
        cut = text.rfind(b"</")
        if cut <= 0:
            if len(text) > _LONGEST_TEXT:
                raise BrokenWorkbook(BURSTING)
            rest = text
            continue
        rest = text[cut:]
        yield text[:cut]
    yield rest


def _scan(package: Package, part: str) -> Scan:
    """How far a sheet reaches at most: by a quick upper bound, exactly where that would be too much."""
    scan = Scan()
    columns: set[bytes] = set()
    rows = farthest = widest = 0
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    for text in _whole_tags(package, part):
        tags = _PLAIN_ROW.findall(text)
        if len(tags) < text.count(b"<row") + text.count(b":row"):
            tags = _ROW.findall(text)
        scan.rows += len(tags)
        for number in tags:
            rows = max(rows + 1, int(number[:_LONGEST_NUMBER] or 0))
        cells = sum(map(text.count, _CELL_TAGS))
        digits = len(str(max(rows, 1)))
        plain = re.findall(rb'<c r="([A-Z]{1,3})[0-9]{1,%d}"' % digits, text)
        if len(plain) == cells and b"<c\n" not in text and b"<c\t" not in text:
            columns.update(plain)
            if len(columns) > MOST_COLUMNS:
                raise BrokenWorkbook(BURSTING)
            farthest = max(farthest, int(10**digits) - 1 if rows else 0)
        else:
            farthest, wide = _look_closely(text, rows, columns)
            widest = max(widest, wide)
        scan.values += sum(map(text.count, _VALUE_ENDS))
        if b"f>" in text:
            scan.unfinished += len(_NO_RESULT.findall(text))
        if b"hidden" in text or b"ht=" in text:
            hidden_rows.update(int(number) - 1 for number in _HIDDEN_ROW.findall(text))
        if b"sheetData" in text:
            hidden_columns.update(_hidden_columns(text))
    scan.hidden_rows, scan.hidden_columns = frozenset(hidden_rows), frozenset(hidden_columns)
    scan.last_row = farthest - 1
    names = (column_number(name[:_LONGEST_NAME].decode()) for name in columns)
    scan.last_column = max(widest - 1, max(names, default=-1))
    if not widest and (scan.last_row + 1) * (scan.last_column + 1) > MOST_CELLS:
        scan.last_row, scan.last_column = _exact_end(package, part)
    return scan


def _look_closely(text: bytes, rows: int, columns: set[bytes]) -> tuple[int, int]:
    """The farthest row a piece of a sheet may reach, and the most cells without address in a row of it."""
    named = _COLUMN_OF_CELL.findall(text)
    columns.update(named)
    wide = 0
    if len(_CELL.findall(text)) > len(named):
        wide = max(len(_CELL.findall(row)) for row in _ROW_TAG.split(text))
    return max(rows, _farther_row(text, rows)), wide


def _farther_row(text: bytes, rows: int) -> int:
    """An upper bound for the row of any cell: an address may lie beyond its row's own number."""
    digits = len(str(max(rows, 1)))
    if re.search(rb"\sr\s*=\s*[\"'][A-Za-z]+[0-9]{%d}" % (digits + 1), text) is None:
        return int(10**digits) - 1 if rows else 0
    numbers = re.findall(rb"\sr\s*=\s*[\"'][A-Za-z]+([0-9]+)", text)
    return max(int(number[:_LONGEST_NUMBER]) for number in numbers)


def _exact_end(package: Package, part: str) -> tuple[int, int]:
    """The last row and column that hold a value; cells that are only formatted don't count."""
    names: set[bytes] = set()
    last_row = 0
    for text in _whole_tags(package, part):
        filled = _FILLED.findall(text)
        names.update(letters[:_LONGEST_NAME] for letters, _ in filled)
        last_row = max(last_row, *(int(digits[:_LONGEST_NUMBER]) for _, digits in filled), 0)
    return last_row - 1, max((column_number(name.decode()) for name in names), default=-1)


def _filled_rows(package: Package, part: str) -> int:
    """How many rows hold a value; rows are written from top to bottom."""
    found, last = 0, b""
    for text in _whole_tags(package, part):
        for _, row in _FILLED.findall(text):
            found += row != last
            last = row
    return found


def _hidden_columns(text: bytes) -> Iterator[int]:
    for tag in set(_COLUMN.findall(text)):
        column = _attributes(tag)
        if column.get("hidden") in {"1", "true"} or column.get("width") == "0":
            first, last = column.get("min", ""), column.get("max", "")
            if first.isdigit() and last.isdigit():
                yield from range(int(first) - 1, min(int(last), 1 << 14))


@dataclass(frozen=True, slots=True)
class _Formats:
    """Looks up the number formats of some columns of a sheet when asked."""

    package: Package
    part: str

    def __call__(self, columns: Collection[int]) -> Formats:
        """By row and column; General is left out."""
        styles = _style_formats(self.package.part("xl/styles.xml"))
        if not columns or not any(styles):
            return {}
        letters = b"|".join(column_letter(column).encode() for column in columns)
        first = re.compile(rb"<(?:\w+:)?c r=\"(%s)([0-9]+)\"([^>]*)>" % letters)
        anywhere = re.compile(rb"<(?:\w+:)?c\s(?=[^>]*\br\s*=\s*[\"'](%s)([0-9]+)[\"'])([^>]*)>" % letters)
        numbers = {name.encode(): column_number(name) for name in map(column_letter, columns)}
        found = {}
        for text in _whole_tags(self.package, self.part):
            cell = first if _PLAIN_CELL.search(text) else anywhere
            for name, row, rest in cell.findall(text):
                style = _STYLE_OF_CELL.search(rest)
                place = int(style[1]) if style else 0
                code = styles[place] if place < len(styles) else ""
                if code:
                    found[int(row) - 1, numbers[name]] = code
        return found


def _style_formats(styles: bytes) -> list[str]:
    """The format code of each cell style."""
    custom = {}
    for tag in _FORMAT.findall(styles):
        about = _attributes(tag)
        custom[about.get("numFmtId", "")] = about.get("formatCode", "")
    block = _STYLES.search(styles)
    numbers = [_attributes(tag).get("numFmtId", "0") for tag in _STYLE.findall(block[0] if block else b"")]
    return [
        custom.get(number) or (BUILT_IN.get(int(number), "") if number.isdigit() else "")
        for number in numbers
    ]
