"""Figures of visits: whom a period reached, once each, what was paid, and what a closed year keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cadre_desk.actions import people, records, visits
from cadre_desk.db.clock import Clock
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import ClosedYear
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.visits import VISITS
from cadre_desk.stats.catalogue import figure
from cadre_desk.stats.figure import Period, Value
from tests import rounds
from tests.ledgers import TODAY, village

KING, LIXIU, TALL = 1, 2, 3


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    found = village(tmp_path)
    yield found
    found.close()


def visit(book: Ledger, person: int, day: date, **more: Any) -> int:
    values = {"person_id": person, "reason": "看望", "state": "2", "done": day, "method": "1", **more}
    with book.desk.unit("登记走访") as session:
        return records.keep(
            session, VISITS, {"visitors": "周敏、贺建平", **values}, today=book.desk.clock.today()
        ).id


def value(book: Ledger, key: str, year: int = 2026) -> Value:
    with book.desk.read() as session:
        return figure(key).value(session, Period.year(year, book.desk.clock.today()))


def test_somebody_visited_twice_counts_once_as_a_person_and_twice_as_times(book: Ledger) -> None:
    for day in (5, 12):
        visit(book, KING, date(2026, 1, day), cash_given=30000)
    visit(book, TALL, date(2026, 1, 20), method="3", visitors="周敏")
    assert (value(book, "visit.persons").number, value(book, "visit.times").number) == (2, 3)
    assert (value(book, "visit.paid").number, value(book, "visit.cash").number) == (1, 60000)
    assert (value(book, "visit.home").number, value(book, "visit.calls").number) == (2, 1)
    coverage = value(book, "visit.coverage")
    assert (coverage.numerator, coverage.denominator, coverage.number) == (2, 12, 1667)
    assert value(book, "visit.unreached").number == 10


def test_a_visit_in_vain_and_a_visit_of_another_year_reach_nobody(book: Ledger) -> None:
    visit(book, KING, date(2026, 1, 5), state="3", method=None)
    visit(book, LIXIU, date(2025, 12, 30))
    assert value(book, "visit.persons").number == 0
    assert value(book, "visit.persons", 2025).number == 1


def test_who_died_after_a_visit_stands_apart_and_leaves_the_coverage(book: Ledger) -> None:
    visit(book, LIXIU, date(2026, 1, 5))
    with book.desk.unit("登记去世") as session:
        people.record_death(session, LIXIU, PartialDate(2026, 1, 20), today=TODAY)
    assert value(book, "visit.persons").number == 0
    assert [name.label for name in value(book, "visit.persons_gone").names] == ["于敬之"]
    assert value(book, "visit.coverage").denominator == 11


def test_punctual_is_who_was_reached_by_the_planned_day(book: Ledger) -> None:
    visit(book, KING, date(2026, 1, 5), planned=date(2026, 1, 5))
    visit(book, TALL, date(2026, 1, 9), planned=date(2026, 1, 8))
    visit(book, 4, date(2026, 1, 8), state="3", method=None, planned=date(2026, 1, 8))
    found = value(book, "visit.on_time")
    assert (found.numerator, found.denominator) == (1, 3)


def test_what_is_typed_after_closing_counts_in_the_running_year(book: Ledger) -> None:
    visit(book, KING, date(2025, 12, 1))
    with book.desk.unit("结账") as session:
        session.add(ClosedYear(year=2025, closed_at=book.desk.clock.now()))
    visit(book, TALL, date(2025, 12, 20))
    assert [name.label for name in value(book, "visit.persons", 2025).names] == ["王𬭎远"]
    assert [name.label for name in value(book, "visit.persons").names] == ["丁茂才"]


def test_what_a_closed_year_has_counted_of_a_visit_stays(book: Ledger) -> None:
    made = visit(book, KING, date(2025, 12, 1), cash_given=30000)
    with book.desk.unit("结账") as session:
        session.add(ClosedYear(year=2025, closed_at=book.desk.clock.now()))
    with book.desk.unit("改结果") as session, pytest.raises(RuleError, match=r"2025年已结账.*实发慰问金"):
        records.keep(session, VISITS, {"cash_given": 50000}, made, today=TODAY)
    with book.desk.unit("登记结果") as session, pytest.raises(RuleError, match="2025年已结账"):
        visits.record_results(session, {made: {"cash_given": 50000}}, today=TODAY)
    with book.desk.unit("写备注") as session:
        records.keep(session, VISITS, {"note": "金额登记有误，应为500元"}, made, today=TODAY)
    assert value(book, "visit.cash", 2025).number == 30000


def test_results_of_a_round_are_booked_on_the_day_they_happened(book: Ledger) -> None:
    made = rounds.make(book, rounds.plan(book, *rounds.rules("lixiu")))
    walk = visits.Walk(TODAY, "周敏、贺建平")
    with book.desk.unit("登记走访结果") as session:
        one = visits.visits_of(session, made)[0]
        visits.record_results(session, {one.id: walk.result_of(one.cash, one.goods)}, today=TODAY)
    found = value(book, "visit.cash")
    assert [(label, amount) for label, amount in found.split] == [("春节", 60000)]
    book.desk.clock = Clock(date(2026, 2, 3))
    with book.desk.read() as session:
        assert visits.visits_of(session, made)[0].done_booked == TODAY


def test_not_visited_since_takes_those_never_visited_too(book: Ledger) -> None:
    visit(book, KING, date(2026, 1, 5))
    visit(book, TALL, date(2025, 3, 5))
    condition = Condition("last_contact", Op.NOT_SINCE, ("2026-01-01",))
    with book.desk.read() as session:
        found = set(Listing(PEOPLE, TODAY).where(condition).ids(session))
    assert TALL in found
    assert KING not in found
    assert len(found) == 11
    assert condition.words(PEOPLE.column("last_contact")) == "最近联系早于 2026-01-01 或没有"
