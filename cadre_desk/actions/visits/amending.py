"""A round that was made, changed by hand: somebody in, somebody off, another amount, each with its reason."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.visits.keeping import CASH_IN_HAND
from cadre_desk.actions.visits.planning import Edit
from cadre_desk.actions.visits.standards import standards_by_person
from cadre_desk.db.models import LeftOut, Person, Round, Visit, VisitWaiver
from cadre_desk.domain.errors import Problem, RuleError, UserError
from cadre_desk.domain.visits import PLANNED, WAITING

_ON_BOOKS = "1"


def take_in(session: Session, round_id: int, person: int, reason: str, *, today: date) -> int:
    """Somebody onto the list of a round that was made; answers the visit's key.

    The amount and goods are those of the standard, else what most on the list get.

    Raises:
        RuleError: no reason, not on the books, or on the list already.
        UserError: the round or the person is gone.
    """
    made, who = session.get(Round, round_id), session.get(Person, person)
    if made is None or who is None:
        raise UserError("这个批次或这个人已经不在台账里，请刷新后再加。")
    if not reason.strip():
        raise RuleError([Problem("手工加入要写原因，名册上会印出来。", "reason")])
    if who.status != _ON_BOOKS:
        raise RuleError([Problem(f"{who.name}已去世或不在册，不能列入。", "person")])
    if _visit(session, round_id, person) is not None:
        raise RuleError([Problem(f"{who.name}已经在名单里。", "person")])
    standard = standards_by_person(session, made.occasion, made.year, [person]).get(person)
    cash, goods = (standard.cash, standard.goods) if standard else _commonest(session, round_id)
    last = session.scalar(sa.select(sa.func.max(Visit.serial)).where(Visit.round_id == round_id)) or 0
    visit = Visit(
        round_id=round_id,
        person_id=person,
        serial=last + 1,
        reason=reason.strip(),
        by_hand=True,
        cash=cash,
        goods=goods or None,
        receive_way=CASH_IN_HAND,
        state=PLANNED,
        booked=today,
    )
    session.add(visit)
    session.execute(sa.delete(LeftOut).where(LeftOut.round_id == round_id, LeftOut.person_id == person))
    session.flush()
    return visit.id


def take_off(session: Session, round_id: int, person: int, why: str) -> None:
    """Somebody off the list of a round that was made; she is seen among the left out, with the reason.

    Raises:
        RuleError: no reason, or the visit was made or money handed over.
    """
    visit = _demand(session, round_id, person)
    if not why.strip():
        raise RuleError([Problem("移出名单要写原因，未列入名单里看得到。", "reason")])
    if visit.state not in WAITING or visit.cash_given:
        raise RuleError([Problem("已经登记了走访结果，不能移出名单；结果有误请到走访登记里改。", "person")])
    session.execute(sa.delete(VisitWaiver).where(VisitWaiver.visit_id == visit.id))
    session.add(
        LeftOut(round_id=round_id, person_id=person, reason=visit.reason, why=why.strip(), by_hand=True)
    )
    session.delete(visit)
    session.flush()


def change_amount(session: Session, round_id: int, person: int, edit: Edit) -> None:
    """Another amount for one person of a round that was made.

    Raises:
        RuleError: no reason, nothing or less, or the money was handed over.
    """
    visit = _demand(session, round_id, person)
    if not edit.reason.strip():
        raise RuleError([Problem("改一个人的金额要写原因，签领表备注里会印出来。", "reason")])
    if edit.cash <= 0:
        raise RuleError([Problem("慰问金要大于 0 元。", "cash")])
    if visit.cash_given:
        raise RuleError([Problem("慰问金已经发了，不能再改应发数；发错了请到走访登记里改。", "cash")])
    visit.cash, visit.cash_reason = edit.cash, edit.reason.strip()
    session.flush()


def _visit(session: Session, round_id: int, person: int) -> Visit | None:
    return session.scalars(
        sa.select(Visit).where(Visit.round_id == round_id, Visit.person_id == person)
    ).one_or_none()


def _demand(session: Session, round_id: int, person: int) -> Visit:
    visit = _visit(session, round_id, person)
    if visit is None:
        raise UserError("这个人已经不在名单里，请刷新名单。")
    return visit


def _commonest(session: Session, round_id: int) -> tuple[int, str]:
    row = session.execute(
        sa.select(Visit.cash, Visit.goods)
        .where(Visit.round_id == round_id)
        .group_by(Visit.cash, Visit.goods)
        .order_by(sa.func.count().desc(), Visit.cash)
        .limit(1)
    ).first()
    return (row.cash or 0, row.goods or "") if row else (0, "")
