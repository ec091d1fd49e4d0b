"""What can be done again: the newest undoing, until something else is done."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db import journal
from cadre_desk.db.models import Act

#: Undoings are looked at from the newest back, a few at a time.
_FEW = 20


def to_redo(session: Session) -> int | None:
    """The undoing that a redo would take back; None where an act was done since, or nothing was undone."""
    newest = sa.select(Act).order_by(Act.id.desc()).execution_options(yield_per=_FEW)
    for act in session.scalars(newest):
        if act.undoes is None:
            return None
        undone = session.get_one(Act, act.undoes)
        if undone.undoes is None and journal.stands(session, act.id):
            return act.id
    return None
