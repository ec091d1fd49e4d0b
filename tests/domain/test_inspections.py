"""The draw: 5–10 %, the same by the same seed, every township and visitor seen where there is room."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest

from cadre_desk.domain.errors import UserError
from cadre_desk.domain.inspections import Candidate, check_inspected, draw, free_checkers, size_of

TODAY = date(2026, 1, 26)
PLACES = ("滨河街道", "石桥镇", "龙门街道", "永丰镇", "青溪乡")
PAIRS = (("周敏", "李强"), ("陶雪梅", "龚志强"), ("周敏", "龚志强"))


def pool(count: int, seed: int = 1) -> list[Candidate]:
    """Visits of townships of very different sizes."""
    chance = random.Random(seed)
    weights = (50, 30, 15, 4, 1)
    return [
        Candidate(number, f"{number:032x}", chance.choices(PLACES, weights)[0], chance.choice(PAIRS))
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "share", "size"),
    [(0, 5, 0), (1, 5, 1), (12, 5, 1), (300, 8, 24), (337, 10, 34), (3000, 5, 150)],
)
def test_so_many_are_drawn(count: int, share: int, size: int) -> None:
    assert size_of(count, share) == size
    assert len(draw(pool(count), size, 7)) == size


@pytest.mark.parametrize("share", [0, 4, 11, 100])
def test_less_than_a_twentieth_or_more_than_a_tenth_is_refused(share: int) -> None:
    with pytest.raises(UserError, match="5% 到 10% 之间"):
        size_of(300, share)


def test_the_same_seed_draws_the_same_in_whatever_order_the_visits_come() -> None:
    visits = pool(300)
    first = [one.id for one in draw(visits, 24, 20260126)]
    random.Random(3).shuffle(visits)
    assert [one.id for one in draw(visits, 24, 20260126)] == first
    assert len(set(first)) == 24
    assert {one.id for one in draw(visits, 24, 20260127)} != set(first)


@pytest.mark.parametrize("seed", range(20))
def test_every_township_and_visitor_is_seen_where_there_is_room(seed: int) -> None:
    visits = pool(300, seed)
    sample = draw(visits, 24, seed)
    assert {one.place for one in sample} == {one.place for one in visits}
    assert {name for one in sample for name in one.visitors} == {
        name for one in visits for name in one.visitors
    }


def test_the_rest_is_in_proportion_to_the_townships() -> None:
    visits = pool(3000)
    there = Counter(one.place for one in visits)
    seen = Counter(one.place for one in draw(visits, 240, 5))
    for place, count in there.items():
        assert abs(seen[place] - 240 * count / 3000) <= 2


def test_over_many_seeds_everybody_of_a_township_is_drawn_about_as_often() -> None:
    visits = [Candidate(n, f"{n:032x}", "石桥镇", ("周敏", "李强")) for n in range(40)]
    often = Counter(one.id for seed in range(1000) for one in draw(visits, 4, seed))
    assert len(often) == 40
    assert all(60 <= count <= 140 for count in often.values())


def test_with_less_room_than_townships_as_many_as_possible_are_seen() -> None:
    sample = draw(pool(60), 3, 7)
    assert len({one.place for one in sample}) == 3


def test_nobody_checks_his_own_visit() -> None:
    assert free_checkers(("周敏", "陶雪梅"), "周敏、李强") == ["陶雪梅"]
    values = {"visitors": "周敏、李强", "checkers": "陶雪梅，周敏", "result": "1"}
    (problem,) = check_inspected(values, TODAY)
    assert problem.text == "周敏是这次走访的走访人，不能抽查自己，请另派人。"
    assert problem.field == "checkers"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"result": "1", "checked": TODAY}, "请选抽查结果"),
        ({"result": "2", "way": "3"}, "请填核查日期"),
        ({"result": "2", "checked": date(2026, 1, 27), "way": "3"}, "今天以后"),
        ({"result": "2", "checked": date(2026, 1, 1), "way": "3"}, "早于走访日期"),
        ({"result": "2", "checked": TODAY}, "核查方式"),
        ({"result": "4", "checked": TODAY, "way": "3"}, "写明核查情况"),
    ],
)
def test_a_check_says_when_how_and_what(values: dict[str, object], said: str) -> None:
    told = {"visitors": "周敏、李强", "checkers": "陶雪梅", "visited": date(2026, 1, 20), **values}
    assert [said in one.text for one in check_inspected(told, TODAY)] == [True]


def test_a_whole_check_has_nothing_against_it() -> None:
    told = {
        "visitors": "周敏、李强",
        "checkers": "陶雪梅",
        "visited": date(2026, 1, 20),
        "result": "2",
        "checked": TODAY,
        "way": "3",
    }
    assert list(check_inspected(told, TODAY)) == []
