"""The papers of a whole county at once: what the demo lays into its folder, one of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Branch, Inspection, Need, Person, Round
from cadre_desk.export.issue import Print, Way, issue
from cadre_desk.export.papers.catalogue import PAPERS, roster_of
from cadre_desk.export.papers.year_book import write_year_book
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE


def county_papers(ledger: Ledger, folder: Path, progress: Callable[[str], None]) -> Iterator[Path]:
    """Write one of each paper, and the year's workbook; yields the files as they are done."""
    folder.mkdir(parents=True, exist_ok=True)
    today = ledger.desk.clock.today()
    for title, wanted, ways in _wanted(ledger):
        for way in ways:
            path = folder / f"{title}.{way}"
            progress(path.name)
            issue(ledger, wanted, way, path, purpose="演示")
            yield path
    for way in (Way.XLSX, Way.PDF):
        book = folder / f"{today.year - 1}年统计年报.{way}"
        progress(book.name)
        write_year_book(ledger, today.year - 1, book, way)
        yield book


def _wanted(ledger: Ledger) -> list[tuple[str, Print, tuple[Way, ...]]]:
    today = ledger.desk.clock.today()
    with ledger.desk.read() as session:
        subjects = _subjects(session, f"{today:%Y-%m}", today.year - 1)
    view = PEOPLE.views[2]
    listing = Listing(PEOPLE, today).where(*view.conditions)
    roster = roster_of(listing, view=view.title)
    every: tuple[Way, ...] = (Way.PDF, Way.XLSX, Way.CSV)
    found = [(f"{view.title}名册", roster, every)]
    for spec in PAPERS:
        subject = subjects[spec.needs]
        if subject is not None:
            found.append((spec.title, spec.about(subject), spec.ways))
    return found


def _subjects(session: Session, month: str, year: int) -> dict[str, int | str | None]:
    """One subject of each kind that a paper needs: the latest round, a person, a branch of some twenty."""
    fullest = (
        sa.select(Person.branch_id)
        .join(Branch, Branch.id == Person.branch_id)
        .where(Branch.closed.is_(None))
        .group_by(Person.branch_id)
        .order_by(sa.func.abs(sa.func.count() - 20), Person.branch_id)
        .limit(1)
    )
    known = sa.select(Person.id).where(
        Person.status == "1",
        Person.honours.is_not(None),
        Person.lunar_birth.is_not(None),
        Person.phone.is_not(None),
    )
    anyone = sa.select(sa.func.min(Person.id))
    return {
        "round": session.scalar(sa.select(sa.func.max(Round.id))),
        "need": session.scalar(sa.select(sa.func.max(Need.id))),
        "inspection": session.scalar(sa.select(sa.func.max(Inspection.id))),
        "person": session.scalar(known.order_by(Person.id).limit(1)) or session.scalar(anyone),
        "branch": session.scalar(fullest),
        "month": month,
        "year": year,
    }
