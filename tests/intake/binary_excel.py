"""A writer of the smallest .xlsb that tests need: one sheet of texts and numbers."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)


def xlsb(rows: Sequence[Sequence[str | float]], *, name: str = "名册", first_row: int = 0) -> bytes:
    """The bytes of a workbook whose sheet holds ``rows`` from a row (from 0) on."""
    book = _record(131) + _record(143)
    book += _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text(name))
    book += _record(144) + _record(132)
    width = max(map(len, rows))
    size = struct.pack("<IIII", first_row, first_row + len(rows) - 1, 0, width - 1)
    sheet = _record(129) + _record(148, size) + _record(145)
    for row, cells in enumerate(rows, start=first_row):
        sheet += _record(0, struct.pack("<I", row) + bytes(13))
        for column, value in enumerate(cells):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                sheet += _record(6, place + _text(value))
            else:
                sheet += _record(5, place + struct.pack("<d", value))
    sheet += _record(146) + _record(130)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/_rels/workbook.bin.rels", _RELATIONS)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def _record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind > 127 else bytes([kind])
    length, rest = b"", len(body)
    while True:
        rest, low = rest >> 7, rest & 0x7F
        length += bytes([low | (0x80 if rest else 0)])
        if not rest:
            return number + length + body


def _text(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw
