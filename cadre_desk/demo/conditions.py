"""Where people live, with whom, and how well: as it is today, and what changed while the ledger ran."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from cadre_desk.demo.books import desk_day, later_month, month_of, survey_days
from cadre_desk.demo.dice import Dice, Weighted
from cadre_desk.demo.gazetteer import Gazetteer, Home
from cadre_desk.demo.life import DEAD, TUIXIU, Change, Life
from cadre_desk.demo.lists import words
from cadre_desk.demo.scale import OPENING, WORKING_DAY, Scale
from cadre_desk.domain.dates import PartialDate

ALONE, COUPLE, WITH_CHILDREN, NURSED, ONLY_CHILD_LOST, ORPHANED, WIDOWED = "1", "2", "3", "4", "5", "6", "7"
CHILD_DISABLED, BURDENED, CHILDREN_AWAY = "8", "9", "10"
CHRONIC, DISABLED = "3", "6"
#: Abilities from this on need daily help (GB/T 42195-2022: 中度失能).
HELPLESS: Final = "2"
HERE, AWAY, RESETTLED, MIGRANT = "1", "2", "3", "4"
SURVEY: Final = "更新健康与家庭状况"
MOVED: Final = "更新居住情况"
ADMITTED, DISCHARGED = "登记住院", "登记出院"
_OLD: Final = 80
#: Of the younger, many die suddenly; beyond these ages stays in hospital and reports are common.
_SUDDEN, _OFTEN_ILL, _REPORTED = 65, 75, 66
#: GB/T 42195-2022 abilities by the lowest age they are thrown for, oldest first.
_ABILITY: Final = (
    (90, Weighted.of({"0": 46.0, "1": 24.0, "2": 15.0, "3": 9.0, "4": 6.0})),
    (85, Weighted.of({"0": 66.0, "1": 17.0, "2": 9.0, "3": 5.0, "4": 3.0})),
    (80, Weighted.of({"0": 81.0, "1": 10.0, "2": 5.0, "3": 2.5, "4": 1.5})),
    (70, Weighted.of({"0": 93.5, "1": 3.8, "2": 1.6, "3": 0.7, "4": 0.4})),
    (0, Weighted.of({"0": 98.2, "1": 1.1, "2": 0.4, "3": 0.2, "4": 0.1})),
)
_DYING: Final = Weighted.of({"0": 38.0, "1": 22.0, "2": 17.0, "3": 13.0, "4": 10.0})
#: Share of the widowed, by the lowest age, oldest first: men, women.
_WIDOWED_SHARE: Final = ((90, 0.5, 0.8), (85, 0.34, 0.66), (80, 0.22, 0.5), (70, 0.1, 0.26), (0, 0.03, 0.1))
_RECENT: Final = 0.3
_LOWER: Final = {"32": "41", "41": "42", "42": "51"}
_BEFORE_THIS_WINTER: Final = date(2025, 11, 30)
_AWAY: Final = Weighted.of({AWAY: 66.0, RESETTLED: 13.0, MIGRANT: 21.0})
_REMOTE_AGE: Final = 85


class Conditions:
    """Settles how many live alone, away or in hospital, then writes each person's circumstances."""

    def __init__(self, dice: Dice, gazetteer: Gazetteer) -> None:
        """Take the dice and the homes."""
        self._dice, self._gazetteer = dice, gazetteer
        self._surveys = survey_days()

    def settle(self, lives: list[Life], scale: Scale) -> None:
        """Choose who lives alone, away, in hospital, and who has nobody to call, to the person."""
        dice = self._dice
        now = [life for life in lives if life.on_books and life.double_of is None]
        self._alone(now, scale)
        free = [life for life in now if not life.flags and not life.portrait]
        younger = [life for life in free if life.age(WORKING_DAY) < _OLD - 1 and not _married(life)]
        _mark(dice.some(younger, scale.alone_younger), "alone")
        free = [life for life in free if not life.flags and life.age(WORKING_DAY) < _REMOTE_AGE]
        _mark(dice.draw(free, scale.remote, lambda life: 90.0 - life.age(WORKING_DAY)), "remote")
        here = [life for life in now if not life.portrait and "remote" not in life.flags]
        known = sum("hospital" in life.flags for life in now)
        _mark(
            dice.draw(here, scale.in_hospital - known, lambda life: (life.age(WORKING_DAY) - 50) ** 2),
            "hospital",
        )
        _mark(dice.some([life for life in now if not life.portrait], scale.no_emergency), "no_emergency")

    def _alone(self, now: list[Life], scale: Scale) -> None:
        """Those of 80 and more who live alone: 离休 first, then band by band."""
        dice = self._dice
        old = [
            life for life in now if life.age(WORKING_DAY) >= _OLD and not life.portrait and not _married(life)
        ]
        known = [life for life in now if "alone" in life.flags and life.age(WORKING_DAY) >= _OLD]
        lixiu = scale.alone_lixiu - sum(life.lixiu for life in known)
        chosen = known + dice.some([life for life in old if life.lixiu], lixiu)
        over = 0
        for least, count in reversed(scale.alone):
            band = [
                life
                for life in old
                if not life.lixiu and least <= life.age(WORKING_DAY) < _above(scale, least)
            ]
            have = sum(least <= life.age(WORKING_DAY) < _above(scale, least) for life in chosen)
            wanted = count - have - (over if least == _OLD else 0)
            over += max(-wanted, 0)
            chosen += dice.some(band, wanted)
        _mark(chosen, "alone")

    def write(self, life: Life) -> None:
        """Fill the columns of home, health and family, with what changed in them."""
        if life.double_of is not None:
            return
        self._marriage(life)
        self._homes(life)
        self._ability(life)
        self._health(life)
        self._hospital(life)
        self._household(life)
        self._treatment(life)

    def _marriage(self, life: Life) -> None:
        """Whether and since when somebody is widowed, divorced or single."""
        dice, partner = self._dice, life.partner
        if partner is not None:
            gone = partner.departure
            if gone is not None and gone.status == DEAD and _reaches(life, gone.happened.first):
                life.widowed = gone.happened.first
            return
        age = life.age(life.last_day or WORKING_DAY)
        men, women = next(shares for least, *shares in _WIDOWED_SHARE if age >= least)
        share = men if life.sex == "1" else women
        if dice.chance(0.83 if "alone" in life.flags else share):
            recent = dice.chance(_RECENT)
            first = later_month(OPENING, 4) if recent else later_month(life.born, 12 * 52)
            last = (life.last_day or WORKING_DAY) - timedelta(days=20) if recent else OPENING
            if recent and first >= last:
                first, last = later_month(life.born, 12 * 45), OPENING
            life.widowed = dice.day(first, max(first, last))
        elif dice.chance(0.5 if "alone" in life.flags else 0.03):
            life.flags.add("divorced")
        elif dice.chance(0.3 if "alone" in life.flags else 0.004):
            life.flags.update(("single", "childless"))

    def _homes(self, life: Life) -> None:
        """The home of today, and for some the move there."""
        dice = self._dice
        partner = life.partner
        if life.home is None:
            shared = partner.home if partner and not {"remote"} & (life.flags | partner.flags) else None
            life.home = shared or self._gazetteer.home(self._place(life))
        here = _columns(life.home)
        huji = None if life.home.place is None else self._gazetteer.place(life.home.place).name
        settled = {"live_mode": HERE, "huji": huji, **here, "remote_contact": None}
        if "remote" not in life.flags:
            life.values.update({**settled, **_told(life, settled)})
            return
        mode = dice.weigh(_AWAY)
        away = self._gazetteer.far_home("warm" if mode == MIGRANT else "cities")
        contact = f"{away.address.split('区')[0].split('市')[-1]}区委老干部局" if mode == RESETTLED else None
        after = {
            "live_mode": mode,
            "remote_contact": contact,
            **(here if mode == MIGRANT else _columns(away)),
        }
        life.values.update({**settled, **after})
        life.values["note"] = dice.pick(words("phrases")["remote_reasons"]) if dice.chance(0.3) else None
        when = self._when(life)
        if when is not None and dice.chance(0.4):
            before = {key: settled[key] for key in after}
            life.changes.append(Change(MOVED, when[0], when[1], before, after))

    def _place(self, life: Life) -> Any:
        place = life.portrait.get("place")
        if place:
            return self._gazetteer.named(place)
        town = life.office.key if life.office.posts == "乡镇" else ""
        if town and not town.endswith("办事处") and self._dice.chance(0.6):
            return self._gazetteer.named(town if life.office.county == 0 else life.office.short)
        return self._gazetteer.somewhere(life.office.county)

    def _ability(self, life: Life) -> None:
        """自理能力; half of those who need help came to need it while the ledger ran."""
        dice, values = self._dice, life.values
        age = life.age(life.last_day or WORKING_DAY)
        dying = life.departure is not None and life.departure.status == DEAD and age > _SUDDEN
        ability = dice.weigh(_DYING if dying else next(table for least, table in _ABILITY if age >= least))
        if "alone" in life.flags:
            ability = min(ability, dice.pick("00011"))
        values.setdefault("ability", ability)
        if ability >= HELPLESS:
            life.flags.add("ill")
        when = self._when(life) if ability > "0" and dice.chance(0.5) else None
        if when is not None:
            before = str(max(int(ability) - (1 if dice.chance(0.6) else 2), 0))
            life.changes.append(Change(SURVEY, *when, {"ability": before}, {"ability": values["ability"]}))

    def _health(self, life: Life) -> None:
        """健康状况, diseases, hospital."""
        dice, values = self._dice, life.values
        needy = values["ability"] > "0"
        health = CHRONIC if needy or dice.chance(0.45) else ("2" if dice.chance(0.4) else "1")
        if dice.chance(0.012):
            health = DISABLED
        if values.get("diseases"):
            health = CHRONIC
        values["health"] = health
        if health == CHRONIC:
            listed = words("phrases")["grave" if values["ability"] >= HELPLESS else "diseases"]
            found = "、".join(dict.fromkeys(dice.some(listed, dice.between(1, 2))))
            values.setdefault("diseases", found)
        if health == DISABLED and values.get("id_no"):
            values["disability_no"] = f"{values['id_no']}4{dice.between(2, 4)}"
        hospital = dice.pick(words("phrases")["hospitals"]) if dice.chance(0.7) else None
        values.setdefault("hospital_name", hospital)
        if dice.chance(0.05):
            values.setdefault("note", dice.pick(words("phrases")["notes"]))

    def _hospital(self, life: Life) -> None:
        dice = self._dice
        if "hospital" in life.flags:
            day = date(2026, 1, 18) if life.portrait else dice.day(date(2025, 12, 20), date(2026, 1, 20))
            self._stay(life, day, None)
            life.values["in_hospital"] = True
        elif "discharged" in life.flags:
            self._stay(life, date(2026, 1, 9), date(2026, 1, 19))
            life.values["in_hospital"] = False
        elif dice.chance(0.03 if life.age(WORKING_DAY) > _OFTEN_ILL else 0.004):
            when = self._when(life)
            if (
                when is not None
                and _reaches(life, when[1] + timedelta(days=30))
                and when[1] < _BEFORE_THIS_WINTER
            ):
                self._stay(life, when[1], when[1] + timedelta(days=dice.between(6, 21)))
                life.values["in_hospital"] = False

    def _stay(self, life: Life, first: date, last: date | None) -> None:
        """A stay in hospital, entered as it began and ended."""
        unknown, inside, outside = {"in_hospital": None}, {"in_hospital": True}, {"in_hospital": False}
        entered = desk_day(first + timedelta(days=1))
        life.changes.append(Change(ADMITTED, PartialDate.of(first), entered, unknown, inside))
        if last is not None:
            entered = desk_day(max(last + timedelta(days=1), entered))
            life.changes.append(Change(DISCHARGED, PartialDate.of(last), entered, inside, outside))

    def _household(self, life: Life) -> None:
        """家庭状况 of today, before the widowhood, and the columns that go with it."""
        dice, values = self._dice, life.values
        now = self._flags(life, widowed=life.widowed is not None)
        values["family_flags"] = now
        values["marital"] = _marital(life, dice)
        if now and ORPHANED in now:
            values["is_lonely"], values["no_child"] = True, True
        elif "childless" in life.flags:
            values["no_child"] = True
        if life.widowed is None:
            return
        partner = life.partner
        entered = (
            partner.departure.entered if partner and partner.departure else self._survey_after(life.widowed)
        )
        if life.widowed > OPENING and entered is not None and _covers(life, life.widowed, entered):
            before = {"family_flags": (COUPLE,), "marital": "20"}
            after = {"family_flags": now, "marital": values["marital"]}
            life.changes.append(
                Change(SURVEY, PartialDate.of(life.widowed), entered, before, after, "配偶去世")
            )

    def _flags(self, life: Life, *, widowed: bool) -> tuple[str, ...] | None:
        dice = self._dice
        found: list[str] = []
        age = life.age(life.last_day or WORKING_DAY)
        if "alone" in life.flags:
            found.append(ALONE)
        elif widowed:
            found.append(NURSED if age > _OLD and dice.chance(0.2) else WITH_CHILDREN)
        elif age > _REPORTED or dice.chance(0.4):
            partnered = not life.flags & {"divorced", "single"} and not dice.chance(0.34)
            found.append(COUPLE if partnered else WITH_CHILDREN)
        if "alone" in life.flags and dice.chance(0.03) and life.partner is None:
            life.flags.add("childless")
            found.append(ORPHANED)
        elif dice.chance(0.006):
            found.append(ONLY_CHILD_LOST)
            life.flags.add("childless")
        if widowed:
            found.append(WIDOWED)
        if dice.chance(0.01):
            found.append(CHILD_DISABLED)
        if dice.chance(0.014):
            found.append(BURDENED)
        if "alone" in life.flags and "childless" not in life.flags and dice.chance(0.4):
            found.append(CHILDREN_AWAY)
        return tuple(sorted(found, key=int)) or None

    def _treatment(self, life: Life) -> None:
        """A few were raised while the ledger ran."""
        value = life.values.get("treatment_level")
        if life.lixiu or life.portrait or value not in _LOWER or not self._dice.chance(0.012):
            return
        when = self._when(life)
        if when is not None and life.values.get("retire_type") == TUIXIU:
            since = month_of(when[0].first)
            before, after = {"treatment_level": _LOWER[value]}, {"treatment_level": value}
            life.changes.append(Change("调整待遇", since, when[1], before, after, "按规定提高生活待遇"))

    def _when(self, life: Life) -> tuple[PartialDate, date] | None:
        """A survey while somebody was on the books, and a day before it on which something changed."""
        first = life.arrival.entered + timedelta(days=45)
        last = life.last_day or WORKING_DAY
        days = [day for day in self._surveys if first < day < last]
        if not days:
            return None
        entered = self._dice.pick(days)
        since = max(entered - timedelta(days=self._dice.between(2, 60)), first - timedelta(days=5))
        return PartialDate.of(since) if self._dice.chance(0.6) else month_of(since), entered

    def _survey_after(self, day: date) -> date | None:
        return next((survey for survey in self._surveys if survey > day), None)


def _mark(lives: list[Life], flag: str) -> None:
    for life in lives:
        life.flags.add(flag)


def _married(life: Life) -> bool:
    """Whether the husband or wife is a cadre who lives."""
    return life.partner is not None and (
        life.partner.departure is None or life.partner.departure.status != DEAD
    )


def _above(scale: Scale, least: int) -> int:
    """The lowest age above a band."""
    return min((age for age, _ in scale.alone if age > least), default=200)


def _marital(life: Life, dice: Dice) -> str:
    if life.widowed is not None:
        return "30"
    if "divorced" in life.flags:
        return "40"
    if "single" in life.flags:
        return "10"
    return "22" if dice.chance(0.02) and life.partner is None else "20"


def _columns(home: Home) -> dict[str, Any]:
    return {
        "place_id": home.place,
        "address": home.address,
        "live_division": home.division[:6],
        "community": home.community,
    }


def _told(life: Life, columns: dict[str, Any]) -> dict[str, Any]:
    """What a portrait says of the home already."""
    return {key: life.values[key] for key in columns if life.portrait and life.values.get(key)}


def _reaches(life: Life, day: date) -> bool:
    """Whether the record runs beyond a day."""
    return life.last_day is None or life.last_day > day


def _covers(life: Life, day: date, entered: date) -> bool:
    """Whether somebody was on the books on a day, and still when it was entered."""
    return life.arrival.happened.last < day and life.arrival.entered < entered and _reaches(life, entered)
