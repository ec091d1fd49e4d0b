"""走访慰问: rounds, visits and calls with their results; and the one place that knows the last contact."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cadre_desk.db.base import edited_fields, fields_of
from cadre_desk.db.models import Branch, Person, Place, Round, Visit, VisitStandard
from cadre_desk.domain import visits
from cadre_desk.domain.fields import Code, Count, Day, Money, Text, YesNo
from cadre_desk.domain.standards import check_standard
from cadre_desk.registers.columns import AsOf, Column, derived, fact_as_of, linked, own, through
from cadre_desk.registers.register import Empty, Facet, Order, Register, Total


def last_contact(as_of: AsOf) -> sa.ColumnElement[Any]:
    """The last day up to a day on which somebody of the office reached the person: visit, call or video."""
    query = sa.select(sa.func.max(Visit.done)).where(
        Visit.person_id == Person.id, Visit.state == visits.DONE, Visit.done <= as_of.day
    )
    return sa.type_coerce(query.correlate(Person).scalar_subquery(), Visit.__table__.c.done.type)


def contact_booked(as_of: AsOf) -> sa.ColumnElement[Any]:
    """The last 入账日 up to a day of a visit or call that reached the person: what coverage counts by."""
    query = sa.select(sa.func.max(Visit.done_booked)).where(
        Visit.person_id == Person.id, Visit.state == visits.DONE, Visit.done_booked <= as_of.day
    )
    return sa.type_coerce(query.correlate(Person).scalar_subquery(), Visit.__table__.c.done_booked.type)


def _listed(_: AsOf) -> sa.ColumnElement[Any]:
    return sa.select(sa.func.count()).where(Visit.round_id == Round.id).correlate(Round).scalar_subquery()


def _reached(_: AsOf) -> sa.ColumnElement[Any]:
    query = sa.select(sa.func.count()).where(Visit.round_id == Round.id, Visit.state == visits.DONE)
    return query.correlate(Round).scalar_subquery()


def _cash(_: AsOf) -> sa.ColumnElement[Any]:
    total = sa.func.coalesce(sa.func.sum(Visit.cash), 0)
    return sa.select(total).where(Visit.round_id == Round.id).correlate(Round).scalar_subquery()


ROUNDS = Register(
    key="rounds",
    title="走访批次",
    noun="批次",
    measure="批",
    model=Round,
    place="visits",
    columns=(
        *(own(getattr(Round, key)) for key in fields_of(Round)),
        derived("people", Count("人数", width=12), _listed),
        derived("reached", Count("已走访", width=14), _reached),
        derived("cash", Money("慰问金合计", width=24), _cash),
    ),
    shown=("title", "occasion", "day", "people", "reached", "cash", "rule"),
    name="title",
    form=("title", "fund", "budget", "note"),
    orders=(Order("day", "造册日期", ("-day", "title")),),
    facets=(Facet("occasion", "时机"), Facet("year", "年度")),
    totals=(
        Total("共", unit="批"),
        Total("人次", "people", how="sum", unit="人次"),
        Total("金额", "cash", how="sum", unit="元"),
    ),
    identity=(("title",),),
    empty=Empty("还没有走访批次", "在老干部名单里选好人，点「加入走访批次」就能造册、印慰问名册和签领表。"),
)


def _when(_: AsOf) -> sa.ColumnElement[Any]:
    """The day a visit stands under: done, else planned, else listed."""
    day = sa.func.coalesce(Visit.done, Visit.planned, Visit.booked)
    return sa.type_coerce(day, Visit.__table__.c.done.type)


def _occasion(_: AsOf) -> sa.ColumnElement[Any]:
    """The occasion: the round's, or its own where it belongs to none."""
    of_round = sa.select(Round.occasion).where(Round.id == Visit.round_id).correlate(Visit).scalar_subquery()
    return sa.func.coalesce(of_round, Visit.occasion)


def _class_then(_: AsOf) -> sa.ColumnElement[Any]:
    """The person's 离退类别 by what was booked up to the visit."""
    person = sa.orm.aliased(Person)
    held = fact_as_of(Person, "retire_type", Visit.done_booked, person)
    return sa.select(held).where(person.id == Visit.person_id).correlate(Visit).scalar_subquery()


def _on_time(_: AsOf) -> sa.ColumnElement[Any]:
    """Of those planned for a day: whether the person was reached by then."""
    kept = sa.and_(Visit.state == visits.DONE, Visit.done <= Visit.planned)
    return sa.case((Visit.planned.is_not(None), sa.case((kept, 1), else_=0)))


VISITS = Register(
    key="visits",
    title="走访记录",
    noun="走访",
    measure="人次",
    model=Visit,
    place="visits",
    columns=(
        linked(Visit.person_id, Person.name),
        linked(Visit.person_id, Person.last_unit, key="person_unit", label="原工作单位"),
        linked(Visit.round_id, Round.title, order=Round.day),
        *(
            own(getattr(Visit, key))
            for key in fields_of(Visit)
            if key not in {"round_id", "person_id", "occasion"}
        ),
        Column("occasion", fields_of(Visit)["occasion"], _occasion, stored="occasion"),
        derived("day", Day("日期", width=20), _when),
        derived("on_time", YesNo("按时走访", width=16), _on_time),
        linked(Visit.round_id, Round.fund, key="fund", label="资金来源"),
        linked(Visit.person_id, Person.person_kind, key="person_kind", label="人员类别"),
        derived("class_then", Code("当时类别", table="retire_type", width=16), _class_then),
        derived("place", Text("乡镇街道", width=24), through(Visit.person_id, Person.place_id, Place.name)),
        derived("branch", Text("党支部", width=30), through(Visit.person_id, Person.branch_id, Branch.name)),
        derived(
            "person_key",
            Count("人员号", width=14),
            lambda _: sa.type_coerce(Visit.person_id, sa.Integer()),
        ),
    ),
    shown=(
        "person_id",
        "person_unit",
        "day",
        "state",
        "method",
        "visitors",
        "reason",
        "cash_given",
        "round_id",
    ),
    name="person_id",
    told_by="reason",
    form=(
        "person_id",
        "reason",
        "occasion",
        "state",
        "done",
        "method",
        "visitors",
        "met",
        "health_change",
        "words",
        "cash_given",
        "goods_given",
        "planned",
        "leader",
        "companion",
        "cash",
        "goods",
        "receive_way",
        "note",
    ),
    orders=(
        Order("day", "日期", ("-day", "round_id", "serial")),
        Order("serial", "册内序", ("round_id", "serial")),
    ),
    facets=(
        Facet("state", "走访结果"),
        Facet("occasion", "时机"),
        Facet("method", "走访方式"),
        Facet("round_id", "批次"),
        Facet("place", "乡镇街道"),
        Facet("leader", "走访领导"),
        Facet("receive_way", "领取方式"),
    ),
    totals=(
        Total("共", unit="人次"),
        Total("已走访", "state", visits.DONE),
        Total("实发慰问金", "cash_given", how="sum", unit="元"),
    ),
    identity=(("round_id", "person_id"),),
    rules=(visits.check_visit,),
    empty=Empty(
        "还没有走访记录",
        "批次的名单、批次以外的上门看望和电话问候都记在这里；任何一次联系都更新「最近联系」。",
    ),
)

STANDARDS = Register(
    key="standards",
    title="慰问标准",
    noun="标准",
    measure="条",
    model=VisitStandard,
    place="visits",
    columns=tuple(own(getattr(VisitStandard, key)) for key in fields_of(VisitStandard)),
    shown=("year", "occasion", "payee", "level", "cash", "goods", "times", "cap", "basis"),
    name="occasion",
    told_by="year",
    form=edited_fields(VisitStandard),
    orders=(Order("year", "年度", ("-year", "occasion", "payee", "level")),),
    facets=(Facet("year", "年度"), Facet("occasion", "时机"), Facet("payee", "发放对象")),
    totals=(Total("共", unit="条"),),
    identity=(("year", "occasion", "payee", "level"),),
    rules=(check_standard,),
    empty=Empty(
        "还没有慰问标准",
        "按年度登记每个时机发给谁、发多少、一年几次；造册时自动带出金额，超了会提醒。",
    ),
)
