"""A zip package (xlsx, xlsb, ods) whose parts are inflated within bounds, whatever its directory promises."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from typing import Final

from cadre_desk.intake.grid import BrokenWorkbook

#: Parts of a package; a roster has a dozen.
_MOST_PARTS: Final = 5_000
#: Bytes of one part, and of all parts that are read, once inflated.
_MOST_PART: Final = 220 << 20
_MOST_ALL: Final = 320 << 20
#: A part beyond this size that shrank this much was made to burst.
_BOMB_SIZE: Final = 24 << 20
_BOMB_RATIO: Final = 80
_PIECE: Final = 4 << 20
#: No writer of workbooks declares a document type; entities are declared in one.
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

NOT_WHOLE: Final = "文件不完整或已经损坏，读不出来；请重新拷贝一份，或用 Excel、WPS 打开另存后再导入。"
ENCRYPTED: Final = "文件加了口令，读不出来；请先用 Excel 或 WPS 打开，去掉口令另存，再导入。"
BURSTING: Final = "文件展开后大得不正常，没有读取；请确认文件来源，或用 WPS 打开后只把名册另存成新文件。"
ENTITIES: Final = "文件里有不正常的实体定义，没有读取；请确认文件来源，或用 WPS 打开另存后再导入。"


class Package:
    """The parts of a package by name."""

    def __init__(self, content: bytes) -> None:
        """Open it.

        Raises:
            BrokenWorkbook: it is cut off, encrypted, or made to harm.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise BrokenWorkbook(NOT_WHOLE) from error
        members = self._zip.infolist()
        if len(members) > _MOST_PARTS:
            raise BrokenWorkbook(BURSTING)
        for member in members:
            _check_member(member)
        self._members = {member.filename: member for member in members}
        if len(self._members) != len(members):
            raise BrokenWorkbook(
                "文件内部有重名的部分，不像正常的表格，没有读取；请用 WPS 打开另存后再导入。"
            )
        self._sizes: dict[str, int] = {}

    @property
    def names(self) -> Collection[str]:
        """The names of its parts."""
        return self._members.keys()

    def pieces(self, name: str, most: int = _MOST_PART) -> Iterator[bytes]:
        """A part, piece by piece; what inflates without end is refused on the way.

        Raises:
            BrokenWorkbook: the part is damaged, too large, or declares entities.
        """
        member = self._members[name]
        size = 0
        try:
            with self._zip.open(member) as part:
                while piece := part.read(_PIECE):
                    if size == 0 and _DOCTYPE.search(piece, 0, 4096):
                        raise BrokenWorkbook(ENTITIES)
                    size += len(piece)
                    self._sizes[name] = max(size, self._sizes.get(name, 0))
                    bursts = size > _BOMB_SIZE and size > _BOMB_RATIO * member.compress_size
                    if bursts or size > most or sum(self._sizes.values()) > _MOST_ALL:
                        raise BrokenWorkbook(BURSTING)
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            OSError,
        ) as error:
            raise BrokenWorkbook(NOT_WHOLE) from error

    def part(self, name: str, most: int = 32 << 20) -> bytes:
        """A part, whole; nothing if there is none."""
        return b"".join(self.pieces(name, most)) if name in self._members else b""

    def check(self, name: str, most: int) -> None:
        """Inflate a part only to see that it stays within bounds."""
        for _ in self.pieces(name, most):
            pass


def _check_member(member: zipfile.ZipInfo) -> None:
    """Refuse a part that is encrypted or whose name leads elsewhere."""
    if member.flag_bits & 1:
        raise BrokenWorkbook(ENCRYPTED)
    steps = member.filename.replace("\\", "/").split("/")
    if ".." in steps or not steps[0] or ":" in steps[0]:
        raise BrokenWorkbook("文件内部有指向别处的路径，不是正常的表格，没有读取；请确认文件来源。")
