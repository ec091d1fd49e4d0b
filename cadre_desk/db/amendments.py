"""The office's own items in the code tables, laid over the national ones while its ledger is open."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import CodeAmendment
from cadre_desk.domain import codes


def use(session: Session) -> None:
    """Let the code tables answer with what this ledger amends."""
    amended: dict[str, list[codes.CodeItem]] = {}
    for one in session.scalars(sa.select(CodeAmendment).order_by(CodeAmendment.id)):
        item = codes.CodeItem(one.code, one.label, short=one.short or one.label, retired=bool(one.retired))
        amended.setdefault(one.table_key, []).append(item)
    codes.use_amendments(amended)
