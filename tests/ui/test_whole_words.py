"""What must be read whole: conditions, codes in columns, the foot of the preview; the audit tells if not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cadre_desk.db.models import Person
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui.card_timeline import read_contacts
from cadre_desk.ui.cells import column_look
from cadre_desk.ui.export_dialog import ExportDialog
from cadre_desk.ui.kit.audit import CLIPPED, audit
from cadre_desk.ui.kit.facets import FacetGroup, FacetLine, FacetPanel
from cadre_desk.ui.kit.roles import ColumnLook, Role
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.office import Go
from cadre_desk.ui.preview_window import PreviewWindow
from tests.ui.desk_window import dress, press, show
from tests.ui.village_office import sitting, village_office


def one_cell(look: ColumnLook, title: str) -> QStandardItemModel:
    """One cell of 满30年退休 in a column of a given look, before a column that flexes."""
    model = QStandardItemModel(1, 2)
    model.setItem(0, 0, QStandardItem("满30年退休"))
    across = Qt.Orientation.Horizontal
    model.setHorizontalHeaderLabels([title, ""])
    model.setHeaderData(0, across, look, Role.COLUMN)
    model.setHeaderData(1, across, ColumnLook(flex=1), Role.COLUMN)
    return model


def cut(qtbot: QtBot, look: ColumnLook, title: str = "类别") -> list[str]:
    """What the audit says is cut in a table of one cell."""
    dress()
    table = RegisterTable("一格")
    model = one_cell(look, title)
    table.setModel(model)
    show(qtbot, table, 400, 120)
    table.grab()
    qtbot.wait(1)
    return [found.text for found in audit(table) if found.kind == CLIPPED]


def test_the_audit_finds_a_cut_cell_and_a_cut_title(qtbot: QtBot) -> None:
    assert cut(qtbot, ColumnLook(width=56)) == ["满30年退休"]
    assert cut(qtbot, ColumnLook(width=110), "离退休类别和时间和单位") == ["离退休类别和时间和单位"]
    assert cut(qtbot, ColumnLook(width=110)) == []


def test_a_column_that_keeps_its_words_grows_and_one_that_flexes_may_cut(qtbot: QtBot) -> None:
    assert cut(qtbot, ColumnLook(width=56, keep=True)) == []
    assert cut(qtbot, ColumnLook(width=56, flex=1)) == []


@pytest.mark.parametrize("register", REGISTERS.values(), ids=list(REGISTERS))
def test_codes_dates_and_numbers_of_a_list_are_never_cut(register: Any) -> None:
    for key in register.shown:
        column = register.column(key)
        look = column_look(register, column)
        if column.field.kind in {"code", "day", "partial_day", "count", "money", "phone"}:
            assert look.keep or look.flex, column.heading


@pytest.mark.parametrize("factor", [1.0, 1.5])
@pytest.mark.parametrize("chosen", [True, False])
def test_a_long_condition_goes_on_in_a_second_line(qtbot: QtBot, factor: float, chosen: bool) -> None:  # noqa: FBT001 - a case
    dress(factor)
    panel = FacetPanel()
    labels = ("独居", "不足5年满20年退休", "青岚县2026年春节慰问")
    lines = [FacetLine(label, label, 1234, chosen=chosen) for label in labels]
    panel.set_groups([FacetGroup("kind", "类别", lines)])
    show(qtbot, panel, panel.sizeHint().width(), 300)
    assert [str(found) for found in audit(panel)] == []
    heights = [line.height() for line in panel.findChildren(QAbstractButton) if line.text() in labels]
    assert heights[0] < heights[1] == heights[2]
    panel.set_groups([FacetGroup("kind", "类别", [FacetLine("x", "很长的批次名称" * 5, 9)])])
    qtbot.wait(1)
    assert [found.kind for found in audit(panel)] == [CLIPPED]
    dress()


def test_the_preview_leaves_room_for_its_frame_on_a_small_screen(qtbot: QtBot, tmp_path: Path) -> None:
    with village_office(tmp_path) as office:
        window = PreviewWindow(office, Go("preview", record=1, also="card"))
        qtbot.addWidget(window, before_close_func=lambda _: None)
        screen = window.screen().availableSize()
        assert window.height() < screen.height()
        assert window.width() <= screen.width()
        qtbot.waitUntil(window.print.isEnabled)
        window.close()


def test_what_was_imported_for_all_is_no_contact_with_one(tmp_path: Path) -> None:
    with village_office(tmp_path) as office:
        with office.desk.unit("导入 2 人的电话") as session:
            for person in session.scalars(sa.select(Person).limit(2)):
                person.phone = "13900001234"
                one = person.id
        with office.desk.unit("修改联系电话") as session:
            session.get_one(Person, one).phone = "13900005678"
        told = [mark.title for mark in read_contacts(office.desk, PEOPLE, one, office.today()).marks]
    assert "修改联系电话" in told
    assert "导入 2 人的电话" not in told


def test_enter_exports(qtbot: QtBot, tmp_path: Path) -> None:
    with sitting(qtbot, tmp_path) as seat:
        seat.page.list.table.toggle_tick(0)
        seat.page.list.selection.acted.emit("export")
        dialog = seat.page.window().findChild(ExportDialog)
        assert dialog is not None
        qtbot.waitUntil(dialog.verb.hasFocus)
        assert dialog.verb.isDefault()
        press(dialog.verb, Qt.Key.Key_Return)
        said = seat.until_said()
        assert said.file is not None
        assert said.file.is_file()
