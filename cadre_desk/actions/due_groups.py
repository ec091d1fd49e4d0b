"""What a thing that is due is made of: its line, its weight, its group; values, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cadre_desk.registers.listing import Listing


class Weight(StrEnum):
    """How much a line presses: by and by, soon, or late."""

    PLAIN = "plain"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: the name it goes by, what it is, when, the verb, and where that is done.

    ``register`` and ``record`` name a card to open, ``listing`` a list; ``place`` is another page or act:
    "backup" makes one, "settings" shows the settings, "backups" their page.
    """

    name: str
    what: str
    verb: str
    when: str = ""
    weight: Weight = Weight.PLAIN
    register: str = ""
    record: int = 0
    listing: Listing | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; ``count`` is what the whole group stands for, ``listing`` all of its records.

    ``apart``: counted by itself, not among the things of the day (a round has its own number).
    """

    key: str
    title: str
    dues: tuple[Due, ...]
    count: int
    listing: Listing | None = None
    apart: bool = False

    @property
    def late(self) -> int:
        """How many are past their day."""
        return sum(due.weight is Weight.LATE for due in self.dues)
