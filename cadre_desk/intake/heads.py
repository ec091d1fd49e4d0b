"""Finding the head of a table: one to three rows of headings, under titles and beside notes.

A head stands where a heading names people (or units, …), where nearly all cells of the row are headings and
not values, close together, and where the rows below hold values and not more headings: else it is a form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cadre_desk.intake.grid import Grid, Merge, Value, column_letter
from cadre_desk.intake.words import Vocabulary, head_key, tidy

_MOST_LEVELS: Final = 3
#: How much of a head must be headings, and how close together they stand.
_HEADINGS: Final = 0.8
_CLOSE: Final = 0.6
#: A heading longer than this is a note beside the table.
_LONGEST: Final = 40
_LONGEST_GROUP: Final = 15
#: A merged range wider than this share of the table is a title.
_TITLE: Final = 0.85
#: Rows below a head that are looked at, and how many of them may be headings themselves.
_LOOK_AHEAD: Final = 12
#: So many named rows right below a head make it no form.
_SURELY_ROWS: Final = 2
#: Texts remembered as being no anchor.
_MOST_SEEN: Final = 50_000
_LAST_YEAR: Final = 2100
_MOST_MERGES: Final = 20_000
_MOST_COVERED: Final = 200_000

_VALUE: Final = re.compile(
    r"男|女|是|否|有|无|[√×]|汉族?|(?!民族).{1,6}族|(?:中共)?(?:预备)?党员|群众|[\d ,.()+/-]{5,}[xX]?"
    r"|\d{4}[-./年]\d{1,2}(?:[-./月]\d{0,2}日?)?|(?:\d{4})?\s*年\s*\d{0,2}\s*月(?:\s*\d{0,2}\s*日)?"
)
_ABOUT: Final = re.compile(r"[:：]|单位[:：(（]|盖章|公章|制表|填报|填表|\d{4}年|年\s*月")
#: Every heading that can name the rows of a table holds one of these.
_ANCHORS: Final = re.compile(r"[名证姓户]|身\s*份|保障号|干部|人员|同志|对象|党员|账号|卡号")
#: A heading that names rows by itself; others (老干部) need known headings beside them.
_NAMING: Final = re.compile(r"名|身\s*份|证\s*件|称")
#: A number that only a row of data holds: of an ID card, of a telephone.
_LONG_NUMBER: Final = re.compile(r"[\d\s-]{7,24}[xX]?")
#: What a column of kinds of papers holds: 身份证 is a value there.
_PAPER: Final = re.compile(r".{0,8}(?:证|护照|户口[本簿])")
_SURE: Final = 3
_MOSTLY_FIELDS: Final = 0.5
SUBTOTAL: Final = re.compile(
    r"(?:本页|全[县市局部]|单位|部门|以上)?(?:小计|合计|总计|累计|共计|总人数|平均)|计"
)
_NOTE: Final = re.compile(r"\s*(?:注|备注|说明|填表说明|填写说明|导入说明)\s*[:：]")


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """A column of a table and its headings from top to bottom."""

    column: int
    path: tuple[str, ...]

    @property
    def letter(self) -> str:
        """Excel's name of the column."""
        return column_letter(self.column)

    @property
    def leaf(self) -> str:
        """The lowest heading, which names the column."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True)
class Head:
    """The head of a table: its rows and columns, both from 0.

    A table that begins without a head has none of these rows; ``above`` is then the row before its first.
    """

    rows: tuple[int, ...]
    columns: tuple[HeadColumn, ...]
    above: int = -1

    @property
    def bottom(self) -> int:
        """The row below which people begin."""
        return self.rows[-1] if self.rows else self.above

    @cached_property
    def keys(self) -> dict[int, frozenset[str]]:
        """What each column is called at any level, for recognising the head where it is repeated."""
        return {one.column: frozenset(head_key(text) for text in one.path) for one in self.columns}

    @property
    def left(self) -> int:
        """Its first column."""
        return self.columns[0].column

    @property
    def right(self) -> int:
        """Its last column."""
        return self.columns[-1].column


class Merges:
    """The merged ranges of a sheet by corner and, for those of moderate size, by every cell they cover."""

    def __init__(self, grid: Grid) -> None:
        self.corners: dict[tuple[int, int], Merge] = {}
        self._covered: dict[tuple[int, int], Merge] = {}
        room = _MOST_COVERED
        for merge in grid.merges[:_MOST_MERGES]:
            self.corners[merge.top, merge.left] = merge
            area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
            room -= area
            if room > 0:
                for row in range(merge.top, merge.bottom + 1):
                    for column in range(merge.left, merge.right + 1):
                        self._covered[row, column] = merge

    def __bool__(self) -> bool:
        return bool(self.corners)

    def over(self, row: int, column: int) -> Merge | None:
        """The merged range that a cell belongs to."""
        return self._covered.get((row, column))

    def width(self, row: int, column: int) -> int:
        """How many columns a cell spreads over."""
        merge = self.corners.get((row, column))
        return 1 if merge is None else merge.right - merge.left + 1


def filled(value: Value) -> bool:
    """Whether a cell holds more than blanks."""
    return bool(value.strip()) if isinstance(value, str) else True


def is_heading(value: Value) -> bool:
    """Whether a cell could head a column: a short text that is no value, or a month or a year."""
    if not isinstance(value, str):
        return isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= _LAST_YEAR
    text = value.strip()
    return 0 < len(text) <= _LONGEST and not _VALUE.fullmatch(text) and not _NOTE.match(text)


class HeadFinder:
    """Looks for heads in one sheet."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary) -> None:
        self._grid = grid
        self._vocabulary = vocabulary
        self.merges = Merges(grid)
        self._seen: dict[str, bool] = {}

    def heads(self) -> Iterator[Head]:
        """The heads of the sheet from top to bottom, repeated ones too."""
        after = 0
        for row, cells in enumerate(self._grid.rows):
            if row >= after and self._has_anchor(cells):
                head = self._head_at(row)
                if head is not None:
                    after = head.bottom + 1
                    yield head

    def _has_anchor(self, cells: Sequence[Value]) -> bool:
        """Whether a heading names the row's people; texts seen before are known, so that data cost little."""
        seen = self._seen
        for cell in cells:
            if isinstance(cell, str) and cell:
                found = seen.get(cell)
                if found is None:
                    if len(seen) > _MOST_SEEN:
                        seen.clear()
                    hinted = not self._vocabulary.of_persons or _ANCHORS.search(cell)
                    found = seen[cell] = len(cell) <= _LONGEST and bool(
                        hinted and self._vocabulary.anchor(cell)
                    )
                if found:
                    return self._is_naming(cell) or self._has_headings(cells)
        return False

    def _is_naming(self, text: str) -> bool:
        """Whether an anchor can only be a heading; 离休干部 may as well be a value."""
        return not self._vocabulary.of_persons or _NAMING.search(text) is not None

    def _has_headings(self, cells: Sequence[Value]) -> bool:
        """Whether a row has headings enough for a word that may as well be a value (离休干部)."""
        if any(not isinstance(cell, str) and not is_heading(cell) for cell in cells):
            return False
        return self._is_mostly_fields([cell for cell in cells if filled(cell)])

    def _is_mostly_fields(self, cells: Collection[Value]) -> bool:
        """Whether at least three cells, and half of them, are headings of what the register keeps."""
        return sum(map(self._vocabulary.is_field, cells)) >= max(_SURE, _MOSTLY_FIELDS * len(cells))

    def _cells(self, row: int) -> dict[int, Value]:
        """The filled cells of a row without long notes beside the table."""
        cells = self._grid.rows[row] if 0 <= row < len(self._grid.rows) else ()
        return {
            column: cell
            for column, cell in enumerate(cells)
            if filled(cell)
            and not (isinstance(cell, str) and (len(cell.strip()) > _LONGEST or _NOTE.match(cell)))
        }

    def _head_at(self, row: int) -> Head | None:
        cells = self._cells(row)
        if sum(map(is_heading, cells.values())) < _HEADINGS * len(cells) or not self._names_rows(row, cells):
            return None
        if any(isinstance(cell, str) and _LONG_NUMBER.fullmatch(cell.strip()) for cell in cells.values()):
            return None
        rows = [*self._above(row, cells), row, *self._below(row, cells)]
        head = Head(tuple(rows), self._columns(rows))
        if self._spread(head) < _CLOSE or self._is_form(head):
            return None
        return head

    def _names_rows(self, row: int, cells: dict[int, Value]) -> bool:
        """Whether the row can head a table by what it holds: not a lone word, not a form with colons."""
        colons = sum(isinstance(cell, str) and cell.rstrip().endswith((":", "：")) for cell in cells.values())
        if colons * 2 > len(cells):
            return False
        plain = any(
            self._is_naming(str(cell)) and self._vocabulary.anchor(cell) and not self._is_paper(row, column)
            for column, cell in cells.items()
        )
        if len(cells) == 1:
            following = next(
                (line for line in range(row + 1, len(self._grid.rows)) if self._cells(line)), None
            )
            return plain and following is not None and self._cells(following).keys() == cells.keys()
        return plain or self._is_mostly_fields(cells.values())

    def _is_paper(self, row: int, column: int) -> bool:
        """Whether a cell names a kind of papers among others, as the next row does too: 身份证, 军官证."""
        near = (self._grid.value(row, column), self._grid.value(row + 1, column))
        return all(isinstance(cell, str) and _PAPER.fullmatch(cell.strip()) for cell in near)

    def _below(self, row: int, cells: dict[int, Value]) -> list[int]:
        """Further levels: rows that merged headings reach down to, or that name a wide heading's parts."""
        bottom = row
        for column in cells:
            merge = self.merges.corners.get((row, column))
            if merge is not None and merge.bottom < row + _MOST_LEVELS:
                bottom = max(bottom, merge.bottom)
        while bottom < row + _MOST_LEVELS - 1 and self._names_parts(bottom, row):
            bottom += 1
        below = list(range(row + 1, bottom + 1))
        return [] if any(not self._all_headings(line) for line in below) else below

    def _all_headings(self, row: int) -> bool:
        cells = self._cells(row).values()
        return all(is_heading(cell) for cell in cells)

    def _names_parts(self, row: int, top: int) -> bool:
        """Whether the row below only names the parts of wide headings: 家庭成员 over 姓名, 关系, 电话."""
        below = self._cells(row + 1)
        if not all(isinstance(cell, str) and is_heading(cell) for cell in below.values()):
            return False
        anchors = [column for column, cell in self._cells(top).items() if self._vocabulary.anchor(cell)]
        if any(column in below for column in anchors):
            return False
        above = sorted(self._cells(row))
        parts = 0
        for column, end in zip(above, (*above[1:], max(below, default=0) + 1), strict=True):
            inside = [one for one in below if column <= one < end]
            wide = self.merges.width(row, column) > 1 or column + 1 in inside
            if inside and not wide:
                return False
            parts += len(inside)
        return parts == len(below) and parts > 1

    def _above(self, row: int, cells: dict[int, Value]) -> list[int]:
        """Levels above: rows of group headings that spread over some columns, never over all."""
        found: list[int] = []
        left, right = min(cells), max(cells)
        while len(found) < _MOST_LEVELS - 1 and self._groups(row - len(found) - 1, left, right, row):
            found.insert(0, row - len(found) - 1)
            columns = self._cells(found[0])
            left, right = min(left, *columns), max(right, *columns)
        return found

    def _groups(self, row: int, left: int, right: int, lowest: int) -> bool:
        """Whether a row groups headings down to the row ``lowest``, which reaches from left to right.

        Beyond these only a heading may stand that itself reaches down there: 序号 merged over three levels.
        """
        cells = self._cells(row)
        outside = [column for column in cells if column < left or column > right]
        if row < 0 or not cells or not all(self._reaches(row, column, lowest) for column in outside):
            return False
        right, left_most = max(right, *cells), min(left, *cells)
        wide = 0
        for column, cell in cells.items():
            text = cell.strip() if isinstance(cell, str) else ""
            if not text or len(text) > _LONGEST_GROUP or _ABOUT.search(text) or not is_heading(cell):
                return False
            width = self.merges.width(row, column)
            if width >= _TITLE * (right - left_most + 1):
                return False
            wide += width > 1
        return wide > 0 and (len(cells) > 1 or min(cells) > left)

    def _reaches(self, row: int, column: int, lowest: int) -> bool:
        """Whether a cell is merged downwards as far as a row, or beyond."""
        merge = self.merges.corners.get((row, column))
        return merge is not None and merge.bottom >= lowest

    def _columns(self, rows: list[int]) -> tuple[HeadColumn, ...]:
        columns = sorted(
            {
                covered
                for row in rows
                for column in self._cells(row)
                for covered in range(column, column + self.merges.width(row, column))
            }
        )
        return tuple(HeadColumn(column, self._path(rows, column)) for column in columns)

    def _path(self, rows: list[int], column: int) -> tuple[str, ...]:
        path: list[str] = []
        for row in rows:
            merge = self.merges.over(row, column)
            place = (row, self._wide_from(rows, row, column)) if merge is None else (merge.top, merge.left)
            value = self._grid.value(*place)
            text = tidy(str(int(value) if isinstance(value, float) and value.is_integer() else value))
            if text and (not path or path[-1] != text):
                path.append(text)
        return tuple(path)

    def _wide_from(self, rows: list[int], row: int, column: int) -> int:
        """The column whose heading a cell stands under: its own, or a wide one's that was never merged."""
        if row == rows[-1] or filled(self._grid.value(row, column)):
            return column
        left = next((one for one in range(column, -1, -1) if filled(self._grid.value(row, one))), column)
        below = self._cells(row + 1)
        under = range(left, column + 1)
        return left if self.merges.over(row, left) is None and all(one in below for one in under) else column

    def _spread(self, head: Head) -> float:
        """How close together the headings stand: 1 without a gap."""
        return len(head.columns) / (head.right - head.left + 1)

    def _is_form(self, head: Head) -> bool:
        """Whether the rows below are headings again, other ones than the head's: a form to be filled in."""
        named = frozenset().union(*head.keys.values())
        anchors = [one.column for one in head.columns if self._vocabulary.anchor(one.leaf)]
        labelled = named_rows = looked = 0
        for row in range(head.bottom + 1, min(head.bottom + 1 + _LOOK_AHEAD, len(self._grid.rows))):
            cells = self._cells(row)
            if not cells:
                continue
            looked += 1
            others = [column for column, cell in cells.items() if self._is_other_label(cell, named)]
            if any(column in anchors for column in others) or len(others) * 2 > max(len(cells), 2):
                labelled += 1
            elif any(isinstance(cells.get(column), str) for column in anchors):
                named_rows += labelled == 0
        return named_rows < _SURELY_ROWS and (labelled > 1 or (labelled == 1 and looked == 1))

    def _is_other_label(self, cell: Value, named: frozenset[str]) -> bool:
        """Whether a cell is a heading, and none of the head's own; 离休干部（2人） may as well be a band."""
        if not self._vocabulary.is_label(cell):
            return False
        if self._vocabulary.anchor(cell) and not self._is_naming(str(cell)):
            return False
        key = head_key(str(cell))
        return key not in named and not SUBTOTAL.fullmatch(key)
