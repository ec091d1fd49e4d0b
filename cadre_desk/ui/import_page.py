"""导入: a file is read, what it would change is shown, problems are answered, then it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.actions import safekeeping
from cadre_desk.db.container import Reason
from cadre_desk.domain.errors import UserError
from cadre_desk.intake.plan import Plan, PlannedSheet, Policy
from cadre_desk.intake.planner import IMPORTED, NO_CHOICES, Choices, plan_file
from cadre_desk.intake.problems import write_problems
from cadre_desk.intake.tables import Verdict
from cadre_desk.registers.catalogue import register
from cadre_desk.ui.import_body import ImportBody
from cadre_desk.ui.import_parts import writes
from cadre_desk.ui.import_problems import Answer
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY, Act, Button, MenuButton
from cadre_desk.ui.kit.cards import Ground, Hairline
from cadre_desk.ui.kit.empty_state import Beginning, EmptyState
from cadre_desk.ui.kit.notices import ErrorBar, ProgressLine
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.kit.tabs import Steps
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page

_STEPS: Final = ("选文件", "对表头", "看变化", "写入")
_LOOK, _DONE = 2, 4
_CHOOSE: Final = "choose"
_ENDINGS: Final = "*.xlsx *.xls *.xlsm *.xlsb *.et *.ods *.csv *.txt *.html *.htm *.xml"
_NO_ROSTER: Final = {
    Verdict.EMPTY_TEMPLATE: "这是一份空表：有表头，没有人。",
    Verdict.OTHER_TABLE: "这份表不是人员名册（没有姓名或身份证号一栏）。",
    Verdict.NOT_ROSTER: "这份文件里没有找到名册。",
}
_SAFE: Final = "台账没有改动。请换一份文件，或照样表另存后再试。"


class ImportPage(Page):
    """One file at a time; nothing is written before 写入, and that is one act that can be taken back."""

    TABLES: ClassVar[frozenset[str]] = frozenset()
    HELP: ClassVar[str] = "导入"

    def __init__(self, office: Office) -> None:
        """No file yet."""
        super().__init__(office)
        self._register = "people"
        self._path: Path | None = None
        self._policy = Policy.FILL
        self._choices: Choices = NO_CHOICES
        self._plan: Plan | None = None
        self._sheet = 0
        self._asked = 0
        self._answered = 0
        self._writing = False
        self._written = False
        self.setAcceptDrops(True)
        self._lay_out()

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
        self.header.parent_asked.connect(lambda key: self.office.go("list", register=key))
        inside.addWidget(self.header)
        self.progress = ProgressLine()
        inside.addWidget(self.progress)
        self.stack = QStackedLayout()
        inside.addLayout(self.stack, 1)
        self.empty = EmptyState(
            "import",
            "还没有选文件",
            "把单位给的花名册拖到这里，或者从文件夹里选。先看会改什么，再决定写不写入。",
            [
                Beginning(
                    "选一份花名册",
                    "Excel、WPS 表格、CSV 都可以，几行表头、小计、合并单元格不用先改",
                    Act(_CHOOSE, "选文件", "folder-open", PRIMARY),
                )
            ],
        )
        self.empty.acted.connect(lambda _key: self.choose())
        self.stack.addWidget(self.empty)
        self.body = ImportBody()
        self.body.mapped.connect(self._map)
        self.body.answered.connect(self._answer)
        self.body.policy_chosen.connect(self._choose_policy)
        self.body.export_asked.connect(self.export_problems)
        self.stack.addWidget(self.body)
        self.foot = self._build_foot()
        column.addWidget(self.foot)
        self.foot.hide()

    def _build_foot(self) -> QWidget:
        ground = Ground("paper")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        side = theme.space("page")
        row.setContentsMargins(side, theme.px(8), side, theme.px(8))
        row.setSpacing(theme.px(8))
        self.foot_note = Text("", "small", "ink2", elide=True)
        row.addWidget(self.foot_note, 1)
        self.sheets = MenuButton("工作表", (), self._choose_sheet)
        row.addWidget(self.sheets)
        self.other = Button("换一份文件")
        self.other.clicked.connect(self.choose)
        row.addWidget(self.other)
        self.write = Button("写入", PRIMARY, "check")
        self.write.clicked.connect(self.write_it)
        row.addWidget(self.write)
        column.addLayout(row)
        return ground

    # --- the file -----------------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """For a register; ``also`` may name a file."""
        if go.register in IMPORTED and go.register != self._register:
            self._register = go.register
            self._forget()
        title = register(self._register).title
        self.header.set_parents([(self._register, title)])
        if go.also:
            self.take(Path(go.also))
        else:
            self.refresh()

    def _forget(self) -> None:
        self._path, self._plan, self._choices, self._sheet = None, None, NO_CHOICES, 0
        self.stack.setCurrentIndex(0)
        self.foot.hide()
        self.steps.set_steps(_STEPS, 0)
        self.header.set_context("")

    def choose(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self, "选一份花名册", str(Path.home()), f"表格文件 ({_ENDINGS});;所有文件 (*)")
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
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take(Path(files[0]))

    def take(self, path: Path) -> None:
        """Read a file; what was answered for the one before is forgotten."""
        self._path, self._choices, self._sheet, self._written = path, NO_CHOICES, 0, False
        self.body.show_all()
        self.error.hide()
        self.refresh()

    def refresh(self) -> None:
        """Plan again beside the window; a later question overtakes an earlier one."""
        if self._path is None or self._writing:
            return
        self._asked += 1
        asked, path, policy, choices = self._asked, self._path, self._policy, self._choices
        desk, chosen, today = self.office.desk, register(self._register), self.office.today()

        def work(progress: Progress) -> Plan:
            progress.step(0, 0, f"正在读「{path.name}」")
            with desk.read() as session:
                plan = plan_file(session, chosen, path, today=today, policy=policy, choices=choices)
            progress.step(1, 1)
            return plan

        def then(plan: Plan) -> None:
            if asked == self._asked:
                self._answered = asked
                self._show(plan)

        job = self.office.jobs.run("读花名册", work, then, self._fail)
        self.progress.begin(f"正在读「{path.name}」")
        job.moved.connect(self.progress.set_progress)
        job.ended.connect(self.progress.end)
        self.progress.cancelled.connect(job.cancel)

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

    # --- what it would do ---------------------------------------------------------------------------------

    def _show(self, plan: Plan) -> None:
        if plan.sentence or plan.verdict is not Verdict.ROSTER:
            self._refuse(plan.sentence or f"「{plan.file}」没有导入：{_NO_ROSTER[plan.verdict]}")
            return
        self._plan = plan
        if not 0 <= self._sheet < len(plan.sheets) or not plan.sheets[self._sheet].rows:
            self._sheet = next(place for place, one in enumerate(plan.sheets) if one.rows)
        self.stack.setCurrentIndex(1)
        self.foot.show()
        self.steps.set_steps(_STEPS, _DONE if self._written else _LOOK)
        sheet = self.sheet()
        self.header.set_context(f"{plan.file}·工作表「{sheet.name}」")
        self.body.show_plan(plan, sheet)
        self._show_foot(plan)

    def sheet(self) -> PlannedSheet:
        """The sheet in sight."""
        if self._plan is None:
            raise LookupError("no plan")
        return self._plan.sheets[self._sheet]

    def _show_foot(self, plan: Plan) -> None:
        count = writes(plan)
        measure = plan.register.measure
        held = len(plan.held_rows)
        self.write.set_text(f"写入 {count:,} {measure}")
        if count:
            self.foot_note.setText("写入前自动备份，写入后可整批撤销。待处理的行不写入，不影响其余。")
        elif self._written:
            self.foot_note.setText(f"已写入。还有 {held} 行待处理。" if held else "已全部写入。")
        else:
            self.foot_note.setText("没有要写入的：都与台账相同，或还待处理。")
        self.write.set_allowed(bool(count), self.foot_note.text())
        named = [(place, one) for place, one in enumerate(plan.sheets) if one.rows]
        self.sheets.setVisible(len(named) > 1)
        self.sheets.set_acts([Act(str(place), f"{one.name}　{len(one.rows):,} 行") for place, one in named])

    # --- answers ------------------------------------------------------------------------------------------

    def _map(self, letter: str, key: str) -> None:
        name = self.sheet().name
        of_sheet = {**self._choices.mapping.get(name, {}), letter: key or None}
        self._choices = replace(self._choices, mapping={**self._choices.mapping, name: of_sheet})
        self.refresh()

    def _answer(self, answer: Answer) -> None:
        self._choices = answer(self._choices)
        self.refresh()

    def _choose_policy(self, policy: Policy) -> None:
        self._policy = policy
        self.refresh()

    def _choose_sheet(self, key: str) -> None:
        self._sheet = int(key)
        if self._plan is not None:
            self._show(self._plan)

    # --- writing ------------------------------------------------------------------------------------------

    def write_it(self) -> None:
        """A backup first, then everything that may go in as one act; held rows stay out."""
        plan, ledger = self._plan, self.office.ledger
        if plan is None or self._writing or not writes(plan):
            return
        self._writing = True
        self.write.set_allowed(False, "正在写入")
        title = f"导入：{plan.file} {writes(plan)} {plan.register.measure}"

        def work(progress: Progress) -> int:
            progress.step(0, 0, "正在备份")
            safekeeping.make_backup(ledger, Reason.IMPORT)
            with ledger.desk.unit(title) as session:
                plan.keep(session, lambda done, total: progress.step(done, total, "正在写入"))
            return ledger.desk.last_act() or 0

        job = self.office.jobs.run("写入花名册", work, lambda act: self._wrote(plan, act), self._not_written)
        self.progress.begin("正在写入")
        job.moved.connect(self.progress.set_progress)
        job.ended.connect(self._ended)
        self.progress.cancelled.connect(job.cancel)

    def _ended(self) -> None:
        """The writing is over, however it went; a cancelled one leaves the plan as it was."""
        self._writing = False
        self.progress.end()
        if self._plan is not None:
            self._show_foot(self._plan)

    def _wrote(self, plan: Plan, act: int) -> None:
        self._written = True
        held = len(plan.held_rows)
        more = f"还有 {held} 行待处理，可导出问题清单" if held else ""
        said = f"已导入「{plan.file}」{writes(plan):,} {plan.register.measure}"
        self.office.tell(said, detail=more, undo_act=act)
        self.refresh()

    def _not_written(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.error.show_error(str(error), "一行也没有写入，台账没有改动。")
            self.error.show()
        else:
            self.office.tell_error(error)

    def export_problems(self) -> None:
        """Write the rows that stay out to a workbook beside the ledger."""
        plan = self._plan
        if plan is None:
            return
        folder = self.office.ledger.path.parent / "导出"
        path = folder / f"{Path(plan.file).stem}_问题清单.xlsx"

        def work(_: Progress) -> Path:
            folder.mkdir(exist_ok=True)
            write_problems(plan, path)
            return path

        def then(made: Path) -> None:
            self.office.tell("已导出问题清单", detail=f"{len(plan.held_rows):,} 行", file=made)

        self.office.jobs.run("导出问题清单", work, then)
