"""A unit and a post written as one (单位及职务), told apart."""

from __future__ import annotations

import re
from typing import Final

_UNIT_END: Final = (
    "局|委员会|委|办公室|办|院|校|学校|中学|小学|公司|中心|政府|支队|大队|支行|分行|银行|所|站|厂|社|协会"
    "|联合会|总工会|妇联|团委|处|部|馆|台|队|库|场"
)
_POST_START: Final = (
    "党委|党组|党支部|党总支|原|副|正|主任|局长|书记|县长|市长|镇长|乡长|院长|校长|所长|站长|处长|科长"
    "|股长|部长|厂长|经理|主席|会长|政委|队长|行长|馆长|台长|[一二三四]级|调研员|巡视员|科员|干部|职工|工人"
    "|教师|教员|医师|医生|护士|会计|工程师|高级|中级|助理|常委|委员|干事|司机|秘书"
)
_UNIT_POST: Final = re.compile(rf"(.*?(?:{_UNIT_END}))((?:{_POST_START}).*)")


_UNIT_NAME: Final = re.compile(rf".{{1,24}}(?:{_UNIT_END})(?:[（(].*[）)])?")


def is_unit_name(text: str) -> bool:
    """Whether a text is nothing but the name of a unit: 县水利局."""
    return _UNIT_NAME.fullmatch(text) is not None


def split_unit_post(text: str) -> tuple[str, str]:
    """A unit and a post written as one: 县财政局副局长; "" for a post that can't be told apart."""
    unit, _, post = text.partition(" ")
    found = None if post else _UNIT_POST.fullmatch(text)
    if found is not None:
        unit, post = found.groups()
    return unit if post else text, post.removeprefix("原")
