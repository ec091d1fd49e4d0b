"""「他是谁」: three initials bring the card, with the last contact in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cadre_desk.ui.card_page import CardPage
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go
from cadre_desk.ui.window import MainWindow
from tests.journeys.real_window import Screen, desk, screen, wait_for
from tests.ui.card_office import open_office
from tests.ui.desk_window import dress

pytestmark = pytest.mark.usefixtures("window_programs")

#: Points whose colours are further apart than this differ.
_NEAR = 24
#: Of a thousand points so many may differ: a cursor that blinks, a name in the status line.
_MOST = 12


def unlike(one: QImage, other: QImage, place: QRect) -> int:
    """Of a thousand points of a place, how many differ in two pictures."""
    points = [
        (x, y) for x in range(place.left(), place.right(), 3) for y in range(place.top(), place.bottom(), 3)
    ]
    apart = sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > _NEAR for x, y in points
    )
    return 1000 * apart // len(points)


def cards(qtbot: QtBot, folder: Path, room: tuple[int, int]) -> tuple[QImage, QImage, QRect]:
    """The cards of two people as the desk draws them, and where they stand in the window."""
    dress()
    with open_office(folder) as (office, keys, _, _):
        window = MainWindow(office)
        qtbot.addWidget(window)
        window.resize(*room)
        window.show()
        window.begin()
        pictures = []
        for person in (keys.sun, keys.wang):
            window.go(Go("card", "people", person))
            qtbot.wait(600)
            pictures.append(window.grab().toImage())
        page = window.page()
        assert isinstance(page, CardPage)
        told = [one.text() for one in page.timeline.findChildren(Text)]
        assert any("陈立新" in words or "2026-01-12" in words or "01-12" in words for words in told)
        place = QRect(page.mapTo(window, page.rect().topLeft()), page.size())
        window.shut()
    return pictures[1], pictures[0], place


def stands(on: Screen, folder: Path, number: str) -> QImage:
    """What is to be seen of a window."""
    picture = folder / "seen.png"
    on.picture(number, picture)
    return QImage(str(picture))


def test_three_initials_bring_the_card_with_the_last_contact(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("home", "theirs", "ours"):
        (tmp_path / name).mkdir()
    with open_office(tmp_path / "theirs") as (office, _, _, _):
        book = office.ledger.path
    with screen(tmp_path / "home") as on:
        program = desk(on, book)
        number = on.window("老干部台账")
        wanted, another, place = cards(qtbot, tmp_path / "ours", on.room(number))
        on.keys("ctrl+k")
        on.type("why")
        on.keys("Return")
        wait_for(
            lambda: unlike(stands(on, tmp_path, number), wanted, place) <= _MOST, "the card is not in sight"
        )
        assert unlike(stands(on, tmp_path, number), another, place) > _MOST
        assert program.poll() is None
