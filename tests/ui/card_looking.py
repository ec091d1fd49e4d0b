"""A clerk before a card, for its tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.actions import people
from cadre_desk.ui.card_page import CardPage
from cadre_desk.ui.kit.parts import FieldView
from cadre_desk.ui.office import Go, Office, Said
from tests.ui.card_office import TODAY, Keys, open_office


@dataclass
class Looking:
    """A clerk before a card: the page in its window, and what was said and asked for."""

    page: CardPage
    window: QWidget
    office: Office
    keys: Keys
    said: list[Said]
    went: list[Go]

    def look(self, record: int, register: str = "people", **more: Any) -> None:
        self.page.arrive(Go("card", register, record=record, **more))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def value(self, key: str) -> FieldView:
        return next(one.views[key] for one in self.page.body.sections if key in one.views)

    def keep(self, title: str, values: dict[str, Any], record: int) -> None:
        with self.office.desk.unit(title) as session:
            people.keep_person(session, values, record, today=TODAY)

    def tabs(self) -> list[str]:
        return [button.text() for button in self.page.body.tabs._buttons]


def look_on(qtbot: QtBot, folder: Path) -> Iterator[Looking]:
    with open_office(folder) as (office, keys, said, went):
        page = CardPage(office)
        window = QWidget()
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        qtbot.addWidget(window)
        window.resize(1366, 720)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        yield Looking(page, window, office, keys, said, went)
