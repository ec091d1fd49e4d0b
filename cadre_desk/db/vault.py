"""The vault hands out the ledger's key: to a password, to the recovery code, to anybody if it is a demo.

Its slots (keyslots.py) lie beside the ledger, in the user's data folder, and in every backup. Any copy
will do: the ledger is recognised by its fingerprint, and whoever opens it puts missing, damaged and
outdated copies right. A copy that is older than another genuine one opens nothing that the newer
doesn't.
"""

from __future__ import annotations

import unicodedata
import uuid
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre_desk.db import cipher
from cadre_desk.db.durable import write_durably
from cadre_desk.db.keyslots import KeySlots, Kind, Slot, SlotsDamaged, SlotUser
from cadre_desk.db.places import KEYS_SUFFIX, data_folder, keys_at_home, keys_beside
from cadre_desk.db.recovery import normalise_code
from cadre_desk.db.tries import Tries
from cadre_desk.domain.errors import FieldError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: The least length of a password, and of one that has only digits (birthdays, phone numbers).
SHORTEST: Final = 8
SHORTEST_DIGITS: Final = 12
#: The least number of different characters in a password.
FEWEST_DIFFERENT: Final = 4


class KeysMissing(UserError):
    """No readable keys file belongs to the ledger."""


class WrongSecret(UserError):
    """The password or recovery code opens nothing (any more)."""


class KeysStale(UserError):
    """Every copy of the keys is older than the ledger says, or belongs to another ledger."""


def check_password(password: str) -> str:
    """Answer what is shown below a good password (“够长：12 位”); raise FieldError saying what is wrong."""
    text = unicodedata.normalize("NFKC", password)
    if not text.strip():
        raise FieldError("请设一个口令。")
    if len(text) < SHORTEST:
        raise FieldError(f"口令太短：现在 {len(text)} 位，至少 {SHORTEST} 位。")
    if len(set(text)) < FEWEST_DIFFERENT:
        raise FieldError("口令太简单：来回只有几个字符，请换一个。")
    if text.isdigit() and len(text) < SHORTEST_DIGITS:
        raise FieldError(
            f"口令太简单：只有数字（像生日、电话），请加上字母或汉字，或用 {SHORTEST_DIGITS} 位以上。"
        )
    return f"够长：{len(text)} 位"


class Vault:
    """The keys of one ledger. Who changes them must have unlocked it (or created it) first."""

    def __init__(self, copies: Iterable[KeySlots], home: Path, ledger: Path | None) -> None:
        """Take the copies found, the one beside the ledger first; ``ledger`` None: not yet placed."""
        self._copies = sorted(copies, key=lambda copy: -copy.revision)
        self._home = home
        self._ledger = ledger
        self._key: bytes | None = None
        self.tries = Tries(home / "tries" / f"{self.ledger_id}.json")

    @classmethod
    def create(cls, ledger: Path, ledger_id: str, key: bytes, *, home: Path | None = None) -> Vault:
        """Begin the vault of a ledger just made; it is written with its first slot."""
        fingerprints = (cipher.salt_of(ledger),)
        slots = KeySlots(str(uuid.UUID(ledger_id)), fingerprints=fingerprints).sealed(key)
        vault = cls([slots], home or data_folder(), ledger)
        vault._key = key
        return vault

    @classmethod
    def find(cls, ledger: Path, *, home: Path | None = None) -> Vault:
        """Find the ledger's keys: beside it (whatever their name), then in the data folder.

        Raises LedgerUnreadable if there is no such ledger, KeysMissing if no copy of its keys is left.
        """
        home = home or data_folder()
        fingerprint = cipher.salt_of(ledger)
        beside = [slots for slots in [_read(keys_beside(ledger))] if slots]
        around = _read_all(ledger.parent)
        known = [
            one for one in (*beside, *around, *_read_all(home / "keys")) if fingerprint in one.fingerprints
        ]
        copies = known or beside
        if not copies:
            raise KeysMissing(
                f"没有找到台账“{ledger.name}”的钥匙文件（{keys_beside(ledger).name}）。请把它从原来的电脑一起拷来，"
                "或者从任意一份备份恢复（备份里带着钥匙）。台账文件没有改动。"
            )
        return cls(_of_one_ledger(copies), home, ledger)

    @classmethod
    def from_backup(cls, slots: KeySlots, target: Path, *, home: Path | None = None) -> Vault:
        """Take the keys out of a backup, and newer ones of the same ledger that this computer still has."""
        home = home or data_folder()
        here = [_read(keys_beside(target)), _read(keys_at_home(home, slots.ledger_id))]
        return cls(_of_one_ledger([slots, *(one for one in here if one)]), home, None)

    @property
    def document(self) -> KeySlots:
        """The newest slots: what is written, and what goes into a backup; genuine once unlocked."""
        return self._copies[0]

    @property
    def ledger_id(self) -> str:
        """The ledger's id, as the ledger itself must say."""
        return self.document.ledger_id

    @property
    def revision(self) -> int:
        """Counts the changes of the keys; the ledger keeps the highest it has seen (see ``confirm``)."""
        return self.document.revision

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots, for the settings page; before unlocking only a hint."""
        return self.document.slots

    @property
    def users(self) -> tuple[SlotUser, ...]:
        """Who has a password, in the order given out; for the login page."""
        return tuple(slot.user for slot in self.document.slots if slot.user)

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery code was set."""
        return bool(self.document.of_kind(Kind.RECOVERY))

    @property
    def is_open(self) -> bool:
        """Whether the ledger is a demo that opens without a password."""
        return bool(self.document.of_kind(Kind.OPEN))

    @property
    def key(self) -> bytes:
        """The ledger's key; the vault must have been unlocked."""
        if self._key is None:
            raise RuntimeError("the vault is locked")
        return self._key

    def unlock_password(self, name: str, password: str) -> bytes:
        """Answer the key to a user's password. Raises WrongSecret, or TooSoon after many wrong tries."""
        self.tries.admit()
        wanted = _plain_name(name)
        if not any(_plain_name(user.name) == wanted for user in self.users):
            known = "、".join(user.name for user in self.users) or "（没有）"
            raise WrongSecret(f"没有叫“{name}”的使用人。本台账的使用人：{known}。")
        try:
            key = self._unlock(
                (
                    slot
                    for slot in self._all(Kind.PASSWORD)
                    if slot.user and _plain_name(slot.user.name) == wanted
                ),
                password,
                "口令不对，请再输一次（看看大写锁定和输入法）。",
            )
        except WrongSecret:
            self.tries.failed()
            raise
        self.tries.passed()
        return key

    def unlock_recovery(self, code: str) -> bytes:
        """Answer the key to the recovery code. Raises FieldError (mistyped) or WrongSecret (another's)."""
        said = "这个恢复码打不开这本台账：它属于别的台账，或者后来换过新码。"
        return self._unlock(self._all(Kind.RECOVERY), normalise_code(code), said)

    def unlock_open(self) -> bytes:
        """Answer the key of a demo. Raises WrongSecret if the ledger is a real one."""
        return self._unlock(self._all(Kind.OPEN), "", "这本台账要用口令打开。")

    def confirm(self, ledger_id: str, revision: int) -> None:
        """Check the keys against what the opened ledger says. Raises KeysStale.

        The ledger keeps the id and the highest revision seen; it writes ``revision`` down when ours is
        higher.
        """
        if ledger_id != self.ledger_id:
            raise KeysStale("钥匙文件属于另一本台账，没有打开。请从这本台账的备份恢复。")
        if revision > self.revision:
            raise KeysStale(
                "钥匙文件比台账旧（口令后来改过），没有打开。请用最新的钥匙文件或恢复码，或从最近的备份恢复。"
            )

    def add_password(self, user: SlotUser, password: str) -> None:
        """Give a user a password, in place of an earlier one. Raises FieldError."""
        check_password(password)
        self._refuse_in_a_demo()
        self._refuse_namesake(user)
        others = [slot for slot in self.slots if not (slot.user and slot.user.uid == user.uid)]
        self._keep([*others, Slot.wrap(self.ledger_id, self.key, Kind.PASSWORD, password, user)])

    def change_password(self, name: str, old: str, new: str) -> None:
        """Change a user's own password, who must know the old one."""
        check_password(new)
        self.unlock_password(name, old)
        user = next(user for user in self.users if _plain_name(user.name) == _plain_name(name))
        self.add_password(user, new)

    def rename_user(self, user: SlotUser) -> None:
        """Take over a user's new name for the login page; the password stays."""
        self._refuse_namesake(user)
        self._keep(
            replace(slot, user=user) if slot.user and slot.user.uid == user.uid else slot
            for slot in self.slots
        )

    def remove(self, slot: Slot) -> None:
        """Take a slot away. Refuses the last password (and a demo's open slot): nobody could log in."""
        left = [one for one in self.slots if one.id != slot.id]
        if all(one.kind is Kind.RECOVERY for one in left):
            raise UserError("这是最后一个能登录的口令，不能删除。请先给别的使用人设口令。")
        self._keep(left)

    def set_recovery(self, code: str) -> None:
        """Set the recovery code, in place of an earlier one."""
        self._refuse_in_a_demo()
        others = [slot for slot in self.slots if slot.kind is not Kind.RECOVERY]
        self._keep([*others, Slot.wrap(self.ledger_id, self.key, Kind.RECOVERY, normalise_code(code))])

    def add_open(self) -> None:
        """Let anybody in: only for a demo, and only while nothing else opens it."""
        if self.slots:
            raise UserError("这本台账已有口令或恢复码，不能改成演示台账。")
        self._keep([Slot.clear(self.key)])

    def settle(self, ledger: Path, fingerprint: bytes) -> None:
        """Write the keys of a ledger about to be restored where it will lie, and at home. Raises OSError."""
        self._ledger = ledger
        self._know(fingerprint)
        self._write()

    def _all(self, kind: Kind) -> Iterator[Slot]:
        """Go through the slots of a kind in all copies, newest copy first, each once."""
        seen: set[Slot] = set()
        for copy in self._copies:
            for slot in copy.of_kind(kind):
                if slot not in seen:
                    seen.add(slot)
                    yield slot

    def _unlock(self, slots: Iterable[Slot], secret: str, refusal: str) -> bytes:
        """Try the slots; what opens must also stand in the newest genuine copy."""
        for slot in slots:
            key = slot.unwrap(self.ledger_id, secret)
            genuine = [copy for copy in self._copies if key and copy.is_genuine(key)]
            if key and genuine:
                if slot not in genuine[0].slots:
                    raise WrongSecret("这是以前的口令（恢复码），后来改过，请用现在的。")
                self._accept(key, genuine[0])
                return key
        raise WrongSecret(refusal)

    def _accept(self, key: bytes, slots: KeySlots) -> None:
        """Hold the key, and put the copies right; where that can't be written the ledger still opens."""
        if self._ledger is None:
            self._key, self._copies = key, [slots]
            return
        fingerprint = cipher.salt_of(self._ledger)
        if fingerprint not in slots.fingerprints:  # found by its name only: does the key fit?
            cipher.connect(self._ledger, key, query_only=True).close()
        self._key, self._copies = key, [slots]
        self._know(fingerprint)
        with suppress(OSError):
            self._write()

    def _know(self, fingerprint: bytes) -> None:
        """Add a fingerprint to those the ledger is known by."""
        if fingerprint not in self.document.fingerprints:
            known = (*self.document.fingerprints, fingerprint)
            self._copies = [replace(self.document, fingerprints=known).sealed(self.key)]

    def _keep(self, slots: Iterable[Slot]) -> None:
        """Seal and write changed slots. Raises UserError, with nothing changed, if that fails."""
        before = self._copies
        self._copies = [replace(self.document, slots=tuple(slots)).sealed(self.key)]
        try:
            self._write()
        except OSError as error:
            self._copies = before
            raise UserError(
                f"钥匙文件写不进去（{error.strerror}），口令和恢复码没有改动。请检查台账所在的文件夹。"
            ) from None

    def _write(self) -> None:
        """Write both copies; the one beside the ledger must succeed, the other is made good next time."""
        if self._ledger is None:
            raise RuntimeError("the restored ledger has no place yet")
        _put(keys_beside(self._ledger), self.document)
        with suppress(OSError):
            _put(keys_at_home(self._home, self.ledger_id), self.document)

    def _refuse_in_a_demo(self) -> None:
        """A password on a demo would guard nothing: its key lies in the clear."""
        if self.is_open:
            raise UserError("演示台账不设口令，也不要录入真实数据。请另建一本台账。")

    def _refuse_namesake(self, user: SlotUser) -> None:
        """Two users of one name could not tell their passwords apart at the login page."""
        if not _plain_name(user.name):
            raise FieldError("请写使用人的姓名。")
        if any(_plain_name(one.name) == _plain_name(user.name) and one.uid != user.uid for one in self.users):
            raise FieldError(f"已有叫“{user.name}”的使用人，请加字区分。")


def _plain_name(name: str) -> str:
    """Bring a login name to one form."""
    return unicodedata.normalize("NFKC", name).strip()


def _of_one_ledger(copies: list[KeySlots]) -> list[KeySlots]:
    """Keep the copies that belong to the ledger of the first, each once."""
    unique = dict.fromkeys(copies)
    return [copy for copy in unique if copy.ledger_id == copies[0].ledger_id]


def _read(place: Path) -> KeySlots | None:
    """Read a keys file; None if it is missing, damaged or out of reach."""
    try:
        return KeySlots.from_json(place.read_bytes())
    except (OSError, SlotsDamaged):
        return None


def _read_all(folder: Path) -> list[KeySlots]:
    """Read every keys file of a folder, in the order of their names."""
    try:
        places = sorted(folder.glob(f"*{KEYS_SUFFIX}"))
    except OSError:
        return []
    return [slots for slots in map(_read, places) if slots]


def _put(place: Path, slots: KeySlots) -> None:
    """Write one copy; keys of another ledger that lie there are moved aside, never overwritten."""
    there = _read(place)
    if there == slots:
        return
    if there is not None and there.ledger_id != slots.ledger_id:
        place.replace(place.with_name(f"{place.stem}-{there.ledger_id[:8]}{KEYS_SUFFIX}"))
    write_durably(place, slots.to_json())
