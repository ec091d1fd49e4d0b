"""What is to be looked at in a plan: each problem with its place, its sentence, and answers of one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Severity
from cadre_desk.intake.candidates import Finding
from cadre_desk.intake.matching import Known
from cadre_desk.intake.plan import Outcome, Plan, PlannedRow, PlannedSheet
from cadre_desk.intake.planner import Choices
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import SMALL, Button
from cadre_desk.ui.kit.cards import Hairline, ScrollColumn
from cadre_desk.ui.kit.text import Text

MOST_PROBLEMS: Final = 40
_MOST_OTHERS: Final = 3
_IN_A_LINE: Final = 2
_NAMED: Final = 3
#: A new height is claimed of the row, of the column and of the panel.
_PASSES: Final = 4
Answer = Callable[[Choices], Choices]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: where, what stands there, what is the case, and answers that take one click."""

    where: str
    value: str
    text: str
    row: int = -1
    stops: bool = False
    answers: tuple[tuple[str, Answer], ...] = ()


def problems_of(plan: Plan, sheet: PlannedSheet) -> list[Problem]:
    """What must be answered first, then what holds rows, then what can be done at once, then the rest."""
    found = [_asked(question) for question in sheet.questions]
    found += [_held(sheet, row) for row in sheet.rows if row.outcome is Outcome.HELD]
    found += [_about(one) for one in sheet.findings]
    found += _to_create(plan, sheet)
    found += [
        Problem(f"第 {row.row + 1} 行 {one.header}", _value(plan, one), one.problem, row.row)
        for row in sheet.rows
        if row.outcome is not Outcome.HELD
        for one in row.findings
        if not _is_unknown_link(plan, one)
    ]
    return found


def _asked(question: Any) -> Problem:
    answers = tuple(
        (f"都是 {month} 月", _month(question.sheet, question.column, month)) for month in question.months
    )
    where = f"{question.column} 列 {question.header}"
    return Problem(
        where, f"{len(question.rows)} 行", question.text, question.rows[0], stops=True, answers=answers
    )


def _month(sheet: str, column: str, month: int) -> Answer:
    return lambda choices: replace(choices, months={**choices.months, (sheet, column): month})


def _held(sheet: PlannedSheet, row: PlannedRow) -> Problem:
    holds = [one for one in row.findings if one.severity is Severity.HOLD]
    first = holds[0] if holds else None
    answers: tuple[tuple[str, Answer], ...] = ()
    if row.others:
        place = (sheet.name, row.row + 1)
        answers = tuple(
            (_known(one), _means(place, one.id)) for one in row.others[:_MOST_OTHERS] if one.id is not None
        )
        answers += (("作为新增", _means(place, None)),)
    header = first.header if first else ""
    text = "；".join(one.problem for one in holds) or "这一行要先弄清是谁。"
    name = row.candidate.name
    return Problem(f"第 {row.row + 1} 行 {header}".strip(), name, text, row.row, stops=True, answers=answers)


def _known(one: Known) -> str:
    born = one.values.get("birth_archive")
    unit = str(one.values.get("last_unit") or "")
    beside = born.show() if isinstance(born, PartialDate) else unit
    return f"是 {one.name} {beside}".strip()


def _means(place: tuple[str, int], person: int | None) -> Answer:
    return lambda choices: replace(choices, rows={**choices.rows, place: person})


def _about(one: Finding) -> Problem:
    answers: tuple[tuple[str, Answer], ...] = ()
    if "隐藏" in one.problem:
        answers = (("隐藏的也取用", lambda choices: replace(choices, hidden=True)),)
    where = f"第 {one.row + 1} 行" if one.row else "整张表"
    return Problem(where, "", one.problem, one.row or -1, one.severity is Severity.HOLD, answers)


def _is_unknown_link(plan: Plan, one: Finding) -> bool:
    field = plan.fields.get(one.field)
    return field is not None and field.kind == "link" and one.severity is Severity.WARN


def _to_create(plan: Plan, sheet: PlannedSheet) -> list[Problem]:
    """Names of units and branches that the ledger lacks: one answer for all rows."""
    missing: dict[str, dict[str, int]] = {}
    for row in sheet.rows:
        for one in row.findings:
            if _is_unknown_link(plan, one):
                missing.setdefault(one.field, {}).setdefault(one.value, row.row)
    found = []
    for key, names in missing.items():
        label = plan.fields[key].label
        some = "、".join(list(names)[:_NAMED]) + "等" * (len(names) > _NAMED)
        text = f"台账里没有：{some}。原文先记入备注。"
        answers = ((f"一并新建 {len(names)} 个", _creating(key)),)
        found.append(Problem(label, f"{len(names)} 个", text, min(names.values()), answers=answers))
    return found


def _creating(key: str) -> Answer:
    return lambda choices: replace(choices, create=choices.create | {key})


def _value(plan: Plan, one: Finding) -> str:
    field = plan.fields.get(one.field)
    return field.mask(one.value) if field is not None and field.sensitive else one.value


class ProblemList(ScrollColumn):
    """The problems one under another. Signals: ``answered(answer)``, ``row_asked(row)``."""

    answered = Signal(object)
    row_asked = Signal(int)

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.column.setSpacing(0)
        self.shown: list[Problem] = []
        self.buttons: list[Button] = []

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Other problems, the first forty in full."""
        while self.column.count():
            gone = self.column.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.shown, self.buttons = list(problems), []
        for one in problems[:MOST_PROBLEMS]:
            self.column.addWidget(self._line(one))
            self.column.addWidget(Hairline())
        self.column.addStretch(1)
        self._settle()

    @staticmethod
    def _settle() -> None:
        """Sentences that wrap find their heights before they are painted, not a few frames later."""
        for _ in range(_PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _line(self, problem: Problem) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        side = theme.px(12)
        column.setContentsMargins(side, theme.px(8), side, theme.px(8))
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        mark = Button("", "icon", "warn" if problem.stops else "info", name=f"看{problem.where}")
        mark.set_icon("warn" if problem.stops else "info", "accent" if problem.stops else "warn")
        mark.clicked.connect(lambda: self.row_asked.emit(problem.row))
        head.addWidget(mark)
        head.addWidget(Text(problem.where, "head"))
        head.addWidget(
            Text(problem.value, "small", "accent" if problem.stops else "warn", bold=True, elide=True), 1
        )
        column.addLayout(head)
        column.addWidget(Text(problem.text, "small", "ink2", wrap=True))
        if problem.answers:
            column.addWidget(self._answers(problem))
        return holder

    def _answers(self, problem: Problem) -> QWidget:
        holder = QWidget()
        row = QVBoxLayout(holder) if len(problem.answers) > _IN_A_LINE else QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        for words, answer in problem.answers:
            button = Button(words, SMALL)
            button.clicked.connect(self._teller(answer))
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)
        return holder

    def _teller(self, answer: Answer) -> Callable[[], None]:
        return lambda: self.answered.emit(answer)
