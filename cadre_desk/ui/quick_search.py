"""Ctrl+K: people, branches, units, rounds and figures by what a clerk remembers of them, from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cadre_desk.domain import pinyin
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.shelf import Shelf
from cadre_desk.stats.catalogue import FIGURES
from cadre_desk.ui.office import Go, Office

#: Lines of each group in sight.
_MOST: Final = 5
_MOST_PEOPLE: Final = 6
#: Among so many finds those whose name begins with what was typed come first.
_LOOKED_AT: Final = 40
_ON_BOOKS: Final = "1"


@dataclass(frozen=True, slots=True)
class Find:
    """One find: its name, what tells it from others, where it leads, and a word if it is exceptional."""

    name: str
    note: str
    go: Go
    chip: str = ""


@dataclass(frozen=True, slots=True)
class FindGroup:
    """Finds of one kind; ``total`` counts all there are, ``all`` leads to the list of them."""

    title: str
    finds: tuple[Find, ...]
    total: int
    all: Go | None = None


@dataclass(frozen=True, slots=True)
class _Looked:
    """A register that is looked in: title of its finds, page that shows one, columns with the name first."""

    register: str
    title: str
    page: str
    columns: tuple[str, ...]


class QuickSearch:
    """Looks in every register that a clerk names by heart."""

    def __init__(self, office: Office, shelf: Shelf) -> None:
        """Nothing is looked for yet."""
        self._office, self._shelf = office, shelf

    def find(self, text: str) -> list[FindGroup]:
        """What a text finds, people first; groups without finds are left out."""
        typed = text.strip()
        if not typed:
            return []
        looks: tuple[Callable[[str], FindGroup], ...] = (
            self._people,
            self._branches,
            self._units,
            self._rounds,
            _figures,
        )
        return [group for look in looks if (group := look(typed)).finds]

    def _rows(
        self, key: str, text: str, columns: Sequence[str]
    ) -> tuple[Listing, int, Iterator[tuple[int, Any]]]:
        """The first finds in a register, those whose name begins with the text before the others."""
        listing = self._office.listing(REGISTERS[key]).find(text)
        ids = self._shelf.ids(listing)
        with self._office.desk.read() as session:
            rows = listing.showing(*columns).rows_of(session, ids[:_LOOKED_AT])
        found = [(one, rows[one].values) for one in ids[:_LOOKED_AT] if one in rows]
        found.sort(key=lambda pair: _rank(pair[1], text))
        return listing, len(ids), iter(found)

    def _people(self, text: str) -> FindGroup:
        columns = ("name", "status", "sex", "age", "unit_post", "branch_id")
        listing, total, rows = self._rows("people", text, columns)
        register = REGISTERS["people"]
        finds = []
        for record, values in rows:
            name, status, sex, age, post, branch = values
            parts = (register.column("sex").field.show(sex), f"{age} 周岁" if age else "", post, branch or "")
            gone = "" if status == _ON_BOOKS else register.column("status").field.show(status)
            note = "·".join(part for part in parts if part)
            finds.append(Find(name, note, Go("card", "people", record), gone))
        kept = tuple(finds[:_MOST_PEOPLE])
        every = tuple(self._shelf.ids(listing)[:_LOOKED_AT])
        kept = tuple(replace(one, go=replace(one.go, among=every)) for one in kept)
        return FindGroup("老干部", kept, total, Go("list", "people", listing=listing, also=f"查「{text}」"))

    def _branches(self, text: str) -> FindGroup:
        return self._group(
            _Looked("branches", "党支部", "card", ("name", "secretary", "people")),
            text,
            lambda secretary, people: (f"书记 {secretary}" if secretary else "", f"党员 {people} 人"),
        )

    def _units(self, text: str) -> FindGroup:
        looked = _Looked("units", "管理单位", "card", ("name", "people"))
        return self._group(looked, text, lambda people: (f"在册 {people} 人",))

    def _rounds(self, text: str) -> FindGroup:
        return self._group(
            _Looked("rounds", "走访批次", "round", ("title", "people", "day")),
            text,
            lambda people, day: (f"{day:%Y-%m-%d}" if day else "", f"{people} 人"),
        )

    def _group(self, looked: _Looked, text: str, note: Callable[..., Sequence[str]]) -> FindGroup:
        """The finds in a register; ``note`` makes their words of the columns behind the name."""
        listing, total, rows = self._rows(looked.register, text, looked.columns)
        finds = [
            Find(name, _joined(*note(*rest)), Go(looked.page, looked.register, record))
            for record, (name, *rest) in rows
        ]
        every = Go("list", looked.register, listing=listing, also=f"查「{text}」")
        return FindGroup(looked.title, tuple(finds[:_MOST]), total, every)


def _figures(text: str) -> FindGroup:
    """Figures by their label or its initials."""
    wanted = text.casefold()
    found = [
        one for one in FIGURES if wanted in one.label or pinyin.text_initials(one.label).startswith(wanted)
    ]
    finds = tuple(Find(one.label, "指标", Go("figures", also=one.key)) for one in found[:_MOST])
    return FindGroup("统计指标", finds, len(found), Go("figures"))


def _rank(values: Sequence[Any], text: str) -> tuple[bool, bool]:
    """Who begins with what was typed comes first, then who is on the books."""
    gone = len(values) > 1 and values[1] in {"2", "3", "4"}
    return not str(values[0]).startswith(text), gone


def _joined(*parts: str) -> str:
    return "·".join(part for part in parts if part)
