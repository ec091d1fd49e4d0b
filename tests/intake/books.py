"""Workbooks as clerks have them, made by the tests; all people are invented."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from cadre_desk.db.desk import Desk
from cadre_desk.domain.id_numbers import _check
from cadre_desk.intake.grid import Grid
from cadre_desk.intake.plan import Plan, PlannedRow, Policy
from cadre_desk.intake.planner import NO_CHOICES, Choices, plan_import
from cadre_desk.intake.tables import SheetReading, read_sheet
from cadre_desk.intake.words import Vocabulary
from cadre_desk.intake.workbook import read_content
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from tests.ledgers import TODAY

Rows = Sequence[Sequence[Any]]


def xlsx(
    rows: Rows,
    *,
    name: str = "名册",
    merges: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    more: Mapping[str, Rows] | None = None,
) -> bytes:
    """The bytes of a workbook whose first sheet holds ``rows``; ``more`` are further sheets."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    for row, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells, start=1):
            if value is not None:
                sheet.cell(row, column, value)
    for merge in merges:
        sheet.merge_cells(merge)
    for row in hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for letter in hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    for title, cells in (more or {}).items():
        other: Any = book.create_sheet(title)
        for line in cells:
            other.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def id_number(born: date, sequence: int) -> str:
    """A sound resident ID number of somebody who does not exist."""
    body = f"500101{born:%Y%m%d}{sequence:03d}"
    return body + _check(body)


def reading(rows: Rows, merges: Sequence[str] = ()) -> SheetReading:
    """What is found on a sheet of an xlsx file with these rows."""
    return read_sheet(grid(xlsx(rows, merges=merges)), Vocabulary(PEOPLE))


def grid(content: bytes, file: str = "名册.xlsx") -> Grid:
    """The first sheet of a file."""
    return read_content(file, content).sheets[0]


def planned(
    desk: Desk,
    content: bytes,
    *,
    file: str = "名册.xlsx",
    register: Register = PEOPLE,
    policy: Policy = Policy.FILL,
    choices: Choices = NO_CHOICES,
) -> Plan:
    """The plan of a file against a ledger."""
    with desk.read() as session:
        return plan_import(
            session, register, read_content(file, content), today=TODAY, policy=policy, choices=choices
        )


def imported(desk: Desk, content: bytes, **settings: Any) -> Plan:
    """The plan of a file, kept."""
    plan = planned(desk, content, **settings)
    with desk.unit("导入") as session:
        plan.keep(session)
    return plan


def said(row: PlannedRow) -> list[str]:
    """What is to be looked at in a row."""
    return [finding.problem for finding in row.findings]


def outcomes(plan: Plan) -> list[str]:
    """What each row would do, in order."""
    return [str(row.outcome) for row in plan.rows]
