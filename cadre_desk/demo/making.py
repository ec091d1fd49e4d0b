"""Making the demo's file: an open ledger with the invented county in it, and its rounds of visits."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from cadre_desk.db import ledger
from cadre_desk.db.clock import Clock
from cadre_desk.db.ledger import Ledger
from cadre_desk.demo import county, rounds
from cadre_desk.demo.scale import WORKING_DAY, Size
from cadre_desk.demo.writing import Progress
from cadre_desk.domain.errors import UserError

SEED: Final = 1
#: When the demo says it was finished: the same in every build.
_MOMENT: Final = datetime(2026, 1, 26, 9, 50)


def make(path: Path, size: Size = Size.COUNTY, *, progress: Progress | None = None) -> Ledger:
    """Make and open the demo's ledger.

    Raises:
        UserError: the file is there already.
    """
    if path.exists():
        raise UserError(f"「{path.name}」已经存在，没有覆盖。请换一个文件夹，或先删掉旧的演示台账。")
    book = ledger.create_open(path, clock=Clock(WORKING_DAY, moment=lambda: _MOMENT), seed=SEED)
    book.desk.user = county.CLERK
    county.build(book.desk, size=size, progress=progress, meanwhile=rounds.MEANWHILE)
    rounds.plan_spring(book.desk)
    return book
