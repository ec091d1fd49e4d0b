"""The frame: rail, top bar, status line; and the facets beside a list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.chrome import Place, Rail, SearchBox, StatusLine, TopBar
from cadre_desk.ui.kit.facets import FacetGroup, FacetLine, FacetPanel
from cadre_desk.ui.kit.parts import Button, Text

# The platform without a screen says so of every menu; with a screen it raises and grabs.
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard", extend=True
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The theme at normal text."""
    theme.apply_theme(qapp)


@pytest.fixture
def rail(qtbot: QtBot) -> Iterator[Rail]:
    """A rail with three places in two groups."""
    made = Rail()
    qtbot.addWidget(made)
    made.set_office("青岚县", "老干部局")
    made.set_places(
        [
            [Place("today", "工作台", "today", "Ctrl+1")],
            [Place("people", "老干部", "people"), Place("visits", "走访慰问", "visit")],
        ]
    )
    made.resize(148, 600)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()


def shown(qtbot: QtBot, widget: QWidget, width: int = 1200) -> QWidget:
    """The widget in a window of its own."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    window.resize(width, 300)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


def test_a_place_is_chosen_by_mouse(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.chosen) as chosen:
        QTest.mouseClick(rail.item("visits"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["visits"]
    assert rail.item("visits").isChecked()


def test_a_place_is_chosen_by_the_arrows(rail: Rail, qtbot: QtBot) -> None:
    rail.set_current("today")
    rail.item("today").setFocus()
    with qtbot.waitSignal(rail.chosen) as chosen:
        QTest.keyClick(rail.item("today"), Qt.Key.Key_Down)
        QTest.keyClick(rail.item("people"), Qt.Key.Key_Space)
    assert chosen.args == ["people"]


def test_marking_the_current_place_emits_nothing_and_may_mark_none(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rail.chosen):
        rail.set_current("people")
        assert rail.item("people").isChecked()
        rail.set_current("nowhere")
    assert not any(rail.item(key).isChecked() for key in ("today", "people", "visits"))


def test_waiting_work_is_told_in_words(rail: Rail) -> None:
    rail.set_waiting("visits", 1154)
    assert rail.item("visits").accessibleName() == "走访慰问，1,154 件待办"
    rail.set_waiting("visits", 0)
    assert rail.item("visits").accessibleName() == "走访慰问"


def test_a_narrow_rail_shows_icons_and_tells_names_in_tooltips(rail: Rail) -> None:
    assert rail.sizeHint().width() == 148
    rail.set_narrow(narrow=True)
    assert rail.is_narrow()
    assert rail.sizeHint().width() == 64
    assert rail.item("visits").toolTip() == "走访慰问"
    assert rail.item("today").toolTip() == "工作台　Ctrl+1"


def test_a_long_office_widens_the_rail_and_is_not_cut(rail: Rail) -> None:
    rail.set_office("黔西南布依族苗族自治州", "老干部局")
    assert rail.sizeHint().width() > 200


def test_the_top_bar_names_the_act_to_be_undone(qtbot: QtBot) -> None:
    bar = TopBar()
    window = shown(qtbot, bar)
    assert not bar.undo.isEnabled()
    assert bar.undo.text() == "没有可撤销的操作"
    bar.set_undo("登记走访结果 7 人")
    QApplication.processEvents()
    assert bar.undo.text() == "撤销：登记走访结果 7 人"
    with qtbot.waitSignal(bar.undo_asked):
        bar.undo.click()
    window.close()


def test_a_long_act_is_shortened_and_told_whole(qtbot: QtBot) -> None:
    bar = TopBar()
    bar.set_user("周敏", "经办")
    bar.set_years([("2025", "2025年度（未结）")], "2025")
    window = shown(qtbot, bar, 800)
    act = "导入 财政局_2026年1月花名册.xlsx 新增 46 人，补全 31 人，修改 12 人"
    bar.set_undo(act)
    QApplication.processEvents()
    assert bar.undo.text().endswith("…")
    assert bar.undo.accessibleName() == f"撤销：{act}"
    assert act in bar.undo.toolTip()
    window.close()


def test_the_year_is_chosen_from_a_menu(qtbot: QtBot) -> None:
    bar = TopBar()
    window = shown(qtbot, bar)
    bar.set_years([("2025", "2025年度（未结）"), ("2024", "2024年度（已结）")], "2025")
    menu = bar.year.open_menu()
    with qtbot.waitSignal(bar.year_chosen) as chosen:
        menu.actions()[1].trigger()
    assert chosen.args == ["2024"]
    menu.close()
    window.close()


def test_who_is_at_the_desk_is_named(qtbot: QtBot) -> None:
    bar = TopBar()
    window = shown(qtbot, bar)
    bar.set_user("周敏", "经办")
    assert bar.user.accessibleName() == "使用人 周敏，经办"
    bar.set_short(short=True)
    assert "经办" not in [text.text() for text in bar.findChildren(Text) if text.isVisible()]
    with qtbot.waitSignal(bar.user_asked):
        bar.user.click()
    with qtbot.waitSignal(bar.help_asked):
        bar.help.click()
    window.close()


def test_the_search_box_tells_keys_and_empties_on_escape(qtbot: QtBot) -> None:
    box = SearchBox("全局查找", "查人", keys="Ctrl+K")
    window = shown(qtbot, box, 400)
    box.setFocus()
    assert box.edit.hasFocus()
    with qtbot.waitSignal(box.changed) as changed:
        QTest.keyClicks(box.edit, "z")
    assert changed.args == ["z"]
    for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
        with qtbot.waitSignal(box.moved) as moved:
            QTest.keyClick(box.edit, key)
        assert moved.args == [step]
    with qtbot.waitSignal(box.entered) as entered:
        QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert entered.args == ["z"]
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    assert box.text() == ""
    window.close()


def test_the_key_cap_gives_way_to_what_is_typed_and_to_a_narrow_box(qtbot: QtBot) -> None:
    box = SearchBox("全局查找", "查人、支部、批次", keys="Ctrl+K")
    window = shown(qtbot, box, 400)
    assert box._cap.isVisible()
    box.set_text("zjg")
    assert not box._cap.isVisible()
    box.set_text("")
    window.resize(box.minimumSizeHint().width() + 10, 100)
    QApplication.processEvents()
    assert not box._cap.isVisible()
    window.close()


def test_the_prompt_lights_up_while_the_keyboard_is_there(qtbot: QtBot) -> None:
    box = SearchBox("查找", "姓名")
    window = shown(qtbot, box, 300)
    box.setFocus()
    assert box.property("lit") == "true"
    box.edit.clearFocus()
    assert box.property("lit") == "false"
    window.close()


def test_trouble_with_the_backup_colours_its_words(qtbot: QtBot) -> None:
    line = StatusLine()
    window = shown(qtbot, line)
    line.set_ledger("青岚县老干部台账.cdesk")
    line.set_backup("最近备份 今天 08:31·已核验·E盘")
    assert line._backup.tone == "ink2"
    line.set_backup("备份 12 天前，未核验", "warn")
    assert line._backup.tone == "warn"
    line.set_note("内部资料·不得录入涉密信息")
    line.set_short(short=True)
    assert not line._note.isVisible()
    assert line.height() == theme.px(26)
    window.close()


def lines(*counts: int, chosen: tuple[int, ...] = ()) -> list[FacetLine]:
    """Facet lines 0, 1, 2 … with counts."""
    return [FacetLine(str(at), f"第 {at} 类", count, at in chosen) for at, count in enumerate(counts)]


def words(panel: FacetPanel) -> list[str]:
    """The lines in sight."""
    found = [word for one in panel.findChildren(QWidget) for word in _texts(one) if one.isVisible()]
    return [word for word in found if word.startswith("第")]


def _texts(widget: QWidget) -> list[str]:
    """What a facet line paints."""
    told = getattr(widget, "audit_texts", None)
    return list(told()) if told is not None else []


def test_a_facet_tells_what_was_ticked(qtbot: QtBot) -> None:
    panel = FacetPanel()
    window = shown(qtbot, panel, 200)
    panel.set_groups([FacetGroup("state", "在册状态", lines(214, 63, chosen=(0,)))])
    line = next(one for one in panel.findChildren(QWidget) if one.accessibleName() == "第 1 类，63")
    with qtbot.waitSignal(panel.toggled) as toggled:
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(10, 12))
    assert toggled.args == ["state", "1", True]
    assert panel.chosen() == 1
    window.close()


def test_at_most_five_lines_and_every_chosen_one_are_in_sight(qtbot: QtBot) -> None:
    panel = FacetPanel()
    window = shown(qtbot, panel, 200)
    panel.set_groups([FacetGroup("town", "乡镇", lines(9, 8, 7, 6, 5, 4, 3, 2, 1, chosen=(7,)))])
    assert len(words(panel)) == 6
    more = next(one for one in panel.findChildren(Button) if one.text() == "其余 3 项")
    more.click()
    QApplication.processEvents()
    assert len(words(panel)) == 9
    panel.set_groups([FacetGroup("town", "乡镇", lines(9, 8, 7, 6, 5, 4, 3, 2, 2))])
    QApplication.processEvents()
    assert len(words(panel)) == 9
    window.close()


def test_what_counts_nothing_is_left_out_unless_chosen(qtbot: QtBot) -> None:
    panel = FacetPanel()
    window = shown(qtbot, panel, 200)
    panel.set_groups([FacetGroup("a", "甲", lines(3, 0, 0, chosen=(2,))), FacetGroup("b", "乙", lines(0))])
    assert words(panel) == ["第 0 类", "第 2 类"]
    assert "乙" not in [text.text() for text in panel.findChildren(Text)]
    window.close()


def test_new_counts_leave_the_keyboard_where_it_is(qtbot: QtBot) -> None:
    panel = FacetPanel()
    window = shown(qtbot, panel, 200)
    panel.set_groups([FacetGroup("a", "甲", lines(3, 2))])
    line = next(one for one in panel.findChildren(QWidget) if one.accessibleName() == "第 1 类，2")
    line.setFocus()
    panel.set_groups([FacetGroup("a", "甲", lines(3, 1))])
    held = QApplication.focusWidget()
    assert held is not None
    assert held.accessibleName() == "第 1 类，1"
    window.close()
