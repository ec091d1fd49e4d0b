"""Which backups are kept: all of today's, ever fewer the older they are, a year's last one for ever."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tier:
    """One backup is kept of each ``period`` (in order), as far back as ``reach`` days (None: for ever)."""

    period: Callable[[date], Any]
    reach: int | None


@dataclass(frozen=True, slots=True)
class Aged(Generic[T]):
    """A backup, when it was made, and whether it was verified."""

    what: T
    made_at: datetime
    verified: bool


#: A day each for 14 days, a week for 8 weeks, a month for 24 months, a year for ever.
TIERS: Final = (
    Tier(lambda day: day, 14),
    Tier(lambda day: day.isocalendar()[:2], 8 * 7),
    Tier(lambda day: (day.year, day.month), 24 * 31),
    Tier(lambda day: day.year, None),
)


def to_keep(backups: Iterable[Aged[T]], now: datetime) -> set[T]:
    """Answer which backups stay.

    All of today (and what a wrong clock dated later); of each period the newest verified one, or the
    newest if none is verified; and the newest verified one of all.
    """
    ranked = sorted(backups, key=lambda one: (one.verified, one.made_at), reverse=True)
    today = now.date()
    kept = {one.what for one in ranked if one.made_at.date() >= today}
    kept |= {one.what for one in ranked[:1]}
    for tier in TIERS:
        # A period counts whole while any of its days is in reach: its best one must not change as it ages.
        first = None if tier.reach is None else tier.period(today - timedelta(days=tier.reach))
        best: dict[Any, T] = {}
        for one in ranked:
            period = tier.period(one.made_at.date())
            if first is None or period >= first:
                best.setdefault(period, one.what)
        kept |= set(best.values())
    return kept
