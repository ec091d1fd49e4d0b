"""The figures of visits, needs and inspections (handbook 3, 7.4): coverage, punctuality, satisfaction."""

from __future__ import annotations

from typing import Final

from cadre_desk.domain.inspections import VERIFIED, WRONG
from cadre_desk.domain.needs import SATISFIED
from cadre_desk.domain.visits import AT_HOME, BY_PHONE, BY_VIDEO, IN_HOSPITAL
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.stats import scopes
from cadre_desk.stats.figure import Counting, Figure
from cadre_desk.stats.scopes import Scope, one_of

VISITS, NEEDS = "走访慰问", "诉求与督查"
_BOOKED: Final = "按走访入账日在期内、见到或联系上本人的走访，只计离退休干部"


def _visited(key: str, label: str, definition: str, rows: Scope, split: str = "occasion") -> Figure:
    """人次 of visits."""
    return Figure(
        key,
        label,
        f"{definition}；{_BOOKED}，一次计一人次。",
        "人次",
        Counting.TIMES,
        rows,
        as_of=False,
        split_by=split,
        group=VISITS,
    )


def _rate(
    key: str, label: str, definition: str, rows: Scope, per: Scope, split: str, group: str = NEEDS
) -> Figure:
    return Figure(
        key,
        label,
        f"{definition}，保留两位小数。",
        "%",
        Counting.RATE,
        rows,
        as_of=False,
        split_by=split,
        group=group,
        per=per,
    )


_VISITS: Final = (
    _rate(
        "visit.coverage",
        "走访覆盖率",
        "期内走访或联系上的人数（一人只计一次）除以截止日在册离退休干部数，期内去世的另列",
        scopes.reached(),
        scopes.on_books(),
        "place",
        VISITS,
    ),
    Figure(
        "visit.persons",
        "走访人数",
        "期内走访或联系上、截止日在册的离退休干部，一人只计一次。",
        "人",
        Counting.PERSONS,
        scopes.reached(),
        as_of=False,
        split_by="retire_type",
        group=VISITS,
    ),
    Figure(
        "visit.persons_gone",
        "走访后去世或转出",
        "期内走访或联系上、到截止日已经不在册的离退休干部，一人只计一次；另列，不计入覆盖率。",
        "人",
        Counting.PERSONS,
        scopes.reached(gone=True),
        as_of=False,
        split_by="retire_type",
        group=VISITS,
    ),
    Figure(
        "visit.unreached",
        "期内没有走访到的人",
        "截止日在册，期内没有一次走访或联系入账的离退休干部。",
        "人",
        Counting.PERSONS,
        scopes.unreached(),
        as_of=False,
        split_by="place",
        group=VISITS,
    ),
    _visited("visit.times", "走访人次", "期内全部走访、电话、视频", scopes.visits()),
    _visited("visit.home", "上门走访", "走访方式为上门", scopes.visits(one_of("method", AT_HOME)), "place"),
    _visited("visit.hospital", "到医院看望", "走访方式为医院", scopes.visits(one_of("method", IN_HOSPITAL))),
    _visited(
        "visit.calls",
        "电话、视频问候",
        "走访方式为电话、视频",
        scopes.visits(one_of("method", BY_PHONE, BY_VIDEO)),
    ),
    Figure(
        "visit.cash",
        "实发慰问金",
        f"期内走访时实发的慰问金；{_BOOKED}。",
        "元",
        Counting.YUAN,
        scopes.visits(),
        as_of=False,
        split_by="occasion",
        amount="cash_given",
        group=VISITS,
    ),
    Figure(
        "visit.paid",
        "发放慰问金人数",
        f"期内领到慰问金的人，一人只计一次；{_BOOKED}。",
        "人",
        Counting.PERSONS,
        scopes.visits(Condition("cash_given", Op.FROM, (1,))),
        as_of=False,
        split_by="class_then",
        once="person_key",
        group=VISITS,
    ),
    _visited(
        "visit.goods",
        "送慰问品",
        "走访时实送了慰问品",
        scopes.visits(Condition("goods_given", Op.FILLED)),
    ),
    _rate(
        "visit.on_time",
        "按时走访率",
        "排定在期内的走访中，到排定的日子已经见到本人的除以排定的全部",
        scopes.visits_planned(one_of("on_time", True)),
        scopes.visits_planned(),
        "round",
        VISITS,
    ),
)


def _needs(key: str, label: str, definition: str, rows: Scope, split: str = "kind") -> Figure:
    return Figure(
        key, label, definition, "条", Counting.THINGS, rows, as_of=False, split_by=split, group=NEEDS
    )


_RATED: Final = Condition("satisfaction", Op.FILLED)
_NEEDS: Final = (
    _needs("need.raised", "收到诉求", "提出入账日在期内的诉求。", scopes.needs("booked")),
    _needs("need.finished", "办结诉求", "办结入账日在期内的诉求。", scopes.needs("finished_booked")),
    _rate(
        "need.finished_rate",
        "诉求办结率",
        "提出入账日在期内的诉求中，到截止日已办结的除以全部",
        scopes.needs_finished(),
        scopes.needs("booked"),
        "kind",
    ),
    _rate(
        "need.on_time",
        "诉求按时办结率",
        "期内办结、有办理期限的诉求中，在期限内办结的除以全部",
        scopes.needs("finished_booked", one_of("on_time", True)),
        scopes.needs("finished_booked", Condition("due", Op.FILLED)),
        "owner",
    ),
    _rate(
        "need.satisfied",
        "诉求满意率",
        "期内办结、回访有满意度的诉求中，满意和基本满意的除以全部",
        scopes.needs("finished_booked", one_of("satisfaction", *SATISFIED)),
        scopes.needs("finished_booked", _RATED),
        "satisfaction",
    ),
    Figure(
        "check.drawn",
        "抽查人次",
        "期内督查抽取的走访，一次计一人次。",
        "人次",
        Counting.TIMES,
        scopes.checks("drawn"),
        as_of=False,
        split_by="result",
        group=NEEDS,
    ),
    _rate(
        "check.rate",
        "督查抽查率",
        "期内抽取的人次除以期内批次走访见到本人的人次",
        scopes.checks("drawn"),
        scopes.visits(Condition("round_id", Op.FILLED)),
        "result",
    ),
    _rate(
        "check.true",
        "抽查属实率",
        "期内核实过的抽查中，与登记相符的除以全部",
        scopes.checks("checked", one_of("result", *(one for one in VERIFIED if one not in WRONG))),
        scopes.checks("checked", one_of("result", *VERIFIED)),
        "place",
    ),
)

FIGURES: Final = (*_VISITS, *_NEEDS)
