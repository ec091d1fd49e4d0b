"""A clerk before the form, for its tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.db.models import Person
from cadre_desk.ui.form_page import FormPage
from cadre_desk.ui.office import Go, Office, Said
from tests.ui.card_office import Keys, open_office


@dataclass
class Sitting:
    """A clerk before the form: the page in its window, and what was said and asked for."""

    page: FormPage
    window: QWidget
    office: Office
    keys: Keys
    said: list[Said]
    went: list[Go]

    def edit(self, record: int, register: str = "people", **more: Any) -> None:
        self.page.arrive(Go("edit", register, record=record, **more))

    def line(self, key: str) -> QLineEdit:
        found = self.page.form.editors[key].input.editor
        assert isinstance(found, QLineEdit)
        return found

    def write(self, key: str, text: str) -> None:
        """As an input method would put it in."""
        self.line(key).setText(text)
        self.line(key).textEdited.emit(text)

    def type_(self, text: str) -> None:
        """Keys, wherever the keyboard stands."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def save(self) -> None:
        self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    @property
    def at(self) -> str:
        """The field that has the keyboard."""
        editors = self.page.form.editors.items()
        return next((key for key, one in editors if one.is_made and one.input.editor.hasFocus()), "")

    def problem(self, key: str) -> str:
        return self.page.form.editors[key].input.problem()

    def person(self, record: int) -> Person:
        with self.office.desk.read() as session:
            return session.get_one(Person, record)

    def acts(self) -> int:
        return self.office.desk.last_act() or 0


def sit(qtbot: QtBot, folder: Path) -> Iterator[Sitting]:
    with open_office(folder) as (office, keys, said, went):
        page = FormPage(office)
        window = QWidget()
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        yield Sitting(page, window, office, keys, said, went)
