"""What this computer remembers of a list from day to day: its columns in order, widths dragged by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSettings

from cadre_desk.db.places import data_folder
from cadre_desk.registers.register import Register
from cadre_desk.ui.kit import theme

#: Widths are kept as they would be with text of ordinary size.
_WHOLE: Final = 1000
_BETWEEN: Final = "|"


class ListMemory:
    """The memory of one register's list, beside the other things of this user; nothing of the ledger."""

    def __init__(self, register: Register) -> None:
        """Read what is kept."""
        self._register = register
        self._kept = QSettings(str(data_folder() / "lists.ini"), QSettings.Format.IniFormat)

    def columns(self) -> tuple[str, ...]:
        """The columns that were chosen last, those that the register still has; none for its own."""
        kept = str(self._kept.value(f"{self._register.key}/columns", ""))
        return tuple(key for key in kept.split(_BETWEEN) if key in self._register.by_key)

    def keep_columns(self, keys: Sequence[str]) -> None:
        """Remember a choice of columns; the register's own are nothing to remember."""
        own = tuple(keys) == self._register.shown
        self._kept.setValue(f"{self._register.key}/columns", "" if own else _BETWEEN.join(keys))

    def widths(self) -> dict[str, int]:
        """The widths that were dragged, in px at the text size of now."""
        found = {}
        for key in self._register.by_key:
            kept = str(self._kept.value(f"{self._register.key}/width.{key}", ""))
            if kept.isdecimal():
                found[key] = int(kept) * theme.px(_WHOLE) // _WHOLE
        return found

    def keep_width(self, key: str, width: int) -> None:
        """Remember a column's width in px."""
        if key in self._register.by_key:
            self._kept.setValue(
                f"{self._register.key}/width.{key}", str(round(width * _WHOLE / theme.px(_WHOLE)))
            )
