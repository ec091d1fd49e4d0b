"""People: 离退休干部, 遗属 and 社会老年人, with their contacts, bank accounts, movements and dated facts.

Fields are those of handbook 1.1 (GB/T 14946.1-2009 and the offices' own registers).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cadre_desk.db.base import Record, column
from cadre_desk.db.models.facts import FactColumns
from cadre_desk.db.models.office import Place, Unit
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import (
    Account,
    Code,
    Codes,
    Count,
    Dated,
    Day,
    Division,
    IdNumber,
    Link,
    LongText,
    Lunar,
    Money,
    Name,
    Phone,
    Sensitivity,
    Text,
    YesNo,
)
from cadre_desk.domain.lunar import LunarDay

IDENTITY = "身份"
BIRTH = "出生与年龄"
CAREER = "工作经历"
RETIREMENT = "离退休"
LIVING = "居住与联系"
HEALTH = "健康与家庭"
PARTY = "党组织"
SERVICE = "联系服务"
END = "在册与终止"


class Person(Record):
    """One person of the ledger, as known today; what changes over time also stands in ``PersonFact``."""

    __tablename__ = "person"
    SEARCHED: ClassVar[tuple[str, ...]] = (
        "name",
        "former_name",
        "id_no",
        "phone",
        "landline",
        "last_unit",
        "manage_unit_id",
    )
    #: What lists are narrowed by: of 100,000 wide rows only these few megabytes are read.
    __table_args__ = (
        sa.Index(
            "ix_person_facets",
            "status",
            "person_kind",
            "retire_type",
            "sex",
            "ability",
            "place_id",
            "political",
            "live_mode",
            "family_flags",
            "birth_archive",
            "birth_id",
        ),
        {"sqlite_autoincrement": True},
    )

    person_kind: Mapped[str] = column(
        Code(
            "人员类别",
            table="person_kind",
            required=True,
            group=IDENTITY,
            width=18,
            rule="离退休干部计入统计，遗属和社会老年人另列",
        ),
        server_default="1",
    )
    name: Mapped[str] = column(
        Name(
            "姓名",
            required=True,
            limit=60,
            group=IDENTITY,
            width=20,
            aliases=("名字", "姓 名", "人员姓名", "老干部姓名", "民警姓名"),
        )
    )
    former_name: Mapped[str | None] = column(Text("曾用名", group=IDENTITY, limit=60, width=20))
    id_no: Mapped[str | None] = column(
        IdNumber(
            "身份证号",
            group=IDENTITY,
            width=36.5,
            rule="18 位，末位可为 X；Excel 里要设为文本",
            example="11010519491231002X",
            aliases=("身份证号码", "公民身份号码", "身份证", "证件号码", "证件号", "居民身份证号"),
        ),
        index=True,
    )
    sex: Mapped[str | None] = column(Code("性别", table="sex", group=IDENTITY, width=8))
    ethnic: Mapped[str | None] = column(Code("民族", table="ethnic", group=IDENTITY, width=13))
    native_place: Mapped[str | None] = column(Text("籍贯", group=IDENTITY, limit=60, width=24))
    birth_place: Mapped[str | None] = column(Text("出生地", group=IDENTITY, limit=60, width=24))
    marital: Mapped[str | None] = column(
        Code("婚姻状况", table="marital", group=IDENTITY, width=14, aliases=("婚姻", "婚否"))
    )
    education: Mapped[str | None] = column(
        Code(
            "学历", table="education", group=IDENTITY, width=16, aliases=("文化程度", "最高学历", "学历层次")
        )
    )
    degree: Mapped[str | None] = column(Code("学位", table="degree", group=IDENTITY, width=14))

    birth_archive: Mapped[PartialDate | None] = column(
        Dated(
            "出生年月（档案）",
            group=BIRTH,
            birth_like=True,
            width=19,
            rule="按干部档案最早记载填，只知年月的填到月",
            example="1952.7",
            aliases=("出生年月", "出生日期", "出生时间", "出生年月日", "生日", "档案出生年月"),
        ),
        index=True,
    )
    birth_id: Mapped[date | None] = column(
        Day(
            "出生日期（身份证）",
            group=BIRTH,
            width=19,
            rule="由身份证号带出，不改档案年月",
            aliases=("身份证出生日期",),
        )
    )
    lunar_birth: Mapped[LunarDay | None] = column(
        Lunar("农历生日", group=BIRTH, width=20, example="八月初三", rule="闰月要写「闰」字")
    )
    birthday_habit: Mapped[str | None] = column(
        Code("过生日习惯", table="birthday_habit", group=BIRTH, width=14)
    )

    work_start: Mapped[PartialDate | None] = column(
        Dated(
            "参加工作时间",
            group=CAREER,
            birth_like=True,
            width=19,
            example="1971.12",
            aliases=("参加革命工作时间", "参加工作年月", "工作时间", "参工时间", "参加工作日期"),
        )
    )
    last_unit: Mapped[str | None] = column(
        Text(
            "原工作单位",
            group=CAREER,
            width=38,
            aliases=("原单位", "工作单位", "单位", "退休前单位", "单位名称", "所在单位", "退休单位"),
        )
    )
    last_post: Mapped[str | None] = column(
        Text(
            "原职务",
            group=CAREER,
            width=26,
            aliases=("职务", "退休前职务", "离退休前职务", "原任职务", "行政职务"),
        )
    )
    top_post: Mapped[str | None] = column(Text("曾任最高职务", group=CAREER, width=26, aliases=("最高职务",)))
    pre_level: Mapped[str | None] = column(
        Code(
            "离退前级别",
            table="level",
            group=CAREER,
            width=20,
            aliases=("职级", "级别", "职务级别", "职务层次", "原级别"),
        )
    )
    rank: Mapped[str | None] = column(
        Code("职级（2019）", table="rank", group=CAREER, width=22, aliases=("公务员职级",))
    )
    title: Mapped[str | None] = column(
        Text("职称", group=CAREER, width=20, aliases=("专业技术职务", "技术职称"))
    )
    title_level: Mapped[str | None] = column(Code("职称等级", table="title_level", group=CAREER, width=14))
    specialty: Mapped[str | None] = column(
        Text("专长", group=CAREER, width=26, aliases=("特长", "爱好特长", "兴趣爱好"))
    )
    honours: Mapped[str | None] = column(
        LongText("荣誉表彰", group=CAREER, width=40, aliases=("荣誉", "奖励", "获奖情况"))
    )

    retire_type: Mapped[str | None] = column(
        Code(
            "离退类别",
            table="retire_type",
            group=RETIREMENT,
            dated=True,
            width=12,
            aliases=("类别", "离退休类别", "退休类别"),
        )
    )
    retire_date: Mapped[PartialDate | None] = column(
        Dated(
            "离退休时间",
            group=RETIREMENT,
            width=19,
            example="1996.3",
            aliases=(
                "退休时间",
                "离退休日期",
                "退休日期",
                "退休年月",
                "离休时间",
                "批准退休时间",
                "离退时间",
            ),
        )
    )
    approval_no: Mapped[str | None] = column(
        Text("批准文号", group=RETIREMENT, width=30, aliases=("退休文号",))
    )
    approval_org: Mapped[str | None] = column(
        Text("批准机关", group=RETIREMENT, width=26, aliases=("审批机关",))
    )
    retire_basis: Mapped[str | None] = column(
        Code(
            "退休年龄依据",
            table="retire_basis",
            group=RETIREMENT,
            width=20,
            rule="2025 年起按渐进式延迟办法推算，由经办人选定",
        )
    )
    early: Mapped[bool | None] = column(YesNo("提前退休", group=RETIREMENT, width=12))
    early_reason: Mapped[str | None] = column(Text("提前退休原因", group=RETIREMENT, width=26))
    treatment_level: Mapped[str | None] = column(
        Code(
            "现享受待遇",
            table="treatment_level",
            group=RETIREMENT,
            dated=True,
            width=18,
            aliases=("享受待遇", "待遇级别", "待遇", "现待遇", "享受何种待遇"),
        )
    )
    treatment_kind: Mapped[tuple[str, ...] | None] = column(
        Codes("待遇类别", table="treatment_kind", group=RETIREMENT, width=20)
    )
    era: Mapped[str | None] = column(
        Code("革命时期", table="era", group=RETIREMENT, width=16, aliases=("参加革命时期",))
    )
    is_red_army: Mapped[bool | None] = column(YesNo("是否红军", group=RETIREMENT, width=10))
    pension_pct: Mapped[int | None] = column(Count("离退休费比例", unit="%", group=RETIREMENT, width=14))
    pension: Mapped[int | None] = column(
        Money(
            "离退休费（月）", group=RETIREMENT, width=20, aliases=("退休费", "退休金", "养老金", "月退休费")
        )
    )
    pay_unit: Mapped[str | None] = column(
        Text("费用支付单位", group=RETIREMENT, width=30, aliases=("发放单位",))
    )
    manage_unit_id: Mapped[int | None] = column(
        Link(
            "现管理单位",
            to="units",
            group=RETIREMENT,
            dated=True,
            width=30,
            aliases=("管理单位", "现服务单位"),
        ),
        sa.ForeignKey("unit.id"),
        index=True,
    )
    manage_kind: Mapped[str | None] = column(
        Code("管理类别", table="manage_kind", group=RETIREMENT, width=18)
    )

    huji: Mapped[str | None] = column(
        Text(
            "户籍地",
            group=LIVING,
            width=34,
            sensitive=Sensitivity.ADDRESS,
            aliases=("户籍所在地", "户籍地址", "户口所在地"),
        )
    )
    live_division: Mapped[str | None] = column(
        Division(
            "现居住地政区",
            group=LIVING,
            width=30,
            rule="六位行政区划代码，或者写全省市县",
        )
    )
    place_id: Mapped[int | None] = column(
        Link("乡镇街道", to="places", group=LIVING, width=22, aliases=("街道", "乡镇", "所在乡镇", "镇街")),
        sa.ForeignKey("place.id"),
        index=True,
    )
    address: Mapped[str | None] = column(
        Text(
            "详细住址",
            group=LIVING,
            width=38,
            sensitive=Sensitivity.ADDRESS,
            aliases=(
                "住址",
                "家庭住址",
                "现住址",
                "居住地址",
                "现居住地",
                "家庭地址",
                "通讯地址",
                "联系地址",
                "地址",
            ),
        )
    )
    live_mode: Mapped[str | None] = column(
        Code("居住方式", table="live_mode", group=LIVING, dated=True, width=16, aliases=("居住类型",))
    )
    remote_contact: Mapped[str | None] = column(Text("异地联络单位", group=LIVING, width=26))
    community: Mapped[str | None] = column(
        Text("社区（四就近点）", group=LIVING, width=24, aliases=("社区", "所在社区", "所属社区"))
    )
    landline: Mapped[str | None] = column(
        Phone("固定电话", group=LIVING, width=24, aliases=("固话", "住宅电话", "家庭电话", "座机"))
    )
    phone: Mapped[str | None] = column(
        Phone(
            "手机",
            group=LIVING,
            width=24,
            aliases=(
                "电话",
                "联系电话",
                "手机号码",
                "手机号",
                "联系方式",
                "移动电话",
                "本人电话",
                "本人联系电话",
            ),
        ),
        index=True,
    )
    wechat: Mapped[str | None] = column(
        Text("微信", group=LIVING, width=22, sensitive=Sensitivity.PHONE, aliases=("微信号",))
    )

    health: Mapped[str | None] = column(
        Code(
            "健康状况",
            table="health",
            group=HEALTH,
            width=18,
            sensitive=None,
            aliases=("身体状况", "健康", "健康情况"),
        )
    )
    ability: Mapped[str | None] = column(
        Code(
            "自理能力",
            table="ability",
            group=HEALTH,
            dated=True,
            width=16,
            aliases=("能否自理", "生活自理能力", "生活能否自理"),
        )
    )
    diseases: Mapped[str | None] = column(
        Text(
            "主要病种",
            group=HEALTH,
            width=30,
            sensitive=Sensitivity.HEALTH,
            aliases=("疾病", "患病情况", "病种", "主要疾病"),
        )
    )
    hospital_name: Mapped[str | None] = column(Text("定点医院", group=HEALTH, width=26))
    medical_kind: Mapped[str | None] = column(Code("医保类别", table="medical_kind", group=HEALTH, width=20))
    disability_no: Mapped[str | None] = column(
        Text("残疾证号", group=HEALTH, width=30, sensitive=Sensitivity.ACCOUNT, aliases=("残疾证",))
    )
    in_hospital: Mapped[bool | None] = column(YesNo("正在住院", group=HEALTH, dated=True, width=12))
    family_flags: Mapped[tuple[str, ...] | None] = column(
        Codes(
            "家庭状况",
            table="family_flags",
            group=HEALTH,
            dated=True,
            width=28,
            rule="可多选，用顿号隔开",
            aliases=("家庭情况",),
        )
    )
    is_lonely: Mapped[bool | None] = column(YesNo("是否孤寡", group=HEALTH, width=10, aliases=("孤寡老人",)))
    no_child: Mapped[bool | None] = column(YesNo("无子女", group=HEALTH, width=10))

    political: Mapped[str | None] = column(
        Code("政治面貌", table="political", group=PARTY, dated=True, width=16, aliases=("党派", "政治面目"))
    )
    party_join: Mapped[PartialDate | None] = column(
        Dated(
            "入党时间",
            group=PARTY,
            birth_like=True,
            width=19,
            aliases=("入党年月", "入党日期", "加入中共组织时间"),
        )
    )
    party_full: Mapped[PartialDate | None] = column(
        Dated(
            "转正时间",
            group=PARTY,
            birth_like=True,
            width=19,
            rule="党龄从转正之日算起",
            aliases=("转正日期", "党员转正时间"),
        )
    )
    branch_id: Mapped[int | None] = column(
        Link(
            "所在党支部",
            to="branches",
            group=PARTY,
            width=34,
            aliases=("党支部", "支部", "组织关系所在支部", "所在支部"),
        ),
        sa.ForeignKey("branch.id"),
        index=True,
    )
    party_group: Mapped[str | None] = column(Text("党小组", group=PARTY, limit=40, width=18))
    branch_post: Mapped[str | None] = column(
        Code("支部职务", table="branch_post", group=PARTY, width=18, aliases=("党内职务",))
    )
    floating: Mapped[bool | None] = column(YesNo("流动党员", group=PARTY, width=12))
    dues_base: Mapped[int | None] = column(Money("党费基数", group=PARTY, width=18))
    fifty_medal: Mapped[bool | None] = column(YesNo("已发「光荣在党50年」纪念章", group=PARTY, width=16))

    link_leader: Mapped[str | None] = column(Text("联系领导", group=SERVICE, width=22, aliases=("包联领导",)))
    link_clerk: Mapped[str | None] = column(
        Text("联系人员", group=SERVICE, width=20, aliases=("包联工作人员", "联系人"))
    )
    hobby_group: Mapped[str | None] = column(Text("所在兴趣组", group=SERVICE, width=22, aliases=("兴趣组",)))
    talent_kind: Mapped[str | None] = column(Text("银发人才库类别", group=SERVICE, width=22))
    social_card: Mapped[str | None] = column(Account("社保卡号", group=SERVICE, width=36))

    status: Mapped[str] = column(
        Code("在册状态", table="person_status", required=True, group=END, width=16, aliases=("状态",)),
        server_default="1",
    )
    death_date: Mapped[PartialDate | None] = column(
        Dated("去世时间", group=END, width=19, aliases=("去世日期", "逝世时间"))
    )
    spouse_of_id: Mapped[int | None] = column(
        Link("遗属属于", to="people", group=END, width=20, rule="遗属填已故老干部本人"),
        sa.ForeignKey("person.id"),
    )
    note: Mapped[str | None] = column(
        LongText("备注", group=END, width=30, aliases=("说明", "其他", "备 注"))
    )
    serial: Mapped[int | None] = column(Count("机构内序", group=END, width=12))
    #: The attachment that is her photo. No field: no list, import or workbook carries pictures.
    photo: Mapped[str | None] = mapped_column(
        sa.String(64), sa.ForeignKey("attachment.sha256"), info={"told": "照片"}
    )

    manage_unit: Mapped[Unit | None] = relationship()
    place: Mapped[Place | None] = relationship()


class PersonFact(FactColumns, Record):
    """A dated fact of a person."""

    __tablename__ = "person_fact"
    OWNER: ClassVar[str] = "person"
