"""走访登记: what came of the visits of a round, many at once, as one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import records
from cadre_desk.db.base import fields_of
from cadre_desk.db.models import Person, Visit
from cadre_desk.domain.errors import Problem, RuleError
from cadre_desk.domain.visits import AT_HOME, DONE, check_visit

#: The fields of a result, in the order in which they are asked.
RESULT: Final = (
    "state",
    "done",
    "method",
    "visitors",
    "met",
    "health_change",
    "words",
    "cash_given",
    "goods_given",
    "note",
)
_HERSELF: Final = "本人"
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk: its day, who went, how; what a whole route has in common."""

    day: date
    visitors: str
    method: str = AT_HOME

    def result_of(self, cash: int | None, goods: str | None) -> dict[str, Any]:
        """A visit that went as planned: the person was met and got what was planned."""
        return {
            "state": DONE,
            "done": self.day,
            "method": self.method,
            "visitors": self.visitors,
            "met": _HERSELF,
            "cash_given": cash or None,
            "goods_given": goods,
        }


def record_results(session: Session, results: Mapping[int, Mapping[str, Any]], *, today: date) -> int:
    """Write what came of visits, by their keys; answers how many were written.

    Raises:
        RuleError: one of them breaks a rule (each problem begins with the name), or is gone; nothing is kept.
    """
    problems: list[Problem] = []
    keys, written = sorted(results), 0
    for start in range(0, len(keys), _BATCH):
        query = (
            sa.select(Visit, Person.name)
            .join(Person, Person.id == Visit.person_id)
            .where(Visit.id.in_(keys[start : start + _BATCH]))
        )
        for visit, name in session.execute(query):
            known = {key: getattr(visit, key) for key in fields_of(Visit)}
            changed = {key: value for key, value in results[visit.id].items() if known[key] != value}
            problems += [
                Problem(f"{name}：{one.text}", one.field) for one in check_visit(known | changed, today)
            ]
            records.demand_uncounted(session, Visit, known, changed)
            changed |= records.booked(session, Visit, changed, known, today)
            for key, value in changed.items():
                setattr(visit, key, value)
            written += 1
    if written < len(keys):
        problems.append(Problem(f"有 {len(keys) - written} 人已经不在这个批次里，请刷新后再登记。"))
    if problems:
        raise RuleError(problems)
    session.flush()
    return written
