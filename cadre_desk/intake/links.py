"""Finding the unit, branch or township that a roster names; one query for each kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.domain.fields import AnyField, Link
from cadre_desk.intake.understood import NOTHING, NewRecord, Read
from cadre_desk.registers.catalogue import REGISTERS

_NOISE: Final = re.compile(r"[\s\u3000()（）“”\"「」·]+")
#: A name and its fuller form (县水利局, 青岚县水利局) share at least so many characters.
_SHORTEST: Final = 4
#: Columns beside the name by which a record may be called.
_OTHER_NAMES: Final = ("short_name", "code")


def link_key(text: str) -> str:
    """What two spellings of a unit's or branch's name have in common."""
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return folded.replace("党支部", "支部").removesuffix("委员会")


class Links:
    """The records that link fields lead to, by name.

    ``create`` are the fields whose unknown names become records when the plan is kept; ``said`` is which
    record the clerk says a name of a field means.
    """

    def __init__(
        self,
        session: Session,
        create: Collection[str] = (),
        said: Mapping[tuple[str, str], int] = MappingProxyType({}),
    ) -> None:
        self._session, self._create = session, create
        self._said = {(key, link_key(text)): record for (key, text), record in said.items()}
        self._names: dict[str, dict[str, int | None]] = {}
        self._coming: dict[str, set[str]] = {}
        self._units: dict[tuple[str, str], list[int]] = {}
        self._ids: dict[str, dict[int, str]] = {}
        #: Names that the ledger doesn't know, by field, in the order met.
        self.unknown: dict[str, list[str]] = {}

    def expect(self, register: str, text: str) -> None:
        """Know that the roster itself brings a record of that name."""
        if text:
            self._coming.setdefault(register, set()).add(link_key(text))

    def read(self, key: str, field: AnyField, text: str) -> Read:
        """The record that a cell names; an unknown name is kept in the note, or made a record if allowed."""
        if not isinstance(field, Link):
            return NOTHING
        names = self._of(field.to)
        wanted = link_key(text)
        found = self._said.get((key, wanted), names.get(wanted))
        if found is not None:
            return Read(found)
        if wanted in names:
            return _several(field, text)
        if wanted in self._coming.get(field.to, ()):
            return Read(NewRecord(field.to, text))
        only = _only_fuller(names, wanted)
        if only is not None:
            return Read(only, f"「{text}」按「{self.name(field.to, only)}」理解，请核对。")
        return self._unknown(key, field, text)

    def _unknown(self, key: str, field: Link, text: str) -> Read:
        known = self.unknown.setdefault(key, [])
        if text not in known:
            known.append(text)
        if key in self._create and field.to != "people":
            return Read(NewRecord(field.to, text))
        title = REGISTERS[field.to].title
        return Read(problem=f"「{title}」里没有「{text}」，原文记入备注；可以先新建再导入。", aside=text)

    def of_unit(self, name: str, unit: str) -> int | None:
        """The one person of a name who worked in a unit."""
        model: Any = REGISTERS["people"].model
        if not self._units:
            query = sa.select(model.id, model.name, model.last_unit)
            for record, called, worked in self._session.execute(query):
                self._units.setdefault((link_key(called), link_key(worked or "")), []).append(record)
        found = self._units.get((link_key(name), link_key(unit)), [])
        return found[0] if len(found) == 1 else None

    def name(self, register: str, record: int) -> str:
        """What a record is called."""
        self._of(register)
        return self._ids[register].get(record, "")

    def _of(self, register: str) -> dict[str, int | None]:
        """Ids by folded name; None for a name that several share."""
        if register not in self._names:
            model: Any = REGISTERS[register].model
            columns = [getattr(model, REGISTERS[register].name)]
            columns += [getattr(model, one) for one in _OTHER_NAMES if hasattr(model, one)]
            names: dict[str, int | None] = {}
            ids: dict[int, str] = {}
            for record, *spellings in self._session.execute(sa.select(model.id, *columns)):
                ids[record] = spellings[0]
                for key in {link_key(one) for one in spellings if one}:
                    names[key] = None if names.get(key, record) != record else record
            self._names[register], self._ids[register] = names, ids
        return self._names[register]


def _several(field: Link, text: str) -> Read:
    """A name that more than one record has; of people the row may tell which."""
    if field.to == "people":
        return Read(problem=f"台账里叫「{text}」的不止一个，分不清是哪一个。", readings=(text,))
    return Read(problem=f"「{text}」不止一个，没有写入，原文记入备注；请写全称。", aside=text)


def _only_fuller(names: Mapping[str, int | None], wanted: str) -> int | None:
    """The one record whose name is the fuller or the shorter form of a text, if there is just one."""
    if len(wanted) < _SHORTEST:
        return None
    found = {
        one
        for name, one in names.items()
        if len(name) >= _SHORTEST and (name.endswith(wanted) or wanted.endswith(name))
    }
    return found.pop() if len(found) == 1 else None
