"""What one value is: label, kind, rule and sensitivity, told once and rendered everywhere.

A field stands on its model column (``db.base.column``). The SQL type, the editor, the table cell, the import
heading, the Excel format, the paper width, the history line and the mask all come from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from cadre_desk.domain import codes, dates, id_numbers, lunar, money
from cadre_desk.domain.dates import PartialDate, UnreadableDate
from cadre_desk.domain.division import Division
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.field import MASKS, Align, Field, Sensitivity

__all__ = [
    "MASKS",
    "Account",
    "Align",
    "AnyField",
    "Code",
    "Codes",
    "Count",
    "Dated",
    "Day",
    "Division",
    "Field",
    "IdNumber",
    "Link",
    "LongText",
    "Lunar",
    "Moment",
    "Money",
    "Name",
    "Phone",
    "Sensitivity",
    "Text",
    "YesNo",
]


@dataclass(frozen=True)
class Text(Field[str]):
    """A line of text of at most ``limit`` characters."""

    _: KW_ONLY
    limit: int = 200

    kind: ClassVar[str] = "text"

    def _read(self, text: str) -> str:
        if len(text) > self.limit:
            msg = f"「{self.label}」最多 {self.limit} 个字，现在有 {len(text)} 个字，请删短。"
            raise FieldError(msg)
        return text


@dataclass(frozen=True)
class Name(Text):
    """A person's name; blanks inside two-hanzi names are taken out, · is made one character."""

    kind: ClassVar[str] = "name"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> str:
        from cadre_desk.domain.names import clean_name

        return super()._read(clean_name(text))


@dataclass(frozen=True)
class LongText(Text):
    """Several lines of text."""

    _: KW_ONLY
    limit: int = 4000

    kind: ClassVar[str] = "long_text"


@contextmanager
def _as_required(field: Field[Any]) -> Iterator[None]:
    """Advise to leave an unreadable date out where the field may be left out, and only there."""
    try:
        yield
    except UnreadableDate as error:
        if field.required:
            raise
        msg = f"{error}查不到就留空。"
        raise UnreadableDate(msg) from error


@dataclass(frozen=True)
class Day(Field[date]):
    """A whole day."""

    kind: ClassVar[str] = "day"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> date:
        with _as_required(self):
            parsed = dates.parse_date(text)
        if parsed.day is None:
            msg = f"「{self.label}」要填到日，例如 2026.01.26。"
            raise FieldError(msg)
        return parsed.first

    def _show(self, value: date) -> str:
        return PartialDate.of(value).show()

    def echo(self, value: date | None) -> str:
        """2026年1月26日."""
        return "" if value is None else PartialDate.of(value).words()

    def plain(self, value: date | None) -> str | None:
        """ISO day."""
        return None if value is None else value.isoformat()


@dataclass(frozen=True)
class Dated(Field[PartialDate]):
    """A date as far as it is known: year, month or day (handbook 1.1). ``birth_like`` dates lie in 19xx."""

    _: KW_ONLY
    birth_like: bool = False

    kind: ClassVar[str] = "partial_day"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> PartialDate:
        with _as_required(self):
            return dates.parse_date(text, birth_like=self.birth_like)

    def _show(self, value: PartialDate) -> str:
        return value.show()

    def echo(self, value: PartialDate | None) -> str:
        """1953年7月."""
        return "" if value is None else value.words()

    def plain(self, value: PartialDate | None) -> str | None:
        """ISO with its precision: "1953-07"."""
        return None if value is None else value.iso


@dataclass(frozen=True)
class Lunar(Field[lunar.LunarDay]):
    """A day of the lunar year, for birthdays (GB/T 33661-2017)."""

    kind: ClassVar[str] = "lunar"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> lunar.LunarDay:
        return lunar.parse_lunar(text)

    def _show(self, value: lunar.LunarDay) -> str:
        return value.words()

    def plain(self, value: lunar.LunarDay | None) -> str | None:
        """Month-day, with L behind a leap month."""
        return None if value is None else value.iso


@dataclass(frozen=True)
class IdNumber(Field[str]):
    """A resident ID number of 15 or 18 characters (GB 11643-1999)."""

    _: KW_ONLY
    sensitive: Sensitivity | None = Sensitivity.ID

    kind: ClassVar[str] = "id_number"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> str:
        return id_numbers.parse_id(text)


@dataclass(frozen=True)
class Phone(Text):
    """A telephone number, kept as it is dialled."""

    _: KW_ONLY
    limit: int = 60
    sensitive: Sensitivity | None = Sensitivity.PHONE

    kind: ClassVar[str] = "phone"
    align: ClassVar[Align] = Align.CENTER


@dataclass(frozen=True)
class Account(Text):
    """A bank card or passbook number, digits only."""

    _: KW_ONLY
    limit: int = 40
    sensitive: Sensitivity | None = Sensitivity.ACCOUNT

    kind: ClassVar[str] = "account"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> str:
        digits = "".join(text.split()).replace("-", "")
        if not digits.isascii() or not digits.isdigit():
            msg = f"「{self.label}」只能是数字，请照卡面重录。"
            raise FieldError(msg)
        return super()._read(digits)


@dataclass(frozen=True)
class Money(Field[int]):
    """An amount in 分."""

    kind: ClassVar[str] = "money"
    align: ClassVar[Align] = Align.RIGHT

    def _read(self, text: str) -> int:
        return money.parse_money(text)

    def _show(self, value: int) -> str:
        return money.show_money(value)

    def plain(self, value: int | None) -> str | None:
        """元 with two decimals."""
        return (
            None if value is None else f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
        )


@dataclass(frozen=True)
class Count(Field[int]):
    """A whole number of ``unit``."""

    _: KW_ONLY
    unit: str = ""

    kind: ClassVar[str] = "count"
    align: ClassVar[Align] = Align.RIGHT

    def _read(self, text: str) -> int:
        try:
            return int(text.replace(",", "").removesuffix(self.unit) if self.unit else text.replace(",", ""))
        except ValueError:
            msg = f"「{self.label}」要填整数，现在是「{text}」。"
            raise FieldError(msg) from None

    def _show(self, value: int) -> str:
        return f"{value:,}"

    def edit(self, value: int | None) -> str:
        """Digits without separators."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Years(Count):
    """An age: a number, or the words that `ages.short_age` has for one that is known only about."""

    def _show(self, value: int | str) -> str:
        return value if isinstance(value, str) else super()._show(value)


@dataclass(frozen=True)
class YesNo(Field[bool]):
    """Yes or no; unknown is None."""

    kind: ClassVar[str] = "yes_no"
    align: ClassVar[Align] = Align.CENTER

    YES: ClassVar[frozenset[str]] = frozenset({"是", "有", "√", "✓", "y", "yes", "1", "true", "对"})
    NO: ClassVar[frozenset[str]] = frozenset({"否", "无", "没有", "×", "x", "n", "no", "0", "false", "不是"})

    def _read(self, text: str) -> bool:
        word = text.lower()
        if word in self.YES:
            return True
        if word in self.NO:
            return False
        msg = f"「{self.label}」请填「是」或「否」，现在是「{text}」。"
        raise FieldError(msg)

    def _show(self, value: bool) -> str:  # noqa: FBT001 - the value itself
        return "是" if value else "否"


@dataclass(frozen=True)
class Code(Field[str]):
    """One item of a code table; the code is stored, its label shown. A code no table knows shows as it is."""

    _: KW_ONLY
    table: str = ""

    kind: ClassVar[str] = "code"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> str:
        item = codes.table(self.table).find(text)
        if item is None:
            msg = f"「{self.label}」里没有「{text}」，请从代码表里选。"
            raise FieldError(msg)
        return item.code

    def _show(self, value: str) -> str:
        return codes.table(self.table).short(value)

    def echo(self, value: str | None) -> str:
        """The full label."""
        return "" if value is None else codes.table(self.table).label(value)

    def plain(self, value: str | None) -> dict[str, str] | None:
        """Code and label."""
        return None if value is None else {"code": value, "label": codes.table(self.table).label(value)}


@dataclass(frozen=True)
class Codes(Field[tuple[str, ...]]):
    """Several items of a code table (家庭状况), kept in the table's order."""

    _: KW_ONLY
    table: str = ""

    kind: ClassVar[str] = "codes"

    def _read(self, text: str) -> tuple[str, ...]:
        table = codes.table(self.table)
        found: set[str] = set()
        for word in (
            text.replace("、", ",").replace("，", ",").replace("；", ",").replace(";", ",").split(",")
        ):
            if not word.strip():
                continue
            item = table.find(word)
            if item is None:
                msg = f"「{self.label}」里没有「{word.strip()}」，请从代码表里选，多项之间用顿号隔开。"
                raise FieldError(msg)
            found.add(item.code)
        return tuple(item.code for item in table.items if item.code in found)

    def _show(self, value: tuple[str, ...]) -> str:
        table = codes.table(self.table)
        return "、".join(table.short(code) for code in value)

    def plain(self, value: tuple[str, ...] | None) -> list[dict[str, str]] | None:
        """Codes and labels."""
        table = codes.table(self.table)
        return None if value is None else [{"code": code, "label": table.label(code)} for code in value]


@dataclass(frozen=True)
class Link(Field[int]):
    """A record of another register, by its key; lists show the other record's label beside it.

    ``part``: where the link is given, the record is part of the other one, though it can be without it.
    """

    _: KW_ONLY
    to: str = ""
    part: bool = False

    kind: ClassVar[str] = "link"

    def _read(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            msg = f"「{self.label}」请从名单里选。"
            raise FieldError(msg) from None


@dataclass(frozen=True)
class Moment(Field[datetime]):
    """A moment to the second, in the office's own time."""

    kind: ClassVar[str] = "moment"
    align: ClassVar[Align] = Align.CENTER

    def _read(self, text: str) -> datetime:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            msg = f"「{self.label}」要填日期和时刻，例如 2026-01-26 09:15。"
            raise FieldError(msg) from None

    def _show(self, value: datetime) -> str:
        return value.strftime("%Y-%m-%d %H:%M")

    def plain(self, value: datetime | None) -> str | None:
        """ISO to the second."""
        return None if value is None else value.isoformat(timespec="seconds")


AnyField = Field[Any]
