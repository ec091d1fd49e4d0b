"""Print set-up of a leaf: page, margins, titles, foot, freeze; as WPS, Excel and LibreOffice honour it."""

from __future__ import annotations

from typing import Any, Final

from openpyxl.worksheet.properties import PageSetupProperties

from cadre_desk.export.layout import Layout
from cadre_desk.export.measures import Foot, PageForm
from cadre_desk.export.sheet import DEMO, DRAFT, PaperKind, Sheet

_INCH: Final = 25.4
_A4, _A3 = 9, 8
_EDGE: Final = 7.5
_FACE: Final = "宋体,Regular"


def set_up(leaf: Any, layout: Layout, head: tuple[int, int]) -> None:
    """Set up a leaf whose head stands in these rows (first, last)."""
    sheet, page = layout.sheet, layout.page
    wide = len(layout.parts) > 1 or page is PageForm.A3
    leaf.page_setup.paperSize = _A3 if wide else _A4
    leaf.page_setup.orientation = "portrait" if page.upright else "landscape"
    leaf.page_setup.fitToWidth = 1
    leaf.page_setup.fitToHeight = 0
    leaf.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    leaf.print_options.horizontalCentered = True
    margins = leaf.page_margins
    margins.left, margins.right = page.left / _INCH, (page.width - page.right_edge) / _INCH
    margins.top, margins.bottom = page.value[4] / _INCH, page.value[5] / _INCH
    margins.header = margins.footer = _EDGE / _INCH
    first = head[0] if sheet.kind is PaperKind.ROSTER else 1
    leaf.print_title_rows = f"{first}:{head[1]}"
    leaf.freeze_panes = f"A{head[1] + 1}"
    _set_foot(leaf, sheet)
    if sheet.signed:
        # Without a password: it guards against a slip of the hand, not against anybody.
        leaf.protection.sheet = True


def _set_foot(leaf: Any, sheet: Sheet) -> None:
    """Batch left, page in the middle, day and filter right; the unit on continued pages of a roster."""
    header = leaf.HeaderFooter
    header.differentFirst = sheet.kind is PaperKind.ROSTER
    for foot in (leaf.firstFooter, leaf.oddFooter):
        _say(foot.left, sheet.foot_left, Foot.SIZE)
        _say(foot.center, "第 &P 页　共 &N 页", Foot.PAGE_SIZE, raw=True)
        _say(foot.right, sheet.foot.right, Foot.SIZE)
    marks = "　".join(
        part for part in (DEMO if sheet.demo else "", DRAFT if sheet.draft else "", sheet.mark) if part
    )
    for head in (leaf.firstHeader, leaf.oddHeader):
        _say(head.left, marks, Foot.PAGE_SIZE)
    _say(leaf.firstHeader.right, sheet.form_number, Foot.PAGE_SIZE)
    unit = sheet.subline.right if sheet.kind is PaperKind.ROSTER else sheet.form_number
    _say(leaf.oddHeader.right, unit, Foot.PAGE_SIZE)


def _say(part: Any, text: str, size: float, *, raw: bool = False) -> None:
    """One part of a header or footer; & is a command there and doubled where it is meant."""
    part.text = (text if raw else text.replace("&", "&&")) or None
    part.size = round(size)
    part.font = _FACE
