"""What every field is: label, rule, sensitivity, and the ways it reads, shows and hides a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from cadre_desk.domain import masking

T = TypeVar("T")


class Sensitivity(StrEnum):
    """Why a value is masked unless it is needed (《个人信息保护法》 art. 28)."""

    ID = "id"
    PHONE = "phone"
    ACCOUNT = "account"
    ADDRESS = "address"
    HEALTH = "health"


class Align(StrEnum):
    """Where a value stands in its cell, on screen and on paper."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Field(ABC, Generic[T]):
    """The facts of one value.

    ``width`` is in mm of paper at the normal body size; ``dated`` marks an attribute that is kept as
    intervals (design idea 4); ``rule`` and ``example`` stand under the label while it is typed; ``aliases``
    are headings that other people's rosters give it.
    """

    label: str
    _: KW_ONLY
    group: str = ""
    required: bool = False
    sensitive: Sensitivity | None = None
    rule: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    width: float = 20.0
    dated: bool = False

    kind: ClassVar[str] = "field"
    align: ClassVar[Align] = Align.LEFT

    def parse(self, text: str) -> T | None:
        """Understand what was typed or imported; blank is None.

        Raises:
            FieldError: the text is no such value; the message says so in the clerk's words.
        """
        stripped = text.strip().strip("　")
        return self._read(stripped) if stripped else None

    @abstractmethod
    def _read(self, text: str) -> T:
        """The value of a text that isn't blank, or `FieldError`."""

    def show(self, value: T | None) -> str:
        """The short form, for tables and papers; nothing is the empty text."""
        return "" if value is None else self._show(value)

    def _show(self, value: T) -> str:
        return str(value)

    def echo(self, value: T | None) -> str:
        """The long form that tells the clerk how the program understood what she typed."""
        return self.show(value)

    def edit(self, value: T | None) -> str:
        """The form that an editor begins with; parsing it gives the same value."""
        return self.show(value)

    def plain(self, value: T | None) -> Any:
        """The value as JSON has it: ISO dates with their precision, money in 元, codes with their label."""
        return value

    def mask(self, value: T | None) -> str:
        """The short form with what is sensitive hidden."""
        shown = self.show(value)
        if self.sensitive is None or not shown:
            return shown
        return MASKS[self.sensitive](shown)


def _mask_health(_: str) -> str:
    return "＊"


#: How each kind of sensitive value is shown outside the card (handbook section 9).
MASKS = {
    Sensitivity.ID: masking.mask_id,
    Sensitivity.PHONE: masking.mask_phone,
    Sensitivity.ACCOUNT: masking.mask_account,
    Sensitivity.ADDRESS: masking.mask_address,
    Sensitivity.HEALTH: _mask_health,
}
