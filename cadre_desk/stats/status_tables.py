"""T1 离休干部 and T2 退休干部 (handbook 7.2): who is on the books on a day, by 机关, 事业, 企业.

Every column is declared once as conditions on the register of people. One query asks them all of everybody,
and a cell keeps who fits, so that its number and its names cannot differ. The last group by 待遇 takes those
whose 待遇 is not filled in; a missing era or birth breaks a relation instead, and the table says whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.domain import codes
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.columns import Column
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.stats.figure import Period
from cadre_desk.stats.scopes import between, on_books, one_of
from cadre_desk.stats.year_table import (
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

Conditions = tuple[Condition, ...]
#: Sums of more columns are told as one number; of more persons only so many by name.
_TOLD: Final = 5
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A column and what its persons fit; ``mean`` shows the mean age of the row instead."""

    key: str
    label: str
    head: str
    fits: Conditions
    definition: str
    mean: bool = False

    def column(self, number: int) -> TableColumn:
        """As it stands in the table."""
        return TableColumn(
            self.key, self.label, str(number), (self.head,) if self.head else (), self.definition
        )


@dataclass(frozen=True, slots=True)
class StatusTable:
    """A declared table: its key and title, whom it counts, its columns, which of them sum to the first.

    ``sums`` are the keys of columns that part the whole, and the field whose gaps break that; of ``graded``
    columns the gap is told, and breaks nothing, for nobody has to be assessed.
    """

    key: str
    title: str
    whom: Conditions
    asked: tuple[Asked, ...]
    sums: tuple[tuple[tuple[str, ...], str], ...]
    notes: tuple[str, ...]
    graded: tuple[str, ...] = ()


def _levels(*groups: str) -> tuple[str, ...]:
    return codes.table("treatment_level").codes_in(*groups)


_PROVINCE, _BUREAU, _COUNTY, _SECTION = "享受副省级单项及以上", "厅局级", "县处级", "科级及以下"
_WHOLE: Final = Asked("closing", "期末人数", "", (), "截止日在册")
_WOMEN: Final = Asked("women", "女", "其　中", (one_of("sex", "2"),), "性别为女")
_MINORITY: Final = Asked(
    "minority",
    "少数民族",
    "其　中",
    (Condition("ethnic", Op.FILLED), Condition("ethnic", Op.NOT_IN, ("01",))),
    "民族已填且不是汉族",
)
_PARTY: Final = Asked(
    "party", "中共党员", "其　中", (one_of("political", "01", "02"),), "政治面貌为中共党员、预备党员"
)
_HOSPITAL: Final = Asked("hospital", "住院", "其　中", (one_of("in_hospital", True),), "截止日正在住院")
_ALONE: Final = Asked("alone", "独居", "其　中", (one_of("family_flags", "1"),), "家庭状况含独居")


def _era(key: str, label: str, code: str) -> Asked:
    return Asked(key, label, "按参加革命工作时期分", (one_of("era", code),), f"革命时期为{label}")


def _level(key: str, label: str, fits: Condition, definition: str) -> Asked:
    return Asked(key, label, "按享受待遇级别分", (fits,), definition)


def _age(key: str, label: str, low: int | str, high: int | str) -> Asked:
    words = label.replace("\n", "").replace("~", "–")
    return Asked(key, label, "按年龄分（周岁）", (between("age", low, high),), f"截止日周岁 {words}")


def _able(key: str, group: str) -> Asked:
    fits = one_of("ability", *codes.table("ability").codes_in(group))
    return Asked(key, group, "按自理能力分", (fits,), f"自理能力为{group}")


_AGES1: Final = (
    _age("age_90", "90及以下", "", 90),
    _age("age_95", "91\n~\n95", 91, 95),
    _age("age_99", "96\n~\n99", 96, 99),
    _age("age_100", "100及以上", 100, ""),
)
_AGES2: Final = (
    _age("age_60", "60及以下", "", 60),
    *(
        _age(f"age_{high}", f"{low}\n~\n{high}", low, high)
        for low, high in ((61, 65), (66, 70), (71, 75), (76, 80), (81, 85), (86, 90))
    ),
    _age("age_91", "91及以上", 91, ""),
)
_ERAS: Final = (
    _era("red_army", "红军", "1"),
    _era("war_early", "抗战前期", "2"),
    _era("war_late", "抗战后期", "3"),
    _era("liberation", "解放战争", "4"),
)
_LEVELS1: Final = (
    _level(
        "province", "省部级", one_of("treatment_level", *_levels(_PROVINCE)), "现享受待遇为副省级单项及以上"
    ),
    _level("bureau", "厅局级", one_of("treatment_level", *_levels(_BUREAU)), "现享受待遇为厅局级"),
    _level("county", "县处级", one_of("treatment_level", *_levels(_COUNTY)), "现享受待遇为县处级"),
    _level(
        "section",
        "科级及以下",
        Condition("treatment_level", Op.NOT_IN, _levels(_PROVINCE, _BUREAU, _COUNTY)),
        "现享受待遇为科级及以下，或未填",
    ),
)
_LEVELS2: Final = (
    _level(
        "bureau",
        "厅局级",
        one_of("treatment_level", *_levels(_PROVINCE, _BUREAU)),
        "现享受待遇为厅局级，含省部级",
    ),
    _level("county", "县处级", one_of("treatment_level", *_levels(_COUNTY)), "现享受待遇为县处级"),
    _level("section", "乡科级", one_of("treatment_level", "40", "41", "42"), "现享受待遇为乡科级"),
    _level(
        "other",
        "其他",
        Condition("treatment_level", Op.NOT_IN, (*_levels(_PROVINCE, _BUREAU, _COUNTY), "40", "41", "42")),
        "科员及以下、其他待遇，或未填",
    ),
)


def _keys(asked: Sequence[Asked]) -> tuple[str, ...]:
    return tuple(one.key for one in asked)


T1: Final = StatusTable(
    "t1",
    "离休干部基本情况",
    (one_of("retire_type", "1"),),
    (
        _WHOLE,
        _WOMEN,
        _MINORITY,
        _PARTY,
        *_ERAS,
        *_LEVELS1,
        *_AGES1,
        Asked(
            "mean_age",
            "平均年龄",
            "",
            (Condition("age", Op.FILLED),),
            "有出生年月者截止日周岁的平均",
            mean=True,
        ),
        Asked("resettled", "易地安置", "其　中", (one_of("live_mode", "3"),), "居住方式为易地安置"),
        Asked(
            "disabled",
            "失能",
            "其　中",
            (one_of("ability", *codes.table("ability").codes_in("失能")),),
            "自理能力为重度、完全失能",
        ),
        _ALONE,
        _HOSPITAL,
    ),
    ((_keys(_ERAS), "革命时期"), (_keys(_LEVELS1), ""), (_keys(_AGES1), "出生年月")),
    (
        "年龄按周岁，以档案出生年月为准；“省部级”含享受副省（部）级单项待遇；待遇未填的列入科级及以下；“0”为无此项人员。",
    ),
)
T2: Final = StatusTable(
    "t2",
    "退休干部基本情况",
    (Condition("retire_type", Op.NOT_IN, ("1",)),),
    (
        _WHOLE,
        _WOMEN,
        _MINORITY,
        _PARTY,
        *_LEVELS2,
        *_AGES2,
        Asked("elsewhere", "异地居住", "", (one_of("live_mode", "2", "3", "4"),), "居住方式不是本地"),
        _able("able", "自理"),
        _able("half_disabled", "半失能"),
        _able("disabled", "失能"),
    ),
    ((_keys(_LEVELS2), ""), (_keys(_AGES2), "出生年月")),
    ("年龄按周岁，以档案出生年月为准；“厅局级”含省部级；待遇未填的列入其他；“0”为无此项人员。",),
    ("able", "half_disabled", "disabled"),
)


@dataclass
class _Tally:
    """One row while it is counted: the persons of each column, and the ages behind the mean."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    ages: int = 0

    def of(self, key: str) -> list[int]:
        return self.ids.setdefault(key, [])

    def mean(self) -> str | None:
        known = len(self.of("mean_age"))
        return decimals((20 * self.ages + known) // (2 * known), 1) if known else "—"


def status_table(session: Session, declared: StatusTable, period: Period) -> YearTable:
    """Count a table as of the last day of a period, with last year's whole below it."""
    rows = _tallies(session, declared, period)
    before = _whole(_tallies(session, declared, period.back(1)))
    whole = _whole(rows)
    lines = [_row(declared, "合　计", "合计", WHOLE, whole)]
    lines += [
        _row(declared, "　".join(label), label, ITEM, rows.get(code, _Tally())) for code, label in NATURES
    ]
    rest = [tally for code, tally in rows.items() if code not in dict(NATURES)]
    if rest:
        lines.append(_row(declared, NO_NATURE, NO_NATURE, ITEM, _sum(rest)))
    natures = lines[1:]
    lines.append(replace(_row(declared, "上年同期合计", "上年合计", WHOLE, before), past=True))
    return YearTable(
        declared.key,
        declared.title,
        period,
        tuple(one.column(place) for place, one in enumerate(declared.asked, start=1)),
        tuple(lines),
        tuple(_relations(session, declared, lines[0], natures, period)),
        declared.notes,
    )


def _row(declared: StatusTable, label: str, name: str, depth: int, tally: _Tally) -> TableRow:
    cells = tuple(
        TableCell(tuple(tally.of(one.key)), tally.mean() if one.mean else None) for one in declared.asked
    )
    return TableRow(label, name, depth, cells)


def _sum(tallies: Sequence[_Tally]) -> _Tally:
    found = _Tally()
    for one in tallies:
        found.ages += one.ages
        for key, ids in one.ids.items():
            found.of(key).extend(ids)
    return found


def _whole(rows: Mapping[str, _Tally]) -> _Tally:
    """All rows together, 机关 first."""
    return _sum([rows[code] for code in sorted(rows, key=lambda code: code or "9")])


def listing_of(declared: StatusTable, asked: Asked, period: Period) -> Listing:
    """Whom a column of the whole counts, as a listing of its own."""
    return _everybody(declared, period).where(*declared.whom, *asked.fits)


def _everybody(declared: StatusTable, period: Period) -> Listing:
    # As of a day that is never the listing's today, so that the answer rests on what was booked alone.
    told = replace(period, today=period.last + timedelta(days=1))
    return on_books(*declared.whom)(told)


def _tallies(session: Session, declared: StatusTable, period: Period) -> dict[str, _Tally]:
    """The rows by 性质 ("" where the unit has none): one look at each person, every condition asked of it."""
    listing = _everybody(declared, period)
    rows: dict[str, _Tally] = {}
    for person, nature, age, *fits in session.execute(_query(declared, listing)):
        tally = rows.setdefault(nature or "", _Tally())
        for one, fit in zip(declared.asked, fits, strict=True):
            if fit:
                tally.of(one.key).append(person)
        tally.ages += age or 0
    return rows


def _query(declared: StatusTable, listing: Listing) -> sa.Select[Any]:
    """Key, 性质, age, and whether each column's conditions hold, of everybody.

    What the conditions speak of is worked out once per person, in rows of its own.
    """
    people_register = listing.register
    model: Any = people_register.model
    wanted = {condition.key for one in declared.asked for condition in one.fits} | {"unit_nature", "age"}
    shown = {key: people_register.column(key) for key in sorted(wanted)}
    values = {
        key: sa.type_coerce(column.expression(listing.as_of), sa.types.NullType()).label(f"v_{key}")
        for key, column in shown.items()
    }
    people = (
        sa.select(model.id.label("person"), *values.values())
        .where(*listing.clauses())
        .order_by(model.id)
        .cte("people")
        .prefix_with("MATERIALIZED")
    )
    known = {key: _known(column, people.c[f"v_{key}"]) for key, column in shown.items()}
    flags = [
        sa.and_(sa.true(), *(one.clause(known[one.key], listing.as_of) for one in asked.fits)).label(
            asked.key
        )
        for asked in declared.asked
    ]
    return sa.select(people.c.person, people.c.v_unit_nature, people.c.v_age, *flags)


def _known(column: Column, value: sa.ColumnElement[Any]) -> Column:
    """The column over values that were worked out before."""
    return Column(column.key, column.field, lambda _: value)


def _relations(
    session: Session, declared: StatusTable, whole: TableRow, natures: Sequence[TableRow], period: Period
) -> list[Relation]:
    places = {one.key: place for place, one in enumerate(declared.asked)}
    closing = whole.cells[0]
    found = []
    for keys, missing in declared.sums:
        cells = [whole.cells[places[key]] for key in keys]
        total = sum(cell.number for cell in cells)
        told = "＋".join(f"[{places[key] + 1}]" for key in keys)
        numbers = "＋".join(f"{cell.number:,}" for cell in cells)
        if len(keys) > _TOLD:
            told = f"[{places[keys[0]] + 1}]至[{places[keys[-1]] + 1}]之和"
            numbers = f"{total:,}"
        gap = "" if total == closing.number else _gap(session, closing, cells, missing, period)
        found.append(Relation(f"[1]＝{told}　{closing.number:,}＝{numbers}{gap}", total == closing.number))
    if declared.graded:
        graded = sum(whole.cells[places[key]].number for key in declared.graded)
        told = "＋".join(f"[{places[key] + 1}]" for key in declared.graded)
        gap = f"　未评估{closing.number - graded:,}人" if graded < closing.number else ""
        found.append(Relation(f"{told}≤[1]　{graded:,}≤{closing.number:,}{gap}", graded <= closing.number))
    parts = all(
        sum(row.cells[place].number for row in natures) == cell.number
        for place, cell in enumerate(whole.cells)
    )
    rows = "＋".join(f"第{place}行" for place in range(2, len(natures) + 2))
    found.append(Relation(f"第1行＝{rows}　{len(declared.asked)}栏全部相符", parts))
    subsets = all(set(cell.ids) <= set(closing.ids) for cell in whole.cells)
    found.append(Relation(f"其余各栏≤[1]　{len(declared.asked) - 1}栏全部相符", subsets))
    return found


def _gap(
    session: Session, closing: TableCell, cells: Sequence[TableCell], missing: str, period: Period
) -> str:
    """What keeps a sum from holding: the difference, and the first of those whose field is not filled in."""
    lost = set(closing.ids).difference(*(cell.ids for cell in cells))
    named = Listing(register("people"), period.today).picked(sorted(lost)).showing("name")
    names = "、".join(row.values[0] for row in named.rows(session, _NAMED))
    more = "等" if len(lost) > _NAMED else ""
    return f"　差{len(lost):,}人，{missing}未填：{names}{more}"
