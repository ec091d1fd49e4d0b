"""The pages of the desk: one table of what there is, where it belongs, and how the clerk came here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtWidgets import QWidget

from cadre_desk.domain.errors import UserError
from cadre_desk.registers.catalogue import REGISTERS, register
from cadre_desk.registers.register import Register
from cadre_desk.registers.shelf import Shelf
from cadre_desk.ui.background import Background
from cadre_desk.ui.kit.rail import Place
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page

#: The places of the rail in their groups; hairlines stand between.
PLACES: Final = (
    (Place("today", "工作台", "today", "Ctrl+1"),),
    (
        Place("people", "老干部", "people", "Ctrl+2"),
        Place("branches", "党支部", "flag", "Ctrl+3"),
        Place("visits", "走访慰问", "gift", "Ctrl+4"),
    ),
    (Place("figures", "统计年报", "stats", "Ctrl+5"), Place("system", "系统", "settings", "Ctrl+6")),
)
_TITLES: Final = {
    "card": "登记卡",
    "edit": "修改",
    "import": "导入",
    "round": "走访批次",
    "results": "登记结果",
}
#: What each place begins with.
FIRST: Final = {
    "today": Go("today"),
    "people": Go("list", "people"),
    "branches": Go("list", "branches"),
    "visits": Go("list", "rounds"),
    "figures": Go("figures"),
    "system": Go("system"),
}
#: Pages that one doesn't come back to: what was typed there is kept or dropped by then.
_PASSING: Final = frozenset({"edit", "import"})
_MOST: Final = 30
#: Pages of which each register has its own: a person's card is not that of her branch.
_OF_A_REGISTER: Final = frozenset({"list", "card"})


def _today(office: Office) -> Page:
    from cadre_desk.ui.today_page import TodayPage

    return TodayPage(office)


def _card(office: Office) -> Page:
    from cadre_desk.ui.card_page import CardPage

    return CardPage(office)


def _edit(office: Office) -> Page:
    from cadre_desk.ui.form_page import FormPage

    return FormPage(office)


def _figures(office: Office) -> Page:
    from cadre_desk.ui.figures_page import FiguresPage

    return FiguresPage(office)


def _import(office: Office) -> Page:
    from cadre_desk.ui.import_page import ImportPage

    return ImportPage(office)


def _round(office: Office) -> Page:
    from cadre_desk.ui.round_page import RoundPage

    return RoundPage(office)


def _results(office: Office) -> Page:
    from cadre_desk.ui.results_page import ResultsPage

    return ResultsPage(office)


def _system(office: Office) -> Page:
    from cadre_desk.ui.system_page import SystemPage

    return SystemPage(office)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: how it is made (its module is loaded then), and its place ("" for that of the register)."""

    make: Callable[[Office], Page]
    place: str = ""


#: Every page by its key; ``list`` is made for each register apart.
PAGES: Final[dict[str, PageSpec]] = {
    "today": PageSpec(_today, "today"),
    "card": PageSpec(_card),
    "edit": PageSpec(_edit),
    "import": PageSpec(_import),
    "round": PageSpec(_round, "visits"),
    "results": PageSpec(_results, "visits"),
    "figures": PageSpec(_figures, "figures"),
    "system": PageSpec(_system, "system"),
}
LIST: Final = "list"
#: How many pages out of sight are kept whole, of those that can be made anew as they were.
KEPT_PAGES: Final = 2


class Pages:
    """The pages of one office, each made when it is first asked for."""

    def __init__(self, office: Office, shelf: Shelf, background: Background) -> None:
        """No page yet."""
        self._office, self._shelf, self._background = office, shelf, background
        self.made: dict[str, Page] = {}
        self._remains: dict[str, object] = {}

    def page(self, go: Go) -> Page:
        """The page that shows what is asked for.

        Raises:
            UserError: there is no such page or register.
        """
        key = f"{LIST}:{go.register}" if go.page == LIST else go.page
        page = self.made.pop(key, None)
        if page is None:
            page = self._make(go)
            if key in self._remains:
                page.resume(self._remains.pop(key))
        self.made[key] = page
        self._put_away()
        return page

    def forget(self, page: Page) -> None:
        """A page that did not come about: it is made anew when it is asked for again."""
        self.made = {key: one for key, one in self.made.items() if one is not page}
        page.shut()
        page.deleteLater()

    def _put_away(self) -> None:
        """Of the pages that can come back as they were, only the latest stay: a page's widgets are large."""
        able = [key for key, page in self.made.items() if page.isHidden() and not _has_window(page)]
        left = {key: self.made[key].remains() for key in able}
        found = [key for key in able if left[key] is not None]
        for key in found[: max(len(found) - KEPT_PAGES, 0)]:
            self._remains[key] = left[key]
            page = self.made.pop(key)
            page.shut()
            page.deleteLater()

    def _make(self, go: Go) -> Page:
        if go.page == LIST:
            return self._list(register(go.register))
        if go.page not in PAGES:
            raise UserError("这一页还没有，请在左边另选一处。")
        return PAGES[go.page].make(self._office)

    def _list(self, wanted: Register) -> Page:
        from cadre_desk.ui.acts_page import ActsPage
        from cadre_desk.ui.list_page import ListPage

        kind = ActsPage if wanted.key == "acts" else ListPage
        return kind(self._office, wanted, self._shelf, self._background)


def _has_window(page: Page) -> bool:
    """Whether a dialog of the page is open."""
    return any(one.isWindow() and one.isVisible() for one in page.findChildren(QWidget))


def place_of(go: Go) -> str:
    """The place of the rail that a page belongs to."""
    spec = PAGES.get(go.page)
    if spec is not None and spec.place:
        return spec.place
    return register(go.register).place if go.register else "system"


def title_of(go: Go) -> str:
    """What a page is called when it is spoken of."""
    if go.page in _TITLES:
        return _TITLES[go.page]
    if go.register in REGISTERS:
        return REGISTERS[go.register].title
    places = {place.key: place.label for group in PLACES for place in group}
    return places.get(go.page, go.page)


class Trail:
    """The way the clerk came: where Esc and Alt+Left lead."""

    def __init__(self) -> None:
        """Nowhere yet."""
        self._steps: list[Go] = []

    @property
    def here(self) -> Go | None:
        """Where the clerk is."""
        return self._steps[-1] if self._steps else None

    def went(self, go: Go) -> None:
        """The clerk came to a page; back to the one before, or on to the next record, is no new step."""
        before = self._steps[-2] if len(self._steps) > 1 else None
        here = self.here
        if before is not None and _same_page(before, go) and go.listing is None and go.page == LIST:
            self._steps.pop()
            self._steps[-1] = replace(go, listing=None)
            return
        if here is not None and here.page in _PASSING:
            self._steps.pop()
        if self._steps and _same_page(self._steps[-1], go):
            self._steps.pop()
        self._steps.append(go)
        del self._steps[:-_MOST]

    def back(self) -> Go | None:
        """The page before this one, as it was left; None at the beginning."""
        if len(self._steps) < 2:  # noqa: PLR2004 - here and before
            return None
        self._steps.pop()
        before = self._steps.pop()
        return replace(before, listing=None) if before.page == LIST else before


def _same_page(one: Go, other: Go) -> bool:
    """Whether two ways lead to the same page (the same list, or the card whoever of a register is on it)."""
    return one.page == other.page and (one.page not in _OF_A_REGISTER or one.register == other.register)
