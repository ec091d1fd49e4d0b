"""The office's own registers: units, places, branches and memberships, code amendments."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cadre_desk.db.base import edited_fields, fields_of
from cadre_desk.db.models import Branch, CodeAmendment, Membership, Person, Place, Unit
from cadre_desk.domain import person_rules
from cadre_desk.domain.fields import Count, YesNo
from cadre_desk.registers.columns import AsOf, derived, linked, own
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.people import member_years
from cadre_desk.registers.register import Empty, Facet, Order, Register, Total, View


def _people_of(link: Any) -> Any:
    def expression(_: AsOf) -> sa.ColumnElement[Any]:
        owner = {Person.manage_unit_id: Unit, Person.place_id: Place, Person.branch_id: Branch}[link]
        return (
            sa.select(sa.func.count())
            .select_from(Person)
            .where(link == owner.id, Person.status == "1")
            .correlate(owner)
            .scalar_subquery()
        )

    return expression


UNITS = Register(
    key="units",
    title="管理单位",
    noun="单位",
    measure="个",
    model=Unit,
    begins="opened",
    place="system",
    columns=(
        *(own(getattr(Unit, key)) for key in fields_of(Unit) if key != "parent_id"),
        linked(Unit.parent_id, Unit.name),
        derived("people", Count("在册人数", width=16), _people_of(Person.manage_unit_id)),
    ),
    shown=("serial", "name", "short_name", "nature", "parent_id", "people", "contact", "phone"),
    name="name",
    form=edited_fields(Unit),
    orders=(Order("serial", "机构序", ("serial", "name")), Order("people", "在册人数", ("people",))),
    facets=(Facet("nature", "单位性质"), Facet("subordination", "隶属关系")),
    totals=(Total("共", unit="个"), Total("在册", "people", how="sum", unit="人")),
    identity=(("code",), ("name",)),
    empty=Empty("还没有管理单位", "按机构序登记各管理单位和它的性质，年报按机关、事业、企业分行。"),
)

PLACES = Register(
    key="places",
    title="乡镇街道",
    noun="乡镇街道",
    measure="个",
    model=Place,
    place="system",
    columns=(
        *(own(getattr(Place, key)) for key in fields_of(Place)),
        derived("people", Count("在册人数", width=16), _people_of(Person.place_id)),
    ),
    shown=("serial", "name", "division", "people", "note"),
    name="name",
    form=edited_fields(Place),
    orders=(Order("serial", "次序", ("serial", "name")),),
    totals=(Total("共", unit="个"), Total("在册", "people", how="sum", unit="人")),
    identity=(("name",),),
    empty=Empty("还没有乡镇街道", "走访排路线、分片统计都按乡镇街道。"),
)


def _active(as_of: AsOf) -> sa.ColumnElement[Any]:
    if not as_of.past:
        return Branch.closed.is_(None)
    return sa.and_(
        sa.or_(Branch.founded_booked.is_(None), Branch.founded_booked <= as_of.day),
        sa.or_(Branch.closed_booked.is_(None), Branch.closed_booked > as_of.day),
    )


BRANCHES = Register(
    key="branches",
    title="党支部",
    noun="党支部",
    measure="个",
    model=Branch,
    begins="founded",
    place="branches",
    columns=(
        *(own(getattr(Branch, key)) for key in fields_of(Branch) if key not in {"unit_id", "place_id"}),
        linked(Branch.unit_id, Unit.name),
        linked(Branch.place_id, Place.name, order=Place.serial),
        derived("active", YesNo("现有", width=10), _active),
        derived("people", Count("党员", width=12), _people_of(Person.branch_id)),
    ),
    shown=("name", "kind", "parent_name", "secretary", "people", "founded", "elected", "term_years"),
    name="name",
    form=edited_fields(Branch),
    orders=(Order("serial", "组织序", ("serial", "name")), Order("elected", "选举时间", ("elected",))),
    facets=(
        Facet("kind", "支部类型"),
        Facet("active", "现有"),
        Facet("parent_name", "上级党组织"),
        Facet("place_id", "乡镇街道"),
    ),
    totals=(Total("共", unit="个"), Total("党员", "people", how="sum", unit="人")),
    views=(
        View("现有支部", (Condition("active", Op.IN, (True,)),)),
        View("已撤销", (Condition("active", Op.IN, (False,)),)),
    ),
    identity=(("name",),),
    rules=(person_rules.check_branch,),
    empty=Empty("还没有党支部", "先登记支部，再把党员转入；党龄、换届和党支部名册从这里出。"),
)


def _member_years(as_of: AsOf) -> sa.ColumnElement[Any]:
    query = sa.select(member_years(as_of.day)).where(Person.id == Membership.person_id)
    return query.correlate(Membership).scalar_subquery()


def _current(as_of: AsOf) -> sa.ColumnElement[Any]:
    if not as_of.past:
        return Membership.left.is_(None)
    return sa.and_(
        Membership.joined_booked <= as_of.day,
        sa.or_(Membership.left_booked.is_(None), Membership.left_booked > as_of.day),
    )


MEMBERSHIPS = Register(
    key="memberships",
    title="组织关系",
    noun="党员",
    measure="人",
    model=Membership,
    place="branches",
    columns=(
        linked(Membership.person_id, Person.name),
        linked(Membership.branch_id, Branch.name, order=Branch.serial),
        *(
            own(getattr(Membership, key))
            for key in fields_of(Membership)
            if key not in {"person_id", "branch_id"}
        ),
        linked(Membership.person_id, Person.party_join, key="party_join"),
        derived("party_years", Count("党龄", width=11), _member_years),
        derived("current", YesNo("现在册", width=12), _current),
    ),
    shown=(
        "person_id",
        "branch_id",
        "joined",
        "left",
        "leave_kind",
        "party_join",
        "party_years",
        "letter_no",
    ),
    name="person_id",
    form=edited_fields(Membership),
    orders=(Order("branch", "支部", ("branch_id", "person_id")), Order("joined", "转入时间", ("joined",))),
    facets=(Facet("current", "现在册"), Facet("leave_kind", "转出原因"), Facet("branch_id", "党支部")),
    totals=(Total("共", unit="人次"), Total("现有", "current", "1")),
    views=(View("现有党员", (Condition("current", Op.IN, (True,)),)), View("历次转接")),
    identity=(("person_id", "branch_id", "joined"),),
    empty=Empty("还没有组织关系", "党员转入支部、转出支部都留有起止时间，任何一天的支部人数都查得出。"),
)

CODE_AMENDMENTS = Register(
    key="code_amendments",
    title="代码表增补",
    noun="代码",
    measure="项",
    model=CodeAmendment,
    place="system",
    columns=tuple(own(getattr(CodeAmendment, key)) for key in fields_of(CodeAmendment)),
    shown=("table_key", "code", "label", "short"),
    name="label",
    form=edited_fields(CodeAmendment),
    orders=(Order("table", "代码表", ("table_key", "code")),),
    totals=(Total("共", unit="项"),),
    identity=(("table_key", "code"),),
    empty=Empty("没有增补过代码", "国家标准里没有、本地要用的项目加在这里；停用的旧代码仍显示在旧记录上。"),
)
