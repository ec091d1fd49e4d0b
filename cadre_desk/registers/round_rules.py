"""The rules that a round of visits is made of, listings of people with the reason each gives (handbook 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cadre_desk.domain import codes
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing

Conditions = tuple[Condition, ...]

#: 主要病种 that count as 重病 wherever one of these words is in them (handbook 4: 重大疾病、恶性肿瘤).
GRAVE_WORDS: Final = ("癌", "肿瘤", "白血病", "尿毒症", "透析", "脑出血", "心肌梗", "阿尔茨海默", "器官移植")
#: 家庭状况 that make life hard: 失独, 孤老, 子女伤残, 赡养抚养负担重 (handbook 4).
HARD_FLAGS: Final = ("5", "6", "8", "9")
OLDEST: Final = 80
PARTY_YEARS: Final = 50

_ON_BOOKS: Final = Condition("status", Op.IN, ("1",))
_CADRE: Final = (_ON_BOOKS, Condition("person_kind", Op.IN, ("1",)))


@dataclass(frozen=True)
class RoundRule:
    """One rule: its key, what the clerk reads, the word it gives as reason, and whom it hits.

    Somebody is hit who fits any of the sets of conditions that ``whom`` answers. ``least`` is the number
    that the clerk may change (an age, years in the Party), 0 for rules without one; ``title`` and ``word``
    then have a place for it.
    """

    key: str
    title: str
    word: str
    whom: Callable[[int], tuple[Conditions, ...]]
    least: int = 0
    note: str = ""

    def titled(self, least: int = 0) -> str:
        """The title with its number: 80岁以上."""
        return self.title.format(least or self.least)

    def worded(self, least: int = 0) -> str:
        """The reason with its number: 80+."""
        return self.word.format(least or self.least)

    def listings(self, everybody: Listing, least: int = 0) -> tuple[Listing, ...]:
        """The listings of those it hits; their ages are those of the listing's day."""
        return tuple(everybody.where(*wanted) for wanted in self.whom(least or self.least))


def _among(key: str, *values: str | bool) -> Conditions:
    return (*_CADRE, Condition(key, Op.IN, values))


def _of(key: str, *values: str | bool) -> Callable[[int], tuple[Conditions, ...]]:
    return lambda _: (_among(key, *values),)


def _abilities(group: str) -> Callable[[int], tuple[Conditions, ...]]:
    return lambda _: (_among("ability", *codes.table("ability").codes_in(group)),)


def _old(least: int) -> tuple[Conditions, ...]:
    return ((*_CADRE, Condition("age", Op.FROM, (least,))),)


def _grave(_: int) -> tuple[Conditions, ...]:
    return tuple((*_CADRE, Condition("diseases", Op.CONTAINS, (word,))) for word in GRAVE_WORDS)


def _veteran(least: int) -> tuple[Conditions, ...]:
    return ((*_among("political", "01"), Condition("party_years", Op.FROM, (least,))),)


def _bereaved(_: int) -> tuple[Conditions, ...]:
    return ((_ON_BOOKS, Condition("person_kind", Op.IN, ("2",))),)


#: In the order in which their reasons stand on the paper.
ROUND_RULES: Final = (
    RoundRule("lixiu", "离休干部（全体）", "离休", _of("retire_type", "1")),
    RoundRule("age", "{}岁以上", "{}+", _old, OLDEST, "周岁，按档案出生年月"),
    RoundRule("alone", "独居", "独居", _of("family_flags", "1")),
    RoundRule("couple", "空巢（仅夫妻）", "空巢", _of("family_flags", "2")),
    RoundRule("disabled", "失能", "失能", _abilities("失能"), note="重度、完全失能"),
    RoundRule("half_disabled", "半失能", "半失能", _abilities("半失能"), note="轻度、中度失能"),
    RoundRule("grave", "重病", "重病", _grave, note=f"主要病种含{'、'.join(GRAVE_WORDS)}"),
    RoundRule("hospital", "正在住院", "住院", _of("in_hospital", True)),
    RoundRule(
        "hardship", "困难", "困难", _of("family_flags", *HARD_FLAGS), note="失独、孤老、子女伤残、负担重"
    ),
    RoundRule("party", "党龄满{}年", "党龄{}年", _veteran, PARTY_YEARS, "从转正之日算起"),
    RoundRule("bereaved", "遗属", "遗属", _bereaved),
)


def round_rule(text: str) -> RoundRule | None:
    """The rule of a key, a title or a reason; None for none."""
    wanted = text.strip()
    return next(
        (
            one
            for one in ROUND_RULES
            if wanted in {one.key, one.titled(), one.worded(), one.titled().split("（")[0]}
        ),
        None,
    )
