"""What is written down when something leaves the office: batch numbers, papers, masked values shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.desk import Desk
from cadre_desk.db.models import PaperLog, SightLog


def digest_of(texts: Iterable[str]) -> str:
    """A fingerprint of what a paper says, by which a later print is held against it."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Leaving:
    """A paper about to leave the office: its key, subject, the way it goes, the digest of what it says.

    ``series`` begins its batch number (MC 名册, FF 慰问发放, KP 卡片, SR 生日, DZB 支部, NB 年报; paper 8).
    """

    series: str
    paper: str
    subject: str
    title: str
    way: str
    persons: int
    digest: str
    purpose: str = ""


def take_batch(desk: Desk, leaving: Leaving) -> str:
    """Give a print or export its batch number (series-year-number) and write it down."""
    now = desk.clock.now()
    with desk.log() as session:
        beginning = f"{leaving.series}-{now.year}-"
        last = session.scalar(
            sa.select(sa.func.max(PaperLog.batch)).where(PaperLog.batch.startswith(beginning))
        )
        number = int(last.removeprefix(beginning)) + 1 if last else 1
        batch = f"{beginning}{number:04d}"
        session.add(
            PaperLog(
                at=now,
                user_name=desk.user,
                paper=leaving.paper,
                subject=leaving.subject,
                title=leaving.title,
                batch=batch,
                way=leaving.way,
                purpose=leaving.purpose or None,
                persons=leaving.persons,
                digest=leaving.digest,
            )
        )
    return batch


def last_print(session: Session, paper: str, subject: str) -> PaperLog | None:
    """The newest print of a paper for a subject; if its digest differs now, 与已打印批次不一致."""
    query = sa.select(PaperLog).where(PaperLog.paper == paper, PaperLog.subject == subject)
    return session.scalars(query.order_by(PaperLog.id.desc()).limit(1)).first()


def note_sight(desk: Desk, what: str) -> None:
    """Write down that someone asked to see what is masked."""
    with desk.log() as session:
        session.add(SightLog(at=desk.clock.now(), user_name=desk.user, what=what[:200]))
