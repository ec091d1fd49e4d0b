from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cadre_desk.db import cipher, migrations
from cadre_desk.db.base import Base
from cadre_desk.db.desk import Desk
from cadre_desk.db.migrations import NewerLedger, StrangeLedger
from cadre_desk.domain.resources import resource

DERIVED = ("find_", "words_", "ix_find_")


def test_the_walked_schema_is_the_models(desk: Desk) -> None:
    def ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
        return not (kind in {"table", "index"} and str(name).startswith(DERIVED))

    with desk.still() as raw, sa.create_engine("sqlite://", creator=lambda: raw).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_the_first_step_is_what_the_models_first_needed() -> None:
    """Until a ledger is released the first step is written anew with the models; then it is frozen."""
    assert resource("schema/0001.sql").read_text(encoding="utf-8") == (
        ";\n".join(migrations.schema_of_models()) + ";\n"
    )


def _empty(path: Path) -> tuple[Path, bytes]:
    key = cipher.new_key()
    cipher.connect(path, key, create=True).close()
    return path, key


def test_a_copy_is_made_before_an_old_ledger_is_changed_but_not_for_a_new_one(tmp_path: Path) -> None:
    copies: list[int] = []
    path, key = _empty(tmp_path / "a.cdesk")
    with closing(cipher.connect(path, key)) as connection:
        migrations.migrate(connection, lambda: copies.append(1))
        assert copies == []
        steps = (*migrations.STEPS, lambda one: one.execute("ALTER TABLE place ADD COLUMN extra TEXT"))
        assert migrations.migrate(connection, lambda: copies.append(2), steps) == 1
        assert copies == [2]
        assert migrations.version(connection) == 2


def test_a_failing_step_changes_nothing(tmp_path: Path) -> None:
    def fails(connection: Any) -> None:
        connection.execute("ALTER TABLE place ADD COLUMN extra TEXT")
        raise ValueError("broken step")

    path, key = _empty(tmp_path / "a.cdesk")
    with closing(cipher.connect(path, key)) as connection:
        migrations.migrate(connection, lambda: None)
        before = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        with pytest.raises(ValueError, match="broken step"):
            migrations.migrate(connection, lambda: None, (*migrations.STEPS, fails))
        assert migrations.version(connection) == 1
        assert connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before


def test_a_newer_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    path, key = _empty(tmp_path / "a.cdesk")
    with closing(cipher.connect(path, key)) as connection:
        connection.execute("PRAGMA user_version = 99")
        with pytest.raises(NewerLedger, match="新版程序"):
            migrations.migrate(connection, lambda: None)
        assert migrations.version(connection) == 99


def test_a_ledger_that_lacks_a_column_or_a_table_is_refused_and_left_alone(tmp_path: Path) -> None:
    path, key = _empty(tmp_path / "a.cdesk")
    with closing(cipher.connect(path, key)) as connection:
        migrations.migrate(connection, lambda: None)
        migrations.check_shape(connection)
        connection.execute("ALTER TABLE place ADD COLUMN extra TEXT")
        migrations.check_shape(connection)
        connection.execute("DROP TABLE visit_standard")
        connection.execute("ALTER TABLE round DROP COLUMN rules")
        with pytest.raises(StrangeLedger, match="有 2 张表和本程序对不上"):
            migrations.check_shape(connection)
