"""An office in which something of every kind is due on 26 January 2026; everybody in it is invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import people, records
from cadre_desk.db import ledger as ledgers
from cadre_desk.db.clock import Clock
from cadre_desk.db.ledger import Founder, Ledger
from cadre_desk.db.models import Person, Round, Visit
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.lunar import LunarDay
from cadre_desk.registers.catalogue import REGISTERS

TODAY: Final = date(2026, 1, 26)
PASSWORD: Final = "兰桂齐芳2026年"
CODE: Final = new_recovery_code()

#: What is known of each person.
PEOPLE: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "赵克勤",
        "birth_archive": PartialDate(1938, 1, 12),
        "lunar_birth": LunarDay(12, 11),  # falls on 29 January 2026
        "birthday_habit": "2",
    },
    {
        "name": "王宏远",
        "birth_archive": PartialDate(1936, 2),
        "last_unit": "县水利局",
        "last_post": "总工程师",
    },
    {"name": "唐明义", "birth_archive": PartialDate(1941, 2, 9), "birthday_habit": "1"},
    {"name": "丁茂才", "birth_archive": PartialDate(1946, 6, 1)},
    {"name": "邓长河", "birth_archive": PartialDate(1945, 9), "last_unit": "县委", "last_post": "副书记"},
    {"name": "覃玉芬", "birth_archive": PartialDate(1948, 5)},
    {
        "name": "马淑华",
        "birth_archive": PartialDate(1950, 5, 5),
        "political": "01",
        "party_join": PartialDate(1975, 7),
    },
)


def found(folder: Path, clock: Clock | None = None) -> Ledger:
    """An empty ledger of the office, with its 管理员 周敏."""
    founder = Founder("青岚县老干部局", "青岚县", "周敏", PASSWORD, CODE)
    return ledgers.create(folder / "青岚县老干部台账.cdesk", founder, clock=clock or Clock(TODAY))


def fill(ledger: Ledger) -> dict[str, int]:
    """Write the office's people, branches and round; answers the people's keys by name."""
    keys: dict[str, int] = {}
    for person in PEOPLE:
        with ledger.desk.unit(f"登记：{person['name']}") as session:
            values = {"person_kind": "1", "retire_type": "2", "sex": "1", **person}
            keys[person["name"]] = people.admit(
                session, values, today=TODAY, happened=PartialDate(2006, 1)
            ).id
    with ledger.desk.unit("登记住院") as session:
        _into_hospital(session, keys["邓长河"], PartialDate(2026, 1, 18))
        _into_hospital(session, keys["覃玉芬"], PartialDate(2026, 1, 23))
    with ledger.desk.unit("登记支部") as session:
        _branch(session, "教育系统第三支部", "1", PartialDate(2023, 3, 18), 3)
        _branch(session, "东门社区支部", "3", PartialDate(2021, 6, 30), None)
        _branch(session, "水利系统支部", "1", PartialDate(2022, 12), None)
        _branch(session, "供销商贸联合支部", "2", PartialDate(2024, 5), None)
        _branch(session, "书画组功能型支部", "5", PartialDate(2019, 5), None)
        _branch(session, "县直离休支部", "1", None, None)
    _round(ledger)
    return keys


def _into_hospital(session: Session, person: int, since: PartialDate) -> None:
    people.keep_person(
        session, {"in_hospital": True}, person, today=TODAY, how=records.How.CHANGE, since=since
    )


def _branch(session: Session, name: str, kind: str, elected: PartialDate | None, term: int | None) -> None:
    values = {
        "name": name,
        "kind": kind,
        "elected": elected,
        "term_years": term,
        "founded": PartialDate(2010),
    }
    records.keep(
        session,
        REGISTERS["branches"],
        values,
        today=TODAY,
        how=records.How.CHANGE,
        since=PartialDate(2010),
    )


def _round(ledger: Ledger) -> None:
    """Seven on the list, two visited; one of the five others has died since."""
    with ledger.desk.unit("造册：春节慰问") as session:
        made = Round(
            title="青岚县离退休干部2026年春节慰问",
            year=2026,
            occasion="01",
            day=date(2026, 1, 6),
            rule="全部",
        )
        session.add(made)
        session.flush()
        for serial, person in enumerate(session.scalars(sa.select(Person.id)), start=1):
            done = date(2026, 1, 12) if serial <= 2 else None
            session.add(
                Visit(
                    round_id=made.id,
                    person_id=person,
                    serial=serial,
                    reason="春节慰问",
                    cash=50000,
                    state="2" if done else "1",
                    done=done,
                    booked=date(2026, 1, 6),
                )
            )
    with ledger.desk.unit("登记去世：丁茂才") as session:
        person = session.scalars(sa.select(Person.id).where(Person.name == "丁茂才")).one()
        people.record_death(session, person, PartialDate(2026, 1, 20), today=TODAY)
