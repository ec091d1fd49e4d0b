"""The desk: one open ledger, how it is read, how it is changed in units, and who is told."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from cadre_desk.db import cipher, journal, search
from cadre_desk.db.clock import Clock
from cadre_desk.db.models import Act


@dataclass(frozen=True, slots=True)
class Change:
    """News of a finished unit: its title, the tables it touched, and the act it left."""

    title: str
    tables: frozenset[str]
    act_id: int


def _engine(creator: Callable[[], Any], begin: str, **settings: Any) -> sa.Engine:
    engine = sa.create_engine("sqlite+pysqlite://", module=dbapi2, creator=creator, **settings)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Desk:
    """An open ledger.

    Reading uses ``query_only`` connections; writing goes through the one connection that has the journal's
    triggers, one unit at a time. No session outlives its ``with`` block.
    """

    def __init__(
        self, path: Path, key: bytes, *, clock: Clock | None = None, user: str = "", seed: int | None = None
    ) -> None:
        """Open a ledger of today's schema (``db.migrations`` brings it there first).

        ``seed`` makes the uids that SQLite gives to new rows the same in every run (the demo's).
        """
        self.path = path
        self.clock = clock or Clock()
        self.user = user
        self._lock = threading.RLock()
        self._listeners: list[Callable[[Change], None]] = []
        self._writer = _engine(
            lambda: self._connect_writer(key, seed), "BEGIN IMMEDIATE", poolclass=StaticPool
        )
        self._reader = _engine(
            lambda: cipher.connect(path, key, query_only=True),
            "BEGIN",
            poolclass=QueuePool,
            pool_size=2,
            pool_use_lifo=True,
            max_overflow=8,
        )
        self._open = False
        with self._writer.connect():
            pass

    def _connect_writer(self, key: bytes, seed: int | None) -> Any:
        connection = cipher.connect(self.path, key)
        if seed is not None:
            connection.create_function("randomblob", 1, random.Random(seed).randbytes)  # noqa: S311 - no secret
        journal.install(connection)
        return connection

    def close(self) -> None:
        """Give the file back; nothing can be read or written after."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the ledger and can't write."""
        with Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def unit(self, title: str, *, undoes: int | None = None) -> Iterator[Session]:
        """Run one titled act: everything inside happens, or nothing does.

        The act's lines refresh the search tokens before the commit; an act without changes leaves no trace.
        """
        with self._lock:
            if self._open:
                msg = f"「{title}」写在另一次操作里面了"
                raise RuntimeError(msg)
            self._open = True
            try:
                with Session(self._writer, expire_on_commit=False) as session:
                    act = self._begin(session, title, undoes)
                    yield session
                    change = self._finish(session, act)
            finally:
                self._open = False
        if change is not None:
            for listener in tuple(self._listeners):
                listener(change)

    def _begin(self, session: Session, title: str, undoes: int | None) -> Act:
        act = Act(at=self.clock.now(), user_name=self.user, title=title, undoes=undoes)
        session.add(act)
        session.flush()
        session.execute(sa.text("INSERT INTO open_unit VALUES (:act)"), {"act": act.id})
        return act

    @staticmethod
    def _finish(session: Session, act: Act) -> Change | None:
        session.flush()
        counted = journal.counted(session, act.id)
        if not counted:
            session.rollback()
            return None
        act.records = sum(counted.values())
        rows = journal.touched(session, act.id, search.watched())
        search.refresh(session, chain(search.concerned(rows), [(Act.__tablename__, act.id)]))
        session.execute(sa.text("DELETE FROM open_unit"))
        session.commit()
        return Change(act.title, frozenset(counted), act.id)

    @contextmanager
    def log(self) -> Iterator[Session]:
        """A session for what is written down beside the journal (papers, values shown, backups made)."""
        with self._lock, Session(self._writer, expire_on_commit=False) as session:
            yield session
            written = [*session.new, *session.dirty]
            session.flush()
            search.refresh(session, [(one.__tablename__, one.id) for one in written])
            session.commit()

    def undo(self, act_id: int | None = None) -> str:
        """Take back an act, the last that stands if none is named; answers its title.

        Raises:
            CannotUndo: there is none, or later acts changed what it wrote.
        """
        with self._lock:
            target = self.last_act() if act_id is None else act_id
            with self.read() as session:
                act = journal.to_undo(session, target)
            verb = "恢复" if act.undoes is not None else "撤销"
            try:
                with self.unit(f"{verb}：{act.title.removeprefix('撤销：')}", undoes=act.id) as session:
                    journal.undo(session, act.id)
            except sa.exc.IntegrityError as error:
                raise journal.CannotUndo(
                    f"不能撤销「{act.title}」：后来的记录还用着它。台账没有改动，请先撤销后来的操作。"
                ) from error
        return act.title

    def last_act(self) -> int | None:
        """The newest act that stands, is no undoing itself and didn't found the ledger."""
        able = sa.select(Act.id).where(Act.undoes.is_(None), Act.title != journal.FOUNDING)
        with self.read() as session:
            newest = session.scalars(able.order_by(Act.id.desc()))
            return next((act for act in newest if journal.stands(session, act)), None)

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Be told of every change, in the thread that made it; answers how to stop being told."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def still(self) -> Iterator[Any]:
        """The raw writing connection while nothing is written: for backups and for examining the file."""
        with self._lock, self._writer.connect() as connection:
            raw = connection.connection.dbapi_connection
            yield raw
