"""What could not go in comes back as a workbook, a comment on each failing cell, to be mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from cadre_desk.db.desk import Desk
from cadre_desk.intake.planner import Choices
from cadre_desk.intake.problems import WHERE, WHY, write_problems
from tests.intake.books import Rows, id_number, imported, outcomes, planned, xlsx

GOOD = id_number(date(1945, 3, 1), 11)
ROSTER: Rows = [
    ["花名册"],
    ["序号", "姓名", "身份证号", "出生年月", "备注"],
    [1, "秦守义", GOOD, "1945.3", "好"],
    [2, "左玉梅", 5.00101194201010e17, "1942.1", "=1+1"],
    [3, "石万林", None, 1953.1, None],
    [4, None, GOOD, None, None],
]


def problems(desk: Desk, content: bytes, path: Path, choices: Choices | None = None) -> Any:
    """The workbook of what stays out."""
    write_problems(planned(desk, content, choices=choices or Choices()), path)
    return load_workbook(path)


def test_only_what_stays_out_is_written_with_the_headings_of_the_roster(desk: Desk, tmp_path: Path) -> None:
    sheet = problems(desk, xlsx(ROSTER, merges=["A1:E1"]), tmp_path / "p.xlsx")["名册"]
    assert [cell.value for cell in sheet[1]] == [*ROSTER[1], WHERE, WHY]
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == ["左玉梅", "石万林", None]
    assert [sheet.cell(row, 6).value for row in (2, 3, 4)] == [4, 5, 6]


def test_each_failing_cell_carries_its_reason(desk: Desk, tmp_path: Path) -> None:
    sheet = problems(desk, xlsx(ROSTER), tmp_path / "p.xlsx")["名册"]
    assert "Excel" in sheet["C2"].comment.text
    assert "1953年10月" in sheet["D3"].comment.text
    assert "没有姓名" in sheet["A4"].comment.text
    assert sheet["B2"].comment is None


def test_texts_stay_texts_and_numbers_numbers(desk: Desk, tmp_path: Path) -> None:
    sheet = problems(desk, xlsx(ROSTER), tmp_path / "p.xlsx")["名册"]
    assert sheet["D3"].value == 1953.1
    csv = '姓名,身份证号,备注\n秦守义,123,"=1+1"\n'.encode()
    write_problems(planned(desk, csv, file="a.csv"), tmp_path / "q.xlsx")
    cell = load_workbook(tmp_path / "q.xlsx")["a"]["C2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")


def test_mended_it_is_imported_again(desk: Desk, tmp_path: Path) -> None:
    imported(desk, xlsx(ROSTER))
    path = tmp_path / "p.xlsx"
    book = problems(desk, xlsx(ROSTER), path)
    sheet = book["名册"]
    sheet["C2"].value = id_number(date(1942, 1, 1), 28)
    sheet["D3"].value = "1953.10"
    sheet["B4"].value = "秦守义"
    book.save(path)
    again = imported(desk, path.read_bytes())
    assert outcomes(again) == ["new", "new", "same"]


def test_headings_of_several_levels_keep_their_meaning(desk: Desk, tmp_path: Path) -> None:
    rows: Rows = [
        ["姓名", "身份证号", "配偶", None],
        [None, None, "姓名", "电话"],
        ["秦守义", "123", "李秀英", "1"],
    ]
    sheet = problems(desk, xlsx(rows, merges=["A1:A2", "B1:B2", "C1:D1"]), tmp_path / "p.xlsx")["名册"]
    assert [cell.value for cell in sheet[1]][:4] == ["姓名", "身份证号", "配偶姓名", "配偶电话"]
