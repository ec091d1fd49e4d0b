"""Who did what: acts, users, papers printed, backups; and the rounds of visits in their first form."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cadre_desk.db.base import edited_fields, fields_of
from cadre_desk.db.models import Act, BackupMade, PaperLog, Person, Round, User, Visit
from cadre_desk.db.models.trust import ImportLog
from cadre_desk.domain.fields import Count, Money, YesNo
from cadre_desk.registers.columns import AsOf, derived, linked, own
from cadre_desk.registers.register import Empty, Facet, Order, Register, Total


def _undone_by(_: AsOf) -> sa.ColumnElement[Any]:
    """The newest act that undoes it, itself not undone in turn (two deep is all a list needs to tell)."""
    undoer, again = sa.orm.aliased(Act), sa.orm.aliased(Act)
    return (
        sa.select(sa.func.max(undoer.id))
        .where(undoer.undoes == Act.id, ~sa.exists().where(again.undoes == undoer.id))
        .correlate(Act)
        .scalar_subquery()
    )


ACTS = Register(
    key="acts",
    title="操作记录",
    noun="操作",
    measure="次",
    model=Act,
    columns=(
        *(own(getattr(Act, key)) for key in fields_of(Act)),
        derived("undone_by", Count("被撤销于", width=20), _undone_by),
    ),
    shown=("at", "user_name", "title", "records", "undone_by"),
    name="title",
    orders=(Order("at", "时间", ("-at",)),),
    facets=(Facet("user_name", "操作人"),),
    totals=(Total("共", unit="次"), Total("记录", "records", how="sum", unit="条")),
    empty=Empty("还没有操作", "每一次保存、导入、登记都记在这里，随时可以撤销。"),
)

USERS = Register(
    key="users",
    title="使用人",
    noun="使用人",
    measure="人",
    model=User,
    columns=tuple(own(getattr(User, key)) for key in fields_of(User)),
    shown=("name", "role", "post", "active", "note"),
    name="name",
    form=edited_fields(User),
    orders=(Order("name", "姓名", ("name",)),),
    facets=(Facet("role", "角色"), Facet("active", "启用")),
    totals=(Total("共", unit="人"),),
    identity=(("name",),),
    empty=Empty("还没有使用人", "每人用自己的口令进入，操作记录才分得清是谁做的。"),
)

PAPERS = Register(
    key="papers",
    title="打印与导出记录",
    noun="印件",
    measure="份",
    model=PaperLog,
    columns=tuple(own(getattr(PaperLog, key)) for key in fields_of(PaperLog)),
    shown=("at", "user_name", "title", "batch", "way", "persons", "purpose"),
    name="title",
    orders=(Order("at", "时间", ("-at",)),),
    facets=(Facet("way", "方式"), Facet("user_name", "操作人"), Facet("paper", "表名代号")),
    totals=(Total("共", unit="份"),),
    empty=Empty("还没有打印过", "每次打印和导出都留下批次号、用途和人数。"),
)

BACKUPS = Register(
    key="backups",
    title="备份",
    noun="备份",
    measure="份",
    model=BackupMade,
    columns=tuple(own(getattr(BackupMade, key)) for key in fields_of(BackupMade)),
    shown=("at", "reason", "state", "size", "verified_at", "path"),
    name="path",
    orders=(Order("at", "时间", ("-at",)),),
    facets=(Facet("state", "核验"), Facet("reason", "原因")),
    totals=(Total("共", unit="份"),),
    empty=Empty("还没有备份", "导入、批量修改之前和退出时会自动备份，并在后台核验。"),
)


def _is_undone(_: AsOf) -> sa.ColumnElement[Any]:
    """Whether the import's act was taken back and the taking back stands."""
    undoer, again = sa.orm.aliased(Act), sa.orm.aliased(Act)
    return (
        sa.exists()
        .where(undoer.undoes == ImportLog.act_id, ~sa.exists().where(again.undoes == undoer.id))
        .correlate(ImportLog)
    )


IMPORTS = Register(
    key="imports",
    title="导入记录",
    noun="导入",
    measure="次",
    model=ImportLog,
    columns=(
        *(own(getattr(ImportLog, key)) for key in fields_of(ImportLog)),
        derived("undone", YesNo("已撤销", width=12), _is_undone),
    ),
    shown=("at", "user_name", "file", "register_title", "new", "filled", "changed", "held", "undone"),
    name="file",
    orders=(Order("at", "时间", ("-at",)),),
    facets=(
        Facet("register_title", "登记簿"),
        Facet("user_name", "操作人"),
        Facet("policy", "写法"),
        Facet("undone", "已撤销"),
    ),
    totals=(
        Total("共", unit="次"),
        Total("新增", "new", how="sum", unit="条"),
        Total("待处理", "held", how="sum", unit="条"),
    ),
    empty=Empty("还没有导入过", "每次导入的文件、新增和改动的条数都记在这里；撤销过的也留着，注明已撤销。"),
)


def _listed(_: AsOf) -> sa.ColumnElement[Any]:
    return sa.select(sa.func.count()).where(Visit.round_id == Round.id).correlate(Round).scalar_subquery()


def _cash(_: AsOf) -> sa.ColumnElement[Any]:
    total = sa.func.coalesce(sa.func.sum(Visit.cash), 0)
    return sa.select(total).where(Visit.round_id == Round.id).correlate(Round).scalar_subquery()


ROUNDS = Register(
    key="rounds",
    title="走访批次",
    noun="批次",
    measure="批",
    model=Round,
    place="visits",
    columns=(
        *(own(getattr(Round, key)) for key in fields_of(Round)),
        derived("people", Count("人数", width=12), _listed),
        derived("cash", Money("慰问金合计", width=24), _cash),
    ),
    shown=("title", "occasion", "day", "people", "cash", "rule"),
    name="title",
    form=("title", "fund", "budget", "note"),
    orders=(Order("day", "造册日期", ("-day", "title")),),
    facets=(Facet("occasion", "时机"), Facet("year", "年度")),
    totals=(
        Total("共", unit="批"),
        Total("人次", "people", how="sum", unit="人次"),
        Total("金额", "cash", how="sum", unit="元"),
    ),
    identity=(("title",),),
    empty=Empty("还没有走访批次", "在老干部名单里选好人，点「加入走访批次」就能造册、印慰问名册和签领表。"),
)

VISITS = Register(
    key="visits",
    title="走访名单",
    noun="走访",
    measure="人次",
    model=Visit,
    place="visits",
    columns=(
        linked(Visit.person_id, Person.name),
        linked(Visit.person_id, Person.last_unit, key="person_unit", label="原工作单位"),
        linked(Visit.round_id, Round.title, order=Round.day),
        *(own(getattr(Visit, key)) for key in fields_of(Visit) if key not in {"round_id", "person_id"}),
    ),
    shown=(
        "serial",
        "person_id",
        "person_unit",
        "round_id",
        "reason",
        "cash",
        "goods",
        "receive_way",
        "leader",
        "planned",
    ),
    name="person_id",
    form=("cash", "goods", "receive_way", "leader", "companion", "planned", "note"),
    orders=(Order("serial", "册内序", ("round_id", "serial")),),
    facets=(Facet("round_id", "批次"), Facet("receive_way", "领取方式"), Facet("leader", "走访领导")),
    totals=(Total("共", unit="人次"), Total("慰问金", "cash", how="sum", unit="元")),
    identity=(("round_id", "person_id"),),
    empty=Empty("还没有走访名单", "名单由走访批次带出。"),
)
