"""Files that were made to harm: refused in one sentence, or read safely, within 10 s and 300 MB."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from cadre_desk.db.desk import Desk
from cadre_desk.db.models import Person
from cadre_desk.intake.grid import column_letter
from tests.intake.books import imported, outcomes, planned, xlsx

SECONDS, MEGABYTES = 10, 300
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": f'<workbook {NS} xmlns:r="{RELATIONS}"><sheets>{{sheets}}</sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
}
SHEET = '<sheet name="S{0}" sheetId="{0}" r:id="rId1"/>'
HEAD = f"<worksheet {NS}><sheetData>"
TAIL = "</sheetData></worksheet>"
PERSON = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>秦守义</t></is></c></row>'
)


def rows() -> Iterator[str]:
    for row in range(3, 1_000_000):
        yield f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>'


def columns() -> Iterator[str]:
    yield '<row r="3">'
    for column in range(1_000_000):
        yield f'<c r="{column_letter(column)}3"><v>1</v></c>'
    yield "</row>"


def texts() -> Iterator[str]:
    """300 MB of texts that don't pack well enough to look like a bomb at once."""
    for part in range(300):
        yield f"<si><t>{part:x}{'甲乙丙丁' * 20}{part * 7919:x}</t></si>" * 3_500


def write(
    path: Path, body: Iterator[str] | str, *, after: str = "", sheets: int = 1, shared: bool = False
) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        named = "".join(SHEET.format(number) for number in range(1, sheets + 1))
        for name, part in PARTS.items():
            book.writestr(name, part.replace("{sheets}", named))
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write((HEAD + PERSON).encode())
            for piece in [body] if isinstance(body, str) else body:
                sheet.write(piece.encode())
            sheet.write((after or TAIL).encode())
        with book.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(f"<sst {NS}>".encode())
            for piece in texts() if shared else ():
                strings.write(piece.encode())
            strings.write(b"</sst>")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that harms, each small on the disk."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder / "炸弹.xlsx", (" " * (1 << 20) for _ in range(400)))
    write(folder / "百万行.xlsx", rows())
    write(folder / "百万列.xlsx", columns())
    write(folder / "共享文本.xlsx", "", shared=True)
    write(folder / "五千张表.xlsx", "", sheets=5_000)
    write(folder / "套叠.xlsx", "<a>" * 300_000 + "</a>" * 300_000)
    merges = "".join(f'<mergeCell ref="A{row}:XFD{row}"/>' for row in range(3, 100_000))
    write(folder / "合并.xlsx", "", after=f"</sheetData><mergeCells>{merges}</mergeCells></worksheet>")
    hidden = '<col min="1" max="16384" hidden="1"/>' * 20_000
    write(folder / "隐藏列.xlsx", "", after=f"</sheetData><cols>{hidden}</cols></worksheet>")
    (folder / "实体.xls").write_text(
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&d;</Workbook>'
    )
    (folder / "百万行.csv").write_text("姓名\n" + "甲\n" * 1_000_000, encoding="utf-8")
    (folder / "长格.csv").write_text('姓名,备注\n秦守义,"' + "甲" * 3_000_000, encoding="utf-8")
    return folder


READ = """
import json, sys, time
from pathlib import Path
from cadre_desk.intake.grid import BrokenWorkbook
from cadre_desk.intake.tables import read_sheet
from cadre_desk.intake.words import Vocabulary
from cadre_desk.intake.workbook import read_workbook
from cadre_desk.registers.people import PEOPLE
found = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    begun = time.perf_counter()
    try:
        book = read_workbook(path)
        readings = [read_sheet(one, Vocabulary(PEOPLE)) for one in book.sheets]
        said = str(sum(table.persons for one in readings for table in one.tables))
    except BrokenWorkbook as error:
        said = str(error)
    status = Path("/proc/self/status").read_text()
    memory = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    found[path.name] = (said, time.perf_counter() - begun, memory)
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def found(files: Path) -> dict[str, tuple[str, float, float]]:
    """What another process says of each: persons or the refusal, seconds, the most memory so far."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the most memory that a process held, without its parent's, is told by Linux alone")
    told = subprocess.run(
        [sys.executable, "-c", READ, str(files)], check=True, capture_output=True, text=True
    )
    answers: dict[str, tuple[str, float, float]] = json.loads(told.stdout)
    return answers


def test_what_harms_is_refused_or_read_within_ten_seconds_and_three_hundred_megabytes(
    found: dict[str, tuple[str, float, float]],
) -> None:
    for name, (_, seconds, megabytes) in found.items():
        assert seconds < SECONDS, name
        assert megabytes < MEGABYTES, name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("炸弹.xlsx", "展开后大得不正常"),
        ("百万行.xlsx", "超过 10 万"),
        ("百万行.csv", "超过 10 万"),
        ("百万列.xlsx", "大得不正常"),
        ("共享文本.xlsx", "展开后大得不正常"),
        ("五千张表.xlsx", "工作表多于"),
        ("实体.xls", "实体定义"),
        ("长格.csv", "不完整"),
    ],
)
def test_each_is_refused_in_one_sentence_that_says_why(
    found: dict[str, tuple[str, float, float]], name: str, said: str
) -> None:
    sentence = found[name][0]
    assert said in sentence
    assert sentence.endswith("。")
    assert "\n" not in sentence


@pytest.mark.parametrize("name", ["合并.xlsx", "隐藏列.xlsx"])
def test_merges_and_hidden_columns_without_number_lose_nobody(
    found: dict[str, tuple[str, float, float]], name: str
) -> None:
    assert found[name][0] == "1"


def test_formulas_in_cells_are_words_and_nothing_else(desk: Desk) -> None:
    words = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x","点我")', "@SUM(1+1)", "+1+cmd|' /C calc'!A0"]
    book = "\n".join(
        [
            "姓名,备注",
            *(
                f'秦守义{"甲乙丙丁"[place]},"{word.replace(chr(34), chr(34) * 2)}"'
                for place, word in enumerate(words)
            ),
        ]
    )
    plan = imported(desk, book.encode(), file="名册.csv")
    assert outcomes(plan) == ["new"] * 4
    with desk.read() as session:
        assert list(session.scalars(sa.select(Person.note).order_by(Person.id))) == words


def test_a_formula_shows_its_stored_result_and_one_without_is_told(desk: Desk) -> None:
    plan = planned(desk, xlsx([["姓名", "备注"], ["秦守义", "='[别的.xlsx]表'!A1"]]))
    assert outcomes(plan) == ["new"]
    assert any("公式没有结果" in one.problem for one in plan.sheets[0].findings)
