"""What can be seen of a record, as SQL as of a day: own fields, names of linked records, derived values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from cadre_desk.db.base import Base, field_of
from cadre_desk.db.models.facts import facts_of
from cadre_desk.db.search import keys_of
from cadre_desk.domain.ages import reached_on
from cadre_desk.domain.fields import AnyField


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day a listing speaks of; ``past`` days are answered from what was booked by then (入账日)."""

    day: date
    past: bool = False


Expression = Callable[[AsOf], sa.ColumnElement[Any]]


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a register.

    ``expression`` gives its SQL as of a day, so that it can be sorted, filtered and counted; ``order`` gives
    what it sorts by where that is not the value itself, ``told`` what is read of a row where that says more
    than the value (约73 for an age of 73); ``stored`` names the model's column, "" if derived.
    ``label`` stands in table heads, shorter than the field's own where the field's is long.
    """

    key: str
    field: AnyField
    expression: Expression
    order: Expression | None = None
    stored: str = ""
    label: str = ""
    told: Expression | None = None

    @cached_property
    def heading(self) -> str:
        """What stands over the column."""
        return self.label or self.field.label

    def sorting(self, as_of: AsOf) -> sa.ColumnElement[Any]:
        """What rows are put in order by."""
        return (self.order or self.expression)(as_of)

    def reading(self, as_of: AsOf) -> sa.ColumnElement[Any]:
        """What is read of a row: for screens and papers, not to be counted with."""
        return (self.told or self.expression)(as_of)


def fact_as_of(
    model: Any, aspect: str, day: date | InstrumentedAttribute[Any], owner: Any = None
) -> sa.ColumnElement[Any]:
    """The value of a dated attribute by what was booked up to a day; ``owner`` is an alias of the model."""
    facts: Any = facts_of(model)
    owner = owner or model
    query = (
        sa.select(facts.value)
        .where(facts.owner_id == owner.id, facts.aspect == aspect, facts.booked <= day)
        .order_by(facts.since.desc(), facts.booked.desc(), facts.id.desc())
        .limit(1)
        .correlate_except(facts)
        .scalar_subquery()
    )
    stored = model.__table__.c[aspect].type
    if isinstance(stored, sa.Integer | sa.Boolean):
        return sa.cast(query, sa.Integer)
    return sa.type_coerce(query, stored)


def own(attribute: InstrumentedAttribute[Any], *, label: str = "", order: Expression | None = None) -> Column:
    """A column of the model itself; a dated one answers past days from its facts."""
    field = field_of(attribute)
    model = attribute.class_

    def expression(as_of: AsOf) -> sa.ColumnElement[Any]:
        if field.dated and as_of.past:
            return fact_as_of(model, attribute.key, as_of.day)
        return sa.type_coerce(attribute, model.__table__.c[attribute.key].type)

    return Column(attribute.key, field, expression, order, attribute.key, label)


def linked(
    attribute: InstrumentedAttribute[Any],
    shown: InstrumentedAttribute[Any],
    *,
    label: str = "",
    order: InstrumentedAttribute[Any] | None = None,
    link: Expression | None = None,
    key: str = "",
) -> Column:
    """A field of the record that a link leads to; ``link`` replaces how the link is found."""
    target: Any = shown.class_
    model = attribute.class_
    field = field_of(attribute)

    def follow(as_of: AsOf, what: InstrumentedAttribute[Any]) -> sa.ColumnElement[Any]:
        if link is not None:
            number = link(as_of)
        elif field.dated and as_of.past:
            number = fact_as_of(model, attribute.key, as_of.day)
        else:
            number = sa.type_coerce(attribute, sa.Integer())
        other = sa.orm.aliased(target)
        inner = getattr(other, what.key)
        if as_of.past and field_of(what).dated:
            inner = fact_as_of(target, what.key, as_of.day, other)
        query = sa.select(inner).where(other.id == number).correlate(model).scalar_subquery()
        return sa.type_coerce(query, target.__table__.c[what.key].type)

    shown_field = field_of(shown)
    return Column(
        key or attribute.key,
        shown_field,
        lambda as_of: follow(as_of, shown),
        None if order is None else lambda as_of: follow(as_of, order),
        "" if key else attribute.key,
        label or (shown_field.label if key else field.label),
    )


def derived(
    key: str,
    field: AnyField,
    expression: Expression,
    *,
    order: Expression | None = None,
    told: Expression | None = None,
) -> Column:
    """A value that follows from others."""
    return Column(key, field, expression, order, told=told)


def through(link: InstrumentedAttribute[Any], further: InstrumentedAttribute[Any], shown: Any) -> Expression:
    """A field two links away, as it is now: what the record behind ``link`` says of ``further``."""
    between: Any = further.class_
    target: Any = shown.class_

    def expression(_: AsOf) -> sa.ColumnElement[Any]:
        query = sa.select(shown).join(between, further == target.id).where(between.id == link)
        return query.correlate(link.class_).scalar_subquery()

    return expression


def by_strokes(model: type[Base]) -> Expression:
    """The order of 姓氏笔画, from the search's derived rows."""
    keys = keys_of(model.__tablename__)
    owner: Any = model
    return lambda _: sa.select(keys.c.strokes).where(keys.c.id == owner.id).correlate(owner).scalar_subquery()


def years_since(begin: sa.ColumnElement[Any], day: date) -> sa.ColumnElement[int]:
    """Whole years from a date of any precision to a day; unknown months and days count from their first."""
    text = sa.type_coerce(begin, sa.String())
    year = sa.cast(sa.func.substr(text, 1, 4), sa.Integer)
    rest = sa.func.substr(text.op("||")("-01-01"), 6, 5)
    month, date_of_month = reached_on(day)
    return (
        sa.literal(day.year)
        - year
        - sa.cast(rest > sa.literal(f"{month:02d}-{date_of_month:02d}"), sa.Integer)
    )
