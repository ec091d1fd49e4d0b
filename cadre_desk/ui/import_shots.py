"""What the gallery imports to show each step: an invented unit's roster with the faults rosters have."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from cadre_desk.registers.listing import Listing
from cadre_desk.ui.import_page import ImportPage
from cadre_desk.ui.office import Go
from cadre_desk.ui.window import MainWindow

_TITLE: Final = ("县财政局离退休干部花名册",)
_HEAD: Final = ("序号", "姓 名", "身份证号码", "出生年月", "原单位", "职务", "联系方式", "卡号")
_KNOWN: Final = 6
_NEW: Final = (
    ("秦守义", "", "1965.09", "县住建局", "副局长", "13900002210", ""),
    ("左玉梅", "5.00101E+17", "1942.01", "县财政局", "会计", "13900007702", ""),
    ("田孝先", "", "1945.13", "县财政局", "科员", "13900000834", ""),
    ("黎世芬", "", "一九五〇年五月", "县审计局", "四级调研员", "", ""),
    ("张三", "", "1950.01", "示例单位", "示例", "", ""),
)
_FOOT: Final = ("", "合计", "", "", f"{_KNOWN + len(_NEW)} 人", "", "", "")


def write_roster(people: Listing, rows: list[tuple[str, ...]], folder: Path) -> Path:
    """A roster of some who are in the ledger (``rows``: name, number, unit) and of some who are not."""
    path = folder / f"县财政局{people.today.year}年花名册.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(_TITLE)
        out.writerow(_HEAD)
        number = 0
        for number, (name, identity, unit) in enumerate(rows, start=1):
            other = unit if number % 2 else "县财政局"
            phone = f"1390000{number:04d}" if number % 3 == 0 else ""
            out.writerow((number, name, identity, "", other, "", phone, ""))
        for further, row in enumerate(_NEW, start=number + 1):
            out.writerow((further, *row))
        out.writerow(_FOOT)
    return path


def known(people: Listing, window: MainWindow) -> list[tuple[str, ...]]:
    """Some people of the ledger as a roster names them."""
    shown = people.showing("name", "id_no", "last_unit")
    with window.office.desk.read() as session:
        ids = shown.ids(session)[:_KNOWN]
        found = shown.rows_of(session, ids)
    return [tuple(str(value or "") for value in found[key].values) for key in ids]


def steps(people: Listing, folder: Path) -> Iterator[tuple[str, Callable[[MainWindow], None]]]:
    """The steps of an import as (name of the picture, what leads there), in their order."""

    def take(window: MainWindow) -> None:
        path = write_roster(people, known(people, window), folder)
        window.go(Go("import", "people", also=str(path)))

    def forward(window: MainWindow) -> None:
        page = window.page()
        if isinstance(page, ImportPage):
            page.forward()

    def undo(window: MainWindow) -> None:
        window.office.desk.undo()

    yield "08-import-columns", take
    yield "08-import-changes", forward
    yield "08-import-done", forward
    yield "08-import-undone", undo
