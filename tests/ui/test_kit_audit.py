"""The audit finds what is planted, and nothing in the showcase at any text size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cadre_desk.ui.kit import motion, showcase, theme
from cadre_desk.ui.kit.audit import CLIPPED, GLYPH, NAMELESS, OUTSIDE, OVERLAP, audit, has_glyph, texts
from cadre_desk.ui.kit.parts import Button, Chip, Text


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The theme at normal text before and after, nothing moves."""
    theme.apply_theme(qapp)
    motion.be_still(still=True)
    yield
    theme.apply_theme(qapp)
    motion.be_still(still=False)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """An empty window of 400 by 300."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    yield made
    made.close()


def place(window: QWidget, widget: QWidget, left: int, top: int, width: int, height: int) -> QWidget:
    """Put a widget at a spot without a layout."""
    widget.setParent(window)
    widget.setGeometry(left, top, width, height)
    widget.show()
    return widget


def kinds(window: QWidget) -> list[str]:
    """The kinds of all findings."""
    return [finding.kind for finding in audit(window)]


def test_a_clipped_label_is_found(window: QWidget) -> None:
    place(window, Text("县水利局原总工程师"), 10, 10, 60, 24)
    (finding,) = audit(window)
    assert finding.kind == CLIPPED
    assert finding.text == "县水利局原总工程师"
    assert "has 60×24" in str(finding)


def test_a_squeezed_paragraph_is_found(window: QWidget) -> None:
    text = QLabel("谁来了、做了多久、谁签认。" * 5)
    text.setWordWrap(True)
    place(window, text, 10, 10, 120, 30)
    assert kinds(window) == [CLIPPED]


def test_words_just_set_are_given_their_room_before_they_are_judged(qtbot: QtBot, window: QWidget) -> None:
    row = QHBoxLayout(window)
    late = Text("", "body")
    row.addWidget(late)
    row.addStretch()
    qtbot.waitUntil(late.isVisible)
    late.setText("第 1 页，共 1 页")
    assert kinds(window) == []


def test_words_that_may_be_shortened_are_no_finding(window: QWidget) -> None:
    place(window, Text("县水利局原总工程师", elide=True), 10, 10, 60, 24)
    assert kinds(window) == []


def test_a_clipped_button_and_a_clipped_chip_are_found(window: QWidget) -> None:
    place(window, Button("登记走访结果", icon="visit"), 10, 10, 70, 32)
    place(window, Chip("正在编辑", "info"), 10, 60, 30, 20)
    assert kinds(window) == [CLIPPED, CLIPPED]


def test_a_prompt_that_is_cut_is_found_and_a_long_value_is_not(window: QWidget) -> None:
    edit = QLineEdit()
    edit.setAccessibleName("查找")
    edit.setPlaceholderText("姓名、首字母、电话、证后四位")
    place(window, edit, 10, 10, 80, 32)
    assert kinds(window) == [CLIPPED]
    edit.setText("一个很长很长很长很长很长很长的值")
    assert kinds(window) == []


def test_an_overlap_is_found_and_what_floats_is_not(window: QWidget) -> None:
    place(window, Text("甲"), 10, 10, 60, 24)
    other = place(window, Text("乙"), 40, 20, 60, 24)
    assert kinds(window) == [OVERLAP]
    other.setProperty("floats", True)
    assert kinds(window) == []


def test_words_outside_the_window_are_found(window: QWidget) -> None:
    place(window, Text("县水利局原总工程师"), 340, 10, 140, 24)
    assert kinds(window) == [OUTSIDE]


def test_words_that_can_be_scrolled_to_are_no_finding(window: QWidget) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    for number in range(40):
        column.addWidget(Text(f"第 {number} 行"))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(content)
    place(window, area, 10, 10, 200, 100)
    assert kinds(window) == []


def test_words_cut_inside_a_scroll_area_are_found(window: QWidget) -> None:
    content = QWidget()
    place(content, Text("县水利局原总工程师"), 0, 0, 40, 24)
    content.resize(180, 80)
    area = QScrollArea()
    area.setWidget(content)
    place(window, area, 10, 10, 200, 100)
    assert kinds(window) == [CLIPPED]


def test_a_missing_glyph_is_found_and_rare_names_are_not(window: QWidget) -> None:
    place(window, Text("王𬭎远 䶮 𠀀 㛃 𪚥"), 10, 10, 300, 24)
    assert kinds(window) == []
    place(window, Text("印章\U0001f600"), 10, 50, 300, 24)
    (finding,) = audit(window)
    assert (finding.kind, finding.detail) == (GLYPH, "U+1F600")
    assert not has_glyph("\U0001f600")


def test_what_can_be_acted_on_has_a_name(window: QWidget) -> None:
    button = QPushButton()
    place(window, button, 10, 10, 40, 32)
    edit = place(window, QLineEdit(), 10, 60, 100, 32)
    assert kinds(window) == [NAMELESS, NAMELESS]
    button.setAccessibleName("关闭")
    edit.setAccessibleName("姓名")
    assert kinds(window) == []


def test_what_is_hidden_is_not_looked_at(window: QWidget) -> None:
    place(window, Text("县水利局原总工程师"), 10, 10, 20, 24).hide()
    assert kinds(window) == []


def test_a_password_is_not_read(window: QWidget) -> None:
    edit = QLineEdit("secret")
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    place(window, edit, 10, 10, 100, 32)
    assert "secret" not in texts(edit)


@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("page", showcase.PAGES)
def test_the_showcase_is_whole_at_every_text_size(
    qapp: QApplication, qtbot: QtBot, page: str, factor: float
) -> None:
    theme.apply_theme(qapp, factor)
    shown = showcase.PAGES[page]()
    qtbot.addWidget(shown)
    shown.show()
    for _round in range(3):
        QApplication.processEvents()
    assert [str(finding) for finding in audit(shown)] == []
    assert shown.width() == 1366
    if factor < 2:
        assert shown.height() == 768


def test_building_a_page_opens_no_window_but_its_own(qtbot: QtBot) -> None:
    shown = showcase.people()
    qtbot.addWidget(shown)
    assert not [top for top in QApplication.topLevelWidgets() if top.isVisible()]


def test_everything_on_the_list_page_is_reached_by_the_tab_key(qtbot: QtBot) -> None:
    shown = showcase.people()
    qtbot.addWidget(shown)
    shown.show()
    reached = set()
    at = shown.nextInFocusChain()
    while at is not None and at is not shown:
        reached.add(at)
        at = at.nextInFocusChain()
    wanted = [
        one
        for one in shown.findChildren(Button)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(wanted) > 10
    assert set(wanted) <= reached


def test_the_showcase_writes_its_pictures(tmp_path: Path) -> None:
    written = showcase.draw(tmp_path / "kit.png")
    assert [file.name for file in written] == [
        "kit.png",
        "kit-parts.png",
        "kit-card.png",
        "kit-form.png",
        "kit-empty.png",
    ]
    assert all(file.stat().st_size > 20_000 for file in written)
