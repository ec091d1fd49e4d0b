"""老干部 and what hangs on each: contacts, bank accounts, movements on and off the books."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import sqlalchemy as sa

from cadre_desk.db.base import edited_fields, fields_of
from cadre_desk.db.models import BankAccount, Branch, Contact, Membership, Movement, Person, Place, Unit
from cadre_desk.domain import person_rules
from cadre_desk.domain.ages import ABOUT, NO_PROBATION, lunar_new_year
from cadre_desk.domain.fields import Code, Count, Day, Text, Years, YesNo
from cadre_desk.domain.former import MARK
from cadre_desk.registers.columns import (
    AsOf,
    Column,
    Expression,
    by_strokes,
    derived,
    fact_as_of,
    linked,
    own,
    years_since,
)
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.register import Empty, Facet, Order, Register, Total, View
from cadre_desk.registers.visits import contact_booked, last_contact

#: Person columns that lists show through the record they link to.
_LINKS = {"manage_unit_id", "place_id", "branch_id", "spouse_of_id"}
#: Shorter headings where a table has no room for the field's own.
_HEADINGS = {
    "birth_archive": "出生年月",
    "retire_type": "类别",
    "treatment_level": "现待遇",
    "work_start": "参加工作",
    "party_join": "入党时间",
}


def on_books(as_of: AsOf) -> sa.ColumnElement[bool]:
    """Whether a person was on the books by what was booked up to a day: 期末 = Σ 增 − Σ 减."""
    total = (
        sa.select(sa.func.coalesce(sa.func.sum(Movement.direction), 0))
        .where(Movement.person_id == Person.id, Movement.booked <= as_of.day)
        .correlate(Person)
        .scalar_subquery()
    )
    return total > 0


def _status(as_of: AsOf) -> sa.ColumnElement[Any]:
    if not as_of.past:
        return sa.type_coerce(Person.status, sa.String())
    last = (
        sa.select(Movement.kind)
        .where(Movement.person_id == Person.id, Movement.booked <= as_of.day)
        .order_by(Movement.booked.desc(), Movement.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    return sa.case(
        (on_books(as_of), "1"), (last == "21", "2"), (last == "22", "3"), (last.is_not(None), "4"), else_=None
    )


def branch_as_of(as_of: AsOf) -> sa.ColumnElement[Any]:
    """The branch a person belonged to by what was booked up to a day."""
    if not as_of.past:
        return sa.type_coerce(Person.branch_id, sa.Integer())
    return (
        sa.select(Membership.branch_id)
        .where(
            Membership.person_id == Person.id,
            Membership.joined_booked <= as_of.day,
            sa.or_(Membership.left_booked.is_(None), Membership.left_booked > as_of.day),
        )
        .order_by(Membership.joined.desc(), Membership.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


#: Lengths of ISO dates known to the month and to the day.
TO_THE_YEAR, TO_THE_MONTH, TO_THE_DAY = len("1953"), len("1953-07"), len("1953-07-01")
#: Month and day of each lunar new year, by "y" and the year.
_NEW_YEARS = json.dumps({f"y{year}": f"{lunar_new_year(year):%m-%d}" for year in range(1901, 2101)})


def _birth() -> sa.ColumnElement[Any]:
    """The birth date that counts: the archive's (组通字〔2006〕41号), else the ID card's."""
    return sa.func.coalesce(
        sa.type_coerce(Person.birth_archive, sa.String()), sa.type_coerce(Person.birth_id, sa.String())
    )


def _age(as_of: AsOf) -> sa.ColumnElement[Any]:
    return years_since(_birth(), as_of.day)


def _nominal_age(as_of: AsOf) -> sa.ColumnElement[Any]:
    """虚岁 as ``domain.ages.nominal_age`` reckons it: one more each lunar new year.

    The new year of the birth year is looked up in a JSON object, which SQLite parses once. A lunar birthday
    that settles a birth known to the month is not looked at here; such births follow the 15th.
    """
    born = _birth()
    year = sa.cast(sa.func.substr(born, 1, 4), sa.Integer)
    rest = sa.case(
        (sa.func.length(born) == TO_THE_DAY, sa.func.substr(born, 6, 5)),
        (sa.func.length(born) == TO_THE_MONTH, sa.func.substr(born, 6, 2).op("||")("-15")),
        else_="12-31",
    )
    new_year = sa.func.json_extract(
        sa.literal(_NEW_YEARS), sa.literal("$.y").op("||")(sa.func.substr(born, 1, 4))
    )
    begun = as_of.day.year - (as_of.day < lunar_new_year(as_of.day.year))
    return sa.func.max(1, sa.literal(begun) - year + sa.cast(rest < new_year, sa.Integer) + 1)


def _told(age: Expression) -> Expression:
    """An age as ``domain.ages.short_age`` tells it: text for a birth known to the year only."""

    def told(as_of: AsOf) -> sa.ColumnElement[Any]:
        number = age(as_of)
        about = sa.literal(ABOUT).op("||")(sa.cast(number, sa.String))
        return sa.case((sa.func.length(_birth()) == TO_THE_YEAR, about), else_=number)

    return told


def member_years(day: date) -> sa.ColumnElement[Any]:
    """党龄 of a person on a day, reckoned as ``domain.ages.party_years`` does."""
    full = sa.type_coerce(Person.party_full, sa.String())
    join = sa.type_coerce(Person.party_join, sa.String())
    first, last = (one.iso for one in NO_PROBATION)
    month = sa.func.substr(join, 1, 7)
    at_once = sa.and_(sa.func.length(join) >= TO_THE_MONTH, month >= first, month <= last)
    counted = sa.case(
        (full.is_not(None), years_since(full, day)),
        (at_once, years_since(join, day)),
        else_=years_since(join, day) - 1,
    )
    return sa.case((counted >= 0, counted), else_=None)


def _unit_post(_: AsOf) -> sa.ColumnElement[Any]:
    """县水利局原总工程师: what ``domain.former.unit_and_post`` tells, to be sorted and filtered by."""
    post = sa.func.coalesce(Person.last_post, "")
    former = sa.case((sa.or_(post == "", post.startswith(MARK)), post), else_=sa.literal(MARK).op("||")(post))
    return sa.func.coalesce(Person.last_unit, "").op("||")(former)


def _party_years(as_of: AsOf) -> sa.ColumnElement[Any]:
    return member_years(as_of.day)


def _has_emergency(_: AsOf) -> sa.ColumnElement[Any]:
    return sa.exists().where(Contact.person_id == Person.id, Contact.emergency.is_(True)).correlate(Person)


def _person_columns() -> tuple[Column, ...]:
    plain = [
        own(
            getattr(Person, key),
            label=_HEADINGS.get(key, ""),
            order=by_strokes(Person) if key == "name" else None,
        )
        for key in fields_of(Person)
        if key not in {*_LINKS, "status"}
    ]
    status = fields_of(Person)["status"]
    return (
        *plain,
        Column("status", status, _status, stored="status"),
        linked(Person.manage_unit_id, Unit.name),
        linked(Person.manage_unit_id, Unit.nature, key="unit_nature"),
        linked(Person.manage_unit_id, Unit.serial, key="unit_serial", label="机构序"),
        linked(Person.place_id, Place.name, order=Place.serial),
        linked(Person.branch_id, Branch.name, order=Branch.serial, link=branch_as_of),
        linked(Person.spouse_of_id, Person.name),
        derived("age", Years("周岁", width=9), _age, told=_told(_age)),
        derived("nominal_age", Years("虚岁", width=9), _nominal_age, told=_told(_nominal_age)),
        derived("unit_post", Text("原单位及职务", width=40), _unit_post),
        derived("party_years", Count("党龄", width=11), _party_years),
        derived("has_emergency", YesNo("有紧急联系人", width=16), _has_emergency),
        derived("last_contact", Day("最近联系", width=20), last_contact),
        derived("contact_booked", Day("最近联系入账日", width=20), contact_booked),
    )


_ON_BOOKS = Condition("status", Op.IN, ("1",))
_CADRES = Condition("person_kind", Op.IN, ("1",))

PEOPLE = Register(
    key="people",
    title="老干部",
    noun="老干部",
    measure="人",
    model=Person,
    place="people",
    columns=_person_columns(),
    shown=("name", "sex", "birth_archive", "age", "retire_type", "unit_post", "treatment_level", "branch_id"),
    name="name",
    form=edited_fields(Person),
    orders=(
        Order("strokes", "姓氏笔画", ("name",)),
        Order("unit", "机构序", ("unit_serial", "serial", "name")),
        Order("level", "职级", ("pre_level", "name")),
        Order("birth", "出生年月", ("birth_archive", "name")),
    ),
    facets=(
        Facet("status", "在册状态"),
        Facet("retire_type", "离退类别"),
        Facet(
            "age",
            "年龄（周岁）",
            (
                ("59 及以下", "", 59),
                ("60–69", 60, 69),
                ("70–79", 70, 79),
                ("80–84", 80, 84),
                ("85–89", 85, 89),
                ("90–94", 90, 94),
                ("95 及以上", 95, ""),
            ),
        ),
        Facet("family_flags", "家庭状况"),
        Facet("ability", "自理能力"),
        Facet("place_id", "乡镇街道"),
        Facet("political", "政治面貌"),
        Facet("live_mode", "居住方式"),
        Facet("person_kind", "人员类别"),
    ),
    totals=(
        Total("共", unit="人"),
        Total("男", "sex", "1"),
        Total("女", "sex", "2"),
        Total("离休", "retire_type", "1"),
        Total("党员", "political", "01,02"),
        Total("平均", "age", how="mean", unit="岁"),
    ),
    views=(
        View("全部在册", (_ON_BOOKS, _CADRES)),
        View("离休干部", (_ON_BOOKS, _CADRES, Condition("retire_type", Op.IN, ("1",)))),
        View(
            "80岁以上独居",
            (
                _ON_BOOKS,
                _CADRES,
                Condition("age", Op.BETWEEN, (80, 84, 85, 89, 90, 94, 95, "")),
                Condition("family_flags", Op.IN, ("1",)),
            ),
        ),
        View("异地居住", (_ON_BOOKS, _CADRES, Condition("live_mode", Op.IN, ("2", "3", "4")))),
        View("无紧急联系人", (_ON_BOOKS, _CADRES, Condition("has_emergency", Op.IN, (False,)))),
        View("遗属", (_ON_BOOKS, Condition("person_kind", Op.IN, ("2",)))),
    ),
    identity=(("id_no",), ("name", "birth_archive"), ("name", "last_unit", "phone")),
    rules=(person_rules.check_person,),
    empty=Empty("还没有老干部", "这里登记离退休干部、遗属和社会老年人。名册、慰问、支部和年报都从这里出数。"),
)


def _of_person(model: type[Any], *keys: str) -> tuple[Column, ...]:
    """The person's name, class and unit before the model's own columns."""
    return (
        linked(model.person_id, Person.name),
        linked(model.person_id, Person.last_unit, key="person_unit", label="原工作单位"),
        *(own(getattr(model, key)) for key in keys),
    )


CONTACTS = Register(
    key="contacts",
    title="家庭成员与联系人",
    noun="联系人",
    measure="人",
    model=Contact,
    place="people",
    columns=_of_person(
        Contact,
        "name",
        "relation",
        "birth",
        "workplace",
        "phone",
        "emergency",
        "guardian",
        "remote",
        "died",
        "note",
    ),
    shown=("person_id", "person_unit", "name", "relation", "workplace", "phone", "emergency", "remote"),
    name="name",
    form=edited_fields(Contact),
    orders=(Order("person", "老干部", ("person_id", "relation")), Order("name", "姓名", ("name",))),
    facets=(Facet("relation", "关系"), Facet("emergency", "紧急联系人"), Facet("remote", "在外地")),
    totals=(Total("共", unit="人"),),
    identity=(("person_id", "name"),),
    empty=Empty("还没有联系人", "这里登记配偶、子女和紧急联系人；有事找得到人。"),
)

ACCOUNTS = Register(
    key="accounts",
    title="银行账户",
    noun="账户",
    measure="个",
    model=BankAccount,
    place="people",
    columns=_of_person(BankAccount, "holder", "bank", "card_no", "relation", "since", "until", "note"),
    shown=("person_id", "person_unit", "holder", "bank", "card_no", "relation", "since", "until"),
    name="holder",
    form=edited_fields(BankAccount),
    orders=(Order("person", "老干部", ("person_id", "since")),),
    facets=(Facet("bank", "开户行"), Facet("relation", "与本人关系")),
    totals=(Total("共", unit="个"),),
    identity=(("person_id", "card_no"),),
    rules=(person_rules.check_account,),
    empty=Empty("还没有银行账户", "发放慰问金和补助时从这里取账号；换卡时旧账户停用，不删。"),
)


def _of_mover(attribute: Any) -> Any:
    def expression(_: AsOf) -> sa.ColumnElement[Any]:
        query = sa.select(attribute).where(Person.id == Movement.person_id)
        return query.correlate(Movement).scalar_subquery()

    return expression


def _class_then(_: AsOf) -> sa.ColumnElement[Any]:
    """The mover's 离退类别 by what was booked up to the movement."""
    mover = sa.orm.aliased(Person)
    held = fact_as_of(Person, "retire_type", Movement.booked, mover)
    return sa.select(held).where(mover.id == Movement.person_id).correlate(Movement).scalar_subquery()


def _nature_then(_: AsOf) -> sa.ColumnElement[Any]:
    """The 性质 of the mover's unit by what was booked up to the movement."""
    mover, unit = sa.orm.aliased(Person), sa.orm.aliased(Unit)
    number = fact_as_of(Person, "manage_unit_id", Movement.booked, mover)
    managed = sa.select(number).where(mover.id == Movement.person_id).correlate(Movement).scalar_subquery()
    nature = fact_as_of(Unit, "nature", Movement.booked, unit)
    return sa.select(nature).where(unit.id == managed).correlate(Movement).scalar_subquery()


MOVEMENTS = Register(
    key="movements",
    title="增减变动",
    noun="变动",
    measure="人次",
    model=Movement,
    place="people",
    columns=(
        *_of_person(Movement, "kind", "direction", "happened", "booked", "late", "other_place", "reason"),
        derived("retire_type", Code("类别", table="retire_type", width=12), _of_mover(Person.retire_type)),
        derived(
            "person_kind", Code("人员类别", table="person_kind", width=16), _of_mover(Person.person_kind)
        ),
        derived("class_then", Code("当时类别", table="retire_type", width=12), _class_then),
        derived("nature_then", Code("当时单位性质", table="unit_nature", width=16), _nature_then),
        derived(
            "person_key",
            Count("人员号", width=14),
            lambda _: sa.type_coerce(Movement.person_id, sa.Integer()),
        ),
        derived("id", Count("变动号", width=14), lambda _: sa.type_coerce(Movement.id, sa.Integer())),
    ),
    shown=("person_id", "person_unit", "retire_type", "kind", "happened", "booked", "other_place", "reason"),
    name="person_id",
    orders=(Order("booked", "入账日", ("booked", "person_id")),),
    facets=(Facet("kind", "变动种类"), Facet("retire_type", "类别"), Facet("late", "补录")),
    totals=(Total("共", unit="人次"), Total("增", "direction", "1"), Total("减", "direction", "-1")),
    empty=Empty("还没有变动", "新退休、转入、去世、转出都在老干部的登记卡上办理，这里按入账日列出。"),
)
