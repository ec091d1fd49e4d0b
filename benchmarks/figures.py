"""T1–T3 and all figures, of the county and of a city of 100,000: time per person, and memory.

Baseline of the same run: one plain read of everybody on the books (name, 类别, 性质, age).
Bars: T1–T3 of the county 0.5 s; of the city no more per person than 1.5 × the county's; memory 450 MB.
`CADRE_DESK_COUNTY` and `CADRE_DESK_CITY` may name demo ledgers of those sizes, else they are built.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cadre_desk.db import ledger
from cadre_desk.db.ledger import Ledger
from cadre_desk.demo.making import make
from cadre_desk.demo.scale import WORKING_DAY, Size
from cadre_desk.stats.catalogue import FIGURES
from cadre_desk.stats.figure import Period, values
from cadre_desk.stats.scopes import on_books
from cadre_desk.stats.yearbook import year_tables

COUNTY_BAR, LINEAR_BAR, MEMORY_BAR = 0.5, 1.5, 450.0
_TIMES = 3


@dataclass(frozen=True)
class Measured:
    """What one size took: people on the books, seconds of the tables, of the figures, of the plain read."""

    people: int
    tables: float
    figures: float
    plain: float


def seconds(work: Callable[[], object]) -> float:
    """The best of some runs; the first brings the pages to hand."""
    best = float("inf")
    for _ in range(_TIMES):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def measure(book: Ledger) -> Measured:
    """Measure one ledger."""
    period = Period.year(WORKING_DAY.year - 1, WORKING_DAY)
    listing = on_books()(period).showing("name", "retire_type", "unit_nature", "age")
    with book.desk.read() as session:
        people = listing.count(session)
        return Measured(
            people,
            seconds(lambda: year_tables(session, period)),
            seconds(lambda: values(session, FIGURES, period)),
            seconds(lambda: listing.rows(session)),
        )


def ledger_of(size: Size, named: str, folder: Path) -> Ledger:
    """The ledger that the environment names, or one that is built."""
    file = os.environ.get(named)
    if not file:
        file = str(folder / f"{size.value}.cdesk")
        make(Path(file), size).close()
    return ledger.open_ledger(Path(file), ledger.openly)


def say(name: str, took: Measured) -> None:
    """The lines of one size."""
    print(f"{name}: {took.people:,} people; plain read of everybody {took.plain:.3f} s")
    for title, spent in (("T1–T3", took.tables), (f"{len(FIGURES)} figures", took.figures)):
        each = spent / took.people * 1e6
        print(
            f"  {title:12s} {spent:7.3f} s   {each:7.1f} µs a person   {spent / took.plain:6.1f} × plain read"
        )


def main() -> int:
    """Print the measurements; 1 if a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for size, named in ((Size.COUNTY, "CADRE_DESK_COUNTY"), (Size.CITY, "CADRE_DESK_CITY")):
            book = ledger_of(size, named, Path(folder))
            found[size] = measure(book)
            book.close()
            say(size.name, found[size])
    county, city = found[Size.COUNTY], found[Size.CITY]
    growth = (city.tables / city.people) / (county.tables / county.people)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"T1–T3 of the county {county.tables:.3f} s (≤ {COUNTY_BAR})")
    print(f"per person in the city {growth:.2f} × the county (≤ {LINEAR_BAR})")
    print(f"memory {memory:.0f} MB (≤ {MEMORY_BAR:.0f})")
    return int(county.tables > COUNTY_BAR or growth > LINEAR_BAR or memory > MEMORY_BAR)


if __name__ == "__main__":
    sys.exit(main())
