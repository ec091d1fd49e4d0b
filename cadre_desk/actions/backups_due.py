"""How safe the ledger is: the line at the foot of the window, and what the workbench says is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions import safekeeping
from cadre_desk.actions.due import Due, Group, Weight
from cadre_desk.db import settings
from cadre_desk.db.models import BackupMade

#: A second copy is wanted once a week …
SECOND_DAYS: Final = 7
#: … and a verified backup each day.
FRESH_DAYS: Final = 1


@dataclass(frozen=True, slots=True)
class Safety:
    """The state of the backups in one line; ``state`` is ok, working (nothing to say of it), warn or bad."""

    text: str
    state: str


def safety(session: Session, now: datetime, *, demo: bool = False) -> Safety:
    """When the last verified backup was made and where it lies, or what is wrong.

    A ``demo`` holds nobody's records and is not backed up by itself: that there is no backup is no alarm.
    """
    newest = _newest(session)
    last = safekeeping.last_verified(session)
    if newest is not None and newest.state == safekeeping.DAMAGED:
        return Safety("最近一次备份没有通过核验", "bad")
    if demo and (last is None or (now.date() - last.at.date()).days > FRESH_DAYS):
        return Safety("演示台账，不自动备份", "working")
    if last is None:
        return Safety("还没有核验过的备份", "warn" if newest is not None else "bad")
    days = (now.date() - last.at.date()).days
    text = f"最近备份 {_moment(last.at, now)}·已核验·{_where(Path(last.path))}"
    return Safety(text, "ok" if days <= FRESH_DAYS else "warn")


def backups(session: Session, today: date, *, demo: bool = False) -> Group:
    """备份: no verified copy of late, and none of late on the second medium; a ``demo`` is not pressed to."""
    dues = [*_first(session, today), *_second(session, today)]
    if demo:
        dues = [due for due in dues if due.weight is not Weight.SOON]
    return Group("backups", "备份", tuple(dues), len(dues))


def _first(session: Session, today: date) -> list[Due]:
    newest = _newest(session)
    last = safekeeping.last_verified(session)
    if newest is not None and newest.state == safekeeping.DAMAGED:
        what = "最近一次备份没有通过核验，请换个文件夹再备份一次"
        return [Due("本机备份", what, "立即备份", "没有通过", Weight.LATE, place="backup")]
    if last is None:
        return [Due("本机备份", "还没有核验过的备份", "立即备份", "今天", Weight.SOON, place="backup")]
    days = (today - last.at.date()).days
    if days <= FRESH_DAYS:
        return []
    what = f"上次备份是 {_day(last.at.date(), today)}，今天应再备份一次"
    return [Due("本机备份", what, "立即备份", f"{days} 天前", Weight.SOON, place="backup")]


def _second(session: Session, today: date) -> list[Due]:
    folder = settings.read(session, settings.BACKUP_SECOND)
    if not folder:
        what = "还没有设第二备份位置；电脑坏了要靠移动盘上的那一份"
        return [Due("移动盘备份", what, "去设置", place="settings")]
    query = sa.select(sa.func.max(BackupMade.at)).where(
        BackupMade.reason == safekeeping.SECOND, BackupMade.path.startswith(folder, autoescape=True)
    )
    last = session.scalar(query)
    if last is None:
        return [Due("移动盘备份", "还没有存过移动盘", "立即备份", "今天", Weight.SOON, place="backup")]
    days = (today - last.date()).days
    if days < SECOND_DAYS:
        return []
    what = f"上次写入移动盘 {_day(last.date(), today)}，今天应再存一份"
    return [Due("移动盘备份", what, "立即备份", f"{days} 天前", place="backup")]


def _newest(session: Session) -> BackupMade | None:
    query = sa.select(BackupMade).where(BackupMade.state != safekeeping.CLEARED)
    return session.scalars(query.order_by(BackupMade.at.desc(), BackupMade.id.desc()).limit(1)).first()


def _moment(at: datetime, now: datetime) -> str:
    return f"今天 {at:%H:%M}" if at.date() == now.date() else f"{at:%m-%d %H:%M}"


def _day(day: date, today: date) -> str:
    year = "" if day.year == today.year else f"{day.year} 年 "
    return f"{year}{day.month} 月 {day.day} 日"


def _where(path: Path) -> str:
    """The drive on Windows, else the folder."""
    drive = path.drive.rstrip(":")
    return f"{drive}盘" if len(drive) == 1 else path.parent.name
