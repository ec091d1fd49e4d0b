"""Where the names of a round come from: the declared rules, the last round's list, saved views, a listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import views
from cadre_desk.db.models import Round, Visit
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.round_rules import ROUND_RULES

LAST: Final = "last"
VIEW: Final = "view:"
#: A view's name as the reason of a visit has room for it.
_WORD: Final = 12


@dataclass(frozen=True)
class Source:
    """A rule as one round uses it: key, title, the reason it gives, the listings of whom it hits."""

    key: str
    title: str
    word: str
    listings: tuple[Listing, ...]

    def hits(self, session: Session) -> set[int]:
        """The keys of the people it hits."""
        return {person for listing in self.listings for person in listing.ids(session)}

    def count(self, session: Session) -> int:
        """How many it hits."""
        if len(self.listings) == 1:
            return self.listings[0].count(session)
        return len(self.hits(session))


def declared_sources(everybody: Listing, least: Mapping[str, int]) -> tuple[Source, ...]:
    """The program's own rules over these people, with the numbers (age, years in the Party) that were set."""
    return tuple(
        Source(
            rule.key,
            rule.titled(least.get(rule.key, 0)),
            rule.worded(least.get(rule.key, 0)),
            rule.listings(everybody, least.get(rule.key, 0)),
        )
        for rule in ROUND_RULES
    )


def last_source(session: Session, everybody: Listing, occasion: str, year: int) -> Source | None:
    """Those on the latest list of the same occasion in a year before; None if there was none."""
    last = session.execute(
        sa.select(Round.id, Round.year, Round.title)
        .where(Round.occasion == occasion, Round.year < year)
        .order_by(Round.year.desc(), Round.day.desc(), Round.id.desc())
        .limit(1)
    ).first()
    if last is None:
        return None
    persons = list(session.scalars(sa.select(Visit.person_id).where(Visit.round_id == last.id)))
    word = "去年" if last.year == year - 1 else f"{last.year}年"
    return Source(LAST, f"{word}同一时机的名单", word, (everybody.picked(persons),))


def view_sources(session: Session, everybody: Listing) -> tuple[Source, ...]:
    """The views of people, the program's own first, as rules."""
    people = everybody.register
    own = [listing_source(view.title, everybody.where(*view.conditions)) for view in people.views]
    kept = views.views_of(session, people)
    return (*own, *(listing_source(view.title, everybody.from_json(view.listing)) for view in kept))


def listing_source(title: str, listing: Listing) -> Source:
    """A listing under its name as a rule; its reason is the name, short enough for a cell of the paper."""
    return Source(VIEW + title, title, title[:_WORD], (listing,))


def counted(session: Session, sources: Sequence[Source]) -> dict[str, int]:
    """How many each rule hits, by its key."""
    return {source.key: source.count(session) for source in sources}
