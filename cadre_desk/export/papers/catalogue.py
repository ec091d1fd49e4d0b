"""Every paper by its key: what it needs, in which forms it can leave, and how it is composed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from cadre_desk.domain.errors import UserError
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.issue import Print, Way
from cadre_desk.export.listings import sheet_of
from cadre_desk.export.papers.card import registration_card
from cadre_desk.export.papers.inspections import inspection_notice
from cadre_desk.export.papers.needs import need_form
from cadre_desk.export.papers.rosters import birthday_list, branch_roster
from cadre_desk.export.papers.rounds import receipt, visit_roster
from cadre_desk.export.papers.yearbook import table_of_year
from cadre_desk.export.sheet import Paper
from cadre_desk.registers.listing import Listing

Compose = Callable[[Session, Circumstances, Any], Paper]
_TABLE = (Way.PDF, Way.XLSX)
_ID_VEILED = "这张表上的身份证号一律隐码，也没有电话和住址"
_NO_SECRETS = "这张表上没有身份证号、电话和住址"
_NO_PERSONS = "这张表上只有数，没有个人信息"

#: How a subject is written, and how that is told.
_NUMBERED = (r"[0-9]{1,18}", "要写编号（数字）")
_SUBJECT = {
    "month": (r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", "要写成年和月，例如 2026-02"),
    "year": (r"(19|20|21)[0-9]{2}", "要写四位数的年份，例如 2025"),
}


@dataclass(frozen=True, slots=True)
class PaperSpec:
    """A paper: its key (never changed once released), title, what it needs, and the series of its batches.

    ``needs`` is round, need, inspection, person, branch, month or year; ``register`` lists the subjects, ""
    where it is a date.
    ``fixed`` says why the masks switch changes nothing on it, "" where it does.
    """

    key: str
    title: str
    needs: str
    series: str
    compose: Compose
    register: str = ""
    ways: tuple[Way, ...] = _TABLE
    fixed: str = ""

    def about(self, subject: int | str) -> Print:
        """The paper about one subject.

        Raises:
            UserError: what was written names no subject: not a number, not a year or not a month.
        """
        text = str(subject)
        form, words = _SUBJECT.get(self.needs, _NUMBERED)
        if not re.fullmatch(form, text):
            raise UserError(f"「{self.title}」的 --{self.needs} {words}，现在是「{text}」。")
        wanted = text if self.needs == "month" else int(text)
        return Print(
            self.series,
            self.key,
            str(subject),
            lambda session, around: self.compose(session, around, wanted),
            self.fixed,
        )

    def to_json(self) -> dict[str, Any]:
        """As the command line lists it."""
        return {
            "key": self.key,
            "title": self.title,
            "needs": [self.needs],
            "formats": [str(way) for way in self.ways],
        }


PAPERS: tuple[PaperSpec, ...] = (
    PaperSpec("visit_roster", "走访慰问名册", "round", "MC", visit_roster, "rounds"),
    PaperSpec("receipt", "慰问金发放签领表", "round", "FF", receipt, "rounds", fixed=_ID_VEILED),
    PaperSpec("need", "老干部诉求督办单", "need", "DB", need_form, "needs", (Way.PDF,)),
    PaperSpec(
        "inspection", "督查抽查通报", "inspection", "TB", inspection_notice, "inspections", fixed=_NO_SECRETS
    ),
    PaperSpec("card", "老干部登记卡", "person", "KP", registration_card, "people", (Way.PDF,)),
    PaperSpec("branch_roster", "党支部党员名册", "branch", "DZB", branch_roster, "branches"),
    PaperSpec("birthdays", "生日祝寿名单", "month", "SR", birthday_list),
    PaperSpec("t1", "离休干部基本情况（T1）", "year", "NB", table_of_year("t1"), fixed=_NO_PERSONS),
    PaperSpec("t2", "退休干部基本情况（T2）", "year", "NB", table_of_year("t2"), fixed=_NO_PERSONS),
    PaperSpec("t3", "离退休干部增减变动情况（T3）", "year", "NB", table_of_year("t3"), fixed=_NO_PERSONS),
)


def paper(key: str) -> PaperSpec:
    """One paper.

    Raises:
        UserError: there is none of that key.
    """
    for one in PAPERS:
        if one.key == key:
            return one
    raise UserError(f"没有「{key}」这种表。可用的有：{'、'.join(one.key for one in PAPERS)}。")


def roster_of(listing: Listing, *, view: str = "") -> Print:
    """Any listing as a 花名册 with the columns it shows; ``view`` is the name it is kept under."""
    return Print(
        "MC",
        f"roster.{listing.register.key}",
        listing.words()[:200],
        lambda session, around: sheet_of(session, listing, around, view=view),
    )
