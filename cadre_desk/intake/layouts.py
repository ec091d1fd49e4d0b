"""Where no heading names people: a roster without a head, a table of something else, a form or a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cadre_desk.intake.grid import Grid, Value
from cadre_desk.intake.heads import Head, HeadColumn, Merges, filled, is_heading
from cadre_desk.intake.rows import is_plain_name, is_sound_id
from cadre_desk.intake.words import Vocabulary

#: How close together and how different the headings of a table are.
_CLOSE: Final = 0.8
_DIFFERENT: Final = 0.8
#: How much of a row below must be filled, and how soon such a row must come.
_FILLED: Final = 0.5
#: How much of a column must be names or ID numbers to say that it is one of them.
_MOSTLY: Final = 0.8
_SOON: Final = 3
#: Columns of a table, of a row that holds values.
_FEWEST: Final = 2
#: Rows that are looked at for a head.
_LOOKED: Final = 60
#: A lone column of longer texts is prose.
_LONGEST_WORD: Final = 20
_LONGEST_HEAD: Final = 10
_PROSE: Final = re.compile(r"[。；，;!！?？]|[:：]\s*$")


def is_plain_table(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether a row of different headings stands close together over rows that hold values."""
    merges = Merges(grid)
    rows: list[tuple[int, Mapping[int, Value]]] = []
    for row, cells in enumerate(grid.rows):
        found = {column: cell for column, cell in enumerate(cells) if filled(cell)}
        if found:
            rows.append((row, found))
        if len(rows) == _LOOKED:
            break
    openings = [cells[min(cells)] for _, cells in rows]
    if sum(map(vocabulary.is_field, openings)) * 2 > len(rows):
        return False
    if all(len(cells) == 1 for _, cells in rows):
        return _is_word_list(rows)
    return any(_heads(place, rows, merges) for place in range(len(rows) - 1))


def headless(grid: Grid, vocabulary: Vocabulary) -> Head | None:
    """The head that a roster should have had: one whose very first rows are people with ID numbers."""
    rows = [(row, cells) for row, cells in enumerate(grid.rows[:_LOOKED]) if any(map(filled, cells))]
    if len(rows) < _FEWEST:
        return None
    columns: dict[str, int] = {}
    for column in range(grid.width):
        values = [cells[column] for _, cells in rows if column < len(cells) and filled(cells[column])]
        if len(values) < max(_FEWEST, _MOSTLY * len(rows)):
            continue
        for key, fits in ((vocabulary.identity, is_sound_id), (vocabulary.name, is_plain_name)):
            if key not in columns and sum(map(fits, values)) >= _MOSTLY * len(values):
                columns[key] = column
    if columns.keys() != {vocabulary.identity, vocabulary.name} or columns[vocabulary.identity] not in {
        column for column, cell in enumerate(rows[0][1]) if is_sound_id(cell)
    }:
        return None
    named = {columns[vocabulary.name]: "姓名", columns[vocabulary.identity]: "身份证号"}
    heads = tuple(
        HeadColumn(column, (named[column],) if column in named else ()) for column in range(grid.width)
    )
    return Head((), heads, above=rows[0][0] - 1)


def _is_word_list(rows: list[tuple[int, Mapping[int, Value]]]) -> bool:
    """A lone column of short words under a heading."""
    texts = [str(cell).strip() for _, cells in rows for cell in cells.values()]
    columns = {column for _, cells in rows for column in cells}
    return (
        len(texts) > 1
        and len(columns) == 1
        and is_heading(texts[0])
        and len(texts[0]) <= _LONGEST_HEAD
        and all(len(text) <= _LONGEST_WORD and not _PROSE.search(text) for text in texts)
    )


def _heads(place: int, rows: list[tuple[int, Mapping[int, Value]]], merges: Merges) -> bool:
    """Whether a row could be the head of a table of the rows below."""
    row, cells = rows[place]
    texts = [cell.strip() for cell in cells.values() if isinstance(cell, str) and is_heading(cell)]
    if len(cells) < _FEWEST or len(set(texts)) < _DIFFERENT * len(cells):
        return False
    if any(_PROSE.search(text) for text in texts):
        return False
    columns = {one for column in cells for one in range(column, column + merges.width(row, column))}
    if len(columns) < _CLOSE * (max(columns) - min(columns) + 1):
        return False
    spread = {top for top, left in merges.corners if top > row and merges.width(top, left) > 1}
    if len(spread) * 2 > len(rows) - place - 1:
        return False
    enough = max(_FEWEST, _FILLED * len(columns))
    return any(len(columns & below.keys()) >= enough for _, below in rows[place + 1 : place + 1 + _SOON])
