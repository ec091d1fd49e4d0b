"""Files of every kind are read by their content; hostile and broken ones are refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from cadre_desk.domain.errors import UserError
from cadre_desk.intake import grid as bounds
from cadre_desk.intake.grid import BrokenWorkbook
from cadre_desk.intake.workbook import read_content, read_workbook
from tests.intake.binary_excel import xlsb
from tests.intake.books import grid, xlsx
from tests.intake.old_excel import ole, xls

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
ROWS = [["姓名", "单位"], ["王𬭎", "县水利局"]]
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def rewritten(parts: dict[str, bytes]) -> bytes:
    """A workbook with parts replaced or added."""
    original = zipfile.ZipFile(io.BytesIO(xlsx(ROWS)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in {**dict.fromkeys(original.namelist()), **dict.fromkeys(parts)}:
            package.writestr(name, parts[name] if name in parts else original.read(name))
    return out.getvalue()


def package(parts: dict[str, str]) -> bytes:
    """A zip file of texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def with_cells(cells: bytes) -> bytes:
    return rewritten({"xl/worksheets/sheet1.xml": HEAD + cells + TAIL})


def ods(rows: str, *, manifest: str = "") -> bytes:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>'
        f'<office:spreadsheet><table:table table:name="名册">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return package({"mimetype": MIMETYPE, "META-INF/manifest.xml": manifest, "content.xml": content})


def text_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def repeated(times: int) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{times}"'
    return text_cell("x").replace("<table:table-cell", cell)


@pytest.mark.parametrize("file", ["名册.xlsx", "名册.xls", "名册.et", "名册"])
@pytest.mark.parametrize("content", [xlsx(ROWS), xls(ROWS), xlsb(ROWS)], ids=["xlsx", "xls", "xlsb"])
def test_the_content_decides_and_not_the_name(file: str, content: bytes) -> None:
    assert [list(row) for row in read_content(file, content).sheets[0].rows] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_files_are_read_in_each_encoding_an_office_writes(encoding: str, mark: str) -> None:
    content = "\r\n".join(mark.join(row) for row in ROWS).encode(encoding)
    assert [list(row) for row in read_content("名册.csv", content).sheets[0].rows] == ROWS


def test_a_csv_tells_texts_that_excel_forced() -> None:
    assert grid('姓名,编号\n张伟,="0012"\n'.encode(), "a.csv").rows[1] == ["张伟", "0012"]


def test_a_quoted_cell_keeps_its_lines() -> None:
    assert grid('姓名,备注\n张伟,"一\r\n二"\n'.encode(), "a.csv").rows[1] == ["张伟", "一\n二"]


def test_tables_of_a_web_page_called_xls_are_read() -> None:
    page = (
        "<html><head><meta charset=gb2312></head><table><tr><th>姓&nbsp;名</th><th>单位</th></tr>"
        "<tr><td rowspan=2>张伟</td><td>县水利局</td></tr>"
        "<tr style='display:none'><td>县财政局</td></tr></table>"
    )
    found = grid(page.encode("gb18030"), "导出.xls")
    assert [list(row) for row in found.rows] == [["姓 名", "单位"], ["张伟", "县水利局"], ["", "县财政局"]]
    assert found.hidden_rows == {2}
    assert [(one.top, one.bottom) for one in found.merges] == [(1, 2)]
    assert not found.typed


def test_excels_xml_of_2003_is_read_with_indices_formats_and_hiding() -> None:
    text = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1">'
        '<NumberFormat ss:Format="Fixed"/></Style></Styles><Worksheet ss:Name="册"><Table>'
        '<Row ss:Index="2"><Cell ss:Index="2"><Data ss:Type="String">姓名</Data></Cell>'
        '<Cell ss:StyleID="s1"><Data ss:Type="Number">1953.1</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">1953-07-01T00:00:00.000</Data></Cell></Row>'
        '<Row ss:Hidden="1"><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    found = grid(text.encode(), "册.xls")
    assert found.name == "册"
    assert list(found.rows[1]) == ["", "姓名", 1953.1, date(1953, 7, 1)]
    assert found.rows[2] == [True]
    assert found.hidden_rows == {2}
    assert found.read_formats({2}) == {(1, 2): "0.00"}


def test_an_ods_file_tells_what_each_cell_displayed() -> None:
    number = '<table:table-cell office:value-type="float" office:value="1953.1"><text:p>1953.10</text:p>'
    day = (
        '<table:table-cell office:value-type="date" office:date-value="1953-07-01"><text:p>1953年7月</text:p>'
    )
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f'<table:table-row table:visibility="filter">{number}</table:table-cell>'
        f"{day}{note}</table:table-cell>"
        f"{text_cell('张<text:s text:c=' + chr(34) + '2' + chr(34) + '/>伟')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    found = grid(ods(rows), "册.ods")
    assert list(found.rows[2]) == [1953.1, date(1953, 7, 1), "张  伟"]
    assert len(found.rows) == 3
    assert found.hidden_rows == {2}
    assert found.hidden_columns == {1}
    assert found.read_formats({0, 1}) == {(2, 0): "0.00", (2, 1): "yyyy年m月"}


def test_a_sheet_that_an_ods_file_does_not_display_is_hidden() -> None:
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">'
        f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:spreadsheet>"
        '<table:table table:name="a"/><table:table table:name="b" table:style-name="ta2"/>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    book = read_content("a.ods", package({"mimetype": MIMETYPE, "content.xml": content}))
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("a", True), ("b", False)]


def test_row_numbers_are_excels_when_the_sheet_begins_below() -> None:
    found = grid(xlsx([[], [], [], *([None, None, *row] for row in ROWS)]))
    assert found.value(3, 2) == "姓名"
    assert found.value(4, 2) == "王𬭎"


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_number_formats_and_hiding_are_known_where_they_matter(kind: str) -> None:
    rows: list[list[str | float]] = [["姓名", "出生"], ["张伟", 1953.1], ["李芳", 1953.7]]
    if kind == "xlsx":
        content = xlsx(rows, formats={"B2": "0.00"}, hidden_rows=[3], hidden_columns=["B"])
    else:
        content = xls(rows, formats={(1, 1): "0.00"}, hidden_rows=[2], hidden_columns=[1])
    found = grid(content)
    assert found.read_formats({1}) == {(1, 1): "0.00"}
    assert found.read_formats({0}) == {}
    assert (found.hidden_rows, found.hidden_columns) == (frozenset({2}), frozenset({1}))


def test_formulas_without_a_stored_result_are_counted() -> None:
    assert grid(xlsx([["姓名"], ["=A1"], ["=B1"], ["张伟"]])).unfinished == 2


def test_cells_without_addresses_are_read() -> None:
    cells = b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert [list(row) for row in grid(with_cells(cells)).rows] == [[1, 2], [3, ""]]


def test_formatted_cells_to_the_end_of_the_sheet_are_no_content() -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert len(grid(with_cells(cells)).rows) == 1


BROKEN = {
    "empty": (b"", "空的"),
    "blank": (b" \r\n\r\n", "空的"),
    "encrypted xlsx": (ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "口令"),
    "encrypted xls": (xls(ROWS, password=True), "口令"),
    "encrypted ods": (ods("", manifest="<manifest:encryption-data/>"), "口令"),
    "cut off xlsx": (xlsx(ROWS)[:-900], "不完整"),
    "cut off xls": (xls(ROWS)[:2600], "不完整"),
    "damaged inside": (xlsx(ROWS)[:400] + bytes(60) + xlsx(ROWS)[460:], "不完整"),
    "cut off xml": (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>', "不完整"),
    "owner file": (b"\x02as" + b" " * 51 + b" " * 111, "临时文件"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n....", "图片"),
    "word": (ole({"WordDocument": b"x"}), "Word"),
    "new word": (package({"word/document.xml": "x"}), "Word"),
    "other archive": (package({"名册.xlsx": "x"}), "压缩包"),
    "binary": (bytes(range(1, 32)) * 20, "不是表格"),
    "page without a table": (b"<html><body>nothing</body></html>", "没有表格"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_refused_in_one_sentence(case: str) -> None:
    content, word = BROKEN[case]
    with pytest.raises(BrokenWorkbook, match=word) as refused:
        read_content("名册.xlsx", content)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith("。")


def test_an_owner_file_is_known_by_its_name_too() -> None:
    with pytest.raises(BrokenWorkbook, match="临时文件"):
        read_content("~$名册.xlsx", b"something else")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开「无"):
        read_workbook(tmp_path / "无.xlsx")


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccccccc">]>'
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row>'
HOSTILE = {
    "zip bomb": with_cells(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * (90 << 20) + b"</t></is></c></row>"
    ),
    "many columns": with_cells(b'<row r="1">' + b"<c><v>1</v></c>" * 300_000 + b"</row>"),
    "far cell": with_cells(FAR + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "impossible address": with_cells(FAR + b"<row r='2'><c r='ZZZZ999999999'><v>1</v></c></row>"),
    "lying row": with_cells(b'<row r="1"><c r="A1"><v>1</v></c><c r="ZZ9999999"><v>1</v></c></row>'),
    "far cell in xlsb": xlsb([["a"] * 10_000], first_row=1_000_000),
    "entities": rewritten({"xl/worksheets/sheet1.xml": ENTITIES + HEAD + b"<row/>" + TAIL}),
    "path upwards": rewritten({"../../evil.xml": b"<a/>"}),
    "absolute path": rewritten({"/etc/evil.xml": b"<a/>"}),
    "drive": rewritten({"C:/evil.xml": b"<a/>"}),
    "entities in xml": ENTITIES
    + b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>',
    "far row in xml": (
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="s">'
        b'<Worksheet ss:Name="a"><Table><Row ss:Index="900000000"><Cell>'
        b'<Data ss:Type="String">x</Data></Cell></Row></Table></Worksheet></Workbook>'
    ),
    "wide html": b"<table><tr>" + b"<td colspan=9999>x</td>" * 100 + b"</tr></table>",
    "nested html": b"<table><tr><td>" * 5000,
    "wide csv": b"a," * 20_000,
    "repeated ods": ods(
        '<table:table-row table:number-rows-repeated="1000000000">' + repeated(100) + "</table:table-row>"
    ),
    "repeated cell": ods(
        "<table:table-row>"
        + text_cell("x").replace(
            "<table:table-cell", '<table:table-cell table:number-columns-repeated="99999999"'
        )
        + "</table:table-row>"
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_before_they_take_room(case: str) -> None:
    with pytest.raises(BrokenWorkbook) as refused:
        read_content("名册.xlsx", HOSTILE[case])
    assert str(refused.value).endswith("。")


def test_more_than_the_desk_reads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_VALUES", 3)
    with pytest.raises(BrokenWorkbook, match="拆成几份"):
        read_content("名册.xlsx", xlsx([["a", "b"], ["c", "d"]]))
