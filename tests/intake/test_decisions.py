"""A plan is made again with what the clerk decided, row by row and field by field; all of it goes as JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest
import sqlalchemy as sa

from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Person
from cadre_desk.domain.errors import UserError
from cadre_desk.intake.decisions import Choices, Decision
from cadre_desk.intake.plan import Plan, Policy
from cadre_desk.intake.problems import problem_tables
from tests.intake.books import Rows, id_number, imported, outcomes, planned, said, xlsx

ID = id_number(date(1945, 3, 1), 11)
HEAD = ["姓名", "身份证号", "出生年月", "手机", "备注"]
KNOWN: Rows = [HEAD, ["秦守义", ID, "1945.3", "13900001111", None]]
OTHER: Rows = [HEAD, ["秦守义", ID, "1945.3", "13900002222", "腿脚不便"]]


def decided(desk: Desk, rows: Rows, *, policy: Policy = Policy.FILL, **decisions: Decision) -> Plan:
    """The plan of a roster with a decision for its row 2 and for others ("row3")."""
    found = {("名册", int(name.removeprefix("row"))): one for name, one in decisions.items()}
    # what the clerk decides survives being written down
    choices = Choices.from_json(json.loads(json.dumps(Choices(decisions=found).to_json())))
    assert choices.decisions == found
    return planned(desk, xlsx(rows), policy=policy, choices=choices)


def phone(desk: Desk) -> str | None:
    with desk.read() as session:
        return session.scalars(sa.select(Person.phone).where(Person.name == "秦守义")).one()


def test_a_conflict_is_settled_for_one_field_whatever_the_policy(desk: Desk) -> None:
    imported(desk, xlsx(KNOWN))
    plain = planned(desk, xlsx(OTHER))
    assert [(one.key, one.conflict) for one in plain.rows[0].changes] == [("phone", True), ("note", False)]
    for policy in Policy:
        taken = decided(desk, OTHER, policy=policy, row2=Decision(fields={"phone": "new"}))
        assert outcomes(taken) == ["change"]
        assert taken.rows[0].values["phone"] == "13900002222"
    assert "note" not in taken.rows[0].values
    kept = decided(desk, OTHER, policy=Policy.OVERWRITE, row2=Decision(fields={"*": "old"}))
    assert (outcomes(kept), kept.rows[0].values, said(kept.rows[0])) == (["same"], {}, [])


def test_a_settled_conflict_is_written(desk: Desk) -> None:
    imported(desk, xlsx(KNOWN))
    plan = decided(desk, OTHER, row2=Decision(fields={"phone": "new"}))
    with desk.unit("导入") as session:
        plan.keep(session)
    assert phone(desk) == "13900002222"


def test_a_row_left_out_is_held_and_does_not_come_back(desk: Desk) -> None:
    plan = decided(desk, KNOWN, row2=Decision(out=True))
    assert outcomes(plan) == ["held"]
    assert "按您的选择" in said(plan.rows[0])[0]
    assert problem_tables(plan) == []


def test_a_damaged_number_is_entered_again(desk: Desk) -> None:
    rows: Rows = [HEAD, ["秦守义", 5.00101194503010e17, None, None, None]]
    assert outcomes(planned(desk, xlsx(rows))) == ["held"]
    plan = decided(desk, rows, row2=Decision(values={"id_no": ID}))
    assert outcomes(plan) == ["new"]
    assert (plan.rows[0].values["id_no"], plan.rows[0].values["birth_id"]) == (ID, date(1945, 3, 1))
    still = decided(desk, rows, row2=Decision(values={"id_no": "500101"}))
    assert outcomes(still) == ["held"]


def test_an_unclear_date_is_entered_again_for_one_row(desk: Desk) -> None:
    rows: Rows = [HEAD, ["秦守义", None, 1945.1, None, None], ["左玉梅", None, 1942.1, None, None]]
    plan = decided(desk, rows, row2=Decision(values={"birth_archive": "1945.10"}))
    assert outcomes(plan) == ["new", "held"]
    assert plan.rows[0].values["birth_archive"].iso == "1945-10"
    assert plan.questions[0].rows == (2,)
    wrong = decided(desk, rows, row2=Decision(values={"birth_archive": "一九"}))
    assert outcomes(wrong)[0] == "held"


def test_a_row_that_matches_two_people_is_settled_by_naming_one(desk: Desk) -> None:
    two: Rows = [HEAD, ["秦守义", ID, None, None, None], ["秦守义", None, None, "1", None]]
    imported(desk, xlsx([HEAD, ["秦守义", ID, None, None, None]]))
    unclear = planned(desk, xlsx([HEAD, ["秦守义", None, None, "13900003333", None]]))
    assert outcomes(unclear) == ["held"]
    others = unclear.to_json()["sheets"][0]["asks"][0]["others"]
    chosen = decided(desk, [HEAD, [*two[2][:3], "13900003333", None]], row2=Decision(person=others[0]["id"]))
    assert outcomes(chosen) == ["fill"]
    somebody = decided(desk, [HEAD, [*two[2][:3], "13900003333", None]], row2=Decision(new=True))
    assert outcomes(somebody) == ["new"]


def test_a_row_may_be_the_same_one_as_an_earlier_row(desk: Desk) -> None:
    rows: Rows = [HEAD, ["秦守义", None, None, "13900001111", None], ["秦守义", None, None, None, "又一行"]]
    assert outcomes(planned(desk, xlsx(rows))) == ["new", "held"]
    plan = decided(desk, rows, row3=Decision(same_as=("名册", 2)))
    assert outcomes(plan) == ["new", "fill"]
    with desk.unit("导入") as session:
        kept = plan.keep(session)
    assert len(kept.new) == 1
    nowhere = decided(desk, rows, row2=Decision(same_as=("名册", 9)))
    assert outcomes(nowhere)[0] == "held"


def test_what_looks_like_a_sample_goes_in_when_the_clerk_says_so(desk: Desk) -> None:
    rows: Rows = [HEAD, ["张三", None, "1945.3", None, None]]
    assert outcomes(planned(desk, xlsx(rows))) == ["held"]
    assert outcomes(decided(desk, rows, row2=Decision(new=True))) == ["new"]


def test_a_hidden_row_goes_in_when_the_clerk_says_so(desk: Desk) -> None:
    content = xlsx(KNOWN, hidden_rows=[2])
    assert outcomes(planned(desk, content)) == ["held"]
    choices = Choices(decisions={("名册", 2): Decision(new=True)})
    assert outcomes(planned(desk, content, choices=choices)) == ["new"]


def test_an_unknown_unit_may_be_one_that_the_ledger_has(town: Desk) -> None:
    rows: Rows = [["姓名", "管理单位"], ["秦守义", "水电局"]]
    plain = planned(town, xlsx(rows))
    assert plain.unknown == {"manage_unit_id": ("水电局",)}
    choices = Choices.from_json({"links": [{"field": "manage_unit_id", "text": "水电局", "record": 1}]})
    assert planned(town, xlsx(rows), choices=choices).rows[0].values["manage_unit_id"] == 1


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"rows": [{"row": 2}]},
        {"rows": [{"sheet": "a", "row": 2, "fields": {"phone": "both"}}]},
        {"rows": [{"sheet": "a", "row": 2, "wipe": True}]},
        {"columns": [{"sheet": "a"}]},
    ],
)
def test_decisions_that_mean_nothing_are_refused(document: object) -> None:
    with pytest.raises(UserError, match="没有写入"):
        Choices.from_json(document)
