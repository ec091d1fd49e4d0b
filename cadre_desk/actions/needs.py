"""诉求: taking a need down, 交办, 催办, 办结, 回访, 销号; each step one function, called inside a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import records
from cadre_desk.db.models import Need, Reminder, Visit
from cadre_desk.domain import needs
from cadre_desk.domain.errors import Problem, RuleError, UserError
from cadre_desk.registers.needs import NEEDS, REMINDERS

#: The way of a visit (visit_method) by which a need reached the office over the telephone.
_SPOKEN_FAR: Final = frozenset({"3", "4"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A need as it was heard: what kind, in one line, in full words."""

    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Urging:
    """Once that an owner was urged: when, how (remind_way), by whom, and what was promised."""

    day: date
    way: str
    by: str
    promise: date | None = None
    reply: str = ""


def take_down(
    session: Session, person: int, heard: Heard, *, said: date, channel: str, today: date
) -> records.Kept:
    """登记诉求: a need that was heard outside any visit.

    Raises:
        RuleError: something is missing, or the day lies ahead.
    """
    values = {"person_id": person, "said": said, "channel": channel, **_words(heard)}
    return records.keep(session, NEEDS, values, today=today)


def take_down_at_visit(session: Session, visit: int, heard: Heard, *, today: date) -> records.Kept:
    """登记诉求 that was heard on a visit or call; person, day and channel are those of the visit.

    Raises:
        UserError: the visit is gone or was not made.
        RuleError: something is missing.
    """
    made = session.get(Visit, visit)
    if made is None or made.done is None:
        raise UserError("这次走访还没有登记结果，请先登记走访，再记诉求。")
    values = {
        "person_id": made.person_id,
        "visit_id": made.id,
        "said": made.done,
        "channel": needs.BY_PHONE if made.method in _SPOKEN_FAR else needs.BY_VISIT,
        **_words(heard),
    }
    return records.keep(session, NEEDS, values, today=today)


def _words(heard: Heard) -> dict[str, Any]:
    return {"kind": heard.kind, "title": heard.title.strip(), "text": heard.text.strip() or None}


def assign(
    session: Session,
    wanted: Sequence[int],
    owner: str,
    *,
    due: date,
    day: date,
    handler: str = "",
    today: date,
) -> None:
    """交办: give needs to an owner until a day.

    Raises:
        RuleError: the days contradict; nothing is written.
    """
    values = {"owner": owner, "handler": handler or None, "assigned": day, "due": due}
    records.keep_many(session, NEEDS, wanted, values, today=today, how=records.How.CORRECTION)


def remind(session: Session, wanted: Sequence[int], urging: Urging, *, today: date) -> int:
    """催办: urge the owners of needs that are in hand; answers how many were urged.

    Raises:
        RuleError: one was not given to anybody or is finished, or the day lies ahead; nothing is written.
    """
    rows = session.execute(
        sa.select(Need.id, Need.title, Need.assigned, Need.finished).where(Need.id.in_(wanted))
    ).all()
    problems = [Problem(f"「{row.title}」还没有交办，没有单位可催。") for row in rows if row.assigned is None]
    problems += [Problem(f"「{row.title}」已经办结，不用再催。") for row in rows if row.finished is not None]
    if problems:
        raise RuleError(problems)
    for row in rows:
        values = {
            "need_id": row.id,
            "day": urging.day,
            "way": urging.way,
            "by": urging.by,
            "promise": urging.promise,
            "reply": urging.reply or None,
        }
        records.keep(session, REMINDERS, values, today=today)
    return len(rows)


def finish(session: Session, need: int, answer: str, outcome: str, *, day: date, today: date) -> records.Kept:
    """办结: what was answered, and what came of it.

    Raises:
        RuleError: the day is before 交办, or something is missing.
    """
    return _step(session, need, {"answer": answer, "outcome": outcome, "finished": day}, today)


def ask_back(session: Session, need: int, satisfaction: str, *, day: date, today: date) -> records.Kept:
    """回访: how satisfied the person is with what was done.

    Raises:
        RuleError: it was not finished yet.
    """
    return _step(session, need, {"satisfaction": satisfaction, "asked_back": day}, today)


def close(session: Session, need: int, *, day: date, why: str = "", today: date) -> records.Kept:
    """销号: finished, asked back and satisfied; otherwise only with a reason.

    Raises:
        RuleError: it is not finished, or nobody asked back or the person is not satisfied and no reason is
            given.
    """
    return _step(session, need, {"closed": day, "closing_note": why or None}, today)


def take_up_again(session: Session, need: int, *, due: date, why: str, today: date) -> records.Kept:
    """重新办理: a need that was badly answered is in hand again until a new day; what was said stays.

    Raises:
        UserError: the need is gone.
        RuleError: the new term is over already.
    """
    known = records.load(session, NEEDS, need)
    said = f"{known['answer'] or ''}（{today.isoformat()} 重新办理：{why}）"
    values = {
        "answer": said,
        "outcome": None,
        "finished": None,
        "asked_back": None,
        "satisfaction": None,
        "closed": None,
        "closing_note": None,
        "due": due,
    }
    return _step(session, need, values, today)


def _step(session: Session, need: int, values: Mapping[str, Any], today: date) -> records.Kept:
    return records.keep(session, NEEDS, values, need, today=today)


def needs_of_visits(session: Session, visits: Sequence[int]) -> dict[int, list[str]]:
    """What was asked for on each of these visits, in one line each."""
    found: dict[int, list[str]] = {}
    query = sa.select(Need.visit_id, Need.title).where(Need.visit_id.in_(visits)).order_by(Need.id)
    for visit, title in session.execute(query):
        found.setdefault(visit or 0, []).append(title)
    return found


def urgings_of(session: Session, need: int) -> Sequence[Reminder]:
    """How often and how a need was urged, in order of time."""
    query = sa.select(Reminder).where(Reminder.need_id == need).order_by(Reminder.day, Reminder.id)
    return session.scalars(query).all()
