"""What happened to the office: users, units renamed and dissolved, branches founded, elected and closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from cadre_desk.db.models import Branch, BranchFact, ClosedYear, Place, Unit, UnitFact, User
from cadre_desk.demo.books import booking, desk_day, later_month, papers_day
from cadre_desk.demo.chronicle import BRANCHES, CLOSING, SETTING_UP, UNITS, Chronicle
from cadre_desk.demo.dice import Dice
from cadre_desk.demo.gazetteer import Gazetteer
from cadre_desk.demo.life import Change, Life
from cadre_desk.demo.offices import COMMUNITY, COUNTED, INSTITUTION, STATE, BranchPlan, Office, Offices
from cadre_desk.demo.scale import CLOSINGS, OPENING, WORKING_DAY
from cadre_desk.domain.dates import PartialDate

FIRST_DAY: Final = date(2021, 1, 4)
APPROVER: Final = "何志远"
_USERS: Final = (
    ("谭勇", "1", True, "办公室副主任", None),
    ("周敏", "2", True, "综合科科长", None),
    (APPROVER, "3", True, "副局长", None),
    ("黄静", "2", False, "综合科干部", "2023年3月调离，工作已移交周敏"),
)
_POSTED_AWAY: Final = date(2023, 3, 1)
_TERM, _COMMUNITY_TERM = 3, 5
#: Elections are thrown for between these days, so that only those the list names fall due soon.
_ELECTED: Final = (date(2023, 8, 10), date(2025, 11, 20))
_ELECTED_COMMUNITY: Final = (date(2022, 3, 1), date(2025, 6, 30))
#: 书记, 副书记, 组织委员, 宣传委员, 纪检委员.
_SEATS: Final = ("1", "3", "4", "5", "2")
_COMMITTEE: Final = 7
_DEPUTY: Final = 30
_SERVES_UNTIL: Final = 79


@dataclass(frozen=True, slots=True)
class Renaming:
    """A unit that got another name, and perhaps another nature, while the ledger ran."""

    key: str
    before: str
    short_before: str
    nature_before: str
    nature: str
    since: date
    entered: date


_RENAMED: Final = (
    Renaming(
        "县乡村振兴局", "{县}扶贫开发办公室", "县扶贫办", STATE, STATE, date(2021, 6, 10), date(2021, 6, 16)
    ),
    Renaming(
        "县机关事务中心",
        "{县}机关事务管理局",
        "县机关事务局",
        STATE,
        INSTITUTION,
        date(2022, 4, 6),
        date(2022, 4, 12),
    ),
)


class Organising:
    """Writes what concerns the office, its units and branches into the chronicle."""

    def __init__(self, chronicle: Chronicle, dice: Dice, offices: Offices, counties: tuple[str, ...]) -> None:
        """Take where it is written."""
        self._chronicle, self._dice, self._offices, self._counties = chronicle, dice, offices, counties

    def office(self) -> None:
        """Users, and the closing of each year by who approves."""
        entry = self._chronicle.entry(FIRST_DAY, SETTING_UP, "建账：登记使用人")
        for number, (name, role, _, post, _) in enumerate(_USERS, start=1):
            entry.insert(User, {"id": number, "name": name, "role": role, "active": True, "post": post})
        away = self._chronicle.entry(_POSTED_AWAY, CLOSING, "停用使用人：黄静")
        away.user = _USERS[0][0]
        away.update(User, len(_USERS), {"active": _USERS[-1][2], "note": _USERS[-1][4]})
        entry.user = _USERS[0][0]
        for year, day in CLOSINGS.items():
            closing = self._chronicle.entry(day, CLOSING, f"结账：{year}年度")
            closing.user = APPROVER
            closing.insert(
                ClosedYear, {"year": year, "closed_at": datetime(day.year, day.month, day.day, 16, 30)}
            )

    def places(self, gazetteer: Gazetteer) -> None:
        """乡镇街道."""
        entry = self._chronicle.entry(FIRST_DAY, SETTING_UP, "建账：导入乡镇街道", "个")
        for place in gazetteer.places:
            entry.names.append("")
            row = {
                "id": place.id,
                "name": place.name,
                "division": place.division,
                "serial": place.serial * 10,
            }
            entry.insert(Place, row)

    def units(self) -> None:
        """The units as they were, then what became of them."""
        entry = self._chronicle.entry(FIRST_DAY, SETTING_UP, "建账：导入管理单位", "个")
        renamed = {change.key: change for change in _RENAMED}
        for office, row in zip(self._offices.all, self._offices.rows(), strict=True):
            change = renamed.get(office.key)
            if change is not None:
                row |= {"name": self._named(change, office), "short_name": self._short(change, office)}
                row["nature"] = change.nature_before
            entry.names.append("")
            entry.insert(Unit, row)
            self._nature(entry, office, row["nature"], office.opened or PartialDate.of(OPENING))
            if change is not None:
                self._rename(change, office)
            if office.closed is not None:
                self._dissolve(office, office.closed)

    def _rename(self, change: Renaming, office: Office) -> None:
        entry = self._chronicle.entry(
            change.entered, UNITS, f"单位更名：{self._short(change, office)}改为{office.short}"
        )
        values = {"name": office.name, "short_name": office.short, "nature": change.nature}
        entry.update(
            Unit, office.id, {**values, "note": f"{change.since.year}年由{self._short(change, office)}更名"}
        )
        if change.nature != change.nature_before:
            self._nature(entry, office, change.nature, PartialDate.of(change.since))

    def _dissolve(self, office: Office, closed: PartialDate) -> None:
        day = dissolved_on(closed)
        keeper = self._offices.keeper(office)
        entry = self._chronicle.entry(day, UNITS, f"撤销单位：{office.short}，并入{keeper.short}")
        entry.update(Unit, office.id, {"closed": closed, "note": office.closing_note})

    def _nature(self, entry: Any, office: Office, nature: str, since: PartialDate) -> None:
        booked, _ = booking(since, entry.day)
        fact = {"owner_id": office.id, "aspect": "nature", "value": nature, "since": since, "booked": booked}
        entry.insert(UnitFact, fact)

    def _named(self, change: Renaming, office: Office) -> str:
        return change.before.replace("{县}", self._counties[office.county])

    def _short(self, change: Renaming, office: Office) -> str:
        prefix = office.short.removesuffix(office.key.removeprefix("县"))
        return prefix + change.short_before.removeprefix("县")

    def branches(self, plans: tuple[BranchPlan, ...], lives: list[Life], gazetteer: Gazetteer) -> None:
        """The branches: those that were there, those founded and closed since, and their elections."""
        committees = self._committees(plans, lives)
        places = {place.name: place.id for place in gazetteer.places}
        for plan in plans:
            heads = committees.get(plan.id, [])
            elected, term = self._election(plan)
            before = _before(elected, term)
            begun = plan.founded.year <= OPENING.year
            row = {
                "id": plan.id,
                "name": plan.name,
                "kind": plan.kind,
                "parent_name": plan.parent,
                "unit_id": self._offices.named(plan.units[0], plan.county).id
                if len(plan.units) == 1
                else None,
                "place_id": places.get(plan.place),
                "founded": plan.founded,
                "approval_no": plan.approval or None,
                "secretary": None,
                "phone": None,
                "elected": before if begun else elected,
                "term_years": term,
                "meeting_place": plan.meeting or None,
                "serial": plan.id * 10,
                "closed": None,
                "closed_booked": None,
                "close_reason": None,
            }
            entry = self._founding(plan, row)
            self._elect(plan, row, heads, elected)
            entry.insert(Branch, row)
            if plan.closed is not None:
                self._close(plan, plan.closed)

    def _founding(self, plan: BranchPlan, row: dict[str, Any]) -> Any:
        if plan.founded.year <= OPENING.year:
            entry = self._chronicle.entry(FIRST_DAY + timedelta(days=1), SETTING_UP, "建账：导入党支部", "个")
            entry.names.append("")
        else:
            entry = self._chronicle.entry(
                papers_day(plan.founded.first), BRANCHES, f"登记党支部：{plan.name}"
            )
        row["founded_booked"], _ = booking(plan.founded, entry.day)
        fact = {"owner_id": plan.id, "aspect": "kind", "value": plan.kind}
        entry.insert(BranchFact, {**fact, "since": plan.founded, "booked": row["founded_booked"]})
        return entry

    def _elect(
        self, plan: BranchPlan, row: dict[str, Any], heads: list[Life], elected: PartialDate | None
    ) -> None:
        """The secretary of the opening day, and the one elected since."""
        if not heads:
            return
        now = heads[0]
        then = next((life for life in heads[1:] if life.arrival.happened.last == OPENING), now)
        begun = plan.founded.year <= OPENING.year
        first = then if begun and elected is not None and elected.year > OPENING.year else now
        row["secretary"], row["phone"] = first.name, _telephone(first)
        if begun and elected is not None and elected.year > OPENING.year:
            day = desk_day(elected.first + timedelta(days=6))
            entry = self._chronicle.entry(day, BRANCHES, f"登记换届结果：{plan.name}")
            values = {"elected": elected, "secretary": now.name, "phone": _telephone(now)}
            entry.update(Branch, plan.id, values)

    def _close(self, plan: BranchPlan, closed: PartialDate) -> None:
        day = papers_day(closed.first)
        entry = self._chronicle.entry(day, BRANCHES, f"撤销党支部：{plan.name}")
        booked, _ = booking(closed, day)
        values = {"closed": closed, "closed_booked": booked, "close_reason": plan.reason}
        entry.update(Branch, plan.id, values)

    def _election(self, plan: BranchPlan) -> tuple[PartialDate | None, int | None]:
        """The last election and the term; 临时 and 功能型 branches elect nobody (handbook B13, B14)."""
        if plan.kind not in COUNTED or plan.closed is not None:
            return None, None
        community = plan.kind == COMMUNITY
        term = _COMMUNITY_TERM if community else _TERM
        thrown = self._dice.day(*(_ELECTED_COMMUNITY if community else _ELECTED))
        if plan.new:
            return plan.founded, term
        return plan.elected or PartialDate.of(desk_day(thrown)), term

    def _committees(self, plans: tuple[BranchPlan, ...], lives: list[Life]) -> dict[int, list[Life]]:
        """Who sits in each committee: members of today who are well and at home."""
        members: dict[int, list[Life]] = defaultdict(list)
        for life in lives:
            if life.on_books and life.stays:
                members[life.stays[-1].branch.id].append(life)
        found = {}
        for plan in plans:
            able = [life for life in members[plan.id] if _able(life, plan)]
            count = 1 if len(members[plan.id]) < _COMMITTEE else (5 if len(members[plan.id]) > _DEPUTY else 4)
            heads = self._dice.draw(able, count, lambda life: max(90.0 - life.age(WORKING_DAY), 1.0))
            heads = self._dice.shuffled(heads)
            for seat, life in zip(_SEATS, heads, strict=False):
                life.values["branch_post"] = seat
            found[plan.id] = heads
        return found


def reorganise(life: Life, offices: Offices) -> None:
    """Hand somebody over to the unit that took over theirs; who came later belongs to it from the first."""
    office = life.office
    if office.closed is None or not office.successor:
        return
    keeper = offices.keeper(office)
    day = dissolved_on(office.closed)
    if life.arrival.entered >= day:
        life.values["manage_unit_id"] = keeper.id
    elif life.departure is None or life.departure.happened.first > day:
        life.values["manage_unit_id"] = keeper.id
        heading = f"移交管理关系：{office.short}到{keeper.short}，"
        before, after = {"manage_unit_id": office.id}, {"manage_unit_id": keeper.id}
        life.changes.append(Change(heading, PartialDate.of(day), day, before, after, office.closing_note))


def dissolved_on(closed: PartialDate) -> date:
    """The working day on which the people of a unit dissolved in a month were handed over."""
    return desk_day(closed.last - timedelta(days=5))


def _before(elected: PartialDate | None, term: int | None) -> PartialDate | None:
    """The election before the last, a term earlier; the last itself where it came before the ledger."""
    if elected is None or term is None or elected.year <= OPENING.year:
        return elected
    return PartialDate.of(later_month(elected.first, -12 * term))


def _telephone(life: Life) -> str | None:
    """The number under which a secretary is reached."""
    number: str | None = life.values.get("phone") or life.values.get("landline")
    return number


def _able(life: Life, plan: BranchPlan) -> bool:
    """Whether somebody can serve on a committee."""
    long_there = plan.new or life.stays[-1].joined.last < date(2023, 6, 1)
    well = life.values.get("ability") == "0" and life.age(WORKING_DAY) <= _SERVES_UNTIL
    return (well or life.lixiu) and "remote" not in life.flags and long_there
