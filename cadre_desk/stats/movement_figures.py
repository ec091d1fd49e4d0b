"""The figures of movements and of branches with their members (handbook 7.4)."""

from __future__ import annotations

from typing import Final

from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.stats import scopes
from cadre_desk.stats.figure import Counting, Figure
from cadre_desk.stats.people_figures import MEMBER, persons
from cadre_desk.stats.scopes import Scope, one_of

MOVES, BRANCHES = "变动", "党支部"


def _movement(
    key: str, label: str, definition: str, *conditions: Condition, split: str = "class_then"
) -> Figure:
    return Figure(
        key,
        label,
        f"{definition}；按入账日在期内的变动，一次变动计一人次。",
        "人次",
        Counting.TIMES,
        scopes.moved(*conditions),
        as_of=False,
        split_by=split,
        group=MOVES,
    )


def _branch(key: str, label: str, definition: str, rows: Scope, *, as_of: bool = True) -> Figure:
    return Figure(
        key, label, definition, "个", Counting.THINGS, rows, as_of=as_of, split_by="kind", group=BRANCHES
    )


def _members(key: str, label: str, definition: str, rows: Scope, *, as_of: bool = True) -> Figure:
    unit, counting = ("人", Counting.PERSONS) if as_of else ("人次", Counting.TIMES)
    split = "leave_kind" if key.endswith("left") else "party_years"
    return Figure(key, label, definition, unit, counting, rows, as_of, split, group=BRANCHES)


_MOVES: Final = (
    _movement(
        "movement.increase",
        "本期增加",
        "期内新办理、转入、补录等全部增加",
        one_of("direction", 1),
        split="kind",
    ),
    _movement("movement.new", "新办理退休", "期内新办理离退休手续", one_of("kind", "11")),
    _movement("movement.in", "转入", "期内转入", one_of("kind", "12")),
    _movement("movement.found", "补录增加", "期内补录的漏登人员", one_of("kind", "13")),
    _movement(
        "movement.decrease",
        "本期减少",
        "期内去世、转出、注销等全部减少",
        one_of("direction", -1),
        split="kind",
    ),
    _movement("movement.death", "去世", "期内去世", one_of("kind", "21")),
    _movement("movement.out", "转出", "期内转出", one_of("kind", "22")),
    _movement(
        "movement.struck",
        "注销",
        "期内因重复误录、改类、取消待遇注销",
        one_of("kind", "23", "24", "25"),
        split="kind",
    ),
    _movement(
        "movement.late", "迟报补记", "发生在已结年度、计入本期的变动", one_of("late", True), split="kind"
    ),
    Figure(
        "movement.death_rate",
        "死亡率",
        "期内去世人次除以期初在册离退休干部数，保留两位小数。",
        "%",
        Counting.RATE,
        scopes.moved(one_of("kind", "21")),
        as_of=False,
        split_by="class_then",
        group=MOVES,
        per=scopes.opening(),
    ),
)

_BRANCHES: Final = (
    _branch(
        "branch.active",
        "离退休干部党支部",
        "截止日现有的单独、联合、社区党支部，不含临时、功能型。",
        scopes.branches(one_of("active", True)),
    ),
    _branch(
        "branch.founded",
        "新成立党支部",
        "成立入账日在期内的单独、联合、社区党支部，不含临时、功能型。",
        scopes.branches_booked("founded_booked"),
        as_of=False,
    ),
    _branch(
        "branch.closed",
        "撤销党支部",
        "撤销入账日在期内的单独、联合、社区党支部，不含临时、功能型。",
        scopes.branches_booked("closed_booked"),
        as_of=False,
    ),
    _branch(
        "branch.apart",
        "临时、功能型党支部",
        "截止日现有的临时、功能型党支部；另列，不计入党支部总数。",
        scopes.branches(one_of("active", True), apart=True),
    ),
    _members(
        "branch.members", "支部党员", "截止日组织关系在支部的党员，按转入、转出入账日。", scopes.members()
    ),
    Figure(
        "branch.mean_members",
        "支部平均党员数",
        "截止日组织关系在支部的党员数除以现有的单独、联合、社区党支部数，保留一位小数。",
        "人",
        Counting.MEAN,
        scopes.members(),
        split_by="branch",
        group=BRANCHES,
        per=scopes.branches(one_of("active", True)),
    ),
    _members(
        "branch.joined",
        "组织关系转入",
        "转入入账日在期内的组织关系。",
        scopes.members_booked("joined_booked"),
        as_of=False,
    ),
    _members(
        "branch.left",
        "组织关系转出",
        "转出入账日在期内的组织关系，含去世、支部撤并。",
        scopes.members_booked("left_booked"),
        as_of=False,
    ),
    persons(
        BRANCHES,
        "branch.unplaced",
        "未编入支部的党员",
        "政治面貌为党员而没有组织关系所在支部",
        MEMBER,
        Condition("branch_id", Op.EMPTY),
        split="unit",
    ),
)

FIGURES: Final = (*_MOVES, *_BRANCHES)
