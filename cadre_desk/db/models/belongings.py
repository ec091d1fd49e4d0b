"""What hangs on a person: movements on and off the books, family and contacts, bank accounts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from cadre_desk.db.base import Record, column
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Account, Code, Count, Dated, Day, Link, Name, Phone, Text, YesNo


class Movement(Record):
    """增减变动: one person comes onto the books or leaves them, on a day, for a reason (handbook 1.4)."""

    __tablename__ = "movement"
    BOOKED: ClassVar[str] = "booked"
    SEARCHED: ClassVar[tuple[str, ...]] = ("person_id",)
    #: Who was on the books on a day is answered from this index alone.
    __table_args__ = (
        sa.Index("ix_movement_person", "person_id", "booked", "id", "direction", "kind"),
        {"sqlite_autoincrement": True},
    )

    person_id: Mapped[int] = column(
        Link("姓名", to="people", required=True, width=20), sa.ForeignKey("person.id")
    )
    direction: Mapped[int] = column(Count("增减", required=True, width=10))
    kind: Mapped[str] = column(Code("变动种类", table="movement_kind", required=True, width=20))
    happened: Mapped[PartialDate] = column(Dated("发生日", required=True, width=19))
    booked: Mapped[date] = column(
        Day("入账日", required=True, width=19, rule="统计从这一天起计数；当年已结账的记在登记当日，注明补录"),
        index=True,
    )
    late: Mapped[bool | None] = column(YesNo("补录", width=10))
    other_place: Mapped[str | None] = column(Text("来源或去向", width=30))
    reason: Mapped[str | None] = column(Text("说明", width=30))


class Contact(Record):
    """A family member or emergency contact (GB/T 4761-2008 relations)."""

    __tablename__ = "contact"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "phone", "person_id")

    person_id: Mapped[int] = column(
        Link("老干部", to="people", required=True, width=20), sa.ForeignKey("person.id"), index=True
    )
    name: Mapped[str] = column(
        Name("姓名", required=True, limit=60, width=22, aliases=("联系人姓名", "家属姓名"))
    )
    relation: Mapped[str | None] = column(
        Code("关系", table="relation", width=14, aliases=("与本人关系", "称谓"))
    )
    birth: Mapped[PartialDate | None] = column(Dated("出生年月", birth_like=True, width=19))
    workplace: Mapped[str | None] = column(Text("工作单位及职务", width=40, aliases=("工作单位",)))
    phone: Mapped[str | None] = column(Phone("联系电话", width=26, aliases=("电话", "手机")))
    emergency: Mapped[bool | None] = column(YesNo("紧急联系人", width=14))
    guardian: Mapped[bool | None] = column(YesNo("主要监护人", width=14))
    remote: Mapped[bool | None] = column(YesNo("在外地", width=10))
    died: Mapped[bool | None] = column(YesNo("已去世", width=10))
    note: Mapped[str | None] = column(Text("备注", width=24))


class BankAccount(Record):
    """A bank account that money is paid into, by interval; another holder needs a stated relation."""

    __tablename__ = "bank_account"
    SEARCHED: ClassVar[tuple[str, ...]] = ("holder", "card_no", "person_id")

    person_id: Mapped[int] = column(
        Link("老干部", to="people", required=True, width=20), sa.ForeignKey("person.id"), index=True
    )
    holder: Mapped[str] = column(Name("户名", required=True, limit=60, width=22, aliases=("开户名",)))
    bank: Mapped[str | None] = column(Text("开户行", width=40, aliases=("开户银行", "银行")))
    card_no: Mapped[str] = column(
        Account("账号", required=True, width=40, aliases=("卡号", "银行卡号", "银行账号", "账户"))
    )
    relation: Mapped[str | None] = column(
        Code("与本人关系", table="relation", width=16, rule="户名不是本人时必填")
    )
    since: Mapped[PartialDate | None] = column(Dated("启用时间", width=19))
    until: Mapped[PartialDate | None] = column(Dated("停用时间", width=19))
    note: Mapped[str | None] = column(Text("备注", width=24))
