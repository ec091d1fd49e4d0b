"""诉求: what old comrades ask for, who sees to it by when, what came of it; and how often it was urged."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from cadre_desk.db.base import Record, column
from cadre_desk.domain.fields import Code, Day, Link, LongText, Text


class Need(Record):
    """One need, from 提出 over 交办, 办结 and 回访 to 销号 (handbook 3).

    Each step is its own day; where a need stands follows from the days, so that nothing contradicts them.
    ``booked`` and ``finished_booked`` are from when statistics count it as raised and as finished.
    """

    __tablename__ = "need"
    BOOKED: ClassVar[str] = "booked"
    BOOKS: ClassVar[tuple[tuple[str, str], ...]] = (("said", "booked"), ("finished", "finished_booked"))
    SEARCHED: ClassVar[tuple[str, ...]] = ("title", "person_id", "owner")

    person_id: Mapped[int] = column(
        Link("姓名", group="诉求", to="people", required=True, width=20),
        sa.ForeignKey("person.id"),
        index=True,
    )
    said: Mapped[date] = column(Day("提出日期", group="诉求", required=True, width=20))
    channel: Mapped[str] = column(
        Code("反映渠道", group="诉求", table="need_channel", required=True, width=16)
    )
    kind: Mapped[str] = column(Code("诉求类型", group="诉求", table="need_kind", required=True, width=20))
    title: Mapped[str] = column(
        Text("诉求事项", group="诉求", required=True, limit=40, width=46, rule="一句话，如 加装楼道扶手")
    )
    text: Mapped[str | None] = column(LongText("诉求内容", group="诉求", width=60))
    visit_id: Mapped[int | None] = column(
        Link("来自哪次走访", group="诉求", to="visits", part=True, width=30),
        sa.ForeignKey("visit.id"),
        index=True,
    )
    owner: Mapped[str | None] = column(Text("责任单位", group="交办", limit=40, width=30))
    handler: Mapped[str | None] = column(Text("承办人", group="交办", limit=40, width=18))
    assigned: Mapped[date | None] = column(Day("交办日期", group="交办", width=20))
    due: Mapped[date | None] = column(Day("办理期限", group="交办", width=20))
    answer: Mapped[str | None] = column(LongText("办理答复", group="办理", width=60))
    outcome: Mapped[str | None] = column(Code("办理结果", group="办理", table="need_outcome", width=20))
    finished: Mapped[date | None] = column(Day("办结日期", group="办理", width=20))
    asked_back: Mapped[date | None] = column(Day("回访日期", group="回访与销号", width=20))
    satisfaction: Mapped[str | None] = column(
        Code("满意度", group="回访与销号", table="satisfaction", width=16)
    )
    closed: Mapped[date | None] = column(Day("销号日期", group="回访与销号", width=20))
    closing_note: Mapped[str | None] = column(
        Text("销号说明", group="回访与销号", width=40, rule="没有回访，或者回访不满意，销号要写明理由")
    )
    booked: Mapped[date | None] = column(Day("入账日", width=20))
    finished_booked: Mapped[date | None] = column(Day("办结入账日", width=20))
    note: Mapped[str | None] = column(Text("备注", group="回访与销号", width=30))


class Reminder(Record):
    """催办: once that somebody was urged to see to a need."""

    __tablename__ = "reminder"
    SEARCHED: ClassVar[tuple[str, ...]] = ("need_id",)

    need_id: Mapped[int] = column(
        Link("诉求事项", to="needs", required=True, width=46), sa.ForeignKey("need.id"), index=True
    )
    day: Mapped[date] = column(Day("催办日期", required=True, width=20))
    way: Mapped[str] = column(Code("催办方式", table="remind_way", required=True, width=16))
    by: Mapped[str] = column(Text("催办人", required=True, limit=20, width=18))
    promise: Mapped[date | None] = column(Day("对方承诺办结", width=20))
    reply: Mapped[str | None] = column(Text("对方答复", width=50))
