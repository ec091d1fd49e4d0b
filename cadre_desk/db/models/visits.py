"""走访慰问 in its first form: a round, and one planned visit per person on its list."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cadre_desk.db.base import Record, column
from cadre_desk.domain.fields import Code, Count, Day, Link, Money, Text


class Round(Record):
    """批次: one occasion of one year, and how its list was made."""

    __tablename__ = "round"
    BOOKED: ClassVar[str] = "day"
    SEARCHED: ClassVar[tuple[str, ...]] = ("title",)

    title: Mapped[str] = column(Text("批次名称", required=True, width=60))
    year: Mapped[int] = column(Count("年度", required=True, width=12))
    occasion: Mapped[str] = column(Code("时机", table="occasion", required=True, width=18))
    day: Mapped[date] = column(Day("造册日期", required=True, width=20))
    rule: Mapped[str] = column(Text("入册条件", required=True, width=60, limit=400))
    listing: Mapped[str | None] = mapped_column(sa.String())
    fund: Mapped[str | None] = column(Text("资金来源", width=30))
    note: Mapped[str | None] = column(Text("备注", width=30))


class Visit(Record):
    """One person on a round's list: why, how much, who goes and when."""

    __tablename__ = "visit"
    BOOKED: ClassVar[str] = "booked"
    SEARCHED: ClassVar[tuple[str, ...]] = ("person_id", "leader")
    __table_args__ = (sa.UniqueConstraint("round_id", "person_id"), {"sqlite_autoincrement": True})

    round_id: Mapped[int] = column(
        Link("批次", to="rounds", required=True, width=40), sa.ForeignKey("round.id"), index=True
    )
    person_id: Mapped[int] = column(
        Link("姓名", to="people", required=True, width=20), sa.ForeignKey("person.id"), index=True
    )
    serial: Mapped[int] = column(Count("序号", required=True, width=10))
    reason: Mapped[str] = column(Text("慰问事由", required=True, width=20))
    cash: Mapped[int] = column(Money("慰问金", required=True, width=20))
    goods: Mapped[str | None] = column(Text("慰问品", width=16))
    receive_way: Mapped[str | None] = column(Code("领取方式", table="receive_way", width=14))
    leader: Mapped[str | None] = column(Text("走访领导", limit=40, width=18))
    companion: Mapped[str | None] = column(Text("陪同、责任单位", width=24))
    planned: Mapped[date | None] = column(Day("走访时间", width=16))
    done: Mapped[date | None] = column(Day("走访日期", width=16))
    booked: Mapped[date | None] = column(Day("入账日", width=16))
    note: Mapped[str | None] = column(Text("备注", width=16))
