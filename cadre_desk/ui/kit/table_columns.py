"""How wide the columns of a table are: what each wants, what was dragged, what had to grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.roles import ColumnLook


class Widths:
    """The widths of one table's columns, in px, by the name of each column."""

    def __init__(self) -> None:
        """Nothing dragged, nothing grown."""
        self._grown: dict[str, int] = {}
        self._dragged: dict[str, int] = {}

    def clear(self) -> None:
        """Forget what belonged to other columns."""
        self._grown.clear()
        self._dragged.clear()

    def drag(self, column: str, width: int) -> None:
        """A column dragged by hand keeps its width."""
        self._dragged[column] = width

    def drag_all(self, widths: Mapping[str, int]) -> None:
        """What was dragged in an earlier table of the same columns."""
        self._dragged.update(widths)

    def grow(self, column: str, width: int) -> bool:
        """A name or an amount needs more than its column has; False if it was given that already."""
        if width <= self._grown.get(column, 0):
            return False
        self._grown[column] = width
        self._dragged.pop(column, None)
        return True

    def spread(self, looks: Sequence[ColumnLook], room: int, before: int) -> list[int]:
        """Each column's width in a table ``room`` wide; ``before`` is for the tick boxes in the first.

        What is to spare goes to the columns that flex, to the last one if none does.
        """
        names = [name_of(look, place) for place, look in enumerate(looks)]
        least = [theme.px(look.width) + (0 if place else before) for place, look in enumerate(looks)]
        wanted = [
            self._dragged.get(name, max(width, self._grown.get(name, 0)))
            for name, width in zip(names, least, strict=True)
        ]
        shares = [0 if name in self._dragged else look.flex for name, look in zip(names, looks, strict=True)]
        if not any(shares):
            shares[-1:] = [1]
        spare = max(room - sum(wanted), 0)
        widths = []
        for place, (width, share) in enumerate(zip(wanted, shares, strict=True)):
            part = spare * share // max(sum(shares[place:]), 1)
            spare -= part
            widths.append(width + part)
        return widths


def name_of(look: ColumnLook, place: int) -> str:
    """What a column's width is kept under: its key, or its place where it has none."""
    return look.key or str(place)
