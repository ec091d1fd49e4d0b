"""Where a record of a register is opened: its own card, the card of its person, or the page it is made on."""

from __future__ import annotations

from collections.abc import Sequence

from cadre_desk.registers.register import Register
from cadre_desk.ui.office import Office

#: Registers whose records are seen on the card of their person, by the column that holds the person's key.
_ON_PERSON = {"movements": "person_key"}


def open_record(
    office: Office, register: Register, record: int, among: Sequence[int] = (), called: str = ""
) -> bool:
    """Go where a record is shown; False if there is nothing more to see of it than its row.

    ``among`` are the records that the card can step through, ``called`` what they are together.
    """
    if register.key in _ON_PERSON:
        listing = office.listing(register).showing(_ON_PERSON[register.key])
        with office.desk.read() as session:
            rows = listing.rows_of(session, [record])
        if record in rows:
            office.go("card", register="people", record=rows[record].values[0])
        return record in rows
    if register.key == "rounds":
        office.go("round", register="rounds", record=record)
    elif register.key == "users":
        office.go("system", also="users")
    elif register.form:
        office.go("card", register=register.key, record=record, among=tuple(among), also=called)
    else:
        return False
    return True
