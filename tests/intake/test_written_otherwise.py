"""Rosters as offices really write them: odd encodings, web archives, labels in cells, dates known about."""

from __future__ import annotations

import quopri
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.dates import PartialDate
from cadre_desk.intake.plan import Outcome, Plan
from cadre_desk.intake.planner import plan_file
from cadre_desk.intake.tables import Verdict
from cadre_desk.registers.people import PEOPLE
from tests.intake.books import id_number
from tests.ledgers import TODAY, village

HEAD = ("序号", "姓名", "性别", "身份证号", "出生年月", "参加工作时间", "退休时间", "电话")
FIRST = ("1", "赵大明", "男", "", "1948.03", "1968.05", "2008.03", "13900001111")
SECOND = ("2", "钱二虎", "男", "", "1951.12", "1970.02", "2011.12", "13900001112")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    found = village(tmp_path)
    yield found
    found.close()


def text_of(*rows: Sequence[str]) -> str:
    return "\r\n".join(",".join(row) for row in rows) + "\r\n"


def planned(book: Ledger, path: Path, content: bytes) -> Plan:
    path.write_bytes(content)
    with book.desk.read() as session:
        return plan_file(session, PEOPLE, path, today=TODAY)


def of(book: Ledger, folder: Path, *rows: Sequence[str]) -> Plan:
    return planned(book, folder / "名册.csv", text_of(HEAD, *rows).encode())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_every_encoding_that_windows_writes(
    book: Ledger, tmp_path: Path, encoding: str
) -> None:
    plan = planned(book, tmp_path / "名册.csv", text_of(HEAD, FIRST, SECOND).encode(encoding))
    assert plan.verdict is Verdict.ROSTER
    assert [row.candidate.name for row in plan.rows] == ["赵大明", "钱二虎"]


def test_bytes_with_zeros_that_are_no_text_are_refused_in_a_sentence(book: Ledger, tmp_path: Path) -> None:
    for content in (b"\x01\x02\x00\xff" * 400, bytes(range(256)) * 8, b"name\0\xd8\xdc" * 99):
        plan = planned(book, tmp_path / "名册.csv", content)
        assert plan.verdict is Verdict.BROKEN
        assert plan.sentence.endswith("。")


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_web_archive_called_xls_is_read(book: Ledger, tmp_path: Path, charset: str) -> None:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEAD, FIRST, SECOND)
    )
    page = f"<html><body><table>{cells}</table></body></html>".encode(charset)
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----x"\r\n\r\n------x\r\n'
        "Content-Location: file:///C:/a.files/sheet001.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f'Content-Type: text/html; charset="{charset}"\r\n\r\n'
    )
    content = head.encode() + quopri.encodestring(page) + b"\r\n------x--\r\n"
    plan = planned(book, tmp_path / "名册.xls", content)
    assert [row.candidate.name for row in plan.rows] == ["赵大明", "钱二虎"]
    cut = planned(book, tmp_path / "半截.xls", content[:200])
    assert cut.verdict is Verdict.BROKEN
    assert cut.sentence.endswith("。")


@pytest.mark.parametrize(
    "line",
    ["——以上为在册人员——", "=====以下为遗属=====", "（以上人员均已核实）", "以上为离休干部", "※※遗属※※"],
)
def test_a_line_between_people_is_nobody(book: Ledger, tmp_path: Path, line: str) -> None:
    for place in (0, 1):
        between = [""] * len(HEAD)
        between[place] = line
        plan = of(book, tmp_path, FIRST, between, SECOND)
        assert [row.candidate.name for row in plan.rows] == ["赵大明", "钱二虎"]


def test_a_row_of_units_under_the_head_is_nobody(book: Ledger, tmp_path: Path) -> None:
    plan = of(
        book, tmp_path, ("", "", "", "", "（年月）", "", "", ""), FIRST, ("", "", "男/女", "", "", "", "", "")
    )
    assert [row.candidate.name for row in plan.rows] == ["赵大明"]
    assert not [one for one in plan.rows if one.outcome is Outcome.HELD]


def test_a_cell_may_say_what_its_column_is_called(book: Ledger, tmp_path: Path) -> None:
    number = id_number(date(1948, 3, 12), 17)
    row = [*FIRST[:3], f"身份证：{number}", *FIRST[4:7], "联系电话：13900001111"]
    (found,) = of(book, tmp_path, row).rows
    assert found.outcome is Outcome.NEW
    assert (found.candidate.values["phone"], found.candidate.values["id_no"]) == ("13900001111", number)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("约1998年", PartialDate(1998)),
        ("1998年底", PartialDate(1998)),
        ("1998底", PartialDate(1998)),
        ("1998年初", PartialDate(1998)),
        ("2001年左右", PartialDate(2001)),
        ("1998.5前后", PartialDate(1998, 5)),
    ],
)
def test_a_date_known_about_is_taken_and_its_words_are_kept(
    book: Ledger, tmp_path: Path, written: str, expected: PartialDate
) -> None:
    row = list(FIRST)
    row[6] = written
    (found,) = of(book, tmp_path, row).rows
    assert found.candidate.values["retire_date"] == expected
    assert written in found.candidate.values["note"]
    assert any("原文记入备注" in one.problem for one in found.findings)


def test_a_birth_of_two_figures_is_settled_by_the_age_that_the_other_century_gives(
    book: Ledger, tmp_path: Path
) -> None:
    row = list(FIRST)
    row[4] = "25.3"
    (found,) = of(book, tmp_path, row).rows
    assert found.candidate.values["birth_archive"] == PartialDate(1925, 3)
    assert any("按年龄理解为1925年3月" in one.problem for one in found.findings)
