"""Which column is which field: as the clerk said, as remembered for this layout, by heading, by content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from cadre_desk.domain import codes
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.fields import AnyField, Code, Codes, Dated, Day, YesNo
from cadre_desk.intake.cells import cell_text, is_blank_word
from cadre_desk.intake.grid import Value, column_letter
from cadre_desk.intake.heads import HeadColumn
from cadre_desk.intake.rows import PERSONS, Block, Kind, is_sound_id
from cadre_desk.intake.tables import SheetReading, Table
from cadre_desk.intake.words import By, Vocabulary, head_key
from cadre_desk.registers.register import Register

#: What the clerk decides for columns of a sheet: a field's key, or None for "not taken".
Overrides = Mapping[str, str | None]

#: Values looked at to see what a column holds.
_SAMPLE: Final = 200
_SHOWN: Final = 5
#: So many of the values must be of a kind to say that the column is.
_MOST: Final = 0.8
#: A column of codes of which the table knows less than this share holds something else.
_KNOWN: Final = 0.2
_FEWEST: Final = 3
#: The headings of the columns that share a date.
_PARTS: Final = ("年", "月", "日")
#: Headings of a contact beside whom a bare telephone is the contact's.
_CONTACTS: Final = ("联系人", "紧急联系人", "应急联系人", "家属", "亲属", "家庭成员")
_NUMBER: Final = re.compile(r"-?[\d.,]+")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_LANDLINE: Final = re.compile(r"(?:0\d{2,3}[-—]?)?[2-8]\d{6,7}(?:[-—]\d{1,5})?")


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of a block: its heading, and the field it fills if it does.

    ``fields`` are two where the cell holds both (单位及职务). ``why`` says why a column that seemed to have a
    field is left to the clerk; ``samples`` are some of its values as text. ``joined`` are the columns of
    month and day that belong to a column of years.
    """

    column: int
    header: str
    path: tuple[str, ...]
    fields: tuple[str, ...] = ()
    by: By | None = None
    kin: str = ""
    hidden: bool = False
    why: str = ""
    samples: tuple[str, ...] = ()
    joined: tuple[int, ...] = ()

    @property
    def letter(self) -> str:
        """Excel's name of the column."""
        return column_letter(self.column)

    @property
    def field(self) -> str | None:
        """The key as JSON says it, None for a column that is not taken."""
        return "+".join(self.fields) or None


def layout_key(table: Table) -> str:
    """What tells one layout of headings from another, for remembering its mapping."""
    text = "\n".join("/".join(map(head_key, one.path)) for one in table.head.columns)
    return f"intake.layout.{hashlib.sha256(text.encode()).hexdigest()[:24]}"


class Mapper:
    """Maps the columns of one table."""

    def __init__(
        self,
        register: Register,
        vocabulary: Vocabulary,
        reading: SheetReading,
        table: Table,
        *,
        remembered: Overrides | None = None,
        overrides: Overrides | None = None,
        hidden: bool = False,
    ) -> None:
        self._register, self._vocabulary, self._reading, self._table = register, vocabulary, reading, table
        self._remembered, self._overrides, self._hidden = remembered or {}, overrides or {}, hidden

    def columns(self, block: Block) -> tuple[MappedColumn, ...]:
        """The columns of a block from left to right."""
        return self._checked(block, self._with_parts([self._one(one) for one in block.columns]))

    def _with_parts(self, found: list[MappedColumn]) -> list[MappedColumn]:
        """年, 月 and 日 of one date put together; a bare 关系 given to the contact on its left."""
        kin = ""
        coming = next((one.kin for one in found if one.kin), "")
        for place, one in enumerate(found):
            kin = one.kin or kin
            if self._is_open_relation(one):
                found[place] = replace(one, fields=("contact.relation",), by=By.SYNONYM, kin=kin or coming)
            elif place and self._is_phone_of_contact(found[place - 1], one):
                found[place] = replace(one, fields=("contact.phone",), kin=found[place - 1].kin)
            if head_key(one.header) != _PARTS[0] or one.why:
                continue
            key = self._dated(one)
            following = found[place + 1 : place + len(_PARTS)]
            parts = [
                other
                for other, name in zip(following, _PARTS[1:], strict=False)
                if head_key(other.header) == name
            ]
            if key and parts:
                found[place] = replace(
                    one, fields=(key,), by=By.SYNONYM, joined=tuple(p.column for p in parts)
                )
                for offset, other in enumerate(parts, start=1):
                    found[place + offset] = _left(other, "和左边的「年」合成一个日期。")
        return found

    def _is_open_relation(self, one: MappedColumn) -> bool:
        """Whether a bare 关系 is a contact's in a roster of people, or the relation of each row's person."""
        is_known = one.fields or one.why or one.by is not None or self._register.key != "people"
        return not is_known and self._vocabulary.is_relation(one.path)

    def _is_phone_of_contact(self, left: MappedColumn, one: MappedColumn) -> bool:
        """Whether a bare telephone is the contact's on its left: 联系人, 电话 or 家属, 关系, 电话."""
        if one.fields != ("phone",) or one.by not in {By.NAME, By.SYNONYM} or head_key(one.header) == "手机":
            return False
        generic = head_key(left.header).startswith(_CONTACTS)
        return left.fields == ("contact.relation",) or (left.fields == ("contact.name",) and generic)

    def _dated(self, one: MappedColumn) -> str:
        """The dated field that the heading above 年 stands for."""
        for above in reversed(one.path[:-1]):
            meaning = self._vocabulary.word(above)
            if meaning is not None and len(meaning.fields) == 1:
                field = self._register.fields.get(meaning.fields[0])
                return meaning.fields[0] if isinstance(field, Dated | Day) else ""
        return ""

    def to_remember(self, blocks: Sequence[Sequence[MappedColumn]]) -> dict[str, str | None]:
        """What the clerk said of this layout, by heading, with what was remembered before."""
        said = {
            "/".join(map(head_key, one.path)): one.field
            for block in blocks
            for one in block
            if one.letter in self._overrides
        }
        return {**self._remembered, **said}

    def _one(self, head: HeadColumn) -> MappedColumn:
        found = MappedColumn(head.column, head.leaf, head.path, samples=self._samples(head.column))
        letter = found.letter
        path = "/".join(map(head_key, head.path))
        if head.column in self._reading.grid.hidden_columns and not self._hidden:
            return replace(found, hidden=True, why="这一列是隐藏的，没有取用。")
        if letter in self._overrides or path in self._remembered:
            said = self._overrides[letter] if letter in self._overrides else self._remembered[path]
            return replace(
                found, fields=tuple(said.split("+")) if said else (), by=By.REMEMBERED if said else None
            )
        meaning = self._vocabulary.meaning(head.path)
        if meaning is None or not meaning.fields:
            return found
        return replace(found, fields=meaning.fields, by=meaning.by, kin=meaning.kin)

    def _checked(self, block: Block, found: list[MappedColumn]) -> tuple[MappedColumn, ...]:
        """What the headings said, held against each other and against what the columns hold."""
        taken = self._without_rivals(block, found)
        fields = {field for one in taken for field in one.fields}
        checked = []
        for one in taken:
            if one.fields == ("party_full",) and "party_join" not in fields and one.by is not By.REMEMBERED:
                checked.append(_left(one, "表里没有入党时间，这里的转正可能是试用期转正，没有取用。"))
            elif one.fields and one.by in {By.NAME, By.SYNONYM} and not self._fits(one):
                checked.append(_left(one, "列里的值和栏目对不上，没有取用；请选定它是什么。"))
            else:
                checked.append(one)
        fields = {field for one in checked for field in one.fields}
        return tuple(self._by_content(one, fields) if self._is_open(one) else one for one in checked)

    def _without_rivals(self, block: Block, found: list[MappedColumn]) -> list[MappedColumn]:
        """Of columns that claim one field the surest keeps it."""
        claims: dict[tuple[str, str], list[MappedColumn]] = {}
        for one in found:
            for field in one.fields:
                claims.setdefault((one.kin, field), []).append(one)
        lost: dict[int, str] = {}
        for (_, field), columns in claims.items():
            if len(columns) < 2:  # noqa: PLR2004 - two are rivals
                continue
            first = min(columns, key=lambda one: self._sureness(block, one))
            for one in columns:
                if one is not first:
                    lost[one.column] = field
        whole = {one.fields[0] for one in found if len(one.fields) == 1}
        return [self._second(one, lost, whole) for one in found]

    def _sureness(self, block: Block, one: MappedColumn) -> tuple[bool, bool, bool, int, int]:
        """The lower the surer: names the row, the clerk said so, holds anything, by heading, by place."""
        meaning = self._vocabulary.meaning(one.path)
        named = one.column in {block.name, block.identity}
        rank = 0 if meaning is None else meaning.rank
        return (not named, one.by is not By.REMEMBERED, not one.samples, rank, one.column)

    def _second(self, one: MappedColumn, lost: Mapping[int, str], whole: set[str]) -> MappedColumn:
        """A column that lost its field: a second telephone may be the landline, others wait for the clerk."""
        if one.column not in lost:
            return one
        if one.fields == ("phone",) and "landline" not in whole and self._is_mostly(one.column, _LANDLINE):
            return replace(one, fields=("landline",), by=By.CONTENT)
        return _left(one, "另有一列已经对应这个栏目，这一列没有取用。")

    def _is_open(self, one: MappedColumn) -> bool:
        """Whether what a column is may be told by its values: nobody knows its heading."""
        return (
            not one.fields and not one.why and not one.hidden and self._vocabulary.meaning(one.path) is None
        )

    def _by_content(self, one: MappedColumn, taken: set[str]) -> MappedColumn:
        values = [value for value in self._values(one.column) if not is_blank_word(cell_text(value))]
        if len(values) < _FEWEST or self._register.key != "people" or one.column in self._overridden:
            return one
        if "id_no" not in taken and sum(map(is_sound_id, values)) >= _MOST * len(values):
            return replace(one, fields=("id_no",), by=By.CONTENT)
        if "phone" not in taken and self._is_mostly(one.column, _MOBILE):
            return replace(one, fields=("phone",), by=By.CONTENT)
        if "sex" not in taken and all(cell_text(value) in {"男", "女"} for value in values):
            return replace(one, fields=("sex",), by=By.CONTENT)
        return one

    @property
    def _overridden(self) -> set[int]:
        return {
            one.column for one in self._table.head.columns if column_letter(one.column) in self._overrides
        }

    def _is_mostly(self, column: int, form: re.Pattern[str]) -> bool:
        texts = [cell_text(value) for value in self._values(column)]
        texts = ["".join(text.split()) for text in texts if not is_blank_word(text)]
        return bool(texts) and sum(bool(form.fullmatch(text)) for text in texts) >= _MOST * len(texts)

    def _fits(self, one: MappedColumn) -> bool:
        """Whether a column of codes holds codes of its table, one of dates dates; with few values it may."""
        field = self._register.fields.get(one.fields[0])
        if one.fields == ("note",) and one.samples and all(_NUMBER.fullmatch(text) for text in one.samples):
            return False
        if len(one.fields) > 1 or field is None or not isinstance(field, Code | Codes | YesNo):
            return True
        tables: list[AnyField] = [field]
        other = self._register.fields.get(self._vocabulary.elsewhere.get(one.fields[0], ""))
        if other is not None:
            tables.append(other)
        texts = {cell_text(value) for value in self._values(one.column)}
        texts = {text for text in texts if not is_blank_word(text)}
        known = sum(any(_takes(table, text) for table in tables) for text in texts)
        return len(texts) < _FEWEST or known >= _KNOWN * len(texts)

    def _values(self, column: int) -> list[Value]:
        """Some of the values that a column holds for persons."""
        rows = (line.row for line in self._table.lines if line.kind in PERSONS or line.kind is Kind.MORE)
        values = (self._reading.grid.value(row, column) for row in rows)
        return list(islice((value for value in values if value != ""), _SAMPLE))

    def _samples(self, column: int) -> tuple[str, ...]:
        return tuple(islice(dict.fromkeys(cell_text(value) for value in self._values(column)), _SHOWN))


def _left(one: MappedColumn, why: str) -> MappedColumn:
    return replace(one, fields=(), by=None, why=why)


def _takes(field: AnyField, text: str) -> bool:
    if isinstance(field, Code):
        return codes.table(field.table).find(text) is not None
    try:
        field.parse(text)
    except FieldError:
        return False
    return True
