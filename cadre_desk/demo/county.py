"""The demo county 青岚县: an invented, believable ledger of five years, the same in every build."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cadre_desk.db import settings
from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Setting
from cadre_desk.demo.careers import Files, ethnic_of
from cadre_desk.demo.chronicle import SETTING_UP, Chronicle, Entry
from cadre_desk.demo.company import Company
from cadre_desk.demo.conditions import Conditions
from cadre_desk.demo.dice import Dice
from cadre_desk.demo.gazetteer import Gazetteer
from cadre_desk.demo.households import Households, pair
from cadre_desk.demo.life import Change, Life
from cadre_desk.demo.naming import ETHNIC, HAN, TIBETAN, UYGHUR, Namer
from cadre_desk.demo.offices import Offices, branches
from cadre_desk.demo.organising import FIRST_DAY, Organising, reorganise
from cadre_desk.demo.parties import Rolls
from cadre_desk.demo.population import Population
from cadre_desk.demo.scale import WORKING_DAY, Scale, Size
from cadre_desk.demo.writing import Meanwhile, Progress, write
from cadre_desk.domain.dates import PartialDate

OFFICE: Final = "青岚县老干部局"
COUNTY: Final = "青岚县"
CLERK: Final = "周敏"
SEED: Final = 20260126
#: The last things done before the working day's pictures: whose record, when, what was there before.
_LATELY: Final = (
    ("王𬭎远", "修改联系电话", date(2026, 1, 22), "phone", "13900005676"),
    ("赵克勤", "更正农历生日", date(2026, 1, 23), "lunar_birth", None),
    ("丁茂才", "修改备注", WORKING_DAY, "note", None),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was built: records by kind, and those on the books today."""

    people: int
    on_books: int
    branches: int
    units: int
    facts: int
    acts: int


def build(
    desk: Desk,
    *,
    size: Size = Size.COUNTY,
    progress: Progress | None = None,
    meanwhile: Sequence[Meanwhile] = (),
) -> Counts:
    """Fill an empty ledger with the county; the same size gives the same rows and times of acts.

    The desk must have been opened with a seed if uids are to be the same too. The desk's clock and user stay
    as they were. ``progress`` is told the title of each act, how many are done, and how many there are;
    ``meanwhile`` is done at its moment, as the desk's user.
    """
    scale = size.scale
    dice = Dice(SEED)
    offices, gazetteer = Offices(scale.counties), Gazetteer(dice, scale.counties)
    lives, beside = _lives(dice, scale, offices, gazetteer)
    plans = branches(scale.counties)
    chronicle = Chronicle()
    organising = Organising(chronicle, dice, offices, scale.counties)
    _found_office(chronicle)
    organising.office()
    organising.places(gazetteer)
    organising.units()
    organising.branches(plans, lives, gazetteer)
    for life in (*lives, *beside):
        chronicle.tell(life)
    acts: list[Entry] = chronicle.acts()
    write(desk, acts, progress, meanwhile)
    return Counts(
        people=len(lives) + len(beside),
        on_books=sum(life.on_books for life in lives),
        branches=sum(plan.counted and plan.closed is None for plan in plans),
        units=len(offices.all),
        facts=chronicle.facts,
        acts=len(acts),
    )


def _lives(dice: Dice, scale: Scale, offices: Offices, gazetteer: Gazetteer) -> tuple[list[Life], list[Life]]:
    """The cadres, then those registered beside them, each wholly told."""
    lives = Population(dice, scale, offices).people()
    namer = Namer(dice)
    for life in lives:
        _name(life, dice, namer)
    pair(dice, lives, scale.couples)
    conditions, files = Conditions(dice, gazetteer), Files(dice, gazetteer)
    conditions.settle(lives, scale)
    households = Households(dice, namer, gazetteer, scale.families)
    rolls = Rolls(dice, branches(scale.counties), gazetteer)
    for write_one in (files.write, conditions.write, rolls.write, households.telephones, households.write):
        for life in lives:
            write_one(life)
    for life in lives:
        reorganise(life, offices)
    _number(lives)
    _lately(lives)
    company = Company(dice, namer, gazetteer, offices, households)
    return lives, company.people(lives, scale)


def _name(life: Life, dice: Dice, namer: Namer) -> None:
    """A name and a people; of the peoples without surnames only as many as there are names for."""
    if life.double_of is not None:
        life.name, life.ethnic = life.double_of.name, life.double_of.ethnic
        return
    thrown = dice.weigh(ETHNIC)
    if thrown in {UYGHUR, TIBETAN} and not namer.has(thrown, life.sex):
        thrown = HAN
    life.ethnic = ethnic_of(life, thrown)
    if not life.name:
        life.name = namer.cadre(life.sex, life.born.year, life.ethnic)


def _number(lives: list[Life]) -> None:
    """机构内序: the order within each unit's own roster."""
    last: dict[int, int] = {}
    for life in lives:
        unit = life.values["manage_unit_id"] or 0
        last[unit] = last.get(unit, 0) + 1
        life.values["serial"] = last[unit]


def _lately(lives: list[Life]) -> None:
    """A few single acts of the last days."""
    by_name = {life.name: life for life in lives if life.portrait}
    for name, heading, day, key, before in _LATELY:
        life = by_name[name]
        life.values.setdefault(key, "春节前后在成都小儿子家")
        after = {key: life.values[key]}
        life.changes.append(Change(heading, PartialDate.of(day), day, {key: before}, after))


def _found_office(chronicle: Chronicle) -> None:
    entry = chronicle.entry(FIRST_DAY, SETTING_UP, "建账：填写单位信息")
    values = {settings.OFFICE.key: OFFICE, settings.COUNTY.key: COUNTY, settings.LEADER.key: "罗永昌"}
    for key, value in values.items():
        entry.insert(Setting, {"key": key, "value": json.dumps(value, ensure_ascii=False)})
