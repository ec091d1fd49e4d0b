"""Verbs about a ledger as a whole: new, demo, acts, undo, check, backup, restore."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from cadre_desk.actions import safekeeping
from cadre_desk.actions.against_undo import against_undo
from cadre_desk.cli.stages import Stages
from cadre_desk.cli.telling import Exit, say, say_json
from cadre_desk.cli.unlocking import add_ledger, first_line, opened, password, unlock_of
from cadre_desk.db import journal, ledger
from cadre_desk.db.clock import Clock
from cadre_desk.db.container import Reason
from cadre_desk.db.models import Act
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.restore import restore_backup
from cadre_desk.demo import making
from cadre_desk.demo.scale import Size
from cadre_desk.domain.errors import UserError, why_not
from cadre_desk.export.papers.county import county_papers
from cadre_desk.registers.catalogue import REGISTERS


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add these verbs to the parser."""
    new = verbs.add_parser("new", help="建立一本台账")
    new.add_argument("ledger", type=Path, metavar="LEDGER")
    new.add_argument("--office", required=True, metavar="NAME", help="单位名称")
    new.add_argument("--county", default="", metavar="NAME", help="所在县（区）")
    new.add_argument("--user", required=True, metavar="NAME", help="使用人")
    new.add_argument("--password-file", type=Path, metavar="F")
    new.add_argument(
        "--recovery-file", type=Path, required=True, metavar="F", help="恢复码写到这个文件（仅本人可读）"
    )
    new.set_defaults(verb=_new)
    demo = verbs.add_parser("demo", help="造一个虚构的县和它的各种表")
    demo.add_argument("folder", type=Path, metavar="DIR")
    demo.add_argument("--size", choices=[size.value for size in Size], default=Size.COUNTY.value)
    demo.set_defaults(verb=_demo)
    acts = verbs.add_parser("acts", help="操作记录")
    add_ledger(acts)
    acts.set_defaults(verb=_acts)
    undo = verbs.add_parser("undo", help="撤销最近一次（或指定的）操作")
    add_ledger(undo)
    undo.add_argument("--act", type=int, metavar="N", help="操作号")
    undo.add_argument("--even-so", action="store_true", help="已发出的表会与台账不符，也要撤销")
    undo.set_defaults(verb=_undo)
    check = verbs.add_parser("check", help="检查文件、日志和数据")
    add_ledger(check)
    check.set_defaults(verb=_check)
    backup = verbs.add_parser("backup", help="备份到一个文件夹，并核验")
    add_ledger(backup)
    backup.add_argument("folder", type=Path, metavar="DIR")
    backup.set_defaults(verb=_backup)
    restore = verbs.add_parser("restore", help="从备份恢复")
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    add_ledger(restore)
    restore.add_argument("--recovery-file", type=Path, metavar="F", help="用恢复码打开（取第一行）")
    restore.set_defaults(verb=_restore)


def _new(arguments: argparse.Namespace) -> Exit:
    code = new_recovery_code()
    founder = ledger.Founder(
        arguments.office,
        arguments.county or arguments.office.removesuffix("老干部局"),
        arguments.user,
        password(arguments.password_file),
        code,
    )
    _write_secret(arguments.recovery_file, code)
    try:
        ledger.create(arguments.ledger, founder).close()
    except BaseException:
        arguments.recovery_file.unlink()  # the code of a ledger that there is not
        raise
    say(f"已建立「{arguments.ledger.name}」，使用人 {arguments.user}。")
    say(f"恢复码写在「{arguments.recovery_file.name}」，请印出来交单位保管。")
    return Exit.DONE


def _write_secret(file: Path, text: str) -> None:
    """Write a file that only its owner can read; what exists is not overwritten."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UserError(f"「{file.name}」已经存在，没有覆盖。请换一个文件名。") from None
    except OSError as error:
        raise UserError(f"写不了「{file.name}」：{why_not(error)}。台账没有建立。") from None
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(f"{text}\n")


def _demo(arguments: argparse.Namespace) -> Exit:
    arguments.folder.mkdir(parents=True, exist_ok=True)
    path = arguments.folder / "demo.cdesk"
    stages = Stages()
    # The acts of five years are too many to name.
    tell = partial(_count, stages)
    with making.make(path, Size(arguments.size), progress=tell) as book:
        if arguments.size == Size.COUNTY.value:
            papers = county_papers(book, arguments.folder / "out", progress=lambda _: None)
            for written, paper in enumerate(papers, start=1):
                stages("写各种表", written, 0)
                say(str(paper))
    say(str(path))
    return Exit.DONE


def _count(stages: Stages, _: str, done: int, total: int) -> None:
    stages("造县里的台账", done, total)


def _acts(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book, book.desk.read() as session:
        acts = session.scalars(sa.select(Act).order_by(Act.id.desc())).all()
        rows = [
            {
                "id": act.id,
                "at": act.at.isoformat(timespec="seconds"),
                "user": act.user_name,
                "title": act.title,
                "records": act.records,
                "undoes": act.undoes,
                "undone_by": journal.undone_by(session, act.id),
            }
            for act in acts
        ]
    if arguments.json:
        say_json(rows)
    else:
        for row in rows:
            mark = f"（已由 {row['undone_by']} 号撤销）" if row["undone_by"] else ""
            say(f"{row['id']:>5}  {row['at']}  {row['user']}  {row['title']}  {row['records']} 条{mark}")
    return Exit.DONE


def _undo(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book:
        act = book.desk.last_act() if arguments.act is None else arguments.act
        if act is not None and not arguments.even_so:
            with book.desk.read() as session:
                papers = against_undo(session, act)
            if papers:
                raise UserError(f"{''.join(papers)}没有撤销；仍要撤销请加 --even-so，并收回已发出的表。")
        title = book.desk.undo(act)
    if arguments.json:
        say_json({"undone": title})
    else:
        say(f"已撤销：{title}")
    return Exit.DONE


def _check(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book:
        found = safekeeping.check_up(book, lambda: list(REGISTERS.values()))
    if arguments.json:
        say_json(found.to_json())
    else:
        say(f"文件：{found.integrity}　日志：{found.journal}　结构版本：{found.schema}")
        for one in found.findings:
            say(f"[{one.severity}] {one.register}  {one.text}")
        say(f"共 {len(found.findings)} 条")
    sound = found.integrity == "ok" and found.journal == "ok" and not found.findings
    return Exit.DONE if sound else Exit.LOOK


def _backup(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book:
        made = safekeeping.make_backup(book, Reason.MANUAL, arguments.folder)
        verified = safekeeping.verify_backup(book, made.path)
    state = "已核验" if verified.ok else "；".join(verified.findings)
    if arguments.json:
        say_json(
            {
                "file": str(made.path),
                "size": made.size,
                "ok": verified.ok,
                "findings": list(verified.findings),
            }
        )
    else:
        say(f"{made.path}（{state}）")
    return Exit.DONE if verified.ok else Exit.LOOK


def _restore(arguments: argparse.Namespace) -> Exit:
    code = first_line(arguments.recovery_file) if arguments.recovery_file else ""
    unlock = ledger.by_recovery(code) if code else unlock_of(arguments)
    restored = restore_backup(arguments.backup, arguments.ledger, unlock, Clock().now())
    counted = sum(restored.counts.values())
    if arguments.json:
        say_json(
            {
                "ledger": str(restored.ledger),
                "saved": None if restored.saved is None else str(restored.saved),
                "counts": dict(restored.counts),
            }
        )
    else:
        kept = f"，原来的台账另存为「{restored.saved.name}」" if restored.saved else ""
        say(f"已恢复「{restored.ledger.name}」，逐表清点 {counted:,} 行无误{kept}。")
    return Exit.DONE
