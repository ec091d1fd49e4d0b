"""诉求 from hearing to 销号: dated steps, refusals in sentences, reminders, what the workbench says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cadre_desk.actions import needs, records
from cadre_desk.actions.due import Weight, everything_due
from cadre_desk.actions.history import history_of
from cadre_desk.actions.needs_due import needs_due
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import ClosedYear, Visit
from cadre_desk.domain.errors import RuleError, UserError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.needs import NEEDS, REMINDERS
from tests.ledgers import TODAY
from tests.needs import HEARD, WALKED, assigned, heard_at, walk


@pytest.fixture
def need(book: Ledger) -> int:
    """A need heard on the first visit of a walked round."""
    return heard_at(book, walk(book)[0])


def shown(book: Ledger, *keys: str, day: date = TODAY) -> list[tuple[Any, ...]]:
    with book.desk.read() as session:
        return [row.values for row in Listing(NEEDS, day).showing(*keys).rows(session)]


def step(book: Ledger, what: Any, *args: Any, **values: Any) -> None:
    with book.desk.unit("办理诉求") as session:
        what(session, *args, **values, today=TODAY)


def test_a_need_heard_on_a_visit_has_its_person_day_and_channel(book: Ledger, need: int) -> None:
    with book.desk.read() as session:
        values = records.load(session, NEEDS, need)
        visit = session.get_one(Visit, values["visit_id"])
    assert (values["person_id"], values["said"]) == (visit.person_id, WALKED)
    assert (values["channel"], values["booked"]) == ("1", WALKED)
    with book.desk.read() as session:
        assert needs.needs_of_visits(session, [visit.id]) == {visit.id: [HEARD.title]}


def test_a_need_told_over_the_telephone_by_itself_is_one_too(book: Ledger) -> None:
    with book.desk.unit("登记诉求") as session:
        needs.take_down(session, 3, HEARD, said=TODAY, channel="2", today=TODAY)
    assert shown(book, "person_id", "channel", "state") == [("丁茂才", "2", "1")]


def test_a_visit_not_made_yet_has_no_needs(book: Ledger) -> None:
    with pytest.raises(UserError, match="先登记走访"), book.desk.unit("登记诉求") as session:
        needs.take_down_at_visit(session, 99, HEARD, today=TODAY)


def test_where_a_need_stands_follows_from_the_days_of_its_steps(book: Ledger, need: int) -> None:
    seen = [shown(book, "state")[0][0]]
    assigned(book, need)
    seen.append(shown(book, "state")[0][0])
    step(book, needs.finish, need, "已装好。", "1", day=date(2026, 1, 25))
    seen.append(shown(book, "state")[0][0])
    step(book, needs.ask_back, need, "1", day=TODAY)
    seen.append(shown(book, "state")[0][0])
    step(book, needs.close, need, day=TODAY)
    seen.append(shown(book, "state")[0][0])
    assert seen == ["1", "2", "3", "4", "5"]
    assert shown(book, "on_time", "days_over", "urged", "last_urged") == [(1, None, 1, date(2026, 1, 24))]
    assert shown(book, "state", day=date(2026, 1, 22)) == [("2",)]
    assert shown(book, "state", day=date(2026, 1, 25)) == [("3",)]


def test_each_step_is_one_act_that_is_taken_back(book: Ledger, need: int) -> None:
    assigned(book, need)
    step(book, needs.finish, need, "已装好。", "1", day=TODAY)
    book.desk.undo()
    assert shown(book, "state", "answer", "finished_booked") == [("2", None, None)]
    with book.desk.read() as session:
        titles = [entry.title for entry in history_of(session, NEEDS, need, today=TODAY) if entry.stands]
    assert titles[-2:] == ["交办、催办", "登记诉求"]


def test_the_history_of_a_visit_and_of_a_person_tell_of_the_need(book: Ledger, need: int) -> None:
    with book.desk.read() as session:
        values = records.load(session, NEEDS, need)
        for key, record in (("visits", values["visit_id"]), ("people", values["person_id"])):
            entries = history_of(session, REGISTERS[key], record, today=TODAY)
            assert any(HEARD.title in one.new for entry in entries for one in entry.altered)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"assigned": TODAY}, "责任单位"),
        ({"due": TODAY}, "请填交办日期"),
        ({"owner": "县住建局", "assigned": TODAY}, "办理期限"),
        ({"owner": "县住建局", "assigned": TODAY, "due": WALKED}, "早于交办日期"),
        ({"owner": "县住建局", "assigned": date(2026, 1, 2), "due": TODAY}, "早于提出日期"),
        ({"finished": TODAY}, "选办理结果"),
        ({"finished": TODAY, "outcome": "1"}, "写明办理答复"),
        ({"outcome": "1"}, "请填办结日期"),
        ({"satisfaction": "1"}, "一起填"),
        ({"asked_back": TODAY, "satisfaction": "1"}, "还没有办结"),
        ({"closed": TODAY}, "不能销号"),
        ({"said": date(2026, 1, 27)}, "今天以后"),
        ({"finished": TODAY, "outcome": "4", "answer": "已解释。", "closed": TODAY}, "没有回访"),
        (
            {
                "finished": TODAY,
                "outcome": "5",
                "answer": "办不了。",
                "asked_back": TODAY,
                "satisfaction": "3",
                "closed": TODAY,
            },
            "回访不满意",
        ),
    ],
)
def test_what_contradicts_is_refused_in_a_sentence(
    book: Ledger, need: int, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(RuleError, match=said), book.desk.unit("办理") as session:
        records.keep(session, NEEDS, values, need, today=TODAY)
    assert shown(book, "state") == [("1",)]


def test_who_is_not_satisfied_is_not_closed_without_a_reason_or_is_taken_up_again(
    book: Ledger, need: int
) -> None:
    assigned(book, need)
    step(book, needs.finish, need, "已装一层。", "2", day=date(2026, 1, 25))
    step(book, needs.ask_back, need, "3", day=date(2026, 1, 25))
    with pytest.raises(RuleError, match="回访不满意"):
        step(book, needs.close, need, day=TODAY)
    step(book, needs.take_up_again, need, due=date(2026, 2, 10), why="二三层没有装")
    assert shown(book, "state", "due", "satisfaction") == [("2", date(2026, 2, 10), None)]
    assert "已装一层。（2026-01-26 重新办理：二三层没有装）" in shown(book, "answer")[0][0]


def test_only_what_is_in_hand_is_urged(book: Ledger, need: int) -> None:
    urging = needs.Urging(TODAY, "2", "周敏")
    with pytest.raises(RuleError, match="还没有交办"):
        step(book, needs.remind, [need], urging)
    assigned(book, need)
    step(book, needs.remind, [need], urging)
    with book.desk.read() as session:
        assert Listing(REMINDERS, TODAY).count(session) == 2
        assert [one.by for one in needs.urgings_of(session, need)] == ["周敏", "周敏"]
    step(book, needs.finish, need, "已装好。", "1", day=TODAY)
    with pytest.raises(RuleError, match="已经办结"):
        step(book, needs.remind, [need], urging)
    ahead = needs.Urging(date(2026, 1, 27), "1", "周敏")
    book.desk.undo()
    with pytest.raises(RuleError, match="今天以后"):
        step(book, needs.remind, [need], ahead)


def test_many_are_given_to_one_owner_at_once(book: Ledger) -> None:
    keys = [heard_at(book, visit) for visit in walk(book)[:3]]
    step(book, needs.assign, keys, "县卫健局", due=TODAY, day=TODAY)
    assert set(shown(book, "owner", "state")) == {("县卫健局", "2")}


def lines(book: Ledger, day: date) -> list[tuple[str, str, Weight]]:
    with book.desk.read() as session:
        return [(due.when, due.verb, due.weight) for due in needs_due(session, day).dues]


def test_the_workbench_says_what_is_late_near_with_nobody_and_not_asked_about(
    book: Ledger, need: int
) -> None:
    assert lines(book, TODAY) == []
    assert lines(book, date(2026, 1, 27)) == [("7 天未交办", "去交办", Weight.SOON)]
    assigned(book, need)
    assert lines(book, date(2026, 1, 22)) == [("还有 3 天", "看诉求", Weight.SOON)]
    assert lines(book, date(2026, 1, 25)) == [("今天到期", "看诉求", Weight.SOON)]
    assert lines(book, TODAY) == [("逾期 1 天", "去催办", Weight.LATE)]
    with book.desk.read() as session:
        groups = {group.key: group for group in everything_due(session, TODAY)}
        overdue = Listing(NEEDS, TODAY).where(Condition("overdue", Op.IN, (True,)))
        assert overdue.count(session) == 1
    assert groups["needs"].late == 1
    step(book, needs.finish, need, "已装好。", "1", day=TODAY)
    assert lines(book, TODAY) == []
    assert lines(book, date(2026, 2, 3)) == [("办结 8 天未回访", "去回访", Weight.PLAIN)]


def test_a_need_of_a_closed_year_is_counted_from_today(book: Ledger) -> None:
    with book.desk.unit("年结") as session:
        session.add(ClosedYear(year=2025, closed_at=book.desk.clock.now()))
    with book.desk.unit("登记诉求") as session:
        needs.take_down(session, 3, HEARD, said=date(2025, 12, 30), channel="2", today=TODAY)
    assert shown(book, "said", "booked") == [(date(2025, 12, 30), TODAY)]
