"""What an import would do, to be seen: six numbers that are filters, and the rows as they would be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from cadre_desk.domain.errors import Severity
from cadre_desk.domain.fields import AnyField
from cadre_desk.intake.candidates import Finding
from cadre_desk.intake.cells import cell_text
from cadre_desk.intake.plan import FieldChange, Outcome, Plan, PlannedRow, PlannedSheet
from cadre_desk.ui.cells import Cell
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.roles import ColumnLook, Look
from cadre_desk.ui.kit.tokens import CHIPS
from cadre_desk.ui.still_rows import Heading

ALL, CONFLICT = "all", "conflict"
#: The six numbers and the whole: key, word, kind of chip.
NUMBERS: Final = (
    (ALL, "全部", ""),
    (str(Outcome.NEW), "新增", "ok"),
    (str(Outcome.FILL), "补全", "info"),
    (str(Outcome.CHANGE), "修改", "warn"),
    (CONFLICT, "冲突", "bad"),
    (str(Outcome.HELD), "待处理", "bad"),
    (str(Outcome.SAME), "相同", "neutral"),
)
ROW_LOOK: Final = ColumnLook(width=44, align="right", tone="ink2")
#: What must be seen whole however narrow its paper column is, px at 100 %.
_LEAST: Final = {"id_number": 172, "partial_day": 104, "day": 104, "phone": 116}
#: Words are cut where they are long; a number or a date is read whole: its column grows.
_MAY_BE_LONG: Final = frozenset({"text", "long_text", "codes", "link"})
#: What Excel made of a long number; there is nothing left in it to hide.
_DAMAGED: Final = re.compile(r"[eE]\+|#")
_OUTCOMES: Final = {key: (word, kind) for key, word, kind in NUMBERS}


def writes(plan: Plan) -> int:
    """How many records the plan would write."""
    return sum(plan.counts.get(one, 0) for one in (Outcome.NEW, Outcome.FILL, Outcome.CHANGE))


def waits(plan: Plan) -> int:
    """How many rows stay out and wait to be mended; those that the clerk left out do not."""
    return sum(not row.candidate.decision.out for _, row in plan.held_rows)


def head_words(sheet: PlannedSheet) -> str:
    """Where the head stands, how many columns go where, and what was passed over."""
    tables = sheet.reading.tables
    if not tables:
        return ""
    rows = [row + 1 for row in tables[0].head.rows]
    where = f"第 {rows[0]} 行是表头" if len(rows) == 1 else f"第 {rows[0]}–{rows[-1]} 行是表头（合并读）"
    several = f"，共 {len(tables)} 张表" if len(tables) > 1 else ""
    taken = sum(bool(one.fields) for one in sheet.columns)
    skipped = len(sheet.skipped)
    passed = f"，已略去 {skipped} 个小计、空行等" if skipped else ""
    return f"{where}{several}，{taken} 列导入、{len(sheet.columns) - taken} 列不导入{passed}"


def open_conflicts(row: PlannedRow) -> list[FieldChange]:
    """Where a row says otherwise than the ledger, the policy keeps the ledger's value, and nobody decided."""
    said = row.candidate.decision
    return [change for change in row.changes if change.conflict and not said.stands(change.key)]


def has_conflict(row: PlannedRow) -> bool:
    """Whether a row says otherwise than the ledger and waits for a word on it."""
    return row.outcome is not Outcome.HELD and bool(open_conflicts(row))


def counts_of(sheet: PlannedSheet) -> Mapping[str, int]:
    """How many rows each number stands for."""
    found = Counter(_key(row) for row in sheet.rows)
    found[ALL] = len(sheet.rows)
    found[CONFLICT] = sum(has_conflict(row) for row in sheet.rows)
    return found


def rows_for(sheet: PlannedSheet, key: str) -> list[PlannedRow]:
    """The rows behind a number."""
    if key == ALL:
        return list(sheet.rows)
    if key == CONFLICT:
        return [row for row in sheet.rows if has_conflict(row)]
    return [row for row in sheet.rows if _key(row) == key]


def _key(row: PlannedRow) -> str:
    """The number a row is counted under; one that would change nothing but differs is no 相同."""
    return CONFLICT if row.outcome is Outcome.SAME and has_conflict(row) else str(row.outcome)


# --- the rows as they would be ----------------------------------------------------------------------------


def taken_fields(sheet: PlannedSheet) -> list[str]:
    """The fields that the sheet fills, in the order of its columns; the name comes first."""
    keys = list(dict.fromkeys(key for column in sheet.columns for key in column.fields))
    return sorted(keys, key=lambda key: key != "name")


def plan_columns(plan: Plan, sheet: PlannedSheet) -> tuple[Heading, ...]:
    """行, 处理, then the fields."""
    return (
        ("行", ROW_LOOK),
        ("处理", ColumnLook(width=72)),
        *(_heading(plan.fields[key], key) for key in taken_fields(sheet) if key in plan.fields),
    )


def _heading(field: AnyField, key: str) -> Heading:
    named = key == "name"
    width = min(
        max(round(field.width * 3.4) + 16, len(field.label) * 14 + 18, _LEAST.get(field.kind, 0)), 220
    )
    keep = named or field.kind not in _MAY_BE_LONG
    return field.label, ColumnLook(width=width, flex=0 if keep else 1, keep=keep, bold=named, align="left")


def plan_cells(plan: Plan, sheet: PlannedSheet, row: PlannedRow) -> tuple[Cell, ...]:
    """One row as it would be: new and filled green, changed with the old struck out, held red."""
    word, kind = _OUTCOMES[_key(row)]
    changes = {change.key: change for change in row.changes}
    held = {one.field: one for one in row.findings if one.severity is Severity.HOLD}
    return (
        Cell(str(row.row + 1)),
        Cell(word, Look(chip=kind), "；".join(one.problem for one in row.findings)),
        *(
            _plan_cell(plan.fields[key], key, row, changes.get(key), held.get(key))
            for key in taken_fields(sheet)
            if key in plan.fields
        ),
    )


def _plan_cell(
    field: AnyField, key: str, row: PlannedRow, change: FieldChange | None, held: Finding | None
) -> Cell:
    if held is not None:
        damaged = not field.sensitive or _DAMAGED.search(held.value) is not None
        text = held.value if damaged else field.mask(held.value)
        return Cell(text, Look(ground="atint", tone="accent"), held.problem)
    told = _told(field, key, row)
    if change is None:
        return Cell(told)
    if change.conflict:
        if row.candidate.decision.stands(key):
            return Cell(shown(field, change.old), Look(note="保留台账"), f"表中 {told}，按您的选择不用")
        return Cell(told, Look(ground="atint", tone="accent", note=f"台账 {shown(field, change.old)}"))
    if change.old in (None, "", ()):
        return Cell(told, Look(ground="oktint"))
    return Cell(told, Look(ground="wtint", old=shown(field, change.old)))


def _told(field: AnyField, key: str, row: PlannedRow) -> str:
    """What the row says of a field: as understood, else as it is written."""
    value = row.candidate.values.get(key)
    if value is not None and field.kind != "link":
        return shown(field, value)
    found = row.candidate.cell(key)
    text = cell_text(found[1]) if found is not None else ""
    return field.mask(text) if text and field.sensitive and isinstance(text, str) else text


def shown(field: AnyField, value: Any) -> str:
    """A value masked as on any list; a link that is only a key says so in words."""
    if field.kind == "link":
        return "已填" if isinstance(value, int) else str(value)
    return field.mask(value)


# --- six numbers that are filters -------------------------------------------------------------------------


class NumberFilter(QAbstractButton):
    """A word and how many, on its tint; framed while it is the one in force."""

    def __init__(self, key: str, word: str, kind: str) -> None:
        """``kind`` of chip, "" for the whole."""
        super().__init__()
        self.key, self._word, self._kind, self._count = key, word, kind, 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """How many rows."""
        self._count = count
        self.setAccessibleName(f"{self._word} {count:,}")
        self.updateGeometry()
        self.update()

    def count(self) -> int:
        """How many rows."""
        return self._count

    def audit_texts(self) -> list[str]:
        """The words painted here."""
        return [f"{self._word} {self._count:,}"]

    def sizeHint(self) -> QSize:
        """Word, number, room around them."""
        word = QFontMetrics(theme.font("body")).horizontalAdvance(self._word)
        number = QFontMetrics(theme.font("name")).horizontalAdvance(f"{self._count:,}")
        return QSize(word + number + theme.px(28), theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Never less."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, word, number; a red frame when chosen or when the keyboard is here."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tones = CHIPS.get(self._kind)
        ground = "paper" if tones is None else tones.ground
        framed = self.isChecked() or self.hasFocus()
        painter.setPen(theme.colour("accent" if framed else ground if tones else "line2"))
        painter.setBrush(theme.colour(ground))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setPen(theme.colour("ink" if tones is None else tones.ink))
        inner = self.rect().adjusted(theme.px(10), 0, -theme.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("name" if self.isChecked() else "body"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, self._word)
        painter.setFont(theme.font("name"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, f"{self._count:,}")


class NumberFilters(QWidget):
    """The seven filters in a row. Signals: ``chosen(key)``."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """The whole is chosen."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self.filters = {key: NumberFilter(key, word, kind) for key, word, kind in NUMBERS}
        for key, one in self.filters.items():
            one.clicked.connect(lambda _on=False, to=key: self.chosen.emit(to))
            row.addWidget(one)
        self.filters[ALL].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Other numbers."""
        for key, one in self.filters.items():
            one.set_count(counts.get(key, 0))

    def current(self) -> str:
        """The key of the filter in force."""
        return next(key for key, one in self.filters.items() if one.isChecked())
