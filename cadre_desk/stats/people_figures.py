"""The figures of people, their ages, health, living and Party years (handbook 7.4)."""

from __future__ import annotations

from typing import Final

from cadre_desk.domain import codes
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.round_rules import GRAVE_WORDS
from cadre_desk.stats import scopes
from cadre_desk.stats.figure import Counting, Figure
from cadre_desk.stats.scopes import between, one_of

PEOPLE, AGES, HEALTH, LIVING, PARTY = "人员", "年龄", "健康", "居住", "党龄"

_BOOKS: Final = "按入账日截止的在册离退休干部，不含遗属"


def persons(
    group: str, key: str, label: str, definition: str, *conditions: Condition, split: str = "retire_type"
) -> Figure:
    """How many on the books fit the conditions: 人数 as of a day."""
    return Figure(
        key,
        label,
        f"{definition}；{_BOOKS}。",
        "人",
        Counting.PERSONS,
        scopes.on_books(*conditions),
        split_by=split,
        group=group,
    )


def _treated(key: str, label: str, group: str) -> Figure:
    levels = codes.table("treatment_level").codes_in(group)
    return persons(PEOPLE, key, label, f"现享受待遇为{group}", one_of("treatment_level", *levels))


_PEOPLE: Final = (
    persons(PEOPLE, "person.on_books", "离退休干部", "在册离退休干部总数"),
    persons(PEOPLE, "person.lixiu", "离休干部", "离退类别为离休", one_of("retire_type", "1"), split="era"),
    persons(
        PEOPLE,
        "person.tuixiu",
        "退休干部",
        "离退类别不是离休",
        Condition("retire_type", Op.NOT_IN, ("1",)),
        split="unit_nature",
    ),
    persons(PEOPLE, "person.organ", "机关离退休干部", "现管理单位性质为机关", one_of("unit_nature", "1")),
    persons(
        PEOPLE, "person.institution", "事业单位离退休干部", "现管理单位性质为事业", one_of("unit_nature", "2")
    ),
    persons(
        PEOPLE, "person.enterprise", "企业离退休干部", "现管理单位性质为企业", one_of("unit_nature", "3")
    ),
    _treated("person.level_province", "享受省部级待遇", "享受副省级单项及以上"),
    _treated("person.level_bureau", "享受厅局级待遇", "厅局级"),
    _treated("person.level_county", "享受县处级待遇", "县处级"),
    _treated("person.level_section", "享受科级及以下待遇", "科级及以下"),
    persons(PEOPLE, "person.women", "女干部", "性别为女", one_of("sex", "2")),
    persons(
        PEOPLE,
        "person.minority",
        "少数民族干部",
        "民族已填，且不是汉族",
        Condition("ethnic", Op.FILLED),
        Condition("ethnic", Op.NOT_IN, ("01",)),
        split="ethnic",
    ),
    persons(
        PEOPLE, "person.party", "中共党员", "政治面貌为中共党员、预备党员", one_of("political", "01", "02")
    ),
    persons(
        PEOPLE,
        "person.democratic",
        "民主党派成员",
        "政治面貌为八个民主党派之一",
        one_of("political", *codes.table("political").codes_in("民主党派")),
        split="political",
    ),
    Figure(
        "person.survivors",
        "遗属",
        "人员类别为遗属、按入账日截止在册的人；另列，不计入离退休干部。",
        "人",
        Counting.PERSONS,
        scopes.on_books(kind="2"),
        split_by="sex",
        group=PEOPLE,
    ),
)


def _band(key: str, label: str, low: int | str, high: int | str) -> Figure:
    return persons(AGES, key, label, f"截止日{label}（按档案出生年月计周岁）", between("age", low, high))


_AGES: Final = (
    Figure(
        "age.mean",
        "平均年龄",
        f"截止日周岁之和除以有出生年月的人数，保留一位小数；{_BOOKS}。",
        "岁",
        Counting.MEAN,
        scopes.on_books(),
        split_by="retire_type",
        amount="age",
        group=AGES,
    ),
    Figure(
        "age.oldest",
        "最年长者",
        f"截止日周岁最大的人的年龄，同岁的都列出；{_BOOKS}。",
        "岁",
        Counting.MEAN,
        scopes.on_books(),
        split_by="retire_type",
        amount="age",
        group=AGES,
        top=True,
    ),
    _band("age.to60", "60 周岁及以下", "", 60),
    _band("age.61_70", "61–70 周岁", 61, 70),
    _band("age.71_80", "71–80 周岁", 71, 80),
    _band("age.81_90", "81–90 周岁", 81, 90),
    _band("age.from91", "91 周岁及以上", 91, ""),
    persons(AGES, "person.age80", "80 周岁以上", "截止日满 80 周岁", Condition("age", Op.FROM, (80,))),
    persons(AGES, "person.age90", "90 周岁以上", "截止日满 90 周岁", Condition("age", Op.FROM, (90,))),
    persons(AGES, "person.age100", "百岁老人", "截止日满 100 周岁", Condition("age", Op.FROM, (100,))),
)

_HEALTH: Final = (
    persons(HEALTH, "health.able", "自理", "自理能力为能力完好", one_of("ability", "0"), split="age"),
    persons(
        HEALTH,
        "person.disabled",
        "失能、半失能",
        "自理能力为轻度失能及以上",
        one_of("ability", "1", "2", "3", "4"),
        split="ability",
    ),
    persons(
        HEALTH,
        "health.half_disabled",
        "半失能",
        "自理能力为轻度、中度失能",
        one_of("ability", "1", "2"),
        split="ability",
    ),
    persons(
        HEALTH,
        "health.disabled",
        "失能",
        "自理能力为重度、完全失能",
        one_of("ability", "3", "4"),
        split="ability",
    ),
    persons(
        HEALTH,
        "health.unassessed",
        "自理能力未评估",
        "自理能力未填",
        Condition("ability", Op.EMPTY),
        split="age",
    ),
    Figure(
        "health.grave",
        "重病",
        f"主要病种含{'、'.join(GRAVE_WORDS)}之一；{_BOOKS}。",
        "人",
        Counting.PERSONS,
        scopes.on_books(),
        split_by="age",
        group=HEALTH,
        any_of=tuple(Condition("diseases", Op.CONTAINS, (word,)) for word in GRAVE_WORDS),
    ),
    persons(HEALTH, "person.in_hospital", "正在住院", "截止日正在住院", one_of("in_hospital", True)),
)

_LIVING: Final = (
    persons(LIVING, "person.alone", "独居", "家庭状况含独居", one_of("family_flags", "1"), split="age"),
    persons(
        LIVING, "living.couple", "空巢", "家庭状况含空巢（仅夫妻）", one_of("family_flags", "2"), split="age"
    ),
    persons(
        LIVING,
        "living.care_home",
        "入住养老机构",
        "家庭状况含入住养老机构",
        one_of("family_flags", "4"),
        split="ability",
    ),
    persons(
        LIVING, "living.childless", "孤老、失独", "家庭状况含孤老或失独", one_of("family_flags", "5", "6")
    ),
    persons(
        LIVING,
        "person.elsewhere",
        "异地居住",
        "居住方式不是本地",
        one_of("live_mode", "2", "3", "4"),
        split="live_mode",
    ),
    persons(LIVING, "living.resettled", "易地安置", "居住方式为易地安置", one_of("live_mode", "3")),
)

#: 中共党员, 预备党员 included.
MEMBER: Final = one_of("political", "01", "02")
_PARTY: Final = (
    persons(
        PARTY,
        "person.party50",
        "党龄满 50 年",
        "党龄从转正算，满 50 年",
        Condition("party_years", Op.FROM, (50,)),
        split="party_years",
    ),
    persons(
        PARTY,
        "party.60",
        "党龄满 60 年",
        "党龄从转正算，满 60 年",
        Condition("party_years", Op.FROM, (60,)),
        split="party_years",
    ),
    Figure(
        "party.july50",
        "「光荣在党50年」",
        "当年 7 月 1 日（截止日更早的按截止日）是中共党员且党龄满 50 年的在册离退休干部，不含遗属。",
        "人",
        Counting.PERSONS,
        scopes.on_books(MEMBER, Condition("party_years", Op.FROM, (50,)), day=scopes.party_day),
        split_by="party_years",
        group=PARTY,
        on=scopes.party_day,
    ),
    Figure(
        "party.medal_due",
        "应发未发纪念章",
        "当年 7 月 1 日党龄满 50 年的党员中，没有登记已发「光荣在党50年」纪念章的人。",
        "人",
        Counting.PERSONS,
        scopes.on_books(
            MEMBER,
            Condition("party_years", Op.FROM, (50,)),
            Condition("fifty_medal", Op.NOT_IN, (True,)),
            day=scopes.party_day,
        ),
        split_by="branch",
        group=PARTY,
        on=scopes.party_day,
    ),
    Figure(
        "party.mean_years",
        "平均党龄",
        f"党员的党龄之和除以有入党时间的党员数，保留一位小数；{_BOOKS}。",
        "年",
        Counting.MEAN,
        scopes.on_books(MEMBER),
        split_by="retire_type",
        amount="party_years",
        group=PARTY,
    ),
)

FIGURES: Final = (*_PEOPLE, *_AGES, *_HEALTH, *_LIVING, *_PARTY)
