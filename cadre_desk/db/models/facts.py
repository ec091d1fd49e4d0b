"""Dated facts: each row says that from a day on an attribute had a value (design idea 4)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from cadre_desk.db.base import Base, column
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Dated, Day, Text


class FactColumns:
    """What every table of dated facts has.

    ``aspect`` is the owner's column, ``value`` what that column stores from ``since`` (发生日) on. Statistics
    count the fact from ``booked`` (入账日); of several facts the one with the latest ``since`` holds, then
    the latest booked, then the latest entered. The owner's own column repeats the value that holds now.
    """

    BOOKED: ClassVar[str] = "booked"
    OWNER: ClassVar[str]

    aspect: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str | None] = mapped_column(sa.String())
    since: Mapped[PartialDate] = column(Dated("发生日", required=True))
    booked: Mapped[date] = column(Day("入账日", required=True))
    note: Mapped[str | None] = column(Text("依据"))

    @declared_attr
    def owner_id(cls) -> Mapped[int]:  # noqa: N805 - declared_attr is a class method
        """Whose fact it is."""
        return mapped_column(sa.ForeignKey(f"{cls.OWNER}.id"), index=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[object, ...]:  # noqa: N805 - declared_attr is a class method
        """What an aspect was as of a day is answered for all owners from this index alone."""
        name = f"ix_{cls.OWNER}_fact"
        parts = ("aspect", "owner_id", "since", "booked", "id", "value")
        return (sa.Index(name, *parts), {"sqlite_autoincrement": True})


def facts_of(model: type[Any]) -> type[FactColumns]:
    """The table that keeps the dated facts of a model.

    Raises:
        LookupError: the model has none.
    """
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, FactColumns) and model.__tablename__ == mapper.class_.OWNER:
            return mapper.class_
    raise LookupError(model.__tablename__)
