"""How fast paper is made, each against its baseline in the same run: `python -m benchmarks.paper [ROUNDS]`.

PDF: a roster of 10,000 rows and 10 columns against a canvas drawn by hand with the same text, faces, head
and page numbers (bar: at most 1.5 times), and against a LongTable of Paragraphs (bar: at least 6 times
faster). Excel: 10,000 rows and 30 columns against bare openpyxl in write-only mode with the same looks by
number (bar: at most 1.3 times). Rounds alternate; the median counts. The figures are ratios: seconds depend
on the machine.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from reportlab.lib.colors import black
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Align, Dated, IdNumber, Money, Name, Phone
from cadre_desk.export.faces import face
from cadre_desk.export.layout import Band, lay_out
from cadre_desk.export.measures import LEADING, MM, Type
from cadre_desk.export.office_fonts import choose
from cadre_desk.export.pdf import write_pdf
from cadre_desk.export.sheet import SERIAL, Foot, PaperKind, Sheet, SheetColumn, Subline
from cadre_desk.export.xlsx import write_xlsx

ROWS = 10_000
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "建国志强秀英丽华明军伟芳敏静磊洋艳勇杰娟涛超霞平刚"
UNITS = ("县委组织部", "县财政局", "县人民医院", "第一中学", "机关事务服务中心", "县公安局交通警察大队")


def _font(kind: Type) -> Any:
    """The name by which reportlab knows a face."""
    font = face(kind).font_of("一")
    return font.fontName if font is not None else ""


@dataclass(frozen=True)
class Ratio:
    """A measured ratio and its bar; ``most`` says whether the bar is the most it may be, or the least."""

    name: str
    ours: float
    baseline: float
    bar: float
    most: bool

    @property
    def ratio(self) -> float:
        """Ours by the baseline, or the baseline by ours where more is better."""
        return self.ours / self.baseline if self.most else self.baseline / self.ours

    @property
    def met(self) -> bool:
        """Whether the bar is met."""
        return self.ratio <= self.bar if self.most else self.ratio >= self.bar

    def __str__(self) -> str:
        bar = f"{'≤' if self.most else '≥'} {self.bar:g}"
        seconds = f"{self.ours:.2f} s against {self.baseline:.2f} s"
        return f"{'ok  ' if self.met else 'MISS'} {self.name}: {self.ratio:.2f} (bar {bar}; {seconds})"


def _centred(key: str, label: str, width: float) -> SheetColumn:
    return SheetColumn(key, label, width, align=Align.CENTER, pad=0.5)


def roster(rows: int, repeats: int = 1) -> Sheet:
    """A roster of 10 columns, or of three times nine and three more for a wide workbook."""
    chance = random.Random(1)  # noqa: S311 - invented people that must repeat themselves
    columns = (
        SheetColumn.of("name", Name("姓名"), width=20),
        _centred("sex", "性别", 10),
        SheetColumn.of("born", Dated("出生年月"), width=20),
        SheetColumn("unit", "原工作单位", 55),
        _centred("rank", "职级", 20),
        SheetColumn.of("id", IdNumber("身份证号"), width=38),
        SheetColumn.of("phone", Phone("联系电话"), width=28),
        SheetColumn.of("pay", Money("退休费"), width=24),
        _centred("memo", "备注", 20),
    )

    def person(number: int) -> tuple[Any, ...]:
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        born = PartialDate(chance.randrange(1930, 1965), chance.randrange(1, 13))
        identity = f"500101{born.year}{born.month:02d}{chance.randrange(1, 29):02d}{number % 10000:04d}"
        phone = f"13{chance.randrange(10**9):09d}"
        pay = chance.randrange(900_000)
        return (
            name,
            chance.choice("男女"),
            born,
            chance.choice(UNITS),
            "正处级",
            identity,
            phone,
            pay,
            "已认证",
        )

    wide = tuple(
        replace(column, key=f"{column.key}{again}", label=f"{column.label}{again or ''}")
        for again in range(repeats)
        for column in columns
    )
    people = [
        (None, *(value for again in range(repeats) for value in person(number + again * rows)))
        for number in range(rows)
    ]
    foot = Foot("MC-2026-0001", datetime(2026, 1, 12, 15, 20), "周敏", words="全部", persons=rows)
    return Sheet(
        kind=PaperKind.ROSTER,
        title="青岚县离退休干部花名册",
        columns=(SERIAL, *wide),
        rows=people,
        subline=Subline("制表单位：中共青岚县委老干部局", "制表时间：2026年1月12日", ""),
        foot=foot,
    )


def by_hand(sheet: Sheet, path: Path) -> float:
    """The roster drawn with a canvas alone: same text, faces, places, head, page numbers; its seconds."""
    layout = lay_out(replace(sheet, rows=sheet.rows[:1]))
    columns = layout.parts[0].columns
    full = lay_out(sheet)
    pages = [[line.row for line in page.lines if line.band is Band.ROW] for page in full.pages]
    shown = [
        [one.show(number if one.column.serial else row[one.at]) for one in columns]
        for number, row in enumerate(sheet.rows, 1)
    ]
    started = time.process_time()
    _draw(sheet, path, columns, pages, shown)
    return time.process_time() - started


def _draw(
    sheet: Sheet, path: Path, columns: Sequence[Any], pages: list[list[int]], shown: list[list[str]]
) -> None:
    song, hei, title = _font(Type.SONG), _font(Type.HEI), _font(Type.TITLE)
    canvas = Canvas(str(path), pagesize=(297 * MM, 210 * MM), initialFontName=song)
    edges = [one.x * MM for one in columns] + [(columns[-1].x + columns[-1].width) * MM]
    row, head, size = 7 * MM, 9.5 * MM, 9.0
    for number, rows in enumerate(pages, 1):
        top = (210 - (33 if number == 1 else 19.7)) * MM
        canvas.setFont(title, 22 if number == 1 else 12)
        canvas.drawCentredString(148.5 * MM, top + 12, sheet.title)
        canvas.setFillGray(0.93)
        canvas.rect(edges[0], top - head, edges[-1] - edges[0], head, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont(hei, 9.5)
        for one in columns:
            canvas.drawCentredString((one.x + one.width / 2) * MM, top - head / 2 - 3.5, one.column.label)
        canvas.setFont(song, size)
        y = top - head - row / 2 - 3.4
        for at in rows:
            for one, text in zip(columns, shown[at], strict=True):
                if one.form.align is Align.LEFT:
                    canvas.drawString((one.x + one.form.pad) * MM, y, text)
                elif one.form.align is Align.RIGHT:
                    canvas.drawRightString((one.x + one.width - one.form.pad) * MM, y, text)
                else:
                    canvas.drawCentredString((one.x + one.width / 2) * MM, y, text)
            y -= row
        canvas.setLineWidth(0.5)
        canvas.grid(edges, [top, *(top - head - row * line for line in range(len(rows) + 1))])
        canvas.drawCentredString(148.5 * MM, 9.5 * MM, f"第 {number} 页　共 {len(pages)} 页")
        canvas.setFont(song, 8)
        canvas.drawString(15 * MM, 9.5 * MM, sheet.foot.left)
        canvas.drawRightString(282 * MM, 9.5 * MM, sheet.foot.right)
        canvas.showPage()
    canvas.save()


def by_paragraphs(sheet: Sheet, path: Path) -> None:
    """The roster as a LongTable whose every cell is a Paragraph, as manuals show it."""
    columns = lay_out(replace(sheet, rows=sheet.rows[:1])).parts[0].columns
    song, hei = _font(Type.SONG), _font(Type.HEI)
    body = ParagraphStyle("body", fontName=song, fontSize=9, leading=9 * LEADING, wordWrap="CJK")
    head = ParagraphStyle("head", body, fontName=hei)
    rows = [[Paragraph(one.column.label, head) for one in columns]]
    for number, row in enumerate(sheet.rows, 1):
        rows.append(
            [Paragraph(one.show(number if one.column.serial else row[one.at]), body) for one in columns]
        )
    look = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    table = LongTable(rows, colWidths=[one.width * MM for one in columns], repeatRows=1, style=look)

    def number_page(canvas: Canvas, document: Any) -> None:
        canvas.setFont(song, 9)
        canvas.drawCentredString(148.5 * MM, 9.5 * MM, f"第 {document.page} 页")

    paper = SimpleDocTemplate(
        str(path), pagesize=(297 * MM, 210 * MM), leftMargin=15 * MM, rightMargin=15 * MM
    )
    paper.build([table], onFirstPage=number_page, onLaterPages=number_page)


def bare_openpyxl(sheet: Sheet, path: Path) -> float:
    """The workbook's rows through openpyxl alone, each cell with its look's number; its seconds."""
    book = Workbook(write_only=True)
    page: Any = book.create_sheet("花名册")
    looks = []
    thin = Side("thin")
    for column in sheet.columns:
        cell: Any = WriteOnlyCell(page)
        cell.font, cell.border = Font(name="宋体", size=9), Border(thin, thin, thin, thin)
        cell.alignment = Alignment(horizontal=column.form.align.value, vertical="center", wrap_text=True)
        cell.number_format = "#,##0.00" if column.kind == "money" else "@"
        looks.append(cell._style)  # noqa: SLF001 - the number of a look is what the baseline shares
    rows = [
        [value / 100 if isinstance(value, int) else column.show(value) for column, value in pairs]
        for pairs in ([*zip(sheet.columns, row, strict=True)] for row in sheet.rows)
    ]
    started = time.process_time()
    for row in rows:
        cells = []
        for value, look in zip(row, looks, strict=True):
            cell = WriteOnlyCell(page, value)
            cell._style = look  # noqa: SLF001 - as above
            cells.append(cell)
        page.append(cells)
    book.save(path)
    return time.process_time() - started


def _seconds(work: Callable[[], Any]) -> float:
    started = time.process_time()
    told = work()
    return told if isinstance(told, float) else time.process_time() - started


def _medians(rounds: int, *works: Callable[[], Any]) -> list[float]:
    """The median seconds of each, the works taking turns."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for seconds, work in zip(taken, works, strict=True):
            seconds.append(_seconds(work))
    return [statistics.median(seconds) for seconds in taken]


def pdf_ratios(folder: Path, rounds: int) -> list[Ratio]:
    """The two ratios of the PDF."""
    sheet = roster(ROWS)
    ours, hand = _medians(
        rounds, lambda: write_pdf(sheet, folder / "ours.pdf"), lambda: by_hand(sheet, folder / "hand.pdf")
    )
    paragraphs = _seconds(lambda: by_paragraphs(sheet, folder / "paragraphs.pdf"))
    return [
        Ratio(f"PDF {ROWS}×10 by a canvas drawn by hand", ours, hand, 1.5, most=True),
        Ratio(f"PDF {ROWS}×10, times faster than a LongTable of Paragraphs", ours, paragraphs, 6, most=False),
    ]


def xlsx_ratios(folder: Path, rounds: int) -> list[Ratio]:
    """The ratio of the workbook; 28 columns of values, the number and one more make 30."""
    sheet = roster(ROWS, repeats=3)
    extra = tuple(SheetColumn(key, key, 20) for key in ("区县", "街道"))
    rows = [(*row, "青岚县", "青衣街道") for row in sheet.rows]
    wide = replace(sheet, columns=sheet.columns + extra, rows=rows)
    fonts = choose(frozenset({"宋体", "黑体"}))
    ours, bare = _medians(
        rounds,
        lambda: write_xlsx(wide, folder / "ours.xlsx", fonts=fonts),
        lambda: bare_openpyxl(wide, folder / "bare.xlsx"),
    )
    return [Ratio(f"xlsx {ROWS}×{len(wide.columns)} by bare openpyxl", ours, bare, 1.3, most=True)]


def main(rounds: int = 3) -> int:
    """Measure and print; 1 if a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        warm = roster(50)
        for work in (write_pdf, by_hand, by_paragraphs):
            work(warm, here / "warm.pdf")
        ratios = [*pdf_ratios(here, rounds), *xlsx_ratios(here, rounds)]
    for ratio in ratios:
        print(ratio)
    return 0 if all(ratio.met for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
