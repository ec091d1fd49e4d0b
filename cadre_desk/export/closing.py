"""What stands between the table and the foot: checked relations, notes and the sign-off line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cadre_desk.export.breaking import wrap
from cadre_desk.export.faces import face, spread
from cadre_desk.export.measures import (
    MM,
    SIGNERS,
    STATISTIC_SIGNERS,
    UPRIGHT_SIGNERS,
    Closing,
    PageForm,
    Type,
)
from cadre_desk.export.sheet import Check, Paper, PaperKind, Sheet, Signer

_ENDS: Final = "。！？；"


@dataclass(frozen=True, slots=True)
class Placement:
    """A text at its place: mm from the left edge of the type area and below the table."""

    text: str
    x: float
    y: float
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class ClosingBlock:
    """Relations, notes and signers at their places, and the height of all of it."""

    checks: tuple[Placement, ...] = ()
    notes: tuple[Placement, ...] = ()
    signers: tuple[Placement, ...] = ()
    height: float = 0.0


def closing_block(paper: Paper, page: PageForm, notes: Sequence[str]) -> ClosingBlock:
    """Everything below the table of a paper's last page; a draft is signed by nobody."""
    checks, at = _checks(paper.checks if isinstance(paper, Sheet) else (), page)
    set_notes, at = _notes(_paragraph(paper.notes_label, notes), page, at, after_checks=bool(checks))
    signers: tuple[Placement, ...] = ()
    if paper.signers and not paper.draft:
        at += Closing.SIGN_AFTER_NOTE if at else Closing.SIGN_BARE
        signers = tuple(_signers(paper, page, at))
    return ClosingBlock(checks, set_notes, signers, at + 1 if at else 0.0)


def _paragraph(label: str, notes: Sequence[str]) -> str:
    """注：1. … 2. …; one note goes without its number."""
    if not notes:
        return ""
    whole = [note if note[-1] in _ENDS else note + "。" for note in notes]
    if len(whole) == 1:
        return f"{label}：{whole[0]}"
    return f"{label}：" + "".join(f"{number}. {note}" for number, note in enumerate(whole, 1))


def _notes(
    text: str, page: PageForm, at: float, *, after_checks: bool
) -> tuple[tuple[Placement, ...], float]:
    if not text:
        return (), at
    at += Closing.NOTE_AFTER_CHECK if after_checks else Closing.NOTE
    lines = wrap(text, page.area * MM, face(Type.SONG), Closing.NOTE_SIZE)
    placed = tuple(
        Placement(line, 0.0, at + number * Closing.NOTE_LEADING) for number, line in enumerate(lines)
    )
    return placed, placed[-1].y


def _checks(checks: Sequence[Check], page: PageForm) -> tuple[tuple[Placement, ...], float]:
    """Relations in two columns; in one where a relation is too long for half the page."""
    if not checks:
        return (), 0.0
    half = (page.area - Closing.CHECK_INDENT) / 2
    song = face(Type.SONG)
    room = (half - Closing.CHECK_TEXT - 2) * MM
    across = 2 if all(song.width(check.text, Closing.CHECK_SIZE) <= room for check in checks) else 1
    placed = tuple(
        Placement(
            check.text,
            Closing.CHECK_INDENT + (number % across) * half,
            Closing.CHECK + (number // across) * Closing.CHECK_LEADING,
            check,
        )
        for number, check in enumerate(checks)
    )
    return placed, Closing.CHECK + (math.ceil(len(checks) / across) - 1) * Closing.CHECK_LEADING


def _signers(paper: Paper, page: PageForm, y: float) -> list[Placement]:
    """The signers at the places of the house, in proportion on pages of other widths."""
    signers = paper.signers
    usual = (UPRIGHT_SIGNERS if page.upright else SIGNERS).get(len(signers))
    if isinstance(paper, Sheet) and paper.kind is PaperKind.STATISTICS and not page.upright:
        usual = STATISTIC_SIGNERS[: len(signers)] if len(signers) <= len(STATISTIC_SIGNERS) else None
    scale = 1.0 if page.upright else page.area / PageForm.LANDSCAPE.area
    if usual is None:
        usual = tuple(number * page.area / len(signers) / scale for number in range(len(signers)))
    return [Placement(signed(one), x * scale, y) for one, x in zip(signers, usual, strict=True)]


def signed(signer: Signer) -> str:
    """A signer as the paper shows him; a typed name of two hanzi is set to the width of three."""
    return f"{signer.role}：{spread(signer.name)}"
