"""对表头: which column of the file goes to which field, how that is known, and what was read otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.domain import pinyin
from cadre_desk.domain.fields import AnyField
from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.intake.plan import Plan, PlannedSheet
from cadre_desk.intake.words import By
from cadre_desk.ui.cells import Cell
from cadre_desk.ui.import_answers import questions_of
from cadre_desk.ui.import_parts import head_words
from cadre_desk.ui.import_problems import ProblemList
from cadre_desk.ui.import_work import Cleaned, Looked
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import SMALL, Button
from cadre_desk.ui.kit.cards import Card
from cadre_desk.ui.kit.inputs import CodeInput
from cadre_desk.ui.kit.roles import ColumnLook, Look
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.still_rows import Heading, StillRows

_SAMPLES: Final = 3
_HOW: Final = {By.NAME: "表头", By.SYNONYM: "同义", By.CONTENT: "内容", By.REMEMBERED: "上次记住"}
_BESIDE: Final = {"contact": "联系人", "account": "账户"}
_NONE: Final = "-"
_HEADINGS: Final[tuple[Heading, ...]] = (
    ("列", ColumnLook(width=40, align="center", tone="ink2")),
    ("表头", ColumnLook(width=132, bold=True)),
    ("对应栏目", ColumnLook(width=150)),
    ("怎么知道", ColumnLook(width=76, tone="ink2")),
    ("前几个值", ColumnLook(width=220, flex=3, tone="ink2")),
    ("整理", ColumnLook(width=150, flex=2, tone="ink2")),
)


def field_label(plan: Plan, key: str) -> str:
    """A field as the clerk reads it, with whose it is where it is no field of the register itself."""
    beside, _, _ = key.partition(".")
    label = plan.fields[key].label
    return f"{_BESIDE[beside]}·{label}" if beside in _BESIDE and "." in key else label


def told_fields(plan: Plan, column: MappedColumn) -> str:
    """Which fields a column fills, "" for none."""
    return " + ".join(field_label(plan, key) for key in column.fields if key in plan.fields)


def field_lines(plan: Plan) -> list[tuple[str, str, str]]:
    """The fields to choose from as (key, label, initials): the register's own, then what stands beside."""
    own = [key for key in plan.register.form if key in plan.fields]
    beside = [key for key in plan.fields if "." in key]
    rest = [key for key in plan.fields if key.startswith("person_") and key not in own]
    keys = [*own, *beside, *(rest if plan.register.key != "people" else ())]
    lines = [(key, field_label(plan, key)) for key in keys]
    if {"last_unit", "last_post"} <= set(own):
        both = ("last_unit+last_post", f"{plan.fields['last_unit'].label} + {plan.fields['last_post'].label}")
        lines.insert(0, both)
    return [
        (_NONE, "不导入这一列", "bdr"),
        *((key, label, pinyin.text_initials(label)) for key, label in lines),
    ]


def cleaned_words(cleaned: Cleaned | None) -> str:
    """What was read otherwise than it is written: 19 个：1953.1 → 1953年10月."""
    if cleaned is None:
        return ""
    example = f"：{cleaned.before} → {cleaned.after}" if cleaned.before else "（空格、全角等）"
    return f"{cleaned.count:,} 个{example}"


class ColumnsBody(QWidget):
    """The columns of one sheet, and at the right the one the keyboard is on.

    Signals: ``mapped(column letter, field key)`` ("" for not taken), ``answered(answer)``.
    """

    mapped = Signal(str, str)
    answered = Signal(object)

    def __init__(self) -> None:
        """No columns yet."""
        super().__init__()
        self._looked: Looked | None = None
        self._sheet: PlannedSheet | None = None
        self._lines: list[tuple[str, str, str]] = []
        self._settling = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("gap"))
        row.addWidget(self._build_table(), 1)
        row.addWidget(self._build_side())

    def _build_table(self) -> Card:
        card = Card("表头对应", " ")
        card.set_margins(1, 1, 1, 1)
        card.body.setSpacing(0)
        self.note = card.note
        self.rows = StillRows(_HEADINGS)
        self.table = RegisterTable("各列对应的栏目")
        self.table.set_row_height(40)
        self.table.setModel(self.rows)
        self.table.current_moved.connect(self._show_column)
        self.table.opened.connect(lambda _row: self.field.editor.setFocus(Qt.FocusReason.TabFocusReason))
        card.body.addWidget(self.table)
        return card

    def _build_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(theme.px(288))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("gap"))
        self.card = Card("这一列")
        self.card.body.setSpacing(theme.px(6))
        self.heading = Text("", "name", wrap=True)
        self.why = Text("", "small", "warn", wrap=True)
        self.field = CodeInput("对应栏目", self._matching, prompt="打首字母或汉字，如 sfz")
        self.field.changed.connect(self._choose)
        self.field.next_asked.connect(self._next)
        self.samples = Text("", "small", "ink2", wrap=True)
        self.cleaned = Text("", "small", "ink2", wrap=True)
        self.leave = Button("不导入这一列", SMALL)
        self.leave.clicked.connect(lambda: self._say(""))
        for widget in (self.heading, self.why, self.field, self.samples, self.cleaned):
            self.card.body.addWidget(widget)
        self.card.body.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.card)
        self.asking = Card("要说一次的")
        self.asking.set_margins(0, 0, 0, 0)
        self.problems = ProblemList()
        self.problems.answered.connect(self.answered)
        self.asking.body.addWidget(self.problems)
        column.addWidget(self.asking, 1)
        column.addStretch(0)
        self._side = column
        return side

    # --- what is shown ------------------------------------------------------------------------------------

    def show_plan(self, looked: Looked, sheet: PlannedSheet) -> None:
        """The columns of a sheet; the keyboard stays on the column it was on."""
        same = self._sheet is not None and self._sheet.name == sheet.name
        at = self.table.current_row() if same else -1
        self._looked, self._sheet = looked, sheet
        self._lines = field_lines(looked.plan)
        self.note.setText(head_words(sheet))
        said = looked.request.choices.mapping.get(sheet.name, {})
        self.rows.show_rows(
            [self._cells(looked, sheet, one, chosen=one.letter in said) for one in sheet.columns],
            [one.letter for one in sheet.columns],
        )
        asked = questions_of(sheet)
        self.problems.show_problems(asked)
        self.asking.setVisible(bool(asked))
        self._side.setStretch(2, 0 if asked else 1)
        self.table.go_to(at if at >= 0 else self.first_open())
        self._show_column(self.table.current_row())

    def first_open(self) -> int:
        """The first column that seemed to have a field and waits for the clerk, else the first of all."""
        columns = self._sheet.columns if self._sheet is not None else ()
        waiting = [
            place for place, one in enumerate(columns) if one.why and not one.fields and not one.hidden
        ]
        return waiting[0] if waiting else 0

    @staticmethod
    def _cells(looked: Looked, sheet: PlannedSheet, one: MappedColumn, *, chosen: bool) -> tuple[Cell, ...]:
        told = told_fields(looked.plan, one)
        how = "您选的" if chosen else "" if one.by is None else _HOW[one.by]
        if told:
            field = Cell(told)
        elif one.why and not one.hidden:
            field = Cell("请看一看", Look(chip="warn", icon="warn"), one.why)
        else:
            field = Cell("不导入", Look(tone="ink3"), one.why)
        words = cleaned_words(looked.cleaned.get((sheet.name, one.letter)))
        masked = [_masked(looked.plan, one, text) for text in one.samples[:_SAMPLES]]
        header = Cell(one.header, None, " / ".join(one.path))
        return (Cell(one.letter), header, field, Cell(how), Cell("、".join(masked)), Cell(words))

    def _show_column(self, row: int) -> None:
        """The column under the keyboard, in full."""
        if self._looked is None or self._sheet is None or not 0 <= row < len(self._sheet.columns):
            return
        plan, one = self._looked.plan, self._sheet.columns[row]
        self.heading.setText(f"{one.letter} 列　{' / '.join(one.path) or one.header or '没有表头'}")
        self.why.setText(one.why)
        self.why.setVisible(bool(one.why))
        samples = "、".join(_masked(plan, one, text) for text in one.samples)
        self.samples.setText(f"值如：{samples}" if samples else "这一列是空的。")
        cleaned = cleaned_words(self._looked.cleaned.get((self._sheet.name, one.letter)))
        self.cleaned.setText(f"整理了 {cleaned}" if cleaned else "")
        self.cleaned.setVisible(bool(cleaned))
        self.leave.set_allowed(bool(one.fields), "这一列现在就不导入")
        self._settling = True
        self.field.set_value(one.field or _NONE)
        self._settling = False

    # --- what is said -------------------------------------------------------------------------------------

    def _matching(self, typed: str) -> Sequence[tuple[str, str, str]]:
        wanted = typed.strip().lower()
        return [line for line in self._lines if wanted in line[1].lower() or line[2].startswith(wanted)]

    def _column(self) -> MappedColumn | None:
        row = self.table.current_row()
        columns = self._sheet.columns if self._sheet is not None else ()
        return columns[row] if 0 <= row < len(columns) else None

    def _choose(self) -> None:
        if not self._settling and self.field.value:
            self._say("" if self.field.value == _NONE else self.field.value)

    def _say(self, key: str) -> None:
        one = self._column()
        if one is not None and key != (one.field or ""):
            self.mapped.emit(one.letter, key)

    def _next(self) -> None:
        """After a field was chosen the keyboard is on the next column."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.table.go_to(self.table.current_row() + 1)

    def go_to_column(self, letter: str) -> None:
        """Bring a column under the keyboard."""
        for place in range(self.rows.rowCount()):
            if self.rows.key(place) == letter:
                self.table.go_to(place)
                self.field.editor.setFocus(Qt.FocusReason.TabFocusReason)


def _masked(plan: Plan, one: MappedColumn, text: str) -> str:
    """A sample as it may be seen: what is sensitive is masked."""
    field: AnyField | None = plan.fields.get(one.field or "")
    return field.mask(text) if field is not None and field.sensitive else text
