"""Money: typed, shown, and in words; every 分 accounted for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.money import parse_money, parse_money_number, rmb_words, show_money, show_yuan
from tests.domain.vectors import vectors

WORDS: list[dict[str, Any]] = vectors("rmb_vectors")["vectors"]
POLICY: list[list[str]] = vectors("rmb_policy_inputs")
AMOUNTS = st.integers(0, 10**15 - 1)


@pytest.mark.parametrize("case", WORDS, ids=lambda case: case["amount"])
def test_an_amount_in_words_is_one_the_rules_allow(case: dict[str, Any]) -> None:
    fen = int(Decimal(case["amount"]) * 100)
    words = rmb_words(fen)
    assert words.removeprefix("人民币") in case["accept"]
    assert words.startswith("人民币")
    assert words.endswith("分" if fen % 10 else "整")


@pytest.mark.parametrize("case", WORDS, ids=lambda case: case["amount"])
def test_the_figures_of_the_vectors_are_read_exactly(case: dict[str, Any]) -> None:
    assert parse_money(case["amount"]) == int(Decimal(case["amount"]) * 100)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("0.50", "伍角整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1,409.50", "壹仟肆佰零玖元伍角整"),
        ("1,680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("6,007.14", "陆仟零柒元壹角肆分"),
        ("16,409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107,000.53", "壹拾万零柒仟元伍角叁分"),
        ("10", "壹拾元整"),
        ("110", "壹佰壹拾元整"),
        ("1,050", "壹仟零伍拾元整"),
        ("20,001", "贰万零壹元整"),
        ("10,000,001", "壹仟万零壹元整"),
        ("180,500", "壹拾捌万零伍佰元整"),
        ("1,020,304", "壹佰零贰万零叁佰零肆元整"),
        ("100,010,000", "壹亿零壹万元整"),
        ("0", "零元整"),
        ("24,800.00", "贰万肆仟捌佰元整"),
        ("0.05", "伍分"),
        ("9,999,999,999,999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_the_handbooks_amounts_in_words(figures: str, words: str) -> None:
    assert rmb_words(parse_money(figures)) == f"人民币{words}"


#: The policy for the vectors that leave it open: 分, or what the refusal says.
DECIDED: dict[str, int | str] = {
    "-1": "不能是负数",
    "1.005": "不是整分",
    "1e5": "科学计数法",
    "": "没有填金额",
    "abc": "看不懂这个金额",
    "１００": 10000,
    "1,409.50": 140950,
    "¥1409.50": 140950,
}


@pytest.mark.parametrize("typed", [typed for typed, _ in POLICY])
def test_the_open_inputs_are_decided(typed: str) -> None:
    decided = DECIDED[typed]
    if isinstance(decided, int):
        assert parse_money(typed) == decided
    else:
        with pytest.raises(FieldError, match=decided):
            parse_money(typed)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("600", 60000),
        (" 600.5 ", 60050),
        ("600.", 60000),
        (".5", 50),
        ("￥1，409．50", 140950),
        ("1,409.50元", 140950),
        ("1409.5元整", 140950),
        ("人民币600元", 60000),
        ("RMB 600", 60000),
        ("rmb600.00", 60000),
        ("1.2万元", 1200000),
        ("136.1234万元", 136123400),
        ("1.234567万", 1234567),
        ("3万", 3000000),
        ("'600", 60000),
        ("＋600", 60000),
        ("000600", 60000),
        ("9,999,999,999,999.99", 999999999999999),
    ],
)
def test_a_clerks_amounts_are_read(typed: str, fen: int) -> None:
    assert parse_money(typed) == fen


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.500", "不是整分"),
        ("1.2345678万元", "不是整分"),
        ("4.40308E+17", "科学计数法"),
        ("12,34", "千分位逗号的位置不对"),
        ("1234,567.00", "千分位逗号的位置不对"),
        ("1.2.3", "看不懂"),
        ("600元/月", "看不懂"),
        ("约600", "看不懂"),
        ("六百元", "看不懂"),
        ("5角", "看不懂"),
        ("元", "看不懂"),
        (".", "看不懂"),
        ("--5", "看不懂"),
        ("-¥-5", "看不懂"),
        ("(5", "看不懂"),
        ("=600", "看不懂"),
        ("٣", "看不懂"),
        ("(600.00)", "不能是负数"),
        ("−600", "不能是负数"),
        ("10000000000000", "太大"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed: str, said: str) -> None:
    with pytest.raises(FieldError, match=said):
        parse_money(typed)


@pytest.mark.parametrize("typed", ["-600", "−600.00", "¥-600", "-¥600", "(600.00)", "（600）"])
def test_a_correction_may_be_negative_where_that_is_allowed(typed: str) -> None:
    assert parse_money(typed, allow_negative=True) == -60000


@pytest.mark.parametrize(
    ("value", "fen"),
    [(600, 60000), (0.1 + 0.2, 30), (1234.56, 123456), (1409.5, 140950), (0, 0), (24800.0, 2480000)],
)
def test_numeric_cells_are_read(value: float, fen: int) -> None:
    assert parse_money_number(value) == fen


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.005, "藏着更多小数"),
        (333.3333333, "藏着更多小数"),
        (-5.0, "不能是负数"),
        (float("nan"), "不是金额"),
        (float("inf"), "不是金额"),
        (1e18, "太大"),
    ],
)
def test_numeric_cells_that_are_no_amount_are_refused(value: float, said: str) -> None:
    with pytest.raises(FieldError, match=said):
        parse_money_number(value)


def test_a_negative_numeric_cell_is_read_where_that_is_allowed() -> None:
    assert parse_money_number(-5.25, allow_negative=True) == -525


def test_amounts_are_shown_with_thousands_and_a_true_minus() -> None:
    assert [show_money(fen) for fen in (0, 5, 123400, -50, 123456789)] == [
        "0.00",
        "0.05",
        "1,234.00",
        "−0.50",
        "1,234,567.89",
    ]


def test_whole_yuan_are_shown_whole() -> None:
    assert [show_yuan(fen) for fen in (0, 123400, 123450, -60000)] == ["0", "1,234", "1,234.50", "−600"]


@pytest.mark.parametrize("fen", [-1, 10**15])
def test_there_are_no_words_below_zero_or_beyond_belief(fen: int) -> None:
    with pytest.raises(FieldError, match="不能写成大写"):
        rmb_words(fen)


def _read_back(words: str) -> int:
    """What an amount in words means, read by levels and not by the rule that wrote it."""
    total = level = part = figure = 0
    units = {"拾": 10, "佰": 100, "仟": 1000}
    for sign in words.removeprefix("人民币"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            figure = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in units:
            part, figure = part + figure * units[sign], 0
        elif sign == "万":
            level, part, figure = level + (part + figure) * 10**4, 0, 0
        elif sign == "亿":
            total, level, part, figure = (total + level + part + figure) * 10**8, 0, 0, 0
        elif sign == "元":
            total, level, part, figure = (total + level + part + figure) * 100, 0, 0, 0
        elif sign in "角分":
            total, figure = total + figure * (10 if sign == "角" else 1), 0
    return total


@given(AMOUNTS | st.integers(0, 20_000_000))
def test_words_read_back_as_the_amount(fen: int) -> None:
    words = rmb_words(fen)
    assert _read_back(words) == fen
    assert "零零" not in words
    assert "零元" not in words or fen == 0
    assert words[-1] == ("分" if fen % 10 else "整")


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_what_is_shown_reads_back(fen: int) -> None:
    assert parse_money(show_money(fen), allow_negative=True) == fen
    assert parse_money(show_yuan(fen), allow_negative=True) == fen
    assert parse_money(f"{Decimal(fen) / 1000000}万元", allow_negative=True) == fen


@given(st.integers(0, 10**12))
def test_every_amount_survives_a_numeric_cell(fen: int) -> None:
    assert parse_money_number(float(f"{fen // 100}.{fen % 100:02d}")) == fen


def _outcome(text: str) -> int | str:
    """The amount, or the sentence of the refusal."""
    try:
        return parse_money(text)
    except FieldError as refused:
        return str(refused)


@given(st.text(max_size=20) | st.from_regex(r"\A[-+¥0-9,.万元eE()]{1,14}\Z"))
def test_any_text_is_an_amount_or_refused_in_a_sentence(text: str) -> None:
    outcome = _outcome(text)
    assert outcome.endswith("。") if isinstance(outcome, str) else outcome >= 0
