"""Backups and the ledger's own check-up, with what is written down about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db import backup, cipher, migrations, search, settings
from cadre_desk.db.base import Base, dated_fields, fields_of
from cadre_desk.db.container import Reason
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Act, BackupMade, Journal, Membership, Movement, Person, PersonFact
from cadre_desk.db.places import backups_beside
from cadre_desk.domain.person_rules import told_apart
from cadre_desk.registers.register import Register

UNVERIFIED, VERIFIED, DAMAGED, CLEARED = "1", "2", "3", "4"
#: Reason written down for a copy on the second medium.
SECOND = "第二份"

#: Told how far long work is: done, of how many, what it does now.
Step = Callable[[int, int, str], None]


def make_backup(ledger: Ledger, reason: Reason, folder: Path | None = None) -> backup.BackupFile:
    """Copy the open ledger into one file and write that down; it is unverified until ``verify_backup``.

    The copy is read through a connection of its own, so that nobody waits for it.

    Raises:
        BackupFailed: the folder can't be written or is full; the ledger is untouched.
    """
    desk = ledger.desk
    place = folder or backups_beside(ledger.path)
    with closing(cipher.connect(ledger.path, ledger.vault.key, query_only=True)) as connection:
        made = backup.make_backup(connection, ledger.vault, place, reason, desk.clock.now())
    _write_down(ledger, made, reason.label)
    return made


def _write_down(ledger: Ledger, made: backup.BackupFile, reason: str, state: str = UNVERIFIED) -> None:
    now = ledger.desk.clock.now()
    with ledger.desk.log() as session:
        session.add(
            BackupMade(
                at=now,
                path=str(made.path),
                reason=reason,
                size=made.size,
                state=state,
                verified_at=now if state == VERIFIED else None,
            )
        )


def copy_to_second(ledger: Ledger, made: Path) -> backup.BackupFile | None:
    """Put a verified backup on the office's second medium and read it back; None if the office has set none.

    Raises:
        BackupFailed: the medium is not there, is full or damaged; the first backup stands.
    """
    with ledger.desk.read() as session:
        folder = settings.read(session, settings.BACKUP_SECOND)
    if not folder:
        return None
    if not Path(folder).is_dir():
        raise backup.BackupFailed(
            f"第二备份位置“{folder}”现在找不到，可能移动盘没有插好。本机的备份已经做好；插好后再点「立即备份」。"
        )
    copied = backup.copy_backup(made, Path(folder))
    _write_down(ledger, copied, SECOND, VERIFIED)
    return copied


@dataclass(frozen=True, slots=True)
class Kept:
    """How a whole backup went: the file, what its examination said, its second copy, what was cleared away.

    ``trouble`` says why there is no second copy though the office wants one.
    """

    made: backup.BackupFile
    verification: backup.Verification
    second: backup.BackupFile | None = None
    trouble: str = ""
    cleared: int = 0


def back_up(ledger: Ledger, reason: Reason, step: Step = lambda *_: None) -> Kept:
    """Make a backup, open and count it, put it on the second medium, and clear what the tiers don't keep.

    Raises:
        BackupFailed: there is no backup; the ledger is untouched.
    """
    step(0, 3, "正在备份")
    made = make_backup(ledger, reason)
    step(1, 3, "正在核验备份")
    verification = verify_backup(ledger, made.path)
    second, trouble = None, ""
    if verification.ok:
        step(2, 3, "正在存到第二备份位置")
        try:
            second = copy_to_second(ledger, made.path)
        except backup.BackupFailed as error:
            trouble = str(error)
    cleared = clear_old(ledger)
    return Kept(made, verification, second, trouble, len(cleared))


def has_pending(session: Session) -> bool:
    """Whether a backup was made that nobody opened and counted yet."""
    return session.scalar(sa.select(BackupMade.id).where(BackupMade.state == UNVERIFIED).limit(1)) is not None


def verify_pending(ledger: Ledger) -> tuple[Path, ...]:
    """Verify what was made in passing (before imports and bulk edits), then clear by the tiers."""
    with ledger.desk.read() as session:
        waiting = session.scalars(
            sa.select(BackupMade.path).where(BackupMade.state == UNVERIFIED).order_by(BackupMade.id)
        ).all()
    paths = [Path(path) for path in waiting]
    gone = [path for path in paths if not path.exists()]
    if gone:
        _mark(ledger, gone, CLEARED)
    for path in paths:
        if path.exists():
            verify_backup(ledger, path)
    if paths:
        clear_old(ledger)
    return tuple(path for path in paths if path not in gone)


def changed_since_backup(session: Session) -> bool:
    """Whether any act came after the newest backup (whose own journal it would not hold)."""
    newest = session.scalar(sa.select(sa.func.max(BackupMade.at)).where(BackupMade.state != CLEARED))
    last = session.scalar(sa.select(sa.func.max(Act.at)))
    return last is not None and (newest is None or last >= newest)


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
    removed = backup.prune(backups_beside(ledger.path), ledger.desk.clock.now(), ledger.vault.ledger_id)
    if removed:
        _mark(ledger, removed, CLEARED)
    return removed


def _mark(ledger: Ledger, paths: Iterable[Path], state: str) -> None:
    with ledger.desk.log() as session:
        session.execute(
            sa.update(BackupMade)
            .where(BackupMade.path.in_([str(path) for path in paths]))
            .values(state=state)
        )


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
            "search.stale",
            "warn",
            table,
            "",
            f"表「{table}」有 {len(rows)} 条记录的检索词与内容不一致，重建检索后即可。",
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
        told = f"的「{fields_of(Person)[aspect].label}」与变更记录不一致。"
        findings += [
            Finding("fact.differs", "hold", "people", uid, f"{who}{told}")
            for uid, who in _persons(session, column.is_distinct_from(latest))
        ]
    return findings


def _persons(session: Session, which: sa.ColumnElement[bool]) -> list[tuple[str, str]]:
    """The uids of some people, each with the name; namesakes as they are told apart."""
    shared = _shared_names(session)
    query = sa.select(Person.uid, Person.name, Person.id_no, Person.last_unit).where(which)
    return [
        (uid, told_apart(name, id_no, unit) if name in shared else name)
        for uid, name, id_no, unit in session.execute(query)
    ]


def _off_the_books(session: Session) -> list[Finding]:
    """On the books means that the movements add up to one; off them, to none and no open membership."""
    total = (
        sa.select(sa.func.coalesce(sa.func.sum(Movement.direction), 0))
        .where(Movement.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    expected = sa.case((Person.status == "1", 1), else_=0)
    findings = [
        Finding("movement.sum", "hold", "people", uid, f"{who}的在册状态与增减变动不一致。")
        for uid, who in _persons(session, total != expected)
    ]
    open_membership = sa.exists().where(Membership.person_id == Person.id, Membership.left.is_(None))
    findings += [
        Finding("membership.open", "warn", "people", uid, f"{who}已不在册，组织关系还没有结束。")
        for uid, who in _persons(session, sa.and_(Person.status != "1", open_membership))
    ]
    return findings


def _shared_names(session: Session) -> frozenset[str]:
    """The names that several people bear."""
    several = sa.select(Person.name).group_by(Person.name).having(sa.func.count() > 1)
    return frozenset(session.scalars(several))


def _broken_rules(session: Session, register: Register, ledger: Ledger) -> list[Finding]:
    if not register.rules:
        return []
    model: Any = register.model
    today = ledger.desk.clock.today()
    findings: list[Finding] = []
    keys = [one.key for one in sa.inspect(model).column_attrs]
    owned = "person_id" in keys
    names: dict[int, str] = {}
    if owned:
        names |= {one.id: one.name for one in session.execute(sa.select(Person.id, Person.name))}
    shared = _shared_names(session) if model is Person else frozenset()
    for row in session.execute(sa.select(*(getattr(model, key) for key in keys))):
        values = dict(zip(keys, row, strict=True))
        label = values.get(register.name) or names.get(values.get("person_id", 0)) or register.title
        if label in shared:
            label = told_apart(label, values.get("id_no"), values.get("last_unit"))
        if owned:
            values["person_name"] = names.get(values["person_id"])
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
