"""What the workbench says is due: made from the data, each line with its day and the way there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cadre_desk.actions import backups_due, due, people, records, safekeeping
from cadre_desk.actions.due import Due, Group, Weight
from cadre_desk.db import keyslots, settings
from cadre_desk.db.clock import Clock
from cadre_desk.db.container import Reason
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.ledger import Ledger
from cadre_desk.domain.dates import PartialDate
from tests.actions.due_office import TODAY, fill, found


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))
    with found(tmp_path) as book:
        yield book


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    fill(ledger)
    return ledger


def groups(ledger: Ledger, today: date = TODAY) -> dict[str, Group]:
    with ledger.desk.read() as session:
        return {group.key: group for group in due.everything_due(session, today)}


def by_name(group: Group) -> dict[str, Due]:
    return {one.name: one for one in group.dues}


def test_nothing_is_due_in_an_empty_ledger(ledger: Ledger) -> None:
    assert groups(ledger) == {}


def test_birthdays_come_by_habit_and_great_ones_from_far(office: Ledger) -> None:
    group = groups(office)["birthdays"]
    lines = by_name(group)
    assert list(lines) == ["赵克勤", "唐明义", "王宏远"]
    assert (lines["赵克勤"].when, lines["赵克勤"].weight) == ("1 月 29 日", Weight.SOON)
    assert lines["赵克勤"].what == "88 周岁（农历腊月十一）"
    assert (lines["王宏远"].when, lines["王宏远"].weight) == ("2 月内", Weight.PLAIN)
    assert lines["王宏远"].what == "九十寿辰·1936年2月生·县水利局原总工程师"
    assert (lines["唐明义"].what, lines["唐明义"].when) == ("85 周岁·1941年2月生", "2 月 9 日")
    assert group.count == 3


def test_the_office_says_how_far_ahead_birthdays_are_told(office: Ledger) -> None:
    with office.desk.unit("改设置") as session:
        settings.write(session, {settings.BIRTHDAY_DAYS.key: 10})
    assert "唐明义" not in by_name(groups(office)["birthdays"])


def test_a_birthday_is_said_as_today_and_tomorrow(office: Ledger) -> None:
    assert by_name(groups(office, date(2026, 1, 29))["birthdays"])["赵克勤"].when == "今天"
    assert by_name(groups(office, date(2026, 1, 28))["birthdays"])["赵克勤"].when == "明天"
    assert "赵克勤" not in by_name(groups(office, date(2026, 1, 30))["birthdays"])


def test_birthdays_of_the_new_year_are_told_in_december(office: Ledger) -> None:
    with office.desk.unit("改设置") as session:
        settings.write(session, {settings.BIRTHDAY_DAYS.key: 150})
        people.admit(
            session,
            {"person_kind": "1", "name": "戊一民", "birth_archive": PartialDate(1947, 3, 8)},
            today=TODAY,
            happened=PartialDate(2007, 4),
        )
    assert by_name(groups(office, date(2026, 12, 20))["birthdays"])["戊一民"].when == "明年 3 月 8 日"


def test_many_ordinary_birthdays_are_one_line(office: Ledger) -> None:
    for number, name in enumerate(("甲一民", "乙一民", "丙一民", "丁一民", "戊一民")):
        with office.desk.unit("登记") as session:
            values = {
                "person_kind": "1",
                "name": name,
                "birth_archive": PartialDate(1953, 1, 26 + number % 2),
            }
            people.admit(session, values, today=TODAY, happened=PartialDate(2013, 2))
    group = groups(office)["birthdays"]
    line = group.dues[0]
    assert (line.name, line.what) == ("近日生日", "今天 3 人、明天 2 人、1 月 29 日 1 人")
    assert line.listing is not None
    with office.desk.read() as session:
        assert line.listing.count(session) == 6
        assert group.listing is not None
        assert group.listing.count(session) == group.count == 8
    assert [one.name for one in group.dues] == ["近日生日", "唐明义", "王宏远"]


def test_the_dead_have_no_birthdays(office: Ledger) -> None:
    assert "birthdays" not in groups(office, date(2026, 5, 31))
    office.desk.undo()
    assert list(by_name(groups(office, date(2026, 5, 31))["birthdays"])) == ["丁茂才"]


def test_elections_are_told_six_months_before_the_term_ends(office: Ledger) -> None:
    group = groups(office)["elections"]
    told = [(one.name, one.what, one.when, one.weight) for one in group.dues]
    assert told == [
        ("水利系统支部", "2022-12 选举，任期 3 年", "已超期 26 天", Weight.LATE),
        ("教育系统第三支部", "2023-03-18 选举，任期 3 年", "还有 51 天", Weight.SOON),
        ("东门社区支部", "2021-06-30 选举，社区支部任期 5 年", "6 月到期", Weight.PLAIN),
    ]
    assert group.late == 1


def test_a_round_waits_for_the_living_who_were_not_visited(office: Ledger) -> None:
    group = groups(office)["rounds"]
    line = group.dues[0]
    assert (group.title, group.count) == ("春节走访未完成", 4)
    assert (line.name, line.when) == ("2026年春节慰问", "距春节 22 天")
    assert line.listing is not None
    with office.desk.read() as session:
        assert line.listing.count(session) == 7


def test_a_round_of_long_ago_is_no_longer_waited_for(office: Ledger) -> None:
    assert "rounds" not in groups(office, date(2026, 6, 1))


def test_who_lies_in_hospital_for_a_week_unvisited_stands_out(office: Ledger) -> None:
    lines = by_name(groups(office)["hospital"])
    long, short = lines["邓长河"], lines["覃玉芬"]
    assert (long.what, long.when, long.weight) == (
        "1 月 18 日起住院·满一周未探望·县委原副书记",
        "8 天",
        Weight.SOON,
    )
    assert (short.what, short.when, short.weight) == ("1 月 23 日起住院", "3 天", Weight.PLAIN)


def test_gaps_lead_to_the_list_of_those_concerned(office: Ledger) -> None:
    lines = by_name(groups(office)["gaps"])
    assert {name: one.when for name, one in lines.items()} == {
        "党员无支部": "1 人",
        "无紧急联系人": "6 人",
        "支部无选举时间": "1 个",
    }
    listing = lines["党员无支部"].listing
    assert listing is not None
    with office.desk.read() as session:
        assert [row.values[0] for row in listing.showing("name").rows(session)] == ["马淑华"]


def test_a_gap_that_is_filled_is_no_longer_told(office: Ledger) -> None:
    with office.desk.read() as session:
        person = due.missing(session, TODAY).dues[0].listing
        assert person is not None
        key = person.ids(session)[0]
    with office.desk.unit("编入支部") as session:
        people.keep_person(session, {"branch_id": 1}, key, today=TODAY, how=records.How.CHANGE)
    assert "党员无支部" not in by_name(groups(office)["gaps"])


def test_a_ledger_without_a_verified_backup_says_so(ledger: Ledger) -> None:
    with ledger.desk.read() as session:
        group = backups_due.backups(session, TODAY)
        assert backups_due.safety(session, ledger.desk.clock.now()).state == "bad"
    assert {one.name: one.place for one in group.dues} == {"本机备份": "backup", "移动盘备份": "settings"}


def test_a_demo_is_not_pressed_to_be_backed_up(ledger: Ledger) -> None:
    with ledger.desk.read() as session:
        group = backups_due.backups(session, TODAY, demo=True)
        told = backups_due.safety(session, ledger.desk.clock.now(), demo=True)
    assert [(one.name, one.weight) for one in group.dues] == [("移动盘备份", Weight.PLAIN)]
    assert (told.text, told.state) == ("演示台账，不自动备份", "working")


def test_a_verified_backup_and_a_second_copy_leave_nothing_due(ledger: Ledger, tmp_path: Path) -> None:
    stick = tmp_path / "移动盘"
    stick.mkdir()
    with ledger.desk.unit("改设置") as session:
        settings.write(session, {settings.BACKUP_SECOND.key: str(stick)})
    kept = safekeeping.back_up(ledger, Reason.MANUAL)
    assert kept.verification.ok
    assert kept.second is not None
    assert kept.second.path.parent == stick
    with ledger.desk.read() as session:
        assert backups_due.backups(session, TODAY).dues == ()
        told = backups_due.safety(session, ledger.desk.clock.now())
        later = backups_due.backups(session, date(2026, 2, 4))
    assert (told.state, told.text.startswith("最近备份 今天")) == ("ok", True)
    assert {one.name: one.when for one in later.dues} == {"本机备份": "9 天前", "移动盘备份": "9 天前"}


def test_a_missing_second_medium_leaves_the_first_backup(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.desk.unit("改设置") as session:
        settings.write(session, {settings.BACKUP_SECOND.key: str(tmp_path / "没插")})
    kept = safekeeping.back_up(ledger, Reason.MANUAL)
    assert kept.verification.ok
    assert "没有插好" in kept.trouble
    with ledger.desk.read() as session:
        assert [one.name for one in backups_due.backups(session, TODAY).dues] == ["移动盘备份"]


def test_a_damaged_backup_presses(ledger: Ledger) -> None:
    made = safekeeping.make_backup(ledger, Reason.BULK)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    made.path.write_bytes(content)
    assert safekeeping.verify_pending(ledger) == (made.path,)
    with ledger.desk.read() as session:
        line = backups_due.backups(session, TODAY).dues[0]
        assert line in backups_due.backups(session, TODAY, demo=True).dues
        for demo in (False, True):
            assert backups_due.safety(session, ledger.desk.clock.now(), demo=demo).state == "bad"
    assert (line.when, line.weight) == ("没有通过", Weight.LATE)


def test_what_came_after_the_last_backup_wants_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))
    moments = iter(range(1, 1000))
    clock = Clock(TODAY, lambda: _at(next(moments)))
    with found(tmp_path, clock) as book:
        changed = []
        for step in (
            lambda: None,
            lambda: safekeeping.back_up(book, Reason.MANUAL),
            lambda: fill(book),
        ):
            step()
            with book.desk.read() as session:
                changed.append(safekeeping.changed_since_backup(session))
    assert changed == [True, False, True]


def _at(second: int) -> datetime:
    return datetime(2026, 1, 26, 8) + timedelta(seconds=second)


def test_the_eve_is_no_festival_of_its_own() -> None:
    ahead = due.festivals_ahead(TODAY)
    assert [(one.name, one.day.isoformat()) for one in ahead] == [
        ("春节", "2026-02-17"),
        ("元宵", "2026-03-03"),
        ("清明", "2026-04-05"),
    ]
    assert due.festivals_ahead(date(2026, 12, 30))[0].name == "元旦"
