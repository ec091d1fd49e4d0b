"""The tokens of the look: colours, type, space and the one factor that scales them; no Qt in here.

A colour, a size or a face is named here once and used by its name everywhere else, so that the whole desk
changes in one place and the table of contrasts below can be kept by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

COLOURS: Final = MappingProxyType(
    {
        "desk": "#F4F1EB",
        "rail": "#EBE6DD",
        "paper": "#FFFFFF",
        "band": "#FAF8F4",
        "hover": "#F6F2EB",
        "sel": "#F7EBE4",
        "ticked": "#FCF7F3",
        "changed": "#FFFBF0",
        "line": "#E4DED4",
        "line2": "#CDC4B6",
        "edge": "#978C7E",
        "grey": "#F0ECE5",
        "ink": "#26211D",
        "ink2": "#554D45",
        "ink3": "#6E655B",
        "accent": "#9E1B1E",
        "accent2": "#831518",
        "atint": "#F9EEEB",
        "aline": "#E3BDB8",
        "ok": "#2C6A3E",
        "oktint": "#E8F2E9",
        "okline": "#C4DDC8",
        "warn": "#855300",
        "wtint": "#FBF1DA",
        "wline": "#E6CF9B",
        "info": "#2A5A85",
        "itint": "#E7EFF6",
        "iline": "#BBD0E2",
        "gold": "#765410",
        "gtint": "#F6ECD3",
        "chart": "#6B5844",
        "chart0": "#D3C9BA",
    }
)
"""Every colour of the desk by its token (look, section 1.1)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One step of the type scale: size in points at 100 %, and whether it is set in the Bold face."""

    points: float
    bold: bool = False


TYPE: Final = MappingProxyType(
    {
        "fig": Face(20, bold=True),
        "h1": Face(16, bold=True),
        "fig2": Face(14.5, bold=True),
        "h2": Face(12, bold=True),
        "crumb": Face(12),
        "body": Face(10.5),
        "name": Face(10.5, bold=True),
        "small": Face(9.5),
        "head": Face(9.5, bold=True),
        "cap": Face(9),
    }
)
"""The type scale (look, section 1.2); ``name`` and ``head`` are body and small in Bold."""

FAMILIES: Final = ("Noto Sans SC", "Noto Serif SC", "HanaMinB")
"""The chain a character is looked for in, so that a rare name stands in one line without a gap."""

SPACE: Final = MappingProxyType(
    {
        "rail": 148,
        "rail_small": 64,
        "top_bar": 48,
        "status": 26,
        "page": 16,
        "gap": 12,
        "card": 16,
        "header": 36,
        "head": 32,
        "row": 32,
        "row_two_lines": 44,
        "row_statistics": 28,
        "control": 32,
        "small_control": 26,
        "chip": 20,
        "filter_chip": 22,
        "facet": 24,
        "facets": 176,
        "preview": 264,
        "summary": 240,
        "drawer": 396,
        "label": 112,
        "cell": 8,
        "radius_card": 6,
        "radius": 4,
        "radius_chip": 3,
    }
)
"""Sizes in pixels at 100 % (look, section 1.3)."""

EM: Final = 14
"""Pixels of one em at 100 %: body type at 96 dots an inch."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The one factor of the text size: 1.0 标准, 1.25 大, 1.5 特大, up to 2.0."""

    factor: float = 1.0

    def px(self, pixels: float) -> int:
        """Pixels at 100 % as pixels now, never less than one for what is not nothing."""
        scaled = round(pixels * self.factor)
        return scaled or (1 if pixels > 0 else 0)

    def space(self, token: str) -> int:
        """The size a token of SPACE names, as pixels now."""
        return self.px(SPACE[token])

    def points(self, token: str) -> float:
        """The size of a step of the type scale, in points."""
        return TYPE[token].points * self.factor


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one kind of chip, notice or tinted cell: words, ground and, where it has one, edge."""

    ink: str
    ground: str
    edge: str


CHIPS: Final = MappingProxyType(
    {
        "neutral": Tones("ink2", "grey", "line2"),
        "ok": Tones("ok", "oktint", "okline"),
        "warn": Tones("warn", "wtint", "wline"),
        "bad": Tones("accent", "atint", "aline"),
        "info": Tones("info", "itint", "iline"),
        "gold": Tones("gold", "gtint", "wline"),
    }
)
"""The six kinds of chip (look, section 2, Chips)."""

PAIRS: Final = (
    ("ink", "desk"),
    ("ink", "rail"),
    ("ink", "paper"),
    ("ink", "band"),
    ("ink", "hover"),
    ("ink", "sel"),
    ("ink", "ticked"),
    ("ink", "changed"),
    ("ink", "grey"),
    ("ink", "atint"),
    ("ink", "oktint"),
    ("ink", "wtint"),
    ("ink", "itint"),
    ("ink2", "desk"),
    ("ink2", "rail"),
    ("ink2", "paper"),
    ("ink2", "band"),
    ("ink2", "hover"),
    ("ink2", "sel"),
    ("ink2", "ticked"),
    ("ink2", "grey"),
    ("ink2", "oktint"),
    ("ink2", "atint"),
    ("ink3", "desk"),
    ("ink3", "rail"),
    ("ink3", "paper"),
    ("ink3", "band"),
    ("ink3", "hover"),
    ("ink3", "sel"),
    ("ink3", "ticked"),
    ("ink3", "grey"),
    ("accent", "desk"),
    ("accent", "rail"),
    ("accent", "paper"),
    ("accent", "band"),
    ("accent", "sel"),
    ("accent", "atint"),
    ("ok", "paper"),
    ("ok", "band"),
    ("ok", "desk"),
    ("ok", "rail"),
    ("ok", "sel"),
    ("ok", "oktint"),
    ("warn", "desk"),
    ("warn", "rail"),
    ("warn", "paper"),
    ("warn", "band"),
    ("warn", "sel"),
    ("warn", "wtint"),
    ("info", "desk"),
    ("info", "paper"),
    ("info", "band"),
    ("info", "sel"),
    ("info", "itint"),
    ("info", "wtint"),
    ("info", "atint"),
    ("info", "oktint"),
    ("gold", "gtint"),
    ("paper", "accent"),
    ("paper", "accent2"),
)
"""Every pair of words on ground that the kit paints; each is measured by a test before it is used."""

LEAST_TEXT_CONTRAST: Final = 4.5
LEAST_EDGE_CONTRAST: Final = 3.0

_SRGB_FOOT: Final = 0.04045
"""Below this share of a channel the sRGB curve is a straight line."""


def _luminance(colour: str) -> float:
    """The relative luminance of a token or of #RRGGBB (WCAG 2.1, definition of relative luminance)."""
    digits = COLOURS.get(colour, colour).lstrip("#")
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= _SRGB_FOOT else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two tokens or #RRGGBB values, from 1 to 21 (WCAG 2.1, 1.4.3)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
