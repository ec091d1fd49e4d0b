"""Parts of the list page: the tools over the table, the conditions in force, the line of totals in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cadre_desk.domain.dates import PartialDate
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register, Total
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, SMALL, TOOL, Act, Button, MenuButton
from cadre_desk.ui.kit.marks import FilterChip
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.kit.sight import set_seen
from cadre_desk.ui.kit.text import Text

#: Registers that can be seen as they were on a day gone by.
WITH_DAYS: Final = frozenset({"people", "branches", "memberships", "units"})
_SEARCH: Final = {
    "people": "姓名、首字母、电话、证后四位",
    "contacts": "姓名、首字母、电话、老干部",
    "accounts": "户名、首字母、账号后四位",
    "movements": "姓名、首字母",
    "branches": "支部、书记、上级党组织",
    "memberships": "姓名、首字母、党支部",
    "units": "单位、简称、首字母",
    "places": "乡镇街道、首字母",
    "rounds": "批次名称",
    "visits": "姓名、首字母、走访领导",
    "standards": "慰问品、依据",
    "needs": "事项、姓名、首字母、责任单位",
    "reminders": "诉求事项、首字母",
    "inspections": "抽查名称",
    "checks": "姓名、首字母、走访人",
    "papers": "标题、批次号、用途",
    "acts": "操作、操作人",
    "users": "姓名、首字母",
    "code_amendments": "代码表、代码、名称",
    "backups": "文件、原因",
}


class ListTools(QWidget):
    """Search in this list, 筛选 n, order, columns, day.

    Signals: ``typed(text)``, ``entered()`` for Enter or Down in the field, ``facets_asked()``,
    ``order_chosen(key)``, ``columns_asked()``, ``day_chosen(key)``.
    """

    typed = Signal(str)
    entered = Signal()
    facets_asked = Signal()
    order_chosen = Signal(str)
    columns_asked = Signal()
    day_chosen = Signal(str)

    def __init__(self, register: Register) -> None:
        """The tools of one register."""
        super().__init__()
        self.search = SearchBox(
            f"在{register.title}里查找", _SEARCH.get(register.key, "在这里查找"), plain=True
        )
        self.search.setMaximumWidth(theme.px(252))
        self.facets = Button("筛选", icon="filter")
        self.facets.hide()
        self.order = OrderButton(self.order_chosen.emit)
        self.columns = Button("栏目", TOOL, "columns", tip="选择显示哪些栏目")
        self.day = OrderButton(self.day_chosen.emit)
        self.day.set_icon("calendar")
        if register.key not in WITH_DAYS:
            self.day.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(6), theme.px(8), theme.px(5))
        row.setSpacing(theme.px(6))
        row.addWidget(self.search, 1)
        row.addWidget(self.facets)
        row.addStretch(1)
        for tool in (self.order, self.columns, self.day):
            row.addWidget(tool)
        self.search.changed.connect(self.typed)
        self.search.entered.connect(lambda _text: self.entered.emit())
        self.search.moved.connect(lambda _step: self.entered.emit())
        self.facets.clicked.connect(self.facets_asked)
        self.columns.clicked.connect(self.columns_asked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_facets(self, *, shown: bool, chosen: int) -> None:
        """Offer the facets as a button, with how many are chosen."""
        set_seen(self.facets, shown)
        self.facets.set_text(f"筛选 {chosen}" if chosen else "筛选")


class OrderButton(MenuButton):
    """A tool with its icon before its words that opens a menu."""

    def __init__(self, chosen: Callable[[str], object]) -> None:
        """``chosen`` gets the key of what was taken."""
        super().__init__("", (), chosen, TOOL)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.set_icon("sort")


class ConditionRow(QWidget):
    """条件, a chip with × for each, 清除全部; at the right the day the list speaks of.

    Chips that find no room go into 另 n 条. Signals: ``dropped(key)``, ``cleared()``.
    """

    dropped = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        """No conditions."""
        super().__init__()
        self._chips: list[tuple[str, FilterChip]] = []
        self._label = Text("条件", "cap", "ink2")
        self._more = MenuButton("", (), self.dropped.emit, SMALL)
        self._clear = Button("清除全部", LINK)
        self._clear.clicked.connect(self.cleared)
        self._day = Text("", "cap", "ink2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(5))
        self._row.setSpacing(theme.px(6))
        for widget in (self._label, self._more, self._clear):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._day)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_conditions(self, chips: Sequence[tuple[str, str]], day: str) -> None:
        """The conditions in force as (key, words), and the day in words."""
        for _key, chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [(key, FilterChip(words)) for key, words in chips]
        for place, (key, chip) in enumerate(self._chips, 1):
            chip.removed.connect(lambda key=key: self.dropped.emit(key))
            self._row.insertWidget(place, chip)
        self._day.setText(day)
        self._label.setText("条件" if chips else "没有设条件")
        self._clear.setVisible(bool(chips))
        self._fit()

    def _fixed(self) -> int:
        """The room of what always stands here."""
        parts = [self._label, self._day, *([self._clear] if self._chips else [])]
        margins = self._row.contentsMargins()
        widths = sum(part.sizeHint().width() + self._row.spacing() for part in parts)
        return widths + margins.left() + margins.right()

    def _fit(self) -> None:
        """Show the chips that fit; the others are in the menu."""
        gap = self._row.spacing()
        widths = [chip.sizeHint().width() + gap for _key, chip in self._chips]
        room = self.width() - self._fixed()
        count = len(widths)
        if sum(widths) > room:
            room -= self._more.sizeHint().width() + gap
            while count and sum(widths[:count]) > room:
                count -= 1
        for place, (_key, chip) in enumerate(self._chips):
            chip.setVisible(place < count)
        hidden = self._chips[count:]
        self._more.set_text(f"另 {len(hidden)} 条")
        self._more.set_acts([Act(key, f"去掉：{chip.text()}") for key, chip in hidden])
        self._more.setVisible(bool(hidden))

    def minimumSizeHint(self) -> QSize:
        """Room for what always stands here and the menu."""
        more = self._more.sizeHint().width() if self._chips else 0
        return QSize(self._fixed() + more, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """One line of chips."""
        return QSize(self.minimumSizeHint().width(), theme.px(27))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()


def day_words(listing: Listing) -> str:
    """截至 2026年1月26日; nothing where the register knows no days."""
    if listing.register.key not in WITH_DAYS:
        return ""
    return f"截至 {PartialDate.of(listing.as_of.day).words()}"


def total_words(listing: Listing, total: Total, value: float | None) -> tuple[str, str]:
    """A total as the bar shows it: its label and its value with unit."""
    unit = f" {total.unit}" if total.unit else ""
    if value is None:
        return total.title, "—"
    field = listing.register.column(total.key).field if total.key else None
    if total.how == "mean":
        return total.title, f"{value:,.1f}{unit}"
    if total.how == "sum" and field is not None and field.kind == "money":
        yuan = value / 100
        return total.title, f"{yuan:,.0f}{unit}" if yuan == int(yuan) else f"{yuan:,.2f}{unit}"
    return total.title, f"{round(value):,}{unit}"
