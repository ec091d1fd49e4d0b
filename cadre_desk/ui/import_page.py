"""导入: a file is read, its headings are matched, what it would change is shown, it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout

from cadre_desk.db.desk import Change
from cadre_desk.domain.errors import UserError
from cadre_desk.intake.plan import PlannedSheet, Policy
from cadre_desk.intake.planner import IMPORTED, NO_CHOICES, Choices
from cadre_desk.intake.tables import Verdict
from cadre_desk.registers.catalogue import register
from cadre_desk.ui import import_done as done
from cadre_desk.ui import import_work as work
from cadre_desk.ui.import_answers import Answer
from cadre_desk.ui.import_body import ImportBody
from cadre_desk.ui.import_columns import ColumnsBody
from cadre_desk.ui.import_foot import ImportFoot
from cadre_desk.ui.import_parts import waits, writes
from cadre_desk.ui.import_start import StartBody
from cadre_desk.ui.import_work import Looked, Request, Wrote
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.notices import ErrorBar
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.kit.tabs import Steps
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page

_STEPS: Final = ("选文件", "对表头", "看变化", "写入")
START, COLUMNS, CHANGES, DONE = range(4)
_ENDINGS: Final = "*.xlsx *.xls *.xlsm *.xlsb *.et *.ods *.csv *.txt *.html *.htm *.xml"
_NO_ROSTER: Final = {
    Verdict.EMPTY_TEMPLATE: "这是一份空表：有表头，没有内容。",
    Verdict.OTHER_TABLE: "这份表不是名册（没有姓名或身份证号一栏）；单位、支部的表，请先在「导入到」里选好。",
    Verdict.NOT_ROSTER: "这份文件里没有找到名册。",
}
_SAFE: Final = "台账没有改动。请换一份文件，或照空白样表另存后再试。"


class ImportPage(Page):
    """One file at a time; nothing is written before 写入, and that is one act that can be taken back.

    Ctrl+Enter goes on to the next step (in the last one: writes), Alt+Up goes back.
    """

    TABLES: ClassVar[frozenset[str]] = frozenset()
    HELP: ClassVar[str] = "导入"

    def __init__(self, office: Office) -> None:
        """No file yet."""
        super().__init__(office)
        self._register = "people"
        self._policy = Policy.FILL
        self._choices: Choices = NO_CHOICES
        self._path: Path | None = None
        self._only: str | None = None
        self._looked: Looked | None = None
        self._wrote: Wrote | None = None
        self._before: Choices = NO_CHOICES
        self._sheet = 0
        self._asked = self._answered = 0
        self._writing = False
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    # --- layout -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QVBoxLayout()
        side = theme.space("page")
        inside.setContentsMargins(side, side // 2, side, theme.px(10))
        inside.setSpacing(theme.px(8))
        column.addLayout(inside, 1)
        self.error = ErrorBar()
        self.error.closed.connect(self.error.hide)
        inside.addWidget(self.error)
        self.header = PageHeader("导入")
        self.steps = Steps(_STEPS, 0)
        self.header.add_extra(self.steps)
        inside.addWidget(self.header)
        self.stack = QStackedLayout()
        inside.addLayout(self.stack, 1)
        self.start, self.columns, self.body, self.done = (
            StartBody(),
            ColumnsBody(),
            ImportBody(),
            done.DoneBody(),
        )
        for part in (self.start, self.columns, self.body, self.done):
            self.stack.addWidget(part)
        self.foot = ImportFoot()
        self.write = self.foot.primary
        column.addWidget(self.foot)
        self.foot.hide()

    def _connect(self) -> None:
        self.header.parent_asked.connect(lambda key: self.office.go("list", register=key))
        self.start.register_chosen.connect(self._choose_register)
        self.start.choose_asked.connect(self.choose)
        self.start.template_asked.connect(self.export_template)
        self.start.records_asked.connect(lambda: self.office.go("list", register="imports"))
        for part in (self.columns, self.body):
            part.answered.connect(self._answer)
        self.columns.mapped.connect(self._map)
        self.body.column_asked.connect(self._ask_column)
        self.body.policy_chosen.connect(self._choose_policy)
        self.body.export_asked.connect(self.export_problems)
        self.done.acted.connect(self._after)
        self.foot.sheet_chosen.connect(self._choose_sheet)
        self.foot.only_chosen.connect(self._choose_only)
        self.foot.back_asked.connect(self.back)
        self.foot.primary_asked.connect(self.forward)
        for keys, act in (("Ctrl+Return", self.forward), ("Ctrl+Enter", self.forward), ("Alt+Up", self.back)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # --- the steps ----------------------------------------------------------------------------------------

    def step(self) -> int:
        """Which step is in sight."""
        return self.stack.currentIndex()

    def _go_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.foot.setVisible(step != START)
        self.steps.set_steps(_STEPS, len(_STEPS) if step == DONE else step)
        if step == START:
            self.start.begin()
        elif step == CHANGES:
            self.body.table.setFocus()
        else:
            self.foot.primary.setFocus()
        self._show_foot()

    def forward(self) -> None:
        """The next step; from what would change it is writing, after that another file."""
        if self.step() == CHANGES:
            self.write_it()
        elif self.step() == COLUMNS and self._looked is not None:
            self._go_step(CHANGES)
        elif self.step() == DONE:
            self._forget()
        else:
            self.choose()

    def back(self) -> None:
        """The step before."""
        if self.step() == CHANGES:
            self._go_step(COLUMNS)
        elif self.step() == COLUMNS:
            self._forget()

    # --- the file -----------------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """For a register; ``also`` may name a file."""
        if go.register in IMPORTED and (go.register != self._register or self.step() == DONE):
            self._choose_register(go.register)
        self._name_register()
        if go.also:
            self.take(Path(go.also))
        else:
            self.start.begin()
            self.refresh()

    def _choose_register(self, key: str) -> None:
        self._register = key
        self._name_register()
        self._forget()

    def _name_register(self) -> None:
        self.start.show_register(self._register)
        self.header.set_parents([(self._register, register(self._register).title)])

    def _forget(self) -> None:
        """No file; what was asked meanwhile is not waited for."""
        self._path, self._looked, self._choices, self._sheet, self._only = None, None, NO_CHOICES, 0, None
        self._wrote = None
        self._answered = self._asked = self._asked + 1
        self.header.set_context("")
        self._go_step(START)

    def choose(self) -> None:
        """Ask for a file."""
        folder = Path.home() if self._path is None else self._path.parent
        dialog = QFileDialog(self, "选一份花名册", str(folder), f"表格文件 ({_ENDINGS});;所有文件 (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file that was dropped is read."""
        for url in [one for one in event.mimeData().urls() if one.isLocalFile()][:1]:
            event.acceptProposedAction()
            self.take(Path(url.toLocalFile()))

    def take(self, path: Path) -> None:
        """Read a file; what was answered for the one before is forgotten."""
        if self._writing:
            return
        self._forget()
        self._path = path
        self.body.show_all()
        self.error.hide()
        self.refresh()

    # --- the plan -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Plan again beside the window; a later question overtakes an earlier one."""
        if self._path is None or self._writing or self.step() == DONE:
            return
        self._asked += 1
        asked, desk, today = self._asked, self.office.desk, self.office.today()
        request = Request(self._path, self._register, self._policy, self._choices, self._only)

        def then(looked: Looked) -> None:
            if asked == self._asked:
                self._answered = asked
                self._show(looked)

        def failed(error: BaseException) -> None:
            if asked == self._asked:
                self._answered = asked
                self._fail(error)

        self.office.jobs.run(
            f"正在读「{request.path.name}」",
            lambda progress: work.look(desk, request, today, progress),
            then,
            failed,
        )

    def _on_change(self, change: Change) -> None:
        """After an import that is in sight was taken back, what it would change is shown again."""
        if self._wrote is not None and change.title == f"撤销：{self._wrote.title}":
            self._choices, self._wrote = self._before, None
            self._go_step(CHANGES)
        super()._on_change(change)

    def is_planning(self) -> bool:
        """Whether what is in sight answers an earlier question, or something is being written."""
        return self._answered != self._asked or self._writing

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._refuse(str(error))
        else:
            self.office.tell_error(error)

    def _refuse(self, why: str) -> None:
        """One sentence on top; the page is as before a file was chosen."""
        self._forget()
        self.error.show_error(why, _SAFE)
        self.error.show()

    def _show(self, looked: Looked) -> None:
        plan = looked.plan
        if plan.sentence or plan.verdict is not Verdict.ROSTER:
            self._refuse(f"「{plan.file}」没有导入：{plan.sentence or _NO_ROSTER[plan.verdict]}")
            return
        self._looked = looked
        if not 0 <= self._sheet < len(plan.sheets) or not plan.sheets[self._sheet].rows:
            self._sheet = next((place for place, one in enumerate(plan.sheets) if one.rows), 0)
        sheet = self.sheet()
        self.header.set_context(f"{plan.file}·工作表「{sheet.name}」")
        self.columns.show_plan(looked, sheet)
        self.body.show_plan(plan, sheet)
        if self.step() == START:
            self._go_step(COLUMNS)
        self._show_foot()

    def sheet(self) -> PlannedSheet:
        """The sheet in sight."""
        if self._looked is None:
            raise LookupError("no plan")
        return self._looked.plan.sheets[self._sheet]

    def _show_foot(self) -> None:
        if self.step() == DONE:
            self.foot.show_done()
        elif self._looked is not None:
            self.foot.show_plan(
                self._looked.plan,
                self._sheet,
                only=self._only,
                changes=self.step() == CHANGES,
                busy=self._writing,
            )

    # --- answers ------------------------------------------------------------------------------------------

    def _map(self, letter: str, key: str) -> None:
        name = self.sheet().name
        of_sheet = {**self._choices.mapping.get(name, {}), letter: key or None}
        self._choices = replace(self._choices, mapping={**self._choices.mapping, name: of_sheet})
        self.refresh()

    def _ask_column(self, letter: str) -> None:
        self._go_step(COLUMNS)
        self.columns.go_to_column(letter)

    def _answer(self, answer: Answer) -> None:
        self._choices = answer(self._choices)
        if self.step() == CHANGES:
            self.body.table.setFocus()
        self.refresh()

    def _choose_policy(self, policy: Policy) -> None:
        self._policy = policy
        self.refresh()

    def _choose_sheet(self, place: int) -> None:
        self._sheet = place
        if self._looked is not None:
            self._show(self._looked)

    def _choose_only(self, name: str) -> None:
        self._only, self._sheet = name or None, 0
        self.refresh()

    # --- writing ------------------------------------------------------------------------------------------

    def write_it(self) -> None:
        """A backup first, then everything that may go in as one act; held rows stay out."""
        looked, ledger = self._looked, self.office.ledger
        if looked is None or self.is_planning() or not writes(looked.plan):
            return
        self._writing = True
        self._show_foot()
        plan = looked.plan
        job = self.office.jobs.run(
            "正在写入", lambda progress: work.write(ledger, plan, progress), self._wrote_it, self._not_written
        )
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        """The writing is over, however it went; a cancelled one leaves the plan as it was."""
        self._writing = False
        self._show_foot()

    def _wrote_it(self, wrote: Wrote) -> None:
        self._wrote, self._before = wrote, self._choices
        self._choices = work.settled(self._choices, wrote.plan, wrote.kept)
        self.done.show_wrote(wrote)
        self._go_step(DONE)
        held = waits(wrote.plan)
        more = f"还有 {held} 行待处理" if held else ""
        self.office.tell(f"已{wrote.title}", detail=more, file=wrote.problems, undo_act=wrote.act)

    def _not_written(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.error.show_error(str(error), "一行也没有写入，台账没有改动。")
            self.error.show()
            self.refresh()
        else:
            self.office.tell_error(error)

    def _after(self, key: str) -> None:
        """What the clerk does when it is written."""
        if key == done.REST:
            self._wrote = None
            self._go_step(CHANGES)
            self.refresh()
        else:
            self.office.go("list", register="imports" if key == done.RECORDS else self._register)

    def export_problems(self) -> None:
        """Write the rows that stay out to a workbook beside the ledger."""
        if self._looked is not None:
            plan, ledger = self._looked.plan, self.office.ledger
            detail = f"{waits(plan):,} 行，出错的格子有批注，改好再导入"
            self._export("已导出问题行", detail, lambda: work.export_problems(ledger, plan))

    def export_template(self) -> None:
        """Write the blank workbook of the register in force."""
        ledger, key = self.office.ledger, self._register
        detail = "带下拉选项和填写说明，填好后拖回这一页"
        self._export("已下载空白样表", detail, lambda: work.export_template(ledger, key))

    def _export(self, said: str, detail: str, make: Callable[[], Path]) -> None:
        self.office.jobs.run(
            said, lambda _: make(), lambda made: self.office.tell(said, detail=detail, file=made)
        )
