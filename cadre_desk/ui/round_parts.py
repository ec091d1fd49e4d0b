"""What the page of a round is made of: who may be chosen, its people as rows, its cost, its papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.actions import papers, views, visits
from cadre_desk.db.desk import Desk
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import FieldError, UserError
from cadre_desk.domain.money import parse_money, rmb_words, show_money, show_yuan
from cadre_desk.export.issue import differs_from_print
from cadre_desk.export.papers.catalogue import paper
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.listing import Listing
from cadre_desk.ui.cells import Cell, words_of
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, Button
from cadre_desk.ui.kit.cards import Card, Hairline
from cadre_desk.ui.kit.notices import WARNING, Notice
from cadre_desk.ui.kit.roles import ColumnLook, Look
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.still_rows import Heading

#: What a round prints, with its icon.
PAPERS: Final = (("visit_roster", "慰问名册", "list"), ("receipt", "慰问金签领表", "money"))
_PERSON: Final = ("name", "age", "retire_type", "unit_post")
_LIXIU: Final = "1"
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A listing of people that a round may be planned over, under its name."""

    title: str
    listing: Listing


def choices(desk: Desk, everybody: Listing) -> list[Choice]:
    """The views of people, the program's own first."""
    people = everybody.register
    found = [Choice(view.title, everybody.where(*view.conditions)) for view in people.views]
    with desk.read() as session:
        kept = views.views_of(session, people)
    return found + [Choice(view.title, everybody.from_json(view.listing)) for view in kept]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a round's list: why, and how much in 分 (None before the amount is known)."""

    person: int
    reason: str
    cash: int | None


@dataclass(frozen=True, slots=True)
class Roll:
    """A round's people as rows, with the keys of the people; ``total`` in 分."""

    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[int, ...]
    total: int


COLUMNS: Final[tuple[Heading, ...]] = (
    ("序", ColumnLook(width=44, align="right", tone="ink2")),
    ("姓名", ColumnLook(width=84, keep=True, bold=True)),
    ("周岁", ColumnLook(width=48, align="right")),
    ("类别", ColumnLook(width=68)),
    ("走访事由", ColumnLook(width=84, tone="ink2")),
    ("原单位及职务", ColumnLook(width=130, flex=1, tone="ink2")),
    ("慰问金", ColumnLook(width=72, align="right", keep=True)),
)
LEFT_OUT_COLUMNS: Final[tuple[Heading, ...]] = (
    ("序", ColumnLook(width=44, align="right", tone="ink2")),
    ("姓名", ColumnLook(width=84, keep=True, bold=True)),
    ("未列入的原因", ColumnLook(width=240, flex=1)),
)


def roll_of(desk: Desk, everybody: Listing, members: Sequence[Member]) -> Roll:
    """The members as rows, in their order."""
    people = everybody.register
    columns = [people.column(key) for key in _PERSON]
    with desk.read() as session:
        found = everybody.showing(*_PERSON).rows_of(session, [one.person for one in members])
    rows = []
    for place, one in enumerate(members, start=1):
        values = found[one.person].values
        name, age, kind, post = (
            words_of(people, column, value) for column, value in zip(columns, values, strict=True)
        )
        gold = Look(chip="gold") if values[2] == _LIXIU else None
        cash = "" if one.cash is None else money_words(one.cash)
        rows.append(
            (
                Cell(str(place)),
                Cell(name),
                Cell(age),
                Cell(kind, gold),
                Cell(one.reason),
                Cell(post),
                Cell(cash),
            )
        )
    keys = tuple(one.person for one in members)
    return Roll(tuple(rows), keys, sum(one.cash or 0 for one in members))


def money_words(cash: int) -> str:
    """Whole yuan where it is whole."""
    return show_money(cash).removesuffix(".00")


def left_out_rows(plan: visits.RoundPlan) -> list[tuple[Cell, ...]]:
    """Who is not listed and why."""
    return [
        (Cell(str(place)), Cell(name), Cell(why))
        for place, (_, name, why) in enumerate(plan.left_out, start=1)
    ]


@dataclass(frozen=True, slots=True)
class PaperState:
    """A paper of a round: when it was last printed, and the batch that no longer agrees ("" if none)."""

    key: str
    printed: str
    differs: str


@dataclass(frozen=True, slots=True)
class MadeRound:
    """A round as it is in the ledger."""

    record: int
    title: str
    year: int
    occasion: str
    day: str
    rule: str
    goods: str
    roll: Roll
    papers: tuple[PaperState, ...]


def read_round(ledger: Ledger, everybody: Listing, record: int) -> MadeRound | None:
    """A round with its people and papers; None if it is gone."""
    desk = ledger.desk
    rounds = Listing(register("rounds"), everybody.today)
    with desk.read() as session:
        row = (
            rounds.showing("title", "year", "occasion", "day", "rule").rows_of(session, [record]).get(record)
        )
        if row is None:
            return None
        visited = visits.visits_of(session, record)
        members = [Member(one.person_id, one.reason or "", one.cash) for one in visited]
        goods = next((one.goods for one in visited if one.goods), "")
        states = []
        for key, _, _ in PAPERS:
            last = papers.last_print(session, key, str(record))
            differs = differs_from_print(session, ledger, paper(key).about(record)) if last else ""
            states.append(PaperState(key, f"{last.at:%m-%d} 已印" if last else "未印", differs))
    title, year, occasion, day, rule = row.values
    return MadeRound(
        record,
        title,
        year,
        codes.table("occasion").label(occasion),
        PartialDate.of(day).words(),
        rule,
        goods or "",
        roll_of(desk, everybody, members),
        tuple(states),
    )


class CostCard(Card):
    """What a round costs: the sum large, in capitals, and how it comes about."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.body.setSpacing(theme.px(6))
        self.body.addWidget(Text("慰问金合计", "small", "ink2"))
        self.total = Text("—", "fig")
        self.capitals = Text("", "small", "ink2", wrap=True)
        self.body.addWidget(self.total)
        self.body.addWidget(self.capitals)
        self.body.addWidget(Hairline())
        self.persons = self._fact("列入")
        self.each = self._fact("每人")
        self.goods = self._fact("慰问品")
        self.left_out = self._fact("未列入")

    def _fact(self, label: str) -> Text:
        row = QHBoxLayout()
        row.addWidget(Text(label, "body", "ink2"))
        value = Text("", "name", elide=True)
        row.addStretch(1)
        row.addWidget(value)
        self.body.addLayout(row)
        return value

    def show_cost(self, persons: int, each: int | None, total: int, goods: str, left_out: int | None) -> None:
        """The sums of a plan or a round; ``each`` is None where amounts differ or none is known."""
        self.total.setText(f"¥ {show_money(total)}" if total else "—")
        self.capitals.setText(rmb_words(total) if total else "填了每人金额就有合计。")
        self.persons.setText(f"{persons:,} 人")
        self.each.setText(f"{show_yuan(each)}" if each else "—")
        self.goods.setText(f"{persons:,} 份" if goods else "无")
        self.left_out.setText("—" if left_out is None else f"{left_out:,} 人")


class PapersCard(Card):
    """The papers of a round, each with whether it was printed and still agrees. Signals: ``asked(key)``."""

    asked = Signal(str)

    def __init__(self) -> None:
        """All of them, not printed."""
        super().__init__("纸件")
        self.set_margins(12, 6, 12, 8)
        self.body.setSpacing(theme.px(2))
        self.buttons: dict[str, Button] = {}
        self._states: dict[str, Text] = {}
        self._notices: dict[str, Notice] = {}
        for key, title, icon in PAPERS:
            self.body.addWidget(self._line(key, title, icon))

    def _line(self, key: str, title: str, icon: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        button = Button(title, LINK, icon)
        button.clicked.connect(lambda: self.asked.emit(key))
        state = Text("", "cap", "ink2")
        row.addWidget(button)
        row.addStretch(1)
        row.addWidget(state)
        notice = Notice(edged=True)
        notice.hide()
        column.addLayout(row)
        column.addWidget(notice)
        self.buttons[key], self._states[key], self._notices[key] = button, state, notice
        return holder

    def show_papers(self, states: Sequence[PaperState]) -> None:
        """How each paper stands; none before the round is made."""
        told = {one.key: one for one in states}
        for key, state in self._states.items():
            one = told.get(key)
            state.setText(one.printed if one else "先建立批次")
            self.buttons[key].set_allowed(one is not None, "先建立批次")
            differs = one.differs if one else ""
            self._notices[key].setVisible(bool(differs))
            if differs:
                self._notices[key].say(f"数据已改，与印出的 {differs} 不一致，请重印。", WARNING)


def read_year(text: str) -> str:
    """Echo a year.

    Raises:
        FieldError: it has no four digits.
    """
    if not year_of(text):
        msg = "年度要写四位数，例如 2026。"
        raise FieldError(msg)
    return f"{text.strip()} 年"


def year_of(text: str) -> int:
    """A year of four digits, or 0."""
    bare = text.strip()
    return int(bare) if _YEAR.fullmatch(bare) else 0


def read_cash(text: str) -> str:
    """Echo an amount in 大写.

    Raises:
        FieldError: it is no amount, or nothing.
    """
    fen = parse_money(text)
    if fen <= 0:
        msg = "慰问金要大于 0 元。"
        raise FieldError(msg)
    return rmb_words(fen)


def cash_of(text: str) -> int:
    """The amount in 分, 0 while it is none."""
    try:
        return max(parse_money(text), 0) if text.strip() else 0
    except UserError:
        return 0
