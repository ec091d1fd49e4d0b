"""The roster of a branch, and how a row tells whom it belongs to."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Branch, Contact, Membership, Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.intake.plan import Plan
from cadre_desk.registers.catalogue import register
from tests.intake.books import Rows, id_number, imported, outcomes, planned, said, xlsx
from tests.ledgers import TODAY

MEMBERSHIPS = register("memberships")
QIN, ZUO = id_number(date(1945, 3, 1), 11), id_number(date(1942, 1, 5), 22)
HEAD = ["序号", "姓名", "性别", "身份证号", "入党时间", "所在党支部", "转入时间", "备注"]


def with_two(desk: Desk) -> None:
    """Two more people, of no branch; one of them has a namesake."""
    rows: Rows = [
        ["姓名", "身份证号", "出生年月", "政治面貌", "入党时间"],
        ["秦守义", QIN, "1945.3", "中共党员", "1970.7"],
        ["左玉梅", ZUO, "1942.1", "中共党员", "1966.7"],
        ["左玉梅", id_number(date(1950, 9, 9), 24), "1950.9", "中共党员", "1975.7"],
    ]
    imported(desk, xlsx(rows))


def roster(desk: Desk, *rows: list[Any], above: Rows = (), head: list[Any] = HEAD) -> Plan:
    return planned(desk, xlsx([*above, head, *rows]), register=MEMBERSHIPS)


def keep(desk: Desk, plan: Plan) -> None:
    with desk.unit("导入") as session:
        plan.keep(session)


def test_members_join_their_branch(town: Desk) -> None:
    with_two(town)
    plan = roster(
        town,
        [1, "秦守义", "男", QIN, "1970.7", "水利系统支部", "2012.6", None],
        [2, "左玉梅", "女", ZUO, "1966.7", "滨河社区支部", None, "口头"],
    )
    assert outcomes(plan) == ["new", "new"]
    assert any("今天" in text for text in said(plan.rows[1]))
    keep(town, plan)
    with town.read() as session:
        found = session.execute(
            sa.select(Person.name, Branch.name, Membership.joined, Membership.note)
            .join(Membership, Membership.person_id == Person.id)
            .join(Branch, Branch.id == Membership.branch_id)
            .where(Person.id_no.in_((QIN, ZUO)), Person.branch_id == Branch.id)
            .order_by(Person.id)
        ).all()
    assert [tuple(row) for row in found] == [
        ("秦守义", "水利系统支部", PartialDate(2012, 6), None),
        ("左玉梅", "滨河社区支部", PartialDate.of(TODAY), "口头"),
    ]
    again = roster(
        town,
        [1, "秦守义", "男", QIN, "1970.7", "水利系统支部", "2012.6", None],
        [2, "左玉梅", "女", ZUO, "1966.7", "滨河社区支部", None, "口头"],
    )
    assert outcomes(again) == ["same", "same"]
    town.undo()
    with town.read() as session:
        assert session.scalars(sa.select(Person.branch_id).where(Person.id_no == QIN)).one() is None


def test_a_roster_without_branches_is_of_the_branch_in_its_title(town: Desk) -> None:
    with_two(town)
    head = ["序号", "姓名", "身份证号", "转入时间"]
    plan = roster(town, [1, "秦守义", QIN, "2012.6"], above=[["中共青岚县水利系统党支部党员名册"]], head=head)
    assert outcomes(plan) == ["new"]
    assert "水利系统支部" in plan.sheets[0].findings[0].problem
    nowhere = roster(town, [1, "秦守义", QIN, "2012.6"], above=[["党员名册"]], head=head)
    assert outcomes(nowhere) == ["held"]


def test_who_is_of_another_branch_waits_for_the_clerk(town: Desk) -> None:
    with_two(town)
    keep(town, roster(town, [1, "秦守义", "男", QIN, None, "水利系统支部", "2012.6", None]))
    moved = roster(town, [1, "秦守义", "男", QIN, None, "滨河社区支部", "2020.6", None])
    assert outcomes(moved) == ["held"]
    twice = roster(
        town,
        [1, "左玉梅", "女", ZUO, None, "水利系统支部", "2012.6", None],
        [2, "左玉梅", "女", ZUO, None, "滨河社区支部", "2012.6", None],
    )
    assert outcomes(twice) == ["new", "held"]


def test_the_id_number_tells_namesakes_apart_and_a_wrong_one_is_held(town: Desk) -> None:
    with_two(town)
    plan = roster(
        town,
        [1, "左玉梅", "女", None, None, "水利系统支部", "2012.6", None],
        [2, "左玉梅", "女", ZUO, None, "水利系统支部", "2012.6", None],
        [3, "秦守义", "男", ZUO, None, "水利系统支部", "2012.6", None],
        [4, "孔不在", "男", None, None, "水利系统支部", "2012.6", None],
        [5, "秦守义", "男", id_number(date(1945, 3, 1), 99), None, "水利系统支部", "2012.6", None],
    )
    assert outcomes(plan) == ["held", "new", "held", "held", "held"]
    assert "姓名不同" in said(plan.rows[2])[0]
    assert "不像同一个人" in said(plan.rows[4])[0]


def test_an_ending_is_not_imported_onto_a_membership_that_holds(town: Desk) -> None:
    with_two(town)
    keep(town, roster(town, [1, "秦守义", "男", QIN, None, "水利系统支部", "2012.6", None]))
    head = ["姓名", "身份证号", "党支部", "转入时间", "转出时间", "转出原因"]
    plan = roster(town, ["秦守义", QIN, "水利系统支部", "2012.6", "2020.5", None], head=head)
    assert outcomes(plan) == ["same"]
    assert any("不能由导入补" in text for text in said(plan.rows[0]))


def test_a_contact_belongs_to_whom_the_id_number_says(town: Desk) -> None:
    with_two(town)
    rows: Rows = [
        ["老干部", "老干部身份证号", "姓名", "关系", "联系电话"],
        ["左玉梅", ZUO, "石小川", "儿子", "13900007777"],
        ["左玉梅", None, "石小川", "儿子", "13900007777"],
    ]
    plan = planned(town, xlsx(rows), register=register("contacts"))
    assert outcomes(plan) == ["new", "held"]
    keep(town, plan)
    with town.read() as session:
        owner = sa.select(Person.id_no).join(Contact, Contact.person_id == Person.id)
        assert session.scalars(owner.where(Contact.name == "石小川")).one() == ZUO


def test_accounts_belong_to_whom_the_birth_says(town: Desk) -> None:
    with_two(town)
    rows: Rows = [
        ["姓名", "出生年月", "户名", "开户行", "账号"],
        ["左玉梅", "1942.1", "左玉梅", "农业银行", "6228480000000000001"],
        ["左玉梅", "1960.1", "左玉梅", "农业银行", "6228480000000000002"],
    ]
    plan = planned(town, xlsx(rows), register=register("accounts"))
    assert outcomes(plan) == ["new", "held"]
