"""The office itself: settings, units, places, code amendments, saved views, scans, closed years."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cadre_desk.db.base import MomentType, Record, column
from cadre_desk.db.models.facts import FactColumns
from cadre_desk.domain.fields import Code, Count, Dated, Link, Phone, Text


class Setting(Record):
    """One setting of the office; the value is JSON text."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    value: Mapped[str] = mapped_column(sa.String())


class Unit(Record):
    """管理单位: a unit that keeps retired cadres on its books, in the office's own order (机构序)."""

    __tablename__ = "unit"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "short_name", "code")

    code: Mapped[str | None] = column(Text("机构代码", limit=20, width=18), unique=True)
    name: Mapped[str] = column(
        Text("单位名称", required=True, width=50, aliases=("单位", "名称", "机构名称")), unique=True
    )
    short_name: Mapped[str | None] = column(Text("简称", limit=40, width=30))
    parent_id: Mapped[int | None] = column(Link("上级单位", to="units", width=40), sa.ForeignKey("unit.id"))
    nature: Mapped[str | None] = column(
        Code("单位性质", table="unit_nature", dated=True, width=16, rule="按会计主体性质填机关、事业或企业")
    )
    subordination: Mapped[str | None] = column(Code("隶属关系", table="subordination", width=18))
    serial: Mapped[int] = column(Count("机构序", required=True, width=14), server_default="0", index=True)
    contact: Mapped[str | None] = column(Text("老干部工作联系人", limit=40, width=26))
    phone: Mapped[str | None] = column(Phone("联系电话", width=26))
    opened: Mapped[Any] = column(Dated("成立时间", width=17))
    closed: Mapped[Any] = column(Dated("撤销时间", width=17))
    note: Mapped[str | None] = column(Text("备注", width=30))


class UnitFact(FactColumns, Record):
    """A dated fact of a unit (单位性质)."""

    __tablename__ = "unit_fact"
    OWNER: ClassVar[str] = "unit"


class Place(Record):
    """乡镇街道, in the county's order."""

    __tablename__ = "place"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[str] = column(Text("乡镇街道", required=True, limit=60, width=30), unique=True)
    division: Mapped[str | None] = column(Text("行政区划代码", limit=12, width=24))
    serial: Mapped[int] = column(Count("次序", required=True, width=12), server_default="0")
    note: Mapped[str | None] = column(Text("备注", width=30))


class CodeAmendment(Record):
    """The office's own item of a code table; a retired code keeps showing its label on old records."""

    __tablename__ = "code_amendment"
    SEARCHED: ClassVar[tuple[str, ...]] = ("table_key", "code", "label")
    __table_args__ = (sa.UniqueConstraint("table_key", "code"), {"sqlite_autoincrement": True})

    table_key: Mapped[str] = column(Text("代码表", required=True, limit=40, width=30))
    code: Mapped[str] = column(Text("代码", required=True, limit=20, width=16))
    label: Mapped[str] = column(Text("名称", required=True, limit=60, width=40))
    short: Mapped[str | None] = column(Text("简称", limit=30, width=24))
    retired: Mapped[bool | None] = mapped_column(sa.Boolean(create_constraint=False))


class SavedView(Record):
    """A listing that the office keeps under a name: conditions, order and columns as JSON."""

    __tablename__ = "saved_view"

    register: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = column(Text("视图名称", required=True, limit=20))
    listing: Mapped[str] = mapped_column(sa.String())
    serial: Mapped[int] = mapped_column(server_default="0")


class Attachment(Record):
    """The bytes of a scan or photo, once, by their SHA-256; append-only and not journaled."""

    __tablename__ = "attachment"
    JOURNALED: ClassVar[bool] = False

    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    media_type: Mapped[str] = mapped_column(sa.String(60))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary())
    added_at: Mapped[Any] = mapped_column(MomentType())


class ClosedYear(Record):
    """A year whose figures are closed; 入账日 never falls into it again."""

    __tablename__ = "closed_year"

    year: Mapped[int] = mapped_column(unique=True)
    closed_at: Mapped[Any] = mapped_column(MomentType())
