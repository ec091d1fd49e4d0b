"""The inputs of a form: echo, problems, Enter, and the code field with its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.inputs import (
    CheckInput,
    ChoiceInput,
    CodeInput,
    DateInput,
    Input,
    LineInput,
    TextArea,
    chain,
)
from cadre_desk.ui.kit.parts import Act, Button, ScrollColumn
from cadre_desk.ui.kit.showcase_parts import matching, read_day

Form = Callable[..., QWidget]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The theme at normal text."""
    theme.apply_theme(qapp)


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    """Windows with inputs one below the other, kept until the test is over."""
    windows = []

    def shown(*inputs: Input) -> QWidget:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for one in inputs:
            column.addWidget(one)
        column.addStretch(1)
        window.resize(400, 600)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        return window

    yield shown
    windows.clear()


def typed(edit: QLineEdit, keys: str) -> None:
    """Keys, as the clerk types them."""
    QTest.keyClicks(edit, keys)


def test_a_day_is_echoed_while_it_is_typed(form: Form) -> None:
    born = DateInput("出生年月", read_day)
    form(born)
    typed(born.line, "1952.7")
    assert born.echo() == "1952年7月"
    assert born.text() == born.value == "1952.7"


def test_what_is_wrong_is_said_on_leaving_and_taken_back_while_typing(form: Form) -> None:
    born, name = DateInput("出生年月", read_day), LineInput("姓名")
    form(born, name)
    born.line.setFocus()
    typed(born.line, "1952x")
    assert born.problem() == ""
    name.line.setFocus()
    assert born.problem().startswith("看不懂这个日期")
    assert born.echo() == ""
    assert born.editor.property("state") == "wrong"
    born.line.setFocus()
    typed(born.line, "7")
    assert born.problem() == ""


def test_the_room_of_the_echo_is_kept_so_that_the_form_does_not_jump(form: Form) -> None:
    born = DateInput("出生年月", read_day)
    form(born)
    before = born.sizeHint().height()
    born.set_value("1952.7")
    assert born.sizeHint().height() == before


def test_enter_walks_on_shift_enter_back_past_what_is_locked(form: Form) -> None:
    first, locked, last = LineInput("姓名"), ChoiceInput("类别", [("t", "退休")]), LineInput("手机")
    locked.set_locked(True, "去世后不再改")
    form(first, locked, last)
    chain([first, locked, last])
    first.line.setFocus()
    QTest.keyClick(first.line, Qt.Key.Key_Return)
    assert last.line.hasFocus()
    QTest.keyClick(last.line, Qt.Key.Key_Return)
    assert last.line.hasFocus()
    QTest.keyClick(last.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert first.line.hasFocus()


def test_a_long_form_scrolls_to_where_the_keyboard_is(qtbot: QtBot) -> None:
    inputs = [LineInput(f"第 {number} 项") for number in range(20)]
    area = ScrollColumn()
    qtbot.addWidget(area)
    for one in inputs:
        area.column.addWidget(one)
    area.resize(300, 200)
    area.show()
    area.activateWindow()
    assert QTest.qWaitForWindowActive(area)
    inputs[19].line.setFocus()
    place = inputs[19].mapTo(area.viewport(), QPoint(0, 0))
    assert 0 <= place.y() < 200


def test_required_and_edited_are_said_in_words(form: Form) -> None:
    name = LineInput("姓名")
    form(name)
    name.set_required(True)
    name.set_edited(True)
    assert name._required.isVisible()
    assert name._edited.isVisible()
    assert name.editor.property("state") == "changed"
    name.set_edited(False)
    assert name.editor.property("state") == ""


def test_a_warning_offers_acts_and_leaves_the_input_as_it_is(qtbot: QtBot, form: Form) -> None:
    born = LineInput("出生日期（身份证）")
    form(born)
    born.show_problem("比档案晚 6 个月，计龄按档案", "warn", [Act("why", "查看认定依据")])
    assert born.problem() == "比档案晚 6 个月，计龄按档案"
    assert born.editor.property("state") == ""
    with qtbot.waitSignal(born.acted) as acted:
        why = born.findChild(Button, "act-why")
        assert why is not None
        why.click()
    assert acted.args == ["why"]
    born.show_problem("")
    assert born.problem() == ""


def test_f4_asks_for_the_table(qtbot: QtBot, form: Form) -> None:
    name = LineInput("单位")
    form(name)
    with qtbot.waitSignal(name.table_asked):
        QTest.keyClick(name.line, Qt.Key.Key_F4)


def test_a_code_is_found_by_initials_and_enter_takes_it_and_walks_on(qtbot: QtBot, form: Form) -> None:
    rank = CodeInput("职级", matching)
    form(rank)
    typed(rank.line, "dyy")
    assert rank.is_open()
    assert rank.popup().labels() == ["四级调研员", "三级调研员", "二级调研员", "一级调研员"]
    QTest.keyClick(rank.line, Qt.Key.Key_Down)
    with qtbot.waitSignals([rank.changed, rank.next_asked]):
        QTest.keyClick(rank.line, Qt.Key.Key_Return)
    assert (rank.value, rank.text()) == ("0102", "三级调研员")
    assert not rank.is_open()


def test_escape_closes_the_list_and_nothing_else(form: Form) -> None:
    rank = CodeInput("职级", matching)
    form(rank)
    typed(rank.line, "yj")
    QTest.keyClick(rank.line, Qt.Key.Key_Escape)
    assert not rank.is_open()
    assert rank.text() == "yj"


def test_what_is_in_no_line_of_the_table_is_kept_and_has_no_code(qtbot: QtBot, form: Form) -> None:
    rank, name = CodeInput("职级", matching), LineInput("姓名")
    form(rank, name)
    rank.set_value("0103")
    rank.line.setFocus()
    rank.line.selectAll()
    with qtbot.waitSignal(rank.changed):
        typed(rank.line, "qqq")
    assert not rank.is_open()
    name.line.setFocus()
    assert (rank.value, rank.unresolved()) == ("", "qqq")


def test_a_code_typed_whole_is_taken_on_leaving(form: Form) -> None:
    rank, name = CodeInput("职级", matching), LineInput("姓名")
    form(rank, name)
    rank.line.setFocus()
    typed(rank.line, "0110")
    name.line.setFocus()
    assert (rank.value, rank.text(), rank.unresolved()) == ("0110", "一级主任科员", "")


def test_emptying_a_code_field_takes_the_code_away(qtbot: QtBot, form: Form) -> None:
    rank = CodeInput("职级", matching)
    form(rank)
    rank.set_value("0103")
    rank.line.selectAll()
    with qtbot.waitSignal(rank.changed):
        QTest.keyClick(rank.line, Qt.Key.Key_Delete)
    assert rank.value == ""


def test_f4_opens_the_whole_table(qtbot: QtBot, form: Form) -> None:
    rank = CodeInput("职级", matching)
    form(rank)
    with qtbot.waitSignal(rank.table_asked):
        QTest.keyClick(rank.line, Qt.Key.Key_F4)
    assert len(rank.popup().labels()) == 5


def test_at_most_eight_lines_are_in_sight_and_the_list_walks_with_the_keys(form: Form) -> None:
    def many(typed_: str) -> Sequence[tuple[str, str, str]]:
        return [(str(number), f"第 {number} 行", f"d{number}h{typed_}"[:4]) for number in range(30)]

    rank = CodeInput("行", many)
    form(rank)
    typed(rank.line, "d")
    lines = rank.popup()._lines
    assert lines.in_sight() == 8
    for _step in range(10):
        QTest.keyClick(rank.line, Qt.Key.Key_Down)
    assert rank.popup().current() == ("10", "第 10 行")
    assert lines.first == 3
    QTest.keyClick(rank.line, Qt.Key.Key_PageUp)
    assert rank.popup().current() == ("3", "第 3 行")


def test_the_list_opens_upwards_where_there_is_no_room_below(qtbot: QtBot) -> None:
    rank = CodeInput("职级", matching)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addStretch(1)
    column.addWidget(rank)
    window.resize(400, 400)
    window.show()
    rank.open_table()
    place = rank.popup().geometry()
    assert place.bottom() < rank.line.mapTo(window, QPoint(0, 0)).y()
    assert window.rect().contains(place)


def test_a_click_takes_a_line(form: Form) -> None:
    rank = CodeInput("职级", matching)
    form(rank)
    rank.open_table()
    QTest.mouseClick(rank.popup()._lines, Qt.MouseButton.LeftButton, pos=QPoint(20, 28 + 5))
    assert rank.value == "0102"


def test_every_input_speaks_the_same_protocol(qtbot: QtBot, form: Form) -> None:
    choice = ChoiceInput("级别", [("zk", "正科"), ("fk", "副科")])
    area, check, line, code = (
        TextArea("备注"),
        CheckInput("独居"),
        LineInput("姓名"),
        CodeInput("职级", matching),
    )
    form(choice, area, check, line, code)
    cases: list[tuple[Input, object, str]] = [
        (choice, "fk", "副科"),
        (area, "两行\n字", "两行\n字"),
        (check, True, "是"),
        (line, "孙德奎", "孙德奎"),
        (code, "0103", "四级调研员"),
    ]
    for one, value, text in cases:
        with qtbot.waitSignal(one.changed):
            one.set_value(value)
        assert one.value == value
        assert one.text() == text
        assert one.editor.accessibleName()


def test_enter_begins_a_line_in_a_text_area_and_ctrl_enter_walks_on(qtbot: QtBot, form: Form) -> None:
    area = TextArea("备注")
    form(area)
    with qtbot.assertNotEmitted(area.next_asked):
        QTest.keyClick(area.area, Qt.Key.Key_Return)
    assert area.text() == "\n"
    with qtbot.waitSignal(area.next_asked):
        QTest.keyClick(area.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_locked_input_says_why(form: Form) -> None:
    born = LineInput("出生日期（身份证）", rule="由身份证号得出")
    form(born)
    born.set_locked(True, "由身份证号得出，改号即改")
    typed(born.line, "1")
    assert born.text() == ""
    assert born._rule.text() == "由身份证号得出，改号即改"
