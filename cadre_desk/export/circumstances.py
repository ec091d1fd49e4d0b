"""What every paper of an office has in common: whose it is, who makes it, when, and if it is a demo's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from cadre_desk.db import settings
from cadre_desk.db.ledger import Ledger
from cadre_desk.export.sheet import Foot

#: What stands for the batch number until a paper is really printed.
PREVIEW = "预览"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The office, the operator and the moment of a paper; ``masked`` hides what need not leave the office."""

    office: str
    county: str
    operator: str
    now: datetime
    demo: bool = False
    masked: bool = False
    batch: str = PREVIEW
    replaces: str = ""

    @property
    def today(self) -> date:
        """The working day."""
        return self.now.date()

    def stamped(self, batch: str, replaces: str = "") -> Circumstances:
        """The same with a batch number."""
        return replace(self, batch=batch, replaces=replaces)

    def foot(self, *, words: str = "", persons: int | None = None, cut_off: date | None = None) -> Foot:
        """The foot of each page; the cut-off is the working day unless another is named."""
        return Foot(
            batch=self.batch,
            printed_at=self.now,
            operator=self.operator,
            replaces=self.replaces,
            cut_off=cut_off or self.today,
            words=words,
            persons=persons,
        )


def circumstances(session: Session, ledger: Ledger, *, masked: bool = False) -> Circumstances:
    """The circumstances of a paper made now in a ledger."""
    return Circumstances(
        office=settings.read(session, settings.OFFICE),
        county=settings.read(session, settings.COUNTY),
        operator=ledger.desk.user,
        now=ledger.desk.clock.now(),
        demo=ledger.is_demo,
        masked=masked,
    )
