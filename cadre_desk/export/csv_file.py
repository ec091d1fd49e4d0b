"""Papers as CSV: the bare values with one head, for other programs.

The file is UTF-8 with a byte order mark, so that Excel reads it as what it is. Excel runs text that begins
like a formula, cuts digits from long numbers, takes zeros from before short ones and makes dates of 1-2:
such texts get a tab before them, inside the quotes. A tab is no part of any value: whoever strips blanks
from what he reads, as every `Field.parse` does, gets the value back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from cadre_desk.db.durable import write_durably
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.money import YUAN
from cadre_desk.export.faces import clean
from cadre_desk.export.layout import NOBODY
from cadre_desk.export.sheet import Sheet, SheetColumn

_GUARD: Final = "\t"
_FORMULA: Final = re.compile(r"\s*[=+\-@|%＝＋－＠−]")
#: What Excel would take for a number or a date and change: 0012, 512223194005210038, 1953.10, 1E5, 1-2,
# 2026/1.
_MISREAD: Final = re.compile(r"0\d+|\d{12,}|\d+\.\d*|\d+[eE]\d+|\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?")


def write_csv(sheet: Sheet, path: Path) -> None:
    """Write the rows of a sheet, one line for each, amounts in 元 with two decimals, days as 2026-01-26.

    Raises:
        UserError: there is nobody to write.
        OSError: the file can't be written.
    """
    if not sheet.rows:
        raise UserError(NOBODY)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    columns = [(at, column) for at, column in enumerate(sheet.columns) if not column.blank]
    writer.writerow([_head(column) for _, column in columns])
    for number, row in enumerate(sheet.rows, 1):
        writer.writerow(_cells(columns, row, number))
    write_durably(path, buffer.getvalue().encode("utf-8-sig"))


def _head(column: SheetColumn) -> str:
    """The head on one line: 原单位及职务（待遇）, 本期增加 小计."""
    return " ".join(re.sub(r"\s", "", label) for label in (*column.heads, column.label))


def _cells(columns: list[tuple[int, SheetColumn]], row: tuple[Any, ...], number: int) -> Iterator[str]:
    for at, column in columns:
        value = row[at]
        if value is None and column.serial:
            value = number
        yield _written(column, value)


def _written(column: SheetColumn, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return _yuan(value) if column.total or column.kind == "money" else str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(clean(column.show(value)))


def _yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // YUAN}.{abs(fen) % YUAN:02d}"


def guarded(text: str) -> str:
    """A text behind a tab where Excel would run it or change it."""
    return _GUARD + text if _FORMULA.match(text) or _MISREAD.fullmatch(text) else text
