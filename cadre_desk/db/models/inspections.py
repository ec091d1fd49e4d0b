"""督查抽查: a sample of the visits a round says were made, and what came of asking those who were visited."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from cadre_desk.db.base import Record, column
from cadre_desk.domain.fields import Code, Count, Day, Link, Text, YesNo


class Inspection(Record):
    """One draw from the made visits of a round: how large, from how many, by which seed (handbook 3).

    The same round, share and seed draw the same visits again: who doubts the choice can repeat it.
    """

    __tablename__ = "inspection"
    BOOKED: ClassVar[str] = "day"
    SEARCHED: ClassVar[tuple[str, ...]] = ("title",)

    title: Mapped[str] = column(Text("抽查名称", required=True, width=60))
    round_id: Mapped[int] = column(
        Link("批次", to="rounds", required=True, width=50), sa.ForeignKey("round.id"), index=True
    )
    day: Mapped[date] = column(Day("抽取日期", required=True, width=20))
    share: Mapped[int] = column(Count("抽查比例", required=True, unit="%", width=14))
    pool: Mapped[int] = column(Count("可抽人次", required=True, width=14))
    seed: Mapped[int] = column(Count("随机种子", required=True, width=20))
    checkers: Mapped[str] = column(Text("抽查组", required=True, limit=60, width=30))
    note: Mapped[str | None] = column(Text("备注", width=30))


class Check(Record):
    """One drawn visit, with what its record said when it was drawn, and what the checkers found."""

    __tablename__ = "visit_check"
    BOOKED: ClassVar[str] = "checked"
    SEARCHED: ClassVar[tuple[str, ...]] = ("person_id", "visitors")
    __table_args__ = (sa.UniqueConstraint("visit_id"), {"sqlite_autoincrement": True})

    inspection_id: Mapped[int] = column(
        Link("抽查", to="inspections", required=True, width=50), sa.ForeignKey("inspection.id"), index=True
    )
    visit_id: Mapped[int] = column(
        Link("走访", to="visits", required=True, width=30), sa.ForeignKey("visit.id")
    )
    person_id: Mapped[int] = column(
        Link("姓名", to="people", required=True, width=20), sa.ForeignKey("person.id"), index=True
    )
    serial: Mapped[int] = column(Count("序号", required=True, width=10))
    place: Mapped[str | None] = column(Text("乡镇街道", width=20))
    visited: Mapped[date] = column(Day("走访日期", required=True, width=20))
    visitors: Mapped[str] = column(Text("走访人", required=True, limit=60, width=24))
    checkers: Mapped[str] = column(
        Text("抽查人", group="核查", required=True, limit=60, width=24, rule="不能是这次走访的走访人")
    )
    result: Mapped[str] = column(
        Code("抽查结果", group="核查", table="check_result", required=True, width=16), server_default="1"
    )
    checked: Mapped[date | None] = column(Day("核查日期", group="核查", width=20))
    way: Mapped[str | None] = column(Code("核查方式", group="核查", table="visit_method", width=14))
    handed: Mapped[bool | None] = column(YesNo("金额物品相符", group="核查", width=16))
    satisfaction: Mapped[str | None] = column(Code("满意度", group="核查", table="satisfaction", width=16))
    found: Mapped[str | None] = column(Text("核查情况", group="核查", width=50))
    remedy: Mapped[str | None] = column(Text("整改要求", group="核查", width=40))
