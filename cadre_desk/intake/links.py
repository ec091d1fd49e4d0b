"""Finding the unit, branch or township that a roster names; one query for each kind."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import AnyField, Link
from cadre_desk.intake.cells import id_key
from cadre_desk.intake.understood import NOTHING, NewRecord, Read
from cadre_desk.registers.catalogue import REGISTERS

_NOISE: Final = re.compile(r"[\s\u3000()（）“”\"「」·]+")
#: A name and its fuller form (县水利局, 青岚县水利局) share at least so many characters.
_SHORTEST: Final = 4
#: How many records are offered for an unknown name, and how much of it they share at least.
_LIKELY, _ALIKE = 2, 0.5
#: Columns beside the name by which a record may be called.
_OTHER_NAMES: Final = ("short_name", "code")


def link_key(text: str) -> str:
    """What two spellings of a unit's or branch's name have in common."""
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return folded.replace("党支部", "支部").removesuffix("委员会")


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody of the ledger, as far as it takes to tell namesakes apart."""

    id: int
    name: str
    unit: str
    number: str
    births: tuple[PartialDate, ...]

    def may_be_born(self, day: PartialDate | None) -> bool:
        """Whether a date may be the birth, known more or less precisely."""
        return (
            day is None
            or not self.births
            or any(one.iso.startswith(day.iso) or day.iso.startswith(one.iso) for one in self.births)
        )


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
        self._by_number: dict[str, _Person] = {}
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
        wanted = link_key(unit)
        found = [one.id for one in self._persons(name) if one.unit == wanted]
        return found[0] if len(found) == 1 else None

    def identified(self, name: str, number: str, born: PartialDate | None, unit: str) -> Read:
        """The person whom a name means, told by ID number, then by birth, then by unit."""
        by_number = self._by_number.get(id_key(number)) if number and self._known_people else None
        if by_number is not None:
            if link_key(by_number.name) == link_key(name) or not name:
                return Read(by_number.id)
            return Read(problem=f"这个身份证号在台账里是「{by_number.name}」的，姓名不同，请核对。")
        named = self._persons(name)
        left = [one for one in named if not (number and one.number) and one.may_be_born(born)]
        if len(left) > 1 and unit:
            left = [one for one in left if one.unit == link_key(unit)] or left
        if len(left) == 1:
            return Read(left[0].id)
        if named and not left:
            return Read(problem=f"台账里的「{name}」身份证号或出生年月不同，不像同一个人，请核对。")
        if not named:
            return Read(problem=f"老干部名单里没有「{name}」，请先录入本人。")
        return Read(problem=f"台账里叫「{name}」的有 {len(left)} 人，分不清是哪一个，请补上身份证号。")

    @cached_property
    def _known_people(self) -> dict[str, list[_Person]]:
        """Everybody of the ledger by name."""
        model: Any = REGISTERS["people"].model
        found: dict[str, list[_Person]] = {}
        columns = (model.id, model.name, model.last_unit, model.id_no, model.birth_archive, model.birth_id)
        for record, name, unit, number, archive, card in self._session.execute(sa.select(*columns)):
            births = tuple(day for day in (archive, card and PartialDate.of(card)) if day)
            one = _Person(record, name, link_key(unit or ""), number or "", births)
            found.setdefault(link_key(name), []).append(one)
            if number:
                self._by_number[id_key(number)] = one
        return found

    def _persons(self, name: str) -> list[_Person]:
        return self._known_people.get(link_key(name), [])

    def within(self, register: str, text: str) -> int | None:
        """The one record whose name stands in a text (a title), the longest if one name holds another."""
        folded = link_key(text)
        found = sorted((name for name in self._of(register) if name in folded), key=len, reverse=True)
        if not found or any(name not in found[0] for name in found):
            return None
        return self._names[register][found[0]]

    def name(self, register: str, record: int) -> str:
        """What a record is called."""
        self._of(register)
        return self._ids[register].get(record, "")

    def named(self, register: str) -> Mapping[int, str]:
        """What each record of a register is called."""
        self._of(register)
        return self._ids[register]

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


def likely(text: str, names: Mapping[int, str]) -> list[int]:
    """The records whose names most resemble a text, at most two: what it may be another spelling of."""
    by_name = {link_key(name): record for record, name in names.items()}
    alike = difflib.get_close_matches(link_key(text), by_name, n=_LIKELY, cutoff=_ALIKE)
    return [by_name[name] for name in alike]


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
