"""What a new round is asked by: the rules with live counts and what each pays, and the standard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from cadre_desk.actions.visits.sources import LAST, VIEW
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.rounds import Amounts
from cadre_desk.registers.round_rules import ROUND_RULES, RoundRule
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.cards import Card
from cadre_desk.ui.kit.inputs import ChoiceInput, Input, LineInput, chain
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.round_parts import cash_of, day_of, year_of

SPRING: Final = "01"
LIXIU: Final = "lixiu"
_PAIR_LEAST: Final = 92


class RuleLine(QWidget):
    """One rule: a tick, its number where it has one, how many it hits, what it pays instead of the standard.

    Signals: ``changed()``.
    """

    changed = Signal()

    def __init__(self, key: str, title: str, *, least: int = 0, note: str = "") -> None:
        """``title`` has a place {} for the number of a rule that has one."""
        super().__init__()
        self.key = key
        before, _, after = title.partition("{}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self.tick = QCheckBox(before)
        self.tick.setFont(theme.font("small"))
        self.tick.setMinimumHeight(theme.px(26))
        self.tick.toggled.connect(lambda _on: self.changed.emit())
        row.addWidget(self.tick)
        self.number = self._edit(theme.px(36), str(least) if least else "")
        self.number.setVisible(bool(least))
        self._after = Text(after, "small")
        self._after.setVisible(bool(after))
        row.addWidget(self.number)
        row.addWidget(self._after)
        row.addStretch(1)
        self.count = Text("", "name")
        row.addWidget(self.count)
        self.cash = self._edit(theme.px(64), "")
        self.cash.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.cash.setPlaceholderText("同每人")
        row.addWidget(self.cash)
        self._least = least
        self.set_title(title)
        self.setToolTip(note)

    def _edit(self, width: int, text: str) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setFont(theme.font("small"))
        edit.setFixedSize(QSize(width, theme.px(26)))
        edit.textChanged.connect(lambda _text: self.changed.emit())
        return edit

    def set_title(self, title: str) -> None:
        """Another title; those who cannot see hear it whole."""
        before, _, _after = title.partition("{}")
        whole = title.format(self.least()) if "{}" in title else title
        self.tick.setText(before)
        self.tick.setAccessibleName(whole)
        self.number.setAccessibleName(f"{whole}：数")
        self.cash.setAccessibleName(f"{whole}：每人慰问金")

    def least(self) -> int:
        """The number of the rule; its own where none was typed."""
        text = self.number.text().strip()
        return int(text) if text.isdecimal() and int(text) else self._least

    def amount(self) -> int:
        """What it pays in 分; 0 if as everybody."""
        return cash_of(self.cash.text())

    def show_count(self, count: int | None) -> None:
        """How many it hits; None while that is not known."""
        self.count.setText("" if count is None else f"{count:,}")


class RulesCard(Card):
    """The rules of a new round. Signals: ``changed()``."""

    changed = Signal()

    def __init__(self) -> None:
        """The declared rules, the last list, and a saved view."""
        super().__init__("对象规则", "")
        self.set_margins(12, 6, 10, 8)
        self.body.setSpacing(theme.px(1))
        self.note.setText("勾选，去重后列入")
        self.body.addLayout(self._heads())
        self.lines: dict[str, RuleLine] = {}
        self._picked = self._add(RuleLine("", ""))
        for rule in ROUND_RULES:
            self._add(_line_of(rule))
        self._last = self._add(RuleLine(LAST, "去年同一时机的名单"))
        self.view = ChoiceInput("常用视图")
        self.view.changed.connect(self.changed)
        self.body.addWidget(self.view)
        self.body.addStretch(1)

    @staticmethod
    def _heads() -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Text("规则", "cap", "ink2"))
        row.addStretch(1)
        row.addWidget(Text("符合", "cap", "ink2"))
        pay = Text("元／人", "cap", "ink2")
        pay.setFixedWidth(theme.px(64))
        pay.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(pay)
        return row

    def _add(self, line: RuleLine) -> RuleLine:
        line.changed.connect(self.changed)
        if line.key:
            self.lines[line.key] = line
        self.body.addWidget(line)
        return line

    def begin(self, views: tuple[tuple[str, str], ...], picked: str = "") -> None:
        """A new round: all 离休 are ticked, or what was ``picked`` elsewhere; ``views`` as (key, title)."""
        self.blockSignals(True)
        self.lines = {key: line for key, line in self.lines.items() if line is not self._picked}
        self._picked.setVisible(bool(picked))
        self._picked.key = VIEW + picked
        self._picked.set_title(picked)
        if picked:
            self.lines = {self._picked.key: self._picked, **self.lines}
        for line in self.lines.values():
            line.tick.setChecked(line is self._picked or (not picked and line.key == LIXIU))
            line.cash.clear()
        self.view.set_choices([("", "（不用）"), *views])
        self.blockSignals(False)

    def ticked(self) -> frozenset[str]:
        """The keys of the rules chosen."""
        chosen = {key for key, line in self.lines.items() if line.tick.isChecked()}
        return frozenset(chosen | ({self.view.value} if self.view.value else set()))

    def least(self) -> dict[str, int]:
        """The numbers of the rules that have one."""
        return {key: line.least() for key, line in self.lines.items() if line.least()}

    def by_rule(self) -> dict[str, int]:
        """What single rules pay, in 分."""
        found = {key: line.amount() for key, line in self.lines.items() if line.tick.isChecked()}
        return {key: cash for key, cash in found.items() if cash}

    def show_counts(self, counts: Mapping[str, int], last: str) -> None:
        """How many each rule hits, and what the last list is called."""
        for key, line in self.lines.items():
            line.show_count(counts.get(key))
        self._last.set_title(last or "去年同一时机的名单")


def _line_of(rule: RoundRule) -> RuleLine:
    return RuleLine(rule.key, rule.title, least=rule.least, note=rule.note)


_TYPE_CASH: Final = "如 600 元"


class StandardCard(Card):
    """The standard of a new round: occasion, year, amounts, fund, budget, the day of ages.

    Signals: ``changed()``, ``finished()`` when Enter leaves the last input.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self) -> None:
        """Empty inputs."""
        super().__init__()
        self.set_margins(12, 8, 12, 8)
        occasions = [(one.code, one.short) for one in codes.table("occasion").choices]
        self.occasion = ChoiceInput("时机", occasions)
        self.year = LineInput("年度")
        self.cash = LineInput("每人", prompt=_TYPE_CASH)
        self.goods = LineInput("慰问品", prompt="可不填")
        self.fund = LineInput("资金来源", prompt="可不填")
        self.budget = LineInput("预算", prompt="可不填")
        self.ages_on = LineInput("年龄算到哪一天", prompt="如 2026.2.17")
        self.cash.set_required(True)
        self.inputs: tuple[Input, ...] = (
            self.occasion,
            self.year,
            self.cash,
            self.goods,
            self.fund,
            self.budget,
            self.ages_on,
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        for place, one in enumerate(self.inputs):
            one.setMinimumWidth(theme.px(_PAIR_LEAST))
            last = one is self.ages_on
            grid.addWidget(one, place // 2, place % 2, 1, 2 if last else 1)
            one.changed.connect(self.changed)
        self.body.addLayout(grid)
        chain(self.inputs)
        self.ages_on.next_asked.connect(self.finished)

    def begin(self, today: date) -> None:
        """春节 of this year, no amount yet, ages as of today."""
        self.blockSignals(True)
        self.occasion.set_value(SPRING)
        self.year.set_value(today.year)
        for one in (self.cash, self.goods, self.fund, self.budget):
            one.set_value("")
        self.ages_on.set_value(PartialDate.of(today).show())
        self.blockSignals(False)

    def problem(self) -> str:
        """What keeps a plan from being made; "" for nothing."""
        if not year_of(str(self.year.value)):
            return "请填年度，例如 2026。"
        return "" if day_of(str(self.ages_on.value)) else "请填年龄算到哪一天，例如 2026.2.17。"

    def show_standard(self, persons: int) -> None:
        """How many have a 慰问标准: amounts and goods that are left open follow it."""
        self.cash.set_required(not persons)
        self.cash.line.setPlaceholderText("不填按标准" if persons else _TYPE_CASH)
        self.goods.line.setPlaceholderText("不填按标准" if persons else "可不填")

    def day(self) -> date | None:
        """The day of ages."""
        return day_of(str(self.ages_on.value))

    def amounts(self, by_rule: Mapping[str, int]) -> Amounts:
        """What each is paid, with what single rules pay."""
        return Amounts(cash_of(str(self.cash.value)), dict(by_rule))
