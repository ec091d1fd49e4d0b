"""督办单 and 督查通报 read back: what the ledger says, and counts that are those of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from cadre_desk.actions import inspections, needs, people
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Check
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.export.issue import Way, differs_from_print, issue
from cadre_desk.export.papers.catalogue import paper
from tests.export.reading import squeezed, texts
from tests.ledgers import TODAY, village
from tests.needs import HEARD, assigned, drawn, heard_at, walk

RESULTS = ("2", "2", "2", "4", "5", "3", "2")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    found = village(tmp_path)
    yield found
    found.close()


def printed(book: Ledger, key: str, folder: Path, *, masked: bool = False) -> list[str]:
    path = folder / f"{key}.pdf"
    issue(book, paper(key).about(1), Way.PDF, path, masked=masked)
    return [squeezed(page) for page in texts(path)]


def test_the_order_says_who_asked_for_what_and_who_sees_to_it_on_one_page(
    book: Ledger, tmp_path: Path
) -> None:
    need = heard_at(book, walk(book)[0])
    assigned(book, need)
    with book.desk.unit("催办") as session:
        for _ in range(3):
            needs.remind(session, [need], needs.Urging(TODAY, "2", "周敏"), today=TODAY)
    (page,) = printed(book, "need", tmp_path)
    for words in (
        "老干部诉求督办单",
        "编号：2026-0001",
        HEARD.title,
        HEARD.text,
        "住房与适老改造",
        "滨河街道办事处",
        "李建",
        "2026年1月21日",
        "2026年1月25日",
        "先后共催办4次",
        "办理中",
        "用后交回",
    ):
        assert squeezed(words) in page, words
    assert "√" not in page


def test_the_boxes_are_ticked_as_the_need_ended(book: Ledger, tmp_path: Path) -> None:
    need = heard_at(book, walk(book)[0])
    assigned(book, need)
    with book.desk.unit("办结") as session:
        needs.finish(session, need, "已装好扶手。", "2", day=TODAY, today=TODAY)
        needs.ask_back(session, need, "1", day=TODAY, today=TODAY)
        needs.close(session, need, day=TODAY, today=TODAY)
    (page,) = printed(book, "need", tmp_path)
    assert "已解决√部分解决列入计划" in page
    assert "√满意基本满意不满意" in page
    assert "已装好扶手。" in page
    assert "2026年1月26日销号" in page


def test_a_masked_order_hides_telephone_and_house(book: Ledger, tmp_path: Path) -> None:
    with book.desk.unit("登记诉求") as session:
        needs.take_down(session, 1, HEARD, said=TODAY, channel="3", today=TODAY)
    (whole,) = printed(book, "need", tmp_path)
    (masked,) = printed(book, "need", tmp_path, masked=True)
    for secret in ("13996185678", "文昌路18号"):
        assert secret in whole
        assert secret not in masked


def test_an_order_that_changed_after_printing_says_so(book: Ledger, tmp_path: Path) -> None:
    need = heard_at(book, walk(book)[0])
    printed(book, "need", tmp_path)
    assigned(book, need)
    with book.desk.read() as session:
        assert differs_from_print(session, book, paper("need").about(need)) == "DB-2026-0001"


@pytest.fixture
def inspected(book: Ledger) -> Ledger:
    """Seventy more people walked, seven of all drawn, and found true, false or not at all."""
    with book.desk.unit("录入") as session:
        for number in range(60):
            values = {
                "person_kind": "1",
                "retire_type": "2",
                "name": f"赵{'一二三四五六七八九十'[number % 10]}",
                "birth_archive": PartialDate(1940),
                "retire_date": PartialDate(2000),
                "place_id": 1 + number % 2,
            }
            people.admit(session, values, today=TODAY)
    walk(book)
    made = drawn(book)
    with book.desk.read() as session:
        keys = [one.id for one in inspections.checks_of(session, made)]
    assert len(keys) == len(RESULTS)
    found = {
        key: {
            "result": result,
            "checked": TODAY,
            "way": "3",
            "found": "说少收一份" if result in "34" else None,
        }
        for key, result in zip(keys, RESULTS, strict=True)
    }
    with book.desk.unit("登记抽查结果") as session:
        inspections.record_checks(session, found, today=TODAY)
    return book


def test_the_notice_counts_what_its_rows_say(inspected: Ledger, tmp_path: Path) -> None:
    page = "".join(printed(inspected, "inspection", tmp_path))
    rows = re.findall(r"2026\.01\.26陶雪梅电话(属实|部分不符|不符|联系不上)", page)
    assert sorted(rows) == sorted(["属实"] * 4 + ["部分不符", "不符", "联系不上"])
    assert "合计7人次" in page
    assert "属实4，部分不符1，不符1，联系不上1" in page
    assert "从已走访的72人次中随机抽取7人次（比例10%，随机种子7）" in page
    assert "核实6人次，属实4人次，属实率66.7%" in page
    heads = re.findall(r"(滨河街道|石桥镇)(?:(?:属实|部分不符|不符|联系不上)\d，?)+(\d)人次", page)
    assert {place for place, _ in heads} == {"滨河街道", "石桥镇"}
    assert sum(int(count) for _, count in heads) == 7


def test_the_workbook_of_the_notice_has_the_same_rows(inspected: Ledger, tmp_path: Path) -> None:
    issue(inspected, paper("inspection").about(1), Way.XLSX, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
    rows = [row for row in grid if isinstance(row[0], int)]
    with inspected.desk.read() as session:
        assert len(rows) == session.scalar(sa.select(sa.func.count()).select_from(Check)) == 7
    assert sum("属实" in row for row in rows) == 4


def test_a_notice_before_anybody_was_asked_is_refused(book: Ledger, tmp_path: Path) -> None:
    walk(book)
    drawn(book)
    with pytest.raises(UserError, match="抽查结果还没有登记"):
        printed(book, "inspection", tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []
