"""老干部登记卡 (paper 9.6): everything about one person; also the sheet he corrects by hand once a year."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.actions.photos import photo_of
from cadre_desk.db.base import fields_of
from cadre_desk.db.models import BankAccount, Branch, Contact, Person, Place, Unit
from cadre_desk.domain import masking
from cadre_desk.domain.ages import party_years
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import UserError
from cadre_desk.domain.fields import Align
from cadre_desk.export.circumstances import Circumstances
from cadre_desk.export.form import Block, Cell, Form, FormRow, Label, Photo, Value, row
from cadre_desk.export.sheet import KEEP_SAFE, NOT_APPLICABLE, Signer, Subline

#: Family members that the card has room for; more go to a further block 续页.
FAMILY_ROWS: Final = 4
_FIRST: Final = (20.0, 30.0, 18.0, 18.0, 18.0, 20.0, 33.0)
_GROUP: Final = (20.0, 30.0, 20.0, 32.0, 22.0, 33.0)
_FAMILY: Final = (14.0, 22.0, 22.0, 52.0, 28.0, 19.0)


def registration_card(session: Session, around: Circumstances, person_id: int) -> Form:
    """The card of a person, one page; masked where it is to leave the office."""
    person = session.get(Person, person_id)
    if person is None:
        raise UserError("这个人已经不在台账里，请刷新名单。")
    card = _Card(session, around, person)
    return Form(
        title="离退休干部登记卡",
        subline=Subline(f"登记单位：{around.office}", "", f"编号：{person.uid[:8].upper()}"),
        mark=KEEP_SAFE,
        blocks=card.blocks(),
        running=f"{person.name}·{person.uid[:8].upper()}",
        signers=(
            Signer("填表人", around.operator),
            Signer("审核人"),
            Signer("填表日期", PartialDate.of(around.today).words()),
        ),
        foot=around.foot(words="", persons=None),
        demo=around.demo,
    )


class _Card:
    """One person's values as the card words them."""

    def __init__(self, session: Session, around: Circumstances, person: Person) -> None:
        """Read what hangs on the person."""
        self._around, self._person = around, person
        self._fields = fields_of(Person)
        self._photo = photo_of(session, person.id)
        self._unit = session.get(Unit, person.manage_unit_id) if person.manage_unit_id else None
        self._place = session.get(Place, person.place_id) if person.place_id else None
        self._branch = session.get(Branch, person.branch_id) if person.branch_id else None
        self._family = session.scalars(
            sa.select(Contact).where(Contact.person_id == person.id).order_by(Contact.relation, Contact.id)
        ).all()
        self._account = session.scalars(
            sa.select(BankAccount).where(BankAccount.person_id == person.id, BankAccount.until.is_(None))
        ).first()

    def _show(self, key: str, *, words: bool = False) -> str:
        field, value = self._fields[key], getattr(self._person, key)
        if self._around.masked and field.sensitive is not None:
            return field.mask(value)
        return field.echo(value) if words else field.show(value)

    def _value(self, key: str, span: int = 1, *, words: bool = False, **look: Any) -> Value:
        return Value(self._show(key, words=words), span, **look)

    def blocks(self) -> tuple[Block, ...]:
        """The groups of the card, in the office's order."""
        return (
            self._basics(),
            self._retirement(),
            self._living(),
            self._health(),
            self._family_block(),
            self._party(),
            self._service(),
            Block("备注", (166.0 - 9.0,), (row(Value(self._remarks(), align=Align.LEFT), height=20),)),
        )

    def _basics(self) -> Block:
        birthday = self._person.birth_id
        return Block(
            "基本情况",
            _FIRST,
            (
                row(
                    Label("姓　名"),
                    self._value("name", name=True),
                    Label("性　别"),
                    self._value("sex"),
                    Label("民　族"),
                    self._value("ethnic"),
                    Photo(self._photo, down=6),
                ),
                row(
                    Label("出生年月\n（档案）"),
                    self._value("birth_archive", words=True),
                    Label("公历生日"),
                    Value(f"{birthday.month}月{birthday.day}日" if birthday else ""),
                    Label("农历生日"),
                    self._value("lunar_birth"),
                ),
                row(Label("身份证号"), self._value("id_no", 3), Label("籍　贯"), self._value("native_place")),
                row(
                    Label("参加工作\n时间"),
                    self._value("work_start", words=True),
                    Label("入党时间"),
                    self._value("party_join"),
                    Label("政治面貌"),
                    self._value("political"),
                ),
                row(
                    Label("学　历"),
                    self._value("education"),
                    Label("婚姻状况"),
                    self._value("marital"),
                    Label("职　称"),
                    Value(self._person.title or NOT_APPLICABLE),
                ),
                row(Label("原工作单\n位及职务"), Value(self._post(), 5, align=Align.LEFT)),
                row(Label("荣誉表彰"), Value(self._person.honours or NOT_APPLICABLE, 6, align=Align.LEFT)),
            ),
        )

    def _post(self) -> str:
        return "　".join(part for part in (self._person.last_unit, self._person.last_post) if part)

    def _retirement(self) -> Block:
        return Block(
            "离退情况",
            _GROUP,
            (
                row(
                    Label("离退类别"),
                    self._value("retire_type"),
                    Label("离退时间"),
                    self._value("retire_date", words=True),
                    Label("离退前级别"),
                    self._value("pre_level"),
                ),
                row(
                    Label("批准机关"),
                    self._value("approval_org"),
                    Label("批准文号"),
                    self._value("approval_no"),
                    Label("现享受待遇"),
                    Value(self._treatment()),
                ),
                row(
                    Label("现管理\n单位"),
                    Value(self._unit.name if self._unit else "", 3, align=Align.LEFT),
                    Label("费用支付\n单位"),
                    self._value("pay_unit"),
                ),
            ),
        )

    def _treatment(self) -> str:
        kinds = self._show("treatment_kind")
        return f"{self._show('treatment_level')}{f'（{kinds}）' if kinds else ''}"

    def _living(self) -> Block:
        return Block(
            "居住联系",
            _GROUP,
            (
                row(
                    Label("现住址"),
                    Value(self._address(), 3, align=Align.LEFT),
                    Label("居住方式"),
                    self._value("live_mode"),
                ),
                row(
                    Label("本人电话"),
                    self._value("phone"),
                    Label("固定电话"),
                    self._value("landline"),
                    Label("所在社区"),
                    self._value("community"),
                ),
            ),
        )

    def _address(self) -> str:
        address = self._show("address")
        place = self._place.name if self._place else ""
        return address if place and address.startswith(place) else f"{place}{address}"

    def _health(self) -> Block:
        return Block(
            "健康家庭",
            _GROUP,
            (
                row(
                    Label("健康状况"),
                    self._value("health"),
                    Label("自理能力"),
                    self._value("ability"),
                    Label("定点医院"),
                    self._value("hospital_name"),
                ),
                row(
                    Label("主要病种"),
                    self._value("diseases", 3, align=Align.LEFT),
                    Label("家庭状况"),
                    self._value("family_flags"),
                ),
            ),
        )

    def _family_block(self) -> Block:
        heads = ("称谓", "姓名", "出生年月", "工作单位及职务", "联系电话", "备注")
        rows = [FormRow(tuple(Label(text) for text in heads))]
        shown = self._family[:FAMILY_ROWS]
        rows += [FormRow(self._relative(one)) for one in shown]
        if len(shown) < FAMILY_ROWS - 1:
            rows.append(row(Value("以下空白", 6)))
        if len(self._family) > FAMILY_ROWS:
            rows.append(row(Value(f"另有 {len(self._family) - FAMILY_ROWS} 人，见家庭成员与联系人登记簿", 6)))
        return Block("家庭成员", _FAMILY, tuple(rows))

    def _relative(self, one: Contact) -> tuple[Cell, ...]:
        fields = fields_of(Contact)
        phone = masking.mask_phone(one.phone) if one.phone and self._around.masked else one.phone or ""
        notes = [
            word
            for word, yes in (("紧急联系人", one.emergency), ("主要监护", one.guardian), ("异地", one.remote))
            if yes
        ]
        return (
            Value(fields["relation"].show(one.relation)),
            Value(one.name, name=True),
            Value(fields["birth"].show(one.birth)),
            Value(one.workplace or "", align=Align.LEFT),
            Value(phone),
            Value(notes[0] if notes else ""),
        )

    def _party(self) -> Block:
        person = self._person
        standing = party_years(person.party_join, person.party_full, self._around.today)
        years = "" if standing is None else f"{standing.years}年{'（估）' if standing.estimated else ''}"
        return Block(
            "党组织",
            _GROUP,
            (
                row(
                    Label("所在支部"),
                    Value(self._branch.name if self._branch else "", 3, align=Align.LEFT),
                    Label("党内职务"),
                    self._value("branch_post"),
                ),
                row(
                    Label("党小组"),
                    self._value("party_group"),
                    Label("党　龄"),
                    Value(years),
                    Label("党费基数"),
                    self._value("dues_base"),
                ),
            ),
        )

    def _service(self) -> Block:
        account = self._account
        number = "" if account is None else masking.mask_account(account.card_no)
        return Block(
            "联系服务",
            _GROUP,
            (
                row(
                    Label("联系领导"),
                    self._value("link_leader"),
                    Label("联系人员"),
                    self._value("link_clerk"),
                    Label("所在兴趣组"),
                    Value(self._person.hobby_group or NOT_APPLICABLE),
                ),
                row(
                    Label("开户银行"),
                    Value(account.bank or "" if account else "", 3, align=Align.LEFT),
                    Label("账　号"),
                    Value(f"{number}（{account.holder}）" if account else ""),
                ),
            ),
        )

    def _remarks(self) -> str:
        """The note, and the difference of the two birth dates where there is one."""
        person = self._person
        parts = [person.note] if person.note else []
        archive, card = person.birth_archive, person.birth_id
        if archive is not None and card is not None and not archive.first <= card <= archive.last:
            parts.append(f"身份证出生日期为{PartialDate.of(card).words()}，计龄按档案{archive.words()}")
        return "；".join(parts)
