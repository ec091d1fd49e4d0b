"""Somebody whom a row names, what was understood of the row, and what is to be looked at in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from cadre_desk.domain.errors import Severity
from cadre_desk.domain.id_numbers import IdReading
from cadre_desk.intake.cells import cell_text
from cadre_desk.intake.decisions import UNDECIDED, Decision
from cadre_desk.intake.grid import Value
from cadre_desk.intake.heads import HeadColumn
from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.intake.rows import Kind
from cadre_desk.intake.tables import SheetReading

_DIED: Final = re.compile(r"去世|逝世|已故|亡故|病故|死亡")


def mentions_death(text: str) -> bool:
    """Whether a note says that the person has died."""
    return _DIED.search(text) is not None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, at one cell of one row (from 0); ``column`` "" is the row as a whole."""

    row: int
    column: str
    header: str
    field: str
    value: str
    problem: str
    severity: Severity

    def plain(self) -> dict[str, Any]:
        """As JSON tells it, rows counting from 1."""
        return {
            "row": self.row + 1,
            "column": self.column,
            "header": self.header,
            "field": self.field or None,
            "value": self.value,
            "problem": self.problem,
            "severity": str(self.severity),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where candidates come from: a block of a sheet, its headings, and which column tells which field."""

    reading: SheetReading
    heads: tuple[HeadColumn, ...]
    columns: Mapping[str, MappedColumn]


@dataclass(slots=True)
class Candidate:
    """Somebody whom a row names.

    ``values`` are by field; ``contacts`` by whose they are; ``account`` are the parts of a bank account.
    ``rows`` are all rows that told of the person, the first first. ``asides`` go to the note. ``decision`` is
    what the clerk said of the row.
    """

    place: Place
    rows: list[int]
    kind: Kind
    values: dict[str, Any] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    account: dict[str, Any] = field(default_factory=dict)
    asides: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    identity: IdReading | None = None
    hidden: bool = False
    decision: Decision = UNDECIDED

    @property
    def row(self) -> int:
        """The row that names the person, from 0."""
        return self.rows[0]

    @property
    def name(self) -> str:
        """The name, "" in a table without names."""
        return str(self.values.get("name") or "")

    @property
    def born(self) -> date | None:
        """When the person was born by the ID number."""
        return None if self.identity is None else self.identity.birth

    @property
    def is_held(self) -> bool:
        """Whether something must be mended before the row can go in."""
        return any(one.severity is Severity.HOLD for one in self.findings)

    def cell(self, key: str) -> tuple[MappedColumn, Value] | None:
        """The column and the cell that told a field; nothing where no cell did."""
        column = self.place.columns.get(key)
        if column is None:
            return None
        for row in self.rows:
            value = self.place.reading.value(row, column.column)
            if value != "":
                return column, value
        return None

    def find(self, problem: str, severity: Severity, key: str = "", *, row: int | None = None) -> None:
        """Note something to look at, at the cell of a field; ``row`` is a further row of the person."""
        column = self.place.columns.get(key)
        at = self.row if row is None else row
        if column is None:
            self.findings.append(Finding(at, "", "", key, "", problem, severity))
            return
        text = cell_text(self.place.reading.value(at, column.column))
        self.findings.append(Finding(at, column.letter, column.header, key, text, problem, severity))


@dataclass(frozen=True, slots=True)
class Question:
    """What the clerk must say once for a whole column: whether .1 is January or October."""

    sheet: str
    column: str
    header: str
    field: str
    text: str
    months: tuple[int, ...]
    rows: tuple[int, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON tells it, rows counting from 1."""
        return {
            "column": self.column,
            "header": self.header,
            "field": self.field,
            "text": self.text,
            "months": list(self.months),
            "rows": [row + 1 for row in self.rows],
        }
