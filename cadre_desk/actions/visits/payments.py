"""What was paid, or is listed to be paid, for an occasion of a year: payments, not contacts (handbook 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Round, Visit
from cadre_desk.domain.visits import WAITING

_ALONE = "批次以外"


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment: the visit it belongs to, the batch it is called by, how much in 分."""

    visit: int
    title: str
    cash: int


def payments_of(
    session: Session, occasion: str, year: int, *, but: int | None = None
) -> Mapping[int, Sequence[Payment]]:
    """The payments of an occasion in a year by person, without those of the round ``but``.

    A visit counts that handed money over, or that waits on a list with money; a visit in vain does not.
    """
    the_occasion = sa.func.coalesce(Round.occasion, Visit.occasion)
    the_year = sa.func.coalesce(
        sa.cast(Round.year, sa.String), sa.func.substr(sa.type_coerce(Visit.done, sa.String()), 1, 4)
    )
    waiting = sa.and_(Visit.state.in_(WAITING), Visit.round_id.is_not(None))
    query = (
        sa.select(Visit.id, Visit.person_id, Visit.round_id, Round.title, Visit.cash_given, Visit.cash)
        .outerjoin(Round, Round.id == Visit.round_id)
        .where(
            the_occasion == occasion,
            the_year == str(year),
            sa.or_(Visit.cash_given > 0, sa.and_(waiting, Visit.cash > 0)),
        )
        .order_by(Visit.id)
    )
    found: defaultdict[int, list[Payment]] = defaultdict(list)
    for visit, person, batch, title, given, planned in session.execute(query):
        if batch is None or batch != but:
            found[person].append(Payment(visit, title or _ALONE, given or planned or 0))
    return found
