"""The bureau's own papers, read back by a second reader."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from pypdf import PdfReader

from cadre_desk.actions import people
from cadre_desk.actions.photos import set_photo
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import PaperLog, Visit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.money import rmb_words, show_money
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import PAPERS, PaperSpec, paper, roster_of
from cadre_desk.export.papers.county import county_papers
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from tests import rounds
from tests.export import reading
from tests.ledgers import TODAY, village
from tests.needs import drawn, found_true, heard_at, walk
from tests.ui.portrait import portrait

CASH = 60050


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    found = village(tmp_path)
    rounds.make(found, rounds.plan(found, cash=CASH, goods="米10kg"))
    heard_at(found, walk(found, 1)[0])
    found_true(found, drawn(found))
    yield found
    found.close()


SUBJECTS: dict[str, int | str] = {
    "round": 1,
    "need": 1,
    "inspection": 1,
    "person": 1,
    "branch": 1,
    "month": "2026-02",
    "year": 2025,
}


def text_of(path: Path) -> list[str]:
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(path).pages]


@pytest.mark.parametrize("spec", PAPERS, ids=[one.key for one in PAPERS])
def test_every_paper_leaves_in_each_of_its_forms_with_title_and_numbered_pages(
    spec: PaperSpec, book: Ledger, tmp_path: Path
) -> None:
    for way in spec.ways:
        path = tmp_path / f"a.{way}"
        made = issue(book, spec.about(SUBJECTS[spec.needs]), way, path)
        if way is Way.PDF:
            pages = text_of(path)
            assert made.title in pages[0]
            assert made.batch in pages[0]
            for number, page in enumerate(pages, start=1):
                assert f"第{number}页共{len(pages)}页" in page
        else:
            sheet = load_workbook(path).active
            assert sheet is not None
            assert sheet["A1"].value == made.title


def test_the_round_s_papers_say_every_name_and_agree_on_the_sum(book: Ledger, tmp_path: Path) -> None:
    with book.desk.read() as session:
        total = session.scalar(sa.select(sa.func.sum(Visit.cash))) or 0
    assert total == 12 * CASH
    texts = {}
    for key in ("visit_roster", "receipt"):
        issue(book, paper(key).about(1), Way.PDF, tmp_path / f"{key}.pdf")
        texts[key] = "".join(text_of(tmp_path / f"{key}.pdf"))
        for name in ("王𬭎远", "于敬之", "欧阳德厚", "单国栋", "秦友谊", "古丽努尔·"):
            assert name in texts[key]
        assert texts[key].count(show_money(CASH)) == 12
        assert show_money(total) in texts[key]
        assert rmb_words(total) in texts[key]
    assert "以下空白" in texts["receipt"]
    assert "监发人" in texts["receipt"]
    assert "离休1人" in texts["visit_roster"]


def test_the_receipt_masks_the_id_number_and_refuses_the_dead(book: Ledger, tmp_path: Path) -> None:
    issue(book, paper("receipt").about(1), Way.PDF, tmp_path / "a.pdf")
    text = "".join(text_of(tmp_path / "a.pdf"))
    assert "110105********" in text
    assert "19360212" not in text
    with book.desk.unit("登记去世") as session:
        people.record_death(session, 2, PartialDate(2026, 1, 20), today=TODAY)
    with pytest.raises(UserError, match="于敬之"):
        issue(book, paper("receipt").about(1), Way.PDF, tmp_path / "b.pdf")
    assert not (tmp_path / "b.pdf").exists()
    with book.desk.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PaperLog)) == 1


def test_the_card_tells_the_person_and_hides_what_need_not_leave(book: Ledger, tmp_path: Path) -> None:
    issue(book, paper("card").about(1), Way.PDF, tmp_path / "a.pdf")
    issue(book, paper("card").about(1), Way.PDF, tmp_path / "b.pdf", masked=True)
    whole, masked = ("".join(text_of(tmp_path / name)) for name in ("a.pdf", "b.pdf"))
    for words in (
        "王𬭎远",
        "1936年2月",
        "总工程师",
        "水利系统支部",
        "13996185678",
        "60年",
        "滨河街道文昌路18号",
    ):
        assert words in whole
    assert "王𬭎远" in masked
    assert "13996185678" not in masked
    assert "文昌路" not in masked


def test_the_card_shows_the_photo_in_its_place(book: Ledger, tmp_path: Path) -> None:
    picture = io.BytesIO()
    portrait(480, 640).save(picture, "JPEG")
    with book.desk.unit("登记照片") as session:
        set_photo(session, 1, picture.getvalue(), now=book.desk.clock.now())
    issue(book, paper("card").about(1), Way.PDF, tmp_path / "a.pdf")
    ((width, height),) = reading.pictures(tmp_path / "a.pdf")
    assert width / height == pytest.approx(480 / 640, rel=0.01)
    assert "小二寸" not in text_of(tmp_path / "a.pdf")[0]


def test_the_branch_roster_counts_its_members(book: Ledger, tmp_path: Path) -> None:
    issue(book, paper("branch_roster").about(1), Way.PDF, tmp_path / "a.pdf")
    text = "".join(text_of(tmp_path / "a.pdf"))
    assert "水利系统支部党员名册" in text
    assert "王𬭎远" in text
    assert "党龄50年以上" in text


def test_birthdays_come_in_the_order_of_the_day_with_both_ages(book: Ledger, tmp_path: Path) -> None:
    issue(book, paper("birthdays").about("2026-02"), Way.PDF, tmp_path / "a.pdf")
    text = "".join(text_of(tmp_path / "a.pdf"))
    assert "青岚县离退休干部2026年2月生日祝寿名单" in text
    assert "王𬭎远" in text
    assert "九十寿辰" in text


def test_t3_balances_in_every_row_and_says_so(book: Ledger, tmp_path: Path) -> None:
    issue(book, paper("t3").about(2025), Way.PDF, tmp_path / "a.pdf")
    text = "".join(text_of(tmp_path / "a.pdf"))
    assert "12＝11＋1－0" in text
    assert "×" not in text


@pytest.mark.parametrize("one", REGISTERS.values(), ids=list(REGISTERS))
def test_every_register_prints_and_exports_its_rows(one: Register, book: Ledger, tmp_path: Path) -> None:
    listing = Listing(one, TODAY)
    with book.desk.read() as session:
        count = listing.count(session)
    if not count:
        with pytest.raises(UserError, match="没有"):
            issue(book, roster_of(listing), Way.PDF, tmp_path / "a.pdf")
        return
    for way in (Way.PDF, Way.XLSX, Way.CSV):
        made = issue(book, roster_of(listing), way, tmp_path / f"a.{way}")
        assert made.persons == count
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) >= count + 1


def test_batch_numbers_count_on_within_their_series_and_year(book: Ledger, tmp_path: Path) -> None:
    batches = [
        issue(book, paper(key).about(1), Way.PDF, tmp_path / "a.pdf").batch
        for key in ("receipt", "receipt", "visit_roster", "card")
    ]
    assert batches == ["FF-2026-0001", "FF-2026-0002", "MC-2026-0001", "KP-2026-0001"]


def test_a_county_lays_out_one_of_each_paper_it_has_a_subject_for(book: Ledger, tmp_path: Path) -> None:
    written = [path.name for path in county_papers(book, tmp_path / "out", lambda _: None)]
    assert not [spec.title for spec in PAPERS if f"{spec.title}.pdf" not in written]
