"""Counts that come a moment after the rows: facets, totals and the views' tabs, never in the way of a key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from cadre_desk.registers.listing import FacetCount, Listing
from cadre_desk.registers.register import Total
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.background import Background

#: How long the keyboard rests before counts are asked for, in ms.
_AFTER = 120

Facets = dict[str, list[FacetCount]]
Totals = list[tuple[Total, float | int | None]]


class ListCounts(QObject):
    """Asks for the counts of one list beside the window.

    Signals: ``facets_counted(facets)``, ``totals_counted(totals)``, ``views_counted(counts)``; only for the
    listing asked for last.
    """

    facets_counted = Signal(object)
    totals_counted = Signal(object)
    views_counted = Signal(object)

    def __init__(self, shelf: Shelf, background: Background, name: str, parent: QObject) -> None:
        """``name`` keeps the questions of one page apart from those of others."""
        super().__init__(parent)
        self._shelf, self._background, self._name = shelf, background, name
        self._listing: Listing | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.timeout.connect(self._ask)

    def want(self, listing: Listing) -> None:
        """Count a listing as soon as the keyboard rests."""
        self._listing = listing
        self._background.drop(f"{self._name}.counts")
        self._timer.start()

    def want_views(self, views: Mapping[str, Listing]) -> None:
        """Count the views."""
        asked = dict(views)
        self._background.ask(
            f"{self._name}.views",
            lambda: {key: self._shelf.count(listing) for key, listing in asked.items()},
            self.views_counted.emit,
        )

    def stop(self) -> None:
        """Ask for nothing more; what is being counted is not told."""
        self._timer.stop()
        for question in ("counts", "views", "orders"):
            self._background.drop(f"{self._name}.{question}")

    def is_idle(self) -> bool:
        """Whether nothing is wanted any more."""
        return not self._timer.isActive() and self._background.is_idle()

    def _ask(self) -> None:
        listing = self._listing
        if listing is None:
            return

        def count() -> tuple[Totals, Facets]:
            return self._shelf.totals(listing), self._shelf.facets(listing)

        def tell(found: tuple[Totals, Facets]) -> None:
            self.totals_counted.emit(found[0])
            self.facets_counted.emit(found[1])
            self._bring_orders(listing)

        self._background.ask(f"{self._name}.counts", count, tell)

    def _bring_orders(self, listing: Listing) -> None:
        """Bring the official orders to hand, so that another sort needs no wait."""
        orders = [listing.sorted_by(*one.keys) for one in listing.register.orders]
        if all(self._shelf.has(one) for one in orders):
            return

        def bring() -> None:
            for one in orders:
                self._shelf.ids(one)

        self._background.ask(f"{self._name}.orders", bring, lambda _: None)
