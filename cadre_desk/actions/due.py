"""What is due on a day, made from the data: who, what, when, and where it is done; values, no widgets."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.due_groups import Due, Group, Weight
from cadre_desk.actions.needs_due import checks_to_make, needs_due
from cadre_desk.db import settings
from cadre_desk.db.models import Branch, Person, PersonFact, Round, Visit
from cadre_desk.domain import codes
from cadre_desk.domain.ages import solar_birthday
from cadre_desk.domain.birthdays import ORDINARY, Celebration, celebration
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.festivals import Festival, festivals
from cadre_desk.domain.former import unit_and_post
from cadre_desk.domain.visits import WAITING
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.columns import AsOf
from cadre_desk.registers.conditions import Condition, Op, Plain
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.visits import last_contact

__all__ = ["Due", "Group", "Weight", "everything_due", "festivals_ahead", "waiting"]

#: Ordinary birthdays are told so many days ahead; those celebrated as far ahead as the office sets.
BIRTHDAYS_AHEAD: Final = 3
#: More ordinary birthdays than this are told in one line.
BIRTHDAYS_APART: Final = 3
#: 换届 is told six months before the term ends (handbook B6) …
ELECTION_MONTHS: Final = 6
#: … and stands out in its last days.
ELECTION_SOON: Final = 60
#: 支部工作条例: terms of three years, in communities five (handbook B5).
TERM: Final = 3
TERM_OF_COMMUNITY: Final = 5
#: Temporary and functional branches hold no elections (handbook B13, B14).
ELECTING: Final = ("1", "2", "3")
COMMUNITY: Final = "3"
#: Who lies in hospital is visited within a week (handbook 3).
HOSPITAL_DAYS: Final = 7
#: A round older than this is no longer waited for.
ROUND_DAYS: Final = 120
EVE: Final = "除夕"
#: What the titles of rounds say before the year.
ALL_CADRES: Final = "离退休干部"


def festivals_ahead(today: date, most: int = 3) -> tuple[Festival, ...]:
    """The next festivals from a day on; 除夕 belongs to 春节."""
    ahead = (*festivals(today.year), *festivals(today.year + 1))
    return tuple(one for one in ahead if one.day >= today and one.name != EVE)[:most]


def everything_due(session: Session, today: date) -> tuple[Group, ...]:
    """All that the ledger's records say is due, in the order of the workbench; empty groups are left out."""
    groups = (
        birthdays(session, today),
        elections(session, today),
        open_rounds(session, today),
        needs_due(session, today),
        checks_to_make(session, today),
        in_hospital(session, today),
        missing(session, today),
    )
    return tuple(group for group in groups if group.dues)


def waiting(session: Session, today: date) -> dict[str, int]:
    """How much work waits at the places of the desk: branches to elect, people not visited yet."""
    return {"branches": elections(session, today).count, "visits": open_rounds(session, today).count}


def birthdays(session: Session, today: date) -> Group:
    """生日与祝寿: what is celebrated within the office's days, and ordinary birthdays of the next three."""
    ahead = today + timedelta(days=settings.read(session, settings.BIRTHDAY_DAYS))
    soon = today + timedelta(days=BIRTHDAYS_AHEAD)
    found = sorted(
        _celebrations(session, today, ahead), key=lambda pair: (pair[1].day.last, pair[0].id, pair[1].day)
    )
    plain = [
        pair for pair in found if not pair[1].milestone and pair[1].day.day and pair[1].day.first <= soon
    ]
    people = Listing(register("people"), today)
    many = len(plain) > BIRTHDAYS_APART
    apart = [pair for pair in found if pair[1].milestone or (not many and pair in plain)]
    dues = [_many_birthdays(plain, today, people)] if many else []
    dues += [_birthday(person, one, today) for person, one in apart]
    ids = [person.id for person, one in found if one.milestone] + [person.id for person, _ in plain]
    return Group("birthdays", "生日与祝寿", tuple(dues), len(ids), people.picked(ids))


def _celebrations(session: Session, today: date, ahead: date) -> Iterator[tuple[Any, Celebration]]:
    """Who on the books keeps a birthday from today to a day; one known to the month counts for all of it."""
    leap = bool(settings.read(session, settings.LEAP_FOLLOWS_LEAP))
    keys = (
        "id",
        "name",
        "birth_archive",
        "birth_id",
        "lunar_birth",
        "birthday_habit",
        "last_unit",
        "last_post",
    )
    query = sa.select(*(getattr(Person, key) for key in keys)).where(Person.status == "1")
    for person in session.execute(query):
        birth = person.birth_archive or (PartialDate.of(person.birth_id) if person.birth_id else None)
        for year in range(today.year, ahead.year + 1):
            for one in celebration(
                birth, person.lunar_birth, person.birthday_habit, year, leap_follows_leap=leap
            ):
                if one.day.month and one.day.first <= ahead and one.day.last >= today:
                    yield person, one


def _birthday(person: Any, one: Celebration, today: date) -> Due:
    named = one.reason not in {ORDINARY, "逢十寿辰"} and "周岁" not in one.reason
    age = one.reason if named else f"{one.age} 周岁" if one.age is not None else "生日"
    by_moon = f"（农历{person.lunar_birth.words()}）" if one.lunar else ""
    born = "" if one.lunar or person.birth_archive is None else f"{_born(person.birth_archive)}生"
    post = unit_and_post(person.last_unit, person.last_post)
    weight = Weight.SOON if one.day.day and (one.day.first - today).days <= BIRTHDAYS_AHEAD else Weight.PLAIN
    return Due(
        person.name,
        "·".join(part for part in (f"{age}{by_moon}", born, post) if part),
        "看卡片",
        _day(one.day, today),
        weight,
        "people",
        person.id,
    )


def _born(birth: PartialDate) -> str:
    return PartialDate(birth.year, birth.month).words()


def _many_birthdays(born: list[tuple[Any, Celebration]], today: date, people: Listing) -> Due:
    days = Counter(one.day for _, one in born)
    told = "、".join(f"{_day(day, today)} {days[day]} 人" for day in sorted(days))
    return Due(
        "近日生日",
        told,
        "看名单",
        f"{len(born)} 人",
        listing=people.picked([person.id for person, _ in born]),
    )


def _day(day: PartialDate, today: date) -> str:
    """A day near today as it is said: 今天, 明天, 1 月 29 日, 2 月内."""
    year = "" if day.year == today.year else "明年 " if day.year == today.year + 1 else f"{day.year} 年 "
    if day.day is None:
        return f"{year}{day.month} 月内"
    away = (day.first - today).days
    return {0: "今天", 1: "明天"}.get(away, f"{year}{day.month} 月 {day.day} 日")


def elections(session: Session, today: date) -> Group:
    """党支部换届: terms that have ended or end within six months, counted from the election."""
    query = sa.select(Branch.id, Branch.name, Branch.kind, Branch.elected, Branch.term_years).where(
        Branch.closed.is_(None), Branch.elected.is_not(None), Branch.kind.in_(ELECTING)
    )
    last = _months_on(today, ELECTION_MONTHS)
    ending = []
    for branch in session.execute(query):
        term = branch.term_years or (TERM_OF_COMMUNITY if branch.kind == COMMUNITY else TERM)
        end = solar_birthday(branch.elected, branch.elected.year + term)
        if end.first <= last:
            ending.append((end, branch, term))
    ending.sort(key=lambda one: (one[0].last, one[1].id))
    branches = Listing(register("branches"), today)
    return Group(
        "elections",
        "党支部换届",
        tuple(_election(end, branch, term, today) for end, branch, term in ending),
        len(ending),
        branches.picked([branch.id for _, branch, _ in ending]),
    )


def _election(end: PartialDate, branch: Any, term: int, today: date) -> Due:
    away = (end.last - today).days
    community = "社区支部" if branch.kind == COMMUNITY else ""
    if away < 0:
        when, weight = f"已超期 {-away} 天", Weight.LATE
    elif away <= ELECTION_SOON:
        when, weight = f"还有 {away} 天", Weight.SOON
    else:
        when, weight = f"{'' if end.year == today.year else '明年 '}{end.month} 月到期", Weight.PLAIN
    return Due(
        branch.name,
        f"{branch.elected.iso} 选举，{community}任期 {term} 年",
        "看支部",
        when,
        weight,
        "branches",
        branch.id,
    )


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def open_rounds(session: Session, today: date) -> Group:
    """走访未完成: rounds of the last months in which somebody on the books was not visited yet."""
    waiting = sa.func.sum(sa.case((Visit.state.in_(WAITING) & (Person.status == "1"), 1), else_=0))
    query = (
        sa.select(Round.id, Round.title, Round.occasion, sa.func.count(), waiting.label("waiting"))
        .join(Visit, Visit.round_id == Round.id)
        .join(Person, Person.id == Visit.person_id)
        .where(Round.day >= today - timedelta(days=ROUND_DAYS))
        .group_by(Round.id)
        .having(waiting > 0)
        .order_by(Round.day, Round.id)
    )
    rounds = [tuple(row) for row in session.execute(query)]
    festival = festivals_ahead(today)[0]
    dues = []
    for number, title, occasion, listed, left in rounds:
        near = codes.table("occasion").short(occasion) == festival.name
        visits = Listing(register("visits"), today).where(Condition("round_id", Op.IN, (title,)))
        dues.append(
            Due(
                title.partition(ALL_CADRES)[2] or title,
                f"{listed:,} 人，已走访 {listed - left:,} 人",
                "看批次",
                f"距{festival.name} {(festival.day - today).days} 天" if near else f"还有 {left:,} 人",
                register="rounds",
                record=number,
                listing=visits,
            )
        )
    kinds = {codes.table("occasion").short(occasion) for _, _, occasion, *_ in rounds}
    title = f"{kinds.pop()}走访未完成" if len(kinds) == 1 else "走访未完成"
    return Group("rounds", title, tuple(dues), sum(left for *_, left in rounds), apart=True)


def in_hospital(session: Session, today: date) -> Group:
    """住院: who lies in hospital, since when, and whether anybody went there within the week."""
    since = (
        sa.select(PersonFact.since)
        .where(PersonFact.owner_id == Person.id, PersonFact.aspect == "in_hospital")
        .order_by(PersonFact.since.desc(), PersonFact.booked.desc(), PersonFact.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    query = (
        sa.select(
            Person.id,
            Person.name,
            Person.last_unit,
            Person.last_post,
            since.label("since"),
            last_contact(AsOf(today)).label("seen"),
        )
        .where(Person.status == "1", Person.in_hospital.is_(True))
        .order_by(sa.text("since"), Person.id)
    )
    people = session.execute(query).all()
    dues = tuple(_patient(person, today) for person in people)
    listing = Listing(register("people"), today).where(
        Condition("status", Op.IN, ("1",)), Condition("in_hospital", Op.IN, (True,))
    )
    return Group("hospital", "住院", dues, len(dues), listing)


def _patient(person: Any, today: date) -> Due:
    since: PartialDate | None = person.since
    exact = since is not None and since.day is not None
    days = (today - since.first).days if since is not None and exact else 0
    alone = days >= HOSPITAL_DAYS and (
        person.seen is None or (since is not None and person.seen < since.first)
    )
    begun = (
        "" if since is None else f"{_day(since, today) if since.year == today.year else since.words()}起住院"
    )
    post = unit_and_post(person.last_unit, person.last_post)
    parts = (begun or "正在住院", "满一周未探望" if alone else "", post)
    return Due(
        person.name,
        "·".join(part for part in parts if part),
        "看卡片",
        f"{days} 天" if exact else "",
        Weight.SOON if alone else Weight.PLAIN,
        "people",
        person.id,
    )


def missing(session: Session, today: date) -> Group:
    """数据缺漏: what lists and figures will lack, each with the list of those concerned."""
    dues = []
    for name, what, key, conditions in _GAPS:
        listing = Listing(register(key), today).where(*conditions)
        count = listing.count(session)
        if count:
            unit = listing.register.measure
            dues.append(Due(name, what, "去补", f"{count:,} {unit}", listing=listing))
    return Group("gaps", "数据缺漏", tuple(dues), len(dues))


def _is(key: str, *values: Plain) -> Condition:
    return Condition(key, Op.IN, values)


def _lacks(key: str) -> Condition:
    return Condition(key, Op.EMPTY)


_CADRES: Final = (_is("status", "1"), _is("person_kind", "1"))
#: Name, what it means, register, who is concerned.
_GAPS: Final[tuple[tuple[str, str, str, Iterable[Condition]], ...]] = (
    (
        "党员无支部",
        "是党员，没有填所在党支部，支部名册里没有他们",
        "people",
        (*_CADRES, _is("political", "01", "02"), _lacks("branch_id")),
    ),
    ("无紧急联系人", "有急事找不到家里人", "people", (*_CADRES, _is("has_emergency", False))),
    ("无出生年月", "算不出年龄，生日和高龄名单里没有他们", "people", (*_CADRES, _lacks("birth_archive"))),
    (
        "支部无选举时间",
        "到期换届提醒不了",
        "branches",
        (_is("active", True), _is("kind", *ELECTING), _lacks("elected")),
    ),
)
