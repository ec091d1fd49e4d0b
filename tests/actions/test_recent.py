"""What was open or done lately, the headline figures, and the end of a demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cadre_desk.actions import recent, safekeeping, yearly
from cadre_desk.actions.demo_ledger import wipe_demo
from cadre_desk.actions.papers import Leaving, take_batch
from cadre_desk.db import keyslots
from cadre_desk.db.container import Reason
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.ledger import create_open
from cadre_desk.db.ledger_lock import LedgerInUse
from cadre_desk.db.models import ClosedYear
from cadre_desk.db.places import data_folder
from cadre_desk.domain.errors import UserError
from cadre_desk.stats.figure import Period
from tests.actions.due_office import TODAY, fill, found


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))


def test_the_last_opened_ledger_stands_first_and_once(tmp_path: Path) -> None:
    one, other = tmp_path / "甲.cdesk", tmp_path / "乙.cdesk"
    for path in (one, other, one):
        recent.remember(path, "青岚县老干部局", "周敏")
    assert [known.path for known in recent.recent_ledgers()] == [one, other]
    assert not recent.recent_ledgers()[0].is_there
    recent.forget(one)
    assert [known.path for known in recent.recent_ledgers()] == [other]


def test_only_a_handful_of_ledgers_is_remembered(tmp_path: Path) -> None:
    for number in range(20):
        recent.remember(tmp_path / f"{number}.cdesk", "局", "人")
    assert len(recent.recent_ledgers()) == recent.MOST


def test_a_torn_list_is_an_empty_one() -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / recent.FILE).write_text('[{"path": 1}', "utf-8")
    assert recent.recent_ledgers() == ()


def test_lately_tells_acts_and_papers_and_what_was_taken_back(tmp_path: Path) -> None:
    with found(tmp_path) as book:
        fill(book)
        take_batch(book.desk, Leaving("MC", "roster", "people", "老干部花名册", "打印", 7, "0" * 64))
        take_batch(book.desk, Leaving("NB", "yearbook", "", "2025年统计年报", "xlsx", 0, "0" * 64))
        book.desk.undo()
        with book.desk.read() as session:
            told = recent.lately(session, 4)
    titles = {one.title: one for one in told}
    assert "打印 老干部花名册（7 人）" in titles
    assert "导出 Excel 2025年统计年报" in titles
    assert titles["登记去世：丁茂才"].undone
    assert not any(one.title.startswith("撤销") for one in told)


def test_the_year_before_is_shown_until_its_report_is_done(tmp_path: Path) -> None:
    with found(tmp_path) as book:
        with book.desk.read() as session:
            assert yearly.shown_year(session, date(2026, 1, 26)) == 2025
            assert yearly.shown_year(session, date(2026, 4, 1)) == 2026
        with book.desk.unit("结账") as session:
            session.add(ClosedYear(year=2025, closed_at=book.desk.clock.now()))
        with book.desk.read() as session:
            assert yearly.shown_year(session, date(2026, 1, 26)) == 2026


def test_a_running_year_is_held_against_the_same_day_of_the_others() -> None:
    today = date(2028, 2, 29)
    assert yearly.period_of(2027, 2028, today).last == date(2027, 2, 28)
    assert yearly.period_of(2028, 2028, today).last == today
    assert yearly.period_of(2025, 2025, date(2026, 1, 26)).last == date(2025, 12, 31)


def test_headlines_are_the_figures_of_the_catalogue(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with found(tmp_path) as book:
        fill(book)
        with book.desk.read() as session:
            told = yearly.headlines(session, TODAY, lambda done, total: steps.append((done, total)))
            for one in told:
                for back, number in enumerate(reversed(one.numbers)):
                    period = Period.year(2025 - back, TODAY)
                    assert number == one.figure.value(session, period).number
    assert [one.figure.key for one in told] == list(yearly.HEADLINES)
    assert steps[-1] == (len(yearly.HEADLINES), len(yearly.HEADLINES))
    by_key = {one.figure.key: one for one in told}
    assert (by_key["person.on_books"].number, by_key["branch.active"].number) == (7, 5)


def test_a_demo_is_wiped_wholly(tmp_path: Path) -> None:
    with create_open(tmp_path / "demo.cdesk") as book:
        book.desk.user = "周敏"
        fill(book)
        safekeeping.make_backup(book, Reason.MANUAL)
        recent.remember(book.path, "青岚县老干部局", "周敏")
        with pytest.raises(LedgerInUse):
            wipe_demo(book.path)
    wipe_demo(book.path)
    assert list(tmp_path.iterdir()) == []
    assert list((data_folder() / "keys").iterdir()) == []
    assert recent.recent_ledgers() == ()


def test_a_real_ledger_is_never_wiped(tmp_path: Path) -> None:
    with found(tmp_path) as book:
        path = book.path
    with pytest.raises(UserError, match="真实数据"):
        wipe_demo(path)
    assert path.exists()
