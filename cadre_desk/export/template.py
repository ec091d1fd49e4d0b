"""The blank workbook that a clerk fills in to import a register: drop-downs, text columns, filling rules.

Every column stands there because a field is declared; what is chosen stands on a hidden sheet of lists. ID
numbers, telephones, accounts and dates are text, so that Excel neither rounds them nor drops a zero.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.base import fields_of
from cadre_desk.db.durable import write_durably
from cadre_desk.db.models import BankAccount, Contact
from cadre_desk.domain import codes
from cadre_desk.domain.fields import AnyField, Code, Codes, Dated, IdNumber, Link, YesNo
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.register import Register

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

RULES, LISTS = "填表说明", "选项"
#: Rows of the sheet to be filled in that have drop-downs.
ROWS: Final = 2_000
_HEAD_ROW: Final = 2
_AUTHOR: Final = "老干部台账"
#: Kinds of values that Excel must leave as they were typed.
_TEXT: Final = frozenset(
    {"id_number", "phone", "account", "partial_day", "day", "lunar", "text", "long_text", "name", "link"}
)
#: What the desk itself sets, or an act must say.
_NOT_FILLED_IN: Final = {
    "people": frozenset({"status", "death_date"}),
    "memberships": frozenset({"left", "leave_kind", "joined_booked", "left_booked"}),
    "branches": frozenset({"founded_booked", "closed_booked"}),
}
_NARROW, _WIDE, _MM_PER_WIDTH = 9.0, 36.0, 1.9
_HEAD_FILL, _REQUIRED_COLOUR, _LINE = "EDEAE4", "9E1B1B", "BFB8AC"
_LONGEST_PROMPT: Final = 250


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to be filled in; ``choices`` go into its drop-down, ``open`` ones may be added to."""

    heading: str
    field: AnyField
    required: bool = False
    choices: tuple[str, ...] = ()
    open: bool = False

    @property
    def rule(self) -> str:
        """How it is filled in, in words."""
        parts = [self.field.rule, _RULES.get(self.field.kind, "")]
        if isinstance(self.field, Codes):
            parts.append(f"可填多项，用顿号隔开：{'、'.join(_choices(self.field))}")
        elif self.choices:
            parts.append("从下拉表里选" + ("；表里没有的可以直接写" if self.open else ""))
        return "；".join(part.rstrip("。") for part in parts if part)

    @property
    def example(self) -> str:
        """A value as it may be written."""
        return self.field.example or _EXAMPLES.get(self.field.kind, "") or next(iter(self.choices), "")


_RULES: Final = {
    "id_number": "18 位照身份证填，这一列是文本，末位 X 大写",
    "partial_day": "知道到哪里填到哪里：1953、1953.07、1953.07.21；10 月写成 1953.10",
    "day": "填到日：1953.07.21",
    "lunar": "农历月日，如八月初三",
    "phone": "一个号码，或几个号码用 / 隔开",
    "account": "照卡面填，这一列是文本",
    "money": "单位：元",
}
_EXAMPLES: Final = {
    "id_number": "18 位号码",
    "partial_day": "1953.07",
    "day": "1953.07.21",
    "lunar": "八月初三",
    "phone": "13900000000",
    "account": "6228480000000000000",
    "money": "5200.00",
    "count": "1",
    "name": "张三",
}


def template_columns(session: Session, register: Register) -> tuple[TemplateColumn, ...]:
    """The columns of a register's template, with the units, places and branches of the ledger to choose."""
    left = _NOT_FILLED_IN.get(register.key, frozenset())
    found = [
        _column(session, field.label, field, required=_is_required(register, key))
        for key, field in register.fields.items()
        if key not in left
    ]
    if register.key == "people":
        found += [_column(session, heading, field) for heading, field in _beside_people()]
    elif register.name == "person_id" or "person_id" in register.form:
        owner = "身份证号" if register.key == "memberships" else "老干部身份证号"
        found.insert(1, TemplateColumn(owner, IdNumber(owner, rule="用来分清同名的人，可以不填")))
    return tuple(found)


def _is_required(register: Register, key: str) -> bool:
    """Whether a row without the value can't go in: nobody fills it in for her."""
    column = register.model.__table__.columns[key]
    by_desk = column.server_default is not None or key in {"person_kind", "joined"}
    return register.fields[key].required and not by_desk


def _beside_people() -> Iterator[tuple[str, AnyField]]:
    """What a roster of people tells of contacts and of the bank account."""
    contact, account = fields_of(Contact), fields_of(BankAccount)
    for heading, key in (
        ("配偶姓名", "name"),
        ("配偶电话", "phone"),
        ("紧急联系人姓名", "name"),
        ("紧急联系人关系", "relation"),
        ("紧急联系人电话", "phone"),
    ):
        yield heading, replace(contact[key], label=heading, required=False)
    for key in ("holder", "bank", "card_no"):
        yield account[key].label, replace(account[key], required=False)


def _column(session: Session, heading: str, field: AnyField, *, required: bool = False) -> TemplateColumn:
    if isinstance(field, Link) and field.to != "people":
        target: Any = REGISTERS[field.to].model
        name = getattr(target, REGISTERS[field.to].name)
        names = session.scalars(sa.select(name).order_by(target.serial, target.id))
        return TemplateColumn(heading, field, required, tuple(names), open=True)
    if isinstance(field, YesNo):
        return TemplateColumn(heading, field, required, ("是", "否"))
    choices = _choices(field) if isinstance(field, Code) else ()
    return TemplateColumn(heading, field, required, choices)


def _choices(field: Code | Codes) -> tuple[str, ...]:
    """The items of a code table by their short names, by their labels where two share one."""
    table = codes.table(field.table)
    names = [item.short if table.find(item.short) is item else item.label for item in table.choices]
    return tuple(dict.fromkeys(names))


def write_template(session: Session, register: Register, path: Path) -> None:
    """Write the blank workbook of a register.

    Raises:
        OSError: the file can't be written (it is open in Excel).
    """
    from openpyxl import Workbook

    columns = template_columns(session, register)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = register.title[:31]
    lists = book.create_sheet(LISTS)
    places = _fill_lists(lists, columns)
    _fill_head(sheet, register, columns)
    _fill_columns(sheet, columns, places)
    _fill_rules(book.create_sheet(RULES, 1), columns)
    lists.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    write_durably(path, content.getvalue())


def _fill_head(sheet: Worksheet, register: Register, columns: Sequence[TemplateColumn]) -> None:
    """Title, and the headings with their rules as comments."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet.cell(
        1, 1, f"{register.title}导入模板：从第 {_HEAD_ROW + 1} 行起逐行填写，带 * 的必须填"
    ).font = Font(bold=True, size=13)
    line = Side("thin", color=_LINE)
    for place, heading in enumerate(("序号", *(_starred(one) for one in columns)), start=1):
        cell = sheet.cell(_HEAD_ROW, place, heading)
        cell.font = Font(bold=True, color=_REQUIRED_COLOUR if heading.endswith("*") else None)
        cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        cell.alignment = Alignment("center", "center", wrap_text=True)
        cell.border = Border(line, line, line, line)
    for place, one in enumerate(columns, start=2):
        said = "\n".join(filter(None, (one.rule, one.example and f"例：{one.example}")))
        if said:
            sheet.cell(_HEAD_ROW, place).comment = Comment(said, _AUTHOR, width=260, height=110)
    sheet.row_dimensions[_HEAD_ROW].height = 34
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"


def _starred(one: TemplateColumn) -> str:
    return f"{one.heading}*" if one.required else one.heading


def _fill_columns(
    sheet: Worksheet, columns: Sequence[TemplateColumn], places: Mapping[tuple[str, ...], str]
) -> None:
    """Width, text format and drop-down of every column."""
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions["A"].width = 6
    for place, one in enumerate(columns, start=2):
        letter = get_column_letter(place)
        width = max(_NARROW, 2.2 * len(one.heading), one.field.width / _MM_PER_WIDTH)
        sheet.column_dimensions[letter].width = min(width, _WIDE)
        if one.field.kind in _TEXT or one.choices:
            sheet.column_dimensions[letter].number_format = "@"
        check = _validation(one, letter, places)
        if check is not None:
            check.add(f"{letter}{_HEAD_ROW + 1}:{letter}{_HEAD_ROW + ROWS}")
            sheet.add_data_validation(check)


def _validation(one: TemplateColumn, letter: str, places: Mapping[tuple[str, ...], str]) -> Any:
    """What Excel checks while the cell is filled in: a drop-down, or the length of an ID number."""
    from openpyxl.worksheet.datavalidation import DataValidation

    prompt = one.rule[:_LONGEST_PROMPT]
    if one.choices:
        return DataValidation(
            "list",
            formula1=places[one.choices],
            allow_blank=True,
            showErrorMessage=not one.open,
            errorTitle=one.heading,
            error="请从下拉表里选。",
            showInputMessage=True,
            promptTitle=one.heading[:32],
            prompt=prompt,
        )
    if isinstance(one.field, IdNumber):
        first = f"{letter}{_HEAD_ROW + 1}"
        return DataValidation(
            "custom",
            formula1=f"OR(LEN({first})=18,LEN({first})=15)",
            allow_blank=True,
            errorStyle="warning",
            showErrorMessage=True,
            errorTitle=one.heading,
            error="身份证号应是 18 位，请核对。",
            showInputMessage=True,
            promptTitle=one.heading[:32],
            prompt=prompt,
        )
    if isinstance(one.field, Dated):
        return DataValidation(
            allow_blank=True, showInputMessage=True, promptTitle=one.heading[:32], prompt=prompt
        )
    return None


def _fill_lists(sheet: Worksheet, columns: Sequence[TemplateColumn]) -> dict[tuple[str, ...], str]:
    """Every list once, in a column of the helper sheet; answers where each stands."""
    from openpyxl.utils import get_column_letter

    places: dict[tuple[str, ...], str] = {}
    for one in columns:
        if not one.choices or one.choices in places:
            continue
        place = len(places) + 1
        letter = get_column_letter(place)
        for row, choice in enumerate(one.choices, start=1):
            cell = sheet.cell(row, place, choice)
            cell.number_format, cell.data_type = "@", "s"
        places[one.choices] = f"{LISTS}!${letter}$1:${letter}${len(one.choices)}"
    return places


def _fill_rules(sheet: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    """How to fill in each column, and what holds for all of them."""
    from openpyxl.styles import Alignment, Font

    sheet.append(["怎么填"])
    for sentence in (
        "一人（一个单位、一个支部）一行；不知道的空着，空格子不会抹掉台账里已有的内容。",
        "不要改表头的字；列的次序可以变，用不着的列可以删。",
        "身份证号、电话、账号和日期各列已设为文本，请直接填，不要改成数字或日期格式。",
        "填好后在「导入」里选这个文件，先看会变什么，再写入；同一份表导两次不会重复。",
    ):
        sheet.append([sentence])
    sheet.append([])
    sheet.append(["栏目", "必须填", "规则", "例子"])
    for cell in (sheet["A1"], *sheet[sheet.max_row]):
        cell.font = Font(bold=True)
    for one in columns:
        sheet.append([f"「{one.heading}」", "必须" if one.required else "", one.rule, one.example])
    for letter, width in (("A", 26), ("B", 9), ("C", 70), ("D", 26)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=2, max_col=4):
        for place, cell in enumerate(row):
            cell.alignment = Alignment(vertical="top", wrap_text=place > 0)
            cell.number_format = "@"
