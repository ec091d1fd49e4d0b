"""Photos: given, replaced and removed as acts, kept once, told in the history without their digest."""

from __future__ import annotations

from datetime import datetime, time

import pytest
import sqlalchemy as sa

from cadre_desk.actions.history import history_of
from cadre_desk.actions.photos import MOST_BYTES, photo_of, remove_photo, set_photo
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Attachment, Person
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.people import PEOPLE
from tests.ledgers import TODAY

NOW = datetime.combine(TODAY, time(9, 30))
FIRST, SECOND = b"first picture", b"second picture"


def give(book: Ledger, picture: bytes, person: int = 1) -> None:
    with book.desk.unit("登记照片") as session:
        set_photo(session, person, picture, now=NOW)


def photo(book: Ledger, person: int = 1) -> bytes | None:
    with book.desk.read() as session:
        return photo_of(session, person)


def count(book: Ledger) -> int:
    with book.desk.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Attachment)) or 0


def test_a_photo_is_given_replaced_and_removed_and_each_is_undone(book: Ledger) -> None:
    assert photo(book) is None
    give(book, FIRST)
    give(book, SECOND)
    with book.desk.unit("移除照片") as session:
        remove_photo(session, 1)
    assert photo(book) is None
    for before in (SECOND, FIRST, None):
        book.desk.undo(last_standing(book))
        assert photo(book) == before


def last_standing(book: Ledger) -> int:
    with book.desk.read() as session:
        entries = history_of(session, PEOPLE, 1, today=TODAY)
        return next(one.act for one in entries if one.stands and one.undoes is None)


def test_the_history_tells_a_change_of_photo_and_shows_no_digest(book: Ledger) -> None:
    give(book, FIRST)
    give(book, SECOND)
    with book.desk.read() as session:
        newest, before = history_of(session, PEOPLE, 1, today=TODAY)[:2]
        digest = session.scalar(sa.select(Person.photo).where(Person.id == 1))
    assert [(one.label, one.old, one.new) for one in before.altered] == [("照片", "", "新照片")]
    assert [(one.label, one.old, one.new) for one in newest.altered] == [("照片", "原照片", "新照片")]
    assert digest is not None
    assert digest not in repr(newest)


def test_the_same_picture_stands_once_in_the_ledger(book: Ledger) -> None:
    give(book, FIRST, 1)
    give(book, FIRST, 2)
    assert photo(book, 2) == FIRST
    assert count(book) == 1


@pytest.mark.parametrize("picture", [b"", bytes(MOST_BYTES + 1)])
def test_what_is_no_scaled_picture_is_refused_and_nothing_is_kept(book: Ledger, picture: bytes) -> None:
    with pytest.raises(UserError, match="没有存入"):
        give(book, picture)
    assert count(book) == 0


def test_who_is_gone_can_have_no_photo(book: Ledger) -> None:
    with pytest.raises(UserError, match="不在台账里"):
        give(book, FIRST, 999)
