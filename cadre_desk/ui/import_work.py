"""What an import does beside the window: reading a file into a plan, and writing the plan as one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from cadre_desk.actions import safekeeping
from cadre_desk.db.container import Reason
from cadre_desk.db.desk import Desk
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.fields import AnyField
from cadre_desk.export.template import write_template
from cadre_desk.intake.cells import cell_text
from cadre_desk.intake.decisions import Decision
from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.intake.plan import Kept, Outcome, Plan, PlannedRow, PlannedSheet, Policy
from cadre_desk.intake.planner import Choices, plan_file
from cadre_desk.intake.problems import write_problems
from cadre_desk.registers.catalogue import register
from cadre_desk.ui.export_dialog import FOLDER
from cadre_desk.ui.import_parts import waits, writes
from cadre_desk.ui.jobs import Progress

#: Kinds of fields whose values are told otherwise than they are written without having been mended.
_UNCOMPARED: Final = frozenset({"link", "money", "count", "long_text"})


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be planned: a file, for a register, and all that the clerk has said so far."""

    path: Path
    register: str
    policy: Policy
    choices: Choices
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How many cells of a column were read otherwise than written, and one of them ("" if masked)."""

    count: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A plan, and by sheet and column what was cleaned on the way to it."""

    request: Request
    plan: Plan
    cleaned: Mapping[tuple[str, str], Cleaned]


@dataclass(frozen=True, slots=True)
class Wrote:
    """A plan that was kept: its act, and the workbook of the rows that stayed out if there are any."""

    plan: Plan
    kept: Kept
    act: int
    title: str
    problems: Path | None = None
    not_exported: str = ""


def look(desk: Desk, request: Request, today: date, progress: Progress) -> Looked:
    """Plan a file; nothing is written.

    Raises:
        UserError: there is no such file, or a choice doesn't fit it.
    """
    progress.step(0, 0, f"正在读「{request.path.name}」")
    with desk.read() as session:
        plan = plan_file(
            session,
            register(request.register),
            request.path,
            today=today,
            sheet=request.sheet,
            policy=request.policy,
            choices=request.choices,
        )
    found = {
        (sheet.name, column.letter): cleaned
        for sheet in plan.sheets
        for column in sheet.columns
        if (cleaned := _cleaned(plan.fields, sheet, column)) is not None
    }
    progress.step(1, 1)
    return Looked(request, plan, found)


def _cleaned(fields: Mapping[str, AnyField], sheet: PlannedSheet, column: MappedColumn) -> Cleaned | None:
    """What was cleaned in a column that fills one plain field."""
    key = column.field or ""
    field = fields.get(key)
    if field is None or field.kind in _UNCOMPARED or "." in key:
        return None
    count, first = 0, ("", "")
    for row in sheet.rows:
        value, cell = row.candidate.values.get(key), row.candidate.cell(key)
        if value is None or cell is None or cell[0].column != column.column:
            continue
        before, after = cell_text(cell[1]), field.show(value)
        if before != after:
            count += 1
            first = first if first[0] else (before, after)
    if not count:
        return None
    return Cleaned(count) if field.sensitive else Cleaned(count, *first)


def problems_path(ledger: Ledger, plan: Plan) -> Path:
    """Where the workbook of the rows that stay out goes: the folder of exports beside the ledger."""
    return ledger.path.parent / FOLDER / f"{Path(plan.file).stem}_问题行.xlsx"


def export_problems(ledger: Ledger, plan: Plan) -> Path:
    """Write the rows that stay out.

    Raises:
        OSError: the workbook can't be written (it is open in Excel).
    """
    path = problems_path(ledger, plan)
    path.parent.mkdir(exist_ok=True)
    write_problems(plan, path)
    return path


def export_template(ledger: Ledger, key: str) -> Path:
    """Write the blank workbook of a register.

    Raises:
        OSError: it can't be written (it is open in Excel).
    """
    of = register(key)
    path = ledger.path.parent / FOLDER / f"{of.title}_空白样表.xlsx"
    path.parent.mkdir(exist_ok=True)
    with ledger.desk.read() as session:
        write_template(session, of, path)
    return path


def write(ledger: Ledger, plan: Plan, progress: Progress) -> Wrote:
    """A backup, then everything that may go in as one act; what stays out goes to a workbook.

    Raises:
        UserError: the ledger changed since the plan was made; nothing was written.
    """
    progress.step(0, 0, "正在备份")
    safekeeping.make_backup(ledger, Reason.IMPORT)
    held = bool(waits(plan))
    title = f"导入：{plan.file} {writes(plan)} {plan.register.measure}"
    name = problems_path(ledger, plan).name if held else ""
    with ledger.desk.unit(title) as session:
        kept = plan.keep(
            session, lambda done, total: progress.step(done, total, "正在写入"), problem_file=name
        )
    act = ledger.desk.last_act() or 0
    if not held:
        return Wrote(plan, kept, act, title)
    try:
        return Wrote(plan, kept, act, title, export_problems(ledger, plan))
    except OSError as error:
        return Wrote(
            plan, kept, act, title, not_exported=f"问题行没能导出（{error.strerror or error}），可再导出一次"
        )


def settled(choices: Choices, plan: Plan, kept: Kept) -> Choices:
    """The choices after a plan was kept: who was said to be new is in the ledger now, and is meant by key."""
    made = zip((row for row in _rows(plan) if row[1].outcome is Outcome.NEW), kept.new, strict=False)
    known = {
        (sheet, row.row + 1): replace(row.candidate.decision, new=False, same_as=None, person=key)
        for (sheet, row), key in made
        if row.candidate.decision.new
    }
    rows = {place: person for place, person in choices.rows.items() if place not in known}
    decisions: dict[tuple[str, int], Decision] = {**choices.decisions, **known}
    return replace(choices, rows=rows, decisions=decisions)


def _rows(plan: Plan) -> Iterator[tuple[str, PlannedRow]]:
    return ((sheet.name, row) for sheet in plan.sheets for row in sheet.rows)
