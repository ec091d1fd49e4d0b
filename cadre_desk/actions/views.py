"""Saved views (常用视图): listings that the office keeps under a name, in its own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.base import fields_of
from cadre_desk.db.models import SavedView
from cadre_desk.domain.errors import Problem, RuleError, UserError
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register


@dataclass(frozen=True, slots=True)
class KeptView:
    """A saved view: its key, its name, and the listing as ``Listing.from_json`` reads it."""

    id: int
    title: str
    listing: str


def views_of(session: Session, register: Register) -> tuple[KeptView, ...]:
    """The office's views of a register, in its order."""
    query = sa.select(SavedView).where(SavedView.register == register.key)
    found = session.scalars(query.order_by(SavedView.serial, SavedView.id))
    return tuple(KeptView(one.id, one.title, one.listing) for one in found)


def keep_view(session: Session, listing: Listing, title: str) -> int:
    """Keep a listing under a new name, behind the others; answers its key.

    Raises:
        RuleError: the name is missing, too long, or taken.
    """
    register = listing.register
    name = _good_title(session, register, title)
    last = session.scalar(sa.select(sa.func.max(SavedView.serial)).where(SavedView.register == register.key))
    view = SavedView(
        register=register.key, title=name, listing=_kept(listing), serial=0 if last is None else last + 1
    )
    session.add(view)
    session.flush()
    return view.id


def replace_view(session: Session, view: int, listing: Listing) -> None:
    """Let a view show another listing under the same name.

    Raises:
        UserError: the view is gone.
    """
    _view(session, view).listing = _kept(listing)
    session.flush()


def rename_view(session: Session, register: Register, view: int, title: str) -> None:
    """Call a view otherwise.

    Raises:
        RuleError: the name is missing, too long, or taken.
    """
    found = _view(session, view)
    if found.title != title.strip():
        found.title = _good_title(session, register, title)
    session.flush()


def order_views(session: Session, views: Sequence[int]) -> None:
    """Put views in this order."""
    for place, view in enumerate(views):
        _view(session, view).serial = place
    session.flush()


def remove_view(session: Session, view: int) -> None:
    """Take a view away; no record is touched."""
    session.delete(_view(session, view))
    session.flush()


def _view(session: Session, view: int) -> SavedView:
    found = session.get(SavedView, view)
    if found is None:
        raise UserError("这个视图已经被删掉了。")
    return found


def _kept(listing: Listing) -> str:
    """A view keeps conditions, text, order and columns; never a hand-picked set or a day gone by."""
    return listing.to_json()


def _good_title(session: Session, register: Register, title: str) -> str:
    name = fields_of(SavedView)["title"].parse(title)
    if not name:
        raise RuleError([Problem("请给视图起个名称，例如「城关独居」。", "title")])
    taken = {view.title for view in register.views} | {one.title for one in views_of(session, register)}
    if name in taken:
        raise RuleError([Problem(f"已经有「{name}」这个视图，请换一个名称。", "title")])
    return str(name)
