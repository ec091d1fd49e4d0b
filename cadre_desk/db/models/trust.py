"""Who did what: users, acts, the journal, and the logs of papers, of values shown and of backups made."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cadre_desk.db.base import Base, Record, column
from cadre_desk.domain.fields import Code, Count, Moment, Name, Text, YesNo


class About(Base):
    """What the ledger knows of itself (its id, the newest revision of its keys); no act undoes it."""

    __tablename__ = "about"
    JOURNALED: ClassVar[bool] = False

    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    value: Mapped[str] = mapped_column(sa.String())


class User(Record):
    """Someone who signs in: 管理员, 经办 or 审核. An audit needs names: users are switched off."""

    __tablename__ = "user"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[str] = column(Name("姓名", required=True, limit=40, width=22), unique=True)
    role: Mapped[str] = column(Code("角色", table="role", required=True, width=18))
    active: Mapped[bool] = column(YesNo("启用", required=True, width=12), server_default=sa.true())
    post: Mapped[str | None] = column(Text("职务", limit=40, width=32))
    note: Mapped[str | None] = column(Text("备注", width=30))


class Act(Record):
    """One titled act of one user; its lines stand in the journal."""

    __tablename__ = "act"
    JOURNALED: ClassVar[bool] = False
    SEARCHED: ClassVar[tuple[str, ...]] = ("title", "user_name")

    at: Mapped[datetime] = column(Moment("时间", required=True, width=32), index=True)
    user_name: Mapped[str] = column(Text("操作人", required=True, width=20))
    title: Mapped[str] = column(Text("操作", required=True, width=80))
    records: Mapped[int] = column(Count("记录数", required=True, width=16), server_default="0")
    undoes: Mapped[int | None] = column(Count("撤销的操作号", width=20), sa.ForeignKey("act.id"), index=True)


class Journal(Base):
    """One row changed by one act: I has no image, U [old, new] of each changed column, D the whole row."""

    __tablename__ = "journal"
    JOURNALED: ClassVar[bool] = False
    __table_args__ = (
        sa.Index("ix_journal_row", "table_name", "row_id"),
        {"sqlite_autoincrement": True},
    )

    act_id: Mapped[int] = mapped_column(sa.ForeignKey("act.id"), index=True)
    table_name: Mapped[str] = mapped_column(sa.String(40))
    row_id: Mapped[int]
    op: Mapped[str] = mapped_column(sa.String(1))
    image: Mapped[str | None] = mapped_column(sa.String())


class PaperLog(Record):
    """A paper that was printed or exported: batch number, purpose, count, and the hash of what it said."""

    __tablename__ = "paper_log"
    JOURNALED: ClassVar[bool] = False
    SEARCHED: ClassVar[tuple[str, ...]] = ("title", "batch", "user_name", "purpose")

    at: Mapped[datetime] = column(Moment("时间", required=True, width=32))
    user_name: Mapped[str] = column(Text("操作人", required=True, width=20))
    paper: Mapped[str] = column(Text("表名代号", required=True, width=20))
    subject: Mapped[str] = column(Text("对象", required=True, width=20))
    title: Mapped[str] = column(Text("标题", required=True, width=70))
    batch: Mapped[str] = column(Text("批次号", required=True, width=36), unique=True)
    way: Mapped[str] = column(Text("方式", required=True, width=14))
    purpose: Mapped[str | None] = column(Text("用途", width=40))
    persons: Mapped[int] = column(Count("人数", required=True, width=14))
    digest: Mapped[str] = mapped_column(sa.String(64))


class SightLog(Record):
    """A masked value that someone asked to see."""

    __tablename__ = "sight_log"
    JOURNALED: ClassVar[bool] = False

    at: Mapped[datetime] = column(Moment("时间", required=True, width=32))
    user_name: Mapped[str] = column(Text("操作人", required=True, width=20))
    what: Mapped[str] = column(Text("内容", required=True, width=60))


class BackupMade(Record):
    """A backup file that the desk wrote, and whether it was opened and counted since."""

    __tablename__ = "backup_made"
    JOURNALED: ClassVar[bool] = False
    SEARCHED: ClassVar[tuple[str, ...]] = ("path", "reason")

    at: Mapped[datetime] = column(Moment("时间", required=True, width=32))
    path: Mapped[str] = column(Text("文件", required=True, width=80, limit=1000))
    reason: Mapped[str] = column(Text("原因", required=True, width=30))
    size: Mapped[int] = column(Count("字节", required=True, width=22))
    state: Mapped[str] = column(Code("核验", table="backup_state", required=True, width=16))
    verified_at: Mapped[datetime | None] = column(Moment("核验时间", width=32))


class ImportLog(Record):
    """A file that was imported: written with the act that it is, kept when the act is undone."""

    __tablename__ = "import_log"
    JOURNALED: ClassVar[bool] = False
    SEARCHED: ClassVar[tuple[str, ...]] = ("file", "user_name", "register_title")

    at: Mapped[datetime] = column(Moment("时间", required=True, width=32))
    user_name: Mapped[str] = column(Text("操作人", required=True, width=20))
    file: Mapped[str] = column(Text("文件", required=True, width=60, limit=255))
    register_title: Mapped[str] = column(Text("登记簿", required=True, width=20))
    policy: Mapped[str] = column(Text("写法", required=True, width=18))
    new: Mapped[int] = column(Count("新增", required=True, width=12))
    filled: Mapped[int] = column(Count("补全", required=True, width=12))
    changed: Mapped[int] = column(Count("修改", required=True, width=12))
    same: Mapped[int] = column(Count("相同", required=True, width=12))
    held: Mapped[int] = column(Count("待处理", required=True, width=12))
    act_id: Mapped[int] = column(
        Count("操作号", required=True, width=12), sa.ForeignKey("act.id"), index=True
    )
    problem_file: Mapped[str | None] = column(Text("问题清单", width=60, limit=255))
