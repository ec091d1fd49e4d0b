"""The import page: what would change before anything does, answers of one click, one act, a broken file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from cadre_desk.db.models import BackupMade, Branch, Person
from cadre_desk.ui.import_page import ImportPage
from cadre_desk.ui.office import Go, Office, Said
from cadre_desk.ui.office import Person as User
from tests.ledgers import village
from tests.ui.desk_window import click, dress, faults, show

HEAD = ("序号", "姓 名", "身份证号码", "出生年月", "原单位", "职务", "联系方式", "所属党支部", "暗号")
ROWS = (
    (
        1,
        "王𬭎远",
        "110105193602120015",
        "1936.02",
        "县水利局",
        "总工程师",
        "13996185678",
        "水利系统支部",
        "甲",
    ),
    (2, "于敬之", "", "1928.11", "县武装部", "政委", "", "", "乙"),
    (3, "丁茂才", "", "1941.08", "县供销社", "主任", "13900001234", "", ""),
    (4, "秦守义", "", "1965.09", "县住建局", "副局长", "13900002210", "住建支部", ""),
    (5, "孙德奎", "5.00101E+17", "1953.07", "县供电公司", "书记", "13900006127", "", ""),
    (6, "单国栋", "", "1945.01", "县税务局", "科员", "", "", ""),
    (7, "张建国", "", "", "", "", "13900007777", "", ""),
)


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    del qtbot
    dress()
    found = Office(village(tmp_path), User("周敏", "2"))
    yield found
    found.close()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "在册"
    sheet.append(["退休人员花名册"])
    sheet.append(list(HEAD))
    for row in ROWS:
        sheet.append(list(row))
    path = tmp_path / "花名册.xlsx"
    book.save(path)
    return path


def planned(qtbot: QtBot, office: Office, path: Path) -> ImportPage:
    page = ImportPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("import", register="people"))
    page.take(path)
    qtbot.waitUntil(lambda: page._plan is not None, timeout=20_000)
    qtbot.wait(100)  # sentences that wrap have found their heights by then
    return page


def counts(page: ImportPage) -> dict[str, int]:
    return {key: one.count() for key, one in page.body.numbers.filters.items() if one.count()}


def replanned(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: not page.is_planning(), timeout=20_000)


def written(qtbot: QtBot, office: Office, page: ImportPage) -> Said:
    said: list[Said] = []
    office.said.connect(said.append)
    click(page.write)
    qtbot.waitUntil(lambda: bool(said) and not page.is_planning(), timeout=20_000)
    return said[0]


def test_a_plan_says_what_each_row_would_do_and_writes_nothing(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    before = office.desk.last_act()
    page = planned(qtbot, office, roster)
    found = counts(page)
    assert found["all"] == len(ROWS)
    assert found["new"] == 1
    assert found["held"] == 2
    assert page.write.text() == f"写入 {found['new'] + found.get('fill', 0) + found.get('change', 0)} 人"
    assert office.desk.last_act() == before
    assert faults(qtbot, page) == []


def test_a_number_is_a_filter_and_a_problem_leads_to_its_row(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    click(page.body.numbers.filters["held"])
    assert [page.body.rows.cell(row, 2).text for row in range(page.body.rows.rowCount())] == [
        "孙德奎",
        "张建国",
    ]
    damaged = page.body.rows.cell(0, 3)
    assert damaged.text == "5.00101E+17"
    assert damaged.look is not None
    assert damaged.look.ground == "atint"
    page.body.problems.row_asked.emit(3)
    assert page.body.numbers.current() == "all"
    assert page.body.rows.cell(page.body.table.current_row(), 2).text == "于敬之"


def test_new_values_are_green_and_changed_ones_keep_the_old_struck_out(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    unit = next(
        at for at in range(2, 9) if page.body.rows.headerData(at, Qt.Orientation.Horizontal) == "原工作单位"
    )
    kept = page.body.rows.cell(5, unit).look
    assert kept is not None
    assert kept.note == "台账 县财政局"
    page.body.policy.setCurrentIndex(1)
    page.body.policy.activated.emit(1)
    replanned(qtbot, page)
    changed = page.body.rows.cell(5, unit)
    assert changed.text == "县税务局"
    assert changed.look is not None
    assert changed.look.old == "县财政局"
    new = page.body.rows.cell(3, 2).look
    assert new is not None
    assert new.ground == "oktint"


def test_writing_makes_a_backup_and_one_act_that_can_be_taken_back(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    said = written(qtbot, office, page)
    assert said.undo_act == office.desk.last_act()
    with office.desk.read() as session:
        assert session.scalar(sa.select(Person.phone).where(Person.name == "丁茂才")) == "13900001234"
        assert session.scalar(sa.select(Person.id).where(Person.name == "秦守义")) is not None
        assert session.scalar(sa.select(Person.id).where(Person.name == "孙德奎")) is None
        assert session.scalar(sa.select(sa.func.count()).select_from(BackupMade)) == 1
    assert counts(page)["held"] == 2
    assert not page.write.isEnabled()
    office.desk.undo(said.undo_act)
    with office.desk.read() as session:
        assert session.scalar(sa.select(Person.id).where(Person.name == "秦守义")) is None


def test_one_click_says_whom_a_name_means(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    answers = [button for button in page.body.problems.buttons if button.text() == "作为新增"]
    assert len(answers) == 1
    answers[0].click()
    replanned(qtbot, page)
    assert counts(page)["new"] == 2
    assert counts(page)["held"] == 1


def test_one_click_makes_the_branch_that_the_ledger_lacks(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    next(button for button in page.body.problems.buttons if button.text() == "一并新建 1 个").click()
    replanned(qtbot, page)
    assert not any(button.text().startswith("一并新建") for button in page.body.problems.buttons)
    written(qtbot, office, page)
    with office.desk.read() as session:
        assert session.scalar(sa.select(Branch.id).where(Branch.name == "住建支部")) is not None


def test_a_column_can_be_given_another_field_or_none(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    plate = next(one for one in page.body.heads.plates if one.column.header == "暗号")
    menu = page.body.heads.fields_menu(plate)
    groups = [one for one in menu.findChildren(QMenu) if "备注" in _labels(one)]
    group = groups[0]
    next(one for one in group.actions() if one.text() == "备注").trigger()
    replanned(qtbot, page)
    plate = next(one for one in page.body.heads.plates if one.column.header == "暗号")
    assert plate.column.field == "note"
    page.body.mapped.emit(plate.column.letter, "")
    replanned(qtbot, page)
    plate = next(one for one in page.body.heads.plates if one.column.header == "暗号")
    assert plate.column.field is None


def _labels(menu: QMenu) -> list[str]:
    return [one.text() for one in menu.actions()]


def test_a_dropped_file_is_read(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = ImportPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("import"))
    assert faults(qtbot, page) == []
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(lambda: page._plan is not None, timeout=20_000)


def test_a_broken_file_is_one_sentence_and_the_page_begins_anew(
    qtbot: QtBot, office: Office, roster: Path, tmp_path: Path
) -> None:
    page = planned(qtbot, office, roster)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page.take(broken)
    qtbot.waitUntil(page.error.isVisible, timeout=20_000)
    assert "台账没有改动" in page.error.text()
    assert page.stack.currentIndex() == 0
    assert not page.foot.isVisible()
    page.take(roster)
    qtbot.waitUntil(lambda: page._plan is not None, timeout=20_000)
    assert not page.error.isVisible()


def test_what_stays_out_goes_to_a_workbook(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    said: list[Said] = []
    office.said.connect(said.append)
    click(page.body.export)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0].file is not None
    cells = {str(cell.value) for row in load_workbook(said[0].file).worksheets[0] for cell in row}
    assert {"孙德奎", "张建国"} <= cells


@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_nothing_is_cut_in_large_text(qtbot: QtBot, office: Office, roster: Path, factor: float) -> None:
    dress(factor)
    page = planned(qtbot, office, roster)
    assert faults(qtbot, page) == []
    dress()
