"""Forms and cards drawn on pages."""

from __future__ import annotations

import io
from typing import Final

from reportlab.lib.utils import ImageReader

from cadre_desk.domain.fields import Align
from cadre_desk.export.faces import by_position, face
from cadre_desk.export.form import NO_PHOTO, PHOTO_SIZE, Choices, Label, Photo, Value
from cadre_desk.export.form_layout import FormLayout, PlacedCell, Segment
from cadre_desk.export.ink import Ink
from cadre_desk.export.measures import MM, FormType, Rule, Top, Type
from cadre_desk.export.pdf_page import draw_mark

_SPINE_LEADING: Final = 1.22
_CHOICE_GAP: Final = 4.0
_HINT_SIZE: Final = 9.0


class FormPainter:
    """Draws a form, page by page."""

    def __init__(self, layout: FormLayout) -> None:
        self.layout = layout
        self.form = layout.form

    def draw(self, ink: Ink, number: int) -> float:
        """Draw the blocks of a page; returns the form's lower edge."""
        segments = self.layout.pages[number]
        left = ink.page.left
        top = self.layout.heading.table if number == 0 else Top.CONTINUED_TABLE
        if number:
            self._draw_running(ink)
        y = top
        for at, segment in enumerate(segments):
            if at:
                ink.rule(left, y, ink.page.right_edge, y, Rule.FORM_GROUP)
            _SegmentPainter(ink, segment, left, y).draw()
            y += segment.height
        ink.frame(left, top, ink.page.area, y - top, Rule.FORM_FRAME)
        return y

    def _draw_running(self, ink: Ink) -> None:
        """The line of a further page: form, person, number."""
        parts = (f"{self.form.title}（续）", self.form.running)
        text = "·".join(part for part in parts if part)
        draw_mark(ink, self.form)
        ink.text(ink.page.left, Top.CONTINUED_BASELINE, text, FormType.RUNNING)


class _SegmentPainter:
    """Draws the rows of one block."""

    def __init__(self, ink: Ink, segment: Segment, left: float, top: float) -> None:
        self.ink = ink
        self.segment = segment
        self.left = left
        self.tops = [top]
        for height in segment.heights:
            self.tops.append(self.tops[-1] + height)

    def draw(self) -> None:
        """Spine and cells."""
        block = self.segment.block
        if block.spine:
            self._draw_spine(block.spine, block.spine_width)
        for cell in self.segment.cells:
            top = self.tops[cell.first_row - self.segment.first_row]
            bottom = self.tops[cell.end_row - self.segment.first_row]
            self._draw_cell(cell, top, bottom)

    def _draw_spine(self, text: str, width: float) -> None:
        right = self.left + width
        self.ink.rule(right, self.tops[0], right, self.tops[-1], Rule.FORM_GROUP)
        size = FormType.SPINE
        step = _SPINE_LEADING * size / MM
        middle = (self.tops[0] + self.tops[-1]) / 2
        first = middle - (len(text) - 1) / 2 * step + face(Type.HEI).middle * size / MM
        for number, char in enumerate(text):
            self.ink.text(
                self.left + width / 2, first + number * step, char, size, Type.HEI, align=Align.CENTER
            )

    def _draw_cell(self, cell: PlacedCell, top: float, bottom: float) -> None:
        x = self.left + cell.x
        first = self.left + (self.segment.block.spine_width if self.segment.block.spine else 0)
        if x > first + 0.01:
            self.ink.rule(x, top, x, bottom)
        if top > self.tops[0] + 0.01:
            self.ink.rule(x, top, x + cell.width, top)
        what = cell.cell
        if isinstance(what, Label):
            self._draw_lines(cell, x, top, bottom, Type.SONG, Align.CENTER)
        elif isinstance(what, Value):
            self._draw_value(cell, what, x, top, bottom)
        elif isinstance(what, Choices):
            self._draw_choices(what, x, cell.width, (top + bottom) / 2)
        else:
            self._draw_photo(what, x, top, cell.width, bottom - top)

    def _draw_value(self, cell: PlacedCell, value: Value, x: float, top: float, bottom: float) -> None:
        if value.foot:
            base = bottom - 2.4
            self.ink.text(x + cell.width - 3, base, value.foot, FormType.LABEL, align=Align.RIGHT)
            bottom -= FormType.VALUE * FormType.LEADING / MM
        self._draw_lines(cell, x, top, bottom, Type.FANG, value.align)

    def _draw_lines(
        self, cell: PlacedCell, x: float, top: float, bottom: float, kind: Type, align: Align
    ) -> None:
        setting = cell.setting
        size, step = setting.size, FormType.LEADING * setting.size / MM
        middle = (top + bottom) / 2 + face(kind).middle * size / MM
        first = middle - (len(setting.lines) - 1) / 2 * step
        at = {
            Align.LEFT: x + FormType.PAD,
            Align.CENTER: x + cell.width / 2,
            Align.RIGHT: x + cell.width - FormType.PAD,
        }[align]
        for number, line in enumerate(setting.lines):
            self.ink.text(at, first + number * step, line, size, kind, align=align)

    def _draw_choices(self, choices: Choices, x: float, width: float, middle: float) -> None:
        """□ drawn, its tick inside, its words behind; as many lines as the width asks for."""
        size = FormType.LABEL
        song = face(Type.SONG)
        box = FormType.BOX * size / MM
        places: list[tuple[float, int, str, bool]] = []
        at, line = x + FormType.PAD, 0
        for words, ticked in choices.options:
            needs = box + 1 + song.width(words, size) / MM
            if at + needs > x + width - FormType.PAD and at > x + FormType.PAD:
                at, line = x + FormType.PAD, line + 1
            places.append((at, line, words, ticked))
            at += needs + _CHOICE_GAP
        step = 1.5 * size / MM
        for at, number, words, ticked in places:
            centre = middle + (number - line / 2) * step
            self.ink.frame(at, centre - box / 2, box, box, Rule.CHOICE)
            if ticked:
                self.ink.sign(at + box / 2, centre, "√", size * FormType.BOX)
                self.ink.hidden(at + box / 2, centre + song.middle * size / MM, "√", size)
            self.ink.text(at + box + 1, centre + song.middle * size / MM, words, size)

    def _draw_photo(self, photo: Photo, x: float, top: float, width: float, height: float) -> None:
        if photo.picture is None:
            middle = top + height / 2
            self.ink.text(x + width / 2, middle, by_position(NO_PHOTO), FormType.LABEL, align=Align.CENTER)
            self.ink.text(x + width / 2, middle + 6.5, PHOTO_SIZE, _HINT_SIZE, align=Align.CENTER)
            return
        picture = ImageReader(io.BytesIO(photo.picture))
        wide, high = picture.getSize()
        shown = min(width, height * wide / high)
        tall = shown * high / wide
        self.ink.picture(picture, x + (width - shown) / 2, top + (height - tall) / 2, shown, tall)
