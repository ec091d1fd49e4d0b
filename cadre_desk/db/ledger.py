"""A ledger from the outside: made, unlocked, locked against a second writer, migrated, opened."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db import amendments, backup, cipher, journal, migrations, settings
from cadre_desk.db.clock import Clock
from cadre_desk.db.container import Reason
from cadre_desk.db.desk import Desk
from cadre_desk.db.keyslots import SlotUser
from cadre_desk.db.ledger_lock import LedgerLock
from cadre_desk.db.models import About, User
from cadre_desk.db.places import backups_beside
from cadre_desk.db.recovery import normalise_code
from cadre_desk.db.vault import Vault, check_password

#: What the ledger says of itself.
LEDGER_ID = "ledger.id"
KEYS_REVISION = "keys.revision"

Unlock = Callable[[Vault], bytes]


@dataclass(frozen=True, slots=True)
class Founder:
    """Who makes a ledger: the office, the county, the first user and that user's password."""

    office: str
    county: str
    user: str
    password: str
    recovery_code: str


class Ledger:
    """An open ledger with its desk, its keys and the lock that keeps a second writer out."""

    def __init__(self, path: Path, vault: Vault, desk: Desk, lock: LedgerLock) -> None:
        """Hold what was opened; ``close`` gives all of it back."""
        self.path, self.vault, self.desk, self._lock = path, vault, desk, lock

    def __enter__(self) -> Self:
        """Use the ledger in a with block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    @property
    def is_demo(self) -> bool:
        """Whether it opens without a password, as only a demo does."""
        return self.vault.is_open

    def confirm_keys(self) -> None:
        """Hold the keys found against what the ledger says of itself, and note a newer revision.

        Raises:
            KeysStale: they belong to another ledger, or are older than it knows.
        """
        with self.desk.read() as session:
            known = dict(session.execute(sa.select(About.key, About.value)).all())
        self.vault.confirm(known.get(LEDGER_ID, ""), int(known.get(KEYS_REVISION, "0")))
        if self.vault.revision > int(known.get(KEYS_REVISION, "0")):
            self.note_keys()

    def note_keys(self) -> None:
        """Write down whose keys these are and their revision; call it after every change of the keys."""
        with self.desk.log() as session:
            session.execute(sa.delete(About).where(About.key.in_([LEDGER_ID, KEYS_REVISION])))
            session.add_all(
                [
                    About(key=LEDGER_ID, value=self.vault.ledger_id),
                    About(key=KEYS_REVISION, value=str(self.vault.revision)),
                ]
            )

    def close(self) -> None:
        """Close the file and let others in."""
        self.desk.close()
        self._lock.release()


def create(path: Path, founder: Founder, *, clock: Clock | None = None) -> Ledger:
    """Make a ledger for an office: its first user is 管理员 and signs in with the password.

    Raises:
        UserError: the file exists, the folder can't be written, the password is too weak.
    """
    check_password(founder.password)
    code = normalise_code(founder.recovery_code)
    ledger = _make(path, clock, founder.user)
    with ledger.desk.unit(journal.FOUNDING) as session:
        user = User(name=founder.user, role="1")
        session.add(user)
        session.flush()
        settings.write(session, {settings.OFFICE.key: founder.office, settings.COUNTY.key: founder.county})
        session.refresh(user)
        slot = SlotUser(user.uid, founder.user)
    ledger.vault.add_password(slot, founder.password)
    ledger.vault.set_recovery(code)
    ledger.note_keys()
    return ledger


def create_open(path: Path, *, clock: Clock | None = None, seed: int | None = None) -> Ledger:
    """Make an empty ledger that opens without a password: only the demo does this.

    ``seed`` fixes the uids that the ledger gives, so that two builds are alike.
    """
    ledger = _make(path, clock, "", seed)
    ledger.vault.add_open()
    ledger.note_keys()
    return ledger


def _make(path: Path, clock: Clock | None, user: str, seed: int | None = None) -> Ledger:
    key = cipher.new_key()
    with closing(cipher.connect(path, key, create=True)) as connection:
        migrations.migrate(connection, lambda: None)
    number = uuid.uuid4() if seed is None else uuid.UUID(int=seed)
    vault = Vault.create(path, str(number), key)
    lock = LedgerLock(path, user)
    lock.take()
    desk = Desk(path, key, clock=clock, user=user, seed=seed)
    ledger = Ledger(path, vault, desk, lock)
    ledger.note_keys()
    return ledger


def open_ledger(path: Path, unlock: Unlock, *, user: str = "", clock: Clock | None = None) -> Ledger:
    """Open a ledger with what ``unlock`` gets from its vault; missing key files are written back by that.

    Raises:
        UserError: wrong password, another writer, a newer or damaged file; nothing was changed.
    """
    clock = clock or Clock()
    vault = Vault.find(path)
    key = unlock(vault)
    lock = LedgerLock(path, user)
    lock.take()
    try:
        _bring_up(path, key, vault, clock)
        ledger = Ledger(path, vault, Desk(path, key, clock=clock, user=user), lock)
    except BaseException:
        lock.release()
        raise
    try:
        ledger.confirm_keys()
        with ledger.desk.read() as session:
            amendments.use(session)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _bring_up(path: Path, key: bytes, vault: Vault, clock: Clock) -> None:
    with closing(cipher.connect(path, key)) as connection:
        migrations.migrate(connection, lambda: _copy_first(connection, path, vault, clock))
        migrations.check_shape(connection)


def _copy_first(connection: Any, path: Path, vault: Vault, clock: Clock) -> None:
    backup.make_backup(connection, vault, backups_beside(path), Reason.MIGRATION, clock.now())


def by_password(name: str, password: str) -> Unlock:
    """Unlock as a user."""
    return lambda vault: vault.unlock_password(name, password)


def by_recovery(code: str) -> Unlock:
    """Unlock with the printed recovery code."""
    return lambda vault: vault.unlock_recovery(code)


def openly(vault: Vault) -> bytes:
    """Unlock a demo."""
    return vault.unlock_open()


def first_user(session: Session) -> str:
    """Who works in a demo when nobody says: its first 经办, else its first user."""
    query = sa.select(User.name).where(User.active.is_(True)).order_by(User.role != "2", User.id).limit(1)
    return session.scalar(query) or ""


def sign_in(session: Session, name: str) -> User | None:
    """The active user of a name."""
    return session.scalars(sa.select(User).where(User.name == name, User.active.is_(True))).first()
