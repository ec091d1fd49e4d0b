from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cadre_desk.export.paging import Room, divide

ROOM = Room(first=100, others=120, page_end=10, last_end=40, only=35)


@given(st.lists(st.floats(5, 20), min_size=1, max_size=80))
def test_pages_hold_what_they_have_room_for_and_lose_no_row(heights: list[float]) -> None:
    pages = divide(heights, [False] * len(heights), ROOM)
    assert [row for first, end in pages for row in range(first, end)] == list(range(len(heights)))
    for number, (first, end) in enumerate(pages):
        room = ROOM.others if number else ROOM.first
        last = number == len(pages) - 1
        closing = (ROOM.only if len(pages) == 1 else ROOM.last_end) if last else ROOM.page_end
        assert sum(heights[first:end]) <= room - closing + 1e-5


@given(st.integers(2, 300))
def test_the_last_page_has_two_rows_at_least(count: int) -> None:
    first, end = divide([9.0] * count, [False] * count, ROOM)[-1]
    assert end - first >= 2


@given(st.lists(st.booleans(), min_size=3, max_size=120))
def test_a_heading_goes_with_its_first_two_rows(headings: list[bool]) -> None:
    spaced = [head and not any(headings[max(0, at - 3) : at]) for at, head in enumerate(headings)]
    pages = divide([8.0] * len(spaced), spaced, ROOM)
    for first, end in pages[:-1]:
        assert not spaced[end - 1] or end - 1 == first
        assert not spaced[end - 2] or end - 2 <= first


def test_a_page_has_no_more_rows_than_the_paper_prescribes() -> None:
    room = Room(first=500, others=500, page_end=10, last_end=40, only=35, rows=12)
    assert divide([10.0] * 23, [False] * 23, room) == [(0, 12), (12, 23)]
    assert divide([10.0] * 25, [False] * 25, room) == [(0, 12), (12, 23), (23, 25)]
