"""How a declared field becomes a column: SQL types, the base of all tables, and the way back to the field."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, MappedColumn, mapped_column

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import AnyField, Field
from cadre_desk.domain.lunar import LunarDay


class PartialDateType(sa.TypeDecorator[PartialDate]):
    """A date as far as known, as ISO text with its precision; text order is date order."""

    impl = sa.String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        """To ISO text; plain ISO text passes, so that conditions may be written either way."""
        return value.iso if isinstance(value, PartialDate) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        """From ISO text."""
        return None if value is None else PartialDate.from_iso(value)


class DayType(sa.TypeDecorator[date]):
    """A whole day as ISO text."""

    impl = sa.String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """To ISO text."""
        return value.isoformat() if isinstance(value, date) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """From ISO text."""
        return None if value is None else date.fromisoformat(value)


class MomentType(sa.TypeDecorator[datetime]):
    """A moment to the second as ISO text."""

    impl = sa.String(19)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To ISO text."""
        return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """From ISO text."""
        return None if value is None else datetime.fromisoformat(value)


class LunarType(sa.TypeDecorator[LunarDay]):
    """A lunar day as month-day text, L behind a leap month."""

    impl = sa.String(6)
    cache_ok = True

    def process_bind_param(self, value: LunarDay | None, dialect: Dialect) -> str | None:
        """To text."""
        return value.iso if isinstance(value, LunarDay) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> LunarDay | None:
        """From text."""
        return None if value is None else LunarDay.from_iso(value)


class CodesType(sa.TypeDecorator[tuple[str, ...]]):
    """Several codes as ",01,05,": the commas let one code be looked for with LIKE."""

    impl = sa.String(200)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | str | None, dialect: Dialect) -> str | None:
        """To text; none chosen is stored as nothing."""
        if value is None or isinstance(value, str):
            return value
        return f",{','.join(value)}," if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """From text."""
        return None if value is None else tuple(value.strip(",").split(","))


#: The SQL type of each kind of field; a test holds it complete.
SQL_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.String(),
    "name": sa.String(),
    "long_text": sa.String(),
    "phone": sa.String(),
    "account": sa.String(),
    "id_number": sa.String(),
    "code": sa.String(),
    "division": sa.String(),
    "day": DayType(),
    "partial_day": PartialDateType(),
    "lunar": LunarType(),
    "moment": MomentType(),
    "codes": CodesType(),
    "money": sa.Integer(),
    "count": sa.Integer(),
    "link": sa.Integer(),
    "yes_no": sa.Boolean(create_constraint=False),
}


class Base(DeclarativeBase):
    """A table of the ledger; ids are never used twice (AUTOINCREMENT).

    ``JOURNALED`` tables can be changed only inside a unit. ``BOOKED`` names the 入账日 column of a table
    whose rows a closed year counts (design idea 4), "" where a year never counts them. ``SEARCHED`` names
    the columns whose words find a record (see ``db.search``); the first of them names it.
    """

    JOURNALED: ClassVar[bool] = True
    BOOKED: ClassVar[str] = ""
    SEARCHED: ClassVar[tuple[str, ...]] = ()
    #: Pairs of 发生日 and 入账日: the second follows from the first when a record is kept.
    BOOKS: ClassVar[tuple[tuple[str, str], ...]] = ()
    #: What statistics count of a record: once its 入账日 lies in a closed year, it stays as it was reported.
    COUNTED: ClassVar[tuple[str, tuple[str, ...]]] = ("", ())

    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy declares it so

    id: Mapped[int] = mapped_column(primary_key=True)


class Record(Base):
    """A table whose rows are records: ``uid`` names one in every copy of the ledger."""

    __abstract__ = True

    uid: Mapped[str] = mapped_column(
        sa.String(32), server_default=sa.text("(lower(hex(randomblob(16))))"), unique=True
    )


def column(field: Field[Any], *constraints: sa.ForeignKey, **settings: Any) -> MappedColumn[Any]:
    """Make the column of a declared field; NULL is allowed unless the field is required."""
    return mapped_column(
        SQL_TYPES[field.kind],
        *constraints,
        nullable=settings.pop("nullable", not field.required),
        info={"field": field},
        **settings,
    )


def field_of(attribute: InstrumentedAttribute[Any] | sa.Column[Any]) -> AnyField:
    """The declared field of a mapped attribute or table column.

    Raises:
        KeyError: the column was not declared with a field.
    """
    info: dict[Any, Any] = attribute.info
    found: AnyField = info["field"]
    return found


def fields_of(model: type[Base]) -> dict[str, AnyField]:
    """Every declared field of a table by its column's name, in the order of declaration."""
    return {item.name: item.info["field"] for item in model.__table__.columns if "field" in item.info}


def edited_fields(model: type[Base]) -> tuple[str, ...]:
    """The names of the declared columns that a clerk fills in; 入账日 follows by itself."""
    booked = {second for _, second in model.BOOKS}
    return tuple(name for name in fields_of(model) if name not in booked)


def dated_fields(model: type[Base]) -> tuple[str, ...]:
    """The names of the columns that are kept as intervals."""
    return tuple(name for name, field in fields_of(model).items() if field.dated)
