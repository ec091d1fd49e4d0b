from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre_desk.db import cipher, journal, search
from cadre_desk.db.base import Base
from cadre_desk.db.desk import Change, Desk
from cadre_desk.db.journal import CannotUndo
from cadre_desk.db.models import Act, Branch, Contact, Person, Unit
from tests.ledgers import empty_desk


def rows(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that undo must bring back."""
    with desk.read() as session:
        return {
            model.__tablename__: [
                tuple(row)
                for row in session.execute(sa.text(f"SELECT * FROM {model.__tablename__} ORDER BY id"))
            ]
            for model in journal.journaled()
        }


def test_a_unit_leaves_one_act_with_its_records(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add_all([Unit(name="县财政局"), Unit(name="县审计局")])
    with desk.read() as session:
        act = session.scalars(sa.select(Act)).one()
    assert (act.title, act.user_name, act.records, str(act.at.date())) == ("建单位", "周敏", 2, "2026-01-26")


def test_a_unit_that_changes_nothing_leaves_no_act(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局"))
    with desk.unit("什么也没改") as session:
        session.execute(sa.update(Unit).values(name="县财政局"))
    with desk.read() as session:
        assert session.scalars(sa.select(Act.title)).all() == ["建单位"]


def _fail_halfway(desk: Desk) -> None:
    with desk.unit("做到一半") as session:
        session.add(Unit(name="县财政局"))
        session.flush()
        raise ValueError("halfway")


def test_an_error_inside_a_unit_takes_everything_back(desk: Desk) -> None:
    with pytest.raises(ValueError, match="halfway"):
        _fail_halfway(desk)
    assert rows(desk)["unit"] == []
    with desk.unit("下一次照常") as session:
        session.add(Unit(name="县审计局"))
    assert len(rows(desk)["unit"]) == 1


def test_a_write_outside_a_unit_is_refused_by_sqlite(desk: Desk) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="没有在一次操作之内"), desk.log() as session:
        session.add(Unit(name="县财政局"))


def test_a_reading_session_cannot_write(desk: Desk) -> None:
    with desk.read() as session, pytest.raises(sa.exc.OperationalError, match="readonly"):
        session.execute(sa.text("INSERT INTO unit (name, serial) VALUES ('县财政局', 1)"))


def test_units_do_not_nest(desk: Desk) -> None:
    with desk.unit("外面"), pytest.raises(RuntimeError, match="里面"), desk.unit("里面"):
        pass


def test_listeners_hear_the_tables_after_the_commit(desk: Desk) -> None:
    heard: list[Change] = []
    stop = desk.subscribe(heard.append)
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局"))
        assert heard == []
    stop()
    with desk.unit("再建") as session:
        session.add(Unit(name="县审计局"))
    assert [(one.title, one.tables) for one in heard] == [("建单位", frozenset({"unit"}))]


def test_bulk_statements_and_deletes_are_journaled_and_undone(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.execute(sa.insert(Unit), [{"name": f"单位{number}", "serial": number} for number in range(5)])
    before = rows(desk)
    with desk.unit("成批改") as session:
        session.execute(sa.update(Unit).where(Unit.serial > 1).values(nature="3", phone="0000"))
        session.execute(sa.delete(Unit).where(Unit.serial == 0))
    assert rows(desk) != before
    assert desk.undo() == "成批改"
    assert rows(desk) == before


def test_an_update_keeps_only_what_changed(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局", serial=3))
    with desk.unit("改名") as session:
        session.execute(sa.update(Unit).values(name="县审计局", serial=3))
        lines = journal.lines_of(session, 2)
    assert [(line.op, line.image) for line in lines] == [("U", {"name": ["县财政局", "县审计局"]})]


def test_undo_works_after_a_restart(tmp_path: Path) -> None:
    key = cipher.new_key()
    desk = empty_desk(tmp_path / "a.cdesk", key=key)
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局"))
    desk.close()
    again = Desk(tmp_path / "a.cdesk", key)
    assert again.undo() == "建单位"
    assert rows(again)["unit"] == []
    again.close()


def test_undoing_an_undo_brings_the_act_back(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局"))
    kept = rows(desk)
    desk.undo()
    assert desk.last_act() is None
    desk.undo(2)
    assert rows(desk) == kept
    assert desk.last_act() == 1
    desk.undo()
    assert rows(desk)["unit"] == []


def test_undo_refuses_what_a_later_act_changed_and_says_which(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局"))
    with desk.unit("改名") as session:
        session.execute(sa.update(Unit).values(name="县审计局"))
    with desk.unit("再改名") as session:
        session.execute(sa.update(Unit).values(name="县统计局"))
    before = rows(desk)
    with pytest.raises(CannotUndo, match="再改名"):
        desk.undo(2)
    with pytest.raises(CannotUndo, match="再改名"):
        desk.undo(1)
    assert rows(desk) == before


def test_other_columns_changed_later_do_not_stand_in_the_way(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局", phone="111"))
    with desk.unit("改名") as session:
        session.execute(sa.update(Unit).values(name="县审计局"))
    with desk.unit("改电话") as session:
        session.execute(sa.update(Unit).values(phone="222"))
    desk.undo(2)
    with desk.read() as session:
        assert session.execute(sa.select(Unit.name, Unit.phone)).one() == ("县财政局", "222")


def test_an_act_is_undone_only_once(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局"))
    desk.undo(1)
    with pytest.raises(CannotUndo, match="已经撤销过"):
        desk.undo(1)
    with pytest.raises(CannotUndo, match="没有可以撤销"):
        desk.undo()
    with pytest.raises(CannotUndo, match="没有第 99 号"):
        desk.undo(99)


def test_a_record_still_pointed_to_is_not_undone_away(desk: Desk) -> None:
    with desk.unit("建单位") as session:
        session.add(Unit(name="县财政局"))
    with desk.unit("录入") as session:
        session.add(Person(name="丁茂才", manage_unit_id=1))
    before = rows(desk)
    with pytest.raises(CannotUndo):
        desk.undo(1)
    assert rows(desk) == before


def test_ids_are_never_used_twice(desk: Desk) -> None:
    with desk.unit("建") as session:
        session.add(Unit(name="县财政局"))
    desk.undo()
    with desk.unit("又建") as session:
        session.add(Unit(name="县审计局"))
        assert session.scalar(sa.select(Unit.id)) == 2


_NAMES = ("王", "李", "张", "赵", "陈")
_deed = st.tuples(
    st.sampled_from(("add", "rename", "move", "contact", "drop")), st.integers(0, 4), st.sampled_from(_NAMES)
)


def _do(desk: Desk, deed: tuple[str, int, str]) -> None:
    verb, place, name = deed
    with desk.unit(f"{verb}{place}{name}") as session:
        people = session.scalars(sa.select(Person).order_by(Person.id)).all()
        if verb == "add" or not people:
            session.add(Person(name=f"{name}{place}", family_flags=("1",) if place % 2 else None))
            return
        person = people[place % len(people)]
        if verb == "rename":
            session.execute(sa.update(Person).where(Person.id >= person.id).values(name=name))
        elif verb == "move":
            unit = session.scalars(sa.select(Unit).where(Unit.name == name)).first() or Unit(name=name)
            session.add(unit)
            session.flush()
            person.manage_unit_id = unit.id
        elif verb == "contact":
            session.add(Contact(person_id=person.id, name=name))
        else:
            session.execute(sa.delete(Contact).where(Contact.person_id == person.id))
            session.execute(sa.delete(Person).where(Person.id == person.id))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(_deed, min_size=1, max_size=8))
def test_random_acts_then_as_many_undos_give_the_same_ledger(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, str]]
) -> None:
    desk = empty_desk(tmp_path_factory.mktemp("deeds") / "a.cdesk")
    states = [rows(desk)]
    for deed in deeds:
        _do(desk, deed)
        if rows(desk) != states[-1]:
            states.append(rows(desk))
    for state in reversed(states[:-1]):
        desk.undo()
        assert rows(desk) == state
    with desk.read() as session:
        assert {table: search.stale(session, table) for table in search.searched()} == {
            table: [] for table in search.searched()
        }
    desk.close()


def test_every_dated_table_declares_its_booking_day() -> None:
    facts = {"person_fact", "unit_fact", "branch_fact"}
    dated = {"movement", "membership", "branch", "visit", "round", "need", "inspection", "visit_check"}
    models = {mapper.class_ for mapper in Base.registry.mappers}
    assert {model.__tablename__ for model in models if model.BOOKED} == dated | facts
    for model in models:
        if model.BOOKED:
            assert model.BOOKED in model.__table__.columns


def test_branches_are_found_by_their_words(desk: Desk) -> None:
    with desk.unit("建支部") as session:
        session.add(Branch(name="水利系统支部", kind="1"))
    with desk.read() as session:
        query = search.matching(Branch, "系统")
        assert query is not None
        assert [row[0] for row in session.execute(query)] == [1]
