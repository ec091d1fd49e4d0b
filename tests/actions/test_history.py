from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from cadre_desk.actions import people, records
from cadre_desk.actions.history import Entry, act_of, entered, held_by, history_of
from cadre_desk.actions.related import label_of, labels_of, related, relations_to
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Movement, Person, Visit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import CONTACTS, MOVEMENTS, PEOPLE
from tests.ui.card_office import TODAY, Keys, small_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Ledger, Keys]]:
    with small_office(tmp_path) as made:
        yield made


def told(ledger: Ledger, record: int, register: str = "people") -> list[Entry]:
    with ledger.desk.read() as session:
        return history_of(session, REGISTERS[register], record, today=TODAY)


def people_more(session: Session, keys: Keys) -> list[int]:
    made = [Person(name=f"程{place}") for place in range(2)]
    session.add_all(made)
    session.flush()
    return [*keys.others, *(one.id for one in made)]


def words(entry: Entry) -> list[str]:
    return [f"{one.label}：{one.old}→{one.new}{one.note}" for one in entry.altered]


def test_a_change_says_who_changed_what_in_the_fields_words(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正：孙德奎") as session:
        people.keep_person(
            session, {"birth_archive": PartialDate(1952, 7), "last_post": "党委书记"}, keys.sun, today=TODAY
        )
    newest = told(ledger, keys.sun)[0]
    assert (newest.title, newest.user, newest.stands, newest.others) == ("更正：孙德奎", "周敏", True, 0)
    assert words(newest) == ["出生年月（档案）：1953年1月→1952年7月", "原职务：书记→党委书记"]


def test_sensitive_values_are_masked_in_the_history(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正") as session:
        people.keep_person(
            session, {"phone": "13911112222", "address": "文昌路 3 号 5 栋 101"}, keys.wang, today=TODAY
        )
    said = "".join(words(told(ledger, keys.wang)[0]))
    assert "139****5678→139****2222" in said
    assert "3 号 5 栋" not in said
    assert "301" not in said


def test_a_dated_change_tells_since_when_and_a_correction_that_it_is_one(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("变更") as session:
        people.keep_person(
            session,
            {"treatment_level": "42"},
            keys.wang,
            today=TODAY,
            how=records.How.CHANGE,
            since=PartialDate(2026, 1),
        )
    with ledger.desk.unit("更正") as session:
        people.keep_person(session, {"retire_type": "4"}, keys.wang, today=TODAY)
    corrected, changed, *_ = told(ledger, keys.wang)
    assert words(corrected) == ["离退类别：退休→因病退休更正"]
    assert words(changed) == ["现享受待遇：正科级→副科级自 2026年1月起"]


def test_the_first_entry_keeps_its_words_when_a_fact_is_corrected_later(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正") as session:
        people.keep_person(session, {"retire_type": "4"}, keys.wang, today=TODAY)
    first = told(ledger, keys.wang)[-1]
    assert "离退类别：→退休自 1996年3月起" in words(first)
    assert first.altered[0].label == "建立记录"


def test_what_belongs_to_a_person_is_in_the_history_by_name(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正联系人") as session:
        records.keep(session, CONTACTS, {"phone": "13700001111"}, keys.contact, today=TODAY)
    changed, _, added, *_ = told(ledger, keys.wang)
    assert words(changed) == ["联系人·联系电话：138****6127→137****1111"]
    assert words(added) == ["新增联系人：→王建明"]


def test_an_undone_act_stays_readable_and_says_that_it_was_undone(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("登记去世：王𬭎远") as session:
        people.record_death(session, keys.wang, PartialDate(2026, 1, 20), today=TODAY)
    death = ledger.desk.last_act()
    assert ledger.desk.undo() == "登记去世：王𬭎远"
    undoing, undone, *_ = told(ledger, keys.wang)
    assert (undone.act, undone.stands) == (death, False)
    assert (undoing.undoes, undoing.stands) == (death, True)
    assert "在册状态：在册→已去世" in words(undone)
    assert "新增变动：→去世" in words(undone)
    assert "取消变动：去世→" in words(undoing)


def test_an_act_on_many_counts_the_records_of_others(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("批量修改") as session:
        records.keep_many(
            session,
            PEOPLE,
            [keys.sun, *keys.others],
            {"link_clerk": "何志远"},
            today=TODAY,
            how=records.How.CORRECTION,
        )
    newest = told(ledger, keys.sun)[0]
    assert newest.others == 3
    assert words(newest) == ["联系人员：→何志远"]


def test_a_round_of_many_is_counted_and_not_listed(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("补五人") as session:
        session.add_all(
            Visit(round_id=keys.round, person_id=person, serial=serial, reason="春节慰问", cash=50000)
            for serial, person in enumerate(people_more(session, keys), start=3)
        )
    assert words(told(ledger, keys.round, "rounds")[0]) == ["新增走访：→5 条"]


def test_a_branch_tells_its_members_but_not_their_lives(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正") as session:
        people.keep_person(session, {"phone": "13911112222"}, keys.sun, today=TODAY)
    acts = told(ledger, keys.power_branch, "branches")
    assert [one.title for one in acts] == ["登记新退休：孙德奎", "建立单位和支部"]
    assert words(acts[0]) == ["新增党员：→孙德奎"]


def test_the_newest_acts_come_first_and_no_more_than_asked(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.read() as session:
        some = history_of(session, PEOPLE, keys.wang, today=TODAY, limit=2)
    assert [one.title for one in some] == ["造册：春节慰问", "登记联系人：王𬭎远"]


def test_facts_are_told_newest_first_and_the_newest_holds(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("变更") as session:
        people.keep_person(
            session,
            {"treatment_level": "42"},
            keys.wang,
            today=TODAY,
            how=records.How.CHANGE,
            since=PartialDate(2026, 1),
        )
    with ledger.desk.read() as session:
        held = [
            one for one in held_by(session, PEOPLE, keys.wang, today=TODAY) if one.key == "treatment_level"
        ]
        assert [(one.value, one.since.iso, one.holds) for one in held] == [
            ("副科级", "2026-01", True),
            ("正科级", "1996-03", False),
        ]
        units = [
            one for one in held_by(session, PEOPLE, keys.wang, today=TODAY) if one.key == "manage_unit_id"
        ]
        assert [one.value for one in units] == ["县水利局"]
        assert held_by(session, CONTACTS, keys.contact, today=TODAY) == []


def test_the_act_that_wrote_a_record_first_is_known(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    with ledger.desk.unit("更正") as session:
        people.keep_person(session, {"phone": "13911112222"}, keys.sun, today=TODAY)
    with ledger.desk.read() as session:
        first = entered(session, PEOPLE, keys.sun)
        assert first is not None
        assert first.title == "登记新退休：孙德奎"
        assert act_of(session, Movement, 999) is None


def test_relations_name_what_belongs_and_what_only_points(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    found = {(one.register.key, one.key): one for one in relations_to(PEOPLE)}
    assert found["contacts", "person_id"].belongs
    assert not found["people", "spouse_of_id"].belongs
    assert found["movements", "person_id"].told_by == "kind"
    assert found["memberships", "person_id"].noun == "组织关系"
    with ledger.desk.read() as session:
        assert related(session, found["contacts", "person_id"], keys.wang, TODAY) == [keys.contact]
        assert related(session, found["contacts", "person_id"], keys.sun, TODAY) == []
        assert label_of(session, PEOPLE, keys.wang, TODAY) == "王𬭎远"
        assert label_of(session, PEOPLE, 999, TODAY) == ""
        assert set(labels_of(session, MOVEMENTS, [1, 2], TODAY, by="kind").values()) == {"期初"}
