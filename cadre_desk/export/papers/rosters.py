"""党支部党员名册 and 生日、祝寿名单 (paper 9.11 and 9.12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db import settings
from cadre_desk.db.models import Branch, Membership, Person
from cadre_desk.domain import codes, masking
from cadre_desk.domain.ages import age_on, nominal_age, party_years, short_age
from cadre_desk.domain.birthdays import Celebration, celebration
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.dues import monthly_dues
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Align, Code, Count, Dated, Lunar, Money, Name, Phone, Text
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.sheet import (
    KEEP_SAFE,
    PaperKind,
    Sheet,
    SheetColumn,
    Signer,
    Subline,
    Totals,
    roster_signers,
    rows_of,
)

_TEXT: Final = Text("")
_WEEKDAYS: Final = "一二三四五六日"
_LEAP: Final = {True: "闰月出生的逢同一闰月过闰月", False: "闰月出生的按平月过生日"}
FIFTY_YEARS: Final = 50
HAN: Final = "01"

BRANCH_COLUMNS: Final = (
    SheetColumn("serial", "序号", 9, serial=True),
    SheetColumn("name", "姓　名", 21, Name("姓名")),
    SheetColumn("sex", "性\n别", 8, Code("性别", table="sex")),
    SheetColumn("ethnic", "民　族", 15, _TEXT, align=Align.CENTER),
    SheetColumn("born", "出生年月", 17, Dated("出生年月")),
    SheetColumn("education", "学　历", 16, _TEXT, align=Align.CENTER),
    SheetColumn("party_join", "入党时间", 17, Dated("入党时间")),
    SheetColumn("party_full", "转正时间", 17, Dated("转正时间")),
    SheetColumn("years", "党龄\n（年）", 11, Count("党龄"), align=Align.CENTER),
    SheetColumn("post", "原单位及职务", 47, _TEXT),
    SheetColumn("branch_post", "支部职务", 18, Code("支部职务", table="branch_post")),
    SheetColumn("joined", "组织关系\n转入时间", 18, Dated("转入时间")),
    SheetColumn("phone", "联系电话", 24, Phone("联系电话")),
    SheetColumn("dues", "月党费", 14, Money("月党费"), total=True),
    SheetColumn("note", "备　注", 15, _TEXT),
)

BIRTHDAY_COLUMNS: Final = (
    SheetColumn("serial", "序号", 9, serial=True),
    SheetColumn("name", "姓　名", 20, Name("姓名")),
    SheetColumn("sex", "性\n别", 8, Code("性别", table="sex")),
    SheetColumn("born", "出生日期\n（公历）", 23, Dated("出生日期")),
    SheetColumn("lunar", "出生日期\n（农历）", 23, Lunar("农历生日")),
    SheetColumn("habit", "过生日\n习　惯", 14, Code("习惯", table="birthday_habit")),
    SheetColumn("day", "本年生日", 25, _TEXT, align=Align.CENTER),
    SheetColumn("weekday", "星期", 11, _TEXT, align=Align.CENTER),
    SheetColumn("age", "周岁", 11, Count("周岁"), align=Align.CENTER),
    SheetColumn("nominal", "虚岁", 11, Count("虚岁"), align=Align.CENTER),
    SheetColumn("reason", "祝寿事由", 24, _TEXT, align=Align.CENTER),
    SheetColumn("address", "住　　址", 40, _TEXT),
    SheetColumn("phone", "电　话", 26, Phone("电话")),
    SheetColumn("note", "备　注", 22, _TEXT),
)


def branch_roster(session: Session, around: Circumstances, branch_id: int) -> Sheet:
    """党支部党员名册: members in the order of committee, 党小组, 入党时间; 党龄 counts from 转正."""
    branch = session.get(Branch, branch_id)
    if branch is None:
        raise UserError("这个党支部已经不在台账里，请刷新名单。")
    members = [_member(around, *row) for row in session.execute(_members(branch_id))]
    elected = f"本届 {branch.elected.words()} 选举" if branch.elected else ""
    parent = f"所属党组织：{branch.parent_name}" if branch.parent_name else f"制表单位：{around.office}"
    return Sheet(
        kind=PaperKind.ROSTER,
        title=f"{branch.name}党员名册",
        subline=Subline(
            parent, "　".join(part for part in (elected, f"制表时间：{_today(around)}") if part), "单位：元"
        ),
        mark=KEEP_SAFE,
        columns=BRANCH_COLUMNS,
        rows=rows_of(BRANCH_COLUMNS, members),
        totals=Totals(words=_members_in_words(members, around.today), capitals=False, by_page=False),
        signers=(Signer("支部书记"), Signer("组织委员"), Signer("审核人"), Signer("制表人", around.operator)),
        foot=around.foot(words="在册党员", persons=len(members)),
        demo=around.demo,
    )


def _members(branch_id: int) -> sa.Select[Person, PartialDate]:
    return (
        sa.select(Person, Membership.joined)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.branch_id == branch_id, Membership.left.is_(None))
        .order_by(sa.func.coalesce(Person.branch_post, "8"), Person.party_group, Person.party_join, Person.id)
    )


def _member(around: Circumstances, person: Person, joined: PartialDate) -> dict[str, Any]:
    standing = party_years(person.party_join, person.party_full, around.today)
    return {
        "name": person.name,
        "sex": person.sex,
        "ethnic": codes.table("ethnic").label(person.ethnic) if person.ethnic else "",
        "minority": person.ethnic not in {None, HAN},
        "birth": person.birth_archive,
        "born": _month(person.birth_archive),
        "education": codes.table("education").group(person.education or ""),
        "party_join": _month(person.party_join),
        "party_full": _month(person.party_full),
        "years": standing.years if standing else None,
        "post": "　".join(part for part in (person.last_unit, person.last_post) if part),
        "branch_post": None if person.branch_post in {None, "8"} else person.branch_post,
        "joined": _month(joined),
        "phone": masking.mask_phone(person.phone) if person.phone and around.masked else person.phone,
        "dues": monthly_dues(person.dues_base) if person.dues_base else None,
        "note": "流动党员" if person.floating else "",
    }


def _month(day: PartialDate | None) -> PartialDate | None:
    """A date as the branch's roster prints it: to the month."""
    return day if day is None or day.day is None else PartialDate(day.year, day.month)


def _members_in_words(members: Sequence[dict[str, Any]], today: date) -> str:
    """其中: women, minorities, mean age, mean 党龄, 党龄 of fifty years and more."""
    women = sum(one["sex"] == "2" for one in members)
    minorities = sum(one["minority"] for one in members)
    ages = [age for one in members if one["birth"] and (age := age_on(one["birth"], today)) is not None]
    years = [one["years"] for one in members if one["years"] is not None]
    parts = [f"其中：女{women}人，少数民族{minorities}人"]
    if ages:
        parts.append(f"平均年龄{_mean(ages)}岁")
    if years:
        parts.append(f"平均党龄{_mean(years)}年；党龄50年以上{sum(one >= FIFTY_YEARS for one in years)}人")
    return "，".join(parts)


def _mean(numbers: Sequence[int]) -> str:
    """The mean to one decimal, rounded half up."""
    tenths = (sum(numbers) * 20 + len(numbers)) // (2 * len(numbers))
    return f"{tenths // 10}.{tenths % 10}"


def _today(around: Circumstances) -> str:
    return PartialDate.of(around.today).words()


def birthday_list(session: Session, around: Circumstances, month: str) -> Sheet:
    """生日、祝寿名单 of a month ("2026-02"): in the order of this year's day, by each person's habit."""
    year, number = (int(part) for part in month.split("-"))
    leap = bool(settings.read(session, settings.LEAP_FOLLOWS_LEAP))
    people = session.scalars(sa.select(Person).where(Person.status == "1", Person.birth_archive.is_not(None)))
    found = [
        (person, one)
        for person in people
        for one in celebration(
            person.birth_archive, person.lunar_birth, person.birthday_habit, year, leap_follows_leap=leap
        )
        if one.day.year == year and one.day.month == number
    ]
    found.sort(key=lambda pair: (pair[1].day.iso, pair[0].id))
    rows = [_birthday(around, person, one) for person, one in found]
    notable = sum(one.milestone for _, one in found)
    return Sheet(
        kind=PaperKind.ROSTER,
        title=f"{around.county}离退休干部{year}年{number}月生日祝寿名单",
        subline=Subline(f"制表单位：{around.office}", f"制表时间：{_today(around)}"),
        mark=KEEP_SAFE,
        columns=BIRTHDAY_COLUMNS,
        rows=rows_of(BIRTHDAY_COLUMNS, rows),
        totals=Totals(words=f"其中祝寿{notable}人，生日慰问{len(found) - notable}人"),
        notes=(f"年龄按本年生日当天计，出生日期以档案认定为准；{_LEAP[leap]}；只知出生月份的按月列出。",),
        signers=roster_signers(around.operator),
        foot=around.foot(words=f"{year}年{number}月　按生日先后", persons=len(found)),
        demo=around.demo,
    )


def _birthday(around: Circumstances, person: Person, one: Celebration) -> dict[str, Any]:
    day = one.day
    exact = None if day.day is None else day.first
    born = person.birth_archive
    nominal = None if born is None else nominal_age(born, day.last, lunar_birth=person.lunar_birth)
    return {
        "name": person.name,
        "sex": person.sex,
        "born": born,
        "lunar": person.lunar_birth,
        "habit": "2" if one.lunar else "1",
        "day": f"{day.month}月{day.day}日" if exact else f"{day.month}月",
        "weekday": _WEEKDAYS[exact.weekday()] if exact else "",
        "age": short_age(one.age, born),
        "nominal": short_age(nominal, born),
        "reason": one.reason,
        "address": masking.mask_address(person.address or "") if around.masked else person.address,
        "phone": masking.mask_phone(person.phone) if person.phone and around.masked else person.phone,
        "note": one.note,
    }
