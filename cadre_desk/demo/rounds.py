"""The demo's rounds of visits: 春节 2025, made and walked; 春节 2026, on the list and not yet begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from cadre_desk.actions import visits
from cadre_desk.actions.visits import RoundRequest
from cadre_desk.db.clock import Clock
from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Round
from cadre_desk.demo.county import COUNTY
from cadre_desk.demo.scale import WORKING_DAY
from cadre_desk.demo.writing import Meanwhile
from cadre_desk.domain.rounds import Amounts
from cadre_desk.domain.visits import ABSENT, IN_HOSPITAL, MOVED, REFUSED
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE

SPRING: Final = "01"
#: What each is paid, in 分, and what 离休 and those of ninety are paid instead; rice for everybody.
AMOUNTS: Final = Amounts(60000, {"lixiu": 150000, "age": 80000})
GOODS: Final = "米10kg"
FUND: Final = "老干部工作专项经费"
#: Whom the office visits (handbook 3): all 离休, the oldest, the helpless, the ill, the needy.
_RULES: Final = frozenset({"lixiu", "age", "disabled", "grave", "hospital", "hardship"})
_OLDEST: Final = {"age": 90}
#: Who is hit and not visited, by the place on the list, and why.
_EXCLUDED: Final = (
    (41, "本人谢绝，已电话问候"),
    (97, "在外地过年，改为电话慰问"),
    (180, "本人谢绝，已电话问候"),
)
#: When the 2026 list was made: after everything else that it tells of.
_LISTED_AT: Final = datetime(2026, 1, 26, 9, 42)
_LAST_LISTED: Final = datetime(2025, 1, 10, 15, 20)
_LAST_WALKED: Final = datetime(2025, 1, 27, 10, 5)
_FIRST_DAY: Final = date(2025, 1, 13)
#: On how many days the visits of a round are walked; 春节 2025 was on 29 January.
_LAST_YEAR: Final = 2025
_DAYS: Final = 12
_SATURDAY: Final = 5
#: Who went, two by two.
_VISITORS: Final = (("周敏", "贺建平"), ("陶雪梅", "龚志强"), ("周敏", "龚志强"))
_NOTHING: Final = {"met": None, "cash_given": None, "goods_given": None}
#: What differs from the plan, by the place on the list within a cycle: most are at home and well.
_CYCLE: Final = 61
_EXCEPTIONS: Final[Mapping[int, dict[str, Any]]] = {
    5: {"health_change": "比去年消瘦，行走要人扶"},
    11: {"method": IN_HOSPITAL, "health_change": "肺部感染住院，精神尚好", "words": "请医院安排好陪护"},
    17: {"met": "女儿（本人在睡）"},
    23: {"state": ABSENT, "method": None, "note": "随子女外出过年，节后补访"} | _NOTHING,
    29: {"words": "住三楼，上下不便，问加装电梯的事"},
    37: {"words": "高血压药在社区配不齐"},
    43: {"state": MOVED, "method": None, "note": "已随子女搬到市里，电话核实地址"} | _NOTHING,
    53: {"state": REFUSED, "method": None, "note": "本人说心意领了，请给更困难的同志"} | _NOTHING,
}


def plan_spring(desk: Desk) -> None:
    """List the 春节 round of the year; nobody has been visited yet."""
    clock, desk.clock = desk.clock, Clock(WORKING_DAY, moment=lambda: _LISTED_AT)
    try:
        _list(desk, 2026, WORKING_DAY)
    finally:
        desk.clock = clock


def _list(desk: Desk, year: int, day: date) -> None:
    everybody = Listing(PEOPLE, day)
    with desk.read() as session:
        request = RoundRequest(
            everybody=everybody,
            occasion=SPRING,
            year=year,
            county=COUNTY,
            sources=tuple(one for one in visits.declared_sources(everybody, _OLDEST) if one.key in _RULES),
            amounts=AMOUNTS,
            goods=GOODS,
            fund=FUND,
        )
        first = visits.plan_round(session, request)
        excluded = {first.listed[place].person: why for place, why in _EXCLUDED}
        plan = visits.plan_round(session, replace(request, excluded=excluded))
    with desk.unit(f"建立走访批次：{plan.title} {len(plan.listed)} 人") as session:
        visits.make_round(session, plan, today=day)


def _list_last(desk: Desk) -> None:
    _list(desk, _LAST_YEAR, _LAST_LISTED.date())


def _walk_last(desk: Desk) -> None:
    """The round of 2025, walked: some every working day until the eve of the festival."""
    days = [_FIRST_DAY + timedelta(days=number) for number in range(_DAYS + 2)]
    working = [day for day in days if day.weekday() < _SATURDAY]
    with desk.unit("登记走访结果：2025年春节慰问") as session:
        made = session.scalars(
            sa.select(Round.id).where(Round.year == _LAST_YEAR, Round.occasion == SPRING)
        ).one()
        results = {}
        walked = visits.visits_of(session, made)
        for place, one in enumerate(walked):
            one.planned = working[place * len(working) // len(walked)]
            walk = visits.Walk(one.planned, "、".join(_VISITORS[place % len(_VISITORS)]))
            results[one.id] = walk.result_of(one.cash, one.goods) | _EXCEPTIONS.get(place % _CYCLE, {})
        visits.record_results(session, results, today=_LAST_WALKED.date())


#: What the office did at its desk while the chronicle ran.
MEANWHILE: Final[tuple[Meanwhile, ...]] = ((_LAST_LISTED, _list_last), (_LAST_WALKED, _walk_last))
