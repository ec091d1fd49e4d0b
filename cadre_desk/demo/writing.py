"""The chronicle into the ledger: each act one unit, by bulk statements, at the moment it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.base import Base
from cadre_desk.db.clock import Clock
from cadre_desk.db.desk import Desk
from cadre_desk.db.models import (
    BankAccount,
    Branch,
    BranchFact,
    ClosedYear,
    Contact,
    Membership,
    Movement,
    Person,
    PersonFact,
    Place,
    Setting,
    Unit,
    UnitFact,
    User,
)
from cadre_desk.demo.chronicle import Entry

Progress = Callable[[str, int, int], None]
#: What is done at the desk itself between two acts of the chronicle, and when.
Meanwhile = tuple[datetime, Callable[[Desk], None]]

#: Tables before those that point to them.
_ORDER: Final = (
    Setting,
    User,
    Place,
    Unit,
    UnitFact,
    Branch,
    BranchFact,
    Person,
    PersonFact,
    Movement,
    Membership,
    Contact,
    BankAccount,
    ClosedYear,
)


def write(
    desk: Desk, acts: Sequence[Entry], progress: Progress | None = None, meanwhile: Sequence[Meanwhile] = ()
) -> None:
    """Carry out the acts in order; the desk's clock and user are given back as they were.

    What is done ``meanwhile`` sees the ledger as it stood at its moment, and the desk's clock at it.
    """
    clock, user = desk.clock, desk.user
    waiting = sorted(meanwhile, key=lambda one: one[0])
    try:
        for number, entry in enumerate(acts):
            while waiting and waiting[0][0] <= entry.at:
                moment, do = waiting.pop(0)
                desk.clock, desk.user = Clock(moment.date(), moment=_at(moment)), user
                do(desk)
            desk.clock, desk.user = Clock(entry.at.date(), moment=_at(entry.at)), entry.user
            if progress is not None:
                progress(entry.title, number, len(acts))
            with desk.unit(entry.title) as session:
                _carry_out(session, entry)
    finally:
        desk.clock, desk.user = clock, user
    if progress is not None:
        progress("", len(acts), len(acts))


def _at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _carry_out(session: Session, entry: Entry) -> None:
    for model in _ORDER:
        rows = entry.inserts.get(model)
        if rows:
            session.execute(sa.insert(Base.metadata.tables[model.__tablename__]), list(_alike(model, rows)))
    for (changed, names), rows in entry.updates.items():
        table = Base.metadata.tables[changed.__tablename__]
        values = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
        statement = sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(values)
        session.execute(statement, [_renamed(row) for row in rows])


def _alike(model: type[Base], rows: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """The rows with the same columns each, so that one statement takes them all."""
    used = {name for row in rows for name in row}
    empty = dict.fromkeys(name for name in model.__table__.columns.keys() if name in used)  # noqa: SIM118 - no dict
    return ({**empty, **row} for row in rows)


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    return {name if name == "row_id" else f"new_{name}": value for name, value in row.items()}
