"""What a list page says: its acts by register, what an empty register and an empty search tell the clerk."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cadre_desk.domain.visits import DONE
from cadre_desk.registers.register import Register
from cadre_desk.ui.kit.buttons import PRIMARY, Act
from cadre_desk.ui.kit.parts import Beginning, EmptyState
from cadre_desk.ui.listing_state import ListState

#: The icon of each place of the desk.
ICONS: Final = MappingProxyType(
    {"people": "people", "branches": "flag", "visits": "gift", "system": "settings"}
)
_NEW: Final = MappingProxyType(
    {
        "memberships": "登记转入",
        "code_amendments": "增补代码",
        "rounds": "新建走访批次",
        "accounts": "新增账户",
        "visits": "登记走访、电话",
        "needs": "登记诉求",
        "reminders": "登记催办",
    }
)
#: Registers whose records come about elsewhere: the settings make users, a round's page draws checks.
_MADE_ELSEWHERE: Final = frozenset({"users", "inspections", "checks"})
#: Rounds come of rules, visits of rounds, needs of visits, draws of rounds; no workbook tells any of them.
_NOT_IMPORTED: Final = frozenset({"rounds", "visits", "needs", "reminders", "inspections"})
_ROSTERS: Final = frozenset({"people", "branches", "memberships", "contacts"})


def presets_of(register: Register) -> str:
    """What a new record begins with, as a `Go` has it: who types a visit by itself has made it."""
    return f"state={DONE};" if register.key == "visits" else ""


def can_begin(register: Register) -> bool:
    """Whether a record of the register is begun from its list."""
    return bool(register.form) and register.key not in _MADE_ELSEWHERE


def can_import(register: Register) -> bool:
    """Whether rows of the register can come from a workbook."""
    return can_begin(register) and bool(register.identity) and register.key not in _NOT_IMPORTED


def can_change(register: Register) -> bool:
    """Whether records are edited in a form."""
    return bool(register.form) and register.key != "users"


def acts_of(register: Register) -> list[Act]:
    """The acts in the head of the list: import, print, new; the primary one last."""
    acts = []
    if can_import(register):
        acts.append(Act("import", "导入", "import", tip="从 Excel 导入　Ctrl+I"))
    if register.key == "standards":
        acts.append(Act("carry", "沿用到下一年", "copy"))
    acts.append(Act("print", "打印名册" if register.key in _ROSTERS else "打印", "print", tip="Ctrl+P"))
    if can_begin(register):
        acts.append(Act("new", _new_label(register), "plus", PRIMARY, tip="Ctrl+N"))
    return acts


def selection_acts_of(register: Register) -> list[Act]:
    """What can be done with ticked records."""
    acts = []
    if register.key == "people":
        acts.append(Act("round", "加入走访批次", "gift"))
    if can_change(register):
        acts.append(Act("bulk", "批量修改", "edit"))
    return [*acts, Act("print", "打印", "print"), Act("export", "导出 Excel", "export")]


def _new_label(register: Register) -> str:
    return _NEW.get(register.key, f"新增{register.noun}")


def empty_register(register: Register) -> EmptyState:
    """What belongs in a register that holds nothing yet, and how to begin."""
    beginnings = []
    if can_import(register):
        beginnings.append(
            Beginning(
                "导入手头的 Excel 名册",
                "列名认得出来，问题先列给你看，确认后才写入",
                Act("import", "导入", "import"),
            )
        )
    if can_begin(register):
        kind = PRIMARY
        beginnings.append(
            Beginning(
                "先录入一条",
                "一次录一条，随时可以改",
                Act("new", _new_label(register), "plus", kind),
            )
        )
    if beginnings:
        beginnings.append(
            Beginning("看怎么做", "手册就在本机，不用联网", Act("help", "打开手册 F1", "study"))
        )
    icon = ICONS.get(register.place, "list")
    return EmptyState(icon, register.empty.title, register.empty.sentence, beginnings)


def nothing_found(state: ListState) -> EmptyState:
    """Nothing fits: the conditions are named, and one act takes them away."""
    named = "、".join(words for _key, words in state.chips())
    typed = f"查「{state.listing.text}」" if state.listing.text else ""
    told = "、".join(part for part in (named, typed) if part)
    beginning = Beginning("看全部记录", "去掉条件和查找的字", Act("clear", "清除全部", "close"))
    return EmptyState(
        "search", f"没有符合条件的{state.register.noun}", f"现在的条件是：{told}。", [beginning]
    )
