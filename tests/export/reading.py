"""Reading papers back with programs that did not write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader

from cadre_desk.export.measures import MM


@dataclass(frozen=True)
class Char:
    """A character on a page, its box in mm from the upper left corner."""

    char: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def texts(path: Path) -> list[str]:
    """The text of each page as pdfium reads it."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


def texts_by_pypdf(path: Path) -> list[str]:
    """The text of each page as pypdf reads it."""
    return [page.extract_text() for page in PdfReader(path).pages]


def chars(path: Path, number: int = 0) -> list[Char]:
    """The characters of a page with their boxes."""
    document = pypdfium2.PdfDocument(path)
    try:
        return list(_chars(document[number]))
    finally:
        document.close()


def _chars(page: Any) -> Iterator[Char]:
    height = page.get_height()
    textpage = page.get_textpage()
    for at in range(textpage.count_chars()):
        # pdfium keeps a character beyond the basic plane as two halves in the same box.
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(textpage, at))
        left, bottom, right, top = textpage.get_charbox(at)
        if char.strip() and right > left:
            yield Char(char, left / MM, right / MM, (height - top) / MM, (height - bottom) / MM)


def squeezed(text: str) -> str:
    """A text without blanks and line breaks."""
    return "".join(text.split())


def within(found: list[Char], left: float, right: float, top: float, bottom: float) -> str:
    """What stands in a rectangle, line by line."""
    inside = [one for one in found if left < one.middle[0] < right and top < one.middle[1] < bottom]
    halves = "".join(one.char for one in inside).encode("utf-16", "surrogatepass")
    return halves.decode("utf-16")


def fonts(path: Path) -> dict[str, bool]:
    """The fonts of a file, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(path).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            described: Any = font.get_object()
            descriptor = described.get("/FontDescriptor")
            found[str(described["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor
    return found


def pictures(path: Path) -> list[tuple[float, float]]:
    """Width and height, in mm, of the pictures on the first page."""
    document = pypdfium2.PdfDocument(path)
    try:
        kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        bounds = [one.get_bounds() for one in document[0].get_objects(filter=[kind])]
        return [((right - left) / MM, (top - bottom) / MM) for left, bottom, right, top in bounds]
    finally:
        document.close()
