"""Names as people of each time and place were given them, none of anybody well known."""

from __future__ import annotations

from typing import Final

from cadre_desk.demo.dice import Dice, Weighted
from cadre_desk.demo.lists import well_known, words
from cadre_desk.domain.names import surname

MALE: Final = "1"
FEMALE: Final = "2"
HAN: Final = "01"
UYGHUR: Final = "05"
TIBETAN: Final = "04"

#: The peoples of the county, per thousand (GB/T 3304-1991).
ETHNIC: Final = Weighted.of(
    {
        HAN: 803.0,
        "15": 140.0,
        "06": 38.0,
        "03": 4.0,
        "07": 3.0,
        "12": 3.0,
        "08": 2.0,
        "11": 2.0,
        "14": 1.0,
        "09": 1.0,
        "02": 1.0,
        UYGHUR: 0.9,
        TIBETAN: 1.1,
    }
)
#: Given names by the first year of the births they belong to, youngest first.
_TIMES: Final = ((1960, "1960"), (1950, "1950"), (1936, "1936"), (0, "1920"))
_RARE: Final = 0.008
#: Throws for a name that is nobody's whom everybody knows.
_TRIES: Final = 40


class Namer:
    """Gives names; rare characters and names of other languages come up seldom, as in life."""

    def __init__(self, dice: Dice) -> None:
        """Take the dice."""
        self._dice = dice
        lists = words("names")
        pairs = lists["surnames"]
        self._surnames = Weighted(
            (name, float(weight)) for name, weight in zip(pairs[::2], pairs[1::2], strict=True)
        )
        self._lists = lists
        self._foreign = {
            (ethnic, sex): list(lists[f"{key}_{letter}"])
            for ethnic, key in ((UYGHUR, "uyghur"), (TIBETAN, "tibetan"))
            for sex, letter in ((MALE, "M"), (FEMALE, "F"))
        }

    def cadre(self, sex: str, born: int, ethnic: str) -> str:
        """The name of a cadre."""
        names = self._foreign.get((ethnic, sex))
        if names:
            return names.pop(0)
        letter = _letter(sex)
        time = next(key for year, key in _TIMES if born >= year)
        rare = self._dice.chance(_RARE)
        given = self._lists[f"rare_{letter}" if rare else f"{letter}{time}"]
        return self._named(self._dice.weigh(self._surnames), given)

    def has(self, ethnic: str, sex: str) -> bool:
        """Whether a name of such a people is left that nobody bears yet."""
        return bool(self._foreign.get((ethnic, sex)))

    def spouse(self, sex: str, born: int) -> str:
        """The name of somebody's husband or wife."""
        return self.cadre(sex, born, HAN)

    def child(self, family: str, sex: str) -> str:
        """The name of a child of a family; the children of families without surname are named alike."""
        return self._named(family or self._dice.weigh(self._surnames), self._lists[f"{_letter(sex)}CHILD"])

    def _named(self, family: str, given: tuple[str, ...]) -> str:
        known = well_known()
        for _ in range(_TRIES):
            name = family + self._dice.pick(given)
            if name not in known:
                return name
        return family + given[0]


def family_of(name: str) -> str:
    """The surname that children take over, "" for a name without one."""
    return surname(name)


def _letter(sex: str) -> str:
    return "M" if sex == MALE else "F"
