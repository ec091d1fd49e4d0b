"""What hangs on a record: the records of other registers that link to it, and what each of them is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cadre_desk.db.base import fields_of
from cadre_desk.domain.fields import Code, Link
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one register to another: ``key`` is the field of ``register`` that leads to the owner.

    A relation ``belongs`` if its records are part of the owner (联系人, 账户, 变动, a round's visits): they
    are shown on the owner's card and in its history.
    """

    register: Register
    key: str
    belongs: bool

    @property
    def noun(self) -> str:
        """What one of them is called on the owner's card: 联系人, 变动; 组织关系 where it ties two."""
        register = self.register
        ties = register.name == self.key and isinstance(fields_of(register.model)[self.told_by], Link)
        return register.title if ties else register.noun

    @property
    def told_by(self) -> str:
        """The column that tells them apart on the owner's card: their name, unless that is the owner's."""
        if self.register.told_by:
            return self.register.told_by
        required = {key: one for key, one in fields_of(self.register.model).items() if one.required}
        links = [key for key, one in required.items() if isinstance(one, Link)]
        words = [key for key, one in required.items() if isinstance(one, Code)]
        return next(key for key in (self.register.name, *links, *words) if key != self.key)


def relations_to(owner: Register) -> list[Relation]:
    """The links that lead to a register, in the catalogue's order."""
    return [
        Relation(register, key, field.required or field.part)
        for register in REGISTERS.values()
        for key, field in fields_of(register.model).items()
        if isinstance(field, Link) and field.to == owner.key
    ]


def related(session: Session, relation: Relation, record: int, today: date) -> list[int]:
    """The keys of the records that link to one, in their register's first order."""
    return Listing(relation.register, today).belonging(relation.key, record).ids(session)


def labels_of(
    session: Session, register: Register, records: Sequence[int], today: date, *, by: str = ""
) -> dict[int, str]:
    """What records of a register are called, or what stands in the column ``by``; those gone are left out."""
    column = register.column(by or register.name)
    rows = Listing(register, today).showing(column.key).rows_of(session, records)
    return {key: column.field.show(row.values[0]) for key, row in rows.items()}


def label_of(session: Session, register: Register, record: int, today: date, *, by: str = "") -> str:
    """What one record is called, "" if it is gone."""
    return labels_of(session, register, [record], today, by=by).get(record, "")
