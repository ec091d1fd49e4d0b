"""Invented people of an invented county, and the papers about them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import (
    Account,
    Align,
    Count,
    Dated,
    Day,
    IdNumber,
    Money,
    Name,
    Phone,
    YesNo,
)
from cadre_desk.export.form import Block, Choices, Form, Label, Photo, Value, row
from cadre_desk.export.sheet import (
    KEEP_SAFE,
    SERIAL,
    Check,
    Foot,
    Mark,
    PaperKind,
    RowStyle,
    Sheet,
    SheetColumn,
    Signer,
    Subline,
    Totals,
    money_signers,
    roster_signers,
    statistic_signers,
)

OFFICE = "中共青岚县委老干部局"
NAMES = ("王𬭎", "䶮惠", "李𠅤", "欧阳德厚", "古丽努尔·阿卜杜热合曼", "周怀瑾", "冉峰")
UNITS = (
    "县委办公室\n原主任",
    "县人民政府办公室\n原副县级调研员（享受副厅级医疗待遇）",
    "县纪委监委\n原副书记",
    "县人民医院\n原党委书记（副处级）",
)
HOMES = ("青衣街道滨河路118号", "永丰镇正街47号", "龙门街道桂花园小区3-5-1", "重庆市渝北区（异地）")
SORTS = ("离休", "退休", "遗属")
FOOT = Foot(
    "MC-2026-0003",
    datetime(2026, 1, 12, 15, 20),
    "周敏",
    cut_off=date(2026, 1, 12),
    words="春节慰问·已审定",
    persons=23,
)
SUBLINE = Subline(f"制表单位：{OFFICE}", "制表时间：2026年1月12日", "单位：元")

ROSTER_COLUMNS = (
    SERIAL,
    SheetColumn.of("name", Name("姓名"), width=21),
    SheetColumn("sex", "性别", 8, align=Align.CENTER, pad=0.5),
    SheetColumn.of("age", Count("年龄"), width=9),
    SheetColumn("sort", "类别", 12, align=Align.CENTER, pad=0.5),
    SheetColumn.of("born", Dated("出生年月"), width=18),
    SheetColumn("unit", "原单位及职务\n（待遇）", 50),
    SheetColumn("home", "住　　址", 44),
    SheetColumn.of("phone", Phone("电　话"), width=26),
    SheetColumn.of("cash", Money("慰问金"), width=24, total=True),
    SheetColumn.of("day", Day("走访日期"), width=24),
    SheetColumn.of("alone", YesNo("独居"), width=12),
    SheetColumn("memo", "备注", 10, pad=0.7),
)


def people(count: int) -> list[dict[str, object]]:
    """Invented people; the same number gives the same people."""
    chance = random.Random(count)
    found: list[dict[str, object]] = []
    for number in range(count):
        name = NAMES[number % len(NAMES)] if number < len(NAMES) else chance.choice("赵钱孙李") + f"{number}"
        found.append(
            {
                "name": name,
                "sex": chance.choice("男女"),
                "age": chance.randrange(60, 102),
                "sort": SORTS[min(number // 5, 2)],
                "born": PartialDate(chance.randrange(1925, 1965), chance.randrange(1, 13)),
                "unit": UNITS[number % len(UNITS)],
                "home": HOMES[number % len(HOMES)],
                "phone": f"139{chance.randrange(10**8):08d}",
                "cash": chance.randrange(500, 3000) * 100 + chance.randrange(100),
                "day": date(2026, 1, 19 + number % 4),
                "alone": number % 3 == 0,
                "memo": "",
                "id": f"500101********{number:04d}",
                "account": f"****{number:04d}",
            }
        )
    return found


def _rows(columns: tuple[SheetColumn, ...], count: int) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(one.get(column.key) for column in columns) for one in people(count))


def roster(count: int = 23) -> Sheet:
    """A roster with money, on A4 landscape."""
    return Sheet(
        kind=PaperKind.ROSTER,
        title="青岚县离退休干部2026年春节走访慰问名册",
        columns=ROSTER_COLUMNS,
        rows=_rows(ROSTER_COLUMNS, count),
        subline=SUBLINE,
        mark=KEEP_SAFE,
        totals=Totals(split="sort"),
        signers=roster_signers("周敏"),
        notes=("年龄按2026年1月12日周岁计", "慰问标准按《2026年春节走访慰问方案》执行"),
        foot=replace(FOOT, persons=count),
    )


VOUCHER_COLUMNS = (
    replace(SERIAL, width=10),
    SheetColumn.of("name", Name("姓　名"), width=25),
    SheetColumn("unit", "单　　位", 50),
    SheetColumn.of("id", IdNumber("身份证号"), width=38),
    SheetColumn.of("account", Account("账号"), width=17),
    SheetColumn.of("cash", Money("慰问金"), width=24, total=True),
    SheetColumn("sign", "领取人签字", 36, blank=True),
    SheetColumn("deputy", "代领人及\n关系", 36, blank=True),
    SheetColumn("memo", "备　注", 31, pad=0.7),
)


def voucher(count: int = 23) -> Sheet:
    """A payment voucher that each person signs."""
    return Sheet(
        kind=PaperKind.VOUCHER,
        title="青岚县离退休干部2026年春节慰问金发放签领表",
        columns=VOUCHER_COLUMNS,
        rows=_rows(VOUCHER_COLUMNS, count),
        subline=replace(SUBLINE, left=f"制表单位（盖章）：{OFFICE}"),
        totals=Totals(),
        signers=money_signers("周敏"),
        foot=replace(FOOT, batch="FF-2026-0007", persons=count),
    )


def _number(key: str, label: str, number: str, width: float, *heads: str) -> SheetColumn:
    return SheetColumn(key, label, width, align=Align.RIGHT, heads=heads, number=number)


def statistic() -> Sheet:
    """T3 of the yearbook, with a relation that doesn't hold."""
    columns = (
        SheetColumn("item", "项　目", 60, number="甲"),
        SheetColumn("line", "行\n次", 12, align=Align.CENTER, number="乙"),
        _number("first", "期初数", "1", 30),
        _number("more", "小计", "2", 25, "本期增加"),
        _number("new", "新办理", "3", 25, "本期增加"),
        _number("less", "小计", "4", 25, "本期减少"),
        _number("dead", "去世", "5", 25, "本期减少"),
        _number("last", "期末数", "6", 30),
        SheetColumn("ok", "平衡\n核对", 15, align=Align.CENTER, number="丙"),
        _number("rate", "死亡率\n（%）", "7", 20),
    )
    return Sheet(
        kind=PaperKind.STATISTICS,
        title="离退休干部增减变动情况",
        form_number="表号：青老统3表　制定机关：县委老干部局",
        columns=columns,
        rows=(
            ("总　计", 1, 4117, 151, 151, 109, 109, 4159, Mark.TICK, "2.65"),
            ("一、离休干部", 2, 31, 0, 0, 6, 6, 25, Mark.TICK, "19.35"),
            ("机关", 3, 31, 0, 0, 6, 6, 24, Mark.CROSS, None),
        ),
        row_styles={0: RowStyle.TOTAL, 1: RowStyle.GROUP, 2: RowStyle.ITEM},
        subline=Subline(f"填报单位：{OFFICE}", "2025年", "单位：人"),
        checks=(
            Check("[6]＝[1]＋[2]－[4]　4,159＝4,117＋151－109"),
            Check("第2行＝第3行　相差1", holds=False),
        ),
        notes=("其他增加2人系以前年度差错",),
        notes_label="变动说明",
        signers=statistic_signers("周敏", "2026年1月10日"),
        foot=Foot("NB-2025-0001", datetime(2026, 1, 10, 9, 42), "周敏", words="统计时点 2025-12-31"),
    )


def card(members: int = 3) -> Form:
    """A registration card with so many family members."""
    family = tuple(
        row(
            Value("长子"),
            Value("冉峰", name=True),
            Value("1968.02"),
            Value(f"县交通运输委员会科员{number}", align=Align.LEFT),
            Value("13908274416"),
            Value(""),
            height=9,
        )
        for number in range(members)
    )
    heads = ("称谓", "姓名", "出生年月", "工作单位及职务", "联系电话", "备注")
    return Form(
        title="离退休干部登记卡",
        subline=Subline(f"登记单位：{OFFICE}", "", "编号：500101-0118"),
        mark=KEEP_SAFE,
        running="冉光耀·500101-0118",
        signers=(Signer("填表人", "周敏"), Signer("审核人"), Signer("填表日期", "2026年1月12日")),
        foot=replace(FOOT, batch="KP-2026-0118", words="", persons=None),
        blocks=(
            Block(
                "基本情况",
                (20, 30, 18, 18, 18, 20, 33),
                (
                    row(
                        Label("姓　名"),
                        Value("冉𬭎", name=True),
                        Label("性　别"),
                        Value("男"),
                        Label("民　族"),
                        Value("土家族"),
                        Photo(down=2),
                    ),
                    row(
                        Label("身份证号"), Value("500101194005210038", span=3), Label("籍　贯"), Value("青岚")
                    ),
                    row(
                        Label("困难类别"),
                        Choices((("重病", True), ("失能", False), ("灾害", True)), span=6),
                    ),
                ),
            ),
            Block("家庭成员", (14, 22, 22, 52, 28, 19), (row(*map(Label, heads), height=9), *family)),
            Block(
                "备注",
                (157,),
                (row(Value("档案记载1940年5月生，身份证为6月，以档案为准。", align=Align.LEFT), height=20),),
            ),
        ),
    )
