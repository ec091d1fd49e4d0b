"""Whom figures count: the listings that the catalogue narrows, each for a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from cadre_desk.domain.visits import DONE
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.conditions import Condition, Op, Plain
from cadre_desk.registers.listing import Listing
from cadre_desk.stats.figure import Period

Scope = Callable[[Period], Listing]
#: 「光荣在党50年」 counts as of 1 July of the year (handbook 1.5).
_PARTY_DAY: Final = (7, 1)
#: Branches that count: 单独, 联合, 社区; 临时 and 功能型 are listed apart (handbook B13, B14).
_COUNTED: Final = ("1", "2", "3")
_APART: Final = ("4", "5")


def one_of(key: str, *values: Plain) -> Condition:
    """A column has one of these values."""
    return Condition(key, Op.IN, values)


def between(key: str, low: Plain, high: Plain) -> Condition:
    """A column lies between two values, both counted; "" leaves an end open."""
    return Condition(key, Op.BETWEEN, (low, high))


def booked(key: str, period: Period) -> Condition:
    """An 入账日 lies in the period."""
    return between(key, period.first.isoformat(), period.last.isoformat())


def party_day(period: Period) -> date:
    """1 July of the year, or the last day where that comes before."""
    return min(period.last, date(period.last.year, *_PARTY_DAY))


def on_books(*conditions: Condition, kind: str = "1", day: Callable[[Period], date] | None = None) -> Scope:
    """离退休干部 (kind 1; headlines count nobody else, handbook 7.1) on the books on a day, the last one."""

    def rows(period: Period) -> Listing:
        people = Listing(register("people"), period.today).at(day(period) if day else period.last)
        return people.where(one_of("status", "1"), one_of("person_kind", kind), *conditions)

    return rows


def opening() -> Scope:
    """离退休干部 on the books when the period began: 期初."""
    return on_books(day=lambda period: period.before)


def moved(*conditions: Condition) -> Scope:
    """Movements of 离退休干部 booked in the period."""

    def rows(period: Period) -> Listing:
        movements = Listing(register("movements"), period.today)
        return movements.where(booked("booked", period), *conditions, one_of("person_kind", "1"))

    return rows


def reached(*conditions: Condition, gone: bool = False) -> Scope:
    """离退休干部 whom a visit or call booked in the period reached: on the books on the last day, or gone."""

    def rows(period: Period) -> Listing:
        people = Listing(register("people"), period.today).at(period.last)
        status = Condition("status", Op.NOT_IN if gone else Op.IN, ("1",))
        return people.where(status, one_of("person_kind", "1"), booked("contact_booked", period), *conditions)

    return rows


def unreached() -> Scope:
    """离退休干部 on the books on the last day whom nothing booked in the period reached."""

    def rows(period: Period) -> Listing:
        return on_books(_not_since(period))(period)

    return rows


def _not_since(period: Period) -> Condition:
    """No contact was booked from the first day on."""
    return Condition("contact_booked", Op.NOT_SINCE, (period.first.isoformat(),))


def visits(*conditions: Condition) -> Scope:
    """Visits and calls booked in the period that reached 离退休干部."""
    return _visits("done_booked", one_of("state", DONE), *conditions)


def visits_planned(*conditions: Condition) -> Scope:
    """Visits that were planned for a day of the period."""
    return _visits("planned", *conditions)


def _visits(day: str, *conditions: Condition) -> Scope:
    def rows(period: Period) -> Listing:
        found = Listing(register("visits"), period.today)
        return found.where(booked(day, period), *conditions, one_of("person_kind", "1"))

    return rows


def needs(day: str, *conditions: Condition) -> Scope:
    """Needs whose 入账日 (raised, finished) lies in the period."""
    return lambda period: Listing(register("needs"), period.today).where(booked(day, period), *conditions)


def needs_finished() -> Scope:
    """Needs raised in the period and finished by its last day."""

    def rows(period: Period) -> Listing:
        done = Condition("finished_booked", Op.BETWEEN, ("", period.last.isoformat()))
        return needs("booked", done)(period)

    return rows


def checks(day: str, *conditions: Condition) -> Scope:
    """Visits that were drawn, or looked into, on a day of the period."""
    return lambda period: Listing(register("checks"), period.today).where(booked(day, period), *conditions)


def branches(*conditions: Condition, apart: bool = False) -> Scope:
    """Branches as of the last day: those that count, or those that are listed apart."""

    def rows(period: Period) -> Listing:
        found = Listing(register("branches"), period.today).at(period.last)
        return found.where(one_of("kind", *(_APART if apart else _COUNTED)), *conditions)

    return rows


def branches_booked(key: str) -> Scope:
    """Branches that count whose 入账日 of founding or closing lies in the period."""
    return lambda period: branches(booked(key, period))(period)


def members(*conditions: Condition) -> Scope:
    """Memberships that last on the last day."""

    def rows(period: Period) -> Listing:
        found = Listing(register("memberships"), period.today).at(period.last)
        return found.where(one_of("current", True), *conditions)

    return rows


def members_booked(key: str) -> Scope:
    """Memberships whose 入账日 of coming or going lies in the period."""

    def rows(period: Period) -> Listing:
        return Listing(register("memberships"), period.today).where(booked(key, period))

    return rows
