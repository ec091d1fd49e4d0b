"""What calamine reads: values and merges of xlsx, xls and xlsb sheets, by content, not by the name."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_desk.intake.grid import BrokenWorkbook, Merge, Value
from cadre_desk.intake.package import ENCRYPTED, NOT_WHOLE

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One worksheet; leading empty rows and columns are there, so that row numbers are Excel's."""

    name: str
    rows: Sequence[Sequence[Value]]
    merges: tuple[Merge, ...]
    visible: bool


def read_sheets(content: bytes) -> Iterator[ReadSheet]:
    """Every worksheet of a file that was found to be within bounds.

    Raises:
        BrokenWorkbook: calamine can't make sense of it.
    """
    from python_calamine import CalamineError, PasswordError

    try:
        yield from _read(content)
    except PasswordError as error:
        raise BrokenWorkbook(ENCRYPTED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise BrokenWorkbook(NOT_WHOLE) from error
    except BaseException as error:
        # calamine is Rust: a fault in it on a damaged file arrives as this, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise BrokenWorkbook(NOT_WHOLE) from error
        raise


def _read(content: bytes) -> Iterator[ReadSheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for place, about in enumerate(book.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(place)
            rows = _rows(sheet)
            visible = about.visible is SheetVisibleEnum.Visible
            yield ReadSheet(about.name, rows, _merges(sheet, rows), visible)


def _merges(sheet: CalamineSheet, rows: Sequence[Sequence[Value]]) -> tuple[Merge, ...]:
    """The merged ranges as far as they lie among the values; a file may claim any number beyond."""
    height, width = len(rows), max(map(len, rows), default=0)
    found = (
        Merge(top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < height and left < width
    )
    whole = Merge(0, 0, height - 1, width - 1)
    return tuple(one for one in found if one != whole or height == 1)


def _rows(sheet: CalamineSheet) -> list[list[Value]]:
    """All rows from the sheet's first on, columns from A on, equal texts held once."""
    if sheet.start is None:
        return []
    before: list[Value] = [""] * sheet.start[1]
    known: dict[str, str] = {}
    return [
        [*before, *(known.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in cells)]
        for cells in sheet.iter_rows()
    ]
