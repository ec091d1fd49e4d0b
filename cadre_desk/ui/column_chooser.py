"""Which columns a list shows, and in which order: a drawer beside the list, everything by keyboard too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from cadre_desk.domain.pinyin import text_initials, text_syllables
from cadre_desk.registers.columns import Column
from cadre_desk.registers.register import Register
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import Button
from cadre_desk.ui.kit.drawer import Drawer
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.lines_delegate import dress

_KEY = Qt.ItemDataRole.UserRole


class ColumnChooser(Drawer):
    """All columns of a register, the shown ones ticked and first in their order.

    Typing narrows, by words or by the initials of their pinyin; Down leads to the columns, where space ticks
    and Alt+Up and Alt+Down move, and typing goes on in the field. The name of the record always stays.
    Signals: ``chosen(keys)`` at every change.
    """

    chosen = Signal(tuple)

    def __init__(self, host: QWidget, register: Register) -> None:
        """For one register, closed."""
        super().__init__(host)
        self._register = register
        self._setting = False
        self.set_title("栏目", "空格勾选，Alt+↑↓ 移动")
        side = theme.space("card")
        self.body.setContentsMargins(side, theme.px(10), side, 0)
        self.search = SearchBox("找栏目", "找栏目", plain=True)
        self.offered = QListWidget()
        self.search.changed.connect(self._narrow)
        self.search.moved.connect(lambda _step: self._to_columns())
        self.search.entered.connect(lambda _text: self._to_columns())
        self.offered.setAccessibleName("栏目")
        dress(self.offered)
        self.offered.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.offered.itemChanged.connect(self._tell)
        self.offered.model().rowsMoved.connect(self._tell)
        self.offered.installEventFilter(self)
        self._count = Text("", "small", "ink2")
        self.body.addWidget(self.search)
        self.body.addWidget(self.offered, 1)
        back = Button("恢复默认栏目")
        back.clicked.connect(self._reset)
        self.foot.addWidget(self._count, 1)
        self.foot.addWidget(back)

    def offer(self, shown: Sequence[str]) -> None:
        """Open with these columns ticked."""
        self._fill(shown)
        self.search.set_text("")
        self.unfold()
        # Hanzi come through an input method, which asks for a field.
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.offered.setCurrentRow(0)

    def keys(self) -> tuple[str, ...]:
        """The ticked columns in order, the record's name always among them."""
        items = [self.offered.item(row) for row in range(self.offered.count())]
        ticked = [str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked]
        return tuple(ticked) if self._register.name in ticked else (self._register.name, *ticked)

    def _fill(self, shown: Sequence[str]) -> None:
        """The shown columns first, then the others in the register's order."""
        self._setting = True
        self.offered.clear()
        rest = [one.key for one in self._register.columns if one.key not in shown]
        for key in (*shown, *rest):
            column = self._register.column(key)
            item = QListWidgetItem(label_of(column))
            item.setData(_KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
            self.offered.addItem(item)
        self._setting = False
        self._say_count()

    def _say_count(self) -> None:
        self._count.setText(f"显示 {len(self.keys())} 栏，共 {self.offered.count()} 栏")

    def _narrow(self, text: str) -> None:
        """Show only columns whose label holds the text, or whose pinyin begins with it anywhere."""
        typed = "".join(text.lower().split())
        for row in range(self.offered.count()):
            item = self.offered.item(row)
            item.setHidden(not _fits(item.text(), typed))

    def _in_sight(self) -> list[int]:
        """The rows that what was typed leaves."""
        return [row for row in range(self.offered.count()) if not self.offered.item(row).isHidden()]

    def _to_columns(self) -> None:
        """Give the keyboard to the columns that were found."""
        rows = self._in_sight()
        if rows:
            self.offered.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.offered.currentRow() not in rows:
                self.offered.setCurrentRow(rows[0])

    def _reset(self, *_: object) -> None:
        """The columns the register begins with."""
        self._fill(self._register.shown)
        self.chosen.emit(self.keys())

    def _tell(self, *_: object) -> None:
        """Something was ticked or moved."""
        if not self._setting:
            self._say_count()
            self.chosen.emit(self.keys())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Up and Alt+Down carry the current column; letters go to the field."""
        if watched is self.offered and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
                self._carry(steps[Qt.Key(event.key())])
                return True
            typed = event.text().strip()
            if (typed and typed.isprintable()) or event.key() == Qt.Key.Key_Backspace:
                self.search.setFocus(Qt.FocusReason.OtherFocusReason)
                self.search.edit.end(False)
                QCoreApplication.sendEvent(self.search.edit, event)
                return True
        return super().eventFilter(watched, event)

    def _carry(self, step: int) -> None:
        """Move the current column by one place, past those that are out of sight."""
        row, rows = self.offered.currentRow(), self._in_sight()
        place = rows.index(row) + step if row in rows else -1
        if not 0 <= place < len(rows):
            return
        target = rows[place]
        self._setting = True
        item = self.offered.takeItem(row)
        self.offered.insertItem(target, item)
        self.offered.setCurrentRow(target)
        self._setting = False
        self._tell()


def _fits(label: str, typed: str) -> bool:
    """Whether a label holds what was typed, in hanzi, initials or full pinyin from any syllable on."""
    if typed in label.lower() or typed in text_initials(label):
        return True
    syllables = text_syllables(label)
    return any("".join(syllables[at:]).startswith(typed) for at in range(len(syllables)))


def label_of(column: Column) -> str:
    """What a column is called in full: the field's label, unless that speaks of another record."""
    full = column.field.label
    return full if column.heading in full else column.heading
