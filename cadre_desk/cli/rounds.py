"""The verb that makes a round of visits from rules: round."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cadre_desk.actions import visits
from cadre_desk.actions.visits import RoundPlan, RoundRequest, Source
from cadre_desk.actions.visits.sources import LAST
from cadre_desk.cli.arguments import year as year_of
from cadre_desk.cli.telling import Exit, say, say_json
from cadre_desk.cli.unlocking import add_ledger, opened
from cadre_desk.db import settings
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain import codes
from cadre_desk.domain.dates import parse_date
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Money
from cadre_desk.domain.money import parse_money, rmb_words, show_money
from cadre_desk.domain.rounds import Amounts
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.round_rules import ROUND_RULES, round_rule

_MONEY = Money("慰问金")
_LAST_NAMES = (LAST, "去年", "去年名单", "上一批")


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this verb to the parser."""
    known = "、".join(f"{rule.key}（{rule.titled()}）" for rule in ROUND_RULES)
    one = verbs.add_parser("round", help="按规则建立走访批次")
    add_ledger(one)
    one.add_argument("--occasion", default="春节", help="时机，如 春节、七一、重阳")
    one.add_argument("--year", type=year_of, metavar="Y", help="年度（默认本年）")
    one.add_argument("--ages-on", metavar="DAY", help="年龄算到哪一天（默认今天）")
    one.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="KEY[=N]",
        help=f"规则，可多次：{known}、last（去年同一时机）；age=85 改年龄",
    )
    one.add_argument("--view", action="append", default=[], metavar="NAME", help="常用视图，可多次")
    one.add_argument(
        "--amount", action="append", default=[], metavar="[KEY=]元", help="每人金额；lixiu=1500 只给这一条"
    )
    one.add_argument("--goods", default="", help="慰问品")
    one.add_argument("--fund", default="", help="资金来源")
    one.add_argument("--budget", default="", metavar="元", help="预算")
    for name, words in (("add", "手工加入"), ("exclude", "不列入")):
        one.add_argument(
            f"--{name}", action="append", default=[], metavar="WHO=WHY", help=f"{words}，写明原因"
        )
    one.add_argument("--dry-run", action="store_true", help="只看名单，不建立")
    one.set_defaults(verb=_round)


def _round(arguments: argparse.Namespace) -> Exit:
    with opened(arguments) as book:
        plan = _plan(book, arguments)
        made = None
        if not arguments.dry_run:
            with book.desk.unit(f"建立走访批次：{plan.title} {len(plan.listed)} 人") as session:
                made = visits.make_round(session, plan, today=book.desk.clock.today())
        if arguments.json:
            say_json(_document(book, plan, made))
        else:
            _tell(plan, made)
    return Exit.LOOK if plan.left_out or plan.couples or plan.over_budget or plan.stop else Exit.DONE


def _plan(book: Ledger, arguments: argparse.Namespace) -> RoundPlan:
    today = book.desk.clock.today()
    occasion = codes.table("occasion").find(arguments.occasion)
    if occasion is None:
        known = "、".join(item.short for item in codes.table("occasion").choices)
        raise UserError(f"没有「{arguments.occasion}」这个时机。可用的有：{known}。")
    everybody = Listing(PEOPLE, _day(arguments.ages_on) if arguments.ages_on else today)
    year = arguments.year or today.year
    with book.desk.read() as session:
        request = RoundRequest(
            everybody=everybody,
            occasion=occasion.code,
            year=year,
            county=str(settings.read(session, settings.COUNTY)),
            sources=_sources(session, everybody, arguments, occasion.code, year),
            amounts=_amounts(arguments.amount),
            goods=arguments.goods,
            fund=arguments.fund,
            budget=parse_money(arguments.budget) if arguments.budget else 0,
            added=_people(session, everybody, arguments.add),
            excluded=_people(session, everybody, arguments.exclude),
        )
        return visits.plan_round(session, request)


def _day(text: str) -> date:
    day = parse_date(text)
    if day.day is None:
        raise UserError(f"「{text}」要写到日，例如 2026-02-17。")
    return day.first


def _sources(
    session: Session, everybody: Listing, arguments: argparse.Namespace, occasion: str, year: int
) -> tuple[Source, ...]:
    """The rules that were named, in the order of the program, then the last list, then views."""
    least: dict[str, int] = {}
    wanted: set[str] = set()
    for text in arguments.rule:
        name, _, number = text.partition("=")
        key = _rule_key(name)
        wanted.add(key)
        if number:
            least[key] = _number(text, number)
    found = [one for one in visits.declared_sources(everybody, least) if one.key in wanted]
    if LAST in wanted:
        last = visits.last_source(session, everybody, occasion, year)
        if last is None:
            raise UserError("以前没有同一时机的批次，「去年名单」用不上。")
        found.append(last)
    views = {one.title: one for one in visits.view_sources(session, everybody)}
    for title in arguments.view:
        if title not in views:
            raise UserError(f"没有「{title}」这个视图。可用的有：{'、'.join(views)}。")
        found.append(views[title])
    return tuple(found)


def _rule_key(name: str) -> str:
    if name.strip() in _LAST_NAMES:
        return LAST
    rule = round_rule(name)
    if rule is None:
        known = "、".join(one.key for one in ROUND_RULES)
        raise UserError(f"没有「{name}」这条规则。可用的有：{known}、{LAST}。")
    return rule.key


def _number(text: str, number: str) -> int:
    if not number.isdecimal() or not int(number):
        raise UserError(f"「{text}」里等号后面要写整数，例如 age=85。")
    return int(number)


def _amounts(texts: Sequence[str]) -> Amounts:
    default, by_rule = 0, {}
    for text in texts:
        name, equals, cash = text.rpartition("=")
        if equals:
            by_rule[_rule_key(name)] = parse_money(cash)
        else:
            default = parse_money(cash)
    return Amounts(default, by_rule)


def _people(session: Session, everybody: Listing, texts: Sequence[str]) -> dict[int, str]:
    """Persons and reasons from WHO=WHY; who is a name, an ID number or a uid that only one person has."""
    found: dict[int, str] = {}
    for text in texts:
        who, _, why = text.partition("=")
        keys = _found(session, everybody, who.strip())
        if len(keys) != 1:
            told = "找不到" if not keys else f"有 {len(keys)} 个"
            raise UserError(f"{told}「{who}」，请写成 姓名=原因；重名的用身份证号。")
        found[keys[0]] = why.strip()
    return found


def _found(session: Session, everybody: Listing, who: str) -> list[int]:
    for key in ("id_no", "name"):
        keys = everybody.where(Condition(key, Op.IN, (who,))).ids(session)
        if keys:
            return keys
    return [row.id for uid, row in everybody.showing("name").named(session) if uid == who]


def _document(book: Ledger, plan: RoundPlan, made: int | None) -> dict[str, Any]:
    request = plan.request
    with book.desk.read() as session:
        uids = _uids(session, request.everybody, plan)
    return {
        "title": plan.title,
        "round": made,
        "year": request.year,
        "occasion": {"code": request.occasion, "label": codes.table("occasion").label(request.occasion)},
        "ages_on": request.everybody.as_of.day.isoformat(),
        "rules": [
            {"key": one.key, "title": one.title, "count": plan.hits[one.key]} for one in request.sources
        ],
        "count": len(plan.listed),
        "doubled": plan.doubled,
        "total": _MONEY.plain(plan.total),
        "capitals": rmb_words(plan.total),
        "budget": _MONEY.plain(request.budget) if request.budget else None,
        "people": [
            {
                "uid": uids[one.person],
                "name": one.name,
                "reason": one.reason,
                "rules": list(one.rules),
                "by_hand": one.by_hand,
                "cash": _MONEY.plain(one.cash),
            }
            for one in plan.listed
        ],
        "left_out": [
            {
                "uid": uids[one.person],
                "name": one.name,
                "reason": one.reason,
                "why": one.why,
                "by_hand": one.by_hand,
            }
            for one in plan.left_out
        ],
        "couples": [list(pair) for pair in plan.couples],
        "stop": plan.stop,
    }


def _uids(session: Session, everybody: Listing, plan: RoundPlan) -> Mapping[int, str]:
    persons = [one.person for one in plan.listed] + [one.person for one in plan.left_out]
    named = everybody.picked(persons).showing("name").named(session)
    return {row.id: uid for uid, row in named}


def _tell(plan: RoundPlan, made: int | None) -> None:
    say(f"{plan.title}　{'未建立' if made is None else f'批次 {made}'}")
    for source in plan.request.sources:
        say(f"  {source.title}　符合 {plan.hits[source.key]:,} 人")
    total = f"{show_money(plan.total)} 元（{rmb_words(plan.total)}）" if plan.total else "金额未填"
    say(f"列入 {len(plan.listed):,} 人，其中符合两条以上 {plan.doubled:,} 人，慰问金 {total}")
    if plan.over_budget:
        say(f"超出预算 {show_money(plan.over_budget)} 元")
    for pair in plan.couples:
        say(f"  夫妻同在一户：{'、'.join(pair)}")
    for one in plan.left_out:
        say(f"  未列入　{one.name}　{one.reason}　{one.why}")
    if plan.stop:
        say(plan.stop)
