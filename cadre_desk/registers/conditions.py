"""What a listing asks of its rows: a column, a comparison, a value; as SQL, as words and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cadre_desk.domain import codes
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import AnyField, Code, Codes, YesNo
from cadre_desk.registers.columns import AsOf, Column

Plain = str | int | bool


class Op(StrEnum):
    """A comparison."""

    IN = "in"
    NOT_IN = "not_in"
    FROM = "ge"
    TO = "le"
    ABOVE = "gt"
    BELOW = "lt"
    BETWEEN = "between"
    CONTAINS = "contains"
    EMPTY = "empty"
    FILLED = "filled"
    NOT_SINCE = "not_since"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one column; ``values`` are plain (codes, ISO dates, numbers), as stored.

    BETWEEN takes pairs (from, to) one after another: a row fits if any pair holds; "" leaves an end open.
    """

    key: str
    op: Op
    values: tuple[Plain, ...] = ()

    def clause(self, column: Column, as_of: AsOf) -> sa.ColumnElement[bool]:
        """The condition as SQL."""
        return _CLAUSES[self.op](column.field, column.expression(as_of), self.values)

    def words(self, column: Column) -> str:
        """The condition as a clerk would say it."""
        shown = [_shown(column.field, value) for value in self.values]
        return _WORDS[self.op](column, shown, self.values)


def _filled(value: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(value.is_not(None), sa.type_coerce(value, sa.String()) != "")


def _outside(
    field: AnyField, value: sa.ColumnElement[Any], wanted: Sequence[Plain]
) -> sa.ColumnElement[bool]:
    return sa.or_(sa.not_(_among(field, value, wanted)), value.is_(None))


def _any_range(_: AnyField, value: sa.ColumnElement[Any], values: Sequence[Plain]) -> sa.ColumnElement[bool]:
    return sa.or_(*(_inside(value, low, high) for low, high in _pairs(values)))


def _among(field: AnyField, value: sa.ColumnElement[Any], wanted: Sequence[Plain]) -> sa.ColumnElement[bool]:
    bare = _bare(value)
    if isinstance(field, Codes):
        return sa.or_(*(bare.contains(f",{code},") for code in wanted))
    return bare.in_([int(one) if isinstance(one, bool) else one for one in wanted])


def _bare(value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The stored form, so that plain values compare without conversion."""
    return sa.type_coerce(value, sa.types.NullType())


def _end(value: Plain) -> Plain:
    """Up to a month means up to its last day: "~" sorts behind every digit and dash."""
    return f"{value}~" if isinstance(value, str) else value


def _pairs(values: Sequence[Plain]) -> list[tuple[Plain, Plain]]:
    return list(zip(values[::2], values[1::2], strict=True))


def _inside(value: sa.ColumnElement[Any], low: Plain, high: Plain) -> sa.ColumnElement[bool]:
    bare = _bare(value)
    ends = [bare >= low] if low != "" else []
    if high != "":
        ends.append(bare <= _end(high))
    return sa.and_(bare.is_not(None), *ends)


def _joined(ranges: list[tuple[Plain, Plain]]) -> list[tuple[Plain, Plain]]:
    """Ranges of numbers that adjoin become one: 80–84, 85–89 is 80–89."""
    found: list[tuple[Plain, Plain]] = []
    for low, high in ranges:
        if found and isinstance(low, int) and isinstance(found[-1][1], int) and low == found[-1][1] + 1:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


def _range(low: Plain, high: Plain) -> str:
    if low == "":
        return f"{high} 及以下"
    return f"{low} 及以上" if high == "" else f"{low}–{high}"


def _shown(field: AnyField, value: Plain) -> str:
    if isinstance(field, Code | Codes):
        return codes.table(field.table).short(str(value))
    if isinstance(field, YesNo):
        return "是" if value else "否"
    return str(value)


_Clause = Callable[[AnyField, sa.ColumnElement[Any], Sequence[Plain]], sa.ColumnElement[bool]]
_CLAUSES: dict[Op, _Clause] = {
    Op.EMPTY: lambda _, value, __: sa.not_(_filled(value)),
    Op.FILLED: lambda _, value, __: _filled(value),
    Op.IN: _among,
    Op.NOT_IN: _outside,
    Op.CONTAINS: lambda _, value, values: sa.type_coerce(value, sa.String()).contains(
        str(values[0]), autoescape=True
    ),
    Op.FROM: lambda _, value, values: _inside(value, values[0], ""),
    Op.TO: lambda _, value, values: _inside(value, "", values[0]),
    # A value with fewer digits covers all it may mean: after 1953 is after its last day.
    Op.ABOVE: lambda _, value, values: _bare(value) > _end(values[0]),
    Op.BELOW: lambda _, value, values: _bare(value) < values[0],
    Op.BETWEEN: _any_range,
    Op.NOT_SINCE: lambda _, value, values: sa.or_(value.is_(None), _bare(value) < values[0]),
}


def _in_words(column: Column, shown: Sequence[str], _: Sequence[Plain]) -> str:
    listed = "、".join(shown)
    return listed if isinstance(column.field, Code | Codes) else f"{column.heading}：{listed}"


_WORDS: dict[Op, Callable[[Column, Sequence[str], Sequence[Plain]], str]] = {
    Op.EMPTY: lambda column, _, __: f"{column.heading}未填",
    Op.FILLED: lambda column, _, __: f"{column.heading}已填",
    Op.IN: _in_words,
    Op.NOT_IN: lambda column, shown, _: f"{column.heading}不是{'、'.join(shown)}",
    Op.CONTAINS: lambda column, shown, _: f"{column.heading}含「{shown[0]}」",
    Op.FROM: lambda column, shown, _: f"{column.heading} {shown[0]} 及以上",
    Op.TO: lambda column, shown, _: f"{column.heading} {shown[0]} 及以下",
    Op.ABOVE: lambda column, shown, _: f"{column.heading}大于 {shown[0]}",
    Op.BELOW: lambda column, shown, _: f"{column.heading}小于 {shown[0]}",
    Op.NOT_SINCE: lambda column, shown, _: f"{column.heading}早于 {shown[0]} 或没有",
    Op.BETWEEN: lambda column, _, values: (
        f"{column.heading} {'、'.join(_range(low, high) for low, high in _joined(_pairs(values)))}"
    ),
}


def parse_condition(text: str, columns: Sequence[Column]) -> Condition:
    """Read "栏目 比较 值" as the command line takes it; ``comparisons`` says how a comparison is written.

    Raises:
        UserError: no such field or comparison, no value, or one the field can't take.
    """
    words = text.split(maxsplit=2)
    by_name = {name: column for column in columns for name in (column.key, column.heading)}
    column = by_name.get(words[0]) if words else None
    if column is None:
        known = "、".join(one.key for one in columns)
        msg = f"没有「{words[0] if words else ''}」这一栏。可用的栏目：{known}。"
        raise UserError(msg)
    op = _OPS.get(words[1].lower() if len(words) > 1 else "")
    if op is None:
        raise UserError(f"看不懂条件「{text}」，请写成「栏目 比较 值」。比较可以用：{comparisons()}。")
    if op in {Op.EMPTY, Op.FILLED}:
        return Condition(column.key, op)
    if len(words) < len(("栏目", "比较", "值")):
        raise UserError(f"条件「{text}」缺少值，请写成「栏目 比较 值」，例如「age >= 80」。")
    return Condition(column.key, op, tuple(_plain(column.field, part, op) for part in words[2:]))


#: How each comparison may be written; the first two are shown.
_WRITTEN: dict[Op, tuple[str, ...]] = {
    Op.IN: ("=", "等于", "==", "in", "是", "为"),
    Op.NOT_IN: ("!=", "不等于", "<>", "≠", "not_in", "不是", "不为"),
    Op.ABOVE: (">", "大于", "gt", "＞"),
    Op.FROM: (">=", "大于等于", "ge", "≥", "不小于"),
    Op.BELOW: ("<", "小于", "lt", "＜"),
    Op.TO: ("<=", "小于等于", "le", "≤", "不大于"),
    Op.CONTAINS: ("contains", "包含", "含"),
    Op.EMPTY: ("empty", "为空", "未填"),
    Op.FILLED: ("filled", "不为空", "已填"),
    Op.NOT_SINCE: ("not_since", "早于或没有"),
}
_OPS = {word: op for op, words in _WRITTEN.items() for word in words}


def comparisons() -> str:
    """How the comparisons are written: "= 等于、!= 不等于 …"."""
    return "、".join(f"{sign} {word}" for sign, word, *_ in _WRITTEN.values())


def _plain(field: AnyField, text: str, op: Op) -> Plain:
    if op is Op.CONTAINS or field.kind in {"text", "name", "long_text"}:
        return text
    value = field.parse(text)
    if isinstance(value, tuple):
        return str(value[0])
    if isinstance(value, bool | int):
        return value
    return str(value) if isinstance(value, str) else str(field.plain(value))
