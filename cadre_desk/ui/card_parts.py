"""What stands on the tabs of a card: fields as they are read, and lists of what belongs to the record."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.actions.related import Relation, related
from cadre_desk.domain.fields import Code, Codes
from cadre_desk.registers.columns import Column
from cadre_desk.registers.listing import Listing, Row
from cadre_desk.ui.card_facts import CardFacts
from cadre_desk.ui.card_layout import Layout, Section
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, Button
from cadre_desk.ui.kit.parts import FieldView, SectionTitle, Text
from cadre_desk.ui.kit.roles import ColumnLook, Look, Role
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.tokens import SPACE
from cadre_desk.ui.office import Office

_Index = QModelIndex | QPersistentModelIndex

UNKNOWN: Final = "未填"
#: Rows of a list on a card; the rest is in the register's own list.
MOST_ROWS: Final = 12
#: Paper is measured in mm, the screen in px at 100 %: what one mm of a column becomes.
_PX_PER_MM: Final = 5.0
_PAIR: Final = 2
#: A field with its label needs this much room, px at 100 %; below twice as much there is one column.
_FIELD: Final = 330


class Fields(QWidget):
    """A section as it is read: label and value, in two columns or one. Signals: ``reveal_asked(key)``."""

    reveal_asked = Signal(str)

    def __init__(self, section: Section) -> None:
        """A section without values yet."""
        super().__init__()
        self.section = section
        self._columns = 0
        self._now: tuple[object, ...] = ()
        self.views: dict[str, FieldView] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(SectionTitle(section.title, section.note))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(0)
        column.addLayout(self._grid)

    def show_facts(self, facts: CardFacts, layout: Layout, chips: dict[str, str]) -> None:
        """Show the values of a record; ``chips`` say what is odd about some of them."""
        said = [(key, facts.safe(key), chips.get(key, "")) for key in self.section.read]
        # Whole values too: two masks may be alike, and one of them may have been lifted.
        now = (facts.record, said, [facts.words.get(key) for key in self.section.read])
        if now == self._now:
            return
        self._now = now
        for view in self.views.values():
            self._grid.removeWidget(view)
            view.hide()
            view.deleteLater()
        self.views = {}
        for key, text, chip in said:
            if text or key in layout.expected:
                self.views[key] = self._view(facts, layout, key, text, chip)
        self.setVisible(bool(self.views))
        self._columns = 0
        self._spread()

    def _view(self, facts: CardFacts, layout: Layout, key: str, said: str, chip: str) -> FieldView:
        hint = facts.register.fields[key].rule if key in layout.hints else ""
        view = FieldView(facts.label(key), said or UNKNOWN, hint)
        view.setObjectName(f"value-{key}")
        if not said:
            view.value.set_tone("ink3")
        if key in facts.masked:
            view.set_value(said, masked=True)
            view.reveal_asked.connect(lambda key=key: self.reveal_asked.emit(key))
        if chip:
            view.add_chip(chip)
        return view

    def reveal(self, key: str, whole: str) -> None:
        """Show a masked value whole."""
        self.views[key].set_value(whole)

    def minimumSizeHint(self) -> QSize:
        """As high as the words are at this width; Qt would guess a narrower one and ask for a scroll bar."""
        least, column = super().minimumSizeHint(), self.layout()
        if column is None or not self._columns or self.width() < least.width():
            return least
        return QSize(least.width(), column.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where both have room."""
        super().resizeEvent(event)
        self._spread()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _spread(self) -> None:
        columns = _PAIR if self.width() >= _PAIR * theme.px(_FIELD) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, view in enumerate(self.views.values()):
            self._grid.addWidget(view, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
            view.show()
        for column in range(_PAIR):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class RowsModel(QAbstractTableModel):
    """A few rows of a listing, held as values."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """No rows yet."""
        super().__init__()
        self._columns = list(columns)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns."""
        return len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell: masked where it is sensitive."""
        column = self._columns[index.column()]
        value = self.rows[index.row()].values[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.field.mask(value)
        if role == Role.LOOK and value is None:
            return Look()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Title and look of a column; nothing here is sorted by a click."""
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role != Role.COLUMN:
            return None
        first = section == 0
        head = QFontMetrics(theme.font("head")).horizontalAdvance(column.heading) / theme.scale().factor
        width = max(round(column.field.width * _PX_PER_MM), ceil(head) + 2 * SPACE["cell"] + 2)
        words = column.field.kind in {"text", "long_text", "link"}
        align = "right" if column.field.align == "right" else "left"
        bold = first and not isinstance(column.field, Code | Codes)
        return ColumnLook(
            min(width, 220), 1 if words else 0, align=align, bold=bold, keep=first, sortable=False
        )


class Belongings(QWidget):
    """What belongs to a record, in a table: 添加 at its head, Enter or a double click opens a row.

    Signals: ``opened(register, record)``, ``add_asked(register)``, ``all_asked(register)`` for the rest.
    """

    opened = Signal(str, int)
    add_asked = Signal(str)
    all_asked = Signal(str)

    def __init__(
        self, office: Office, relation: Relation, columns: Sequence[str], title: str, noun: str
    ) -> None:
        """``columns`` of the relation's register, without the owner; ``noun`` is what one of them is."""
        super().__init__()
        self._office, self.relation, self._columns = office, relation, tuple(columns)
        register = relation.register
        self.setObjectName(f"list-{register.key}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        self._title = SectionTitle(title)
        self.add = Button(f"添加{noun}", LINK, "plus")
        self.add.clicked.connect(lambda: self.add_asked.emit(register.key))
        self.add.setVisible(relation.key in register.form)
        head.addWidget(self._title, 1)
        head.addWidget(self.add)
        column.addLayout(head)
        self.empty = Text(f"还没有{noun}。", "small", "ink2")
        self.table = RegisterTable(title)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.opened.connect(self._open)
        shown = Listing(register, office.today()).showing(*columns).shown
        self.model = RowsModel(shown)
        self.table.setModel(self.model)
        self.more = Button("", LINK)
        self.more.clicked.connect(lambda: self.all_asked.emit(register.key))
        for widget in (self.empty, self.table):
            column.addWidget(widget)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignRight)
        self.count = self._record = 0

    def show_of(self, record: int) -> None:
        """Show what belongs to a record."""
        register, today = self.relation.register, self._office.today()
        with self._office.desk.read() as session:
            keys = related(session, self.relation, record, today)
            self.count = len(keys)
            some = keys[:MOST_ROWS]
            rows = Listing(register, today).showing(*self._columns).rows_of(session, some)
        if self.model.rows == [rows[key] for key in some] and self._record == record:
            return
        self._record = record
        self.model.show_rows([rows[key] for key in some])
        self.empty.setVisible(not keys)
        self.table.setVisible(bool(keys))
        height = theme.space("head") + len(some) * theme.space("row") + 2
        self.table.setFixedHeight(height)
        self.more.setText(f"在名单里看全部 {self.count:,} {register.measure}")
        self.more.setVisible(self.count > len(some))

    def _open(self, row: int) -> None:
        self.opened.emit(self.relation.register.key, self.model.rows[row].id)
