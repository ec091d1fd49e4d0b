"""The vault refuses stale, altered and foreign keys; and a demo's open door stays a demo's."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from cadre_desk.db import cipher
from cadre_desk.db.keyslots import KeySlots, Kind, Slot, SlotsDamaged
from cadre_desk.db.places import keys_at_home, keys_beside
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.vault import KeysMissing, KeysStale, Vault, WrongSecret
from cadre_desk.domain.errors import UserError
from tests.db.hand_ledger import (
    LEDGER_ID,
    LI,
    OTHER_ID,
    PASSWORD,
    ZHOU,
    HandLedger,
    make_ledger,
    write_people,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER_PASSWORD = "春风化雨8888"


def both(hand: HandLedger) -> tuple[Path, Path]:
    return keys_beside(hand.path), keys_at_home(hand.home, LEDGER_ID)


def edit(place: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Alter a keys file as someone with an editor would."""
    told = json.loads(place.read_bytes())
    change(told)
    place.write_text(json.dumps(told), "utf-8")


def keep_only_beside(hand: HandLedger) -> Path:
    """Take the copy in the data folder away; answer the one beside the ledger."""
    keys_at_home(hand.home, LEDGER_ID).unlink()
    return keys_beside(hand.path)


def test_after_a_change_the_old_password_opens_nothing_even_from_an_old_copy(hand: HandLedger) -> None:
    beside = keys_beside(hand.path)
    old = beside.read_bytes()
    hand.vault.change_password("周敏", PASSWORD, OTHER_PASSWORD)
    beside.write_bytes(old)
    with pytest.raises(WrongSecret):
        Vault.find(hand.path).unlock_password("周敏", PASSWORD)
    assert beside.read_bytes() == old
    assert Vault.find(hand.path).unlock_password("周敏", OTHER_PASSWORD) == hand.key
    assert beside.read_bytes() != old


def test_a_removed_user_and_a_replaced_code_open_nothing_even_from_an_old_copy(hand: HandLedger) -> None:
    beside = keys_beside(hand.path)
    hand.vault.add_password(LI, OTHER_PASSWORD)
    old = beside.read_bytes()
    hand.vault.remove(next(slot for slot in hand.vault.slots if slot.user == LI))
    hand.vault.set_recovery(new_recovery_code())
    beside.write_bytes(old)
    with pytest.raises(WrongSecret):
        Vault.find(hand.path).unlock_password("李强", OTHER_PASSWORD)
    with pytest.raises(WrongSecret, match="后来改过"):
        Vault.find(hand.path).unlock_recovery(hand.code)


def test_old_keys_in_every_place_are_refused_by_the_ledgers_own_memory(hand: HandLedger) -> None:
    old = keys_beside(hand.path).read_bytes()
    hand.vault.change_password("周敏", PASSWORD, OTHER_PASSWORD)
    in_ledger = hand.vault.revision
    for place in both(hand):
        place.write_bytes(old)
    rolled_back = Vault.find(hand.path)
    rolled_back.unlock_password("周敏", PASSWORD)
    with pytest.raises(KeysStale, match="比台账旧"):
        rolled_back.confirm(LEDGER_ID, in_ledger)
    with pytest.raises(KeysStale, match="另一本台账"):
        rolled_back.confirm(OTHER_ID, 0)
    hand.vault.confirm(LEDGER_ID, in_ledger)
    hand.vault.confirm(LEDGER_ID, in_ledger - 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["slots"][0].update(id="0" * 32),
        lambda told: told["slots"][0].update(user="uid-li"),
        lambda told: told["slots"][0].update(wrapped=base64.b64encode(bytes(48)).decode()),
        lambda told: told["slots"][0]["kdf"].update(t=2),
        lambda told: told.update(ledger=OTHER_ID),
        lambda told: told.update(revision=99),
        lambda told: told["slots"].pop(),
        lambda told: told["slots"].reverse(),
        lambda told: told["fingerprints"].append("00" * 16),
        lambda told: told.update(seal=base64.b64encode(bytes(32)).decode()),
    ],
)
def test_altered_keys_are_refused(hand: HandLedger, change: Callable[[dict[str, Any]], object]) -> None:
    beside = keep_only_beside(hand)
    edit(beside, change)
    with pytest.raises(WrongSecret):
        Vault.find(hand.path).unlock_password("周敏", PASSWORD)


def test_a_renamed_slot_does_not_let_one_user_in_as_another(hand: HandLedger) -> None:
    beside = keys_beside(hand.path)
    hand.vault.add_password(LI, OTHER_PASSWORD)
    keys_at_home(hand.home, LEDGER_ID).unlink()

    def swap_names(told: dict[str, Any]) -> None:
        one, two = (slot for slot in told["slots"] if slot["kind"] == "password")
        one["name"], two["name"] = two["name"], one["name"]

    edit(beside, swap_names)
    with pytest.raises(WrongSecret):
        Vault.find(hand.path).unlock_password("周敏", OTHER_PASSWORD)


def test_a_slot_of_another_ledger_is_refused(hand: HandLedger, tmp_path: Path) -> None:
    other = make_ledger(tmp_path / "other", hand.home, OTHER_ID)
    beside = keep_only_beside(hand)
    foreign = json.loads(keys_beside(other.path).read_bytes())["slots"]
    edit(beside, lambda told: told.update(slots=foreign))
    with pytest.raises(WrongSecret):
        Vault.find(hand.path).unlock_password("周敏", PASSWORD)


def test_an_altered_copy_is_put_right_by_a_genuine_one_whatever_it_claims(hand: HandLedger) -> None:
    beside, at_home = both(hand)
    edit(beside, lambda told: told.update(revision=99))
    assert Vault.find(hand.path).unlock_password("周敏", PASSWORD) == hand.key
    assert beside.read_bytes() == at_home.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(version=2),
        lambda told: told["slots"][0]["kdf"].update(m=64 * 1024 * 1024),
        lambda told: told["slots"][0]["kdf"].update(t=0),
        lambda told: told["slots"][0].update(extra=1),
        lambda told: told["slots"][0].update(kind="master"),
        lambda told: told["slots"][0].update(salt="%"),
        lambda told: told.update(slots=[None]),
        lambda told: told.pop("seal"),
    ],
)
def test_what_is_no_keys_file_counts_as_missing(
    hand: HandLedger, change: Callable[[dict[str, Any]], object]
) -> None:
    beside = keep_only_beside(hand)
    edit(beside, change)
    with pytest.raises(SlotsDamaged):
        KeySlots.from_json(beside.read_bytes())
    with pytest.raises(KeysMissing):
        Vault.find(hand.path)


def test_a_demo_opens_without_a_password_and_takes_none(tmp_path: Path, keys_home: Path) -> None:
    path, key = tmp_path / "demo.cdesk", cipher.new_key()
    write_people(path, key)
    Vault.create(path, LEDGER_ID, key, home=keys_home).add_open()
    demo = Vault.find(path)
    assert demo.is_open
    assert demo.unlock_open() == key
    with pytest.raises(UserError, match="演示台账不设口令"):
        demo.add_password(ZHOU, PASSWORD)
    with pytest.raises(UserError, match="演示台账不设口令"):
        demo.set_recovery(new_recovery_code())


def test_a_real_ledger_has_no_open_slot_and_never_gets_one(hand: HandLedger) -> None:
    assert all(slot.kind is not Kind.OPEN for slot in hand.vault.slots)
    with pytest.raises(WrongSecret, match="要用口令打开"):
        Vault.find(hand.path).unlock_open()
    with pytest.raises(UserError, match="不能改成演示台账"):
        hand.vault.add_open()


def test_an_open_slot_put_in_by_hand_opens_nothing(hand: HandLedger) -> None:
    beside = keep_only_beside(hand)
    edit(beside, lambda told: told["slots"].append(Slot.clear(bytes(32)).plain()))
    with pytest.raises(WrongSecret):
        Vault.find(hand.path).unlock_open()
