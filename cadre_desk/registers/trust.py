"""Who did what: acts, users, papers printed, imports, backups."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cadre_desk.db.base import edited_fields, fields_of
from cadre_desk.db.models import Act, BackupMade, PaperLog, User
from cadre_desk.db.models.trust import ImportLog
from cadre_desk.domain.fields import Count, YesNo
from cadre_desk.registers.columns import AsOf, derived, own
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
