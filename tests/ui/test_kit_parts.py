"""The parts: buttons, bars, tabs, header, drawer, dialog, tiles, fields, empty pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.ui.kit import motion, theme
from cadre_desk.ui.kit.parts import (
    REFUSAL,
    Act,
    Avatar,
    Beginning,
    Button,
    Card,
    Chip,
    ConfirmDialog,
    Drawer,
    EmptyState,
    ErrorBar,
    FieldView,
    Figure,
    FigureGrid,
    FigureTile,
    FilterChip,
    KeyCap,
    MenuButton,
    MiniBars,
    Notice,
    PageHeader,
    ProgressLine,
    ResultBar,
    SelectionBar,
    Steps,
    Tab,
    TabStrip,
    Text,
    TotalsBar,
)
from cadre_desk.ui.kit.tokens import COLOURS

# The platform without a screen says so of every menu; with a screen it raises and grabs.
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard", extend=True
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The theme at normal text, nothing moves."""
    theme.apply_theme(qapp)
    motion.be_still(still=True)
    yield
    motion.be_still(still=False)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    """An empty window with a column, shown and active."""
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    window.resize(1000, 600)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    yield window
    window.close()


def put(page: QWidget, *widgets: QWidget) -> None:
    """Lay widgets into the page, and let Qt lay them out."""
    column = page.layout()
    assert column is not None
    for widget in widgets:
        column.addWidget(widget)
    QApplication.processEvents()


def button(widget: QWidget, text: str) -> Button:
    """The button that says ``text``."""
    return next(one for one in widget.findChildren(Button) if one.text() == text)


def labels(widget: QWidget) -> list[str]:
    """The words of the visible labels."""
    return [one.text() for one in widget.findChildren(Text) if one.isVisible() and one.text()]


ACTS = [
    Act("import", "导入", "import"),
    Act("print", "打印名册", "print"),
    Act("add", "新增老干部", "plus", "primary"),
]


def test_the_primary_act_stands_last_and_stays_in_a_narrow_page(page: QWidget, qtbot: QtBot) -> None:
    header = PageHeader("老干部")
    put(page, header)
    header.set_acts([ACTS[2], ACTS[0], ACTS[1]])
    QApplication.processEvents()
    assert header.acts.hidden_acts() == []
    places = [header.acts.button(key).x() for key in ("import", "print", "add")]
    assert places == sorted(places)
    page.resize(900, 600)
    QApplication.processEvents()
    assert [act.key for act in header.acts.hidden_acts()] == ["import"]
    header.set_title("二〇二六年春节走访慰问困难离退休干部和遗属第二批名册")
    page.resize(700, 600)
    QApplication.processEvents()
    assert [act.key for act in header.acts.hidden_acts()] == ["import", "print"]
    assert header.acts.button("add").isVisible()
    with qtbot.waitSignal(header.acted) as acted:
        header.acts.button("add").click()
    assert acted.args == ["add"]


def test_other_acts_in_a_row_that_is_seen_are_fitted_to_the_width_they_bring_about(page: QWidget) -> None:
    page.resize(1366, 600)
    header = PageHeader("登记卡")
    put(page, header)
    header.set_acts([ACTS[2]])
    QApplication.processEvents()
    header.set_acts(ACTS)
    QApplication.processEvents()
    assert header.acts.hidden_acts() == []
    assert [one.text() for one in header.findChildren(MenuButton) if one.isVisible()] == []


def test_hidden_acts_are_in_the_menu_and_still_act(page: QWidget, qtbot: QtBot) -> None:
    header = PageHeader("老干部")
    put(page, header)
    header.set_acts(ACTS)
    page.resize(900, 600)
    QApplication.processEvents()
    more = next(one for one in header.findChildren(MenuButton) if one.isVisible())
    menu = more.open_menu()
    entry = next(one for one in menu.actions() if one.text() == "导入")
    with qtbot.waitSignal(header.acted) as acted:
        entry.trigger()
    assert acted.args == ["import"]
    menu.close()


def test_a_disabled_act_says_why_in_the_menu_and_in_words(page: QWidget) -> None:
    asked: list[str] = []
    acts = [Act("move", "转出", enabled=False, reason="已去世")]
    made = MenuButton("变动", acts, asked.append)
    put(page, made)
    menu = made.open_menu()
    assert [entry.text() for entry in menu.actions()] == ["转出（已去世）"]
    assert not menu.actions()[0].isEnabled()
    menu.close()
    plain = Button("转入审批")
    plain.set_allowed(False, "公示还差 2 个工作日")
    assert plain.toolTip() == plain.accessibleDescription() == "公示还差 2 个工作日"


def test_breadcrumbs_lead_back(page: QWidget, qtbot: QtBot) -> None:
    header = PageHeader("编辑")
    put(page, header)
    header.set_parents([("people", "老干部"), ("person", "孙德奎")])
    header.set_chip("正在编辑", "info")
    assert header.chip.isVisible()
    with qtbot.waitSignal(header.parent_asked) as asked:
        button(header, "孙德奎").click()
    assert asked.args == ["person"]


def test_a_click_on_a_tool_leaves_the_keyboard_where_it_is(page: QWidget) -> None:
    edit, tool = QLineEdit(), Button("栏目", "tool", "columns")
    put(page, edit, tool)
    edit.setFocus()
    QTest.mouseClick(tool, LEFT)
    assert edit.hasFocus()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert tool.hasFocus()


def test_the_ring_of_the_keyboard_is_seen_on_every_kind_of_button(page: QWidget) -> None:
    for kind in ("primary", "normal", "small", "tool", "link", "icon", "square"):
        made = Button("" if kind in {"icon", "square"} else "按钮", kind, "close", name="按钮")
        put(page, made)
        before = made.grab().toImage()
        size = made.sizeHint()
        made.setFocus(Qt.FocusReason.TabFocusReason)
        assert made.hasFocus()
        assert made.grab().toImage() != before, kind
        assert made.sizeHint() == size, kind


def test_enter_presses_a_button_on_a_page_and_in_a_dialog_only_the_one_that_is_meant(page: QWidget) -> None:
    pressed: list[str] = []
    on_page, in_dialog, meant = (Button("下一步", name=name) for name in ("page", "dialog", "meant"))
    for one in (on_page, in_dialog, meant):
        one.clicked.connect(lambda _, one=one: pressed.append(one.accessibleName()))
    put(page, on_page)
    QTest.keyClick(on_page, Qt.Key.Key_Return)
    QTest.keyClick(on_page, Qt.Key.Key_Enter)
    asked = QDialog(page)
    for one in (in_dialog, meant):
        one.setParent(asked)
        one.setAutoDefault(False)
    meant.setDefault(True)
    asked.show()
    in_dialog.setFocus()
    QTest.keyClick(in_dialog, Qt.Key.Key_Return)
    assert pressed == ["page", "page", "meant"]


TABS = [Tab(str(number), f"视图{number}", number * 100) for number in range(1, 8)]


def test_tabs_that_find_no_room_go_into_a_menu_and_the_chosen_one_never_does(
    page: QWidget, qtbot: QtBot
) -> None:
    strip = TabStrip()
    put(page, strip)
    strip.set_tabs(TABS, "6")
    page.resize(420, 300)
    QApplication.processEvents()
    hidden = [tab.key for tab in strip.hidden_tabs()]
    assert hidden
    assert "6" not in hidden
    assert button(strip, f"另 {len(hidden)} 个视图").isVisible()
    menu = strip._more.open_menu()
    with qtbot.waitSignal(strip.chosen) as chosen:
        menu.actions()[0].trigger()
    assert chosen.args == [hidden[0]]
    assert strip.current() == hidden[0]
    assert hidden[0] not in [tab.key for tab in strip.hidden_tabs()]
    menu.close()


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_tabs_that_just_fit_do_so_with_the_gaps_between_them(page: QWidget, factor: float) -> None:
    theme.apply_theme(theme.application(), factor)
    strip = TabStrip()
    strip.set_tabs(TABS)
    strip.add_end(Button("存为常用视图"))
    put(page, strip)
    counts = set()
    for width in range(2400, strip.minimumSizeHint().width() + 40, -19):
        page.resize(width, 300)
        QApplication.processEvents()
        seen = [one for one in strip.children() if isinstance(one, QAbstractButton) and one.isVisible()]
        counts.add(len(seen))
        seen.sort(key=lambda one: one.x())
        assert [one.text() for one in seen if one.width() < one.sizeHint().width()] == [], width
        gaps = [after.x() - one.geometry().right() - 1 for one, after in pairwise(seen)]
        assert min(gaps) >= theme.px(4), width
        assert seen[-1].geometry().right() < strip.width(), width
    assert counts >= {3, 5, 8}
    theme.apply_theme(theme.application())


def test_no_more_tabs_are_in_sight_than_asked_for(page: QWidget) -> None:
    strip = TabStrip()
    put(page, strip)
    strip.set_tabs(TABS)
    strip.set_most(4)
    assert len(strip.hidden_tabs()) == 3
    assert strip.current() == "1"


def test_choosing_a_tab_moves_none_of_the_others(page: QWidget) -> None:
    strip = TabStrip()
    put(page, strip)
    strip.set_tabs(TABS)
    before = [tab.x() for tab in strip._buttons]
    strip.set_current("3")
    QApplication.processEvents()
    assert [tab.x() for tab in strip._buttons] == before


def test_escape_closes_the_drawer_and_gives_the_keyboard_back(page: QWidget, qtbot: QtBot) -> None:
    edit = QLineEdit()
    put(page, edit)
    edit.setFocus()
    drawer = Drawer(page)
    drawer.set_title("发放困难补助", "名单")
    drawer.unfold()
    assert drawer.hasFocus()
    assert drawer.geometry().right() == page.width() - 1
    assert drawer.width() == 396
    with qtbot.waitSignal(drawer.closed):
        QTest.keyClick(drawer, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert edit.hasFocus()


def test_the_drawer_keeps_to_the_right_edge_and_takes_at_most_most_of_the_page(page: QWidget) -> None:
    drawer = Drawer(page)
    drawer.unfold()
    page.resize(500, 400)
    QApplication.processEvents()
    assert drawer.geometry().getRect() == (200, 0, 300, 400)


def test_the_drawer_slides_unless_the_desk_is_to_be_still(page: QWidget, qtbot: QtBot) -> None:
    motion.be_still(still=False)
    drawer = Drawer(page)
    drawer.unfold()
    assert drawer._slide.state() == drawer._slide.State.Running
    qtbot.waitUntil(lambda: drawer.x() == page.width() - drawer.width())
    drawer.shut()


def confirm(page: QWidget) -> ConfirmDialog:
    """The dialog for a death, opened."""
    dialog = ConfirmDialog(page, "登记去世：孙德奎", "登记去世", "以下各项同时了结，可以整批撤销。")
    dialog.set_consequences(
        [("党组织关系了结", "1 项"), ("未走访的安排取消", "2 次"), ("未发的补助停发", "")]
    )
    return dialog


def test_a_decision_spells_out_its_consequences_and_wants_a_reason(page: QWidget, qtbot: QtBot) -> None:
    dialog = confirm(page)
    dialog.ask_reason("原因")
    dialog.open()
    assert {"未走访的安排取消", "2 次"} <= set(labels(dialog))
    assert button(dialog, "登记去世").kind == "primary"
    qtbot.waitUntil(dialog.reason.hasFocus)
    with qtbot.assertNotEmitted(dialog.confirmed):
        dialog.verb.click()
    assert any("请先写原因" in words for words in labels(dialog))
    dialog.reason.setPlainText("家属来电")
    with qtbot.waitSignal(dialog.confirmed) as confirmed:
        dialog.verb.click()
    assert confirmed.args == ["家属来电"]
    assert not dialog.isVisible()


def test_enter_never_triggers_the_verb_and_escape_cancels(page: QWidget, qtbot: QtBot) -> None:
    dialog = confirm(page)
    dialog.open()
    qtbot.waitUntil(dialog.cancel.hasFocus)
    with qtbot.assertNotEmitted(dialog.confirmed):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QTest.keyClick(dialog, key)
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_result_offers_its_file_and_takes_no_keyboard(page: QWidget, qtbot: QtBot) -> None:
    edit, bar = QLineEdit(), ResultBar()
    put(page, edit, bar)
    edit.setFocus()
    bar.show_result("已导出", "名册.xlsx", "214 人", [Act("open", "打开文件"), Act("undo", "撤销")])
    assert edit.hasFocus()
    assert bar.accessibleName() == "已导出 名册.xlsx 214 人"
    with qtbot.waitSignal(bar.acted) as acted:
        button(bar, "打开文件").click()
    assert acted.args == ["open"]
    with qtbot.waitSignal(bar.closed):
        next(one for one in bar.findChildren(Button) if one.kind == "icon").click()
    assert not bar.isVisible()


def test_an_error_says_first_what_did_not_happen_then_what_is_safe(page: QWidget) -> None:
    bar = ErrorBar()
    put(page, bar)
    bar.show_error("导入没有写入", "台账没有改动。", [Act("go", "去看第 61 行")])
    assert bar.text() == "导入没有写入\n台账没有改动。"
    bar.show_error("没有打印", "", [])
    assert "去看第 61 行" not in [one.text() for one in bar.findChildren(Button) if one.isVisible()]
    assert bar.text() == "没有打印"


def test_bars_spoken_to_before_they_have_a_page_open_no_window(qtbot: QtBot) -> None:
    result, error, selection = ResultBar(), ErrorBar(), SelectionBar()
    result.show_result("已导出")
    error.show_error("没有导出")
    selection.set_count(3)
    assert not any(window.isVisible() for window in QApplication.topLevelWidgets())
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for bar in (result, error, selection):
        column.addWidget(bar)
    page.show()
    assert result.isVisible()
    assert error.isVisible()
    assert selection.isVisible()


def test_the_selection_bar_counts_and_goes_when_nothing_is_ticked(page: QWidget, qtbot: QtBot) -> None:
    bar = SelectionBar()
    put(page, bar)
    bar.set_acts([Act("round", "加入走访批次", "visit"), Act("print", "打印", "print")])
    assert not bar.isVisible()
    bar.set_count(1203)
    assert "已选 1,203 人" in labels(bar)
    with qtbot.waitSignal(bar.acted) as acted:
        button(bar, "打印").click()
    assert acted.args == ["print"]
    with qtbot.waitSignal(bar.cleared):
        button(bar, "取消选择 Esc").click()
    bar.set_count(0)
    assert not bar.isVisible()


def test_the_totals_tell_all_even_where_they_are_not_all_seen(page: QWidget) -> None:
    bar = TotalsBar()
    put(page, bar)
    bar.set_totals([("共", "214 人"), ("男", "121"), ("合计", "287,400.00 元")])
    bar.set_range("第 1–13 行")
    assert bar.toolTip() == "共 214 人　男 121　合计 287,400.00 元"
    wide = bar.grab().toImage()
    page.resize(150, 300)
    QApplication.processEvents()
    assert bar.grab().toImage().width() < wide.width()
    assert bar.minimumSizeHint().width() < 150


def test_a_notice_says_its_weight_in_words_colour_and_sign(page: QWidget, qtbot: QtBot) -> None:
    notice = Notice("身份证与档案出生年月不一致", acts=[Act("why", "查看依据")])
    put(page, notice)
    assert notice.property("ground") == "itint"
    with qtbot.waitSignal(notice.acted) as acted:
        button(notice, "查看依据").click()
    assert acted.args == ["why"]
    notice.say("去世人员不能发放", REFUSAL)
    assert notice.property("ground") == "atint"
    assert notice.text() == notice.accessibleName() == "去世人员不能发放"


def test_long_work_is_shown_only_if_it_lasts(page: QWidget, qtbot: QtBot) -> None:
    line = ProgressLine()
    put(page, line)
    line.begin("正在写入")
    assert not line.isVisible()
    qtbot.waitUntil(line.isVisible, timeout=2_000)
    line.set_progress(46, 128)
    assert line.accessibleName() == "正在写入 46 / 128"
    with qtbot.waitSignal(line.cancelled):
        button(line, "取消").click()
    line.end()
    assert not line.isVisible()


def test_short_work_shows_nothing(page: QWidget, qtbot: QtBot) -> None:
    line = ProgressLine()
    put(page, line)
    line.begin("正在写入")
    line.end()
    qtbot.wait(600)
    assert not line.isVisible()


def test_a_figure_opens_its_names_with_mouse_and_keyboard(page: QWidget, qtbot: QtBot) -> None:
    grid = FigureGrid(
        [Figure("走访慰问", "2,914", "人次", "上年 2,655", "+9.8%", years=(1, 2, 3)), Figure("党支部", "62")]
    )
    put(page, grid)
    tiles = grid.findChildren(FigureTile)
    assert tiles[0].accessibleName() == "走访慰问 2,914 人次 上年 2,655 +9.8%"
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.mouseClick(tiles[1], LEFT)
    assert opened.args == [1]
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(tiles[0], Qt.Key.Key_Space)
    assert opened.args == [0]


def test_a_masked_value_offers_to_be_shown(page: QWidget, qtbot: QtBot) -> None:
    view = FieldView("身份证号")
    put(page, view)
    view.set_value("500101********0017", masked=True)
    with qtbot.waitSignal(view.reveal_asked):
        button(view, "显示").click()
    view.set_value("500101193602110017")
    assert not button(view, "显示").isVisible()
    assert view.value.text() == "500101193602110017"
    assert view.value.accessibleName() == "身份证号 500101193602110017"


def test_an_empty_page_says_how_to_begin(page: QWidget, qtbot: QtBot) -> None:
    beginnings = [
        Beginning("先有志愿队", "可以从名册里勾选", Act("import", "导入志愿者", "import")),
        Beginning("新建活动", "填名称、日期", Act("new", "新建一次", "plus", "primary")),
    ]
    state = EmptyState("clock", "还没有志愿活动", "这里登记每次活动。", beginnings)
    put(page, state)
    assert {"还没有志愿活动", "先有志愿队", "填名称、日期"} <= set(labels(state))
    with qtbot.waitSignal(state.acted) as acted:
        button(state, "新建一次").click()
    assert acted.args == ["new"]


def test_bars_of_years_begin_at_zero_and_this_year_is_dark(page: QWidget) -> None:
    bars = MiniBars((0, 10, 20), column=10, gap=4, height=40)
    put(page, bars)
    picture = bars.grab().toImage()
    assert bars.sizeHint().toTuple() == (38, 40)
    assert picture.pixelColor(33, 2).name().upper() == COLOURS["chart"]
    assert picture.pixelColor(19, 30).name().upper() == COLOURS["chart0"]
    assert picture.pixelColor(19, 10).name().upper() == COLOURS["desk"]
    assert picture.pixelColor(5, 39).name().upper() == COLOURS["desk"]


def test_marks_are_as_large_as_their_words(page: QWidget) -> None:
    chip, wide = Chip("离休", "gold"), Chip("待补签", "bad", "warn")
    put(page, chip, wide, KeyCap("Ctrl+K"), Avatar("孙德奎"))
    assert chip.size() == chip.sizeHint()
    assert chip.height() == 20
    assert wide.width() > chip.width()
    chip.set_state("退休")
    assert chip.accessibleName() == chip.text() == "退休"


def test_a_condition_is_taken_away_by_mouse_or_key(page: QWidget, qtbot: QtBot) -> None:
    chip = FilterChip("健在")
    put(page, chip)
    assert chip.accessibleName() == "去掉条件 健在"
    with qtbot.waitSignal(chip.removed):
        QTest.mouseClick(chip, LEFT)
    with qtbot.waitSignal(chip.removed):
        QTest.keyClick(chip, Qt.Key.Key_Space)


def test_steps_say_where_the_process_stands() -> None:
    steps = Steps(["选文件", "对表头", "看变化", "写入"], 2)
    assert steps.accessibleName() == "共 4 步，现在：看变化"
    steps.set_steps(["选文件", "写入"], 2)
    assert steps.accessibleName() == "共 2 步，现在：全部完成"


def test_words_that_may_be_shortened_tell_the_whole_in_the_tooltip(page: QWidget) -> None:
    text = Text("青岚县老干部局离退休干部台账.cdesk", "cap", elide=True)
    put(page, text)
    assert text.toolTip() == ""
    text.setFixedWidth(60)
    QApplication.processEvents()
    assert text.toolTip() == text.text()


def test_wrapped_words_claim_the_height_they_need(page: QWidget) -> None:
    card = Card("备注")
    text = Text("这里登记每次活动：谁来了、做了多久、谁签认。" * 6, wrap=True)
    card.body.addWidget(text)
    put(page, card)
    page.resize(260, 100)
    QApplication.processEvents()
    assert text.height() >= text.heightForWidth(text.width())
    short = text.height()
    text.setText("一句话。")
    QApplication.processEvents()
    assert text.minimumHeight() < short


def test_a_cards_title_is_its_name(page: QWidget) -> None:
    card = Card("2025 年与上年", "截至 12 月 31 日")
    card.add_head(Button("统计年报", "link"))
    put(page, card)
    assert card.accessibleName() == "2025 年与上年"
    assert button(card, "统计年报").mapTo(card, QPoint(0, 0)).x() > card.width() / 2
