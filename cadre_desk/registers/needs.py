"""诉求 and 催办: where each need stands follows from its days, as of any day."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cadre_desk.db.base import edited_fields, fields_of
from cadre_desk.db.models import Need, Person, Place, Reminder, Visit
from cadre_desk.domain import needs
from cadre_desk.domain.fields import Code, Count, Day, Text, YesNo
from cadre_desk.registers.columns import AsOf, derived, linked, own, through
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.register import Empty, Facet, Order, Register, Total, View


def _state(as_of: AsOf) -> sa.ColumnElement[Any]:
    """The last step that was done by the day."""
    steps = (
        (Need.closed, needs.CLOSED),
        (Need.asked_back, needs.TO_CLOSE),
        (Need.finished, needs.TO_ASK_BACK),
        (Need.assigned, needs.IN_HAND),
    )
    whens = ((column <= as_of.day, sa.literal(code)) for column, code in steps)
    return sa.case(*whens, else_=sa.literal(needs.UNASSIGNED))


def open_past_due(as_of: AsOf) -> sa.ColumnElement[bool]:
    """Whether the term was over on the day and the need not finished by then."""
    unfinished = sa.or_(Need.finished.is_(None), Need.finished > as_of.day)
    return sa.and_(Need.due.is_not(None), Need.due < as_of.day, unfinished)


def _overdue(as_of: AsOf) -> sa.ColumnElement[Any]:
    return sa.case((open_past_due(as_of), 1), else_=0)


def _days_over(as_of: AsOf) -> sa.ColumnElement[Any]:
    """Days past the term: until the day while it is open, until 办结 afterwards."""
    until = sa.func.julianday(sa.func.coalesce(Need.finished, as_of.day.isoformat()))
    days = sa.cast(until - sa.func.julianday(Need.due), sa.Integer)
    return sa.case((sa.and_(Need.due.is_not(None), days > 0), days))


def _on_time(_: AsOf) -> sa.ColumnElement[Any]:
    """Of the finished ones with a term: whether it was kept."""
    told = sa.and_(Need.finished.is_not(None), Need.due.is_not(None))
    return sa.case((told, sa.cast(Need.finished <= Need.due, sa.Integer)))


def _urged(_: AsOf) -> sa.ColumnElement[Any]:
    return sa.select(sa.func.count()).where(Reminder.need_id == Need.id).correlate(Need).scalar_subquery()


def _last_urged(_: AsOf) -> sa.ColumnElement[Any]:
    query = sa.select(sa.func.max(Reminder.day)).where(Reminder.need_id == Need.id)
    return sa.type_coerce(query.correlate(Need).scalar_subquery(), Reminder.__table__.c.day.type)


_OPEN = Condition("state", Op.IN, (needs.UNASSIGNED, needs.IN_HAND))

NEEDS = Register(
    key="needs",
    title="诉求台账",
    noun="诉求",
    measure="件",
    model=Need,
    place="visits",
    columns=(
        own(Need.title),
        linked(Need.person_id, Person.name),
        linked(Need.person_id, Person.last_unit, key="person_unit", label="原工作单位"),
        linked(Need.person_id, Person.retire_type, key="retire_type", label="离退类别"),
        derived("place", Text("乡镇街道", width=24), through(Need.person_id, Person.place_id, Place.name)),
        derived("state", Code("进度", table="need_state", width=16), _state),
        derived("overdue", YesNo("已逾期", width=14), _overdue),
        derived("days_over", Count("逾期天数", width=16), _days_over),
        derived("on_time", YesNo("按时办结", width=16), _on_time),
        derived("urged", Count("催办次数", width=16), _urged),
        derived("last_urged", Day("最近催办", width=20), _last_urged),
        linked(Need.visit_id, Visit.reason, label="来自哪次走访"),
        *(
            own(getattr(Need, key))
            for key in fields_of(Need)
            if key not in {"title", "person_id", "visit_id"}
        ),
    ),
    shown=("title", "person_id", "kind", "said", "owner", "due", "state", "days_over", "satisfaction"),
    name="title",
    form=edited_fields(Need),
    orders=(
        Order("said", "提出日期", ("-said", "title")),
        Order("due", "办理期限", ("due", "said")),
        Order("owner", "责任单位", ("owner", "due")),
    ),
    facets=(
        Facet("state", "进度"),
        Facet("overdue", "已逾期"),
        Facet("kind", "诉求类型"),
        Facet("owner", "责任单位"),
        Facet("channel", "反映渠道"),
        Facet("place", "乡镇街道"),
        Facet("outcome", "办理结果"),
        Facet("satisfaction", "满意度"),
    ),
    totals=(
        Total("共", unit="件"),
        Total("已办结", "state", f"{needs.TO_ASK_BACK},{needs.TO_CLOSE},{needs.CLOSED}"),
        Total("逾期", "overdue", "1"),
        Total("回访满意", "satisfaction", ",".join(needs.SATISFIED)),
    ),
    views=(
        View("未办结", (_OPEN,), "due"),
        View("逾期", (Condition("overdue", Op.IN, (True,)),), "due"),
        View("待交办", (Condition("state", Op.IN, (needs.UNASSIGNED,)),)),
        View("待回访", (Condition("state", Op.IN, (needs.TO_ASK_BACK,)),)),
        View("全部"),
    ),
    identity=(("person_id", "title", "said"),),
    rules=(needs.check_need,),
    empty=Empty(
        "还没有诉求",
        "走访、来电、来访听到的难事记在这里：交给谁、几时办好、满不满意，一件一件销号；逾期的出现在工作台。",
    ),
)

REMINDERS = Register(
    key="reminders",
    title="催办记录",
    noun="催办",
    measure="次",
    model=Reminder,
    place="visits",
    columns=(
        linked(Reminder.need_id, Need.title),
        linked(Reminder.need_id, Need.owner, key="need_owner", label="责任单位"),
        *(own(getattr(Reminder, key)) for key in fields_of(Reminder) if key != "need_id"),
    ),
    shown=("need_id", "need_owner", "day", "way", "by", "promise", "reply"),
    name="need_id",
    told_by="day",
    form=edited_fields(Reminder),
    orders=(Order("day", "催办日期", ("-day", "need_id")),),
    facets=(Facet("way", "催办方式"), Facet("need_owner", "责任单位")),
    totals=(Total("共", unit="次"),),
    identity=(("need_id", "day"),),
    rules=(needs.check_reminder,),
    empty=Empty("还没有催办记录", "在诉求的卡片里点「添加催办」。"),
)
