"""What headings mean: labels and aliases of the fields, and synonyms from other people's rosters."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from cadre_desk.domain.resources import resource
from cadre_desk.intake.grid import Value
from cadre_desk.registers.register import Register

_SPACES: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_MARKS: Final = re.compile(r"[*＊※★●]+|[（(](?:必填|选填|必填项|可选|可不填|必录)[)）]")
_ENDS: Final = re.compile(r"[:：;；,，。.、]+$")
#: The apostrophe that makes Excel keep text, as it comes out of systems that write it.
_APOSTROPHE: Final = re.compile(r"^['‘’`]+")
_ASIDE: Final = re.compile(r"[(（\[【].*?[)）\]】]")
_NUMBERED: Final = re.compile(r"^[0-9]{1,2}[.、)）]")
#: A heading longer than this is an instruction.
_LONGEST: Final = 40
#: "老干部姓名", but not "证件姓名".
_NAMED: Final = re.compile(
    r"(?:学生|老干部|离退休干部|离休干部|退休干部|干部|人员|员工|职工|民警|党员|本人|老人|对象|会员|志愿者|同志"
    r"|教师|参保人|领取人|申请人)?姓名"
)
_ID_NAMED: Final = re.compile(
    r"(?:学生|老干部|离退休干部|干部|人员|员工|职工|民警|党员|本人|老人|公民|居民)?身份证(?:件)?(?:号码?|编号)?"
)


#: The registers whose rows are people, or hang on people.
_OF_PERSONS: Final = frozenset({"people", "contacts", "accounts", "memberships"})


#: What a roster tells of the person whom a contact, an account or a membership belongs to: the former unit,
#: the ID number, the birth. It says who is meant and is not kept.
PERSON_UNIT: Final = "person_unit"
PERSON_ID: Final = "person_id_no"
PERSON_BIRTH: Final = "person_birth"
PERSON_KEYS: Final = (PERSON_UNIT, PERSON_ID, PERSON_BIRTH)


class By(StrEnum):
    """How a column came to its field."""

    NAME = "name"
    SYNONYM = "synonym"
    CONTENT = "content"
    REMEMBERED = "remembered"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading stands for.

    ``fields`` is the key of its field, or the two that share it (单位及职务); none is a heading that is known
    and not taken. ``kin`` is whose contact it is. Of columns that claim one field the lowest ``rank`` is the
    surest: the field's own label, an alias, another office's word, a word that only may mean it.
    """

    fields: tuple[str, ...]
    by: By
    kin: str = ""
    rank: int = 0


def tidy(text: str) -> str:
    """A heading as it is shown: without marks of necessity stays readable, without line breaks."""
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=8192)
def head_key(text: str) -> str:
    """What two spellings of one heading have in common: width, blanks, stars and colons don't matter."""
    folded = _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()
    folded = _ENDS.sub("", _MARKS.sub("", _APOSTROPHE.sub("", folded)))
    return _NUMBERED.sub("", folded) or folded


#: Headings shorter than this say what they say: 健康 may as well be a name.
_SHORTEST_LOOSE: Final = 4
_LOOSE_RANK: Final = 3
#: What differs between headings of one meaning, and what it is made to, in this order.
_LOOSENING: Final = tuple(
    (re.compile(form), plain)
    for form, plain in (
        (r"离[(]退[)]休|退[(]离[)]休|[离退]/[离退]休|离退休|退离休|离休|退休", "退休"),
        (_ASIDE.pattern, ""),
        (r"中国共产党|共产党|中共|党组织", "党"),
        (r"加入党", "入党"),
        (r"第?[0-9一二]$", ""),
        (r"^(?:本人|个人|老干部|干部|人员|老同志)(?=.{2})|(?<=退休)(?:干部|人员)(?=.)|所在|所属|的", ""),
        (r"^(?:现在|目前|现|实际|具体)(?=居|住|家庭|地址|通讯)", ""),
        (r"(?<=退休)时(?!间)", "前"),
        (r"(?:年月日|年月|年份|日期|时间)$", "时间"),
        (r"(?:号码|编号)$", "号"),
        (r"(?<=..)(?:信息|情况|状况|名称|详情)$", ""),
        (r"[和与、/]", "及"),
    )
)


@lru_cache(maxsize=8192)
def loosened(key: str) -> str:
    """What two headings of one meaning have in common, once ``head_key`` has folded their writing."""
    for form, plain in _LOOSENING:
        key = form.sub(plain, key)
    return key


class Vocabulary:
    """The headings that a register understands."""

    def __init__(self, register: Register) -> None:
        self._meanings: dict[str, Meaning] = {}
        self._kin: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        words = _words()
        self.ordinals = frozenset(map(head_key, words["ordinal"]))
        self.name = register.name
        self.of_persons = register.key in _OF_PERSONS
        own = "id_no" if "id_no" in register.form else ""
        self.identity = own or (PERSON_ID if register.key == "memberships" else "")
        self._read: dict[str, Meaning | None] = {}
        self._loose: dict[str, Meaning | None] = {}
        for key, field in register.fields.items():
            self._learn(Meaning((key,), By.NAME), (field.label,))
        for column in register.columns:
            if column.key in register.form:
                self._learn(Meaning((column.key,), By.NAME), (column.heading,))
        self._learn_synonyms(words, register)
        for key, field in register.fields.items():
            self._learn(Meaning((key,), By.SYNONYM, rank=1), field.aliases)
        for key, field in register.fields.items():
            self._learn(Meaning((key,), By.SYNONYM, rank=1), (_ASIDE.sub("", field.label),))
        self.elsewhere: dict[str, str] = words["elsewhere"] if register.key == "people" else {}
        if register.key == "people":
            self._learn_kin(words)
            for key, spellings in words["weak"].items():
                self._learn(Meaning((key,), By.SYNONYM, rank=4), spellings)
        self._learn(Meaning((), By.SYNONYM), words["known"])
        self._learn(Meaning((), By.SYNONYM), words["ordinal"])
        if self.of_persons:
            self._learn_loosely()

    def _learn(self, meaning: Meaning, spellings: Iterable[str]) -> None:
        for spelling in spellings:
            self._meanings.setdefault(head_key(spelling), meaning)

    def _learn_synonyms(self, words: Mapping[str, Any], register: Register) -> None:
        for keys, spellings in words.get(register.key, {}).items():
            fields = tuple(keys.split("+"))
            if all("." in key or key in {*register.form, *PERSON_KEYS} for key in fields):
                meaning = Meaning(fields, By.SYNONYM, rank=1 + len(fields))
                for spelling in spellings:
                    kin = head_key(spelling) if keys == "contact.name" else ""
                    self._learn(replace(meaning, kin=kin), (spelling,))

    def _learn_loosely(self) -> None:
        """What headings have in common that say one thing in other words; names and numbers stay exact."""
        for spelling, meaning in self._meanings.items():
            if not {self.name, self.identity} & set(meaning.fields):
                loose = loosened(spelling)
                known = self._loose.setdefault(loose, meaning)
                if known is not None and (known.fields, known.kin) != (meaning.fields, meaning.kin):
                    self._loose[loose] = None

    def _learn_kin(self, words: Mapping[str, Any]) -> None:
        self._kin = {head_key(word): kin for kin, spellings in words["kin"].items() for word in spellings}
        self._parts = {head_key(part): key for key, parts in words["kin_parts"].items() for part in parts}

    def meaning(self, path: tuple[str, ...]) -> Meaning | None:
        """What a column is, from its headings top to bottom; nothing for one that nobody knows."""
        leaf = path[-1] if path else ""
        for above in reversed(path[:-1]):
            whose = self._kin.get(head_key(above))
            if whose is not None:
                part = self._parts.get(head_key(leaf))
                return Meaning((part,) if part else (), By.SYNONYM, kin=whose or head_key(above))
        found = self.word(leaf)
        if found is None and len(path) > 1:
            found = self.word("".join(path[-2:]))
        return found

    def word(self, text: str) -> Meaning | None:
        """What one heading means by itself."""
        if len(text) > _LONGEST:
            return None
        if text not in self._read:
            self._read[text] = self._find(text)
        return self._read[text]

    def _find(self, text: str) -> Meaning | None:
        key = head_key(text)
        bare = _ASIDE.sub("", key)
        for spelling in (key, bare) if bare else (key,):
            if spelling in self._meanings:
                return self._meanings[spelling]
        if self.identity and _NAMED.fullmatch(bare):
            return Meaning((self.name,), By.SYNONYM)
        if self.identity and _ID_NAMED.fullmatch(bare):
            return Meaning((self.identity,), By.SYNONYM)
        return self._of_kin(bare) or self._find_loosely(key)

    def _find_loosely(self, key: str) -> Meaning | None:
        """A heading that says what a known one does in other words: 入党年份, 联系电话1, 退休前所在单位."""
        if len(key) < _SHORTEST_LOOSE:
            return None
        found = self._loose.get(loosened(key))
        return None if found is None else replace(found, by=By.SYNONYM, rank=_LOOSE_RANK)

    def _of_kin(self, key: str) -> Meaning | None:
        """配偶姓名, 家属联系方式: a contact's column without a heading above it."""
        for end in range(min(len(key), 6), 1, -1):
            whose = self._kin.get(key[:end])
            rest = key[end:].removeprefix("的").removeprefix("1")
            if whose is not None and rest in self._parts:
                part = self._parts[rest]
                return Meaning((part,) if part else (), By.SYNONYM, kin=whose or key[:end])
        return None

    def is_relation(self, path: tuple[str, ...]) -> bool:
        """Whether a heading asks what somebody is to the person."""
        return bool(path) and self._parts.get(head_key(path[-1])) == "contact.relation"

    def is_label(self, value: Value) -> bool:
        """Whether a cell is nothing but a heading that is known."""
        return isinstance(value, str) and 0 < len(value) <= _LONGEST and self.word(value) is not None

    def is_field(self, value: Value) -> bool:
        """Whether a cell is the heading of something that the register keeps."""
        found = self.word(value) if isinstance(value, str) and 0 < len(value) <= _LONGEST else None
        return found is not None and bool(found.fields)

    def anchor(self, value: Value) -> str:
        """The key of the name or identity that a heading stands for, "" for any other cell."""
        if (
            not isinstance(value, str)
            or not value
            or len(value) > _LONGEST
            or value.rstrip().endswith((":", "："))
        ):
            return ""
        meaning = self.word(value)
        if meaning is None or len(meaning.fields) != 1 or meaning.kin:
            return ""
        key = meaning.fields[0]
        return key if key in {self.name, self.identity} else ""


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource("intake/headings.json").read_text(encoding="utf-8"))
    return found
