"""The register table: keys, ticks, order, widths, groups, and what is painted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.roles import ColumnLook, GroupLine, Look, Role
from cadre_desk.ui.kit.showcase_people import PeopleModel
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.table_columns import Widths
from cadre_desk.ui.kit.tokens import COLOURS

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
_Index = QModelIndex | QPersistentModelIndex


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The theme at normal text."""
    theme.apply_theme(qapp)


@pytest.fixture
def model() -> PeopleModel:
    """214 invented people, none ticked."""
    return PeopleModel(ticked=())


@pytest.fixture
def table(qtbot: QtBot, model: PeopleModel) -> Iterator[RegisterTable]:
    """A table of them, shown, the keyboard on the first row."""
    made = RegisterTable("老干部名单")
    qtbot.addWidget(made)
    made.set_tickable(tickable=True)
    made.setModel(model)
    made.resize(720, 32 + 10 * 32)
    made.show()
    made.go_to(0)
    yield made
    made.setModel(None)


class Rows(QAbstractTableModel):
    """Rows of plain cells with looks of their own."""

    def __init__(self, columns: list[ColumnLook], rows: list[list[Any]]) -> None:
        """A cell is a text, or a text with its `Look`, or (in the first column) a `GroupLine`."""
        super().__init__()
        self.columns, self.rows = columns, rows

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        return len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        return len(self.columns)

    def data(self, index: _Index, role: int = 0) -> Any:
        cell = self.rows[index.row()][index.column()]
        text, look = cell if isinstance(cell, tuple) else (cell, None)
        if role == Role.GROUP:
            return text if isinstance(text, GroupLine) else None
        return {int(Qt.ItemDataRole.DisplayRole): text, int(Role.LOOK): look}.get(role)

    def headerData(self, section: int, way: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 - Qt's name
        return self.columns[section] if role == Role.COLUMN else None


def plain(qtbot: QtBot, rows: list[list[Any]], *columns: ColumnLook) -> RegisterTable:
    """A table of plain rows, 400 px wide."""
    made = RegisterTable("表")
    qtbot.addWidget(made)
    made.setModel(Rows(list(columns), rows))
    made.resize(400, 200)
    made.show()
    return made


def press(
    table: RegisterTable, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """One key on the table."""
    QTest.keyClick(table, key, held)


def click(table: RegisterTable, row: int, x: int, held: Qt.KeyboardModifier | None = None) -> None:
    """A click into a row, ``x`` px from the left."""
    spot = QPoint(x, table.rowViewportPosition(row) + table.rowHeight(row) // 2)
    QTest.mouseClick(table.viewport(), LEFT, held or Qt.KeyboardModifier.NoModifier, spot)


def painted(table: RegisterTable) -> QImage:
    """What the rows look like now."""
    return table.viewport().grab().toImage()


def colour(picture: QImage, x: int, y: int) -> str:
    """The colour of a pixel as #RRGGBB."""
    return picture.pixelColor(x, y).name().upper()


def test_the_arrows_pages_and_ends_walk_the_rows(table: RegisterTable) -> None:
    press(table, Qt.Key.Key_Down)
    assert table.current_row() == 1
    press(table, Qt.Key.Key_End)
    assert table.current_row() == 213
    press(table, Qt.Key.Key_Up)
    press(table, Qt.Key.Key_PageUp)
    assert 190 < table.current_row() < 212
    press(table, Qt.Key.Key_Home)
    assert table.current_row() == 0


def test_enter_and_a_double_click_open_the_row(table: RegisterTable, qtbot: QtBot) -> None:
    table.go_to(3)
    with qtbot.waitSignal(table.opened) as asked:
        press(table, Qt.Key.Key_Return)
    assert asked.args == [3]
    spot = QPoint(200, table.rowViewportPosition(5) + 9)
    with qtbot.waitSignal(table.opened) as asked:
        QTest.mouseDClick(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    assert asked.args == [5]


def test_space_ticks_and_unticks_the_row(table: RegisterTable, model: PeopleModel) -> None:
    table.go_to(2)
    press(table, Qt.Key.Key_Space)
    assert model.ticked == {2}
    press(table, Qt.Key.Key_Space)
    assert model.ticked == set()


def test_a_click_on_a_box_ticks_and_leaves_the_current_row(table: RegisterTable, model: PeopleModel) -> None:
    click(table, 4, 18)
    assert model.ticked == {4}
    assert table.current_row() == 0
    click(table, 4, 200)
    assert table.current_row() == 4


def test_shift_ticks_all_rows_from_the_last_one_on(table: RegisterTable, model: PeopleModel) -> None:
    click(table, 2, 18)
    click(table, 6, 18, SHIFT)
    assert model.ticked == {2, 3, 4, 5, 6}


def test_a_second_click_with_shift_puts_back_what_the_first_reached_beyond(
    table: RegisterTable, model: PeopleModel
) -> None:
    table.toggle_tick(7)
    click(table, 2, 18)
    click(table, 8, 18, SHIFT)
    click(table, 4, 18, SHIFT)
    assert model.ticked == {2, 3, 4, 7}


def test_shift_unticks_on_from_a_row_that_was_unticked(table: RegisterTable, model: PeopleModel) -> None:
    table.tick_all()
    click(table, 2, 18)
    click(table, 5, 18, SHIFT)
    assert model.ticked == set(range(214)) - {2, 3, 4, 5}


def test_shift_ticks_on_from_the_row_that_was_clicked(table: RegisterTable, model: PeopleModel) -> None:
    click(table, 3, 200)
    click(table, 6, 18, SHIFT)
    assert model.ticked == {3, 4, 5, 6}


def test_ctrl_ticks_single_rows_on_the_box_and_on_the_words(table: RegisterTable, model: PeopleModel) -> None:
    click(table, 1, 18, CONTROL)
    click(table, 4, 18, CONTROL)
    click(table, 6, 200, CONTROL)
    assert model.ticked == {1, 4, 6}
    assert table.current_row() == 6
    click(table, 4, 200, CONTROL)
    assert model.ticked == {1, 6}
    click(table, 5, 200, SHIFT)
    assert model.ticked == {1, 6}


def test_shift_and_the_arrows_mark_rows_and_space_ticks_them(
    table: RegisterTable, model: PeopleModel
) -> None:
    table.go_to(2)
    for _ in range(3):
        press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Up, SHIFT)
    assert colour(painted(table), 700, table.rowViewportPosition(3) + 6) == COLOURS["sel"]
    assert model.ticked == set()
    press(table, Qt.Key.Key_Space)
    assert model.ticked == {2, 3, 4}
    press(table, Qt.Key.Key_Space, SHIFT)
    assert model.ticked == set()
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Space)
    assert model.ticked == {5}
    press(table, Qt.Key.Key_End, SHIFT)
    press(table, Qt.Key.Key_Space)
    assert model.ticked == set(range(5, 214))


def test_ctrl_a_ticks_the_whole_listing_and_escape_unticks_it(
    table: RegisterTable, model: PeopleModel
) -> None:
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(model.ticked) == 214
    press(table, Qt.Key.Key_Escape)
    assert model.ticked == set()


def test_the_box_in_the_head_knows_all_some_and_none(table: RegisterTable, model: PeopleModel) -> None:
    assert table.head.tick_state() == Qt.CheckState.Unchecked
    table.toggle_tick(1)
    assert table.head.tick_state() == Qt.CheckState.PartiallyChecked
    QTest.mouseClick(table.head.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(18, 16))
    assert table.head.tick_state() == Qt.CheckState.Checked
    assert len(model.ticked) == 214
    QTest.mouseClick(table.head.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(18, 16))
    assert table.head.tick_state() == Qt.CheckState.Unchecked


def test_a_table_without_boxes_ticks_nothing(table: RegisterTable, model: PeopleModel) -> None:
    table.set_tickable(tickable=False)
    press(table, Qt.Key.Key_Space)
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert model.ticked == set()


def test_a_click_on_a_title_asks_for_its_order_and_then_for_the_other_way(
    table: RegisterTable, qtbot: QtBot
) -> None:
    spot = QPoint(table.head.left_of(3) + 20, 16)
    with qtbot.waitSignal(table.sort_asked) as asked:
        QTest.mouseClick(table.head.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    assert asked.args == [3, Qt.SortOrder.AscendingOrder]
    table.set_sort(3, Qt.SortOrder.AscendingOrder)
    with qtbot.waitSignal(table.sort_asked) as asked:
        QTest.mouseClick(table.head.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    assert asked.args == [3, Qt.SortOrder.DescendingOrder]


def test_a_column_that_is_not_sortable_asks_for_nothing(qtbot: QtBot) -> None:
    made = plain(qtbot, [["一", "二"]], ColumnLook(), ColumnLook(sortable=False))
    with qtbot.assertNotEmitted(made.sort_asked):
        spot = QPoint(made.head.left_of(1) + 20, 16)
        QTest.mouseClick(made.head.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)


def test_the_first_column_stays_while_the_rest_moves(table: RegisterTable) -> None:
    table.resize(400, 300)
    name = painted(table).copy(0, 0, table.head.frozen_width() - 2, 30)
    before = table.head.left_of(2)
    press(table, Qt.Key.Key_Right)
    assert table.horizontalScrollBar().value() > 0
    assert table.head.left_of(0) == 0
    assert table.head.left_of(2) < before
    assert painted(table).copy(0, 0, table.head.frozen_width() - 2, 30) == name
    assert table.indexAt(QPoint(50, 40)).column() == 0
    assert table.head.section_at(50) == 0


def test_the_room_to_spare_goes_to_the_columns_that_flex() -> None:
    looks = [ColumnLook(width=100), ColumnLook(width=100, flex=3), ColumnLook(width=100, flex=1)]
    assert Widths().spread(looks, 500, 0) == [100, 250, 150]
    assert Widths().spread(looks, 200, 36) == [136, 100, 100]
    assert Widths().spread([ColumnLook(width=50), ColumnLook(width=50)], 300, 0) == [50, 250]
    assert sum(Widths().spread(looks, 503, 0)) == 503


def test_a_dragged_column_keeps_its_width(table: RegisterTable) -> None:
    table.setColumnWidth(5, 260)
    table.resize(900, 300)
    assert table.columnWidth(5) == 260


def test_a_name_is_never_cut_its_column_grows(qtbot: QtBot) -> None:
    name = "阿不都热依木·买买提吐尔逊·艾合买提"
    made = plain(qtbot, [[name, "x"]], ColumnLook(width=60, keep=True, bold=True), ColumnLook(width=60))
    painted(made)
    qtbot.waitUntil(lambda: made.columnWidth(0) > 200)
    painted(made)
    assert made.tip(made.model().index(0, 0)) == ""


def test_a_long_text_is_told_whole_in_the_tooltip(qtbot: QtBot) -> None:
    text = "县委老干部局离退休干部活动中心管理办公室"
    made = plain(qtbot, [[text, "短"]], ColumnLook(width=60), ColumnLook(width=60))
    made.setColumnWidth(0, 60)
    assert made.tip(made.model().index(0, 0)) == text
    assert made.tip(made.model().index(0, 1)) == ""


def test_the_current_row_wears_its_tint_and_its_bar(table: RegisterTable) -> None:
    table.go_to(2)
    picture, middle = painted(table), table.rowViewportPosition(2) + 6
    assert colour(picture, 1, middle) == COLOURS["accent"]
    assert colour(picture, 700, middle) == COLOURS["sel"]
    assert colour(picture, 1, middle + 32) == COLOURS["paper"]
    assert colour(picture, 300, table.rowViewportPosition(1) - 1) == COLOURS["line"]


def test_a_ticked_row_wears_a_lighter_tint(table: RegisterTable) -> None:
    table.toggle_tick(4)
    assert colour(painted(table), 700, table.rowViewportPosition(4) + 6) == COLOURS["ticked"]


def test_a_chip_is_a_tint_shifted_to_the_text_edge(table: RegisterTable) -> None:
    left = table.head.left_of(4)
    picture, middle = painted(table), table.rowViewportPosition(2) + 8
    assert colour(picture, left + 8 - 6 + 2, middle) == COLOURS["gtint"]
    assert colour(picture, left + 8 - 8, middle) == COLOURS["paper"]


def test_a_row_that_is_cut_is_left_white_and_cannot_be_hit(table: RegisterTable) -> None:
    table.resize(720, 32 + 3 * 32 + 20)
    assert table.rows_in_sight() == (0, 2)
    picture = painted(table)
    rest = {colour(picture, x, 3 * 32 + 10) for x in range(picture.width())}
    assert rest == {COLOURS["paper"]}
    assert not table.indexAt(QPoint(200, 3 * 32 + 5)).isValid()


def test_the_rows_in_sight_are_told_while_scrolling(table: RegisterTable, qtbot: QtBot) -> None:
    assert table.rows_in_sight() == (0, 9)
    with qtbot.waitSignal(table.range_moved) as told:
        table.verticalScrollBar().setValue(100)
    assert told.args == [100, 109]


def test_a_group_row_is_one_line_and_folds(qtbot: QtBot) -> None:
    group = GroupLine("路线 1 城关街道东片", "带队 陈立新", 0.79)
    made = plain(qtbot, [[group, None], ["于敬之", "离休"]], ColumnLook(), ColumnLook())
    picture = painted(made)
    assert colour(picture, 390, 3) == COLOURS["band"]
    assert COLOURS["ok"] in {colour(picture, x, 16) for x in range(200, 390)}
    with qtbot.waitSignal(made.group_asked) as asked:
        click(made, 0, 150)
    assert asked.args == [0]


def test_looks_of_cells_are_painted(qtbot: QtBot) -> None:
    cells = [
        ("副处级", Look(ground="wtint", old="正科级", tone="warn")),
        ("发放困难补助", Look(note="按发放日期", bold=True)),
        ("", Look(bars=(1, 2, 3))),
        ("183", Look(open=True)),
    ]
    wide = ColumnLook(width=100)
    made = plain(qtbot, [cells], wide, wide, wide, wide)
    made.set_row_height(44)
    made.set_ruled(ruled=True)
    picture = painted(made)
    assert colour(picture, 2, 30) == COLOURS["wtint"]
    row = {colour(picture, x, y) for x in range(400) for y in range(43)}
    assert {COLOURS["chart"], COLOURS["chart0"], COLOURS["line"]} <= row
    with qtbot.waitSignal(made.cell_asked) as asked:
        click(made, 0, made.head.left_of(3) + 20)
    assert asked.args == [0, 3]


def test_a_hundred_thousand_rows_scroll_to_any_place(qtbot: QtBot) -> None:
    made = RegisterTable("十万人")
    qtbot.addWidget(made)
    made.setModel(PeopleModel(100_000, ticked=()))
    made.resize(720, 600)
    made.show()
    painted(made)
    for step in range(40):
        made.verticalScrollBar().setValue(step * 2_400)
        made.viewport().repaint()
    assert made.rows_in_sight()[0] == 39 * 2_400


def test_another_model_forgets_the_widths_of_the_last(table: RegisterTable) -> None:
    table.setColumnWidth(0, 400)
    table.setModel(PeopleModel())
    assert table.columnWidth(0) < 200
    table.setModel(None)
    assert table.rows() == 0
    assert table.rows_in_sight() == (-1, -1)
    assert not table.indexAt(QPoint(10, 10)).isValid()


def test_letters_are_told_to_the_page_and_move_nothing(table: RegisterTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.typed) as typed:
        press(table, Qt.Key.Key_W)
    assert typed.args == ["w"]
    assert table.current_row() == 0


def test_a_menu_is_asked_for_at_the_row_under_the_pointer(table: RegisterTable, qtbot: QtBot) -> None:
    spot = QPoint(200, table.rowViewportPosition(6) + 8)
    with qtbot.waitSignal(table.menu_asked) as asked:
        table.customContextMenuRequested.emit(spot)
    assert asked.args == [6, table.viewport().mapToGlobal(spot)]
    assert table.current_row() == 6
