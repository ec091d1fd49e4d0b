from __future__ import annotations

import pytest
import sqlalchemy as sa

from cadre_desk.db import search
from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Person, Unit


@pytest.fixture
def people(desk: Desk) -> Desk:
    with desk.unit("录入") as session:
        session.add(Unit(name="县财政局"))
        session.flush()
        session.add_all(
            [
                Person(name="单国栋", id_no="11010519491231002X", phone="13996185678", manage_unit_id=1),
                Person(name="王𬭎远", former_name="王宏远", last_unit="县水利局"),
                Person(name="古丽努尔·阿卜杜热合曼", landline="023-70226613"),
                Person(name="張建国"),
                Person(name="张建国"),
            ]
        )
    return desk


def found(desk: Desk, text: str) -> list[str]:
    with desk.read() as session:
        query = search.matching(Person, text)
        if query is None:
            return ["nothing asked"]
        return list(session.scalars(sa.select(Person.name).where(Person.id.in_(query)).order_by(Person.id)))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("单", ["单国栋"]),
        ("国栋", ["单国栋"]),
        ("sgd", ["单国栋"]),
        ("gd", ["单国栋"]),
        ("shanguodong", ["单国栋"]),
        ("shangu", ["单国栋"]),
        ("002x", ["单国栋"]),
        ("5678", ["单国栋"]),
        ("13996185678", ["单国栋"]),
        ("财政", ["单国栋"]),
        ("财政局 sgd", ["单国栋"]),
        ("𬭎", ["王𬭎远"]),
        ("王𬭎", ["王𬭎远"]),
        ("宏远", ["王𬭎远"]),
        ("水利", ["王𬭎远"]),
        ("努尔·阿卜", ["古丽努尔·阿卜杜热合曼"]),
        ("6613", ["古丽努尔·阿卜杜热合曼"]),
        ("张建国", ["张建国"]),
        ("張", ["張建国"]),
        ("zjg", ["張建国", "张建国"]),
        ("王远", []),
        ("政财", []),
        ("qqqq", []),
        ("、", ["nothing asked"]),
    ],
)
def test_what_a_clerk_types_finds_the_person(people: Desk, typed: str, names: list[str]) -> None:
    assert found(people, typed) == names


def test_a_renamed_unit_is_found_under_its_new_name_at_once(people: Desk) -> None:
    with people.unit("改名") as session:
        session.execute(sa.update(Unit).values(name="县审计局"))
    assert found(people, "审计") == ["单国栋"]
    assert found(people, "财政") == []
    people.undo()
    assert found(people, "财政") == ["单国栋"]


def test_check_finds_tokens_that_do_not_fit(people: Desk) -> None:
    with people.still() as connection:
        connection.execute("UPDATE find_person SET digest = 0 WHERE id = 1")
        connection.execute("DELETE FROM find_person WHERE id = 2")
        connection.execute("INSERT INTO find_person VALUES (99, '', '', 1)")
    with people.read() as session:
        assert search.stale(session, "person") == [1, 2, 99]
    with people.log() as session:
        search.rebuild(session)
        session.execute(sa.text("DELETE FROM find_person WHERE id = 99"))
    with people.read() as session:
        assert search.stale(session, "person") == []


def test_odd_texts_ask_nothing_harmful(people: Desk) -> None:
    for text in ('"', "a* OR b", "NEAR(", "单 AND", "-", "^^", "keys:王", "'; DROP TABLE person"):
        found(people, text)
    assert found(people, "单") == ["单国栋"]
