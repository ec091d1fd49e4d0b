"""A table of the yearbook as counted: rows of cells with the names behind each, and the relations that hold.

Screen, paper and workbook show the same table; a cell keeps the keys of its persons, so that its number opens
them. What a table looks like on paper (widths, form number) is told by `export.papers.yearbook`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cadre_desk.stats.figure import Period

#: Depths of rows: the whole, a group with numbers of its own, a line of it.
WHOLE, GROUP, ITEM = 0, 1, 2
NATURES: Final = (("1", "机关"), ("2", "事业"), ("3", "企业"))
NO_NATURE: Final = "性质未填"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its key, its label (line feeds break), the labels above it, its number on paper, its 口径."""

    key: str
    label: str
    number: str
    heads: tuple[str, ...] = ()
    definition: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A number and the keys of the persons behind it; ``told`` replaces the number (a mean, a rate, a check).

    ``holds`` is set on a check alone.
    """

    ids: tuple[int, ...] = ()
    told: str | None = None
    holds: bool | None = None

    @property
    def number(self) -> int:
        """How many."""
        return len(self.ids)

    @property
    def text(self) -> str:
        """As it is shown."""
        return f"{self.number:,}" if self.told is None else self.told


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its label, what it is called outside the table, its depth, its cells by the columns' order.

    ``past`` marks last year's row, whose names are those of then.
    """

    label: str
    name: str
    depth: int
    cells: tuple[TableCell, ...]
    past: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between numbers (审核关系), told with them; what doesn't hold says so."""

    text: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class YearTable:
    """One table of a year: key and title (never changed once released), what it shows, what it proves."""

    key: str
    title: str
    period: Period
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    relations: tuple[Relation, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every relation holds."""
        return all(one.holds for one in self.relations)

    def at(self, key: str) -> int:
        """The place of a column."""
        return next(place for place, one in enumerate(self.columns) if one.key == key)

    def cell(self, row: int, key: str) -> TableCell:
        """One cell."""
        return self.rows[row].cells[self.at(key)]


def decimals(number: int, places: int) -> str:
    """A whole number of tenths or hundredths as it is shown."""
    return f"{number / 10**places:,.{places}f}"
