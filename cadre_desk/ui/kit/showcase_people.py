"""The list of 老干部 of picture 02, put together from the kit with plain, invented data."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.chrome import Place, Rail, SearchBox, StatusLine, TopBar
from cadre_desk.ui.kit.facets import FacetGroup, FacetLine, FacetPanel
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.parts import (
    Act,
    ActRow,
    Button,
    Card,
    FilterChip,
    PageHeader,
    SelectionBar,
    Tab,
    TabStrip,
    Text,
    TotalsBar,
)
from cadre_desk.ui.kit.roles import ColumnLook, Look, Role
from cadre_desk.ui.kit.showcase_card import preview
from cadre_desk.ui.kit.table import RegisterTable

_Index = QModelIndex | QPersistentModelIndex

_ROWS: Final = (
    "丁茂才 男 1941.08 84 退休 县供销社原主任 正科级 供销商贸联合支部",
    "卜兰芝 女 1938.03 87 退休 县妇联原副主席 副科级 群团联合支部",
    "于敬之 男 1928.11 97 离休 县武装部原政委 副处级 县直离休支部",
    "马淑华 女 1943.05 82 退休 县人民医院原护士长 副科级 卫健系统第一支部",
    "王𬭎远 男 1936.02 89 退休 县水利局原总工程师 正科级 水利系统支部",
    "王桂英 女 1944.10 81 退休 县实验小学原校长 正科级 教育系统第三支部",
    "毛德胜 男 1940.06 85 退休 石桥镇原党委书记 正科级 石桥镇支部",
    "文秀珍 女 1939.12 86 退休 县档案局原局长 正科级 县委办联合支部",
    "邓长河 男 1929.09 96 离休 县委原副书记 正处级 县直离休支部",
    "左玉梅 女 1942.01 84 退休 县财政局原副局长 副科级 财政系统支部",
    "石万林 男 1937.07 88 退休 县林业局原局长 正科级 农林水联合支部",
    "田孝先 男 1945.04 80 退休 县法院原副院长 副处级 政法系统第二支部",
    "白云青 女 1940.09 85 退休 县文化馆原馆长 副科级 文旅系统支部",
)
_COLUMNS: Final = (
    ("姓名", ColumnLook(width=76, keep=True, bold=True)),
    ("性别", ColumnLook(width=42, align="center")),
    ("出生年月", ColumnLook(width=80)),
    ("周岁", ColumnLook(width=42, align="right")),
    ("类别", ColumnLook(width=58, tone="ink2")),
    ("原单位及职务", ColumnLook(width=160, flex=3)),
    ("现待遇", ColumnLook(width=66)),
    ("所在党支部", ColumnLook(width=138, tone="ink2", flex=1)),
)
_LISTED: Final = 214


class PeopleModel(QAbstractTableModel):
    """214 rows of invented people, the thirteen of the picture over and over, with ticks."""

    def __init__(self, rows: int = _LISTED, ticked: tuple[int, ...] = (2, 4, 8)) -> None:
        """``rows`` rows; ``ticked`` of them are ticked."""
        super().__init__()
        self._count = rows
        self._people = [row.split() for row in _ROWS]
        self.ticked = set(ticked)

    def rowCount(self, parent: _Index | None = None) -> int:
        """All of the listing."""
        return self._count

    def columnCount(self, parent: _Index | None = None) -> int:
        """The columns of the picture."""
        return len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tick and look of a cell."""
        value = self._people[index.row() % len(self._people)][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return value
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if index.row() in self.ticked else Qt.CheckState.Unchecked
        return Look(chip="gold") if role == Role.LOOK and value == "离休" else None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.ticked.symmetric_difference_update({index.row()} & self._other(Qt.CheckState(value)))
        self.dataChanged.emit(index, index, [role])
        return True

    def _other(self, state: Qt.CheckState) -> set[int]:
        """The rows that are not in ``state`` now."""
        if state == Qt.CheckState.Unchecked:
            return set(self.ticked)
        return set(range(self._count)) - self.ticked

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Title and look of a column; whether all, some or none are ticked."""
        if role == Qt.ItemDataRole.CheckStateRole:
            if not self.ticked:
                return Qt.CheckState.Unchecked
            every = len(self.ticked) == self._count
            return Qt.CheckState.Checked if every else Qt.CheckState.PartiallyChecked
        title, look = _COLUMNS[section]
        return {int(Qt.ItemDataRole.DisplayRole): title, int(Role.COLUMN): look}.get(int(role))

    def setHeaderData(
        self, section: int, orientation: Qt.Orientation, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tick or untick the whole listing."""
        self.ticked = set(range(self._count)) if Qt.CheckState(value) == Qt.CheckState.Checked else set()
        self.headerDataChanged.emit(orientation, section, section)
        return True


def frame(content: QWidget, current: str = "people") -> QWidget:
    """A window with rail, top bar and status line around ``content``, as narrow as it must be."""
    window = QWidget()
    window.setWindowTitle("老干部台账")
    grid = QGridLayout(window)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    rail, bar, status = _rail(current), _top_bar(), _status()
    window.resize(1366, 768)
    level = narrow(window)
    rail.set_narrow(narrow=level >= Room.RAIL_ICONS)
    bar.set_short(short=level >= Room.SHORT_CAPTIONS)
    status.set_short(short=level >= Room.SHORT_CAPTIONS)
    if level >= Room.SHORT_CAPTIONS:
        status.set_backup("备份 今天 08:31 已核验")
    grid.addWidget(rail, 0, 0, 3, 1)
    grid.addWidget(bar, 0, 1)
    grid.addWidget(content, 1, 1)
    grid.addWidget(status, 2, 1)
    grid.setRowStretch(1, 1)
    grid.setColumnStretch(1, 1)
    return window


def _rail(current: str) -> Rail:
    """The eleven places."""
    rail = Rail()
    rail.set_office("青岚县", "老干部局")
    registers = (
        ("people", "老干部", "people"),
        ("branches", "党支部", "branch"),
        ("visits", "走访慰问", "visit"),
        ("aid", "困难帮扶", "aid"),
        ("volunteers", "志愿服务", "clock"),
        ("learning", "学习活动", "study"),
        ("voice", "意见建议", "voice"),
        ("honours", "典型宣传", "star"),
    )
    rail.set_places(
        [
            [Place("today", "工作台", "today", "Ctrl+1")],
            [Place(key, label, icon) for key, label, icon in registers],
            [Place("stats", "统计年报", "stats"), Place("system", "系统", "system")],
        ]
    )
    for key, count in {"branches": 3, "visits": 154, "aid": 6, "voice": 2}.items():
        rail.set_waiting(key, count)
    rail.set_current(current)
    return rail


def _top_bar() -> TopBar:
    """The bar of the picture."""
    bar = TopBar()
    bar.set_undo("登记走访结果 7 人")
    bar.set_years([("2025", "2025年度（未结）"), ("2024", "2024年度（已结）")], "2025")
    bar.set_user("周敏", "经办")
    return bar


def _status() -> StatusLine:
    """The line of the picture."""
    status = StatusLine()
    status.set_ledger("青岚县老干部台账.cdesk")
    status.set_backup("最近备份 今天 08:31·已核验·E盘")
    status.set_note("内部资料·不得录入涉密信息")
    status.set_day("工作日 2026年1月26日 星期一·腊月初八")
    return status


class PeoplePage(QWidget):
    """Header, views, facets │ table │ preview."""

    def __init__(self) -> None:
        """The page at the room there is."""
        super().__init__()
        column = QVBoxLayout(self)
        side = theme.space("page")
        column.setContentsMargins(side, theme.px(10), side, theme.px(13))
        column.setSpacing(0)
        header = PageHeader("老干部")
        header.set_acts(
            [
                Act("import", "导入", "import"),
                Act("print", "打印名册", "print"),
                Act("add", "新增老干部", "plus", "primary"),
            ]
        )
        self.views = TabStrip(plate=True, ruled=False)
        column.addWidget(header)
        column.addSpacing(theme.px(6))
        column.addWidget(self.views)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.space("gap"))
        column.addLayout(self._row, 1)
        self._fill_views()

    def _fill_views(self) -> None:
        """The six saved views of the picture."""
        counts = (
            ("全部在册", 3286),
            ("离休干部", 23),
            ("80岁以上独居", 214),
            ("异地居住", 167),
            ("一年未联系", 41),
            ("无紧急联系人", 58),
        )
        self.views.set_tabs([Tab(name, name, count) for name, count in counts], "80岁以上独居")

    def build(self, level: int) -> None:
        """What there is room for at a `Room`."""
        if level < Room.FACET_DRAWER:
            self._row.addWidget(_facets())
        if level >= Room.FEW_VIEWS:
            self.views.set_most(4)
        else:
            self.views.add_end(Button("存为常用视图", "tool", "bookmark"))
        self._row.addWidget(_list_card(facets_hidden=level >= Room.FACET_DRAWER), 1)
        if level < Room.NO_PREVIEW:
            self._row.addWidget(preview())


def people() -> QWidget:
    """The whole window of picture 02 (at 150 %: of picture 13)."""
    page = PeoplePage()
    window = frame(page)
    page.build(narrow(window))
    return window


def _facets() -> FacetPanel:
    """The conditions of the picture."""
    groups = {
        "在册状态": "*健在 214,已去世 63,已转出 5",
        "离退类别": "离休 9,退休 205",
        "年龄（周岁）": "*80–84 96,*85–89 74,*90–94 35,*95 及以上 9",
        "家庭状况": "*独居 214,丧偶 178,子女在外地 88,失能、半失能 31,失独 9,空巢 7,与子女同住 6",
        "乡镇街道": "城关街道 83,滨河街道 47,石桥镇 29,柳坪乡 20,文庙街道 12,东门街道 9,清溪镇 8",
    }
    panel = FacetPanel()
    panel.set_groups(
        [
            FacetGroup(title, title, [_facet_line(words) for words in lines.split(",")])
            for title, lines in groups.items()
        ]
    )
    return panel


def _facet_line(words: str) -> FacetLine:
    """``*label count``, the star for a chosen one."""
    label, count = words.lstrip("*").rsplit(maxsplit=1)
    return FacetLine(label, label, int(count), words.startswith("*"))


def _list_card(*, facets_hidden: bool) -> Card:
    """Search, conditions, table, selection, totals."""
    card = Card()
    card.set_margins(1, 6, 1, 1)
    card.body.setSpacing(0)
    card.body.addLayout(_tools(facets_hidden=facets_hidden))
    if not facets_hidden:
        card.body.addLayout(_conditions())
    else:
        card.body.addSpacing(theme.px(7))
    table = RegisterTable("老干部名单")
    table.set_tickable(tickable=True)
    table.setModel(PeopleModel())
    table.set_sort(0, Qt.SortOrder.AscendingOrder)
    table.go_to(4)
    selection = SelectionBar()
    selection.set_acts(
        [
            Act("round", "加入走访批次", "visit"),
            Act("edit", "批量修改", "edit"),
            Act("print", "打印", "print"),
            Act("export", "导出 Excel", "export"),
        ]
    )
    selection.set_count(3)
    totals = TotalsBar()
    totals.set_totals(
        [
            ("共", "214 人"),
            ("男", "121"),
            ("女", "93"),
            ("离休", "9"),
            ("党员", "187"),
            ("平均", "86.2 岁"),
        ]
    )
    table.range_moved.connect(lambda first, last: totals.set_range(f"第 {first + 1}–{last + 1} 行"))
    for widget in (table, selection, totals):
        card.body.addWidget(widget)
    return card


def _tools(*, facets_hidden: bool) -> QHBoxLayout:
    """Search in this list, and the tools of the table."""
    row = QHBoxLayout()
    row.setContentsMargins(theme.px(10), 0, theme.px(8), 0)
    row.setSpacing(theme.px(8))
    search = SearchBox("在本名单里找", "姓名、首字母、电话、证后四位", plain=True)
    search.setMaximumWidth(theme.px(252))
    row.addWidget(search, 1)
    if facets_hidden:
        row.addWidget(Button("筛选 3", "small", "filter"))
    tools = ActRow("tool", at_right=True)
    names = (("姓氏笔画", "sort"), ("栏目", "columns"), ("截至今日", "calendar"))
    tools.set_acts([Act(icon, label, icon) for label, icon in names])
    row.addWidget(tools, 1)
    return row


def _conditions() -> QHBoxLayout:
    """The conditions in force."""
    row = QHBoxLayout()
    row.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(6))
    row.setSpacing(theme.px(6))
    row.addWidget(Text("条件", "cap", "ink2"))
    row.addSpacing(theme.px(2))
    for label in ("健在", "80 周岁及以上", "独居"):
        row.addWidget(FilterChip(label))
    clear = Button("清除全部", "link")
    clear.setFont(theme.font("cap"))
    row.addWidget(clear)
    row.addStretch(1)
    row.addWidget(Text("截至 2026年1月26日", "cap", "ink2"))
    return row
