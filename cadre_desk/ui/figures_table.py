"""A whole table of the yearbook on the screen: every cell opens its names, the relations stand beneath."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout

from cadre_desk.stats.year_table import YearTable
from cadre_desk.ui.figures_parts import Grid, grid_of
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.cards import Card
from cadre_desk.ui.kit.marks import Chip
from cadre_desk.ui.kit.roles import ColumnLook
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.still_rows import StillRows


class YearTableCard(Card):
    """One table with its relations.

    Signals: ``asked(table, row, column key)`` for the names behind a cell.
    """

    asked = Signal(str, int, str)

    def __init__(self) -> None:
        """Empty; ``show_table`` fills it."""
        super().__init__("年报", "")
        self.set_margins(1, 0, 1, 1)
        self._shown: YearTable | None = None
        self._grid: Grid | None = None
        self.chip = Chip("")
        self.add_head(self.chip)
        self.rows = StillRows((("项目", ColumnLook(width=110, flex=1)),))
        self.table = RegisterTable("年报表")
        self.table.set_ruled(ruled=True)
        self.table.setModel(self.rows)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(lambda row: self._ask(row, self.table.currentIndex().column()))
        self.body.addWidget(self.table, 1)
        beneath = QVBoxLayout()
        side = theme.space("card")
        beneath.setContentsMargins(side, theme.px(8), side, theme.px(8))
        self.relations = Text("", "small", "ink2", wrap=True)
        beneath.addWidget(self.relations)
        self.body.addLayout(beneath)

    def show_table(self, table: YearTable) -> None:
        """Show a table as it was counted."""
        self._shown, self._grid = table, grid_of(table)
        grid = self._grid
        self.title.setText(f"{table.key.upper()} {table.title}")
        self.note.setText("单位：人；点数字看名单")
        self.table.set_row_height(grid.height)
        self.rows.show_rows(grid.rows, grid.keys, grid.columns)
        good = sum(one.holds for one in table.relations)
        whole = len(table.relations)
        self.chip.set_state(
            f"{whole} 项审核关系全部相符" if table.holds else f"{whole - good} 项审核关系不符",
            "ok" if table.holds else "bad",
            "ok" if table.holds else "wrong",
        )
        told = "　".join(f"{'√' if one.holds else '×'} {one.text}" for one in table.relations)
        self.relations.setText(f"审核关系：{told}")

    def _clicked(self, index: QModelIndex) -> None:
        self._ask(index.row(), index.column())

    def _ask(self, row: int, column: int) -> None:
        keys = self.rows.key(row)
        if self._shown is None or keys is None or not 0 <= column < len(keys) or keys[column] is None:
            return
        place, key = keys[column]
        self.asked.emit(self._shown.key, place, key)
