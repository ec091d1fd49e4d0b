"""The recovery code: what is printed can be typed back, and what is mistyped is named by its group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.db.recovery import ALPHABET, code_groups, new_recovery_code, normalise_code, normalise_group
from cadre_desk.domain.errors import FieldError

CODE = new_recovery_code()


def test_a_code_has_four_groups_of_eight_symbols_that_no_eye_confuses() -> None:
    for _ in range(200):
        groups = code_groups(new_recovery_code())
        assert [len(group) for group in groups] == [8, 8, 8, 8]
        assert set("".join(groups)) <= set(ALPHABET)
        assert not set("".join(groups)) & set("01OILU")


def test_no_two_codes_are_alike() -> None:
    assert len({new_recovery_code() for _ in range(500)}) == 500


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE.replace('-', ' － ')}\n",
        " ".join(CODE.replace("-", "")[i : i + 4] for i in range(0, 32, 4)),
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
        f"恢复码：{CODE}。",
    ],
    # The code is another in each process; what the tests are called must not be (xdist compares).
    ids=["printed", "small", "joined", "spaces", "wide dashes", "fours", "full width", "with words"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert normalise_code(typed) == CODE


@given(group=st.integers(0, 3), place=st.integers(0, 7), other=st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_noticed_and_its_group_named(group: int, place: int, other: str) -> None:
    code = new_recovery_code()
    at = group * 9 + place
    if code[at] == other:
        assert normalise_code(code) == code
        return
    with pytest.raises(FieldError, match=f"^第{group + 1}组有误"):
        normalise_code(code[:at] + other + code[at + 1 :])


@given(group=st.integers(0, 3), place=st.integers(0, 6))
def test_two_neighbours_swapped_are_noticed(group: int, place: int) -> None:
    code = new_recovery_code()
    at = group * 9 + place
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        with pytest.raises(FieldError, match=f"第{group + 1}组"):
            normalise_code(swapped)


def test_two_groups_swapped_are_both_named() -> None:
    a, b, c, d = code_groups(new_recovery_code())
    with pytest.raises(FieldError, match=r"^第2、4组有误"):
        normalise_code(f"{a}-{d}-{c}-{b}")


def test_a_missing_symbol_is_told_of_its_group_alone() -> None:
    a, b, c, d = code_groups(CODE)
    with pytest.raises(FieldError, match=r"^第3组有误"):
        normalise_code(f"{a} {b} {c[:-1]} {d}")


@pytest.mark.parametrize(
    "typed",
    ["", "-", "恢复码", CODE[:-9], CODE + "A", "ſ" * 32, "ⅷ"],
    ids=["nothing", "dash", "label", "three groups", "one too many", "long s", "numeral"],
)
def test_what_is_no_code_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(FieldError, match="组有误"):
        normalise_code(typed)


@pytest.mark.parametrize(("printed", "typed"), [("D", "0"), ("Q", "O"), ("J", "1"), ("7", "l"), ("V", "u")])
def test_a_symbol_that_no_code_has_is_read_as_what_it_looks_like(printed: str, typed: str) -> None:
    code = next(code for code in iter(new_recovery_code, "") if printed in code)
    assert normalise_code(code.replace(printed, typed, 1)) == code


def test_one_group_can_be_typed_back_alone() -> None:
    assert normalise_group(3, code_groups(CODE)[2].lower()) == code_groups(CODE)[2]
    with pytest.raises(FieldError, match="第3组有误"):
        normalise_group(3, code_groups(CODE)[1])
