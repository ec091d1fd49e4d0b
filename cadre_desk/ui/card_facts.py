"""What a card says of a record, in words: values as their fields say them, ages, chips, one line on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from cadre_desk.actions import records
from cadre_desk.actions.related import label_of
from cadre_desk.db.desk import Desk
from cadre_desk.domain import codes
from cadre_desk.domain.ages import YEAR_ONLY, age_words, party_years
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.fields import AnyField, Code, Count, Link, Money
from cadre_desk.domain.former import unit_and_post
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.registers.register import Register

#: Values that are the rule are not worth a line on the card.
_USUAL: Final = frozenset({("person_kind", "1"), ("status", "1")})
_PARTY: Final = frozenset({"01", "02"})
_LIXIU: Final = "1"
_MOST_FACTS: Final = 6
#: 异地常住, 易地安置 and 候鸟: who has to be phoned for elsewhere.
_AWAY: Final = frozenset({"2", "3", "4"})
_DEAD: Final = "2"


@dataclass(frozen=True, slots=True)
class ChipWord:
    """A chip: its word and its kind."""

    text: str
    kind: str = "neutral"


@dataclass(frozen=True)
class CardFacts:
    """A record as its card shows it.

    ``words`` holds each field as it is said, sensitive ones whole: the card masks them and shows them only
    when asked. ``masked`` holds these with their masks.
    """

    register: Register
    record: int
    values: dict[str, Any]
    words: dict[str, str]
    masked: dict[str, str] = field(default_factory=dict)
    chips: tuple[ChipWord, ...] = ()
    line: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What the record is called."""
        return self.words.get(self.register.name, "")

    def safe(self, key: str) -> str:
        """A value with what is sensitive hidden."""
        return self.masked.get(key, self.words.get(key, ""))

    def label(self, key: str) -> str:
        """The label over a value, also one that follows from others."""
        found = self.register.fields.get(key)
        return _DERIVED[key] if found is None else found.label


#: What is shown beside the fields themselves.
_DERIVED: Final = {"age": "年龄", "party_years": "党龄"}


def read_card(desk: Desk, register: Register, record: int, today: date) -> CardFacts:
    """Everything the card of a record says.

    Raises:
        UserError: the record is gone.
    """
    with desk.read() as session:
        values = records.load(session, register, record)
        links = {
            key: label_of(session, REGISTERS[one.to], values[key], today)
            for key, one in register.fields.items()
            if isinstance(one, Link) and values[key] is not None
        }
        links.setdefault(register.name, label_of(session, register, record, today))
        listed = Listing(register, today)
        row = listed.rows_of(session, [record])[record]
    words, masked = {register.name: links[register.name]}, {}
    for key, one in register.fields.items():
        said = links.get(key) if isinstance(one, Link) else _said(one, values[key])
        if said and (key, values[key]) not in _USUAL:
            words[key] = said
            if one.sensitive:
                masked[key] = one.mask(values[key])
    if register is not PEOPLE:
        chips = tuple(ChipWord(words[key]) for key in _chip_keys(register) if key in words)
        cells = zip(listed.shown, row.values, strict=True)
        told = {register.name, *_chip_keys(register)}
        glance = ((one.heading, one.field.mask(value)) for one, value in cells if one.key not in told)
        facts = tuple((head, text) for head, text in glance if text)[:_MOST_FACTS]
        return CardFacts(register, record, values, words, masked, chips, "", facts)
    words |= _derived(values, today)
    line, facts = _person_line(values, words, today), tuple(_person_facts(values, words, masked))
    return CardFacts(register, record, values, words, masked, tuple(_person_chips(values)), line, facts)


def _said(one: AnyField, value: Any) -> str:
    """A value in words, with its unit."""
    if value is None or value == "":
        return ""
    if isinstance(one, Money):
        return f"{one.show(value)} 元"
    if isinstance(one, Count):
        return f"{one.show(value)} {one.unit}".strip()
    return one.echo(value)


def _chip_keys(register: Register) -> list[str]:
    """The first two codes of a register say what kind of record it is."""
    return [key for key, one in register.fields.items() if isinstance(one, Code)][:2]


def birth_of(values: dict[str, Any]) -> PartialDate | None:
    """The birth date that counts: the archive's, else the ID card's (组通字〔2006〕41号)."""
    archive, card = values.get("birth_archive"), values.get("birth_id")
    if archive is not None:
        found: PartialDate = archive
        return found
    return None if card is None else PartialDate.of(card)


def _day_of(values: dict[str, Any], today: date) -> date:
    """The day ages are told for: of the dead, the day of death."""
    died = values.get("death_date")
    return today if died is None else min(died.last, today)


def _derived(values: dict[str, Any], today: date) -> dict[str, str]:
    """年龄 and 党龄."""
    found: dict[str, str] = {}
    birth, day = birth_of(values), _day_of(values, today)
    if birth is not None:
        parts = age_words(birth, day, lunar_birth=values.get("lunar_birth"))
        found["age"] = "·".join(part for part in parts if part)
        if birth.month is None:
            found["age"] += f"（{YEAR_ONLY}）"
    if values.get("political") in _PARTY:
        standing = party_years(values.get("party_join"), values.get("party_full"), day)
        if standing is not None:
            found["party_years"] = f"{standing.years} 年" + (
                "（按入党后一年推算）" if standing.estimated else ""
            )
    return found


def _person_chips(values: dict[str, Any]) -> list[ChipWord]:
    """离休 or 退休, the level, the Party; and where she is if she is not on the books."""
    found = []
    if values.get("status") != "1":
        text = codes.table("person_status").label(values["status"])
        died = values.get("death_date")
        if values["status"] == _DEAD and died is not None:
            text = f"{died.words()}去世"
        found.append(ChipWord(text, "bad" if values["status"] == _DEAD else "warn"))
    kind = values.get("person_kind")
    if kind is not None and kind != "1":
        found.append(ChipWord(codes.table("person_kind").short(kind), "info"))
    if values.get("retire_type"):
        lixiu = values["retire_type"] == _LIXIU
        text = codes.table("retire_type").short(values["retire_type"])
        found.append(ChipWord(text, "gold" if lixiu else "neutral"))
    for key in ("treatment_level", "pre_level"):
        if values.get(key):
            found.append(
                ChipWord(codes.table("treatment_level" if key[0] == "t" else "level").short(values[key]))
            )
            break
    if values.get("political") in _PARTY:
        found.append(ChipWord(codes.table("political").short(values["political"])))
    return found


def post_of(values: dict[str, Any]) -> str:
    """县水利局原总工程师."""
    return unit_and_post(values.get("last_unit"), values.get("last_post"))


def _person_line(values: dict[str, Any], words: dict[str, str], today: date) -> str:
    """男·89 周岁（虚岁 90）·汉族·县水利局原总工程师."""
    birth, day = birth_of(values), _day_of(values, today)
    age, nominal = ("", "") if birth is None else age_words(birth, day, lunar_birth=values.get("lunar_birth"))
    years = f"{age}（{nominal}）" if nominal else age
    parts = [words.get("sex", ""), years, words.get("ethnic", ""), post_of(values)]
    return "·".join(part for part in parts if part)


def _home(values: dict[str, Any], words: dict[str, str]) -> str:
    """The township of who lives here; of who lives elsewhere that, and which region it is; and with whom."""
    away = values.get("live_mode") in _AWAY
    where = [words.get("live_mode", ""), words.get("live_division", "")] if away else []
    parts = [*where, words.get("place_id", ""), words.get("family_flags", "")]
    return "·".join(part for part in parts if part)


def _person_facts(
    values: dict[str, Any], words: dict[str, str], masked: dict[str, str]
) -> list[tuple[str, str]]:
    """The things one phones for."""
    return [
        ("所在支部", words.get("branch_id", "")),
        ("联系领导", words.get("link_leader", "")),
        ("手机", masked.get("phone") or masked.get("landline", "")),
        ("居住", _home(values, words)),
        ("离退休", words.get("retire_date", "")),
    ]
