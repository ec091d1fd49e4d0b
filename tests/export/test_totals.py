from __future__ import annotations

from dataclasses import replace

import pytest

from cadre_desk.domain.errors import UserError
from cadre_desk.domain.money import show_money
from cadre_desk.export import totals
from cadre_desk.export.sheet import Totals
from tests.export.county import roster, voucher


def test_the_whole_is_divided_by_class() -> None:
    whole = totals.grand_total(roster(12))
    assert whole.count == "12人（离休5人，退休5人，遗属2人）"


def test_sums_of_pages_lead_to_the_whole() -> None:
    sheet = voucher(30)
    chain = totals.page_sums(sheet, [(0, 12), (12, 24), (24, 30)])
    amounts = [here.amounts[5] for here, _ in chain]
    assert [running.amounts[5] for _, running in chain] == [
        amounts[0],
        amounts[0] + amounts[1],
        sum(amounts),
    ]
    assert chain[-1][1].amounts[5] == totals.grand_total(sheet).amounts[5]


def test_a_row_that_no_page_has_stops_the_print() -> None:
    with pytest.raises(UserError, match="各页小计之和与全部记录不符"):
        totals.page_sums(voucher(30), [(0, 12), (12, 29)])


def test_a_sum_that_differs_from_the_ledgers_stops_the_print() -> None:
    sheet = roster(3)
    told = totals.grand_total(sheet).amounts[9] + 1
    wrong = replace(sheet, totals=Totals(expected={"cash": told}))
    with pytest.raises(UserError, match=f"与台账的 {show_money(told)} 元不符"):
        totals.page_sums(wrong, [(0, 3)])


def test_an_amount_that_is_no_amount_is_a_fault_of_the_program() -> None:
    sheet = roster(1)
    broken = replace(
        sheet, rows=(tuple("12.00" if one == 9 else cell for one, cell in enumerate(sheet.rows[0])),)
    )
    with pytest.raises(TypeError, match="holds 分"):
        totals.grand_total(broken)
