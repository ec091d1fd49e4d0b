from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cadre_desk.actions import drafts
from cadre_desk.actions.drafts import Draft, Entry
from cadre_desk.actions.records import How
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Branch, Person
from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.office import BRANCHES, MEMBERSHIPS
from cadre_desk.registers.people import CONTACTS, PEOPLE
from tests.ui.card_office import TODAY, Keys, small_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Ledger, Keys]]:
    with small_office(tmp_path) as made:
        yield made


def test_an_act_is_named_after_what_it_does_and_to_whom(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    loaded = {"name": "孙德奎", "retire_type": "2"}
    cases = (
        (Draft(PEOPLE, 0, {}, {"name": "赵克勤"}, entry=Entry("12")), "登记转入：赵克勤"),
        (Draft(PEOPLE, keys.sun, loaded, {"phone": "1"}), "修改：孙德奎"),
        (
            Draft(PEOPLE, keys.sun, loaded, {"retire_type": "4"}, How.CHANGE, PartialDate(2026)),
            "变更：孙德奎",
        ),
        (Draft(CONTACTS, 0, {}, {"name": "孙小梅"}), "新增联系人：孙小梅"),
        (
            Draft(BRANCHES, keys.water_branch, {"name": "水利系统支部"}, {"phone": "1"}),
            "修改党支部：水利系统支部",
        ),
        (Draft(MEMBERSHIPS, 1, {"person_id": keys.wang}, {"letter_no": "1"}), "修改党员：王𬭎远"),
    )
    with ledger.desk.read() as session:
        for draft, title in cases:
            assert drafts.title_of(session, draft, today=TODAY) == title


def test_only_fields_kept_as_intervals_ask_for_correction_or_change() -> None:
    altered = {"phone": "1", "branch_id": 2, "retire_type": "2"}
    assert drafts.dated_keys(PEOPLE, altered) == ("retire_type", "branch_id")
    assert drafts.dated_keys(BRANCHES, {"kind": "2", "phone": "1"}) == ("kind",)
    assert drafts.dated_keys(CONTACTS, {"phone": "1"}) == ()
    assert Draft(PEOPLE, 0, {}, altered).dated == ()


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (None, "从哪一天起"),
        (PartialDate(2026, 2), "还没有到"),
        (PartialDate(2013, 1), "要在它之后"),
        (PartialDate(2013), "要在它之后"),
        (PartialDate(2025, 6), ""),
    ],
)
def test_a_change_begins_after_what_holds_and_not_after_today(
    office: tuple[Ledger, Keys], since: PartialDate | None, said: str
) -> None:
    ledger, keys = office
    draft = Draft(PEOPLE, keys.sun, {"retire_type": "2"}, {"retire_type": "4"}, How.CHANGE, since)
    with ledger.desk.read() as session:
        problem = drafts.since_problem(session, draft, today=TODAY)
    assert said in problem
    assert bool(problem) is bool(said)


def test_a_correction_has_no_day(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    draft = Draft(PEOPLE, keys.sun, {"retire_type": "2"}, {"retire_type": "4"})
    with ledger.desk.read() as session:
        assert drafts.since_problem(session, draft, today=TODAY) == ""


def test_a_person_without_entry_comes_in_as_newly_retired(office: tuple[Ledger, Keys]) -> None:
    ledger, _ = office
    with ledger.desk.unit("登记") as session:
        made = drafts.save(session, Draft(PEOPLE, 0, {}, {"name": "赵克勤"}), today=TODAY).id
    with ledger.desk.read() as session:
        assert session.get_one(Person, made).status == "1"


def test_a_branch_changes_its_kind_from_a_day(office: tuple[Ledger, Keys]) -> None:
    ledger, keys = office
    draft = Draft(
        BRANCHES, keys.water_branch, {"kind": "1"}, {"kind": "2"}, How.CHANGE, PartialDate(2026, 1, 20)
    )
    with ledger.desk.unit("变更支部类型") as session:
        drafts.save(session, draft, today=TODAY)
    with ledger.desk.read() as session:
        assert session.get_one(Branch, keys.water_branch).kind == "2"
    assert date(2026, 1, 20) < TODAY
    assert REGISTERS["branches"] is BRANCHES
