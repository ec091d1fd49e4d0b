"""A PDF's pages as pictures: for the preview on screen, and for the printer."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

#: Points of an inch, in which a PDF measures.
POINTS = 72.0


class PdfPages:
    """The pages of one PDF file; it must stay where it is while it is shown."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._document = pypdfium2.PdfDocument(path)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def size(self, page: int) -> QSizeF:
        """Width and height of a page, in points."""
        width, height = self._document.get_page_size(page)
        return QSizeF(width, height)

    def picture(self, page: int, scale: float) -> QImage:
        """A page at ``scale`` pixels a point."""
        bitmap = self._document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        picture = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        )
        return picture.copy()

    def close(self) -> None:
        """Give the file back."""
        self._document.close()
