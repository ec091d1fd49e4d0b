"""The key slots of a ledger: its one key, wrapped once under every password and under the recovery code.

A slot is AES-256-GCM under a key that Argon2id makes of the secret (RFC 9106; its parameters lie in the
slot). Its associated data are the ledger, the slot, its kind and its user: a slot moved or relabelled
doesn't open. The whole document carries a revision and a seal (HMAC-SHA-256 under a sub-key of the
ledger's key), so that who has opened it can tell a genuine copy from an altered one, and a newer from
an older.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import unicodedata
import uuid
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cadre_desk.db.cipher import KEY_BYTES

FORMAT: Final = "cadre-desk-keys"
VERSION: Final = 1
#: Lengths in bytes of Argon2's salt and of AES-GCM's nonce.
KDF_SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12


class SlotsDamaged(ValueError):
    """A keys file is not what this program writes; its copies are tried instead."""


class Kind(StrEnum):
    """What opens a slot: a password, the recovery code, or nothing (the demo's key lies in the clear)."""

    PASSWORD = "password"  # noqa: S105 (the name of a kind)
    RECOVERY = "recovery"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Kdf:
    """Argon2id's cost: passes, memory in KiB, lanes. A file that asks for more than the bounds is refused."""

    t: int = 3
    m: int = 64 * 1024
    p: int = 1

    #: The most a file may ask for.
    MOST: ClassVar[tuple[int, int, int]] = (16, 1024 * 1024, 8)

    def __post_init__(self) -> None:
        """Refuse costs that would exhaust the computer."""
        asked = (self.t, self.m, self.p)
        if min(asked) < 1 or any(cost > most for cost, most in zip(asked, self.MOST, strict=True)):
            raise SlotsDamaged(f"cost out of bounds: {self}")

    def key(self, secret: str, salt: bytes) -> bytes:
        """Make the wrapping key; the secret is brought to NFKC first: full-width digits are digits."""
        text = unicodedata.normalize("NFKC", secret).encode()
        return hash_secret_raw(text, salt, self.t, self.m, self.p, KEY_BYTES, Type.ID)


#: The cost of new slots: 0.16 s on an office PC.
DEFAULT_KDF: Kdf = Kdf()


@dataclass(frozen=True, slots=True)
class SlotUser:
    """Whose password a slot takes: the user's uid in the ledger, and the name to log in with."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """The ledger's key, wrapped; ``wrapped`` of an open slot is the key itself."""

    id: str
    kind: Kind
    user: SlotUser | None = None
    kdf: Kdf | None = None
    salt: bytes = b""
    nonce: bytes = b""
    wrapped: bytes = field(default=b"", repr=False)

    @classmethod
    def wrap(cls, ledger_id: str, key: bytes, kind: Kind, secret: str, user: SlotUser | None = None) -> Slot:
        """Wrap the key under a secret."""
        kdf, salt, nonce = DEFAULT_KDF, os.urandom(KDF_SALT_BYTES), os.urandom(NONCE_BYTES)
        slot = cls(uuid.uuid4().hex, kind, user, kdf, salt, nonce)
        wrapped = AESGCM(kdf.key(secret, salt)).encrypt(nonce, key, slot._bound_to(ledger_id))
        return replace(slot, wrapped=wrapped)

    @classmethod
    def clear(cls, key: bytes) -> Slot:
        """Lay the key in the clear: for a demo, whose people are invented."""
        return cls(uuid.uuid4().hex, Kind.OPEN, wrapped=key)

    def unwrap(self, ledger_id: str, secret: str) -> bytes | None:
        """Answer the ledger's key; None if the secret is wrong or the slot is not as it was made."""
        if self.kdf is None:
            return self.wrapped
        try:
            cipher = AESGCM(self.kdf.key(secret, self.salt))
            return cipher.decrypt(self.nonce, self.wrapped, self._bound_to(ledger_id))
        except InvalidTag:
            return None

    def _bound_to(self, ledger_id: str) -> bytes:
        """Name what the slot belongs to: the associated data of its encryption."""
        uid = self.user.uid if self.user else ""
        return json.dumps([FORMAT, VERSION, ledger_id, self.id, self.kind, uid]).encode()

    def plain(self) -> dict[str, Any]:
        """Answer the slot as JSON values."""
        told: dict[str, Any] = {"id": self.id, "kind": self.kind.value, "wrapped": _text(self.wrapped)}
        if self.user:
            told |= {"user": self.user.uid, "name": self.user.name}
        if self.kdf:
            told["kdf"] = {"name": "argon2id", "t": self.kdf.t, "m": self.kdf.m, "p": self.kdf.p}
            told |= {"salt": _text(self.salt), "nonce": _text(self.nonce)}
        return told

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> Slot:
        """Read a slot; anything missing or of another shape raises KeyError, TypeError or ValueError."""
        kind = Kind(told["kind"])
        user = SlotUser(str(told["user"]), str(told["name"])) if kind is Kind.PASSWORD else None
        if kind is Kind.OPEN:
            slot = cls(str(told["id"]), kind, wrapped=_bytes(told["wrapped"]))
        else:
            cost = told["kdf"]
            kdf = Kdf(int(cost["t"]), int(cost["m"]), int(cost["p"]))
            salt, nonce, wrapped = (_bytes(told[name]) for name in ("salt", "nonce", "wrapped"))
            slot = cls(str(told["id"]), kind, user, kdf, salt, nonce, wrapped)
        if slot.plain() != told:
            raise SlotsDamaged(f"slot {slot.id} says more than is known of it")
        return slot


@dataclass(frozen=True, slots=True)
class KeySlots:
    """All slots of one ledger, the fingerprints of its file, a revision, and the seal over it all."""

    ledger_id: str
    revision: int = 0
    fingerprints: tuple[bytes, ...] = ()
    slots: tuple[Slot, ...] = ()
    seal: bytes = b""

    def sealed(self, key: bytes) -> KeySlots:
        """Answer the next revision, sealed."""
        draft = replace(self, revision=self.revision + 1)
        return replace(draft, seal=draft.seal_under(key))

    def is_genuine(self, key: bytes) -> bool:
        """Say whether the document was written by who had this key, and nobody altered it since."""
        return hmac.compare_digest(self.seal, self.seal_under(key))

    def of_kind(self, kind: Kind) -> tuple[Slot, ...]:
        """Answer the slots of one kind."""
        return tuple(slot for slot in self.slots if slot.kind is kind)

    def to_json(self) -> bytes:
        """Write the document."""
        return json.dumps(self._plain() | {"seal": _text(self.seal)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> KeySlots:
        """Read a document; raises SlotsDamaged."""
        try:
            told = json.loads(content)
            if (told["format"], told["version"]) != (FORMAT, VERSION):
                raise SlotsDamaged(f"{told['format']} version {told['version']}")
            return cls(
                ledger_id=str(uuid.UUID(told["ledger"])),
                revision=int(told["revision"]),
                fingerprints=tuple(bytes.fromhex(one) for one in told["fingerprints"]),
                slots=tuple(Slot.from_plain(one) for one in told["slots"]),
                seal=_bytes(told["seal"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise SlotsDamaged(str(error)) from error

    def _plain(self) -> dict[str, Any]:
        """Answer what is sealed."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "ledger": self.ledger_id,
            "revision": self.revision,
            "fingerprints": [one.hex() for one in self.fingerprints],
            "slots": [slot.plain() for slot in self.slots],
        }

    def seal_under(self, key: bytes) -> bytes:
        """Sign what is sealed under a sub-key of the ledger's key."""
        return seal(key, FORMAT, self._plain())


def seal(key: bytes, purpose: str, told: dict[str, Any]) -> bytes:
    """Sign JSON values with HMAC-SHA-256 under a sub-key made for one purpose."""
    sub_key = hmac.digest(key, f"{purpose} seal 1".encode(), hashlib.sha256)
    content = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(sub_key, content, hashlib.sha256)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
