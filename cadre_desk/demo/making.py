"""Making the demo's file: an open ledger, the invented county in it, and its 春节 round on the list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from cadre_desk.actions import visits
from cadre_desk.db import ledger
from cadre_desk.db.clock import Clock
from cadre_desk.db.ledger import Ledger
from cadre_desk.demo import county
from cadre_desk.demo.scale import WORKING_DAY, Size
from cadre_desk.demo.writing import Progress
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE

SEED: Final = 1
SPRING: Final = "01"
#: What the demo's round gives each: 600 元 and rice.
CASH: Final = 60000
GOODS: Final = "米10kg"
#: When the demo says it was finished: the same in every build.
_MOMENT: Final = datetime(2026, 1, 26, 9, 50)
#: When its round was listed: after everything else that it tells of.
_LISTED_AT: Final = datetime(2026, 1, 26, 9, 42)


def make(path: Path, size: Size = Size.COUNTY, *, progress: Progress | None = None) -> Ledger:
    """Make and open the demo's ledger.

    Raises:
        UserError: the file is there already.
    """
    if path.exists():
        raise UserError(f"「{path.name}」已经存在，没有覆盖。请换一个文件夹，或先删掉旧的演示台账。")
    book = ledger.create_open(path, clock=Clock(WORKING_DAY, moment=lambda: _MOMENT), seed=SEED)
    county.build(book.desk, size=size, progress=progress)
    book.desk.user = county.CLERK
    plan_spring(book)
    return book


def plan_spring(book: Ledger) -> None:
    """List those over eighty who live alone for the 春节 round, as journey 3 does."""
    desk = book.desk
    clock, desk.clock = desk.clock, Clock(WORKING_DAY, moment=lambda: _LISTED_AT)
    listing = Listing(PEOPLE, WORKING_DAY).where(*PEOPLE.views[2].conditions)
    try:
        with desk.read() as session:
            plan = visits.plan_round(
                session, listing, occasion=SPRING, year=2026, county=county.COUNTY, cash=CASH, goods=GOODS
            )
        with desk.unit(f"建立走访批次：{plan.title}") as session:
            visits.make_round(session, plan, today=WORKING_DAY, listing=listing.to_json())
    finally:
        desk.clock = clock
