"""Undo asks first where a signed paper has left the office since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk.db.models import Round, Visit
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import paper
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.undo_keeper import UndoKeeper
from tests.ui.desk_window import dress
from tests.ui.village_office import village_office


def test_what_was_just_done_is_asked_about_when_its_receipt_is_out(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    with village_office(tmp_path) as office:
        window = QWidget()
        qtbot.addWidget(window)
        keeper = UndoKeeper(window, office)
        with qtbot.waitSignal(keeper.moved), office.desk.unit("建立批次") as session:
            day = date(2026, 1, 26)
            made = Round(title="2026年春节慰问", year=2026, occasion="1", rule="全部", day=day)
            session.add(made)
            session.flush()
            session.add(
                Visit(round_id=made.id, person_id=1, serial=1, reason="春节慰问", cash=50000, booked=day)
            )
        issue(office.ledger, paper("receipt").about(1), Way.PDF, tmp_path / "签领表.pdf")
        keeper.ask()
        (dialog,) = window.findChildren(ConfirmDialog)
        said = [label.text() for label in dialog.findChildren(QLabel)]
        words = "这一批的签领表已于 1月26日导出（FF-2026-0001），撤销后纸上与台账不符。"
        assert any(words in one for one in said) or words in dialog.accessibleDescription()
        dialog.reject()
        assert office.desk.last_act() is not None
