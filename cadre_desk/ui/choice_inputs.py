"""Inputs that offer lines of a table: one line found by search (a linked record), and several (家庭状况)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from cadre_desk.domain.codes import CodeItem, CodeTable
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import ICON, Button
from cadre_desk.ui.kit.code_popup import MOST, CodePopup
from cadre_desk.ui.kit.input_base import Input
from cadre_desk.ui.kit.inputs import CodeInput, Matching

#: What stands between the items of a list, and what else clerks type there.
SEPARATOR: Final = "、"
_TYPED_SEPARATORS: Final = "，,；;"
_TICK: Final = "✓ "


def matching_names(records: Mapping[int, str]) -> Matching:
    """Records found as the items of a code table are: by name, pinyin or initials."""
    items = tuple(CodeItem(str(record), name) for record, name in records.items())
    table = CodeTable("records", "", "", "", items)
    return lambda typed: [(one.code, one.label, one.initials) for one in table.matching(typed)[:MOST]]


class TableArrow(QObject):
    """The arrow at the right of a line that opens its table; it is hidden while the line is typed in."""

    def __init__(self, line: QLineEdit, opened: Callable[[], object]) -> None:
        """Stand in ``line``; ``opened`` shows the table."""
        super().__init__(line)
        self._line, self._opened = line, opened
        self._button = Button(kind=ICON, icon="chevron-down", name="打开代码表 F4", parent=line)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._open)
        line.setTextMargins(0, 0, theme.px(20), 0)
        line.installEventFilter(self)

    def _open(self) -> None:
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)
        self._opened()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the right edge; a locked line has no table to open."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            size = self._button.sizeHint()
            left = self._line.width() - size.width() - theme.px(3)
            self._button.setGeometry(
                left, (self._line.height() - size.height()) // 2, size.width(), size.height()
            )
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.ReadOnlyChange}:
            inside = event.type() == QEvent.Type.FocusIn
            self._button.setVisible(not inside and not self._line.isReadOnly())
        return super().eventFilter(watched, event)


class LinkInput(CodeInput):
    """A record of another register, found by its name or initials; ``value`` is its key as text."""

    def __init__(
        self, label: str, matching: Matching, named: Callable[[int], str], *, rule: str = "", prompt: str = ""
    ) -> None:
        """``named`` tells what the record of a key is called."""
        super().__init__(label, matching, rule=rule, prompt=prompt)
        self._named = named

    def set_value(self, value: Any) -> None:
        """Show a record by its key."""
        self._set("" if value is None else str(value), "" if value is None else self._named(int(value)))


class CodesInput(Input):
    """Several items of a code table, written one after another with 、 between.

    Typing finds the item at the end of the line by initials, hanzi or code; F4 or Down shows the whole table,
    in which Enter ticks and unticks.
    """

    def __init__(self, label: str, matching: Matching, *, rule: str = "") -> None:
        """``matching`` finds the lines for what was typed."""
        self.line = QLineEdit()
        self._matching = matching
        self._popup: CodePopup | None = None
        self._whole = False
        super().__init__(label, self.line, rule=rule)
        self.line.textEdited.connect(self._typed)
        self.line.textChanged.connect(lambda _text: self.changed.emit())

    def words(self) -> list[str]:
        """What is written, item by item."""
        return [word.strip() for word in _unified(self.line.text()).split(SEPARATOR) if word.strip()]

    def set_value(self, value: Any) -> None:
        """Show items by their names, with 、 between."""
        self.line.setText("" if value is None else str(value))

    def popup(self) -> CodePopup:
        """The list, made when it is first needed: only then is the window known."""
        if self._popup is None:
            self._popup = CodePopup(self.line)
            self._popup.taken.connect(self._take)
        return self._popup

    def is_open(self) -> bool:
        """Whether the list is in sight."""
        return self._popup is not None and self._popup.isVisible()

    def open_table(self) -> None:
        """Show the whole table, what is chosen ticked."""
        self._whole = True
        self._offer_whole("")

    def _offer_whole(self, stay_at: str) -> None:
        """The table with its ticks; the line of ``stay_at`` stays the current one."""
        chosen = self.words()
        lines = [
            (code, f"{_TICK}{label}" if label in chosen else label, initials)
            for code, label, initials in self._matching("")
        ]
        self.popup().offer(lines, "")
        places = [place for place, (code, _, _) in enumerate(lines) if code == stay_at]
        for place in places:
            self.popup().step(place)

    def _typed(self, text: str) -> None:
        """Offer what matches the item at the end."""
        self._whole = False
        last = _unified(text).split(SEPARATOR)[-1].strip()
        if self.problem():
            self.show_problem("")
        if last:
            self.popup().offer(self._matching(last), last)
        else:
            self.popup().hide()

    def _take(self, code: str, label: str) -> None:
        """A line was chosen: tick it, or untick it in the whole table."""
        label = label.removeprefix(_TICK)
        if self._whole:
            chosen = self.words()
            kept = [word for word in chosen if word != label]
            self._write(kept if label in chosen else [*kept, label])
            self._offer_whole(code)
            return
        before = _unified(self.line.text()).split(SEPARATOR)[:-1]
        kept = [word.strip() for word in before if word.strip() and word.strip() != label]
        self._write([*kept, label])

    def _write(self, words: Sequence[str]) -> None:
        self.line.setText(SEPARATOR.join(words))

    def _leave(self) -> None:
        """Put the list away and the line in order."""
        if self._popup is not None:
            self._popup.hide()
        self._write(self.words())
        super()._leave()

    def _key(self, event: QKeyEvent) -> bool:
        """The list's keys while it is open; F4 and Down open the whole table."""
        key = event.key()
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: 1 - MOST,
            Qt.Key.Key_PageDown: MOST - 1,
        }
        if self.is_open():
            if key in steps:
                self.popup().step(steps[Qt.Key(key)])
                return True
            if key == Qt.Key.Key_Escape:
                self.popup().hide()
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                code, label = self.popup().current()
                self.popup().hide()
                self._take(code, label)
                return True
        elif key in {Qt.Key.Key_F4, Qt.Key.Key_Down} and not self.line.isReadOnly():
            self.open_table()
        return super()._key(event)


def _unified(text: str) -> str:
    """Every separator that clerks type as the one that is shown."""
    for mark in _TYPED_SEPARATORS:
        text = text.replace(mark, SEPARATOR)
    return text
