"""Who is in the Party, since when, and in which branch, through what was founded, merged and transferred."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, Final

from cadre_desk.demo.books import desk_day, entry_day, later_month, month_of, papers_day
from cadre_desk.demo.dice import Dice, Weighted
from cadre_desk.demo.gazetteer import Gazetteer
from cadre_desk.demo.life import Change, Life, Stay
from cadre_desk.demo.offices import COMMUNITY, ENTERPRISE, STATE, BranchPlan
from cadre_desk.demo.scale import OPENING
from cadre_desk.domain.ages import NO_PROBATION, fifty_years_in_party
from cadre_desk.domain.dates import PartialDate

MEMBER, PROBATIONARY, NONE = "01", "02", "13"
TRANSFERRED, MERGED = "1", "3"
_OTHERS: Final = Weighted.of(
    {NONE: 860.0, "12": 24.0, "05": 48.0, "08": 26.0, "10": 18.0, "04": 14.0, "06": 6.0, "07": 4.0}
)
_LEADING: Final = frozenset({"131", "132", "141", "142"})
#: Ages at which one joined, by how many did.
_JOINED_AT: Final = Weighted.of(
    {(18, 21): 22.0, (22, 26): 36.0, (27, 33): 26.0, (34, 42): 13.0, (43, 50): 3.0}
)
_NO_BRANCH: Final = 0.005
_COMMUNITY: Final = 0.11
_MOVED: Final = 0.012
_LATE_JOINERS: Final = 2
_ADULT: Final = 18


class Rolls:
    """Keeps the rolls of the branches."""

    def __init__(self, dice: Dice, plans: tuple[BranchPlan, ...], gazetteer: Gazetteer) -> None:
        """Take the branches as they were planned."""
        self._dice, self._plans, self._gazetteer = dice, plans, gazetteer
        self._by_name = {plan.name: plan for plan in plans}
        self._by_unit: dict[tuple[int, str], list[BranchPlan]] = defaultdict(list)
        self._closed: dict[tuple[int, str], BranchPlan] = {}
        for plan in plans:
            for unit in plan.units:
                if plan.closed is None:
                    self._by_unit[plan.county, unit].append(plan)
                else:
                    self._closed[plan.county, unit] = plan
        self._communities = {
            (plan.county, plan.place): [
                one for one in plans if one.kind == COMMUNITY and one.place == plan.place
            ]
            for plan in plans
            if plan.kind == COMMUNITY
        }
        self._late_joiners = _LATE_JOINERS

    def write(self, life: Life) -> None:
        """Fill the Party columns, the memberships and what changes in them."""
        if life.double_of is not None:
            return
        life.values.update(self._standing(life))
        if life.values["political"] not in {MEMBER, PROBATIONARY}:
            return
        life.values["dues_base"] = life.values.get("pension")
        if self._dice.chance(_NO_BRANCH) and not life.portrait:
            return
        self._enrol(life)

    def _standing(self, life: Life) -> dict[str, Any]:
        dice = self._dice
        told = life.portrait.get("party_join", "")
        if told == "-" or (not told and not dice.chance(_share(life))):
            if self._late_joiner(life):
                return self._joined_late(life)
            return {"political": NONE if life.portrait else dice.weigh(_OTHERS)}
        joined = PartialDate.from_iso(told) if told else self._joining(life)
        full = (
            None if not told and dice.chance(0.03) else _full_after(joined, 14 if dice.chance(0.004) else 12)
        )
        fifty = fifty_years_in_party(joined, full, 2025) and not dice.chance(0.04)
        return {
            "political": MEMBER,
            "party_join": joined,
            "party_full": full,
            "fifty_medal": True if fifty or life.values.get("fifty_medal") else None,
        }

    def _joining(self, life: Life) -> PartialDate:
        """A day of joining between the eighteenth birthday and retirement, to the month or the day."""
        dice = self._dice
        low, high = dice.weigh(_JOINED_AT)
        day = later_month(life.born, 12 * dice.between(low, high) + dice.between(0, 11))
        last = life.retired - timedelta(days=500)
        day = min(day, last)
        if life.born.year + _ADULT > day.year:
            day = date(life.born.year + _ADULT, 12, 20)
        return PartialDate.of(day) if dice.chance(0.2) else month_of(day)

    def _late_joiner(self, life: Life) -> bool:
        """Whether this is one of the few who joined after retiring, while the ledger ran."""
        fits = life.on_books and not life.portrait and life.arrival.happened.last == OPENING
        if not fits or not self._late_joiners or life.office.posts != "医院":
            return False
        self._late_joiners -= 1
        return True

    def _joined_late(self, life: Life) -> dict[str, Any]:
        day = date(2023, 6, 28)
        for political, before, since in (
            (PROBATIONARY, NONE, day),
            (MEMBER, PROBATIONARY, date(2024, 6, 28)),
        ):
            heading = "发展党员" if political == PROBATIONARY else "预备党员转正"
            entered = desk_day(since + timedelta(days=2))
            life.changes.append(
                Change(
                    heading, PartialDate.of(since), entered, {"political": before}, {"political": political}
                )
            )
        return {
            "political": MEMBER,
            "party_join": PartialDate.of(day),
            "party_full": PartialDate(2024, 6, 28),
        }

    def _enrol(self, life: Life) -> None:
        """The memberships, last branch first decided, the way there thrown for."""
        dice = self._dice
        last = self._last_branch(life)
        path: list[tuple[BranchPlan, date, str]] = []
        moved = last
        if last.new and life.arrival.entered <= papers_day(last.founded.first):
            source = self._named(last.source, last.county)
            path.append((source, last.founded.first, f"新建支部：{last.name}"))
            moved = source
        closed = self._closed.get((life.office.county, life.office.key))
        if (
            closed is not None
            and closed.closed is not None
            and moved.key == closed.source
            and dice.chance(0.7)
        ):
            if life.arrival.entered < closed.closed.first:
                path.insert(0, (closed, closed.closed.first, f"支部撤并：{closed.name}"))
        elif not path and dice.chance(_MOVED) and _long_there(life):
            other = dice.pick([plan for plan in self._old(last.county) if plan is not last])
            day = dice.day(
                max(date(2021, 3, 1), life.arrival.entered + timedelta(days=90)), date(2025, 11, 30)
            )
            path.append((other, day, "转接组织关系"))
        self._stay(life, [step for step in path if _lasted(life, step[1])], last, path)

    def _stay(
        self,
        life: Life,
        steps: list[tuple[BranchPlan, date, str]],
        last: BranchPlan,
        path: list[tuple[BranchPlan, date, str]],
    ) -> None:
        """Write the memberships; who left the books on the way stays where they had come to."""
        end = last if len(steps) == len(path) else path[len(steps)][0]
        branches = [step[0] for step in steps] + [end]
        joined, entered, heading = self._joined(life, branches[0]), self._entered(life), ""
        for number, branch in enumerate(branches):
            stay = Stay(branch, joined, entered, heading)
            life.stays.append(stay)
            if number < len(steps):
                _, day, heading = steps[number]
                merged = heading.startswith("支部撤并")
                stay.left, stay.leave_kind = PartialDate.of(day), MERGED if merged else TRANSFERRED
                entered = entry_day(day + timedelta(days=2)) if heading == "转接组织关系" else papers_day(day)
                stay.left_entered, joined = entered, stay.left
                following = branches[number + 1]
                life.changes.append(
                    Change(heading, stay.left, entered, {"branch_id": branch.id}, {"branch_id": following.id})
                )
        if life.arrival.kind == "12":
            life.stays[0].letter = f"{life.arrival.happened.year}{self._dice.digits(6)}"
        life.values["branch_id"] = end.id
        life.values["party_group"] = (
            f"第{self._dice.pick('一二三')}党小组" if self._dice.chance(0.4) else None
        )
        life.values["floating"] = True if "remote" in life.flags and self._dice.chance(0.3) else None

    def _last_branch(self, life: Life) -> BranchPlan:
        dice, county = self._dice, life.office.county
        if life.portrait:
            return self._by_name[life.portrait["branch"]]
        if life.lixiu:
            return self._named("县直离休支部", county)
        place = (
            None if life.home is None or life.home.place is None else self._gazetteer.place(life.home.place)
        )
        near = self._communities.get((county, place.name), []) if place else []
        if near and dice.chance(_COMMUNITY * (2 if life.office.nature == ENTERPRISE else 1)):
            return dice.pick(near)
        return dice.pick(self._by_unit[county, life.office.key])

    def _joined(self, life: Life, branch: BranchPlan) -> PartialDate:
        """When the membership began: at retirement, or when the branch was founded or the Party joined."""
        if life.arrival.happened.last != OPENING:
            return life.arrival.happened
        join: PartialDate = life.values["party_join"]
        since = max(life.retired, branch.founded.first, join.first)
        return PartialDate.of(since) if since > OPENING else month_of(min(since, OPENING))

    def _entered(self, life: Life) -> date:
        join: PartialDate = life.values["party_join"]
        return max(
            life.arrival.entered,
            desk_day(join.first + timedelta(days=2)) if join.year > OPENING.year else date.min,
        )

    def _named(self, key: str, county: int) -> BranchPlan:
        return next(plan for plan in self._plans if plan.key == key and plan.county == county)

    def _old(self, county: int) -> list[BranchPlan]:
        """The branches that have been there all the time."""
        return [
            plan
            for plan in self._plans
            if plan.county == county and plan.counted and not plan.new and plan.closed is None and plan.units
        ]


def _share(life: Life) -> float:
    """How likely somebody of such a post is in the Party."""
    if life.lixiu:
        return 0.97
    if life.post.level in _LEADING:
        return 0.91
    if life.office.nature == STATE:
        return 0.70
    return 0.55 if life.office.nature == ENTERPRISE else 0.46


def _full_after(joined: PartialDate, months: int) -> PartialDate:
    """转正: on the day of joining while there was no probation (1969-04 … 1977-08), else a year later."""
    first, last = NO_PROBATION
    if first.first <= joined.first and joined.last <= last.last:
        return joined
    day = later_month(joined.first, months)
    return PartialDate(day.year, day.month, joined.day and min(joined.day, 28))


def _long_there(life: Life) -> bool:
    """Whether somebody was on the books, and in the Party, long enough to have moved since."""
    join: PartialDate = life.values["party_join"]
    return life.arrival.happened.last < date(2024, 1, 1) and join.year <= OPENING.year


def _lasted(life: Life, day: date) -> bool:
    """Whether somebody was still on the books on a day."""
    return life.departure is None or life.departure.happened.first > day
