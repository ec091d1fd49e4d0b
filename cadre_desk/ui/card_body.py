"""The paper of a card: its tabs, the fields on each, what belongs to the record, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from cadre_desk.actions.history import held_by, history_of
from cadre_desk.actions.related import Relation, relations_to
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register
from cadre_desk.ui.card_facts import CardFacts
from cadre_desk.ui.card_layout import BASIC, FAMILY, HISTORY, MOVES, PARTY, VISITS, layout_of
from cadre_desk.ui.card_parts import Belongings, Fields
from cadre_desk.ui.card_tabs import CardTabs
from cadre_desk.ui.history import HeldList, HistoryList
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import TOOL, Button
from cadre_desk.ui.kit.parts import Card, Hairline, ScrollColumn, Tab
from cadre_desk.ui.office import Office

SURVIVORS: Final = "遗属"
#: Where what belongs to a person is listed: tab, columns and title, by register and link.
_PLACES: Final[Mapping[tuple[str, str], tuple[str, tuple[str, ...], str]]] = {
    ("contacts", "person_id"): (
        FAMILY,
        ("name", "relation", "workplace", "phone", "emergency", "remote"),
        "家庭成员与联系人",
    ),
    ("accounts", "person_id"): (
        FAMILY,
        ("holder", "bank", "card_no", "relation", "since", "until"),
        "银行账户",
    ),
    ("memberships", "person_id"): (
        PARTY,
        ("branch_id", "joined", "left", "leave_kind", "letter_no"),
        "历次组织关系",
    ),
    ("visits", "person_id"): (
        VISITS,
        ("day", "state", "method", "reason", "visitors", "cash_given", "round_id"),
        "历次走访与联系",
    ),
    ("needs", "person_id"): (
        VISITS,
        ("title", "kind", "said", "owner", "due", "state", "satisfaction"),
        "诉求",
    ),
    ("checks", "person_id"): (
        VISITS,
        ("inspection_id", "visited", "visitors", "checked", "checkers", "result"),
        "督查抽查",
    ),
    ("movements", "person_id"): (
        MOVES,
        ("kind", "happened", "booked", "late", "other_place", "reason"),
        "增减变动",
    ),
    ("people", "spouse_of_id"): (FAMILY, ("name", "sex", "age", "status", "phone"), SURVIVORS),
}
_FIRST_ACTS: Final = 20
_EARLIER: Final = 100
_DEAD: Final = "2"


class CardBody(Card):
    """The tabs of a record's card.

    Signals: ``reveal_asked(key)`` from 显示; ``opened(register, record)``, ``add_asked(register, link)`` and
    ``all_asked(register, link)`` from the lists of what belongs to it; ``edit_asked()``;
    ``undo_asked(entry)``; ``moved(tab)``.
    """

    reveal_asked = Signal(str)
    opened = Signal(str, int)
    add_asked = Signal(str, str)
    all_asked = Signal(str, str)
    edit_asked = Signal()
    undo_asked = Signal(object)
    moved = Signal(str)

    def __init__(self, office: Office, register: Register) -> None:
        """The tabs of a register, without a record."""
        super().__init__()
        self.setObjectName(f"body-{register.key}")
        self.office, self.register = office, register
        self.layout_ = layout_of(register)
        self.facts: CardFacts | None = None
        self.sections: list[Fields] = []
        self.lists: dict[tuple[str, str], Belongings] = {}
        self._columns: dict[str, ScrollColumn] = {}
        self._shown: set[str] = set()
        self._tabs: list[Tab] = []
        self._limit = _FIRST_ACTS
        self.set_margins(1, 0, 1, 1)
        self.body.setSpacing(0)
        self.tabs = CardTabs()
        self.tabs.chosen.connect(self.show_tab)
        self.edit = Button("编辑 F2", TOOL, "edit")
        self.edit.clicked.connect(self.edit_asked)
        self.edit.setVisible(bool(register.form))
        strip = QHBoxLayout()
        strip.setContentsMargins(theme.px(4), 0, theme.px(10), 0)
        strip.addWidget(self.tabs, 1)
        strip.addWidget(self.edit)
        self.body.addLayout(strip)
        self.body.addWidget(Hairline())
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self._build()

    def _build(self) -> None:
        """A column for each tab: sections, then lists."""
        for tab, _ in (*self.layout_.tabs, *self._own_tabs()):
            self._column(tab)
        for section in self.layout_.sections:
            if section.read:
                fields = Fields(section)
                fields.reveal_asked.connect(self.reveal_asked)
                self.sections.append(fields)
                self._columns[section.tab].column.addWidget(fields)
        for relation in relations_to(self.register):
            self._build_list(relation)
        self.held = HeldList()
        self.history = HistoryList()
        self.history.undo_asked.connect(self.undo_asked)
        self.history.more_asked.connect(self._show_earlier)
        if self.register is PEOPLE:
            self._columns[MOVES].column.addWidget(self.held)
        else:
            self._columns[HISTORY].column.addWidget(self.held)
        self._columns[HISTORY].column.addWidget(self.history)
        for area in self._columns.values():
            area.column.addStretch(1)

    def _column(self, tab: str) -> None:
        area = ScrollColumn()
        area.setObjectName(f"tab-{tab}")
        side = theme.space("card")
        area.column.setContentsMargins(side, theme.px(10), side, theme.px(10))
        area.column.setSpacing(theme.px(6))
        self._columns[tab] = area
        self._stack.addWidget(area)

    def _own_tabs(self) -> list[tuple[str, str]]:
        """Tabs beside those of the layout: a list of each register that links here, and the history."""
        lists = [] if self.register is PEOPLE else relations_to(self.register)
        return [(_key(one), _title(one, lists)) for one in lists] + [(HISTORY, "历史")]

    def _build_list(self, relation: Relation) -> None:
        link = (relation.register.key, relation.key)
        shown = tuple(key for key in relation.register.shown if key != relation.key)[:7]
        place = (_key(relation), shown, relation.register.title)
        tab, columns, title = _PLACES.get(link, place) if self.register is PEOPLE else place
        noun = title if title == SURVIVORS else relation.noun
        made = Belongings(self.office, relation, columns, title, noun)
        made.opened.connect(self.opened)
        made.add_asked.connect(lambda key, link=relation.key: self.add_asked.emit(key, link))
        made.all_asked.connect(lambda key, link=relation.key: self.all_asked.emit(key, link))
        self.lists[link] = made
        self._columns[tab].column.addWidget(made)

    def show_record(self, facts: CardFacts) -> None:
        """Show a record, on the tab that is in sight; the other tabs are filled when they are asked for."""
        self.facts = facts
        self._shown.clear()
        self._limit = _FIRST_ACTS
        chips = _chips(facts)
        for fields in self.sections:
            fields.show_facts(facts, self.layout_, chips)
        for made in self.lists.values():
            made.show_of(facts.record)
        survivors = self.lists.get(("people", "spouse_of_id"))
        if survivors is not None:
            survivors.setVisible(survivors.count > 0 or facts.values["status"] == _DEAD)
        self._show_tabs()
        self.show_tab(self.tabs.current() or BASIC)

    def _show_tabs(self) -> None:
        """The tabs with their counts; those of other registers only where something links here."""
        now = self.tabs.current() or BASIC
        counts = {_key(made.relation): made.count for made in self.lists.values()}
        tabs = []
        for tab, label in (*self.layout_.tabs, *self._own_tabs()):
            count = self.lists["visits", "person_id"].count if tab == VISITS else counts.get(tab)
            if self.register is PEOPLE or count is None or count or tab == now:
                tabs.append(Tab(tab, label, count or None))
        if tabs != self._tabs:
            self._tabs = tabs
            self.tabs.set_tabs(tabs, now)

    def show_tab(self, tab: str) -> None:
        """Bring a tab into sight."""
        self.tabs.set_current(tab)
        self._stack.setCurrentWidget(self._columns[tab])
        if tab in {MOVES, HISTORY} and tab not in self._shown:
            self._shown.add(tab)
            self._show_past()
        self.moved.emit(tab)

    def return_to(self, tab: str) -> None:
        """Bring a tab into sight again, if the record has it."""
        if tab in {one.key for one in self._tabs}:
            self.show_tab(tab)

    def _show_past(self) -> None:
        """Dated facts and acts, read when they are asked for."""
        if self.facts is None:
            return
        today = self.office.today()
        with self.office.desk.read() as session:
            held = held_by(session, self.register, self.facts.record, today=today)
            acts = history_of(session, self.register, self.facts.record, today=today, limit=self._limit + 1)
        self.held.show_held(held)
        self.held.setVisible(bool(held))
        self.history.show_entries(acts[: self._limit], more=len(acts) > self._limit)

    def _show_earlier(self) -> None:
        self._limit += _EARLIER
        self._show_past()

    def reveal(self, key: str) -> None:
        """Show a masked value whole, wherever it stands."""
        for fields in self.sections:
            if self.facts is not None and key in fields.views:
                fields.reveal(key, self.facts.words[key])


def _key(relation: Relation) -> str:
    """The tab of a list of its own."""
    return f"{relation.register.key}.{relation.key}"


def _title(relation: Relation, all_: list[Relation]) -> str:
    """The register's title; with the link's label where two links of one register lead here."""
    same = [one for one in all_ if one.register is relation.register]
    title = relation.register.title
    return title if len(same) == 1 else f"{title}（{relation.register.column(relation.key).heading}）"


def _chips(facts: CardFacts) -> dict[str, str]:
    """What is odd about a value: how far the card's birth date lies from the archive's."""
    archive, card = facts.values.get("birth_archive"), facts.values.get("birth_id")
    if archive is None or card is None or archive.month is None:
        return {}
    months = abs(12 * (card.year - archive.year) + card.month - archive.month)
    return {"birth_id": f"差 {months} 个月"} if months else {}
