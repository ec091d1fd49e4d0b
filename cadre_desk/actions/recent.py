"""What was open or done lately: the ledgers this computer knows, and the last acts and papers of a ledger."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db import journal
from cadre_desk.db.durable import write_durably
from cadre_desk.db.models import Act, PaperLog
from cadre_desk.db.places import data_folder

#: The list of ledgers lies in the user's data folder: it says nothing of what is in them.
FILE: Final = "recent.json"
#: Ledgers remembered, the last opened first.
MOST: Final = 8
#: What a paper that left as a file is said to have been: the log keeps the kind of file.
_WAYS: Final = {"pdf": "存为 PDF", "xlsx": "导出 Excel", "csv": "导出 CSV"}


@dataclass(frozen=True, slots=True)
class KnownLedger:
    """A ledger that was open on this computer: where, whose office, who signed in last."""

    path: Path
    office: str = ""
    user: str = ""

    @property
    def is_there(self) -> bool:
        """Whether the file still lies where it lay (a stick may be out, a file renamed)."""
        return self.path.is_file()


def recent_ledgers(home: Path | None = None) -> tuple[KnownLedger, ...]:
    """The ledgers opened here, the last first; a list that can't be read is an empty one."""
    try:
        told = json.loads(((home or data_folder()) / FILE).read_bytes())
        return tuple(KnownLedger(Path(one["path"]), str(one["office"]), str(one["user"])) for one in told)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def remember(path: Path, office: str, user: str, home: Path | None = None) -> None:
    """Put a ledger at the head of the list; an unwritable data folder is no reason to stop."""
    first = KnownLedger(path.resolve(), office, user)
    others = [one for one in recent_ledgers(home) if one.path != first.path]
    _write([first, *others][:MOST], home)


def forget(path: Path, home: Path | None = None) -> None:
    """Take a ledger off the list; the file stays where it is."""
    gone = path.resolve()
    _write([one for one in recent_ledgers(home) if one.path != gone], home)


def _write(ledgers: list[KnownLedger], home: Path | None) -> None:
    told = [{"path": str(one.path), "office": one.office, "user": one.user} for one in ledgers]
    with suppress(OSError):
        write_durably((home or data_folder()) / FILE, json.dumps(told, ensure_ascii=False, indent=1).encode())


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing done lately: an act (``act`` is its number), or what stays done, as a paper (0).

    ``undone`` tells that the act was taken back since.
    """

    at: datetime
    user: str
    title: str
    act: int = 0
    undone: bool = False


def lately(session: Session, most: int = 5) -> tuple[Doing, ...]:
    """The last acts and papers, the newest first; an act that undid another is told by what it undid."""
    acts = session.scalars(
        sa.select(Act).where(Act.undoes.is_(None), Act.records > 0).order_by(Act.id.desc()).limit(most)
    )
    doings = [
        Doing(
            act.at,
            act.user_name,
            act.title,
            act.id if act.title != journal.FOUNDING else 0,
            not journal.stands(session, act.id),
        )
        for act in acts
    ]
    papers = session.scalars(sa.select(PaperLog).order_by(PaperLog.id.desc()).limit(most))
    doings += [Doing(one.at, one.user_name, _left(one)) for one in papers]
    return tuple(sorted(doings, key=lambda one: (one.at, one.act or math.inf), reverse=True)[:most])


def _left(paper: PaperLog) -> str:
    """打印 老干部花名册（7 人）; a paper of figures is about no persons."""
    persons = f"（{paper.persons:,} 人）" if paper.persons else ""
    return f"{_WAYS.get(paper.way, paper.way)} {paper.title}{persons}"
