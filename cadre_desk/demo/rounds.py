"""The demo's standards and rounds: five years made and walked; 春节 2026, on the list and not yet begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import visits
from cadre_desk.actions.visits import RoundRequest, Source
from cadre_desk.db.clock import Clock
from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Person, Round, Visit, VisitStandard
from cadre_desk.demo.county import COUNTY
from cadre_desk.demo.scale import WORKING_DAY
from cadre_desk.demo.writing import Meanwhile
from cadre_desk.domain import codes
from cadre_desk.domain.standards import ALL
from cadre_desk.domain.visits import ABSENT, BY_PHONE, DONE, IN_HOSPITAL, MOVED, REFUSED
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE

SPRING: Final = "01"
_JULY, _CHONGYANG, _HOSPITAL = "02", "04", "11"
FUND: Final = "老干部工作专项经费"
#: What is paid from a year on: occasion, payee, cash in 分, goods, times, cap; 2023 raised 春节.
_STANDARDS: Final = (
    (2021, SPRING, "0", 50000, "米10kg", 1, None),
    (2021, SPRING, "1", 120000, "米10kg", 1, None),
    (2021, _JULY, "0", 50000, None, 1, None),
    (2021, _CHONGYANG, "0", None, "牛奶1箱", 1, None),
    (2021, _CHONGYANG, "1", 30000, "牛奶1箱", 1, None),
    (2021, _HOSPITAL, "0", 50000, None, 2, 100000),
    (2023, SPRING, "0", 60000, "米10kg", 1, None),
    (2023, SPRING, "1", 150000, "米10kg", 1, None),
)
_YEARS: Final = range(2021, 2027)
#: Whom the office visits (handbook 3): all 离休, the oldest, the helpless, the ill, the needy.
_SPRING_RULES: Final = frozenset({"lixiu", "age", "disabled", "grave", "hospital", "hardship"})
_OLDEST: Final = {"age": 90}
#: Who is hit at 春节 and not visited, by the place on the list, and why.
_EXCLUDED: Final = (
    (41, "本人谢绝，已电话问候"),
    (97, "在外地过年，改为电话慰问"),
    (180, "本人谢绝，已电话问候"),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A round of the demo: when it was listed, the rules, on how many working days it was walked and when."""

    occasion: str
    listed: datetime
    rules: frozenset[str]
    first: date
    days: int
    least: Mapping[str, int] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year it belongs to."""
        return self.listed.year

    @property
    def working_days(self) -> list[date]:
        """The days on which people went, Mondays to Fridays."""
        days = [self.first + timedelta(days=number) for number in range(self.days)]
        return [day for day in days if day.weekday() < _SATURDAY]

    @property
    def walked(self) -> datetime:
        """When the results were typed in: after the last walk."""
        return datetime.combine(self.working_days[-1] + timedelta(days=1), time(10, 5))


def _spring(year: int, month: int, day: int, first: date) -> Planned:
    return Planned(SPRING, datetime(year, month, day, 15, 20), _SPRING_RULES, first, 14, _OLDEST)


def _july(year: int) -> Planned:
    rules = frozenset({"party"})
    return Planned(_JULY, datetime(year, 6, 18, 9, 35), rules, date(year, 6, 22), 9, {"party": 60})


def _chongyang(year: int, month: int, day: int) -> Planned:
    rules = frozenset({"lixiu", "age", "alone"} if year < _FULL else {_EVERYBODY})
    first = date(year, month, day) - timedelta(days=12)
    return Planned(_CHONGYANG, datetime.combine(first, time(8, 50)) - timedelta(days=9), rules, first, 18)


#: In 2025 everybody on the books is visited at 重阳.
_FULL: Final = 2025
_EVERYBODY: Final = "everybody"
#: The festivals as they fell; 春节 was walked in the two weeks before it.
_SATURDAY: Final = 5
ROUNDS: Final = (
    _spring(2021, 1, 22, date(2021, 1, 27)),
    _spring(2022, 1, 12, date(2022, 1, 17)),
    _spring(2023, 1, 5, date(2023, 1, 7)),
    _spring(2024, 1, 22, date(2024, 1, 25)),
    _spring(2025, 1, 10, date(2025, 1, 13)),
    *(_july(year) for year in range(2021, 2026)),
    _chongyang(2021, 10, 14),
    _chongyang(2022, 10, 4),
    _chongyang(2023, 10, 23),
    _chongyang(2024, 10, 11),
    _chongyang(2025, 10, 29),
)
#: When the 2026 list was made: after everything else that it tells of.
_LISTED_AT: Final = datetime(2026, 1, 26, 9, 42)
_CALLED_AT: Final = datetime(2025, 11, 14, 16, 10)
#: When the wards were gone through, and how many were seen each time.
_IN_WARDS: Final = tuple(datetime(year, month, 13, 17, 5) for year in range(2021, 2026) for month in (3, 9))
_BEDS: Final = 24
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
        _list(desk, Planned(SPRING, _LISTED_AT, _SPRING_RULES, WORKING_DAY, 14, _OLDEST))
    finally:
        desk.clock = clock


def _set_standards(desk: Desk, year: int) -> None:
    """The year's standards: those of the year before, and what the year changed."""
    own = [one for one in _STANDARDS if one[0] == year]
    with desk.unit(f"登记慰问标准：{year}年") as session:
        if own:
            session.execute(
                sa.insert(VisitStandard),
                [
                    {
                        "year": year,
                        "occasion": occasion,
                        "payee": payee,
                        "level": ALL,
                        "cash": cash,
                        "goods": goods,
                        "times": times,
                        "cap": cap,
                        "basis": f"青老干〔{year}〕3号",
                    }
                    for _, occasion, payee, cash, goods, times, cap in own
                ],
            )
        if year > _YEARS[0]:
            visits.carry_standards(session, year - 1, year)


def _list(desk: Desk, planned: Planned) -> None:
    everybody = Listing(PEOPLE, planned.listed.date())
    with desk.read() as session:
        request = RoundRequest(
            everybody=everybody,
            occasion=planned.occasion,
            year=planned.year,
            county=COUNTY,
            sources=_sources(everybody, planned),
            fund=FUND,
        )
        plan = visits.plan_round(session, request)
        if planned.occasion == SPRING:
            excluded = {
                plan.listed[place].person: why for place, why in _EXCLUDED if place < len(plan.listed)
            }
            plan = visits.plan_round(session, replace(request, excluded=excluded))
    with desk.unit(f"建立走访批次：{plan.title} {len(plan.listed)} 人") as session:
        visits.make_round(session, plan, today=planned.listed.date())


def _sources(everybody: Listing, planned: Planned) -> tuple[Source, ...]:
    if _EVERYBODY in planned.rules:
        on_books = (Condition("status", Op.IN, ("1",)), Condition("person_kind", Op.IN, ("1",)))
        return (visits.listing_source("在册离退休干部", everybody.where(*on_books)),)
    declared = visits.declared_sources(everybody, planned.least)
    return tuple(one for one in declared if one.key in planned.rules)


def _walk(desk: Desk, planned: Planned) -> None:
    """A round walked: some every working day until the eve of the festival."""
    working = planned.working_days
    with desk.unit(
        f"登记走访结果：{planned.year}年{codes.table('occasion').short(planned.occasion)}"
    ) as session:
        made = session.scalars(
            sa.select(Round.id).where(Round.year == planned.year, Round.occasion == planned.occasion)
        ).one()
        results = {}
        walked = visits.visits_of(session, made)
        for place, one in enumerate(walked):
            one.planned = working[place * len(working) // len(walked)]
            walk = visits.Walk(one.planned, "、".join(_VISITORS[place % len(_VISITORS)]))
            results[one.id] = walk.result_of(one.cash, one.goods) | _EXCEPTIONS.get(place % _CYCLE, {})
        visits.record_results(session, results, today=planned.walked.date())


def _call_the_rest(desk: Desk) -> None:
    """Whom nobody met at 重阳 is called up, so that everybody on the books was reached in the year."""
    day = desk.clock.today()
    with desk.unit("登记电话问候：重阳没有见到的") as session:
        missed = session.scalars(
            sa.select(Visit.person_id)
            .join(Round, Round.id == Visit.round_id)
            .join(Person, Person.id == Visit.person_id)
            .where(
                Round.year == _FULL,
                Round.occasion == _CHONGYANG,
                Visit.state != DONE,
                Person.status == "1",
            )
            .order_by(Visit.serial)
        )
        _insert_visits(
            session,
            [
                {
                    "person_id": person,
                    "reason": "重阳补访",
                    "occasion": _CHONGYANG,
                    "state": DONE,
                    "done": day - timedelta(days=number % 4),
                    "method": BY_PHONE,
                    "visitors": _VISITORS[number % len(_VISITORS)][0],
                    "met": "本人",
                    "booked": day,
                }
                for number, person in enumerate(missed)
            ],
        )


def _insert_visits(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(sa.insert(Visit), [{**row, "done_booked": row["done"]} for row in rows])


def _visit_in_hospital(desk: Desk) -> None:
    """Those in hospital are visited there, outside of rounds, and get what the standard says."""
    day = desk.clock.today()
    with desk.unit("登记住院探望") as session:
        standard = visits.standards_of(session, _HOSPITAL, day.year)[0]
        ill = session.scalars(
            sa.select(Person.id)
            .where(Person.diseases.is_not(None), Person.status == "1", Person.person_kind == "1")
            .order_by(Person.id)
            .offset(day.month * _BEDS)
            .limit(_BEDS)
        )
        _insert_visits(
            session,
            [
                {
                    "person_id": person,
                    "reason": "住院探望",
                    "occasion": _HOSPITAL,
                    "state": DONE,
                    "done": day - timedelta(days=number % 3),
                    "method": IN_HOSPITAL,
                    "visitors": "、".join(_VISITORS[number % len(_VISITORS)]),
                    "met": "本人",
                    "cash_given": standard.cash,
                    "booked": day,
                }
                for number, person in enumerate(ill)
            ],
        )


def _meanwhile() -> tuple[Meanwhile, ...]:
    return (
        *((datetime(year, 1, 4, 17, 30), partial(_set_standards, year=year)) for year in _YEARS),
        *((one.listed, partial(_list, planned=one)) for one in ROUNDS),
        *((one.walked, partial(_walk, planned=one)) for one in ROUNDS),
        *((moment, _visit_in_hospital) for moment in _IN_WARDS),
        (_CALLED_AT, _call_the_rest),
    )


#: What the office did at its desk while the chronicle ran.
MEANWHILE: Final[tuple[Meanwhile, ...]] = _meanwhile()
