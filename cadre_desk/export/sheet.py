"""What a paper says before it is known to what it is written: titled values, never millimetres of a page.

A `Sheet` is a table (名册, 签领表, 统计表); a form (登记卡, 审批表) is a `form.Form`; both are `Paper`.
They hold typed values; what is masked has been masked before (it comes as plain text), so that no writer
can bring it back. The writers `pdf.write_pdf`, `xlsx.write_xlsx` and `csv_file.write_csv` take them as they
are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, Final

from cadre_desk.domain.fields import Align, AnyField
from cadre_desk.export.measures import COLUMN_FORMS, PLAIN_COLUMN, STATISTIC_COLUMN, ColumnForm, PageForm

KEEP_SAFE: Final = "内部资料　妥善保管"
HAND_BACK: Final = "内部资料　用后交回"
DEMO: Final = "演示数据"
DRAFT: Final = "草稿　未经审定"
#: What stands where a statistic doesn't apply, and where a person has none.
NOT_APPLICABLE: Final = "—"
_TEXT_KINDS: Final = frozenset(
    {"text", "name", "long_text", "id_number", "phone", "account", "code", "division", "link"}
)


class PaperKind(StrEnum):
    """The kinds of tables an office prints: read, signed row by row, counted. Forms are `form.Form`."""

    ROSTER = "名册"
    VOUCHER = "签领"
    STATISTICS = "统计"


class Mark(Enum):
    """A drawn sign in a cell; its value is how it reads back."""

    TICK = "√"
    CROSS = "×"


@dataclass(frozen=True, slots=True)
class Subline:
    """The line between title and table, left, centre and right."""

    left: str = ""
    centre: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs below the table. Only 制表人 comes with a typed name, the others write theirs by hand."""

    role: str
    name: str = ""


def roster_signers(operator: str) -> tuple[Signer, ...]:
    """Those who sign a roster."""
    return (Signer("单位负责人"), Signer("审核人"), Signer("经办人"), Signer("制表人", operator))


def money_signers(operator: str) -> tuple[Signer, ...]:
    """Those who sign a voucher: 监发人 is not 经办人."""
    roles = ("单位负责人", "审核人", "经办人", "监发人")
    return (*(Signer(role) for role in roles), Signer("制表人", operator))


def statistic_signers(operator: str, reported: str) -> tuple[Signer, ...]:
    """Those who sign a statistic, and the day it is handed in."""
    return (
        Signer("单位负责人"),
        Signer("统计负责人"),
        Signer("填表人", operator),
        Signer("报出日期", reported),
    )


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of each page: batch, moment and operator left; day, filter and persons right.

    ``batch`` is given at the first real print ("预览" until then); ``replaces`` names the batch a re-print
    takes the place of. ``words`` is the filter in words, never a query.
    """

    batch: str = ""
    printed_at: datetime | None = None
    operator: str = ""
    replaces: str = ""
    cut_off: date | None = None
    words: str = ""
    persons: int | None = None

    @property
    def left(self) -> str:
        """The left text."""
        batch = self.batch and (self.batch if self.batch == "预览" else f"批次号 {self.batch}")
        again = f"（重印　代替 {self.replaces}）" if self.replaces else ""
        printed = f"打印 {self.printed_at:%Y-%m-%d %H:%M}" if self.printed_at else ""
        return "　".join(part for part in (batch + again, printed, self.operator) if part)

    @property
    def right(self) -> str:
        """The right text."""
        day = f"截至 {self.cut_off.isoformat()}" if self.cut_off else ""
        persons = "" if self.persons is None else f"{self.persons:,} 人"
        return "　".join(part for part in (day, self.words, persons) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What every paper has around its table or form.

    ``mark`` stands on each paper with phones, addresses, health or whole ID numbers, never on what is posted.
    ``watermark`` is for name lists that go out as files; ``draft`` takes batch number and sign-off away;
    ``demo`` prints 演示数据 across each page.
    """

    title: str
    subline: Subline = Subline()
    mark: str = ""
    signers: tuple[Signer, ...] = ()
    notes: tuple[str, ...] = ()
    notes_label: str = "注"
    foot: Foot = Foot()
    watermark: str = ""
    draft: bool = False
    demo: bool = False

    @property
    def foot_left(self) -> str:
        """The left text of the foot; a draft has no batch number."""
        return (replace(self.foot, batch="", replaces="") if self.draft else self.foot).left

    def texts(self) -> Iterator[str]:
        """Every text the paper shows; a text of two lines with its line feed."""
        yield from (self.title, self.subline.left, self.subline.centre, self.subline.right, self.mark)
        yield from self.notes
        for signer in self.signers:
            yield f"{signer.role}：{signer.name}"
        yield from (self.foot.left, self.foot.right, self.watermark)
        if self.draft:
            yield DRAFT
        if self.demo:
            yield DEMO


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: the key of its values, its head, its width in mm, and how its values are shown.

    ``label`` breaks at its line feeds, and its wide blanks (住　　址) are made by position. Without a
    ``field`` the values are text, numbers or `Mark`. A ``serial`` column counts by itself; a ``blank`` one
    is written in by hand and always empty; a ``total`` one is summed (分). ``heads`` are the labels above
    it in a head of several rows, ``number`` its name in the row of column numbers (甲, 1). ``align``,
    ``pad`` (mm), ``least`` (pt) and ``lines`` (per cell) replace what the kind of the field gives.
    """

    key: str
    label: str
    width: float
    field: AnyField | None = None
    _: KW_ONLY
    align: Align | None = None
    pad: float | None = None
    least: float | None = None
    lines: int = 2
    serial: bool = False
    blank: bool = False
    total: bool = False
    heads: tuple[str, ...] = ()
    number: str = ""

    @classmethod
    def of(cls, key: str, field: AnyField, **changes: Any) -> SheetColumn:
        """The column of a field as the field itself declares it."""
        return replace(cls(key, field.label, field.width, field), **changes)

    @property
    def kind(self) -> str:
        """The kind of the values."""
        if self.serial:
            return "serial"
        return "text" if self.field is None else self.field.kind

    @property
    def form(self) -> ColumnForm:
        """Alignment, padding and least size."""
        usual = COLUMN_FORMS.get(self.kind, PLAIN_COLUMN)
        if self.total:
            usual = COLUMN_FORMS["money"]
        align = usual.align if self.align is None else self.align
        # Text set in the middle is short, and needs no more air than a code.
        pad = min(usual.pad, COLUMN_FORMS["code"].pad) if align is Align.CENTER else usual.pad
        return ColumnForm(
            align,
            pad if self.pad is None else self.pad,
            usual.least if self.least is None else self.least,
        )

    def show(self, value: Any) -> str:
        """A value as the paper shows it; text in a column of numbers or dates is masked and stays."""
        if value is None or self.blank:
            return ""
        if isinstance(value, Mark):
            return str(value.value)
        if self.field is None or (isinstance(value, str) and self.kind not in _TEXT_KINDS):
            return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
        shown = self.field.show(value)
        return shown.replace("-", "−") if self.kind in {"money", "count"} else shown


SERIAL: Final = SheetColumn("serial", "序号", 9.0, serial=True)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the rows of 小计, 累计 and 合计 say.

    ``split`` is the key of the column by whose values the persons are divided (离休4人，退休16人);
    ``words`` follow them on the last page. ``by_page`` prints 本页小计 (and 累计 on vouchers) where there
    is money. ``expected`` are the ledger's own sums in 分 by column key: a difference stops the print.
    """

    split: str = ""
    words: str = ""
    unit: str = "人"
    by_page: bool = True
    capitals: bool = True
    expected: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading row before the row of this index: a unit and its persons."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Check:
    """One relation of a statistic, told with its numbers; what doesn't hold says the difference."""

    text: str
    holds: bool = True


class RowStyle(Enum):
    """What a row of a statistic is: the whole, a heading with numbers, or a line of it."""

    TOTAL = "total"
    GROUP = "group"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Paper):
    """A table to be printed or exported: columns and rows of typed values, one for each column.

    ``row_notes`` (by row) become numbered notes below the table. ``spare_rows`` are numbered empty rows of a
    sign-in sheet. ``row_height`` and ``rows_per_page`` are what a fixed paper prescribes; otherwise rows
    take what their lines need. ``page`` is chosen by the widths unless given; ``a3`` says that the office
    has a printer for it. ``free`` marks a list that readers will filter: its 合计 follows the filter in
    Excel. ``index`` puts a page 单位 → 页 before a grouped list.
    """

    kind: PaperKind
    columns: tuple[SheetColumn, ...]
    rows: Sequence[tuple[Any, ...]]
    form_number: str = ""
    totals: Totals | None = None
    groups: tuple[Group, ...] = ()
    row_notes: Mapping[int, str] = field(default_factory=dict)
    row_styles: Mapping[int, RowStyle] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    spare_rows: int = 0
    row_height: float | None = None
    rows_per_page: int | None = None
    head_height: float | None = None
    page: PageForm | None = None
    a3: bool = False
    free: bool = False
    index: bool = False

    @property
    def signed(self) -> bool:
        """Whether people sign in its rows."""
        return self.kind is PaperKind.VOUCHER

    @property
    def money(self) -> tuple[int, ...]:
        """Positions of the columns that are summed."""
        return tuple(at for at, column in enumerate(self.columns) if column.total)

    def form_of(self, column: SheetColumn) -> ColumnForm:
        """How a column's values stand on this kind of paper."""
        form = column.form
        if self.kind is PaperKind.STATISTICS and column.field is None and column.align is Align.RIGHT:
            return replace(form, pad=STATISTIC_COLUMN.pad if column.pad is None else column.pad)
        return form

    def shown(self, column: SheetColumn, value: Any) -> str:
        """A value as this paper shows it: in a statistic, nothing means that it doesn't apply."""
        if value is None and self.kind is PaperKind.STATISTICS and not column.blank:
            return NOT_APPLICABLE
        return column.show(value)

    def texts(self) -> Iterator[str]:
        """Every text the paper shows; a text of two lines with its line feed."""
        yield from Paper.texts(self)
        yield self.form_number
        for column in self.columns:
            yield from (column.label, *column.heads, column.number)
        for at, column in enumerate(self.columns):
            if not column.blank:
                for value in dict.fromkeys(row[at] for row in self.rows):
                    yield self.shown(column, value)
        yield from (group.label for group in self.groups)
        yield from self.row_notes.values()
        yield from (check.text for check in self.checks)
        if self.totals is not None:
            yield self.totals.words


def rows_of(
    columns: Sequence[SheetColumn], records: Iterable[Mapping[str, Any]]
) -> tuple[tuple[Any, ...], ...]:
    """Rows from records by the columns' keys; what a record doesn't say is None."""
    keys = [column.key for column in columns]
    return tuple(tuple(record.get(key) for key in keys) for record in records)
