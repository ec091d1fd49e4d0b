"""Verbs that make papers: papers, paper, yearbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from cadre_desk.cli.arguments import day, year
from cadre_desk.cli.telling import Exit, say, say_json
from cadre_desk.cli.unlocking import add_ledger, opened
from cadre_desk.domain.errors import UserError
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import PAPERS, paper
from cadre_desk.export.papers.year_book import write_year_book

#: The option that names each subject.
_SUBJECTS = ("round", "need", "inspection", "batch", "person", "branch", "month", "year")


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add these verbs to the parser."""
    papers = verbs.add_parser("papers", help="有哪些表")
    add_ledger(papers)
    papers.set_defaults(verb=_papers)
    one = verbs.add_parser("paper", help="出一份表")
    add_ledger(one)
    one.add_argument("key", metavar="KEY")
    for subject in _SUBJECTS:
        one.add_argument(f"--{subject}", metavar="ID")
    one.add_argument("--masked", action="store_true", help="隐去不必要的个人信息")
    one.add_argument("--purpose", default="", help="用途（记入打印记录）")
    one.add_argument("--pdf", type=Path, metavar="F")
    one.add_argument("--xlsx", type=Path, metavar="F")
    one.set_defaults(verb=_paper)
    book = verbs.add_parser("yearbook", help="统计年报")
    add_ledger(book)
    book.add_argument("--year", type=year, required=True, metavar="Y")
    book.add_argument("--as-of", type=day, metavar="DAY")
    book.add_argument("--xlsx", type=Path, metavar="F")
    book.add_argument("--pdf", type=Path, metavar="F")
    book.set_defaults(verb=_yearbook)


def _papers(arguments: argparse.Namespace) -> Exit:
    rows = [one.to_json() for one in PAPERS]
    if arguments.json:
        say_json(rows)
    else:
        for one in PAPERS:
            say(f"{one.key:<14} {one.title}（按 {one.needs}）")
    return Exit.DONE


def _paper(arguments: argparse.Namespace) -> Exit:
    spec = paper(arguments.key)
    subject = getattr(arguments, spec.needs)
    if not subject:
        raise UserError(f"「{spec.title}」要说明是哪一个：请加 --{spec.needs}。")
    if not (arguments.pdf or arguments.xlsx):
        raise UserError("请说明写到哪个文件：--pdf 或 --xlsx。")
    wanted, about = _ways(arguments), spec.about(subject)
    for way in wanted:
        if way not in spec.ways:
            raise UserError(f"「{spec.title}」没有 {way} 这种形式。")
    with opened(arguments) as book:
        made = [
            issue(book, about, way, path, masked=arguments.masked, purpose=arguments.purpose)
            for way, path in wanted.items()
        ]
    if arguments.json:
        say_json(
            [
                {"file": str(one.path), "batch": one.batch, "title": one.title, "persons": one.persons}
                for one in made
            ]
        )
    else:
        for one in made:
            say(f"{one.title}　{one.batch}　{one.path}")
    return Exit.DONE


def _yearbook(arguments: argparse.Namespace) -> Exit:
    if not (arguments.pdf or arguments.xlsx):
        raise UserError("请说明写到哪个文件：--xlsx 或 --pdf。")
    title = f"{arguments.year}年统计年报"
    with opened(arguments) as book:
        made = [
            (path, write_year_book(book, arguments.year, path, way, arguments.as_of))
            for way, path in _ways(arguments).items()
        ]
    if arguments.json:
        say_json([{"file": str(path), "batch": batch, "title": title} for path, batch in made])
    else:
        for path, batch in made:
            say(f"{title}　{batch}　{path}")
    return Exit.DONE


def _ways(arguments: argparse.Namespace) -> dict[Way, Path]:
    """The ways a paper was asked for, with the file of each."""
    named = {Way.PDF: arguments.pdf, Way.XLSX: arguments.xlsx}
    return {way: path for way, path in named.items() if path is not None}
