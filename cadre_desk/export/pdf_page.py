"""What stands round the table or form of a printed page: mark, title, sub-line, closing, foot, watermark."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from zlib import crc32

from reportlab.pdfgen.canvas import Canvas

from cadre_desk.domain.fields import Align
from cadre_desk.export import outlines
from cadre_desk.export.closing import ClosingBlock, Placement
from cadre_desk.export.faces import face, spread
from cadre_desk.export.heading import Heading
from cadre_desk.export.ink import Ink
from cadre_desk.export.measures import (
    CONTINUED_TITLE,
    MARK_SIZE,
    MM,
    SUBLINE_SIZE,
    Closing,
    DemoMark,
    Foot,
    PageForm,
    Top,
    Type,
    Watermark,
)
from cadre_desk.export.sheet import DEMO, DRAFT, Paper, Sheet


def draw_heading(ink: Ink, paper: Paper, heading: Heading) -> None:
    """Mark, full title and sub-line."""
    page = ink.page
    draw_mark(ink, paper)
    if isinstance(paper, Sheet) and paper.form_number:
        ink.text(page.right_edge, Top.FORM_NUMBER, paper.form_number, MARK_SIZE, align=Align.RIGHT)
    middle = page.left + page.area / 2
    for line, baseline in zip(heading.title.lines, heading.baselines, strict=True):
        ink.spaced_text(middle, baseline, line, heading.title.size, Type.TITLE, heading.spacing)
    _draw_subline(ink, paper, heading.subline)


def draw_mark(ink: Ink, paper: Paper) -> None:
    """内部资料, and on an invented ledger 演示数据, at the upper left."""
    marks = "　".join(mark for mark in (DEMO if paper.demo else "", paper.mark) if mark)
    ink.text(ink.page.left, Top.MARK, marks, MARK_SIZE, Type.HEI)


def _draw_subline(ink: Ink, paper: Paper, y: float) -> None:
    """The three parts; the centre joins the left where they would come too close."""
    page, line, song = ink.page, paper.subline, face(Type.SONG)
    left, centre = line.left, line.centre
    half = song.width(centre, SUBLINE_SIZE) / MM / 2
    reach = song.width(left, SUBLINE_SIZE) / MM + Top.SUBLINE_GAP
    right = song.width(line.right, SUBLINE_SIZE) / MM + Top.SUBLINE_GAP
    if centre and (reach > page.area / 2 - half or right > page.area / 2 - half):
        left, centre = f"{left}　{centre}" if left else centre, ""
    ink.text(page.left, y, left, SUBLINE_SIZE)
    ink.text(page.left + page.area / 2, y, centre, SUBLINE_SIZE, align=Align.CENTER)
    ink.text(page.right_edge, y, line.right, SUBLINE_SIZE, align=Align.RIGHT)


def draw_continued(ink: Ink, paper: Paper, suffix: str) -> None:
    """The short title of a roster's further pages, and the unit at the right."""
    page = ink.page
    title = f"{paper.title.replace(chr(10), '')}{suffix}（续）"
    right = face(Type.SONG).width(paper.subline.right, SUBLINE_SIZE) / MM + Top.SUBLINE_GAP
    room = (page.area - 2 * right) * MM
    size = CONTINUED_TITLE.size
    width = face(Type.TITLE).width(title, size)
    size = size if width <= room else size * room / width
    draw_mark(ink, paper)
    ink.text(page.left + page.area / 2, Top.CONTINUED_BASELINE, title, size, Type.TITLE, align=Align.CENTER)
    ink.text(page.right_edge, Top.CONTINUED_BASELINE, paper.subline.right, SUBLINE_SIZE, align=Align.RIGHT)


def draw_foot(ink: Ink, paper: Paper, number: str) -> None:
    """Batch left, page in the middle, day and filter right; a narrow page gives the number its own line."""
    page, foot = ink.page, paper.foot
    at = page.height - (Foot.PORTRAIT if page.upright else Foot.LANDSCAPE)
    left = paper.foot_left
    if foot.operator:
        left = left.removesuffix(foot.operator) + spread(foot.operator)
    ink.grey_text(page.left, at, left, Foot.SIZE, Foot.GREY, Align.LEFT)
    centre = page.height - (Foot.PORTRAIT_PAGE if page.upright else Foot.LANDSCAPE)
    ink.text(page.left + page.area / 2, centre, number, Foot.PAGE_SIZE, align=Align.CENTER)
    right = foot.right
    if face(Type.SONG).width(foot.words, Foot.SIZE) / MM > Foot.FILTER:
        right = "　".join(part for part in right.split("　") if part != foot.words)
    ink.grey_text(page.right_edge, at, right, Foot.SIZE, Foot.GREY, Align.RIGHT)


def draw_closing(ink: Ink, closing: ClosingBlock, bottom: float) -> None:
    """Relations with their ticks, notes and signers, ``bottom`` being the table's lower edge."""
    left = ink.page.left
    if closing.checks:
        ink.text(left, bottom + closing.checks[0].y, "审核关系", Closing.CHECK_SIZE, Type.HEI)
    for placed in closing.checks:
        _draw_check(ink, left, bottom, placed)
    for placed in closing.notes:
        ink.text(left + placed.x, bottom + placed.y, placed.text, Closing.NOTE_SIZE)
    for placed in closing.signers:
        ink.text(left + placed.x, bottom + placed.y, placed.text, Closing.SIGN_SIZE)


def _draw_check(ink: Ink, left: float, bottom: float, placed: Placement) -> None:
    check = placed.check
    if check is None:
        return
    x, y = left + placed.x, bottom + placed.y
    middle = y - face(Type.SONG).middle * Closing.CHECK_SIZE / MM
    sign = "√" if check.holds else "×"
    ink.sign(x + 2, middle, sign, Closing.CHECK_SIZE)
    ink.hidden(x + 2, y, sign, Closing.CHECK_SIZE)
    ink.text(x + Closing.CHECK_TEXT, y, placed.text, Closing.CHECK_SIZE)


@cache
def _outlined(text: str, size: float) -> tuple[str, float]:
    """A text in 黑体 as path operators from the origin, and its width in points."""
    hei = face(Type.HEI)
    x = 0.0
    written: list[str] = []
    for char in text:
        font = hei.font_of(char)
        if font is not None:
            scale = size / font.face.unitsPerEm
            written.extend(
                outlines.path(glyph, x + dx * scale, dy * scale, scale)
                for glyph, dx, dy in font.face.outlines(char)
            )
        x += hei.width(char, size)
    return "\n".join(written), x


def _oblique(x: float, y: float, angle: float, path: str) -> str:
    """A path turned round its origin and moved to x, y (points)."""
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    return f"q {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} cm\n{path}\nf Q"


def _watermark(words: str, page: PageForm) -> Iterator[str]:
    path, _ = _outlined(words, Watermark.SIZE)
    yield f"{1 - Watermark.GREY:.3g} g"
    for row in range(-1, math.ceil(page.height / Watermark.DOWN) + 1):
        for column in range(-1, math.ceil(page.width / Watermark.ACROSS) + 1):
            x = (column + (row % 2) / 2) * Watermark.ACROSS
            yield _oblique(x * MM, row * Watermark.DOWN * MM, Watermark.ANGLE, path)


def _demo_mark(page: PageForm) -> Iterator[str]:
    path, width = _outlined(DEMO, DemoMark.SIZE)
    turn = math.radians(DemoMark.ANGLE)
    x = page.width * MM / 2 - math.cos(turn) * width / 2
    y = page.height * MM / 2 - math.sin(turn) * width / 2
    yield f"{1 - DemoMark.GREY:.3g} g"
    yield _oblique(x, y, DemoMark.ANGLE, path)


def draw_under(canvas: Canvas, paper: Paper, page: PageForm) -> None:
    """What lies under everything: watermark, draft and 演示数据, as outlines that are no text.

    Each is drawn once for the document, as a form object, and laid under every page.
    """
    for words in (DRAFT if paper.draft else "", paper.watermark):
        if words:
            _lay(canvas, f"watermark {page.name} {words}", _watermark(words, page))
    if paper.demo:
        _lay(canvas, f"demo {page.name}", _demo_mark(page))


def _lay(canvas: Canvas, title: str, operators: Iterator[str]) -> None:
    name = f"under{crc32(title.encode()):08x}"
    if not canvas.hasForm(name):
        canvas.beginForm(name)
        canvas.addLiteral("\n".join(operators))
        canvas.endForm()
    canvas.doForm(name)
