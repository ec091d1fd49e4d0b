"""The vault: which secret opens the ledger from where, and how lost copies of its keys come back."""

from __future__ import annotations

import base64
import shutil
import stat
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cadre_desk.db import cipher, keyslots, vault
from cadre_desk.db.cipher import LedgerUnreadable
from cadre_desk.db.keyslots import Kdf, SlotUser
from cadre_desk.db.places import data_folder, keys_at_home, keys_beside
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.vault import KeysMissing, Vault, WrongSecret, check_password
from cadre_desk.domain.errors import FieldError, UserError
from tests.db.hand_ledger import (
    LEDGER_ID,
    LI,
    NAMES,
    OTHER_ID,
    PASSWORD,
    ZHOU,
    HandLedger,
    make_ledger,
    people,
    write_people,
)

if TYPE_CHECKING:
    from pathlib import Path

OTHER_PASSWORD = "春风化雨8888"


def both(hand: HandLedger) -> tuple[Path, Path]:
    return keys_beside(hand.path), keys_at_home(hand.home, LEDGER_ID)


def test_the_password_and_the_recovery_code_open_the_ledger(hand: HandLedger) -> None:
    found = Vault.find(hand.path)
    assert (found.ledger_id, found.users, found.has_recovery, found.is_open) == (
        LEDGER_ID,
        (ZHOU,),
        True,
        False,
    )
    assert found.unlock_password("周敏", PASSWORD) == hand.key
    assert Vault.find(hand.path).unlock_recovery(hand.code.lower()) == hand.key
    assert people(hand.path, found.key) == list(NAMES)


def test_the_real_cost_of_a_password_opens_too(
    tmp_path: Path, keys_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf())
    hand = make_ledger(tmp_path / "office", keys_home)
    slot = hand.vault.slots[0]
    assert slot.kdf is not None
    assert (slot.kdf.t, slot.kdf.m, slot.kdf.p) == (3, 65536, 1)
    assert Vault.find(hand.path).unlock_password("周敏", PASSWORD) == hand.key


def test_a_password_typed_in_full_width_is_the_same_password(hand: HandLedger) -> None:
    assert Vault.find(hand.path).unlock_password(" 周敏 ", "兰桂齐芳２０２６年") == hand.key


def test_a_wrong_password_is_refused_in_one_sentence(hand: HandLedger) -> None:
    with pytest.raises(WrongSecret, match=r"^口令不对"):
        Vault.find(hand.path).unlock_password("周敏", PASSWORD + "x")


def test_an_unknown_user_is_told_who_is_known(hand: HandLedger) -> None:
    with pytest.raises(WrongSecret, match=r"没有叫“王五”的使用人。本台账的使用人：周敏。"):
        Vault.find(hand.path).unlock_password("王五", PASSWORD)


def test_another_ledgers_recovery_code_is_refused_and_a_mistyped_one_told(hand: HandLedger) -> None:
    with pytest.raises(WrongSecret, match="恢复码打不开"):
        Vault.find(hand.path).unlock_recovery(new_recovery_code())
    with pytest.raises(FieldError, match="组有误"):
        Vault.find(hand.path).unlock_recovery(hand.code[:-1])


def test_each_user_has_a_password_of_his_own(hand: HandLedger) -> None:
    hand.vault.add_password(LI, OTHER_PASSWORD)
    assert Vault.find(hand.path).users == (ZHOU, LI)
    assert Vault.find(hand.path).unlock_password("李强", OTHER_PASSWORD) == hand.key
    with pytest.raises(WrongSecret):
        Vault.find(hand.path).unlock_password("李强", PASSWORD)


def test_moving_only_the_ledger_on_the_same_computer_opens_it(hand: HandLedger, tmp_path: Path) -> None:
    moved = tmp_path / "D盘" / "新名字.cdesk"
    moved.parent.mkdir()
    hand.path.replace(moved)
    keys_beside(hand.path).unlink()
    assert people(moved, Vault.find(moved).unlock_password("周敏", PASSWORD)) == list(NAMES)
    assert keys_beside(moved).exists()


def test_a_moved_ledger_that_was_vacuumed_is_still_recognised(hand: HandLedger, tmp_path: Path) -> None:
    with closing(cipher.connect(hand.path, hand.key)) as ledger:
        ledger.execute("VACUUM")
    moved = hand.path.replace(tmp_path / "移走.cdesk")
    assert Vault.find(moved).unlock_recovery(hand.code) == hand.key


def test_the_ledger_and_its_keys_open_on_another_computer(hand: HandLedger, tmp_path: Path) -> None:
    shutil.rmtree(hand.home)
    elsewhere = tmp_path / "another home"
    assert Vault.find(hand.path, home=elsewhere).unlock_password("周敏", PASSWORD) == hand.key
    assert keys_at_home(elsewhere, LEDGER_ID).read_bytes() == keys_beside(hand.path).read_bytes()


def test_a_renamed_ledger_finds_the_keys_of_its_old_name(hand: HandLedger) -> None:
    shutil.rmtree(hand.home)
    renamed = hand.path.replace(hand.path.with_name("2026年台账.cdesk"))
    assert Vault.find(renamed).unlock_password("周敏", PASSWORD) == hand.key


def test_missing_and_damaged_copies_are_written_back(hand: HandLedger) -> None:
    beside, at_home = both(hand)
    genuine = beside.read_bytes()
    beside.write_bytes(genuine[: len(genuine) // 2])
    assert Vault.find(hand.path).unlock_password("周敏", PASSWORD) == hand.key
    assert beside.read_bytes() == genuine
    at_home.unlink()
    assert Vault.find(hand.path).unlock_recovery(hand.code) == hand.key
    assert at_home.read_bytes() == genuine


def test_without_any_copy_the_way_out_is_told(hand: HandLedger) -> None:
    for place in both(hand):
        place.unlink()
    with pytest.raises(KeysMissing, match=r"钥匙文件（台账.cdesk-keys）.*备份.*没有改动"):
        Vault.find(hand.path)


def test_a_missing_ledger_is_told_before_its_keys(tmp_path: Path, keys_home: Path) -> None:
    assert data_folder() == keys_home
    with pytest.raises(LedgerUnreadable, match="没有找到台账"):
        Vault.find(tmp_path / "没有.cdesk")


def test_keys_files_are_their_owners_alone(hand: HandLedger) -> None:
    assert [stat.S_IMODE(place.stat().st_mode) for place in both(hand)] == [0o600, 0o600]


def test_the_keys_hold_neither_the_key_nor_a_secret(hand: HandLedger) -> None:
    content = keys_beside(hand.path).read_bytes()
    for secret in (hand.key, hand.key.hex().encode(), base64.b64encode(hand.key), PASSWORD.encode()):
        assert secret not in content
    for group in hand.code.split("-"):
        assert group.encode() not in content


def test_a_folder_that_can_not_be_written_still_opens(
    hand: HandLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    keys_at_home(hand.home, LEDGER_ID).unlink()
    monkeypatch.setattr(vault, "write_durably", refuse)
    opened = Vault.find(hand.path)
    assert opened.unlock_password("周敏", PASSWORD) == hand.key
    with pytest.raises(UserError, match="没有改动"):
        opened.set_recovery(new_recovery_code())
    assert opened.unlock_recovery(hand.code) == hand.key


def test_keys_of_another_ledger_in_the_same_place_are_moved_aside(tmp_path: Path, keys_home: Path) -> None:
    folder = tmp_path / "office"
    old = make_ledger(folder, keys_home)
    moved = old.path.replace(folder / "旧台账.cdesk")
    shutil.rmtree(keys_home)
    make_ledger(folder, keys_home, OTHER_ID)
    shutil.rmtree(keys_home)
    assert people(moved, Vault.find(moved).unlock_password("周敏", PASSWORD)) == list(NAMES)
    assert Vault.find(folder / "台账.cdesk").ledger_id == OTHER_ID


def test_a_copy_with_a_new_fingerprint_is_known_after_its_first_opening(
    hand: HandLedger, tmp_path: Path
) -> None:
    hand.path.unlink()
    write_people(hand.path, hand.key)
    assert Vault.find(hand.path).unlock_password("周敏", PASSWORD) == hand.key
    moved = hand.path.replace(tmp_path / "移走.cdesk")
    assert Vault.find(moved).unlock_password("周敏", PASSWORD) == hand.key


def test_keys_that_do_not_fit_the_ledger_beside_them_learn_nothing(hand: HandLedger) -> None:
    before = keys_beside(hand.path).read_bytes()
    hand.path.unlink()
    write_people(hand.path, cipher.new_key())
    with pytest.raises(LedgerUnreadable, match="钥匙对不上"):
        Vault.find(hand.path).unlock_password("周敏", PASSWORD)
    assert keys_beside(hand.path).read_bytes() == before


def test_changing_a_password_needs_the_old_one(hand: HandLedger) -> None:
    with pytest.raises(WrongSecret):
        hand.vault.change_password("周敏", OTHER_PASSWORD, OTHER_PASSWORD)
    assert Vault.find(hand.path).unlock_password("周敏", PASSWORD) == hand.key


def test_two_users_can_not_share_a_name(hand: HandLedger) -> None:
    with pytest.raises(FieldError, match="已有叫"):
        hand.vault.add_password(SlotUser("uid-3", "周敏 "), OTHER_PASSWORD)
    with pytest.raises(FieldError, match="姓名"):
        hand.vault.add_password(SlotUser("uid-3", " "), OTHER_PASSWORD)


def test_a_renamed_user_logs_in_with_the_new_name_and_the_old_password(hand: HandLedger) -> None:
    hand.vault.rename_user(replace(ZHOU, name="周慧敏"))
    assert Vault.find(hand.path).unlock_password("周慧敏", PASSWORD) == hand.key


def test_the_last_password_is_not_removed(hand: HandLedger) -> None:
    with pytest.raises(UserError, match="最后一个"):
        hand.vault.remove(hand.vault.slots[0])
    assert Vault.find(hand.path).users == (ZHOU,)


def test_a_locked_vault_changes_nothing(hand: HandLedger) -> None:
    with pytest.raises(RuntimeError, match="locked"):
        Vault.find(hand.path).add_password(LI, OTHER_PASSWORD)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "请设一个口令"),
        ("        ", "请设一个口令"),
        ("Abc123", "太短：现在 6 位，至少 8 位"),
        ("abababab", "只有几个字符"),
        ("19530712", "只有数字"),
        ("１９５３０７１２", "只有数字"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(hand: HandLedger, password: str, said: str) -> None:
    with pytest.raises(FieldError, match=said):
        check_password(password)
    with pytest.raises(FieldError, match=said):
        hand.vault.add_password(LI, password)


def test_a_good_password_is_praised_with_its_length() -> None:
    assert check_password("青岚县的兰花开了又谢") == "够长：10 位"
    assert check_password("830417295061") == "够长：12 位"
