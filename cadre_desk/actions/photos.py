"""Photos of people: the bytes stand once in the ledger, by their SHA-256, and a person names hers.

Bytes are never taken out again, so that giving, replacing and removing a photo can each be undone.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import Attachment, Person
from cadre_desk.domain.errors import UserError

#: Photos are kept as the desk scaled them, all of one kind.
JPEG: Final = "image/jpeg"
#: More bytes than a picture of 640 px can have, so that no scan comes in by this door.
MOST_BYTES: Final = 1_000_000


def set_photo(session: Session, person: int, picture: bytes, *, now: datetime) -> None:
    """Give a person a photo (JPEG bytes), in place of the one there was.

    Raises:
        UserError: the person is gone, or the picture is too large to be a scaled one.
    """
    if not 0 < len(picture) <= MOST_BYTES:
        raise UserError("照片太大，没有存入。请换一张，或者先用画图程序缩小再选。")
    found = _person(session, person)
    digest = hashlib.sha256(picture).hexdigest()
    if session.scalar(sa.select(Attachment.id).where(Attachment.sha256 == digest)) is None:
        session.add(Attachment(sha256=digest, media_type=JPEG, content=picture, added_at=now))
        session.flush()
    found.photo = digest
    session.flush()


def remove_photo(session: Session, person: int) -> None:
    """Leave a person without a photo.

    Raises:
        UserError: the person is gone.
    """
    _person(session, person).photo = None
    session.flush()


def photo_of(session: Session, person: int) -> bytes | None:
    """The photo of a person as JPEG bytes, if there is one."""
    query = sa.select(Attachment.content).join(Person, Person.photo == Attachment.sha256)
    return session.scalar(query.where(Person.id == person))


def _person(session: Session, person: int) -> Person:
    found = session.get(Person, person)
    if found is None:
        raise UserError("这个人已经不在台账里，请刷新名单。")
    return found
