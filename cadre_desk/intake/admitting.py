"""Taking many people onto the books at once: the same records as ``actions.people.admit`` writes one by one.

A roster of thousands would take minutes by single statements. The rules were asked by the plan; what is
written here is held against ``admit`` by a test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.people import LATE_ENTRY, NEW_RETIREMENT
from cadre_desk.actions.records import booking_day, stored_form
from cadre_desk.db.base import dated_fields
from cadre_desk.db.models import BankAccount, Contact, Membership, Movement, Person, PersonFact
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Problem, RuleError

Values = Mapping[str, Any]

#: Rows in one call of the driver; the progress is told between.
BATCH: Final = 500
_REQUIRED: Final = {"person_kind": "1", "status": "1"}


def admit_many(
    session: Session, people: Sequence[Values], today: date, booking: Booking | None = None
) -> list[int]:
    """Write people, their dated facts, movements and memberships; answers their keys in order.

    Each comes on the day of retirement, or today as 补录 where that is not known. ``booking`` is one for all
    batches of a unit.

    Raises:
        RuleError: one of them has the same unique value as somebody in the ledger.
    """
    if not people:
        return []
    first = _next_key(session, Person)
    keys = list(range(first, first + len(people)))
    days = booking or Booking(session, today)
    try:
        _insert(
            session,
            Person,
            [{"id": key, **_REQUIRED, **values} for key, values in zip(keys, people, strict=True)],
        )
    except sa.exc.IntegrityError as error:
        text = "台账在看过变化之后又改动过，有人已经在册；没有写入，请重新看一遍变化再写。"
        raise RuleError([Problem(text)]) from error
    dated = dated_fields(Person)
    facts, movements, memberships = [], [], []
    for key, values in zip(keys, people, strict=True):
        retired = values.get("retire_date")
        day = retired or PartialDate.of(today)
        booked, late = days.of(day)
        begin = {"since": day, "booked": booked}
        for aspect in dated:
            stored = stored_form(Person, aspect, values.get(aspect))
            if stored is not None:
                facts.append({"owner_id": key, "aspect": aspect, "value": stored, **begin})
        movements.append(
            {
                "person_id": key,
                "direction": 1,
                "kind": LATE_ENTRY if retired is None else NEW_RETIREMENT,
                "happened": day,
                "booked": booked,
                "late": late or None,
            }
        )
        if values.get("branch_id"):
            membership = {"person_id": key, "branch_id": values["branch_id"]}
            memberships.append({**membership, "joined": day, "joined_booked": booked})
    _insert(session, PersonFact, facts)
    _insert(session, Movement, movements)
    _insert(session, Membership, memberships)
    return keys


def add_contacts(session: Session, contacts: Sequence[Values]) -> None:
    """Write contacts whose fields were read from a roster."""
    _insert(session, Contact, contacts)


def add_accounts(session: Session, accounts: Sequence[Values]) -> None:
    """Write bank accounts whose fields were read from a roster."""
    _insert(session, BankAccount, accounts)


def _insert(session: Session, model: Any, rows: Sequence[Values]) -> None:
    """Write rows; columns that no row of a batch tells stay out of its statement."""
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        given = {name for row in some for name in row}
        told = [column.name for column in model.__table__.columns if column.name in given]
        session.execute(sa.insert(model.__table__), [{name: row.get(name) for name in told} for row in some])


def _next_key(session: Session, model: Any) -> int:
    """The key that the next record gets: a key is never used twice, not even after an undo."""
    last = session.scalar(
        sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": model.__tablename__}
    )
    return (last or 0) + 1


class Booking:
    """The 入账日 of each day; whether a year is closed is asked once for each year."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self._closed: dict[int, bool] = {}

    def of(self, happened: PartialDate) -> tuple[date, bool]:
        """When statistics count what happened on a day, and whether that is 补录, as ``booking_day`` says."""
        day = min(happened.last, self._today)
        if day.year not in self._closed:
            self._closed[day.year] = booking_day(self._session, happened, self._today)[1]
        return (self._today, True) if self._closed[day.year] else (day, False)
