"""What is done with a list or its ticked records: add to a round, change, print, export, carry on."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cadre_desk.export.issue import Issued, Way, issue
from cadre_desk.export.papers.catalogue import roster_of
from cadre_desk.registers.listing import Listing
from cadre_desk.ui.bulk_edit import BulkEdit
from cadre_desk.ui.carry_dialog import CarryDialog
from cadre_desk.ui.export_dialog import ExportDialog, file_for
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.office import Office


class SelectionActs(QObject):
    """The acts over a listing, for one list page."""

    def __init__(self, page: QWidget, office: Office) -> None:
        """``page`` is what dialogs and drawers open over."""
        super().__init__(page)
        self._page, self._office = page, office
        self.bulk: BulkEdit | None = None

    def do(self, act: str, listing: Listing, count: int, view: str) -> None:
        """Do an act by its key; ``view`` names the list on what leaves the office."""
        if act == "round":
            self._office.go("round", listing=listing)
        elif act == "print":
            self._office.go("preview", listing=listing, also=view)
        elif act == "export":
            self.ask_export(listing, count, view)
        elif act == "bulk":
            self._change(listing)
        elif act == "carry":
            CarryDialog(self._page.window(), self._office).open()

    def ask_export(self, listing: Listing, count: int, view: str) -> ExportDialog:
        """Ask what the export is for."""
        dialog = ExportDialog(self._page.window(), listing, count)
        dialog.asked.connect(
            lambda masked, purpose: self.export(listing, view, masked=masked, purpose=purpose)
        )
        dialog.open()
        return dialog

    def export(self, listing: Listing, view: str, *, masked: bool, purpose: str) -> None:
        """Write a workbook beside the ledger, and say where it lies."""
        ledger = self._office.ledger
        path = file_for(ledger.path, f"{view or listing.register.title}名册")
        wanted = roster_of(listing, view=view)

        def work(_: Progress) -> Issued:
            path.parent.mkdir(exist_ok=True)
            return issue(ledger, wanted, Way.XLSX, path, masked=masked, purpose=purpose)

        def done(made: Issued) -> None:
            measure = listing.register.measure
            detail = f"{made.persons:,} {measure}，{made.path.parent}，批次号 {made.batch}"
            self._office.tell("已导出", detail=detail, file=made.path)

        self._office.jobs.run(f"正在导出 {path.name}", work, done)

    def _change(self, listing: Listing) -> None:
        """Open the drawer for changing many."""
        if self.bulk is None:
            self.bulk = BulkEdit(self._page, self._office, listing.register)
        self.bulk.offer(listing)
