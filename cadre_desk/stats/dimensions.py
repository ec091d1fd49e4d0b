"""What a figure can be split by (分组): a column, plain, by the groups of its codes, in bands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from cadre_desk.domain import codes
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Code
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register

#: A band of a number: label, from, to (both included; None is open).
Band = tuple[str, int | None, int | None]
NOT_FILLED: Final = "未填"

AGE_BANDS: Final[tuple[Band, ...]] = (
    ("60 及以下", None, 60),
    ("61–65", 61, 65),
    ("66–70", 66, 70),
    ("71–75", 71, 75),
    ("76–80", 76, 80),
    ("81–85", 81, 85),
    ("86–90", 86, 90),
    ("91–95", 91, 95),
    ("96–99", 96, 99),
    ("100 及以上", 100, None),
)
PARTY_BANDS: Final[tuple[Band, ...]] = (
    ("不满 10 年", None, 9),
    ("10–19 年", 10, 19),
    ("20–29 年", 20, 29),
    ("30–39 年", 30, 39),
    ("40–49 年", 40, 49),
    ("50–59 年", 50, 59),
    ("60–69 年", 60, 69),
    ("70 年及以上", 70, None),
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to split: its key and title, and the column whose values make the parts.

    ``bands`` cut a number; ``grouped`` takes the groups of a code table (县处级) instead of its codes.
    """

    key: str
    title: str
    column: str
    bands: tuple[Band, ...] = ()
    grouped: bool = False

    def part(self, register: Register, value: Any) -> str:
        """The part a value belongs to; "" where it is not filled in."""
        if value is None:
            return ""
        if self.bands:
            return next(label for label, low, high in self.bands if _within(value, low, high))
        field = register.column(self.column).field
        if self.grouped and isinstance(field, Code):
            return codes.table(field.table).group(value) or field.show(value)
        return field.show(value)

    def in_order(self, parts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        """Parts and their numbers: bands from below, all else by size, what is not filled in last."""
        places = {label: place for place, (label, _, _) in enumerate(self.bands)}
        return sorted(parts, key=lambda one: (not one[0], places.get(one[0], 0), -one[1]))


def _within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


#: By register, in the order in which they are offered. All are single-valued, so that parts sum to the whole.
DIMENSIONS: Final[dict[str, tuple[Dimension, ...]]] = {
    "people": (
        Dimension("retire_type", "离退类别", "retire_type"),
        Dimension("unit_nature", "单位性质", "unit_nature"),
        Dimension("sex", "性别", "sex"),
        Dimension("ethnic", "民族", "ethnic"),
        Dimension("political", "政治面貌", "political"),
        Dimension("treatment", "现享受待遇", "treatment_level", grouped=True),
        Dimension("age", "年龄", "age", AGE_BANDS),
        Dimension("era", "革命时期", "era"),
        Dimension("live_mode", "居住方式", "live_mode"),
        Dimension("ability", "自理能力", "ability"),
        Dimension("family_flags", "家庭状况", "family_flags"),
        Dimension("party_years", "党龄", "party_years", PARTY_BANDS),
        Dimension("place", "乡镇街道", "place_id"),
        Dimension("unit", "管理单位", "manage_unit_id"),
        Dimension("branch", "党支部", "branch_id"),
    ),
    "movements": (
        Dimension("class_then", "当时类别", "class_then"),
        Dimension("nature_then", "当时单位性质", "nature_then"),
        Dimension("retire_type", "现在类别", "retire_type"),
        Dimension("kind", "变动种类", "kind"),
        Dimension("late", "是否补录", "late"),
    ),
    "branches": (
        Dimension("kind", "支部类型", "kind"),
        Dimension("parent", "上级党组织", "parent_name"),
        Dimension("place", "乡镇街道", "place_id"),
    ),
    "visits": (
        Dimension("occasion", "时机", "occasion"),
        Dimension("class_then", "当时类别", "class_then"),
        Dimension("method", "走访方式", "method"),
        Dimension("place", "乡镇街道", "place"),
        Dimension("branch", "党支部", "branch"),
        Dimension("round", "批次", "round_id"),
        Dimension("fund", "资金来源", "fund"),
        Dimension("leader", "走访领导", "leader"),
    ),
    "needs": (
        Dimension("kind", "诉求类型", "kind"),
        Dimension("owner", "责任单位", "owner"),
        Dimension("place", "乡镇街道", "place"),
        Dimension("satisfaction", "满意度", "satisfaction"),
        Dimension("retire_type", "离退类别", "retire_type"),
    ),
    "checks": (
        Dimension("result", "抽查结果", "result"),
        Dimension("place", "乡镇街道", "place"),
        Dimension("satisfaction", "满意度", "satisfaction"),
    ),
    "memberships": (
        Dimension("branch", "党支部", "branch_id"),
        Dimension("party_years", "党龄", "party_years", PARTY_BANDS),
        Dimension("leave_kind", "转出原因", "leave_kind"),
    ),
}


def dimension(register: str, key: str) -> Dimension:
    """One dimension of a register.

    Raises:
        UserError: the register has none of that key; the sentence names those there are.
    """
    offered = DIMENSIONS.get(register, ())
    for one in offered:
        if one.key == key:
            return one
    known = "、".join(f"{one.key}（{one.title}）" for one in offered) or "没有"
    raise UserError(f"这个指标不能按「{key}」分。可用的有：{known}。")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a listing: its label, and the keys of its records."""

    label: str
    ids: tuple[int, ...]


def parts_of(session: Session, listing: Listing, by: Dimension) -> list[Part]:
    """A listing parted by a dimension; the parts have all its records, each once."""
    found: dict[str, list[int]] = {}
    for row in listing.showing(by.column).to_count().rows(session):
        found.setdefault(by.part(listing.register, row.values[0]), []).append(row.id)
    order = by.in_order((label, len(ids)) for label, ids in found.items())
    return [Part(label or NOT_FILLED, tuple(found[label])) for label, _ in order]
