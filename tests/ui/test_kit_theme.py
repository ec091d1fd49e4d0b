"""The theme: faces, palette, Chinese words, and one factor for all text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton, QStyle, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.ui.kit import motion, theme
from cadre_desk.ui.kit.narrow import Room, ems, form_columns, narrow
from cadre_desk.ui.kit.parts import Card, Text
from cadre_desk.ui.kit.tokens import COLOURS


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The theme at normal text, before and after."""
    theme.apply_theme(qapp)
    yield
    theme.apply_theme(qapp)
    motion.be_still(still=False)


def screen(qtbot: QtBot, width: int) -> QWidget:
    """An empty window of some width."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(width, 768)
    return window


@pytest.mark.usefixtures("qapp")
def test_names_stand_in_the_real_bold_face() -> None:
    seen = QFontInfo(theme.font("name"))
    assert seen.family() == "Noto Sans SC"
    assert seen.styleName() == "Bold"
    assert not seen.italic()


def test_the_face_of_rare_characters_is_at_hand_after_the_first_idle_moment(qtbot: QtBot) -> None:
    label = QLabel("王𠀀远")
    qtbot.addWidget(label)
    qtbot.waitUntil(lambda: "HanaMinB" in QFontDatabase.families())
    assert label.fontMetrics().horizontalAdvance("𠀀") == pytest.approx(14, abs=1)


def test_large_text_multiplies_points_and_sizes(qapp: QApplication) -> None:
    theme.apply_theme(qapp, 1.5)
    assert qapp.font().pointSizeF() == pytest.approx(15.75)
    assert theme.font("h1").pointSizeF() == pytest.approx(24)
    assert theme.px(32) == 48
    theme.apply_theme(qapp, 1.0)
    assert theme.px(32) == 32


def test_the_palette_is_the_desks(qapp: QApplication) -> None:
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window).name().upper() == COLOURS["desk"]
    assert palette.color(QPalette.ColorRole.PlaceholderText).name().upper() == COLOURS["ink3"]


def test_qt_speaks_chinese_and_draws_no_pictures_in_dialog_buttons(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(box)
    buttons = [button for button in box.buttons() if isinstance(button, QPushButton)]
    assert {button.text() for button in buttons} == {"取消", "保存"}
    assert all(button.icon().isNull() for button in buttons)
    assert QLocale().language() == QLocale.Language.Chinese


def test_a_list_opens_below_its_box_and_not_over_it(qapp: QApplication) -> None:
    assert qapp.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup) == 0


def test_the_ground_of_a_card_does_not_leak_onto_what_lies_on_it(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    inner = QWidget()
    inner.setAutoFillBackground(True)
    card.body.addWidget(inner)
    card.resize(200, 200)
    card.show()
    picture = card.grab().toImage()
    assert picture.pixelColor(100, 100).name().upper() == COLOURS["desk"]
    assert picture.pixelColor(100, 6).name().upper() == COLOURS["paper"]


def test_a_tone_holds_inside_a_button(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    label = Text("经办", "h1", "accent")
    label.setParent(button)
    label.adjustSize()
    button.resize(label.size())
    button.show()
    picture = label.grab().toImage()
    seen = {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert COLOURS["accent"] in seen


@pytest.mark.parametrize(
    ("width", "factor", "room"),
    [
        (1366, 1.0, Room.FULL),
        (1280, 1.0, Room.NO_PREVIEW),
        (1366, 1.25, Room.NO_PREVIEW),
        (1366, 1.5, Room.SHORT_CAPTIONS),
        (2049, 1.5, Room.FULL),
        (1000, 1.0, Room.RAIL_ICONS),
        (911, 1.0, Room.SHORT_CAPTIONS),
    ],
)
def test_room_is_a_matter_of_ems_and_not_of_the_factor(
    qtbot: QtBot, qapp: QApplication, width: int, factor: float, room: Room
) -> None:
    theme.apply_theme(qapp, factor)
    assert narrow(screen(qtbot, width)) == room


def test_a_narrow_window_behaves_as_large_text_does(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply_theme(qapp, 2.0)
    large = ems(screen(qtbot, 1366))
    theme.apply_theme(qapp, 1.0)
    assert ems(screen(qtbot, 683)) == pytest.approx(large)


def test_forms_go_from_three_columns_to_two_to_one(qtbot: QtBot, qapp: QApplication) -> None:
    columns = []
    for factor in (1.0, 1.5, 2.0):
        theme.apply_theme(qapp, factor)
        columns.append(form_columns(screen(qtbot, 1366)))
    assert columns == [3, 2, 1]
    assert form_columns(screen(qtbot, 4000), most=2) == 2


@pytest.mark.usefixtures("qapp")
def test_the_desk_can_be_told_to_be_still() -> None:
    motion.be_still(still=True)
    assert not motion.allowed()
