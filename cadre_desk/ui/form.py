"""The form of any register: its fields in sections of three, two or one columns; Enter walks through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cadre_desk.domain.errors import FieldError, Problem, Severity
from cadre_desk.domain.fields import AnyField
from cadre_desk.registers.register import Register
from cadre_desk.ui.card_layout import Section
from cadre_desk.ui.editor_base import Editor, Where
from cadre_desk.ui.editors import editor_for
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import Act
from cadre_desk.ui.kit.narrow import form_columns
from cadre_desk.ui.kit.parts import ScrollColumn, SectionTitle
from cadre_desk.ui.office import Office

#: A column is never narrower than this, px at 100 %.
_COLUMN: Final = 216
_BETWEEN: Final = 20
_LONG: Final = frozenset({"long_text"})


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that stands otherwise than the record has it, in words: sensitive values masked."""

    key: str
    label: str
    old: str
    new: str


class _Block(QWidget):
    """A section: its title, and its inputs in columns."""

    def __init__(self, section: Section, editors: Sequence[Editor]) -> None:
        super().__init__()
        self.section = section
        self._editors = list(editors)
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self._title = SectionTitle(section.title)
        column.addWidget(self._title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(_BETWEEN))
        self._grid.setVerticalSpacing(theme.px(10))
        column.addLayout(self._grid)

    def spread(self, columns: int) -> None:
        """Place the inputs in so many columns; several lines of text take the whole width."""
        if columns == self._columns or self.isHidden():
            return
        for number in range(max(columns, self._columns)):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
            self._grid.setColumnMinimumWidth(number, theme.px(_COLUMN) if number < columns else 0)
        self._columns = columns
        row = place = 0
        for editor in self._editors:
            self._grid.removeWidget(editor.input)
            if editor.field.kind in _LONG:
                row += place > 0
                self._grid.addWidget(editor.input, row, 0, 1, columns)
                row, place = row + 1, 0
                continue
            self._grid.addWidget(editor.input, row, place)
            place += 1
            if place == columns:
                row, place = row + 1, 0


class Form(ScrollColumn):
    """The editors of a register, one tab of them in sight.

    Signals: ``changed()`` after every keystroke, ``tab_asked(tab)`` when Enter or a problem leads to another
    tab, ``asked(key, act)`` from an act of a problem, ``same_asked(key)`` on Ctrl+D, ``helped()`` on F4 in a
    field that has no table.
    """

    changed = Signal()
    tab_asked = Signal(str)
    asked = Signal(str, str)
    same_asked = Signal(str)
    helped = Signal()

    def __init__(self, office: Office, register: Register, most_columns: int = 3) -> None:
        """An empty form; ``lay_out`` gives it its fields."""
        super().__init__()
        self.setObjectName("form")
        self._office, self._register, self._most = office, register, most_columns
        self.editors: dict[str, Editor] = {}
        self._tabs: dict[str, str] = {}
        self._blocks: list[_Block] = []
        self._tab = ""
        self._loading = False
        side = theme.space("card")
        self.column.setContentsMargins(side, theme.px(8), side, theme.px(16))
        self.column.setSpacing(theme.px(12))
        self._end = QWidget()
        self.column.addWidget(self._end, 1)

    # --- what the page sets -------------------------------------------------------------------------------

    def lay_out(self, sections: Iterable[Section], fields: Mapping[str, AnyField]) -> None:
        """Make the editors of the sections, each field once; ``fields`` may hold more than the register's."""
        for section in sections:
            keys = [key for key in section.typed if key in fields]
            if not keys:
                continue
            made = [self._make(key, fields[key], section.tab) for key in keys]
            block = _Block(section, made)
            block.hide()
            self._blocks.append(block)
            self.column.insertWidget(self.column.count() - 1, block)

    def _make(self, key: str, field: AnyField, tab: str) -> Editor:
        editor = editor_for(Where(self._office, self._register, key, field))
        editor.setParent(self)
        editor.changed.connect(self._tell)
        editor.walked.connect(lambda step, key=key: self._walk(key, step))
        editor.asked.connect(lambda act, key=key: self.asked.emit(key, act))
        editor.helped.connect(self.helped)
        editor.made.connect(lambda: editor.input.editor.installEventFilter(self))
        self.editors[key] = editor
        self._tabs[key] = tab
        return editor

    def load(self, values: Mapping[str, Any]) -> None:
        """Begin with the values of a record; what is not named begins empty."""
        self._loading = True
        for key, editor in self.editors.items():
            editor.load(values.get(key))
            editor.setProperty("edited", False)
        self._loading = False
        self.verticalScrollBar().setValue(0)

    def rebase(self, values: Mapping[str, Any]) -> None:
        """The record was changed meanwhile: what was typed stays, what was not touched follows."""
        self._loading = True
        for key, editor in self.editors.items():
            editor.rebase(values.get(key))
        self._loading = False
        self.changed.emit()

    def show_tab(self, tab: str) -> None:
        """Show the sections of one tab."""
        self._tab = tab
        for block in self._blocks:
            block.setVisible(block.section.tab == tab)
        self._spread()
        self.verticalScrollBar().setValue(0)

    # --- what stands in it --------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What can be read; fields whose text is no value are left out (``faults`` names them)."""
        found: dict[str, Any] = {}
        for key, editor in self.editors.items():
            try:
                found[key] = editor.value()
            except FieldError:
                continue
        return found

    def faults(self) -> list[str]:
        """The fields whose text is no value."""
        return [key for key, editor in self.editors.items() if editor.fault() is not None]

    def altered(self) -> dict[str, Any]:
        """The values that differ from what was loaded."""
        return {key: value for key, value in self.values().items() if value != self.editors[key].loaded}

    def changes(self, *, half_typed: bool = True) -> list[Changed]:
        """What differs from what was loaded, in words, in the form's order.

        Without ``half_typed`` what can't be read yet is left out while the keyboard is still in it.
        """
        values, found = self.values(), []
        for key, editor in self.editors.items():
            if key not in values:
                if not half_typed and editor.input.editor.hasFocus():
                    continue
                new = f"「{editor.typed()}」看不懂"
            elif values[key] == editor.loaded:
                continue
            else:
                new = editor.words(values[key])
            found.append(Changed(key, editor.field.label, editor.words(editor.loaded), new))
        return found

    # --- what is wrong ------------------------------------------------------------------------------------

    def show_problems(
        self, problems: Sequence[Problem], acts: Mapping[str, Sequence[Act]], *, all_: bool
    ) -> None:
        """Say problems at their fields, the worst of each; faults of reading only if ``all_`` is asked for.

        ``acts`` are what can be done about a warning, by field.
        """
        worst: dict[str, Problem] = {}
        for problem in sorted(problems, key=lambda one: one.severity is not Severity.HOLD):
            worst.setdefault(problem.field, problem)
        faults = set(self.faults())
        for key, editor in self.editors.items():
            if key in faults:
                if all_:
                    editor.show_fault()
                continue
            said = worst.get(key)
            text = "" if said is None else said.text
            if (editor.is_made or text) and editor.input.problem() != text:
                more = acts.get(key, ()) if said is not None and said.severity is Severity.WARN else ()
                editor.input.show_problem(text, "hold" if said is None else str(said.severity), more)

    def mark_edited(self, keys: Iterable[str]) -> None:
        """Show 已改 at these fields and at no others."""
        wanted = set(keys)
        for key, editor in self.editors.items():
            if bool(editor.property("edited")) is not (key in wanted):
                editor.setProperty("edited", key in wanted)
                editor.input.set_edited(key in wanted)

    def faulty(self) -> list[str]:
        """The fields that stop the saving as they are shown now, in the form's order."""
        return [
            key
            for key, editor in self.editors.items()
            if editor.is_made and editor.input.editor.property("state") == "wrong"
        ]

    # --- walking ------------------------------------------------------------------------------------------

    def go_to(self, key: str) -> None:
        """Give a field the keyboard, on its tab, all of it in sight."""
        if self._tabs[key] != self._tab:
            self.tab_asked.emit(self._tabs[key])
        editor = self.editors[key].input.editor
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.editors[key].input)

    def go_to_first(self) -> None:
        """Give the first field of the tab the keyboard."""
        keys = [key for key in self.editors if self._tabs[key] == self._tab and self._takes(key)]
        if keys:
            self.go_to(keys[0])

    def _walk(self, key: str, step: int) -> None:
        """The next or the previous field that can be typed in, on the next tab too; the ends stay."""
        keys = list(self.editors)
        place = keys.index(key) + step
        while 0 <= place < len(keys):
            if self._takes(keys[place]):
                self.go_to(keys[place])
                return
            place += step

    def _takes(self, key: str) -> bool:
        """Whether a field can be typed in."""
        return not self.editors[key].is_locked

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+D takes the value of the record kept last; a line edit would take it for Delete."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride} and isinstance(
            event, QKeyEvent
        ):
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() == Qt.Key.Key_D:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                for key, editor in self.editors.items():
                    if editor.is_made and editor.input.editor is watched:
                        self.same_asked.emit(key)
                return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        if not self._loading:
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns, two or one, by the room in ems."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        fits = (self.viewport().width() - 2 * theme.space("card")) // theme.px(_COLUMN + _BETWEEN)
        columns = max(1, min(form_columns(self, self._most), fits))
        for block in self._blocks:
            block.spread(columns)
