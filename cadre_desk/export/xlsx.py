"""Papers as Excel workbooks: the twin of the printed page, for WPS, Excel and LibreOffice.

Widths, row heights and page breaks are those of the PDF. Values are what they are: ID, account and
telephone are text, amounts are numbers, whole days are dates, a year and month is text; nothing that a cell
holds is ever run as a formula. The same paper gives the same bytes.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from cadre_desk.db.durable import write_durably
from cadre_desk.export.layout import lay_out
from cadre_desk.export.measures import Type
from cadre_desk.export.office_fonts import OfficeFonts, office_fonts
from cadre_desk.export.sheet import Sheet
from cadre_desk.export.xlsx_leaf import PaperWorksheet
from cadre_desk.export.xlsx_sheet import SheetWriter

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_LIMIT: Final = 31
_USUAL_SIZE: Final = 11
#: When a workbook without a moment of printing was made: the same bytes for the same paper.
_NO_MOMENT: Final = datetime(2000, 1, 1)
_ZIP_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def write_xlsx(sheets: Sheet | Sequence[Sheet], path: Path, *, fonts: OfficeFonts | None = None) -> None:
    """Write one sheet, or several as the leaves of one workbook.

    ``fonts`` are the faces it names; those of this PC unless given.

    Raises:
        UserError: nobody to write, or sums that don't agree; nothing is written then.
        OSError: the file can't be written (it is open in Excel).
    """
    bound = [sheets] if isinstance(sheets, Sheet) else list(sheets)
    layouts = [lay_out(sheet) for sheet in bound]
    named = fonts or office_fonts()
    book = Workbook(write_only=True)
    _set_usual_font(book, named)
    for layout in layouts:
        leaf = PaperWorksheet(book, sheet_name(layout.sheet.title, book.sheetnames))
        _add(book, leaf)
        SheetWriter(book, leaf, layout, named).write()
    _describe(book, bound[0])
    write_durably(path, _saved(book))


def _set_usual_font(book: Workbook, fonts: OfficeFonts) -> None:
    """The workbook's own font, by whose figures Excel counts the widths of columns."""
    unveiled: Any = book
    unveiled._fonts = IndexedList([Font(name=fonts.name(Type.SONG), size=_USUAL_SIZE)])  # noqa: SLF001 - its first


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """A name for a leaf: at most 31 characters, none of those Excel refuses, not yet taken."""
    name = _FORBIDDEN.sub("", title).strip("'")[:_NAME_LIMIT] or "Sheet"
    number = 2
    unique = name
    while unique in taken:
        ending = f"({number})"
        unique = name[: _NAME_LIMIT - len(ending)] + ending
        number += 1
    return unique


def _add(book: Workbook, leaf: PaperWorksheet) -> None:
    unveiled: Any = book
    unveiled._add_sheet(leaf)  # noqa: SLF001 - create_sheet would make a leaf of its own kind


def _describe(book: Workbook, sheet: Sheet) -> None:
    """Title, batch and office; no author: the operator stands in the foot."""
    properties = book.properties
    properties.title = sheet.title.replace("\n", "")
    properties.subject = sheet.foot.batch or None
    properties.category = sheet.subline.left.partition("：")[2] or None
    properties.creator = "Cadre Desk"
    properties.created = properties.modified = sheet.foot.printed_at or _NO_MOMENT


class _SteadyZip(ZipFile):
    """An archive whose members carry no moment of writing."""

    def writestr(
        self,
        zinfo_or_arcname: Any,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member from memory."""
        super().writestr(self._info(zinfo_or_arcname), data)

    def write(
        self,
        filename: Any,
        arcname: Any = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member from a file."""
        with Path(filename).open("rb") as source, self.open(self._info(arcname), "w") as target:
            shutil.copyfileobj(source, target)

    @staticmethod
    def _info(name: str) -> ZipInfo:
        info = ZipInfo(name, _ZIP_MOMENT)
        info.compress_type = ZIP_DEFLATED
        return info


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    with _SteadyZip(buffer, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    return buffer.getvalue()
