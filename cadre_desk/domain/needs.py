"""诉求: the steps of a need from 提出 to 销号, and what their days must say (handbook 3, 反馈与督查)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from cadre_desk.domain.errors import Problem

#: Codes of need_state, in the order of the steps.
UNASSIGNED: Final = "1"
IN_HAND: Final = "2"
TO_ASK_BACK: Final = "3"
TO_CLOSE: Final = "4"
CLOSED: Final = "5"
#: Codes of satisfaction.
SATISFIED: Final = ("1", "2")
DISSATISFIED: Final = "3"
#: Codes of need_channel that a visit's way gives.
BY_VISIT: Final = "1"
BY_PHONE: Final = "2"
#: A need whose term ends within so many days is told on the workbench, and so is one that nobody was given
#: for so many days, or that was not asked back about.
SOON_DAYS: Final = 7
#: Each step with the field of its day, in order.
STEPS: Final = (
    ("said", "提出日期"),
    ("assigned", "交办日期"),
    ("finished", "办结日期"),
    ("asked_back", "回访日期"),
    ("closed", "销号日期"),
)


def state_of(values: Mapping[str, Any], day: date) -> str:
    """Where a need stood on a day: the last of its steps that was done by then."""
    for key, state in (
        ("closed", CLOSED),
        ("asked_back", TO_CLOSE),
        ("finished", TO_ASK_BACK),
        ("assigned", IN_HAND),
    ):
        done = values.get(key)
        if done is not None and done <= day:
            return state
    return UNASSIGNED


def check_need(values: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """What a need lacks or contradicts: days in order and not ahead, and what each step must say."""
    yield from _order_of_days(values, today)
    yield from _assigning(values)
    yield from _finishing(values)
    yield from _closing(values)


def _order_of_days(values: Mapping[str, Any], today: date) -> Iterator[Problem]:
    before, name_before = None, ""
    for key, label in STEPS:
        day = values.get(key)
        if day is None:
            continue
        if day > today:
            yield Problem(f"{label}在今天以后，请改正。", key)
        elif before is not None and day < before:
            yield Problem(f"{label}早于{name_before}，请核对。", key)
        before, name_before = day, label


def _assigning(values: Mapping[str, Any]) -> Iterator[Problem]:
    """交办 names who and until when."""
    assigned, due = values.get("assigned"), values.get("due")
    if assigned is None:
        if due is not None:
            yield Problem("填了办理期限，请填交办日期。", "assigned")
        return
    if not values.get("owner"):
        yield Problem("交办要写明责任单位。", "owner")
    if due is None:
        yield Problem("交办要写明办理期限。", "due")
    elif due < assigned:
        yield Problem("办理期限早于交办日期，请核对。", "due")


def _finishing(values: Mapping[str, Any]) -> Iterator[Problem]:
    """办结 says what was answered and what came of it."""
    finished = values.get("finished")
    if finished is None:
        if values.get("outcome"):
            yield Problem("填了办理结果，请填办结日期。", "finished")
        return
    if not values.get("outcome"):
        yield Problem("办结要选办理结果。", "outcome")
    if not values.get("answer"):
        yield Problem("办结要写明办理答复。", "answer")


def _closing(values: Mapping[str, Any]) -> Iterator[Problem]:
    """回访 follows 办结; who is not satisfied is not closed without a reason."""
    asked, satisfaction = values.get("asked_back"), values.get("satisfaction")
    if asked is not None and values.get("finished") is None:
        yield Problem("还没有办结，先填办结日期再回访。", "finished")
    if (asked is None) != (not satisfaction):
        missing = "asked_back" if asked is None else "satisfaction"
        yield Problem("回访日期和满意度要一起填。", missing)
    if values.get("closed") is None:
        return
    if values.get("finished") is None:
        yield Problem("还没有办结，不能销号。", "closed")
    if values.get("closing_note"):
        return
    if satisfaction == DISSATISFIED:
        yield Problem("回访不满意，请重新办理；确实要销号的，写明销号说明。", "closing_note")
    elif asked is None:
        yield Problem("没有回访，销号请写明销号说明。", "closing_note")


def check_reminder(values: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """What the record of 催办 contradicts."""
    day, promise = values.get("day"), values.get("promise")
    if day is not None and day > today:
        yield Problem("催办日期在今天以后，请改正。", "day")
    if day is not None and promise is not None and promise < day:
        yield Problem("对方承诺的日子早于催办日期，请核对。", "promise")
