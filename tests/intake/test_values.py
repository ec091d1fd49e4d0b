"""What cells say: dates settled, damaged numbers kept out, codes found, nothing lost in silence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cadre_desk.db.desk import Desk
from cadre_desk.domain.errors import Severity
from cadre_desk.intake.plan import Plan, PlannedRow
from cadre_desk.intake.planner import Choices
from tests.intake.books import Rows, id_number, outcomes, planned, said, xlsx
from tests.intake.old_excel import xls

BORN = date(1953, 10, 5)
ID = id_number(BORN, 11)


def one(blank: Desk, heading: str, value: Any, **more: Any) -> PlannedRow:
    """The row of a roster with a name, one more column, and what else is given by heading."""
    row = planned(blank, xlsx([["姓名", heading, *more], ["秦守义", value, *more.values()]])).rows[0]
    assert row.candidate.row == 1
    return row


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("手机", 13900001111.0, "phone", "13900001111"),
        ("手机", " 139 0000 1111 ", "phone", "13900001111"),
        ("手机", "13900001111、023-42231176", "phone", "13900001111/023-42231176"),
        ("手机", "１３９００００１１１１", "phone", "13900001111"),
        ("身份证号", f"'{ID}", "id_no", ID),
        ("身份证号", ID.replace("X", "x"), "id_no", ID),
        ("民族", "土家族", "ethnic", "15"),
        ("民族", "土家", "ethnic", "15"),
        ("民族", "15", "ethnic", "15"),
        ("政治面貌", "中国共产党党员", "political", "01"),
        ("现享受待遇", "享受副县级待遇", "treatment_level", "32"),
        ("离退类别", "离休干部", "retire_type", "1"),
        ("是否孤寡", "√", "is_lonely", True),
        ("是否孤寡", "否", "is_lonely", False),
        ("家庭状况", "独居、失独", "family_flags", ("1", "5")),
        ("原工作单位", "县　住建局\n", "last_unit", "县 住建局"),
        ("离退休费（月）", 5310.5, "pension", 531050),
        ("农历生日", "八月初三", "lunar_birth", None),
    ],
)
def test_a_cell_is_read_as_its_field_means_it(
    blank: Desk, heading: str, cell: Any, field: str, value: Any
) -> None:
    row = one(blank, heading, cell)
    assert str(row.outcome) == "new", said(row)
    assert field in row.values
    assert value is None or row.values[field] == value


@pytest.mark.parametrize("cell", ["—", "无", "不详", "/", "　", "#N/A", "暂无"])
@pytest.mark.parametrize("heading", ["手机", "出生年月", "现住址", "居住方式", "身份证号"])
def test_words_for_nothing_are_nothing(blank: Desk, heading: str, cell: str) -> None:
    row = one(blank, heading, cell)
    assert set(row.values) <= {"name", "person_kind", "status"}
    assert said(row) == []


@pytest.mark.parametrize(
    "cell", [5.00101195310050e17, "5.00101E+17", "50010119531005001", "500101195310050000"]
)
def test_an_id_number_that_excel_damaged_is_never_guessed(blank: Desk, cell: Any) -> None:
    row = one(blank, "身份证号", cell)
    assert str(row.outcome) == "held"
    assert "Excel" in said(row)[0]
    assert "id_no" not in row.candidate.values


def test_a_damaged_number_matches_nobody(blank: Desk) -> None:
    rows: Rows = [["姓名", "身份证号"], ["秦守义", ID], ["秦守义", float(int(ID[:15] + "000"))]]
    assert outcomes(planned(blank, xlsx(rows))) == ["new", "held"]


def test_a_card_number_that_lost_digits_is_left_out_and_said(blank: Desk) -> None:
    row = one(blank, "银行卡号", 6.2220200001111222e18)
    assert str(row.outcome) == "new"
    assert row.accounts == ()
    assert "末几位" in said(row)[0]


def test_a_word_that_no_table_knows_is_kept_in_the_note(blank: Desk) -> None:
    row = one(blank, "健康状况", "长期卧床两年")
    assert row.values["note"] == "健康状况：长期卧床两年"
    assert [finding.severity for finding in row.findings] == [Severity.WARN]


def test_a_level_in_a_column_of_ranks_finds_its_field(blank: Desk) -> None:
    assert one(blank, "职级", "四级调研员").values["rank"] == "06"
    assert one(blank, "健康状况", "半失能").values["ability"] == "2"


def test_what_stands_behind_a_name_is_told_apart(blank: Desk) -> None:
    row = planned(blank, xlsx([["姓名", "单位"], ["秦　守（女）", "a"], ["左玉梅（已故）", "b"]])).rows
    assert (row[0].values["name"], row[0].values["sex"]) == ("秦守", "2")
    assert row[1].values["note"] == "已故"
    assert "核对" in said(row[1])[0]


@pytest.mark.parametrize("name", ["张三1", "=cmd|' /C calc'!A0", "秦守义#"])
def test_a_name_that_is_none_is_held(blank: Desk, name: str) -> None:
    row = planned(blank, f'姓名,单位\n"{name}",a\n'.encode(), file="a.csv").rows[0]
    assert str(row.outcome) == "held"


def test_two_names_in_one_cell_are_held_and_a_padded_one_is_not(blank: Desk) -> None:
    rows: Rows = [["姓名", "单位"], ["王建国 李秀英", "a"], ["买买提 艾力", "b"], ["王　建国", "c"]]
    assert [str(row.outcome) for row in planned(blank, xlsx(rows)).rows] == ["held", "new", "new"]
    assert "几个人" in said(planned(blank, xlsx(rows)).rows[0])[0]


def test_what_is_said_behind_a_date_is_kept_in_the_note(blank: Desk) -> None:
    row = one(blank, "入党时间", "1971.7.1（预备）")
    assert row.values["party_join"].iso == "1971-07-01"
    assert "预备" in row.values["note"]


@pytest.mark.parametrize(("mark", "meant"), [("✔", True), ("☑", True), ("✗", False), ("✘", False)])
def test_ticks_and_crosses_of_any_font_are_yes_and_no(
    blank: Desk,
    mark: str,
    meant: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert one(blank, "流动党员", mark).values["floating"] is meant


def test_unit_and_post_in_one_cell_are_cut_apart(blank: Desk) -> None:
    rows: Rows = [
        ["姓名", "单位及职务"],
        ["甲大明", "县财政局副局长"],
        ["乙大明", "县法院 副院长"],
        ["丙大明", "县工会"],
    ]
    found = [
        (row.values.get("last_unit"), row.values.get("last_post")) for row in planned(blank, xlsx(rows)).rows
    ]
    assert found == [("县财政局", "副局长"), ("县法院", "副院长"), ("县工会", None)]


def test_ditto_is_what_stands_above(blank: Desk) -> None:
    rows: Rows = [["姓名", "单位"], ["秦守义", "县住建局"], ["左玉梅", "同上"], ["石万林", "〃"]]
    assert [row.values["last_unit"] for row in planned(blank, xlsx(rows)).rows] == ["县住建局"] * 3


def test_a_unit_that_heads_its_rows_is_theirs(blank: Desk) -> None:
    rows: Rows = [
        ["单位", "姓名"],
        ["县住建局", None],
        [None, "秦守义"],
        ["县财政局", None],
        [None, "左玉梅"],
    ]
    assert [row.values["last_unit"] for row in planned(blank, xlsx(rows)).rows] == ["县住建局", "县财政局"]


@pytest.mark.parametrize("cell", ["2010-02-30", "2025-13-01", "99991231", "看不清", "2031.5"])
def test_a_date_that_is_none_holds_its_row(blank: Desk, cell: str) -> None:
    row = one(blank, "离退休时间", cell)
    assert str(row.outcome) == "held"
    assert row.findings[0].column == "B"


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("1953年7月", "1953-07"),
        ("195307", "1953-07"),
        (195307.0, "1953-07"),
        (1953.07, "1953-07"),
        ("1953.07（72岁）", "1953-07"),
        (date(1953, 7, 21), "1953-07-21"),
        ("53.7", "1953-07"),
    ],
)
def test_dates_keep_what_is_known_of_them(blank: Desk, cell: Any, iso: str) -> None:
    assert one(blank, "出生年月", cell).values["birth_archive"].iso == iso


def test_a_day_that_excel_shows_as_a_month_is_a_month(blank: Desk) -> None:
    rows: Rows = [["姓名", "出生年月"], ["秦守义", date(1953, 7, 1)], ["左玉梅", date(1953, 7, 1)]]
    plan = planned(blank, xlsx(rows, formats={"B2": 'yyyy"年"m"月"'}))
    assert [row.values["birth_archive"].iso for row in plan.rows] == ["1953-07", "1953-07-01"]


def test_excels_empty_date_is_no_date(blank: Desk) -> None:
    row = one(blank, "离退休时间", date(1899, 12, 31))
    assert "retire_date" not in row.values
    assert "空日期" in said(row)[0]


def test_day_numbers_of_the_1904_system_are_read_by_it(blank: Desk) -> None:
    content = xls([["姓名", "离退休时间"], ["秦守义", 36000.0]], epoch_1904=True)
    assert planned(blank, content).rows[0].values["retire_date"].iso == "2002-07-25"


# 1953.1 as a number: January, or October whose zero Excel dropped.


def births(plan: Plan) -> list[str]:
    """The births of the rows, "?" for those that wait."""
    return [row.values["birth_archive"].iso if "birth_archive" in row.values else "?" for row in plan.rows]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_format_with_two_decimals_shows_october(blank: Desk, kind: str) -> None:
    rows: Rows = [["姓名", "出生年月"], ["秦守义", 1953.1]]
    content = xlsx(rows, formats={"B2": "0.00"}) if kind == "xlsx" else xls(rows, formats={(1, 1): "0.00"})
    assert births(planned(blank, content)) == ["1953-10"]


def test_the_id_number_settles_the_month_of_birth(blank: Desk) -> None:
    january = id_number(date(1953, 1, 5), 21)
    rows: Rows = [["姓名", "身份证号", "出生年月"], ["秦守义", ID, 1953.1], ["左玉梅", january, 1953.1]]
    plan = planned(blank, xlsx(rows))
    assert births(plan) == ["1953-10", "1953-01"]
    assert "身份证号" in said(plan.rows[0])[0]


def test_a_column_that_writes_january_with_a_zero_means_october(blank: Desk) -> None:
    rows: Rows = [["姓名", "出生年月"], ["甲大明", 1953.1], ["乙大明", 1950.03], ["丙大明", 1951.02]]
    assert births(planned(blank, xlsx(rows))) == ["1953-10", "1950-03", "1951-02"]


def test_a_column_that_writes_october_as_text_means_january(blank: Desk) -> None:
    rows: Rows = [["姓名", "出生年月"], ["甲大明", 1953.1], ["乙大明", "1950.10"], ["丙大明", 1951.2]]
    assert births(planned(blank, xlsx(rows))) == ["1953-01", "1950-10", "1951-02"]


def test_what_the_id_numbers_settled_is_the_habit_of_the_others(blank: Desk) -> None:
    other = id_number(date(1950, 10, 5), 31)
    rows: Rows = [
        ["姓名", "身份证号", "出生年月"],
        ["甲大明", ID, 1953.1],
        ["乙大明", other, 1950.1],
        ["丙大明", None, 1948.1],
    ]
    assert births(planned(blank, xlsx(rows))) == ["1953-10", "1950-10", "1948-10"]


def test_otherwise_one_question_is_asked_for_the_whole_column(blank: Desk) -> None:
    rows: Rows = [["姓名", "出生年月"], ["甲大明", 1953.1], ["乙大明", 1950.1], ["丙大明", 1951.2]]
    plan = planned(blank, xlsx(rows))
    assert outcomes(plan) == ["held", "held", "new"]
    assert [(question.column, question.rows) for question in plan.questions] == [("B", (1, 2))]
    answered = planned(blank, xlsx(rows), choices=Choices(months={("名册", "B"): 10}))
    assert births(answered) == ["1953-10", "1950-10", "1951-02"]
    assert answered.questions == ()


def test_a_csv_has_no_numbers_so_the_column_decides(blank: Desk) -> None:
    asked = planned(blank, "姓名,出生年月\n甲大明,1953.1\n".encode(), file="a.csv")
    assert outcomes(asked) == ["held"]
    told = planned(blank, "姓名,出生年月\n甲大明,1953.1\n乙大明,1950.10\n".encode(), file="a.csv")
    assert births(told) == ["1953-01", "1950-10"]


def test_two_figures_of_a_year_are_settled_by_when_the_person_was_born(blank: Desk) -> None:
    row = planned(blank, xlsx([["姓名", "身份证号", "入党时间"], ["秦守义", ID, "03.5"]])).rows[0]
    assert row.values["party_join"].iso == "2003-05"
    assert str(planned(blank, xlsx([["姓名", "入党时间"], ["秦守义", "03.5"]])).rows[0].outcome) == "held"


@pytest.mark.parametrize(("word", "meant"), [("是的", True), ("住院", True), ("未住院", False), ("√", True)])
def test_yes_and_no_may_be_said_in_the_words_of_the_heading(blank: Desk, word: str, meant: bool) -> None:  # noqa: FBT001 - a parameter of the test
    plan = planned(blank, xlsx([["姓名", "正在住院"], ["秦守义", word]]))
    assert plan.rows[0].values["in_hospital"] is meant
