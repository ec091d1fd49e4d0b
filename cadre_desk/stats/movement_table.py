"""T3 离退休干部增减变动 (handbook 7.2): 期末 = 期初 + 增 − 减 in every row, from what was booked.

A person who changes class (a correction of 离退类别, a unit that becomes an enterprise) leaves one row and
comes into another under 其他, so each row balances as the whole does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from cadre_desk.registers.catalogue import register
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.stats.figure import Period
from cadre_desk.stats.year_table import (
    GROUP,
    ITEM,
    NATURES,
    NO_NATURE,
    WHOLE,
    Relation,
    TableCell,
    TableColumn,
    TableRow,
    YearTable,
    decimals,
)

LIXIU, TUIXIU = "离休干部", "退休干部"
#: Columns of increase and decrease by kind of movement; every other kind is 其他.
INCREASE: Final = {"11": "new", "12": "in"}
DECREASE: Final = {"21": "death", "22": "out"}

Class = tuple[str, str]


@dataclass
class Balance:
    """One row: the ids behind every cell, so that each number opens its names."""

    opening: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    arrived: list[int] = field(default_factory=list)
    other_in: list[int] = field(default_factory=list)
    died: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    other_out: list[int] = field(default_factory=list)
    closing: list[int] = field(default_factory=list)

    @property
    def increase(self) -> int:
        """本期增加."""
        return len(self.new) + len(self.arrived) + len(self.other_in)

    @property
    def decrease(self) -> int:
        """本期减少."""
        return len(self.died) + len(self.left) + len(self.other_out)

    @property
    def balanced(self) -> bool:
        """Whether 期末 = 期初 + 增 − 减."""
        return len(self.closing) == len(self.opening) + self.increase - self.decrease

    @property
    def death_rate(self) -> int | None:
        """Deaths of the opening number in hundredths of a percent, rounded half up."""
        if not self.opening:
            return None
        return (len(self.died) * 20000 + len(self.opening)) // (2 * len(self.opening))

    def take(self, other: Balance) -> None:
        """Add another row's cells."""
        for key, ids in vars(other).items():
            getattr(self, key).extend(ids)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed row: its label, its depth (0 总计, 1 离休/退休, 2 by 性质), and its balance."""

    label: str
    depth: int
    balance: Balance


def movement_table(session: Session, period: Period) -> list[Line]:
    """The rows of T3: 总计, then 离休 and 退休, each by 机关, 事业, 企业 (and 未填 where a unit has none)."""
    cells = _balances(session, period)
    lines: list[Line] = []
    total = Balance()
    for number, group in enumerate((LIXIU, TUIXIU)):
        rows = [(label, cells.pop((group, code), Balance())) for code, label in NATURES]
        rest = Balance()
        for one in [key for key in cells if key[0] == group]:
            rest.take(cells.pop(one))
        if any(vars(rest).values()):
            rows.append((NO_NATURE, rest))
        whole = Balance()
        for _, row in rows:
            whole.take(row)
        total.take(whole)
        lines.append(Line(f"{'一二'[number]}、{group}", GROUP, whole))
        lines += [Line(label, ITEM, row) for label, row in rows]
    return [Line("总计", WHOLE, total), *lines]


_UP, _DOWN = ("本期增加",), ("本期减少",)
T3_COLUMNS: Final = (
    TableColumn("opening", "期初数", "1", (), "上期末在册"),
    TableColumn("increase", "小计", "2", _UP, "期内全部增加"),
    TableColumn("new", "新办理", "3", _UP, "期内新办理离退休手续"),
    TableColumn("arrived", "转入", "4", _UP, "期内转入"),
    TableColumn("other_in", "其他", "5", _UP, "期内补录、改类转入"),
    TableColumn("decrease", "小计", "6", _DOWN, "期内全部减少"),
    TableColumn("died", "去世", "7", _DOWN, "期内去世"),
    TableColumn("left", "转出", "8", _DOWN, "期内转出"),
    TableColumn("other_out", "其他", "9", _DOWN, "期内改类、重复误录、取消待遇"),
    TableColumn("closing", "期末数", "10", (), "截止日在册"),
    TableColumn("balanced", "平衡\n核对", "丙", (), "期末＝期初＋增－减"),
    TableColumn("death_rate", "死亡率\n（%）", "11", (), "去世÷期初"),
)


def t3(session: Session, period: Period) -> YearTable:
    """T3 of a period, with every row shown to balance and this opening held against the last closing."""
    lines = movement_table(session, period)
    before = movement_table(session, Period.year(period.first.year - 1, period.today))
    named = ""
    rows = []
    for line in lines:
        named = line.label.split("、")[-1] if line.depth < ITEM else named
        name = (
            "合计" if line.depth == WHOLE else named if line.depth == GROUP else f"{named[:2]}·{line.label}"
        )
        label = "总　计" if line.depth == WHOLE else line.label
        rows.append(TableRow(label, name, line.depth, _cells(line.balance)))
    return YearTable(
        "t3",
        "离退休干部增减变动情况",
        period,
        T3_COLUMNS,
        tuple(rows),
        _relations(lines, before),
        _notes(lines[0].balance),
    )


def _cells(balance: Balance) -> tuple[TableCell, ...]:
    rate = balance.death_rate
    told = {
        "balanced": TableCell(told="√" if balance.balanced else "×", holds=balance.balanced),
        "death_rate": TableCell(told="—" if rate is None else decimals(rate, 2)),
        "increase": TableCell((*balance.new, *balance.arrived, *balance.other_in)),
        "decrease": TableCell((*balance.died, *balance.left, *balance.other_out)),
    }
    return tuple(
        told[one.key] if one.key in told else TableCell(tuple(getattr(balance, one.key)))
        for one in T3_COLUMNS
    )


def _notes(whole: Balance) -> tuple[str, ...]:
    others = [
        f"其他{word}{len(ids):,}人"
        for word, ids in (("增加", whole.other_in), ("减少", whole.other_out))
        if ids
    ]
    told = f"{'、'.join(others)}系补录、改类、更正。" if others else ""
    return (f"按入账日统计：已结年度之后才得知的变动，计入得知的当年。{told}",)


def _relations(lines: list[Line], before: list[Line]) -> tuple[Relation, ...]:
    whole = lines[0].balance
    groups = [line.balance for line in lines if line.depth == GROUP]
    opening, closing = len(whole.opening), len(whole.closing)
    last = len(before[0].balance.closing)
    off = closing - opening - whole.increase + whole.decrease
    return (
        Relation(
            f"[10]＝[1]＋[2]－[6]　{closing:,}＝{opening:,}＋{whole.increase:,}－{whole.decrease:,}"
            + (f"　差{abs(off):,}" if off else ""),
            all(line.balance.balanced for line in lines),
        ),
        Relation(f"[2]＝[3]＋[4]＋[5]；[6]＝[7]＋[8]＋[9]　{len(lines)}行全部相符"),
        Relation(
            f"第1行＝离休＋退休　{closing:,}＝{'＋'.join(f'{len(one.closing):,}' for one in groups)}",
            sum(len(one.closing) for one in groups) == closing,
        ),
        Relation(f"本年期初数＝上年期末数　{opening:,}＝{last:,}", _same(lines, before)),
    )


def _same(lines: list[Line], before: list[Line]) -> bool:
    """Whether every row opens with the persons it closed with last year."""
    closed = {line.label + str(line.depth): set(line.balance.closing) for line in before if line.depth < ITEM}
    return all(
        set(line.balance.opening) == closed[line.label + str(line.depth)]
        for line in lines
        if line.depth < ITEM
    )


def _balances(session: Session, period: Period) -> dict[Class, Balance]:
    cells: dict[Class, Balance] = defaultdict(Balance)
    opening = _on_books(session, period, opening=True)
    closing = _on_books(session, period, opening=False)
    now = dict(opening)
    for person, held in opening.items():
        cells[held].opening.append(person)
    for person, held in closing.items():
        cells[held].closing.append(person)
    for person, kind, direction, held in _movements(session, period):
        before = now.pop(person, None)
        if direction > 0:
            _into(cells[held], kind).append(person)
            now[person] = held
        else:
            _reclass(cells, person, before, held)
            _out_of(cells[held], kind).append(person)
    for person, held in now.items():
        _reclass(cells, person, held, closing.get(person))
    return cells


def _reclass(cells: dict[Class, Balance], person: int, before: Class | None, after: Class | None) -> None:
    if before is not None and after is not None and before != after:
        cells[before].other_out.append(person)
        cells[after].other_in.append(person)


def _into(row: Balance, kind: str) -> list[int]:
    return {"new": row.new, "in": row.arrived}.get(INCREASE.get(kind, ""), row.other_in)


def _out_of(row: Balance, kind: str) -> list[int]:
    return {"death": row.died, "out": row.left}.get(DECREASE.get(kind, ""), row.other_out)


def _class(retire_type: str | None, nature: str | None) -> Class:
    return (LIXIU if retire_type == "1" else TUIXIU, nature or "")


def _on_books(session: Session, period: Period, *, opening: bool) -> dict[int, Class]:
    day = period.before if opening else period.last
    people = Listing(register("people"), period.today + timedelta(days=1)).at(day)
    wanted = people.where(
        Condition("status", Op.IN, ("1",)), Condition("person_kind", Op.IN, ("1",))
    ).showing("retire_type", "unit_nature")
    return {row.id: _class(*row.values) for row in wanted.rows(session)}


def _movements(session: Session, period: Period) -> Iterable[tuple[int, str, int, Class]]:
    movements = Listing(register("movements"), period.today)
    wanted = movements.where(
        Condition("booked", Op.BETWEEN, (period.first.isoformat(), period.last.isoformat())),
        Condition("person_kind", Op.IN, ("1",)),
    ).sorted_by(("booked", False), ("id", False))
    columns = ("person_key", "kind", "direction", "class_then", "nature_then")
    for row in wanted.showing(*columns).rows(session):
        person, kind, direction, retire_type, nature = row.values
        yield person, kind, direction, _class(retire_type, nature)
