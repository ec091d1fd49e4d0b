"""A form that knows its record: what it begins with, what the register's rules say, what is to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cadre_desk.actions import drafts, records
from cadre_desk.actions.drafts import Draft, Entry
from cadre_desk.actions.history import entered
from cadre_desk.actions.papers import note_sight
from cadre_desk.actions.related import label_of
from cadre_desk.domain.errors import Problem, RuleError, Severity, UserError
from cadre_desk.domain.fields import AnyField
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.ui import person_form
from cadre_desk.ui.card_layout import layout_of
from cadre_desk.ui.form import Changed, Form
from cadre_desk.ui.form_side import Effect
from cadre_desk.ui.kit.buttons import Act
from cadre_desk.ui.office import Office

_DEAD: Final = "2"
_NEW_RETIREMENT: Final = "11"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a form stands after a keystroke: changes, what they affect, how many problems of each weight.

    ``dated`` are the labels of changed fields for which correction and change differ.
    """

    changes: Sequence[Changed]
    effects: Sequence[Effect]
    holds: int
    warnings: int
    dated: Sequence[str]


class RecordForm(Form):
    """The form of one register, for a record there is or (``new``) for one to be made."""

    def __init__(self, office: Office, register: Register, *, new: bool, most_columns: int = 3) -> None:
        """A new person's form asks first how she comes onto the books."""
        super().__init__(office, register, most_columns)
        self._office, self.register, self.is_new = office, register, new
        self.record = 0
        self.tried = False
        self._stored: dict[str, Any] = {}
        self._filled: dict[str, Any] = {}
        layout = layout_of(register)
        fields: dict[str, AnyField] = {
            key: field for key, field in register.fields.items() if key not in layout.locked
        }
        sections = list(layout.sections)
        if new and register is PEOPLE:
            fields |= person_form.ENTRY_FIELDS
            fields.pop("death_date")
            sections.insert(0, person_form.ENTRY)
        self.lay_out(sections, fields)

    # --- beginning ----------------------------------------------------------------------------------------

    def begin(self, record: int = 0, presets: Mapping[str, Any] | None = None) -> None:
        """Begin with a record, or with a new one that holds ``presets`` already.

        Raises:
            UserError: the record is gone.
        """
        self.record, self.tried = record, False
        self._stored = self._read_stored() if record else {}
        begun: dict[str, Any] = dict(self._stored)
        if not record and self.register is PEOPLE:
            begun = {"person_kind": "1", person_form.ENTRY_KIND: _NEW_RETIREMENT}
        if self.register is PEOPLE:
            # What the number says locks it again, with the words of this record.
            self.editors["birth_id"].unlock()
        self._filled = person_form.derived_by(begun, self._office.today())
        self.load({**begun, **(presets or {})})
        self._lock()
        self._note_sight()

    def follow(self) -> None:
        """The record was changed elsewhere (an undo): what was typed stays, the rest follows."""
        if not self.record:
            return
        try:
            self._stored = self._read_stored()
        except UserError:
            return
        self.rebase(self._stored)
        self._lock()

    def _read_stored(self) -> dict[str, Any]:
        with self._office.desk.read() as session:
            return records.load(session, self.register, self.record)

    def _lock(self) -> None:
        """A day of death may be mended here, but only the act records it."""
        if "death_date" not in self.editors:
            return
        if self._stored.get("status") == _DEAD:
            self.editors["death_date"].unlock()
        else:
            self.editors["death_date"].lock("用「登记去世」办理，各项会一并结清")

    def _note_sight(self) -> None:
        """A form shows sensitive values whole, because they are typed here; that is written down."""
        fields = self.register.fields
        seen = [field.label for key, field in fields.items() if field.sensitive and self._stored.get(key)]
        if seen:
            note_sight(self._office.desk, f"修改 {self.name()}：{'、'.join(seen)}")

    def name(self) -> str:
        """What the record is called as the ledger has it."""
        with self._office.desk.read() as session:
            return label_of(session, self.register, self.record, self._office.today())

    def was_entered_today(self) -> bool:
        """Whether the record was written today: what changes in it is rather a correction."""
        with self._office.desk.read() as session:
            first = entered(session, self.register, self.record)
        return first is not None and first.at.date() == self._office.today()

    # --- live ---------------------------------------------------------------------------------------------

    def consider(self) -> Standing:
        """After a keystroke: fill in what follows, say what is wrong at its field, tell where it stands."""
        today = self._office.today()
        if self.register is PEOPLE:
            person_form.fill_from_id(self, self._filled, today)
        changes = self.changes(half_typed=False)
        self.mark_edited(change.key for change in changes if self.record)
        problems = self.problems()
        acts: Mapping[str, Sequence[Act]] = person_form.ACTS if self.register is PEOPLE else {}
        self.show_problems(problems, acts, all_=self.tried)
        altered = self.altered()
        old = {key: editor.loaded for key, editor in self.editors.items()}
        people = self.register is PEOPLE and bool(self.record)
        keys = drafts.dated_keys(self.register, altered) if self.record else ()
        return Standing(
            changes,
            person_form.effects(old, altered, today) if people else (),
            len(self.faulty()),
            sum(problem.severity is Severity.WARN for problem in problems),
            [self.editors[key].field.label for key in keys],
        )

    def problems(self) -> list[Problem]:
        """What the register's rules say of what is typed; what is missing only once she tried to save."""
        values = {**self._stored, **self.values()}
        if self.register is PEOPLE:
            values.setdefault("status", "1")
        owner = self.editors.get("person_id")
        if owner is not None:
            values["person_name"] = owner.words(values.get("person_id"))
        found = self.register.problems(values, self._office.today())
        if self.register is PEOPLE:
            found += person_form.birth_problem(values, self._office.today())
        if self.tried:
            return found
        required = {key for key, field in self.register.fields.items() if field.required}
        return [one for one in found if not (one.field in required and values.get(one.field) in {None, ""})]

    def first_fault(self) -> str:
        """The first field that stops the saving, "" for none."""
        stopping = {*self.faults(), *self.faulty()}
        return next((key for key in self.editors if key in stopping), "")

    # --- what is to be written ----------------------------------------------------------------------------

    def draft(self) -> Draft:
        """What is to be written, as a correction of dated fields."""
        values = self.values()
        entry = None
        if person_form.ENTRY_KIND in values:
            kind, day, origin = (values.pop(key) for key in person_form.ENTRY_FIELDS)
            entry = Entry(kind, day, origin)
        if not self.record:
            return Draft(self.register, 0, {}, values, entry=entry)
        loaded = {key: editor.loaded for key, editor in self.editors.items()}
        return Draft(self.register, self.record, loaded, self.altered())

    def write(self, draft: Draft) -> tuple[str, records.Kept]:
        """Keep a draft as one act; answers the act's title.

        Raises:
            UserError: rules hold against it (RuleError), or the ledger can't be written.
        """
        today = self._office.today()
        with self._office.desk.read() as session:
            title = drafts.title_of(session, draft, today=today)
        with self._office.desk.unit(title) as session:
            kept = drafts.save(session, draft, today=today)
        return title, kept

    def show_refusal(self, error: RuleError) -> RuleError | None:
        """Say what was refused at its fields; what has no field here comes back."""
        here = [one for one in error.problems if one.field in self.editors]
        self.show_problems(here, {}, all_=True)
        if here:
            self.go_to(here[0].field)
        elsewhere = [one for one in error.problems if one.field not in self.editors]
        return RuleError(elsewhere) if elsewhere else None
