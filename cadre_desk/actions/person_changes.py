"""Changes of a person beside entry and leaving: a branch recorded wrongly, and coming back on the books."""

from __future__ import annotations

from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.history import act_of
from cadre_desk.actions.people import LATE_ENTRY
from cadre_desk.actions.records import booking_day, is_closed
from cadre_desk.db.models import Act, Membership, Movement, Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Problem, RuleError

_ON_BOOKS: Final = "1"
_MOVED: Final = "1"


def correct_branch(session: Session, person: int, branch: int | None, *, today: date) -> None:
    """The branch was always another one: the open membership is mended, its days stay.

    Where there should have been none the membership ends on the day it began. One that a closed year has
    counted ends so too, booked today, and the right one begins on that same day.
    """
    found = session.get_one(Person, person)
    found.branch_id = branch
    open_one = session.scalars(
        sa.select(Membership)
        .where(Membership.person_id == person, Membership.left.is_(None))
        .order_by(Membership.id.desc())
        .limit(1)
    ).first()
    if open_one is None:
        session.flush()
        return
    closed = is_closed(session, open_one.joined_booked)
    if branch is not None and not closed:
        open_one.branch_id = branch
    else:
        booked = today if closed else open_one.joined_booked
        open_one.left, open_one.left_booked, open_one.leave_kind = open_one.joined, booked, _MOVED
        if branch is not None:
            session.add(
                Membership(person_id=person, branch_id=branch, joined=open_one.joined, joined_booked=booked)
            )
    session.flush()


def leaving_of(session: Session, person: int) -> Act | None:
    """The act by which a person who is off the books left them."""
    query = (
        sa.select(Movement.id)
        .where(Movement.person_id == person, Movement.direction < 0)
        .order_by(Movement.id.desc())
        .limit(1)
    )
    movement = session.scalar(query)
    return None if movement is None else act_of(session, Movement, movement)


def reinstate(
    session: Session,
    person: int,
    happened: PartialDate,
    *,
    today: date,
    reason: str,
    kind: str = LATE_ENTRY,
    branch: int | None = None,
) -> None:
    """恢复在册: a person who left the books is on them again from a day; what was closed stays closed.

    The way for what can't be undone any more; ``kind`` is 补录 or 转入. A branch opens a new membership.

    Raises:
        RuleError: the person is on the books, the day lies ahead, or no reason was given.
    """
    found = session.get_one(Person, person)
    if found.status == _ON_BOOKS:
        raise RuleError([Problem(f"{found.name}已经在册，不用恢复。")])
    if happened.first > today:
        raise RuleError([Problem(f"{happened.words()} 还没有到，请核对。", "happened")])
    if not reason.strip():
        raise RuleError([Problem("恢复在册要写明原因。", "reason")])
    booked, late = booking_day(session, happened, today)
    session.add(
        Movement(
            person_id=person,
            direction=1,
            kind=kind,
            happened=happened,
            booked=booked,
            late=late or None,
            reason=reason.strip(),
        )
    )
    found.status = _ON_BOOKS
    found.death_date = None
    if branch is not None:
        found.branch_id = branch
        session.add(Membership(person_id=person, branch_id=branch, joined=happened, joined_booked=booked))
    session.flush()
