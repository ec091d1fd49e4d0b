"""xlsb: the records of its sheets are looked through before calamine reads it ([MS-XLSB])."""

from __future__ import annotations

import struct
from pathlib import PurePosixPath
from typing import Final

from cadre_desk.intake.fast_reader import read_sheets
from cadre_desk.intake.grid import Bounds, Grid, Workbook
from cadre_desk.intake.openxml import Scan
from cadre_desk.intake.package import Package

#: Texts that cells share are held whole by the reader.
_MOST_TEXTS: Final = 96 << 20
_ROW_HEADER: Final = 0
#: BrtCellRk to BrtFmlaError: cells that hold a value; BrtCellBlank is 1.
_CELLS: Final = range(2, 12)
_LONGEST_LENGTH: Final = 4
#: Row and column numbers take so many bytes.
_NUMBER: Final = 4


def read(file: str, content: bytes, package: Package) -> Workbook:
    """The sheets of an xlsb file; what it hides and how it shows numbers is not told.

    Raises:
        BrokenWorkbook: it can't be read, or not within bounds.
    """
    bounds = Bounds()
    for name in package.names:
        if name.startswith("xl/worksheets/") and name.endswith(".bin") and "/_rels/" not in name:
            scan = _scan(b"".join(package.pieces(name)))
            bounds.expect(PurePosixPath(name).stem, scan.values, scan.last_row, scan.last_column)
        else:
            package.check(name, _MOST_TEXTS)
    sheets = []
    for sheet in read_sheets(content):
        bounds.count(sheet.rows)
        sheets.append(Grid(sheet.name, sheet.rows, sheet.merges, visible=sheet.visible))
    return Workbook(file, tuple(sheets))


def _scan(part: bytes) -> Scan:
    """How far a sheet's records reach."""
    scan = Scan()
    place, row, end = 0, 0, len(part)
    while place < end:
        kind = part[place]
        place += 1
        if kind & 0x80 and place < end:
            kind = (kind & 0x7F) | (part[place] & 0x7F) << 7
            place += 1
        length = 0
        for shift in range(_LONGEST_LENGTH):
            if place >= end:
                break
            byte = part[place]
            place += 1
            length |= (byte & 0x7F) << 7 * shift
            if not byte & 0x80:
                break
        if length >= _NUMBER and place + _NUMBER <= end:
            if kind == _ROW_HEADER:
                row = struct.unpack_from("<I", part, place)[0]
            elif kind in _CELLS:
                scan.values += 1
                scan.last_row = max(scan.last_row, row)
                scan.last_column = max(scan.last_column, struct.unpack_from("<I", part, place)[0])
        place += length
    return scan
