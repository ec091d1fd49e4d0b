from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Text
from cadre_desk.export.csv_file import guarded, write_csv
from tests.export.county import people, roster, statistic, voucher


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_every_value_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    sheet = roster(23)
    write_csv(sheet, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, *rows = _read(path)
    assert head[6:8] == ["原单位及职务（待遇）", "住址"]
    for number, (row, one) in enumerate(zip(rows, people(23), strict=True), 1):
        read = dict(zip(head, (cell.strip() for cell in row), strict=True))
        assert read["序号"] == str(number)
        assert read["姓名"] == one["name"]
        assert read["电话"] == one["phone"]
        assert read["慰问金"] == f"{int(str(one['cash'])) / 100:.2f}"
        assert read["走访日期"] == str(one["day"])
        assert read["出生年月"] == str(one["born"].show())  # type: ignore[attr-defined]
        assert read["原单位及职务（待遇）"] == one["unit"]


def test_columns_written_in_by_hand_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "voucher.csv"
    write_csv(voucher(2), path)
    assert _read(path)[0] == ["序号", "姓名", "单位", "身份证号", "账号", "慰问金", "备注"]


def test_heads_of_several_levels_are_one(tmp_path: Path) -> None:
    path = tmp_path / "t3.csv"
    write_csv(statistic(), path)
    head, *rows = _read(path)
    assert head[3:5] == ["本期增加 小计", "本期增加 新办理"]
    assert rows[0][2] == "4117"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        " =1",
        "+1",
        "-1",
        "@x",
        "|x",
        "＝1",
        "−1",
        "0012",
        "512223194005210038",
        "1953.10",
        "1E5",
        "2026/1",
        "1-2",
    ],
)
def test_what_excel_would_run_or_change_is_guarded(text: str) -> None:
    assert guarded(text) == "\t" + text
    assert Text("备注").parse(guarded(text)) == text.strip()


@pytest.mark.parametrize(
    "text", ["周敏", "13900001234", "23", "139****6118", "—", "1月20日", "县委=老干部局", ""]
)
def test_harmless_texts_are_left_alone(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
def test_no_guarded_text_begins_like_a_formula(text: str) -> None:
    assert not re.match("[=+@|-]", guarded(text))
    assert guarded(text).removeprefix("\t") == text.removeprefix("\t") or guarded(text) == text


def test_an_amount_below_zero_stays_a_number(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    sheet = roster(1)
    write_csv(
        replace(sheet, rows=(tuple(-5 if at == 9 else cell for at, cell in enumerate(sheet.rows[0])),)), path
    )
    assert _read(path)[1][9] == "-0.05"


def test_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有符合条件的人员"):
        write_csv(roster(0), tmp_path / "roster.csv")
    assert list(tmp_path.iterdir()) == []
