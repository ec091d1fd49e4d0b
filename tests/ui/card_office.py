"""A small office for the tests of cards and forms: five invented people, two branches and units, a round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from cadre_desk.actions import people, records
from cadre_desk.db.clock import Clock
from cadre_desk.db.desk import Desk
from cadre_desk.db.ledger import Ledger, create_open, open_ledger, openly
from cadre_desk.db.models import Round, Visit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.lunar import LunarDay
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.kit import theme
from cadre_desk.ui.office import Go, Office, Person, Said

TODAY = date(2026, 1, 26)
_NAME = "office.cdesk"

SUN: dict[str, Any] = {
    "person_kind": "1",
    "name": "孙德奎",
    "id_no": "500101195301140414",
    "sex": "1",
    "ethnic": "01",
    "birth_archive": PartialDate(1953, 1),
    "birth_id": date(1953, 1, 14),
    "lunar_birth": LunarDay(6, 9),
    "work_start": PartialDate(1971, 12),
    "last_unit": "县供电公司",
    "last_post": "书记",
    "pre_level": "141",
    "retire_type": "2",
    "retire_date": PartialDate(2013, 2),
    "treatment_level": "41",
    "political": "01",
    "party_join": PartialDate(1980, 7),
    "party_full": PartialDate(1981, 7),
}

WANG: dict[str, Any] = {
    "person_kind": "1",
    "name": "王𬭎远",
    "former_name": "王宏远",
    "id_no": "500101193702110014",
    "sex": "1",
    "ethnic": "01",
    "native_place": "青岚县石桥镇",
    "birth_archive": PartialDate(1936, 2),
    "birth_id": date(1937, 2, 11),
    "lunar_birth": LunarDay(1, 21),
    "work_start": PartialDate(1956, 8),
    "last_unit": "县水利局",
    "last_post": "总工程师",
    "pre_level": "141",
    "title": "高级工程师（副高）",
    "retire_type": "2",
    "retire_date": PartialDate(1996, 3),
    "approval_no": "青组干〔1996〕17号",
    "treatment_level": "41",
    "pay_unit": "县机关事业养老保险中心",
    "phone": "13900005678",
    "address": "滨河街道文昌路 18 号 2 栋 301",
    "live_mode": "1",
    "family_flags": ("1",),
    "health": "3",
    "political": "01",
    "party_join": PartialDate(1964, 7),
    "party_full": PartialDate(1965, 7),
    "link_leader": "县委组织部 陈立新",
    "link_clerk": "周敏",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of the records that tests name."""

    wang: int
    sun: int
    others: tuple[int, ...]
    water: int
    power: int
    water_branch: int
    power_branch: int
    contact: int
    round: int


def build(ledger: Ledger) -> Keys:
    """Write the small office into an empty ledger, act by act, as clerks would have."""
    ledger.desk.user = "周敏"
    desk = ledger.desk
    with desk.unit("建立单位和支部") as session:
        water = _keep(session, "units", {"name": "县水利局", "nature": "1", "serial": 1})
        power = _keep(session, "units", {"name": "县供电公司", "nature": "3", "serial": 2})
        place = _keep(session, "places", {"name": "滨河街道", "serial": 1})
        water_branch = _keep(
            session, "branches", {"name": "水利系统支部", "kind": "1", "unit_id": water, "serial": 1}
        )
        power_branch = _keep(
            session, "branches", {"name": "供电系统支部", "kind": "1", "unit_id": power, "serial": 2}
        )
    wang = _admit(desk, {**WANG, "manage_unit_id": water, "place_id": place, "branch_id": water_branch})
    sun = _admit(desk, {**SUN, "manage_unit_id": power, "branch_id": power_branch})
    others = tuple(
        _admit(desk, {"person_kind": "1", "name": name, "birth_archive": born, "retire_type": "2"})
        for name, born in (
            ("丁茂才", PartialDate(1941, 8)),
            ("卜兰芝", PartialDate(1938, 3)),
            ("马淑华", PartialDate(1943, 5)),
        )
    )
    with desk.unit("登记联系人：王𬭎远") as session:
        contact = _keep(
            session,
            "contacts",
            {
                "person_id": wang,
                "name": "王建明",
                "relation": "22",
                "phone": "13800006127",
                "emergency": True,
            },
        )
    return Keys(
        wang, sun, others, water, power, water_branch, power_branch, contact, _visit(desk, (wang, sun))
    )


def _keep(session: Session, register: str, values: dict[str, Any]) -> int:
    return records.keep(session, REGISTERS[register], values, today=TODAY, how=records.How.CHANGE).id


def _admit(desk: Desk, values: dict[str, Any]) -> int:
    with desk.unit(f"登记新退休：{values['name']}") as session:
        return people.admit(session, values, today=TODAY, kind="10", happened=values.get("retire_date")).id


def _visit(desk: Desk, persons: tuple[int, ...]) -> int:
    """A round with the first person visited."""
    with desk.unit("造册：春节慰问") as session:
        made = Round(
            title="青岚县离退休干部2026年春节慰问",
            year=2026,
            occasion="01",
            day=date(2026, 1, 6),
            rule="离休、独居",
        )
        session.add(made)
        session.flush()
        for serial, person in enumerate(persons, start=1):
            session.add(
                Visit(
                    round_id=made.id,
                    person_id=person,
                    serial=serial,
                    reason="春节慰问",
                    cash=50000,
                    goods="米面油",
                    receive_way="1",
                    booked=date(2026, 1, 6),
                    state="2" if serial == 1 else "1",
                    done=date(2026, 1, 12) if serial == 1 else None,
                    method="1" if serial == 1 else None,
                    visitors="陈立新、周敏" if serial == 1 else None,
                    cash_given=50000 if serial == 1 else None,
                    goods_given="米面油" if serial == 1 else None,
                    leader="陈立新" if serial == 1 else None,
                )
            )
        session.flush()
        return made.id


@cache
def _built() -> tuple[dict[str, bytes], Keys]:
    """The office as files, written once for all tests."""
    with TemporaryDirectory() as folder:
        ledger = create_open(Path(folder) / _NAME, clock=Clock(TODAY))
        try:
            keys = build(ledger)
        finally:
            ledger.close()
        return {one.name: one.read_bytes() for one in Path(folder).iterdir() if one.is_file()}, keys


@contextmanager
def small_office(folder: Path) -> Iterator[tuple[Ledger, Keys]]:
    """The office in a ledger of its own, on the demo's working day."""
    files, keys = _built()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    ledger = open_ledger(folder / _NAME, openly, user="周敏", clock=Clock(TODAY))
    try:
        yield ledger, keys
    finally:
        ledger.close()


def dress(app: QApplication, factor: float = 1.0) -> None:
    """The theme at a text size, put on only where another one is worn: dressing every test takes longest."""
    if not app.styleSheet() or theme.scale().factor != factor:
        theme.apply_theme(app, factor)


@contextmanager
def open_office(folder: Path) -> Iterator[tuple[Office, Keys, list[Said], list[Go]]]:
    """The small office behind windows: what was said to the clerk and where she was led are collected."""
    with small_office(folder) as (ledger, keys):
        office = Office(ledger, Person("周敏", "2"))
        said: list[Said] = []
        went: list[Go] = []
        office.said.connect(said.append)
        office.wanted.connect(went.append)
        try:
            yield office, keys, said, went
        finally:
            office.jobs.close()
