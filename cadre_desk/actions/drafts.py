"""What a form holds, written as one act: each register by its own way in, dated fields as they changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from cadre_desk.actions import people, person_changes, records
from cadre_desk.actions.history import held_by
from cadre_desk.actions.records import How, Kept
from cadre_desk.actions.related import label_of
from cadre_desk.db.base import dated_fields
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Link
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register

#: A person's branch is kept as intervals too, in the memberships.
_BRANCH: Final = "branch_id"


@dataclass(frozen=True, slots=True)
class Entry:
    """How a new person comes onto the books: the kind of 增员, its day (None: the usual one), from where."""

    kind: str
    day: PartialDate | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as a form has it: ``loaded`` as it was, ``altered`` what is to be written.

    ``record`` is 0 for a new one. ``how`` and ``since`` say what becomes of dated fields that changed.
    """

    register: Register
    record: int
    loaded: Mapping[str, Any]
    altered: Mapping[str, Any]
    how: How = How.CORRECTION
    since: PartialDate | None = None
    entry: Entry | None = None

    @property
    def dated(self) -> tuple[str, ...]:
        """The altered fields for which correction and change differ."""
        return dated_keys(self.register, self.altered) if self.record else ()


def dated_keys(register: Register, altered: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of these fields are kept as intervals, in the form's order."""
    dated = {*dated_fields(register.model), *([_BRANCH] if register is PEOPLE else [])}
    return tuple(key for key in register.fields if key in altered and key in dated)


def save(session: Session, draft: Draft, *, today: date) -> Kept:
    """Write a draft inside the open unit.

    Raises:
        RuleError: the register's rules hold against it.
    """
    if draft.register is not PEOPLE:
        return records.keep(
            session,
            draft.register,
            draft.altered,
            draft.record or None,
            today=today,
            how=draft.how if draft.record else How.CHANGE,
            since=draft.since,
        )
    if draft.record:
        return _save_person(session, draft, today)
    entry = draft.entry or Entry(people.NEW_RETIREMENT)
    return people.admit(
        session, draft.altered, today=today, kind=entry.kind, happened=entry.day, origin=entry.origin
    )


def _save_person(session: Session, draft: Draft, today: date) -> Kept:
    """A branch that was recorded wrongly is mended in its membership; any other way it is a transfer."""
    altered = dict(draft.altered)
    mended = draft.how is How.CORRECTION and _BRANCH in altered and draft.loaded.get(_BRANCH) is not None
    if mended:
        person_changes.correct_branch(session, draft.record, altered.pop(_BRANCH), today=today)
    return people.keep_person(session, altered, draft.record, today=today, how=draft.how, since=draft.since)


def since_problem(session: Session, draft: Draft, *, today: date) -> str:
    """Why the day of a change can't be: none, still to come, not after what holds now; "" if it can."""
    if draft.how is not How.CHANGE or not draft.dated:
        return ""
    if draft.since is None:
        return "请填从哪一天起变的，例如 2026.1.15；只知道年月的填到月。"
    if draft.since.first > today:
        return f"{draft.since.words()} 还没有到，请到那天再登记，或核对日期。"
    held = held_by(session, draft.register, draft.record, today=today)
    for fact in held:
        if fact.holds and fact.key in draft.altered and draft.since < fact.since:
            return (
                f"「{fact.label}」现在的情况从 {fact.since.words()} 起，变更的日子要在它之后；"
                "如果是那一次录错了，请选「更正」。"
            )
    return ""


def title_of(session: Session, draft: Draft, *, today: date) -> str:
    """The act's name: 登记新退休：王某, 变更：王某, 修改支部：水利系统支部."""
    name = _name_of(session, draft, today)
    if draft.register is PEOPLE:
        if not draft.record:
            kind = people.NEW_RETIREMENT if draft.entry is None else draft.entry.kind
            return f"登记{codes.table('movement_kind').short(kind)}：{name}"
        verb = "变更" if draft.how is How.CHANGE and draft.dated else "修改"
        return f"{verb}：{name}"
    return f"{'修改' if draft.record else '新增'}{draft.register.noun}：{name}"


def _name_of(session: Session, draft: Draft, today: date) -> str:
    """What the record is called once it is written."""
    key = draft.register.name
    value = draft.altered.get(key, draft.loaded.get(key))
    field = draft.register.fields.get(key)
    if isinstance(field, Link) and value is not None:
        return label_of(session, REGISTERS[field.to], value, today)
    if field is None and draft.record:
        return label_of(session, draft.register, draft.record, today)
    return "" if field is None else field.show(value)
