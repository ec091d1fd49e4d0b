"""Writing the good rows of a plan inside the caller's unit, through the acts a clerk herself would use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import people, records
from cadre_desk.actions.records import How
from cadre_desk.db import search, settings
from cadre_desk.db.models import Act
from cadre_desk.db.models.trust import ImportLog
from cadre_desk.intake.admitting import BATCH, Booking, add_accounts, add_contacts, admit_many
from cadre_desk.intake.links import link_key
from cadre_desk.intake.matching import Known
from cadre_desk.intake.members import keep_member
from cadre_desk.intake.plan import FieldChange, Kept, Outcome, Plan, PlannedRow, Progress
from cadre_desk.intake.understood import NewRecord
from cadre_desk.registers.catalogue import REGISTERS

#: How often the progress is told.
_STEP: Final = 50


def keep_plan(plan: Plan, session: Session, progress: Progress | None, problem_file: str = "") -> Kept:
    """Write the rows that would do something, in their order; held rows stay out. The import is noted.

    Raises:
        UserError: the ledger changed since the plan was made; nothing of the unit may then stand.
    """
    kept = _Keeper(plan, session).keep(progress)
    if kept.new or kept.changed:
        _note(plan, session, problem_file)
    return kept


def _note(plan: Plan, session: Session, problem_file: str) -> None:
    """Write the import into its register, beside the journal: an undo takes the rows back, not the note."""
    act = session.get_one(Act, session.execute(sa.text("SELECT act_id FROM open_unit")).scalar_one())
    counts = plan.counts
    noted = ImportLog(
        at=act.at,
        user_name=act.user_name,
        file=plan.file[:255],
        register_title=plan.register.title,
        policy=plan.policy.words,
        new=counts.get(Outcome.NEW, 0),
        filled=counts.get(Outcome.FILL, 0),
        changed=counts.get(Outcome.CHANGE, 0),
        same=counts.get(Outcome.SAME, 0),
        held=len(plan.waiting),
        act_id=act.id,
        problem_file=problem_file[:255] or None,
    )
    session.add(noted)
    session.flush()
    search.refresh(session, [(ImportLog.__tablename__, noted.id)])


@dataclass
class _Keeper:
    """Writes one plan."""

    plan: Plan
    session: Session
    ids: dict[int, int] = field(default_factory=dict)
    made: dict[tuple[str, str], int] = field(default_factory=dict)
    names_made: list[str] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)
    contacts_written: int = 0
    accounts_written: int = 0
    waiting: list[PlannedRow] = field(default_factory=list)
    upwards: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    @cached_property
    def booking(self) -> Booking:
        """The 入账日 of days, known for the whole unit."""
        return Booking(self.session, self.plan.today)

    def keep(self, progress: Progress | None) -> Kept:
        """Write all rows; new people in batches, a batch ending where a row changes somebody."""
        rows = [row for row in self.plan.rows if row.outcome in {Outcome.NEW, Outcome.FILL, Outcome.CHANGE}]
        for done, row in enumerate(rows):
            if progress is not None and done % _STEP == 0:
                progress(done, len(rows))
            if row.outcome is Outcome.NEW and self.plan.register.key == "people":
                self.waiting.append(row)
                if len(self.waiting) == BATCH:
                    self._admit_waiting()
            else:
                self._admit_waiting()
                self._row(row)
        self._admit_waiting()
        self._write_besides()
        for record, values in self.upwards:
            found = {key: self._linked(value) for key, value in values.items()}
            records.keep(self.session, self.plan.register, found, record, today=self.plan.today)
        if self.plan.remember:
            settings.write(self.session, self.plan.remember)
        if progress is not None:
            progress(len(rows), len(rows))
        return Kept(
            tuple(self.new),
            tuple(self.changed),
            self.contacts_written,
            self.accounts_written,
            tuple(self.names_made),
        )

    def _admit_waiting(self) -> None:
        """New people onto the books on the day they retired; those who died leave them again."""
        rows, self.waiting = self.waiting, []
        if not rows:
            return
        people_values = [{key: self._linked(value) for key, value in row.values.items()} for row in rows]
        died = [values.pop("death_date", None) for values in people_values]
        keys = admit_many(self.session, people_values, self.plan.today, self.booking)
        for row, record, day in zip(rows, keys, died, strict=True):
            self.new.append(record)
            self.ids[id(row.known)] = record
            self._besides(record, row)
            if day is not None:
                people.record_death(self.session, record, day, today=self.plan.today, note="导入时已去世")
        self._write_besides()

    def _write_besides(self) -> None:
        """The contacts and accounts noted so far."""
        add_contacts(self.session, self.contacts)
        add_accounts(self.session, self.accounts)
        self.contacts_written += len(self.contacts)
        self.accounts_written += len(self.accounts)
        self.contacts, self.accounts = [], []

    def _row(self, row: PlannedRow) -> None:
        """A row of another register, or changes; links among the rows themselves come after."""
        own = {
            key: value
            for key, value in row.values.items()
            if isinstance(value, NewRecord) and value.register == self.plan.register.key
        }
        values = {key: self._linked(value) for key, value in row.values.items() if key not in own}
        if row.outcome is Outcome.NEW:
            record = self._new(values)
            self.new.append(record)
        else:
            record = self._id_of(row.known)
            if values:
                self._change(record, values, row.changes)
            self.changed.append(record)
        if row.known is not None:
            self.ids[id(row.known)] = record
        self._remember_made(record, values)
        if own:
            self.upwards.append((record, own))
        self._besides(record, row)

    def _new(self, values: Mapping[str, Any]) -> int:
        """A record of another register; who joins a branch is of it from then on."""
        if self.plan.register.key == "memberships":
            return keep_member(self.session, values, today=self.plan.today)
        return records.keep(self.session, self.plan.register, values, today=self.plan.today).id

    def _id_of(self, known: Known | None) -> int:
        """The key of whom a row means, who may have come with an earlier row."""
        if known is None:
            raise LookupError("a row that changes somebody knows whom")
        return self.ids[id(known)] if known.id is None else known.id

    def _remember_made(self, record: int, values: Mapping[str, Any]) -> None:
        """Later rows may name this record as their superior."""
        for key in (self.plan.register.name, "code"):
            if values.get(key):
                self.made.setdefault((self.plan.register.key, link_key(str(values[key]))), record)

    def _change(self, record: int, values: dict[str, Any], changes: tuple[FieldChange, ...]) -> None:
        """What was empty is filled as if it had always been known; what changes is a change from today on."""
        if self.plan.register.key != "people":
            records.keep(self.session, self.plan.register, values, record, today=self.plan.today)
            return
        before = {change.key for change in changes if change.old not in (None, "", ())}
        filled = {key: value for key, value in values.items() if key not in before}
        changed = {key: value for key, value in values.items() if key in before}
        if filled:
            people.keep_person(self.session, filled, record, today=self.plan.today, how=How.CORRECTION)
        if changed:
            people.keep_person(self.session, changed, record, today=self.plan.today, how=How.CHANGE)

    def _linked(self, value: Any) -> Any:
        """The key of a record that the roster names and the ledger didn't know: made once, by its name."""
        if not isinstance(value, NewRecord):
            return value
        place = (value.register, link_key(value.name))
        if place not in self.made:
            register = REGISTERS[value.register]
            needed = {"kind": "1"} if value.register == "branches" else {}
            kept = records.keep(
                self.session, register, {register.name: value.name, **needed}, today=self.plan.today
            )
            self.made[place] = kept.id
            self.names_made.append(value.name)
        return self.made[place]

    def _besides(self, record: int, row: PlannedRow) -> None:
        """Note the contacts and accounts that a row tells; they are written with the next batch."""
        self.contacts += [{"person_id": record, **contact} for contact in row.contacts]
        self.accounts += [{"person_id": record, **account} for account in row.accounts]
