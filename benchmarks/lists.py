"""The list of 100,000 people: first screen of rows and the total, facets, another order, a day gone by.

Measured in the list model that the window uses. Baseline: the same total and rows asked straight in SQL, in
the same run. Bars: 16 ms at the 95th percentile for every kind of query, facets 200 ms, another order 300 ms.
`CADRE_DESK_CITY` may name a demo ledger of that size, else one is built (some minutes).
"""

from __future__ import annotations

import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cadre_desk.db import ledger
from cadre_desk.demo.making import make
from cadre_desk.demo.scale import WORKING_DAY, Size
from cadre_desk.domain.pinyin import name_pinyin
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.background import Background
from cadre_desk.ui.listing_model import ListingModel
from cadre_desk.ui.office import Office, Person

CITY = "CADRE_DESK_CITY"
SCREEN = 20
EACH, EACH_BARE = 40, 5
SCREEN_BAR, FACETS_BAR, ORDER_BAR = 16.0, 200.0, 300.0


@dataclass(frozen=True)
class Kind:
    """A kind of query: its name, and a listing of it, another one each time."""

    name: str
    make: Callable[[], Listing]


@contextmanager
def city() -> Iterator[Office]:
    """The office of a ledger with 100,000 people."""
    with tempfile.TemporaryDirectory() as folder:
        named = os.environ.get(CITY)
        file = Path(named) if named else Path(folder) / "city.cdesk"
        if not named:
            make(file, Size.CITY).close()
        office = Office(ledger.open_ledger(file, ledger.openly), Person("周敏", "2"))
        try:
            yield office
        finally:
            office.close()


def kinds(office: Office, dice: random.Random) -> list[Kind]:
    """Every way a clerk narrows or sorts the list, on values that are there."""
    today = WORKING_DAY
    whole = Listing(PEOPLE, today)
    books = whole.where(*PEOPLE.views[0].conditions)
    with office.desk.read() as session:
        ids = dice.sample(whole.ids(session), 400)
        columns = ("name", "last_unit", "phone", "id_no")
        rows = [row.values for row in whole.showing(*columns).rows_of(session, ids).values()]
        lines = {facet.key: whole.facet(session, facet) for facet in PEOPLE.facets}

    def texts(place: int, turn: Callable[[str], str]) -> Callable[[], Listing]:
        values = [row[place] for row in rows if row[place]]
        return lambda: books.find(turn(dice.choice(values)))

    def chosen(key: str) -> Callable[[], Condition]:
        bands = any(one.key == key and one.bands for one in PEOPLE.facets)
        op = Op.BETWEEN if bands else Op.IN
        return lambda: Condition(key, op, dice.choice(lines[key]).values)

    def narrowed(listing: Listing, pick: Callable[[], Condition]) -> Callable[[], Listing]:
        return lambda: listing.where(pick())

    def hanzi(text: str) -> str:
        return dice.choice(text)

    found = [
        Kind("all", lambda: dice.choice((whole, books))),
        Kind("name", texts(0, str)),
        Kind("initials", texts(0, lambda name: name_pinyin(name).initials[0])),
        Kind("pinyin", texts(0, lambda name: name_pinyin(name).full[0])),
        Kind("one hanzi", texts(0, hanzi)),
        Kind("unit", texts(1, lambda unit: unit[1:5])),
        Kind("phone", texts(2, lambda phone: phone[: dice.randint(3, 11)])),
        Kind("id tail", texts(3, lambda number: number[-4:])),
    ]
    found += [Kind(f"facet {one.key}", narrowed(whole, chosen(one.key))) for one in PEOPLE.facets]
    surname = texts(0, hanzi)
    some = [chosen(key) for key in ("sex", "place_id", "age") if key in lines]
    found.append(Kind("text and facets", lambda: surname().where(*(pick() for pick in some))))
    found += [
        Kind(f"order {one.key}", narrowed(books.sorted_by(*one.keys), chosen("place_id")))
        for one in PEOPLE.orders
    ]
    past = books.at(date(WORKING_DAY.year - 1, 12, 31))
    found.append(Kind("as of a day", narrowed(past, chosen("place_id"))))
    return found


def milliseconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


class Desk:
    """The list model as the window has it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.shelf = Shelf(office.desk)
        self.background = Background(office.tell_error)
        self.model = ListingModel(office, self.shelf, self.background, Listing(PEOPLE, WORKING_DAY))

    def screen(self, listing: Listing) -> int:
        """Show a listing, and read its total and every cell of its first screen."""
        model = self.model
        model.show_listing(listing)
        rows = min(model.rowCount(), SCREEN)
        for row in range(rows):
            for column in range(model.columnCount()):
                model.data(model.index(row, column))
        return model.rowCount()

    def timed(self, listing: Listing) -> float:
        """How long a screen takes."""
        return milliseconds(lambda: self.screen(listing))

    def bring(self, listing: Listing) -> float:
        """Bring to hand what the first look at a register or day needs; how long it took."""
        return milliseconds(lambda: self.shelf.ids(listing))

    def facets(self, listing: Listing) -> float:
        """Count all facets and totals."""
        return milliseconds(lambda: (self.shelf.totals(listing), self.shelf.facets(listing)))

    def bare(self, listing: Listing) -> float:
        """The baseline: total and rows in SQL."""

        def ask() -> None:
            with self.office.desk.read() as session:
                listing.count(session)
                listing.rows(session, SCREEN)

        return milliseconds(ask)


def say(name: str, took: float, bar: float | None, bare: float | None = None) -> int:
    """One line; 1 if the bar is missed."""
    missed = bar is not None and took > bar
    against = "" if bare is None else f"   in SQL {bare:8.1f} ms   {bare / took:6.1f} ×"
    limit = "" if bar is None else f" (≤ {bar:g})"
    print(f"{name:24s} {took:8.1f} ms{limit}{against}{'   MISSED' if missed else ''}", flush=True)
    return int(missed)


def main() -> int:
    """Print a line for each kind; 1 if a bar is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    missed = 0
    with city() as office:
        desk, dice = Desk(office), random.Random(7)  # noqa: S311 - it picks queries
        whole = Listing(PEOPLE, WORKING_DAY)
        books = whole.where(*PEOPLE.views[0].conditions)
        past = books.at(date(WORKING_DAY.year - 1, 12, 31))
        say("first look of the day", desk.bring(books), None)
        say("its facets", desk.facets(books), None)
        for order in PEOPLE.orders[1:]:
            missed |= say(f"another order: {order.key}", desk.bring(books.sorted_by(*order.keys)), ORDER_BAR)
        say("first look at a past day", desk.bring(past), None)
        say("its facets", desk.facets(past), None)
        for kind in kinds(office, dice):
            listings = [kind.make() for _ in range(EACH)]
            took = p95([desk.timed(one) for one in listings])
            bare = p95([desk.bare(one) for one in listings[:EACH_BARE]])
            missed |= say(kind.name, took, SCREEN_BAR, bare)
            if kind.name.startswith("facet") or kind.name == "text and facets":
                missed |= say(
                    f"  facets of {kind.name}", p95([desk.facets(one) for one in listings]), FACETS_BAR
                )
        desk.shelf.close()
        desk.background.close()
    del app
    return missed


if __name__ == "__main__":
    sys.exit(main())
