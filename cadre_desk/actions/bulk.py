"""Changing one field of many records in one act (批量修改): what would change, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from cadre_desk.actions import people, records
from cadre_desk.actions.records import How
from cadre_desk.actions.related import labels_of
from cadre_desk.db.base import dated_fields
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Problem, RuleError
from cadre_desk.domain.fields import AnyField
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register

#: Fields that make a record this record, and those that only an act of their own may change.
_ONE_BY_ONE: Final = frozenset(
    {"id_no", "former_name", "status", "death_date", "spouse_of_id", "holder", "card_no"}
)
_UNIQUE_KINDS: Final = frozenset({"name", "id_number"})
_BRANCH: Final = "branch_id"
_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Bulk:
    """One change of many: the field, its new value, and for dated fields how and since when."""

    register: Register
    key: str
    value: Any
    how: How = How.CHANGE
    since: PartialDate | None = None

    @property
    def field(self) -> AnyField:
        """The field that changes."""
        return self.register.fields[self.key]


def changeable(register: Register) -> dict[str, AnyField]:
    """The fields that may be changed for many at once."""
    unique = {one.name for one in register.model.__table__.columns if one.unique}
    links_owner = {"person_id", "round_id"}
    return {
        key: field
        for key, field in register.fields.items()
        if key not in _ONE_BY_ONE | unique | links_owner
        and key != register.name
        and field.kind not in _UNIQUE_KINDS
    }


def is_dated(register: Register, key: str) -> bool:
    """Whether the field is kept by days, so that correction and change are two acts."""
    return key in dated_fields(register.model) or (register is PEOPLE and key == _BRANCH)


def before_of(session: Session, register: Register, key: str, ids: Sequence[int]) -> dict[int, Any]:
    """What each record holds in a field now."""
    found: dict[int, Any] = {}
    for record in ids:
        found[record] = records.load(session, register, record)[key]
    return found


def change_many(
    session: Session,
    bulk: Bulk,
    ids: Sequence[int],
    *,
    today: date,
    step: Callable[[int, int], None] = lambda *_: None,
) -> list[Problem]:
    """Give many records the same value inside the open unit; answers the warnings of all.

    Raises:
        RuleError: the rules hold against some of them; they are named, and nothing must be written.
    """
    warnings: list[Problem] = []
    refused: dict[int, str] = {}
    for place, record in enumerate(ids, 1):
        try:
            warnings += _change(session, bulk, record, today)
        except RuleError as error:
            refused[record] = str(error)
        step(place, len(ids))
    if refused:
        raise RuleError([_refusal(session, bulk, refused, today)])
    return warnings


def _change(session: Session, bulk: Bulk, record: int, today: date) -> tuple[Problem, ...]:
    values = {bulk.key: bulk.value}
    how = bulk.how if is_dated(bulk.register, bulk.key) else How.CORRECTION
    if bulk.register is PEOPLE:
        return people.keep_person(session, values, record, today=today, how=how, since=bulk.since).warnings
    return records.keep(
        session, bulk.register, values, record, today=today, how=how, since=bulk.since
    ).warnings


def _refusal(session: Session, bulk: Bulk, refused: dict[int, str], today: date) -> Problem:
    names = labels_of(session, bulk.register, list(refused)[:_TOLD], today)
    told = "；".join(f"{name}：{refused[record].rstrip('。')}" for record, name in names.items())
    more = f"；等 {len(refused)} 条" if len(refused) > _TOLD else ""
    return Problem(
        f"有 {len(refused)} 条改不了，整批都没有写入：{told}{more}。请先改好这几条，或把它们取消勾选。",
        bulk.key,
    )
