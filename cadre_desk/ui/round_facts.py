"""The left of a round that was made: what it is about, the rules it was made with and their counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cadre_desk.domain.money import show_money, show_yuan
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.cards import Card, FieldView, Hairline
from cadre_desk.ui.round_asking import MadeRound

_LABELS: Final = ("时机", "年度", "造册", "年龄算到", "资金来源", "预算", "慰问品")


class FactsCard(Card):
    """Facts of a round; what it does not have is left out."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__("对象与标准")
        self.body.setSpacing(theme.px(2))
        self.facts = {label: FieldView(label, compact=True, label_width=64) for label in _LABELS}
        for fact in self.facts.values():
            self.body.addWidget(fact)
        self.body.addWidget(Hairline())
        self._rules = QVBoxLayout()
        self._rules.setSpacing(theme.px(2))
        self.body.addLayout(self._rules)
        self.body.addStretch(1)

    def show_round(self, made: MadeRound) -> None:
        """The facts and rules of a round."""
        told = {
            "时机": made.occasion,
            "年度": f"{made.year} 年",
            "造册": made.day,
            "年龄算到": made.ages_on,
            "资金来源": made.fund,
            "预算": f"{show_money(made.budget)} 元" if made.budget else "",
            "慰问品": made.goods or "无",
        }
        for label, words in told.items():
            self.facts[label].set_value(words)
            self.facts[label].setVisible(bool(words))
        while self._rules.count():
            old = self._rules.takeAt(0).widget()
            if isinstance(old, QWidget):
                old.hide()
                old.deleteLater()
        for rule in made.rules:
            paid = f"，每人{show_yuan(rule.cash)}元" if rule.cash else ""
            self._rules.addWidget(
                FieldView(rule.title, f"符合 {rule.hit:,} 人{paid}", compact=True, label_width=116)
            )
