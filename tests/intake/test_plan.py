"""A plan tells, row by row and field by field, what an import would do, and then does just that."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from cadre_desk.db.desk import Desk
from cadre_desk.db.models import BankAccount, Branch, Contact, Membership, Movement, Person, Setting, Unit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.intake.plan import Outcome, Policy
from cadre_desk.intake.planner import Choices, plan_file
from cadre_desk.registers.catalogue import REGISTERS
from tests.intake.books import Rows, id_number, imported, outcomes, planned, said, xlsx
from tests.ledgers import TODAY

BORN = date(1945, 3, 1)
ID = id_number(BORN, 11)
ROSTER: Rows = [
    ["序号", "姓名", "身份证号", "出生年月", "原工作单位", "手机", "退休时间"],
    [1, "秦守义", ID, "1945.3", "县住建局", "13900001111", "2005.3"],
    [2, "左玉梅", None, "1942.1", "县财政局", None, "1997.2"],
    [3, "石万林", id_number(date(1937, 7, 1), 12), "1937.7", "县林业局", "13900003333", None],
]


def count(desk: Desk, model: type[object]) -> int:
    """How many records a table holds."""
    with desk.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def person(desk: Desk, name: str) -> Person:
    """The one person of a name."""
    with desk.read() as session:
        return session.scalars(sa.select(Person).where(Person.name == name)).one()


def test_new_people_come_onto_the_books_on_the_day_they_retired(desk: Desk) -> None:
    plan = imported(desk, xlsx(ROSTER))
    assert outcomes(plan) == ["new", "new", "new"]
    with desk.read() as session:
        moved = session.execute(sa.select(Movement.kind, Movement.happened, Movement.booked)).all()
    assert moved[0] == ("11", PartialDate(2005, 3), date(2005, 3, 31))
    assert moved[2] == ("13", PartialDate.of(TODAY), TODAY)


def test_sex_and_birth_come_from_the_id_number_where_the_roster_is_silent(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    found = person(desk, "秦守义")
    assert (found.sex, found.birth_id, found.birth_archive) == ("1", BORN, PartialDate(1945, 3))
    assert person(desk, "左玉梅").sex is None


@pytest.mark.parametrize("policy", list(Policy))
def test_the_same_file_twice_changes_nothing(desk: Desk, policy: Policy) -> None:
    imported(desk, xlsx(ROSTER))
    again = planned(desk, xlsx(ROSTER), policy=policy)
    assert outcomes(again) == ["same", "same", "same"]
    assert all(row.changes == () for row in again.rows)


def test_a_whole_import_is_one_act_and_is_undone_as_one(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    assert count(desk, Person) == 3
    desk.undo()
    assert (count(desk, Person), count(desk, Movement)) == (0, 0)


def test_blank_cells_never_wipe(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    for policy in Policy:
        plan = planned(desk, xlsx([ROSTER[0], [1, "秦守义", ID, None, "—", "无", None]]), policy=policy)
        assert outcomes(plan) == ["same"]


def test_filling_fills_what_is_empty_and_tells_of_conflicts(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    rows: Rows = [["姓名", "身份证号", "手机", "详细住址"], ["秦守义", ID, "13911119999", "滨河路1号"]]
    plan = planned(desk, xlsx(rows))
    assert outcomes(plan) == ["fill"]
    told = {change.key: (change.old, change.new, change.conflict) for change in plan.rows[0].changes}
    assert told == {
        "phone": ("13900001111", "13911119999", True),
        "address": (None, "滨河路1号", False),
    }
    assert "139****1111" in said(plan.rows[0])[0]
    imported(desk, xlsx(rows))
    found = person(desk, "秦守义")
    assert (found.phone, found.address) == ("13900001111", "滨河路1号")


def test_overwriting_changes_and_keeps_the_history(desk: Desk) -> None:
    imported(desk, xlsx([[*ROSTER[0], "现享受待遇"], [*ROSTER[1], "正科级"]]))
    rows: Rows = [["姓名", "身份证号", "现享受待遇"], ["秦守义", ID, "副处级"]]
    plan = imported(desk, xlsx(rows), policy=Policy.OVERWRITE)
    assert outcomes(plan) == ["change"]
    assert person(desk, "秦守义").treatment_level == "32"
    with desk.read() as session:
        facts = session.execute(
            sa.text("SELECT value FROM person_fact WHERE aspect = 'treatment_level' ORDER BY since, id")
        ).all()
    assert [value for (value,) in facts] == ["41", "32"]


def test_adding_only_leaves_those_alone_who_are_known(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    rows: Rows = [
        ROSTER[0],
        [1, "秦守义", ID, "1945.3", "别的局", "1", None],
        [2, "田孝先", None, "1929.4", None, None, None],
    ]
    plan = imported(desk, xlsx(rows), policy=Policy.ADD_ONLY)
    assert outcomes(plan) == ["same", "new"]
    assert person(desk, "秦守义").last_unit == "县住建局"


def test_a_date_may_become_more_precise_and_never_less(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    rows: Rows = [["姓名", "身份证号", "出生年月"], ["秦守义", ID, "1945.3.1"]]
    assert outcomes(planned(desk, xlsx([*rows[:1], ["秦守义", ID, "1945"]]))) == ["same"]
    plan = imported(desk, xlsx(rows))
    assert [change.new for change in plan.rows[0].changes] == [PartialDate(1945, 3, 1)]
    assert person(desk, "秦守义").birth_archive == PartialDate(1945, 3, 1)


# Whom a row means.


def test_name_and_birth_find_somebody_without_an_id_number(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    plan = planned(desk, xlsx([["姓名", "出生日期", "手机"], ["左　玉梅", "1942年1月", "13900002222"]]))
    assert outcomes(plan) == ["fill"]


def test_name_unit_and_telephone_find_somebody_without_a_birth(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    plan = planned(
        desk, xlsx([["姓名", "单位", "电话", "住址"], ["石万林", "县林业局", "139 0000 3333", "滨河路3号"]])
    )
    assert outcomes(plan) == ["fill"]


def test_a_name_alone_asks(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    plan = planned(desk, xlsx([["姓名", "住址"], ["秦守义", "滨河路1号"]]))
    assert outcomes(plan) == ["held"]
    assert [known.name for known in plan.rows[0].others] == ["秦守义"]


def test_the_clerk_says_whom_a_row_means(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    content = xlsx([["姓名", "住址"], ["秦守义", "滨河路1号"]])
    known = person(desk, "秦守义").id
    assert outcomes(planned(desk, content, choices=Choices(rows={("名册", 2): known}))) == ["fill"]
    assert outcomes(planned(desk, content, choices=Choices(rows={("名册", 2): None}))) == ["new"]


def test_two_of_one_name_and_birth_are_asked_about(desk: Desk) -> None:
    twins: Rows = [
        ["姓名", "身份证号", "出生年月"],
        ["王桂英", id_number(date(1944, 10, 1), 22), "1944.10"],
        ["王桂英", id_number(date(1944, 10, 9), 24), "1944.10"],
    ]
    plan = imported(desk, xlsx(twins))
    assert outcomes(plan) == ["new", "new"]
    assert "身份证号不同" in said(plan.rows[1])[0]
    asked = planned(desk, xlsx([["姓名", "出生年月"], ["王桂英", "1944.10"]]))
    assert outcomes(asked) == ["held"]
    assert len(asked.rows[0].others) == 2


def test_another_birth_is_another_person(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    plan = planned(desk, xlsx([["姓名", "出生年月"], ["秦守义", "1950.8"]]))
    assert outcomes(plan) == ["new"]
    assert "另一个人" in said(plan.rows[0])[0]


def test_an_id_number_under_another_name_is_held(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    plan = planned(desk, xlsx([["姓名", "身份证号"], ["秦守信", ID]]))
    assert outcomes(plan) == ["held"]
    assert "秦守义" in said(plan.rows[0])[0]


def test_an_old_number_of_fifteen_digits_finds_the_new_one(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    old = ID[:6] + ID[8:17]
    assert outcomes(planned(desk, xlsx([["姓名", "身份证号"], ["秦守义", old]]))) == ["same"]


def test_several_rows_of_one_person_add_up(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "身份证号", "手机", "住址"],
        ["秦守义", ID, "13900001111", None],
        ["秦守义", ID, None, "滨河路1号"],
        ["秦守义", ID, "13900001111", None],
    ]
    plan = imported(desk, xlsx(rows))
    assert outcomes(plan) == ["new", "fill", "same"]
    found = person(desk, "秦守义")
    assert (found.phone, found.address) == ("13900001111", "滨河路1号")


def test_one_name_twice_in_a_roster_is_asked_about_unless_the_units_differ(desk: Desk) -> None:
    head = ["姓名", "单位", "职务"]
    same: Rows = [head, ["王芳", "县财政局", "科员"], ["王芳", "县财政局", "科长"]]
    assert outcomes(planned(desk, xlsx(same))) == ["new", "held"]
    apart: Rows = [head, ["王芳", "县财政局", "科员"], ["王芳", "县教育局", "科长"]]
    assert outcomes(imported(desk, xlsx(apart))) == ["new", "new"]
    assert outcomes(planned(desk, xlsx(apart))) == ["same", "same"]


def test_somebody_who_died_is_not_brought_back_in_silence(town: Desk) -> None:
    from cadre_desk.actions import people

    content = xlsx([["姓名", "出生年月", "住址"], ["于敬之", "1928.11", "滨河路2号"]])
    with town.unit("登记去世") as session:
        people.record_death(session, person(town, "于敬之").id, PartialDate(2025, 12), today=TODAY)
    plan = planned(town, content)
    assert "已去世" in said(plan.rows[0])[0]


def test_the_dead_of_a_roster_come_and_leave(desk: Desk) -> None:
    imported(desk, xlsx([["姓名", "身份证号", "退休时间", "去世时间"], ["秦守义", ID, "2005.3", "2020.5"]]))
    found = person(desk, "秦守义")
    assert (found.status, found.death_date) == ("2", PartialDate(2020, 5))
    assert count(desk, Movement) == 2


def test_a_note_that_speaks_of_death_is_pointed_out(desk: Desk) -> None:
    plan = planned(desk, xlsx([["姓名", "备注"], ["秦守义", "2023年11月去世"]]))
    assert outcomes(plan) == ["new"]
    assert "登记去世" in said(plan.rows[0])[0]


# What stands beside a person.


def test_branches_and_places_are_found_by_name_and_unknown_ones_kept_in_the_note(town: Desk) -> None:
    rows: Rows = [
        ["姓名", "出生年月", "所属党支部", "乡镇街道", "政治面貌"],
        ["秦守义", "1945.3", "水利系统党支部", "石桥镇", "党员"],
        ["左玉梅", "1942.1", "县法院支部", "新镇", "党员"],
    ]
    plan = imported(town, xlsx(rows))
    assert plan.unknown == {"branch_id": ("县法院支部",), "place_id": ("新镇",)}
    with town.read() as session:
        branch = session.scalars(sa.select(Branch).where(Branch.name == "水利系统支部")).one()
    assert person(town, "秦守义").branch_id == branch.id
    assert person(town, "左玉梅").note == "所在党支部：县法院支部；乡镇街道：新镇"
    assert outcomes(planned(town, xlsx(rows))) == ["same", "same"]


def test_unknown_branches_are_made_when_the_clerk_says_so(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "出生年月", "所属党支部", "现管理单位"],
        ["秦守义", "1945.3", "县法院支部", "县法院"],
        ["左玉梅", "1942.2", "县法院支部", "县法院"],
    ]
    imported(desk, xlsx(rows), choices=Choices(create=frozenset({"branch_id", "manage_unit_id"})))
    assert (count(desk, Branch), count(desk, Unit), count(desk, Membership)) == (1, 1, 2)
    assert outcomes(planned(desk, xlsx(rows))) == ["same", "same"]


def test_contacts_and_accounts_come_with_their_people(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "身份证号", "开户行", "银行卡号", "配偶姓名", "配偶电话", "家属联系方式"],
        ["秦守义", ID, "农行", "6222 0200 0011 1122 226", "李秀英", "13900002222", "13900003333"],
    ]
    imported(desk, xlsx(rows))
    with desk.read() as session:
        contacts = session.execute(sa.select(Contact.name, Contact.phone, Contact.relation)).all()
        account = session.execute(sa.select(BankAccount.holder, BankAccount.bank, BankAccount.card_no)).one()
    assert contacts == [("李秀英", "13900002222", "10"), ("家属", "13900003333", contacts[1].relation)]
    assert account == ("秦守义", "农行", "6222020000111122226")
    assert outcomes(planned(desk, xlsx(rows))) == ["same"]


def test_rows_without_a_name_may_tell_of_more_contacts(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "身份证号", "家属姓名", "关系", "家属电话"],
        ["秦守义", ID, "李秀英", "配偶", "13900002222"],
        [None, None, "秦大伟", "儿子", "13900003333"],
    ]
    plan = imported(desk, xlsx(rows))
    assert outcomes(plan) == ["new"]
    assert count(desk, Contact) == 2


def test_family_in_rows_below_are_contacts_and_nobodys_cadres(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "与本人关系", "出生年月", "电话"],
        ["秦守义", "本人", "1940.03", "13900001111"],
        ["李秀英", "配偶", "1942.03", "13900002222"],
        ["秦大伟", "长子", "1970.03", "13900003333"],
        ["左玉梅", None, "1941.05", "13900004444"],
    ]
    plan = imported(desk, xlsx(rows))
    assert [row.candidate.name for row in plan.rows] == ["秦守义", "左玉梅"]
    assert "「李秀英」是「秦守义」的配偶，记作联系人" in said(plan.rows[0])[0]
    assert count(desk, Contact) == 2
    assert outcomes(planned(desk, xlsx(rows))) == ["same", "same"]


def test_whoever_has_retired_is_a_cadre_though_married_to_one(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "与本人关系", "出生年月", "离退休时间"],
        ["秦守义", "本人", "1940.03", "2000.03"],
        ["李秀英", "配偶", "1942.03", "1997.03"],
        ["左玉梅（妻子）", None, "1942.04", None],
    ]
    plan = planned(desk, xlsx(rows))
    assert [row.candidate.name for row in plan.rows] == ["秦守义", "李秀英"]
    assert plan.rows[1].contacts[0]["name"] == "左玉梅"


def test_a_roster_of_relatives_alone_is_a_roster(desk: Desk) -> None:
    rows: Rows = [["姓名", "关系", "电话"], ["李秀英", "配偶", "1"], ["秦大伟", "长子", "2"]]
    assert len(planned(desk, xlsx(rows)).rows) == 2


def test_one_contact_comes_of_three_columns(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "身份证号", "联系人", "与本人关系", "联系人电话"],
        ["秦守义", ID, "秦大伟", "儿子", "13900003333"],
    ]
    assert [dict(one) for one in planned(desk, xlsx(rows)).rows[0].contacts] == [
        {"name": "秦大伟", "relation": "20", "phone": "13900003333"}
    ]


def test_another_card_number_is_told_and_not_written(desk: Desk) -> None:
    head = ["姓名", "身份证号", "银行卡号"]
    imported(desk, xlsx([head, ["秦守义", ID, "6222020000111122226"]]))
    plan = planned(desk, xlsx([head, ["秦守义", ID, "6217000000111122226"]]))
    assert outcomes(plan) == ["same"]
    assert "卡号不同" in said(plan.rows[0])[0]


def test_an_account_in_another_name_waits_for_the_relation(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    head = ["老干部", "户名", "开户行", "卡号"]
    account = ["农行", "6222020000111122226"]
    plan = planned(desk, xlsx([head, ["左玉梅", "别人", *account]]), register=REGISTERS["accounts"])
    assert outcomes(plan) == ["held"]
    assert said(plan.rows[0]) == ["户名不是本人，请填与本人关系。"]
    own = xlsx([head, ["左玉梅", "左玉梅", *account]])
    assert outcomes(imported(desk, own, register=REGISTERS["accounts"])) == ["new"]


# Hidden things, sheets, other registers.


def test_hidden_rows_are_taken_only_on_yes(desk: Desk) -> None:
    content = xlsx(ROSTER, hidden_rows=[3])
    plan = planned(desk, content)
    assert outcomes(plan) == ["new", "held", "new"]
    assert plan.to_json()["sheets"][0]["hidden"] == {"rows": 1, "columns": 0}
    assert outcomes(planned(desk, content, choices=Choices(hidden=True))) == ["new", "new", "new"]


def test_every_roster_of_a_workbook_is_planned_and_other_sheets_are_left(desk: Desk) -> None:
    content = xlsx(
        ROSTER,
        more={"二月": [["姓名", "单位"], ["田孝先", "县法院"]], "民族表": [[1, "汉族"], [2, "蒙古族"]]},
    )
    plan = planned(desk, content)
    assert [len(sheet.rows) for sheet in plan.sheets] == [3, 1, 0]
    with desk.read() as session:
        from cadre_desk.intake.planner import plan_import
        from cadre_desk.intake.workbook import read_content

        book = read_content("名册.xlsx", content)
        one = plan_import(session, REGISTERS["people"], book, today=TODAY, sheet="二月")
        assert [sheet.name for sheet in one.sheets] == ["二月"]
        with pytest.raises(UserError, match="没有工作表「三月」"):
            plan_import(session, REGISTERS["people"], book, today=TODAY, sheet="三月")


def test_units_come_in_as_a_tree_and_the_order_of_their_rows_does_not_matter(desk: Desk) -> None:
    rows: Rows = [
        ["编号", "上级编号", "单位名称"],
        [2, 1, "      县委老干部活动中心"],
        [1, None, "县委老干部局"],
        [3, 1, "      县老年大学"],
    ]
    plan = imported(desk, xlsx(rows), register=REGISTERS["units"])
    assert str(plan.verdict) == "other_table"
    with desk.read() as session:
        units = {unit.name: unit for unit in session.scalars(sa.select(Unit))}
    top = units["县委老干部局"].id
    assert [units[name].parent_id for name in ("县委老干部活动中心", "县老年大学", "县委老干部局")] == [
        top,
        top,
        None,
    ]
    assert outcomes(planned(desk, xlsx(rows), register=REGISTERS["units"])) == ["same"] * 3


def test_contacts_may_come_as_a_roster_of_their_own(town: Desk) -> None:
    rows: Rows = [["老干部", "姓名", "关系", "联系电话"], ["于敬之", "于小波", "儿子", "13900009999"]]
    imported(town, xlsx(rows), register=REGISTERS["contacts"])
    with town.read() as session:
        found = session.execute(
            sa.select(Contact.person_id, Contact.name).where(Contact.name == "于小波")
        ).one()
    assert found[0] == person(town, "于敬之").id


def test_what_the_desk_writes_by_itself_is_not_imported(desk: Desk) -> None:
    with pytest.raises(UserError, match="不能导入"):
        planned(desk, xlsx(ROSTER), register=REGISTERS["acts"])


def test_cross_field_rules_hold_a_row(desk: Desk) -> None:
    rows: Rows = [
        ["姓名", "离退类别", "参加工作时间"],
        ["秦守义", "离休", "1960.3"],
        ["左玉梅", "离休", "1947.3"],
    ]
    plan = planned(desk, xlsx(rows))
    assert outcomes(plan) == ["held", "new"]
    assert plan.rows[0].findings[0].column == "B"


def test_a_stopped_import_leaves_nothing(desk: Desk) -> None:
    class Stopped(Exception):
        """The clerk pressed 取消."""

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Stopped

    plan = planned(desk, xlsx(ROSTER))
    with pytest.raises(Stopped), desk.unit("导入") as session:
        plan.keep(session, stop)
    assert count(desk, Person) == 0


def test_a_file_that_cannot_be_read_is_a_broken_plan(desk: Desk, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "坏.xlsx"
    path.write_bytes(b"")
    with desk.read() as session:
        plan = plan_file(session, REGISTERS["people"], path, today=TODAY)
    assert plan.to_json() == {"verdict": "broken", "file": "坏.xlsx", "sheets": []}
    assert "空的" in plan.sentence


def test_the_json_of_a_plan_is_that_of_the_command_line(desk: Desk) -> None:
    rows: Rows = [["花名册"], *ROSTER, ["合计", "3人"]]
    sheet = planned(desk, xlsx(rows, merges=["A1:G1"])).to_json()["sheets"][0]
    assert {
        key: sheet[key] for key in ("sheet", "verdict", "header_rows", "first_data_row", "rows", "persons")
    } == {
        "sheet": "名册",
        "verdict": "roster",
        "header_rows": [2],
        "first_data_row": 3,
        "rows": 6,
        "persons": 3,
    }
    assert [sheet[str(outcome)] for outcome in Outcome] == [3, 0, 0, 0, 0]
    assert sheet["skipped"] == [{"row": 6, "why": "subtotal"}]
    assert sheet["mapping"][1] == {"column": "B", "header": "姓名", "field": "name", "by": "name"}
    assert sheet["mapping"][0] == {"column": "A", "header": "序号", "field": None, "by": None}


def test_problems_name_row_column_heading_field_and_value(desk: Desk) -> None:
    plan = planned(desk, xlsx([["姓名", "身份证号"], ["秦守义", 5.00101194503010e17]]))
    (problem,) = plan.to_json()["sheets"][0]["problems"]
    assert {key: problem[key] for key in ("row", "column", "header", "field", "value", "severity")} == {
        "row": 2,
        "column": "B",
        "header": "身份证号",
        "field": "id_no",
        "value": "5.0010119450301E+17",
        "severity": "hold",
    }


def test_sound_numbers_are_masked_in_json_and_faulty_ones_told(desk: Desk) -> None:
    imported(desk, xlsx(ROSTER))
    rows: Rows = [["姓名", "身份证号", "手机"], ["秦守信", ID, "1"], ["田孝先", "12345", "2"]]
    problems = planned(desk, xlsx(rows)).to_json()["sheets"][0]["problems"]
    assert ID not in str(problems)
    assert "12345" in {problem["value"] for problem in problems}


def test_nothing_is_remembered_unless_the_clerk_chose(desk: Desk) -> None:
    before = count(desk, Setting)
    imported(desk, xlsx(ROSTER))
    assert count(desk, Setting) == before


def test_a_plan_asks_the_ledger_the_same_number_of_times_for_any_roster(desk: Desk) -> None:
    asked: list[str] = []
    sa.event.listen(desk._reader, "before_cursor_execute", lambda *event: asked.append(event[2]))
    counts = []
    for size in (3, 300):
        people = [[f"秦{chr(0x4E00 + at)}义", id_number(BORN, at)] for at in range(size)]
        asked.clear()
        planned(desk, xlsx([["姓名", "身份证号"], *people]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_namesake_in_another_column_is_asked_about_only_where_it_matters(desk: Desk) -> None:
    twins: Rows = [["姓名", "身份证号"], ["王桂英", id_number(BORN, 22)], ["王桂英", id_number(BORN, 24)]]
    imported(desk, xlsx(twins))
    rows: Rows = [["姓名", "身份证号", "遗属属于"], ["秦守义", ID, "王桂英"]]
    plan = imported(desk, xlsx(rows))
    assert outcomes(plan) == ["new"]
    assert person(desk, "秦守义").note == "王桂英"
    contacts: Rows = [["老干部", "姓名", "关系"], ["王桂英", "王小波", "儿子"]]
    assert outcomes(planned(desk, xlsx(contacts), register=REGISTERS["contacts"])) == ["held"]


def test_the_unit_tells_whose_contact_it_is(desk: Desk) -> None:
    head = ["姓名", "身份证号", "单位"]
    imported(
        desk, xlsx([head, ["王桂英", id_number(BORN, 22), "甲局"], ["王桂英", id_number(BORN, 24), "乙局"]])
    )
    rows: Rows = [["老干部", "原工作单位", "姓名", "关系"], ["王桂英", "乙局", "王小波", "儿子"]]
    imported(desk, xlsx(rows), register=REGISTERS["contacts"])
    with desk.read() as session:
        query = sa.select(Person.last_unit).join(Contact, Contact.person_id == Person.id)
        assert session.scalars(query).all() == ["乙局"]


def test_a_band_with_a_unit_heads_the_rows_that_leave_their_unit_open(desk: Desk) -> None:
    rows: Rows = [
        ["序号", "姓名", "工作单位", "手机"],
        ["县水利局"],
        [1, "秦守义", None, "13900001111"],
        [2, "左玉梅", "县财政局", None],
        ["退休人员"],
        [3, "石万林", None, "13900003333"],
    ]
    plan = planned(desk, xlsx(rows))
    assert [row.values["last_unit"] for row in plan.rows] == ["县水利局", "县财政局", "县水利局"]


def test_numbered_bands_in_the_column_of_names_are_nobody_and_hide_nobody(desk: Desk) -> None:
    rows: Rows = [
        ["2026年春节慰问名册"],
        ["序号", "姓名", "身份证号", "慰问金"],
        ["一", "离休干部（2人）"],
        [1, "秦守义", id_number(BORN, 22), 1500],
        [2, "左玉梅", id_number(BORN, 24), 1500],
        ["二", "退休干部（1人）"],
        [1, "石万林", id_number(BORN, 26), 500],
    ]
    plan = planned(desk, xlsx(rows))
    assert [row.values.get("name") for row in plan.rows] == ["秦守义", "左玉梅", "石万林"]
    assert outcomes(plan) == ["new", "new", "new"]


def test_a_couple_on_one_line_is_held_and_comrade_is_no_part_of_a_name(desk: Desk) -> None:
    rows: Rows = [["张志强 夫妇", "13900001111"], ["李桂兰等3人", None], ["王建国同志", None]]
    plan = planned(desk, xlsx([["姓名", "手机"], *rows]))
    assert outcomes(plan) == ["held", "held", "new"]
    assert "不止一个人" in said(plan.rows[0])[0]
    assert plan.rows[2].values["name"] == "王建国"


def test_a_mobile_number_that_lost_a_figure_is_said(desk: Desk) -> None:
    plan = planned(desk, xlsx([["姓名", "手机"], ["秦守义", "1390000111"], ["左玉梅", "139-0000-22223"]]))
    assert all("位数不对" in said(row)[0] for row in plan.rows)
    assert outcomes(plan) == ["new", "new"]
