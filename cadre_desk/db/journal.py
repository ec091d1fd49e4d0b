"""The journal: SQLite writes every change down by itself, and an act is undone from what it wrote.

Temporary triggers, made from the models on the one writing connection, note each row that an act inserts (no
image), updates (old and new value of what changed) or deletes (the whole row). They see bulk statements and
cascades, and they refuse any write outside a unit.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.base import Base, fields_of
from cadre_desk.db.models import Act, Journal
from cadre_desk.domain.errors import UserError

#: What SQLite says when a journaled table is written outside a unit: always a fault of the program.
_OUTSIDE = "没有在一次操作之内写台账"

#: The act that wrote the first user and the office; without it nobody could sign in.
FOUNDING: Final = "建立台账"

#: The journal as a plain table: its rows are read one by one, not gathered as objects.
_LINES: Final = Base.metadata.tables[Journal.__tablename__]


class CannotUndo(UserError):
    """The act can't be taken back any more; the sentence says what changed since."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal: a row of a table, what happened to it, and the image of that kind."""

    table: str
    row_id: int
    op: str
    image: dict[str, Any]


def journaled() -> tuple[type[Base], ...]:
    """The models whose changes are journaled, in the order of their tables."""
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return tuple(models[table.name] for table in Base.metadata.sorted_tables if models[table.name].JOURNALED)


def _changed(columns: Sequence[str]) -> str:
    """SQL for a JSON object of [old, new] of each column that changed."""
    parts = " || ".join(
        f"iif({old} IS NOT {new}, ',\"{name}\":' || json_array({old}, {new}), '')"
        for name, old, new in ((name, f'OLD."{name}"', f'NEW."{name}"') for name in columns)
    )
    return f"'{{' || substr({parts}, 2) || '}}'"


def _triggers(table: sa.Table) -> Iterable[str]:
    name = table.name
    columns = [column.name for column in table.columns]
    guard = f"SELECT RAISE(ABORT, '{_OUTSIDE}') WHERE NOT EXISTS (SELECT 1 FROM open_unit);"
    line = "INSERT INTO journal (act_id, table_name, row_id, op, image) SELECT act_id"
    whole = ", ".join(f"'{column}', OLD.\"{column}\"" for column in columns)
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    for event, condition, row, image in (
        ("INSERT", "", "NEW.id", "NULL"),
        ("UPDATE", f"WHEN {differs}", "NEW.id", _changed(columns)),
        ("DELETE", "", "OLD.id", f"json_object({whole})"),
    ):
        yield (
            f"CREATE TEMP TRIGGER journal_{name}_{event.lower()} "
            f'AFTER {event} ON main."{name}" {condition} BEGIN '
            f"{guard} {line}, '{name}', {row}, '{event[0]}', {image} FROM open_unit; END"
        )


def install(connection: Any) -> None:
    """Put the triggers on a raw connection; it becomes the one that may write."""
    connection.execute("CREATE TEMP TABLE open_unit (act_id INTEGER NOT NULL)")
    for model in journaled():
        for trigger in _triggers(Base.metadata.tables[model.__tablename__]):
            connection.execute(trigger)


def lines_of(session: Session, act_id: int) -> list[Line]:
    """The lines of an act, oldest first."""
    found = session.execute(
        sa.select(Journal.table_name, Journal.row_id, Journal.op, Journal.image)
        .where(Journal.act_id == act_id)
        .order_by(Journal.id)
    )
    return [Line(table, row, op, json.loads(image) if image else {}) for table, row, op, image in found]


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that an act changed; ``columns`` are those it updated, none if it inserted or deleted the row."""

    table: str
    row_id: int
    columns: frozenset[str]


def counted(session: Session, act_id: int) -> dict[str, int]:
    """How many rows of each table an act changed."""
    rows = sa.func.count(_LINES.c.row_id.distinct())
    query = sa.select(_LINES.c.table_name, rows).where(_LINES.c.act_id == act_id)
    return dict(session.execute(query.group_by(_LINES.c.table_name)).all())


def touched(session: Session, act_id: int, tables: Collection[str]) -> Iterator[Touched]:
    """The rows of some tables that an act changed, once for each of its lines, none of them kept here."""
    updated = sa.case((_LINES.c.op == "U", _LINES.c.image))
    query = sa.select(_LINES.c.table_name, _LINES.c.row_id, updated).where(
        _LINES.c.act_id == act_id, _LINES.c.table_name.in_(tables)
    )
    for table, row, image in session.execute(query):
        yield Touched(table, row, frozenset(json.loads(image)) if image else frozenset())


def to_undo(session: Session, act_id: int | None) -> Act:
    """The act that is to be taken back.

    Raises:
        CannotUndo: there is none, it was taken back already, or it founded the ledger.
    """
    act = None if act_id is None else session.get(Act, act_id)
    if act is None:
        msg = "没有可以撤销的操作。" if act_id is None else f"没有第 {act_id} 号操作。"
        raise CannotUndo(msg)
    if act.title == FOUNDING:
        raise CannotUndo("建立台账不能撤销：撤销了就没有使用人，谁也进不来。台账没有改动。")
    if not stands(session, act.id):
        msg = f"「{act.title}」已经撤销过了，台账没有改动。"
        raise CannotUndo(msg)
    return act


def undo(session: Session, act_id: int) -> None:
    """Take an act back inside the open unit, newest line first.

    Raises:
        CannotUndo: what it wrote was changed by a later act.
    """
    act = session.get_one(Act, act_id)
    session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    for line in reversed(lines_of(session, act_id)):
        table = Base.metadata.tables[line.table]
        _STEPS[line.op](session, table, line, act)


def _undo_insert(session: Session, table: sa.Table, line: Line, act: Act) -> None:
    later = _later_act(session, line, act.id)
    if later is not None:
        raise CannotUndo(_since(act, later, table, line))
    session.execute(sa.delete(table).where(table.c.id == line.row_id))


def _undo_update(session: Session, table: sa.Table, line: Line, act: Act) -> None:
    names = list(line.image)
    row = session.execute(
        sa.select(*(sa.type_coerce(table.c[name], sa.types.NullType()) for name in names)).where(
            table.c.id == line.row_id
        )
    ).one_or_none()
    if row is None or any(now != line.image[name][1] for now, name in zip(row, names, strict=True)):
        raise CannotUndo(_since(act, _later_act(session, line, act.id), table, line))
    assignments = ", ".join(f'"{name}" = :v{place}' for place, name in enumerate(names))
    values = {f"v{place}": line.image[name][0] for place, name in enumerate(names)}
    session.execute(
        sa.text(f'UPDATE "{table.name}" SET {assignments} WHERE id = :row'), {**values, "row": line.row_id}
    )


def _undo_delete(session: Session, table: sa.Table, line: Line, act: Act) -> None:
    names = ", ".join(f'"{name}"' for name in line.image)
    places = ", ".join(f":v{place}" for place in range(len(line.image)))
    values = {f"v{place}": value for place, value in enumerate(line.image.values())}
    try:
        session.execute(sa.text(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'), values)
    except sa.exc.IntegrityError:
        raise CannotUndo(_since(act, None, table, line)) from None


_STEPS = {"I": _undo_insert, "U": _undo_update, "D": _undo_delete}


def _later_act(session: Session, line: Line, act_id: int) -> Act | None:
    """The latest act after ``act_id`` that changed the row and still stands."""
    found = session.scalars(
        sa.select(Act)
        .join(Journal, Journal.act_id == Act.id)
        .where(
            Journal.table_name == line.table,
            Journal.row_id == line.row_id,
            Act.id > act_id,
            Act.undoes.is_(None),
        )
        .order_by(Act.id.desc())
    )
    return next((later for later in found if stands(session, later.id)), None)


def stands(session: Session, act_id: int) -> bool:
    """Whether an act is in force: not undone, or each undoing was itself undone."""
    return undone_by(session, act_id) is None


def undone_by(session: Session, act_id: int) -> int | None:
    """The standing act that took this one back."""
    undoers = session.scalars(sa.select(Act.id).where(Act.undoes == act_id).order_by(Act.id.desc())).all()
    return next((undoer for undoer in undoers if stands(session, undoer)), None)


def _since(act: Act, later: Act | None, table: sa.Table, line: Line) -> str:
    what = _label(table, line)
    if later is None:
        return f"不能撤销「{act.title}」：{what}之后又变了。台账没有改动，请先核对这条记录再单独修改。"
    return (
        f"不能撤销「{act.title}」：{what}在 {later.at:%Y-%m-%d %H:%M} 又被「{later.title}」改过。"
        "台账没有改动，请先撤销那一次，或者直接修改这条记录。"
    )


def _label(table: sa.Table, line: Line) -> str:
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    labels = [field.label for name, field in fields_of(model).items() if name in line.image]
    return f"「{'、'.join(labels[:3])}」" if line.op == "U" and labels else "这条记录"
