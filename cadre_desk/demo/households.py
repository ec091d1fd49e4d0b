"""Husbands and wives, children, telephones and bank accounts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Final

from cadre_desk.demo.books import later_month, month_of
from cadre_desk.demo.dice import Dice, Weighted
from cadre_desk.demo.gazetteer import Gazetteer
from cadre_desk.demo.life import Family, Life
from cadre_desk.demo.lists import words
from cadre_desk.demo.naming import FEMALE, MALE, Namer, family_of
from cadre_desk.demo.scale import WORKING_DAY
from cadre_desk.domain.dates import PartialDate

HUSBAND, WIFE = "11", "12"
_SONS: Final = ("22", "23", "24", "25")
_DAUGHTERS: Final = ("32", "33", "34", "35")
_ONLY: Final = {MALE: "21", FEMALE: "31"}
#: The one-child policy came in 1980: children by the first year of the parent's birth, youngest first.
_CHILDREN: Final = (
    (1955, Weighted.of({0: 2.0, 1: 84.0, 2: 14.0})),
    (1946, Weighted.of({0: 2.0, 1: 34.0, 2: 50.0, 3: 14.0})),
    (0, Weighted.of({0: 2.0, 1: 8.0, 2: 30.0, 3: 38.0, 4: 22.0})),
)
_FAR: Final = 0.36
_WIFE_YOUNGER: Final = (2, 1, 3, 0, 4, 5, -1, 6, -2, 7)
#: Few of this age have a mobile.
_LANDLINE_AGE: Final = 85
_CHILDREN_RETIRE: Final = 61
_ACCOUNT: Final = 0.93
_OTHERS_CARD: Final = 0.03
#: Pensions have been paid to cards since then; the last exchange of cards.
_CARDS_FROM: Final = date(2009, 1, 1)
_LAST_EXCHANGE: Final = 2024


def pair(dice: Dice, lives: list[Life], count: int) -> None:
    """Marry men and women of the same county who were born within a few years of each other."""
    free = [life for life in lives if life.double_of is None and not life.portrait and not life.lixiu]
    brides: dict[tuple[int, int], list[Life]] = defaultdict(list)
    for life in dice.shuffled([life for life in free if life.sex == FEMALE]):
        brides[life.office.county, life.born.year].append(life)
    left = count
    for man in dice.shuffled([life for life in free if life.sex == MALE]):
        if not left:
            return
        years = (man.born.year + younger for younger in _WIFE_YOUNGER)
        wives = next((brides[key] for year in years if brides.get(key := (man.office.county, year))), None)
        if wives:
            wife = wives.pop()
            man.partner, wife.partner = wife, man
            left -= 1


class Households:
    """Gives each person a family, telephones and accounts."""

    def __init__(self, dice: Dice, namer: Namer, gazetteer: Gazetteer, known: float) -> None:
        """Take who names and who numbers, and the share of families that are on file."""
        self._dice, self._namer, self._gazetteer, self._known = dice, namer, gazetteer, known

    def write(self, life: Life) -> None:
        """Fill the contacts and the accounts."""
        if life.double_of is not None:
            return
        self._family(life)
        if self._dice.chance(self._known):
            self._contacts(life)
        life.accounts = self.accounts(life)

    def _family(self, life: Life) -> None:
        """The family, shared with a husband or wife who is a cadre too."""
        partner = life.partner
        if partner is not None and partner.family is not None:
            life.family = Family(partner.family.surname, partner.name, children=partner.family.children)
            return
        husband = life if life.sex == MALE else partner
        spouse = None if life.flags & {"single", "divorced"} else self._spouse(life)
        father = husband.name if husband else (spouse or "")
        life.family = Family(family_of(father), spouse, spouse_dead=life.widowed is not None)
        if partner is None:
            shift = -self._dice.pick(_WIFE_YOUNGER) if life.sex == FEMALE else self._dice.pick(_WIFE_YOUNGER)
            life.family.spouse_born = life.born.year + shift
        if not life.flags & {"childless", "single"}:
            life.family.children = self._children(life, life.family.surname)

    def _spouse(self, life: Life) -> str:
        if life.partner is not None:
            return life.partner.name
        return self._namer.spouse(FEMALE if life.sex == MALE else MALE, life.born.year)

    def _children(self, life: Life, surname: str) -> list[dict[str, Any]]:
        """Children from the eldest on, each with a birth, a place of work and a telephone."""
        dice = self._dice
        count = dice.weigh(next(table for year, table in _CHILDREN if life.born.year >= year))
        children: list[dict[str, Any]] = []
        born = life.born.year + dice.between(22, 27)
        ranks = {MALE: list(_SONS), FEMALE: list(_DAUGHTERS)}
        names: set[str] = set()
        for _ in range(count):
            sex = MALE if dice.chance(0.52) else FEMALE
            name = self._namer.child(surname, sex)
            while name in names:
                name = self._namer.child(surname, sex)
            names.add(name)
            far = dice.chance(_FAR)
            retired = born <= WORKING_DAY.year - _CHILDREN_RETIRE
            work = "退休" if retired else dice.pick(words("phrases")["far_jobs" if far else "jobs"])
            children.append(
                {
                    "name": name,
                    "relation": _ONLY[sex] if count == 1 else ranks[sex].pop(0),
                    "birth": PartialDate(born, dice.between(1, 12))
                    if dice.chance(0.8)
                    else PartialDate(born),
                    "workplace": work,
                    "phone": self._gazetteer.mobile(),
                    "remote": far,
                }
            )
            born += dice.between(2, 4)
        return children

    def telephones(self, life: Life) -> None:
        """Fill the columns of telephone; a spouse's number stands among the contacts, so all come first."""
        if life.double_of is not None:
            return
        dice, values = self._dice, life.values
        old = life.age(WORKING_DAY) >= _LANDLINE_AGE
        if dice.chance(0.72 if old else 0.97):
            values.setdefault("phone", self._gazetteer.mobile())
        if dice.chance(0.3 if old else 0.1):
            values["landline"] = self._gazetteer.landline()
        if values.get("phone") and not old and dice.chance(0.3):
            values["wechat"] = values["phone"]

    def _contacts(self, life: Life) -> None:
        """Who can be called: husband or wife, then children; mostly one of them for emergencies."""
        if life.family is None or ("no_emergency" in life.flags and self._dice.chance(0.35)):
            return
        told = life.family.spouse and self._dice.chance(0.85)
        listed = [self._spouse_contact(life, life.family)] if told else []
        listed += [self._row(**child) for child in life.family.children]
        if not listed and "no_emergency" not in life.flags:
            listed.append(self._relative(life))
        if "no_emergency" not in life.flags:
            living = [row for row in listed if not row["died"]] or [self._relative(life)]
            listed += [row for row in living if row not in listed]
            near = [row for row in living if not row["remote"]]
            for row in (near or living)[: 2 if self._dice.chance(0.25) else 1]:
                row["emergency"] = True
            if "ill" in life.flags:
                (near or living)[0]["guardian"] = True
        life.contacts = listed

    def _spouse_contact(self, life: Life, family: Family) -> dict[str, Any]:
        partner = life.partner
        dead = life.widowed is not None
        dice = self._dice
        work = (
            f"{partner.office.short}退休干部"
            if partner
            else dice.pick(("退休", "退休", "务农", *words("phrases")["jobs"][:3]))
        )
        born = (
            partner.values.get("birth_archive")
            if partner
            else PartialDate(family.spouse_born, dice.between(1, 12))
        )
        return self._row(
            name=family.spouse or "",
            relation=WIFE if life.sex == MALE else HUSBAND,
            birth=born,
            workplace=None if dead else work,
            phone=None if dead else (partner.values.get("phone") if partner else self._gazetteer.mobile()),
            died=True if dead else None,
        )

    def _relative(self, life: Life) -> dict[str, Any]:
        """A nephew or niece, where there is nobody nearer."""
        sex = MALE if self._dice.chance(0.5) else FEMALE
        name = self._namer.child(family_of(life.name), sex)
        return self._row(
            name=name, relation="97", phone=self._gazetteer.mobile(), note="侄子" if sex == MALE else "侄女"
        )

    @staticmethod
    def _row(**known: Any) -> dict[str, Any]:
        keys = (
            "name",
            "relation",
            "birth",
            "workplace",
            "phone",
            "emergency",
            "guardian",
            "remote",
            "died",
            "note",
        )
        return {**dict.fromkeys(keys), **known}

    def accounts(self, life: Life) -> list[dict[str, Any]]:
        """The bank accounts of a person, an old one before the new; none for a few."""
        dice = self._dice
        if not dice.chance(_ACCOUNT):
            return []
        found = []
        since = month_of(max(later_month(life.retired, 1), _CARDS_FROM))
        if dice.chance(0.05) and since.year < _LAST_EXCHANGE:
            until = PartialDate(dice.between(max(since.year, 2016), _LAST_EXCHANGE), 12)
            found.append(self._account(life.name, since, until, "换卡"))
            since = PartialDate(until.year + 1, 1)
        children = life.family.children if life.family else []
        if children and not life.portrait and dice.chance(_OTHERS_CARD):
            child = dice.pick(children)
            return [
                *found,
                self._account(child["name"], since, None, "本人行动不便，子女代收", child["relation"]),
            ]
        return [*found, self._account(life.name, since, None, None)]

    def _account(
        self,
        holder: str,
        since: PartialDate,
        until: PartialDate | None,
        note: str | None,
        relation: str = "01",
    ) -> dict[str, Any]:
        dice = self._dice
        return {
            "holder": holder,
            "bank": dice.pick(words("phrases")["banks"]),
            "card_no": self._gazetteer.passbook() if dice.chance(0.015) else self._gazetteer.card(),
            "relation": relation,
            "since": since,
            "until": until,
            "note": note,
        }
