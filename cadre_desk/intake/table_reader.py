"""Reading the rows of one table: every cell as a value of its field, unclear dates settled last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from cadre_desk.domain.errors import FieldError, Severity, UserError
from cadre_desk.domain.fields import AnyField
from cadre_desk.domain.names import clean_name
from cadre_desk.intake.candidates import Candidate, Place, Question
from cadre_desk.intake.cells import DITTO, cell_text, is_blank_word, plain_text
from cadre_desk.intake.cleaning import Cleaner
from cadre_desk.intake.date_columns import JANUARY, OCTOBER, DateCell, DateColumn
from cadre_desk.intake.decisions import Decision
from cadre_desk.intake.families import Families
from cadre_desk.intake.grid import Value, column_letter
from cadre_desk.intake.heads import filled
from cadre_desk.intake.mapping import MappedColumn
from cadre_desk.intake.posts import is_unit_name, split_unit_post
from cadre_desk.intake.rows import PERSONS, Kind
from cadre_desk.intake.tables import Line, SheetReading, Table
from cadre_desk.intake.understood import NOTHING, Namesake, Read
from cadre_desk.intake.words import PERSON_BIRTH, PERSON_ID, PERSON_KEYS, PERSON_UNIT

_DATES: Final = frozenset({"partial_day", "day"})
_IDENTITIES: Final = frozenset({"id_no", PERSON_ID})
#: Whom a contact, an account or a membership belongs to.
OWNER: Final = "person_id"


@dataclass(frozen=True, slots=True)
class Ways:
    """How a table is read: the fields, the working day, what the clerk answered and allowed.

    ``decisions`` are by row, from 0.
    """

    fields: Mapping[str, AnyField]
    today: date
    answers: Mapping[str, int]
    hidden: bool
    epoch_1904: bool
    decisions: Mapping[int, Decision] = field(default_factory=dict)


class TableReader:
    """Reads the rows of one table into candidates."""

    def __init__(
        self,
        reading: SheetReading,
        table: Table,
        columns: Sequence[Sequence[MappedColumn]],
        cleaner: Cleaner,
        ways: Ways,
    ) -> None:
        self._reading, self._table, self._cleaner, self._ways = reading, table, cleaner, ways
        self._taken = [[one for one in block if one.fields] for block in columns]
        self._places = [
            Place(reading, heads.columns, {key: one for one in reversed(block) for key in one.fields})
            for heads, block in zip(table.blocks, columns, strict=True)
        ]
        self._dates: dict[int, DateColumn] = {}
        self._waiting: list[tuple[Candidate, MappedColumn, DateCell]] = []
        self.questions: list[Question] = []
        self._unit: Value = ""
        self._unclear: tuple[str, Read] | None = None
        self._prepare_dates()
        self._date_keys = {dated.key for dated in self._dates.values()}
        self._ways_of = [[self._way(one) for one in block] for block in self._taken]
        self._families = Families(reading, table, self._taken)

    def _way(self, column: MappedColumn) -> tuple[int, str, MappedColumn, dict[Value, Read] | None]:
        """How a column is read: its place, its field, and what its texts were found to say."""
        key = column.fields[0]
        is_plain = (
            len(column.fields) == 1
            and "." not in key
            and column.column not in self._dates
            and key not in _IDENTITIES
        )
        return column.column, key, column, self._cleaner.texts(key) if is_plain else None

    def _prepare_dates(self) -> None:
        grid, fields = self._reading.grid, self._ways.fields
        dated = {
            one.column: one.fields[0]
            for block in self._taken
            for one in block
            if len(one.fields) == 1 and one.fields[0] in fields and fields[one.fields[0]].kind in _DATES
        }
        formats = grid.read_formats(dated) if dated else {}
        for column, key in dated.items():
            self._dates[column] = DateColumn(
                key,
                fields[key],
                self._ways.today,
                typed=grid.typed,
                epoch_1904=self._ways.epoch_1904,
                formats=formats,
            )

    def candidates(self) -> list[Candidate]:
        """Everybody the table names, in the order of their rows."""
        found: list[Candidate] = []
        last: dict[int, Candidate] = {}
        for line in self._table.lines:
            if line.kind in {Kind.NOTE, Kind.EMPTY}:
                self._carry(line)
            elif line.kind in PERSONS:
                one = Candidate(
                    self._places[line.block], [line.row], line.kind, hidden=self._is_hidden(line.row)
                )
                self._read(one, line)
                if line.block in last and self._families.take(
                    last[line.block], one, line, self._ways.decisions
                ):
                    continue
                self._tell_apart(one)
                if line.row in self._ways.decisions:
                    self._decide(one, self._ways.decisions[line.row])
                found.append(one)
                last[line.block] = one
            elif line.block in last and (line.kind is Kind.MORE or self._is_family(line)):
                more = Candidate(self._places[line.block], [line.row], Kind.MORE)
                self._read(more, line)
                _add(last[line.block], more)
        self._settle_dates()
        for one in found:
            one.values.pop(PERSON_BIRTH, None)
        return found

    def _carry(self, line: Line) -> None:
        """A row that holds a unit's name alone is a heading for the rows that leave their unit open.

        It stands in the column of units, or as a band in another.
        """
        column = self._places[line.block].columns.get("last_unit")
        cells = self._reading.grid.rows[line.row]
        told = [place for place, cell in enumerate(cells) if filled(cell)]
        if column is None or len(told) != 1:
            return
        text = cells[told[0]]
        if told == [column.column] or (isinstance(text, str) and is_unit_name(text.strip())):
            self._unit = text

    def _tell_apart(self, one: Candidate) -> None:
        """Of namesakes whom a contact or account may belong to, the one whom the rest of the row means."""
        told: dict[str, Any] = {key: one.values.pop(key) for key in PERSON_KEYS if key in one.values}
        key, read = self._unclear if self._unclear is not None else ("", NOTHING)
        self._unclear = None
        owner = one.cell(OWNER)
        if owner is not None and (PERSON_ID in told or PERSON_BIRTH in told):
            self._identify(one, cell_text(owner[1]), told)
            return
        if not key:
            return
        name, unit = str(read.readings[0]), told.get(PERSON_UNIT)
        found = self._cleaner.links.of_unit(name, unit) if unit else None
        if found is not None:
            one.values[key] = found
        elif self._ways.fields[key].required:
            one.find(read.problem, Severity.HOLD, key)
        else:
            one.values[key] = Namesake(name, read.problem)

    def _identify(self, one: Candidate, name: str, told: Mapping[str, Any]) -> None:
        """Whom the row belongs to, by ID number or birth."""
        read = self._cleaner.links.identified(
            clean_name(name), told.get(PERSON_ID, ""), told.get(PERSON_BIRTH), told.get(PERSON_UNIT, "")
        )
        one.identity = None
        one.asides = [aside for aside in one.asides if not aside.endswith(f"：{name}")]
        one.findings = [finding for finding in one.findings if finding.field != OWNER]
        one.values.pop(OWNER, None)
        if read.problem:
            one.find(read.problem, Severity.HOLD, OWNER)
        else:
            one.values[OWNER] = read.value

    def _decide(self, one: Candidate, said: Decision) -> None:
        """What the clerk said of the row, and the cells that she entered again."""
        one.decision = said
        if said.names_somebody:
            one.hidden = False
        for key, text in said.values.items():
            if key not in self._ways.fields:
                raise UserError(f"没有「{key}」这个栏目，请重新看一遍变化。")
            one.findings = [finding for finding in one.findings if finding.field != key]
            self._waiting = [
                wait for wait in self._waiting if wait[0] is not one or self._dates[wait[1].column].key != key
            ]
            one.values.pop(key, None)
            self._take_entered(one, key, text)

    def _take_entered(self, one: Candidate, key: str, text: str) -> None:
        """A value as the clerk typed it; dates as she types them in forms."""
        about = self._ways.fields[key]
        if about.kind not in _DATES:
            self._take(one, key, self._cleaner.read(key, text))
            return
        try:
            value = about.parse(text) if text.strip() else None
        except FieldError as error:
            one.find(str(error), Severity.HOLD, key)
            return
        if value is not None:
            one.values[key] = value

    def _is_hidden(self, row: int) -> bool:
        grid = self._reading.grid
        return not self._ways.hidden and (not grid.visible or row in grid.hidden_rows)

    def _is_family(self, line: Line) -> bool:
        """Whether a row without a name only tells of another contact of the person above."""
        if line.kind is not Kind.NO_NAME:
            return False
        told = {
            one.fields[0].partition(".")[0]
            for one in self._taken[line.block]
            if not is_blank_word(cell_text(self._reading.grid.value(line.row, one.column)) or "-")
        }
        return told == {"contact"}

    def _read(self, one: Candidate, line: Line) -> None:
        """Every cell of a row; texts seen before in a plain column are taken at once."""
        cells = self._reading.grid.rows[line.row]
        width, values = len(cells), one.values
        for place, key, column, seen in self._ways_of[line.block]:
            value = cells[place] if place < width else ""
            if value == "":
                value = self._instead(line, column)
                if value == "":
                    continue
            elif seen is not None and isinstance(value, str) and (read := seen.get(value)) is not None:
                if read.plain:
                    values[key] = read.value
                elif read is not NOTHING:
                    self._take(one, key, read)
                continue
            if isinstance(value, str) and value in DITTO:
                value = self._above(line.row, place)
            if column.joined:
                value = self._joined(line.row, column, value)
            if value != "":
                self._read_cell(one, column, value)

    def _instead(self, line: Line, column: MappedColumn) -> Value:
        """What an empty cell means: the top of a range merged downwards, the unit that heads the rows."""
        value = self._reading.value(line.row, column.column) if self._reading.merges else ""
        if value == "" and column.fields == ("last_unit",) and line.kind is not Kind.MORE:
            value = self._unit
        return value

    def _joined(self, row: int, column: MappedColumn, year: Value) -> Value:
        """A date whose year, month and day have columns of their own."""
        parts = [cell_text(year), *(cell_text(self._reading.value(row, place)) for place in column.joined)]
        return ".".join(part for part in parts if part and not is_blank_word(part))

    def _above(self, row: int, column: int) -> Value:
        """What 同上 stands for."""
        for above in range(row - 1, self._table.head.bottom, -1):
            value = self._reading.value(above, column)
            if not isinstance(value, str) or value not in DITTO:
                return value
        return ""

    def _read_cell(self, one: Candidate, column: MappedColumn, value: Value) -> None:
        key = column.fields[0]
        if len(column.fields) > 1:
            self._read_both(one, column, plain_text(cell_text(value)))
            return
        if "." in key:
            self._read_beside(one, column, value)
            return
        dated = self._dates.get(column.column)
        if dated is None:
            read = self._cleaner.read(key, value)
            if read is not NOTHING:
                self._take(one, key, read)
            return
        cell = dated.read(one.row, column.column, value)
        if cell.read.readings:
            self._waiting.append((one, column, cell))
        else:
            self._take(one, key, cell.read)

    def _take(self, one: Candidate, key: str, read: Read) -> None:
        if read.readings and key not in self._date_keys:
            self._unclear = (key, read)
            return
        if read.value is not None:
            one.values[key] = read.value
            if key in _IDENTITIES:
                one.identity = self._cleaner.identities[read.value]
        for other, value in read.also:
            one.values.setdefault(other, value)
        if read.aside:
            label = self._ways.fields[key].label
            one.asides.append(read.aside if key == "name" else f"{label}：{read.aside}")
        if read.problem:
            one.find(read.problem, read.severity, key)

    def _read_both(self, one: Candidate, column: MappedColumn, text: str) -> None:
        """单位及职务 in one cell; what can't be cut apart is the unit."""
        if is_blank_word(text):
            return
        for key, part in zip(column.fields, split_unit_post(text), strict=False):
            if part:
                one.values.setdefault(key, part)

    def _read_beside(self, one: Candidate, column: MappedColumn, value: Value) -> None:
        """A part of a contact or of the bank account that the row tells."""
        key = column.fields[0]
        register, _, part = key.partition(".")
        read = self._cleaner.read(key, value)
        if read.problem:
            one.find(read.problem, Severity.WARN, key)
        if read.aside and part != "relation":
            one.asides.append(f"{column.header}：{read.aside}")
        if read.value is None:
            return
        if register == "account":
            one.account[part] = read.value
            return
        contact = next((known for known in one.contacts if known["kin"] == column.kin), None)
        if contact is None:
            contact = {"kin": column.kin}
            one.contacts.append(contact)
        contact[part] = read.value

    def _settle_dates(self) -> None:
        """Unclear dates: by their rows, then by the habit of their columns, then by the clerk's answers."""
        waiting = []
        for one, column, cell in self._waiting:
            dated = self._dates[column.column]
            if dated.settle(cell, one.born, one.values):
                self._take(one, dated.key, cell.read)
            else:
                waiting.append((one, column, cell))
        asked: dict[int, list[tuple[Candidate, DateCell]]] = {}
        for one, column, cell in waiting:
            dated = self._dates[column.column]
            month, why = dated.habit(), "本列的习惯"
            if month is None and column.letter in self._ways.answers:
                month, why = self._ways.answers[column.letter], "您的回答"
            settled = cell.one and month is not None and dated.settle_month(cell, month, why)
            self._take(one, dated.key, cell.read)
            if cell.one and not settled:
                asked.setdefault(column.column, []).append((one, cell))
        self.questions += [self._question(place, cells) for place, cells in asked.items()]

    def _question(self, place: int, cells: list[tuple[Candidate, DateCell]]) -> Question:
        key = self._dates[place].key
        header = cells[0][0].place.columns[key].header
        seen = f"「{header}」一列有 {len(cells)} 处像「{cells[0][1].text}」的数字"
        text = f"{seen}：是 1 月，还是 10 月丢了末尾的零？"
        return Question(
            self._reading.grid.name,
            column_letter(place),
            header,
            key,
            text,
            (JANUARY, OCTOBER),
            tuple(one.row for one, _ in cells),
        )


def _add(one: Candidate, more: Candidate) -> None:
    """A further row of a person: what is new is added, what differs is said."""
    one.rows.append(more.row)
    for key, value in more.values.items():
        if one.values.setdefault(key, value) != value and key != "name":
            one.find("同一个人的下一行和上一行不同，按上一行；请核对。", Severity.WARN, key, row=more.row)
    one.identity = one.identity or more.identity
    one.contacts += more.contacts
    for part, value in more.account.items():
        one.account.setdefault(part, value)
    one.asides += more.asides
    one.findings += more.findings


def skipped_lines(table: Table, used: set[int]) -> Iterator[tuple[int, Kind]]:
    """Rows of a table that are nobody, each once; ``used`` are rows that told of somebody all the same."""
    kinds: dict[int, set[Kind]] = {}
    for line in table.lines:
        kinds.setdefault(line.row, set()).add(line.kind)
    for row, found in kinds.items():
        if row not in used and not found & {*PERSONS, Kind.MORE}:
            yield row, min(found, key=list(Kind).index)
