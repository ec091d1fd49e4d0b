"""The rows of 走访登记: what came of each visit as it is typed, what is wrong with it, the sums so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from cadre_desk.actions import visits
from cadre_desk.actions.visits import Walk
from cadre_desk.actions.visits.results import RESULT
from cadre_desk.db.desk import Desk
from cadre_desk.domain import codes
from cadre_desk.domain.errors import FieldError, UserError
from cadre_desk.domain.fields import AnyField, Code
from cadre_desk.domain.visits import DONE, PLANNED, WAITING, check_visit
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.visits import VISITS
from cadre_desk.ui.kit.roles import ColumnLook, Look, Role
from cadre_desk.ui.round_parts import money_words

_Index = QModelIndex | QPersistentModelIndex
#: What stands before the cells that are typed in.
_HEADS: Final = (
    ("序", ColumnLook(width=44, align="right", tone="ink2")),
    ("姓名", ColumnLook(width=76, keep=True, bold=True)),
    ("应发", ColumnLook(width=64, align="right", keep=True, tone="ink2")),
)
FIRST: Final = len(_HEADS)
_WIDTHS: Final = {
    "state": 72,
    "done": 92,
    "method": 72,
    "visitors": 120,
    "met": 84,
    "health_change": 128,
    "words": 128,
    "cash_given": 84,
    "goods_given": 84,
    "note": 128,
}
_SHORT: Final = {
    "state": "结果",
    "done": "日期",
    "method": "方式",
    "cash_given": "实发",
    "goods_given": "实送",
}
_RIGHT: Final = frozenset({"cash_given"})
#: Who was not reached got nothing and met nobody.
_OF_MEETING: Final = ("method", "met", "cash_given", "goods_given")
_CHANGED, _WRONG = Look(ground="wtint"), Look(ground="atint", tone="accent")


@dataclass
class ResultLine:
    """One visit: what is planned, what the ledger says, what is typed, and what could not be read."""

    visit: int
    person: int
    name: str
    leader: str
    planned: Mapping[str, Any]
    loaded: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Whether something typed is not in the ledger yet."""
        return bool(self.unread) or self.values != self.loaded

    def problems(self, today: date) -> list[tuple[str, str]]:
        """Field and sentence of what is wrong; a row that was not touched is not examined."""
        if not self.is_changed:
            return []
        found = [(key, said) for key, (_, said) in self.unread.items()]
        return found + [(one.field, one.text) for one in check_visit({**self.planned, **self.values}, today)]


def read_lines(desk: Desk, everybody: Listing, record: int) -> list[ResultLine]:
    """The visits of a round, in the order of its paper."""
    with desk.read() as session:
        listed = visits.visits_of(session, record)
        names = everybody.showing("name").rows_of(session, [one.person_id for one in listed])
        lines = []
        for one in listed:
            loaded = {key: getattr(one, key) for key in RESULT}
            planned = {"round_id": record, "cash": one.cash, "goods": one.goods, "serial": one.serial}
            name = names[one.person_id].values[0]
            lines.append(
                ResultLine(one.id, one.person_id, name, one.leader or "", planned, loaded, dict(loaded))
            )
    return lines


@dataclass(frozen=True, slots=True)
class Sums:
    """Count and sum so far against the control total of the round, in persons and 分."""

    persons: int
    reached: int
    missed: int
    planned: int
    given: int


class ResultRows(QAbstractTableModel):
    """The rows in sight; ``fields`` are the typed columns in their order."""

    def __init__(self, today: date) -> None:
        """No rows yet."""
        super().__init__()
        self._today = today
        self.fields: tuple[AnyField, ...] = tuple(VISITS.fields[key] for key in RESULT)
        self.lines: list[ResultLine] = []
        self.shown: list[ResultLine] = []

    def show_lines(self, lines: Sequence[ResultLine], shown: Sequence[ResultLine]) -> None:
        """All rows of the round, and those in sight."""
        self.beginResetModel()
        self.lines, self.shown = list(lines), list(shown)
        self.endResetModel()

    # --- typing -------------------------------------------------------------------------------------------

    def text(self, row: int, key: str) -> str:
        """What stands in a cell to be edited."""
        line = self.shown[row]
        if key in line.unread:
            return line.unread[key][0]
        declared, value = VISITS.fields[key], line.values[key]
        return declared.show(value) if isinstance(declared, Code) else declared.edit(value)

    def put(self, row: int, key: str, text: str) -> None:
        """Take what was typed; what cannot be read stays in the cell with its reason."""
        line = self.shown[row]
        line.unread.pop(key, None)
        try:
            value = self._read(VISITS.fields[key], text)
        except UserError as error:
            line.unread[key] = (text, str(error))
        else:
            if key == "state" and value != line.values["state"]:
                self._follow(line, value)
            line.values[key] = value
        self._tell(row)

    def _read(self, declared: AnyField, text: str) -> Any:
        """A value as its field reads it; of a code table the first letters are enough."""
        try:
            return declared.parse(text)
        except FieldError:
            found = codes.table(declared.table).matching(text) if isinstance(declared, Code) else ()
            if not found:
                raise
            return found[0].code

    @staticmethod
    def _follow(line: ResultLine, state: str | None) -> None:
        """What another result takes with it."""
        if state != DONE:
            line.values.update(dict.fromkeys(_OF_MEETING))
        if state == PLANNED:
            line.values.update(done=None, visitors=None)

    def fill(self, walk: Walk) -> int:
        """All in sight who wait went as planned; answers how many."""
        waiting = [line for line in self.shown if line.values["state"] == PLANNED]
        for line in waiting:
            line.values.update(walk.result_of(line.planned["cash"], line.planned["goods"]))
            line.unread.clear()
        self._tell(0, len(self.shown) - 1)
        return len(waiting)

    def _tell(self, first: int, last: int | None = None) -> None:
        end = self.index(first if last is None else last, self.columnCount() - 1)
        self.dataChanged.emit(self.index(first, 0), end)

    # --- what follows -------------------------------------------------------------------------------------

    def changes(self) -> dict[int, dict[str, Any]]:
        """What is to be written, by visit."""
        return {line.visit: dict(line.values) for line in self.lines if line.is_changed}

    def faults(self) -> list[str]:
        """What keeps the rows from being saved, with the names."""
        return [
            f"{line.name}：{line.problems(self._today)[0][1].rstrip('。')}"
            for line in self._faulty(self.lines)
        ]

    def faulty_after(self, row: int) -> tuple[int, str] | None:
        """Row and field of the next fault below a row, going round; None if there is none in sight."""
        faulty = {id(line) for line in self._faulty(self.shown)}
        order = [*range(row + 1, len(self.shown)), *range(row + 1)]
        found = next((one for one in order if id(self.shown[one]) in faulty), None)
        return None if found is None else (found, self.shown[found].problems(self._today)[0][0])

    def _faulty(self, lines: Sequence[ResultLine]) -> list[ResultLine]:
        return [line for line in lines if line.problems(self._today)]

    def problem(self, row: int) -> str:
        """What is wrong with a row, in one line."""
        return "；".join(said.rstrip("。") for _, said in self.shown[row].problems(self._today))

    def sums(self) -> Sums:
        """Count and sum of the whole round as typed."""
        reached = [line for line in self.lines if line.values["state"] == DONE]
        waiting = sum(line.values["state"] in WAITING for line in self.lines)
        return Sums(
            len(self.lines),
            len(reached),
            len(self.lines) - len(reached) - waiting,
            sum(line.planned["cash"] or 0 for line in self.lines),
            sum(line.values["cash_given"] or 0 for line in self.lines),
        )

    # --- what a table asks --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows are in sight."""
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index | None = None) -> int:
        """What is planned, what is typed, what is wrong."""
        return 0 if parent is not None and parent.isValid() else FIRST + len(RESULT) + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text and look."""
        if not index.isValid():
            return None
        line, place = self.shown[index.row()], index.column() - FIRST
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index.row(), line, place)
        if role == Role.LOOK and 0 <= place < len(RESULT):
            key = RESULT[place]
            if key in {one for one, _ in line.problems(self._today)}:
                return _WRONG
            return _CHANGED if line.values[key] != line.loaded[key] else None
        return None

    def _words(self, row: int, line: ResultLine, place: int) -> str:
        if place < 0:
            cash = line.planned["cash"]
            plan = "" if cash is None else money_words(cash)
            return (str(line.planned["serial"]), line.name, plan)[place + FIRST]
        if place == len(RESULT):
            return self.problem(row)
        key = RESULT[place]
        if key in line.unread:
            return line.unread[key][0]
        value = line.values[key]
        if key in _RIGHT:
            return "" if value is None else money_words(value)
        return self.fields[place].show(value)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A column's heading and look."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        title, look = self._head(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        return look if role == Role.COLUMN else None

    def _head(self, section: int) -> tuple[str, ColumnLook]:
        if section < FIRST:
            return _HEADS[section]
        place = section - FIRST
        if place == len(RESULT):
            return "问题", ColumnLook(width=120, flex=1, tone="accent", sortable=False)
        key = RESULT[place]
        align = "right" if key in _RIGHT else "left"
        free = not isinstance(self.fields[place], Code) and key not in {"done", "cash_given"}
        look = ColumnLook(width=_WIDTHS[key], flex=int(free), align=align, keep=not free, sortable=False)
        return _SHORT.get(key, self.fields[place].label), look
