"""The problems of a plan one under another: its place, its sentence, and what settles it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cadre_desk.ui.choice_inputs import matching_names
from cadre_desk.ui.import_answers import Answer, Entry, Part, Pick, Problem, Said
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, SMALL, Button
from cadre_desk.ui.kit.cards import Ground, Hairline, ScrollColumn
from cadre_desk.ui.kit.inputs import CodeInput
from cadre_desk.ui.kit.text import Text

MOST_PROBLEMS: Final = 40
#: A new height is claimed of the row, of the column and of the panel.
_PASSES: Final = 4


class ProblemList(ScrollColumn):
    """The first forty problems. Signals: ``answered(answer)``, ``row_asked(row)``."""

    answered = Signal(object)
    row_asked = Signal(int)

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.column.setSpacing(0)
        self.shown: list[Problem] = []
        self.buttons: list[Button] = []
        self.entries: list[QLineEdit] = []
        self.picks: list[CodeInput] = []
        self._lines: list[Ground] = []

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Other problems; the panel stays where it was scrolled to."""
        at = self.verticalScrollBar().value()
        while self.column.count():
            widget = self.column.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.shown, self.buttons, self.entries, self._lines = list(problems), [], [], []
        self.picks = []
        for one in problems[:MOST_PROBLEMS]:
            line = self._line(one)
            self._lines.append(line)
            self.column.addWidget(line)
            self.column.addWidget(Hairline())
        self.column.addStretch(1)
        self._settle()
        self.verticalScrollBar().setValue(at)

    @staticmethod
    def _settle() -> None:
        """Sentences that wrap find their heights before they are painted, not a few frames later."""
        for _ in range(_PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def bring(self, row: int) -> None:
        """Bring the problem of a row into sight, tinted; there may be none."""
        for problem, line in zip(self.shown, self._lines, strict=False):
            here = problem.row == row and not problem.shared
            line.setProperty("ground", "sel" if here else "")
            line.style().unpolish(line)
            line.style().polish(line)
            if here:
                self.ensureWidgetVisible(line, 0, 0)

    def go_into(self, row: int) -> bool:
        """Give the keyboard to the first answer for a row; whether there is one."""
        return self._go_into(lambda problem: problem.row == row and not problem.shared)

    def go_into_shared(self) -> bool:
        """Give the keyboard to the first answer for many rows that stops them; whether there is one."""
        return self._go_into(lambda problem: problem.stops and problem.shared)

    def _go_into(self, wanted: Callable[[Problem], bool]) -> bool:
        for problem, line in zip(self.shown, self._lines, strict=False):
            able = [one for one in line.findChildren(QWidget) if one.property("answers")]
            if able and wanted(problem):
                able[0].setFocus(Qt.FocusReason.TabFocusReason)
                self.ensureWidgetVisible(able[0])
                return True
        return False

    def _line(self, problem: Problem) -> Ground:
        holder = Ground("")
        column = QVBoxLayout(holder)
        side = theme.px(12)
        column.setContentsMargins(side, theme.px(8), side, theme.px(8))
        column.setSpacing(theme.px(4))
        column.addLayout(self._head(problem))
        column.addWidget(Text(problem.text, "small", "ink2", wrap=True))
        for entry in problem.entries:
            column.addLayout(self._entry(entry))
        for part in problem.parts:
            column.addWidget(self._part(part))
        if problem.answers:
            column.addLayout(self._answers(problem.answers))
        return holder

    def _head(self, problem: Problem) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        mark = Button("", "icon", "warn" if problem.stops else "info", name=f"看{problem.where}")
        mark.set_icon("warn" if problem.stops else "info", "accent" if problem.stops else "warn")
        mark.clicked.connect(lambda: self.row_asked.emit(problem.row))
        head.addWidget(mark)
        head.addWidget(Text(problem.where, "head"))
        tone = "accent" if problem.stops else "warn"
        head.addWidget(Text(problem.value, "small", tone, bold=True, elide=True), 1)
        return head

    def _entry(self, entry: Entry) -> QHBoxLayout:
        """A cell to be typed again; Enter takes it."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        line = QLineEdit()
        line.setProperty("answers", True)
        line.setAccessibleName(f"重录{entry.label}")
        line.setPlaceholderText(f"照原件重录{entry.label}")
        take = Button("重录", SMALL, name=f"用重录的{entry.label}")

        def said() -> None:
            if line.text().strip():
                self.answered.emit(entry.answer(line.text().strip()))

        line.returnPressed.connect(said)
        take.clicked.connect(said)
        row.addWidget(line, 1)
        row.addWidget(take)
        self.entries.append(line)
        return row

    def _part(self, part: Part) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.px(2), 0, 0)
        column.setSpacing(theme.px(4))
        if part.pick is None:
            column.addLayout(self._part_line(part))
        else:
            column.addWidget(self._pick(part.pick))
            if part.answers:
                column.addLayout(self._answers(part.answers))
        return holder

    def _pick(self, pick: Pick) -> CodeInput:
        """A record found by its name or initials; taking it answers."""
        found = CodeInput(pick.label, matching_names(pick.records), prompt="打名称或首字母")
        found.line.setProperty("answers", True)

        def said() -> None:
            if found.value:
                self.answered.emit(pick.answer(int(found.value)))

        found.changed.connect(said)
        self.picks.append(found)
        return found

    def _part_line(self, part: Part) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(Text(part.text, "small", wrap=True), 1)
        for words, answer in part.answers:
            button = self._button(words, answer, f"{part.text}：{words}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _answers(self, answers: Sequence[Said]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        for words, answer in answers:
            row.addWidget(self._button(words, answer, words))
        row.addStretch(1)
        return row

    def _button(self, words: str, answer: Answer, name: str) -> Button:
        button = Button(words, LINK if words == "重新选" else SMALL, name=name)
        button.setProperty("answers", True)
        button.clicked.connect(self._teller(answer))
        self.buttons.append(button)
        return button

    def _teller(self, answer: Answer) -> Callable[[], None]:
        return lambda: self.answered.emit(answer)
