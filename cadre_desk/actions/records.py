"""Loading and keeping a record of any register: correction and change are two acts (design idea 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from cadre_desk.db.base import Base, dated_fields, fields_of
from cadre_desk.db.models import ClosedYear, Person
from cadre_desk.db.models.facts import facts_of
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Problem, RuleError, Severity, UserError
from cadre_desk.registers.register import Register

#: Since when what was always so holds: before any year that a ledger tells of.
ALWAYS: Final = PartialDate(1949, 10)

#: What columns are asked with for the stored form of a value: SQLite's own, made once.
_DIALECT: Final = sqlite.dialect()


class How(StrEnum):
    """Whether new values of dated fields were always so (更正) or hold from a day on (变更)."""

    CORRECTION = "correction"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the record's key and what is worth a look all the same."""

    id: int
    warnings: tuple[Problem, ...] = ()


def load(session: Session, register: Register, record: int) -> dict[str, Any]:
    """The values of a record's fields.

    Raises:
        UserError: the record is gone.
    """
    found = session.get(register.model, record)
    if found is None:
        msg = f"这条{register.noun}记录已经不在台账里，请刷新名单。"
        raise UserError(msg)
    return {key: getattr(found, key) for key in fields_of(register.model)}


def booking_day(session: Session, happened: PartialDate, today: date) -> tuple[date, bool]:
    """The 入账日 of what happened on a day, and whether it is 补录.

    It is the day it happened (the last day that the date allows, but not after today), unless that year is
    closed; then it is today.
    """
    day = min(happened.last, today)
    return (today, True) if is_closed(session, day) else (day, False)


def is_closed(session: Session, day: date) -> bool:
    """Whether the year of a day is closed, or any later one: what it has counted was reported so."""
    return session.scalar(sa.select(ClosedYear.id).where(ClosedYear.year >= day.year)) is not None


def keep(
    session: Session,
    register: Register,
    values: Mapping[str, Any],
    record: int | None = None,
    *,
    today: date,
    how: How = How.CORRECTION,
    since: PartialDate | None = None,
) -> Kept:
    """Write a new record, or the given fields of a record there is.

    Dated fields also write their facts: a correction mends the one that holds, a change adds one. What a
    closed year has counted stays: a correction of it is a fact of the same 发生日, booked today.

    Raises:
        RuleError: what the register's rules hold against the values, all problems at once.
        UserError: the record is gone, or another has the same unique value.
    """
    model = register.model
    known = _defaults(model) if record is None else load(session, register, record)
    whole = {**known, **values}
    problems = register.problems({**whole, **_owner(session, whole)}, today)
    held = [problem for problem in problems if problem.severity is Severity.HOLD]
    if held:
        raise RuleError(held)
    changed = {key: value for key, value in values.items() if record is None or known.get(key) != value}
    if record is not None:
        demand_uncounted(session, model, known, changed)
    changed |= booked(session, model, changed, known if record is not None else {}, today)
    if record is None and how is How.CORRECTION:
        since = since or whole.get(register.begins) or ALWAYS
    try:
        if record is None:
            record = _insert(session, model, changed)
        elif changed:
            session.execute(sa.update(model).where(model.id == record).values(**changed))
    except sa.exc.IntegrityError as error:
        raise RuleError([_clash(model, error)]) from error
    dated = {key: changed[key] for key in dated_fields(model) if key in changed}
    if dated:
        _keep_facts(session, model, record, dated, today=today, how=how, since=since)
    return Kept(record, tuple(problem for problem in problems if problem.severity is Severity.WARN))


def _owner(session: Session, values: Mapping[str, Any]) -> dict[str, str]:
    """The name of whom a record belongs to, for rules that compare with it."""
    person = values.get("person_id")
    name = None if person is None else session.scalar(sa.select(Person.name).where(Person.id == person))
    return {} if name is None else {"person_name": name}


def demand_uncounted(
    session: Session, model: type[Base], known: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    """Refuse to change what a closed year has counted of a record.

    Raises:
        RuleError: it would change a number that was reported.
    """
    when, counted = model.COUNTED
    day = known.get(when) if when else None
    touched = [key for key in counted if key in changed and changed[key] != known.get(key)]
    if day is None or not touched or not is_closed(session, day):
        return
    labels = "、".join(fields_of(model)[key].label for key in touched)
    raise RuleError(
        [
            Problem(
                f"{day.year}年已结账，报出去的数里有这一条，「{labels}」不能再改；台账没有改动。"
                "确实有误，请在备注里写明，数字在本年说明。",
                touched[0],
            )
        ]
    )


def booked(
    session: Session, model: type[Base], changed: Mapping[str, Any], known: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """The 入账日 of every 发生日 that is new, unless it is given too or a closed year has counted it."""
    found: dict[str, Any] = {}
    for happened, booked in model.BOOKS:
        counted = known.get(booked)
        if counted is not None and is_closed(session, counted):
            continue
        if happened in changed and booked not in changed:
            day = changed[happened]
            if isinstance(day, date):
                day = PartialDate.of(day)
            found[booked] = None if day is None else booking_day(session, day, today)[0]
    return found


def _defaults(model: type[Base]) -> dict[str, Any]:
    """What the ledger itself fills in where a new record leaves a field open."""
    found: dict[str, Any] = {}
    for name, field in fields_of(model).items():
        default = model.__table__.columns[name].server_default
        if isinstance(default, sa.DefaultClause):
            told = default.arg if isinstance(default.arg, str) else str(default.arg)
            found[name] = told if field.kind == "code" else field.parse({"true": "是"}.get(told, told))
    return found


def _insert(session: Session, model: type[Base], values: Mapping[str, Any]) -> int:
    row = model(**values)
    session.add(row)
    session.flush()
    return row.id


def _clash(model: type[Base], error: sa.exc.IntegrityError) -> Problem:
    told = str(error.orig)
    same = [key for key in fields_of(model) if re.search(rf"\b{model.__tablename__}\.{key}\b", told)]
    if not same:
        return Problem("和已有的记录重复，没有保存；请先查一查有没有这一条。")
    labels = "、".join(fields_of(model)[key].label for key in same)
    both = "都" if len(same) > 1 else ""
    return Problem(f"「{labels}」{both}和已有的记录相同，请改一个，或者打开已有的那条修改。", same[0])


def _keep_facts(
    session: Session,
    model: type[Base],
    record: int,
    dated: Mapping[str, Any],
    *,
    today: date,
    how: How,
    since: PartialDate | None,
) -> None:
    facts: Any = facts_of(model)
    for aspect, value in dated.items():
        last = session.scalars(
            sa.select(facts)
            .where(facts.owner_id == record, facts.aspect == aspect)
            .order_by(facts.since.desc(), facts.booked.desc(), facts.id.desc())
            .limit(1)
        ).first()
        stored = stored_form(model, aspect, value)
        if last is None and stored is None:
            continue
        if how is How.CORRECTION and last is not None:
            if not is_closed(session, last.booked):
                last.value = stored
                continue
            day = last.since
        else:
            day = since or PartialDate.of(today)
        booked, _ = booking_day(session, day, today)
        session.add(facts(owner_id=record, aspect=aspect, value=stored, since=day, booked=booked))
    session.flush()


def stored_form(model: type[Base], key: str, value: Any) -> str | None:
    """A value as a fact keeps it: what its column stores, as text."""
    kind = model.__table__.c[key].type
    if isinstance(kind, sa.types.TypeDecorator):
        value = kind.process_bind_param(value, _DIALECT)
    if value is None:
        return None
    return str(int(value)) if isinstance(value, bool) else str(value)


def keep_many(
    session: Session,
    register: Register,
    records: Sequence[int],
    values: Mapping[str, Any],
    *,
    today: date,
    how: How,
) -> list[Problem]:
    """Give many records the same values (批量修改); answers the warnings of all.

    Raises:
        RuleError: the rules hold against any of them; nothing is written.
    """
    warnings: list[Problem] = []
    for record in records:
        warnings += keep(session, register, values, record, today=today, how=how).warnings
    return warnings
