"""批量修改: both values before it is written, one act after a backup, taken back as one, refused as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cadre_desk.actions import records
from cadre_desk.actions.bulk import Bulk, change_many, changeable
from cadre_desk.actions.records import How
from cadre_desk.db.models import Membership, Person, PersonFact
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import RuleError
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.trust import BACKUPS
from cadre_desk.ui.bulk_edit import BulkEdit
from tests.ledgers import TODAY
from tests.ui.desk_window import dress, faults, press, type_in
from tests.ui.village_office import Sitting, sitting, village_office


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Sitting]:
    """A clerk who has ticked the first three people: 丁茂才, 卜兰芝, 于敬之."""
    dress()
    with sitting(qtbot, tmp_path) as found:
        for row in range(3):
            found.page.list.table.toggle_tick(row)
        found.page.list.selection.acted.emit("bulk")
        yield found


def drawer(seat: Sitting) -> BulkEdit:
    """The drawer that was opened."""
    assert seat.page.acts.bulk is not None
    return seat.page.acts.bulk


def choose(seat: Sitting, initials: str, value: object) -> None:
    """Choose a field by its initials, and a new value."""
    line = drawer(seat).field.line
    line.clear()
    type_in(line, initials)
    press(line, Qt.Key.Key_Return)
    editor = drawer(seat)._editor
    assert editor is not None
    editor.set_value(value)
    seat.qtbot.wait(250)


def values(seat: Sitting, key: str) -> dict[int, object]:
    """A stored field of the ticked people."""
    with seat.office.desk.read() as session:
        return {one: getattr(session.get_one(Person, one), key) for one in sorted(seat.page.model.ticked())}


def test_fields_are_found_by_initials_and_acts_of_their_own_are_not_offered(seat: Sitting) -> None:
    line = drawer(seat).field.line
    type_in(line, "zzmm")
    press(line, Qt.Key.Key_Return)
    assert drawer(seat).field.value == "political"
    offered = set(changeable(PEOPLE))
    assert not offered & {"name", "id_no", "status", "death_date", "spouse_of_id"}
    assert {"branch_id", "ability", "family_flags", "link_clerk"} <= offered
    assert "name" not in changeable(REGISTERS["units"])


def test_before_and_after_stand_side_by_side(seat: Sitting) -> None:
    choose(seat, "zlnl", "2")
    rows = drawer(seat)._preview.rows
    assert [row[0] for row in rows] == ["丁茂才", "于敬之"]
    assert {row[1] for row in rows} == {"（空）"}
    assert "1 人已经是这样" in drawer(seat).notice.text()
    assert drawer(seat).write.text() == "修改 2 人"


def test_nothing_can_be_written_before_a_value_is_given(seat: Sitting) -> None:
    assert not drawer(seat).write.isEnabled()
    type_in(drawer(seat).field.line, "zlnl")
    press(drawer(seat).field.line, Qt.Key.Key_Return)
    assert not drawer(seat).write.isEnabled()
    assert drawer(seat)._preview.rowCount() == 0


def test_it_is_one_act_after_a_backup_and_taken_back_as_one(seat: Sitting) -> None:
    before = values(seat, "ability")
    choose(seat, "zlnl", "3")
    drawer(seat).write.click()
    said = seat.until_said()
    assert not said.is_error, said.text
    assert set(values(seat, "ability").values()) == {"3"}
    with seat.office.desk.read() as session:
        made = seat.office.listing(BACKUPS).showing("reason", "path").rows(session)
    assert made[0].values[0] == "批量修改前"
    assert Path(str(made[0].values[1])).is_file()
    seat.office.desk.undo(said.undo_act)
    assert values(seat, "ability") == before


def test_a_change_begins_on_its_day_and_a_correction_was_always_so(seat: Sitting) -> None:
    choose(seat, "zlnl", "3")
    drawer(seat).since.set_value("2026.1.20")
    drawer(seat).write.click()
    seat.until_said()
    with seat.office.desk.read() as session:
        facts = [
            (fact.since, fact.value)
            for fact in session.query(PersonFact)
            .filter_by(owner_id=4, aspect="ability")
            .order_by(PersonFact.id)
        ]
    assert facts[-1] == (PartialDate(2026, 1, 20), "3")
    assert len(facts) == 2


def test_a_correction_adds_no_fact(seat: Sitting) -> None:
    choose(seat, "zlnl", "3")
    drawer(seat).how.set_value("correction")
    assert drawer(seat).since.isHidden()
    drawer(seat).write.click()
    seat.until_said()
    with seat.office.desk.read() as session:
        assert session.query(PersonFact).filter_by(owner_id=4, aspect="ability").count() == 1


def test_a_field_can_be_emptied(seat: Sitting) -> None:
    choose(seat, "zlnl", None)
    drawer(seat).clear.set_value(True)
    seat.qtbot.wait(250)
    assert [row[2] for row in drawer(seat)._preview.rows] == ["（空）"]
    drawer(seat).how.set_value("correction")
    drawer(seat).write.click()
    seat.until_said()
    assert set(values(seat, "ability").values()) == {None}


def test_another_branch_moves_the_membership_too(seat: Sitting) -> None:
    choose(seat, "szdzb", 1)
    assert drawer(seat).how.isHidden()
    assert {row[2] for row in drawer(seat)._preview.rows} == {"水利系统支部"}
    drawer(seat).write.click()
    said = seat.until_said()
    assert not said.is_error, said.text
    with seat.office.desk.read() as session:
        open_ones = session.query(Membership).filter(Membership.left.is_(None), Membership.branch_id == 1)
        assert {one.person_id for one in open_ones} >= set(seat.page.model.ticked())


def test_what_the_rules_refuse_for_one_is_written_for_none(tmp_path: Path) -> None:
    with village_office(tmp_path) as office:
        desk = office.desk
        late = Bulk(PEOPLE, "work_start", PartialDate(1990))
        with desk.read() as session:
            kept = {one: records.load(session, PEOPLE, one)["work_start"] for one in (2, 9)}
        with pytest.raises(RuleError, match=r"有 1 条改不了.*于敬之"), desk.unit("批量") as session:
            change_many(session, late, [9, 2], today=TODAY)
        with desk.read() as session:
            assert {one: records.load(session, PEOPLE, one)["work_start"] for one in (2, 9)} == kept


def test_progress_is_told_for_each_record(tmp_path: Path) -> None:
    with village_office(tmp_path) as office:
        steps: list[tuple[int, int]] = []
        with office.desk.unit("批量") as session:
            change_many(
                session,
                Bulk(PEOPLE, "link_clerk", "陈立新", How.CORRECTION),
                [1, 2, 3],
                today=TODAY,
                step=lambda done, total: steps.append((done, total)),
            )
        assert steps == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_the_drawer_cuts_no_word(qtbot: QtBot, tmp_path: Path, factor: float) -> None:
    dress(factor)
    with sitting(qtbot, tmp_path) as seat:
        seat.page.list.table.toggle_tick(0)
        seat.page.list.selection.acted.emit("bulk")
        choose(seat, "zlnl", "3")
        assert faults(qtbot, seat.page) == []
        press(drawer(seat), Qt.Key.Key_Escape)
        assert drawer(seat).isHidden()
    dress()
