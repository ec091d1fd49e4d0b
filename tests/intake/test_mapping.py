"""Columns find their fields by heading and content; what doesn't fit is left to the clerk."""

from __future__ import annotations

from datetime import date

import pytest

from cadre_desk.db.desk import Desk
from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.intake.planner import Choices
from cadre_desk.registers.people import PEOPLE
from tests.intake.books import Rows, id_number, imported, planned, xlsx


def columns(
    blank: Desk, rows: Rows, merges: tuple[str, ...] = (), choices: Choices | None = None
) -> list[MappedColumn]:
    """The columns of a sheet."""
    plan = planned(blank, xlsx(rows, merges=merges), choices=choices or Choices())
    return list(plan.sheets[0].columns)


def fields(blank: Desk, headings: list[str], *rows: list[object]) -> list[str | None]:
    """The field of each column."""
    return [one.field for one in columns(blank, [headings, *rows])]


@pytest.mark.parametrize("key", sorted(PEOPLE.form))
def test_every_label_of_the_register_is_its_own_heading(blank: Desk, key: str) -> None:
    found = columns(blank, [["姓名", "入党时间", PEOPLE.fields[key].label], ["秦守义", None, None]])
    assert key in {one.field for one in found}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("身份证号码", "id_no"),
        ("公民身份号码\n（18位）", "id_no"),
        ("出生年月（岁）", "birth_archive"),
        ("出生日期", "birth_archive"),
        ("出生日期（身份证）", "birth_id"),
        ("现 住 址", "address"),
        ("联系方式", "phone"),
        ("所属党支部", "branch_id"),
        ("原职级", "pre_level"),
        ("单位及职务", "last_unit+last_post"),
        ("银行卡号", "account.card_no"),
        ("开户银行", "account.bank"),
        ("家属联系方式", "contact.phone"),
        ("紧急联系人", "contact.name"),
        ("配偶姓名", "contact.name"),
        ("文体爱好", "specialty"),
        ("部门", "last_unit"),
        ("'入党时间", "party_join"),
        ("入党年份", "party_join"),
        ("加入共产党日期", "party_join"),
        ("退（离）休日期", "retire_date"),
        ("退休前所在单位", "last_unit"),
        ("离退休干部类别", "retire_type"),
        ("联系电话1", "phone"),
        ("本人手机号码", "phone"),
        ("现居住地址", "address"),
        ("备注信息", "note"),
        ("原职务职级", "last_post"),
        ("人员情况", None),
        ("入职年月", None),
        ("年龄", None),
        ("警号", None),
        ("短号", None),
    ],
)
def test_headings_of_other_offices_are_understood(blank: Desk, heading: str, field: str | None) -> None:
    assert fields(blank, ["姓名", heading], ["秦守义", None])[1] == field


def test_the_surest_of_two_columns_keeps_the_field(blank: Desk) -> None:
    assert fields(blank, ["姓名", "部门", "原工作单位"], ["秦守义", "a", "b"]) == ["name", None, "last_unit"]


def test_a_column_that_holds_something_wins_over_an_empty_one(blank: Desk) -> None:
    assert fields(blank, ["姓名", "部门", "原工作单位"], ["秦守义", "a", None]) == ["name", "last_unit", None]


def test_a_second_telephone_is_the_landline_if_it_looks_like_one(blank: Desk) -> None:
    found = fields(blank, ["姓名", "手机", "联系电话"], ["秦守义", "13900001111", "023-42231176"])
    assert found == ["name", "phone", "landline"]


def test_confirmation_after_probation_at_work_is_no_date_of_the_party(blank: Desk) -> None:
    assert fields(blank, ["姓名", "转正日期"], ["秦守义", "2022.3"])[1] is None
    assert fields(blank, ["姓名", "入党时间", "转正日期"], ["秦守义", "1970.3", "1971.3"])[2] == "party_full"


def test_a_column_of_codes_that_no_table_knows_is_left_to_the_clerk(blank: Desk) -> None:
    rows: Rows = [["姓名", "类别"], ["秦守义", "甲类"], ["左玉梅", "乙类"], ["石万林", "丙类"]]
    found = columns(blank, rows)[1]
    assert found.field is None
    assert "对不上" in found.why


def test_content_names_a_column_whose_heading_nobody_knows(blank: Desk) -> None:
    rows: Rows = [["姓名", "甲", None, "丙"]]
    people = [
        [f"秦守{'一二三四'[at]}", id_number(date(1945, 3, 1 + at), 11), f"1390000111{at}", "男"]
        for at in range(4)
    ]
    found = columns(blank, [*rows, *people])
    assert [one.field for one in found] == ["name", "id_no", "phone", "sex"]
    assert [str(one.by) for one in found[1:]] == ["content"] * 3


def test_contacts_are_told_apart_by_the_heading_above(blank: Desk) -> None:
    found = columns(
        blank,
        [
            ["姓名", "配偶", None, "子女", None],
            [None, "姓名", "电话", "姓名", "电话"],
            ["秦守义", "李秀英", "13900001111", "秦大伟", "13900002222"],
        ],
        merges=("A1:A2", "B1:C1", "D1:E1"),
    )
    assert [(one.field, one.kin) for one in found[1:]] == [
        ("contact.name", "配偶"),
        ("contact.phone", "配偶"),
        ("contact.name", "子女"),
        ("contact.phone", "子女"),
    ]


def test_year_month_and_day_in_columns_of_their_own_are_one_date(blank: Desk) -> None:
    plan = planned(
        blank,
        xlsx(
            [
                ["姓名", "出生", None, None],
                [None, "年", "月", "日"],
                ["秦守义", 1945, 3, 21],
                ["左玉梅", 1950, 10, None],
            ],
            merges=["A1:A2", "B1:D1"],
        ),
    )
    assert [row.values["birth_archive"].iso for row in plan.rows] == ["1945-03-21", "1950-10"]


def test_hidden_columns_are_taken_only_on_yes(blank: Desk) -> None:
    content = xlsx([["姓名", "手机"], ["秦守义", "13900001111"]], hidden_columns=["B"])
    assert planned(blank, content).sheets[0].columns[1].field is None
    assert planned(blank, content, choices=Choices(hidden=True)).sheets[0].columns[1].field == "phone"


def test_what_the_clerk_says_of_a_column_is_remembered_for_the_layout(desk: Desk) -> None:
    rows: Rows = [["姓名", "卡号", "小队"], ["秦守义", None, "县住建局"]]
    said = Choices(mapping={"名册": {"C": "last_unit", "B": None}})
    assert [one.field for one in columns(desk, rows)] == ["name", "account.card_no", None]
    imported(desk, xlsx(rows), choices=said)
    found = columns(desk, [rows[0], ["左玉梅", None, "县财政局"]])
    assert [one.field for one in found] == ["name", None, "last_unit"]
    assert str(found[2].by) == "remembered"


def test_the_mapping_shows_samples(blank: Desk) -> None:
    found = columns(blank, [["姓名", "单位"], ["秦守义", "甲局"], ["左玉梅", "甲局"], ["石万林", "乙局"]])
    assert found[1].samples == ("甲局", "乙局")
    assert found[1].letter == "B"


def test_a_bare_telephone_beside_a_contact_is_the_contacts(blank: Desk) -> None:
    for heads, field in (
        (["姓名", "联系人", "电话"], "contact.phone"),
        (["姓名", "家属", "关系", "联系电话"], "contact.phone"),
        (["姓名", "联系人", "手机"], "phone"),
        (["姓名", "配偶姓名", "联系电话"], "phone"),
    ):
        rows: Rows = [heads, ["秦守义", "李秀英", *["女儿"] * (len(heads) - 3), "13900001111"]]
        assert planned(blank, xlsx(rows)).sheets[0].columns[-1].field == field, heads
