"""Who comes onto the books and who leaves them: five years that balance to the person."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from cadre_desk.demo import portraits
from cadre_desk.demo.books import desk_day, entry_day, later_month, month_of
from cadre_desk.demo.dice import Dice, Weighted
from cadre_desk.demo.life import DEAD, MOVED, STRUCK, Arrival, Departure, Life
from cadre_desk.demo.lists import words
from cadre_desk.demo.naming import FEMALE, MALE
from cadre_desk.demo.offices import ENTERPRISE, Office, Offices, Post, county_leaders, posts
from cadre_desk.demo.scale import OPENING, WORKING_DAY, Flow, Scale
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.retirement import RetireBasis, statutory_retirement

BALANCE, NEW, IN, FOUND = "10", "11", "12", "13"
DEATH, OUT, MISTAKE = "21", "22", "24"
ENTERED_FIRST: Final = date(2021, 1, 6)

#: How many of each age an opening roster holds, at the ages named; between them it changes evenly.
_PYRAMID: Final = (
    (50, 3), (54, 10), (55, 34), (59, 46), (60, 84), (62, 116), (66, 124), (70, 126), (75, 112), (80, 88),
    (85, 54), (90, 19), (94, 5), (97, 1),
)  # fmt: skip
#: Statutory ages before 2025: men, women cadres, women workers.
_ADULT, _WOMAN, _WORKER = 60, 55, 50
#: Who still moves to another county.
_MOVES_UNTIL: Final = 79
_MEN_FROM_SIXTY: Final = 0.64
_MEN_BEFORE: Final = 0.10
_LIXIU_BORN: Final = Weighted.of(
    {1923: 2.0, 1924: 3.0, 1925: 4.0, 1926: 6.0, 1927: 8.0, 1928: 12.0, 1929: 13.0, 1930: 11.0, 1931: 6.0}
)
#: 离休 was given from the end of 1982 on (国发〔1982〕62号).
_LIXIU_FROM: Final = date(1982, 12, 1)
#: Women's ages at retirement: 55, 60 with a senior title or post, 50 in enterprises.
_WOMEN: Final = Weighted.of({_WOMAN: 72.0, _ADULT: 15.0, _WORKER: 13.0})
#: Nobody left before this age, however early.
_YOUNGEST: Final = 46
_EARLY: Final = 0.07
_FLEXIBLE: Final = 0.08
_NEW_RULE: Final = 2025
_LEADERS_UNIT: Final = "四大班子"
_WINTER: Final = Weighted.of(dict(zip(range(1, 13), (13, 10, 9, 8, 7, 7, 7, 7, 7, 8, 8, 10), strict=True)))


class Population:
    """Makes the people of a ledger, each with a beginning and, for some, an end."""

    def __init__(self, dice: Dice, scale: Scale, offices: Offices) -> None:
        """Take what they are made from."""
        self._dice, self._scale, self._offices = dice, scale, offices
        self.lives: list[Life] = []
        self._ages = Weighted((age, weight) for age, weight in _ages())
        self._doubles: list[Life] = []

    def people(self) -> list[Life]:
        """Everybody who was ever on the books, in the order in which they were entered, with their ids."""
        known = portraits.lives(self._offices)
        lixiu = sum(life.lixiu for life in known)
        self.lives += known
        self.lives += [self._lixiu() for _ in range(max(self._scale.opening_lixiu - lixiu, 0))]
        self.lives += [self._retired() for _ in range(self._scale.opening - len(self.lives))]
        for flow in self._scale.flows:
            self._leave(flow)
            self._come(flow)
            self._double(flow)
        self.lives.sort(key=_entering)
        for number, life in enumerate(self.lives, start=1):
            life.id = number
        return self.lives

    def _lixiu(self) -> Life:
        dice = self._dice
        sex = MALE if dice.chance(0.74) else FEMALE
        born = _day_in(dice, dice.weigh(_LIXIU_BORN))
        retired = max(later_month(born, 12 * (_ADULT if sex == MALE else _WOMAN)), _LIXIU_FROM)
        office = dice.weigh(self._offices.by_weight)
        life = self._life(
            sex, born, later_month(retired, dice.between(0, 14)), office, _opening(), lixiu=True
        )
        life.lixiu = True
        return life

    def _retired(self) -> Life:
        """Somebody who was retired when the ledger began."""
        dice = self._dice
        age = dice.weigh(self._ages)
        sex = MALE if dice.chance(_MEN_FROM_SIXTY if age >= _ADULT else _MEN_BEFORE) else FEMALE
        born = _day_in(dice, OPENING.year - age)
        usual = _ADULT if sex == MALE else dice.weigh(_WOMEN)
        early = age < usual or dice.chance(_EARLY)
        if age < usual and sex == FEMALE:
            usual, early = (_WOMAN if age >= _WOMAN else _WORKER), False
        at = max(min(usual - dice.between(1, 8), age), _YOUNGEST) if early else usual
        retired = min(later_month(born, 12 * at + dice.between(0, 1)), OPENING.replace(day=1))
        life = self._life(sex, born, retired, self._workplace(usual, sex), _opening(), senior=usual == _ADULT)
        life.early = early
        return life

    def _workplace(self, usual: int, sex: str) -> Office:
        """A unit: women who stayed until 60 had senior posts, those who left at 50 worked in enterprises."""
        if sex == FEMALE and usual == _ADULT:
            return self._dice.weigh(self._offices.senior)
        return self._dice.weigh(self._offices.enterprises if usual == _WORKER else self._offices.by_weight)

    def _life(
        self,
        sex: str,
        born: date,
        retired: date,
        office: Office,
        arrival: Arrival,
        *,
        senior: bool = False,
        lixiu: bool = False,
    ) -> Life:
        table = posts(office.posts)
        if sex == FEMALE and senior:
            table = Weighted((post, 1.0) for post in table.items if post.senior)
        post = self._dice.weigh(table)
        leading = ""
        if office.posts == _LEADERS_UNIT and post.name == "县级领导":
            leading, post = self._dice.weigh(county_leaders())
        elif lixiu and not post.level and office.nature != ENTERPRISE:
            post = Post(post.name, "150", post.title)
        return Life(sex, born, arrival, office, post, retired, leading=leading)

    def _come(self, flow: Flow) -> None:
        for _ in range(flow.new):
            self.lives.append(self._new(flow.year))
        for _ in range(flow.moved_in):
            self.lives.append(self._moved_in(flow.year))
        for _ in range(flow.found):
            self.lives.append(self._found(flow.year))

    def _new(self, year: int, first_month: int = 1) -> Life:
        """Somebody who retired in a year of the ledger, not before a month; from 2025 on by the new rule."""
        dice = self._dice
        sex = MALE if dice.chance(0.59) else FEMALE
        usual = _ADULT if sex == MALE else dice.weigh(_WOMEN)
        months = _retiring(_basis(usual), year, first_month)
        if not months:
            usual, months = _WOMAN, _retiring(RetireBasis.F55, year, first_month)
        birth, month = dice.pick(months)
        early = year == _NEW_RULE and dice.chance(_FLEXIBLE)
        if early:
            month = PartialDate(birth.year + usual, birth.month)
            early = month.year == year
            month = month if early else statutory_retirement(birth, _basis(usual)).month
        born = dice.day(birth.first, birth.last)
        retired = month.first
        entered = desk_day(retired.replace(day=25))
        if entered < date(2025, 12, 1) and dice.chance(0.3):
            entered = desk_day(later_month(retired, 1).replace(day=5))
        arrival = Arrival(NEW, month, min(entered, WORKING_DAY))
        life = self._life(sex, born, retired, self._workplace(usual, sex), arrival, senior=usual == _ADULT)
        life.early = early
        return life

    def _moved_in(self, year: int) -> Life:
        dice = self._dice
        life = self._retired()
        first, last = _span(year)
        happened = dice.day(first, last - timedelta(days=12))
        origin = dice.pick(words("phrases")["origins"])
        life.arrival = Arrival(IN, PartialDate.of(happened), entry_day(happened + timedelta(days=5)), origin)
        return life

    def _found(self, year: int) -> Life:
        """Somebody who had retired the year before and is learnt of only after that year was closed."""
        life = self._new(year - 1, first_month=9)
        entered = entry_day(date(year, self._dice.between(4, 7), 8))
        life.arrival = Arrival(FOUND, month_of(life.retired), entered, reason="退休手续移交迟，上年已结账")
        return life

    def _double(self, flow: Flow) -> None:
        """People entered twice under another spelling of their data, and struck out once it was noticed."""
        dice = self._dice
        stayers = [life for life in self._present(date(flow.year, 1, 1)) if life.arrival.kind == BALANCE]
        for original in dice.some(stayers, flow.doubles):
            entered = entry_day(dice.day(date(flow.year, 2, 1), date(flow.year, 5, 20)))
            arrival = Arrival(FOUND, PartialDate.of(entered), entered, reason="原单位补报")
            copy = Life(
                original.sex, original.born, arrival, original.office, original.post, original.retired
            )
            copy.double_of, copy.early = original, original.early
            self.lives.append(copy)
            self._doubles.append(copy)
        for _ in range(flow.struck):
            copy = self._doubles.pop(0)
            day = entry_day(max(copy.arrival.entered, date(flow.year, 1, 1)) + timedelta(days=95))
            reason = "与本人已有登记重复，核对后注销"
            copy.departure = Departure(MISTAKE, STRUCK, PartialDate.of(day), day, reason=reason)

    def _leave(self, flow: Flow) -> None:
        dice = self._dice
        first, last = _span(flow.year)
        present = self._present(first)
        old = [life for life in present if life.lixiu]
        younger = [life for life in present if not life.lixiu]
        dying = dice.draw(old, flow.lixiu_deaths, _hazard)
        dying += dice.draw(younger, flow.deaths - flow.lixiu_deaths, _hazard)
        before = date(flow.year - 1, 1, 1)
        may_be_late = [life for life in dying if life.arrival.happened.last < before]
        late = {id(life) for life in dice.some(may_be_late, flow.late_deaths)}
        for life in dying:
            self._die(life, flow.year, late=id(life) in late)
        alive = [life for life in younger if life.departure is None and life.age(first) <= _MOVES_UNTIL]
        for life in dice.some(alive, flow.moved_out):
            happened = dice.day(first, last - timedelta(days=12))
            entered = entry_day(happened + timedelta(days=4))
            place = dice.pick(words("phrases")["origins"])
            life.departure = Departure(
                OUT, MOVED, PartialDate.of(happened), entered, place, "随子女迁居，管理关系移交"
            )

    def _die(self, life: Life, year: int, *, late: bool) -> None:
        dice = self._dice
        if late:
            happened = dice.day(date(year - 1, 7, 1), date(year - 1, 12, 20))
            entered = entry_day(date(year, dice.between(3, 6), 9))
            life.departure = Departure(
                DEATH, DEAD, PartialDate.of(happened), entered, reason="家属年后告知，上年已结账"
            )
            return
        _, last = _span(year)
        month = dice.weigh(_WINTER) if last < WORKING_DAY.replace(month=1, day=1) else 1
        happened = dice.day(
            date(year, month, 1), min(later_month(date(year, month, 1), 1) - timedelta(days=1), last)
        )
        entered = entry_day(happened + timedelta(days=dice.between(2, 9)))
        life.departure = Departure(DEATH, DEAD, PartialDate.of(happened), entered)

    def _present(self, day: date) -> list[Life]:
        """Who may leave: on the books since before a day, nobody of the portraits, no double."""
        return [
            life
            for life in self.lives
            if life.departure is None
            and life.double_of is None
            and not life.portrait
            and life.arrival.happened.last < day
            and life.arrival.entered < day + timedelta(days=40)
        ]


def _opening() -> Arrival:
    return Arrival(BALANCE, PartialDate.of(OPENING), ENTERED_FIRST, reason="建账时在册")


def _entering(life: Life) -> tuple[date, int, date, str]:
    """Rosters come unit by unit; later people as they are entered."""
    unit = life.office.id if life.arrival.kind == BALANCE else 0
    return life.arrival.entered, unit, life.retired, life.sex


def _ages() -> Iterable[tuple[int, float]]:
    for (low, few), (high, many) in pairwise(_PYRAMID):
        for age in range(low, high):
            yield age, few + (many - few) * (age - low) / (high - low)
    yield _PYRAMID[-1]


def _hazard(life: Life) -> float:
    """Mortality by Gompertz's law, men's somewhat higher."""
    return math.exp(0.098 * (2021 - life.born.year)) * (1.3 if life.sex == MALE else 1.0)


def _span(year: int) -> tuple[date, date]:
    """The days of a year that the ledger knows; of the running one those that could be entered by now."""
    last = date(year, 12, 31)
    return date(year, 1, 1), last if last < WORKING_DAY else WORKING_DAY - timedelta(days=5)


def _day_in(dice: Dice, year: int) -> date:
    return dice.day(date(year, 1, 1), date(year, 12, 31))


def _basis(usual: int) -> RetireBasis:
    return {_ADULT: RetireBasis.M60, _WOMAN: RetireBasis.F55, _WORKER: RetireBasis.F50}[usual]


@lru_cache(maxsize=64)
def _retiring(basis: RetireBasis, year: int, first_month: int) -> tuple[tuple[PartialDate, PartialDate], ...]:
    """Birth months whose bearers retire in a year from a month on, with that month; none lies ahead."""
    found = []
    for born in range(year - 64, year - 48):
        for month in range(1, 13):
            birth = PartialDate(born, month)
            retires = statutory_retirement(birth, basis).month
            reached = PartialDate(year, first_month) <= retires and retires.first < WORKING_DAY
            if retires.year == year and reached:
                found.append((birth, retires))
    return tuple(found)
