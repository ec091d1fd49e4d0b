"""The rows that could not go in, as a workbook: each failing cell says why; mended, it is imported again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cadre_desk.db.durable import write_durably
from cadre_desk.domain.errors import Severity
from cadre_desk.intake.candidates import Finding
from cadre_desk.intake.cells import EXACT, cell_text
from cadre_desk.intake.grid import Value
from cadre_desk.intake.heads import HeadColumn
from cadre_desk.intake.plan import Plan, PlannedSheet
from cadre_desk.intake.tables import SheetReading
from cadre_desk.intake.words import Vocabulary

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: The last columns of the workbook; no register knows such headings, so they are not read back.
WHERE, WHY = "原表行号", "待处理的原因"
_AUTHOR: Final = "老干部台账"
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_NAME: Final = 31
_HEAD_FILL, _HOLD_FILL, _WARN_FILL = "EDEAE4", "F8DEDC", "FBF0D5"
_WIDTH: Final = 16


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One row that stays out: its cells under the headings, and what is wrong with which of them."""

    row: int
    values: tuple[Value, ...]
    letters: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class ProblemTable:
    """The rows of one layout that stay out."""

    sheet: str
    headings: tuple[str, ...]
    rows: list[ProblemRow] = field(default_factory=list)


def problem_tables(plan: Plan) -> list[ProblemTable]:
    """The rows that stay out, by sheet and layout; held persons first, rows without a name after them."""
    vocabulary = Vocabulary(plan.register)
    found: dict[tuple[str, tuple[str, ...]], ProblemTable] = {}
    for sheet in plan.sheets:
        for reading, heads, row, findings in _rows_out(sheet):
            headings = tuple(_heading(one, vocabulary) for one in heads)
            table = found.setdefault((sheet.name, headings), ProblemTable(sheet.name, headings))
            table.rows.append(
                ProblemRow(
                    row,
                    tuple(reading.value(row, one.column) for one in heads),
                    tuple(one.letter for one in heads),
                    tuple(findings),
                )
            )
    return list(found.values())


def _rows_out(
    sheet: PlannedSheet,
) -> Iterator[tuple[SheetReading, Sequence[HeadColumn], int, Sequence[Finding]]]:
    for row in sheet.rows:
        if row.candidate.is_held and not row.candidate.decision.out:
            place = row.candidate.place
            yield place.reading, place.heads, row.row, row.findings
    for finding in sheet.findings:
        if finding.severity is Severity.HOLD:
            for table in sheet.reading.tables:
                if table.lines and table.lines[0].row <= finding.row <= table.lines[-1].row:
                    yield sheet.reading, table.blocks[0].columns, finding.row, [finding]


def _heading(column: HeadColumn, vocabulary: Vocabulary) -> str:
    """One heading that means what the levels of the original meant together: 配偶 over 姓名 is 配偶姓名."""
    if len(column.path) < 2 or vocabulary.meaning(column.path) == vocabulary.word(column.leaf):  # noqa: PLR2004 - two levels
        return column.leaf
    return "".join(column.path[-2:])


def write_problems(plan: Plan, path: Path) -> None:
    """Write the workbook of what stays out.

    Raises:
        OSError: the file can't be written (it is open in Excel).
    """
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    for table in problem_tables(plan):
        name = _FORBIDDEN.sub("", table.sheet)[:_LONGEST_NAME] or "待处理"
        _fill(book.create_sheet(name), table)
    if first is not None and len(book.worksheets) > 1:
        book.remove(first)
    content = io.BytesIO()
    book.save(content)
    write_durably(path, content.getvalue())


def _fill(sheet: Worksheet, table: ProblemTable) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, heading in enumerate((*table.headings, WHERE, WHY), start=1):
        cell = sheet.cell(1, place, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    for number, row in enumerate(table.rows, start=2):
        for place, value in enumerate(row.values, start=1):
            _put(sheet, number, place, value)
        sheet.cell(number, len(row.values) + 1, row.row + 1)
        _put(sheet, number, len(row.values) + 2, "；".join(one.problem for one in row.findings))
        _comment(sheet, number, row)
    sheet.freeze_panes = "A2"


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """A cell as it was: numbers stay numbers (1953.1 must be asked about again), all else is text."""
    cell = sheet.cell(row, column)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < EXACT:
        cell.value = value
        return
    cell.number_format = "@"
    cell.value = _CONTROL.sub("", cell_text(value)) or None
    if cell.value is not None:
        cell.data_type = "s"


def _comment(sheet: Worksheet, number: int, row: ProblemRow) -> None:
    """Each failing cell says what is wrong; what is wrong with the whole row stands at its first cell."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    said: dict[int, list[Finding]] = {}
    for one in row.findings:
        place = row.letters.index(one.column) if one.column in row.letters else 0
        said.setdefault(place, []).append(one)
    for place, findings in said.items():
        cell = sheet.cell(number, place + 1)
        cell.comment = Comment("\n".join(one.problem for one in findings), _AUTHOR, width=280, height=110)
        held = any(one.severity is Severity.HOLD for one in findings)
        cell.fill = PatternFill("solid", fgColor=_HOLD_FILL if held else _WARN_FILL)
