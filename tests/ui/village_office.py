"""The village of twelve behind windows: its office, and a list page or the whole desk over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pytestqt.qtbot import QtBot

from cadre_desk.db.clock import Clock
from cadre_desk.db.ledger import open_ledger, openly
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.background import Background
from cadre_desk.ui.list_page import ListPage
from cadre_desk.ui.office import Go, Office, Person, Said
from tests.ledgers import TODAY, village
from tests.ui.desk_window import show

_NAME = "village.cdesk"


@cache
def _built() -> dict[str, bytes]:
    """The village as files, written once for all tests."""
    with TemporaryDirectory() as folder:
        village(Path(folder)).close()
        return {one.name: one.read_bytes() for one in Path(folder).iterdir() if one.is_file()}


@contextmanager
def village_office(folder: Path) -> Iterator[Office]:
    """The village in a ledger of its own, 周敏 signed in."""
    for name, content in _built().items():
        (folder / name).write_bytes(content)
    ledger = open_ledger(folder / _NAME, openly, user="周敏", clock=Clock(TODAY))
    office = Office(ledger, Person("周敏", "2"))
    closed: list[bool] = []

    def close() -> None:
        if not closed:
            closed.append(True)
            Office.close(office)

    # A window closes its office too.
    setattr(office, "close", close)  # noqa: B010 - in the place of the method
    try:
        yield office
    finally:
        office.close()


class Sitting:
    """A clerk at one list: what she was told, where she was led."""

    def __init__(self, qtbot: QtBot, office: Office, key: str = "people") -> None:
        self.qtbot, self.office = qtbot, office
        self.said: list[Said] = []
        self.wanted: list[Go] = []
        office.said.connect(self.said.append)
        office.wanted.connect(self.wanted.append)
        self.shelf = Shelf(office.desk)
        self.background = Background(office.tell_error)
        self.page = ListPage(office, register(key), self.shelf, self.background)
        show(qtbot, self.page, 1366, 700)
        self.page.arrive(Go("list", key))
        self.settle()

    def settle(self) -> None:
        """Until every count has come."""
        self.qtbot.waitUntil(self.page.counts.is_idle, timeout=10_000)
        self.qtbot.wait(80)

    def until_said(self) -> Said:
        """Until the clerk is told something; what it was."""
        self.qtbot.waitUntil(lambda: bool(self.said), timeout=10_000)
        return self.said[-1]

    def names(self) -> list[str]:
        """The names in the list, in order."""
        model = self.page.model
        place = [column.key for column in model.listing.shown].index(self.page.register.name)
        return [str(model.index(row, place).data()) for row in range(model.rowCount())]

    def totals(self) -> str:
        """The line of totals in words."""
        return self.page.list.totals.accessibleName()

    def close(self) -> None:
        self.shelf.close()
        self.background.close()


@contextmanager
def sitting(qtbot: QtBot, folder: Path, key: str = "people") -> Iterator[Sitting]:
    """A list of the village, closed afterwards."""
    with village_office(folder) as office:
        seat = Sitting(qtbot, office, key)
        try:
            yield seat
        finally:
            seat.close()
