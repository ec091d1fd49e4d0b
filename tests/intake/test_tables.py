"""Tables are found under titles, in heads of several levels, side by side; forms and texts are told apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cadre_desk.intake.rows import PERSONS, Kind
from cadre_desk.intake.tables import SheetReading, Verdict
from tests.intake.books import Rows, id_number, reading

HEAD = ["序号", "姓名", "性别", "单位"]
QIN, ZUO, SHI = (
    [1, "秦守义", "男", "县住建局"],
    [2, "左玉梅", "女", "县财政局"],
    [3, "石万林", "男", "县林业局"],
)
PEOPLE: Rows = [HEAD, QIN, ZUO, SHI]


def names(found: SheetReading) -> list[str]:
    """The names of those found, in order."""
    return [
        str(found.value(line.row, table.blocks[line.block].name or 0))
        for table in found.tables
        for line in table.lines
        if line.kind in PERSONS
    ]


def skipped(found: SheetReading) -> dict[int, Kind]:
    """Rows that are nobody, counting from 1."""
    return {
        line.row + 1: line.kind for table in found.tables for line in table.lines if line.kind not in PERSONS
    }


def head_rows(found: SheetReading) -> list[int]:
    """The rows of the first head, counting from 1."""
    return [row + 1 for row in found.tables[0].head.rows]


def test_a_head_is_found_under_titles_and_notes() -> None:
    found = reading(
        [["青岚县离退休干部花名册"], ["制表单位：县老干部局", None, None, "2026年1月"], *PEOPLE],
        merges=["A1:D1"],
    )
    assert head_rows(found) == [3]
    assert names(found) == ["秦守义", "左玉梅", "石万林"]


def test_a_head_of_three_levels_is_read_from_top_to_bottom() -> None:
    found = reading(
        [
            ["花名册"],
            ["序号", "姓名", "家庭成员", None, None, "备注"],
            [None, None, "配偶", None, "子女", None],
            [None, None, "姓名", "电话", "姓名", None],
            [1, "秦守义", "李秀英", "13900001111", "秦大伟", None],
        ],
        merges=["A1:F1", "A2:A4", "B2:B4", "C2:E2", "C3:D3", "F2:F4"],
    )
    assert head_rows(found) == [2, 3, 4]
    assert found.tables[0].head.columns[3].path == ("家庭成员", "配偶", "电话")
    assert names(found) == ["秦守义"]


def test_a_wide_heading_needs_no_merge() -> None:
    found = reading(
        [
            ["序号", "姓名", "家庭成员", None, "备注"],
            [None, None, "姓名", "电话", None],
            [1, "秦守义", "李秀英", None, "x"],
        ]
    )
    assert head_rows(found) == [1, 2]
    assert found.tables[0].head.columns[3].path == ("家庭成员", "电话")


def test_groups_above_the_head_belong_to_it() -> None:
    found = reading(
        [
            ["签到表"],
            ["上午", None, "下午", None],
            ["姓名", "签到", "姓名", "签到"],
            ["秦守义", None, "左玉梅", None],
        ],
        merges=["A1:D1", "A2:B2", "C2:D2"],
    )
    assert head_rows(found) == [2, 3]
    assert len(found.tables[0].blocks) == 2
    assert names(found) == ["秦守义", "左玉梅"]


def test_side_by_side_with_a_blank_column_between() -> None:
    found = reading(
        [
            ["序号", "姓名", None, "序号", "姓名"],
            [1, "秦守义", None, 3, "石万林"],
            [2, "左玉梅", None, None, None],
        ]
    )
    assert names(found) == ["秦守义", "石万林", "左玉梅"]


def test_a_name_merged_over_two_columns_is_one_name() -> None:
    found = reading(
        [["姓名", None, "电话"], ["秦守义", None, "13900001111"], ["左玉梅", None, None]],
        merges=["A1:B1", "A2:B2", "A3:B3"],
    )
    assert len(found.tables[0].blocks) == 1
    assert names(found) == ["秦守义", "左玉梅"]


def test_the_kind_of_a_paper_is_no_head() -> None:
    rows: Rows = [
        ["编号", "姓名", "证件类型", "证件号码", "国籍"],
        ["A001", "秦守义", "身份证", None, "中国"],
        ["A002", "左玉梅", "军官证", "军字第001号", "中国"],
        ["A003", "石万林", "身份证", "500101194309011815", "中国"],
    ]
    found = reading(rows)
    assert len(found.tables) == 1
    assert names(found) == ["秦守义", "左玉梅", "石万林"]


def test_who_is_called_like_a_heading_is_somebody_with_an_id_number() -> None:
    number = id_number(date(1942, 7, 7), 42)
    assert names(reading([["姓名", "身份证号"], ["秦守义", ""], ["时间", number]])) == ["秦守义", "时间"]


def test_a_second_name_under_its_own_heading_is_no_second_person() -> None:
    found = reading([["姓名", "电话", "家属姓名", "家属电话"], ["秦守义", "1", "李秀英", "2"]])
    assert len(found.tables[0].blocks) == 1
    assert names(found) == ["秦守义"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["小计", None, None, "2人"], Kind.SUBTOTAL),
        ([None, "合　计", None, None], Kind.SUBTOTAL),
        (["县财政局小计", None, None, None], Kind.SUBTOTAL),
        (["总计", "共3人", None, None], Kind.SUBTOTAL),
        (HEAD, Kind.REPEATED_HEADER),
        ([1, 2, 3, 4], Kind.REPEATED_HEADER),
        (["甲", "乙", "丙", 1], Kind.REPEATED_HEADER),
        ([4, None, None, None], Kind.EMPTY),
        ([4, "—", None, None], Kind.EMPTY),
        (["单位负责人：", None, "填表人：周敏", None], Kind.SIGNATURE),
        (["制表人", "周敏", "审核人", "何志远"], Kind.SIGNATURE),
        ([None, None, None, "2026年1月26日"], Kind.SIGNATURE),
        (["单位（盖章）", "负责人签字：", None, "填报日期："], Kind.SIGNATURE),
        ([None, "备注", "男", None], Kind.NOTE),
        (["注：1.本表一式两份。", None, None, None], Kind.NOTE),
        (["二、退休干部", None, None, None], Kind.NOTE),
        (["以下空白", None, None, None], Kind.NOTE),
        ([None, None, None, "县财政局"], Kind.NOTE),
        ([4, None, "男", "县法院"], Kind.NO_NAME),
        ([None, "计", None, "4"], Kind.SUBTOTAL),
        (["本页2人，累计5人", None, None, None], Kind.SUBTOTAL),
        (["第2页 共5页", None, None, None], Kind.NOTE),
    ],
)
def test_a_row_that_is_nobody_is_told_by_what_it_says(row: list[Any], kind: Kind) -> None:
    found = reading([*PEOPLE, row, [5, "田孝先", "男", "县法院"]])
    assert skipped(found) == {5: kind}
    assert names(found)[-1] == "田孝先"


@pytest.mark.parametrize(
    "row",
    [
        [4, "合芳", "女", "县法院"],
        [4, "王一", "男", "负责人"],
        [4, "计平", "男", "合计发放三次"],
        [4, "买买提·艾力", "男", None],
        [None, "附国平", "男", "联系人：李芳"],
    ],
)
def test_nobody_is_lost_to_words_that_only_look_like_it(row: list[Any]) -> None:
    assert names(reading([*PEOPLE, row]))[-1] == row[1]


def test_a_remark_merged_across_the_table_is_nobody() -> None:
    found = reading([*PEOPLE, ["滨河路一号", None, None, None]], merges=["A5:D5"])
    assert skipped(found) == {5: Kind.NOTE}


def test_names_merged_downwards_are_one_person_each() -> None:
    rows: Rows = [["学号", "姓名", "性别"], [1, "秦守义", "男"], [2], [3, "左玉梅"], [4]]
    found = reading(rows, merges=["B2:B3", "B4:B5", "C2:C4"])
    assert names(found) == ["秦守义", "左玉梅"]
    assert [line.kind for line in found.tables[0].lines] == [Kind.PERSON, Kind.MORE, Kind.PERSON, Kind.MORE]
    assert found.value(3, 2) == "男"


@pytest.mark.parametrize(
    "row",
    [
        ["示例", "张大山", "男", "县某局"],
        [1, "张三", "男", "县某局"],
        [1, "示例示例", None, None],
        [1, "XXX", None, None],
    ],
)
def test_sample_rows_are_known(row: list[Any]) -> None:
    found = reading([HEAD, row, ZUO])
    assert [line.kind for line in found.tables[0].lines] == [Kind.SAMPLE, Kind.PERSON]


def test_a_real_person_may_be_called_like_a_sample() -> None:
    found = reading([["姓名", "身份证号"], ["张三", "11010519491231002X"]])
    assert [line.kind for line in found.tables[0].lines] == [Kind.PERSON]


def test_a_table_of_something_else_below_ends_the_people() -> None:
    found = reading([*PEOPLE, [None], ["慰问品"], ["物品", "数量", "单价"], ["大米", "十", "五十"]])
    assert names(found) == ["秦守义", "左玉梅", "石万林"]


def test_two_tables_of_people_below_each_other_are_both_read() -> None:
    found = reading([*PEOPLE, [None], ["姓名", "金额", "签字"], ["田孝先", 500, None]])
    assert len(found.tables) == 2
    assert names(found)[-1] == "田孝先"


def test_without_a_name_column_the_id_number_names_the_row() -> None:
    found = reading([["身份证号", "工资"], ["11010519491231002X", 1], ["440524188001010014", 2]])
    assert found.verdict is Verdict.ROSTER
    assert found.tables[0].persons == 2


VERDICTS: dict[str, tuple[Rows, list[str], Verdict]] = {
    "a lone list of names": ([["名单"], ["姓名"], ["秦守义"], ["左玉梅"]], [], Verdict.ROSTER),
    "a head alone": ([["花名册"], HEAD], ["A1:D1"], Verdict.EMPTY_TEMPLATE),
    "a head over numbered rows": ([HEAD, [1], [2], ["填表人：", None, "日期："]], [], Verdict.EMPTY_TEMPLATE),
    "an ID column alone": ([["身份证号", "党费缴至"]], [], Verdict.EMPTY_TEMPLATE),
    "units": ([["编号", "单位名称", "层级"], [1, "县委办", 1], [2, "县府办", 1]], [], Verdict.OTHER_TABLE),
    "goods with a stray ID": (
        [["产品", "型号", "身份证"], ["甲", "x", "11010519491231002X"], ["乙", "y", None], ["丙", "z", None]],
        [],
        Verdict.OTHER_TABLE,
    ),
    "a statistic": (
        [["年龄结构"], ["单位", "合计", "七十岁以上"], ["县财政局", 10, 5]],
        ["A1:C1"],
        Verdict.OTHER_TABLE,
    ),
    "a column of words": ([["用户类型"], ["在职"], ["退休"]], [], Verdict.OTHER_TABLE),
    "a filled form": (
        [
            ["老干部登记表"],
            ["姓名", "秦守义", "性别", "男", "出生年月", "1945.3"],
            ["民族", "汉族", "籍贯", "青岚县", "政治面貌", "中共党员"],
            ["单位", "县住建局", "职务", "副局长", "电话", "13900001111"],
        ],
        ["A1:F1"],
        Verdict.NOT_ROSTER,
    ),
    "an empty form": (
        [["申请表"], ["姓名", None, "性别", None], ["单位", None, "电话", None], ["住址"], ["理由"]],
        ["A1:D1", "B4:D4", "B5:D5"],
        Verdict.NOT_ROSTER,
    ),
    "a form of labels and values": (
        [["姓名", "秦守义"], ["性别", "男"], ["出生年月", "1945.3"]],
        [],
        Verdict.NOT_ROSTER,
    ),
    "a letter": (
        [["关于报送名册的通知"], ["各单位："], ["请报送离退休干部花名册，要求姓名准确。"]],
        [],
        Verdict.NOT_ROSTER,
    ),
    "nothing": ([], [], Verdict.NOT_ROSTER),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_the_verdict_on_a_sheet(case: str) -> None:
    rows, merges, verdict = VERDICTS[case]
    assert reading(rows, merges=merges).verdict is verdict


@pytest.mark.parametrize(
    "heading", ["姓名*", "姓　名", "\t姓名", "姓名\n", "姓名（必填）", "学生姓名", "老干部姓名", "人员姓名"]
)
def test_a_heading_of_names_is_known_however_it_is_written(heading: str) -> None:
    assert names(reading([["单位", heading], ["县住建局", "秦守义"]])) == ["秦守义"]


@pytest.mark.parametrize("heading", ["家长姓名", "证件姓名", "负责人姓名", "产品名称", "户名", "姓名拼音"])
def test_other_names_name_nobody(heading: str) -> None:
    assert names(reading([["单位", heading], ["县住建局", "秦守义"], ["县财政局", "左玉梅"]])) == []


def test_a_roster_without_a_head_is_known_by_its_id_numbers() -> None:
    rows: Rows = [[1, "秦守义", "男", "11010519491231002X"], [2, "左玉梅", "女", "440524188001010014"]]
    found = reading(rows)
    assert found.verdict is Verdict.ROSTER
    assert found.tables[0].head.rows == ()
    assert names(found) == ["秦守义", "左玉梅"]


def test_values_that_are_also_headings_make_no_head() -> None:
    rows: Rows = [["人员类别", "姓名", "类别", "居住方式", "状态"]]
    people = [["离退休干部", f"秦守{hanzi}", "退休", "本地", "在册"] for hanzi in "一二三"]
    found = reading([*rows, *people])
    assert len(found.tables) == 1
    assert len(names(found)) == 3


def test_headings_merged_over_three_levels_belong_to_the_head() -> None:
    rows: Rows = [
        ["青岚县离退休干部花名册"],
        ["序号", "基本情况", None, None, "联系方式", None, "备注"],
        [None, "姓名", "身份证", None, "手机", "住宅电话", None],
        [None, None, "号码", "出生", None, None, None],
        [1, "秦守义", "500101194003010115", "1940.3", "13900001111", None, "好"],
        ["合计", None, 1],
    ]
    merges = ["A1:G1", "A2:A4", "B2:D2", "E2:F2", "G2:G4", "B3:B4", "C3:D3", "E3:E4", "F3:F4"]
    found = reading(rows, merges=merges).tables[0]
    assert found.head.rows == (1, 2, 3)
    assert [one.leaf for one in found.head.columns] == [
        "序号",
        "姓名",
        "号码",
        "出生",
        "手机",
        "住宅电话",
        "备注",
    ]
    assert [str(line.kind) for line in found.lines] == ["person", "subtotal"]


def test_a_row_marked_as_a_sample_is_one_though_its_number_is_sound() -> None:
    rows: Rows = [["序号", "姓名", "身份证号"], ["示例", "秦守义", "500101194003010115"], [1, "左玉梅", None]]
    assert [str(line.kind) for line in reading(rows).tables[0].lines] == ["sample", "person"]


def test_sums_in_words_and_a_row_of_signers_are_nobody() -> None:
    rows: Rows = [
        ["序号", "姓名", "单位", "金额", "签名"],
        [1, "秦守义", "县水利局", 500, None],
        ["合计（大写）伍佰元整", None, None, 500],
        ["局长：", None, "审核：", None, "制表：周敏"],
    ]
    assert [str(line.kind) for line in reading(rows).tables[0].lines] == ["person", "subtotal", "signature"]
