"""What was understood of one cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cadre_desk.domain.errors import Severity


@dataclass(frozen=True, slots=True)
class Read:
    """What one cell says.

    ``value`` None says nothing. ``aside`` is text to be kept in the note; ``also`` are values of other fields
    that the cell told (张三（女）); ``readings`` are what an unclear date may mean, to be settled later.
    """

    value: Any = None
    problem: str = ""
    severity: Severity = Severity.WARN
    aside: str = ""
    also: tuple[tuple[str, Any], ...] = ()
    readings: tuple[Any, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether there is a value and nothing to be said of it."""
        return self.value is not None and not (self.problem or self.aside or self.also or self.readings)


NOTHING: Final = Read()


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record of another register that a roster names and the ledger lacks; made when the plan is kept."""

    register: str
    name: str

    def __str__(self) -> str:
        return f"{self.name}（新建）"


@dataclass(frozen=True, slots=True)
class Namesake:
    """A name that several people of the ledger have; it says something only of whom it is already known."""

    name: str
    problem: str

    def __str__(self) -> str:
        return self.name
