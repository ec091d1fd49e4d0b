"""发放提醒 of a round: looked for anew each time, let pass one by one with a reason that is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.visits.households import couples
from cadre_desk.actions.visits.payments import payments_of
from cadre_desk.actions.visits.standards import standards_by_person
from cadre_desk.db.models import BankAccount, Person, Round, Visit, VisitWaiver
from cadre_desk.domain import codes
from cadre_desk.domain.errors import Problem, RuleError, Severity, UserError
from cadre_desk.domain.id_numbers import IdError, parse_id
from cadre_desk.domain.visit_alarms import GONE, Payee, Warned, alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm of a round's list: whose visit, what it says, and why it was let pass ("" if it was not)."""

    visit: int
    person: int
    name: str
    warned: Warned
    waived: str = ""

    @property
    def holds(self) -> bool:
        """Whether it stops the 签领表 as it stands."""
        return self.warned.severity is Severity.HOLD and not self.waived

    @property
    def title(self) -> str:
        """The short name of the alarm."""
        return codes.table("visit_alarm").short(self.warned.alarm)


def alarms_of(session: Session, round_id: int) -> list[Alarm]:
    """What is to be looked at in a round, in the order of its list."""
    made = session.get(Round, round_id)
    if made is None:
        raise UserError("这个走访批次已经不在台账里，请刷新名单。")
    rows = session.execute(
        sa.select(Visit, Person)
        .join(Person, Person.id == Visit.person_id)
        .where(Visit.round_id == round_id)
        .order_by(Visit.serial, Visit.id)
    ).all()
    persons = [person.id for _, person in rows]
    standards = standards_by_person(session, made.occasion, made.year, persons)
    paid = payments_of(session, made.occasion, made.year, but=round_id)
    accounts = _with_account(session)
    names = {person.id: person.name for _, person in rows}
    spouses: dict[int, str] = {}
    for one, other in couples(session, persons):
        spouses |= {one: names[other], other: names[one]}
    waived = _waivers(session, round_id)
    found: list[Alarm] = []
    for visit, person in rows:
        payee = Payee(
            status=person.status or "",
            status_words=_status(person.status),
            occasion=made.occasion,
            cash=visit.cash or 0,
            way=visit.receive_way or "",
            reasoned=bool(visit.cash_reason),
            paid=tuple(one.cash for one in paid.get(person.id, ())),
            standard=standards.get(person.id),
            account=person.id in accounts,
            id_wrong=_id_wrong(person.id_no),
            address=bool(person.address),
            spouse=spouses.get(person.id, ""),
        )
        found += [
            Alarm(visit.id, person.id, person.name, warned, waived.get((visit.id, warned.alarm), ""))
            for warned in alarms(payee)
        ]
    return found


def let_pass(session: Session, wanted: Sequence[Alarm], reason: str, *, operator: str, today: date) -> int:
    """Let those alarms of a round pass that stop the money, for one reason; answers how many were.

    Raises:
        RuleError: no reason was given, or somebody on the list is not on the books: nobody pays the dead.
    """
    if not reason.strip():
        raise RuleError([Problem("放行要写原因，签领表备注里会印出来。", "reason")])
    gone = [one.name for one in wanted if one.warned.alarm == GONE]
    if gone:
        raise RuleError(
            [Problem(f"{'、'.join(gone[:5])}已去世或不在册，不能放行；请从名单里移出。", "reason")]
        )
    rows = [
        {
            "visit_id": one.visit,
            "alarm": one.warned.alarm,
            "reason": reason.strip(),
            "operator": operator,
            "day": today,
        }
        for one in wanted
        if one.holds
    ]
    if rows:
        session.execute(sa.insert(VisitWaiver), rows)
    return len(rows)


def waivers_by_visit(session: Session, round_id: int) -> Mapping[int, str]:
    """What was let pass, by visit, as the papers print it."""
    words: dict[int, list[str]] = {}
    for (visit, alarm), reason in _waivers(session, round_id).items():
        words.setdefault(visit, []).append(f"{codes.table('visit_alarm').short(alarm)}：{reason}")
    return {visit: "；".join(parts) for visit, parts in words.items()}


def _waivers(session: Session, round_id: int) -> dict[tuple[int, str], str]:
    query = (
        sa.select(VisitWaiver.visit_id, VisitWaiver.alarm, VisitWaiver.reason)
        .join(Visit, Visit.id == VisitWaiver.visit_id)
        .where(Visit.round_id == round_id)
        .order_by(VisitWaiver.id)
    )
    return {(visit, alarm): reason for visit, alarm, reason in session.execute(query)}


def _with_account(session: Session) -> frozenset[int]:
    return frozenset(session.scalars(sa.select(BankAccount.person_id).where(BankAccount.until.is_(None))))


def _status(status: str | None) -> str:
    return codes.table("person_status").label(status) if status else ""


def _id_wrong(number: str | None) -> str:
    """What is wrong with the ID number that identifies who signs (paper 9.2)."""
    if not number:
        return "没有身份证号，签领表上这一格是空的。"
    try:
        parse_id(number)
    except IdError as error:
        return str(error)
    return ""
