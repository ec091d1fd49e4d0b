"""Verbs that look: registers, register, figures."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from cadre_desk.actions import papers as paper_log
from cadre_desk.cli.arguments import day, year
from cadre_desk.cli.telling import Exit, say, say_json
from cadre_desk.cli.unlocking import add_ledger, opened
from cadre_desk.db.ledger import Ledger
from cadre_desk.export.issue import Way, issue
from cadre_desk.export.papers.catalogue import roster_of
from cadre_desk.registers.catalogue import REGISTERS, register
from cadre_desk.registers.conditions import comparisons, parse_condition
from cadre_desk.registers.listing import Listing
from cadre_desk.stats.catalogue import FIGURES, figure
from cadre_desk.stats.figure import Period


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add these verbs to the parser."""
    registers = verbs.add_parser("registers", help="有哪些登记簿")
    add_ledger(registers)
    registers.set_defaults(verb=_registers)
    one = verbs.add_parser("register", help="看一个登记簿，或导出")
    add_ledger(one)
    one.add_argument("key", metavar="KEY")
    one.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="'栏目 比较 值'",
        help=f"条件，可以写几个；比较用 {comparisons()}",
    )
    one.add_argument("--text", default="", metavar="T", help="查找")
    one.add_argument("--as-of", type=day, metavar="DAY", help="截至（按入账日）")
    one.add_argument("--columns", default="", metavar="K,K", help="栏目")
    one.add_argument("--unmasked", action="store_true", help="不隐去身份证号等（记入日志）")
    one.add_argument("--xlsx", type=Path, metavar="F")
    one.add_argument("--pdf", type=Path, metavar="F")
    one.add_argument("--csv", type=Path, metavar="F")
    one.set_defaults(verb=_register)
    figures = verbs.add_parser("figures", help="指标和背后的名单")
    add_ledger(figures)
    figures.add_argument("--year", type=year, required=True, metavar="Y")
    figures.add_argument("--as-of", type=day, metavar="DAY")
    figures.add_argument("--key", metavar="K")
    figures.add_argument("--by", default="", metavar="D", help="按什么分")
    figures.add_argument("--names", action="store_true", help="带名单")
    figures.set_defaults(verb=_figures)


def _registers(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book, book.desk.read() as session:
        rows = [
            {
                "key": one.key,
                "title": one.title,
                "count": Listing(one, book.desk.clock.today()).count(session),
                "fields": [
                    {
                        "key": column.key,
                        "label": column.heading,
                        "kind": column.field.kind,
                        "sensitive": column.field.sensitive is not None,
                    }
                    for column in one.columns
                ],
            }
            for one in REGISTERS.values()
        ]
    if arguments.json:
        say_json(rows)
    else:
        for row in rows:
            say(f"{row['key']:<16} {row['count']:>7}  {row['title']}")
    return Exit.DONE


def _listing(arguments: argparse.Namespace, today: date) -> Listing:
    found = register(arguments.key)
    conditions = [parse_condition(text, found.columns) for text in arguments.where]
    listing = Listing(found, today, tuple(conditions)).find(arguments.text).at(arguments.as_of)
    keys = tuple(key.strip() for key in arguments.columns.split(",") if key.strip())
    return listing.showing(*keys)


def _register(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book:
        listing = _listing(arguments, book.desk.clock.today())
        if arguments.unmasked:
            paper_log.note_sight(book.desk, f"{listing.register.title}（{listing.words()}）不隐码查看或导出")
        with book.desk.read() as session:
            document = _document(session, book, listing, masked=not arguments.unmasked)
        ways = {Way.XLSX: arguments.xlsx, Way.PDF: arguments.pdf, Way.CSV: arguments.csv}
        made = [
            issue(book, roster_of(listing), way, path, masked=not arguments.unmasked)
            for way, path in ways.items()
            if path is not None
        ]
    if arguments.json:
        say_json(document)
    elif made:
        for one in made:
            say(f"{one.title}　{one.batch}　{one.path}")
    else:
        for row in document["rows"]:
            say("\t".join(_cell(value) for value in row["values"].values()))
        say(f"共 {document['count']} 条（{listing.words()}）")
    return Exit.DONE


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["label"])
    if isinstance(value, list):
        return "、".join(one["label"] for one in value)
    return "" if value is None else str(value)


def _document(session: Session, book: Ledger, listing: Listing, *, masked: bool) -> dict[str, Any]:
    columns = listing.shown
    rows = listing.named(session)
    return {
        "register": listing.register.key,
        "title": listing.register.title,
        "conditions": [one.words(listing.register.column(one.key)) for one in listing.conditions],
        "text": listing.text,
        "as_of": listing.as_of.day.isoformat(),
        "order": [key for key, _ in listing.order or listing.register.orders[0].keys],
        "operator": book.desk.user,
        "made_at": book.desk.clock.now().isoformat(timespec="seconds"),
        "count": len(rows),
        "columns": [
            {
                "key": one.key,
                "label": one.heading,
                "kind": one.field.kind,
                "unit": getattr(one.field, "unit", "元" if one.field.kind == "money" else ""),
            }
            for one in columns
        ],
        "rows": [
            {
                "id": row.id,
                "uid": uid,
                "values": {
                    one.key: one.field.mask(value)
                    if masked and one.field.sensitive
                    else one.field.plain(value)
                    for one, value in zip(columns, row.values, strict=True)
                },
            }
            for uid, row in rows
        ],
        "totals": {total.title: value for total, value in listing.totals(session)},
    }


def _figures(arguments: argparse.Namespace) -> Exit:
    wanted = (figure(arguments.key),) if arguments.key else FIGURES
    with opened(arguments) as book, book.desk.read() as session:
        period = Period.year(arguments.year, book.desk.clock.today(), arguments.as_of)
        found = [one.value(session, period, arguments.by) for one in wanted]
    if arguments.json:
        say_json([value.to_json(names=arguments.names) for value in found])
        return Exit.DONE
    for value in found:
        one = value.figure
        say(f"{one.label}\t{one.words(value.number)} {one.unit}\t{one.key}")
        if arguments.names:
            for name in value.names:
                say(f"\t{name.label}\t{name.part}")
    return Exit.DONE
