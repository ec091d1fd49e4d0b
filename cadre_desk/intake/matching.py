"""Whom a row means: by ID number, by name and birth, by name, unit and telephone; else the clerk is asked.

The ledger is asked a fixed number of times, never once per row. Persons whom earlier rows of the workbook
brought are candidates too, so that one person's rows add up and a name that stands twice is asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.names import clean_name, match_key
from cadre_desk.intake.cells import id_key
from cadre_desk.intake.links import link_key

#: Values in one statement.
_BATCH: Final = 900
_NEW: Final = 18
_NOT_DIGIT: Final = re.compile(r"\D+")
_SHORTEST_PHONE: Final = 7
_SQUASH: Final = re.compile(r"\s+|原")


@dataclass(slots=True)
class Known:
    """Somebody whom the ledger knows, or whom an earlier row brought (``id`` None).

    ``values`` are what holds now; ``taken`` says that an earlier row was taken for this one unasked.
    """

    id: int | None
    values: dict[str, Any]
    row: int = -1
    name_key: str = "name"
    taken: bool = False

    @property
    def name(self) -> str:
        """What names the record."""
        return str(self.values.get(self.name_key) or "")

    @property
    def where(self) -> str:
        """Where this one stands, in words."""
        return "台账" if self.id is not None else f"表中第 {self.row + 1} 行"


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row means: ``known``, or nobody yet.

    ``ask`` holds the row until the clerk says which of ``others``; ``warn`` is worth a look though the row
    may go in. ``unsure`` is to be asked if the row would change anything of ``known``; a row that says
    nothing new may be taken for granted.
    """

    known: Known | None = None
    ask: str = ""
    unsure: str = ""
    others: tuple[Known, ...] = ()
    warn: str = ""


def _month(value: object) -> tuple[int, int] | None:
    if isinstance(value, PartialDate):
        return None if value.month is None else (value.year, value.month)
    return (value.year, value.month) if isinstance(value, date) else None


def births(values: Mapping[str, Any], born: date | None = None) -> set[tuple[int, int]]:
    """The months in which a person may have been born: by the archive, by the card, by the number."""
    found = {_month(values.get("birth_archive")), _month(values.get("birth_id")), _month(born)}
    return {one for one in found if one is not None}


def _agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates may be one, known more or less precisely."""
    return one.iso.startswith(other.iso) or other.iso.startswith(one.iso)


def phones(values: Mapping[str, Any]) -> set[str]:
    """The numbers by which a person is called."""
    texts = (str(values.get(key) or "") for key in ("phone", "landline"))
    parts = (_NOT_DIGIT.sub("", part) for text in texts for part in re.split(r"[/、,，;；\s]+", text))
    return {part for part in parts if len(part) >= _SHORTEST_PHONE}


class People:
    """Everybody whom rows could mean, by ID number and by name."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_id: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._keys: dict[int, Known] = {}
        for one in known:
            self.add(one)

    @classmethod
    def of(cls, session: Session, wanted: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> People:
        """Those of the ledger who share an ID number or a name with any of the ``wanted`` values.

        ``keys`` are the fields that a plan compares.
        """
        numbers: set[str] = set()
        names: set[str] = set()
        for values in wanted:
            number = values.get("id_no")
            if number:
                numbers |= {number, id_key(number)}
                if len(number) == _NEW and number[6:8] == "19":
                    numbers.add(number[:6] + number[8:17])
            if values.get("name"):
                names |= {clean_name(values["name"]), match_key(values["name"])}
        found: dict[int, Known] = {}
        for attribute, texts in ((Person.id_no, numbers), (Person.name, names)):
            for one in _load(session, attribute, sorted(texts), tuple(keys)):
                found.setdefault(one.id or 0, one)
        return cls(found.values())

    @property
    def ids(self) -> list[int]:
        """The keys of those who are in the ledger."""
        return sorted(self._keys)

    def add(self, one: Known) -> None:
        """Make somebody known."""
        if one.id is not None:
            self._keys[one.id] = one
        if one.values.get("id_no"):
            self._by_id[id_key(one.values["id_no"])].append(one)
        self._by_name[match_key(one.name)].append(one)

    def learn(self, one: Known) -> None:
        """Somebody known may have got an ID number."""
        number = one.values.get("id_no")
        if number and one not in self._by_id[id_key(number)]:
            self._by_id[id_key(number)].append(one)

    def chosen(self, session: Session, record: int, keys: Sequence[str]) -> Known | None:
        """Somebody of the ledger whom the clerk pointed out."""
        if record not in self._keys:
            for one in _load(session, Person.id, [record], tuple(keys)):
                self.add(one)
        return self._keys.get(record)

    def match(self, values: Mapping[str, Any], born: date | None) -> Match:
        """Whom the values mean."""
        number = values.get("id_no")
        name = match_key(str(values.get("name") or ""))
        if number:
            return self._by_number(id_key(number), name, values, born)
        if not name:
            return Match()
        return self._by_birth(self._by_name.get(name, []), values, born)

    def _by_number(self, number: str, name: str, values: Mapping[str, Any], born: date | None) -> Match:
        found = self._by_id.get(number, [])
        if len(found) > 1:
            return Match(ask="这个身份证号在台账里有两个人，请先核对台账。", others=tuple(found))
        if found:
            one = found[0]
            if name and match_key(one.name) != name:
                return Match(
                    ask=f"这个身份证号在{one.where}里是「{one.name}」，姓名不同，请核对。", others=(one,)
                )
            return Match(one)
        same = self._by_name.get(name, []) if name else []
        without = [one for one in same if not one.values.get("id_no")]
        match = self._by_birth(without, values, born) if without else Match()
        if match.known is not None or match.ask:
            return match
        twins = [one for one in same if one.values.get("id_no") and births(one.values) & births(values, born)]
        warn = f"{twins[0].where}已有同名、同年月出生的人，身份证号不同，请核对。" if twins else ""
        return Match(warn=warn)

    def _by_birth(self, same: list[Known], values: Mapping[str, Any], born: date | None) -> Match:
        """Among those of the same name: by birth, else by unit and telephone, else ask."""
        mine = births(values, born)
        open_ones = [one for one in same if not self._contradicts(one, mine, values)]
        if not open_ones:
            warn = f"{same[0].where}有同名的人，出生年月不同，按另一个人处理。" if same else ""
            return Match(warn=warn)
        agreeing = [one for one in open_ones if mine & births(one.values)] or [
            one for one in open_ones if _same_birth(one, values) and _same_unit(one, values)
        ]
        if agreeing:
            return Match(agreeing[0]) if len(agreeing) == 1 else self._ask(agreeing, "同名又同年月出生")
        return self._by_unit(open_ones, values)

    def _by_unit(self, same: list[Known], values: Mapping[str, Any]) -> Match:
        """Among those of the same name whose birth tells nothing."""
        surest = [one for one in same if _same_unit(one, values) and phones(one.values) & phones(values)]
        if len(surest) == 1:
            return Match(surest[0])
        alike = [one for one in same if one.id is not None and _same_unit(one, values)]
        if len(alike) == 1 and all(one is alike[0] or _other_unit(one, values) for one in same):
            return Match(alike[0], unsure=self._ask(same, "同名").ask)
        if all(one.id is None and _other_unit(one, values) for one in same):
            return Match(warn=f"{same[0].where}也叫这个名字，单位不同，按两个人处理。")
        return self._ask(same, "同名")

    def _contradicts(self, one: Known, mine: set[tuple[int, int]], values: Mapping[str, Any]) -> bool:
        """Whether births are known on both sides and differ."""
        old, new = one.values.get("birth_archive"), values.get("birth_archive")
        if isinstance(old, PartialDate) and isinstance(new, PartialDate) and _agree(old, new):
            return False
        theirs = births(one.values)
        if mine and theirs:
            return not mine & theirs
        years = {year for year, _ in mine | theirs}
        years |= {day.year for day in (old, new) if isinstance(day, PartialDate) and day.month is None}
        return len(years) > 1

    def _ask(self, found: list[Known], how: str) -> Match:
        where = "、".join(dict.fromkeys(one.where for one in found))
        return Match(
            ask=f"{where}{how}的有 {len(found)} 人，表中的内容分不清是不是同一个人，请选定。",
            others=tuple(found),
        )


def squashed(text: str) -> str:
    """A unit and a post written as one, without blanks and 原."""
    return _SQUASH.sub("", text)


def _unit_post(values: Mapping[str, Any]) -> str:
    return squashed(f"{values.get('last_unit') or ''}{values.get('last_post') or ''}")


def _same_unit(one: Known, values: Mapping[str, Any]) -> bool:
    mine, theirs = values.get("last_unit"), one.values.get("last_unit")
    if not mine or not theirs:
        return False
    return link_key(str(mine)) == link_key(str(theirs)) or _unit_post(values) == _unit_post(one.values)


def _same_birth(one: Known, values: Mapping[str, Any]) -> bool:
    """Whether two births are written alike, though only the year is known."""
    mine = values.get("birth_archive")
    return mine is not None and mine == one.values.get("birth_archive")


def _other_unit(one: Known, values: Mapping[str, Any]) -> bool:
    mine, theirs = values.get("last_unit"), one.values.get("last_unit")
    return bool(mine and theirs) and not _same_unit(one, values)


def _load(session: Session, attribute: Any, texts: Sequence[Any], keys: Sequence[str]) -> Iterator[Known]:
    columns = [getattr(Person, key) for key in keys]
    for start in range(0, len(texts), _BATCH):
        query = sa.select(Person.id, *columns).where(attribute.in_(texts[start : start + _BATCH]))
        for row in session.execute(query):
            yield Known(row[0], dict(zip(keys, row[1:], strict=True)))
