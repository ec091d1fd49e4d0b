"""The list page as a clerk uses it: typed search, facets, views, sorting, columns, days, ticks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people, records
from cadre_desk.actions.views import keep_view, views_of
from cadre_desk.db.models import SavedView
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.trust import PAPERS
from cadre_desk.ui.day_choice import OTHER, DayChoice
from cadre_desk.ui.export_dialog import ExportDialog
from cadre_desk.ui.kit.buttons import menu_of
from cadre_desk.ui.kit.marks import FilterChip
from cadre_desk.ui.kit.parts import EmptyState
from cadre_desk.ui.list_memory import ListMemory
from cadre_desk.ui.office import Go
from tests.ledgers import TODAY
from tests.ui.desk_window import click, dress, faults, press, type_in
from tests.ui.village_office import Sitting, sitting, village_office


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Sitting]:
    """A clerk before the list of people."""
    dress()
    with sitting(qtbot, tmp_path) as found:
        yield found


def field(seat: Sitting) -> QLineEdit:
    """The search of the list."""
    return seat.page.list.tools.search.edit


def test_typing_initials_finds_while_one_types(seat: Sitting) -> None:
    type_in(field(seat), "zjg")
    assert seat.names() == ["张建国", "张建国"]
    press(field(seat), Qt.Key.Key_Escape)
    assert len(seat.names()) == 12


@pytest.mark.parametrize(
    ("typed", "found"), [("shanguodong", "单国栋"), ("5678", "王𬭎远"), ("0015", "王𬭎远")]
)
def test_surname_readings_telephones_and_id_tails_find(seat: Sitting, typed: str, found: str) -> None:
    type_in(field(seat), typed)
    assert seat.names() == [found]


def test_hanzi_of_the_unit_find(seat: Sitting) -> None:
    field(seat).setText("审计")
    assert sorted(seat.names()) == ["秦友谊", "黎世芬"]


def test_letters_typed_in_the_table_go_to_the_search(seat: Sitting) -> None:
    seat.page.list.table.setFocus()
    type_in(seat.page.list.table, "zjg")
    assert field(seat).text() == "zjg"
    assert seat.names() == ["张建国", "张建国"]


def test_enter_in_the_search_leads_to_the_rows_and_enter_there_opens(seat: Sitting) -> None:
    type_in(field(seat), "wyz")
    field(seat).setText("王")
    press(field(seat), Qt.Key.Key_Return)
    assert seat.page.list.table.hasFocus()
    press(seat.page.list.table, Qt.Key.Key_Return)
    go = seat.wanted[-1]
    assert (go.page, go.register, go.record, go.also) == ("card", "people", 1, "全部在册")
    assert 1 in go.among


def test_the_totals_are_those_of_the_whole_listing(seat: Sitting) -> None:
    assert "共 12 人" in seat.totals()
    assert "女 5" in seat.totals()
    field(seat).setText("审计")
    seat.settle()
    assert "共 2 人" in seat.totals()


def test_facets_count_with_the_other_conditions_and_narrow(seat: Sitting) -> None:
    lines = {group.key: group for group in seat.page.facets._groups}
    women = next(line for line in lines["age"].lines if line.label == "85–89")
    seat.page.facets.toggled.emit("age", women.key, True)
    seat.settle()
    assert sorted(seat.names()) == ["卜兰芝", "王𬭎远"]
    chips = [chip.text() for chip in seat.page.list.conditions.findChildren(FilterChip) if chip.isVisible()]
    assert chips == ["在册", "离退休干部", "周岁 85–89"]
    again = {group.key: group for group in seat.page.facets._groups}
    assert next(line for line in again["age"].lines if line.label == "85–89").chosen
    assert sum(line.count for line in again["age"].lines) == 12


def test_neighbouring_bands_are_one_condition_in_words(seat: Sitting) -> None:
    for band in ("[80, 84]", "[85, 89]", '[95, ""]'):
        seat.page._toggle("age", band, True)
    words = dict(seat.page.state.chips())["age"]
    assert words == "周岁 80–89、95 及以上"
    seat.page._toggle("age", "[90, 94]", True)
    assert dict(seat.page.state.chips())["age"] == "周岁 80 及以上"
    seat.page._toggle("age", "[85, 89]", False)
    assert dict(seat.page.state.chips())["age"] == "周岁 80–84、90 及以上"


def test_a_chip_takes_its_condition_away_and_all_can_go(seat: Sitting) -> None:
    row = seat.page.list.conditions
    seat.page._toggle("status", '["2"]', True)
    click(row.findChildren(FilterChip)[0])
    assert "status" not in dict(seat.page.state.chips())
    click(row._clear)
    assert seat.page.state.listing.conditions == ()


def test_without_conditions_no_view_with_conditions_stays_lit(seat: Sitting) -> None:
    click(seat.page.tabs._buttons[1])
    click(seat.page.list.conditions._clear)
    seat.settle()
    lit = [button.tab for button in seat.page.tabs._buttons if button.isChecked()]
    assert [(tab.label, tab.count) for tab in lit] == [("全部", len(seat.names()))]
    click(next(one for one in seat.page.tabs._buttons if one.tab.label == "离休干部"))
    for key, _words in seat.page.state.chips():
        seat.page._drop(key)
    assert seat.page.state.tab().title == "全部"
    assert seat.page.tabs.current() == seat.page.state.view


def test_views_are_tabs_with_counts(seat: Sitting) -> None:
    tabs = {button.tab.label: button.tab.count for button in seat.page.tabs._buttons}
    assert tabs["全部在册"] == 12
    assert tabs["离休干部"] == 1
    assert tabs["80岁以上独居"] == 2
    click(seat.page.tabs._buttons[1])
    assert seat.names() == ["于敬之"]


def test_a_view_is_kept_renamed_moved_and_removed(seat: Sitting, qtbot: QtBot) -> None:
    page, desk = seat.page, seat.office.desk
    field(seat).setText("审计")
    page._sort(3, Qt.SortOrder.DescendingOrder)
    dialog = page.keeper.ask_name()
    dialog.name.set_value("审计局的")
    press(dialog.name.editor, Qt.Key.Key_Return)
    assert dialog.isHidden()
    seat.settle()
    assert page.tabs.current().startswith("kept")
    page._choose_view("own0")
    field(seat).setText("")
    page._choose_view(page.state.views()[-1].key)
    assert seat.names() == ["黎世芬", "秦友谊"]
    page.keeper.drawer.offer()
    page.keeper.drawer._rename()
    again = page.keeper.drawer.window().findChildren(type(dialog))[-1]
    again.name.set_value("县审计局")
    again.accept()
    with desk.read() as session:
        assert [view.title for view in views_of(session, PEOPLE)] == ["县审计局"]
    press(page.keeper.drawer.views, Qt.Key.Key_Delete)
    with desk.read() as session:
        assert views_of(session, PEOPLE) == ()
    qtbot.waitUntil(lambda: bool(seat.said))
    assert seat.said[-1].undo_act
    desk.undo(seat.said[-1].undo_act)
    with desk.read() as session:
        assert len(views_of(session, PEOPLE)) == 1


def test_a_name_that_is_taken_is_refused_at_the_field(seat: Sitting) -> None:
    dialog = seat.page.keeper.ask_name()
    dialog.name.set_value("离休干部")
    dialog.accept()
    assert dialog.isVisible()
    assert "已经有" in dialog.name.problem()
    dialog.name.set_value("字" * 21)
    dialog.accept()
    assert "最多 20 个字" in dialog.name.problem()
    dialog.reject()


def test_views_move_by_keyboard(seat: Sitting) -> None:
    for title in ("甲", "乙"):
        with seat.office.desk.unit(title) as session:
            keep_view(session, seat.page.state.listing.find(title), title)
    drawer = seat.page.keeper.drawer
    drawer.offer()
    press(drawer.views, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    with seat.office.desk.read() as session:
        assert [view.title for view in views_of(session, PEOPLE)] == ["乙", "甲"]


def test_the_head_sorts_and_turns_round(seat: Sitting) -> None:
    seat.page.list.table.sort_asked.emit(3, Qt.SortOrder.AscendingOrder)
    assert seat.names()[0] in {"秦友谊", "黎世芬"}
    assert seat.page.list.tools.order.text() == "周岁 ↑"
    seat.page.list.table.sort_asked.emit(3, Qt.SortOrder.DescendingOrder)
    assert seat.names()[0] == "于敬之"


def test_official_orders_are_in_the_menu(seat: Sitting) -> None:
    seat.page._choose_order("birth")
    assert seat.names()[0] == "于敬之"
    assert seat.page.list.tools.order.text() == "出生年月"
    seat.page._choose_order("strokes")
    assert seat.names()[0] == "丁茂才"


def test_the_menu_of_orders_marks_what_holds_and_which_way(seat: Sitting) -> None:
    def marked() -> list[str]:
        return [act.label for act in seat.page.state.orders() if act.holds]

    assert marked() == ["姓氏笔画"]
    seat.page.list.table.sort_asked.emit(3, Qt.SortOrder.DescendingOrder)
    assert marked() == ["周岁：降序 ↓"]
    menu = menu_of(seat.page.state.orders(), seat.page._choose_order, seat.page)
    drawn = [entry.text() for entry in menu.actions() if not entry.icon().isNull()]
    assert drawn == ["周岁：降序 ↓"]
    next(entry for entry in menu.actions() if entry.text() == "周岁：升序 ↑").trigger()
    assert seat.page.list.tools.order.text() == "周岁 ↑"
    assert marked() == ["周岁：升序 ↑"]
    seat.page._choose_order("birth")
    first = seat.names()[0]
    seat.page._choose_order(seat.page.state.orders()[-1].key)
    assert seat.names()[-1] == first
    assert marked() == ["出生年月：降序 ↓"]
    seat.page._choose_order("birth")
    assert seat.names()[0] == first


@pytest.mark.parametrize("typed", ["出生", "csrq", "chusheng"])
def test_typing_in_the_columns_narrows_them_by_hanzi_and_pinyin(seat: Sitting, typed: str) -> None:
    seat.page._open_columns()
    chooser = seat.page.chooser
    assert chooser is not None
    assert chooser.search.edit.hasFocus()
    press(chooser.search.edit, Qt.Key.Key_Down)
    assert chooser.offered.hasFocus()
    if typed.isascii():
        type_in(chooser.offered, typed[0])
        assert chooser.search.edit.hasFocus()
        type_in(chooser.search.edit, typed[1:])
    else:
        chooser.search.set_text(typed)
    assert chooser.search.text() == typed
    items = [chooser.offered.item(row) for row in range(chooser.offered.count())]
    found = [item.text() for item in items if not item.isHidden()]
    assert found
    assert all("出生" in label for label in found)
    press(chooser.search.edit, Qt.Key.Key_Return)
    assert chooser.offered.hasFocus()
    assert chooser.offered.currentItem().text() == found[0]


def test_columns_are_chosen_and_moved_by_keyboard(seat: Sitting) -> None:
    page = seat.page
    page._open_columns()
    assert page.chooser is not None
    offered = page.chooser.offered
    offered.setCurrentRow(1)
    press(offered, Qt.Key.Key_Space)
    press(offered, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert "sex" not in [column.key for column in page.state.listing.shown]
    offered.setCurrentRow(3)
    press(offered, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [column.key for column in page.state.listing.shown][:3] == ["name", "birth_archive", "age"]
    page.chooser._reset()
    assert [column.key for column in page.state.listing.shown] == list(PEOPLE.shown)


def test_the_name_is_always_shown(seat: Sitting) -> None:
    seat.page._open_columns()
    assert seat.page.chooser is not None
    seat.page.chooser.offered.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert seat.page.state.listing.shown[0].key == "name"


def test_the_list_speaks_of_another_day(seat: Sitting) -> None:
    with seat.office.desk.unit("登记去世") as session:
        people.record_death(session, 3, PartialDate(2026, 1, 12), today=TODAY)
    seat.settle()
    assert len(seat.names()) == 11
    seat.page.show_day(date(2025, 12, 31))
    assert len(seat.names()) == 12
    assert seat.page.list.tools.day.text() == "截至 2025-12-31"
    seat.page._choose_day(TODAY.isoformat())
    assert len(seat.names()) == 11


def test_a_typed_day_must_be_one_that_was(seat: Sitting) -> None:
    seat.page._choose_day(OTHER)
    dialog = seat.page.window().findChild(DayChoice)
    assert dialog is not None
    for typed, said in (("2027.1.1", "还没有到"), ("2024.5", "写到日"), ("胡说", "")):
        dialog.day.set_value(typed)
        dialog.accept()
        assert dialog.isVisible()
        assert said in dialog.day.problem()
    dialog.day.set_value("2024.12.31")
    dialog.accept()
    assert seat.page.state.listing.as_of_day == date(2024, 12, 31)


def test_space_ticks_and_the_bar_says_how_many(seat: Sitting) -> None:
    table = seat.page.list.table
    table.setFocus()
    press(table, Qt.Key.Key_Space)
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Space)
    assert seat.page.list.selection.isVisible()
    assert "已选 2 人" in seat.page.list.selection._count.text()
    field(seat).setText("王")
    assert "不在当前名单" in seat.page.list.selection._count.text()
    press(table, Qt.Key.Key_Escape)
    assert not seat.page.list.selection.isVisible()


def test_ticked_records_go_to_a_round_and_to_print(seat: Sitting) -> None:
    table = seat.page.list.table
    table.toggle_tick(1)
    table.toggle_tick(4)
    seat.page.list.selection.acted.emit("round")
    go = seat.wanted[-1]
    assert go.page == "round"
    assert go.listing is not None
    assert go.listing.only == seat.page.model.ticked()
    seat.page.list.selection.acted.emit("print")
    assert seat.wanted[-1].page == "preview"


def test_an_export_leaves_a_file_a_batch_number_and_its_purpose(seat: Sitting) -> None:
    table = seat.page.list.table
    table.toggle_tick(0)
    table.toggle_tick(2)
    seat.page.list.selection.acted.emit("export")
    dialog = seat.page.window().findChild(ExportDialog)
    assert dialog is not None
    dialog.purpose.set_value("核对名单")
    press(dialog.purpose.editor, Qt.Key.Key_Return)
    said = seat.until_said()
    assert not said.is_error, said.text
    assert said.file is not None
    assert said.file.is_file()
    assert said.file.parent.name == "导出"
    with seat.office.desk.read() as session:
        rows = seat.office.listing(PAPERS).showing("batch", "purpose", "persons", "way").rows(session)
    assert rows[0].values[1:] == ("核对名单", 2, "xlsx")
    assert rows[0].values[0] in said.detail


def test_the_place_is_kept_when_the_ledger_changes(seat: Sitting) -> None:
    page = seat.page
    page.resize(1366, 430)
    seat.qtbot.wait(50)
    page.list.table.go_to(9)
    top, record = page.list.table.verticalScrollBar().value(), page.list.current_record()
    assert top > 0
    with seat.office.desk.unit("修改职务") as session:
        records.keep(session, PEOPLE, {"last_post": "会计"}, record, today=TODAY)
    seat.settle()
    assert page.list.current_record() == record
    assert page.list.table.verticalScrollBar().value() == top
    other = page.model.id_at(0)
    with seat.office.desk.unit("登记去世") as session:
        people.record_death(session, other, PartialDate(2026, 1, 12), today=TODAY)
    seat.settle()
    assert page.model.rowCount() == 11
    assert page.list.current_record() == record


def test_nothing_found_names_the_conditions_and_clears_them(seat: Sitting) -> None:
    field(seat).setText("绝无此人")
    state = seat.page.list.shown()
    assert isinstance(state, EmptyState)
    assert "没有符合条件" in state.accessibleName()
    state.acted.emit("clear")
    assert len(seat.names()) == 12
    assert not field(seat).text()


@pytest.mark.parametrize(
    "key", ["branches", "units", "places", "contacts", "accounts", "visits", "code_amendments"]
)
def test_an_empty_register_says_how_to_begin(qtbot: QtBot, tmp_path: Path, key: str) -> None:
    dress()
    with sitting(qtbot, tmp_path, key) as seat:
        if seat.page.model.rowCount():
            assert not isinstance(seat.page._stack.currentWidget(), EmptyState)
        else:
            state = seat.page._stack.currentWidget()
            assert isinstance(state, EmptyState)
            assert state.accessibleName() == REGISTERS[key].empty.title


def test_acts_of_the_head_lead_where_they_are_done(seat: Sitting) -> None:
    press(seat.page.list.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(seat.page.list.table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    press(seat.page.list.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    press(seat.page.list.table, Qt.Key.Key_F2)
    assert [go.page for go in seat.wanted] == ["edit", "import", "preview", "edit"]
    assert seat.wanted[-1].record == seat.page.list.current_record()


def test_a_list_from_elsewhere_stands_under_its_own_tab(seat: Sitting) -> None:
    listing = seat.office.listing(PEOPLE).where(Condition("sex", Op.IN, ("2",)))
    seat.page.arrive(Go("list", "people", listing=listing, also="女干部"))
    seat.settle()
    assert len(seat.names()) == 5
    assert seat.page.tabs._buttons[0].tab.label == "女干部"
    picked = seat.office.listing(PEOPLE).picked([1, 2])
    seat.page.arrive(Go("list", "people", listing=picked))
    assert len(seat.names()) == 2
    assert seat.page.state.chips()[0][1] == "所查名单"


def test_the_card_beside_follows_the_row(seat: Sitting) -> None:
    field(seat).setText("王")
    seat.qtbot.waitUntil(lambda: getattr(seat.page.preview, "name").text() == "王𬭎远")  # noqa: B009 - of a person


def test_movements_open_the_card_of_their_person(qtbot: QtBot, tmp_path: Path) -> None:
    with sitting(qtbot, tmp_path, "movements") as seat:
        seat.page.open(seat.page.model.id_at(0))
        assert (seat.wanted[-1].page, seat.wanted[-1].register) == ("card", "people")


@pytest.mark.parametrize("key", list(REGISTERS))
@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_no_list_cuts_a_word(qtbot: QtBot, tmp_path: Path, key: str, factor: float) -> None:
    dress(factor)
    with sitting(qtbot, tmp_path, key) as seat:
        assert faults(qtbot, seat.page) == []
    dress()


def test_in_a_small_window_the_facets_are_a_drawer(qtbot: QtBot, tmp_path: Path) -> None:
    dress(1.5)
    with sitting(qtbot, tmp_path) as seat:
        assert seat.page.facets.isHidden()
        assert seat.page.preview is not None
        assert seat.page.preview.isHidden()
        click(seat.page.list.tools.facets)
        assert seat.page._drawer_facets is not None
        assert seat.page._drawer_facets.isVisible()
        assert faults(qtbot, seat.page) == []
        seat.page._drawer_facets.toggled.emit("retire_type", '["1"]', True)
        assert seat.names() == ["于敬之"]
    dress()


def test_a_view_that_asks_for_a_lost_column_is_left_out(qtbot: QtBot, tmp_path: Path) -> None:
    with village_office(tmp_path) as office:
        with office.desk.unit("旧视图") as session:
            session.add(
                SavedView(
                    register="people",
                    title="旧",
                    listing='{"conditions": [["gone", "in", ["1"]]], "text": "", "order": [], "columns": []}',
                )
            )
        seat = Sitting(qtbot, office)
        assert "旧" not in [tab.title for tab in seat.page.state.views()]
        seat.close()


def test_a_views_name_is_needed(tmp_path: Path) -> None:
    with (
        village_office(tmp_path) as office,
        pytest.raises(RuleError, match="起个名称"),
        office.desk.unit("x") as s,
    ):
        keep_view(s, office.listing(PEOPLE), "  ")


def test_columns_and_dragged_widths_are_there_the_next_day(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with sitting(qtbot, tmp_path / "one") as first:
        first.page._choose_columns(("name", "phone", "sex"))
        first.page.list.table.horizontalHeader().resizeSection(1, 211)
    with sitting(qtbot, tmp_path / "two") as second:
        assert [column.key for column in second.page.state.listing.shown] == ["name", "phone", "sex"]
        table = second.page.list.table
        assert table.columnWidth(1) == 211
        second.page._choose_columns(("name", "sex", "phone"))
        assert table.columnWidth(2) >= 211
        second.page._choose_columns(PEOPLE.shown)
    (tmp_path / "three").mkdir()
    with sitting(qtbot, tmp_path / "three") as third:
        assert third.page.state.listing.columns == ()


def test_columns_of_a_kept_view_are_no_choice_for_all(seat: Sitting) -> None:
    with seat.office.desk.unit("存为常用视图：电话本") as session:
        kept = keep_view(session, seat.page.state.listing.showing("name", "phone"), "电话本")
    seat.page._views_changed(kept)
    seat.page._choose_columns(("name", "sex"))
    assert ListMemory(PEOPLE).columns() == ()
