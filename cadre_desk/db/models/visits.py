"""走访慰问: standards; a round, its visits and those outside with their results; left out, let pass."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cadre_desk.db.base import Record, column
from cadre_desk.domain.fields import Code, Count, Day, Link, LongText, Money, Text, YesNo


class Round(Record):
    """批次: one occasion of one year, and how its list was made.

    ``rules`` keeps the rules with what each hit and pays, as JSON that ``actions.visits`` writes and reads.
    """

    __tablename__ = "round"
    BOOKED: ClassVar[str] = "day"
    SEARCHED: ClassVar[tuple[str, ...]] = ("title",)

    title: Mapped[str] = column(Text("批次名称", required=True, width=60))
    year: Mapped[int] = column(Count("年度", required=True, width=12))
    occasion: Mapped[str] = column(Code("时机", table="occasion", required=True, width=18))
    day: Mapped[date] = column(Day("造册日期", required=True, width=20))
    rule: Mapped[str] = column(Text("入册条件", required=True, width=60, limit=400))
    rules: Mapped[str | None] = mapped_column(sa.String())
    ages_on: Mapped[date | None] = column(Day("年龄口径日", width=20))
    fund: Mapped[str | None] = column(Text("资金来源", width=30))
    budget: Mapped[int | None] = column(Money("预算", width=24))
    note: Mapped[str | None] = column(Text("备注", width=30))


class VisitStandard(Record):
    """慰问标准: what one occasion pays whom in one year, how often and at most how much (handbook 3)."""

    __tablename__ = "visit_standard"
    SEARCHED: ClassVar[tuple[str, ...]] = ("goods", "basis")
    __table_args__ = (
        sa.UniqueConstraint("year", "occasion", "payee", "level"),
        {"sqlite_autoincrement": True},
    )

    year: Mapped[int] = column(Count("年度", required=True, width=12))
    occasion: Mapped[str] = column(Code("时机", table="occasion", required=True, width=18))
    payee: Mapped[str] = column(
        Code("发放对象", table="payee_kind", required=True, width=18), server_default="0"
    )
    level: Mapped[str] = column(
        Code("待遇层次", table="treatment_group", required=True, width=24, rule="分了层次的先用"),
        server_default="0",
    )
    cash: Mapped[int | None] = column(Money("慰问金", width=20))
    goods: Mapped[str | None] = column(Text("慰问品", width=24))
    times: Mapped[int] = column(
        Count("每年次数", required=True, width=14, rule="一人一年最多发几次，住院一般 2 次"),
        server_default="1",
    )
    cap: Mapped[int | None] = column(Money("年度封顶", width=20, rule="一人一年这个时机最多发多少，不填不限"))
    basis: Mapped[str | None] = column(Text("依据", limit=120, width=40, rule="方案或会议纪要的文号"))
    note: Mapped[str | None] = column(Text("备注", width=24))


class Visit(Record):
    """One visit or call: of a round's list (why, how much, who goes and when) or by itself; and its result.

    ``done`` is the day somebody went or called, whatever came of it; only ``state`` says whether the person
    was reached. ``cash`` and ``goods`` are what the round plans, ``cash_given`` and ``goods_given`` what was
    handed over (handbook 3). Statistics count it from ``done_booked``; ``booked`` is when it was listed.
    """

    __tablename__ = "visit"
    BOOKED: ClassVar[str] = "done_booked"
    BOOKS: ClassVar[tuple[tuple[str, str], ...]] = (("done", "done_booked"),)
    COUNTED: ClassVar[tuple[str, tuple[str, ...]]] = (
        "done_booked",
        ("person_id", "state", "done", "method", "occasion", "cash_given"),
    )
    SEARCHED: ClassVar[tuple[str, ...]] = ("person_id", "leader")
    __table_args__ = (sa.UniqueConstraint("round_id", "person_id"), {"sqlite_autoincrement": True})

    round_id: Mapped[int | None] = column(
        Link("批次", to="rounds", part=True, width=40), sa.ForeignKey("round.id"), index=True
    )
    person_id: Mapped[int] = column(
        Link("姓名", to="people", required=True, width=20), sa.ForeignKey("person.id"), index=True
    )
    serial: Mapped[int | None] = column(Count("序号", width=10))
    reason: Mapped[str] = column(Text("慰问事由", required=True, width=44))
    occasion: Mapped[str | None] = column(
        Code("时机", table="occasion", width=16, rule="批次以外的走访填，发过慰问金的按它算次数")
    )
    by_hand: Mapped[bool | None] = column(YesNo("手工加入", width=12))
    cash: Mapped[int | None] = column(Money("慰问金", width=20))
    cash_reason: Mapped[str | None] = column(Text("改金额的原因", width=24))
    goods: Mapped[str | None] = column(Text("慰问品", width=16))
    receive_way: Mapped[str | None] = column(Code("领取方式", table="receive_way", width=14))
    leader: Mapped[str | None] = column(Text("走访领导", limit=40, width=18))
    companion: Mapped[str | None] = column(Text("陪同、责任单位", width=24))
    planned: Mapped[date | None] = column(Day("走访时间", width=16))
    state: Mapped[str] = column(
        Code("走访结果", table="visit_state", required=True, width=14), server_default="1"
    )
    done: Mapped[date | None] = column(Day("走访日期", width=16))
    method: Mapped[str | None] = column(Code("走访方式", table="visit_method", width=12))
    visitors: Mapped[str | None] = column(Text("走访人", limit=60, width=24, rule="上门和到医院要两人以上"))
    met: Mapped[str | None] = column(Text("见到谁", limit=40, width=16))
    health_change: Mapped[str | None] = column(Text("健康变化", width=24))
    words: Mapped[str | None] = column(LongText("嘱托与诉求", width=40))
    cash_given: Mapped[int | None] = column(Money("实发慰问金", width=20))
    goods_given: Mapped[str | None] = column(Text("实送慰问品", width=16))
    booked: Mapped[date | None] = column(Day("造册日", width=16))
    done_booked: Mapped[date | None] = column(Day("入账日", width=16), index=True)
    note: Mapped[str | None] = column(Text("备注", width=16))


class LeftOut(Record):
    """Somebody whom a round's rules hit and who is not on its list: by which rules, and why not."""

    __tablename__ = "left_out"
    SEARCHED: ClassVar[tuple[str, ...]] = ("person_id",)
    __table_args__ = (sa.UniqueConstraint("round_id", "person_id"), {"sqlite_autoincrement": True})

    round_id: Mapped[int] = column(
        Link("批次", to="rounds", required=True, width=40), sa.ForeignKey("round.id"), index=True
    )
    person_id: Mapped[int] = column(
        Link("姓名", to="people", required=True, width=20), sa.ForeignKey("person.id"), index=True
    )
    reason: Mapped[str] = column(Text("符合的规则", required=True, width=30))
    why: Mapped[str] = column(Text("未列入的原因", required=True, width=40))
    by_hand: Mapped[bool | None] = column(YesNo("手工剔除", width=12))


class VisitWaiver(Record):
    """放行: an alarm about one visit of a list that somebody lets pass, and why; the reason is printed."""

    __tablename__ = "visit_waiver"
    __table_args__ = (sa.UniqueConstraint("visit_id", "alarm"), {"sqlite_autoincrement": True})

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    alarm: Mapped[str] = column(Code("提醒", table="visit_alarm", required=True, width=20))
    reason: Mapped[str] = column(Text("放行原因", required=True, limit=60, width=40))
    operator: Mapped[str] = column(Text("放行人", required=True, limit=40, width=16))
    day: Mapped[date] = column(Day("放行日期", required=True, width=18))
