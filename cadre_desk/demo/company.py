"""遗属 and 社会老年人: they are visited and taught, and never counted as 离退休干部 (handbook 1.1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from cadre_desk.demo.books import entry_day, later_month
from cadre_desk.demo.dice import Dice
from cadre_desk.demo.gazetteer import Gazetteer
from cadre_desk.demo.households import Households
from cadre_desk.demo.life import CITIZEN, SURVIVOR, Arrival, Departure, Family, Life
from cadre_desk.demo.lists import words
from cadre_desk.demo.naming import ETHNIC, FEMALE, HAN, MALE, TIBETAN, UYGHUR, Namer
from cadre_desk.demo.offices import Offices, Post
from cadre_desk.demo.population import BALANCE, DEATH, FOUND
from cadre_desk.demo.scale import OPENING, WORKING_DAY, Scale
from cadre_desk.domain.dates import PartialDate

_NOBODY: Final = Post("", "", "")
_TERMS: Final = (date(2022, 9, 6), date(2023, 9, 5), date(2024, 9, 4), date(2025, 9, 3))
_BUREAU: Final = "县委老干部局"


class Company:
    """Makes those who are registered beside the cadres."""

    def __init__(
        self, dice: Dice, namer: Namer, gazetteer: Gazetteer, offices: Offices, households: Households
    ) -> None:
        """Take who names, houses and gives families."""
        self._dice, self._namer, self._gazetteer = dice, namer, gazetteer
        self._offices, self._households = offices, households

    def people(self, lives: list[Life], scale: Scale) -> list[Life]:
        """The survivors of cadres who died, and citizens of the university for the aged, with their ids."""
        left = [
            (life, life.departure, life.family)
            for life in lives
            if life.departure is not None
            and life.family is not None
            and _leaves_a_survivor(life, life.departure)
        ]
        found = [self._survivor(*late) for late in self._dice.some(left, scale.survivors)]
        found += [self._citizen(number, scale.citizens) for number in range(scale.citizens)]
        found.sort(key=lambda life: (life.arrival.entered, life.kind))
        for number, life in enumerate(found, start=len(lives) + 1):
            life.id = number
        return found

    def _survivor(self, late: Life, gone: Departure, family: Family) -> Life:
        dice = self._dice
        sex = FEMALE if late.sex == MALE else MALE
        born = dice.day(date(family.spouse_born, 1, 1), date(family.spouse_born, 12, 31))
        told = entry_day(gone.entered + timedelta(days=dice.between(12, 60)))
        arrival = Arrival(FOUND, PartialDate.of(told), told, reason="遗属登记")
        life = Life(sex, born, arrival, self._offices.keeper(late.office), _NOBODY, OPENING, kind=SURVIVOR)
        life.name, life.home = family.spouse or "", late.home
        self._common(life)
        life.values |= {"spouse_of_id": late.id, "marital": "30", "manage_unit_id": life.office.id}
        life.values["last_unit"] = dice.pick(("县百货公司", "石桥镇农民", "县丝绸公司", None, "城关街道居民"))
        shared = [row for row in family.children if dice.chance(0.8)]
        life.contacts = [
            {**dict.fromkeys(("emergency", "guardian", "died", "note")), **row} for row in shared
        ]
        if life.contacts:
            life.contacts[0]["emergency"] = True
        life.accounts = self._households.accounts(life)
        last = later_month(told, 8)
        if dice.chance(0.06) and last < date(2025, 10, 1):
            day = dice.day(last, date(2025, 12, 1))
            life.departure = Departure(DEATH, "2", PartialDate.of(day), entry_day(day + timedelta(days=5)))
        return life

    def _citizen(self, number: int, count: int) -> Life:
        """A learner who is no cadre: half of them were there when the ledger began."""
        dice = self._dice
        sex = FEMALE if dice.chance(0.72) else MALE
        born = dice.day(date(1945, 1, 1), date(1968, 12, 31))
        if number * 2 < count:
            arrival = Arrival(BALANCE, PartialDate.of(OPENING), date(2021, 1, 13), reason="建账时在册")
        else:
            day = _TERMS[number % len(_TERMS)]
            arrival = Arrival(FOUND, PartialDate.of(day), day, reason="老年大学报名登记")
        life = Life(sex, born, arrival, self._offices.named(_BUREAU), _NOBODY, OPENING, kind=CITIZEN)
        life.name = self._namer.cadre(sex, born.year, HAN)
        life.home = self._gazetteer.home(self._gazetteer.somewhere(0))
        self._common(life)
        life.values |= {
            "marital": "20",
            "last_unit": "居民",
            "hobby_group": dice.pick(words("phrases")["hobbies"]),
        }
        return life

    def _common(self, life: Life) -> None:
        """Name, birth, home and telephone."""
        dice, home = self._dice, life.home
        ethnic = dice.weigh(ETHNIC)
        number = self._gazetteer.id_number(life.born, life.sex) if dice.chance(0.9) else None
        values: dict[str, Any] = {
            "name": life.name,
            "sex": life.sex,
            "ethnic": HAN if ethnic in {UYGHUR, TIBETAN} else ethnic,
            "id_no": number,
            "birth_archive": PartialDate(life.born.year, life.born.month),
            "birth_id": life.born if number else None,
            "live_mode": "1",
            "place_id": home.place if home else None,
            "address": home.address if home else None,
            "community": home.community if home else None,
            "live_division": home.division[:6] if home else None,
            "medical_kind": "4" if dice.chance(0.6) else "2",
        }
        life.values.update(values)
        self._households.telephones(life)


def _leaves_a_survivor(life: Life, gone: Departure) -> bool:
    """Whether somebody died long enough ago and left a husband or wife who is no cadre."""
    if gone.kind != DEATH or life.partner is not None or life.widowed is not None:
        return False
    return (
        life.family is not None
        and bool(life.family.spouse)
        and gone.entered < WORKING_DAY - timedelta(days=75)
    )
