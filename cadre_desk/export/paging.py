"""Where the pages of a table end.

What is kept together on the last page: the last two rows, totals, 以下空白, notes and sign-off; a page with
signatures alone never happens. A row is never split, and a group's heading goes with its first two rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

#: Rows that stand with the sign-off, and behind a group's heading.
_TOGETHER = 2
#: What adding up heights may lose, in mm.
_GRAIN = 1e-6


@dataclass(frozen=True, slots=True)
class Room:
    """What pages hold, in mm: the first and the others, what closes a page, and what closes the last.

    ``only`` closes a single page (it has no 本页小计). ``rows`` is the most a page may have.
    """

    first: float
    others: float
    page_end: float
    last_end: float
    only: float
    rows: int | None = None


def divide(heights: Sequence[float], headings: Sequence[bool], room: Room) -> list[tuple[int, int]]:
    """The bands of a table in pages, as (first, end); ``headings`` says which bands head a group."""
    sums = [0.0, *accumulate(heights)]
    count = len(heights)
    pages: list[tuple[int, int]] = []
    start = 0
    while start < count:
        space = room.others if pages else room.first
        closing = room.last_end if pages else room.only
        few = room.rows is None or count - start <= room.rows
        if few and sums[count] - sums[start] <= space - closing + _GRAIN:
            pages.append((start, count))
            break
        end = bisect_right(sums, sums[start] + space - room.page_end + _GRAIN) - 1
        if room.rows is not None:
            end = min(end, start + room.rows)
        end = _kept_together(start, min(end, count), count, headings)
        pages.append((start, end))
        start = end
    return pages


def _kept_together(start: int, end: int, count: int, headings: Sequence[bool]) -> int:
    """The page's end moved up for what belongs together; a page has at least one band."""
    end = min(end, max(count - _TOGETHER, start + 1))
    for back in range(1, _TOGETHER + 1):
        if end - back > start and headings[end - back]:
            return end - back
    return max(end, start + 1)
