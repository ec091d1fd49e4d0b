"""A register (登记簿): one model, its columns, its forms, its official orders, facets, totals and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from cadre_desk.db.base import Base, fields_of
from cadre_desk.domain.errors import Problem, UserError
from cadre_desk.domain.fields import AnyField
from cadre_desk.registers.columns import Column, Expression
from cadre_desk.registers.conditions import Condition

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facet:
    """A column by whose values a list is narrowed; ``bands`` cut numbers into ranges (label, from, to)."""

    key: str
    title: str
    bands: tuple[tuple[str, int | str, int | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """An official order of the register; a dash before a column turns it round."""

    key: str
    title: str
    by: tuple[str, ...]

    @property
    def keys(self) -> tuple[tuple[str, bool], ...]:
        """Column and whether it descends, as a listing takes them."""
        return tuple((key.removeprefix("-"), key.startswith("-")) for key in self.by)


@dataclass(frozen=True, slots=True, eq=False)
class Total:
    """A number under every listing: how many rows fit ``value``, or the sum or mean of a column."""

    title: str
    key: str = ""
    value: str = ""
    how: str = "count"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A listing that the program brings along under a name."""

    title: str
    conditions: tuple[Condition, ...] = ()
    order: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: what belongs here, what it feeds, and how to begin."""

    title: str
    sentence: str


Rule = Callable[[Values, date], Iterable[Problem]]


@dataclass(frozen=True, eq=False)
class Register:
    """What is seen of one model, where, and in which order.

    ``columns`` is everything that can be shown, filtered and printed; ``shown`` is what a list begins with.
    ``form`` names the stored fields that are edited; none means the register is written by the desk alone.
    ``begins`` is the column with the day a record's first facts hold from.
    ``told_by`` is what tells a record on the card of whom it belongs to, where links and codes would not.
    ``name`` is the column that names a record; ``identity`` the columns that recognise an imported row.
    """

    key: str
    title: str
    noun: str
    measure: str
    model: type[Base]
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    name: str
    orders: tuple[Order, ...]
    form: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    totals: tuple[Total, ...] = ()
    views: tuple[View, ...] = ()
    identity: tuple[tuple[str, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    place: str = "system"
    begins: str = ""
    told_by: str = ""
    empty: Empty = field(default_factory=lambda: Empty("这里还没有记录", ""))
    also: Expression | None = None

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by key."""
        return {column.key: column for column in self.columns}

    def column(self, key: str) -> Column:
        """One column.

        Raises:
            UserError: the register has no such column.
        """
        try:
            return self.by_key[key]
        except KeyError:
            msg = f"「{self.title}」没有「{key}」这一栏。"
            raise UserError(msg) from None

    @cached_property
    def fields(self) -> dict[str, AnyField]:
        """The fields of the form, in order."""
        declared = fields_of(self.model)
        return {key: declared[key] for key in self.form}

    def problems(self, values: Values, today: date) -> list[Problem]:
        """What the record's fields and rules say about its values."""
        missing = [
            Problem(f"「{one.label}」必须填写。", key)
            for key, one in self.fields.items()
            if one.required and values.get(key) in {None, ""}
        ]
        return missing + [problem for rule in self.rules for problem in rule(values, today)]
