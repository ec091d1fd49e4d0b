"""Rows of a roster that are family of the person above: told by a column of relations or behind the name.

Whoever keeps a list of families writes the cadre first (本人) and wife and children below, each with a name.
They are nobody's cadres: they become contacts of the person above, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from cadre_desk.domain import codes
from cadre_desk.domain.errors import Severity
from cadre_desk.intake.candidates import Candidate
from cadre_desk.intake.cells import cell_text, plain_text
from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.intake.rows import PERSONS, Kind
from cadre_desk.intake.tables import Line, SheetReading, Table

RELATION: Final = "contact.relation"
#: What tells that a column of relations belongs to a contact with columns of its own.
_OF_CONTACT: Final = frozenset({"contact.name", "contact.phone"})
_SELF: Final = "本人"
_BRACKETED: Final = re.compile(r"[（(]\s*(\S{2,4})\s*[）)]")
#: What only cadres have: husband and wife may both be.
_CADRES: Final = frozenset({"retire_type", "retire_date", "last_post", "treatment_level", "pre_level"})
#: Fields of the row that a contact keeps, and those that nothing is lost of.
_KEPT: Final = {"phone": "phone", "landline": "phone", "last_unit": "workplace"}
_NOT_TOLD: Final = frozenset({"name", "sex", "note", *_KEPT})


class Families:
    """Who of a table is family, block by block."""

    def __init__(
        self, reading: SheetReading, table: Table, columns: Sequence[Sequence[MappedColumn]]
    ) -> None:
        self._reading = reading
        self._names = [next((one for one in block if "name" in one.fields), None) for block in columns]
        self._relations = [self._relation(table, place, block) for place, block in enumerate(columns)]

    def _relation(self, table: Table, place: int, block: Sequence[MappedColumn]) -> MappedColumn | None:
        """The column of relations, if the first row of the block is a cadre and no relative."""
        fields = {field for one in block for field in one.fields}
        found = next((one for one in block if one.fields == (RELATION,)), None)
        if found is None or fields & _OF_CONTACT or "name" not in fields:
            return None
        first = next((line.row for line in table.lines if line.block == place and line.kind in PERSONS), None)
        return None if first is None or _is_relative(self._text(first, found)) else found

    def take(self, one: Candidate, more: Candidate, line: Line, said: Collection[int]) -> bool:
        """Make the person of a further row a contact of the one above; answers whether that is what it is.

        Rows that the clerk ``said`` something of are people, and so is whoever has retired.
        """
        if line.kind is not Kind.PERSON or line.row in said or _CADRES & more.values.keys():
            return False
        relation = self._relation_of(line.row, line.block)
        if relation:
            _add_relative(one, more, relation)
        return bool(relation)

    def _relation_of(self, row: int, block: int) -> str:
        """What the row's person is to the one above, "" for somebody of their own."""
        column, name = self._relations[block], self._names[block]
        if column is not None and _is_relative(text := self._text(row, column)):
            return text
        found = None if name is None else _BRACKETED.search(self._text(row, name))
        return found[1] if found is not None and _is_relative(found[1]) else ""

    def _text(self, row: int, column: MappedColumn) -> str:
        return plain_text(cell_text(self._reading.value(row, column.column)))


def _is_relative(text: str) -> bool:
    """Whether a word says whose relative somebody is."""
    item = codes.table("relation").find(text) if text and not text.isascii() else None
    return item is not None and item.group != _SELF


def _add_relative(one: Candidate, more: Candidate, relation: str) -> None:
    """The person of a further row becomes a contact; what a contact doesn't keep is said."""
    item = codes.table("relation").find(relation)
    contact: dict[str, Any] = {"kin": f"{relation}{more.row}", "name": more.name}
    if item is not None:
        contact["relation"] = item.code
    for key, part in _KEPT.items():
        if more.values.get(key):
            contact.setdefault(part, more.values[key])
    one.contacts.append(contact)
    one.rows.append(more.row)
    lost = "、".join(
        column.header
        for key, column in more.place.columns.items()
        if key in more.values and key not in _NOT_TOLD and "." not in key
    )
    said = f"「{more.name}」是「{one.name}」的{relation}，记作联系人，没有当作老干部。"
    one.find(f"{said}{lost}没有写入。" if lost else said, Severity.WARN, "name", row=more.row)
