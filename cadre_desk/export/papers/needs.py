"""诉求督办单 (handbook 3, paper kind C): one need on one page, from what was said to 销号."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from cadre_desk.actions.needs import urgings_of
from cadre_desk.db.base import fields_of
from cadre_desk.db.models import Need, Person, Place, Reminder
from cadre_desk.domain import codes, masking
from cadre_desk.domain.ages import age_on
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Align
from cadre_desk.domain.former import unit_and_post
from cadre_desk.domain.needs import state_of
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.form import Block, Choices, Form, FormRow, Label, Value, row
from cadre_desk.export.sheet import HAND_BACK, NOT_APPLICABLE, Signer, Subline

_WIDTHS: Final = (20.0, 34.0, 20.0, 30.0, 20.0, 33.0)
_URGED: Final = (26.0, 18.0, 20.0, 26.0, 67.0)
_ALL: Final = len(_WIDTHS)
#: Urgings that the form has room for; of more the latest are printed, and how many there were.
_URGINGS: Final = 2
_STATEMENT, _OPINION, _ANSWER, _CLOSING = 25, 23, 34, 33
_BY_HAND: Final = "（签章）　　　　年　　月　　日"


def need_form(session: Session, around: Circumstances, need_id: int) -> Form:
    """The 督办单 of a need: what stands in the ledger is printed, what is open is left to be written in.

    Raises:
        UserError: the need is gone.
    """
    need = session.get(Need, need_id)
    if need is None:
        raise UserError("这件诉求已经不在台账里，请刷新名单。")
    person = session.get_one(Person, need.person_id)
    place = session.get(Place, person.place_id) if person.place_id else None
    number = f"{need.said.year}-{need.id:04d}"
    return Form(
        title="老干部诉求督办单",
        subline=Subline(f"督办单位：{around.office}", "", f"编号：{number}"),
        mark=HAND_BACK,
        blocks=(
            _who(around, person, place.name if place else ""),
            _what(need),
            _assigned(need),
            *_urged(urgings_of(session, need_id)),
            _answered(need),
            _closed(need),
        ),
        running=f"{person.name}·{number}",
        signers=(
            Signer("填表人", around.operator),
            Signer("审核人"),
            Signer("填表日期", PartialDate.of(around.today).words()),
        ),
        foot=around.foot(words=codes.table("need_state").label(_state(need, around)), persons=None),
        demo=around.demo,
    )


def _state(need: Need, around: Circumstances) -> str:
    return state_of({key: getattr(need, key) for key in fields_of(Need)}, around.today)


def _show(need: Need, key: str) -> str:
    return fields_of(Need)[key].echo(getattr(need, key))


def _who(around: Circumstances, person: Person, place: str) -> Block:
    born = person.birth_archive or (PartialDate.of(person.birth_id) if person.birth_id else None)
    age = age_on(born, around.today) if born else None
    phone = person.phone or person.landline or ""
    address = person.address or ""
    if around.masked:
        phone, address = masking.mask_phone(phone) if phone else "", masking.mask_address(address)
    home = address if not place or address.startswith(place) else f"{place}{address}"
    fields = fields_of(Person)
    return Block(
        "诉求人",
        _WIDTHS,
        (
            row(
                Label("姓　名"),
                Value(person.name, name=True),
                Label("性　别"),
                Value(fields["sex"].show(person.sex)),
                Label("年　龄"),
                Value("" if age is None else f"{age} 周岁"),
            ),
            row(
                Label("原工作单\n位及职务"),
                Value(unit_and_post(person.last_unit, person.last_post), 3, align=Align.LEFT),
                Label("离退类别"),
                Value(fields["retire_type"].show(person.retire_type)),
            ),
            row(
                Label("住　址"),
                Value(home, 3, align=Align.LEFT),
                Label("联系电话"),
                Value(phone),
            ),
        ),
    )


def _what(need: Need) -> Block:
    told = need.title if not need.text else f"{need.title}\n{need.text}"
    return Block(
        "诉　求",
        _WIDTHS,
        (
            row(
                Label("提出日期"),
                Value(_show(need, "said")),
                Label("反映渠道"),
                Value(_show(need, "channel")),
                Label("诉求类型"),
                Value(_show(need, "kind")),
            ),
            row(Label("诉求事项\n及内容"), Value(told, _ALL - 1, align=Align.LEFT), height=_STATEMENT),
        ),
    )


def _assigned(need: Need) -> Block:
    return Block(
        "交　办",
        _WIDTHS,
        (
            row(
                Label("责任单位"),
                Value(need.owner or "", 3, align=Align.LEFT),
                Label("承办人"),
                Value(need.handler or ""),
            ),
            row(
                Label("交办日期"),
                Value(_show(need, "assigned")),
                Label("办理期限"),
                Value(_show(need, "due")),
                Label("办结日期"),
                Value(_show(need, "finished")),
            ),
            row(
                Label("督办意见"),
                Value("", _ALL - 1, align=Align.LEFT, foot=f"督办单位领导{_BY_HAND}"),
                height=_OPINION,
            ),
        ),
    )


def _urged(urgings: Sequence[Reminder]) -> tuple[Block, ...]:
    """How often the owner was urged; left out where nobody had to be."""
    if not urgings:
        return ()
    heads = ("催办日期", "方式", "催办人", "承诺办结", "对方答复")
    rows = [FormRow(tuple(Label(text) for text in heads))]
    rows += [FormRow(_urging(one)) for one in urgings[-_URGINGS:]]
    if len(urgings) > _URGINGS:
        rows.append(row(Value(f"以上为最近 {_URGINGS} 次，先后共催办 {len(urgings)} 次", len(heads))))
    return (Block("催　办", _URGED, tuple(rows)),)


def _urging(one: Reminder) -> tuple[Any, ...]:
    fields = fields_of(Reminder)
    return (
        Value(fields["day"].show(one.day)),
        Value(fields["way"].show(one.way)),
        Value(one.by, name=True),
        Value(fields["promise"].show(one.promise) or NOT_APPLICABLE),
        Value(one.reply or NOT_APPLICABLE, align=Align.LEFT),
    )


def _ticked(table: str, chosen: str | None) -> tuple[tuple[str, bool], ...]:
    """Every item of a code table with whether it was chosen."""
    return tuple((item.label, item.code == chosen) for item in codes.table(table).choices)


def _answered(need: Need) -> Block:
    return Block(
        "办　理",
        _WIDTHS,
        (
            row(Label("办理结果"), Choices(_ticked("need_outcome", need.outcome), _ALL - 1)),
            row(
                Label("办理答复"),
                Value(need.answer or "", _ALL - 1, align=Align.LEFT, foot=f"承办单位{_BY_HAND}"),
                height=_ANSWER,
            ),
        ),
    )


def _closed(need: Need) -> Block:
    return Block(
        "回访销号",
        _WIDTHS,
        (
            row(
                Label("回访日期"),
                Value(_show(need, "asked_back")),
                Label("满意度"),
                Choices(_ticked("satisfaction", need.satisfaction), 3),
            ),
            row(
                Label("销号意见"),
                Value(_closing_words(need), _ALL - 1, align=Align.LEFT, foot=f"老干部局{_BY_HAND}"),
                height=_CLOSING,
            ),
        ),
    )


def _closing_words(need: Need) -> str:
    if need.closed is None:
        return ""
    why = f"：{need.closing_note}" if need.closing_note else ""
    return f"{_show(need, 'closed')}销号{why}"
