"""The import page: what would change before anything does, answers of one click, one act, a broken file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from cadre_desk.db.models import BackupMade, Branch, Person
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.import_page import CHANGES, COLUMNS, DONE, START, ImportPage
from cadre_desk.ui.office import Go, Office, Said
from cadre_desk.ui.office import Person as User
from tests.intake.books import id_number
from tests.ledgers import village
from tests.ui.desk_window import click, dress, faults, press, show, type_in

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


def looked(qtbot: QtBot, office: Office, path: Path) -> ImportPage:
    """The page once a file was read: 对表头."""
    page = ImportPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("import", register="people"))
    page.take(path)
    qtbot.waitUntil(lambda: page.step() == COLUMNS, timeout=20_000)
    return page


def planned(qtbot: QtBot, office: Office, path: Path) -> ImportPage:
    """The page that shows what would change."""
    page = looked(qtbot, office, path)
    press(page.foot.primary, Qt.Key.Key_Space)
    assert page.step() == CHANGES
    qtbot.wait(100)  # sentences that wrap have found their heights by then
    return page


def answer(page: ImportPage, words: str) -> None:
    """Click the first answer with these words."""
    next(one for one in page.body.problems.buttons if one.text() == words).click()


def counts(page: ImportPage) -> dict[str, int]:
    return {key: one.count() for key, one in page.body.numbers.filters.items() if one.count()}


def replanned(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: not page.is_planning(), timeout=20_000)


def written(qtbot: QtBot, office: Office, page: ImportPage) -> Said:
    said: list[Said] = []
    office.said.connect(said.append)
    click(page.write)
    qtbot.waitUntil(lambda: bool(said) and not page.is_planning(), timeout=20_000)
    assert page.step() == DONE
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
    page.body.policy.setFocus()
    press(page.body.policy, Qt.Key.Key_Down)
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
    assert "待处理，没有写入 2 行" in page.done.lines
    assert page.write.text() == "再导入一份"
    assert faults(qtbot, page) == []
    office.desk.undo(said.undo_act)
    with office.desk.read() as session:
        assert session.scalar(sa.select(Person.id).where(Person.name == "秦守义")) is None
    qtbot.waitUntil(lambda: page.step() == CHANGES and not page.is_planning(), timeout=20_000)
    assert counts(page)["new"] == 1


def test_whom_a_name_means_is_chosen_by_birth_and_unit(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    asked = next(one for one in page.body.problems.shown if one.value == "张建国")
    assert len(asked.parts) == 2
    assert all(part.text.startswith("张建国　") for part in asked.parts)
    answer(page, "就是此人")
    replanned(qtbot, page)
    assert counts(page)["held"] == 1
    assert [one.text for one in page.body.problems.shown if one.value == "已定"] == ["就是台账里的张建国。"]
    answer(page, "重新选")
    replanned(qtbot, page)
    assert counts(page)["held"] == 2


def test_somebody_said_to_be_new_is_not_written_twice(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    before = _named(office, "张建国")
    answer(page, "作为新增")
    replanned(qtbot, page)
    assert counts(page)["new"] == 2
    written(qtbot, office, page)
    assert _named(office, "张建国") == before + 1
    page.done.acted.emit("rest")
    replanned(qtbot, page)
    assert "new" not in counts(page)
    assert not page.write.isEnabled()


def _named(office: Office, name: str) -> int:
    with office.desk.read() as session:
        return session.scalar(sa.select(sa.func.count(Person.id)).where(Person.name == name)) or 0


def test_a_damaged_number_is_typed_again_or_its_row_left_out(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    line = page.body.problems.entries[0]
    assert line.accessibleName() == "重录身份证号"
    type_in(line, "110105195307120012")
    press(line, Qt.Key.Key_Return)
    replanned(qtbot, page)
    held = next(one for one in page.body.problems.shown if one.stops)
    assert held.value == "孙德奎"  # the check digit is wrong, and is told
    line = page.body.problems.entries[0]
    type_in(line, id_number(date(1953, 7, 12), 1))
    press(line, Qt.Key.Key_Return)
    replanned(qtbot, page)
    assert counts(page)["held"] == 1
    answer(page, "本行不导入")
    replanned(qtbot, page)
    assert not any(one.stops for one in page.body.problems.shown)


def test_a_conflict_is_settled_row_by_row_and_field_by_field(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    assert counts(page)["conflict"] == 1
    problem = next(one for one in page.body.problems.shown if "单国栋" in one.where)
    assert {"保留台账", "采用表中"} <= {words for words, _ in problem.answers}
    answer(page, "采用表中")
    replanned(qtbot, page)
    assert "conflict" not in counts(page)
    assert counts(page)["change"] == 1
    written(qtbot, office, page)
    with office.desk.read() as session:
        assert session.scalar(sa.select(Person.last_unit).where(Person.name == "单国栋")) == "县税务局"


def test_f4_goes_to_what_waits_and_enter_into_its_answers(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    page.activateWindow()
    page.body.next_problem.activated.emit()
    row = page.body.rows.key(page.body.table.current_row())
    assert row in {one.row for one in page.body.problems.shown}
    press(page.body.table, Qt.Key.Key_Return)
    taken = page.focusWidget()
    assert taken is not None
    assert taken.property("answers")


def test_one_click_makes_the_branch_that_the_ledger_lacks(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = planned(qtbot, office, roster)
    next(button for button in page.body.problems.buttons if button.text() == "一并新建 1 个").click()
    replanned(qtbot, page)
    assert not any(button.text().startswith("一并新建") for button in page.body.problems.buttons)
    written(qtbot, office, page)
    with office.desk.read() as session:
        assert session.scalar(sa.select(Branch.id).where(Branch.name == "住建支部")) is not None


def test_each_column_says_where_it_goes_and_how_that_is_known(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = looked(qtbot, office, roster)
    rows = {page.columns.rows.cell(at, 1).text: at for at in range(page.columns.rows.rowCount())}
    born = rows["出生年月"]
    assert page.columns.rows.cell(born, 2).text.startswith("出生")
    assert page.columns.rows.cell(born, 3).text in {"表头", "同义"}
    assert page.columns.rows.cell(born, 4).text == "1936.02、1928.11、1941.08"
    assert page.columns.rows.cell(rows["暗号"], 2).text == "不导入"
    assert "110105193602120015" not in page.columns.rows.cell(rows["身份证号码"], 4).text
    assert faults(qtbot, page) == []


def test_a_column_is_given_another_field_by_initials_or_none(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = looked(qtbot, office, roster)
    page.columns.go_to_column("I")
    line = page.columns.field.line
    line.selectAll()
    type_in(line, "bz")
    press(line, Qt.Key.Key_Return)
    replanned(qtbot, page)
    assert page.sheet().columns[8].field == "note"
    assert page.columns.rows.cell(8, 3).text == "您选的"
    page.columns.go_to_column("I")
    click(page.columns.leave)
    replanned(qtbot, page)
    assert page.sheet().columns[8].field is None


def test_a_heading_in_what_would_change_leads_to_its_column(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    next(one for one in page.body.heads.plates if one.column.header == "暗号").click()
    assert page.step() == COLUMNS
    assert page.columns.table.current_row() == 8
    press(page.columns.field.line, Qt.Key.Key_Escape)
    page.back()
    assert page.step() == START


def test_a_dropped_file_is_read(qtbot: QtBot, office: Office, roster: Path) -> None:
    page = ImportPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("import"))
    assert faults(qtbot, page) == []
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(lambda: page.step() == COLUMNS, timeout=20_000)


def test_a_blank_workbook_is_downloaded_for_the_register_that_was_chosen(
    qtbot: QtBot, office: Office
) -> None:
    page = ImportPage(office)
    show(qtbot, page, 1218, 694)
    page.arrive(Go("import", register="people"))
    page.start.register.setCurrentText(REGISTERS["branches"].title)
    assert page.header.title.text() == "导入"
    said: list[Said] = []
    office.said.connect(said.append)
    page.start.empty.acted.emit("template")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0].file is not None
    assert said[0].file.name.endswith("_空白样表.xlsx")
    assert load_workbook(said[0].file).worksheets[0].title == REGISTERS["branches"].title


def test_a_broken_file_is_one_sentence_and_the_page_begins_anew(
    qtbot: QtBot, office: Office, roster: Path, tmp_path: Path
) -> None:
    page = planned(qtbot, office, roster)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page.take(broken)
    qtbot.waitUntil(page.error.isVisible, timeout=20_000)
    assert page.error.text().startswith("「坏.xlsx」没有导入：")
    assert "台账没有改动" in page.error.text()
    assert page.step() == START
    assert not page.foot.isVisible()
    page.take(roster)
    qtbot.waitUntil(lambda: page.step() == COLUMNS, timeout=20_000)
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
    page = looked(qtbot, office, roster)
    assert faults(qtbot, page) == []
    page.forward()
    assert faults(qtbot, page) == []
    dress()


def two_sheets(tmp_path: Path) -> Path:
    book = Workbook()
    for title, name in (("机关", "秦守义"), ("医院", "左玉梅")):
        sheet = book.create_sheet(title)
        sheet.append(["姓名", "身份证号", "原单位"])
        sheet.append([name, "", "县住建局"])
    book.remove(book.worksheets[0])
    path = tmp_path / "两张.xlsx"
    book.save(path)
    return path


def test_of_several_sheets_one_may_be_imported_alone(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    page = planned(qtbot, office, two_sheets(tmp_path))
    assert page.foot.sheets.text() == "共 2 张工作表"
    assert page.write.text() == "写入 2 人"
    page.foot.sheet_chosen.emit(1)
    assert page.sheet().name == "医院"
    page.foot.only_chosen.emit("医院")
    replanned(qtbot, page)
    assert page.write.text() == "写入 1 人"
    assert page.foot.sheets.text() == "只导入「医院」"
    page.foot.only_chosen.emit("")
    replanned(qtbot, page)
    assert page.write.text() == "写入 2 人"


def test_several_fields_in_conflict_are_settled_one_by_one(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "出生年月", "原单位", "职务"])
    sheet.append(["王𬭎远", "1936.02", "县林业局", "局长"])
    book.save(tmp_path / "一人.xlsx")
    page = planned(qtbot, office, tmp_path / "一人.xlsx")
    problem = next(one for one in page.body.problems.shown if one.parts)
    assert [part.text.partition("：")[0] for part in problem.parts] == ["原工作单位", "原职务"]
    answer(page, "表中")
    replanned(qtbot, page)
    assert counts(page) == {"all": 1, "change": 1, "conflict": 1}
    answer(page, "保留台账")
    replanned(qtbot, page)
    assert counts(page) == {"all": 1, "change": 1}
    written(qtbot, office, page)
    with office.desk.read() as session:
        row = session.execute(sa.select(Person.last_unit, Person.last_post).where(Person.name == "王𬭎远"))
        assert row.one() == ("县林业局", "总工程师")


def test_who_comes_again_after_an_import_begins_with_a_file(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    written(qtbot, office, page)
    page.arrive(Go("import", register="people"))
    assert page.step() == START


def test_an_unknown_branch_is_said_to_be_one_that_there_is_and_that_is_taken_back(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    page = planned(qtbot, office, roster)
    problems = page.body.problems
    assert [pick.line.accessibleName() for pick in problems.picks] == ["「住建支部」就是台账里的"]
    assert faults(qtbot, page) == []
    pick = problems.picks[0]
    type_in(pick.line, "slxt")
    press(pick.line, Qt.Key.Key_Return)
    replanned(qtbot, page)
    assert not page.body.problems.picks
    said = next(one for one in page.body.problems.shown if one.text == "「住建支部」就是「水利系统支部」。")
    assert said.answers[0][0] == "重新选"
    next(one for one in page.body.problems.buttons if one.text() == "重新选").click()
    replanned(qtbot, page)
    assert len(page.body.problems.picks) == 1
    type_in(page.body.problems.picks[0].line, "slxtzb")
    press(page.body.problems.picks[0].line, Qt.Key.Key_Return)
    replanned(qtbot, page)
    written(qtbot, office, page)
    with office.desk.read() as session:
        branch = session.scalar(sa.select(Branch.id).where(Branch.name == "水利系统支部"))
        assert session.scalar(sa.select(Person.branch_id).where(Person.name == "秦守义")) == branch
        assert session.scalar(sa.select(Branch.id).where(Branch.name == "住建支部")) is None


def test_what_resembles_an_unknown_name_is_offered_for_one_click(
    qtbot: QtBot, office: Office, roster: Path
) -> None:
    with office.desk.unit("建支部") as session:
        session.add(Branch(name="县住建局支部", kind="1"))
    page = planned(qtbot, office, roster)
    next(one for one in page.body.problems.buttons if one.text() == "就是县住建局支部").click()
    replanned(qtbot, page)
    assert not page.body.problems.picks
