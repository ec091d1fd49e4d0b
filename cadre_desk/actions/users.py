"""Who signs in and as what: users are rows of the ledger, their passwords slots of its vault, kept in step.

An audit needs names, so nobody is deleted: a user is switched off and loses the password.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.keyslots import Slot, SlotUser
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import User
from cadre_desk.db.vault import Vault, check_password
from cadre_desk.domain import codes
from cadre_desk.domain.errors import FieldError, UserError

ADMIN, CLERK, APPROVER = "1", "2", "3"


@dataclass(frozen=True, slots=True)
class Account:
    """A user as the settings show one; ``has_password`` tells whether signing in is possible."""

    id: int
    uid: str
    name: str
    role: str
    active: bool
    post: str
    has_password: bool

    @property
    def role_label(self) -> str:
        """管理员, 经办 or 审核."""
        return codes.table("role").label(self.role)


NOT_ADMIN: Final = "只有管理员能管理使用人，请由管理员登录后办理。台账没有改动。"


def accounts(session: Session, vault: Vault) -> tuple[Account, ...]:
    """All users, those switched off last."""
    keys = {user.uid for user in vault.users}
    found = session.scalars(sa.select(User).order_by(User.active.desc(), User.role, User.id))
    return tuple(
        Account(one.id, one.uid, one.name, one.role, one.active, one.post or "", one.uid in keys)
        for one in found
    )


def add_user(ledger: Ledger, name: str, role: str, password: str) -> Account:
    """Let another person sign in.

    Raises:
        UserError: who asks is no 管理员, the name is taken or empty, the password too weak, or it's a demo.
    """
    _admin_only(ledger)
    check_password(password)
    plain = _plain_name(name)
    with ledger.desk.unit(f"新增使用人：{plain}") as session:
        _refuse_namesake(session, plain)
        user = User(name=plain, role=role)
        session.add(user)
        session.flush()
        session.refresh(user)
        ledger.vault.add_password(SlotUser(user.uid, plain), password)
    ledger.note_keys()
    return Account(user.id, user.uid, plain, role, True, "", True)


def rename_user(ledger: Ledger, user_id: int, name: str) -> None:
    """Give a user another name, here and on the login page; past acts keep the name they were done under.

    Raises:
        UserError: who asks is no 管理员, or the name is taken or empty.
    """
    _admin_only(ledger)
    plain = _plain_name(name)
    with ledger.desk.unit(f"使用人改名：{plain}") as session:
        user = _user(session, user_id)
        if user.name == plain:
            return
        _refuse_namesake(session, plain)
        before = user.name
        user.name = plain
        session.flush()
        if _slot_of(ledger.vault, user.uid):
            ledger.vault.rename_user(SlotUser(user.uid, plain))
    if before == ledger.desk.user:
        ledger.desk.user = plain
    ledger.note_keys()


def set_role(ledger: Ledger, user_id: int, role: str) -> None:
    """Give a user another role.

    Raises:
        UserError: who asks is no 管理员, or no 管理员 would be left.
    """
    _admin_only(ledger)
    label = codes.table("role").label(role)
    with ledger.desk.unit("更改使用人角色") as session:
        user = _user(session, user_id)
        if user.role == ADMIN and role != ADMIN:
            _refuse_without_admin(session, user, f"{user.name}不能改为{label}")
        user.role = role


def switch_off(ledger: Ledger, user_id: int) -> None:
    """停用: the user stays in every record, but can't sign in any more.

    Raises:
        UserError: who asks is no 管理员 or means herself, or no 管理员 would be left.
    """
    _admin_only(ledger)
    with ledger.desk.unit("停用使用人") as session:
        user = _user(session, user_id)
        if user.name == ledger.desk.user:
            raise UserError("不能停用自己，请由另一位管理员来停用。台账没有改动。")
        if user.role == ADMIN:
            _refuse_without_admin(session, user, f"{user.name}不能停用")
        user.active = False
        session.flush()
        slot = _slot_of(ledger.vault, user.uid)
        if slot is not None:
            ledger.vault.remove(slot)
    ledger.note_keys()


def switch_on(ledger: Ledger, user_id: int, password: str) -> None:
    """Let a user who was switched off sign in again, with a new password.

    Raises:
        UserError: who asks is no 管理员, or the password is too weak.
    """
    _admin_only(ledger)
    check_password(password)
    with ledger.desk.unit("启用使用人") as session:
        user = _user(session, user_id)
        user.active = True
        session.flush()
        ledger.vault.add_password(SlotUser(user.uid, user.name), password)
    ledger.note_keys()


def reset_password(ledger: Ledger, user_id: int, password: str) -> None:
    """Give a user who forgot it a new password; data and past acts stay as they are.

    Raises:
        UserError: who asks is no 管理员, the user is switched off, or the password is too weak.
    """
    _admin_only(ledger)
    with ledger.desk.read() as session:
        user = _user(session, user_id)
    if not user.active:
        raise UserError(f"{user.name}已停用，请先启用。")
    ledger.vault.add_password(SlotUser(user.uid, user.name), password)
    ledger.note_keys()


def change_own_password(ledger: Ledger, old: str, new: str) -> None:
    """Change the password of who is signed in, who must know the old one.

    Raises:
        UserError: the old one is wrong (TooSoon after several), or the new one too weak.
    """
    check_password(new)
    ledger.vault.change_password(ledger.desk.user, old, new)
    ledger.note_keys()


def password_after_recovery(ledger: Ledger, name: str, password: str) -> None:
    """Give a user a new password in a ledger that the recovery code has just opened.

    Raises:
        UserError: there is no such active user, or the password is too weak.
    """
    with ledger.desk.read() as session:
        query = sa.select(User).where(User.name == name, User.active.is_(True))
        user = session.scalars(query).first()
    if user is None:
        raise UserError(f"没有叫“{name}”的使用人，或者已经停用。请选别的使用人。")
    ledger.vault.add_password(SlotUser(user.uid, user.name), password)
    ledger.note_keys()


def new_recovery(ledger: Ledger, code: str) -> None:
    """Set another recovery code; the one printed before opens nothing any more.

    Raises:
        UserError: who asks is no 管理员, or the keys can't be written.
    """
    _admin_only(ledger)
    ledger.vault.set_recovery(code)
    ledger.note_keys()


def is_admin(session: Session, name: str) -> bool:
    """Whether a name belongs to an active 管理员."""
    query = sa.select(User.id).where(User.name == name, User.role == ADMIN, User.active.is_(True))
    return session.scalar(query) is not None


def _admin_only(ledger: Ledger) -> None:
    with ledger.desk.read() as session:
        if not is_admin(session, ledger.desk.user):
            raise UserError(NOT_ADMIN)


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise UserError("这位使用人已经不在台账里，请刷新名单。")
    return user


def _plain_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise FieldError("请写使用人的姓名。")
    return plain


def _refuse_namesake(session: Session, name: str) -> None:
    if session.scalar(sa.select(User.id).where(User.name == name)) is not None:
        raise FieldError(f"已有叫“{name}”的使用人（可能已停用），请加字区分，或者把他重新启用。")


def _refuse_without_admin(session: Session, user: User, what: str) -> None:
    others = sa.select(User.id).where(User.role == ADMIN, User.active.is_(True), User.id != user.id)
    if session.scalar(others) is None:
        raise UserError(f"{what}：他是最后一位管理员，先让另一位使用人当管理员。台账没有改动。")


def _slot_of(vault: Vault, uid: str) -> Slot | None:
    return next((slot for slot in vault.slots if slot.user and slot.user.uid == uid), None)
