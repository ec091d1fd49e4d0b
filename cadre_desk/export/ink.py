"""A page drawn as operators of ISO 32000: text, rules and greys, gathered and written in one piece.

Positions are millimetres from the page's upper left corner. Greys are drawn first, then rules (one path for
each weight), then text in reading order; all of a page's text is one text object.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cadre_desk.domain.fields import Align
from cadre_desk.export.embedding import HouseFont
from cadre_desk.export.faces import BY_HAND, SPREAD, SQUEEZE, Face, face, pair_starts, spread_font
from cadre_desk.export.measures import MM, PageForm, Rule, Type

#: Points of a tick and of a cross, in em from the middle, and the weight of their strokes.
_STROKES: Final = {
    "√": (((-0.36, -0.04), (-0.13, -0.27), (0.36, 0.31)),),
    "×": (((-0.26, -0.26), (0.26, 0.26)), ((-0.26, 0.26), (0.26, -0.26))),
}
_STROKE: Final = 0.115
_BLACK: Final = "0 g"

Coded = tuple[tuple[str, str], ...]


class Pen:
    """Writes the texts of one document: knows which bytes stand for a text in which embedded font."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        # reportlab hands characters to the fonts of a document, and keeps the document to itself.
        unveiled: Any = canvas
        self._document = unveiled._doc  # noqa: SLF001
        self._known: dict[tuple[Type, str], Coded] = {}
        self._codes: dict[tuple[str, str], tuple[str, str]] = {}

    def coded(self, text: str, kind: Type) -> Coded:
        """A text as pairs of font and operand, in a face."""
        key = (kind, text)
        try:
            return self._known[key]
        except KeyError:
            coded = self._known[key] = self._code(text, face(kind))
            return coded

    def _code(self, text: str, of: Face) -> Coded:
        if SPREAD not in text and not of.squeezes(text):
            return self._plain(text, of) or self._spaced(text, of)
        return self._spaced(text, of)

    def _plain(self, text: str, of: Face) -> Coded:
        """A text whose characters follow each other as they are, as most do; empty if one has no glyph."""
        found: list[tuple[str, str]] = []
        name, codes = "", ""
        for char in text:
            font = of.font_of(char)
            if font is None:
                return ()
            own, code = self._character(font, char)
            if own == name:
                codes += code
                continue
            if codes:
                found.append((name, f"<{codes}> Tj"))
            name, codes = own, code
        found.append((name, f"<{codes}> Tj"))
        return tuple(found)

    def _spaced(self, text: str, of: Face) -> Coded:
        """A text with distances in it: spread, squeezed, or left free to be written in by hand."""
        squeezed = pair_starts(text)
        parts: list[tuple[str, str | int]] = []
        name = ""
        for at, char in enumerate(text):
            if char == SPREAD:
                continue
            rest = text[at + 1 :]
            ems = len(rest) - len(rest.lstrip(SPREAD))
            font = of.font_of(char)
            if font is None:
                # The room of a box; any font can leave it free.
                name, part = name or self._character(_any_font(of), "一")[0], -BY_HAND - 1000 * ems
                parts.append((name, part))
                continue
            name, code = self._character(spread_font(font, ems) if ems else font, char)
            if at in squeezed:
                parts.append((name, SQUEEZE))
            parts.append((name, code))
        return tuple(
            (name, _operand([part for _, part in pieces]))
            for name, pieces in groupby(parts, lambda one: one[0])
        )

    def _character(self, font: HouseFont, char: str) -> tuple[str, str]:
        """The resource and the code, in hex, of one character."""
        key = (font.fontName, char)
        try:
            return self._codes[key]
        except KeyError:
            ((subset, code),) = font.splitString(char, self._document)
            name = font.getSubsetInternalName(subset, self._document)
            found = self._codes[key] = (name, code.hex())
            return found


def _any_font(of: Face) -> HouseFont:
    font = of.font_of("一")
    if font is None:
        raise LookupError(f"{of.kind} has no hanzi")
    return font


def _operand(parts: list[str | int]) -> str:
    """Codes and distances (1/1000 em, positive takes away) with the operator that shows them."""
    if all(isinstance(part, str) for part in parts):
        return f"<{''.join(map(str, parts))}> Tj"
    shown = (
        f"<{''.join(map(str, run))}>" if codes else " ".join(map(str, run))
        for codes, run in groupby(parts, lambda part: isinstance(part, str))
    )
    return f"[{''.join(shown)}] TJ"


class Ink:
    """What is drawn on one page."""

    def __init__(self, pen: Pen, page: PageForm) -> None:
        self.pen = pen
        self.page = page
        self._height = page.height * MM
        self._greys: list[str] = []
        self._rules: dict[float, list[str]] = {}
        self._strokes: list[str] = []
        self._texts: list[str] = []

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A grey (share of black) behind what follows."""
        left, low = x * MM, self._height - (y + height) * MM
        self._greys.append(f"{1 - grey:.3g} g {left:.2f} {low:.2f} {width * MM:.2f} {height * MM:.2f} re f")

    def rule(self, x: float, y: float, to_x: float, to_y: float, weight: float = Rule.GRID) -> None:
        """A straight rule."""
        start = f"{x * MM:.2f} {self._height - y * MM:.2f} m"
        self._rules.setdefault(weight, []).append(f"{start} {to_x * MM:.2f} {self._height - to_y * MM:.2f} l")

    def frame(self, x: float, y: float, width: float, height: float, weight: float) -> None:
        """A rectangle with mitred corners."""
        low = self._height - (y + height) * MM
        self._rules.setdefault(weight, []).append(
            f"{x * MM:.2f} {low:.2f} {width * MM:.2f} {height * MM:.2f} re"
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        kind: Type = Type.SONG,
        *,
        align: Align = Align.LEFT,
    ) -> None:
        """A line of black text on the baseline ``y``, beginning, centred or ending at ``x``."""
        if text:
            self._show(x * MM - self._shift(face(kind).width(text, size), align), y, text, size, kind)

    def grey_text(self, x: float, y: float, text: str, size: float, grey: float, align: Align) -> None:
        """A line in 宋 that stays in the background (``grey`` is the share of black)."""
        if text:
            self._texts.append(f"{1 - grey:.3g} g")
            self.text(x, y, text, size, align=align)
            self._texts.append(_BLACK)

    def spaced_text(self, x: float, y: float, text: str, size: float, kind: Type, spacing: float) -> None:
        """A centred line with this much between its characters; what follows is set without."""
        width = face(kind).width(text, size) + spacing * (len(text) - 1)
        self._texts.append(f"{spacing:g} Tc")
        self._show(x * MM - width / 2, y, text, size, kind)
        self._texts.append("0 Tc")

    @staticmethod
    def _shift(width: float, align: Align) -> float:
        return {Align.LEFT: 0.0, Align.CENTER: width / 2, Align.RIGHT: width}[align]

    def _show(self, left: float, y: float, text: str, size: float, kind: Type) -> None:
        base = self._height - y * MM
        self._texts.append(f"1 0 0 1 {left:.2f} {base:.2f} Tm {self.stamp(text, size, kind)}")
        self._by_hand(left, base, text, size, kind)

    def stamp(self, text: str, size: float, kind: Type) -> str:
        """The operators that show a text where the text matrix stands."""
        return " ".join(f"{name} {size:g} Tf {operand}" for name, operand in self.pen.coded(text, kind))

    def put(self, operators: str) -> None:
        """Text operators made by the caller."""
        self._texts.append(operators)

    def by_hand(self, lines: tuple[str, ...], kind: Type) -> bool:
        """Whether a character of the lines is in no face."""
        return any(face(kind).lacks(line) for line in lines)

    def _by_hand(self, left: float, base: float, text: str, size: float, kind: Type) -> None:
        """Boxes where no face has the character, to be written in by hand."""
        if not self.by_hand((text,), kind):
            return
        of = face(kind)
        for at, char in enumerate(text):
            if char != SPREAD and of.font_of(char) is None:
                x = left + of.width(text[:at], size)
                side = BY_HAND * size / 1000
                low = base + of.middle * size - side / 2
                box = f"{x + 0.5:.2f} {low:.2f} {side - 1:.2f} {side:.2f} re"
                self._rules.setdefault(Rule.BY_HAND, []).append(box)

    def sign(self, x: float, y: float, sign: str, size: float) -> None:
        """A tick or a cross, its middle at x, y; it reads back as the character."""
        middle = (x * MM, self._height - y * MM)
        for points in _STROKES[sign]:
            (first, *others) = [(middle[0] + dx * size, middle[1] + dy * size) for dx, dy in points]
            path = " ".join(f"{px:.2f} {py:.2f} l" for px, py in others)
            self._strokes.append(f"{_STROKE * size:.2f} w {first[0]:.2f} {first[1]:.2f} m {path} S")

    def hidden(self, x: float, y: float, text: str, size: float, kind: Type = Type.SONG) -> None:
        """Text that is read, copied and found but not seen: what a drawn sign says. Centred at x."""
        width = face(kind).width(text, size)
        at = f"1 0 0 1 {x * MM - width / 2:.2f} {self._height - y * MM:.2f} Tm"
        self._texts.append(f"3 Tr {at} {self.stamp(text, size, kind)} 0 Tr")

    def picture(self, picture: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """A picture, its upper left corner at x, y."""
        low = self._height - (y + height) * MM
        self.pen.canvas.drawImage(picture, x * MM, low, width * MM, height * MM)

    def write(self) -> None:
        """Put the page's drawing on the canvas, in one piece."""
        parts = [*self._greys, "0 g 0 G 2 J 0 j"]
        for weight, paths in sorted(self._rules.items()):
            parts.append(f"{weight:g} w")
            parts.extend(paths)
            parts.append("S")
        if self._strokes:
            parts.extend(("0 J", *self._strokes))
        if self._texts:
            parts.extend(("BT", *self._texts, "ET"))
        self.pen.canvas.addLiteral("\n".join(parts))
