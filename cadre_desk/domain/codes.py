"""Code tables: national codes (GB/T …) and the office's own, read from resources/codes, amended by a ledger.

A record stores the code; lists and papers show the short name, forms the label. A code is never reused and
never taken out: an item an office no longer uses is *retired*, so that old records keep their words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Final

from cadre_desk.domain.pinyin import text_initials, text_pinyin
from cadre_desk.domain.resources import resource

_FOLDER: Final = "codes"
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CodeItem:
    """One item of a table: what is stored, what is shown, how else it is called, where reports count it."""

    code: str
    label: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""
    retired: bool = False

    def __post_init__(self) -> None:
        if not self.short:
            object.__setattr__(self, "short", self.label)

    @property
    def initials(self) -> str:
        """First letters of the label's pinyin, as a clerk types them: sjdyy."""
        return text_initials(self.label)

    def plain(self) -> dict[str, Any]:
        """The item as JSON holds it, what is empty left out."""
        found = {
            "code": self.code,
            "label": self.label,
            "short": "" if self.short == self.label else self.short,
            "aliases": list(self.aliases),
            "group": self.group,
            "retired": self.retired,
        }
        return {key: value for key, value in found.items() if value}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> CodeItem:
        """The item that ``plain`` describes; TypeError without code or label, or for an unknown key."""
        fields: dict[str, Any] = {**plain, "aliases": tuple(plain.get("aliases", ()))}
        return cls(**fields)


@dataclass(frozen=True)
class CodeTable:
    """The items of one table in the order in which they are offered, with the document they come from.

    A table may be the part of another whose codes begin with ``prefix`` (增员 of 增减变动).
    """

    key: str
    title: str
    source: str
    version: str
    items: tuple[CodeItem, ...]
    suffixes: tuple[str, ...] = ()
    part_of: str = ""
    prefix: str = ""

    @property
    def choices(self) -> tuple[CodeItem, ...]:
        """The items that may be chosen now."""
        return tuple(item for item in self.items if not item.retired)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that reports count by, in their order."""
        return tuple(dict.fromkeys(item.group for item in self.items if item.group))

    def item(self, code: str) -> CodeItem | None:
        """The item of a stored code."""
        return self._by_code.get(code)

    def label(self, code: str) -> str:
        """The label of a stored code; a code no table knows shows as it is, never as nothing."""
        return self._by_code[code].label if code in self._by_code else code

    def short(self, code: str) -> str:
        """The short name of a stored code, for table cells and paper."""
        return self._by_code[code].short if code in self._by_code else code

    def group(self, code: str) -> str:
        """The group that reports count a stored code in; "" for none."""
        return self._by_code[code].group if code in self._by_code else ""

    def codes_in(self, *groups: str) -> tuple[str, ...]:
        """The codes that reports count in these groups, retired ones too."""
        return tuple(item.code for item in self.items if item.group in groups)

    def find(self, text: str) -> CodeItem | None:
        """The one item that a written value means: its code, label, short name or another name of it.

        Width, blanks and case don't matter, nor a suffix of the table (族), nor zeros lost before a number.
        """
        folded = _folded(text)
        for written in self._ways_to_write(folded):
            if written in self._by_text:
                return self._by_text[written]
        return self._by_number.get(folded.lstrip("0") or folded) if folded.isascii() else None

    def matching(self, typed: str, used: Mapping[str, int] = MappingProxyType({})) -> tuple[CodeItem, ...]:
        """The choices that fit what was typed so far (initials, pinyin, hanzi, code), best first.

        Exact, then beginning with it, then containing it, then only by another name; among equals the most
        ``used`` (counts by code) first, then in the table's order. Nothing typed: all of them.
        """
        folded = _folded(typed)
        ranked = ((_rank(item, folded), -used.get(item.code, 0), item) for item in self.choices)
        fitting = [(rank, use, item) for rank, use, item in ranked if rank is not None]
        return tuple(item for _, _, item in sorted(fitting, key=lambda one: one[:2]))

    def _ways_to_write(self, folded: str) -> Iterator[str]:
        yield folded
        for suffix in self.suffixes:
            yield folded + suffix
            if folded.endswith(suffix):
                yield folded.removesuffix(suffix)

    @cached_property
    def _by_code(self) -> dict[str, CodeItem]:
        return {item.code: item for item in self.items}

    @cached_property
    def _by_text(self) -> dict[str, CodeItem]:
        """Every way to write an item: codes, then labels, then other names; items in use before retired."""
        found: dict[str, CodeItem] = {}
        for names in (_codes, _labels, _others):
            for item in sorted(self.items, key=lambda item: item.retired):
                for name in names(item):
                    found.setdefault(_folded(name), item)
        return found

    @cached_property
    def _by_number(self) -> dict[str, CodeItem]:
        return {
            item.code.lstrip("0"): item for item in self.items if item.code.isdigit() and item.code.strip("0")
        }


def table(key: str) -> CodeTable:
    """The table of a key, with what the open ledger amends; LookupError for a key that no table has."""
    in_force = _IN_FORCE or _release()
    if key not in in_force:
        raise LookupError(f"no code table {key!r}")
    return in_force[key]


def tables() -> tuple[CodeTable, ...]:
    """All tables, by key."""
    return tuple((_IN_FORCE or _release()).values())


def amended(original: CodeTable, items: Iterable[CodeItem]) -> CodeTable:
    """The table with an office's own items laid over it: new codes at the end, known ones in their place.

    A renamed item keeps its old names as aliases and its group where none is given, so that old workbooks are
    still understood; nothing is ever taken out.
    """
    merged = {item.code: item for item in original.items}
    for item in items:
        before = merged.get(item.code)
        merged[item.code] = _renamed(before, item) if before else item
    return replace(original, items=tuple(merged.values()), version=f"{original.version}（本局增补）")


def use_amendments(amendments: Mapping[str, Sequence[CodeItem]] | None = None) -> None:
    """From now on ``table`` answers with these items laid over; none given: with the tables as released.

    LookupError for a key that no table has; then nothing changes.
    """
    released = _release()
    laid_over: dict[str, CodeTable] = {}
    for key, items in (amendments or {}).items():
        if key not in released or released[key].part_of:
            raise LookupError(f"no code table {key!r} to amend")
        laid_over[key] = amended(released[key], items)
    whole = released | laid_over
    parts = {key: _part(found, whole[found.part_of]) for key, found in whole.items() if found.part_of}
    _IN_FORCE.clear()
    _IN_FORCE.update(whole | parts)


#: The tables that ``table`` answers with, once amendments were laid over them.
_IN_FORCE: Final[dict[str, CodeTable]] = {}


@lru_cache(maxsize=1)
def _release() -> dict[str, CodeTable]:
    """The tables as released, by key, each file read once."""
    files = sorted(resource(_FOLDER).glob("*.json"))
    read = {file.stem: _read(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in files}
    return {key: _part(found, read[found.part_of]) if found.part_of else found for key, found in read.items()}


def _read(key: str, found: Mapping[str, Any]) -> CodeTable:
    """The table that a file describes; a part of another one (增员 of 增减变动) has no items yet."""
    return CodeTable(
        key,
        found["title"],
        found.get("source", ""),
        found.get("version", ""),
        items=tuple(CodeItem.from_plain(item) for item in found.get("items", ())),
        suffixes=tuple(found.get("suffixes", ())),
        part_of=found.get("of", ""),
        prefix=found.get("prefix", ""),
    )


def _part(found: CodeTable, whole: CodeTable) -> CodeTable:
    """The part of a table whose codes begin with the part's prefix."""
    items = tuple(item for item in whole.items if item.code.startswith(found.prefix))
    return replace(found, source=whole.source, version=whole.version, items=items, suffixes=whole.suffixes)


def _renamed(before: CodeItem, after: CodeItem) -> CodeItem:
    """The item after an amendment, still known by what it was called."""
    names = dict.fromkeys((*after.aliases, *before.aliases, before.label, before.short))
    aliases = tuple(name for name in names if name not in {after.label, after.short})
    return replace(after, aliases=aliases, group=after.group or before.group)


def _rank(item: CodeItem, typed: str) -> int | None:
    """How well an item fits what was typed, 0 best; None where it doesn't."""
    names = (_folded(item.label), _folded(item.short))
    spelled = (*names, item.initials, text_initials(item.short))
    tests = (
        typed in spelled or typed == _folded(item.code),
        any(start.startswith(typed) for start in (*spelled, _folded(item.code))),
        any(typed in word for word in spelled),
        any(typed in _folded(alias) or typed in text_initials(alias) for alias in item.aliases),
        any(typed in text_pinyin(name) for name in names),
    )
    return next((rank for rank, fits in enumerate(tests) if fits), None)


def _codes(item: CodeItem) -> tuple[str, ...]:
    return (item.code,)


def _labels(item: CodeItem) -> tuple[str, ...]:
    return (item.label, item.short)


def _others(item: CodeItem) -> tuple[str, ...]:
    return item.aliases


def _folded(text: str) -> str:
    """A written value without width, blanks and case."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
