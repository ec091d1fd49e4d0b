"""Rules of a round: everybody once, the dearest rule counts, further rounds are numbered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.domain.rounds import Amounts, batch_title, hit_by, reasons

RULES = ("lixiu", "age", "alone")


@given(st.dictionaries(st.sampled_from(RULES), st.frozensets(st.integers(1, 20))))
def test_each_person_is_hit_once_by_rules_in_their_order(hits: dict[str, frozenset[int]]) -> None:
    ordered = [(rule, hits[rule]) for rule in RULES if rule in hits]
    found = hit_by(ordered)
    assert set(found) == {person for _, persons in ordered for person in persons}
    for person, rules in found.items():
        assert rules == tuple(rule for rule in RULES if person in hits.get(rule, ()))


def test_the_highest_of_what_the_rules_pay_counts_and_is_never_a_sum() -> None:
    amounts = Amounts(60000, {"lixiu": 150000, "bereaved": 30000})
    assert amounts.of(("lixiu", "age")) == 150000
    assert amounts.of(("bereaved",)) == 30000
    assert amounts.of(("alone", "bereaved")) == 60000
    assert amounts.of(()) == 60000
    assert amounts.differ
    assert not Amounts(60000, {"lixiu": 60000}).differ


def test_reasons_are_said_once_each() -> None:
    assert reasons(("离休", "80+", "离休")) == "离休、80+"


def test_a_further_round_of_one_occasion_says_which_it_is() -> None:
    assert batch_title("甲", set()) == "甲"
    assert batch_title("甲", {"甲"}) == "甲（第二批）"
    assert batch_title("甲", {"甲", "甲（第二批）"}) == "甲（第三批）"
