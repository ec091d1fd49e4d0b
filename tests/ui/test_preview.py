from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cadre_desk.db.models import PaperLog, Visit
from cadre_desk.export.issue import Way
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.kit import audit, theme
from cadre_desk.ui.office import Go, Office, Person, Said
from cadre_desk.ui.preview_window import PreviewWindow
from tests import rounds
from tests.ledgers import TODAY, village


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    del qtbot
    theme.apply_theme(cast("QApplication", QApplication.instance()))
    book = village(tmp_path)
    rounds.make(book, rounds.plan(book))
    found = Office(book, Person("周敏", "2"))
    yield found
    found.close()


def opened(qtbot: QtBot, office: Office, go: Go) -> PreviewWindow:
    window = PreviewWindow(office, go)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: window.print.isEnabled() or window.error.isVisible(), timeout=20_000)
    return window


def test_the_preview_shows_the_real_paper_and_what_is_on_it(qtbot: QtBot, office: Office) -> None:
    window = opened(qtbot, office, Go("preview", record=1, also="receipt"))
    assert window.print.text() == "打印 1 页"
    assert window.windowTitle() == "打印预览 · 青岚县离退休干部2026年春节慰问金发放签领表"
    assert window._sum.text() == "¥ 7,200.00"
    assert window._capitals.text() == "人民币柒仟贰佰元整"
    assert audit.audit(window) == []


def test_a_listing_is_previewed_as_the_list_shows_it_and_saved_to_excel(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    listing = Listing(PEOPLE, TODAY).find("zjg").showing("name", "last_unit")
    window = opened(qtbot, office, Go("preview", listing=listing))
    window.purpose.set_value("check")
    window.save(Way.XLSX, tmp_path / "a.xlsx")
    qtbot.waitUntil(lambda: window.result.isVisible() or window.error.isVisible(), timeout=20_000)
    assert window.error.text() == ""
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"张建国", "县粮食局", "县林业局"} <= cells
    assert "王𬭎远" not in cells
    with office.desk.read() as session:
        log = session.scalars(sa.select(PaperLog)).one()
        assert (log.way, log.persons, log.purpose, log.batch) == ("xlsx", 2, "check", "MC-2026-0001")


def test_printing_draws_every_page_and_leaves_a_batch_number(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    window = opened(qtbot, office, Go("preview", record=1, also="visit_roster"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    window.send(printer)
    qtbot.waitUntil(window.result.isVisible, timeout=20_000)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    width, height = printed.get_page_size(0)
    assert window._where.text() == "第 1 页，共 1 页"
    assert (len(printed), round(width), round(height)) == (1, 842, 595)
    printed.close()
    with office.desk.read() as session:
        assert session.scalars(sa.select(PaperLog.way)).all() == ["打印"]


def test_what_is_written_while_the_window_closes_is_told_on_the_desk(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    said: list[Said] = []
    office.said.connect(said.append)
    window = opened(qtbot, office, Go("preview", record=1, also="visit_roster"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    window.save(Way.PDF, tmp_path / "a.pdf")
    window.send(printer)
    with qtbot.waitSignal(window.destroyed):
        window.close()
    qtbot.waitUntil(lambda: len(said) > 1, timeout=20_000)
    assert [one.text.partition(" ")[0] for one in said] == ["已保存", "已送去打印"]
    assert said[0].file == tmp_path / "a.pdf"
    assert (tmp_path / "printed.pdf").is_file()


def test_data_changed_after_printing_are_told(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    window = opened(qtbot, office, Go("preview", record=1, also="visit_roster"))
    window.save(Way.PDF, tmp_path / "a.pdf")
    qtbot.waitUntil(window.result.isVisible, timeout=20_000)
    again = opened(qtbot, office, Go("preview", record=1, also="visit_roster"))
    assert not again._differs.isVisible()
    with office.desk.unit("改标准") as session:
        session.execute(sa.update(Visit).where(Visit.serial == 1).values(cash=80000))
    changed = opened(qtbot, office, Go("preview", record=1, also="visit_roster"))
    assert changed._differs.isVisible()
    assert "MC-2026-0001" in changed._differs.text()


def test_nobody_to_print_is_a_sentence(qtbot: QtBot, office: Office) -> None:
    window = opened(qtbot, office, Go("preview", listing=Listing(PEOPLE, TODAY).find("qqqq")))
    assert window.error.isVisible()
    assert not window.print.isEnabled()


def test_a_paper_that_always_hides_the_numbers_offers_no_box_for_it(qtbot: QtBot, office: Office) -> None:
    receipt = opened(qtbot, office, Go("preview", record=1, also="receipt"))
    assert receipt.masked.isHidden()
    told = [one.text() for one in receipt.findChildren(QLabel)]
    assert any("身份证号一律隐码" in one for one in told)
    roster = opened(qtbot, office, Go("preview", record=1, also="visit_roster"))
    assert roster.masked.isVisible()
