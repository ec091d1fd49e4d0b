"""Editors that offer a table: codes and yes or no by initials, several codes, records of another register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from cadre_desk.actions.related import label_of
from cadre_desk.domain import codes
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.fields import AnyField, Code, Codes, Link
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Facet, Register
from cadre_desk.ui.choice_inputs import CodesInput, LinkInput, TableArrow
from cadre_desk.ui.editor_base import Editor, Where
from cadre_desk.ui.kit.inputs import CodeInput, Input

Line = tuple[str, str, str]

#: Lines offered at once where a whole register could be; more letters narrow them.
_MOST_LINKS: Final = 50
#: What stands behind the name of a linked record, so that two of a name are told apart.
_TOLD_APART: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("birth_archive", "last_unit"),
    "branches": ("parent_name",),
    "visits": ("day", "reason"),
    "needs": ("person_id",),
}
_YES, _NO = "1", "0"
_YES_NO: Final[tuple[Line, ...]] = ((_YES, "是", "s"), (_NO, "否", "f"))


class TableEditor(Editor):
    """One line of a table, found by initials; what is in no line is said on leaving."""

    HAS_TABLE: ClassVar[bool] = True

    def _make(self) -> Input:
        self._quiet = False
        line = self._code_input()
        self.code_input = line
        # The input itself tells only when its code changes; a name written out is a value as well.
        line.line.textEdited.connect(lambda _text: self.changed.emit())
        TableArrow(line.line, line.open_table)
        return line

    def _code_input(self) -> CodeInput:
        return CodeInput(self.field.label, self._lines, rule=self.field.rule)

    def _lines(self, typed: str) -> Sequence[Line]:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a line by its code; finding its name counts nothing."""
        self._quiet = True
        self.input.set_value(self._code(value))
        self._quiet = False

    def _code(self, value: Any) -> str | None:
        """The code of a value, as the input knows it."""
        return None if value is None else str(value)

    def _value(self, code: str) -> Any:
        """The value of a code."""
        return code

    def _read(self) -> Any:
        code, typed = self.code_input.value, self.code_input.unresolved()
        if code:
            return self._value(code)
        return self._unknown(typed) if typed else None

    def _unknown(self, typed: str) -> Any:
        """What was typed and taken from no line; a code table may know it all the same."""
        return self.field.parse(typed)


class YesNoEditor(TableEditor):
    """是, 否 or not known; s, f, 1 and 0 are enough."""

    def _lines(self, typed: str) -> Sequence[Line]:
        if not typed:
            return _YES_NO
        try:
            wanted = self.field.parse(typed)
        except FieldError:
            return [line for line in _YES_NO if typed in line]
        return [line for line in _YES_NO if (line[0] == _YES) is wanted]

    def _code(self, value: Any) -> str | None:
        return None if value is None else _YES if value else _NO

    def _value(self, code: str) -> Any:
        return code == _YES


class CodeEditor(TableEditor):
    """One item of a code table, the most used first."""

    _used: Mapping[str, int] | None = None

    def _lines(self, typed: str) -> Sequence[Line]:
        used = {} if self._quiet else self.used()
        return code_lines(table_of(self.field), typed, used, self._loaded)

    def used(self) -> Mapping[str, int]:
        """How often each code is used in the register, counted when the list is first asked for."""
        if self._used is None:
            self._used = _counts(self.where)
        return self._used


def table_of(field: AnyField) -> str:
    """The key of a field's code table; TypeError for a field without one."""
    if isinstance(field, Code | Codes):
        return field.table
    raise TypeError(field.kind)


def code_lines(table: str, typed: str, used: Mapping[str, int], kept: Any = None) -> list[Line]:
    """The lines of a code table for what was typed; a retired code that the record keeps is still offered."""
    known = codes.table(table)
    items = list(known.matching(typed, used))
    old = known.item(kept) if isinstance(kept, str) else None
    if old is not None and old.retired and not typed:
        items.append(old)
    return [(item.code, item.label, item.initials) for item in items]


def _counts(where: Where) -> Mapping[str, int]:
    """How many records of the register have each code; none where the register has no such column."""
    if where.key not in where.register.by_key:
        return {}
    with where.office.desk.read() as session:
        lines = where.office.listing(where.register).facet(session, Facet(where.key, ""))
    return {str(line.values[0]): line.count for line in lines}


class CodesEditor(Editor):
    """Several items of a code table."""

    HAS_TABLE: ClassVar[bool] = True
    _used: Mapping[str, int] | None = None

    def _make(self) -> Input:
        line = CodesInput(self.field.label, self._lines, rule=self.field.rule)
        TableArrow(line.line, line.open_table)
        return line

    def _lines(self, typed: str) -> Sequence[Line]:
        if self._used is None:
            self._used = _counts(self.where)
        table = table_of(self.field)
        short = codes.table(table).short
        return [(code, short(code), initials) for code, _, initials in code_lines(table, typed, self._used)]


class LinkEditor(TableEditor):
    """A record of another register, found as the register's own search finds it."""

    def _code_input(self) -> CodeInput:
        return LinkInput(self.field.label, self._lines, self.words, rule=self.field.rule)

    @property
    def target(self) -> Register:
        """The register the link leads to."""
        if not isinstance(self.field, Link):
            raise TypeError(self.field.kind)
        return REGISTERS[self.field.to]

    def _lines(self, typed: str) -> Sequence[Line]:
        register = self.target
        behind = _TOLD_APART.get(register.key, ())
        listing = Listing(register, self.where.office.today()).find(typed).showing(register.name, *behind)
        with self.where.office.desk.read() as session:
            rows = listing.rows(session, _MOST_LINKS)
        columns = listing.shown
        found = []
        for row in rows:
            name, *more = (
                column.field.show(value) for column, value in zip(columns, row.values, strict=True)
            )
            found.append((str(row.id), name, " ".join(part for part in more if part)))
        return found

    def words(self, value: Any) -> str:
        """What the record is called."""
        if value is None:
            return ""
        with self.where.office.desk.read() as session:
            return label_of(session, self.target, value, self.where.office.today())

    def _value(self, code: str) -> Any:
        return int(code)

    def _unknown(self, typed: str) -> Any:
        same = [line for line in self._lines(typed) if line[1] == typed]
        if len(same) > 1:
            raise FieldError(f"有 {len(same)} 个「{typed}」，请按 F4 从名单里选定是哪一个。")
        if len(same) == 1:
            return int(same[0][0])
        raise FieldError(f"{self.target.title}里没有「{typed}」，请从名单里选，或者先去登记。")
