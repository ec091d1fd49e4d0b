"""The workbench: it stands at once, its lines lead to where they are done, its figures open their names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cadre_desk.actions import safekeeping
from cadre_desk.actions.due import Due, Group
from cadre_desk.actions.yearly import FiveYears
from cadre_desk.db import keyslots, settings
from cadre_desk.db.clock import Clock
from cadre_desk.db.container import Reason
from cadre_desk.db.journal import CannotUndo
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.places import backups_beside
from cadre_desk.registers.catalogue import register
from cadre_desk.ui.backup_keeper import BackupKeeper
from cadre_desk.ui.due_card import DueLine, GroupHead, allot
from cadre_desk.ui.kit.buttons import Button
from cadre_desk.ui.kit.cards import FigureTile
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Go, Office, Person, Said
from cadre_desk.ui.today_page import TodayPage
from tests.actions.due_office import TODAY, fill, found
from tests.ui.desk_window import dress, faults, press, show


class Desk:
    """The workbench of an office, with where it wanted to go and what it said."""

    def __init__(self, qtbot: QtBot, folder: Path, *, filled: bool = True, day: date = TODAY) -> None:
        self.qtbot = qtbot
        book = found(folder, Clock(day))
        if filled:
            fill(book)
        self.office = Office(book, Person("周敏", "1"))
        self.wanted: list[Go] = []
        self.said: list[Said] = []
        self.office.wanted.connect(self.wanted.append)
        self.office.said.connect(self.said.append)
        self.page = TodayPage(self.office)
        show(qtbot, self.page, 1218, 694)
        self.page.arrive(Go("today"))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(self.page.settled, timeout=20_000)

    def line(self, name: str) -> DueLine:
        return next(line for line in self.page.due.lines() if line.due.name == name)

    def close(self) -> None:
        self.page.shut()
        self.office.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))
    dress()
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()


def test_the_head_says_the_day_and_how_much_there_is(desk: Desk) -> None:
    assert desk.page.header.title.text() == "1月26日 星期一"
    assert desk.page.header.context.text() == "待办 13 件；春节走访还有 4 人"
    assert desk.page.due.note.text() == "13 件，其中 1 件已逾期"


def test_the_sum_is_that_of_the_heads_below_it(desk: Desk) -> None:
    told = [
        [text.text() for text in head.findChildren(Text)][1] for head in desk.page.due.findChildren(GroupHead)
    ]
    assert "4 人" in told
    assert sum(int(count) for count in told if count.isdecimal()) == 13


def test_a_line_that_stands_for_several_persons_counts_them_all(desk: Desk) -> None:
    line = Due("近日生日", "今天 4 人", "看名单", "4 人")
    several = Group("birthdays", "生日与祝寿", (line,), 4)
    waiting = Group("rounds", "走访未完成", (line,), 200, apart=True)
    desk.page.due.show_groups([several, waiting])
    assert desk.page.due.note.text() == "4 件"


def test_the_frame_stands_before_anything_is_counted(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    book = found(tmp_path)
    office = Office(book, Person("周敏", "1"))
    page = TodayPage(office)
    show(qtbot, page, 1218, 694)
    page.refresh()
    assert page.header.title.text() == "1月26日 星期一"
    assert not page.due.lines()
    qtbot.waitUntil(page.settled, timeout=20_000)
    page.shut()
    office.close()


def test_every_group_is_told_with_its_lines(desk: Desk) -> None:
    names = [line.due.name for line in desk.page.due.lines()]
    assert names[:3] == ["赵克勤", "唐明义", "王宏远"]
    assert {"教育系统第三支部", "2026年春节慰问", "邓长河", "党员无支部", "本机备份"} <= set(names)
    assert len(desk.page.due.findChildren(GroupHead)) == 6


def test_a_line_leads_to_where_it_is_done(desk: Desk) -> None:
    for name, page, shown in (
        ("赵克勤", "card", "people"),
        ("教育系统第三支部", "card", "branches"),
        ("2026年春节慰问", "round", "rounds"),
        ("移动盘备份", "system", ""),
    ):
        desk.line(name).verb.click()
        went = desk.wanted[-1]
        assert (went.page, went.register) == (page, shown)
    desk.line("党员无支部").verb.click()
    listing = desk.wanted[-1].listing
    assert listing is not None
    with desk.office.desk.read() as session:
        assert listing.count(session) == 1


def test_the_card_opened_is_that_persons(desk: Desk) -> None:
    desk.line("赵克勤").verb.click()
    record = desk.wanted[-1].record
    with desk.office.desk.read() as session:
        row = desk.office.listing(register("people")).showing("name").rows_of(session, [record])
    assert row[record].values == ("赵克勤",)


def test_the_countdown_is_to_the_next_festival(desk: Desk) -> None:
    assert desk.page.festival.accessibleName() == "距春节 22 天"
    assert desk.page.festival._waiting.text() == "慰问名册 7 人，已走访 3 人"


def test_a_figure_opens_the_names_behind_it(desk: Desk) -> None:
    tile = desk.page.figures.findChildren(FigureTile)[0]
    assert tile.accessibleName().startswith("离退休干部 7 人")
    tile.click()
    listing = desk.wanted[-1].listing
    assert listing is not None
    with desk.office.desk.read() as session:
        assert listing.count(session) == 7


@pytest.mark.parametrize(
    ("key", "held", "page", "listed"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "edit", "people"),
        (Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier, "import", "people"),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "round", "people"),
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier, "list", "people"),
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier, "figures", ""),
    ],
)
def test_common_acts_have_keys(
    desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier, page: str, listed: str
) -> None:
    desk.page.activateWindow()
    desk.page.setFocus()
    press(desk.page, key, held)
    assert (desk.wanted[-1].page, desk.wanted[-1].register) == (page, listed)


def test_backing_up_from_the_workbench_takes_its_line_away(desk: Desk) -> None:
    desk.line("本机备份").verb.click()
    desk.qtbot.waitUntil(lambda: bool(desk.said), timeout=20_000)
    desk.settle()
    assert desk.said[-1].text == "已备份并核验"
    assert desk.said[-1].file is not None
    assert "本机备份" not in [line.due.name for line in desk.page.due.lines()]


def test_an_act_is_taken_back_from_where_it_is_told(desk: Desk) -> None:
    undo = [
        one for one in desk.page.lately.findChildren(Button) if "登记去世：丁茂才" in one.accessibleName()
    ]
    undo[0].click()
    desk.qtbot.waitUntil(lambda: bool(desk.said), timeout=20_000)
    desk.settle()
    assert (desk.said[-1].text, desk.said[-1].detail) == ("已撤销", "登记去世：丁茂才")
    assert desk.said[-1].undo_act
    assert desk.page.header.context.text().endswith("春节走访还有 5 人")


def test_the_page_follows_a_change(desk: Desk) -> None:
    with desk.office.desk.unit("改设置") as session:
        settings.write(session, {settings.BIRTHDAY_DAYS.key: 5})
    desk.qtbot.waitUntil(
        lambda: "唐明义" not in [line.due.name for line in desk.page.due.lines()], timeout=20_000
    )


def test_figures_are_counted_again_only_after_a_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []
    count = desk.page._count

    def counting() -> tuple[FiveYears, ...]:
        counts.append(1)
        return count()

    monkeypatch.setattr(desk.page, "_count", counting)
    desk.page.arrive(Go("today"))
    desk.settle()
    assert counts == []
    with desk.office.desk.unit("改设置") as session:
        settings.write(session, {settings.LEADER.key: "罗永昌"})
    desk.qtbot.waitUntil(lambda: counts == [1], timeout=20_000)
    desk.settle()


def test_an_empty_ledger_says_how_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    desk = Desk(qtbot, tmp_path, filled=False)
    assert desk.page._empty.isVisible()
    assert desk.page.header.context.text() == ""
    desk.page._empty.acted.emit("import")
    assert desk.wanted[-1] == Go("import", register="people")
    assert faults(qtbot, desk.page) == []
    desk.close()


def test_the_founding_of_a_ledger_is_not_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    dress()
    desk = Desk(qtbot, tmp_path, filled=False)
    offered = [one.accessibleName() for one in desk.page.lately.findChildren(Button)]
    assert "撤销：建立台账" not in offered
    assert desk.office.desk.last_act() is None
    with pytest.raises(CannotUndo, match="谁也进不来"):
        desk.office.desk.undo(1)
    desk.close()


def test_lines_are_shared_out_fairly() -> None:
    assert allot([5, 1, 3], 9) == [5, 1, 3]
    assert allot([5, 1, 3], 6) == [3, 1, 2]
    assert allot([5, 1, 3], 3) == [1, 1, 1]
    assert allot([5, 1, 3], 0) == [1, 1, 1]
    assert allot([], 9) == []


@pytest.mark.parametrize(("factor", "width"), [(1.0, 1218), (1.25, 1180), (1.5, 1270), (2.0, 1238)])
def test_the_workbench_has_no_faults_at_any_text_size(
    qtbot: QtBot, tmp_path: Path, factor: float, width: int
) -> None:
    dress(factor)
    desk = Desk(qtbot, tmp_path)
    desk.page.resize(width, 680)
    assert faults(qtbot, desk.page) == []
    desk.close()
    dress()


def test_what_was_made_in_passing_is_verified_in_the_background(desk: Desk) -> None:
    keeper = BackupKeeper(desk.office)
    safekeeping.make_backup(desk.office.ledger, Reason.BULK)
    with desk.qtbot.waitSignal(keeper.moved, timeout=20_000) as heard:
        keeper.verify()
    assert (heard.args or [None])[0].state == "ok"


def test_a_desk_that_closed_right_after_a_backup_is_not_asked_to_verify_it(desk: Desk) -> None:
    keeper = BackupKeeper(desk.office)
    safekeeping.make_backup(desk.office.ledger, Reason.BULK)
    desk.office.jobs.close()
    keeper.verify()
    assert desk.said == []
    with desk.office.desk.read() as session:
        assert safekeeping.has_pending(session)


def test_a_closing_desk_backs_up_what_changed(desk: Desk) -> None:
    closed: list[int] = []
    job = BackupKeeper(desk.office).close_with_backup(lambda: closed.append(1))
    assert job is not None
    desk.qtbot.waitUntil(lambda: closed == [1], timeout=20_000)
    with desk.office.desk.read() as session:
        last = safekeeping.last_verified(session)
    assert last is not None
    assert last.reason == Reason.CLOSE.label


def test_a_backup_that_cannot_be_made_does_not_keep_the_desk_open(desk: Desk, tmp_path: Path) -> None:
    backups_beside(desk.office.ledger.path).write_text("不是文件夹", "utf-8")
    closed: list[int] = []
    BackupKeeper(desk.office).close_with_backup(lambda: closed.append(1))
    desk.qtbot.waitUntil(lambda: closed == [1], timeout=20_000)
    assert desk.said[-1].is_error
    assert list(tmp_path.glob("*.cdesk"))
