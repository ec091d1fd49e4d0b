from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cadre_desk.domain.errors import UserError
from cadre_desk.domain.money import rmb_words
from cadre_desk.export.faces import clean
from cadre_desk.export.layout import Band, lay_out
from cadre_desk.export.measures import MM
from cadre_desk.export.office_fonts import choose
from cadre_desk.export.sheet import Sheet
from cadre_desk.export.xlsx import sheet_name, write_xlsx
from tests.export.county import FOOT, people, roster, statistic, voucher

FONTS = choose(frozenset({"宋体", "黑体", "方正小标宋简体"}))
FIRST = 4


def opened(sheet: Sheet, folder: Path) -> Any:
    path = folder / "paper.xlsx"
    write_xlsx(sheet, path, fonts=FONTS)
    return load_workbook(path).active


def rows_of(page: Any, first: int, count: int) -> Iterator[tuple[Any, ...]]:
    for row in page.iter_rows(min_row=first, max_row=first + count - 1):
        yield tuple(cell.value for cell in row)


def test_values_are_what_they_are(tmp_path: Path) -> None:
    sheet = roster(23)
    page = opened(sheet, tmp_path)
    for number, (values, one) in enumerate(zip(rows_of(page, FIRST, 23), people(23), strict=True), 1):
        assert values[0] == number
        assert values[1] == one["name"]
        assert values[3] == one["age"]
        assert values[5] == str(one["born"].show())  # type: ignore[attr-defined]
        assert values[6] == one["unit"]
        assert values[8] == one["phone"]
        assert values[9] == int(str(one["cash"])) / 100
        assert isinstance(values[10], datetime)
        assert values[10].date() == one["day"]
        assert values[11] == ("是" if one["alone"] else "否")


def test_formats_keep_text_text(tmp_path: Path) -> None:
    page = opened(roster(2), tmp_path)
    formats = [page.cell(FIRST, column).number_format for column in (2, 4, 6, 9, 10, 11)]
    assert formats == ["@", "#,##0", "@", "@", "#,##0.00", 'yyyy"年"m"月"d"日"']
    page = opened(voucher(2), tmp_path)
    assert [page.cell(FIRST, column).number_format for column in (4, 5)] == ["@", "@"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("x")', "0012"]
)
def test_no_value_is_ever_a_formula(text: str, tmp_path: Path) -> None:
    sheet = roster(1)
    rows = (tuple(text if at in (1, 2, 6, 12) else cell for at, cell in enumerate(sheet.rows[0])),)
    page = opened(replace(sheet, rows=rows, title=text, totals=None), tmp_path)
    cells = [page.cell(1, 1), *(page.cell(FIRST, column) for column in (2, 3, 7, 13))]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s")] * 5


def test_title_head_and_closing_stand_in_their_rows(tmp_path: Path) -> None:
    sheet = roster(23)
    page = opened(sheet, tmp_path)
    merged = {str(one) for one in page.merged_cells.ranges}
    assert page["A1"].value == sheet.title
    assert "A1:M1" in merged
    assert page["A2"].value == sheet.subline.left
    assert sheet.subline.right in {cell.value for cell in page[2]}
    assert [cell.value for cell in page[3]][:3] == ["序号", "姓名", "性别"]
    assert page["H3"].value == "住址"
    assert page["G3"].value == "原单位及职务\n（待遇）"
    total = sum(int(str(one["cash"])) for one in people(23))
    last = [cell.value for cell in page[FIRST + 23]]
    assert last[0] == "合计"
    assert "23人（离休5人，退休5人，遗属13人）" in last
    assert total / 100 in last
    assert f"大写：{rmb_words(total)}" in {cell.value for row in page.iter_rows() for cell in row}
    assert "制表人：周敏" in {cell.value for row in page.iter_rows(min_row=FIRST + 24) for cell in row}
    assert not any(one.min_row >= FIRST and one.max_row < FIRST + 23 for one in page.merged_cells.ranges)


def test_a_roster_is_set_up_to_be_filtered_and_printed(tmp_path: Path) -> None:
    page = opened(roster(23), tmp_path)
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref == "A3:M26"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_options.horizontalCentered
    assert page.oddFooter.center.text == "第 &P 页　共 &N 页"
    assert page.oddFooter.left.text == FOOT.left
    assert page.oddHeader.right.text == "单位：元"
    assert page.page_margins.left == pytest.approx(15 / 25.4)


def test_a_voucher_has_its_sums_where_its_pages_end(tmp_path: Path) -> None:
    sheet = voucher(30)
    layout = lay_out(sheet)
    page = opened(sheet, tmp_path)
    labels = [row[0].value for row in page.iter_rows(min_row=FIRST)]
    ends = [row for row, label in enumerate(labels, FIRST) if label == "累计"]
    assert [one.id for one in page.row_breaks.brk] == ends
    assert len(ends) == len(layout.pages) - 1
    assert page.print_title_rows == "$1:$3"
    assert page.auto_filter.ref is None
    assert page.protection.sheet
    assert labels.count("本页小计") == len(layout.pages)
    assert labels.count("合计") == 1


def test_rows_are_as_high_and_columns_as_wide_as_on_paper(tmp_path: Path) -> None:
    sheet = roster(23)
    layout = lay_out(sheet)
    page = opened(sheet, tmp_path)
    heights = [line.height for one in layout.pages for line in one.lines if line.band is Band.ROW]
    assert [page.row_dimensions[FIRST + row].height for row in range(23)] == [
        pytest.approx(height * MM, abs=0.01) for height in heights
    ]
    letters = "ABCDEFGHIJKLM"
    for letter, one in zip(letters, layout.parts[0].columns, strict=True):
        assert page.column_dimensions[letter].width == pytest.approx((one.width * 96 / 25.4 - 5) / 7)


def test_a_list_to_be_filtered_has_a_total_that_follows(tmp_path: Path) -> None:
    page = opened(replace(roster(5), free=True), tmp_path)
    cells = {cell.value: cell.data_type for cell in page[FIRST + 5]}
    assert cells["=SUBTOTAL(109,J4:J8)"] == "f"


def test_faces_are_named_and_rare_characters_have_their_own(tmp_path: Path) -> None:
    page = opened(roster(3), tmp_path)
    assert page["A1"].font.name == "方正小标宋简体"
    assert page["A3"].font.name == "黑体"
    assert page.cell(FIRST, 2).font.name == "SimSun-ExtB"
    assert page.cell(FIRST + 1, 2).font.name == "宋体"
    assert page.cell(FIRST, 3).font.name == "宋体"
    assert page.cell(FIRST, 3).border.left.style == "thin"
    assert page.cell(FIRST, 1).border.left.style == "medium"


def test_a_statistic_keeps_its_levels_numbers_and_signs(tmp_path: Path) -> None:
    page = opened(statistic(), tmp_path)
    merged = {str(one) for one in page.merged_cells.ranges}
    assert {"D3:E3", "F3:G3", "A3:A4", "C3:C4"} <= merged
    assert page["D3"].value == "本期增加"
    assert [cell.value for cell in page[5]][:3] == ["甲", "乙", "1"]
    assert [cell.value for cell in page[7]] == ["一、离休干部", 2, 31, 0, 0, 6, 6, 25, "√", "19.35"]
    assert page["J8"].value == "—"
    assert page["C6"].number_format == "#,##0"


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_xlsx(voucher(30), tmp_path / name, fonts=FONTS)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_several_papers_are_leaves_of_one_workbook(tmp_path: Path) -> None:
    path = tmp_path / "yearbook.xlsx"
    write_xlsx([statistic(), statistic(), roster(3)], path, fonts=FONTS)
    names = load_workbook(path).sheetnames
    assert names == [
        "离退休干部增减变动情况",
        "离退休干部增减变动情况(2)",
        "青岚县离退休干部2026年春节走访慰问名册",
    ]


def test_names_of_leaves_are_what_excel_takes() -> None:
    assert sheet_name("表[1]:*?/\\册", ()) == "表1册"
    assert len(sheet_name("长" * 40, ())) == 31
    assert sheet_name("长" * 40, ("长" * 31,)) == "长" * 28 + "(2)"
    assert sheet_name("[]", ()) == "Sheet"


def test_a_note_number_stands_in_the_workbook_too(tmp_path: Path) -> None:
    page = opened(replace(voucher(3), row_notes={0: "经批准代领"}), tmp_path)
    assert page.cell(FIRST, 9).value == "（注1）"


def test_what_cannot_be_printed_is_not_exported(tmp_path: Path) -> None:
    path = tmp_path / "paper.xlsx"
    with pytest.raises(UserError, match="没有符合条件的人员"):
        write_xlsx(roster(0), path)
    assert not path.exists()


def test_control_characters_do_not_break_the_workbook(tmp_path: Path) -> None:
    sheet = roster(1)
    rows = (tuple("县\x01委\ud800\ufffe" if at == 12 else cell for at, cell in enumerate(sheet.rows[0])),)
    page = opened(replace(sheet, rows=rows), tmp_path)
    assert page.cell(FIRST, 13).value == clean("县\x01委\ud800\ufffe") == "县委"
