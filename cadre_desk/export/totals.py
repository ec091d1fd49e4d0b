"""小计, 累计 and 合计: counted while the pages are composed, and checked before they are drawn.

累计 of a page is 累计 of the page before plus this page's 小计; the last must be the sum of the records,
and the ledger's own sum where the sheet tells it. A difference stops the print: what the leader signs adds
up (《会计基础工作 规范》 on vouchers).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cadre_desk.domain.errors import UserError
from cadre_desk.domain.money import rmb_words, show_money
from cadre_desk.export.faces import SPREAD
from cadre_desk.export.sheet import Sheet

PAGE_SUM: Final = "本页小计"
RUNNING_SUM: Final = f"累{SPREAD}{SPREAD}计"
GRAND_TOTAL: Final = f"合{SPREAD}{SPREAD}计"


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of totals: persons and amounts (分, by position of the column); ``whole`` marks 合计."""

    label: str
    persons: int
    amounts: Mapping[int, int]
    unit: str = "人"
    words: str = ""
    whole: bool = False

    @property
    def count(self) -> str:
        """The persons in words."""
        return f"{self.persons:,}{self.unit}{self.words}"

    def capitals(self, column: int) -> str:
        """An amount in 大写; an amount below zero has none."""
        amount = self.amounts[column]
        return f"大写：{rmb_words(amount)}" if amount >= 0 else ""


def _of(label: str, sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> Sum:
    unit = sheet.totals.unit if sheet.totals is not None else "人"
    amounts = {at: sum(_amount(row[at]) for row in rows) for at in sheet.money}
    return Sum(label, len(rows), amounts, unit)


def _amount(value: Any) -> int:
    if value is None:
        return 0
    if isinstance(value, int):
        return value
    raise TypeError(f"a column that is summed holds 分, not {value!r}")


def grand_total(sheet: Sheet) -> Sum:
    """合计 of the whole sheet, with the persons divided as the sheet declares."""
    return replace(_of(GRAND_TOTAL, sheet, sheet.rows), words=_words(sheet), whole=True)


def _words(sheet: Sheet) -> str:
    totals = sheet.totals
    if totals is None:
        return ""
    divided = ""
    if totals.split:
        at = next(number for number, column in enumerate(sheet.columns) if column.key == totals.split)
        column = sheet.columns[at]
        counts = Counter(column.show(row[at]) or "未填" for row in sheet.rows)
        divided = f"（{'，'.join(f'{label}{count}{totals.unit}' for label, count in counts.items())}）"
    return divided + (f"　{totals.words}" if totals.words else "")


def page_sums(sheet: Sheet, pages: Sequence[tuple[int, int]]) -> list[tuple[Sum, Sum]]:
    """本页小计 and 累计 of each page, given its rows as (first, end).

    Raises:
        UserError: the chain of sums doesn't lead to the sum of the records or to the ledger's.
    """
    chain: list[tuple[Sum, Sum]] = []
    before = _of(RUNNING_SUM, sheet, ())
    for first, end in pages:
        here = _of(PAGE_SUM, sheet, sheet.rows[first:end])
        before = replace(
            before,
            persons=before.persons + here.persons,
            amounts={at: amount + here.amounts[at] for at, amount in before.amounts.items()},
        )
        chain.append((here, before))
    _compare(sheet, before)
    return chain


def _compare(sheet: Sheet, last: Sum) -> None:
    whole = grand_total(sheet)
    if (last.persons, last.amounts) != (whole.persons, whole.amounts):
        raise UserError(
            f"“{sheet.title}”各页小计之和与全部记录不符（{last.persons}与{whole.persons}人），没有生成；"
            "台账没有改动。请重新生成一次。"
        )
    if sheet.totals is None:
        return
    for key, expected in sheet.totals.expected.items():
        at = next(number for number, column in enumerate(sheet.columns) if column.key == key)
        if whole.amounts[at] != expected:
            raise UserError(
                f"“{sheet.title}”合计 {show_money(whole.amounts[at])} 元"
                f"与台账的 {show_money(expected)} 元不符，没有生成；台账没有改动。请核对名单后重新生成。"
            )
