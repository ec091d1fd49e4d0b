"""The figures of people, movements and branches (handbook 7.4); every later subject adds its own."""

from __future__ import annotations

from collections.abc import Callable

from cadre_desk.domain.errors import UserError
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.conditions import Condition, Op, Plain
from cadre_desk.registers.listing import Listing
from cadre_desk.stats.figure import Counting, Figure, Period


def _is(key: str, *values: Plain) -> Condition:
    return Condition(key, Op.IN, values)


def _cadres(*conditions: Condition) -> Callable[[Period], Listing]:
    """离退休干部 on the books on the last day, narrowed (headlines count nobody else, handbook 7.1)."""

    def rows(period: Period) -> Listing:
        people = Listing(register("people"), period.today).at(period.last)
        return people.where(_is("status", "1"), _is("person_kind", "1"), *conditions)

    return rows


def _moved(*kinds: str) -> Callable[[Period], Listing]:
    """Movements of 离退休干部 booked in the period."""

    def rows(period: Period) -> Listing:
        movements = Listing(register("movements"), period.today)
        booked = Condition("booked", Op.BETWEEN, (period.first.isoformat(), period.last.isoformat()))
        return movements.where(booked, _is("kind", *kinds), _is("person_kind", "1"))

    return rows


def _branches(*conditions: Condition) -> Callable[[Period], Listing]:
    """单独, 联合 and 社区 branches (临时 and 功能型 do not count, handbook B13, B14)."""

    def rows(period: Period) -> Listing:
        branches = Listing(register("branches"), period.today).at(period.last)
        return branches.where(_is("kind", "1", "2", "3"), *conditions)

    return rows


def _founded(period: Period) -> Listing:
    booked = Condition("founded_booked", Op.BETWEEN, (period.first.isoformat(), period.last.isoformat()))
    return _branches(booked)(period)


def _on_books(
    key: str, label: str, definition: str, *conditions: Condition, split: str = "retire_type"
) -> Figure:
    return Figure(
        key,
        label,
        f"{definition}；按入账日截止的在册离退休干部，不含遗属。",
        "人",
        Counting.PERSONS,
        _cadres(*conditions),
        split_by=split,
    )


def _movement(key: str, label: str, definition: str, *kinds: str) -> Figure:
    return Figure(
        key,
        label,
        f"{definition}；按入账日在期内的变动，一次变动计一人次。",
        "人次",
        Counting.TIMES,
        _moved(*kinds),
        as_of=False,
        split_by="retire_type",
    )


FIGURES: tuple[Figure, ...] = (
    _on_books("person.on_books", "离退休干部", "在册离退休干部总数"),
    _on_books("person.lixiu", "离休干部", "离退类别为离休", _is("retire_type", "1"), split="era"),
    _on_books("person.tuixiu", "退休干部", "离退类别不是离休", Condition("retire_type", Op.NOT_IN, ("1",))),
    _on_books("person.women", "女干部", "性别为女", _is("sex", "2")),
    _on_books("person.party", "中共党员", "政治面貌为中共党员、预备党员", _is("political", "01", "02")),
    _on_books("person.age80", "80 周岁以上", "截止日满 80 周岁", Condition("age", Op.FROM, (80,))),
    _on_books("person.age90", "90 周岁以上", "截止日满 90 周岁", Condition("age", Op.FROM, (90,))),
    _on_books("person.alone", "独居", "家庭状况含独居", _is("family_flags", "1")),
    _on_books(
        "person.disabled",
        "失能、半失能",
        "自理能力为轻度失能及以上",
        _is("ability", "1", "2", "3", "4"),
        split="ability",
    ),
    _on_books("person.in_hospital", "正在住院", "截止日正在住院", _is("in_hospital", True)),
    _on_books(
        "person.elsewhere", "异地居住", "居住方式不是本地", _is("live_mode", "2", "3", "4"), split="live_mode"
    ),
    _on_books(
        "person.party50", "党龄满 50 年", "党龄从转正算，满 50 年", Condition("party_years", Op.FROM, (50,))
    ),
    _movement("movement.new", "新办理退休", "期内新办理离退休手续", "11"),
    _movement("movement.in", "转入", "期内转入", "12"),
    _movement("movement.death", "去世", "期内去世", "21"),
    _movement("movement.out", "转出", "期内转出", "22"),
    Figure(
        "branch.active",
        "离退休干部党支部",
        "截止日现有的单独、联合、社区党支部，不含临时、功能型。",
        "个",
        Counting.THINGS,
        _branches(_is("active", True)),
        split_by="kind",
    ),
    Figure(
        "branch.founded",
        "新成立党支部",
        "成立入账日在期内的单独、联合、社区党支部，不含临时、功能型。",
        "个",
        Counting.THINGS,
        _founded,
        as_of=False,
        split_by="kind",
    ),
)


def figure(key: str) -> Figure:
    """One figure.

    Raises:
        UserError: there is none of that key.
    """
    for one in FIGURES:
        if one.key == key:
            return one
    msg = f"没有「{key}」这个指标。可用的有：{'、'.join(one.key for one in FIGURES)}。"
    raise UserError(msg)
