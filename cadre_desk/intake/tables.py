"""The tables of a sheet: heads, the blocks that stand side by side under them, the rows, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from cadre_desk.intake.grid import Grid, Value
from cadre_desk.intake.heads import Head, HeadColumn, HeadFinder, Merges, filled, is_heading
from cadre_desk.intake.layouts import headless, is_plain_table
from cadre_desk.intake.rows import PERSONS, REPEATED, Block, Kind, RowReader
from cadre_desk.intake.words import Vocabulary, head_key

#: Side by side: so many headings of the second block are those of the first.
_ALIKE: Final = 0.8
#: A table without names is one of persons if so many of its rows carry an ID number.
_IDENTIFIED: Final = 0.5
#: The head of another table comes so soon after a blank row: at once, or under a title.
_NEAR: Final = 3
#: Rows looked at to see whether a column without a heading holds anything.
_LOOKED: Final = 50


class Verdict(StrEnum):
    """What a file or a sheet is, from the best to the worst."""

    ROSTER = "roster"
    EMPTY_TEMPLATE = "empty_template"
    OTHER_TABLE = "other_table"
    NOT_ROSTER = "not_roster"
    BROKEN = "broken"


def best(verdicts: Sequence[Verdict]) -> Verdict:
    """A file is judged by its best sheet."""
    order = list(Verdict)
    return min(verdicts, key=order.index, default=Verdict.NOT_ROSTER)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of one block of a table; ``row`` counts from 0."""

    row: int
    block: int
    kind: Kind


@dataclass(frozen=True)
class Table:
    """A head and the rows below it that belong to it."""

    head: Head
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]

    @property
    def persons(self) -> int:
        """How many rows (side by side: cells) are somebody."""
        return sum(line.kind in PERSONS for line in self.lines)


@dataclass(frozen=True)
class SheetReading:
    """What was found on a sheet."""

    grid: Grid
    verdict: Verdict
    tables: tuple[Table, ...] = ()
    merges: Merges | None = field(default=None, repr=False)

    def value(self, row: int, column: int) -> Value:
        """What a cell says: inside a range merged downwards, what stands at its top."""
        found = self.grid.value(row, column)
        if found == "" and self.merges is not None:
            merge = self.merges.over(row, column)
            if merge is not None and merge.left == merge.right:
                return self.grid.value(merge.top, merge.left)
        return found


def read_sheet(grid: Grid, vocabulary: Vocabulary) -> SheetReading:
    """The tables of a sheet whose rows are named, and the verdict on it."""
    finder = HeadFinder(grid, vocabulary)
    heads = list(finder.heads())
    if not heads and vocabulary.identity:
        heads = [head for head in [headless(grid, vocabulary)] if head is not None]
    starts: list[tuple[Head, int]] = []
    for place, head in enumerate(heads):
        end = heads[place + 1].rows[0] if place + 1 < len(heads) else len(grid.rows)
        repeated = bool(starts) and _same(starts[-1][0], head)
        if repeated:
            starts[-1] = (starts[-1][0], end)
        else:
            starts.append((head, end))
    tables = [
        table
        for head, end in starts
        if (table := _table(grid, vocabulary, finder.merges, head, end)) is not None
    ]
    return SheetReading(grid, _verdict(grid, tables, vocabulary), tuple(tables), finder.merges)


def _verdict(grid: Grid, tables: Sequence[Table], vocabulary: Vocabulary) -> Verdict:
    if any(table.persons for table in tables):
        return Verdict.ROSTER if vocabulary.of_persons else Verdict.OTHER_TABLE
    if tables:
        return Verdict.EMPTY_TEMPLATE
    return Verdict.OTHER_TABLE if is_plain_table(grid, vocabulary) else Verdict.NOT_ROSTER


def _same(one: Head, other: Head) -> bool:
    """Whether a head is an earlier one, repeated."""
    shared = sum(other.keys.get(column) == keys for column, keys in one.keys.items())
    return shared >= REPEATED * max(len(one.keys), len(other.keys))


def _table(grid: Grid, vocabulary: Vocabulary, merges: Merges, head: Head, end: int) -> Table | None:
    """The table of a head, or nothing if its rows turn out not to be people."""
    blocks = tuple(_with_unnamed(grid, head, block) for block in _blocks(head, vocabulary, merges))
    reader = RowReader(grid, vocabulary, merges, head, blocks)
    begin = head.bottom + 1
    own_end = _own_end(grid, vocabulary, head, begin, end)
    lines = [
        Line(row, place, kind)
        for row in range(begin, own_end)
        for place, kind in enumerate(reader.kinds(row))
    ]
    lines += [Line(row, 0, Kind.NOTE) for row in range(own_end, end) if any(map(filled, grid.rows[row]))]
    table = Table(head, blocks, tuple(lines))
    if all(block.name is None for block in blocks):
        content = sum(line.kind in {*PERSONS, Kind.NO_NAME} for line in lines)
        if content and table.persons < _IDENTIFIED * content:
            return None
    return table


def _with_unnamed(grid: Grid, head: Head, block: Block) -> Block:
    """A block with the columns inside it that nobody named and that hold something all the same."""
    known = {one.column: one for one in block.columns}
    rows = grid.rows[head.bottom + 1 : head.bottom + 1 + _LOOKED]
    for column in range(min(known), max(known)):
        if column not in known and any(column < len(cells) and filled(cells[column]) for cells in rows):
            known[column] = HeadColumn(column, ())
    return replace(block, columns=tuple(known[column] for column in sorted(known)))


def _own_end(grid: Grid, vocabulary: Vocabulary, head: Head, begin: int, end: int) -> int:
    """Where a table ends because one of other things begins: a blank row, perhaps a title, another head."""
    named = frozenset().union(*head.keys.values())
    blank = -_NEAR
    for row in range(begin, end):
        if not any(map(filled, grid.rows[row])):
            blank = row
        elif row - blank < _NEAR:
            cells = [cell for cell in grid.rows[row] if filled(cell)]
            labels = [
                cell for cell in cells if vocabulary.is_label(cell) and head_key(str(cell)) not in named
            ]
            if len(labels) > 1 and len(labels) * 2 >= len(cells) and all(map(is_heading, cells)):
                return blank
            if len(cells) > 1:
                blank = -_NEAR
    return end


def _blocks(head: Head, vocabulary: Vocabulary, merges: Merges) -> tuple[Block, ...]:
    """One block, or several where the same headings stand side by side."""

    def field_of(column: HeadColumn) -> str:
        meaning = vocabulary.meaning(column.path)
        return (
            meaning.fields[0] if meaning is not None and len(meaning.fields) == 1 and not meaning.kin else ""
        )

    fields = {one.column: field_of(one) for one in head.columns}
    names = [
        column
        for column, key in fields.items()
        if key == vocabulary.name and not _is_spread(head, merges, column)
    ]
    starts = _starts(head, names)
    found = []
    for start, end in zip(starts, (*starts[1:], head.right + 1), strict=True):
        own = tuple(one for one in head.columns if start <= one.column < end)
        name = next((one.column for one in own if fields[one.column] == vocabulary.name), None)
        identity = next(
            (one.column for one in own if vocabulary.identity and fields[one.column] == vocabulary.identity),
            None,
        )
        found.append(Block(own, name, identity))
    return tuple(found)


def _is_spread(head: Head, merges: Merges, column: int) -> bool:
    """Whether a column only lies under a heading that is merged over it from the left: 姓名 over two."""
    merge = merges.over(head.bottom, column)
    return merge is not None and merge.left < column


def _starts(head: Head, names: Sequence[int]) -> list[int]:
    """Where each block begins: once, unless the headings repeat or a blank column parts two tables."""
    leaves = {one.column: head_key(one.leaf) for one in head.columns}
    starts = [head.left]
    for name in names[1:]:
        begin = name - (names[0] - head.left)
        pairs = [
            (leaves.get(head.left + offset), leaves[begin + offset])
            for offset in range(max(begin - starts[-1], 0))
            if begin + offset in leaves
        ]
        alike = sum(first == second for first, second in pairs)
        gap = next((column for column in range(name, starts[-1], -1) if column not in leaves), None)
        if pairs and alike >= _ALIKE * len(pairs):
            starts.append(begin)
        elif gap is not None and gap > names[0]:
            starts.append(gap + 1)
    return starts
