"""TrueType faces as reportlab embeds them, put right where the office's paper needs it.

Three things are ours. Figures of a face may be given an equal slot and are moved to its middle, in the
embedded font itself, so that measuring, drawing and reading back agree without a position for each figure.
A face may be *spread*: every character advances by more than its own width, so that 王　𬭎 is set wide and
still reads 王𬭎. And the table from glyphs back to text (ToUnicode) is right beyond the basic plane, where
reportlab 5.1 writes five hex digits that no reader understands.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTEncoding, TTFont, TTFontFace

from cadre_desk.export import outlines

FIGURES: Final = "0123456789"
_BMP_END: Final = 0xFFFF
#: A block of a ToUnicode table holds at most so many lines (Adobe technical note 5411).
_BLOCK: Final = 100


class HouseFace(TTFontFace):
    """A face read from a file; ``slot`` is the equal width of its figures in 1/1000 em, None leaves them."""

    def __init__(self, path: Path, slot: int | None = None) -> None:
        super().__init__(str(path))
        if slot is not None:
            self._equalise(slot)

    def outlines(self, char: str) -> Iterator[tuple[bytes, int, int]]:
        """The simple glyphs that a character is drawn with, each with its distance from the origin."""
        pending = [(self.charToGlyph[ord(char)], 0, 0)]
        while pending:
            number, dx, dy = pending.pop()
            glyph = self._glyph(number)
            if outlines.is_simple(glyph):
                yield glyph, dx, dy
            else:
                pending.extend((part, dx + x, dy + y) for part, x, y in outlines.components(glyph))

    def _glyph(self, number: int) -> bytes:
        start = self.get_table_pos("glyf")[0]
        return bytes(self._ttf_data[start + self.glyphPos[number] : start + self.glyphPos[number + 1]])

    def _equalise(self, slot: int) -> None:
        """Append each figure again, moved to the middle of its slot, and let the characters point there."""
        units = self.unitsPerEm
        advance = round(slot * units / 1000)
        start, length = self.get_table_pos("glyf")
        added: list[bytes] = []
        for char in FIGURES:
            code = ord(char)
            width, bearing = self.hmetrics[self.charToGlyph[code]]
            by = round((advance - width) / 2)
            added.append(outlines.shifted(self._glyph(self.charToGlyph[code]), by))
            self.hmetrics.append((advance, (bearing + by) & _BMP_END))
            self.charWidths[code] = slot
            self.charToGlyph[code] = len(self.glyphPos) - 1
            self.glyphPos.append(self.glyphPos[-1] + len(added[-1]))
        data = bytes(self._ttf_data)
        grown = data[start : start + self.glyphPos[-len(FIGURES) - 1]] + b"".join(added)
        self.table["glyf"] = {**self.table["glyf"], "offset": len(data), "length": max(length, len(grown))}
        self._ttf_data: bytes = data + grown


class _WideMetrics(Sequence[tuple[int, int]]):
    """The metrics of another face with every advance widened."""

    def __init__(self, metrics: Sequence[tuple[int, int]], by: int) -> None:
        self._metrics = metrics
        self._by = by

    def __getitem__(self, number: Any) -> Any:
        advance, bearing = self._metrics[number]
        return advance + self._by, bearing

    def __len__(self) -> int:
        return len(self._metrics)


def spread_face(face: HouseFace, ems: int) -> HouseFace:
    """The same face with each character followed by ``ems`` of nothing that belong to the character."""
    wide = copy.copy(face)
    wide.name = face.name + b"-Spread%d" % ems
    wide.hmetrics = _WideMetrics(face.hmetrics, ems * face.unitsPerEm)
    wide.charWidths = {code: width + 1000 * ems for code, width in face.charWidths.items()}
    return wide


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", "surrogatepass").hex().upper()


def to_unicode(font_name: str, subset: Sequence[int]) -> str:
    """The table from the codes of a subset back to text, in UTF-16 as ISO 32000 9.10.3 wants it."""
    return "\n".join(_to_unicode_lines(font_name, subset))


def _to_unicode_lines(font_name: str, subset: Sequence[int]) -> Iterator[str]:
    yield "/CIDInit /ProcSet findresource begin"
    yield "12 dict begin"
    yield "begincmap"
    yield "/CIDSystemInfo"
    yield f"<< /Registry ({font_name})"
    yield f"/Ordering ({font_name})"
    yield "/Supplement 0"
    yield ">> def"
    yield f"/CMapName /{font_name} def"
    yield "/CMapType 2 def"
    yield "1 begincodespacerange"
    yield f"<00> <{len(subset) - 1:02X}>"
    yield "endcodespacerange"
    for start in range(0, len(subset), _BLOCK):
        block = subset[start : start + _BLOCK]
        yield f"{len(block)} beginbfchar"
        for number, code in enumerate(block, start):
            yield f"<{number:02X}> <{_utf16(code)}>"
        yield "endbfchar"
    yield "endcmap"
    yield "CMapName currentdict /CMap defineresource pop"
    yield "end"
    yield "end"


class HouseFont(TTFont):
    """A face under the name that the page's drawing operators call it by."""

    face: HouseFace

    def __init__(self, name: str, face: HouseFace) -> None:
        # TTFont's own would read the file once more; it sets no more than this.
        self.fontName = name
        self.face = face
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = False
        self._shapable = False

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab calls it
        """Embed what a document used of this font: a font and a descriptor for each 255 characters."""
        state = self.state[doc]
        state.frozen = 1
        face: Any = self.face
        for number, subset in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            base = (SUBSETN(number) + b"+" + face.name).decode("ascii")
            font: Any = pdfdoc.PDFTrueTypeFont()
            font.Name = name
            font.BaseFont = base
            font.FirstChar = 0
            font.LastChar = len(subset) - 1
            font.Widths = pdfdoc.PDFArray([face.getCharWidth(code) for code in subset])
            table = pdfdoc.PDFStream()
            table.content = to_unicode(base, subset)
            if doc.compression:
                table.filters = [pdfdoc.PDFZCompress]
            font.ToUnicode = doc.Reference(table, f"toUnicodeCMap:{base}")
            font.FontDescriptor = face.addSubsetObjects(doc, base, subset)
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]
