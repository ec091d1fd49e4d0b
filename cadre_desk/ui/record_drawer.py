"""A drawer in which a record that belongs to another is typed in place: a contact, a bank account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cadre_desk.domain.errors import RuleError, UserError
from cadre_desk.registers.register import Register
from cadre_desk.ui.card_layout import BASIC
from cadre_desk.ui.kit.buttons import NORMAL, PRIMARY, Act, Button
from cadre_desk.ui.kit.parts import WARNING, Drawer, Notice, Text
from cadre_desk.ui.office import Office
from cadre_desk.ui.record_form import RecordForm


class RecordDrawer(Drawer):
    """The form of one register in one column, 取消 and 保存 at its foot; Esc asks if something changed."""

    def __init__(self, office: Office, host: QWidget) -> None:
        """Closed, without a form."""
        super().__init__(host)
        self.setObjectName("record-drawer")
        self.office = office
        self.form: RecordForm | None = None
        self.body.setSpacing(0)
        self.question = Notice("", WARNING, stacked=True)
        self.question.acted.connect(self._on_answer)
        self.question.hide()
        self.state = Text("", "small", "ink2", elide=True)
        self.leave = Button("取消 Esc", NORMAL)
        self.leave.clicked.connect(self.ask_to_shut)
        self.keep = Button("保存 Ctrl+S", PRIMARY, "save")
        self.keep.clicked.connect(self.save)
        self.foot.addWidget(self.state, 1)
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.keep)
        QShortcut(
            QKeySequence("Ctrl+S"), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def open_for(self, register: Register, record: int, presets: Mapping[str, Any], owner: str) -> None:
        """Begin with a record, or (0) with a new one of the owner."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.body.removeWidget(self.question)
            self.form.hide()
            self.form.deleteLater()
        self.form = form = RecordForm(self.office, register, new=record == 0, most_columns=1)
        form.begin(record, presets)
        for key in presets:
            form.editors[key].lock("就是这位老干部" if key == "person_id" else "由所在的登记卡带出")
        form.show_tab(BASIC)
        form.changed.connect(self._consider)
        self.body.addWidget(form, 1)
        self.body.addWidget(self.question)
        self.question.hide()
        self.set_title(f"{'修改' if record else '添加'}{register.noun}", owner)
        self._consider()
        self.unfold()
        form.go_to_first()

    def _consider(self) -> None:
        if self.form is not None:
            standing = self.form.consider()
            self.state.setText(f"{standing.holds} 处要改好" if standing.holds else "")

    def save(self) -> None:
        """Keep the record and close; what stops it is said where it stands."""
        form = self.form
        if form is None or not self.isVisible():
            return
        form.tried = True
        self._consider()
        fault = form.first_fault()
        if fault:
            form.go_to(fault)
            return
        draft = form.draft()
        if draft.record and not draft.altered:
            self.shut()
            return
        try:
            title, _ = form.write(draft)
        except RuleError as error:
            rest = form.show_refusal(error)
            if rest is not None:
                self.office.tell_error(rest)
        except UserError as error:
            self.office.tell_error(error)
        else:
            self.office.tell(f"已保存　{title}", undo_act=self.office.desk.last_act() or 0)
            form.load({key: editor.value() for key, editor in form.editors.items()})
            self.shut()

    def is_dirty(self) -> bool:
        """Whether something was typed and not kept."""
        return self.isVisible() and self.form is not None and bool(self.form.changes())

    def ask_to_shut(self) -> None:
        """Close, unless something was typed: then ask."""
        if not self.is_dirty():
            self.shut()
            return
        acts = [Act("save", "保存"), Act("drop", "放弃"), Act("stay", "继续填写")]
        self.question.say("填的内容还没有保存。", WARNING, acts)
        self.question.show()

    def _on_answer(self, answer: str) -> None:
        self.question.hide()
        if answer == "save":
            self.save()
        elif answer == "drop":
            self.shut()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc asks before it closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_shut()
            return
        super().keyPressEvent(event)
