"""What a personnel file says: schooling, work, post and retirement, each fitting the others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from cadre_desk.demo import portraits
from cadre_desk.demo.books import as_recorded, later_month, month_of
from cadre_desk.demo.dice import Dice, Weighted
from cadre_desk.demo.gazetteer import Gazetteer, short_id
from cadre_desk.demo.life import LIXIU, TUIXIU, Life
from cadre_desk.demo.lists import words
from cadre_desk.demo.naming import FEMALE, HAN, MALE
from cadre_desk.demo.offices import ENTERPRISE, STATE, Office
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.eras import Era, era_on, read_era
from cadre_desk.domain.lunar import lunar_of

#: Levels and the treatment that goes with them; a long-serving cadre enjoyed the next one (handbook 1.4).
_TREATMENT: Final = {"131": "31", "132": "32", "141": "41", "142": "42", "150": "51", "160": "52"}
_RAISED: Final = {"132": "31", "141": "32", "142": "41", "150": "42"}
_RAISE: Final = 0.09
_TECHNICAL: Final = "59"
#: Monthly pensions in yuan, by treatment, least and most.
_PENSION: Final = {
    "31": (9200, 12400),
    "32": (8300, 11000),
    "41": (7000, 9300),
    "42": (6200, 8200),
    "51": (5200, 7000),
    "52": (4600, 5800),
    "59": (5200, 8600),
}
_ENTERPRISE_PENSION: Final = (3100, 5200)
_LIXIU_PENSION: Final = (11500, 16800)
#: Ranks since the law on civil servants of 2019, by level.
_RANKS: Final = {
    "141": ("06", "07", "07", "08"),
    "142": ("08", "09", "09", "10"),
    "150": ("10", "11", "11", "12"),
}
_RANKS_FROM: Final = date(2019, 6, 1)
_NON_LEADING: Final = {"主任科员": "07", "副主任科员": "09", "调研员": "06"}
_RANK_NAMES: Final = {
    "06": "四级调研员",
    "07": "一级主任科员",
    "08": "二级主任科员",
    "09": "三级主任科员",
    "10": "四级主任科员",
}
#: Schooling by the first year of birth it was usual for, youngest first (GB/T 4658-2006).
_SCHOOLING: Final = (
    (1960, Weighted.of({"21": 30.0, "2D": 16.0, "31": 26.0, "3D": 10.0, "41": 12.0, "61": 5.0, "14": 1.0})),
    (1950, Weighted.of({"21": 10.0, "2D": 7.0, "31": 28.0, "3D": 14.0, "41": 22.0, "61": 14.0, "71": 5.0})),
    (1936, Weighted.of({"21": 7.0, "31": 14.0, "3D": 5.0, "41": 34.0, "61": 16.0, "71": 18.0, "81": 6.0})),
    (0, Weighted.of({"21": 3.0, "31": 6.0, "41": 22.0, "61": 14.0, "71": 30.0, "81": 25.0})),
)
_TRAINED: Final = frozenset({"学校", "医院", "农技"})
_SCHOOL_LESS: Final = frozenset({"61", "71", "81"})
_STARTS: Final = ((1957, (17, 22)), (1950, (16, 20)), (1935, (16, 21)), (0, (15, 19)))
_GRADUATE_START: Final = (21, 23)
_DIFFERS: Final = 0.03
_OLD_CARD: Final = 0.002
_NO_ID: Final = 0.006
_EARLY_KINDS: Final = Weighted.of({"7": 60.0, "4": 24.0, "8": 8.0, "9": 8.0})
_EARLY_REASONS: Final = {
    "7": "工作年限满30年，本人申请",
    "4": "因病丧失工作能力，经鉴定",
    "8": "距退休年龄不足5年，本人申请",
    "9": "弹性提前退休，本人申请",
}
#: The tables of the decision of 2024 by the age at which a woman retires under each.
_BASES: Final = ((60, "M"), (55, "F55"), (0, "F50"))
_FLEXIBLE_FROM: Final = date(2025, 1, 1)
_HEADS: Final = {"正职": "{}", "常务副职": "常务副{}", "副职": "副{}"}
#: What the head of a Party or mass body is called, by a part of its name; 主任 where none fits.
_HEAD_WORDS: Final = (
    ("纪委", "书记"), ("政法委", "书记"), ("工委", "书记"), ("团县委", "书记"), ("工会", "主席"),
    ("妇联", "主席"), ("科协", "主席"), ("残联", "理事长"), ("老干部局", "局长"), ("部", "部长"),
)  # fmt: skip
_STREET_WORDS: Final = {
    "镇长": "主任",
    "副镇长": "副主任",
    "党委书记": "党工委书记",
    "副书记": "党工委副书记",
}
_PERCENT: Final = ((35, 90), (30, 85), (20, 80), (0, 75))
_REFORM: Final = date(2014, 10, 1)
_TALENT_AGE: Final = 76
#: Births from which most keep the solar birthday; births whose bearers could take a degree (学位条例, 1981).
_SOLAR_FROM, _DEGREES_FROM = 1960, 1954
#: When the personnel and labour bureaus of counties were merged.
_MERGED: Final = 2010


class Files:
    """Writes the personnel file of one person after another."""

    def __init__(self, dice: Dice, gazetteer: Gazetteer) -> None:
        """Take the dice and who gives out ID numbers."""
        self._dice, self._gazetteer = dice, gazetteer

    def write(self, life: Life) -> None:
        """Fill the columns of identity, career and retirement."""
        if life.double_of is not None:
            life.values.update(self._copied(life.double_of))
            return
        life.values.update(self._identity(life))
        life.values.update(self._career(life))
        life.values.update(self._retirement(life))
        life.values.update(portraits.told(life))
        life.values.update(_period(life))

    def _copied(self, original: Life) -> dict[str, Any]:
        """What a unit reported once more: without the ID number, the birth to the year."""
        kept = ("sex", "ethnic", "last_unit", "last_post", "retire_type", "work_start", "manage_unit_id")
        values = {key: original.values.get(key) for key in kept}
        return {**values, "name": original.name, "birth_archive": PartialDate(original.born.year)}

    def _identity(self, life: Life) -> dict[str, Any]:
        dice = self._dice
        card = life.born
        archive = as_recorded(dice, life.born, whole=0.26)
        if dice.chance(_DIFFERS) and not life.portrait:
            card = _shifted(dice, life.born)
        told = portraits.told(life).get("birth_id")
        number = None if dice.chance(_NO_ID) and not life.portrait else self._number(told or card, life.sex)
        kept = dice.chance(0.62 if life.born.year < _SOLAR_FROM else 0.3)
        lunar = lunar_of(life.born).day if kept else None
        return {
            "name": life.name,
            "former_name": None,
            "id_no": number,
            "sex": life.sex,
            "ethnic": life.ethnic,
            "native_place": self._native(life),
            "birth_place": None,
            "birth_archive": archive,
            "birth_id": card if number else None,
            "lunar_birth": lunar,
            "birthday_habit": None if lunar is None else ("2" if dice.chance(0.55) else "1"),
        }

    def _number(self, born: date, sex: str) -> str:
        number = self._gazetteer.id_number(born, sex)
        return short_id(number) if self._dice.chance(_OLD_CARD) else number

    def _native(self, life: Life) -> str:
        dice = self._dice
        if dice.chance(0.72):
            place = self._gazetteer.somewhere(life.office.county)
            return f"{'青岚县' if life.office.county == 0 else ''}{place.name}"
        return dice.pick(
            (
                "重庆万州",
                "重庆开州",
                "重庆云阳",
                "四川达州",
                "四川成都",
                "湖北利川",
                "重庆忠县",
                "山东平度",
                "河北邯郸",
            )
        )

    def _career(self, life: Life) -> dict[str, Any]:
        dice = self._dice
        schooling = dice.weigh(next(table for year, table in _SCHOOLING if life.born.year >= year))
        if life.office.posts in _TRAINED and schooling in _SCHOOL_LESS:
            schooling = "41"
        graduate = schooling == "21" and life.born.year >= _DEGREES_FROM
        start = self._start(life, schooling)
        post, rank = self._post(life)
        honours = None
        if dice.chance(0.24):
            year = dice.between(max(start.year + 6, 1978), max(life.retired.year, 1979))
            honours = dice.pick(self._honours(life)).replace("{年}", str(year))
        return {
            "education": schooling,
            "degree": "4" if graduate and dice.chance(0.4) else None,
            "work_start": start,
            "last_unit": life.leading or life.office.called(life.retired.year),
            "last_post": post,
            "top_post": post if life.post.level in {"131", "132", "141"} and dice.chance(0.5) else None,
            "pre_level": life.post.level or None,
            "rank": rank,
            "title": life.post.title or None,
            "title_level": life.post.title_level,
            "specialty": dice.pick(words("phrases")["specialties"]) if dice.chance(0.3) else None,
            "honours": honours,
        }

    def _honours(self, life: Life) -> tuple[str, ...]:
        """The honours that such a person may have."""
        listed = words("phrases")
        if life.sex == FEMALE and self._dice.chance(0.3):
            return listed["honours_女"]
        return listed.get(f"honours_{life.office.posts}", listed["honours"])

    def _start(self, life: Life, schooling: str) -> PartialDate:
        """The beginning of work; of 离休干部 before October 1949, its period told by the month."""
        dice = self._dice
        if life.lixiu:
            first = max(later_month(life.born, 12 * 14 + 6), date(1938, 1, 1))
            start = dice.day(max(first, date(life.born.year + 16, 6, 1)), date(1949, 8, 31))
            return month_of(start)
        low, high = next(ages for year, ages in _STARTS if life.born.year >= year)
        if schooling == "21" and dice.chance(0.5):
            low, high = _GRADUATE_START
        start = later_month(life.born, 12 * dice.between(low, high) + dice.between(0, 11))
        start = max(start, date(1949, 10, 8))
        return as_recorded(dice, start, whole=0.12, year_only=0.03)

    def _post(self, life: Life) -> tuple[str, str | None]:
        """The post as it was called, and the rank of a civil servant who retired under the law of 2019."""
        post, level = life.post.name, life.post.level
        post = _worded(post, life.office, life.office.called(life.retired.year))
        if life.office.nature != STATE or life.retired < _RANKS_FROM or level not in _RANKS:
            return post, None
        rank = _NON_LEADING.get(post) or self._dice.pick(_RANKS[level])
        return (_RANK_NAMES[rank] if post in _NON_LEADING else post), rank

    def _retirement(self, life: Life) -> dict[str, Any]:
        dice = self._dice
        office, level = life.office, life.post.level
        treatment = _TREATMENT.get(level, _TECHNICAL if dice.chance(0.6) else None)
        if dice.chance(_RAISE * (2 if life.lixiu else 1)):
            treatment = _RAISED.get(level, treatment)
        kind = TUIXIU
        if life.lixiu:
            kind = LIXIU
        elif life.early:
            kind = "9" if life.retired >= _FLEXIBLE_FROM else dice.weigh(_EARLY_KINDS)
        high = level in {"131", "132", "141", "142"}
        return {
            "retire_type": kind,
            "retire_date": as_recorded(dice, life.retired, whole=0.08, year_only=0),
            "approval_no": f"青{'组干' if high else '人'}〔{life.retired.year}〕{dice.between(3, 186)}号"
            if dice.chance(0.86)
            else None,
            "approval_org": "县委组织部"
            if high
            else ("县人力社保局" if life.retired.year >= _MERGED else "县人事局"),
            "retire_basis": _basis(life),
            "early": True if life.early else None,
            "early_reason": _EARLY_REASONS.get(kind) if life.early else None,
            "treatment_level": treatment,
            "treatment_kind": ("1", "2", "3") if life.lixiu else (("1", "2") if treatment else None),
            "pension_pct": _percent(life),
            "pension": self._pension(life, treatment),
            "pay_unit": "县社会保险事业管理中心" if office.nature == ENTERPRISE else "县机关事业养老保险中心",
            "manage_unit_id": office.id,
            "manage_kind": "3" if level == "131" else ("4" if high or life.lixiu else "5"),
            "medical_kind": _medical(life),
            "social_card": f"5001{dice.digits(8)}" if dice.chance(0.45) else None,
            "link_clerk": dice.pick(words("phrases")["clerks"]) if dice.chance(0.5) else None,
            "link_leader": dice.pick(words("phrases")["leaders"])
            if life.lixiu or level in {"131", "132"}
            else None,
            "hobby_group": dice.pick(words("phrases")["hobbies"]) if dice.chance(0.24) else None,
            "talent_kind": self._talent(life),
        }

    def _talent(self, life: Life) -> str | None:
        young = life.born.year > date(2026, 1, 1).year - _TALENT_AGE
        return self._dice.pick(words("phrases")["talents"]) if young and self._dice.chance(0.11) else None

    def _pension(self, life: Life, treatment: str | None) -> int | None:
        """The monthly pension in 分."""
        low, high = _PENSION[treatment or _TECHNICAL]
        if life.office.nature == ENTERPRISE:
            low, high = _ENTERPRISE_PENSION
        if life.lixiu:
            low, high = _LIXIU_PENSION
        return None if self._dice.chance(0.05) else self._dice.between(low * 10, high * 10) * 10


def _period(life: Life) -> dict[str, Any]:
    """革命时期 and 红军 of 离休干部, from the beginning of their work."""
    if not life.lixiu:
        return {}
    start: PartialDate = life.values["work_start"]
    era = read_era(start).settled or era_on(start.first)
    return {"era": str(era), "is_red_army": era is Era.RED}


def _shifted(dice: Dice, born: date) -> date:
    """Another birth date, as ID cards of the seventies have it: months or a year or two off."""
    months = dice.pick((1, 1, 2, 3, 6, 12, 12, 12, 24, -1, -2, -12))
    return later_month(born, months) + timedelta(days=dice.between(0, 20))


def _worded(post: str, office: Office, called: str) -> str:
    """A post in the words of its unit: the head of the 总工会 is its 主席, of a 乡 its 乡长."""
    if post in _HEADS:
        head = next((word for key, word in _HEAD_WORDS if key in office.key), "主任")
        return _HEADS[post].format(head)
    if "（" in post:
        first, second = post.removesuffix("）").split("（")
        return first if office.key == "县法院" or "馆" in office.key else second
    if called.endswith("乡"):
        return post.replace("镇长", "乡长")
    if called.endswith("街道办事处"):
        return _STREET_WORDS.get(post, post)
    return post


def _basis(life: Life) -> str | None:
    """The table of the decision of 2024; asked only since it holds."""
    if life.retired < _FLEXIBLE_FROM:
        return None
    if life.sex == MALE:
        return "M"
    age = life.age(life.retired.replace(day=28))
    return next(basis for least, basis in _BASES if age >= least)


def _percent(life: Life) -> int | None:
    """离退休费比例 by years of work (国发〔1978〕104号), until pensions became insurance in October 2014."""
    if life.lixiu:
        return 100
    if life.retired >= _REFORM or life.office.nature == ENTERPRISE:
        return None
    years = life.retired.year - life.values["work_start"].year
    return next(percent for least, percent in _PERCENT if years >= least)


def _medical(life: Life) -> str:
    if life.lixiu:
        return "1"
    return "3" if life.office.nature == STATE else "2"


def ethnic_of(life: Life, thrown: str) -> str:
    """The people somebody belongs to; portraits say it themselves."""
    return str(portraits.told(life).get("ethnic", HAN)) if life.portrait else thrown
