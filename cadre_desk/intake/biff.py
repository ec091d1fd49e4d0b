"""xls (BIFF): its records are looked through before calamine reads it; formats are looked up when asked.

[MS-XLS] names the records. Only what bounds, hiding, formats and passwords need is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from cadre_desk.intake.fast_reader import read_sheets
from cadre_desk.intake.grid import Bounds, BrokenWorkbook, Formats, Grid, Workbook, no_formats
from cadre_desk.intake.ole import Compound
from cadre_desk.intake.openxml import BUILT_IN
from cadre_desk.intake.package import ENCRYPTED, NOT_WHOLE

_BOF, _EOF, _FILEPASS, _DATEMODE, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0022, 0x0085
_FORMAT, _XF, _ROW, _COLINFO = 0x041E, 0x00E0, 0x0208, 0x007D
#: Cells that hold a value: FORMULA, MULRK, LABELSST, NUMBER, LABEL, BOOLERR, RK, RSTRING.
_FORMULA, _MULRK, _NUMBER, _RK = 0x0006, 0x00BD, 0x0203, 0x027E
_CELLS: Final = frozenset({_FORMULA, _MULRK, 0x00FD, _NUMBER, 0x0204, 0x0205, _RK, 0x00D6})
_NUMBERS: Final = frozenset({_FORMULA, _NUMBER, _RK})
_BIFF8: Final = 0x0600
_WORKSHEET: Final = 0
_ZERO_HEIGHT: Final = 0x20

#: The shortest body of each record that is looked into; shorter ones are passed over.
_LEAST: Final = {
    _BOF: 2,
    _DATEMODE: 2,
    _BOUNDSHEET: 9,
    _FORMAT: 6,
    _XF: 4,
    _ROW: 16,
    _COLINFO: 10,
    **dict.fromkeys(_CELLS, 6),
}

Record = tuple[int, int, int]


@dataclass(slots=True)
class _Sheet:
    start: int = 0
    values: int = 0
    last_row: int = -1
    last_column: int = -1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read(file: str, compound: Compound, content: bytes) -> Workbook:
    """The sheets of an xls file.

    Raises:
        BrokenWorkbook: it has a password, or can't be read within bounds.
    """
    stream = compound.stream("Workbook" if "Workbook" in compound.names else "Book")
    globals_ = _Globals.of(stream)
    scans = {name: _scan(stream, start) for name, start in globals_.sheets.items()}
    bounds = Bounds()
    for name, scan in scans.items():
        bounds.expect(name, scan.values, scan.last_row, scan.last_column)
    sheets = []
    for sheet in read_sheets(content):
        bounds.count(sheet.rows)
        scan = scans.get(sheet.name, _Sheet())
        sheets.append(
            Grid(
                sheet.name,
                sheet.rows,
                sheet.merges,
                frozenset(scan.hidden_rows),
                frozenset(scan.hidden_columns),
                visible=sheet.visible,
                read_formats=_Formats(stream, scan.start, globals_.formats)
                if sheet.name in scans
                else no_formats,
            )
        )
    return Workbook(file, tuple(sheets), epoch_1904=globals_.epoch_1904)


def _records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """Kind, place of the body and length of each record up to the end of the substream."""
    end = len(stream) - 4
    unpack = struct.Struct("<HH").unpack_from
    while start <= end:
        kind, length = unpack(stream, start)
        start += 4
        length = min(length, len(stream) - start)
        if length >= _LEAST.get(kind, 0):
            yield kind, start, length
        if kind == _EOF:
            return
        start += length


@dataclass(frozen=True, slots=True)
class _Globals:
    """What the first substream says of the whole book."""

    epoch_1904: bool
    sheets: dict[str, int]
    formats: list[str]

    @classmethod
    def of(cls, stream: bytes) -> _Globals:
        """Read it; raises BrokenWorkbook for a book with a password."""
        epoch, biff8 = False, False
        sheets: dict[str, int] = {}
        custom: dict[int, str] = {}
        styles: list[int] = []
        for kind, place, _ in _records(stream):
            if kind == _FILEPASS:
                raise BrokenWorkbook(ENCRYPTED)
            if kind == _BOF:
                biff8 = struct.unpack_from("<H", stream, place)[0] == _BIFF8
            elif kind == _DATEMODE:
                epoch = stream[place] == 1
            elif kind == _BOUNDSHEET and biff8 and stream[place + 5] == _WORKSHEET:
                name = _text(stream, place + 7, stream[place + 6])
                sheets[name] = struct.unpack_from("<I", stream, place)[0]
            elif kind == _FORMAT and biff8:
                number, count = struct.unpack_from("<HH", stream, place)
                custom[number] = _text(stream, place + 4, count)
            elif kind == _XF:
                styles.append(struct.unpack_from("<H", stream, place + 2)[0])
        if not stream:
            raise BrokenWorkbook(NOT_WHOLE)
        return cls(epoch, sheets, [custom.get(number) or BUILT_IN.get(number, "") for number in styles])


def _text(stream: bytes, place: int, count: int) -> str:
    """A string of BIFF8: a byte of flags, then one or two bytes for each character."""
    wide = stream[place] & 1
    raw = stream[place + 1 : place + 1 + count * (1 + wide)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def _scan(stream: bytes, start: int) -> _Sheet:
    """How far a sheet reaches and what it hides."""
    found = _Sheet(start)
    two = struct.Struct("<HH").unpack_from
    for kind, place, length in _records(stream, start):
        if kind in _CELLS:
            row, column = two(stream, place)
            if kind == _MULRK:
                column = struct.unpack_from("<H", stream, place + length - 2)[0]
                found.values += max(0, (length - 6) // 6 - 1)
            found.values += 1
            found.last_row = max(found.last_row, row)
            found.last_column = max(found.last_column, column)
        elif kind == _ROW:
            if stream[place + 12] & _ZERO_HEIGHT:
                found.hidden_rows.add(two(stream, place)[0])
        elif kind == _COLINFO:
            first, last = two(stream, place)
            if stream[place + 8] & 1:
                found.hidden_columns.update(range(first, min(last, 255) + 1))
    return found


@dataclass(frozen=True, slots=True)
class _Formats:
    """Looks up the number formats of some columns of a sheet when asked."""

    stream: bytes
    start: int
    formats: list[str]

    def __call__(self, columns: Collection[int]) -> Formats:
        """By row and column; General is left out."""
        found = {}
        three = struct.Struct("<HHH").unpack_from
        for kind, place, length in _records(self.stream, self.start):
            if kind in _NUMBERS:
                row, column, style = three(self.stream, place)
                if column in columns and (code := self._code(style)):
                    found[row, column] = code
            elif kind == _MULRK:
                row, first = struct.unpack_from("<HH", self.stream, place)
                for offset in range((length - 6) // 6):
                    style = struct.unpack_from("<H", self.stream, place + 4 + 6 * offset)[0]
                    if first + offset in columns and (code := self._code(style)):
                        found[row, first + offset] = code
        return found

    def _code(self, style: int) -> str:
        return self.formats[style] if style < len(self.formats) else ""
