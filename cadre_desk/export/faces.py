"""The faces of the office's paper: which one draws which character, and how wide a text is.

Each face is read and registered with reportlab when a text first needs it. A character that a face lacks is
drawn from the next of its chain, at the same size on the same baseline; 宋, 楷 and HanaMinB together have
all 87,879 hanzi of GB 18030-2022 level 3. What none of them has is found by `missing_glyphs` before
anything is printed.

Two signs of punctuation that meet are squeezed by 0.45 em. `SPREAD` in a text is an em of distance made by
position and not by a character: a name set with it reads back, and is found, without a gap.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from cadre_desk.domain.resources import resource
from cadre_desk.export.embedding import HouseFace, HouseFont, spread_face
from cadre_desk.export.measures import Type

# Page streams are compressed; base 85 besides makes them a fifth longer and the printing slower.
rl_config.useA85 = 0

#: An em of distance that is no character: a code point no text may hold (private ones are 造字 of old
# systems).
SPREAD: Final = "\ufdd0"
#: What squeezes, in 1/1000 em, and what a character without any glyph takes.
SQUEEZE: Final = 450
BY_HAND: Final = 1200

CLOSING: Final = "，。、；：！？）》」』】〕”’"
OPENING: Final = "（《「『【〔“‘"
_PAIR: Final = re.compile(f"(?<=[{CLOSING}])(?=[{CLOSING}{OPENING}])|(?<=[{OPENING}])(?=[{OPENING}])")
#: What takes no room and no ink: control characters, direction marks, variation selectors, halves.
_INVISIBLE: Final = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\ufe00-\ufe0f\ufeff\ufdd0\ufffe\uffff\ud800-\udfff\U000e0100-\U000e01ef]"
)

_FILES: Final = {
    Type.TITLE: ("NotoSerifSC_900Black-subset.ttf", 613),
    Type.HEI: ("NotoSansSC_400Regular.ttf", None),
    Type.HEI_BOLD: ("NotoSansSC_700Bold-subset.ttf", None),
    Type.SONG: ("NotoSerifSC_400Regular.ttf", 558),
    Type.FANG: ("FandolFang.ttf", None),
    Type.KAI: ("LXGWWenKai-Regular.ttf", None),
}
_RARE_FILE: Final = "HanaMinB.ttf"
_RARE: Final = "rare"
_CHAINS: Final = {
    Type.TITLE: (Type.SONG, Type.KAI),
    Type.HEI: (Type.SONG, Type.KAI),
    Type.HEI_BOLD: (Type.HEI, Type.SONG, Type.KAI),
    Type.SONG: (Type.KAI,),
    Type.FANG: (Type.SONG, Type.KAI),
    Type.KAI: (Type.SONG,),
}
#: Middle of a hanzi above the baseline, in em: what centres a line in its cell.
_MIDDLES: Final = {
    Type.TITLE: 0.38,
    Type.HEI: 0.37,
    Type.HEI_BOLD: 0.37,
    Type.SONG: 0.375,
    Type.FANG: 0.31,
    Type.KAI: 0.345,
}
#: 楷's quotation marks are half as wide as they should be; 宋 lends its own.
_BORROWED: Final = {Type.KAI: frozenset("“”‘’")}

_reading = threading.RLock()


@cache
def _font(key: str) -> HouseFont:
    """The font behind a type (or the one for rare characters), read and registered once."""
    name, slot = (_RARE_FILE, None) if key == _RARE else _FILES[Type(key)]
    font = HouseFont(f"desk-{name.partition('.')[0]}", HouseFace(resource(f"fonts/{name}"), slot))
    pdfmetrics.registerFont(font)
    return font


@cache
def _spread(font: HouseFont, ems: int) -> HouseFont:
    """The same font with every character so many em wider."""
    wide = HouseFont(f"{font.fontName}-{ems}", spread_face(font.face, ems))
    pdfmetrics.registerFont(wide)
    return wide


def spread_font(font: HouseFont, ems: int) -> HouseFont:
    """The font that draws a character followed by ``ems`` of distance."""
    with _reading:
        return _spread(font, ems)


def base_font() -> str:
    """The font a document begins with: a house face, so that every font of it is embedded."""
    with _reading:
        return _font(Type.SONG).fontName


class _Units(dict[str, int]):
    """Widths of characters in 1/1000 em, looked up once each."""

    def __init__(self, face: Face) -> None:
        super().__init__({SPREAD: 1000})
        self._face = face

    def __missing__(self, char: str) -> int:
        font = self._face.font_of(char)
        width = BY_HAND if font is None else round(font.face.charWidths[ord(char)])
        self[char] = width
        return width


class Face:
    """One of the office's faces with its chain. Get it by `face`."""

    def __init__(self, kind: Type) -> None:
        self.kind = kind
        self.middle = _MIDDLES[kind]
        self._fonts: dict[str, HouseFont | None] = {}
        self._units = _Units(self)
        self._unit = self._units.__getitem__

    def font_of(self, char: str) -> HouseFont | None:
        """The font that draws a character: this face, the next of its chain, or None if no face has it."""
        try:
            return self._fonts[char]
        except KeyError:
            with _reading:
                found = self._fonts[char] = self._find(char)
            return found

    def _find(self, char: str) -> HouseFont | None:
        own = () if char in _BORROWED.get(self.kind, ()) else (self.kind,)
        code = ord(char)
        for key in (*own, *_CHAINS[self.kind], _RARE):
            font = _font(key)
            if code in font.face.charToGlyph:
                return font
        return None

    def units(self, text: str) -> int:
        """Width of a text in 1/1000 of its size."""
        total = sum(map(self._unit, text))
        return total if text.isalnum() else total - SQUEEZE * len(_PAIR.findall(text))

    def width(self, text: str, size: float) -> float:
        """Width of a text in points."""
        return self.units(text) * size / 1000

    def squeezes(self, text: str) -> bool:
        """Whether signs of punctuation meet in a text."""
        return _PAIR.search(text) is not None

    def lacks(self, text: str) -> bool:
        """Whether a character of the text is in no face of the chain."""
        known = self._fonts
        return any(
            (known[char] if char in known else self.font_of(char)) is None for char in text if char != SPREAD
        )


@cache
def face(kind: Type) -> Face:
    """The face of a type."""
    return Face(kind)


def pair_starts(text: str) -> frozenset[int]:
    """Positions of characters before which 0.45 em are taken away."""
    return frozenset(match.start() for match in _PAIR.finditer(text))


def clean(text: str) -> str:
    """The text without what has neither room nor ink (a line feed stays: it breaks the line)."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def spread(name: str) -> str:
    """A name of two hanzi set to the width of three, by position (handbook 10); others as they are."""
    return name[0] + SPREAD + name[1] if len(name) == 2 and not name.isascii() else name  # noqa: PLR2004


def by_position(label: str) -> str:
    """A printed label whose wide blanks between single hanzi are made by position: 住　　址 reads 住址."""
    if "　" not in label:
        return label
    parts = re.split("(　+)", label)
    if any(len(part) > 1 for part in parts[::2]):
        return label
    return "".join(part if number % 2 == 0 else SPREAD * len(part) for number, part in enumerate(parts))


def plain(text: str) -> str:
    """A set text as it reads back: without the distances made by position."""
    return text.replace(SPREAD, "")


def missing_glyphs(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Characters that no face has, each with its code point (U+2CB4E), in the order of their codes."""
    chars = set().union(*map(clean, texts)) - {"\n", SPREAD}
    song = face(Type.SONG)
    return [(char, f"U+{ord(char):04X}") for char in sorted(chars) if song.font_of(char) is None]
