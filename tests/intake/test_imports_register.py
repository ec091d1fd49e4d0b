"""Every import stands in a register of its own, and an undone one is shown as such."""

from __future__ import annotations

from typing import Any

from cadre_desk.db.desk import Desk
from cadre_desk.intake.decisions import Choices, Decision
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.listing import Listing
from tests.intake.books import Rows, planned, xlsx
from tests.ledgers import TODAY

ROSTER: Rows = [["姓名", "身份证号", "出生年月"], ["秦守义", None, "1945.3"], ["左玉梅", "123", "1942.1"]]
KEYS = ("user_name", "file", "register_title", "policy", "new", "filled", "changed", "same", "held")


def listed(desk: Desk, *keys: str, text: str = "") -> list[tuple[Any, ...]]:
    with desk.read() as session:
        listing = Listing(register("imports"), TODAY).find(text).showing(*keys)
        return [row.values for row in listing.rows(session)]


def keep(desk: Desk, rows: Rows, problem_file: str = "") -> None:
    plan = planned(desk, xlsx(rows), file="退休干部.xlsx")
    with desk.unit("导入") as session:
        plan.keep(session, problem_file=problem_file)


def test_an_import_is_noted_with_who_what_and_how_many(desk: Desk) -> None:
    keep(desk, ROSTER, "待处理.xlsx")
    assert listed(desk, *KEYS) == [("周敏", "退休干部.xlsx", "老干部", "只补空白", 1, 0, 0, 0, 1)]
    assert listed(desk, "problem_file", "act_id", "undone") == [("待处理.xlsx", desk.last_act(), False)]
    assert listed(desk, "file", text="退休") == [("退休干部.xlsx",)]


def test_undone_it_still_stands_there_and_says_so_until_it_is_done_again(desk: Desk) -> None:
    keep(desk, ROSTER)
    act = desk.last_act()
    desk.undo()
    assert listed(desk, "new", "undone") == [(1, True)]
    with desk.read() as session:
        assert Listing(register("people"), TODAY).count(session) == 0
    desk.undo((act or 0) + 1)
    assert listed(desk, "new", "undone") == [(1, False)]


def test_an_import_that_changed_nothing_leaves_no_note(desk: Desk) -> None:
    keep(desk, ROSTER)
    keep(desk, ROSTER)
    assert len(listed(desk, "file")) == 1


def test_a_row_that_the_clerk_left_out_is_not_noted_as_waiting(desk: Desk) -> None:
    choices = Choices(decisions={("名册", 3): Decision(out=True)})
    plan = planned(desk, xlsx(ROSTER), choices=choices)
    assert len(plan.held_rows) == 1
    with desk.unit("导入") as session:
        plan.keep(session)
    assert listed(desk, "new", "held") == [(1, 0)]
