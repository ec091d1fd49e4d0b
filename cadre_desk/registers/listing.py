"""A listing: a register with conditions, text and order, an immutable value that every rendering takes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db import search
from cadre_desk.domain import codes
from cadre_desk.domain.fields import Code, Codes
from cadre_desk.registers.columns import AsOf, Column
from cadre_desk.registers.conditions import Condition, Op, Plain
from cadre_desk.registers.register import Facet, Register, Total


@dataclass(frozen=True, slots=True)
class Row:
    """One record as a listing shows it: its key and its values in the listing's columns."""

    id: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One line of a facet: the condition's plain value (a pair for bands), its label, how many rows fit."""

    values: tuple[Plain, ...]
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Which rows of a register, which columns, in which order, as of which day (入账日 for past days).

    ``counting`` rows hold values to reckon with (73), others what is told of them (约73).
    """

    register: Register
    today: date
    conditions: tuple[Condition, ...] = ()
    text: str = ""
    order: tuple[tuple[str, bool], ...] = ()
    columns: tuple[str, ...] = ()
    as_of_day: date | None = None
    only: frozenset[int] | None = None
    owner: tuple[str, int] | None = None
    counting: bool = False

    @property
    def as_of(self) -> AsOf:
        """The day the listing speaks of."""
        return AsOf(self.as_of_day or self.today, self.as_of_day is not None and self.as_of_day != self.today)

    def where(self, *conditions: Condition) -> Listing:
        """The same with more conditions; one on a column replaces an earlier one on it."""
        keys = {condition.key for condition in conditions}
        kept = tuple(condition for condition in self.conditions if condition.key not in keys)
        return replace(self, conditions=kept + conditions)

    def without(self, key: str) -> Listing:
        """The same without the condition on a column."""
        return replace(self, conditions=tuple(one for one in self.conditions if one.key != key))

    def find(self, text: str) -> Listing:
        """The same, narrowed to what a text finds."""
        return replace(self, text=text.strip())

    def to_count(self) -> Listing:
        """The same rows with the values that are reckoned with."""
        return replace(self, counting=True)

    def sorted_by(self, *order: tuple[str, bool]) -> Listing:
        """The same in another order: (column key, descending)."""
        return replace(self, order=order)

    def showing(self, *columns: str) -> Listing:
        """The same with other columns."""
        return replace(self, columns=columns)

    def at(self, day: date | None) -> Listing:
        """The same as of another day."""
        return replace(self, as_of_day=day)

    def picked(self, ids: Sequence[int]) -> Listing:
        """The same, but only these records."""
        return replace(self, only=frozenset(ids))

    def belonging(self, link: str, record: int) -> Listing:
        """The same, but only what belongs to one record of another register, by a stored link (person_id)."""
        return replace(self, owner=(link, record))

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns in order."""
        return tuple(self.register.column(key) for key in self.columns or self.register.shown)

    def words(self) -> str:
        """The filter in words, as it is printed on what leaves the office."""
        parts = [one.words(self.register.column(one.key)) for one in self.conditions]
        if self.text:
            parts.append(f"查「{self.text}」")
        if self.only is not None:
            parts.append("勾选的记录")
        return "、".join(parts) if parts else "全部"

    def clauses(self, skip: str = "") -> list[sa.ColumnElement[bool]]:
        """What the rows must fit, without the condition on one column."""
        model: Any = self.register.model
        as_of = self.as_of
        found = [
            one.clause(self.register.column(one.key), as_of) for one in self.conditions if one.key != skip
        ]
        if self.register.also is not None:
            found.append(self.register.also(as_of))
        if self.only is not None:
            found.append(
                model.id.in_(
                    sa.select(sa.func.json_each(json.dumps(sorted(self.only))).table_valued("value").c.value)
                )
            )
        if self.owner is not None:
            link, record = self.owner
            found.append(model.__table__.c[link] == record)
        if self.text:
            matching = search.matching(self.register.model, self.text)
            found.append(sa.false() if matching is None else model.id.in_(matching))
        return found

    def _ordering(self) -> list[sa.ColumnElement[Any]]:
        model: Any = self.register.model
        order = self.order or self.register.orders[0].keys
        parts: list[sa.ColumnElement[Any]] = []
        for key, descending in order:
            by = self.register.column(key).sorting(self.as_of)
            parts.append(by.desc().nulls_last() if descending else by.asc().nulls_last())
        newest_first = bool(order) and order[0][1]
        return [*parts, model.id.desc() if newest_first else model.id]

    def in_order(self) -> sa.Select[int]:
        """The query of the keys of all rows, in order."""
        model: Any = self.register.model
        return sa.select(model.id).where(*self.clauses()).order_by(*self._ordering())

    def ids(self, session: Session) -> list[int]:
        """The keys of all rows, in order."""
        return list(session.scalars(self.in_order()))

    def count(self, session: Session) -> int:
        """How many rows there are."""
        model: Any = self.register.model
        return session.scalar(sa.select(sa.func.count()).select_from(model).where(*self.clauses())) or 0

    def rows(self, session: Session, limit: int | None = None, offset: int = 0) -> list[Row]:
        """The rows, in order."""
        model: Any = self.register.model
        query = self._select().where(*self.clauses()).order_by(*self._ordering()).offset(offset or None)
        return [Row(row[0], tuple(row[1:])) for row in session.execute(query.limit(limit).select_from(model))]

    def named(self, session: Session) -> list[tuple[str, Row]]:
        """The rows with the uid of each, in order: the names behind a figure."""
        model: Any = self.register.model
        query = self._select().add_columns(model.uid).where(*self.clauses()).order_by(*self._ordering())
        return [(row[-1], Row(row[0], tuple(row[1:-1]))) for row in session.execute(query.select_from(model))]

    def rows_of(self, session: Session, ids: Sequence[int]) -> dict[int, Row]:
        """These rows by key, whatever the conditions say: what a window of the list shows."""
        query = _of_keys(self.register, self.columns, self.as_of)
        return {row[0]: Row(row[0], tuple(row[1:])) for row in session.execute(query, {"keys": list(ids)})}

    def _select(self) -> sa.Select[Any]:
        return _selected(self.register, self.shown, self.as_of, counting=self.counting)

    def facet(self, session: Session, facet: Facet) -> list[FacetCount]:
        """The lines of a facet, counted with the other conditions applied; empty lines only where chosen."""
        column = self.register.column(facet.key)
        value = sa.type_coerce(column.expression(self.as_of), sa.types.NullType())
        base = (
            sa.select(sa.func.count()).select_from(self.register.model).where(*self.clauses(skip=facet.key))
        )
        grouped = base.add_columns(value.label("v")).group_by("v")
        return self.facet_lines(facet, {row[1]: row[0] for row in session.execute(grouped)})

    def facet_lines(self, facet: Facet, counted: Mapping[Any, int]) -> list[FacetCount]:
        """The lines of a facet from how many rows have each stored value of its column."""
        column = self.register.column(facet.key)
        chosen = next((one.values for one in self.conditions if one.key == facet.key), ())
        if facet.bands:
            return _banded(facet, counted, chosen)
        if isinstance(column.field, Codes):
            counted = _spread(counted)
        lines = [
            FacetCount((plain,), self._facet_label(column, plain), count)
            for plain, count in counted.items()
            if plain is not None and plain != "" and (count or plain in chosen)
        ]
        lines += [
            FacetCount((plain,), self._facet_label(column, plain), 0)
            for plain in chosen
            if plain not in counted
        ]
        return _in_order(column, lines)

    @staticmethod
    def _facet_label(column: Column, plain: Plain) -> str:
        field = column.field
        if isinstance(field, Code | Codes):
            return codes.table(field.table).short(str(plain))
        return ("是" if plain else "否") if field.kind == "yes_no" else str(plain)

    def totals(self, session: Session) -> list[tuple[Total, float | int | None]]:
        """The numbers under the list, over the whole listing."""
        model: Any = self.register.model
        wanted = self.register.totals
        if not wanted:
            return []
        query = sa.select(*(self._total(total) for total in wanted)).select_from(model).where(*self.clauses())
        return list(zip(wanted, session.execute(query).one(), strict=True))

    def _total(self, total: Total) -> sa.ColumnElement[Any]:
        if not total.key:
            return sa.func.count()
        value = sa.type_coerce(self.register.column(total.key).expression(self.as_of), sa.types.NullType())
        match total.how:
            case "sum":
                return sa.func.coalesce(sa.func.sum(value), 0)
            case "mean":
                return sa.func.avg(value)
            case _:
                told = sa.cast(value, sa.String).in_(total.value.split(","))
                return sa.func.coalesce(sa.func.sum(sa.cast(told, sa.Integer)), 0)

    def to_json(self) -> str:
        """What a saved view keeps."""
        return json.dumps(
            {
                "conditions": [[one.key, one.op, list(one.values)] for one in self.conditions],
                "text": self.text,
                "order": [list(one) for one in self.order],
                "columns": list(self.columns),
            },
            ensure_ascii=False,
        )

    def from_json(self, text: str) -> Listing:
        """The same register as a saved view asks for it."""
        kept = json.loads(text)
        return replace(
            self,
            conditions=tuple(Condition(key, Op(op), tuple(values)) for key, op, values in kept["conditions"]),
            text=kept["text"],
            order=tuple((key, bool(descending)) for key, descending in kept["order"]),
            columns=tuple(kept["columns"]),
        )


def _selected(
    register: Register, columns: Sequence[Column], as_of: AsOf, *, counting: bool = False
) -> sa.Select[Any]:
    """The key and the columns of a register's records."""
    model: Any = register.model
    read = (column.expression(as_of) if counting else column.reading(as_of) for column in columns)
    return sa.select(model.id, *(value.label(f"c{place}") for place, value in enumerate(read)))


@lru_cache(maxsize=128)
def _of_keys(register: Register, columns: tuple[str, ...], as_of: AsOf) -> sa.Select[Any]:
    """The query of some records by their keys, built once: a list asks it for every window of rows."""
    model: Any = register.model
    shown = tuple(register.column(key) for key in columns or register.shown)
    keys: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)
    return _selected(register, shown, as_of).where(model.id.in_(keys)).select_from(model)


def _banded(facet: Facet, counted: Mapping[Any, int], chosen: Sequence[Plain]) -> list[FacetCount]:
    lines = []
    for label, low, high in facet.bands:
        count = sum(
            number
            for value, number in counted.items()
            if value is not None and (low == "" or value >= low) and (high == "" or value <= high)
        )
        if count or (low, high) in zip(chosen[::2], chosen[1::2], strict=False):
            lines.append(FacetCount((low, high), label, count))
    return lines


def _spread(counted: Mapping[Any, int]) -> dict[Any, int]:
    """Counts of single codes from counts of sets of codes."""
    single: dict[Any, int] = {}
    for value, count in counted.items():
        for code in (value or "").strip(",").split(","):
            if code:
                single[code] = single.get(code, 0) + count
    return single


def _in_order(column: Column, lines: list[FacetCount]) -> list[FacetCount]:
    """Codes in the table's order, other values by how many they are."""
    field = column.field
    if isinstance(field, Code | Codes):
        places = {item.code: place for place, item in enumerate(codes.table(field.table).items)}
        return sorted(lines, key=lambda line: places.get(str(line.values[0]), len(places)))
    return sorted(lines, key=lambda line: (-line.count, line.label))
