"""What every editor is: a declared field bound to an input of the kit.

An editor reads as its field reads and keeps what it was loaded with: a value that nobody touched is never
read again, so that an old record with a value today's rules refuse can still be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Signal

from cadre_desk.domain.dates import AmbiguousDate, PartialDate
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.fields import AnyField
from cadre_desk.registers.register import Register
from cadre_desk.ui.kit.buttons import Act
from cadre_desk.ui.kit.inputs import Input, LineInput
from cadre_desk.ui.office import Office


@dataclass(frozen=True, slots=True)
class Where:
    """Where an editor stands: the field ``key`` of a register in the open office."""

    office: Office
    register: Register
    key: str
    field: AnyField


class Editor(QObject):
    """One field in a form: a text unless a subclass knows better.

    Signals: ``changed()`` at every keystroke, ``walked(step)`` on Enter (1) and Shift+Enter (-1),
    ``asked(act)`` from an act of a problem that the editor itself does not know, ``helped()`` on F4 where
    there is no table, ``made()`` once the input is there.
    """

    changed = Signal()
    walked = Signal(int)
    asked = Signal(str)
    helped = Signal()
    made = Signal()

    HAS_TABLE: ClassVar[bool] = False

    def __init__(self, where: Where) -> None:
        """No input yet: it is made when the field first comes into sight."""
        super().__init__()
        self.where, self.key, self.field = where, where.key, where.field
        self._loaded: Any = None
        self._shown = ""
        self._input: Input | None = None
        self._lock_reason: str | None = None

    @property
    def input(self) -> Input:
        """The input, made when it is first needed."""
        if self._input is None:
            self._input = self._dress(self._make())
            self._show_loaded()
            self.made.emit()
        return self._input

    @property
    def is_made(self) -> bool:
        """Whether the field was ever in sight."""
        return self._input is not None

    def _dress(self, made: Input) -> Input:
        """Bind the input."""
        made.setObjectName(f"field-{self.key}")
        made.set_required(self.field.required)
        made.changed.connect(self.changed)
        made.left.connect(self._leave)
        made.acted.connect(self._act)
        made.next_asked.connect(lambda: self.walked.emit(1))
        made.previous_asked.connect(lambda: self.walked.emit(-1))
        if not self.HAS_TABLE:
            made.table_asked.connect(self.helped)
        return made

    def _show_loaded(self) -> None:
        """Show what the record holds, without a word of it."""
        self.blockSignals(True)
        self.set_value(self._loaded)
        self._shown = self.typed()
        self.blockSignals(False)
        if self._lock_reason is not None:
            self.lock(self._lock_reason)

    def _make(self) -> Input:
        """The input."""
        return LineInput(self.field.label, rule=self.field.rule, prompt=self._prompt())

    def _prompt(self) -> str:
        return f"如 {self.field.example}" if self.field.example else ""

    @property
    def loaded(self) -> Any:
        """The value it began with."""
        return self._loaded

    def load(self, value: Any) -> None:
        """Begin with a value: from now on it is what the record holds."""
        self._loaded = value
        if self.is_made:
            self._show_loaded()
            self.input.set_edited(False)
            self.input.show_problem("")

    def rebase(self, value: Any) -> None:
        """The record holds another value now; what was typed meanwhile stays."""
        if self.is_touched():
            self._loaded = value
        elif value != self._loaded:
            self.load(value)

    def set_value(self, value: Any) -> None:
        """Show a value as if it had been typed."""
        self.input.set_value(self.field.edit(value))

    def lock(self, reason: str) -> None:
        """Only an act writes this field: read only, with the reason under it."""
        self._lock_reason = reason
        if self.is_made:
            self.input.set_locked(True, reason)

    def unlock(self) -> None:
        """It may be typed in again."""
        if self._lock_reason is not None and self.is_made:
            self.input.set_locked(False)
            self.input.set_rule(self.field.rule)
        self._lock_reason = None

    @property
    def is_locked(self) -> bool:
        """Whether it is read only."""
        return self._lock_reason is not None

    def typed(self) -> str:
        """What stands in the input."""
        return self.input.text()

    def typed_or_loaded(self) -> str:
        """What stands in the input, or would stand there."""
        return self.typed() if self.is_made else self.field.edit(self._loaded)

    def is_touched(self) -> bool:
        """Whether something else stands in it than it was loaded with."""
        return self.is_made and self.typed() != self._shown

    def value(self) -> Any:
        """The value; blank is None.

        Raises:
            FieldError: what was typed is no such value.
        """
        return self._read() if self.is_touched() else self._loaded

    def _read(self) -> Any:
        return self.field.parse(self.typed())

    def words(self, value: Any) -> str:
        """A value as the list of changes says it: sensitive ones masked."""
        return self.field.mask(value) if self.field.sensitive else self.field.echo(value)

    def fault(self) -> FieldError | None:
        """Why what was typed is no value."""
        try:
            self.value()
        except FieldError as error:
            return error
        return None

    def show_fault(self) -> bool:
        """Say at the field why what was typed is no value; whether there was anything to say."""
        error = self.fault()
        if error is not None:
            readings = error.readings if isinstance(error, AmbiguousDate) else ()
            acts = [Act(f"read:{one.iso}", one.words()) for one in readings]
            self.input.show_problem(str(error), "hold", acts)
        return error is not None

    def _leave(self) -> None:
        """Say what is wrong only when the keyboard leaves; then it counts as a change as well."""
        if self.show_fault():
            self.changed.emit()

    def _act(self, key: str) -> None:
        """Take one of the readings of an unclear date, or hand the act on."""
        if key.startswith("read:"):
            self.input.set_value(PartialDate.from_iso(key.removeprefix("read:")).show())
            self.input.show_problem("")
            self.input.editor.setFocus()
        else:
            self.asked.emit(key)
