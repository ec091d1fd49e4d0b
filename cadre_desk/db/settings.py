"""The office's settings: each declared once as a field with a key and a default; kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Setting
from cadre_desk.domain.fields import AnyField, Count, Text, YesNo


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting: its key in the ledger (never changed once released), its field, what holds unless set."""

    key: str
    field: AnyField
    default: Any


OFFICE: Final = Declared(
    "office.name", Text("单位名称", required=True, rule="印在所有表格的「制表单位」"), ""
)
COUNTY: Final = Declared("office.county", Text("所在县（区）", required=True, rule="写进表格的标题"), "")
LEADER: Final = Declared("office.leader", Text("单位负责人", limit=20), "")
POSTCODE: Final = Declared("office.postcode", Text("邮政编码", limit=6), "")
LEAP_FOLLOWS_LEAP: Final = Declared(
    "birthday.leap",
    YesNo("闰月生日过闰月", rule="当年有同一个闰月时，在闰月过；平年都在本月过"),
    default=False,
)
BIRTHDAY_DAYS: Final = Declared("birthday.days", Count("生日提前提醒", unit="天"), 30)
TEXT_SIZE: Final = Declared("window.text", Text("文字大小", rule="标准、大、特大"), "标准")
BACKUP_SECOND: Final = Declared(
    "backup.second", Text("第二备份位置", limit=500, rule="U 盘或另一块硬盘上的文件夹"), ""
)

#: In the order of the settings page.
SETTINGS: Final = (
    OFFICE,
    COUNTY,
    LEADER,
    POSTCODE,
    TEXT_SIZE,
    LEAP_FOLLOWS_LEAP,
    BIRTHDAY_DAYS,
    BACKUP_SECOND,
)


def read(session: Session, setting: Declared) -> Any:
    """The value that holds."""
    text = session.scalar(sa.select(Setting.value).where(Setting.key == setting.key))
    return setting.default if text is None else json.loads(text)


def read_key(session: Session, key: str) -> Any:
    """What is kept under a key that is no declared setting (remembered layouts); None if nothing is."""
    text = session.scalar(sa.select(Setting.value).where(Setting.key == key))
    return None if text is None else json.loads(text)


def write(session: Session, values: Mapping[str, Any]) -> None:
    """Set values by key, inside a unit."""
    for key, value in values.items():
        text = json.dumps(value, ensure_ascii=False)
        found = session.scalars(sa.select(Setting).where(Setting.key == key)).first()
        if found is None:
            session.add(Setting(key=key, value=text))
        else:
            found.value = text
    session.flush()
