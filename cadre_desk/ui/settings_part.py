"""设置: every declared setting of the office as an input, kept together as one act."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cadre_desk.db import settings
from cadre_desk.db.settings import Declared
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.fields import Count, YesNo
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, PRIMARY
from cadre_desk.ui.kit.inputs import CheckInput, ChoiceInput, Input, LineInput, chain
from cadre_desk.ui.kit.parts import HINT, WARNING, Act, Button, Card, Hairline, Notice, Text
from cadre_desk.ui.office import Office

#: The sizes of the text, as they are kept, with their factor.
TEXT_SIZES: Final[Mapping[str, float]] = {"标准": 1.0, "大": 1.25, "特大": 1.5}
#: Which settings stand on which card.
CARDS: Final = (
    ("单位", (settings.OFFICE, settings.COUNTY, settings.LEADER, settings.POSTCODE)),
    ("窗口", (settings.TEXT_SIZE,)),
    ("生日", (settings.BIRTHDAY_DAYS, settings.LEAP_FOLLOWS_LEAP)),
    ("备份", (settings.BACKUP_SECOND,)),
)
NOT_ADMIN: Final = "这些由管理员来改；文字大小谁都能改。"
_TWO_COLUMNS: Final = 620
_WIDEST: Final = 860


def input_for(declared: Declared) -> Input:
    """What a setting is typed into."""
    field = declared.field
    if declared is settings.TEXT_SIZE:
        return ChoiceInput(field.label, [(size, size) for size in TEXT_SIZES], rule="马上生效")
    if isinstance(field, YesNo):
        return CheckInput(field.label, rule=field.rule)
    if isinstance(field, Count):
        unit = field.unit

        def echo(text: str) -> str:
            return f"{field.parse(text)} {unit}"

        return LineInput(field.label, rule=field.rule, read=echo)
    return LineInput(field.label, rule=field.rule)


class SettingsPart(QWidget):
    """The settings on one sheet. Signals: ``kept()`` after they were saved."""

    kept = Signal()

    def __init__(self, office: Office) -> None:
        """Lay out the inputs; ``load`` fills them."""
        super().__init__()
        self._office = office
        self._held: dict[str, Any] = {}
        self.inputs = {one.key: input_for(one) for one in settings.SETTINGS}
        self.question = Notice("", WARNING)
        self.question.acted.connect(self._answer)
        self.question.hide()
        self._grids: list[tuple[QGridLayout, list[QWidget]]] = []
        self._lay_out()
        for key, one in self.inputs.items():
            one.changed.connect(lambda key=key: self._changed(key))
        chain(list(self.inputs.values()))
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)

    def _lay_out(self) -> None:
        self._sheet = Card()
        self._sheet.set_margins(24, 14, 24, 14)
        self._sheet.setMaximumWidth(theme.px(_WIDEST))
        body = self._sheet.body
        body.setSpacing(theme.px(10))
        if not self._office.user.is_admin:
            body.addWidget(Notice(NOT_ADMIN, HINT))
        for place, (title, declared) in enumerate(CARDS):
            if place:
                body.addWidget(Hairline())
            body.addWidget(Text(title, "h2"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.px(20))
            grid.setVerticalSpacing(theme.px(8))
            body.addLayout(grid)
            inputs: list[QWidget] = [self.inputs[one.key] for one in declared]
            self._grids.append((grid, inputs if len(inputs) > 1 else [*inputs, QWidget()]))
        self._browse = Button("选择文件夹", LINK, "folder-open")
        self._browse.clicked.connect(self._ask_folder)
        body.addWidget(self._browse)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._sheet)
        inner.addStretch(1)
        area.setWidget(held)
        bar = Card()
        bar.set_margins(16, 8, 16, 8)
        bar.setMaximumWidth(theme.px(_WIDEST))
        bar.body.addWidget(self.question)
        bar.body.addLayout(self._foot())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(area, 1)
        column.addWidget(bar)
        self._place(2)

    def _foot(self) -> QHBoxLayout:
        self._told = Text("", "small", "ink2", elide=True)
        self.drop = Button("放弃")
        self.drop.clicked.connect(self.load)
        self.keep = Button("保存 Ctrl+S", PRIMARY, "check")
        self.keep.clicked.connect(self.save)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self._told, 1)
        foot.addWidget(self.drop)
        foot.addWidget(self.keep)
        return foot

    def _place(self, across: int) -> None:
        for grid, inputs in self._grids:
            for place, one in enumerate(inputs):
                grid.addWidget(one, place // across, place % across)
            for column in range(2):
                grid.setColumnStretch(column, 1 if column < across else 0)

    def load(self) -> None:
        """Show what holds; what was typed and not saved is dropped."""
        with self._office.desk.read() as session:
            self._held = {one.key: settings.read(session, one) for one in settings.SETTINGS}
        admin = self._office.user.is_admin
        for one in settings.SETTINGS:
            held = self._held[one.key]
            shown = held if isinstance(held, bool | str) else one.field.show(held)
            self.inputs[one.key].set_value(shown)
            self.inputs[one.key].show_problem("")
            self.inputs[one.key].set_required(one.field.required)
            self.inputs[one.key].set_locked(not admin and one is not settings.TEXT_SIZE)
        self._browse.setEnabled(admin)
        self.question.hide()
        self._weigh()

    def changes(self) -> dict[str, Any]:
        """What differs from what holds, read.

        Raises:
            FieldError: a value can't be read.
        """
        found = {}
        for one in settings.SETTINGS:
            value = self._value(one)
            if value != self._held.get(one.key):
                found[one.key] = value
        return found

    def is_dirty(self) -> bool:
        """Whether anything was typed that is not saved."""
        try:
            return bool(self.changes())
        except FieldError:
            return True

    def save(self) -> None:
        """Keep the changes as one act; what can't be read is said at its input."""
        wrong = None
        for one in settings.SETTINGS:
            try:
                self._value(one)
            except FieldError as error:
                self.inputs[one.key].show_problem(str(error))
                wrong = wrong or self.inputs[one.key]
        if wrong is not None:
            wrong.editor.setFocus()
            return
        changes = self.changes()
        if changes:
            labels = [one.field.label for one in settings.SETTINGS if one.key in changes]
            with self._office.desk.unit(f"修改设置：{'、'.join(labels[:3])}") as session:
                settings.write(session, changes)
            self.load()
            self.kept.emit()
            self._office.tell("设置已保存", detail="、".join(labels))

    def ask_before_leaving(self) -> bool:
        """Whether nothing is unsaved; else the question is put at the foot."""
        if not self.is_dirty():
            return True
        acts = (Act("keep", "保存"), Act("drop", "放弃"))
        self.question.say("设置改了还没有保存。先保存，还是放弃？", WARNING, acts)
        self.question.show()
        return False

    def _value(self, declared: Declared) -> Any:
        one = self.inputs[declared.key]
        if isinstance(one, CheckInput | ChoiceInput):
            return one.value
        value = declared.field.parse(one.text())
        if value is None and declared.field.required:
            raise FieldError(f"「{declared.field.label}」必须填写。")
        return declared.default if value is None else value

    def _changed(self, key: str) -> None:
        declared = next(one for one in settings.SETTINGS if one.key == key)
        try:
            self.inputs[key].set_edited(self._value(declared) != self._held.get(key))
        except FieldError:
            self.inputs[key].set_edited(True)
        self._weigh()

    def _weigh(self) -> None:
        dirty = self.is_dirty()
        self.keep.set_allowed(dirty, "没有改动")
        self.drop.setEnabled(dirty)
        self._told.setText("改动还没有保存" if dirty else "没有改动")
        if not dirty:
            for one in self.inputs.values():
                one.set_edited(False)

    def _answer(self, key: str) -> None:
        self.question.hide()
        if key == "keep":
            self.save()
        else:
            self.load()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "第二备份位置", self.inputs[settings.BACKUP_SECOND.key].text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.set_second)
        dialog.open()

    def set_second(self, folder: str) -> None:
        """The second medium's folder, as chosen."""
        self.inputs[settings.BACKUP_SECOND.key].set_value(str(Path(folder)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one."""
        super().resizeEvent(event)
        self._place(2 if self.width() >= theme.px(_TWO_COLUMNS) else 1)
