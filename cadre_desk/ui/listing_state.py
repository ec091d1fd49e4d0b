"""What a list page shows: the view it began with, conditions, order, columns and day; no widgets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from cadre_desk.actions.views import KeptView
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.conditions import Condition, Op, Plain
from cadre_desk.registers.listing import FacetCount, Listing
from cadre_desk.registers.register import Order, Register
from cadre_desk.ui.kit.buttons import Act
from cadre_desk.ui.kit.facets import FacetGroup, FacetLine

#: The view of a list that came from elsewhere: a figure's names, a line of the workbench.
BROUGHT: Final = "brought"
_WHOLE: Final = "whole"
_TURNED: Final = "turned"


@dataclass(frozen=True, slots=True)
class ViewTab:
    """A view as a tab: its key, its name, its listing, and the key of the saved view it is (0 for none)."""

    key: str
    title: str
    listing: Listing
    kept: int = 0

    @property
    def columns_are_its_own(self) -> bool:
        """Whether the view was kept with a choice of columns."""
        return bool(self.kept and self.listing.columns)


class ListState:
    """The state of one list page; every change gives another immutable listing."""

    def __init__(self, register: Register, today: date) -> None:
        """Begin with the register's first view."""
        self.register = register
        self._base = Listing(register, today)
        self._own = [
            ViewTab(f"own{place}", view.title, self._of_view(view.conditions, view.order))
            for place, view in enumerate(register.views)
        ] or [ViewTab(_WHOLE, "全部", self._base)]
        self._kept: list[ViewTab] = []
        self._brought: ViewTab | None = None
        self.view = self._own[0].key
        self.listing = self._own[0].listing

    def _of_view(self, conditions: tuple[Condition, ...], order: str) -> Listing:
        """The listing of a view that the register brings along."""
        keys = next((one.keys for one in self.register.orders if one.key == order), ())
        return replace(self._base, conditions=conditions, order=keys)

    # --- views --------------------------------------------------------------------------------------------

    def views(self) -> list[ViewTab]:
        """All views: what was brought from elsewhere, the register's own, the office's."""
        return [*([self._brought] if self._brought else []), *self._own, *self._kept]

    def tab(self, key: str = "") -> ViewTab:
        """A view by its key, the chosen one for none."""
        return next(one for one in self.views() if one.key == (key or self.view))

    def set_kept(self, kept: Sequence[KeptView]) -> None:
        """The office's views; one that asks for what the register no longer has is left out."""
        self._kept = []
        for one in kept:
            try:
                listing = self._base.from_json(one.listing)
                listing.words()
                listing.shown  # noqa: B018 - a column that is gone raises
            except (UserError, ValueError, KeyError):
                continue
            self._kept.append(ViewTab(f"kept{one.id}", one.title, listing, one.id))
        if self.view not in {one.key for one in self.views()}:
            self.view = self._own[0].key

    def choose(self, key: str) -> None:
        """Show a view; what was typed and the day stay, order and columns unless the view has its own."""
        self.view = key
        wanted = self.tab().listing
        now = self.listing
        self.listing = replace(
            wanted,
            text=wanted.text or now.text,
            order=wanted.order or now.order,
            columns=wanted.columns or now.columns,
            as_of_day=wanted.as_of_day or now.as_of_day,
        )

    def take_over(self, other: ListState) -> None:
        """Stand where the state of an earlier page of the same register stood."""
        self._kept, self._brought = other._kept, other._brought
        self.view, self.listing = other.view, other.listing

    def bring(self, listing: Listing, title: str) -> None:
        """Show a listing that came from elsewhere: as the view that it is, else under a tab of its own."""
        plain = not listing.text and listing.only is None and listing.owner is None
        same = [one for one in (*self._own, *self._kept) if one.listing.conditions == listing.conditions]
        if plain and same and not title:
            self.choose(same[0].key)
            self.listing = replace(self.listing, text="", as_of_day=listing.as_of_day)
            return
        self._brought = ViewTab(BROUGHT, title or "所查名单", replace(listing, text=""))
        self.view = BROUGHT
        self.listing = replace(listing, columns=listing.columns or self.listing.columns)

    @property
    def is_changed(self) -> bool:
        """Whether conditions, order, columns or text differ from those of the chosen view."""
        wanted, now = self.tab().listing, self.listing
        order = wanted.order or self.register.orders[0].keys
        return (
            now.conditions != wanted.conditions
            or now.text != wanted.text
            or (now.order or self.register.orders[0].keys) != order
            or now.shown != wanted.shown
        )

    # --- conditions ---------------------------------------------------------------------------------------

    def toggle(self, group: str, line: str, *, on: bool) -> None:
        """Choose or leave one value of a facet."""
        facet = next(one for one in self.register.facets if one.key == group)
        op = Op.BETWEEN if facet.bands else Op.IN
        step = 2 if facet.bands else 1
        before = self.condition(group)
        values = before.values if before is not None and before.op is op else ()
        parts = [values[at : at + step] for at in range(0, len(values), step)]
        wanted = tuple(json.loads(line))
        parts = [part for part in parts if part != wanted] + ([wanted] if on else [])
        self.set_condition(group, Condition(group, op, sum(sorted(parts, key=_low), ())) if parts else None)

    def condition(self, key: str) -> Condition | None:
        """The condition on a column."""
        return next((one for one in self.listing.conditions if one.key == key), None)

    def set_condition(self, key: str, condition: Condition | None) -> None:
        """Put a condition in the place of the one on its column, or take that away."""
        if condition is None:
            self.listing = self.listing.without(key)
        elif self.condition(key) is None:
            self.listing = self.listing.where(condition)
        else:
            changed = tuple(condition if one.key == key else one for one in self.listing.conditions)
            self.listing = replace(self.listing, conditions=changed)

    def clear(self) -> None:
        """No condition, no text, no picked records: the whole register, in the same order."""
        self.listing = replace(self.listing, conditions=(), text="", only=None, owner=None)
        self._name_whole()

    def _name_whole(self) -> None:
        """A list without any condition is no longer the view it began with: it stands as 全部."""
        now = self.listing
        if now.conditions or now.text or now.only is not None or now.owner is not None:
            return
        whole = next((one for one in (*self._own, *self._kept) if not one.listing.conditions), None)
        if whole is None:
            self._brought = whole = ViewTab(BROUGHT, "全部", self._base)
        self.view = whole.key

    def chips(self) -> list[tuple[str, str]]:
        """The conditions in force as (key, words)."""
        found = [(one.key, self._words(one)) for one in self.listing.conditions]
        if self.listing.only is not None or self.listing.owner is not None:
            found.insert(0, (BROUGHT, self._brought.title if self._brought else "所查名单"))
        return found

    def _words(self, condition: Condition) -> str:
        """A condition as a clerk says it: 80–84、85–89 is 80–89."""
        if condition.op is Op.BETWEEN:
            condition = replace(condition, values=_joined(condition.values))
        return condition.words(self.register.column(condition.key))

    def drop(self, key: str) -> None:
        """Take one of the chips away."""
        if key == BROUGHT:
            self.listing = replace(self.listing, only=None, owner=None)
        else:
            self.listing = self.listing.without(key)
        self._name_whole()

    # --- the rest -----------------------------------------------------------------------------------------

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Sort by one column; an official order that begins with it brings the columns behind it."""
        order = next((one.keys for one in self.register.orders if one.keys[0] == (key, descending)), None)
        self.listing = self.listing.sorted_by(*(order or ((key, descending),)))

    def _order(self) -> Order | None:
        """The official order in force, if it is one of those."""
        keys = self.listing.order
        return next((one for one in self.register.orders if one.keys == keys or not keys), None)

    def order_title(self) -> str:
        """The name of the order in force; one by a column says which way."""
        official = self._order()
        if official is not None:
            return official.title
        key, descending = self.listing.order[0]
        return f"{self.register.column(key).heading} {'↓' if descending else '↑'}"

    def orders(self) -> list[Act]:
        """The orders to choose from: the official ones and that of the column in force, which is ticked."""
        official = self._order()
        acts = [Act(one.key, one.title, holds=one is official) for one in self.register.orders]
        if official is None:
            key, descending = self.listing.order[0]
            heading = self.register.column(key).heading
            ways = ((False, "升序 ↑"), (True, "降序 ↓"))
            acts += [
                Act(_TURNED if way is not descending else "", f"{heading}：{words}", holds=way is descending)
                for way, words in ways
            ]
            return acts
        return [*acts, Act(_TURNED, "倒过来排")]

    def choose_order(self, key: str) -> None:
        """Sort by an official order, or turn the one in force round."""
        keys = self.listing.order or self.register.orders[0].keys
        if key == _TURNED:
            keys = tuple((one, not descending) for one, descending in keys)
        elif key:
            keys = next(one.keys for one in self.register.orders if one.key == key)
        self.listing = self.listing.sorted_by(*keys)

    def facet_groups(self, counted: Mapping[str, Sequence[FacetCount]]) -> list[FacetGroup]:
        """The facets as the panel shows them."""
        return [
            FacetGroup(facet.key, facet.title, self._lines(facet.key, counted[facet.key]))
            for facet in self.register.facets
            if counted.get(facet.key)
        ]

    def _lines(self, key: str, counted: Sequence[FacetCount]) -> list[FacetLine]:
        condition = self.condition(key)
        values = condition.values if condition is not None and condition.op in {Op.IN, Op.BETWEEN} else ()
        step = 2 if condition is not None and condition.op is Op.BETWEEN else 1
        chosen = {values[at : at + step] for at in range(0, len(values), step)}
        return [
            FacetLine(json.dumps(one.values), one.label, one.count, chosen=one.values in chosen)
            for one in counted
        ]


def _low(part: tuple[Plain, ...]) -> tuple[bool, str | int]:
    """Ranges in the order of their lower end, open ones first; single values as they were chosen."""
    return (part[0] != "", part[0] if isinstance(part[0], int) else 0)


def _joined(values: tuple[Plain, ...]) -> tuple[Plain, ...]:
    """Ranges that follow each other as one."""
    pairs = [values[at : at + 2] for at in range(0, len(values), 2)]
    joined: list[Plain] = list(pairs[0])
    for before, after in pairwise(pairs):
        if isinstance(before[1], int) and isinstance(after[0], int) and after[0] == before[1] + 1:
            joined[-1] = after[1]
        else:
            joined += after
    return tuple(joined)
