"""A walked round of the village, a need that was heard on it, and an inspection drawn from it."""

from __future__ import annotations

from datetime import date
from typing import Final

from cadre_desk.actions import inspections, needs, visits
from cadre_desk.actions.needs import Heard, Urging
from cadre_desk.db.ledger import Ledger
from tests import rounds
from tests.ledgers import TODAY

WALKED: Final = date(2026, 1, 20)
VISITORS: Final = "周敏、李强"
HEARD: Final = Heard("14", "加装楼道扶手", "住三楼，楼道没有扶手，上下不便，想请社区在楼道里加装扶手。")


def walk(book: Ledger, round_id: int = 0) -> list[int]:
    """Everybody of a round (a new one over all of the village) visited as planned; answers the visits."""
    made = round_id or rounds.make(book, rounds.plan(book))
    with book.desk.read() as session:
        walked = [one.id for one in visits.visits_of(session, made)]
    result = visits.Walk(WALKED, VISITORS).result_of(60000, "米10kg")
    with book.desk.unit("登记走访结果") as session:
        visits.record_results(session, dict.fromkeys(walked, result), today=TODAY)
    return walked


def heard_at(book: Ledger, visit: int) -> int:
    """A need that was heard on a visit."""
    with book.desk.unit("登记诉求") as session:
        return needs.take_down_at_visit(session, visit, HEARD, today=TODAY).id


def assigned(book: Ledger, need: int, *, due: date = date(2026, 1, 25)) -> None:
    """The need given to the township, and urged once."""
    with book.desk.unit("交办、催办") as session:
        needs.assign(
            session,
            [need],
            "滨河街道办事处",
            due=due,
            day=date(2026, 1, 21),
            handler="李建",
            today=TODAY,
        )
        urging = Urging(date(2026, 1, 24), "1", "周敏", date(2026, 1, 30), "月底前装好")
        needs.remind(session, [need], urging, today=TODAY)


def drawn(book: Ledger, round_id: int = 1, *, seed: int = 7, team: tuple[str, ...] = ("陶雪梅",)) -> int:
    """An inspection of a walked round."""
    with book.desk.read() as session:
        plan = inspections.plan_inspection(session, round_id, share=10, seed=seed, team=team)
    with book.desk.unit("督查抽查") as session:
        return inspections.make_inspection(session, plan, today=TODAY)


def found_true(book: Ledger, inspection: int) -> list[int]:
    """Every drawn visit confirmed over the telephone; answers the checks."""
    with book.desk.read() as session:
        keys = [one.id for one in inspections.checks_of(session, inspection)]
    values = {"result": "2", "checked": TODAY, "way": "3", "handed": True, "satisfaction": "1"}
    with book.desk.unit("登记抽查结果") as session:
        inspections.record_checks(session, dict.fromkeys(keys, values), today=TODAY)
    return keys
