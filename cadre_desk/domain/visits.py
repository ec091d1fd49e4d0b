"""What comes of a visit or a call, and what its record must say (handbook 3, visit record)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from cadre_desk.domain.errors import Problem

#: Codes of visit_state.
PLANNED: Final = "1"
DONE: Final = "2"
ABSENT: Final = "3"
MOVED: Final = "5"
REFUSED: Final = "6"
#: Who still has to be visited: nobody went yet, or nobody was at home.
WAITING: Final = (PLANNED, ABSENT)
#: Codes of visit_method: where somebody goes in person, two go.
AT_HOME: Final = "1"
IN_HOSPITAL: Final = "2"
BY_PHONE: Final = "3"
BY_VIDEO: Final = "4"
_IN_PERSON: Final = frozenset({AT_HOME, IN_HOSPITAL})
_TWO: Final = 2
_BETWEEN: Final = re.compile("[、，,；;\\s]+")


def names_in(visitors: str | None) -> list[str]:
    """The names of those who went, each once."""
    return list(dict.fromkeys(name for name in _BETWEEN.split(visitors or "") if name))


def check_visit(values: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """What the record of a visit lacks or contradicts.

    A result needs its day; who was reached needs how and by whom, in person by two (handbook 3). Money is
    handed only to whom was reached.
    """
    state, day = values.get("state"), values.get("done")
    if values.get("round_id") is not None and values.get("cash") is None:
        yield Problem("名册上的人要有慰问金，没有就填 0。", "cash")
    if state == PLANNED:
        if day is not None:
            yield Problem("填了走访日期，请选走访结果。", "state")
    elif day is None:
        yield Problem("请填走访日期。", "done")
    elif day > today:
        yield Problem("走访日期在今天以后，请改正。", "done")
    if state == DONE:
        yield from _who_went(values)
    elif values.get("cash_given"):
        yield Problem(
            "没有见到本人，实发慰问金请清空；已转交的请把结果选为已走访并写明见到谁。", "cash_given"
        )
    if (values.get("cash_given") or 0) < 0:
        yield Problem("实发慰问金不能小于 0。", "cash_given")


def _who_went(values: Mapping[str, Any]) -> Iterator[Problem]:
    method, went = values.get("method"), names_in(values.get("visitors"))
    if not method:
        yield Problem("请填走访方式。", "method")
    if not went:
        yield Problem("请填走访人。", "visitors")
    elif method in _IN_PERSON and len(went) < _TWO:
        yield Problem("上门和到医院要两人以上，请补走访人。", "visitors")
