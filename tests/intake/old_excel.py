"""A writer of the smallest .xls (BIFF8 in an OLE file) that tests need: texts, numbers, formats, hiding."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def xls(
    rows: Sequence[Sequence[str | float | None]],
    *,
    name: str = "名册",
    formats: Mapping[tuple[int, int], str] | None = None,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    epoch_1904: bool = False,
    password: bool = False,
) -> bytes:
    """The bytes of a workbook of one sheet; rows and columns count from 0."""
    return ole(
        {"Workbook": _book(rows, name, formats or {}, hidden_rows, hidden_columns, epoch_1904, password)}
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<HB", len(raw) // 2, 1) + raw


def _book(
    rows: Sequence[Sequence[str | float | None]],
    name: str,
    formats: Mapping[tuple[int, int], str],
    hidden_rows: Sequence[int],
    hidden_columns: Sequence[int],
    epoch_1904: bool,  # noqa: FBT001 - one fact of the book
    password: bool,  # noqa: FBT001 - one fact of the book
) -> bytes:
    codes = list(dict.fromkeys(formats.values()))
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    if password:
        head += _record(0x002F, bytes(6))
    head += _record(0x0022, struct.pack("<H", epoch_1904))
    head += b"".join(
        _record(0x041E, struct.pack("<H", 164 + place) + _text(code)) for place, code in enumerate(codes)
    )
    for number in (0, *(164 + place for place in range(len(codes)))):
        head += _record(0x00E0, struct.pack("<HH", 0, number) + bytes(16))
    sheet_name = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    length = len(head) + 4 + 6 + len(sheet_name) + 4
    head += _record(0x0085, struct.pack("<IH", length, 0) + sheet_name) + _record(0x000A)
    return head + _sheet(rows, formats, codes, hidden_rows, hidden_columns)


def _sheet(
    rows: Sequence[Sequence[str | float | None]],
    formats: Mapping[tuple[int, int], str],
    codes: Sequence[str],
    hidden_rows: Sequence[int],
    hidden_columns: Sequence[int],
) -> bytes:
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for column in hidden_columns:
        body += _record(0x007D, struct.pack("<HHHHHH", column, column, 2560, 0, 1, 0))
    width = max(map(len, rows), default=0)
    body += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for row in range(len(rows)):
        flags = 0x20 if row in hidden_rows else 0
        body += _record(0x0208, struct.pack("<HHHHHHHH", row, 0, width, 300, 0, 0, flags, 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            style = 1 + codes.index(formats[row, column]) if (row, column) in formats else 0
            place = struct.pack("<HHH", row, column, style)
            if isinstance(value, str):
                body += _record(0x0204, place + _text(value))
            elif value is not None:
                body += _record(0x0203, place + struct.pack("<d", value))
    return body + _record(0x000A)


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of streams, each long enough to lie in ordinary sectors."""
    contents = [content.ljust(4096, b"\0") for content in streams.values()]
    sectors: list[bytes] = []
    chains: list[int] = []
    starts: list[int] = []
    for content in contents:
        starts.append(len(sectors))
        parts = [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(content), _SECTOR)]
        chains += [len(sectors) + place + 1 for place in range(len(parts) - 1)] + [_END]
        sectors += parts
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for place, (name, start, content) in enumerate(zip(streams, starts, contents, strict=True), start=1):
        following = place + 1 if place < len(streams) else _FREE
        entries.append(_entry(name, 2, start, len(content), right=following))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")
    first_of_directory = len(sectors)
    parts = [directory[at : at + _SECTOR] for at in range(0, len(directory), _SECTOR)]
    chains += [len(sectors) + place + 1 for place in range(len(parts) - 1)] + [_END]
    sectors += parts
    tables = -(-(len(sectors) + 1) // 127)
    first_of_table = len(sectors)
    chains += [_FAT] * tables
    table = b"".join(struct.pack("<I", one) for one in chains).ljust(tables * _SECTOR, b"\xff")
    sectors += [table[at : at + _SECTOR] for at in range(0, len(table), _SECTOR)]
    places = [first_of_table + place for place in range(tables)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, first_of_directory, 0, 4096, _END, 0, _END, 0)
    header += b"".join(struct.pack("<I", one) for one in places).ljust(109 * 4, b"\xff")
    return header + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    entry += struct.pack("<III", _FREE, right, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)
