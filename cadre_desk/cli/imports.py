"""The verb import: a plan is told before anything is written, and the whole file is one act."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from cadre_desk.actions import safekeeping
from cadre_desk.cli.stages import Stages
from cadre_desk.cli.telling import Exit, note, say, say_json
from cadre_desk.cli.unlocking import add_ledger, opened
from cadre_desk.db.container import Reason
from cadre_desk.domain.errors import UserError, why_not
from cadre_desk.export.template import template_columns, write_template
from cadre_desk.intake.decisions import NO_CHOICES, Choices
from cadre_desk.intake.plan import Outcome, Plan, Policy
from cadre_desk.intake.planner import check_imported, plan_file
from cadre_desk.intake.problems import write_problems
from cadre_desk.intake.tables import Verdict
from cadre_desk.registers.catalogue import register

_WORDS = {
    Outcome.NEW: "新增",
    Outcome.FILL: "补全",
    Outcome.CHANGE: "修改",
    Outcome.SAME: "相同",
    Outcome.HELD: "待处理",
}


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the parser."""
    one = verbs.add_parser("import", help="导入名册")
    add_ledger(one)
    one.add_argument("file", type=Path, metavar="FILE", nargs="?", help="要导入的文件")
    one.add_argument("--template", type=Path, metavar="F.xlsx", help="不导入，写一份空白模板")
    one.add_argument("--register", default="people", metavar="KEY", help="登记簿（默认老干部）")
    one.add_argument("--sheet", metavar="S", help="工作表")
    one.add_argument("--policy", choices=[policy.value for policy in Policy], default=Policy.FILL.value)
    one.add_argument("--dry-run", action="store_true", help="只看会改什么，不写入")
    one.add_argument("--problems", type=Path, metavar="OUT.xlsx", help="待处理的行写到这个工作簿")
    one.add_argument("--decisions", type=Path, metavar="F.json", help="看过之后的决定（逐行、逐栏、整列）")
    one.set_defaults(verb=_import)


def _import(arguments: argparse.Namespace) -> Exit:
    if arguments.template is not None:
        return _template(arguments)
    if arguments.file is None:
        raise UserError("要导入哪个文件？要空白模板，请写 --template。")
    choices = NO_CHOICES if arguments.decisions is None else _decisions(arguments.decisions)
    with opened(arguments) as book:
        today = book.desk.clock.today()
        with book.desk.read() as session:
            plan = plan_file(
                session,
                register(arguments.register),
                arguments.file,
                today=today,
                sheet=arguments.sheet,
                policy=Policy(arguments.policy),
                choices=choices,
            )
        problems = arguments.problems.name if arguments.problems and plan.has_problem_rows else ""
        goes_in = sum(plan.counts.get(one, 0) for one in (Outcome.NEW, Outcome.FILL, Outcome.CHANGE))
        if goes_in and not arguments.dry_run:
            safekeeping.make_backup(book, Reason.IMPORT)
            with book.desk.unit(f"导入：{plan.file} {goes_in} 人") as session:
                plan.keep(session, partial(Stages(), "写入台账"), problem_file=problems)
    if problems:
        write_problems(plan, arguments.problems)
    if arguments.json:
        say_json(plan.to_json())
    else:
        _tell(plan, written=bool(goes_in) and not arguments.dry_run)
    if plan.verdict is Verdict.BROKEN:
        return Exit.REFUSED
    return Exit.LOOK if plan.has_findings else Exit.DONE


def _template(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book, book.desk.read() as session:
        found = register(arguments.register)
        check_imported(found)
        columns = len(template_columns(session, found))
        write_template(session, found, arguments.template)
    if arguments.json:
        say_json({"register": found.key, "file": arguments.template.name, "columns": columns})
    else:
        say(f"{found.title}的空白模板已写好，{columns} 栏：{arguments.template}")
    return Exit.DONE


def _decisions(file: Path) -> Choices:
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"读不了「{file.name}」（{why_not(error)}）。没有写入。") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UserError(f"读不了「{file.name}」：{error}。没有写入。") from error
    return Choices.from_json(document)


def _tell(plan: Plan, *, written: bool) -> None:
    if plan.sentence:
        note(plan.sentence)
        return
    for sheet in plan.sheets:
        left_out = sum(row.candidate.decision.out for row in sheet.rows)
        counts = {**sheet.counts, Outcome.HELD: sheet.counts.get(Outcome.HELD, 0) - left_out}
        told = "　".join(f"{word} {counts.get(outcome, 0)}" for outcome, word in _WORDS.items())
        say(f"{sheet.name}：{len(sheet.rows)} 人　{told}" + (f"　不导入 {left_out}" if left_out else ""))
    for sheet, row in plan.waiting:
        reasons = "；".join(finding.problem for finding in row.findings)
        say(f"  待处理　{sheet.name} 第 {row.row + 1} 行：{reasons}")
    say("已写入，可用 undo 整批撤销。" if written else "没有写入。")
