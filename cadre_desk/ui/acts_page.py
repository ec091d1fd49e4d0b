"""The list of past acts: who did what and when, and the way to take any of them back."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from cadre_desk.domain.errors import UserError
from cadre_desk.registers.trust import ACTS
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import ICON, Button
from cadre_desk.ui.kit.parts import HINT, Chip, Notice, Text
from cadre_desk.ui.list_page import ListPage
from cadre_desk.ui.office import Office
from cadre_desk.ui.record_preview import RecordPreview
from cadre_desk.ui.undo_keeper import act_of, keeper_for

_GONE = "这一次操作已经不在记录里。"


class ActPreview(RecordPreview):
    """One act: what, when, by whom, how many records, whether it stands; ``edited`` asks to take it back."""

    def __init__(self) -> None:
        """No act."""
        super().__init__("操作")
        self.title = Text("", "h2", wrap=True, select=True)
        self.chip = Chip("")
        close = Button(kind=ICON, icon="close", name="收起摘要")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self.chip)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        self._values = {}
        for row, label in enumerate(("时间", "操作人", "记录")):
            grid.addWidget(Text(label, "small", "ink2"), row, 0)
            self._values[label] = Text("", "small", select=True)
            grid.addWidget(self._values[label], row, 1)
        self.column.addLayout(grid)
        self.column.addWidget(Notice("撤销只恢复这一次改过的记录；以后又改过的，会先告诉你是哪一次。", HINT))
        self.column.addStretch(1)
        self.undo = Button("撤销这一次", icon="undo")
        self.undo.clicked.connect(self.edited)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.undo)
        self.column.addLayout(foot)

    def show_record(self, office: Office, record: int) -> None:
        """Show an act."""
        act = act_of(office, record)
        if act is None:
            raise UserError(_GONE)
        with office.desk.read() as session:
            row = office.listing(ACTS).showing("undone_by", "undoes").rows_of(session, [record])[record]
        undone, undoes = row.values
        self.title.setText(act.title)
        self._values["时间"].setText(f"{act.at:%Y-%m-%d %H:%M}")
        self._values["操作人"].setText(act.user)
        self._values["记录"].setText(f"{act.records:,} 条")
        self.chip.set_state("已撤销" if undone else "撤销操作" if undoes else "有效", "neutral")
        self.undo.set_text("恢复" if undoes and not undone else "撤销这一次")
        self.undo.set_allowed(not undone, "已经撤销过了")


class ActsPage(ListPage):
    """操作记录; Enter or the button takes the current act back, after a question."""

    HELP: ClassVar[str] = "使用人与设置"

    def make_preview(self) -> RecordPreview:
        """The act beside the list."""
        return ActPreview()

    def open(self, record: int) -> None:
        """Enter asks whether to take the act back."""
        self.take_back(record)

    def edit(self) -> None:
        """The button beside the list does the same."""
        self.take_back(self.list.current_record())

    def take_back(self, record: int) -> None:
        """Ask before an act of the past is undone."""
        act = act_of(self.office, record) if record else None
        if act is None:
            return
        keeper_for(self, self.office).question(act)
