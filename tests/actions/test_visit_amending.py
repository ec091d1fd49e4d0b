"""A round that was made, changed by hand: each change has its reason and can be taken back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from cadre_desk.actions import people, visits
from cadre_desk.actions.visits import Edit
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import LeftOut, Person, Visit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError, UserError
from tests import rounds
from tests.ledgers import TODAY

KING, LIXIU, QIN = 1, 2, 11


@pytest.fixture
def made(book: Ledger) -> int:
    return rounds.make(book, rounds.plan(book, *rounds.rules("age"), goods="米10kg"))


def listed(book: Ledger, made: int) -> dict[int, Visit]:
    with book.desk.read() as session:
        return {one.person_id: one for one in visits.visits_of(session, made)}


def test_somebody_is_taken_in_with_what_most_get_and_a_reason(book: Ledger, made: int) -> None:
    with book.desk.unit("手工加入") as session:
        visits.take_in(session, made, QIN, "家庭变故", today=TODAY)
    one = listed(book, made)[QIN]
    assert (one.cash, one.goods, one.reason, one.by_hand, one.serial) == (
        60000,
        "米10kg",
        "家庭变故",
        True,
        8,
    )
    with book.desk.unit("再加") as session, pytest.raises(RuleError, match="已经在名单里"):
        visits.take_in(session, made, QIN, "家庭变故", today=TODAY)
    with book.desk.unit("不写原因") as session, pytest.raises(RuleError, match="要写原因"):
        visits.take_in(session, made, 12, "", today=TODAY)
    with book.desk.unit("没有这个人") as session, pytest.raises(UserError, match="不在台账里"):
        visits.take_in(session, made, 999, "家庭变故", today=TODAY)


def test_the_dead_are_not_taken_in(book: Ledger, made: int) -> None:
    with book.desk.unit("登记去世") as session:
        people.record_death(session, QIN, PartialDate(2026, 1, 20), today=TODAY)
    with book.desk.unit("手工加入") as session, pytest.raises(RuleError, match="不能列入"):
        visits.take_in(session, made, QIN, "家庭变故", today=TODAY)


def test_somebody_taken_off_is_seen_among_the_left_out_and_can_be_taken_back(book: Ledger, made: int) -> None:
    with book.desk.unit("移出名单") as session:
        visits.take_off(session, made, KING, "本人谢绝")
    assert KING not in listed(book, made)
    with book.desk.read() as session:
        assert [(one.person_id, one.reason, one.why) for one in visits.left_out_of(session, made)] == [
            (KING, "80+", "本人谢绝")
        ]
    with book.desk.unit("列回") as session:
        visits.take_in(session, made, KING, "80+", today=TODAY)
    with book.desk.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(LeftOut)) == 0
    book.desk.undo()
    book.desk.undo()
    assert listed(book, made)[KING].serial == 2


def test_who_died_since_is_taken_off_and_the_papers_can_leave(book: Ledger, made: int) -> None:
    with book.desk.unit("登记去世") as session:
        people.record_death(session, LIXIU, PartialDate(2026, 1, 20), today=TODAY)
    with book.desk.unit("移出名单") as session:
        visits.take_off(session, made, LIXIU, "已去世")
    with book.desk.read() as session:
        assert not [one for one in visits.alarms_of(session, made) if one.holds]
        assert session.scalar(sa.select(Person.status).where(Person.id == LIXIU)) != "1"


def test_an_amount_is_changed_until_the_money_was_handed_over(book: Ledger, made: int) -> None:
    with book.desk.unit("改金额") as session:
        visits.change_amount(session, made, KING, Edit(90000, "住院增发"))
    assert (listed(book, made)[KING].cash, listed(book, made)[KING].cash_reason) == (90000, "住院增发")
    for edit, why in ((Edit(0, "减"), "大于 0"), (Edit(90000, " "), "要写原因")):
        with book.desk.unit("改金额") as session, pytest.raises(RuleError, match=why):
            visits.change_amount(session, made, KING, edit)
    walk = visits.Walk(TODAY, "周敏、贺建平")
    with book.desk.unit("登记走访结果") as session:
        king = next(one for one in visits.visits_of(session, made) if one.person_id == KING)
        visits.record_results(session, {king.id: walk.result_of(king.cash, king.goods)}, today=TODAY)
    with book.desk.unit("改金额") as session, pytest.raises(RuleError, match="已经发了"):
        visits.change_amount(session, made, KING, Edit(80000, "再改"))
    with book.desk.unit("移出名单") as session, pytest.raises(RuleError, match="已经登记了走访结果"):
        visits.take_off(session, made, KING, "不该发")
    with book.desk.unit("移出名单") as session, pytest.raises(UserError, match="不在名单里"):
        visits.take_off(session, made, QIN, "不在")
