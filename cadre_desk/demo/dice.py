"""Chance that repeats itself: one seeded source for the whole invented county."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Items that come up as often as their weights say."""

    def __init__(self, items: Iterable[tuple[T, float]]) -> None:
        """Take pairs of item and weight."""
        pairs = tuple(items)
        self.items = tuple(item for item, _ in pairs)
        self.bounds = tuple(accumulate(weight for _, weight in pairs))

    @classmethod
    def of(cls, weights: dict[T, float]) -> Weighted[T]:
        """From a table of item and weight."""
        return cls(weights.items())


class Dice:
    """Every choice of the county is thrown here, in a fixed order, so that two builds are alike."""

    def __init__(self, seed: int) -> None:
        """Begin at a seed."""
        self._random = random.Random(seed)
        self._throw = self._random.random

    def chance(self, share: float) -> bool:
        """Yes in this share of throws."""
        return self._throw() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._throw() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, all alike."""
        return items[int(self._throw() * len(items))]

    def weigh(self, table: Weighted[T]) -> T:
        """One of the items by weight."""
        return table.items[bisect_right(table.bounds, self._throw() * table.bounds[-1])]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """So many different items (all, if there are fewer), in the order they stand in."""
        return self.draw(items, count, lambda _: 1.0)

    def draw(self, items: Sequence[T], count: int, weight: Callable[[T], float]) -> list[T]:
        """So many different items, each as likely as its weight, in the order they stand in.

        Each item is given a key u^(1/w) and the greatest keys win (Efraimidis and Spirakis, 2006).
        """
        keyed = []
        for place, item in enumerate(items):
            heavy = weight(item)
            key = self._throw()
            if heavy > 0:
                keyed.append((key ** (1 / heavy), place))
        chosen = sorted(keyed, reverse=True)[: max(count, 0)]
        return [items[place] for place in sorted(place for _, place in chosen)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        keys = [(self._throw(), place) for place in range(len(items))]
        return [items[place] for _, place in sorted(keys)]

    def day(self, first: date, last: date) -> date:
        """A day from first to last, both included."""
        return first + timedelta(days=self.between(0, max((last - first).days, 0)))

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(str(self.between(0, 9)) for _ in range(count))
