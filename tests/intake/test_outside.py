"""Workbooks that nobody here wrote: verdict, head and persons as stated; none of them is in this tree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Person
from cadre_desk.intake.plan import Outcome, Plan
from cadre_desk.intake.planner import plan_file
from cadre_desk.registers.people import PEOPLE
from tests.ledgers import TODAY

OUTSIDE = Path(__file__).parents[3] / "shared" / "samples" / "outside"
TRUTH: dict[str, Any] = (
    json.loads((OUTSIDE / "truth.json").read_text(encoding="utf-8")) if OUTSIDE.exists() else {"absent": {}}
)
FILES = sorted(name for name in TRUTH if not name.startswith("_"))


def plan_of(desk: Desk, name: str) -> Plan:
    """The plan of one of the files."""
    if not OUTSIDE.exists():
        pytest.skip("the workbooks of other offices may not be kept in this tree; ../shared is not here")
    with desk.read() as session:
        return plan_file(session, PEOPLE, OUTSIDE / name, today=TODAY)


@pytest.mark.parametrize("name", FILES)
def test_verdict_head_and_persons_are_as_they_are(blank: Desk, name: str) -> None:
    plan, truth = plan_of(blank, name), TRUTH[name]
    document = plan.to_json()
    assert document["verdict"] in truth.get("verdict_any", [truth["verdict"]])
    if truth.get("persons") is not None:
        assert sum(sheet["persons"] for sheet in document["sheets"]) == truth["persons"]
    for stated in truth.get("sheets", []):
        by_name = {sheet["sheet"]: sheet for sheet in document["sheets"]}
        found = by_name[stated["sheet"]] if "sheet" in stated else document["sheets"][0]
        for key in ("header_rows", "first_data_row", "persons"):
            assert found[key] == stated.get(key, found[key])
        named = [one["header"] for one in found["mapping"] if one["field"] == "name"]
        assert stated.get("name_column", named[0]) in named


@pytest.mark.parametrize("name", FILES)
def test_every_person_is_accounted_for(blank: Desk, name: str) -> None:
    for sheet in plan_of(blank, name).to_json()["sheets"]:
        assert sum(sheet[str(outcome)] for outcome in Outcome) == sheet["persons"]
        held = {problem["row"] for problem in sheet["problems"] if problem["severity"] == "hold"}
        assert len(held) >= (sheet["held"] > 0)


@pytest.mark.parametrize("name", FILES)
def test_kept_twice_a_file_changes_nothing(desk: Desk, name: str) -> None:
    first = plan_of(desk, name)
    if not first.counts.get(Outcome.NEW):
        return
    with desk.unit("导入") as session:
        first.keep(session)
    again = plan_of(desk, name)
    assert set(again.counts) <= {Outcome.SAME, Outcome.HELD}
    with desk.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == first.counts[Outcome.NEW]


@pytest.mark.parametrize("name", [name for name in FILES if TRUTH[name].get("ids")])
def test_the_sound_id_numbers_go_in_and_no_other(desk: Desk, name: str) -> None:
    plan = plan_of(desk, name)
    with desk.unit("导入") as session:
        plan.keep(session)
        kept = set(session.scalars(sa.select(Person.id_no).where(Person.id_no.is_not(None))))
    assert kept <= set(TRUTH[name]["ids"])
    damaged = sum(
        "Excel" in finding.problem
        for row in plan.rows
        for finding in row.findings
        if finding.field == "id_no"
    )
    assert len(kept) >= plan.counts[Outcome.NEW] - damaged
