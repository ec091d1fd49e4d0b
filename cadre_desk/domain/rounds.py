"""Rules of a round of visits: who is hit by which, what each is paid, what it is called (handbook 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

#: What stands between the reasons of one person, as on a 慰问名册.
AND: Final = "、"
_NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a round pays each, in 分: ``default``, and what single rules pay instead of it.

    Somebody hit by several rules gets the highest of what they pay; it is one payment, never a sum.
    """

    default: int = 0
    by_rule: Mapping[str, int] = field(default_factory=dict)

    def of(self, rules: Iterable[str]) -> int:
        """What somebody hit by these rules gets; by none (added by hand), the default."""
        return max((self.by_rule.get(rule) or self.default for rule in rules), default=self.default)

    @property
    def differ(self) -> bool:
        """Whether rules pay differently, so that 从高 has to be said."""
        return any(cash and cash != self.default for cash in self.by_rule.values())


def hit_by(hits: Sequence[tuple[str, Collection[int]]]) -> dict[int, tuple[str, ...]]:
    """Each person once, with all the rules that hit, in the order of the rules."""
    found: dict[int, tuple[str, ...]] = {}
    for rule, persons in hits:
        for person in persons:
            found[person] = (*found.get(person, ()), rule)
    return found


def reasons(words: Iterable[str]) -> str:
    """The words of the rules as one reason, each word once: 离休、80+、独居."""
    return AND.join(dict.fromkeys(words))


def batch_title(title: str, taken: Collection[str]) -> str:
    """The title of a further round of one occasion and year says which: …慰问（第二批）."""
    if title not in taken:
        return title
    number = 2
    while f"{title}（第{_numeral(number)}批）" in taken:
        number += 1
    return f"{title}（第{_numeral(number)}批）"


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)
