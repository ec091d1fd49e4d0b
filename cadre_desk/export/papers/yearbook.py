"""统计年报: T3 离退休干部增减变动情况 (handbook 7.2; paper 9.8)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Align
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.sheet import (
    Check,
    Mark,
    PaperKind,
    RowStyle,
    Sheet,
    SheetColumn,
    Subline,
    statistic_signers,
)
from cadre_desk.stats.figure import Period
from cadre_desk.stats.movement_table import Balance, Line, movement_table

_UP: Final = ("本期增加",)
_DOWN: Final = ("本期减少",)


def _number(key: str, label: str, width: float, number: str, heads: tuple[str, ...] = ()) -> SheetColumn:
    return SheetColumn(key, label, width, align=Align.RIGHT, heads=heads, number=number)


T3_COLUMNS: Final = (
    SheetColumn("label", "项　目", 42, number="甲"),
    SheetColumn("line", "行\n次", 10, align=Align.CENTER, number="乙"),
    _number("opening", "期初数", 23, "1"),
    _number("increase", "小计", 17.5, "2", _UP),
    _number("new", "新办理", 17.5, "3", _UP),
    _number("arrived", "转入", 17.5, "4", _UP),
    _number("other_in", "其他", 17.5, "5", _UP),
    _number("decrease", "小计", 17.5, "6", _DOWN),
    _number("died", "去世", 17.5, "7", _DOWN),
    _number("left", "转出", 17.5, "8", _DOWN),
    _number("other_out", "其他", 17.5, "9", _DOWN),
    _number("closing", "期末数", 23, "10"),
    SheetColumn("balanced", "平衡\n核对", 14, align=Align.CENTER, number="丙"),
    SheetColumn("death_rate", "死亡率\n（%）", 15, align=Align.RIGHT, number="11"),
)

_STYLES: Final = {0: RowStyle.TOTAL, 1: RowStyle.GROUP, 2: RowStyle.ITEM}


def movements_of_year(session: Session, around: Circumstances, year: int) -> Sheet:
    """T3 of a year: every row shown to balance, and every relation told with its numbers."""
    period = Period.year(year, around.today)
    lines = movement_table(session, period)
    before = movement_table(session, Period.year(year - 1, around.today))
    return Sheet(
        kind=PaperKind.STATISTICS,
        title="离退休干部增减变动情况",
        form_number=f"表号：{around.county[:-1]}老统3表　制定机关：{around.office}",
        subline=Subline(f"填报单位：{around.office}", f"{year}年", "单位：人"),
        columns=T3_COLUMNS,
        rows=tuple(_row(place, line) for place, line in enumerate(lines, start=1)),
        row_styles={place: _STYLES[line.depth] for place, line in enumerate(lines)},
        checks=_checks(lines, before),
        signers=statistic_signers(around.operator, PartialDate.of(around.today).words()),
        foot=around.foot(words="按入账日统计", cut_off=period.last),
        draft=not all(line.balance.balanced for line in lines),
        demo=around.demo,
    )


def _row(place: int, line: Line) -> tuple[Any, ...]:
    balance = line.balance
    rate = balance.death_rate
    return (
        ("　　" if line.depth == 2 else "") + ("总　计" if line.depth == 0 else line.label),  # noqa: PLR2004 - depth of 性质
        place,
        len(balance.opening),
        balance.increase,
        len(balance.new),
        len(balance.arrived),
        len(balance.other_in),
        balance.decrease,
        len(balance.died),
        len(balance.left),
        len(balance.other_out),
        len(balance.closing),
        Mark.TICK if balance.balanced else Mark.CROSS,
        None if rate is None else f"{rate // 100}.{rate % 100:02d}",
    )


def _checks(lines: list[Line], before: list[Line]) -> tuple[Check, ...]:
    whole = lines[0].balance
    groups = [line.balance for line in lines if line.depth == 1]
    opening, closing = len(whole.opening), len(whole.closing)
    last = len(before[0].balance.closing)
    parts = sum(len(one.closing) for one in groups)
    return (
        Check(
            f"[10]＝[1]＋[2]－[6]　{closing:,}＝{opening:,}＋{whole.increase:,}－{whole.decrease:,}",
            whole.balanced,
        ),
        Check(f"[2]＝[3]＋[4]＋[5]；[6]＝[7]＋[8]＋[9]　{len(lines)}行全部相符", _sums_hold(lines)),
        Check(
            f"第1行＝离休＋退休　{closing:,}＝{'＋'.join(f'{len(one.closing):,}' for one in groups)}",
            parts == closing,
        ),
        Check(f"本年期初数＝上年期末数　{opening:,}＝{last:,}", opening == last),
    )


def _sums_hold(lines: list[Line]) -> bool:
    def holds(one: Balance) -> bool:
        return one.increase == len(one.new) + len(one.arrived) + len(one.other_in) and one.decrease == len(
            one.died
        ) + len(one.left) + len(one.other_out)

    return all(holds(line.balance) for line in lines)
