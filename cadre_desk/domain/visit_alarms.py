"""发放提醒: what has to be looked at before a list of payments is signed (handbook 3 and 11; pains 12–16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cadre_desk.domain.errors import Severity
from cadre_desk.domain.money import show_yuan
from cadre_desk.domain.standards import Standard, times_by_rule

#: Codes of visit_alarm.
GONE: Final = "1"
OFTEN: Final = "2"
CAP: Final = "3"
OFF: Final = "4"
ACCOUNT: Final = "5"
ID_NUMBER: Final = "6"
ADDRESS: Final = "7"
COUPLE: Final = "8"
#: What stops the 签领表 until it is mended or let pass with a reason; the rest is only told.
HELD: Final = frozenset({GONE, OFTEN, CAP, OFF, ACCOUNT})
BY_TRANSFER: Final = "2"
_ON_BOOKS: Final = "1"


@dataclass(frozen=True, slots=True)
class Payee:
    """Somebody on a list of payments, with what is known; money in 分.

    ``paid`` are the amounts of the occasion's other payments this year; ``reasoned`` whether the amount was
    changed by hand with a reason; ``spouse`` the name of husband or wife on the same list.
    """

    status: str
    occasion: str
    cash: int
    way: str
    reasoned: bool = False
    paid: tuple[int, ...] = ()
    standard: Standard | None = None
    account: bool = False
    id_wrong: str = ""
    address: bool = True
    spouse: str = ""
    status_words: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """One alarm: its code and what it says of the person."""

    alarm: str
    text: str

    @property
    def severity(self) -> Severity:
        """Whether it stops the money paper."""
        return Severity.HOLD if self.alarm in HELD else Severity.WARN


def alarms(payee: Payee) -> Iterator[Warned]:
    """What is to be looked at about one person of a list, the gravest first."""
    if payee.status != _ON_BOOKS:
        yield Warned(GONE, f"{payee.status_words or '当时不在册'}，不能再发。")
        return
    if payee.cash > 0:
        yield from _against_standard(payee)
        if payee.way == BY_TRANSFER and not payee.account:
            yield Warned(ACCOUNT, "领取方式是转账，台账里没有在用的账户。")
        if payee.id_wrong:
            yield Warned(ID_NUMBER, payee.id_wrong)
    if not payee.address:
        yield Warned(ADDRESS, "没有住址，上门找不到人。")
    if payee.spouse:
        yield Warned(COUPLE, f"和{payee.spouse}是夫妻，同在这份名单上，各发各的，请核对。")


def _against_standard(payee: Payee) -> Iterator[Warned]:
    standard = payee.standard
    times = standard.times if standard else times_by_rule(payee.occasion)
    if len(payee.paid) + 1 > times:
        yield Warned(OFTEN, f"本年同一时机已有 {len(payee.paid)} 次，标准是每年 {times} 次。")
    if standard is None:
        return
    whole = sum(payee.paid) + payee.cash
    if standard.cap and whole > standard.cap:
        yield Warned(CAP, f"本年合计 {show_yuan(whole)} 元，超过封顶 {show_yuan(standard.cap)} 元。")
    if payee.cash != standard.cash and not payee.reasoned:
        yield Warned(
            OFF, f"发 {show_yuan(payee.cash)} 元，标准是 {show_yuan(standard.cash)} 元，没有写原因。"
        )
