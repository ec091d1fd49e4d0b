"""Every measure of the office's paper in one table: lengths in mm, type in pt.

The look is the office roster's (handbook section 10: 小标宋 2号 title, 黑体 head, 宋体 body, rules of 0.5
and 1 pt, rows of 9 mm and more where people sign) and, for flowing papers, GB/T 9704-2012. The writers ask
this table and hold no number of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from cadre_desk.domain.fields import Align

#: Points in a millimetre.
MM: Final = 72 / 25.4


class PageForm(Enum):
    """A page and its type area: width, height, left, right, top, bottom margins."""

    PORTRAIT = (210.0, 297.0, 24.0, 20.0, 17.0, 16.0)
    LANDSCAPE = (297.0, 210.0, 15.0, 15.0, 17.0, 16.0)
    A3 = (420.0, 297.0, 15.0, 15.0, 15.0, 15.0)

    @property
    def width(self) -> float:
        """Width of the sheet."""
        return self.value[0]

    @property
    def height(self) -> float:
        """Height of the sheet."""
        return self.value[1]

    @property
    def left(self) -> float:
        """Left margin."""
        return self.value[2]

    @property
    def area(self) -> float:
        """Width of the type area."""
        return self.value[0] - self.value[2] - self.value[3]

    @property
    def right_edge(self) -> float:
        """Where the type area ends."""
        return self.value[0] - self.value[3]

    @property
    def lowest(self) -> float:
        """Nothing of a table lies below this distance from the top."""
        return self.value[1] - self.value[5]

    @property
    def upright(self) -> bool:
        """Whether the foot takes two lines, as on narrow pages."""
        return self is PageForm.PORTRAIT


#: A table of at most so many columns may stand upright.
PORTRAIT_COLUMNS: Final = 7


class Type(StrEnum):
    """The faces by their office names; what each stands for is in ``faces``."""

    TITLE = "小标宋"
    HEI = "黑体"
    HEI_BOLD = "黑体加粗"
    SONG = "宋体"
    FANG = "仿宋"
    KAI = "楷体"


class Row:
    """Heights of rows that are not a person's."""

    HEAD_ONE: Final = 9.5
    HEAD_TWO: Final = 11.0
    TOTAL: Final = 8.5
    BLANK_BELOW: Final = 7.5
    GROUP: Final = 8.0
    MONEY: Final = 10.0
    SIGN_IN: Final = 9.2
    COLUMN_NUMBERS: Final = 6.0
    STATISTIC: Final = 9.5
    STATISTIC_GROUP: Final = 9.0
    STATISTIC_HEAD: Final = 10.0
    #: What a row has beyond its lines when it grows.
    GROWN: Final = 2.2
    #: The least air of a row that has not grown.
    AIR: Final = 1.2


@dataclass(frozen=True, slots=True)
class Density:
    """Type and rows of a roster by how much stands on it."""

    body: float
    name: float
    head: float
    row: float
    tall_row: float


_SPARSE: Final = Density(11, 12, 11, 9.5, 12)
_USUAL: Final = Density(10, 11, 10.5, 9.2, 10.2)
_FULL: Final = Density(9.5, 10.5, 10, 9.4, 10.2)
_DENSE: Final = Density(9, 10, 9.5, 8.4, 10.2)
_WIDE: Final = Density(8.5, 9.5, 9, 7, 9)
_LONG: Final = Density(9, 9.5, 9.5, 7, 9.2)
#: A look-up list is long from so many rows on.
LONG_LIST: Final = 300


def density_of(columns: int, rows: int, *, signed: bool, upright: bool) -> Density:
    """How dense a roster is set (18 columns are the most on A4, more go on A3 or two sheets)."""
    if columns > 18:  # noqa: PLR2004 - the table's own bounds
        return _WIDE
    if rows >= LONG_LIST and not signed:
        return _LONG
    if signed:
        return _USUAL
    if upright or columns <= 9:  # noqa: PLR2004 - the table's own bounds
        return _SPARSE
    if columns <= 12:  # noqa: PLR2004 - the table's own bounds
        return _USUAL
    return _FULL if columns <= 15 else _DENSE  # noqa: PLR2004 - the table's own bounds


def statistic_density(columns: int) -> Density:
    """How a statistic is set: T1's 21 counts go on one A4 page."""
    if columns > 15:  # noqa: PLR2004 - the table's own bounds
        return Density(10.5, 10.5, 9.5, 13, 13)
    return Density(10.5, 10.5, 10.5, Row.STATISTIC, Row.STATISTIC)


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """How values of one kind stand in their column: alignment, side padding, least type."""

    align: Align
    pad: float
    least: float = 8.0


_CODE: Final = ColumnForm(Align.CENTER, 0.5)
_DATE: Final = ColumnForm(Align.CENTER, 0.4)
_TEXT: Final = ColumnForm(Align.LEFT, 1.2)
#: By the kind of the field; a kind that isn't here stands as text.
COLUMN_FORMS: Final = {
    "serial": _CODE,
    "name": ColumnForm(Align.CENTER, 0.5),
    "code": _CODE,
    "yes_no": _CODE,
    "codes": _TEXT,
    "text": _TEXT,
    "long_text": _TEXT,
    "money": ColumnForm(Align.RIGHT, 1.2),
    "count": ColumnForm(Align.CENTER, 0.5),
    "minutes": ColumnForm(Align.CENTER, 0.5),
    "day": _DATE,
    "partial_day": _DATE,
    "moment": _DATE,
    "lunar": ColumnForm(Align.CENTER, 0.3),
    "id_number": _DATE,
    "phone": _DATE,
    "account": ColumnForm(Align.CENTER, 0.3),
    "link": _TEXT,
}
PLAIN_COLUMN: Final = _TEXT
#: Counts in statistics stand right, further from the line.
STATISTIC_COLUMN: Final = ColumnForm(Align.RIGHT, 2.6)
HEAD_PAD: Final = 0.6


@dataclass(frozen=True, slots=True)
class TitleForm:
    """Size, letter spacing and head of the title."""

    size: float
    spacing: float


TITLE: Final = TitleForm(22, 0.4)
STATISTIC_TITLE: Final = TitleForm(20, 0.4)
CONTINUED_TITLE: Final = TitleForm(12, 0)
#: A title goes down to the first on one line, then to two lines, then to the second.
TITLE_ONE_LINE, TITLE_LEAST, TITLE_LEADING = 18.0, 16.0, 32.0
#: Above and below the baseline of a title's type, in em.
TITLE_ASCENT, TITLE_DESCENT = 0.854, 0.095


class Top:
    """The zone above the table, from the paper's edge down."""

    MARK: Final = 11.5
    FORM_NUMBER: Final = 12.0
    #: Top of the title's type: on papers with a mark, and without.
    TITLE_MARKED: Final = 15.9
    TITLE: Final = 15.0
    SUBLINE: Final = 7.2
    TABLE: Final = 2.6
    CONTINUED_BASELINE: Final = 16.8
    CONTINUED_TABLE: Final = 19.7
    #: The parts of the sub-line come no closer.
    SUBLINE_GAP: Final = 8.0


class Foot:
    """The zone below the table; baselines from the paper's lower edge."""

    LANDSCAPE: Final = 9.5
    PORTRAIT: Final = 7.5
    PORTRAIT_PAGE: Final = 12.0
    #: A filter longer than this goes to a note.
    FILTER: Final = 90.0
    SIZE: Final = 8.0
    PAGE_SIZE: Final = 9.0
    GREY: Final = 0.75


class Rule:
    """Weights of lines."""

    GRID: Final = 0.5
    FRAME: Final = 1.0
    FORM_FRAME: Final = 1.2
    FORM_GROUP: Final = 1.0
    HEAD: Final = 0.75
    #: The box that is drawn where a character must be written in by hand, and the box of a choice.
    BY_HAND: Final = 0.5
    CHOICE: Final = 0.6


HEAD_FILL: Final = 0.07


class StatisticLabel:
    """How far labels in a statistic's first column stand from the line."""

    GROUP: Final = 3.0
    ITEM: Final = 10.5


class BelowBlank:
    """The line of 以下空白: where its strokes begin and how far from the middle they end."""

    EDGE: Final = 6.0
    MIDDLE: Final = 18.0


class Closing:
    """What stands between the table and the foot."""

    NOTE: Final = 5.0
    NOTE_LEADING: Final = 4.6
    NOTE_AFTER_CHECK: Final = 6.6
    NOTE_SIZE: Final = 9.0
    CHECK: Final = 6.0
    CHECK_LEADING: Final = 5.6
    CHECK_SIZE: Final = 9.5
    #: Where a relation's tick stands, and how much further its words.
    CHECK_INDENT: Final = 18.0
    CHECK_TEXT: Final = 5.0
    SIGN_BARE: Final = 9.5
    SIGN_AFTER_NOTE: Final = 10.4
    SIGN_SIZE: Final = 10.5


#: Where signers stand, by how many they are: on 267 mm (A3 in proportion), on 166, on statistics.
SIGNERS: Final = {
    1: (209.0,),
    2: (0.0, 142.0),
    3: (0.0, 75.0, 142.0),
    4: (0.0, 75.0, 142.0, 209.0),
    5: (0.0, 66.0, 120.0, 174.0, 228.0),
}
UPRIGHT_SIGNERS: Final = {
    1: (112.0,),
    2: (0.0, 100.0),
    3: (0.0, 66.0, 112.0),
    4: (0.0, 46.0, 88.0, 124.0),
}
STATISTIC_SIGNERS: Final = (0.0, 72.0, 144.0, 214.0)

LEADING: Final = 1.28
SUBLINE_SIZE: Final = 10.5
MARK_SIZE: Final = 9.0
SHRINK: Final = 0.5
NAME_LEAST, NAME_WITH_DOT_LEAST = 9.0, 8.5


class FormType:
    """Type and rows of forms (kind C)."""

    LABEL: Final = 10.5
    VALUE: Final = 11.0
    VALUE_ONE_LINE: Final = 9.5
    VALUE_LEAST: Final = 9.0
    SPINE: Final = 10.5
    SPINE_WIDTH: Final = 9.0
    ROW: Final = 9.8
    LEADING: Final = 1.16
    RUNNING: Final = 9.0
    PAD: Final = 1.4
    CENTRED_PAD: Final = 0.6
    #: The choice box, in em.
    BOX: Final = 0.82


class Watermark:
    """The oblique words under a name list that goes out as a file."""

    SIZE: Final = 13.0
    GREY: Final = 0.07
    ANGLE: Final = 24.0
    ACROSS: Final = 135.0
    DOWN: Final = 52.0


class DemoMark:
    """演示数据 across the page of an invented ledger."""

    SIZE: Final = 96.0
    GREY: Final = 0.06
    ANGLE: Final = 30.0
