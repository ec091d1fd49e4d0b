"""Every register by its key."""

from __future__ import annotations

from cadre_desk.domain.errors import UserError
from cadre_desk.registers.inspections import CHECKS, INSPECTIONS
from cadre_desk.registers.needs import NEEDS, REMINDERS
from cadre_desk.registers.office import BRANCHES, CODE_AMENDMENTS, MEMBERSHIPS, PLACES, UNITS
from cadre_desk.registers.people import ACCOUNTS, CONTACTS, MOVEMENTS, PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.registers.trust import ACTS, BACKUPS, IMPORTS, PAPERS, USERS
from cadre_desk.registers.visits import ROUNDS, STANDARDS, VISITS

_ALL = (
    PEOPLE,
    CONTACTS,
    ACCOUNTS,
    MOVEMENTS,
    UNITS,
    PLACES,
    BRANCHES,
    MEMBERSHIPS,
    ROUNDS,
    VISITS,
    STANDARDS,
    NEEDS,
    REMINDERS,
    INSPECTIONS,
    CHECKS,
    CODE_AMENDMENTS,
    ACTS,
    IMPORTS,
    USERS,
    PAPERS,
    BACKUPS,
)

REGISTERS: dict[str, Register] = {one.key: one for one in _ALL}


def register(key: str) -> Register:
    """One register.

    Raises:
        UserError: there is none of that key; the sentence names those there are.
    """
    if key not in REGISTERS:
        msg = f"没有「{key}」这个登记簿。可用的有：{'、'.join(REGISTERS)}。"
        raise UserError(msg)
    return REGISTERS[key]
