"""督查抽查 from the page of a round: typed share and team, a draw as one act, refusals in the dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.registers.inspections import CHECKS
from cadre_desk.ui.inspection_dialog import InspectionDialog
from cadre_desk.ui.office import Go, Office, Person
from tests.ledgers import village
from tests.needs import walk
from tests.ui.desk_window import click, dress, faults, show


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    del qtbot
    dress()
    book = village(tmp_path)
    walk(book)
    found = Office(book, Person("周敏", "2"))
    yield found
    found.close()


@pytest.fixture
def dialog(qtbot: QtBot, office: Office) -> Iterator[InspectionDialog]:
    holder = QWidget()
    show(qtbot, holder, 1000, 700)
    found = InspectionDialog(holder, office, 1, "2026年春节慰问")
    found.open()
    yield found
    found.close()


def drawn(office: Office) -> int:
    with office.desk.read() as session:
        return office.listing(CHECKS).count(session)


def test_a_typed_team_draws_and_the_checks_are_shown(
    qtbot: QtBot, office: Office, dialog: InspectionDialog
) -> None:
    went: list[Go] = []
    office.wanted.connect(went.append)
    assert dialog.windowTitle() == "督查抽查：2026年春节慰问"
    dialog.team.line.insert("陶雪梅")
    assert faults(qtbot, dialog) == []
    click(dialog.verb)
    assert drawn(office) == 1
    assert went[-1].listing is not None
    with office.desk.read() as session:
        assert went[-1].listing.count(session) == 1
    office.desk.undo()
    assert drawn(office) == 0


@pytest.mark.parametrize(
    ("share", "team", "said"),
    [
        ("8", "", "请填抽查组"),
        ("20", "陶雪梅", "5% 到 10%"),
        ("x", "陶雪梅", "整数"),
        ("8", "周敏", "不能抽查自己"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_the_dialog(
    office: Office, dialog: InspectionDialog, share: str, team: str, said: str
) -> None:
    dialog.share.set_value(share)
    dialog.team.line.insert(team)
    click(dialog.verb)
    assert said in dialog._problem.text()
    assert dialog.isVisible()
    assert drawn(office) == 0
