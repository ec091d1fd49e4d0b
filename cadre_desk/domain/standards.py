"""慰问标准: what an occasion pays whom, how often and how much in a year (handbook 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cadre_desk.domain import codes
from cadre_desk.domain.errors import Problem
from cadre_desk.domain.money import show_yuan

#: Codes of payee_kind and of treatment_group; everybody and every level are 0 in both.
ALL: Final = "0"
LIXIU: Final = "1"
RETIRED: Final = "2"
BEREAVED: Final = "3"
#: Codes of occasion that come more than once a year: somebody in hospital is visited twice (handbook 3).
IN_HOSPITAL: Final = "11"
_TIMES: Final = {IN_HOSPITAL: 2}
_FIRST_YEAR, _YEARS_AHEAD = 1980, 1


@dataclass(frozen=True, slots=True)
class Standard:
    """What one occasion pays in a year: money in 分, goods, how many times, and at most how much in all.

    ``payee`` and ``level`` say whom it is for; ``cap`` is 0 where none is set.
    """

    occasion: str
    payee: str = ALL
    level: str = ALL
    cash: int = 0
    goods: str = ""
    times: int = 1
    cap: int = 0

    @property
    def narrowness(self) -> tuple[bool, bool]:
        """How exactly it says whom it is for: the level tells more than the kind."""
        return self.level != ALL, self.payee != ALL

    def fits(self, payee: str, level: str) -> bool:
        """Whether it is for somebody of this kind and level."""
        return self.payee in {ALL, payee} and self.level in {ALL, level}


def times_by_rule(occasion: str) -> int:
    """How many payments a year an occasion allows where no standard says it: one, 住院 two."""
    return _TIMES.get(occasion, 1)


def standard_for(standards: Iterable[Standard], payee: str, level: str) -> Standard | None:
    """The one that says most exactly whom it is for; None where none fits."""
    fitting = [one for one in standards if one.fits(payee, level)]
    return max(fitting, key=lambda one: one.narrowness, default=None)


def payee_of(person_kind: str | None, retire_type: str | None) -> str:
    """The kind of payee that a person is, "" for who is none."""
    if person_kind == "2":
        return BEREAVED
    if person_kind != "1":
        return ""
    return LIXIU if codes.table("retire_type").group(retire_type or "") == "离休" else RETIRED


def level_of(treatment_level: str | None) -> str:
    """The level that a treatment is counted in, "" where it is not known."""
    group = codes.table("treatment_level").group(treatment_level or "")
    found = next((one for one in codes.table("treatment_group").items if one.label == group), None)
    return found.code if found else ""


def check_standard(values: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """What a standard lacks or contradicts."""
    year, cash, times, cap = (values.get(key) for key in ("year", "cash", "times", "cap"))
    if year is not None and not _FIRST_YEAR <= year <= today.year + _YEARS_AHEAD:
        yield Problem(
            f"年度要在 {_FIRST_YEAR} 到 {today.year + _YEARS_AHEAD} 之间，现在是 {year}，请改正。", "year"
        )
    if not cash and not values.get("goods"):
        yield Problem("慰问金和慰问品至少填一样。", "cash")
    if (cash or 0) < 0:
        yield Problem("慰问金不能小于 0。", "cash")
    if times is not None and times < 1:
        yield Problem("每年次数至少 1 次。", "times")
    if cap is not None and cap < (cash or 0):
        yield Problem(f"年度封顶要不低于一次的慰问金 {show_yuan(cash or 0)} 元。", "cap")
