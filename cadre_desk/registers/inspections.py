"""督查抽查 and 抽查记录: draws with their seed and what came of them, visit by visit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cadre_desk.db.base import fields_of
from cadre_desk.db.models import Check, Inspection, Person, Round, Visit
from cadre_desk.domain import inspections, visits
from cadre_desk.domain.fields import Count
from cadre_desk.registers.columns import AsOf, Expression, derived, linked, own
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.register import Empty, Facet, Order, Register, Total, View


def _drawn(*results: str) -> Expression:
    """How many visits were drawn, of those with these results."""

    def expression(_: AsOf) -> sa.ColumnElement[Any]:
        query = sa.select(sa.func.count()).where(Check.inspection_id == Inspection.id)
        if results:
            query = query.where(Check.result.in_(results))
        return query.correlate(Inspection).scalar_subquery()

    return expression


def _looked_at(_: AsOf) -> sa.ColumnElement[Any]:
    query = sa.select(sa.func.count()).where(
        Check.inspection_id == Inspection.id, Check.result != inspections.WAITING
    )
    return query.correlate(Inspection).scalar_subquery()


INSPECTIONS = Register(
    key="inspections",
    title="督查抽查",
    noun="抽查",
    measure="次",
    model=Inspection,
    place="visits",
    columns=(
        own(Inspection.title),
        linked(Inspection.round_id, Round.title, order=Round.day),
        *(own(getattr(Inspection, key)) for key in fields_of(Inspection) if key not in {"title", "round_id"}),
        derived("drawn", Count("抽取人次", width=16), _drawn()),
        derived("looked_at", Count("已核查", width=14), _looked_at),
        derived("true", Count("属实", width=12), _drawn(inspections.TRUE)),
        derived("wrong", Count("不符", width=12), _drawn(*inspections.WRONG)),
        derived("unreached", Count("联系不上", width=16), _drawn(inspections.UNREACHED)),
    ),
    shown=("title", "day", "share", "drawn", "looked_at", "true", "wrong", "unreached", "checkers"),
    name="title",
    form=("title", "note"),
    orders=(Order("day", "抽取日期", ("-day", "title")),),
    facets=(Facet("round_id", "批次"),),
    totals=(
        Total("共", unit="次"),
        Total("抽取", "drawn", how="sum", unit="人次"),
        Total("已核查", "looked_at", how="sum", unit="人次"),
    ),
    identity=(("title",),),
    empty=Empty("还没有督查抽查", "走访登记以后，从已走访的人里按比例随机抽取，派没有参加走访的人核实。"),
)

CHECKS = Register(
    key="checks",
    title="抽查记录",
    noun="抽查记录",
    measure="人次",
    model=Check,
    place="visits",
    columns=(
        linked(Check.person_id, Person.name),
        linked(Check.person_id, Person.phone, key="phone"),
        linked(Check.inspection_id, Inspection.title, order=Inspection.day),
        linked(Check.inspection_id, Inspection.day, key="drawn", label="抽取日期"),
        linked(Check.visit_id, Visit.reason, label="走访事由"),
        *(
            own(getattr(Check, key))
            for key in fields_of(Check)
            if key not in {"inspection_id", "visit_id", "person_id"}
        ),
    ),
    shown=(
        "person_id",
        "place",
        "visited",
        "visitors",
        "checkers",
        "result",
        "checked",
        "way",
        "satisfaction",
        "found",
    ),
    name="person_id",
    told_by="inspection_id",
    form=("checkers", "result", "checked", "way", "handed", "satisfaction", "found", "remedy"),
    orders=(Order("serial", "抽查序号", ("inspection_id", "serial")), Order("place", "乡镇街道", ("place",))),
    facets=(
        Facet("result", "抽查结果"),
        Facet("inspection_id", "抽查"),
        Facet("place", "乡镇街道"),
        Facet("visitors", "走访人"),
        Facet("checkers", "抽查人"),
        Facet("satisfaction", "满意度"),
    ),
    totals=(
        Total("共", unit="人次"),
        Total("属实", "result", inspections.TRUE),
        Total("不符", "result", ",".join(inspections.WRONG)),
        Total("联系不上", "result", inspections.UNREACHED),
        Total("待核查", "result", inspections.WAITING),
    ),
    views=(
        View("待核查", (Condition("result", Op.IN, (inspections.WAITING,)),)),
        View("不符", (Condition("result", Op.IN, inspections.WRONG),)),
        View("全部"),
    ),
    identity=(("inspection_id", "person_id"),),
    rules=(inspections.check_inspected,),
    empty=Empty("还没有抽查记录", "在批次里点「督查抽查」抽取以后，要核实的走访列在这里。"),
)

#: Whose visits were made and are not drawn yet: what an inspection of a round draws from.
CAN_BE_DRAWN = sa.and_(
    Visit.state == visits.DONE, ~sa.exists().where(Check.visit_id == Visit.id).correlate(Visit)
)
