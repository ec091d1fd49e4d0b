"""Party branches and who belongs to them (《中国共产党支部工作条例（试行）》 2018)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from cadre_desk.db.base import Record, column
from cadre_desk.db.models.facts import FactColumns
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Code, Count, Dated, Day, Link, Phone, Text


class Branch(Record):
    """党支部: 单独, 联合 and 社区 branches count; 临时 and 功能型 are listed apart (handbook B13, B14)."""

    __tablename__ = "branch"
    BOOKED: ClassVar[str] = "founded_booked"
    BOOKS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("founded", "founded_booked"),
        ("closed", "closed_booked"),
    )
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "secretary", "parent_name")

    name: Mapped[str] = column(
        Text("支部名称", required=True, width=50, aliases=("党支部名称", "党支部", "支部")), unique=True
    )
    kind: Mapped[str] = column(Code("支部类型", table="branch_kind", required=True, dated=True, width=16))
    parent_name: Mapped[str | None] = column(Text("上级党组织", width=40, aliases=("所属党委", "所属党总支")))
    unit_id: Mapped[int | None] = column(Link("依托单位", to="units", width=34), sa.ForeignKey("unit.id"))
    place_id: Mapped[int | None] = column(Link("乡镇街道", to="places", width=22), sa.ForeignKey("place.id"))
    founded: Mapped[PartialDate | None] = column(Dated("成立时间", width=17))
    founded_booked: Mapped[date | None] = column(Day("成立入账日", width=17))
    approval_no: Mapped[str | None] = column(Text("成立批复文号", width=30))
    closed: Mapped[PartialDate | None] = column(Dated("撤销时间", width=17))
    closed_booked: Mapped[date | None] = column(Day("撤销入账日", width=17))
    close_reason: Mapped[str | None] = column(Text("撤销原因", width=26))
    secretary: Mapped[str | None] = column(Text("书记", limit=40, width=20, aliases=("支部书记",)))
    phone: Mapped[str | None] = column(Phone("联系电话", width=26))
    elected: Mapped[PartialDate | None] = column(
        Dated("本届选举时间", width=17, aliases=("换届时间", "选举时间"))
    )
    term_years: Mapped[int | None] = column(
        Count("任期", unit="年", width=12, rule="一般 3 年，村和社区 5 年")
    )
    meeting_place: Mapped[str | None] = column(Text("活动场所", width=34))
    serial: Mapped[int] = column(Count("次序", required=True, width=12), server_default="0")
    note: Mapped[str | None] = column(Text("备注", width=30))


class BranchFact(FactColumns, Record):
    """A dated fact of a branch (支部类型)."""

    __tablename__ = "branch_fact"
    OWNER: ClassVar[str] = "branch"


class Membership(Record):
    """One person's membership of one branch, by interval; both ends carry 发生日 and 入账日."""

    __tablename__ = "membership"
    BOOKED: ClassVar[str] = "joined_booked"
    BOOKS: ClassVar[tuple[tuple[str, str], ...]] = (("joined", "joined_booked"), ("left", "left_booked"))
    SEARCHED: ClassVar[tuple[str, ...]] = ("person_id", "branch_id")
    __table_args__ = (sa.Index("ix_membership", "branch_id", "left"), {"sqlite_autoincrement": True})

    person_id: Mapped[int] = column(
        Link("姓名", to="people", required=True, width=20), sa.ForeignKey("person.id"), index=True
    )
    branch_id: Mapped[int] = column(
        Link("党支部", to="branches", required=True, width=40), sa.ForeignKey("branch.id")
    )
    joined: Mapped[PartialDate] = column(
        Dated("转入时间", required=True, width=17, aliases=("组织关系转入",))
    )
    joined_booked: Mapped[date] = column(Day("转入入账日", width=17), nullable=False)
    left: Mapped[PartialDate | None] = column(Dated("转出时间", width=17))
    left_booked: Mapped[date | None] = column(Day("转出入账日", width=17))
    leave_kind: Mapped[str | None] = column(Code("转出原因", table="leave_kind", width=18))
    letter_no: Mapped[str | None] = column(Text("介绍信编号", width=24))
    note: Mapped[str | None] = column(Text("备注", width=24))
