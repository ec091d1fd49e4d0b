"""Editors: what a field of each kind is typed into, and how it tells what it understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cadre_desk.domain import codes, lunar
from cadre_desk.domain.ages import YEAR_ONLY, age_words, party_years
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import Count
from cadre_desk.domain.id_numbers import read_id
from cadre_desk.ui.editor_base import Editor, Where
from cadre_desk.ui.kit.inputs import DateInput, Input, LineInput, TextArea
from cadre_desk.ui.table_editors import CodeEditor, CodesEditor, LinkEditor, YesNoEditor

_ACCOUNT_GROUP: Final = 4


class LongTextEditor(Editor):
    """Several lines."""

    def _make(self) -> Input:
        return TextArea(self.field.label, rule=self.field.rule)


class DateEditor(Editor):
    """A date as she types it, echoed in words; a birth with the ages that follow, 入党 with 党龄."""

    def _make(self) -> Input:
        return DateInput(self.field.label, self._echo, rule=self.field.rule, prompt=self._prompt())

    def _echo(self, text: str) -> str:
        value = self.field.parse(text)
        if value is None:
            return ""
        date = value if isinstance(value, PartialDate) else PartialDate.of(value)
        parts = [date.words(), *_EXTRA.get(self.key, _nothing_more)(date, self)]
        return "·".join(parts)


def _nothing_more(_: PartialDate, __: Editor) -> list[str]:
    return []


def _ages(birth: PartialDate, editor: Editor) -> list[str]:
    """周岁 and 虚岁 on the working day."""
    words = age_words(birth, editor.where.office.today())
    return [*words, *([YEAR_ONLY] if birth.month is None else [])] if all(words) else []


def _party_age(full: PartialDate, editor: Editor) -> list[str]:
    """党龄 on the working day, from 转正."""
    standing = party_years(None, full, editor.where.office.today())
    return [] if standing is None else [f"党龄 {standing.years} 年"]


#: What a date echoes besides itself, by field.
_EXTRA: Final[Mapping[str, Callable[[PartialDate, Editor], list[str]]]] = {
    "birth_archive": _ages,
    "birth": _ages,
    "party_full": _party_age,
}


class LunarEditor(Editor):
    """A lunar day, echoed with the day it falls on this year."""

    def _make(self) -> Input:
        return LineInput(self.field.label, rule=self.field.rule, prompt=self._prompt(), read=self._echo)

    def _echo(self, text: str) -> str:
        day = self.field.parse(text)
        year = self.where.office.today().year
        kept = [] if day is None else lunar.birthday_in(year, day)
        if not kept:
            return "" if day is None else f"{day.words()}，{year}年没有这一天"
        days = "、".join(f"{one.day.month}月{one.day.day}日" for one in kept)
        return f"{year}年为 {days}" + (f"（{kept[0].note}）" if kept[0].note else "")


class IdEditor(Editor):
    """An ID number, echoed with what it says of its owner."""

    def _make(self) -> Input:
        return LineInput(self.field.label, rule=self.field.rule, read=self._echo)

    def _echo(self, text: str) -> str:
        reading = read_id(text, today=self.where.office.today())
        sex = codes.table("sex").label(reading.sex)
        born = PartialDate.of(reading.birth).words()
        return "·".join(part for part in (sex, f"{born}生", reading.region) if part)


class DivisionEditor(Editor):
    """A region by its code or its name, echoed with the name the code stands for."""

    def _make(self) -> Input:
        return LineInput(self.field.label, rule=self.field.rule, prompt=self._prompt(), read=self._echo)

    def _echo(self, text: str) -> str:
        return self.field.show(self.field.parse(text))


class AccountEditor(Editor):
    """A card number, echoed in groups of four, as it stands on the card."""

    def _make(self) -> Input:
        return LineInput(self.field.label, rule=self.field.rule, read=self._echo)

    def _echo(self, text: str) -> str:
        digits = self.field.parse(text) or ""
        groups = (digits[at : at + _ACCOUNT_GROUP] for at in range(0, len(digits), _ACCOUNT_GROUP))
        return f"{' '.join(groups)}（{len(digits)} 位）"


class MoneyEditor(Editor):
    """An amount in 元, echoed with separators."""

    def _make(self) -> Input:
        return LineInput(self.field.label, rule=self.field.rule, read=self._echo)

    def _echo(self, text: str) -> str:
        return f"{self.field.show(self.field.parse(text))} 元"

    def words(self, value: Any) -> str:
        """With its unit."""
        return "" if value is None else f"{self.field.show(value)} 元"


class CountEditor(Editor):
    """A whole number; its unit stands in the echo."""

    def _make(self) -> Input:
        read = self._echo if isinstance(self.field, Count) and self.field.unit else None
        return LineInput(self.field.label, rule=self.field.rule, read=read)

    def _echo(self, text: str) -> str:
        unit = self.field.unit if isinstance(self.field, Count) else ""
        return f"{self.field.show(self.field.parse(text))} {unit}"

    def words(self, value: Any) -> str:
        """With its unit."""
        unit = self.field.unit if isinstance(self.field, Count) else ""
        return "" if value is None else f"{self.field.show(value)} {unit}".strip()


#: The editor of each kind of field; a test holds it complete.
EDITORS: Final[Mapping[str, type[Editor]]] = {
    "text": Editor,
    "name": Editor,
    "long_text": LongTextEditor,
    "day": DateEditor,
    "partial_day": DateEditor,
    "lunar": LunarEditor,
    "id_number": IdEditor,
    "phone": Editor,
    "account": AccountEditor,
    "division": DivisionEditor,
    "money": MoneyEditor,
    "count": CountEditor,
    "yes_no": YesNoEditor,
    "code": CodeEditor,
    "codes": CodesEditor,
    "link": LinkEditor,
    "moment": Editor,
}


def editor_for(where: Where) -> Editor:
    """The editor of a field."""
    return EDITORS[where.field.kind](where)
