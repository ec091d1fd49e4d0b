"""What the gallery does on a page before its picture is taken: rows ticked, a round planned, names opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from cadre_desk.registers.listing import Listing
from cadre_desk.registers.visits import ROUNDS
from cadre_desk.ui.card_page import CardPage
from cadre_desk.ui.figures_page import FiguresPage
from cadre_desk.ui.list_page import ListPage
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.person_acts import DeathDialog
from cadre_desk.ui.results_page import ResultsPage
from cadre_desk.ui.round_page import RoundPage
from cadre_desk.ui.window import MainWindow

_TICKED: Final = (1, 3, 5)
#: What the round in the picture is asked by: rules, and what they pay other than the standard.
_RULES: Final = {"lixiu": "1500", "age": "", "disabled": "", "grave": ""}
_STANDARD: Final = "600"
#: The rows of the walk in the picture where nobody was at home, and somebody lay in hospital.
_MISSED: Final = {2: "3", 5: "4"}


@dataclass(frozen=True)
class Shot:
    """One picture: its name, where to go, what to do there before it is taken, what to clear away after."""

    name: str
    go: Go
    then: Callable[[MainWindow], QWidget | None] = lambda _: None
    after: Callable[[MainWindow], object] = lambda _: None


def newest_round(office: Office) -> int:
    """The round that was made last."""
    with office.desk.read() as session:
        return Listing(ROUNDS, office.today()).ids(session)[0]


def tick(window: MainWindow) -> None:
    """Three rows of a list are ticked."""
    _tick(window, Qt.CheckState.Checked)


def untick(window: MainWindow) -> None:
    """None of them is."""
    _tick(window, Qt.CheckState.Unchecked)


def _tick(window: MainWindow, state: Qt.CheckState) -> None:
    page = window.page()
    if isinstance(page, ListPage):
        for row in _TICKED:
            page.model.setData(page.model.index(row, 0), state, Qt.ItemDataRole.CheckStateRole)


def open_acts(window: MainWindow) -> QWidget | None:
    """The acts on the person of a card, dropped from their button."""
    page = window.page()
    if isinstance(page, CardPage):
        page.header.acted.emit("moves")
    return QApplication.activePopupWidget()


def death_of(person: int, name: str) -> Callable[[MainWindow], QWidget]:
    """What opens 登记去世 over the card."""

    def then(window: MainWindow) -> QWidget:
        dialog = DeathDialog(window.office, window, person, name)
        dialog.open()
        return dialog

    return then


def rounds(picked: Listing, record: int) -> Iterator[Shot]:
    """A round as it stands, one planned over a listing, one by rules, and the results of a walk."""
    yield Shot("05-round", Go("round", "rounds", record))
    yield Shot("05-round-plan", Go("round", listing=picked))
    yield Shot("05-round-rules", Go("round"), _plan)
    yield Shot("06-results", Go("results", "rounds", record), _walk, _drop)


def _plan(window: MainWindow) -> None:
    page = window.page()
    if isinstance(page, RoundPage):
        for key, cash in _RULES.items():
            page.rules.lines[key].tick.setChecked(True)
            page.rules.lines[key].cash.setText(cash)
        page.standard.cash.set_value(_STANDARD)


def _walk(window: MainWindow) -> None:
    page = window.page()
    if isinstance(page, ResultsPage):
        page.visitors.set_value("周敏、李强")
        page.fill()
        for row, state in _MISSED.items():
            page.rows.put(row, "state", state)
        page.grid.changed.emit()


def _drop(window: MainWindow) -> None:
    page = window.page()
    if isinstance(page, ResultsPage):
        page.question.answered.emit("drop")


def figures() -> Iterator[Shot]:
    """The figures, the names behind one, and two of the year's tables."""
    yield Shot("09-figures", Go("figures"))
    yield Shot("09-figures-t1", Go("figures"), _table("t1"))
    yield Shot("09-figures-t3", Go("figures"), _table("t3"))
    yield Shot("09-figures-names", Go("figures", also="person.lixiu"))


def _table(key: str) -> Callable[[MainWindow], None]:
    def then(window: MainWindow) -> None:
        page = window.page()
        if isinstance(page, FiguresPage):
            page.show_tab(key)

    return then
