"""Which backups the tiers keep: simulated over years, day by day."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cadre_desk.db.retention import Aged, to_keep

NOON = datetime(2026, 1, 26, 12, 0)


def aged(*moments: datetime, verified: bool = True) -> list[Aged[datetime]]:
    return [Aged(moment, moment, verified) for moment in moments]


def test_all_of_today_stay() -> None:
    today = [NOON.replace(hour=hour) for hour in range(8, 13)]
    assert to_keep(aged(*today), NOON) == set(today)


def test_of_an_earlier_day_the_last_one_stays() -> None:
    morning, evening = (NOON - timedelta(days=3, hours=hours) for hours in (4, 0))
    assert to_keep(aged(morning, evening), NOON) == {evening}


def test_a_verified_one_is_preferred_to_a_later_unverified_one() -> None:
    verified, later = NOON - timedelta(days=3, hours=4), NOON - timedelta(days=3)
    both = aged(verified) + aged(later, verified=False)
    assert to_keep(both, NOON) == {verified}


def test_what_a_wrong_clock_dated_later_stays() -> None:
    later = [NOON + timedelta(days=400, hours=hour) for hour in range(3)]
    assert to_keep(aged(*later), NOON) == set(later)


def test_three_years_of_three_a_day_pruned_daily_leave_the_tiers() -> None:
    held: set[datetime] = set()
    day = NOON - timedelta(days=3 * 365)
    while day <= NOON:
        held |= {day.replace(hour=hour) for hour in (9, 11, 17)}
        held = to_keep(aged(*held), day)
        day += timedelta(days=1)
    earlier = sorted(moment for moment in held if moment.date() < NOON.date())
    assert len(held) - len(earlier) == 3
    fortnight = {moment.date() for moment in earlier if NOON.date() - moment.date() <= timedelta(days=14)}
    assert len(fortnight) == 14
    weeks = {moment.isocalendar()[:2] for moment in earlier if NOON - moment < timedelta(days=56)}
    assert len(weeks) in {8, 9}
    months = {(moment.year, moment.month) for moment in earlier}
    assert {(2024, month) for month in range(2, 13)} | {(2025, month) for month in range(1, 13)} <= months
    assert {moment.year for moment in earlier} == {2023, 2024, 2025, 2026}
    assert datetime(2023, 12, 31, 17) in held
    assert all(moment.hour == 17 for moment in earlier)
    assert len(held) < 60


def test_a_period_half_out_of_reach_keeps_its_verified_one() -> None:
    verified = Aged("mon", NOON - timedelta(days=60), verified=True)
    newer = Aged("tue", NOON - timedelta(days=59), verified=False)
    last = Aged("now", NOON, verified=True)
    for days in range(30):
        kept = to_keep([verified, newer, last], NOON + timedelta(days=days))
        assert "mon" in kept


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 23), st.booleans()), min_size=1, unique=True),
    st.integers(0, 90),
)
@settings(max_examples=400)
def test_pruning_now_never_takes_what_a_later_pruning_alone_would_keep(
    made: list[tuple[int, int, bool]], days: int
) -> None:
    backups = [
        Aged((number, hour), NOON - timedelta(days=number, hours=12 - hour), verified)
        for number, hour, verified in {(n, h): (n, h, v) for n, h, v in made}.values()
    ]
    later = NOON + timedelta(days=days)
    now = to_keep(backups, NOON)
    assert to_keep(backups, later) <= now
    assert to_keep([one for one in backups if one.what in now], later) == to_keep(backups, later)


@given(st.lists(st.tuples(st.integers(0, 3000), st.booleans()), min_size=1, unique_by=lambda one: one[0]))
def test_the_last_verified_one_always_stays(made: list[tuple[int, bool]]) -> None:
    backups = [Aged(number, NOON - timedelta(days=number), verified) for number, verified in made]
    kept = to_keep(backups, NOON)
    verified = [number for number, sound in made if sound]
    assert min(verified or [number for number, _ in made]) in kept
