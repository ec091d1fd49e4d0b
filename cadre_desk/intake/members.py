"""The roster of a branch (党员名册): which branch its title names, and which memberships may be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import people, records
from cadre_desk.actions.records import How
from cadre_desk.db.models import Membership, Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Severity
from cadre_desk.intake.candidates import Candidate, Finding
from cadre_desk.intake.cells import cell_text
from cadre_desk.intake.links import Links
from cadre_desk.intake.matching import Known, Match
from cadre_desk.intake.tables import SheetReading, Table
from cadre_desk.registers.office import MEMBERSHIPS

_ON_BOOKS: Final = "1"
#: What ends a membership is done by an act, which also takes the person out of the branch.
LEAVING: Final = frozenset({"left", "leave_kind", "left_booked"})


class Members:
    """Holds the rows of memberships against where people are now."""

    def __init__(self, session: Session, links: Links, today: date) -> None:
        self._links, self._today = links, today
        query = sa.select(Person.id, Person.name, Person.status, Person.branch_id)
        self._people = {one: (name, status, branch) for one, name, status, branch in session.execute(query)}
        self._coming: dict[int, int] = {}

    def of_title(self, reading: SheetReading, table: Table, candidates: Sequence[Candidate]) -> list[Finding]:
        """A roster without a column of branches is of the branch that its title names."""
        if not candidates or any("branch_id" in one.place.columns for one in candidates):
            return []
        above = reading.grid.rows[: table.head.rows[0] if table.head.rows else 0]
        title = " ".join([*(cell_text(cell) for cells in above for cell in cells), reading.grid.name])
        branch = self._links.within("branches", title)
        if branch is None:
            return []
        for one in candidates:
            one.values.setdefault("branch_id", branch)
        said = f"表里没有党支部一列，按标题理解为「{self._links.name('branches', branch)}」的党员，请核对。"
        return [Finding(0, "", "", "branch_id", "", said, Severity.WARN)]

    def look_at(self, one: Candidate, match: Match) -> None:
        """What keeps a new membership out, and when it begins if the roster doesn't say."""
        person, branch = one.values.get("person_id"), one.values.get("branch_id")
        if match.known is not None or match.ask or not isinstance(person, int) or branch is None:
            return
        name, status, now = self._people[person]
        now = self._coming.get(person, now)
        if one.values.get("left") is None and now is not None:
            named = self._links.name("branches", now)
            said = f"「{name}」现在是「{named}」的党员；转支部请在登记卡上变更党支部。"
            one.find(said, Severity.HOLD, "branch_id")
        elif one.values.get("left") is None and status != _ON_BOOKS:
            one.find(f"「{name}」已经不在册，没有写入；请核对。", Severity.HOLD, "person_id")
        elif "joined" not in one.values and not one.is_held:
            one.values["joined"] = PartialDate.of(self._today)
            one.find("表里没有转入时间，按今天记；知道的，请写入后在登记卡上更正。", Severity.WARN, "joined")

    def learn(self, known: Known) -> None:
        """An earlier row brings somebody into a branch."""
        person, branch = known.values.get("person_id"), known.values.get("branch_id")
        if known.values.get("left") is None and isinstance(person, int) and isinstance(branch, int):
            self._coming[person] = branch


def keep_member(session: Session, values: Mapping[str, Any], *, today: date) -> int:
    """Write a membership; one that still holds also makes the person one of the branch. Answers its key."""
    if values.get("left") is not None:
        return records.keep(session, MEMBERSHIPS, values, today=today).id
    person, joined = values["person_id"], values["joined"]
    branch = {"branch_id": values["branch_id"]}
    people.keep_person(session, branch, person, today=today, how=How.CHANGE, since=joined)
    record = session.scalars(
        sa.select(Membership.id).where(Membership.person_id == person, Membership.left.is_(None))
    ).one()
    more = {key: value for key, value in values.items() if key not in {"person_id", "branch_id", "joined"}}
    if more:
        records.keep(session, MEMBERSHIPS, more, record, today=today)
    return record
