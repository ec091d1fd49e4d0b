"""Forms and cards (审批表, 登记卡): a grid of labels and values in blocks, told in cells and not in lines.

A block has a spine with its name, the widths of its columns and its rows; a cell may span columns and reach
down over rows, as in a page of HTML. Labels are printed matter (宋), values are what was filled in (仿宋).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cadre_desk.domain.fields import Align
from cadre_desk.export.measures import FormType, PageForm
from cadre_desk.export.sheet import Paper

NO_PHOTO: Final = "照　片"
PHOTO_SIZE: Final = "（小二寸）"


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label; its line feeds break."""

    text: str
    span: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Value:
    """A filled-in value; a ``name`` of two hanzi is set to the width of three, by position.

    ``foot`` stands at the lower right of its cell: who signs there, and when.
    """

    text: str = ""
    span: int = 1
    down: int = 1
    align: Align = Align.CENTER
    foot: str = ""
    name: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Boxes to be ticked, each with its words and whether it is."""

    options: tuple[tuple[str, bool], ...]
    span: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Photo:
    """A frame with a picture (PNG or JPEG bytes), never stretched; without one it says what belongs there."""

    picture: bytes | None = None
    span: int = 1
    down: int = 1


Cell = Label | Value | Choices | Photo


@dataclass(frozen=True, slots=True)
class FormRow:
    """Cells side by side, and the least height of the row in mm."""

    cells: tuple[Cell, ...]
    height: float = FormType.ROW


def row(*cells: Cell, height: float = FormType.ROW) -> FormRow:
    """A row of cells."""
    return FormRow(cells, height)


@dataclass(frozen=True, slots=True)
class Block:
    """A group of rows behind one spine; ``widths`` are the columns' in mm, without the spine's own."""

    spine: str
    widths: tuple[float, ...]
    rows: tuple[FormRow, ...]
    spine_width: float = FormType.SPINE_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Paper):
    """A form or card. ``running`` names person and number on its further pages."""

    blocks: tuple[Block, ...]
    running: str = ""
    page: PageForm = PageForm.PORTRAIT

    def texts(self) -> Iterator[str]:
        """Every text the form shows."""
        yield from Paper.texts(self)
        yield self.running
        for block in self.blocks:
            yield block.spine
            for one in block.rows:
                for cell in one.cells:
                    yield from _texts(cell)


def _texts(cell: Cell) -> Iterator[str]:
    if isinstance(cell, Choices):
        yield from (words for words, _ in cell.options)
    elif isinstance(cell, Photo):
        if cell.picture is None:
            yield from (NO_PHOTO, PHOTO_SIZE)
    else:
        yield cell.text
        if isinstance(cell, Value):
            yield cell.foot
