"""Husband and wife on one list: two persons, two payments, one household; told, not refused (handbook 3)."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Contact, Person
from cadre_desk.domain import codes


def couples(session: Session, persons: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of these people who are husband and wife.

    One names the other as 配偶 among the contacts; namesakes are told apart by the home they share or by
    naming each other.
    """
    listed = set(persons)
    people = {
        row.id: (row.name, (row.place_id, row.address))
        for row in session.execute(sa.select(Person.id, Person.name, Person.place_id, Person.address))
        if row.id in listed
    }
    by_name: dict[str, list[int]] = {}
    for person, (name, _) in people.items():
        by_name.setdefault(name, []).append(person)
    spouse = codes.table("relation").codes_in("配偶")
    named = [
        (one, other)
        for one, name in session.execute(
            sa.select(Contact.person_id, Contact.name).where(Contact.relation.in_(spouse))
        )
        if one in people
        for other in by_name.get(name, ())
        if other != one
    ]
    both = set(named)
    found = {
        (min(one, other), max(one, other))
        for one, other in named
        if (other, one) in both or (people[one][1][1] and people[one][1] == people[other][1])
    }
    place = {person: at for at, person in enumerate(persons)}
    return sorted(found, key=lambda pair: min(place[pair[0]], place[pair[1]]))
