"""Answers at hand: which records of a register have which value, and in which order they stand, as of a day.

SQL stays the one meaning of a condition, an order and a figure; here stands only what it answered, until
something it looked at changes. The records of a value are a mask: an integer with one byte for each id, so
that conditions meet with ``&`` and are counted with ``bit_count``. 100,000 people are narrowed, counted and
put in order in a few milliseconds this way, and all their facets in a few more.
"""

from __future__ import annotations

import json
import re
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, reduce
from itertools import compress
from operator import itemgetter, or_
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors

from cadre_desk.db import search
from cadre_desk.db.desk import Change, Desk
from cadre_desk.registers.columns import AsOf
from cadre_desk.registers.conditions import Condition
from cadre_desk.registers.listing import FacetCount, Listing
from cadre_desk.registers.register import Register, Total

#: Registers with fewer records are brought to hand while the clerk waits, for it takes no time.
LIGHT: Final = 20_000
#: A column with more different values than this is asked in SQL each time (names, amounts).
_MOST_VALUES: Final = 1000
#: How many orders and texts a sheet remembers, and how many sheets the shelf.
_ORDERS: Final = 8
_TEXTS: Final = 32
_SHEETS: Final = 24

#: Fewer than one in so many records are sorted, more are picked out of all in their order.
_FEW: Final = 25
_MARK: Final = re.compile(b"\x01")
#: The tables that an expression looks at are the same for every day.
_ANY_DAY: Final = date(2026, 1, 1)

#: The order of a listing: column keys, and whether each descends.
Ordering = tuple[tuple[str, bool], ...]
#: Which records have each value.
Masks = dict[Any, int]


@cache
def tables_of(register: Register) -> frozenset[str]:
    """Every table that a register's columns and orders look at, today or on a past day."""
    found = {register.model.__tablename__}
    for past in (False, True):
        as_of = AsOf(_ANY_DAY, past)
        seen = [part(as_of) for one in register.columns for part in (one.expression, one.sorting)]
        if register.also is not None:
            seen.append(register.also(as_of))
        found |= {one.name for part in seen for one in visitors.iterate(part) if isinstance(one, sa.Table)}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Order:
    """All records in one order.

    ``pick`` takes from a mask's bytes whether each of them is in it; ``rank`` is the place of each key.
    """

    ids: Sequence[int]
    pick: Callable[[bytes], Iterable[int]]
    rank: Sequence[int]


class Sheet:
    """What is at hand of one register as of one day. May be asked from any thread."""

    def __init__(self, desk: Desk, listing: Listing) -> None:
        """Nothing is at hand yet; of the listing only register and day count."""
        self._desk = desk
        self.register = listing.register
        self._all = replace(listing, conditions=(), text="", order=(), columns=(), only=None, owner=None)
        self._model: Any = listing.register.model
        self._lock = threading.RLock()
        self._size = 0
        self._whole: int | None = None
        self._orders: OrderedDict[Ordering, _Order] = OrderedDict()
        self._values: dict[str, Masks | None] = {}
        self._fitting: dict[Condition, int] = {}
        self._texts: OrderedDict[str, int] = OrderedDict()

    # --- answers ------------------------------------------------------------------------------------------

    def has(self, listing: Listing) -> bool:
        """Whether the listing's rows can be told without a long look into the ledger."""
        known, values = self._fitting, self._values
        return _order_of(listing) in self._orders and all(
            one in known or values.get(one.key) is not None for one in listing.conditions
        )

    def ids(self, listing: Listing) -> Sequence[int]:
        """The keys of the listing's rows, in its order."""
        with self._lock:
            mask = self.mask(listing)
            order = self._order(_order_of(listing))
            if mask == self._whole:
                return order.ids
            marks = mask.to_bytes(self._size, "little")
            if mask.bit_count() * _FEW < len(order.ids):
                return sorted((hit.start() for hit in _MARK.finditer(marks)), key=order.rank.__getitem__)
            return list(compress(order.ids, order.pick(marks)))

    def count(self, listing: Listing) -> int:
        """How many rows the listing has."""
        with self._lock:
            return self.mask(listing).bit_count()

    def mask(self, listing: Listing, skip: str = "") -> int:
        """The listing's rows, without the condition on one column."""
        with self._lock:
            found = self._everything()
            for condition in listing.conditions:
                if condition.key != skip:
                    found &= self._fits(condition)
            if listing.text:
                found &= self._finds(listing.text)
            if listing.only is not None:
                found &= self._mask_of(sorted(listing.only))
            if listing.owner is not None:
                key, record = listing.owner
                found &= self._ask(sa.select(self._model.id).where(self._model.__table__.c[key] == record))
            return found

    def facets(self, listing: Listing) -> dict[str, list[FacetCount]]:
        """The lines of every facet of the register, each counted with the other conditions applied."""
        found: dict[str, list[FacetCount]] = {}
        for facet in listing.register.facets:
            with self._lock:
                masks = self.values(facet.key)
                if masks is not None:
                    rest = self.mask(listing, skip=facet.key)
                    counted = {value: (rest & mask).bit_count() for value, mask in masks.items()}
            if masks is None:
                with self._desk.read() as session:
                    found[facet.key] = listing.facet(session, facet)
            else:
                found[facet.key] = listing.facet_lines(facet, counted)
        return found

    def totals(self, listing: Listing) -> list[tuple[Total, float | int | None]]:
        """The numbers under the list, over the whole listing."""
        wanted = listing.register.totals
        with self._lock:
            mask = self.mask(listing)
            values = {one.key: self.values(one.key) for one in wanted if one.key}
        if None in values.values():
            with self._desk.read() as session:
                return listing.totals(session)
        counts = {
            key: {value: (mask & one).bit_count() for value, one in (masks or {}).items()}
            for key, masks in values.items()
        }
        return [(one, _total(one, counts.get(one.key, {}), mask.bit_count())) for one in wanted]

    # --- what is brought to hand --------------------------------------------------------------------------

    def values(self, key: str) -> Masks | None:
        """Which records have each value of a column, as stored; None where there are too many values."""
        with self._lock:
            if key not in self._values:
                register, as_of = self._all.register, self._all.as_of
                value = sa.type_coerce(register.column(key).expression(as_of), sa.types.NullType())
                query = sa.select(value.label("v"), sa.func.group_concat(self._model.id))
                query = query.select_from(self._model).where(*self._all.clauses()).group_by("v")
                self._everything()
                with self._desk.read() as session:
                    rows = session.execute(query.limit(_MOST_VALUES + 1)).all()
                few = len(rows) <= _MOST_VALUES
                self._values[key] = {row[0]: self._mask_of(_split(row[1])) for row in rows} if few else None
            return self._values[key]

    def _everything(self) -> int:
        """The mask of the whole register."""
        if self._whole is None:
            with self._desk.read() as session:
                self._size = (session.scalar(sa.select(sa.func.max(self._model.id))) or 0) + 1
            self._whole = self._ask(sa.select(self._model.id).where(*self._all.clauses()))
        return self._whole

    def _order(self, order: Ordering) -> _Order:
        """All records in an order."""
        if order not in self._orders:
            with self._desk.read() as session:
                ids = _numbers(session, self._all.sorted_by(*order).in_order())
            self._orders[order] = _Order(ids, _picker(ids), _ranks(ids))
            if len(self._orders) > _ORDERS:
                self._orders.popitem(last=False)
        self._orders.move_to_end(order)
        return self._orders[order]

    def _fits(self, condition: Condition) -> int:
        """The records that a condition holds for."""
        if condition not in self._fitting:
            masks = self.values(condition.key) if condition.key in _told_apart(self._all.register) else None
            if masks is None:
                query = sa.select(self._model.id).where(*self._all.where(condition).clauses())
                self._fitting[condition] = self._ask(query)
            else:
                self._fitting[condition] = reduce(or_, self._chosen(condition, masks), 0)
        return self._fitting[condition]

    def _chosen(self, condition: Condition, masks: Masks) -> list[int]:
        """The masks of the values that a condition holds for: SQL is asked about each value once."""
        values = list(masks)
        each = sa.func.json_each(json.dumps(values)).table_valued("key", "value")
        value = sa.type_coerce(each.c.value, sa.types.NullType())
        alike = replace(self._all.register.column(condition.key), expression=lambda _: value)
        with self._desk.read() as session:
            places = session.scalars(sa.select(each.c.key).where(condition.clause(alike, self._all.as_of)))
            return [masks[values[place]] for place in places]

    def _finds(self, text: str) -> int:
        """The records that a text finds."""
        if text not in self._texts:
            matching = search.matching(self._model, text)
            self._texts[text] = 0 if matching is None else self._ask(matching)
            if len(self._texts) > _TEXTS:
                self._texts.popitem(last=False)
        self._texts.move_to_end(text)
        return self._texts[text]

    def _ask(self, query: sa.Select[int]) -> int:
        """The mask of what a query of keys answers."""
        with self._desk.read() as session:
            return self._mask_of(_numbers(session, query))

    def _mask_of(self, ids: Iterable[int]) -> int:
        """The mask of some keys."""
        marks, size = bytearray(self._size), self._size
        for one in ids:
            if one < size:
                marks[one] = 1
        return int.from_bytes(marks, "little")


class Shelf:
    """The sheets of a ledger; one that looked at a table that changes is thrown away."""

    def __init__(self, desk: Desk) -> None:
        """An empty shelf, told of every change until ``close``."""
        self._desk = desk
        self._lock = threading.Lock()
        self._sheets: OrderedDict[tuple[str, AsOf], Sheet] = OrderedDict()
        self.close = desk.subscribe(self._on_change)

    def serves(self, register: Register) -> bool:
        """Whether the shelf is told when the register changes: only journaled tables tell."""
        return register.model.JOURNALED

    def sheet(self, listing: Listing) -> Sheet:
        """What is at hand for listings of this register and day."""
        key = (listing.register.key, listing.as_of)
        with self._lock:
            if key not in self._sheets:
                self._sheets[key] = Sheet(self._desk, listing)
                if len(self._sheets) > _SHEETS:
                    self._sheets.popitem(last=False)
            self._sheets.move_to_end(key)
            return self._sheets[key]

    def has(self, listing: Listing) -> bool:
        """Whether the listing's rows are at hand, or never will be: its table doesn't tell of changes."""
        return not self.serves(listing.register) or self.sheet(listing).has(listing)

    def is_quick(self, listing: Listing) -> bool:
        """Whether the listing's rows can be told while the clerk types: at hand, or of a light register."""
        if self.has(listing):
            return True
        with self._desk.read() as session:
            model: Any = listing.register.model
            return (session.scalar(sa.select(sa.func.max(model.id))) or 0) < LIGHT

    def ids(self, listing: Listing) -> Sequence[int]:
        """The keys of the listing's rows, in its order."""
        if self.serves(listing.register):
            return self.sheet(listing).ids(listing)
        with self._desk.read() as session:
            return listing.ids(session)

    def count(self, listing: Listing) -> int:
        """How many rows the listing has."""
        if self.serves(listing.register):
            return self.sheet(listing).count(listing)
        with self._desk.read() as session:
            return listing.count(session)

    def facets(self, listing: Listing) -> dict[str, list[FacetCount]]:
        """The lines of every facet of the register."""
        if self.serves(listing.register):
            return self.sheet(listing).facets(listing)
        with self._desk.read() as session:
            return {facet.key: listing.facet(session, facet) for facet in listing.register.facets}

    def totals(self, listing: Listing) -> list[tuple[Total, float | int | None]]:
        """The numbers under the list."""
        if self.serves(listing.register):
            return self.sheet(listing).totals(listing)
        with self._desk.read() as session:
            return listing.totals(session)

    def _on_change(self, change: Change) -> None:
        with self._lock:
            stale = [key for key, sheet in self._sheets.items() if tables_of(sheet.register) & change.tables]
            for key in stale:
                del self._sheets[key]


def _order_of(listing: Listing) -> Ordering:
    """The order a listing stands in."""
    return listing.order or listing.register.orders[0].keys


@cache
def _told_apart(register: Register) -> frozenset[str]:
    """The columns by whose values lists are narrowed and summed: their values are worth keeping at hand."""
    viewed = {condition.key for view in register.views for condition in view.conditions}
    summed = {total.key for total in register.totals if total.key}
    return frozenset(viewed | summed | {facet.key for facet in register.facets})


def _numbers(session: Session, query: sa.Select[int]) -> list[int]:
    """The keys that a query answers, in its order: told as one text, they cost a tenth of 100,000 rows."""
    keys = query.subquery()
    return _split(session.scalar(sa.select(sa.func.group_concat(next(iter(keys.c))))))


def _split(joined: str | None) -> list[int]:
    """The keys of a text with commas."""
    numbers: list[int] = json.loads(f"[{joined or ''}]")
    return numbers


def _ranks(ids: Sequence[int]) -> Sequence[int]:
    """The place of each key in an order, by the key."""
    ranks = array("l", bytes(array("l").itemsize * (max(ids, default=0) + 1)))
    for place, one in enumerate(ids):
        ranks[one] = place
    return ranks


def _picker(ids: Sequence[int]) -> Callable[[bytes], Iterable[int]]:
    """What takes the marks of these keys, in their order, from a mask's bytes."""
    if len(ids) > 1:
        picked: Callable[[bytes], Iterable[int]] = itemgetter(*ids)
        return picked
    return lambda marks: [marks[one] for one in ids]


def _total(total: Total, counted: Mapping[Any, int], rows: int) -> float | int | None:
    """A total from how many rows have each value of its column."""
    if not total.key:
        return rows
    numbers = {value: count for value, count in counted.items() if value is not None}
    told = sum(numbers.values())
    match total.how:
        case "sum":
            return int(sum(value * count for value, count in numbers.items()))
        case "mean":
            return float(sum(value * count for value, count in numbers.items()) / told) if told else None
        case _:
            wanted = set(total.value.split(","))
            return sum(count for value, count in numbers.items() if str(value) in wanted)
