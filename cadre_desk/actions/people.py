"""A person comes onto the books or leaves them: each way is one act with all that it entails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import records
from cadre_desk.actions.records import How, Kept, booking_day
from cadre_desk.db.models import Membership, Movement, Person, Visit
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Problem, RuleError
from cadre_desk.domain.visits import WAITING
from cadre_desk.registers.people import PEOPLE

NEW_RETIREMENT: Final = "11"
TRANSFER_IN: Final = "12"
LATE_ENTRY: Final = "13"
DEATH: Final = "21"
TRANSFER_OUT: Final = "22"
MISTAKE: Final = "24"

#: The status that each way off the books leaves behind.
_STATUS: Final = {DEATH: "2", TRANSFER_OUT: "3", MISTAKE: "4", "23": "4", "25": "4"}


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that an act does besides, in words and counted."""

    text: str
    count: int


def admit(
    session: Session,
    values: Mapping[str, Any],
    *,
    today: date,
    kind: str = NEW_RETIREMENT,
    happened: PartialDate | None = None,
    origin: str | None = None,
) -> Kept:
    """Take a person onto the books: the record, its dated facts, the movement and the branch membership.

    ``happened`` defaults to the retirement date for new retirements, else to today.

    Raises:
        RuleError: the rules hold against the values.
    """
    day = happened or (values.get("retire_date") if kind == NEW_RETIREMENT else None) or PartialDate.of(today)
    kept = records.keep(session, PEOPLE, values, today=today, how=How.CHANGE, since=day)
    booked, late = booking_day(session, day, today)
    session.add(
        Movement(
            person_id=kept.id,
            direction=1,
            kind=kind,
            happened=day,
            booked=booked,
            late=late or None,
            other_place=origin,
        )
    )
    if values.get("branch_id"):
        _join(session, kept.id, values["branch_id"], day, booked)
    session.flush()
    return kept


def keep_person(
    session: Session,
    values: Mapping[str, Any],
    person: int,
    *,
    today: date,
    how: How = How.CORRECTION,
    since: PartialDate | None = None,
) -> Kept:
    """Change fields of a person; another branch closes the membership there was and opens one."""
    before = session.get_one(Person, person).branch_id
    kept = records.keep(session, PEOPLE, values, person, today=today, how=how, since=since)
    if "branch_id" in values and values["branch_id"] != before:
        day = since or PartialDate.of(today)
        booked, _ = booking_day(session, day, today)
        _leave(session, person, day, booked, "1")
        if values["branch_id"]:
            _join(session, person, values["branch_id"], day, booked)
    return kept


def consequences_of_leaving(session: Session, person: int) -> list[Consequence]:
    """What leaving the books will close for a person, counted before it is decided."""
    memberships = sa.select(sa.func.count()).where(Membership.person_id == person, Membership.left.is_(None))
    visits = sa.select(sa.func.count()).where(Visit.person_id == person, Visit.state.in_(WAITING))
    return [
        Consequence("结束所在党支部的组织关系", session.scalar(memberships.select_from(Membership)) or 0),
        Consequence("从还没走访的慰问名册上注明", session.scalar(visits.select_from(Visit)) or 0),
        Consequence("记一笔减员，从入账日起不再计入在册", 1),
    ]


def record_death(
    session: Session, person: int, died: PartialDate, *, today: date, note: str | None = None
) -> None:
    """登记去世: off the books, membership closed, planned visits marked; one act, taken back as one.

    Raises:
        RuleError: the day lies ahead, or the person is not on the books.
    """
    if died.first > today:
        raise RuleError([Problem(f"{died.words()} 还没有到，请核对。", "death_date")])
    _leave_books(session, person, DEATH, died, today=today, note=note)
    session.execute(sa.update(Person).where(Person.id == person).values(death_date=died))


def transfer_out(
    session: Session, person: int, happened: PartialDate, *, today: date, to: str | None = None
) -> None:
    """转出: the person's management goes to another county or bureau.

    Raises:
        RuleError: the day lies ahead, or the person is not on the books.
    """
    if happened.first > today:
        raise RuleError([Problem(f"{happened.words()} 还没有到，请核对。", "happened")])
    _leave_books(session, person, TRANSFER_OUT, happened, today=today, other_place=to)


def strike_out(session: Session, person: int, *, today: date, reason: str, kind: str = MISTAKE) -> None:
    """注销: a record entered twice or by mistake, or a status withdrawn; it stays readable.

    Raises:
        RuleError: no reason was given, or the person is not on the books.
    """
    if not reason.strip():
        raise RuleError([Problem("注销要写明原因。", "reason")])
    _leave_books(session, person, kind, PartialDate.of(today), today=today, note=reason)


def _leave_books(
    session: Session,
    person: int,
    kind: str,
    happened: PartialDate,
    *,
    today: date,
    note: str | None = None,
    other_place: str | None = None,
) -> None:
    found = session.get_one(Person, person)
    if found.status != "1":
        raise RuleError([Problem(f"{found.name}现在不在册，不能再办减员；请先核对增减变动记录。")])
    entry = _last_entry(session, person)
    if entry is not None and happened.last < entry.happened.first:
        raise RuleError(
            [
                Problem(
                    f"{happened.words()} 早于{found.name}入册的 {entry.happened.words()}，请核对。",
                    "happened",
                )
            ]
        )
    booked, late = booking_day(session, happened, today)
    if entry is not None:
        booked = max(booked, entry.booked)
    session.add(
        Movement(
            person_id=person,
            direction=-1,
            kind=kind,
            happened=happened,
            booked=booked,
            late=late or None,
            reason=note,
            other_place=other_place,
        )
    )
    found.status = _STATUS[kind]
    found.branch_id = None
    session.flush()
    _leave(session, person, happened, booked, "2" if kind == DEATH else "1")
    _note_on_rounds(session, person, f"{happened.show()}{codes.table('movement_kind').short(kind)}")


def _note_on_rounds(session: Session, person: int, words: str) -> None:
    """Write on every visit that is still to be made why it won't be, behind what is noted there."""
    noted = sa.func.coalesce(Visit.note.op("||")("；"), "").op("||")(words)
    session.execute(
        sa.update(Visit).where(Visit.person_id == person, Visit.state.in_(WAITING)).values(note=noted)
    )


def _last_entry(session: Session, person: int) -> Movement | None:
    query = sa.select(Movement).where(Movement.person_id == person, Movement.direction > 0)
    return session.scalars(query.order_by(Movement.booked.desc(), Movement.id.desc()).limit(1)).first()


def _join(session: Session, person: int, branch: int, day: PartialDate, booked: date) -> None:
    session.add(Membership(person_id=person, branch_id=branch, joined=day, joined_booked=booked))
    session.flush()


def _leave(session: Session, person: int, day: PartialDate, booked: date, kind: str) -> None:
    session.execute(
        sa.update(Membership)
        .where(Membership.person_id == person, Membership.left.is_(None))
        .values(left=day, left_booked=booked, leave_kind=kind)
    )
