"""What the desk exports reads back as no change, whatever the register, the kind of file and the policy."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cadre_desk.db.desk import Desk
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.csv_file import write_csv
from cadre_desk.export.listings import sheet_of
from cadre_desk.export.xlsx import write_xlsx
from cadre_desk.intake.plan import Outcome, Policy
from cadre_desk.intake.planner import IMPORTED, plan_file
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from tests.ledgers import TODAY


@pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("key", sorted(IMPORTED - {"accounts"}))
def test_an_export_reads_back_as_no_change(
    town: Desk,
    tmp_path: Path,
    key: str,
    kind: str,
    masked: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    register = REGISTERS[key]
    around = Circumstances(
        office="青岚县老干部局", county="青岚县", operator="周敏", now=datetime(2026, 1, 26, 9), masked=masked
    )
    path = tmp_path / f"{key}.{kind}"
    with town.read() as session:
        listing = Listing(register, TODAY).showing(*(column.key for column in register.columns))
        sheet = sheet_of(session, listing, around)
        (write_xlsx if kind == "xlsx" else write_csv)(sheet, path)
        for policy in Policy:
            plan = plan_file(session, register, path, today=TODAY, policy=policy)
            assert len(plan.rows) == len(sheet.rows) > 0
            assert plan.counts == {Outcome.SAME: len(sheet.rows)}
            assert not any(row.changes or row.contacts or row.accounts for row in plan.rows)
