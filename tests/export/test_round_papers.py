"""慰问名册 and 签领表 read back: Σ of the rows = 本页小计, 累计, 合计 and 大写, in PDF and Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cadre_desk.actions import people
from cadre_desk.actions.visits import Edit
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.money import rmb_words, show_money
from cadre_desk.domain.rounds import Amounts
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import paper
from tests import rounds
from tests.export.reading import squeezed, texts
from tests.ledgers import TODAY, village

PERSONS = 400
#: The least height of a row in which somebody signs, in mm (paper 9.2), and what a mm is in points.
LEAST, POINTS = 9.0, 2.835
#: What an amount in capitals is written with.
WORDS = "壹贰叁肆伍陆柒捌玖零拾佰仟万亿元角分整"
AMOUNT = re.compile(r"(?<![¥\d,.])(\d[\d,]*\.\d\d)")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The village grown to four hundred, all on one round with amounts to the 分."""
    found = village(tmp_path_factory.mktemp("round"))
    with found.desk.unit("录入老干部") as session:
        for number in range(PERSONS - 12):
            values: dict[str, Any] = {
                "person_kind": "1" if number % 7 else "2",
                "name": f"赵{'一二三四五六七八九十'[number % 10]}",
                "retire_type": "2" if number % 7 else None,
                "birth_archive": PartialDate(1935 + number % 20, 1 + number % 12),
                "retire_date": PartialDate(2000, 1),
                "last_unit": "县水利局",
            }
            people.admit(session, values, today=TODAY)
    plan = rounds.plan(
        found,
        rounds.all_people(),
        *rounds.rules("lixiu", "age"),
        amounts=Amounts(60005, {"lixiu": 150001, "age": 80033}),
        edited={3: Edit(123456, "住院")},
        goods="米10kg",
    )
    assert len(plan.listed) == PERSONS
    rounds.make(found, plan)
    yield found
    found.close()


def fen(text: str) -> int:
    return round(float(text.replace(",", "")) * 100)


def sums(page: str, label: str) -> tuple[int, str]:
    """Persons and amount that a row of totals says."""
    found = re.search(rf"{label}(\d+)人.*?¥([\d,]+\.\d\d)大写：(人民币[{WORDS}]+)", page)
    assert found is not None, (label, page[-300:])
    assert rmb_words(fen(found[2])) == found[3]
    return int(found[1]), found[2]


def test_the_receipt_adds_up_on_every_page_to_the_whole_in_figures_and_words(
    book: Ledger, tmp_path: Path
) -> None:
    issue(book, paper("receipt").about(1), Way.PDF, tmp_path / "a.pdf")
    raw = texts(tmp_path / "a.pdf")
    pages = [squeezed(one) for one in raw]
    running, listed = 0, 0
    for number, page in enumerate(pages):
        last = number == len(pages) - 1
        rows = [fen(one) for one in AMOUNT.findall(raw[number].split("本页小计")[0])]
        persons, cash = sums(page, "本页小计")
        running, listed = running + sum(rows), listed + len(rows)
        assert (persons, fen(cash)) == (len(rows), sum(rows))
        assert len(rows) <= 12
        label = "合计" if last else "累计"
        assert sums(page, label) == (listed, show_money(running))
        assert f"第{number + 1}页共{len(pages)}页" in page
    assert listed == PERSONS
    assert len(rows) >= 2
    assert "以下空白" in pages[-1]
    assert "监发人" in pages[-1]
    assert all("监发人" not in page for page in pages[:-1])


def test_both_papers_say_the_same_sum_and_reasons_by_hand(book: Ledger, tmp_path: Path) -> None:
    whole = {}
    for key in ("visit_roster", "receipt"):
        issue(book, paper(key).about(1), Way.PDF, tmp_path / f"{key}.pdf")
        pages = [squeezed(one) for one in texts(tmp_path / f"{key}.pdf")]
        found = re.search(rf"合计.*?([\d,]+\.\d\d).*?大写：(人民币[{WORDS}]+)", pages[-1])
        assert found is not None
        whole[key] = found.groups()
        assert "1,234.56" in "".join(pages)
    assert whole["visit_roster"] == whole["receipt"]
    assert rmb_words(fen(whole["receipt"][0])) == whole["receipt"][1]


def test_the_workbook_has_the_same_rows_sums_and_heights(book: Ledger, tmp_path: Path) -> None:
    issue(book, paper("receipt").about(1), Way.XLSX, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    grid: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(grid) if row[0] == "序号")
    place = grid[head].index("慰问金")
    people_rows = [at for at, row in enumerate(grid) if isinstance(row[0], int)]
    assert len(people_rows) == PERSONS
    total = sum(round(grid[at][place] * 100) for at in people_rows)
    assert all((sheet.row_dimensions[at + 1].height or 0) >= LEAST * POINTS for at in people_rows)
    cells = [str(value) for row in grid[people_rows[-1] :] for value in row if value is not None]
    assert any(rmb_words(total) in value for value in cells)
    assert any(value in {f"{total / 100:.2f}", f"{total / 100}", f"¥{show_money(total)}"} for value in cells)
