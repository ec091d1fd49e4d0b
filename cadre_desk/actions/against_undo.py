"""What speaks against taking an act back: a paper that people sign has left the office and would be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Act, Journal, PaperLog, Round, Visit

#: The papers of a round that are signed and kept, by their keys.
SIGNED: Final = {"receipt": "签领表"}
_PRINTED: Final = "打印"


def against_undo(session: Session, act_id: int) -> list[str]:
    """A sentence for each signed paper that an act's undoing would make untrue; a redo makes none untrue."""
    act = session.get(Act, act_id)
    if act is None or act.undoes is not None:
        return []
    left = sa.select(PaperLog).where(
        PaperLog.paper.in_(SIGNED),
        PaperLog.subject.in_([str(number) for number in _rounds_of(session, act_id)]),
        PaperLog.at >= act.at,
    )
    newest = {log.subject: log for log in session.scalars(left.order_by(PaperLog.id))}
    return [
        f"这一批的{SIGNED[log.paper]}已于 {log.at.month}月{log.at.day}日"
        f"{_PRINTED if log.way == _PRINTED else '导出'}（{log.batch}），撤销后纸上与台账不符。"
        for log in newest.values()
    ]


def _rounds_of(session: Session, act_id: int) -> Sequence[int]:
    """The rounds whose own row or whose list an act wrote."""
    lines = sa.select(Journal.row_id).where(Journal.act_id == act_id)
    rows = lines.where(Journal.table_name == Round.__tablename__)
    visits = lines.where(Journal.table_name == Visit.__tablename__)
    query = sa.select(Round.id).where(
        sa.or_(Round.id.in_(rows), Round.id.in_(sa.select(Visit.round_id).where(Visit.id.in_(visits))))
    )
    return session.scalars(query).all()
