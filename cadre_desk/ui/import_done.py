"""写入之后: what went in, what waits, and where to go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.intake.plan import Outcome
from cadre_desk.ui.import_parts import waits
from cadre_desk.ui.import_work import Wrote
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import NORMAL, Act, button_for
from cadre_desk.ui.kit.cards import Card, Hairline, ScrollColumn
from cadre_desk.ui.kit.text import Text

REST, AGAIN, RECORDS, LIST = "rest", "again", "records", "list"


class DoneBody(ScrollColumn):
    """The end of an import. Signals: ``acted(key)``."""

    acted = Signal(str)

    def __init__(self) -> None:
        """Nothing written yet."""
        super().__init__()
        self.card = Card()
        self.card.setMaximumWidth(theme.px(720))
        self.headline = Text("", "h1", wrap=True)
        self.card.body.addWidget(self.headline)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.card.body.addLayout(self._lines)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.px(8))
        self.card.body.addLayout(self._acts)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card, 10)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.lines: list[str] = []

    def show_wrote(self, wrote: Wrote) -> None:
        """Count what went in and what stays out."""
        plan, kept = wrote.plan, wrote.kept
        measure, waiting = plan.register.measure, waits(plan)
        self.headline.setText(f"「{plan.file}」已写入 {len(kept.new) + len(kept.changed):,} {measure}")
        counts, beside = plan.counts, kept.contacts + kept.accounts
        told = [
            ("新增", f"{len(kept.new):,} {measure}"),
            ("补全和修改", f"{len(kept.changed):,} {measure}"),
            ("没有动（相同，或保留台账）", f"{counts.get(Outcome.SAME, 0):,} {measure}"),
            ("联系人、银行账户", f"{beside:,} 条" if beside else ""),
            ("一并新建的单位、支部", f"{len(kept.made):,} 个" if kept.made else ""),
            ("待处理，没有写入", f"{waiting:,} 行" if waiting else ""),
        ]
        self.lines = [f"{words} {count}" for words, count in told if count]
        self._empty(self._lines)
        for words, count in told:
            if count:
                self._lines.addWidget(_line(words, count))
                self._lines.addWidget(Hairline())
        self._lines.addWidget(Text(_safety(wrote), "small", "ink2", wrap=True))
        self._empty(self._acts)
        acts = [Act(LIST, f"看{plan.register.title}", kind=NORMAL), Act(RECORDS, "打开导入记录", kind=NORMAL)]
        if waiting:
            acts.insert(0, Act(REST, f"接着处理 {waiting:,} 行", kind=NORMAL))
        for act in acts:
            self._acts.addWidget(button_for(act, self.acted.emit))
        self._acts.addStretch(1)

    @staticmethod
    def _empty(row: QVBoxLayout | QHBoxLayout) -> None:
        while row.count():
            gone = row.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()


def _line(words: str, count: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, theme.px(6), 0, theme.px(6))
    row.addWidget(Text(words, "body"), 1)
    row.addWidget(Text(count, "name"))
    return holder


def _safety(wrote: Wrote) -> str:
    """What can be taken back, and where the rest lies."""
    told = "写入前已自动备份；这次导入是一步，可以整批撤销（Ctrl+Z）。"
    if wrote.problems is not None:
        place = f"「{wrote.problems.parent.name}」里的「{wrote.problems.name}」"
        told += f"待处理的行在{place}，每个出错的格子有批注，改好可以再导入。"
    return told + (f"{wrote.not_exported}。" if wrote.not_exported else "")
