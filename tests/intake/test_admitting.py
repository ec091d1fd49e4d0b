"""Many people at once are written as one by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people
from cadre_desk.db.desk import Desk
from cadre_desk.db.models import ClosedYear, Membership, Movement, Person, PersonFact
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.intake.admitting import admit_many
from tests.ledgers import TODAY, village

VALUES: list[dict[str, Any]] = [
    {
        "name": "秦守义",
        "person_kind": "1",
        "status": "1",
        "retire_date": PartialDate(2005, 3),
        "retire_type": "2",
        "family_flags": ("1", "7"),
        "political": "01",
        "party_join": PartialDate(1970, 7),
        "branch_id": 1,
        "manage_unit_id": 2,
        "in_hospital": False,
    },
    {"name": "左玉梅", "person_kind": "1", "status": "1", "ability": "2"},
    {"name": "石万林", "person_kind": "1", "status": "1", "retire_date": PartialDate(2023, 5, 9)},
]


def written(folder: Path, *, at_once: bool) -> list[list[tuple[Any, ...]]]:
    """What the tables hold after three people came in, uids apart."""
    with village(folder) as ledger:
        with ledger.desk.unit("结账") as session:
            session.add(ClosedYear(year=2024, closed_at=ledger.desk.clock.now()))
        with ledger.desk.unit("导入") as session:
            if at_once:
                admit_many(session, VALUES, TODAY)
            else:
                for values in VALUES:
                    kind = people.NEW_RETIREMENT if "retire_date" in values else people.LATE_ENTRY
                    people.admit(session, values, today=TODAY, kind=kind)
        with ledger.desk.read() as session:
            found = []
            for model in (Person, PersonFact, Movement, Membership):
                columns = [column for column in model.__table__.columns if column.name not in {"uid", "id"}]
                rows = session.execute(sa.select(*columns)).all()
                found.append(sorted(map(tuple, rows), key=str))
            assert ledger.desk.undo()
            return found


def test_the_same_is_written_as_by_admitting_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert written(tmp_path / "a", at_once=True) == written(tmp_path / "b", at_once=False)


def test_keys_are_never_used_twice(town: Desk) -> None:
    with town.unit("导入") as session:
        first = admit_many(session, VALUES[1:2], TODAY)
    town.undo()
    with town.unit("导入") as session:
        second = admit_many(session, VALUES[1:2], TODAY)
    assert second[0] > first[0]


def test_nobody_is_nobody(town: Desk) -> None:
    with town.unit("导入") as session:
        assert admit_many(session, [], TODAY) == []


def test_what_a_closed_year_counted_is_booked_today_as_late(town: Desk) -> None:
    with town.unit("结账") as session:
        session.add(ClosedYear(year=2024, closed_at=town.clock.now()))
    with town.unit("导入") as session:
        (key,) = admit_many(session, VALUES[:1], TODAY)
    with town.read() as session:
        found = session.execute(
            sa.select(Movement.booked, Movement.late).where(Movement.person_id == key)
        ).one()
    assert found == (TODAY, True)


def test_a_ledger_changed_meanwhile_refuses_in_a_sentence(town: Desk) -> None:
    wrong = {**VALUES[0], "branch_id": None, "name": None}
    with pytest.raises(RuleError, match="重新看一遍"), town.unit("导入") as session:
        admit_many(session, [wrong], date(2026, 1, 26))
