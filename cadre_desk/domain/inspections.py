"""督查抽查: which made visits are drawn, so that anybody can draw them again, and what a check must say."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cadre_desk.domain.errors import Problem, UserError
from cadre_desk.domain.visits import names_in

#: A tenth at most and a twentieth at least are inspected (handbook 3: 5–10 %).
LEAST_SHARE: Final = 5
MOST_SHARE: Final = 10
#: Codes of check_result.
WAITING: Final = "1"
TRUE: Final = "2"
PARTLY: Final = "3"
FALSE: Final = "4"
UNREACHED: Final = "5"
#: Results that say what the record said was looked into, and those that found something wrong.
VERIFIED: Final = (TRUE, PARTLY, FALSE)
WRONG: Final = (PARTLY, FALSE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A made visit that can be drawn: ``uid`` orders it by the seed, place and visitors are its strata."""

    id: int
    uid: str
    place: str
    visitors: tuple[str, ...]

    @property
    def strata(self) -> frozenset[tuple[str, str]]:
        """The township and each visitor, all of whom ought to be seen in the sample."""
        return frozenset({("place", self.place), *(("visitor", name) for name in self.visitors)})


def size_of(pool: int, share: int) -> int:
    """How many of a pool a share in percent draws: rounded half up, at least one where there is one.

    Raises:
        UserError: the share is not between 5 and 10 percent.
    """
    if not LEAST_SHARE <= share <= MOST_SHARE:
        raise UserError(f"抽查比例要在 {LEAST_SHARE}% 到 {MOST_SHARE}% 之间，现在是 {share}%。")
    return min(pool, max(1, (pool * share + 50) // 100))


def draw(pool: Sequence[Candidate], size: int, seed: int) -> list[Candidate]:
    """Draw ``size`` of the pool by a seed; the same pool and seed give the same sample on every computer.

    First so that every township and visitor appears, as far as the size allows; the rest in proportion to
    the townships. Among equals the seed decides: SHA-256 of the seed with each visit's uid.
    """
    order = sorted(pool, key=lambda one: _lot(seed, one.uid))
    chosen = _covering(order, size)
    taken = {one.id for one in chosen}
    counts = Counter(one.place for one in pool)
    seats = Counter(one.place for one in chosen)
    queues: dict[str, list[Candidate]] = defaultdict(list)
    for one in reversed(order):
        if one.id not in taken:
            queues[one.place].append(one)
    while len(chosen) < size and queues:
        place = max(queues, key=lambda name: (size * counts[name] - seats[name] * len(pool), name))
        chosen.append(queues[place].pop())
        seats[place] += 1
        if not queues[place]:
            del queues[place]
    return chosen


def _lot(seed: int, uid: str) -> bytes:
    return hashlib.sha256(f"{seed}:{uid}".encode()).digest()


def _covering(order: Iterable[Candidate], size: int) -> list[Candidate]:
    """Those that show every stratum, always the one that shows most of what is not seen yet."""
    left = list(order)
    unseen = frozenset[tuple[str, str]]().union(*(one.strata for one in left))
    chosen: list[Candidate] = []
    while unseen and len(chosen) < size:
        best = max(left, key=lambda one: len(one.strata & unseen))
        chosen.append(best)
        left.remove(best)
        unseen -= best.strata
    return chosen


def free_checkers(team: Sequence[str], visitors: str) -> list[str]:
    """Those of a team who did not make the visit themselves."""
    went = set(names_in(visitors))
    return [name for name in team if name not in went]


def check_inspected(values: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """What the record of a check lacks or contradicts: nobody inspects his own visit (handbook 3)."""
    went = set(names_in(values.get("visitors")))
    both = [name for name in names_in(values.get("checkers")) if name in went]
    if both:
        yield Problem(f"{'、'.join(both)}是这次走访的走访人，不能抽查自己，请另派人。", "checkers")
    result, day, visited = values.get("result"), values.get("checked"), values.get("visited")
    if result == WAITING:
        if day is not None:
            yield Problem("填了核查日期，请选抽查结果。", "result")
        return
    if day is None:
        yield Problem("请填核查日期。", "checked")
    elif day > today:
        yield Problem("核查日期在今天以后，请改正。", "checked")
    elif visited is not None and day < visited:
        yield Problem("核查日期早于走访日期，请核对。", "checked")
    if not values.get("way"):
        yield Problem("请填核查方式。", "way")
    if result in WRONG and not values.get("found"):
        yield Problem("情况不符的，请写明核查情况。", "found")
