"""Building is repeatable, gives the desk back as it was, and leaves a ledger that works like any other."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people
from cadre_desk.db.base import Base
from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Act, Membership, Person
from cadre_desk.demo.county import build
from cadre_desk.demo.scale import WORKING_DAY, Size
from cadre_desk.domain.dates import PartialDate
from tests.ledgers import empty_desk


def dump(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with desk.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(sa.select(table).order_by(table.c.id))]
            for table in Base.metadata.sorted_tables
        }


def test_two_builds_are_the_same_to_the_last_uid_and_moment(tmp_path: Path, village: Desk) -> None:
    again = empty_desk(tmp_path / "again.cdesk")
    build(again, size=Size.VILLAGE)
    first, second = dump(village), dump(again)
    again.close()
    assert first["person"]
    assert first == second


def test_another_seed_of_the_desk_gives_other_uids_to_the_same_people(tmp_path: Path, village: Desk) -> None:
    other = Desk(*_opened(tmp_path), user="周敏", seed=2)
    build(other, size=Size.VILLAGE)
    with village.read() as here, other.read() as there:
        query = sa.select(Person.name, Person.id_no, Person.address).order_by(Person.id)
        assert here.execute(query).all() == there.execute(query).all()
        assert here.scalars(sa.select(Person.uid)).all() != there.scalars(sa.select(Person.uid)).all()
    other.close()


def _opened(folder: Path) -> tuple[Path, bytes]:
    key = bytes(range(32))
    empty_desk(folder / "other.cdesk", key=key).close()
    return folder / "other.cdesk", key


def test_the_desk_is_given_back_as_it_was(village: Desk) -> None:
    assert village.user == "周敏"
    assert village.clock.today() == WORKING_DAY


def test_a_desk_that_fails_on_the_way_is_given_back_too(village: Desk) -> None:
    clock = village.clock
    with pytest.raises(sa.exc.IntegrityError):
        build(village, size=Size.VILLAGE)
    assert (village.user, village.clock) == ("周敏", clock)


def test_progress_names_each_act_and_ends_at_the_whole(tmp_path: Path) -> None:
    desk = empty_desk(tmp_path / "told.cdesk")
    told: list[tuple[str, int, int]] = []
    build(desk, size=Size.VILLAGE, progress=lambda title, done, whole: told.append((title, done, whole)))
    with desk.read() as session:
        titles = session.scalars(sa.select(Act.title).order_by(Act.id)).all()
    desk.close()
    assert [title for title, _, _ in told[:-1]] == titles
    assert told[-1][1:] == (len(titles), len(titles))


def test_the_last_acts_can_be_taken_back_one_by_one(village: Desk) -> None:
    before = dump(village)["person"]
    undoings: list[int] = []
    for _ in range(25):
        village.undo()
        with village.read() as session:
            undoings.append(session.scalars(sa.select(sa.func.max(Act.id))).one())
    assert dump(village)["person"] != before
    for undoing in reversed(undoings):
        village.undo(undoing)
    assert dump(village)["person"] == before


def test_a_death_is_entered_in_the_village_like_in_any_ledger(village: Desk) -> None:
    with village.read() as session:
        person = session.scalars(sa.select(Person).where(Person.name == "丁茂才")).one()
    with village.unit("登记去世：丁茂才") as session:
        people.record_death(session, person.id, PartialDate(2026, 1, 24), today=WORKING_DAY)
    with village.read() as session:
        gone = session.get_one(Person, person.id)
        assert (gone.status, gone.branch_id) == ("2", None)
        assert not session.scalars(
            sa.select(Membership.id).where(Membership.person_id == person.id, Membership.left.is_(None))
        ).all()
    village.undo()
    with village.read() as session:
        assert session.get_one(Person, person.id).branch_id == person.branch_id


def test_every_size_is_smaller_than_the_next() -> None:
    assert [size.scale.on_books for size in Size] == sorted(size.scale.on_books for size in Size)
