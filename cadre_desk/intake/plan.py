"""The plan of an import: what each row would do, told before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from cadre_desk.domain.errors import FieldError, Severity
from cadre_desk.domain.fields import AnyField
from cadre_desk.intake.candidates import Candidate, Finding, Question
from cadre_desk.intake.decisions import NO_CHOICES, Choices
from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.intake.matching import Known
from cadre_desk.intake.rows import Kind
from cadre_desk.intake.tables import SheetReading, Verdict
from cadre_desk.registers.register import Register

#: Told now and then while a plan is kept: how many rows are done, of how many; may raise to stop it.
Progress = Callable[[int, int], None]


class Policy(StrEnum):
    """What happens to somebody who is in the ledger already; blank cells never wipe anything."""

    FILL = "fill"
    OVERWRITE = "overwrite"
    ADD_ONLY = "add-only"

    @property
    def words(self) -> str:
        """As the clerk chooses it."""
        return {"fill": "只补空白", "overwrite": "覆盖", "add-only": "只新增"}[self.value]


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    FILL = "fill"
    CHANGE = "change"
    SAME = "same"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a row would change; a conflict is told and, by the policy, not written.

    ``key`` names the field in ``Plan.fields``, which shows and masks the values.
    """

    key: str
    old: Any
    new: Any
    conflict: bool = False


@dataclass(slots=True)
class PlannedRow:
    """What one row of the roster would do.

    ``values`` are what would be written; ``contacts`` and ``accounts`` come besides; ``others`` are those
    whom the clerk must choose from. ``known`` is whom the row means; its ``id`` is None for somebody new.
    """

    candidate: Candidate
    outcome: Outcome
    known: Known | None = None
    differences: tuple[FieldChange, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    contacts: tuple[dict[str, Any], ...] = ()
    accounts: tuple[dict[str, Any], ...] = ()
    others: tuple[Known, ...] = ()

    @property
    def row(self) -> int:
        """The row, from 0."""
        return self.candidate.row

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What would be new, filled, changed, in conflict, field by field."""
        if self.outcome is Outcome.NEW:
            return tuple(
                FieldChange(key, None, value) for key, value in self.values.items() if value is not None
            )
        return self.differences

    def asks(self, fields: Mapping[str, AnyField]) -> dict[str, Any]:
        """Whom the clerk must choose from, as JSON: a person of the ledger by ``id``, else by the ``row``."""
        told = ("birth_archive", "last_unit", "phone")
        return {
            "row": self.row + 1,
            "others": [
                {
                    "id": one.id,
                    "row": None if one.id is not None else one.row + 1,
                    "name": one.name,
                    **{key: fields[key].mask(one.values.get(key)) for key in told if key in fields},
                }
                for one in self.others
            ],
        }

    @property
    def findings(self) -> list[Finding]:
        """What is worth a look, and what holds the row."""
        return self.candidate.findings


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """What one sheet would do."""

    reading: SheetReading
    columns: tuple[MappedColumn, ...] = ()
    rows: tuple[PlannedRow, ...] = ()
    skipped: tuple[tuple[int, Kind], ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.reading.grid.name

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows would do what."""
        return Counter(row.outcome for row in self.rows)

    def to_json(self, fields: Mapping[str, AnyField]) -> dict[str, Any]:
        """As design.md section 5 tells it; rows count from 1.

        Sound sensitive values are masked; a faulty one is told whole, because it must be mended.
        """
        tables = self.reading.tables
        head = tables[0].head.rows if tables else ()
        counts = self.counts
        findings = [*self.findings, *(finding for row in self.rows for finding in row.findings)]
        return {
            "sheet": self.name,
            "verdict": str(self.reading.verdict),
            "header_rows": [row + 1 for row in head],
            "first_data_row": self._first_data_row(),
            "rows": sum(1 for cells in self.reading.grid.rows if any(cell != "" for cell in cells)),
            "persons": len(self.rows),
            "samples": sum(row.candidate.kind is Kind.SAMPLE for row in self.rows),
            **{str(outcome): counts.get(outcome, 0) for outcome in Outcome},
            "skipped": [{"row": row + 1, "why": str(why)} for row, why in self.skipped],
            "questions": [one.plain() for one in self.questions],
            "asks": [row.asks(fields) for row in self.rows if row.others],
            "hidden": {
                "rows": len(self.reading.grid.hidden_rows),
                "columns": len(self.reading.grid.hidden_columns),
            },
            "mapping": [
                {
                    "column": one.letter,
                    "header": one.header,
                    "field": one.field,
                    "by": None if one.by is None else str(one.by),
                }
                for one in self.columns
            ],
            "problems": [
                {**one.plain(), "value": _told(one, fields)}
                for one in sorted(findings, key=lambda one: (one.row, one.column))
            ],
        }

    def _first_data_row(self) -> int | None:
        tables = self.reading.tables
        return tables[0].head.bottom + 2 if tables else None


@dataclass(frozen=True)
class Plan:
    """What a workbook would do to a register.

    ``sentence`` says why a broken file can't be read. ``unknown`` are the names of units, branches and
    places, by field, that the ledger lacks (``Choices.create`` makes them, ``Choices.links`` says whom they
    mean); ``offered`` are the records that such a field may lead to; ``remember`` is the mapping to keep.
    """

    register: Register
    file: str
    verdict: Verdict
    policy: Policy
    today: date
    fields: Mapping[str, AnyField]
    sheets: tuple[PlannedSheet, ...] = ()
    sentence: str = ""
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offered: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    choices: Choices = NO_CHOICES
    remember: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[PlannedRow, ...]:
        """The rows of all sheets."""
        return tuple(row for sheet in self.sheets for row in sheet.rows)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows would do what."""
        return Counter(row.outcome for row in self.rows)

    @property
    def held_rows(self) -> tuple[tuple[PlannedSheet, PlannedRow], ...]:
        """The rows that must be mended before they can go in, each with its sheet."""
        return tuple(
            (sheet, row) for sheet in self.sheets for row in sheet.rows if row.outcome is Outcome.HELD
        )

    @property
    def waiting(self) -> tuple[tuple[PlannedSheet, PlannedRow], ...]:
        """The held rows that are still to be mended: without those that the clerk left out."""
        return tuple((sheet, row) for sheet, row in self.held_rows if not row.candidate.decision.out)

    @property
    def has_problem_rows(self) -> bool:
        """Whether any row comes back to be mended: one that is held, or one that names nobody."""
        nameless = (one for sheet in self.sheets for one in sheet.findings if one.severity is Severity.HOLD)
        return bool(self.waiting) or any(nameless)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What must be said once for a whole column."""
        return tuple(question for sheet in self.sheets for question in sheet.questions)

    @property
    def has_findings(self) -> bool:
        """Whether there is anything to look at: held rows or problems."""
        return any(sheet.findings or any(row.findings for row in sheet.rows) for sheet in self.sheets)

    def to_json(self) -> dict[str, Any]:
        """The document that ``cadre-desk import --json`` writes."""
        return {
            "verdict": str(self.verdict),
            "file": self.file,
            "sheets": [sheet.to_json(self.fields) for sheet in self.sheets],
        }

    def keep(self, session: Session, progress: Progress | None = None, *, problem_file: str = "") -> Kept:
        """Write the good rows inside the caller's unit; held rows stay out, in ``problem_file`` if named.

        Raises:
            UserError: the ledger changed since the plan was made, so that a row can't go in any more.
        """
        from cadre_desk.intake.keeping import keep_plan

        return keep_plan(self, session, progress, problem_file)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written: records taken on and records changed, by key."""

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    contacts: int = 0
    accounts: int = 0
    made: tuple[str, ...] = ()


def _told(finding: Finding, fields: Mapping[str, AnyField]) -> str:
    """The value of a finding as it may be written down."""
    field = fields.get(finding.field)
    if field is None or field.sensitive is None:
        return finding.value
    try:
        return field.mask(field.parse(finding.value))
    except FieldError:
        return finding.value
