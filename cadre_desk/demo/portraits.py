"""The people of the target pictures and of the hard cases, one by one (resources/demo/portraits.tsv)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from cadre_desk.db.base import fields_of
from cadre_desk.db.models import Person
from cadre_desk.demo.life import Arrival, Life
from cadre_desk.demo.lists import rows
from cadre_desk.demo.offices import Offices, Post, partial
from cadre_desk.demo.scale import OPENING
from cadre_desk.domain.dates import PartialDate

_ENTERED: Final = date(2021, 1, 6)
_BALANCE: Final = "10"


def lives(offices: Offices) -> list[Life]:
    """Those people as the opening roster has them; all of them are alive and on the books today."""
    return [_life(row, offices) for row in rows("portraits")]


def told(life: Life) -> dict[str, Any]:
    """The columns that the portrait settles, by name; what it leaves open is thrown for as for anybody."""
    fields = fields_of(Person)
    pairs = (part.split("=", 1) for part in life.portrait.get("columns", "").split("|") if part)
    return {key: fields[key].parse(text) for key, text in pairs}


def _life(row: dict[str, str], offices: Offices) -> Life:
    retired = partial(row["retired"])
    life = Life(
        sex=row["sex"],
        born=date.fromisoformat(row["born"]),
        arrival=Arrival(_BALANCE, PartialDate.of(OPENING), _ENTERED, reason="建账时在册"),
        office=offices.named(row["unit"]),
        post=Post(row["post"], row["level"], row["title"]),
        retired=retired.first if retired else OPENING,
        lixiu=row["lixiu"] == "是",
        leading=row["leading"],
        name=row["name"],
        portrait=row,
    )
    life.flags.update(filter(None, row["flags"].split(",")))
    return life
