"""What only the form of a person does: how one comes onto the books, what an ID fills in, what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from cadre_desk.domain.ages import age_on, milestone_age, solar_birthday
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import FieldError, Problem, Severity
from cadre_desk.domain.fields import AnyField, Code, Dated, Text
from cadre_desk.domain.id_numbers import IdReading, read_id
from cadre_desk.ui.card_layout import BASIC, Section
from cadre_desk.ui.form import Form
from cadre_desk.ui.form_side import Effect
from cadre_desk.ui.kit.buttons import Act

#: How a new person comes onto the books: asked before everything else.
ENTRY_KIND, ENTRY_DAY, ENTRY_ORIGIN = "entry_kind", "entry_day", "entry_origin"
ENTRY_FIELDS: Final[Mapping[str, AnyField]] = {
    ENTRY_KIND: Code(
        "增员方式", table="entry_kind", required=True, rule="第一次把老底子录进来的选「期初建账」"
    ),
    ENTRY_DAY: Dated("发生日", rule="不填时，新退休按离退休时间，其他按今天"),
    ENTRY_ORIGIN: Text("从哪里来", limit=60, rule="转入的填原管理单位"),
}
ENTRY: Final = Section(BASIC, "怎样进来的", tuple(ENTRY_FIELDS))

BASIS: Final = "basis"
NOTE_IT: Final = "note"
FROM_ID: Final = "from-id"
#: What is written into 备注 where the two birth dates differ.
BIRTH_NOTE: Final = "出生年月档案与身份证不一致，按档案最早记载认定（组通字〔2006〕41号）。"
#: What can be done about a warning, by the field it stands at.
ACTS: Final[Mapping[str, Sequence[Act]]] = {
    "birth_archive": (Act(BASIS, "查看认定依据"), Act(NOTE_IT, "写入备注")),
    "birth_id": (Act(FROM_ID, "改为身份证号里的日期"),),
}
BASIS_TEXT: Final = (
    "干部的出生日期，以个人档案中最先记载出生日期的材料为依据；"
    "档案记载与户籍、身份证不一致的，以档案为准，不因身份证改动（组通字〔2006〕41号）。"
    "所以计龄、祝寿、离退休年龄都按档案年月，身份证上的日期另存，两者不同只提醒。"
)

#: 80 岁以上 is the band that visits and allowances ask for.
_OLD: Final = 80
_YEARS_AHEAD: Final = 40


def read_number(number: str | None, today: date) -> IdReading | None:
    """What an ID number says, None for what is none."""
    try:
        return read_id(number, today=today) if number else None
    except FieldError:
        return None


def derived_by(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The values that the record's ID number says as well: they may follow another number."""
    reading = read_number(values.get("id_no"), today)
    if reading is None:
        return {}
    said = {"sex": reading.sex, "birth_id": reading.birth}
    return {key: value for key, value in said.items() if values.get(key) == value}


def fill_from_id(form: Form, filled: dict[str, Any], today: date) -> None:
    """Pre-fill sex and birth date from the ID number, and never overwrite what was known otherwise.

    ``filled`` remembers what came from a number: only that follows another one. The card's date is read only
    while it says what the number says.
    """
    reading = read_number(form.editors["id_no"].typed_or_loaded(), today)
    if reading is not None and form.editors["id_no"].is_touched():
        for key, value in (("sex", reading.sex), ("birth_id", reading.birth)):
            editor = form.editors[key]
            known = editor.fault() is not None or editor.value() not in {None, filled.get(key)}
            if not known and editor.value() != value:
                filled[key] = value
                editor.unlock()
                editor.set_value(value)
    _lock_birth(form, reading)


def _lock_birth(form: Form, reading: IdReading | None) -> None:
    """The card's date in words and read only, or to be typed."""
    editor = form.editors["birth_id"]
    agrees = reading is not None and editor.fault() is None and editor.value() == reading.birth
    if agrees and not editor.is_locked:
        editor.input.set_value(editor.words(editor.value()))
        editor.input.set_echo("")
        editor.lock(editor.field.rule)
    elif not agrees and editor.is_locked:
        editor.unlock()


def birth_problem(values: Mapping[str, Any], today: date) -> list[Problem]:
    """A birth date of the card that the number contradicts."""
    reading, card = read_number(values.get("id_no"), today), values.get("birth_id")
    if reading is None or card is None or card == reading.birth:
        return []
    said = PartialDate.of(reading.birth).words()
    return [Problem(f"身份证号里的出生日期是 {said}，与这里不同，请核对。", "birth_id", Severity.WARN)]


def take_birth_from_id(form: Form, today: date) -> None:
    """Put the number's date in the place of the card's."""
    reading = read_number(form.editors["id_no"].typed_or_loaded(), today)
    if reading is not None:
        form.editors["birth_id"].set_value(reading.birth)


def write_note(form: Form) -> None:
    """Write into 备注 on which authority the birth date stands, once."""
    editor = form.editors["note"]
    if BIRTH_NOTE not in editor.typed():
        editor.input.set_value("\n".join(part for part in (editor.typed(), BIRTH_NOTE) if part))


def effects(old: Mapping[str, Any], new: Mapping[str, Any], today: date) -> list[Effect]:
    """What the changed values of a person bring about besides."""
    found = []
    if "birth_archive" in new:
        text = _age_effect(old.get("birth_archive"), new["birth_archive"], today)
        if text:
            found.append(Effect("年龄变了会影响", text))
    if "branch_id" in new and old.get("branch_id") is not None:
        found.append(
            Effect("换支部会影响", "原支部的组织关系到那一天结束，新支部从那一天算起；两个支部的人数跟着变。")
        )
    if new.get("family_flags") is not None or "live_mode" in new:
        found.append(Effect("居住和家庭变了会影响", "独居、异地等名单，以及按条件造的慰问册。"))
    return found


def _age_effect(old: PartialDate | None, new: PartialDate | None, today: date) -> str:
    if old is None or new is None:
        return ""
    was, now = (_is_old(birth, today) for birth in (old, new))
    parts = [
        "80 岁以上名单不变" if was == now else "进入 80 岁以上名单" if now else "退出 80 岁以上名单",
        _milestone_effect(old, new, today),
    ]
    return "；".join(part for part in parts if part) + "。"


def _is_old(birth: PartialDate, today: date) -> bool:
    age = age_on(birth, today)
    return age is not None and age >= _OLD


def _milestone_effect(old: PartialDate, new: PartialDate, today: date) -> str:
    """How the next celebrated birthday moves: 八十寿辰由 2033年1月 提前到 2032年7月."""
    before, after = (_next_milestone(birth, today) for birth in (old, new))
    if before is None or after is None or before == after:
        return ""
    (age, day), (other_age, other_day) = before, after
    if age != other_age:
        return f"下一个寿辰由 {day.words()} 满 {age} 岁变为 {other_day.words()} 满 {other_age} 岁"
    verb = "提前" if other_day < day else "推后"
    return f"{age} 岁寿辰由 {day.words()} {verb}到 {other_day.words()}"


def _next_milestone(birth: PartialDate, today: date) -> tuple[int, PartialDate] | None:
    for year in range(today.year, today.year + _YEARS_AHEAD):
        age, day = milestone_age(birth, year), solar_birthday(birth, year)
        if age is not None and day.last >= today:
            return age, day
    return None
