"""督查通报 (handbook 3): what an inspection drew, what it found, and every visit it looked into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Check, Inspection, Person, Round
from cadre_desk.domain import codes
from cadre_desk.domain import inspections as rules
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Align, Code, Day, Name, Text, YesNo
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.sheet import (
    KEEP_SAFE,
    Group,
    PaperKind,
    Sheet,
    SheetColumn,
    Subline,
    Totals,
    roster_signers,
    rows_of,
)

_TEXT: Final = Text("")
_TENTHS: Final = 1000

COLUMNS: Final = (
    SheetColumn("serial", "序号", 9, serial=True),
    SheetColumn("name", "姓　名", 20, Name("姓名")),
    SheetColumn("visited", "走访日期", 22, Day("走访日期")),
    SheetColumn("visitors", "走访人", 28, _TEXT, align=Align.CENTER),
    SheetColumn("checked", "核查日期", 22, Day("核查日期")),
    SheetColumn("checkers", "抽查人", 28, _TEXT, align=Align.CENTER),
    SheetColumn("way", "核查\n方式", 12, Code("核查方式", table="visit_method")),
    SheetColumn("result", "抽查结果", 20, Code("抽查结果", table="check_result")),
    SheetColumn("handed", "金额物品\n相　　符", 17, YesNo("金额物品相符")),
    SheetColumn("satisfaction", "满意度", 18, Code("满意度", table="satisfaction")),
    SheetColumn("found", "核查情况及整改要求", 71, _TEXT),
)


def inspection_notice(session: Session, around: Circumstances, inspection_id: int) -> Sheet:
    """督查通报 of an inspection: township by township, with counts, shares and the seed of the draw.

    Raises:
        UserError: the inspection is gone, or nothing was looked into yet.
    """
    made = session.get(Inspection, inspection_id)
    if made is None:
        raise UserError("这次抽查已经不在台账里，请刷新名单。")
    title = session.scalars(sa.select(Round.title).where(Round.id == made.round_id)).one()
    checks = _checks(session, inspection_id)
    counts = Counter(check.result for check, _ in checks)
    if counts[rules.WAITING] == len(checks):
        raise UserError("抽查结果还没有登记，通报没有生成。请先登记核查结果。")
    return Sheet(
        kind=PaperKind.ROSTER,
        title=f"{title.removesuffix('慰问').removesuffix('走访')}走访慰问督查抽查通报",
        subline=Subline(
            f"通报单位：{around.office}", f"抽取日期：{PartialDate.of(made.day).words()}", "单位：人次"
        ),
        mark=KEEP_SAFE,
        columns=COLUMNS,
        rows=rows_of(COLUMNS, [_row(check, person) for check, person in checks]),
        groups=_groups([check for check, _ in checks]),
        totals=Totals(words=result_words(counts), unit="人次", by_page=False, capitals=False),
        notes=_notes(made, counts),
        signers=roster_signers(around.operator),
        foot=around.foot(words=f"抽查组：{made.checkers}", persons=len(checks)),
        demo=around.demo,
    )


def _checks(session: Session, inspection_id: int) -> list[tuple[Check, Person]]:
    """The checks by township, the townships by name, in the order of the draw."""
    query = (
        sa.select(Check, Person)
        .join(Person, Person.id == Check.person_id)
        .where(Check.inspection_id == inspection_id)
        .order_by(Check.place, Check.serial)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _row(check: Check, person: Person) -> dict[str, Any]:
    remedy = f"整改：{check.remedy}" if check.remedy else ""
    return {
        "name": person.name,
        "visited": check.visited,
        "visitors": check.visitors,
        "checked": check.checked,
        "checkers": check.checkers,
        "way": check.way,
        "result": check.result,
        "handed": check.handed,
        "satisfaction": check.satisfaction,
        "found": "；".join(part for part in (check.found, remedy) if part),
    }


def _groups(checks: Sequence[Check]) -> tuple[Group, ...]:
    """A heading before the first visit of each township, with its counts."""
    starts: dict[str, int] = {}
    for place, check in enumerate(checks):
        starts.setdefault(check.place or "", place)
    return tuple(
        Group(start, f"{name}　{result_words(Counter(c.result for c in checks if (c.place or '') == name))}")
        for name, start in starts.items()
    )


def result_words(counts: Counter[str]) -> str:
    """属实 20，不符 1，联系不上 2: the results there are, in the order of their table."""
    items = codes.table("check_result").items
    return "，".join(f"{item.short}{counts[item.code]}" for item in items if counts[item.code])


def _notes(made: Inspection, counts: Counter[str]) -> tuple[str, ...]:
    """How it was drawn, so that it can be drawn again, and the share that was found true."""
    drawn = sum(counts.values())
    verified = sum(counts[code] for code in rules.VERIFIED)
    found = f"核实 {verified} 人次，属实 {counts[rules.TRUE]} 人次"
    share = f"，属实率 {_percent(counts[rules.TRUE], verified)}%" if verified else ""
    drawing = (
        f"从已走访的 {made.pool:,} 人次中随机抽取 {drawn} 人次（比例 {made.share}%，随机种子 {made.seed}）"
    )
    return (f"{drawing}，尽量使每个乡镇街道、每名走访人都抽到；没有人抽查自己的走访。{found}{share}。",)


def _percent(part: int, whole: int) -> str:
    """A share in percent to one decimal, rounded half up."""
    tenths = (part * _TENTHS * 2 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"
