"""慰问名册 and 慰问金发放签领表 of a round (handbook 3; paper 9.1 and 9.2)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import visits
from cadre_desk.db.models import Person, Place, Round, Visit
from cadre_desk.domain import codes, masking
from cadre_desk.domain.ages import age_on, short_age
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Align, Code, Codes, Count, Money, Name, Phone, Text
from cadre_desk.domain.former import former_post
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.sheet import (
    KEEP_SAFE,
    PaperKind,
    Sheet,
    SheetColumn,
    Subline,
    Totals,
    money_signers,
    roster_signers,
    rows_of,
)

_CLASS: Final = Text("类别")
_NAME: Final = Name("姓名")
_TEXT: Final = Text("")
#: Rows of a page that people sign (paper 9.2), and the longest rule that the foot has room for.
_SIGNED_ROWS: Final = 12
_SHORT: Final = 16

ROSTER_COLUMNS: Final = (
    SheetColumn("serial", "序号", 9, serial=True),
    SheetColumn("name", "姓名", 17, _NAME),
    SheetColumn("sex", "性\n别", 7, Code("性别", table="sex")),
    SheetColumn("age", "年\n龄", 9.6, Count("年龄"), align=Align.CENTER),
    SheetColumn("class", "类别", 10, _CLASS, align=Align.CENTER),
    SheetColumn("post", "原单位及职务\n（待遇）", 37, _TEXT),
    SheetColumn("condition", "健康\n家庭状况", 23.5, _TEXT),
    SheetColumn("address", "住　　址", 30.5, _TEXT),
    SheetColumn("phone", "电　话", 22, Phone("电话")),
    SheetColumn("reason", "慰问\n事由", 15.5, _TEXT, align=Align.CENTER),
    SheetColumn("cash", "慰问金", 15.5, Money("慰问金"), total=True),
    SheetColumn("goods", "慰问品", 14, _TEXT, align=Align.CENTER),
    SheetColumn("leader", "走访\n领导", 14, _TEXT, align=Align.CENTER),
    SheetColumn("companion", "陪同\n责任单位", 18, _TEXT, align=Align.CENTER),
    SheetColumn("planned", "走访\n时间", 13.4, _TEXT, align=Align.CENTER),
    SheetColumn("note", "备注", 11, _TEXT),
)

RECEIPT_COLUMNS: Final = (
    SheetColumn("serial", "序号", 10, serial=True),
    SheetColumn("name", "姓　名", 20, _NAME),
    SheetColumn("unit", "单　　位", 38, _TEXT),
    SheetColumn("id_no", "身份证号", 36.5, _TEXT, align=Align.CENTER),
    SheetColumn("cash", "慰问金", 21, Money("慰问金"), total=True),
    SheetColumn("goods", "慰问品", 19, _TEXT, align=Align.CENTER),
    SheetColumn("way", "领取\n方式", 13, Code("领取方式", table="receive_way")),
    SheetColumn("signed", "领取人签字", 33, blank=True),
    SheetColumn("deputy", "代领人及\n关系", 25, blank=True),
    SheetColumn("deputy_phone", "代领人\n电话", 22.5, blank=True),
    SheetColumn("received", "领取\n日期", 14, blank=True),
    SheetColumn("note", "备　注", 15, _TEXT),
)


def visit_roster(session: Session, around: Circumstances, round_id: int) -> Sheet:
    """慰问名册: what the leader signs before the round begins."""
    made, people = _round(session, around, round_id)
    return Sheet(
        kind=PaperKind.ROSTER,
        title=_title(made, "走访慰问名册"),
        subline=_subline(around, "制表单位"),
        mark=KEEP_SAFE,
        columns=ROSTER_COLUMNS,
        rows=rows_of(ROSTER_COLUMNS, _with_notes(people, "by_hand")),
        totals=Totals(split="class", expected={"cash": _ledger_sum(session, round_id)}),
        signers=roster_signers(around.operator),
        notes=_basis(made),
        foot=around.foot(words=_words(made), persons=len(people)),
        row_height=10.2,
        demo=around.demo,
    )


def receipt(session: Session, around: Circumstances, round_id: int) -> Sheet:
    """慰问金发放签领表: the payment voucher, kept thirty years; each receiver or deputy signs.

    Raises:
        UserError: an alarm that stops money was neither mended nor let pass with a reason.
    """
    made, people = _round(session, around, round_id)
    held = [one for one in visits.alarms_of(session, round_id) if one.holds]
    if held:
        first = held[0]
        raise UserError(
            f"签领表没有生成：还有 {len(held)} 条发放提醒没有处理，第一条是{first.name}——{first.warned.text}"
            "请到这个批次的「发放提醒」里处理，或写明原因放行。"
        )
    return Sheet(
        kind=PaperKind.VOUCHER,
        title=_title(made, "慰问金发放签领表"),
        subline=_subline(around, "制表单位（盖章）"),
        columns=RECEIPT_COLUMNS,
        rows=rows_of(RECEIPT_COLUMNS, _with_notes(people, "cash_reason")),
        totals=Totals(expected={"cash": _ledger_sum(session, round_id)}),
        signers=money_signers(around.operator),
        foot=around.foot(words=_words(made), persons=len(people)),
        row_height=10,
        rows_per_page=_SIGNED_ROWS,
        demo=around.demo,
    )


def _title(made: Round, kind: str) -> str:
    return f"{made.title.removesuffix('慰问').removesuffix('走访')}{kind}"


def _words(made: Round) -> str:
    """The filter at the foot of each page; a long rule stands once, in a note of the roster."""
    occasion = f"{codes.table('occasion').short(made.occasion)}慰问"
    return f"{occasion}·{made.rule}" if len(made.rule) <= _SHORT else occasion


def _basis(made: Round) -> tuple[str, ...]:
    """Who is on the list and on which day ages are reckoned, where the foot has no room for it."""
    ages = f"年龄按{PartialDate.of(made.ages_on).words()}周岁计" if made.ages_on else ""
    rule = f"对象：{made.rule}" if len(made.rule) > _SHORT else ""
    words = "；".join(part for part in (rule, ages) if part)
    return (words,) if words else ()


def _subline(around: Circumstances, who: str) -> Subline:
    made = PartialDate.of(around.today).words()
    return Subline(f"{who}：{around.office}", f"制表时间：{made}", "单位：元")


def _ledger_sum(session: Session, round_id: int) -> int:
    return session.scalar(sa.select(sa.func.sum(Visit.cash)).where(Visit.round_id == round_id)) or 0


def _round(session: Session, around: Circumstances, round_id: int) -> tuple[Round, list[dict[str, Any]]]:
    made = session.get(Round, round_id)
    if made is None:
        raise UserError("这个走访批次已经不在台账里，请刷新名单。")
    query = (
        sa.select(Visit, Person, Place.name)
        .join(Person, Person.id == Visit.person_id)
        .outerjoin(Place, Place.id == Person.place_id)
        .where(Visit.round_id == round_id)
        .order_by(Visit.serial)
    )
    day = made.ages_on or around.today
    waived = visits.waivers_by_visit(session, round_id)
    return made, [
        {**_row(around, day, visit, person, place), "waived": waived.get(visit.id)}
        for visit, person, place in session.execute(query)
    ]


def _row(around: Circumstances, day: date, visit: Visit, person: Person, place: str | None) -> dict[str, Any]:
    born = person.birth_archive or (PartialDate.of(person.birth_id) if person.birth_id else None)
    return {
        "name": person.name,
        "sex": person.sex,
        "age": short_age(age_on(born, day), born) if born else None,
        "class": _class(person),
        "post": _post(person),
        "unit": person.last_unit,
        "condition": _condition(person),
        "address": _address(person, place, masked=around.masked),
        "phone": masking.mask_phone(person.phone) if around.masked and person.phone else person.phone,
        "id_no": masking.mask_id(person.id_no) if person.id_no else "",
        "reason": visit.reason,
        "cash": visit.cash,
        "goods": visit.goods,
        "way": visit.receive_way,
        "leader": visit.leader,
        "companion": visit.companion,
        "planned": f"{visit.planned.month}月{visit.planned.day}日" if visit.planned else "",
        "note": visit.note,
        "by_hand": "手工加入" if visit.by_hand else None,
        "cash_reason": visit.cash_reason,
    }


def _with_notes(people: list[dict[str, Any]], by_hand: str) -> list[dict[str, Any]]:
    """The rows with 备注: what was done by hand, what was let pass and why, the note of the visit."""
    return [
        {**one, "note": "；".join(part for part in (one[by_hand], one["waived"], one["note"]) if part)}
        for one in people
    ]


def _class(person: Person) -> str:
    if person.person_kind != "1":
        return codes.table("person_kind").short(person.person_kind)
    return codes.table("retire_type").group(person.retire_type or "") or "退休"


def _post(person: Person) -> str:
    level = codes.table("treatment_level").short(person.treatment_level) if person.treatment_level else ""
    former = former_post(person.last_post)
    shown = f"{former}（{level}）" if level and level not in former else former
    return "\n".join(part for part in (person.last_unit or "", shown) if part)


def _condition(person: Person) -> str:
    """自理能力 where it is impaired, else the state of health, then the family, in short words."""
    impaired = person.ability not in {None, "0"}
    ability = Code("自理能力", table="ability").show(person.ability) if impaired else ""
    health = ability or Code("健康状况", table="health").show(person.health)
    family = Codes("家庭状况", table="family_flags").show(person.family_flags)
    return "，".join(part for part in (health, family) if part)


def _address(person: Person, place: str | None, *, masked: bool) -> str:
    address = person.address or ""
    if masked:
        return masking.mask_address(address)
    if place and address.startswith(place):
        return f"{place}\n{address.removeprefix(place)}"
    return address
