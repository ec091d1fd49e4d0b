"""The card beside the list of the showcase (look 02): one person at a glance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.parts import (
    Avatar,
    Button,
    Card,
    Chip,
    FieldView,
    Hairline,
    Notice,
    Text,
)


def preview() -> Card:
    """The person the keyboard is on."""
    card = Card()
    card.setFixedWidth(theme.space("preview"))
    card.set_margins(12, 12, 12, 12)
    body = card.body
    body.setSpacing(0)
    body.addLayout(_identity())
    body.addSpacing(theme.px(5))
    body.addSpacing(theme.px(6))
    body.addWidget(Notice("2 月逢九十寿辰，尚未安排祝寿", "warning"))
    body.addSpacing(theme.px(5))
    body.addWidget(Notice("身份证与档案出生年月不一致", "hint"))
    body.addSpacing(theme.px(6))
    fields = {
        "原职务": "县水利局原总工程师",
        "党支部": "水利系统支部·党龄 61 年",
        "住址": "滨河街道文昌路 18 号 2 栋 301",
        "电话": "139****5678",
        "家庭": "独居·长子在成都",
        "健康": "高血压、轻度失能",
        "联系人": "县委组织部 陈立新",
    }
    for label, value in fields.items():
        body.addWidget(FieldView(label, value, label_width=56, compact=True))
    body.addSpacing(theme.px(8))
    body.addWidget(Hairline())
    body.addSpacing(theme.px(8))
    body.addLayout(_contacts())
    body.addStretch(1)
    foot = QHBoxLayout()
    foot.setSpacing(theme.px(8))
    foot.addWidget(_wide(Button("打开卡片 Enter")), 1)
    foot.addWidget(Button("登记走访"))
    body.addLayout(foot)
    return card


def _wide(button: Button) -> Button:
    """A button that takes the room there is."""
    policy = button.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Expanding)
    button.setSizePolicy(policy)
    return button


def _identity() -> QHBoxLayout:
    """Photo, name, age, chips, ×."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(12))
    row.addWidget(Avatar("王𬭎远", 56, 70, round_=False), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    top = QHBoxLayout()
    top.addWidget(Text("王𬭎远", "h2"))
    top.addStretch(1)
    top.addWidget(Button(kind="icon", icon="close", name="收起卡片"))
    words.addLayout(top)
    words.addWidget(Text("男·89 周岁（虚岁 90）", "small", "ink2"))
    chips = QHBoxLayout()
    chips.setSpacing(theme.px(4))
    for label in ("退休", "正科级", "党员"):
        chips.addWidget(Chip(label))
    chips.addStretch(1)
    words.addLayout(chips)
    row.addLayout(words, 1)
    return row


def _contacts() -> QGridLayout:
    """The last three contacts."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    title = QHBoxLayout()
    title.addWidget(Text("最近联系", "head", "ink2"), 1)
    grid.addLayout(title, 0, 0, 1, 2)
    every = Button("全部 17 次", "link")
    every.setFont(theme.font("cap"))
    title.addWidget(every)
    contacts = (
        ("01-12", "春节走访·已见到本人", "反映三楼上下不便，已立诉求"),
        ("10-29", "重阳慰问·500 元", "本人签领"),
        ("08-05", "住院探望", "县人民医院心内科"),
    )
    for row, (day, what, how) in enumerate(contacts):
        grid.addWidget(Text(day, "cap", "ink2"), 3 * row + 1, 0, 2, 1)
        grid.addWidget(Text(what, "small", elide=True), 3 * row + 1, 1)
        grid.addWidget(Text(how, "cap", "ink2", elide=True), 3 * row + 2, 1)
        grid.setRowMinimumHeight(3 * row + 3, theme.px(4))
    return grid
