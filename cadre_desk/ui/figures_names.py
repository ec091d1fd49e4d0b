"""The drawer of the page of figures: a number, its 口径, its parts, and the names behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.db.desk import Desk
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from cadre_desk.stats.dimensions import DIMENSIONS, Part, dimension, parts_of
from cadre_desk.stats.figure import Period
from cadre_desk.stats.year_table import YearTable
from cadre_desk.ui.cells import Cell, words_of
from cadre_desk.ui.figures_parts import YearFigure
from cadre_desk.ui.flow import Flow
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, Act, Button, MenuButton
from cadre_desk.ui.kit.drawer import Drawer
from cadre_desk.ui.kit.marks import FilterChip
from cadre_desk.ui.kit.roles import ColumnLook
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.still_rows import Heading, StillRows

_MOST_PARTS: Final = 8
_BESIDE: Final = {
    "people": ("last_unit", "retire_type"),
    "movements": ("person_unit", "happened"),
    "branches": ("kind", "secretary"),
    "memberships": ("branch_id", "joined"),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """A number and what is behind it: its 口径, its years, the listing of its names, what parts it first.

    ``figure`` is its key ("" for a cell of a table), which goes out with its 口径.
    """

    title: str
    number: str
    definition: str
    years: str
    listing: Listing
    beside: tuple[str, ...]
    split_by: str
    note: str
    period: Period
    figure: str = ""


def behind_figure(one: YearFigure) -> Behind:
    """What is behind a figure."""
    value = one.value
    figure = value.figure
    listing = figure.rows(value.period)
    kind = listing.register.key
    beside = _BESIDE.get(kind, ())
    split = value.split_by
    if split is not None and kind == "people":
        beside = ("last_unit", split.column)
    first = value.period.last.year - len(one.numbers) + 1
    numbers = "、".join(figure.words(number) for number in one.numbers)
    years = f"{first}–{value.period.last.year} 年：{numbers}"
    return Behind(
        figure.label,
        f"{figure.words(value.number)} {figure.unit}",
        figure.definition,
        years,
        listing.picked([name.id for name in value.names]),
        beside,
        split.key if split is not None else "",
        f"{value.period.last.year} 年，上年 {figure.words(one.numbers[-2])}",
        value.period,
        figure.key,
    )


def behind_cell(table: YearTable, row: int, key: str, everybody: Listing) -> Behind:
    """What is behind a cell of a table; ``everybody`` is the listing of all people."""
    line, column = table.rows[row], table.columns[table.at(key)]
    cell = table.cell(row, key)
    period = table.period.back(1) if line.past else table.period
    heads = "·".join((*column.heads, column.label)).replace("\n", "").replace("　", "")
    when = f"截止日 {period.last:%Y-%m-%d}"
    if table.key == "t3":
        when = f"入账日在 {period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}"
        if key == "opening":
            when = f"截止日 {period.before:%Y-%m-%d}"
    told = f"{cell.text} 岁（{cell.number:,} 人）" if cell.told is not None else f"{cell.number:,} 人"
    day = period.before if key == "opening" else period.last
    return Behind(
        f"{line.name}·{heads}",
        told,
        f"{column.definition}；{when}，在册离退休干部，不含遗属。",
        "",
        replace(everybody, as_of_day=day).picked(sorted(set(cell.ids))),
        _BESIDE["people"],
        "retire_type",
        f"{table.key.upper()} · {period.last.year} 年",
        period,
    )


class NamesDrawer(Drawer):
    """The number and its names, read together; a part of the number narrows the names to its own.

    Signals: ``opened(register key, record)``, ``print_asked(listing)``, ``export_asked(behind, dimension,
    "xlsx" or "pdf")``.
    """

    opened = Signal(str, int)
    print_asked = Signal(object)
    export_asked = Signal(object, str, str)

    def __init__(self, host: QWidget, desk: Desk) -> None:
        """Closed, with nothing in it."""
        super().__init__(host)
        self._desk = desk
        self._behind: Behind | None = None
        self._by = ""
        self._found: list[Part] = []
        self._part: Part | None = None
        self._whole = 0
        self.body.setSpacing(0)
        self._build_facts()
        self.table = table = RegisterTable("名单")
        self.search = SearchBox("在名单里找", "姓名、首字母、单位", plain=True)
        self.search.changed.connect(self._narrow)
        self.search.entered.connect(lambda _text: self._open(max(table.current_row(), 0)))
        self.search.moved.connect(lambda _step: table.setFocus(Qt.FocusReason.OtherFocusReason))
        holder = QHBoxLayout()
        side = theme.space("card")
        holder.setContentsMargins(side, theme.px(6), side, theme.px(6))
        holder.addWidget(self.search)
        self.body.addLayout(holder)
        self.names = StillRows(_name_columns(REGISTERS["people"], ()))
        self.table.setModel(self.names)
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self._count = Text("", "cap", "ink2")
        foot = QHBoxLayout()
        foot.setContentsMargins(side, theme.px(4), side, theme.px(4))
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(Text("Enter 打开", "cap", "ink3"))
        self.body.addLayout(foot)
        self._build_foot()

    def _build_facts(self) -> None:
        facts = QVBoxLayout()
        side = theme.space("card")
        facts.setContentsMargins(side, theme.px(8), side, 0)
        facts.setSpacing(theme.px(4))
        self.number = Text("", "fig2")
        self.definition = Text("", "small", "ink2", wrap=True)
        self.by = MenuButton("", (), self.split_by, LINK)
        self._parts = Flow(theme.px(8), theme.px(2))
        top = QHBoxLayout()
        top.addWidget(self.number)
        top.addStretch(1)
        top.addWidget(self.by)
        facts.addLayout(top)
        for widget in (self.definition, self._parts):
            facts.addWidget(widget)
        self.body.addLayout(facts)

    def _build_foot(self) -> None:
        button = Button("打印名单", icon="print")
        button.clicked.connect(self._print)
        self.foot.addWidget(button)
        self.out = MenuButton(
            "导出", (Act("xlsx", "导出 Excel", "excel"), Act("pdf", "导出 PDF", "pdf")), self._export
        )
        self.foot.addWidget(self.out)
        self.foot.addStretch(1)
        self.foot.addWidget(Text("数与名单同源", "cap", "ink2"))

    def show_behind(self, behind: Behind) -> None:
        """Open on a number; the keyboard is in the search over its names."""
        self._behind, self._part = None, None
        self.search.edit.clear()
        self._behind = behind
        self.set_title(behind.title, behind.note)
        self.number.setText(behind.number)
        self.definition.setText(f"口径：{behind.definition}")
        self.number.setToolTip(behind.years)
        offered = DIMENSIONS.get(behind.listing.register.key, ())
        self.by.set_acts([Act(one.key, f"按{one.title}分") for one in offered])
        self.by.setVisible(bool(offered))
        self.names.show_rows((), (), _name_columns(behind.listing.register, behind.beside))
        self._whole = self._show_names("")
        self._count.setText(f"共 {self._whole:,} 条")
        self.unfold()
        self.split_by(behind.split_by)
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def split_by(self, key: str) -> None:
        """Part the number by a dimension; the parts sum to its names."""
        if self._behind is None or not key:
            self._found = []
            self._show_parts()
            return
        self._by = key
        by = dimension(self._behind.listing.register.key, key)
        self.by.set_text(f"按{by.title}分")
        with self._desk.read() as session:
            self._found = parts_of(session, self._behind.listing, by)
        self.choose_part(None)

    def choose_part(self, part: Part | None) -> None:
        """Narrow the names to one part, or show all again."""
        self._part = part
        self._show_parts()
        self._narrow(self.search.edit.text())

    def _show_parts(self) -> None:
        if self._part is not None:
            chip = FilterChip(f"{self._part.label} {len(self._part.ids):,}")
            chip.removed.connect(lambda: self.choose_part(None))
            self._parts.set_widgets([chip])
            return
        links: list[QWidget] = []
        for part in self._found[:_MOST_PARTS]:
            link = Button(f"{part.label} {len(part.ids):,}", LINK, tip="只看这一类的名单")
            link.setMinimumHeight(0)
            link.clicked.connect(lambda _pressed=False, one=part: self.choose_part(one))
            links.append(link)
        rest = self._found[_MOST_PARTS:]
        if rest:
            total = sum(len(part.ids) for part in rest)
            links.append(Text(f"其余 {len(rest)} 类 {total:,}", "small", "ink2"))
        self._parts.set_widgets(links)
        self._parts.setVisible(bool(links))

    def _listing(self, text: str) -> Listing | None:
        if self._behind is None:
            return None
        listing = self._behind.listing
        if self._part is not None:
            listing = listing.picked(self._part.ids)
        return listing.find(text) if text else listing

    def _show_names(self, text: str) -> int:
        """Show the names that a text finds, or all; answers how many."""
        listing = self._listing(text)
        if listing is None or self._behind is None:
            return 0
        register = listing.register
        columns = [register.column(key) for key in (register.name, *self._behind.beside)]
        with self._desk.read() as session:
            rows = listing.showing(*(one.key for one in columns)).rows(session)
        cells = [
            (
                Cell(str(place)),
                *(
                    Cell(words_of(register, column, value))
                    for column, value in zip(columns, row.values, strict=True)
                ),
            )
            for place, row in enumerate(rows, start=1)
        ]
        self.names.show_rows(cells, [row.id for row in rows])
        if rows:
            self.table.go_to(0)
        return len(rows)

    def _narrow(self, text: str) -> None:
        sought = text.strip()
        found = self._show_names(sought)
        whole = f"共 {self._whole:,} 条"
        narrowed = bool(sought) or self._part is not None
        self._count.setText(f"找到 {found:,} 条，{whole}" if narrowed else whole)

    def _open(self, row: int) -> None:
        record = self.names.key(row)
        if record is not None and self._behind is not None:
            self.opened.emit(self._behind.listing.register.key, record)

    def _print(self) -> None:
        listing = self._listing(self.search.edit.text().strip())
        if listing is not None:
            self.print_asked.emit(listing)

    def _export(self, way: str) -> None:
        listing = self._listing("")
        if self._behind is not None and listing is not None:
            # A part goes out as its own list, the whole of a figure with its 口径.
            behind = replace(
                self._behind, listing=listing, figure="" if self._part is not None else self._behind.figure
            )
            self.export_asked.emit(behind, self._by, way)


def _name_columns(register: Register, beside: Sequence[str]) -> tuple[Heading, ...]:
    found: list[Heading] = [
        ("序", ColumnLook(width=44, align="right", tone="ink2")),
        (
            register.column(register.name).heading,
            ColumnLook(width=84 if register.key != "branches" else 150, keep=True, bold=True),
        ),
    ]
    for place, key in enumerate(beside):
        found.append((register.column(key).heading, ColumnLook(width=76, flex=int(not place), tone="ink2")))
    return tuple(found)
