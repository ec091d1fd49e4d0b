"""Every number with a name (handbook 7.4); each later subject adds its own."""

from __future__ import annotations

from typing import Final

from cadre_desk.domain.errors import UserError
from cadre_desk.stats import movement_figures, people_figures, visit_figures
from cadre_desk.stats.figure import Figure

FIGURES: Final[tuple[Figure, ...]] = (
    *people_figures.FIGURES,
    *movement_figures.FIGURES,
    *visit_figures.FIGURES,
)
#: The subjects in the order in which they are listed.
GROUPS: Final = tuple(dict.fromkeys(one.group for one in FIGURES))


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
