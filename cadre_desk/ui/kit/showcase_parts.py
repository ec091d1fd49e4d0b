"""The parts of the kit on two pages, for looking at them and for the audit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.domain.errors import UserError
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.inputs import (
    CheckInput,
    ChoiceInput,
    CodeInput,
    DateInput,
    LineInput,
    TextArea,
)
from cadre_desk.ui.kit.narrow import Room
from cadre_desk.ui.kit.parts import (
    HINT,
    REFUSAL,
    WARNING,
    Act,
    Avatar,
    Beginning,
    Button,
    Card,
    Chip,
    EmptyState,
    ErrorBar,
    FieldView,
    Figure,
    FigureGrid,
    KeyCap,
    MenuButton,
    Notice,
    PageHeader,
    Progress,
    ProgressLine,
    ResultBar,
    ScrollColumn,
    SectionTitle,
    Steps,
    Tab,
    TabStrip,
    Text,
)

_CODES = (
    ("0103", "四级调研员", "sjdyy"),
    ("0102", "三级调研员", "sjdyy"),
    ("0101", "二级调研员", "ejdyy"),
    ("0100", "一级调研员", "yjdyy"),
    ("0110", "一级主任科员", "yjzrky"),
)


def matching(typed: str) -> Sequence[tuple[str, str, str]]:
    """The lines of a small code table whose code, label or initials hold what was typed."""
    return [line for line in _CODES if any(typed in part for part in line)]


def read_day(text: str) -> str:
    """Year and month as in 1952.7, echoed in words."""
    year, point, month = text.partition(".")
    if not (point and year.isdigit() and month.isdigit()):
        raise UserError("看不懂这个日期，请写成 1953.7、195307 或 1953。")
    return f"{year}年{int(month)}月"


def _column(spacing: int = 10) -> tuple[QWidget, QVBoxLayout]:
    """A page with margins."""
    page = QWidget()
    column = QVBoxLayout(page)
    side = theme.space("page")
    column.setContentsMargins(side, theme.px(10), side, theme.px(13))
    column.setSpacing(theme.px(spacing))
    return page, column


def parts_page(level: int) -> QWidget:
    """Header, steps, bars, tiles, notices, chips, buttons."""
    page, column = _column()
    header = PageHeader("2026年春节慰问")
    header.set_parents([("visits", "走访慰问")])
    header.set_chip("进行中", "info")
    header.set_context("01-12 至 02-10")
    header.set_acts(
        [
            Act("export", "导出", "export"),
            Act("report", "覆盖率报告", "stats"),
            Act("enter", "登记走访结果", "keyboard", "primary"),
        ]
    )
    column.addWidget(header)
    steps = Card()
    steps.set_margins(16, 1, 16, 1)
    few = level >= Room.FACET_DRAWER
    labels = ("规则", "名单", "标准", "分派", "领款", "登记", "诉求", "抽查", "报告")
    steps.body.addWidget(Steps(labels[:4] if few else labels, 2 if few else 5))
    column.addWidget(steps)
    row = QHBoxLayout()
    row.setSpacing(theme.space("gap"))
    row.addWidget(_figures(), 1)
    if not few:
        row.addWidget(_marks(), 1)
    area = ScrollColumn()
    area.column.addLayout(row)
    area.column.addStretch(1)
    column.addWidget(area, 1)
    line = ProgressLine()
    column.addWidget(line)
    line.begin("正在写入")
    line.set_progress(46, 128)
    line.show()
    return page


def _figures() -> Card:
    """Four figures of the year."""
    card = Card("2025 年与上年", "截至 12 月 31 日")
    card.add_head(Button("统计年报", "link"))
    card.set_margins(1, 0, 1, 1)
    card.body.setSpacing(0)
    figures = (
        Figure("走访慰问", "2,914", "人次", "上年 2,655", "+9.8%", years=(20, 23, 25, 27, 30)),
        Figure("发放困难补助", "183", "人", "上年 171", "+12", years=(20, 22, 25, 28, 30)),
        Figure("党支部", "62", "个", "上年 54", "+8", years=(53, 53, 54, 54, 62)),
        Figure("学习参与", "1,213", "人", "上年 1,268", "−4.3%", "warn", (14, 19, 25, 30, 29)),
    )
    card.body.addWidget(FigureGrid(figures), 1)
    warning = Notice("学习参与人数下降，年报需要一句说明", WARNING, [Act("explain", "去说明")], edged=False)
    card.body.addWidget(warning)
    return card


def _marks() -> Card:
    """Chips, caps, avatars, buttons, notices."""
    card = Card("标记与按钮")
    chips = QHBoxLayout()
    chips.setSpacing(theme.px(6))
    kinds = (
        ("退休", "neutral", ""),
        ("离休", "gold", ""),
        ("已走访", "ok", "check"),
        ("住院", "warn", "bed"),
        ("待补签", "bad", "warn"),
        ("外出", "info", "car"),
    )
    for text, kind, icon in kinds:
        chips.addWidget(Chip(text, kind, icon))
    chips.addStretch(1)
    chips.addWidget(KeyCap("Ctrl+N"))
    chips.addWidget(Avatar("孙德奎", 36))
    card.body.addLayout(chips)
    buttons = QHBoxLayout()
    buttons.setSpacing(theme.px(8))
    acts = [Act("death", "登记去世"), Act("move", "转出", enabled=False, reason="已去世")]
    off = Button("转入审批")
    off.set_allowed(False, "公示还差 2 个工作日")
    for button in (
        Button("放弃 Esc"),
        off,
        Button("保存 Ctrl+S", "primary", "save"),
        MenuButton("登记去世、变动", acts, lambda _key: None),
    ):
        buttons.addWidget(button)
    buttons.addStretch(1)
    card.body.addLayout(buttons)
    card.body.addWidget(Progress(0.57, 8))
    card.body.addWidget(Notice("2 月满九十周岁，尚未安排祝寿", WARNING, [Act("plan", "安排")], icon="cake"))
    card.body.addWidget(Notice("诉求「换底层住房」逾期 5 天", REFUSAL, [Act("urge", "催办")], icon="warn"))
    card.body.addWidget(Notice("身份证与档案出生年月不一致", HINT, [Act("why", "查看依据")]))
    return card


def card_page(across: int) -> QWidget:
    """A card as it is read, its fields in so many columns."""
    page, column = _column()
    header = PageHeader("登记卡")
    header.set_parents([("people", "老干部")])
    header.set_context("80岁以上独居 第 5 / 214 人")
    header.set_acts([Act("print", "打印登记卡", "print"), Act("edit", "编辑", "edit", "primary")])
    column.addWidget(header)
    column.addWidget(_fields(across))
    column.addStretch(1)
    return page


def _fields(across: int) -> Card:
    """Tabs in a card, a section, fields as read."""
    card = Card()
    card.set_margins(5, 0, 5, 8)
    tabs = TabStrip("页")
    names = ("基本", "待遇与健康", "家庭与联系", "党组织")
    tabs.set_tabs([Tab(name, name) for name in names] + [Tab("走访", "走访", 17), Tab("帮扶", "帮扶", 2)])
    card.body.addWidget(tabs)
    inner = QVBoxLayout()
    inner.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
    inner.setSpacing(0)
    inner.addWidget(SectionTitle("出生与年龄", "计龄、祝寿、离退休按档案"))
    grid = QGridLayout()
    born = FieldView("出生年月（档案）", "1936年2月", "以干部档案最早记载为准，只知年月的填到月")
    card_date = FieldView("出生日期（身份证）", "1937年2月11日")
    card_date.add_chip("差 12 个月")
    identity = FieldView("身份证号")
    identity.set_value("500101********0017", masked=True)
    for place, view in enumerate((born, card_date, identity, FieldView("年龄", "89 周岁·虚岁 90"))):
        grid.addWidget(view, place // across, place % across, Qt.AlignmentFlag.AlignTop)
    inner.addLayout(grid)
    card.body.addLayout(inner)
    return card


def form_page(across: int) -> QWidget:
    """The anatomy of a form, and an empty page beside it."""
    page, column = _column()
    header = PageHeader("编辑")
    header.set_parents([("people", "老干部"), ("person", "孙德奎")])
    column.addWidget(header)
    card = Card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(10))
    for place, one in enumerate(_inputs()):
        grid.addWidget(one, place // across, place % across, Qt.AlignmentFlag.AlignTop)
    form = ScrollColumn()
    form.column.addWidget(SectionTitle("身份"))
    form.column.addLayout(grid)
    form.column.addStretch(1)
    card.body.addWidget(form)
    column.addWidget(card, 1)
    foot = QHBoxLayout()
    foot.setSpacing(theme.px(8))
    foot.addWidget(Text("已改 3 项", "name", "accent"))
    foot.addWidget(Text("1 处提醒，可以保存", "small", "ink2"))
    foot.addStretch(1)
    foot.addWidget(Button("放弃 Esc"))
    foot.addWidget(Button("保存 Ctrl+S", "primary", "save"))
    column.addLayout(foot)
    return page


def _inputs() -> list[QWidget]:
    """One of each kind, in the states of picture 04."""
    name = LineInput("姓名")
    name.set_required(True)
    name.set_value("孙德奎")
    born = DateInput("出生年月（档案）", read_day, rule="按干部档案最早记载填，只知年月的填到月")
    born.set_required(True)
    born.set_value("1952.7")
    born.set_edited(True)
    born.set_echo("1952年7月·73 周岁·虚岁 74")
    card = LineInput("出生日期（身份证）")
    card.set_value("1953年1月14日")
    card.set_locked(True)
    acts = [Act("why", "查看认定依据"), Act("note", "写入备注")]
    card.show_problem("比档案晚 6 个月，计龄按档案", "warn", acts)
    rank = CodeInput("职级（2019）", matching)
    rank.set_value("0103")
    level = ChoiceInput("离退前级别", [("zk", "乡科级正职"), ("fk", "乡科级副职")])
    number = LineInput("身份证号")
    number.set_value("5.00101E+17")
    number.show_problem("末三位已被 Excel 丢掉，请照原件重录。")
    note = TextArea("备注", prompt="写给下一位经办人")
    alone = CheckInput("独居", rule="一人居住满三个月")
    alone.set_value(True)
    secret = LineInput("口令", secret=True, read=lambda text: f"够长：{len(text)} 位")
    secret.set_value("correct horse")
    return [name, number, level, born, card, rank, note, alone, secret]


def empty_page() -> QWidget:
    """An empty register."""
    page, column = _column()
    column.addWidget(PageHeader("志愿服务"))
    tabs = TabStrip("页")
    names = ("活动", "志愿队", "志愿者", "时间银行", "星级与证书")
    tabs.set_tabs([Tab(name, name) for name in names])
    column.addWidget(tabs)
    error = ErrorBar()
    column.addWidget(error)
    error.show_error(
        "导入没有写入：第 61 行身份证号与台账中另一人相同",
        "台账一个字都没有改，你的 Excel 也没有动。请核对第 61 行与台账是不是同一个人。",
        [Act("go", "去看第 61 行", "right"), Act("list", "导出问题清单")],
    )
    state = EmptyState(
        "clock",
        "还没有志愿活动",
        "这里登记每次活动：谁来了、做了多久、谁签认。时长记入时间银行，证明和年报都从这里出数。",
        [
            Beginning("先有志愿队和志愿者", "可以从老干部名册里勾选", Act("import", "导入志愿者", "import")),
            Beginning(
                "新建一次活动", "填名称、日期、地点、志愿队", Act("new", "新建活动", "plus", "primary")
            ),
            Beginning("照签到表录时长", "40 人的签到表，十分钟以内录完", Act("help", "看怎么录 F1", "study")),
        ],
    )
    column.addWidget(state, 1)
    result = ResultBar()
    column.addWidget(result)
    result.show_result(
        "已导出",
        "80岁以上独居名册.xlsx",
        "214 人",
        [Act("open", "打开文件"), Act("folder", "打开文件夹"), Act("undo", "撤销")],
    )
    return page
