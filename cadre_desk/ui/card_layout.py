"""Where the fields of a record stand: the same places on the card that is read and in the form that is typed.

People are laid out by hand, in the office's order; any other register by the groups of its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cadre_desk.registers.register import Register

BASIC: Final = "basic"


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one title of a tab: ``shown`` in the order of reading, ``typed`` in that of typing.

    ``shown`` may repeat what is typed elsewhere and name what follows from others (``age``); ``note`` is the
    rule that holds for all below.
    """

    tab: str
    title: str
    typed: tuple[str, ...]
    shown: tuple[str, ...] | None = None
    note: str = ""

    @property
    def read(self) -> tuple[str, ...]:
        """The fields in the order they are read."""
        return self.typed if self.shown is None else self.shown


@dataclass(frozen=True, slots=True)
class Layout:
    """The tabs of a register's card as (key, label), and the sections on them.

    ``expected`` fields are shown as 未填 where they are empty: papers and figures ask for them.
    ``locked`` fields are never typed: an act writes them.
    """

    tabs: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    expected: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()

    def on(self, tab: str) -> list[Section]:
        """The sections of a tab."""
        return [section for section in self.sections if section.tab == tab]


CARE: Final = "care"
FAMILY: Final = "family"
PARTY: Final = "party"
VISITS: Final = "visits"
MOVES: Final = "moves"
HISTORY: Final = "history"

_PEOPLE: Final = Layout(
    tabs=(
        (BASIC, "基本"),
        (CARE, "待遇与健康"),
        (FAMILY, "家庭与联系"),
        (PARTY, "党组织"),
        (VISITS, "走访"),
        (MOVES, "变动"),
    ),
    sections=(
        Section(
            BASIC,
            "身份",
            ("name", "id_no", "ethnic"),
            (
                "name",
                "former_name",
                "sex",
                "ethnic",
                "id_no",
                "native_place",
                "birth_place",
                "marital",
                "education",
                "degree",
                "person_kind",
            ),
        ),
        Section(
            BASIC,
            "出生与年龄",
            ("birth_archive", "birth_id", "lunar_birth"),
            ("birth_archive", "birth_id", "lunar_birth", "age", "birthday_habit"),
            note="计龄、祝寿、离退休按档案",
        ),
        Section(
            BASIC,
            "工作与离退休",
            (
                "pre_level",
                "rank",
                "retire_type",
                "work_start",
                "last_unit",
                "last_post",
                "retire_date",
                "manage_unit_id",
                "manage_kind",
                "title",
                "title_level",
                "top_post",
                "specialty",
                "honours",
            ),
            (
                "work_start",
                "party_join",
                "last_unit",
                "last_post",
                "title",
                "pre_level",
                "retire_type",
                "retire_date",
                "pay_unit",
                "treatment_level",
                "approval_no",
                "manage_unit_id",
                "rank",
                "title_level",
                "top_post",
                "manage_kind",
                "specialty",
                "honours",
            ),
        ),
        Section(
            BASIC,
            "其他身份情况",
            (
                "sex",
                "former_name",
                "native_place",
                "birth_place",
                "marital",
                "birthday_habit",
                "education",
                "degree",
                "person_kind",
            ),
            (),
        ),
        Section(BASIC, "备注", ("note", "serial")),
        Section(
            CARE,
            "待遇",
            (
                "treatment_level",
                "treatment_kind",
                "era",
                "is_red_army",
                "pension",
                "pension_pct",
                "pay_unit",
                "medical_kind",
                "social_card",
            ),
        ),
        Section(
            CARE,
            "离退休批准",
            ("approval_no", "approval_org", "retire_basis", "early", "early_reason"),
        ),
        Section(
            CARE,
            "健康",
            ("health", "ability", "in_hospital", "diseases", "hospital_name", "disability_no"),
        ),
        Section(
            FAMILY,
            "居住与联系方式",
            (
                "live_mode",
                "place_id",
                "address",
                "phone",
                "landline",
                "wechat",
                "community",
                "huji",
                "live_division",
                "remote_contact",
            ),
        ),
        Section(FAMILY, "家庭", ("family_flags", "is_lonely", "no_child", "spouse_of_id")),
        Section(FAMILY, "联系服务", ("link_leader", "link_clerk", "hobby_group", "talent_kind")),
        Section(
            PARTY,
            "党员情况",
            (
                "political",
                "party_join",
                "party_full",
                "branch_id",
                "party_group",
                "branch_post",
                "floating",
                "dues_base",
                "fifty_medal",
            ),
            (
                "political",
                "party_years",
                "party_join",
                "party_full",
                "branch_id",
                "party_group",
                "branch_post",
                "floating",
                "dues_base",
                "fifty_medal",
            ),
            note="党龄从转正之日算起",
        ),
        Section(MOVES, "在册", ("death_date",), ("status", "death_date")),
    ),
    expected=frozenset(
        {
            "id_no",
            "sex",
            "ethnic",
            "birth_archive",
            "birth_id",
            "work_start",
            "last_unit",
            "last_post",
            "retire_type",
            "retire_date",
            "treatment_level",
            "manage_unit_id",
            "health",
            "live_mode",
            "place_id",
            "address",
            "phone",
            "family_flags",
            "link_leader",
            "link_clerk",
            "political",
        }
    ),
    locked=frozenset({"status"}),
    hints=frozenset({"birth_archive"}),
)

_BY_HAND: Final[Mapping[str, Layout]] = {"people": _PEOPLE}


def layout_of(register: Register) -> Layout:
    """Where the fields of a register stand."""
    if register.key in _BY_HAND:
        return _BY_HAND[register.key]
    groups: dict[str, list[str]] = {}
    for key, field in register.fields.items():
        groups.setdefault(field.group or f"{register.noun}情况", []).append(key)
    sections = tuple(Section(BASIC, title, tuple(keys)) for title, keys in groups.items())
    required = frozenset(key for key, field in register.fields.items() if field.required)
    return Layout(((BASIC, "基本"),), sections, required)
