"""The foot of an import: what the next act would do, which sheet is in sight, back and on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cadre_desk.intake.plan import Plan
from cadre_desk.ui.import_parts import waits, writes
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY, Act, Button, MenuButton
from cadre_desk.ui.kit.cards import Ground, Hairline
from cadre_desk.ui.kit.text import Text

_ALL, _ONLY = "all", "only:"
_SAFE: Final = "写入前自动备份，写入后可整批撤销。待处理的行不写入，不影响其余。"
_DECIDE: Final = "还没有写入：请看每列对应得对不对，再看会改什么。"


class ImportFoot(Ground):
    """Back, on, and the sheets.

    Signals: ``back_asked()``, ``primary_asked()``, ``sheet_chosen(place)``, ``only_chosen(sheet)`` ("" for
    all sheets).
    """

    back_asked = Signal()
    primary_asked = Signal()
    sheet_chosen = Signal(int)
    only_chosen = Signal(str)

    def __init__(self) -> None:
        """Nothing to do yet."""
        super().__init__("paper")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        side = theme.space("page")
        row.setContentsMargins(side, theme.px(8), side, theme.px(8))
        row.setSpacing(theme.px(8))
        self.note = Text("", "small", "ink2", elide=True)
        row.addWidget(self.note, 1)
        self.sheets = MenuButton("工作表", (), self._choose)
        row.addWidget(self.sheets)
        self.back = Button("上一步", tip="Alt+↑")
        self.back.clicked.connect(self.back_asked)
        row.addWidget(self.back)
        self.primary = Button("下一步", PRIMARY, "check", tip="Ctrl+Enter")
        self.primary.clicked.connect(self.primary_asked)
        row.addWidget(self.primary)
        column.addLayout(row)

    def show_plan(self, plan: Plan, sheet: int, *, only: str | None, changes: bool, busy: bool) -> None:
        """While a plan is looked at: on to what would change, or writing it."""
        self.back.show()
        if changes:
            count = writes(plan)
            self.primary.set_text(f"写入 {count:,} {plan.register.measure}")
            held = bool(waits(plan))
            self.note.setText(
                _SAFE if count else f"没有要写入的：都与台账相同{'，或还待处理' if held else ''}。"
            )
            self.primary.set_allowed(bool(count) and not busy, "正在写入" if busy else self.note.text())
        else:
            self.primary.set_text("下一步：看变化")
            self.primary.set_allowed(True)
            self.note.setText(_DECIDE)
        self._show_sheets(plan, sheet, only)

    def show_done(self) -> None:
        """After writing: another file."""
        self.back.hide()
        self.sheets.hide()
        self.note.setText("")
        self.primary.set_text("再导入一份")
        self.primary.set_allowed(True)

    def _show_sheets(self, plan: Plan, sheet: int, only: str | None) -> None:
        """Which sheet is in sight, and whether the others go in too."""
        named = [(place, one) for place, one in enumerate(plan.sheets) if one.rows]
        self.sheets.setVisible(len(named) > 1 or only is not None)
        if not named:
            return
        here = plan.sheets[sheet].name
        acts = [Act(str(place), f"看「{one.name}」　{len(one.rows):,} 行") for place, one in named]
        acts.append(
            Act(f"{_ONLY}{here}", f"只导入「{here}」") if only is None else Act(_ALL, "导入全部工作表")
        )
        self.sheets.set_acts(acts)
        told = f"只导入「{here}」" if only is not None else f"共 {len(named)} 张工作表"
        self.sheets.set_text(told)

    def _choose(self, key: str) -> None:
        if key == _ALL:
            self.only_chosen.emit("")
        elif key.startswith(_ONLY):
            self.only_chosen.emit(key.removeprefix(_ONLY))
        else:
            self.sheet_chosen.emit(int(key))
