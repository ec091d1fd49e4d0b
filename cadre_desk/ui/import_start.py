"""选文件: which register, which file, or a blank workbook to begin with."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QVBoxLayout, QWidget

from cadre_desk.intake.planner import IMPORTED
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, NORMAL, PRIMARY, Act, Button
from cadre_desk.ui.kit.empty_state import Beginning, EmptyState
from cadre_desk.ui.kit.text import Text

_CHOOSE, _TEMPLATE = "choose", "template"
#: The registers as clerks ask for them; what each row of a roster stands for.
_ROWS: Final = {
    "people": "一行一人；家属电话、银行账号在同一张表上也读",
    "contacts": "一行一个联系人，写明是谁的",
    "accounts": "一行一个账户，写明是谁的",
    "memberships": "党员名册：谁在哪个支部，什么时候转入",
    "units": "一行一个单位，主管单位写名称",
    "places": "一行一个乡镇、街道或社区",
    "branches": "一行一个支部，上级组织写名称",
}


class StartBody(QWidget):
    """Before a file is chosen.

    Signals: ``register_chosen(key)``, ``choose_asked()``, ``template_asked()``, ``records_asked()``.
    """

    register_chosen = Signal(str)
    choose_asked = Signal()
    template_asked = Signal()
    records_asked = Signal()

    def __init__(self) -> None:
        """People, until another register is asked for."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(Text("导入到", "small", "ink2"))
        self.register = QComboBox()
        self.register.setView(QListView())
        self.register.setAccessibleName("导入到哪个登记簿")
        for key in _ROWS:
            if key in IMPORTED:
                self.register.addItem(REGISTERS[key].title, key)
        self.register.currentIndexChanged.connect(self._chosen)
        row.addWidget(self.register)
        self.note = Text("", "small", "ink2", elide=True)
        row.addWidget(self.note, 1)
        self.records = Button("导入记录", LINK)
        self.records.clicked.connect(self.records_asked)
        row.addWidget(self.records)
        column.addLayout(row)
        self.empty = EmptyState(
            "import",
            "还没有选文件",
            "把单位给的花名册拖到这里，或者从文件夹里选。先看会改什么，再决定写不写入。",
            [
                Beginning(
                    "选一份花名册",
                    "Excel、WPS 表格、CSV 都可以，几行表头、小计、合并单元格不用先改",
                    Act(_CHOOSE, "选文件", "folder-open", PRIMARY),
                ),
                Beginning(
                    "手头没有表：先下载空白样表",
                    "带下拉选项和填写说明，发给各单位填好再导入",
                    Act(_TEMPLATE, "下载空白样表", "excel", NORMAL),
                ),
            ],
        )
        self.empty.acted.connect(
            lambda key: self.choose_asked.emit() if key == _CHOOSE else self.template_asked.emit()
        )
        column.addWidget(self.empty, 1)
        self._tell()

    def show_register(self, key: str) -> None:
        """Another register from elsewhere."""
        self.register.blockSignals(True)
        self.register.setCurrentIndex(max(self.register.findData(key), 0))
        self.register.blockSignals(False)
        self._tell()

    def begin(self) -> None:
        """The keyboard starts at the file, so that Enter opens the choice."""
        button = next((one for one in self.empty.findChildren(Button) if one.kind == PRIMARY), None)
        if button is not None:
            button.setFocus()

    def _chosen(self, _place: int) -> None:
        self._tell()
        self.register_chosen.emit(str(self.register.currentData()))

    def _tell(self) -> None:
        self.note.setText(_ROWS[str(self.register.currentData())])
