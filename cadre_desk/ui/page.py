"""What every page of the window is."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from cadre_desk.db.desk import Change
from cadre_desk.ui.office import Go, Office


class Page(QWidget):
    """A page: it shows, asks and hands over; what it decides is declared elsewhere.

    ``TABLES`` are those whose changes it wants to hear of; none means all. ``HELP`` is the manual's chapter
    (a file of ``docs/手册`` without its ending, with ``#heading`` where that helps).
    """

    TABLES: ClassVar[frozenset[str]] = frozenset()
    HELP: ClassVar[str] = "开始"

    def __init__(self, office: Office) -> None:
        """Hold the office; subclasses lay out their widgets and then refresh."""
        super().__init__()
        self.office = office
        self._stale = False
        office.changed.connect(self._on_change)

    def arrive(self, go: Go) -> None:
        """Show what is asked for; called each time the page comes to the front."""
        self.refresh()

    def refresh(self) -> None:
        """Show the ledger as it is now."""

    def may_leave(self) -> bool:
        """Whether the page lets the clerk go; one with unsaved changes asks its question and says no."""
        return True

    def shut(self) -> None:
        """Stop what looks into the ledger beside the window; the desk is about to close."""

    def remains(self) -> object | None:
        """What a page made anew needs in order to stand as this one does; None where this one must stay."""
        return None

    def resume(self, remains: object) -> None:
        """Stand as the page did that left these remains; comes before ``arrive``."""

    def _on_change(self, change: Change) -> None:
        if self.TABLES and not self.TABLES & change.tables:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def freshen(self) -> None:
        """Refresh if something changed while the page was out of sight."""
        if self._stale:
            self._stale = False
            self.refresh()
