"""Making the plan: every row of every roster held against the ledger, in a fixed number of queries."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from cadre_desk.db.base import fields_of
from cadre_desk.db.models import BankAccount, Contact
from cadre_desk.db.settings import read_key
from cadre_desk.domain.errors import Severity, UserError
from cadre_desk.domain.fields import AnyField, Dated, IdNumber, Link, Text
from cadre_desk.intake.besides import Besides
from cadre_desk.intake.candidates import Candidate, Finding, Question
from cadre_desk.intake.cells import cell_text
from cadre_desk.intake.cleaning import Cleaner
from cadre_desk.intake.comparing import Comparer, Setting
from cadre_desk.intake.decisions import NO_CHOICES, UNDECIDED, Choices
from cadre_desk.intake.grid import BrokenWorkbook, Grid, Workbook
from cadre_desk.intake.identities import ByIdentity, Records
from cadre_desk.intake.links import Links
from cadre_desk.intake.mapping import MappedColumn, Mapper, layout_key
from cadre_desk.intake.matching import Known, Match, People
from cadre_desk.intake.members import Members
from cadre_desk.intake.plan import Outcome, Plan, PlannedSheet, Policy
from cadre_desk.intake.rows import PERSONS, Kind
from cadre_desk.intake.table_reader import TableReader, Ways, skipped_lines
from cadre_desk.intake.tables import SheetReading, Table, Verdict, best, read_sheet
from cadre_desk.intake.words import PERSON_BIRTH, PERSON_ID, PERSON_UNIT, Vocabulary
from cadre_desk.intake.workbook import read_workbook
from cadre_desk.registers.register import Register

__all__ = ["IMPORTED", "NO_CHOICES", "Choices", "check_imported", "plan_file", "plan_import"]

#: Parts of a contact and of a bank account that a roster of people tells besides.
_BESIDE: Final = {"contact": Contact, "account": BankAccount}
#: The registers that rosters are read into; the others are the desk's own.
IMPORTED: Final = frozenset({"people", "contacts", "accounts", "units", "places", "branches", "memberships"})


def plan_file(
    session: Session,
    register: Register,
    path: Path,
    *,
    today: date,
    sheet: str | None = None,
    policy: Policy = Policy.FILL,
    choices: Choices = NO_CHOICES,
) -> Plan:
    """The plan of a file; one that can't be read has the verdict broken and says why.

    Raises:
        UserError: there is no such file or no such sheet.
    """
    try:
        workbook = read_workbook(path)
    except BrokenWorkbook as error:
        return Plan(register, path.name, Verdict.BROKEN, policy, today, {}, sentence=str(error))
    return plan_import(session, register, workbook, today=today, sheet=sheet, policy=policy, choices=choices)


def plan_import(
    session: Session,
    register: Register,
    workbook: Workbook,
    *,
    today: date,
    sheet: str | None = None,
    policy: Policy = Policy.FILL,
    choices: Choices = NO_CHOICES,
) -> Plan:
    """What a workbook would do to a register under a policy, row by row; nothing is written.

    Raises:
        UserError: the workbook has no such sheet, or the register takes no imports.
    """
    planner = _Planner(session, register, policy, today, choices, epoch_1904=workbook.epoch_1904)
    with _uncollected():
        sheets = planner.sheets(_chosen(workbook, sheet))
    return Plan(
        register,
        workbook.file,
        best([one.reading.verdict for one in sheets]),
        policy,
        today,
        planner.fields,
        sheets,
        unknown=planner.unknown,
        offered=planner.offered,
        choices=choices,
        remember=planner.remember,
    )


def check_imported(register: Register) -> None:
    """Whether a register takes rosters.

    Raises:
        UserError: it is the desk's own.
    """
    if register.key not in IMPORTED:
        raise UserError(
            f"「{register.title}」不能导入；能导入的是老干部、联系人、账户、单位、乡镇街道、支部和组织关系。"
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: a plan makes millions of objects that all stay, none in circles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _chosen(workbook: Workbook, sheet: str | None) -> tuple[Grid, ...]:
    if sheet is None:
        return workbook.sheets
    chosen = tuple(grid for grid in workbook.sheets if grid.name == sheet)
    if not chosen:
        names = "、".join(grid.name for grid in workbook.sheets)
        raise UserError(f"「{workbook.file}」里没有工作表「{sheet}」；有的是：{names}。")
    return chosen


@dataclass(slots=True)
class _Draft:
    """A sheet half planned: its tables read, its people not yet held against the ledger."""

    reading: SheetReading
    columns: list[MappedColumn] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


class _Planner:
    """Reads all sheets, then asks the ledger, then plans the rows in order."""

    def __init__(
        self,
        session: Session,
        register: Register,
        policy: Policy,
        today: date,
        choices: Choices,
        *,
        epoch_1904: bool,
    ) -> None:
        check_imported(register)
        self._session, self._register, self._policy = session, register, policy
        self._today, self._choices, self._epoch_1904 = today, choices, epoch_1904
        self._vocabulary = Vocabulary(register)
        self._links = Links(session, choices.create, choices.links)
        self.fields: dict[str, AnyField] = dict(register.fields)
        if register.key == "people":
            for name, model in _BESIDE.items():
                self.fields |= {f"{name}.{key}": one for key, one in fields_of(model).items()}
        self.fields[PERSON_UNIT] = Text("原工作单位")
        self.fields[PERSON_ID] = IdNumber("身份证号")
        self.fields[PERSON_BIRTH] = Dated("出生年月", birth_like=True)
        self._members = Members(session, self._links, today) if register.key == "memberships" else None
        self.remember: dict[str, dict[str, str | None]] = {}
        self._rows: dict[tuple[str, int], Known] = {}

    def sheets(self, grids: Sequence[Grid]) -> tuple[PlannedSheet, ...]:
        """Every sheet planned."""
        drafts = [self._draft(grid) for grid in grids]
        wanted = [one.values for draft in drafts for one in draft.candidates]
        keys = tuple(self._register.form)
        records: Records
        if self._register.key == "people":
            records = People.of(self._session, wanted, keys)
        else:
            records = ByIdentity(self._session, self._register)
        besides = Besides(self._session, records.ids, wanted=self._register.key == "people")
        comparer = Comparer(
            Setting(self._register, self.fields, self._policy, self._today), self._links, besides
        )
        return tuple(self._planned(draft, records, comparer) for draft in drafts)

    @property
    def unknown(self) -> dict[str, tuple[str, ...]]:
        """Names that link fields hold and the ledger lacks."""
        return {key: tuple(names) for key, names in self._links.unknown.items()}

    @property
    def offered(self) -> dict[str, Mapping[int, str]]:
        """The units, branches and places that an unknown name may mean, or was said to mean."""
        asked = {*self._links.unknown, *(key for key, _ in self._choices.links)}
        return {
            key: self._links.named(found.to)
            for key, found in self.fields.items()
            if key in asked and isinstance(found, Link) and found.to != "people"
        }

    def _draft(self, grid: Grid) -> _Draft:
        """The tables of a sheet, mapped and read."""
        draft = _Draft(read_sheet(grid, self._vocabulary))
        for table in draft.reading.tables:
            self._read(draft, table)
        if grid.unfinished and draft.reading.tables:
            draft.findings.append(
                _about_sheet(
                    f"有 {grid.unfinished} 个公式没有结果，读出来是空的；请用 Excel 打开保存一次再导入。"
                )
            )
        hidden = (len(grid.hidden_rows), len(grid.hidden_columns))
        if any(hidden) and draft.reading.tables and not self._choices.hidden:
            draft.findings.append(_about_sheet(f"表里有 {hidden[0]} 行、{hidden[1]} 列是隐藏的，没有取用。"))
        return draft

    def _read(self, draft: _Draft, table: Table) -> None:
        grid = draft.reading.grid
        key = layout_key(table)
        overrides = {**self._choices.mapping.get("", {}), **self._choices.mapping.get(grid.name, {})}
        mapper = Mapper(
            self._register,
            self._vocabulary,
            draft.reading,
            table,
            remembered=read_key(self._session, key),
            overrides=overrides,
            hidden=self._choices.hidden,
        )
        columns = [mapper.columns(block) for block in table.blocks]
        if overrides:
            self.remember[key] = mapper.to_remember(columns)
        self._expect_own(draft.reading, table, columns)
        reader = TableReader(
            draft.reading,
            table,
            columns,
            Cleaner(self.fields, self._vocabulary.elsewhere, self._links, self._today),
            self._ways(grid.name),
        )
        candidates = reader.candidates()
        if self._members is not None:
            draft.findings += self._members.of_title(draft.reading, table, candidates)
        draft.candidates += candidates
        draft.questions += reader.questions
        draft.columns += [one for block in columns for one in block]
        draft.findings += self._nameless(draft, table)

    def _ways(self, sheet: str) -> Ways:
        """How the tables of a sheet are read."""
        months = {
            letter: month for (name, letter), month in self._choices.months.items() if name in {"", sheet}
        }
        said = {
            place: self._choices.decision((name, place))
            for name, place in (*self._choices.rows, *self._choices.decisions)
            if name == sheet
        }
        return Ways(
            self.fields,
            self._today,
            months,
            hidden=self._choices.hidden,
            epoch_1904=self._epoch_1904,
            decisions={place - 1: one for place, one in said.items()},
        )

    def _expect_own(
        self, reading: SheetReading, table: Table, columns: Sequence[Sequence[MappedColumn]]
    ) -> None:
        """A unit may name as its superior one that the same roster brings: by name or by code."""
        named = [
            one.column for block in columns for one in block if one.field in {self._register.name, "code"}
        ]
        for line in table.lines:
            for column in named if line.kind in PERSONS else ():
                self._links.expect(self._register.key, cell_text(reading.grid.value(line.row, column)))

    def _nameless(self, draft: _Draft, table: Table) -> list[Finding]:
        """Rows that hold an ID number and no name: somebody may be meant."""
        used = {row for one in draft.candidates for row in one.rows}
        return [
            Finding(
                row,
                "",
                "",
                self._register.name,
                "",
                "这一行没有姓名，没有写入；如果是一个人，请补上姓名。",
                Severity.HOLD,
            )
            for row, kind in skipped_lines(table, used)
            if kind is Kind.NO_NAME
        ]

    def _planned(self, draft: _Draft, records: Records, comparer: Comparer) -> PlannedSheet:
        rows = []
        for one in draft.candidates:
            match = self._match(draft.reading.grid.name, one, records)
            if self._members is not None:
                self._members.look_at(one, match)
            planned = comparer.plan(one, match)
            if planned.known is not None:
                self._rows[draft.reading.grid.name, one.row + 1] = planned.known
            if planned.outcome is Outcome.NEW and planned.known is not None:
                records.add(planned.known)
                if self._members is not None:
                    self._members.learn(planned.known)
            elif planned.known is not None and planned.outcome is not Outcome.HELD:
                records.learn(planned.known)
            rows.append(planned)
        used = {row for one in draft.candidates for row in one.rows}
        skipped = [line for table in draft.reading.tables for line in skipped_lines(table, used)]
        return PlannedSheet(
            draft.reading,
            tuple(draft.columns),
            tuple(rows),
            tuple(skipped),
            tuple(draft.findings),
            tuple(draft.questions),
        )

    def _match(self, sheet: str, one: Candidate, records: Records) -> Match:
        """Whom a row means, the clerk's word before all."""
        said = one.decision
        if said is UNDECIDED or not said.names_somebody:
            return records.match(one.values, one.born)
        if said.new:
            return Match()
        if said.same_as is not None:
            known = self._rows.get(said.same_as)
            place = f"「{said.same_as[0]}」第 {said.same_as[1]} 行"
            return (
                Match(known) if known is not None else Match(ask=f"{place}不是前面已经读到的人，请重新选。")
            )
        known = records.chosen(self._session, said.person or 0, tuple(self._register.form))
        return Match(known) if known is not None else Match(ask="选定的人已经不在台账里，请重新选。")


def _about_sheet(problem: str) -> Finding:
    return Finding(0, "", "", "", "", problem, Severity.WARN)
