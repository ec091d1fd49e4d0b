"""Reading, planning and keeping dirty rosters of 1,000, 10,000 and 50,000 people.

Bars, at 10,000 rows: plan ≤ 12 × calamine's read of the same file in the same run; keeping in one unit ≤ 3 ×
the same rows of all tables through Core executemany, encrypted too, without journal and search. Planning is
linear (a row of the longest roster costs at most 1.5 × a row of the shortest); memory ≤ 450 MB throughout.
Every size is measured in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from sqlcipher3 import dbapi2

from cadre_desk.db import cipher, ledger, migrations
from cadre_desk.db.base import Base
from cadre_desk.db.desk import Desk
from cadre_desk.domain.id_numbers import upgrade15
from cadre_desk.intake.plan import Outcome, Plan
from cadre_desk.intake.planner import plan_file
from cadre_desk.registers.catalogue import register

SIZES = (1_000, 10_000, 50_000)
BARRED = 10_000
PLAN_BAR = 12.0
KEEP_BAR = 3.0
LINEAR_BAR = 1.5
MEMORY_BAR = 450
ROUNDS = 3
TODAY = date(2026, 1, 26)
HEAD = (
    "序号", "姓名", "性别", "身份证号", "民族", "出生年月", "参加工作时间", "入党时间", "政治面貌",
    "原工作单位及职务", "离退休类别", "离退休时间", "享受待遇", "文化程度", "健康状况", "联系电话",
    "家庭住址", "配偶姓名", "联系人电话", "备注",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "建国志明秀英桂兰玉珍德福守义淑芬文华永强春生世荣"
_WRITTEN = (
    lambda day: f"{day:%Y.%m}", lambda day: f"{day:%Y-%m-%d}", lambda day: f"{day.year}年{day.month}月",
    lambda day: day.year * 100 + day.month, lambda day: f"{day:%Y/%m/%d}",
)  # fmt: skip


def person(number: int, dice: random.Random) -> list[Any]:
    """One row as clerks write it; one number in two hundred was damaged by Excel."""
    born = date(1930, 1, 1) + timedelta(days=number * 7919 % 9000)
    name = dice.choice(_SURNAMES) + dice.choice(_GIVEN) + dice.choice(_GIVEN)
    sequence = number // 9000 * 2 + number % 2
    identity: Any = upgrade15(f"500101{born:%y%m%d}{sequence:03d}")
    if number % 200 == 199:  # noqa: PLR2004 - one in two hundred
        identity = float(identity[:17] + "0")
    write = dice.choice(_WRITTEN)
    retired = born.replace(year=born.year + 60, day=1)
    return [
        number,
        dice.choice((name, f" {name} ", f"{name[0]}　{name[1:]}")),
        dice.choice(("男", "男 ")) if number % 2 else "女",
        dice.choice((identity, identity, f"'{identity}")) if isinstance(identity, str) else identity,
        dice.choice(("汉", "汉族", "土家族")),
        write(born),
        write(born.replace(year=born.year + 20, day=1)),
        dice.choice(("", write(born.replace(year=born.year + 25, day=1)))),
        dice.choice(("中共党员", "群众", "党员", "")),
        f"青岚县第{number % 60}中学{dice.choice(('校长', '教师', '副校长'))}",
        dice.choice(("退休", "退休 ", "退休干部")),
        write(retired),
        dice.choice(("副处级", "正科级", "副科", "")),
        dice.choice(("大专", "本科", "高中", "中专")),
        dice.choice(("良好", "一般", "较差")),
        f"139{number:08d}",
        f"青岚县城关镇和平路{number % 300}号{number % 20}栋",
        dice.choice(("", f"{dice.choice(_SURNAMES)}{dice.choice(_GIVEN)}")),
        f"１３８{number:08d}",
        dice.choice(("", "", "行动不便", "长期居住外地")),
    ]


def write_roster(path: Path, size: int) -> None:
    """A roster under a title, with subtotals now and then and a signature at the end."""
    dice = random.Random(size)  # noqa: S311 - no secret
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(["青岚县离退休干部花名册"])
    sheet.append(HEAD)
    for number in range(1, size + 1):
        sheet.append(person(number, dice))
        if number % 500 == 0:
            sheet.append(["小计", "500人"])
    sheet.append(["制表人：周敏", None, None, "审核人："])
    book.save(path)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The middle of some runs."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def read_plainly(path: Path) -> None:
    """What calamine alone takes."""
    with CalamineWorkbook.from_path(path) as book:
        book.get_sheet_by_index(0).to_python()


def planned(desk: Desk, path: Path) -> Plan:
    """The plan of a roster against a ledger."""
    with desk.read() as session:
        return plan_file(session, register("people"), path, today=TODAY)


def kept(desk: Desk, plan: Plan) -> float:
    """Seconds that a plan takes to be kept in one unit."""
    begun = time.perf_counter()
    with desk.unit("measure") as session:
        plan.keep(session)
    return time.perf_counter() - begun


#: Tables that the unit itself writes: who did what, and what is found by search.
_OF_UNITS = frozenset({"act", "journal", "about", "import_log"})


def rows_of(desk: Desk) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
    """All rows that a ledger holds but for those of units, by table."""
    with desk.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in _OF_UNITS:
                rows = [dict(row._mapping) for row in session.execute(sa.select(table))]  # noqa: SLF001 - SQLAlchemy's own name
                if rows:
                    yield table, rows


def written_plainly(desk: Desk, path: Path) -> float:
    """Seconds that the same rows take through Core executemany, encrypted, without journal and search."""
    rows = list(rows_of(desk))
    key = cipher.new_key()
    with closing(cipher.connect(path, key, create=True)) as fresh:
        migrations.migrate(fresh, lambda: None)
    connection = cipher.connect(path, key)
    engine = sa.create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=lambda: connection, poolclass=sa.StaticPool
    )
    begun = time.perf_counter()
    with engine.begin() as writer:
        writer.exec_driver_sql("BEGIN IMMEDIATE")
        for table, some in rows:
            writer.execute(sa.insert(table), some)
    taken = time.perf_counter() - begun
    engine.dispose()
    return taken


def megabytes() -> float:
    """The most memory that this process held (Linux alone; ``ru_maxrss`` would count its parent's too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(path: Path, folder: Path) -> dict[str, float]:
    """Everything about one roster."""
    with ledger.create_open(folder / "measure.cdesk") as book:
        found = {
            "calamine": seconds(lambda: read_plainly(path)),
            "plan": seconds(lambda: planned(book.desk, path)),
        }
        plan = planned(book.desk, path)
        found |= {"rows": len(plan.rows), "held": plan.counts[Outcome.HELD], "keep": kept(book.desk, plan)}
        found["memory"] = megabytes()
        del plan
        found["core"] = written_plainly(book.desk, folder / "plain.db")
    return found


def main() -> int:
    """Measure and print; 1 if a bar is missed."""
    found: dict[int, dict[str, float]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"roster{size}.xlsx"
            write_roster(path, size)
            told = subprocess.run(
                [sys.executable, "-m", "benchmarks.intake", str(path)],
                check=True,
                capture_output=True,
                text=True,
            )
        one = found[size] = json.loads(told.stdout)
        plan_bar, keep_bar = (
            (f" (bar: {PLAN_BAR:g})", f" (bar: {KEEP_BAR:g})") if size == BARRED else ("", "")
        )
        print(
            f"{size:>6,} rows   calamine {one['calamine']:6.3f} s   plan {one['plan']:6.3f} s = "
            f"{one['plan'] / one['calamine']:4.1f} x{plan_bar}   keep {one['keep']:6.3f} s = "
            f"{one['keep'] / one['core']:4.1f} x Core {one['core']:6.3f} s{keep_bar}   "
            f"{one['memory']:4.0f} MB (bar: {MEMORY_BAR})   held {one['held']:g}",
            flush=True,
        )
    shortest, longest = found[SIZES[0]], found[SIZES[-1]]
    growth = (longest["plan"] / longest["rows"]) / (shortest["plan"] / shortest["rows"])
    print(f"a row of the longest roster costs {growth:.2f} x one of the shortest (bar: {LINEAR_BAR})")
    barred = found[BARRED]
    holds = (
        barred["plan"] <= PLAN_BAR * barred["calamine"]
        and barred["keep"] <= KEEP_BAR * barred["core"]
        and growth <= LINEAR_BAR
        and all(one["memory"] <= MEMORY_BAR for one in found.values())
    )
    return 0 if holds else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        file = Path(sys.argv[1])
        json.dump(measure(file, file.parent), sys.stdout)
    else:
        sys.exit(main())
