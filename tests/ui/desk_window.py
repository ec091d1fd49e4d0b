"""What the tests of windows share: the theme, keys and clicks, a shown window, what the audit finds on it."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.ui.kit import motion, theme
from cadre_desk.ui.kit.audit import audit


def dress(factor: float = 1.0) -> None:
    """The desk's look, without movement."""
    theme.apply_theme(theme.application(), factor)
    motion.be_still(still=True)


def show(qtbot: QtBot, widget: QWidget, width: int = 1366, height: int = 768) -> None:
    """Show a window at the smallest size the desk is made for."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


def faults(qtbot: QtBot, widget: QWidget) -> list[str]:
    """What the audit finds on a shown window, once its layouts have settled."""
    qtbot.wait(50)
    return [str(one) for one in audit(widget)]


def type_in(widget: QWidget, text: str) -> None:
    """Type letter by letter, as on a keyboard."""
    cast("Any", QTest).keyClicks(widget, text)


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key."""
    cast("Any", QTest).keyClick(widget, key, held)


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    cast("Any", QTest).mouseClick(widget, Qt.MouseButton.LeftButton)
