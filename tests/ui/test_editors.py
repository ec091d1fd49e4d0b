"""One editor per kind of field: what is typed, how it is echoed, what is refused and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people
from cadre_desk.db.base import SQL_TYPES
from cadre_desk.domain import codes
from cadre_desk.domain.codes import CodeItem
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.fields import AnyField, Code, Count, IdNumber, Moment, Money, Text
from cadre_desk.domain.lunar import LunarDay
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.choice_inputs import CodesInput
from cadre_desk.ui.editor_base import Editor, Where
from cadre_desk.ui.editors import EDITORS, editor_for
from cadre_desk.ui.kit.inputs import CodeInput
from cadre_desk.ui.kit.notices import Notice
from cadre_desk.ui.office import Office
from tests.ui.card_office import Keys, dress, open_office

Make = Callable[..., Editor]


@pytest.fixture(scope="module")
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Keys]]:
    """One office for all of them: editors write nothing."""
    dress(qapp)
    with open_office(tmp_path_factory.mktemp("office")) as (office, keys, _, _):
        yield office, keys


@pytest.fixture
def make(qtbot: QtBot, opened: tuple[Office, Keys]) -> Iterator[Make]:
    """An editor of a person's field (or of any field) in a window that has the keyboard."""
    kept: list[object] = []

    def shown(key: str, field: AnyField | None = None, register: str = "people") -> Editor:
        declared = REGISTERS[register]
        editor = editor_for(Where(opened[0], declared, key, field or declared.fields[key]))
        window = QWidget()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.addWidget(editor.input)
        other = QLineEdit()
        other.setObjectName("other")
        column.addWidget(other)
        window.resize(420, 500)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        editor.load(None)
        editor.input.editor.setFocus()
        kept.extend((editor, window))
        return editor

    yield shown
    kept.clear()


def line(editor: Editor) -> QLineEdit:
    """The line that is typed into."""
    found = editor.input.editor
    assert isinstance(found, QLineEdit)
    return found


def type_(editor: Editor, keys: str) -> None:
    QTest.keyClicks(line(editor), keys)


def leave(editor: Editor) -> None:
    window = editor.input.window()
    other = window.findChild(QLineEdit, "other")
    assert other is not None
    other.setFocus()


def press(editor: Editor, key: Qt.Key) -> None:
    QTest.keyClick(line(editor), key)


def offered(editor: Editor) -> list[str]:
    """The labels in the list under the field."""
    made = editor.input
    assert isinstance(made, CodeInput | CodesInput)
    assert made.is_open()
    return made.popup().labels()


def test_every_kind_of_field_has_an_editor() -> None:
    assert set(EDITORS) == set(SQL_TYPES)


def test_every_field_of_every_form_can_be_loaded_and_read_back(opened: tuple[Office, Keys]) -> None:
    for register in REGISTERS.values():
        for key, field in register.fields.items():
            editor = editor_for(Where(opened[0], register, key, field))
            editor.load(None)
            assert editor.input.label() == field.label
            assert editor.value() is None


def test_a_birth_date_is_echoed_with_both_ages(make: Make) -> None:
    editor = make("birth_archive")
    type_(editor, "1952.7")
    assert editor.input.echo() == "1952年7月·73 周岁·虚岁 74"
    assert editor.value() == PartialDate(1952, 7)


def test_other_dates_are_echoed_in_words_and_transfer_to_full_membership_with_party_age(make: Make) -> None:
    editor = make("work_start")
    type_(editor, "197112")
    assert editor.input.echo() == "1971年12月"
    full = make("party_full")
    type_(full, "1981.7.1")
    assert full.input.echo() == "1981年7月1日·党龄 44 年"


def test_an_unclear_date_offers_its_readings_and_takes_the_one_chosen(make: Make) -> None:
    editor = make("birth_archive")
    type_(editor, "25.7")
    leave(editor)
    assert "可能是" in editor.input.problem()
    notice = editor.input.findChild(Notice)
    assert notice is not None
    notice.acted.emit("read:1925-07")
    assert editor.value() == PartialDate(1925, 7)
    assert editor.input.problem() == ""


def test_what_is_no_date_is_said_on_leaving_and_not_while_typing(make: Make) -> None:
    editor = make("birth_archive")
    type_(editor, "1952.13")
    assert editor.input.problem() == ""
    leave(editor)
    assert editor.input.problem()
    with pytest.raises(FieldError):
        editor.value()


def test_a_day_must_be_known_to_the_day(make: Make) -> None:
    editor = make("birth_id")
    type_(editor, "1953.1")
    leave(editor)
    assert "要填到日" in editor.input.problem()
    line(editor).clear()
    type_(editor, "1953.1.14")
    assert editor.value() == date(1953, 1, 14)


def test_a_lunar_day_is_echoed_with_its_day_of_this_year(make: Make) -> None:
    editor = make("lunar_birth")
    line(editor).setText("六月初九")
    assert editor.input.echo() == "2026年为 7月22日"
    assert editor.value() == LunarDay(6, 9)


def test_an_id_number_tells_what_it_says_of_its_owner(make: Make) -> None:
    editor = make("id_no")
    type_(editor, "500101195301140414")
    assert editor.input.echo().startswith("男·1953年1月14日生")


def test_an_id_number_that_excel_damaged_is_named_so(make: Make) -> None:
    editor = make("id_no")
    type_(editor, "5.00101E+17")
    leave(editor)
    assert "Excel" in editor.input.problem()


def test_a_wrong_check_digit_is_refused(make: Make) -> None:
    editor = make("id_no")
    type_(editor, "500101195301140415")
    leave(editor)
    assert "校验码不对" in editor.input.problem()


def test_a_code_is_found_by_initials_and_enter_walks_on(make: Make) -> None:
    editor = make("rank")
    type_(editor, "dyy")
    assert "四级调研员" in offered(editor)
    walked: list[int] = []
    editor.walked.connect(walked.append)
    press(editor, Qt.Key.Key_Return)
    assert editor.words(editor.value()) == "一级调研员"
    assert walked == [1]


def test_the_most_used_code_stands_first(make: Make) -> None:
    editor = make("retire_type")
    press(editor, Qt.Key.Key_F4)
    assert offered(editor)[0] == "退休"


def test_a_code_written_out_needs_no_list(make: Make) -> None:
    editor = make("ethnic")
    line(editor).setText("土家")
    assert editor.value() == "15"


def test_what_is_in_no_code_table_is_refused(make: Make) -> None:
    editor = make("ethnic")
    type_(editor, "zzz")
    leave(editor)
    assert "代码表" in editor.input.problem()


def test_a_retired_code_keeps_its_words_on_an_old_record(make: Make) -> None:
    codes.use_amendments({"rank": [CodeItem("98", "旧调研员", retired=True)]})
    try:
        editor = make("rank", Code("职级", table="rank"))
        editor.load("98")
        assert line(editor).text() == "旧调研员"
        assert editor.value() == "98"
    finally:
        codes.use_amendments()


@pytest.mark.parametrize(("typed", "value"), [("s", True), ("f", False), ("1", True), ("n", False)])
def test_yes_and_no_need_one_letter(make: Make, typed: str, value: bool) -> None:  # noqa: FBT001
    editor = make("early")
    type_(editor, typed)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() is value


def test_yes_or_no_may_stay_unknown(make: Make) -> None:
    editor = make("early")
    editor.load(True)
    line(editor).setFocus()
    line(editor).selectAll()
    press(editor, Qt.Key.Key_Delete)
    assert editor.value() is None


def test_several_codes_are_typed_one_after_another(make: Make) -> None:
    editor = make("family_flags")
    type_(editor, "dj")
    press(editor, Qt.Key.Key_Return)
    type_(editor, ",so")
    press(editor, Qt.Key.Key_Return)
    assert line(editor).text() == "独居、丧偶"
    assert editor.value() == ("1", "7")


def test_the_whole_table_ticks_and_unticks(make: Make) -> None:
    editor = make("family_flags")
    editor.load(("1",))
    line(editor).setFocus()
    press(editor, Qt.Key.Key_F4)
    assert offered(editor)[0] == "✓ 独居"
    press(editor, Qt.Key.Key_Return)
    assert editor.value() is None
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == ("2",)
    press(editor, Qt.Key.Key_Escape)
    leave(editor)
    assert line(editor).text() == "空巢"


def test_a_word_among_several_that_no_table_knows_is_refused(make: Make) -> None:
    editor = make("family_flags")
    line(editor).setText("独居、住校")
    leave(editor)
    assert "住校" in editor.input.problem()


def test_a_link_is_found_by_the_registers_own_search(make: Make, opened: tuple[Office, Keys]) -> None:
    editor = make("branch_id")
    line(editor).setText("供电")
    line(editor).textEdited.emit("供电")
    assert offered(editor) == ["供电系统支部"]
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == opened[1].power_branch
    assert editor.words(editor.value()) == "供电系统支部"


def test_a_person_is_found_by_initials_and_told_apart_by_birth(
    make: Make, opened: tuple[Office, Keys]
) -> None:
    editor = make("spouse_of_id")
    type_(editor, "sdk")
    assert offered(editor) == ["孙德奎"]
    made = editor.input
    assert isinstance(made, CodeInput)
    assert "1953.01 县供电公司" in made.popup()._lines.items[0]
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == opened[1].sun


def test_a_name_that_two_people_bear_is_asked_about(make: Make, opened: tuple[Office, Keys]) -> None:
    office, _ = opened
    for born in (1940, 1941):
        with office.desk.unit("补录") as session:
            people.admit(
                session,
                {"name": "张建国", "birth_archive": PartialDate(born)},
                today=office.today(),
                kind="13",
            )
    editor = make("spouse_of_id")
    line(editor).setText("张建国")
    line(editor).textEdited.emit("张建国")
    leave(editor)
    assert "有 2 个「张建国」" in editor.input.problem()


def test_a_link_to_nobody_is_refused(make: Make) -> None:
    editor = make("branch_id")
    line(editor).setText("航天支部")
    line(editor).textEdited.emit("航天支部")
    leave(editor)
    assert "没有「航天支部」" in editor.input.problem()


def test_numbers_are_echoed_as_they_are_read_aloud(make: Make) -> None:
    money = make("pension")
    type_(money, "4286")
    assert money.input.echo() == "4,286.00 元"
    assert money.value() == 428600
    assert money.words(428600) == "4,286.00 元"
    percent = make("pension_pct")
    type_(percent, "90")
    assert percent.input.echo() == "90 %"
    card = make("social_card")
    type_(card, "6222020000111122222")
    assert card.input.echo() == "6222 0200 0011 1122 222（19 位）"


@pytest.mark.parametrize(
    ("field", "typed"),
    [(Count("次序"), "a"), (Money("金额"), "a"), (Moment("时刻"), "a"), (Text("短", limit=2), "abc")],
)
def test_what_a_field_cannot_take_is_said_at_it(make: Make, field: AnyField, typed: str) -> None:
    editor = make("x", field)
    type_(editor, typed)
    leave(editor)
    assert editor.input.problem()
    assert editor.show_fault()


def test_a_value_that_nobody_touched_is_kept_although_it_would_be_refused_today(make: Make) -> None:
    editor = make("id_no", IdNumber("身份证号"))
    editor.load("12345")
    assert editor.value() == "12345"
    assert not editor.is_touched()
    type_(editor, "6")
    with pytest.raises(FieldError):
        editor.value()


def test_what_was_typed_stays_when_the_record_changes_meanwhile(make: Make) -> None:
    editor = make("last_post")
    editor.load("书记")
    editor.rebase("主任")
    assert line(editor).text() == "主任"
    line(editor).setText("局长")
    editor.rebase("科长")
    assert line(editor).text() == "局长"
    assert editor.loaded == "科长"


def test_a_locked_field_says_why_and_can_be_unlocked(make: Make) -> None:
    editor = make("birth_id")
    editor.lock("由身份证号带出")
    assert line(editor).isReadOnly()
    assert editor.is_locked
    editor.unlock()
    assert not line(editor).isReadOnly()


def test_sensitive_values_are_masked_in_words(make: Make) -> None:
    assert make("phone").words("13812346127") == "138****6127"
    assert make("id_no").words("500101195301140414") == "500101********0414"
