"""Bringing a ledger to today's schema: numbered steps, each one transaction with its ``user_version``.

A step never imports today's models: the first is the frozen text of ``resources/schema/0001.sql``, later ones
are functions on table names (through ``alembic.operations`` where a table must be rebuilt). New ledgers begin
with step one, so every step is walked by every new ledger and every test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import sqlalchemy as sa

from cadre_desk.db import search
from cadre_desk.db.models import Base
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.resources import resource

Step = Callable[[Any], None]


class NewerLedger(UserError):
    """The ledger was written by a newer program; nothing was touched."""


class StrangeLedger(UserError):
    """The ledger says it is of a version this program knows, but lacks tables or columns of it."""


def _first(connection: Any) -> None:
    for statement in resource("schema/0001.sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.execute(statement)


#: Append only. Step n brings user_version from n - 1 to n.
STEPS: Final[tuple[Step, ...]] = (_first,)


def version(connection: Any) -> int:
    """The schema's number; 0 is an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Any, copy_first: Callable[[], None], steps: tuple[Step, ...] = STEPS) -> int:
    """Walk the steps that are missing; answers how many there were.

    ``copy_first`` is called once before the first step of a ledger that holds something. A failing step is
    rolled back whole and leaves the ledger at the step before.

    Raises:
        NewerLedger: the file is newer than this program.
    """
    found = version(connection)
    if found > len(steps):
        msg = (
            f"这本台账是较新版本的程序写的（第 {found} 版，本程序到第 {len(steps)} 版）。"
            "台账没有改动，请用新版程序打开。"
        )
        raise NewerLedger(msg)
    if 0 < found < len(steps):
        copy_first()
    for number, step in enumerate(steps[found:], start=found + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            step(connection)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    if found < len(steps) and connection.execute("PRAGMA foreign_key_check").fetchall():
        msg = "台账升级后有记录找不到它所属的记录，请从升级前的备份恢复，并把日志交给维护人员。"
        raise UserError(msg)
    return len(steps) - found


_SHAPE: Final = (
    "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
)


def check_shape(connection: Any) -> None:
    """Hold the ledger's tables and columns against those this program works with; what it has more is let be.

    Raises:
        StrangeLedger: something is missing, as in a ledger of a trial version; nothing was touched.
    """
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(_SHAPE):
        found.setdefault(table, set()).add(column)
    missing = [
        table.name
        for table in Base.metadata.sorted_tables
        if not found.get(table.name, set()).issuperset(column.name for column in table.columns)
    ]
    if missing:
        msg = (
            f"这本台账是试用版本的程序写的，有 {len(missing)} 张表和本程序对不上，打不开。"
            "台账没有改动；请用原来那一版程序打开，或者换一个文件。演示台账清除后重新建立就行。"
        )
        raise StrangeLedger(msg)


def schema_of_models() -> Iterator[str]:
    """The statements that today's models need; a test holds the walked schema against them."""
    engine = sa.create_mock_engine("sqlite://", lambda *_: None)
    for table in Base.metadata.sorted_tables:
        yield str(sa.schema.CreateTable(table).compile(dialect=engine.dialect)).strip()
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            yield str(sa.schema.CreateIndex(index).compile(dialect=engine.dialect)).strip()
    for name in search.searched():
        yield from search.schema(name)
