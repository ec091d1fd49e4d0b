"""走访登记: the results of a round typed in one grid, a whole route at one stroke, saved as one act."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cadre_desk.actions import visits
from cadre_desk.actions.visits import Walk
from cadre_desk.domain import codes
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.domain.fields import Code
from cadre_desk.domain.money import show_money, show_yuan
from cadre_desk.domain.visits import AT_HOME, WAITING
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.visits import VISITS
from cadre_desk.ui.entry_grid import EntryGrid
from cadre_desk.ui.form_side import Question
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.bars import TotalsBar
from cadre_desk.ui.kit.buttons import PRIMARY, Act, Button
from cadre_desk.ui.kit.cards import Card
from cadre_desk.ui.kit.inputs import ChoiceInput, LineInput, chain
from cadre_desk.ui.kit.notices import WARNING, ErrorBar, Notice
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.result_rows import ResultLine, ResultRows, read_lines
from cadre_desk.ui.round_parts import day_of

_ALL, _WAITING = "", "waiting"
_SAVE: Final = "save"
_MOST_FAULTS: Final = 2


class ResultsPage(Page):
    """Date, visitors and manner once for the route; then the grid, exceptions by row, the sums so far."""

    TABLES: ClassVar[frozenset[str]] = frozenset({"round", "visit"})
    HELP: ClassVar[str] = "慰问名册#走访登记"

    def __init__(self, office: Office) -> None:
        """An empty frame; ``arrive`` says which round."""
        super().__init__(office)
        self._record, self._asked, self._shown, self._title = 0, 0, 0, ""
        self._lay_out()
        for keys, act in (("Ctrl+S", self.save), ("F8", self.fill), ("F4", self.next_fault)):
            QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        side = theme.space("page")
        column.setContentsMargins(side, side // 2, side, side)
        column.setSpacing(theme.px(8))
        self.error = ErrorBar()
        self.error.closed.connect(self.error.hide)
        self.header = PageHeader("走访登记")
        self.header.set_parents([("rounds", "走访慰问"), ("round", "批次")])
        self.header.parent_asked.connect(self._go_up)
        self.header.acted.connect(lambda _key: self.save())
        self.question = Question()
        self.question.answered.connect(self._on_answer)
        for one in (self.error, self.header):
            column.addWidget(one)
        column.addWidget(self._walk_card())
        column.addWidget(self._grid_card(), 1)
        column.addWidget(self.question)

    def _walk_card(self) -> Card:
        """What a whole route has in common, and the stroke that fills it in."""
        card = Card()
        card.set_margins(12, 6, 12, 8)
        self.day = LineInput("走访日期", prompt="如 20260120")
        self.visitors = LineInput("走访人", prompt="两人以上，如 周敏、李强")
        self.method = ChoiceInput(
            "走访方式", [(one.code, one.label) for one in codes.table("visit_method").choices]
        )
        self.view = ChoiceInput("显示", [(_ALL, "全部")])
        self.view.changed.connect(self._show_lines)
        self.stroke = Button("照计划填好 F8", icon="check")
        self.stroke.setToolTip("显示的、待走访的都按上面的日期和人记为已走访，实发等于应发；例外再逐行改")
        self.stroke.clicked.connect(self.fill)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for one, share in ((self.view, 2), (self.day, 2), (self.visitors, 3), (self.method, 1)):
            row.addWidget(one, share)
        chain((self.day, self.visitors, self.method))
        self.method.next_asked.connect(self.fill)
        foot = QVBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stroke)
        row.addLayout(foot)
        card.body.addLayout(row)
        return card

    def _grid_card(self) -> Card:
        card = Card()
        card.set_margins(1, 1, 1, 1)
        card.body.setSpacing(0)
        self.rows = ResultRows(self.office.today())
        self.grid = EntryGrid("走访结果", self.rows)
        self.grid.changed.connect(self._tell)
        self.grid.cell_moved.connect(self._tell_cell)
        self.notice = Notice()
        self.notice.hide()
        self.hint = Text("", "cap", "ink2", elide=True)
        self.hint.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        self.totals = TotalsBar()
        for one in (self.notice, self.grid, self.hint, self.totals):
            card.body.addWidget(one, int(one is self.grid))
        return card

    # --- what it is about ---------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """The round ``record``; what is typed for the very same one stays."""
        if go.record == self._record and self.rows.changes():
            return
        self._record = go.record
        self.error.hide()
        self.question.hide()
        self.day.set_value(PartialDate.of(self.office.today()).show())
        self.visitors.set_value(self.office.user.name)
        self.method.set_value(AT_HOME)
        self.rows.show_lines((), ())
        self.refresh()
        self.visitors.setFocus()

    def refresh(self) -> None:
        """Read the round beside the window; what is typed and not saved is never lost to that."""
        if not self._record or self.rows.changes():
            return
        self._asked += 1
        asked, desk, record = self._asked, self.office.desk, self._record
        everybody, rounds = self.office.listing(register("people")), self.office.listing(register("rounds"))

        def work(_: Progress) -> tuple[str, list[ResultLine]]:
            with desk.read() as session:
                row = rounds.showing("title").rows_of(session, [record]).get(record)
            return ("", []) if row is None else (row.values[0], read_lines(desk, everybody, record))

        def then(found: tuple[str, list[ResultLine]]) -> None:
            if asked == self._asked:
                self._show(*found)
                self._shown = asked

        self.office.jobs.run("读取走访名单", work, then)

    def _show(self, title: str, lines: list[ResultLine]) -> None:
        self._title = title
        if not title:
            self.error.show_error("这个批次已经不在台账里了。", "可能刚才撤销了；没有登记任何结果。")
            self.error.show()
        self.header.set_title(f"走访登记：{title}" if title else "走访登记")
        leaders = sorted({line.leader for line in lines if line.leader})
        chosen = self.view.value
        self.view.blockSignals(True)
        self.view.set_choices([(_ALL, "全部"), (_WAITING, "待走访"), *((one, one) for one in leaders)])
        self.view.set_value(chosen if chosen in {_ALL, _WAITING, *leaders} else _ALL)
        self.view.blockSignals(False)
        self.rows.show_lines(lines, ())
        self._show_lines()

    def _show_lines(self) -> None:
        """The rows that the choice shows."""
        self.grid.take()
        wanted, lines = self.view.value, self.rows.lines
        if wanted == _WAITING:
            shown = [line for line in lines if line.values["state"] in WAITING]
        else:
            shown = [line for line in lines if wanted in {_ALL, line.leader}]
        self.rows.show_lines(lines, shown)
        self.grid.begin()
        self._tell()

    # --- what is told -------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Running count and sum against the control total, and whether it can be saved."""
        sums, changed, faults = self.rows.sums(), len(self.rows.changes()), self.rows.faults()
        rest = sums.persons - sums.reached - sums.missed
        differs = sums.planned - sums.given
        said = "相符" if not differs else f"{'少' if differs > 0 else '多'}发 {show_yuan(abs(differs))} 元"
        self.totals.set_totals(
            [
                ("已走访", f"{sums.reached:,}／{sums.persons:,} 人"),
                ("未见到", f"{sums.missed:,} 人"),
                ("还差", f"{rest:,} 人"),
                ("实发", f"{show_money(sums.given)} 元"),
                ("应发", f"{show_money(sums.planned)} 元"),
                ("", said),
            ]
        )
        self.notice.setVisible(bool(faults))
        if faults:
            more = f"等 {len(faults)} 处" if len(faults) > _MOST_FAULTS else ""
            self.notice.say(f"{'；'.join(faults[:_MOST_FAULTS])}{more}。按 F4 到那一行。", WARNING)
        reason = "有问题的行要先改好，按 F4 到那一行" if faults else "" if changed else "还没有登记新的结果"
        words = f"保存 {changed:,} 人" if changed else "保存"
        self.header.set_acts(
            [Act(_SAVE, words, "check", PRIMARY, enabled=not reason, reason=reason, tip="Ctrl+S")]
        )

    def _tell_cell(self, row: int, key: str) -> None:
        """What the active cell takes, or what is wrong with its row."""
        declared = VISITS.fields[key]
        wrong = self.rows.problem(row)
        if isinstance(declared, Code):
            choices = codes.table(declared.table).choices
            rule = "　".join(f"{one.code} {one.label}" for one in choices)
        else:
            rule = declared.rule or "Enter 下一格　Ctrl+D 照上一行　↑↓ 换行"
        self.hint.setText(wrong or f"{declared.label}：{rule}")

    # --- acts ---------------------------------------------------------------------------------------------

    def _walk(self) -> Walk | None:
        """The walk that stands above the grid; None, and said why, while it is none."""
        day = day_of(str(self.day.value))
        if day is None:
            self.day.show_problem("请填到日，例如 20260120。")
            self.day.setFocus()
            return None
        return Walk(day, str(self.visitors.value).strip(), self.method.value)

    def fill(self) -> None:
        """One stroke: all in sight who wait went as planned."""
        self.grid.take()
        walk = self._walk()
        if walk is None:
            return
        filled = self.rows.fill(walk)
        self._tell()
        self.grid.begin()
        self.grid.setFocus()
        self.hint.setText(f"填好 {filled:,} 人，还没有保存；没见到的人把「结果」改掉，再按 Ctrl+S。")

    def next_fault(self) -> None:
        """Go to the next row that cannot be saved."""
        self.grid.take()
        found = self.rows.faulty_after(self.grid.current_row())
        if found is not None:
            self.grid.go_to_cell(*found)
            self.grid.setFocus()

    def save(self) -> None:
        """Write all that changed as one act."""
        self.grid.take()
        results = self.rows.changes()
        if not results or self.rows.faults() or self._shown != self._asked:
            self.next_fault()
            return
        desk, today, title = self.office.desk, self.office.today(), self._title

        def work(_: Progress) -> int:
            with desk.unit(f"登记走访结果：{title} {len(results)} 人") as session:
                visits.record_results(session, results, today=today)
            return desk.last_act() or 0

        def then(act: int) -> None:
            self.question.hide()
            self.error.hide()
            for line in self.rows.lines:
                line.loaded = results.get(line.visit, line.loaded)
            self.office.tell(f"已登记走访结果 {len(results):,} 人", undo_act=act)
            self.refresh()

        self.office.jobs.run("登记走访结果", work, then, self._fail)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, RuleError):
            self.error.show_error(str(error), "台账没有改动，填的都还在。")
            self.error.show()
        else:
            self.office.tell_error(error)

    # --- leaving ------------------------------------------------------------------------------------------

    def _go_up(self, key: str) -> None:
        if key == "round":
            self.office.go("round", register="rounds", record=self._record)
        else:
            self.office.go("list", register=key)

    def may_leave(self) -> bool:
        """Unsaved results are asked about first."""
        self.grid.take()
        changed = len(self.rows.changes())
        if changed:
            self.question.ask(changed)
        return not changed

    def _on_answer(self, answer: str) -> None:
        self.question.hide()
        if answer == "save":
            self.save()
        elif answer == "drop":
            self.rows.show_lines((), ())
            self.refresh()
        self.grid.setFocus()
