"""The zone above a table or form: where title and sub-line stand, in mm from the page's upper edge."""

from __future__ import annotations

from dataclasses import dataclass

from cadre_desk.export.breaking import Setting, fit_title
from cadre_desk.export.faces import face
from cadre_desk.export.measures import (
    MM,
    TITLE_ASCENT,
    TITLE_DESCENT,
    TITLE_LEADING,
    PageForm,
    TitleForm,
    Top,
    Type,
)
from cadre_desk.export.sheet import Paper


@dataclass(frozen=True, slots=True)
class Heading:
    """A title's lines and their baselines, the sub-line's baseline, and the upper edge of what follows."""

    title: Setting
    spacing: float
    baselines: tuple[float, ...]
    subline: float
    table: float


def heading(paper: Paper, page: PageForm, form: TitleForm, *, suffix: str = "") -> Heading:
    """The full title of a paper; ``suffix`` is （一）（二） on sheets side by side."""
    title = fit_title(paper.title + suffix, page.area * MM, face(Type.TITLE), form.size, form.spacing)
    top = Top.TITLE_MARKED if paper.mark or paper.demo else Top.TITLE
    first = top + TITLE_ASCENT * title.size / MM
    baselines = tuple(first + number * TITLE_LEADING / MM for number in range(len(title.lines)))
    foot = baselines[-1] + TITLE_DESCENT * title.size / MM
    line = paper.subline
    if not (line.left or line.centre or line.right):
        return Heading(title, form.spacing, baselines, foot, foot + Top.SUBLINE)
    subline = foot + Top.SUBLINE
    return Heading(title, form.spacing, baselines, subline, subline + Top.TABLE)
