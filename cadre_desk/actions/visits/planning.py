"""A round before it is written: everybody once with all reasons, the amounts, who is left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.visits.households import couples
from cadre_desk.actions.visits.payments import Payment, payments_of
from cadre_desk.actions.visits.sources import Source
from cadre_desk.actions.visits.standards import standards_by_person
from cadre_desk.db.models import Round
from cadre_desk.domain import codes
from cadre_desk.domain.errors import Problem, RuleError
from cadre_desk.domain.money import show_yuan
from cadre_desk.domain.rounds import AND, Amounts, batch_title, hit_by, reasons
from cadre_desk.domain.standards import Standard, times_by_rule
from cadre_desk.registers.listing import Listing

#: The order of a 慰问名册: 离休, 退休, 遗属; inside by the office's order, then age (paper 9.1).
ORDER: Final = (
    ("person_kind", False),
    ("retire_type", False),
    ("unit_serial", False),
    ("birth_archive", False),
)
_ON_BOOKS: Final = "1"
#: The longest rule that the paper and the register have room for.
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Edit:
    """One person's amount changed by hand: in 分, and why."""

    cash: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoundRequest:
    """What a clerk asks for: occasion, rules in order, amounts, and what she changed by hand.

    ``everybody`` is the listing of all people; its day is the 口径 day of ages. ``added`` and ``excluded``
    are persons with the reason for each; ``edited`` the amounts of single persons.
    """

    everybody: Listing
    occasion: str
    year: int
    county: str
    sources: tuple[Source, ...]
    amounts: Amounts = field(default_factory=Amounts)
    goods: str = ""
    fund: str = ""
    budget: int = 0
    added: Mapping[int, str] = field(default_factory=dict)
    excluded: Mapping[int, str] = field(default_factory=dict)
    edited: Mapping[int, Edit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list: the rules that hit (none: added by hand), the reason, the amount in 分."""

    person: int
    name: str
    rules: tuple[str, ...]
    reason: str
    cash: int
    cash_reason: str = ""
    goods: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether no rule hit, so that the reason was given by hand."""
        return not self.rules


@dataclass(frozen=True, slots=True)
class LeftOutPerson:
    """Somebody whom the rules hit or who was added, and who is not listed: why, and whether by hand."""

    person: int
    name: str
    reason: str
    why: str
    by_hand: bool = False


@dataclass(frozen=True)
class RoundPlan:
    """What a round would be: the list, those left out, how many each rule hit, couples by name.

    ``by_standard`` is how many have a 慰问标准 of the occasion and year.
    """

    request: RoundRequest
    title: str
    listed: tuple[Listed, ...]
    left_out: tuple[LeftOutPerson, ...]
    hits: Mapping[str, int]
    couples: tuple[tuple[str, str], ...] = ()
    by_standard: int = 0

    @property
    def total(self) -> int:
        """What the round costs, in 分."""
        return sum(one.cash for one in self.listed)

    @property
    def doubled(self) -> int:
        """How many are hit by two rules or more, each listed once."""
        return sum(len(one.rules) > 1 for one in self.listed)

    @property
    def over_budget(self) -> int:
        """By how much the budget is exceeded, in 分; 0 without a budget."""
        return max(self.total - self.request.budget, 0) if self.request.budget else 0

    @property
    def rule(self) -> str:
        """The rules in words, as they are printed on what leaves the office."""
        parts = [source.title for source in self.request.sources]
        by_hand = sum(one.by_hand for one in self.listed)
        if by_hand:
            parts.append(f"手工加入{by_hand}人")
        return AND.join(parts)[:_LONGEST]

    @property
    def standard(self) -> str:
        """The amounts in words: 每人600元；离休干部（全体）1,500元；符合几条的从高."""
        amounts = self.request.amounts
        words = [f"每人{show_yuan(amounts.default)}元"] if amounts.default else []
        if not amounts.default and self.by_standard:
            words = [f"按{self.request.year}年慰问标准"]
        words += [
            f"{source.title}{show_yuan(amounts.by_rule[source.key])}元"
            for source in self.request.sources
            if amounts.by_rule.get(source.key)
        ]
        if amounts.differ:
            words.append("符合几条的从高，不累加")
        return "；".join(words)

    @property
    def stop(self) -> str:
        """Why it cannot be made as it stands; "" if it can."""
        if not self.listed:
            if self.left_out:
                return "没有符合条件的人员：命中规则的都在「未列入」里，批次没有建立。请换一个名单或条件。"
            return "没有符合条件的人员，批次没有建立。请换一个名单或条件。"
        unpaid = sum(one.cash <= 0 and not one.goods for one in self.listed)
        if unpaid:
            year = self.request.year
            return f"还有 {unpaid:,} 人没有慰问金：请填每人慰问金，或先登记{year}年这个时机的慰问标准。"
        return ""


def plan_round(session: Session, request: RoundRequest) -> RoundPlan:
    """Plan a round: nobody is paid who is not on the books, nor more often in a year than the standard says.

    What the request leaves open, amount and goods, follows from the standard of the occasion and year.

    Raises:
        RuleError: something was done by hand without a reason, or an amount is below nothing.
    """
    _demand_reasons(request)
    hits = [(source.key, source.hits(session)) for source in request.sources]
    rules = hit_by(hits)
    words = {source.key: source.word for source in request.sources}
    everybody = request.everybody
    order = everybody.picked([*rules, *request.added]).sorted_by(*ORDER).ids(session)
    people = everybody.showing("name", "status").rows_of(session, order)
    standards = standards_by_person(session, request.occasion, request.year, order)
    paid = payments_of(session, request.occasion, request.year)
    listed: list[Listed] = []
    left_out: list[LeftOutPerson] = []
    for person in order:
        name, status = people[person].values
        hit = rules.get(person, ())
        reason = reasons(words[rule] for rule in hit) or request.added[person]
        if status != _ON_BOOKS:
            left_out.append(LeftOutPerson(person, name, reason, _gone(status)))
        elif why := _paid_enough(paid.get(person, ()), standards.get(person), request.occasion):
            left_out.append(LeftOutPerson(person, name, reason, why))
        elif person in request.excluded:
            left_out.append(LeftOutPerson(person, name, reason, request.excluded[person], by_hand=True))
        else:
            listed.append(_listed(request, person, name, hit, reason, standards.get(person)))
    names = {person: row.values[0] for person, row in people.items()}
    pairs = couples(session, [one.person for one in listed])
    return RoundPlan(
        request,
        _title(session, request),
        tuple(listed),
        tuple(left_out),
        {key: len(persons) for key, persons in hits},
        tuple((names[one], names[other]) for one, other in pairs),
        sum(one.person in standards for one in listed),
    )


def _listed(
    request: RoundRequest,
    person: int,
    name: str,
    hit: tuple[str, ...],
    reason: str,
    standard: Standard | None,
) -> Listed:
    """Somebody with what the clerk typed for this round, else what the standard says."""
    cash = request.amounts.of(hit) or (standard.cash if standard else 0)
    edit = request.edited.get(person) or Edit(cash, "")
    goods = request.goods or (standard.goods if standard else "")
    return Listed(person, name, hit, reason, edit.cash, edit.reason, goods)


def _paid_enough(paid: Sequence[Payment], standard: Standard | None, occasion: str) -> str:
    """Why somebody gets no further payment of the occasion this year; "" if there is room."""
    times = standard.times if standard else times_by_rule(occasion)
    if len(paid) < times:
        return ""
    if times == 1:
        return f"本年同一时机已列入「{paid[-1].title}」"
    return f"本年同一时机已有 {len(paid)} 次，标准是每年 {times} 次"


def _demand_reasons(request: RoundRequest) -> None:
    """By hand means with a reason, and an amount is more than nothing."""
    problems = []
    if any(not reason.strip() for reason in request.added.values()):
        problems.append(Problem("手工加入要写原因，名册上会印出来。", "added"))
    if any(not reason.strip() for reason in request.excluded.values()):
        problems.append(Problem("不列入要写原因，未列入名单里看得到。", "excluded"))
    if any(not edit.reason.strip() for edit in request.edited.values()):
        problems.append(Problem("改一个人的金额要写原因，签领表备注里会印出来。", "edited"))
    amounts = (*request.amounts.by_rule.values(), *(edit.cash for edit in request.edited.values()))
    if request.amounts.default < 0 or any(cash <= 0 for cash in amounts):
        problems.append(Problem("慰问金要大于 0 元。", "cash"))
    if problems:
        raise RuleError(problems)


def _gone(status: str | None) -> str:
    return codes.table("person_status").label(status) if status else "当时不在册"


def _title(session: Session, request: RoundRequest) -> str:
    occasion = codes.table("occasion").short(request.occasion).removesuffix("慰问")
    title = f"{request.county}离退休干部{request.year}年{occasion}慰问"
    taken = session.scalars(sa.select(Round.title).where(Round.title.startswith(title, autoescape=True)))
    return batch_title(title, set(taken))
