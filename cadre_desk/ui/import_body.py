"""A plan to be seen: headings over their fields, the numbers, the rows as they would be, the problems."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QVBoxLayout, QWidget

from cadre_desk.intake.plan import Plan, PlannedSheet, Policy
from cadre_desk.ui import import_parts as parts
from cadre_desk.ui.import_answers import problems_of
from cadre_desk.ui.import_columns import told_fields
from cadre_desk.ui.import_heads import HeadStrip
from cadre_desk.ui.import_problems import MOST_PROBLEMS, ProblemList
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, Button
from cadre_desk.ui.kit.cards import Card, Hairline
from cadre_desk.ui.kit.marks import Chip
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.still_rows import StillRows

#: The policies as they are chosen, and what each does.
POLICIES: Final = (
    (Policy.FILL, "只补空白", "空着的补上；和台账不同的列为冲突，不定就不改"),
    (Policy.OVERWRITE, "覆盖", "不同的改成表中的值，原值留在历史里；表中空着的不动"),
    (Policy.ADD_ONLY, "只新增", "只写台账里没有的，已有的一栏也不动"),
)
_ROW: Final = 40
_FROZEN: Final = 3


class ImportBody(QWidget):
    """One sheet of a plan.

    Signals: ``column_asked(letter)`` from a heading, ``answered(answer)``, ``policy_chosen(policy)``,
    ``export_asked()`` for the rows that stay out. F4 goes to the next row that waits, Enter into its answers.
    """

    column_asked = Signal(str)
    answered = Signal(object)
    policy_chosen = Signal(object)
    export_asked = Signal()

    def __init__(self) -> None:
        """No plan yet."""
        super().__init__()
        self._plan: Plan | None = None
        self._sheet: PlannedSheet | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._build_heads())
        column.addLayout(self._build_numbers())
        row = QHBoxLayout()
        row.setSpacing(theme.space("gap"))
        row.addWidget(self._build_rows(), 1)
        row.addWidget(self._build_problems())
        column.addLayout(row, 1)

    def _build_heads(self) -> Card:
        card = self.head_card = Card()
        card.set_margins(12, 6, 12, 4)
        card.body.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.addWidget(Text("表头对应", "head"))
        self.head_note = Text("", "small", "ink2", elide=True)
        row.addWidget(self.head_note, 1)
        card.body.addLayout(row)
        self.heads = HeadStrip()
        self.heads.asked.connect(self.column_asked)
        card.body.addWidget(self.heads)
        return card

    def _build_numbers(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.numbers = parts.NumberFilters()
        self.numbers.chosen.connect(lambda _key: self._show_rows())
        row.addWidget(self.numbers)
        row.addStretch(1)
        self.policy_label = Text("已有值时", "small", "ink2")
        row.addWidget(self.policy_label)
        self.policy = QComboBox()
        self.policy.setView(QListView())
        self.policy.setAccessibleName("已有值时怎么办")
        for policy, words, _ in POLICIES:
            self.policy.addItem(words, policy)
        self.policy.activated.connect(lambda place: self.policy_chosen.emit(POLICIES[place][0]))
        row.addWidget(self.policy)
        both = QVBoxLayout()
        both.setSpacing(theme.px(2))
        both.addLayout(row)
        self.policy_note = Text("", "cap", "ink2", elide=True)
        self.policy_note.setAlignment(Qt.AlignmentFlag.AlignRight)
        both.addWidget(self.policy_note)
        return both

    def _build_rows(self) -> Card:
        card = Card()
        card.set_margins(1, 1, 1, 1)
        card.body.setSpacing(0)
        self.rows = StillRows((("行", parts.ROW_LOOK),))
        self.table = RegisterTable("导入后的样子")
        self.table.set_row_height(_ROW)
        self.table.set_ruled(ruled=True)
        self.table.setModel(self.rows)
        self.table.current_moved.connect(lambda row: self.problems.bring(self._row_of(row)))
        self.table.opened.connect(lambda row: self.problems.go_into(self._row_of(row)))
        self.next_problem = QShortcut(QKeySequence("F4"), self)
        self.next_problem.activated.connect(self.go_to_problem)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(Hairline())
        legend = QHBoxLayout()
        legend.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(5))
        legend.setSpacing(theme.px(8))
        legend.addWidget(Text("颜色", "cap", "ink2"))
        for words, kind in (("新填入", "ok"), ("改动：划去的是原值", "warn"), ("须由人决定", "bad")):
            legend.addWidget(Chip(words, kind))
        legend.addStretch(1)
        self.range = Text("", "cap", "ink2")
        legend.addWidget(self.range)
        self.table.range_moved.connect(self._show_range)
        card.body.addLayout(legend)
        return card

    def _build_problems(self) -> Card:
        card = Card("问题")
        card.set_margins(0, 0, 0, 0)
        card.setFixedWidth(theme.px(288))
        card.body.setSpacing(0)
        self.problem_note = Text("", "small", "ink2")
        card.add_head(self.problem_note)
        self.problems = ProblemList()
        self.problems.answered.connect(self.answered)
        self.problems.row_asked.connect(self.go_to_row)
        card.body.addWidget(self.problems, 1)
        card.body.addWidget(Hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        self.more = Text("", "small", "ink2")
        foot.addWidget(self.more)
        foot.addStretch(1)
        self.export = Button("导出问题行", LINK)
        self.export.clicked.connect(self.export_asked)
        foot.addWidget(self.export)
        card.body.addLayout(foot)
        return card

    # --- what is shown ------------------------------------------------------------------------------------

    def show_plan(self, plan: Plan, sheet: PlannedSheet) -> None:
        """Show a sheet of a plan; the filter in force and the row the keyboard is on stay."""
        self._plan, self._sheet = plan, sheet
        self.head_note.setText(parts.head_words(sheet))
        self.heads.show_columns(sheet.columns, lambda column: told_fields(plan, column))
        place = [policy for policy, _, _ in POLICIES].index(plan.policy)
        self.policy.setCurrentIndex(place)
        self.policy_note.setText(f"{POLICIES[place][1]}：{POLICIES[place][2]}")
        self.numbers.show_counts(parts.counts_of(sheet))
        self._show_rows()
        self._show_problems(plan, sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the rows come before the headings, which have a step of their own."""
        super().resizeEvent(event)
        self.head_card.setVisible(narrow(self) < Room.FEW_BUTTONS)

    def show_all(self) -> None:
        """No filter."""
        self.numbers.filters[parts.ALL].setChecked(True)

    def _show_rows(self) -> None:
        if self._plan is None or self._sheet is None:
            return
        plan, sheet = self._plan, self._sheet
        before = self._row_of(self.table.current_row())
        seen = parts.rows_for(sheet, self.numbers.current())
        self.rows.show_rows(
            [parts.plan_cells(plan, sheet, row) for row in seen],
            [row.row for row in seen],
            parts.plan_columns(plan, sheet),
        )
        self.table.set_frozen(min(_FROZEN, self.rows.columnCount()))
        at = next((place for place, row in enumerate(seen) if row.row == before), 0)
        self.table.go_to(at)

    def _show_range(self, first: int, last: int) -> None:
        if last < 0:
            self.range.setText("没有这样的行")
            return
        rows = f"第 {self.rows.key(first) + 1}–{self.rows.key(last) + 1} 行"
        self.range.setText(f"{rows}，共 {self.rows.rowCount():,} 行")

    def _show_problems(self, plan: Plan, sheet: PlannedSheet) -> None:
        found = problems_of(plan, sheet)
        stops = sum(one.stops for one in found)
        self.problems.show_problems(found)
        self.problem_note.setText(f"{stops} 个要处理，{len(found) - stops} 个看一看" if found else "没有问题")
        self.problems.bring(self._row_of(self.table.current_row()))
        rest = len(found) - MOST_PROBLEMS
        self.more.setText(f"还有 {rest} 个" if rest > 0 else "")
        self.export.set_allowed(bool(parts.waits(plan)), "没有待处理的行")

    def _row_of(self, place: int) -> int:
        """The row of the sheet that stands at a place of the table; -2 for none."""
        key = self.rows.key(place)
        return -2 if key is None else int(key)

    def go_to_problem(self) -> None:
        """What must be said for a whole column first; then the next row that waits, round and round."""
        if self.problems.go_into_shared():
            return
        here = self._row_of(self.table.current_row())
        rows = sorted(
            {one.row for one in self.problems.shown if one.row >= 0 and not one.shared and one.answers}
        )
        later = [row for row in rows if row > here] or rows
        if later:
            self.go_to_row(later[0])
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_row(self, row: int) -> None:
        """Bring the row of a problem into sight, whatever filter is in force."""
        self.numbers.filters[parts.ALL].setChecked(True)
        self._show_rows()
        for place in range(self.rows.rowCount()):
            if self.rows.key(place) == row:
                self.table.go_to(place)
