"""The page on which a record of a register is typed: fields, what changes beside them, 保存 at the foot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cadre_desk.actions import drafts
from cadre_desk.actions.drafts import Draft
from cadre_desk.actions.records import How, Kept
from cadre_desk.domain.dates import parse_date
from cadre_desk.domain.errors import FieldError, RuleError, UserError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.register import Register
from cadre_desk.ui import person_form
from cadre_desk.ui.card_header import IdentityStrip
from cadre_desk.ui.card_layout import BASIC, layout_of
from cadre_desk.ui.card_tabs import CardTabs
from cadre_desk.ui.form_side import ChangesPanel, DatedChoice, Foot, Question, empty
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.parts import HINT, Card, Drawer, Hairline, Notice, PageHeader, Tab
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.record_form import RecordForm


class FormPage(Page):
    """Page "edit": ``record`` 0 begins a new one, with presets in ``also`` ("person_id=7").

    For a record there is, ``also`` may name the field to begin with and what the records it is one of are
    called ("field=phone;among=80岁以上独居").
    """

    HELP: ClassVar[str] = "登记卡#修改"

    def __init__(self, office: Office) -> None:
        """The frame; the form of a register is made when it is first asked for."""
        super().__init__(office)
        self._go = Go("edit", "people")
        self._forms: dict[tuple[str, bool], RecordForm] = {}
        self._last: dict[str, dict[str, Any]] = {}
        self._wanted: Go | None = None
        self._lay_out()
        office.wanted.connect(self._on_wanted)

    def _lay_out(self) -> None:
        self.header = PageHeader("编辑")
        self.header.parent_asked.connect(lambda _key: self.leave())
        self.identity = IdentityStrip()
        self.tabs = CardTabs()
        self.tabs.chosen.connect(self._choose_tab)
        self._stack = QStackedWidget()
        self.panel = ChangesPanel()
        self._panel_place = QVBoxLayout()
        self._panel_place.addWidget(self.panel)
        paper = Card()
        paper.set_margins(1, 0, 1, 1)
        paper.body.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(theme.px(4), 0, theme.px(12), 0)
        strip.addWidget(self.tabs, 1)
        paper.body.addLayout(strip)
        paper.body.addWidget(Hairline())
        paper.body.addWidget(self._stack, 1)
        sides = QHBoxLayout()
        sides.setSpacing(theme.space("gap"))
        sides.addWidget(paper, 1)
        sides.addLayout(self._panel_place)
        desk = QVBoxLayout()
        side = theme.space("page")
        desk.setContentsMargins(side, theme.px(8), side, theme.px(10))
        desk.setSpacing(0)
        desk.addWidget(self.header)
        desk.addSpacing(theme.px(4))
        desk.addWidget(self.identity)
        desk.addSpacing(theme.px(10))
        desk.addLayout(sides, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(desk, 1)
        self._lay_out_foot(column)

    def _lay_out_foot(self, column: QVBoxLayout) -> None:
        """The choice between correction and change, the foot, and the question that takes its place."""
        self.dated = DatedChoice(lambda text: parse_date(text).words())
        self.dated.changed.connect(self._consider)
        self.foot = Foot()
        self.foot.left.connect(self.leave)
        self.foot.saved.connect(self.save)
        self.foot.saved_on.connect(lambda: self.save(then_next=True))
        self.foot.listed.connect(self._open_panel)
        self.question = Question()
        self.question.answered.connect(self._on_answer)
        for bar in (self.dated, self.question, self.foot):
            column.addWidget(bar)
        self.drawer = Drawer(self)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    @property
    def register(self) -> Register:
        """The register whose record is typed."""
        return REGISTERS[self._go.register]

    @property
    def form(self) -> RecordForm:
        """The form in sight."""
        return self._forms[self._go.register, self._go.record == 0]

    def _form_for(self, register: Register, *, new: bool) -> RecordForm:
        """The form of a register, made once."""
        known = self._forms.get((register.key, new))
        if known is not None:
            return known
        form = RecordForm(self.office, register, new=new)
        form.changed.connect(self._consider)
        form.tab_asked.connect(self._show_tab)
        form.asked.connect(self._on_act)
        form.same_asked.connect(self._take_same)
        form.helped.connect(self._next_problem)
        self._forms[register.key, new] = form
        self._stack.addWidget(form)
        return form

    # --- arriving -----------------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """Begin with a record, or with a new one; what is typed for the very same record stays."""
        same = (go.register, go.record) == (self._go.register, self._go.record)
        if same and self._forms and self._is_dirty():
            return
        self._go, self._wanted = go, None
        self._hide_question()
        form = self._form_for(self.register, new=go.record == 0)
        self._stack.setCurrentWidget(form)
        asked = _presets(go.also)
        fields = self.register.fields
        form.begin(go.record, {key: fields[key].parse(text) for key, text in asked.items() if key in fields})
        self._show_tabs()
        self.dated.offer((), None)
        self._show_head()
        self._consider()
        if go.record and asked.get("field") in form.editors:
            form.go_to(asked["field"])
        else:
            form.go_to_first()

    def remains(self) -> dict[str, dict[str, Any]] | None:
        """What Ctrl+D repeats; a form with something typed stays."""
        return None if self._forms and self._is_dirty() else self._last

    def resume(self, remains: object) -> None:
        """Ctrl+D goes on from the records kept before."""
        if isinstance(remains, dict):
            self._last = remains

    def refresh(self) -> None:
        """The record was changed elsewhere (an undo): what was typed stays, the rest follows."""
        if self._forms:
            self.form.follow()

    def _show_head(self) -> None:
        """Where we are, and whose record it is."""
        register, new = self.register, not self._go.record
        title = register.title if new else f"{register.title} / {self.form.name()}"
        self.header.set_title(f"登记{register.noun}" if new else "编辑")
        self.header.set_parents([("back", title)])
        self.identity.setVisible(not new)
        if not new:
            self.identity.show_record(self.office, register, self._go.record)
        self.foot.on.set_text(f"保存并录下一{register.measure}")
        self.foot.on.setVisible(new)

    def _show_tabs(self) -> None:
        """The tabs that have something to type."""
        layout = layout_of(self.register)
        free = {key for key, editor in self.form.editors.items() if not editor.is_locked}
        typed = {section.tab for section in layout.sections if free & set(section.typed)}
        self.tabs.set_tabs([Tab(key, label) for key, label in layout.tabs if key in typed], BASIC)
        self.form.show_tab(BASIC)

    def _choose_tab(self, tab: str) -> None:
        """A tab was clicked: the keyboard goes to its first field; with arrow keys it stays on the tabs."""
        on_tabs = any(button.hasFocus() for button in self.tabs.findChildren(QAbstractButton))
        self._show_tab(tab)
        if not on_tabs:
            self.form.go_to_first()

    def _show_tab(self, tab: str) -> None:
        self.tabs.set_current(tab)
        self.form.show_tab(tab)

    # --- live ---------------------------------------------------------------------------------------------

    def _is_dirty(self) -> bool:
        return bool(self.form.changes())

    def _consider(self) -> None:
        """After every keystroke: what changed, what it affects, what is wrong."""
        standing = self.form.consider()
        if standing.dated and self.dated.isHidden():
            self.dated.offer(standing.dated, How.CORRECTION if self.form.was_entered_today() else None)
        else:
            self.dated.offer(standing.dated, None)
        new = self.form.is_new
        self.panel.show_changes(standing.changes, standing.effects, new=new)
        self.foot.show_state(
            len(standing.changes), standing.holds, standing.warnings, owed=self.dated.owed(), new=new
        )

    def _on_act(self, key: str, act: str) -> None:
        """Do what a warning offers."""
        if act == person_form.NOTE_IT:
            person_form.write_note(self.form)
            self.form.go_to("note")
        elif act == person_form.FROM_ID:
            person_form.take_birth_from_id(self.form, self.office.today())
        elif act == person_form.BASIS:
            label = self.form.editors[key].field.label
            self._open_drawer(label, "认定依据", Notice(person_form.BASIS_TEXT, HINT))

    def _open_drawer(self, title: str, note: str, widget: QWidget) -> None:
        empty(self.drawer.body)
        side = theme.space("card")
        self.drawer.set_title(title, note)
        self.drawer.body.setContentsMargins(side, theme.px(12), side, theme.px(12))
        self.drawer.body.addWidget(widget)
        self.drawer.body.addStretch(1)
        self.drawer.unfold()

    def _take_same(self, key: str) -> None:
        """Ctrl+D: the value of the record of this register that was kept last."""
        last = self._last.get(self._go.register, {}).get(key)
        if last is None:
            self.form.editors[key].input.show_problem("上一条还没有这一项，没有可以照抄的。", "hint")
        else:
            self.form.editors[key].set_value(last)

    def _next_problem(self) -> None:
        """F4 where there is no table: the next field that stops the saving."""
        faulty = self.form.first_fault()
        if faulty:
            self.form.go_to(faulty)

    # --- saving -------------------------------------------------------------------------------------------

    def save(self, *, then_next: bool = False) -> None:
        """Keep what is typed as one act and show its card; what stops it is said where it stands."""
        form = self.form
        form.tried = True
        self._consider()
        fault = form.first_fault()
        if fault:
            form.go_to(fault)
            return
        draft = self._dated_draft(form.draft())
        if draft is None:
            return
        if not draft.altered:
            self._leave_for(self._back())
            return
        try:
            title, kept = form.write(draft)
        except RuleError as error:
            rest = form.show_refusal(error)
            if rest is not None:
                self.office.tell_error(rest)
        except UserError as error:
            self.office.tell_error(error)
        else:
            self._kept(title, kept, then_next=then_next)

    def _dated_draft(self, draft: Draft) -> Draft | None:
        """With the choice between correction and change; None where it is still owed."""
        if not draft.dated:
            return draft
        how = self.dated.how()
        if how is None:
            self.dated.show_problem("请先选：是更正，还是从某日起变更。")
            self.dated.correction.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        try:
            draft = replace(draft, how=how, since=self.dated.day() if how is How.CHANGE else None)
            with self.office.desk.read() as session:
                wrong = drafts.since_problem(session, draft, today=self.office.today())
        except FieldError as error:
            wrong = str(error)
        if wrong:
            self.dated.show_problem(wrong)
            self.dated.since.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return None if wrong else draft

    def _kept(self, title: str, kept: Kept, *, then_next: bool) -> None:
        """Tell what was done, and show the card, or begin the next."""
        form = self.form
        self._last[self._go.register] = form.values()
        detail = f"有 {len(kept.warnings)} 处提醒，在登记卡右上。" if kept.warnings else ""
        self.office.tell(f"已保存　{title}", detail=detail, undo_act=self.office.desk.last_act() or 0)
        form.load({key: editor.value() for key, editor in form.editors.items()})
        if then_next:
            self.arrive(replace(self._go, record=0))
        else:
            self._leave_for(self._card_of(kept.id))

    # --- leaving ------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Esc: back to the card; unsaved changes are asked about."""
        if self._is_dirty():
            self.question.ask(len(self.form.changes()))
            self.foot.hide()
            return
        self._leave_for(self._back())

    def may_leave(self) -> bool:
        """Whether the window may show another page; unsaved changes are asked about first."""
        if not self._forms or not self._is_dirty():
            return True
        self.leave()
        return False

    def _on_wanted(self, go: Go) -> None:
        """Remember where she wanted to go while the question stands, to go there once it is answered."""
        if self.question.isVisible():
            self._wanted = go

    def _hide_question(self) -> None:
        self.question.hide()
        self.foot.show()

    def _on_answer(self, answer: str) -> None:
        self._hide_question()
        if answer == "save":
            self.save()
        elif answer == "drop":
            self.form.load({key: editor.loaded for key, editor in self.form.editors.items()})
            self._consider()
            self._leave_for(self._wanted or self._back())
        else:
            self._wanted = None
            self.form.go_to_first()

    def _leave_for(self, go: Go) -> None:
        """Ask the window for a page, once."""
        self._wanted = None
        self.office.wanted.emit(go)

    def _back(self) -> Go:
        """Where the clerk came from: the record's card, or the list."""
        if self._go.record:
            return self._card_of(self._go.record)
        return Go("list", self._go.register)

    def _card_of(self, record: int) -> Go:
        """The card of a record, among those it was opened from."""
        listed = _presets(self._go.also).get("among", "")
        return Go("card", self._go.register, record=record, among=self._go.among, also=listed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, or answers the question with 继续编辑."""
        if event.key() == Qt.Key.Key_Escape:
            if self.question.isVisible():
                self._on_answer("stay")
            else:
                self.leave()
            return
        super().keyPressEvent(event)

    # --- room ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the side panel gives way; the count in the foot opens it."""
        super().resizeEvent(event)
        small = narrow(self) >= Room.FEW_BUTTONS
        self.panel.setVisible(not small)
        self.panel.setFixedWidth(theme.space("preview"))
        self.foot.more.setVisible(small)

    def _open_panel(self) -> None:
        """The list of changes as a drawer."""
        standing = self.form.consider()
        panel = ChangesPanel()
        panel.show_changes(standing.changes, standing.effects, new=self.form.is_new)
        self._open_drawer("改动", "", panel)


def _presets(also: str) -> dict[str, str]:
    """What ``also`` of a `Go` asks for: "person_id=7;field=phone"."""
    pairs = (part.partition("=") for part in also.split(";") if "=" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}
