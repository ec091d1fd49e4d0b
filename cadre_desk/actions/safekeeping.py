"""Backups and the ledger's own check-up, with what is written down about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db import backup, cipher, migrations, search
from cadre_desk.db.base import Base, dated_fields
from cadre_desk.db.container import Reason
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import BackupMade, Journal, Membership, Movement, Person, PersonFact
from cadre_desk.registers.register import Register

UNVERIFIED, VERIFIED, DAMAGED, CLEARED = "1", "2", "3", "4"


def backup_folder(ledger: Path) -> Path:
    """Where the ledger's backups lie: beside it."""
    return ledger.parent / f"{ledger.stem}-备份"


def make_backup(ledger: Ledger, reason: Reason, folder: Path | None = None) -> backup.BackupFile:
    """Copy the open ledger into one file and write that down; it is unverified until ``verify_backup``.

    Raises:
        BackupFailed: the folder can't be written or is full; the ledger is untouched.
    """
    desk = ledger.desk
    place = folder or backup_folder(ledger.path)
    with desk.still() as connection:
        made = backup.make_backup(connection, ledger.vault, place, reason, desk.clock.now())
    with desk.log() as session:
        session.add(
            BackupMade(
                at=made.made_at, path=str(made.path), reason=reason.label, size=made.size, state=UNVERIFIED
            )
        )
    return made


def verify_backup(ledger: Ledger, path: Path) -> backup.Verification:
    """Open a backup, examine and count it, and write down how that went."""
    verification = backup.verify_backup(path, ledger.vault.key, ledger.desk.clock.now())
    state = VERIFIED if verification.ok else DAMAGED
    with ledger.desk.log() as session:
        session.execute(
            sa.update(BackupMade)
            .where(BackupMade.path == str(path))
            .values(state=state, verified_at=ledger.desk.clock.now())
        )
    return verification


def last_verified(session: Session) -> BackupMade | None:
    """The newest backup that was opened and counted."""
    query = sa.select(BackupMade).where(BackupMade.state == VERIFIED).order_by(BackupMade.at.desc()).limit(1)
    return session.scalars(query).first()


def clear_old(ledger: Ledger) -> tuple[Path, ...]:
    """Take away backups that the tiers no longer keep (never the last verified one)."""
    removed = backup.prune(backup_folder(ledger.path), ledger.desk.clock.now(), ledger.vault.ledger_id)
    if removed:
        with ledger.desk.log() as session:
            session.execute(
                sa.update(BackupMade)
                .where(BackupMade.path.in_([str(one) for one in removed]))
                .values(state=CLEARED)
            )
    return removed


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the check-up found."""

    rule: str
    severity: str
    register: str
    uid: str
    text: str


@dataclass(slots=True)
class CheckUp:
    """How the ledger is: the file, the journal, how much it holds, and what was found."""

    integrity: str = "ok"
    journal: str = "ok"
    schema: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it (design section 5)."""
        return {
            "integrity": self.integrity,
            "journal": self.journal,
            "schema": self.schema,
            "counts": self.counts,
            "findings": [
                {
                    "rule": one.rule,
                    "severity": one.severity,
                    "register": one.register,
                    "uid": one.uid,
                    "text": one.text,
                }
                for one in self.findings
            ],
        }


def check_up(ledger: Ledger, registers: Callable[[], list[Register]]) -> CheckUp:
    """Examine the ledger: file, journal, derived rows, dated facts, movements, every record's own rules."""
    found = CheckUp()
    with ledger.desk.still() as connection:
        faults = cipher.examine(connection)
        found.schema = migrations.version(connection)
        found.counts = backup.table_counts(connection)
    found.integrity = "；".join(faults) or "ok"
    with ledger.desk.read() as session:
        found.journal = _journal_state(session)
        found.findings += _stale_tokens(session)
        found.findings += _facts_that_differ(session)
        found.findings += _off_the_books(session)
        for register in registers():
            found.findings += _broken_rules(session, register, ledger)
    return found


def _journal_state(session: Session) -> str:
    orphans = session.scalar(
        sa.select(sa.func.count())
        .select_from(Journal)
        .where(Journal.table_name.not_in(list(Base.metadata.tables)))
    )
    return "ok" if not orphans else f"有 {orphans} 行记着不认识的表"


def _stale_tokens(session: Session) -> list[Finding]:
    return [
        Finding(
            "search.stale", "warn", table, "", f"有 {len(rows)} 条记录的检索词与内容不一致，重建检索后即可。"
        )
        for table in search.searched()
        if (rows := search.stale(session, table))
    ]


def _facts_that_differ(session: Session) -> list[Finding]:
    """A person's column must repeat the latest of its dated facts."""
    findings: list[Finding] = []
    for aspect in dated_fields(Person):
        latest = (
            sa.select(PersonFact.value)
            .where(PersonFact.owner_id == Person.id, PersonFact.aspect == aspect)
            .order_by(PersonFact.since.desc(), PersonFact.booked.desc(), PersonFact.id.desc())
            .limit(1)
            .correlate(Person)
            .scalar_subquery()
        )
        column = sa.cast(Person.__table__.c[aspect], sa.String())
        query = sa.select(Person.uid, Person.name).where(column.is_distinct_from(latest))
        findings += [
            Finding("fact.differs", "hold", "people", uid, f"{name}的「{aspect}」与变更记录不一致。")
            for uid, name in session.execute(query)
        ]
    return findings


def _off_the_books(session: Session) -> list[Finding]:
    """On the books means that the movements add up to one; off them, to none and no open membership."""
    total = (
        sa.select(sa.func.coalesce(sa.func.sum(Movement.direction), 0))
        .where(Movement.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    expected = sa.case((Person.status == "1", 1), else_=0)
    wrong = session.execute(sa.select(Person.uid, Person.name).where(total != expected))
    findings = [
        Finding("movement.sum", "hold", "people", uid, f"{name}的在册状态与增减变动不一致。")
        for uid, name in wrong
    ]
    open_membership = sa.exists().where(Membership.person_id == Person.id, Membership.left.is_(None))
    left = session.execute(sa.select(Person.uid, Person.name).where(Person.status != "1", open_membership))
    findings += [
        Finding("membership.open", "warn", "people", uid, f"{name}已不在册，组织关系还没有结束。")
        for uid, name in left
    ]
    return findings


def _broken_rules(session: Session, register: Register, ledger: Ledger) -> list[Finding]:
    if not register.rules:
        return []
    model: Any = register.model
    today = ledger.desk.clock.today()
    findings: list[Finding] = []
    keys = [one.key for one in sa.inspect(model).column_attrs]
    for row in session.execute(sa.select(*(getattr(model, key) for key in keys))):
        values = dict(zip(keys, row, strict=True))
        label = values.get(register.name) or ""
        findings += [
            Finding(
                problem.field or "record",
                str(problem.severity),
                register.key,
                values["uid"],
                f"{label}：{problem.text}",
            )
            for problem in register.problems(values, today)
        ]
    return findings
