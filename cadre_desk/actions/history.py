"""The history of a record, read from the journal in the words of its fields: who, when, by which act, what.

A record's history holds its own row, its dated facts and what belongs to it (contacts, accounts, movements,
memberships, visits). Sensitive values are masked here already (handbook 9); the journal keeps them whole.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.related import Relation, label_of, relations_to
from cadre_desk.db import journal
from cadre_desk.db.base import Base, fields_of
from cadre_desk.db.journal import Line
from cadre_desk.db.models import Act, Journal
from cadre_desk.db.models.facts import FactColumns, facts_of
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import AnyField, Link
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.register import Register

#: More rows of one table in one act are counted, not listed.
_MOST_ROWS: Final = 4
_DIALECT: Final = sa.engine.default.DefaultDialect()
_VERBS: Final = {"I": "新增", "U": "修改", "D": "取消"}
#: Rows asked for in one statement.
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Altered:
    """One thing that an act altered: a field before and after in words, or a record that came or went.

    ``key`` is the field of the record itself, "" for what belongs to it; ``note`` says more (自 2026年1月起).
    """

    label: str
    old: str
    new: str
    key: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the history of a record.

    ``others`` counts the records of other histories that the same act changed; ``stands`` is False for an
    act that was taken back.
    """

    act: int
    at: datetime
    user: str
    title: str
    altered: tuple[Altered, ...]
    others: int
    stands: bool
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """A dated fact: from ``since`` (发生日) on it was ``value``; statistics count it from ``booked``."""

    key: str
    label: str
    value: str
    since: PartialDate
    booked: date
    note: str
    holds: bool


@dataclass(frozen=True)
class _Rows:
    """The rows whose lines make up a history, by table, and how each table belongs to the record."""

    register: Register
    record: int
    ids: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    relations: dict[str, Relation] = field(default_factory=dict)
    facts: type[FactColumns] | None = None

    @property
    def table(self) -> str:
        name: str = self.register.model.__tablename__
        return name

    @property
    def fact_table(self) -> str:
        return "" if self.facts is None else f"{self.table}_fact"


def history_of(
    session: Session, register: Register, record: int, *, today: date, limit: int | None = None
) -> list[Entry]:
    """The acts that changed a record or what belongs to it, the newest first, at most ``limit``."""
    rows = _rows_of(session, register, record)
    lines: dict[int, list[Line]] = defaultdict(list)
    for act, line in _lines(session, rows.ids):
        lines[act].append(line)
    acts = sorted(_acts(session, lines), key=lambda act: (act.at, act.id), reverse=True)[:limit]
    return [_entry(session, rows, act, lines[act.id], today) for act in acts]


def _acts(session: Session, ids: Iterable[int]) -> Iterator[Act]:
    wanted = list(ids)
    for start in range(0, len(wanted), _BATCH):
        yield from session.scalars(sa.select(Act).where(Act.id.in_(wanted[start : start + _BATCH])))


def entered(session: Session, register: Register, record: int) -> Act | None:
    """The act that wrote a record for the first time."""
    return act_of(session, register.model, record)


def act_of(session: Session, model: type[Base], row: int) -> Act | None:
    """The act that inserted a row."""
    query = (
        sa.select(Act)
        .join(Journal, Journal.act_id == Act.id)
        .where(Journal.table_name == model.__tablename__, Journal.row_id == row, Journal.op == "I")
        .order_by(Journal.id)
        .limit(1)
    )
    return session.scalars(query).first()


def held_by(session: Session, register: Register, record: int, *, today: date) -> list[Held]:
    """The dated facts of a record: by field in the form's order, the newest first; the first one holds."""
    rows = _Rows(register, record, facts=_facts_of(register))
    if rows.facts is None:
        return []
    table: Any = rows.facts
    query = (
        sa.select(table)
        .where(table.owner_id == record)
        .order_by(table.since.desc(), table.booked.desc(), table.id.desc())
    )
    newest: dict[str, list[Any]] = defaultdict(list)
    for fact in session.scalars(query):
        newest[fact.aspect].append(fact)
    fields = fields_of(register.model)
    return [
        Held(
            key,
            fields[key].label,
            _in_words(session, register.model, key, _typed(register.model, key, fact.value), today),
            fact.since,
            fact.booked,
            fact.note or "",
            place == 0,
        )
        for key in fields
        for place, fact in enumerate(newest.get(key, ()))
    ]


def _facts_of(register: Register) -> type[FactColumns] | None:
    try:
        return facts_of(register.model)
    except LookupError:
        return None


def _rows_of(session: Session, register: Register, record: int) -> _Rows:
    """The record itself, its facts, and what belongs to it, also what was taken away again."""
    rows = _Rows(register, record, facts=_facts_of(register))
    rows.ids[rows.table].add(record)
    owners: list[tuple[Any, str]] = [] if rows.facts is None else [(rows.facts, "owner_id")]
    for relation in relations_to(register):
        if relation.belongs:
            rows.relations[relation.register.model.__tablename__] = relation
            owners.append((relation.register.model, relation.key))
    for model, key in owners:
        found = session.scalars(sa.select(model.id).where(getattr(model, key) == record))
        rows.ids[model.__tablename__] |= set(found)
        rows.ids[model.__tablename__] |= _taken_away(session, model.__tablename__, key, record)
    return rows


def _taken_away(session: Session, table: str, key: str, record: int) -> set[int]:
    """Rows of the owner that an undone act had inserted: only their last image is left."""
    owner = sa.func.json_extract(Journal.image, f"$.{key}")
    query = sa.select(Journal.row_id).where(Journal.table_name == table, Journal.op == "D", owner == record)
    return set(session.scalars(query))


def _lines(session: Session, ids: Mapping[str, Iterable[int]]) -> Iterator[tuple[int, Line]]:
    """The journal's lines of some rows, oldest first inside each act."""
    for table, wanted in ids.items():
        rows = sorted(wanted)
        for start in range(0, len(rows), _BATCH):
            found = session.execute(
                sa.select(Journal.act_id, Journal.row_id, Journal.op, Journal.image)
                .where(Journal.table_name == table, Journal.row_id.in_(rows[start : start + _BATCH]))
                .order_by(Journal.id)
            )
            for act, row, op, image in found:
                yield act, Line(table, row, op, json.loads(image) if image else {})


def _entry(session: Session, rows: _Rows, act: Act, lines: Sequence[Line], today: date) -> Entry:
    touched = {(line.table, line.row_id) for line in lines}
    return Entry(
        act.id,
        act.at,
        act.user_name,
        act.title,
        tuple(_altered(session, rows, lines, today)),
        max(act.records - len(touched), 0),
        journal.stands(session, act.id),
        act.undoes,
    )


def _altered(session: Session, rows: _Rows, lines: Sequence[Line], today: date) -> Iterator[Altered]:
    """What the lines of one act say, the record's own fields first."""
    own = [line for line in lines if line.table == rows.table]
    told = {one.key: one for line in own for one in _of_row(session, rows, line, today)}
    dated, rest = _of_facts(session, rows, [one for one in lines if one.table == rows.fact_table], today)
    for key, one in told.items():
        yield replace(one, note=dated[key]) if key in dated else one
    yield from (one for one in rest if one.key not in told)
    by_table: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.table not in {rows.table, rows.fact_table}:
            by_table[line.table].append(line)
    for table, belonging in by_table.items():
        yield from _of_belonging(session, rows.relations[table], belonging, today)


def _of_row(session: Session, rows: _Rows, line: Line, today: date) -> Iterator[Altered]:
    """The record itself: it came, it went, or fields of it changed."""
    if line.op == "I":
        yield Altered("建立记录", "", "", key="+")
    elif line.op == "D":
        yield Altered("取消记录", "", "", key="-")
    else:
        yield from _fields(session, rows.register.model, line, today)


def _fields(session: Session, model: type[Base], line: Line, today: date) -> Iterator[Altered]:
    declared = fields_of(model)
    for key, (old, new) in line.image.items():
        told = model.__table__.c[key].info.get("told")
        if told:
            yield Altered(told, f"原{told}" if old else "", f"新{told}" if new else "", key=key)
        if key in declared:
            before, after = (
                _in_words(session, model, key, _typed(model, key, raw), today) for raw in (old, new)
            )
            yield Altered(declared[key].label, before, after, key=key)


def _of_facts(
    session: Session, rows: _Rows, lines: Sequence[Line], today: date
) -> tuple[dict[str, str], list[Altered]]:
    """Since when the dated fields of an act hold, by field; and the facts that no field of the row tells."""
    model = rows.register.model
    notes: dict[str, str] = {}
    rest: list[Altered] = []
    for line in lines:
        fact = _fact(session, line)
        if fact is None:
            continue
        key = fact["aspect"]
        since = PartialDate.from_iso(fact["since"]).words()
        note = "更正" if line.op == "U" else f"自 {since}起"
        notes[key] = note
        value = _in_words(session, model, key, _typed(model, key, fact["value"]), today)
        old, new = (value, "") if line.op == "D" else ("", value)
        if line.op == "U":
            old, new = (
                _in_words(session, model, key, _typed(model, key, raw), today)
                for raw in line.image.get("value", (fact["value"], fact["value"]))
            )
        rest.append(Altered(fields_of(model)[key].label, old, new, key=key, note=note))
    return notes, rest


def _fact(session: Session, line: Line) -> dict[str, Any] | None:
    """Aspect, value and day of a fact as an act left it: as stored, or as a later line says it was before."""
    if line.op == "D":
        return line.image
    table = Base.metadata.tables[line.table]
    columns = (
        sa.type_coerce(table.c[name], sa.String()).label(name) for name in ("aspect", "value", "since")
    )
    row = session.execute(sa.select(*columns).where(table.c.id == line.row_id)).mappings().first()
    found = _last_image(session, line) if row is None else dict(row)
    if found is not None and line.op == "I":
        for _, later in reversed(list(_lines(session, {line.table: [line.row_id]}))):
            found |= {key: pair[0] for key, pair in later.image.items() if later.op == "U"}
    return found


def _last_image(session: Session, line: Line) -> dict[str, Any] | None:
    """What a row that is gone said when it was taken away."""
    query = (
        sa.select(Journal.image)
        .where(Journal.table_name == line.table, Journal.row_id == line.row_id, Journal.op == "D")
        .order_by(Journal.id.desc())
        .limit(1)
    )
    image = session.scalar(query)
    return json.loads(image) if image else None


def _of_belonging(
    session: Session, relation: Relation, lines: Sequence[Line], today: date
) -> Iterator[Altered]:
    """Records that belong to the owner: each by name, or counted where an act touched many."""
    register = relation.register
    rows = {line.row_id for line in lines}
    if len(rows) > _MOST_ROWS:
        yield Altered(f"{_VERBS[lines[0].op]}{relation.noun}", "", f"{len(rows)} 条")
        return
    for line in lines:
        if line.op == "U":
            for one in _fields(session, register.model, line, today):
                yield replace(one, label=f"{relation.noun}·{one.label}", key="")
            continue
        name = _name_of(session, relation, line, today)
        old, new = ("", name) if line.op == "I" else (name, "")
        yield Altered(f"{_VERBS[line.op]}{relation.noun}", old, new)


def _name_of(session: Session, relation: Relation, line: Line, today: date) -> str:
    """What a record is called, also one that is gone: then as its last image says."""
    register, key = relation.register, relation.told_by
    standing = label_of(session, register, line.row_id, today, by=key)
    if standing:
        return standing
    image = _last_image(session, line) or {}
    return _in_words(session, register.model, key, _typed(register.model, key, image.get(key)), today)


def _typed(model: type[Base], key: str, raw: Any) -> Any:
    """A stored value (of a column, a fact or the journal) as the model reads it."""
    if raw is None:
        return None
    kind = model.__table__.c[key].type
    if isinstance(kind, sa.types.TypeDecorator):
        return kind.process_result_value(raw, _DIALECT)
    if isinstance(kind, sa.Boolean):
        return bool(int(raw))
    return int(raw) if isinstance(kind, sa.Integer) else raw


def _in_words(session: Session, model: type[Base], key: str, value: Any, today: date) -> str:
    """A value as its field says it: masked if sensitive, the linked record by its name."""
    declared: AnyField = fields_of(model)[key]
    if value is None:
        return ""
    if isinstance(declared, Link):
        return label_of(session, REGISTERS[declared.to], value, today)
    return declared.mask(value) if declared.sensitive else declared.echo(value)
