"""Papers as PDF: laid out, checked, drawn, and written whole or not at all.

The same paper gives the same bytes. Every face is embedded; a character that no face has stops the print,
unless it is to be written in by hand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from reportlab.pdfgen.canvas import Canvas

from cadre_desk.db.durable import write_durably
from cadre_desk.domain.errors import UserError
from cadre_desk.export.faces import base_font, missing_glyphs
from cadre_desk.export.form import Form
from cadre_desk.export.form_layout import lay_out_form
from cadre_desk.export.ink import Ink, Pen
from cadre_desk.export.layout import lay_out
from cadre_desk.export.measures import MM, PageForm
from cadre_desk.export.pdf_contents import contents_pages, draw_contents
from cadre_desk.export.pdf_form import FormPainter
from cadre_desk.export.pdf_page import draw_closing, draw_continued, draw_foot, draw_heading, draw_under
from cadre_desk.export.pdf_table import TablePainter
from cadre_desk.export.sheet import Paper, Sheet


class MissingGlyphsError(UserError):
    """Characters that no face has; ``found`` are (character, code point, a text it stands in)."""

    def __init__(self, found: Sequence[tuple[str, str, str]]) -> None:
        self.found = tuple(found)
        named = "；".join(f"“{text}”的“{char}”（{code}）" for char, code, text in self.found)
        super().__init__(
            f"有 {len(self.found)} 个字没有字形，未打印：{named}。可以改选“留空手写”后再打印，或先核对该字。"
        )


class _Printed(Protocol):
    """A paper ready to be drawn."""

    paper: Paper
    form: PageForm

    def numbers(self) -> list[str]:
        """The number of each page: "" to be counted on, or 1-2 where sheets lie side by side."""

    def draw(self, ink: Ink, number: int, first: int) -> None:
        """Draw a page, all but its foot; ``first`` is the document's number of the paper's first page."""


class _PrintedSheet:
    """A table on its pages."""

    def __init__(self, sheet: Sheet) -> None:
        self.paper: Paper = sheet
        self.layout = lay_out(sheet)
        self.form = self.layout.page
        self.painters = [TablePainter(self.layout, part) for part in self.layout.parts]
        self.before = contents_pages(self.layout)

    def numbers(self) -> list[str]:
        """Counted on; sheets side by side as page and side."""
        sides, pages = self.layout.sides, len(self.layout.pages)
        if sides == 1:
            return [""] * (self.before + pages)
        contents = [str(page) for page in range(1, self.before + 1)]
        return contents + [f"{page}-{side}" for page in range(1, pages + 1) for side in range(1, sides + 1)]

    def draw(self, ink: Ink, number: int, first: int) -> None:
        """Title, table, and on the last page what closes it; contents stand before."""
        if number < self.before:
            draw_heading(ink, self.paper, self.layout.parts[0].heading)
            draw_contents(ink, self.layout, number, first + self.before)
            return
        number -= self.before
        page = self.layout.pages[number // self.layout.sides]
        side = number % self.layout.sides
        painter = self.painters[side]
        if page.first or self.layout.repeats_title:
            draw_heading(ink, self.paper, painter.part.heading)
        else:
            draw_continued(ink, self.paper, painter.part.suffix)
        bottom = painter.draw(ink, page)
        if page.last and side == 0:
            draw_closing(ink, self.layout.closing, bottom)


class _PrintedForm:
    """A form on its pages."""

    def __init__(self, form: Form) -> None:
        self.paper: Paper = form
        self.layout = lay_out_form(form)
        self.form = form.page
        self.painter = FormPainter(self.layout)

    def numbers(self) -> list[str]:
        """Counted on."""
        return [""] * len(self.layout.pages)

    def draw(self, ink: Ink, number: int, first: int) -> None:
        """Title or running line, blocks, and on the last page what closes them."""
        if number == 0:
            draw_heading(ink, self.paper, self.layout.heading)
        bottom = self.painter.draw(ink, number)
        if number == len(self.layout.pages) - 1:
            draw_closing(ink, self.layout.closing, bottom)


def write_pdf(
    papers: Paper | Sequence[Paper], path: Path, *, watermark: str = "", by_hand: bool = False
) -> int:
    """Write one paper, or several after each other with pages counted through; returns how many pages.

    ``watermark`` is laid under every page that has none of its own. ``by_hand`` leaves boxes for characters
    that no face has.

    Raises:
        UserError: nobody to print, sums that don't agree, characters without a glyph (`MissingGlyphsError`);
            nothing is written then.
        OSError: the file can't be written.
    """
    bound = [papers] if isinstance(papers, Paper) else list(papers)
    if watermark:
        bound = [paper if paper.watermark else replace(paper, watermark=watermark) for paper in bound]
    if not by_hand:
        _refuse_missing(bound)
    data, pages = _drawn([_printed(paper) for paper in bound])
    write_durably(path, data)
    return pages


def _printed(paper: Paper) -> _Printed:
    if isinstance(paper, Sheet):
        return _PrintedSheet(paper)
    if isinstance(paper, Form):
        return _PrintedForm(paper)
    raise TypeError(f"no paper of the house: {type(paper).__name__}")


def page_count(paper: Paper) -> int:
    """How many pages a paper takes, told before a long list is printed."""
    return len(_printed(paper).numbers())


def _refuse_missing(papers: Sequence[Paper]) -> None:
    texts = [text for paper in papers for text in paper.texts()]
    missing = missing_glyphs(texts)
    if missing:
        raise MissingGlyphsError(
            [(char, code, next(text for text in texts if char in text)) for char, code in missing]
        )


def _drawn(printed: Sequence[_Printed]) -> tuple[bytes, int]:
    buffer = io.BytesIO()
    first: Any = base_font()
    canvas = Canvas(buffer, invariant=1, pageCompression=1, initialFontName=first, lang="zh-CN")
    canvas.setTitle(printed[0].paper.title.replace("\n", ""))
    canvas.setAuthor("")
    canvas.setCreator("Cadre Desk")
    pen = Pen(canvas)
    total = sum(len(one.numbers()) for one in printed)
    for count, (one, number, named) in enumerate(_pages(printed), 1):
        form = one.form
        canvas.setPageSize((form.width * MM, form.height * MM))
        draw_under(canvas, one.paper, form)
        ink = Ink(pen, form)
        one.draw(ink, number, count - number)
        draw_foot(ink, one.paper, f"第 {named or count} 页　共 {total} 页")
        ink.write()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), total


def _pages(printed: Sequence[_Printed]) -> Iterator[tuple[_Printed, int, str]]:
    for one in printed:
        for number, named in enumerate(one.numbers()):
            yield one, number, named
