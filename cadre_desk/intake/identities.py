"""Which record a row of a small register means (units, branches, contacts): by what the register declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.intake.links import link_key
from cadre_desk.intake.matching import Known, Match
from cadre_desk.intake.understood import NewRecord
from cadre_desk.registers.register import Register

#: What recognises a membership that still holds, whenever it began.
_CURRENT: Final = ("person_id", "branch_id")


class Records(Protocol):
    """Those whom rows could mean."""

    @property
    def ids(self) -> list[int]:
        """The keys of those in the ledger."""

    def match(self, values: Mapping[str, Any], born: date | None) -> Match:
        """Whom the values mean."""

    def add(self, one: Known) -> None:
        """Make somebody known whom a row brings."""

    def learn(self, one: Known) -> None:
        """Somebody known may be found by more than before."""

    def chosen(self, session: Session, record: int, keys: Sequence[str]) -> Known | None:
        """Somebody whom the clerk pointed out."""


class ByIdentity:
    """All records of a register by each of its identities, read in one query."""

    def __init__(self, session: Session, register: Register) -> None:
        self._register = register
        self._found: dict[tuple[str, ...], list[Known]] = {}
        self._keys: dict[int, Known] = {}
        model: Any = register.model
        columns = [getattr(model, key) for key in register.form]
        for record, *values in session.execute(sa.select(model.id, *columns)):
            self.add(Known(record, dict(zip(register.form, values, strict=True)), name_key=register.name))

    @property
    def ids(self) -> list[int]:
        """The keys of those in the ledger."""
        return sorted(self._keys)

    def match(self, values: Mapping[str, Any], born: date | None) -> Match:
        """The record that shares the first identity which the values have whole."""
        for place in self._places(values):
            found = self._found.get(place, [])
            if len(found) > 1:
                return Match(ask=f"有 {len(found)} 条记录都像这一行，请选定。", others=tuple(found))
            if found:
                return Match(found[0])
        return Match()

    def add(self, one: Known) -> None:
        """Make a record known."""
        if one.id is not None:
            self._keys[one.id] = one
        self.learn(one)

    def learn(self, one: Known) -> None:
        """A record may be found by more than before."""
        for place in self._places(one.values):
            known = self._found.setdefault(place, [])
            if one not in known:
                known.append(one)

    def chosen(self, session: Session, record: int, keys: Sequence[str]) -> Known | None:
        """A record that the clerk pointed out."""
        return self._keys.get(record)

    def _places(self, values: Mapping[str, Any]) -> list[tuple[str, ...]]:
        identities = self._register.identity or ((self._register.name,),)
        if self._register.key == "memberships" and values.get("left") is None:
            identities = (*identities, _CURRENT)
        return [
            (*identity, *(_folded(values[key]) for key in identity))
            for identity in identities
            if all(values.get(key) not in {None, ""} for key in identity)
        ]


def _folded(value: Any) -> str:
    return link_key(value.name if isinstance(value, NewRecord) else str(value))
