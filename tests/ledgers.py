"""A ledger like a clerk's own in its first week: a few units, people and branches."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from cadre_desk.actions import people, records
from cadre_desk.actions.records import How
from cadre_desk.db import cipher, ledger, migrations
from cadre_desk.db.clock import Clock
from cadre_desk.db.desk import Desk
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Contact, Place, User
from cadre_desk.db.settings import COUNTY, OFFICE, write
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.office import BRANCHES, UNITS
from cadre_desk.registers.register import Register

TODAY = date(2026, 1, 26)


def empty_desk(path: Path, *, today: date = TODAY, key: bytes = b"") -> Desk:
    """A desk on a new ledger that holds nothing."""
    key = key or cipher.new_key()
    with closing(cipher.connect(path, key, create=True)) as connection:
        migrations.migrate(connection, lambda: None)
    return Desk(path, key, clock=Clock(today), user="周敏", seed=1)


def village(folder: Path) -> Ledger:
    """A demo-like ledger with twelve people; it opens without a password."""
    book = ledger.create_open(folder / "village.cdesk", clock=Clock(TODAY), seed=7)
    book.desk.user = "周敏"
    fill(book.desk)
    return book


def fill(desk: Desk) -> None:
    """Twelve people in two units and two branches, two places, a contact."""
    with desk.unit("建账") as session:
        write(session, {OFFICE.key: "青岚县老干部局", COUNTY.key: "青岚县"})
        session.add_all([User(name="周敏", role="2"), User(name="何志远", role="1")])
        places = [Place(name="滨河街道", serial=1), Place(name="石桥镇", serial=2)]
        session.add_all(places)
        units = [
            _keep(session, UNITS, "2000", name="县水利局", serial=1, nature="1"),
            _keep(session, UNITS, "2000", name="县人民医院", serial=2, nature="2"),
        ]
        branches = [
            _keep(
                session, BRANCHES, "2010-06", name="水利系统支部", kind="1", founded_booked=date(2010, 6, 30)
            ),
            _keep(
                session, BRANCHES, "2025-03", name="滨河社区支部", kind="3", founded_booked=date(2025, 3, 31)
            ),
        ]
    with desk.unit("录入老干部") as session:
        for place, values in enumerate(PEOPLE):
            half = place % 2
            kept = people.admit(
                session,
                {
                    "person_kind": "1",
                    "manage_unit_id": units[half],
                    "place_id": places[half].id,
                    "branch_id": branches[half] if values["political"] == "01" else None,
                    **values,
                },
                today=TODAY,
            )
            if not place:
                session.add(
                    Contact(
                        person_id=kept.id, name="王立新", relation="20", phone="13900005678", emergency=True
                    )
                )


def _keep(session: Session, register: Register, since: str, **values: Any) -> int:
    day = PartialDate.from_iso(since)
    begun = {"founded": day} if "founded" in register.form else {}
    return records.keep(session, register, {**values, **begun}, today=TODAY, how=How.CHANGE, since=day).id


def _person(name: str, sex: str, born: str, retired: str, retire_type: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "sex": sex,
        "birth_archive": PartialDate.from_iso(born),
        "retire_date": PartialDate.from_iso(retired),
        "retire_type": retire_type,
        "political": "13",
        **more,
    }


PEOPLE: tuple[dict[str, Any], ...] = (
    _person(
        "王𬭎远",
        "1",
        "1936-02",
        "1996-03",
        "2",
        political="01",
        party_join=PartialDate(1964, 7),
        party_full=PartialDate(1965, 7),
        family_flags=("1",),
        phone="13996185678",
        last_unit="县水利局",
        last_post="总工程师",
        id_no="110105193602120015",
        treatment_level="41",
        address="滨河街道文昌路18号",
    ),
    _person(
        "于敬之",
        "1",
        "1928-11",
        "1985-06",
        "1",
        work_start=PartialDate(1947, 3),
        era="4",
        last_unit="县武装部",
    ),
    _person("丁茂才", "1", "1941-08", "2001-08", "2", family_flags=("1", "7"), last_unit="县供销社"),
    _person("卜兰芝", "2", "1938-03", "1993-03", "2", last_unit="县妇联", ability="2"),
    _person("马淑华", "2", "1943-05", "1998-05", "2", last_unit="县人民医院"),
    _person(
        "单国栋",
        "1",
        "1945-01-09",
        "2005-01",
        "2",
        last_unit="县财政局",
        political="01",
        party_join=PartialDate(1970, 10),
        party_full=PartialDate(1970, 10),
    ),
    _person("古丽努尔·阿卜杜热合曼", "2", "1951-04", "2006-04", "2", ethnic="05", last_unit="县人民医院"),
    _person("欧阳德厚", "1", "1931", "1991-12", "2", last_unit="县政府办"),
    _person("张建国", "1", "1950-01", "2010-01", "2", last_unit="县粮食局"),
    _person("张建国", "1", "1955-10", "2015-10", "2", last_unit="县林业局"),
    _person(
        "秦友谊",
        "2",
        "1970-05",
        "2025-11",
        "2",
        last_unit="县审计局",
        political="01",
        party_join=PartialDate(1995, 7),
        party_full=PartialDate(1996, 7),
    ),
    _person("黎世芬", "2", "1969-12", "2024-12", "2", last_unit="县审计局"),
)
