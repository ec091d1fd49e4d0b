"""OLE compound files ([MS-CFB]): the streams of an old .xls, and what gives away a file of another kind."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

from cadre_desk.intake.grid import BrokenWorkbook
from cadre_desk.intake.package import NOT_WHOLE

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END: Final = 0xFFFFFFFA
_HEADER: Final = 512
_IN_HEADER: Final = 109
_ENTRY: Final = 128
_STREAM, _ROOT = 2, 5
#: Streams shorter than this lie in the small sectors of the root's own stream.
_SMALL: Final = 4096
_SMALL_SECTOR: Final = 64


class Compound:
    """The streams of a compound file by name."""

    def __init__(self, content: bytes) -> None:
        """Read the directory.

        Raises:
            BrokenWorkbook: the file is cut off or its chains lead nowhere.
        """
        if len(content) < _HEADER or not content.startswith(SIGNATURE):
            raise BrokenWorkbook(NOT_WHOLE)
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self._size not in {512, 4096}:
            raise BrokenWorkbook(NOT_WHOLE)
        self._table = self._allocation()
        (directory,) = struct.unpack_from("<I", content, 48)
        self._entries = self._directory(self._chain(directory))

    @property
    def names(self) -> Mapping[str, tuple[int, int]]:
        """Streams by name: first sector and length."""
        return self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream.

        Raises:
            BrokenWorkbook: it is cut off.
        """
        start, length = self._entries[name]
        if length >= _SMALL:
            found = self._chain(start)
        else:
            (small_table,) = struct.unpack_from("<I", self._content, 60)
            table = _numbers(self._chain(small_table))
            found = _follow(self._root, table, start, _SMALL_SECTOR, 0)
        if len(found) < length:
            raise BrokenWorkbook(NOT_WHOLE)
        return found[:length]

    def _allocation(self) -> list[int]:
        """The file allocation table, put together from the sectors that the header and its chain name."""
        places = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        (following,) = struct.unpack_from("<I", self._content, 68)
        seen: set[int] = set()
        while following < _END and following not in seen:
            seen.add(following)
            sector = _numbers(self._sector(following))
            places += sector[:-1]
            following = sector[-1]
        table: list[int] = []
        for place in places:
            if place < _END:
                table += _numbers(self._sector(place))
        return table

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\xff")

    def _chain(self, start: int) -> bytes:
        return _follow(self._content, self._table, start, self._size, self._size)

    def _directory(self, raw: bytes) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        self._root = b""
        for place in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", raw, place + 64)
            name = raw[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            kind = raw[place + 66]
            start, size = struct.unpack_from("<II", raw, place + 116)
            if kind == _ROOT:
                self._root = self._chain(start) if start < _END else b""
            elif kind == _STREAM:
                found.setdefault(name, (start, size))
        return found


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def _follow(content: bytes, table: list[int], start: int, size: int, offset: int) -> bytes:
    """The sectors of a chain one after another; a chain that turns in a circle is cut."""
    parts = []
    seen: set[int] = set()
    while start < len(table) and start not in seen:
        seen.add(start)
        parts.append(content[offset + start * size : offset + (start + 1) * size])
        start = table[start]
    return b"".join(parts)
