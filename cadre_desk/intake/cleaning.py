"""Reading cells as values of their fields: what was understood, what is wrong, what is set aside.

Nothing is guessed that destroys truth: an ID number that lost digits stays out. Nothing is lost in silence: a
word that no code table knows is kept in the note, and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from cadre_desk.domain import codes, id_numbers, money
from cadre_desk.domain.errors import FieldError, Severity
from cadre_desk.domain.fields import AnyField, Code, Codes
from cadre_desk.domain.names import clean_name
from cadre_desk.intake.cells import EXACT, cell_text, is_blank_word, is_masked, plain_text
from cadre_desk.intake.grid import Value
from cadre_desk.intake.links import Links
from cadre_desk.intake.understood import NOTHING, Read

_BRACKETS: Final = re.compile(r"[（(\[【〔](.*?)[）)\]】〕]")
#: Letters, hanzi, dots and blanks: what names are made of, once cleaned.
_BELIEVABLE: Final = re.compile(
    r"[A-Za-z\u00c0-\u024f\u3007\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff·.' -]+"
)
_LETTERS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_PHONE_WORDS: Final = re.compile(r"[\d\s()（）+/、,，;；.\-—转分机座机手机宅电办公室家:：]+")
_DIGIT: Final = re.compile(r"\d")
_SHORTEST_PHONE: Final = 5
#: A mobile number that lost a figure or has one too many.
_NEARLY_MOBILE: Final = re.compile(r"1[3-9](?:\d{8}|\d{10})")
#: Values of a column remembered with what they say.
_MOST_KNOWN: Final = 20_000
_SPLIT: Final = re.compile(r"[、,，;；/／\s]+")
_DIED: Final = re.compile(r"已?(?:去世|逝世|故|亡故|病故|死亡)")
_WOMEN, _MEN = frozenset({"女", "女性"}), frozenset({"男", "男性"})
#: Ticks and crosses as fonts and forms write them.
_MARKS: Final = str.maketrans("✔☑✅∨✗✘☒╳✖⨯", "√√√√××××××")
#: Two names in one cell: each as long as a name is.
_TWO_NAMES: Final = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[\s\u3000]+[\u4e00-\u9fff]{2,3})+")
#: The surnames of nine people in ten; what begins like this is a name by itself.
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
#: More than one person under one name: 张志强夫妇, 李桂兰等3人.
_SEVERAL: Final = re.compile(
    r".{2,}?\s*(?:夫妇|夫妻|伉俪|一家|全家|等\s*[0-9一二两三四五六七八九十]+\s*[人名位])"
)
#: What is said to a name and is none of it.
_SAID_TO: Final = re.compile(r"(?<=.{2})\s*同志$")
#: What some write before a number that its column already names.
_LABELLED: Final = frozenset({"id_number", "phone", "account"})
_LABEL: Final = re.compile(
    r"\s*(?:公民)?(?:身份证件?|居民身份证|身份|证件)?(?:联系|手机|移动|固定|银行)?"
    r"(?:号码?|电话|手机|座机|宅电|卡号|账号|帐号|身份证)?\s*[:：]\s*(?=\S)"
)
#: 未住院, 非红军
_DENYING: Final = "未非不没"
#: Words around a code that don't change it: 享受副县级待遇, 离休干部.
_AROUND: Final = re.compile(r"^(?:现|原|已|享受|离退休|系|中共|正式)+|(?:干部|人员|待遇|（.*）|\(.*\))+$")


def _without_label(field: AnyField, value: Value) -> Value:
    """A cell without what its column is called anyway: 身份证：, 电话:."""
    if not isinstance(value, str) or field.kind not in _LABELLED:
        return value
    said = _LABEL.match(value)
    return value[said.end() :] if said else value


class Cleaner:
    """Reads cells as values of the fields of a register; what doesn't depend on the row is read once."""

    def __init__(
        self, fields: Mapping[str, AnyField], elsewhere: Mapping[str, str], links: Links, today: date
    ) -> None:
        self._fields, self._elsewhere, self.links, self._today = fields, elsewhere, links, today
        self._known: dict[tuple[str, type], dict[Value, Read]] = {}
        #: What each sound ID number says.
        self.identities: dict[str, id_numbers.IdReading] = {}
        self._kinds: dict[str, Callable[[str, AnyField, Value], Read]] = {
            "name": self._name,
            "id_number": self._id,
            "phone": self._phone,
            "account": self._account,
            "code": self._code,
            "codes": self._codes,
            "link": self._link,
            "money": self._money,
            "yes_no": self._yes_no,
            "lunar": self._lunar,
        }

    def read(self, key: str, value: Value) -> Read:
        """What a cell of a field's column says (dates are ``date_columns``' to read)."""
        if value == "":
            return NOTHING
        known = self._known.setdefault((key, type(value)), {})
        found = known.get(value)
        if found is None:
            if len(known) > _MOST_KNOWN:
                known.clear()
            field = self._fields[key]
            reader = self._kinds.get(field.kind, self._text)
            found = known[value] = reader(key, field, _without_label(field, value))
        return found

    def texts(self, key: str) -> dict[Value, Read]:
        """What the texts of a field's columns were found to say so far."""
        return self._known.setdefault((key, str), {})

    def _text(self, _: str, field: AnyField, value: Value) -> Read:
        text = plain_text(cell_text(value))
        if is_blank_word(text):
            return NOTHING
        if field.sensitive is not None and is_masked(text):
            return _masked(field)
        return self._parsed(field, text, text)

    def _parsed(self, field: AnyField, text: str, aside: str) -> Read:
        try:
            return Read(field.parse(text))
        except FieldError as error:
            return Read(problem=str(error), severity=Severity.HOLD, aside=aside)

    def _name(self, _: str, field: AnyField, value: Value) -> Read:
        """A name, with what stands in brackets behind it told apart."""
        text = cell_text(value)
        also: list[tuple[str, Any]] = []
        asides: list[str] = []
        for word in _BRACKETS.findall(text):
            if word.strip() in _WOMEN | _MEN and "sex" in self._fields:
                also.append(("sex", "2" if word.strip() in _WOMEN else "1"))
            elif word.strip():
                asides.append(word.strip())
        bare = _SAID_TO.sub("", _BRACKETS.sub("", text).strip())
        name = clean_name(bare)
        if _SEVERAL.fullmatch(bare):
            said = f"「{text}」不止一个人，请每人一行，各填各的姓名和身份证号。"
            return Read(name, said, Severity.HOLD)
        if _TWO_NAMES.fullmatch(bare.strip()) and all(part[0] in _SURNAMES for part in bare.split()):
            said = f"「{text}」像是几个人的姓名写在一格里，请分成几行；是一个人的，请去掉中间的空格。"
            return Read(name, said, Severity.HOLD)
        if not _BELIEVABLE.fullmatch(name):
            return Read(
                name or None,
                f"姓名「{text}」里有数字或符号，请照证件改正。",
                Severity.HOLD,
                "、".join(asides),
                tuple(also),
            )
        if any(_DIED.search(word) for word in asides):
            return Read(
                name,
                f"姓名后面写着「{'、'.join(asides)}」，请核对是否还在册。",
                Severity.WARN,
                "、".join(asides),
                tuple(also),
            )
        problem = "姓名只有一个字，请核对。" if len(name) == 1 else ""
        if asides:
            problem = f"姓名后面的「{'、'.join(asides)}」记入备注。"
        try:
            return Read(field.parse(name), problem, Severity.WARN, "、".join(asides), tuple(also))
        except FieldError as error:
            return Read(problem=str(error), severity=Severity.HOLD)

    def _id(self, _: str, field: AnyField, value: Value) -> Read:
        text = cell_text(value)
        if is_blank_word(text):
            return NOTHING
        if is_masked(text):
            return _masked(field)
        try:
            reading = id_numbers.read_id(text, today=self._today)
            self.identities[reading.number] = reading
            return Read(reading.number)
        except FieldError as error:
            return Read(problem=str(error), severity=Severity.HOLD)

    def _phone(self, _: str, field: AnyField, value: Value) -> Read:
        """One or more numbers, kept as they are dialled; what can't be dialled is said."""
        text = plain_text(cell_text(value))
        if is_blank_word(text):
            return NOTHING
        if is_masked(text):
            return _masked(field)
        if isinstance(value, float) and abs(value) >= EXACT:
            return Read(problem=f"「{text}」是被 Excel 改过的号码，没有写入，请重录。", aside="")
        if not _PHONE_WORDS.fullmatch(text) or len(_DIGIT.findall(text)) < _SHORTEST_PHONE:
            return Read(text[:60], f"「{text}」不像电话号码，已照原样写入，请核对。")
        if _NEARLY_MOBILE.fullmatch(text.replace(" ", "").replace("-", "")):
            return Read(text[:60], f"「{text}」像手机号，位数不对，已照原样写入，请核对。")
        bare = text.replace(" ", "") if not _LETTERS.search(text) else text
        return self._parsed(field, bare.replace("、", "/").replace("，", "/").replace(",", "/"), text)

    def _account(self, _: str, field: AnyField, value: Value) -> Read:
        text = cell_text(value)
        if is_blank_word(text):
            return NOTHING
        if is_masked(text):
            return _masked(field)
        if (isinstance(value, float | int) and abs(value) >= EXACT) or "E+" in text.upper():
            return Read(
                problem=f"「{text}」末几位已被 Excel 丢掉，没有写入；请把这一列设为文本，照卡面重录。"
            )
        try:
            return Read(field.parse(plain_text(text)))
        except FieldError as error:
            return Read(problem=f"{error}没有写入。")

    def _code(self, key: str, field: AnyField, value: Value) -> Read:
        text = plain_text(cell_text(value))
        found = self._coded(key, field, text)
        if found is not None:
            return found
        if is_blank_word(text):
            return NOTHING
        for part in (_AROUND.sub("", text), *_SPLIT.split(text)):
            found = self._coded(key, field, part) if part and part != text else None
            if found is not None:
                return found
        return Read(problem=f"「{field.label}」的代码表里没有「{text}」，原文记入备注。", aside=text)

    def _coded(self, key: str, field: AnyField, text: str) -> Read | None:
        """The code of a word, from the field's own table or from the one it is often mixed up with."""
        item = codes.table(field.table).find(text) if isinstance(field, Code) else None
        if item is not None:
            return Read(item.code)
        other = self._elsewhere.get(key, "")
        beside = self._fields.get(other)
        item = codes.table(beside.table).find(text) if isinstance(beside, Code) else None
        return None if item is None else Read(also=((other, item.code),))

    def _codes(self, _: str, field: AnyField, value: Value) -> Read:
        if not isinstance(field, Codes):
            return NOTHING
        table = codes.table(field.table)
        text = plain_text(cell_text(value))
        found: set[str] = set()
        unknown: list[str] = []
        for word in _SPLIT.split(text):
            item = table.find(word) if word else None
            if item is not None:
                found.add(item.code)
            elif word and not is_blank_word(word):
                unknown.append(word)
        value_found = tuple(item.code for item in table.items if item.code in found) or None
        if not unknown:
            return Read(value_found)
        said = "、".join(unknown)
        return Read(value_found, f"「{field.label}」的代码表里没有「{said}」，原文记入备注。", aside=said)

    def _link(self, key: str, field: AnyField, value: Value) -> Read:
        text = plain_text(cell_text(value))
        return NOTHING if is_blank_word(text) else self.links.read(key, field, text)

    def _money(self, _: str, field: AnyField, value: Value) -> Read:
        text = plain_text(cell_text(value))
        if is_blank_word(text):
            return NOTHING
        try:
            if isinstance(value, int | float) and not isinstance(value, bool):
                return Read(money.parse_money_number(value))
            return Read(field.parse(text))
        except FieldError as error:
            return Read(problem=str(error), severity=Severity.HOLD)

    def _yes_no(self, _: str, field: AnyField, value: Value) -> Read:
        text = plain_text(cell_text(value)).translate(_MARKS)
        try:
            return Read(field.parse(text))
        except FieldError as error:
            if is_blank_word(text):
                return NOTHING
            said = text.removesuffix("的")
            denied = said.lstrip(_DENYING)
            if said == "是" or (denied and denied in field.label):
                return Read(denied == said)
            return Read(problem=f"{error}原文记入备注。", aside=text)

    def _lunar(self, _: str, field: AnyField, value: Value) -> Read:
        text = plain_text(cell_text(value))
        if is_blank_word(text):
            return NOTHING
        try:
            return Read(field.parse(text))
        except FieldError as error:
            return Read(problem=f"{error}原文记入备注。", aside=text)


def _masked(field: AnyField) -> Read:
    return Read(problem=f"「{field.label}」已经打码，没有写入。")
