"""What the page of a round shows: its people as rows, its cost, its papers; and how its inputs are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.actions.visits import Alarm
from cadre_desk.db.desk import Desk
from cadre_desk.domain.dates import parse_date
from cadre_desk.domain.errors import FieldError, UserError
from cadre_desk.domain.money import parse_money, rmb_words, show_money, show_yuan
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
NOT_PRINTED: Final = "未印"
#: Somebody hit by rules and not listed: person, name, rules, why.
Out = tuple[int, str, str, str]
_PERSON: Final = ("name", "age", "retire_type", "unit_post")
_LIXIU: Final = "1"
#: What was done by hand looks like what is worth a second look.
_HAND: Final = Look(tone="warn")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a round's list: why, how much in 分 (None: not known yet), what was done by hand."""

    person: int
    reason: str
    cash: int | None
    by_hand: bool = False
    cash_reason: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """A round's people as rows, with the keys of the people and what each gets, in 分."""

    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[int, ...]
    amounts: tuple[int, ...]

    @property
    def total(self) -> int:
        """What all get, in 分."""
        return sum(self.amounts)


#: All of them stand side by side at 1366 px in the largest text; who has four reasons shows them all at 标准.
COLUMNS: Final[tuple[Heading, ...]] = (
    ("序", ColumnLook(width=40, align="right", tone="ink2")),
    ("姓名", ColumnLook(width=76, keep=True, bold=True)),
    ("周岁", ColumnLook(width=58, align="right")),
    ("类别", ColumnLook(width=64, keep=True)),
    ("走访事由", ColumnLook(width=134, flex=1, tone="ink2")),
    ("原单位及职务", ColumnLook(width=96, flex=1, tone="ink2")),
    ("慰问金", ColumnLook(width=64, align="right", keep=True)),
)
ALARM_COLUMNS: Final[tuple[Heading, ...]] = (
    ("序", ColumnLook(width=44, align="right", tone="ink2")),
    ("姓名", ColumnLook(width=84, keep=True, bold=True)),
    ("提醒", ColumnLook(width=84, keep=True)),
    ("说明", ColumnLook(width=200, flex=1)),
    ("处理", ColumnLook(width=110, flex=1, tone="ink2")),
)
LEFT_OUT_COLUMNS: Final[tuple[Heading, ...]] = (
    ("序", ColumnLook(width=44, align="right", tone="ink2")),
    ("姓名", ColumnLook(width=84, keep=True, bold=True)),
    ("符合的规则", ColumnLook(width=120, tone="ink2")),
    ("未列入的原因", ColumnLook(width=200, flex=1)),
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
                Cell(one.reason, _HAND if one.by_hand else None, "手工加入" if one.by_hand else ""),
                Cell(post),
                Cell(cash, _HAND if one.cash_reason else None, one.cash_reason),
            )
        )
    keys = tuple(one.person for one in members)
    return Roll(tuple(rows), keys, tuple(one.cash or 0 for one in members))


def money_words(cash: int) -> str:
    """Whole yuan where it is whole."""
    return show_money(cash).removesuffix(".00")


def left_out_rows(people: Sequence[Out]) -> list[tuple[Cell, ...]]:
    """Who is hit and not listed, as (person, name, rules, why)."""
    return [
        (Cell(str(place)), Cell(name), Cell(reason), Cell(why))
        for place, (_, name, reason, why) in enumerate(people, start=1)
    ]


def alarm_rows(alarms: Sequence[Alarm]) -> list[tuple[Cell, ...]]:
    """What is to be looked at, and what was done about it: those that stop the money stand out."""
    return [
        (
            Cell(str(place)),
            Cell(one.name),
            Cell(one.title, Look(chip="warn") if one.holds else None),
            Cell(one.warned.text),
            Cell(f"放行：{one.waived}" if one.waived else "待处理" if one.holds else "只提醒"),
        )
        for place, one in enumerate(alarms, start=1)
    ]


@dataclass(frozen=True, slots=True)
class PaperState:
    """A paper of a round: when it was last printed, and the batch that no longer agrees ("" if none)."""

    key: str
    printed: str
    differs: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a round costs, in 分; ``each`` in words, ``couples`` a sentence, ``doubled`` None if unknown."""

    persons: int = 0
    total: int = 0
    left_out: int = 0
    doubled: int | None = None
    each: str = ""
    goods: str = ""
    budget: int = 0
    couples: str = ""


class CostCard(Card):
    """What a round costs: the sum large, in capitals, and how it comes about."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.body.setSpacing(theme.px(4))
        self.body.addWidget(Text("慰问金合计", "small", "ink2"))
        self.total = Text("—", "fig")
        self.capitals = Text("", "small", "ink2", wrap=True)
        self.body.addWidget(self.total)
        self.body.addWidget(self.capitals)
        self.body.addWidget(Hairline())
        self.persons = self._fact("列入")
        self.doubled = self._fact("符合两条以上")
        self.left_out = self._fact("未列入")
        self.each = self._fact("每人")
        self.goods = self._fact("慰问品")
        self.budget = self._fact("预算")
        self.notices = [Notice(stacked=True), Notice(stacked=True)]
        for one in self.notices:
            one.hide()
            self.body.addWidget(one)

    def _fact(self, label: str) -> Text:
        row = QHBoxLayout()
        row.addWidget(Text(label, "body", "ink2"))
        value = Text("", "name", elide=True)
        row.addStretch(1)
        row.addWidget(value)
        self.body.addLayout(row)
        return value

    def show_cost(self, cost: Cost) -> None:
        """The sums of a plan or a round."""
        self.total.setText(f"¥ {show_money(cost.total)}" if cost.total else "—")
        self.capitals.setText(rmb_words(cost.total) if cost.total else "填了每人金额就有合计。")
        self.persons.setText(f"{cost.persons:,} 人")
        self.doubled.setText(f"{cost.doubled:,} 人" if cost.doubled is not None else "—")
        self.left_out.setText(f"{cost.left_out:,} 人")
        self.each.setText(cost.each or "—")
        self.goods.setText(f"{cost.persons:,} 份" if cost.goods else "无")
        self.budget.setText(f"¥ {show_money(cost.budget)}" if cost.budget else "—")
        over = cost.total - cost.budget if cost.budget else 0
        self._warn(0, f"超出预算 {show_yuan(over)} 元，请减人或改标准。" if over > 0 else "")
        self._warn(1, cost.couples)

    def _warn(self, place: int, text: str) -> None:
        self.notices[place].setVisible(bool(text))
        if text:
            self.notices[place].say(text, WARNING)


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


def day_of(text: str) -> date | None:
    """A whole day, None while it is none."""
    try:
        day = parse_date(text)
    except UserError:
        return None
    return day.first if day.day is not None else None
