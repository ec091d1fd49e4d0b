"""The list model: total and keys at once, values by the window, ticks that stay, a slow look beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cadre_desk.actions import records
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.registers.shelf import Shelf
from cadre_desk.registers.trust import ACTS, BACKUPS
from cadre_desk.ui.background import Background
from cadre_desk.ui.cells import column_look
from cadre_desk.ui.kit.roles import ColumnLook, Role
from cadre_desk.ui.listing_model import ListingModel
from cadre_desk.ui.office import Office
from tests.ledgers import TODAY
from tests.ui.desk_window import dress
from tests.ui.village_office import village_office

TICK = Qt.ItemDataRole.CheckStateRole
ACROSS = Qt.Orientation.Horizontal


class Rows:
    """A model over the village."""

    def __init__(self, office: Office, register: Register = PEOPLE) -> None:
        self.office = office
        self.shelf, self.background = Shelf(office.desk), Background(office.tell_error)
        self.whole = office.listing(register)
        self.model = ListingModel(office, self.shelf, self.background, self.whole)

    def text(self, row: int, key: str) -> str:
        place = [column.key for column in self.model.listing.shown].index(key)
        return str(self.model.index(row, place).data())

    def close(self) -> None:
        self.shelf.close()
        self.background.close()


@pytest.fixture
def rows(qapp: QApplication, tmp_path: Path) -> Iterator[Rows]:
    """The people of the village, shown."""
    assert qapp is not None
    dress()
    with village_office(tmp_path) as office:
        found = Rows(office)
        QAbstractItemModelTester(found.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        found.model.show_listing(found.whole)
        yield found
        found.close()


def test_total_and_first_rows_are_there_when_the_question_is_asked(rows: Rows) -> None:
    assert rows.model.rowCount() == 12
    assert rows.text(0, "name") == "丁茂才"
    assert rows.text(0, "age") == "84"


def test_sensitive_values_are_masked(rows: Rows) -> None:
    rows.model.show_listing(rows.whole.find("王").showing("name", "phone", "id_no", "address"))
    assert rows.text(0, "phone") == "139****5678"
    assert "19360212" not in rows.text(0, "id_no")
    assert "文昌路" not in rows.text(0, "address")


def test_only_the_exceptional_is_a_chip(rows: Rows) -> None:
    place = [column.key for column in rows.model.listing.shown].index("retire_type")
    looks = [rows.model.index(row, place).data(Role.LOOK) for row in range(12)]
    assert [look.chip for look in looks if look is not None] == ["gold"]


def test_only_windows_in_sight_are_fetched(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    fetch = rows.model._fetch

    def counted(number: int) -> object:
        asked.append(number)
        return fetch(number)

    monkeypatch.setattr("cadre_desk.ui.listing_model.WINDOW", 5)
    monkeypatch.setattr(rows.model, "_fetch", counted)
    rows.model.show_listing(rows.whole)
    rows.text(11, "name")
    rows.text(10, "age")
    rows.text(0, "name")
    assert asked == [2, 0]


def test_ticks_stay_when_conditions_hide_the_ticked(rows: Rows) -> None:
    model = rows.model
    model.setData(model.index(0, 0), Qt.CheckState.Checked, TICK)
    model.show_listing(rows.whole.where(Condition("sex", Op.IN, ("2",))))
    assert len(model.ticked()) == 1
    assert model.ticked_out_of_sight() == 1
    assert model.headerData(0, ACROSS, TICK) == Qt.CheckState.PartiallyChecked
    model.untick()
    assert model.headerData(0, ACROSS, TICK) == Qt.CheckState.Unchecked


def test_the_box_in_the_head_ticks_the_whole_listing(rows: Rows) -> None:
    model = rows.model
    model.setHeaderData(0, ACROSS, Qt.CheckState.Checked, TICK)
    assert len(model.ticked()) == 12
    assert model.headerData(0, ACROSS, TICK) == Qt.CheckState.Checked
    assert model.index(11, 0).data(TICK) == Qt.CheckState.Checked
    model.setHeaderData(0, ACROSS, Qt.CheckState.Unchecked, TICK)
    assert not model.ticked()


def test_the_same_rows_asked_again_are_no_reset(rows: Rows, qtbot: QtBot) -> None:
    model = rows.model
    with rows.office.desk.unit("修改单位") as session:
        records.keep(session, PEOPLE, {"last_post": "主任"}, model.id_at(0), today=TODAY)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_listing(rows.whole)
    assert rows.text(0, "unit_post").endswith("主任")


def test_a_record_that_is_gone_shows_nothing(rows: Rows) -> None:
    rows.model._ids = [*rows.model.ids, 999]
    rows.model._windows.clear()
    assert rows.text(12, "name") == ""


def test_a_slow_look_keeps_the_rows_there_were(
    rows: Rows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cadre_desk.registers.shelf.LIGHT", 3)
    waits: list[bool] = []
    rows.model.waiting.connect(waits.append)
    with qtbot.waitSignal(rows.model.arrived):
        rows.model.show_listing(rows.whole.where(Condition("name", Op.CONTAINS, ("建国",))))
        assert rows.model.rowCount() == 12
    assert rows.model.rowCount() == 2
    assert waits == [True, False]


def test_of_two_slow_looks_the_last_counts(rows: Rows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cadre_desk.registers.shelf.LIGHT", 3)
    with qtbot.waitSignal(rows.model.arrived):
        rows.model.show_listing(rows.whole.where(Condition("name", Op.CONTAINS, ("王",))))
        rows.model.show_listing(rows.whole.where(Condition("name", Op.CONTAINS, ("建国",))))
    qtbot.wait(50)
    assert rows.model.rowCount() == 2


def test_what_is_written_beside_the_journal_is_asked_each_time(qapp: QApplication, tmp_path: Path) -> None:
    assert qapp is not None
    with village_office(tmp_path) as office:
        found = Rows(office, ACTS)
        found.model.show_listing(found.whole)
        before = found.model.rowCount()
        with office.desk.unit("修改电话") as session:
            records.keep(session, PEOPLE, {"phone": "13900000003"}, 1, today=TODAY)
        found.model.show_listing(found.whole)
        assert found.model.rowCount() == before + 1
        assert found.text(0, "title") == "修改电话"
        found.close()


@pytest.mark.parametrize(
    ("key", "align", "bold"),
    [("name", "left", True), ("age", "right", False), ("sex", "center", False), ("unit_post", "left", False)],
)
def test_columns_stand_as_their_values_do(key: str, align: str, bold: bool) -> None:  # noqa: FBT001 - a case
    look = column_look(PEOPLE, PEOPLE.column(key))
    assert isinstance(look, ColumnLook)
    assert (look.align, look.bold) == (align, bold)


def test_names_are_never_shortened() -> None:
    assert column_look(PEOPLE, PEOPLE.column("name")).keep
    assert column_look(BACKUPS, BACKUPS.column("path")).keep
