"""Users are rows of the ledger and slots of its vault, in step; only a 管理员 changes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cadre_desk.actions import users
from cadre_desk.actions.users import ADMIN, APPROVER, CLERK, Account
from cadre_desk.db import keyslots
from cadre_desk.db import ledger as ledgers
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.vault import Vault, WrongSecret
from cadre_desk.domain.errors import FieldError, UserError
from tests.actions.due_office import CODE, PASSWORD, found

NEW = "春风化雨8888"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))
    with found(tmp_path) as book:
        yield book


def listed(ledger: Ledger) -> dict[str, Account]:
    with ledger.desk.read() as session:
        return {one.name: one for one in users.accounts(session, ledger.vault)}


def opens(ledger: Ledger, name: str, password: str) -> bool:
    vault = Vault.find(ledger.path)
    vault.tries.passed()
    try:
        return vault.unlock_password(name, password) == ledger.vault.key
    except WrongSecret:
        return False


def test_who_made_the_ledger_is_its_admin(ledger: Ledger) -> None:
    one = listed(ledger)["周敏"]
    assert (one.role_label, one.active, one.has_password) == ("管理员", True, True)


def test_a_new_user_signs_in_with_the_password_given(ledger: Ledger) -> None:
    made = users.add_user(ledger, " 李强 ", CLERK, NEW)
    assert (made.name, made.role_label) == ("李强", "经办")
    assert opens(ledger, "李强", NEW)
    assert list(listed(ledger)) == ["周敏", "李强"]


def test_a_weak_password_adds_nobody(ledger: Ledger) -> None:
    with pytest.raises(FieldError, match="太短"):
        users.add_user(ledger, "李强", CLERK, "123")
    assert list(listed(ledger)) == ["周敏"]


@pytest.mark.parametrize("name", ["周敏", " 周敏", "", "  "])
def test_a_taken_or_empty_name_adds_nobody(ledger: Ledger, name: str) -> None:
    with pytest.raises(FieldError):
        users.add_user(ledger, name, CLERK, NEW)
    assert len(ledger.vault.users) == 1


def test_a_renamed_user_signs_in_under_the_new_name(ledger: Ledger) -> None:
    made = users.add_user(ledger, "李强", CLERK, NEW)
    users.rename_user(ledger, made.id, "李志强")
    assert opens(ledger, "李志强", NEW)
    assert not opens(ledger, "李强", NEW)
    assert list(listed(ledger)) == ["周敏", "李志强"]


def test_renaming_oneself_keeps_one_at_the_desk(ledger: Ledger) -> None:
    users.rename_user(ledger, listed(ledger)["周敏"].id, "周慧敏")
    assert ledger.desk.user == "周慧敏"
    users.add_user(ledger, "李强", CLERK, NEW)


def test_who_is_switched_off_stays_on_record_and_cannot_sign_in(ledger: Ledger) -> None:
    made = users.add_user(ledger, "李强", CLERK, NEW)
    users.switch_off(ledger, made.id)
    one = listed(ledger)["李强"]
    assert (one.active, one.has_password) == (False, False)
    assert not opens(ledger, "李强", NEW)
    users.switch_on(ledger, made.id, NEW)
    assert opens(ledger, "李强", NEW)
    assert listed(ledger)["李强"].active


def test_nobody_switches_herself_off(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="不能停用自己"):
        users.switch_off(ledger, listed(ledger)["周敏"].id)


def test_the_last_admin_stays_admin(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="最后一位管理员"):
        users.set_role(ledger, listed(ledger)["周敏"].id, APPROVER)
    made = users.add_user(ledger, "李强", ADMIN, NEW)
    users.set_role(ledger, listed(ledger)["周敏"].id, APPROVER)
    ledger.desk.user = "李强"
    with pytest.raises(UserError, match="最后一位管理员"):
        users.set_role(ledger, made.id, CLERK)


def test_a_reset_password_replaces_the_forgotten_one(ledger: Ledger) -> None:
    made = users.add_user(ledger, "李强", CLERK, PASSWORD)
    users.reset_password(ledger, made.id, NEW)
    assert opens(ledger, "李强", NEW)
    assert not opens(ledger, "李强", PASSWORD)


def test_ones_own_password_changes_with_the_old_one_only(ledger: Ledger) -> None:
    with pytest.raises(WrongSecret):
        users.change_own_password(ledger, "不是这个口令", NEW)
    assert opens(ledger, "周敏", PASSWORD)
    users.change_own_password(ledger, PASSWORD, NEW)
    assert opens(ledger, "周敏", NEW)
    assert not opens(ledger, "周敏", PASSWORD)


@pytest.mark.parametrize("role", [CLERK, APPROVER])
def test_only_an_admin_manages_users(ledger: Ledger, role: str) -> None:
    made = users.add_user(ledger, "李强", role, NEW)
    ledger.desk.user = "李强"
    for attempt in (
        lambda: users.add_user(ledger, "王芳", CLERK, NEW),
        lambda: users.rename_user(ledger, made.id, "李大强"),
        lambda: users.set_role(ledger, made.id, ADMIN),
        lambda: users.switch_off(ledger, 1),
        lambda: users.switch_on(ledger, made.id, NEW),
        lambda: users.reset_password(ledger, 1, NEW),
        lambda: users.new_recovery(ledger, new_recovery_code()),
    ):
        with pytest.raises(UserError, match="只有管理员"):
            attempt()
    assert list(listed(ledger)) == ["周敏", "李强"]
    assert opens(ledger, "周敏", PASSWORD)


def test_a_forgotten_password_is_replaced_after_the_recovery_code(ledger: Ledger) -> None:
    ledger.close()
    with ledgers.open_ledger(ledger.path, ledgers.by_recovery(CODE)) as book:
        users.password_after_recovery(book, "周敏", NEW)
        with pytest.raises(UserError, match="没有叫"):
            users.password_after_recovery(book, "王芳", NEW)
    assert opens(ledger, "周敏", NEW)


def test_a_new_recovery_code_replaces_the_one_before(ledger: Ledger) -> None:
    code = new_recovery_code()
    users.new_recovery(ledger, code)
    vault = Vault.find(ledger.path)
    assert vault.unlock_recovery(code) == ledger.vault.key
    with pytest.raises(WrongSecret):
        Vault.find(ledger.path).unlock_recovery(CODE)


def test_keys_changed_by_an_act_still_open_the_ledger_afterwards(ledger: Ledger) -> None:
    users.add_user(ledger, "李强", CLERK, NEW)
    ledger.close()
    with ledgers.open_ledger(ledger.path, ledgers.by_password("李强", NEW), user="李强") as book:
        assert listed(book)["李强"].has_password
