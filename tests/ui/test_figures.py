"""The page of figures: counted numbers with their names, T3 balancing, another year, the year's workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people
from cadre_desk.domain.dates import PartialDate
from cadre_desk.stats.figure import Counting
from cadre_desk.ui.figures_page import FiguresPage
from cadre_desk.ui.figures_parts import CELLS
from cadre_desk.ui.office import Go, Office, Person, Said
from tests.ledgers import TODAY, village
from tests.ui.desk_window import dress, faults, press, show, type_in

#: Figures that are as much as they have names.
COUNTS = (Counting.PERSONS, Counting.TIMES, Counting.THINGS, Counting.EVENTS)


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    del qtbot
    dress()
    found = Office(village(tmp_path), Person("周敏", "2"))
    yield found
    found.close()


def arrived(qtbot: QtBot, office: Office, go: Go | None = None) -> FiguresPage:
    page = FiguresPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(go or Go("figures"))
    counted(qtbot, page)
    return page


def counted(qtbot: QtBot, page: FiguresPage) -> None:
    qtbot.waitUntil(lambda: page.figures.rowCount() > 0 and not page.is_counting(), timeout=20_000)


def number(page: FiguresPage, label: str) -> str:
    for row in range(page.figures.rowCount()):
        if page.figures.cell(row, 0).text == label:
            return page.figures.cell(row, 1).text
    raise LookupError(label)


def test_every_figure_stands_with_its_definition_beside_last_year(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    assert number(page, "离退休干部") == "12"
    assert number(page, "离休干部") == "1"
    look = page.figures.cell(0, 0).look
    assert look is not None
    assert look.note.startswith("在册离退休干部总数")
    assert page.header.title.text() == "2026 年统计年报"
    assert faults(qtbot, page) == []


def test_a_number_opens_its_names_and_a_name_its_card(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    wanted: list[Go] = []
    office.wanted.connect(wanted.append)
    page.figure_table.setFocus()
    page.figure_table.go_to(0)
    press(page.figure_table, Qt.Key.Key_Return)
    assert page.drawer.isVisible()
    assert page.drawer.number.text() == "12 人"
    assert page.drawer.names.rowCount() == 12
    type_in(page.drawer.search.edit, "yjz")
    assert page.drawer.names.rowCount() == 1
    assert page.drawer.names.cell(0, 1).text == "于敬之"
    assert faults(qtbot, page) == []
    press(page.drawer.search.edit, Qt.Key.Key_Return)
    assert [(go.page, go.register) for go in wanted] == [("card", "people")]
    press(page.drawer, Qt.Key.Key_Escape)
    assert not page.drawer.isVisible()


def test_names_behind_every_number_are_as_many_as_the_number(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    for row in range(page.figures.rowCount()):
        page._open_figure(row)
        value = page.figures.key(row).value
        assert page.drawer.names.rowCount() == len(value.names)
        assert page.figures.cell(row, 1).text == value.figure.words(value.number)
        if value.figure.counting in COUNTS:
            assert value.number == len(value.names)
    for row in range(page.movements.rowCount()):
        for column in range(1, len(CELLS) + 1):
            text = page.movements.cell(row, column).text
            if text != "—":
                page._open_cell(row, column)
                assert f"{page.drawer.names.rowCount():,}" == text


def test_t3_balances_row_by_row_and_follows_a_death(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    last = len(CELLS) + 1
    checks = {page.movements.cell(row, last).text for row in range(page.movements.rowCount())}
    assert checks == {"平"}
    before = page.movements.cell(0, len(CELLS)).text
    assert before == "12"
    with office.desk.unit("登记去世：于敬之") as session:
        people.record_death(session, 2, PartialDate.of(TODAY), today=TODAY)
    qtbot.waitUntil(lambda: page.movements.cell(0, len(CELLS)).text == "11", timeout=20_000)
    died = [key for key, _ in CELLS].index("died") + 1
    assert page.movements.cell(0, died).text == "1"
    assert page.rows_chip.text().endswith("行全部相等")


def test_another_year_and_another_day_are_counted_anew(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office)
    assert page.header.title.text() == "2025 年统计年报"
    page._choose_year("2026")
    counted(qtbot, page)
    assert page.as_of() == TODAY
    page._choose_day("2026-01-10")
    counted(qtbot, page)
    assert page.as_of() == date(2026, 1, 10)
    assert page.header.context.text() == "截至 2026年1月10日"


def test_the_year_goes_to_excel_and_t3_to_the_preview(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    said: list[Said] = []
    wanted: list[Go] = []
    office.said.connect(said.append)
    office.wanted.connect(wanted.append)
    page.header.acts.button("export").click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0].file is not None
    assert "离退休干部名单" in {str(sheet.cell(1, 1).value) for sheet in load_workbook(said[0].file)}
    page.header.acts.button("preview").click()
    assert wanted[-1] == Go("preview", also="t3:2026")


def test_every_cell_of_a_whole_table_opens_its_names(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    for key in ("t1", "t2", "t3"):
        page.show_tab(key)
        card = page.card
        assert "审核关系全部相符" in card.chip.text()
        for row in range(card.rows.rowCount()):
            for column in range(1, card.rows.columnCount()):
                text = card.rows.cell(row, column).text
                if text.isdigit() and card.rows.key(row)[column] is not None:
                    card._ask(row, column)
                    assert page.drawer.names.rowCount() == int(text)
        assert faults(qtbot, page) == []


def test_a_number_is_split_another_way_and_narrowed_to_a_part(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    page._open_figure(0)
    drawer = page.drawer
    drawer.split_by("sex")
    assert {part.label: len(part.ids) for part in drawer._found} == {"男": 7, "女": 5}
    drawer.choose_part(drawer._found[1])
    assert drawer.names.rowCount() == 5
    drawer.choose_part(None)
    assert drawer.names.rowCount() == 12


def test_a_figure_goes_out_with_its_definition_and_names(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    said: list[Said] = []
    office.said.connect(said.append)
    page._open_key("person.lixiu")
    page.drawer._export("xlsx")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0].file is not None
    leaf = load_workbook(said[0].file).active
    assert leaf is not None
    told = [str(cell.value) for row in leaf.iter_rows() for cell in row if cell.value is not None]
    assert "于敬之" in told
    assert any("离退类别为离休" in text for text in told)


def test_only_the_figures_of_a_subject(qtbot: QtBot, office: Office) -> None:
    page = arrived(qtbot, office, Go("figures", also="2026"))
    whole = page.figures.rowCount()
    page.choose_group("党龄")
    assert 0 < page.figures.rowCount() < whole
    page.choose_group("all")
    assert page.figures.rowCount() == whole


@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_nothing_is_cut_in_large_text(qtbot: QtBot, office: Office, factor: float) -> None:
    dress(factor)
    page = arrived(qtbot, office, Go("figures", also="2026"))
    assert faults(qtbot, page) == []
    page._open_figure(0)
    assert faults(qtbot, page) == []
    dress()
