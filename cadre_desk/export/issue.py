"""How a paper leaves the office: composed, numbered, written down, and written to a file; one way for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from cadre_desk.actions import papers
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.errors import UserError
from cadre_desk.export.circumstances import Circumstances, circumstances
from cadre_desk.export.sheet import Foot, Paper, Sheet, Subline


class Way(StrEnum):
    """How a paper leaves."""

    PRINT = "打印"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Print:
    """A paper about a subject: what composes it, the series of its batch number, and how it is remembered.

    ``fixed`` says in words why the masks switch changes nothing on it, "" where it does.
    """

    series: str
    key: str
    subject: str
    compose: Callable[[Session, Circumstances], Paper]
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that left: its file, batch number, title and the number of its persons."""

    path: Path
    batch: str
    title: str
    persons: int


def content(paper: Paper) -> Iterator[str]:
    """What a paper says, without the moment, batch and operator of this print."""
    return replace(paper, foot=Foot(), subline=Subline(), signers=()).texts()


def compose(session: Session, ledger: Ledger, wanted: Print, *, masked: bool = False) -> Paper:
    """The paper as a preview shows it, without a batch number."""
    return wanted.compose(session, circumstances(session, ledger, masked=masked))


def differs_from_print(session: Session, ledger: Ledger, wanted: Print, *, masked: bool = False) -> str:
    """The batch number of the last print if the data changed since (与已打印批次不一致), else ""."""
    last = papers.last_print(session, wanted.key, wanted.subject)
    if last is None:
        return ""
    now = papers.digest_of(content(compose(session, ledger, wanted, masked=masked)))
    return "" if now == last.digest else last.batch


def issue(
    ledger: Ledger, wanted: Print, way: Way, path: Path, *, masked: bool = False, purpose: str = ""
) -> Issued:
    """Compose a paper, give it a batch number, write it to ``path`` and write down that it left.

    Raises:
        UserError: nobody is on it, a sum doesn't agree, a character can't be printed, or the file is open.
    """
    with ledger.desk.read() as session:
        around = circumstances(session, ledger, masked=masked)
        paper = wanted.compose(session, around)
        digest = papers.digest_of(content(paper))
        last = papers.last_print(session, wanted.key, wanted.subject)
        replaces = last.batch if last is not None and last.digest != digest else ""
    write(paper, way, path)
    persons = paper.foot.persons or 0
    leaving = papers.Leaving(
        wanted.series, wanted.key, wanted.subject, paper.title, str(way), persons, digest, purpose
    )
    batch = papers.take_batch(ledger.desk, leaving)
    write(replace(paper, foot=replace(paper.foot, batch=batch, replaces=replaces)), way, path)
    return Issued(path, batch, paper.title, persons)


def write(paper: Paper, way: Way, path: Path) -> None:
    """Write a paper to a file in the form of its way; printing goes by PDF.

    Raises:
        UserError: a form has no table to write, nobody is on it, or a character can't be printed.
    """
    # Each way's libraries and faces are large; they are loaded when the first paper leaves by it.
    if way in {Way.PDF, Way.PRINT}:
        from cadre_desk.export import pdf

        pdf.write_pdf(paper, path)
    elif not isinstance(paper, Sheet):
        raise UserError(f"「{paper.title}」不是表格，不能存成 {way}，请存成 PDF。")
    elif way is Way.XLSX:
        from cadre_desk.export import xlsx

        xlsx.write_xlsx(paper, path)
    else:
        from cadre_desk.export import csv_file

        csv_file.write_csv(paper, path)
