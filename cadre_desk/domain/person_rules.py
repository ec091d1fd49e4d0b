"""Cross-field checks of a record (handbook 1.5): what is wrong, apart from what is only worth a look.

Each takes the record's values by field name and the working day, and yields problems in the clerk's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from cadre_desk.domain import id_numbers
from cadre_desk.domain.ages import NO_PROBATION
from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import FieldError, Problem, Severity

Values = Mapping[str, Any]

#: 离休: completed under 国发〔1982〕62号 by those who joined before the founding of the republic.
FOUNDING: Final = PartialDate(1949, 9, 30)
#: Usual ages at retirement; outside them the dates deserve a look.
RETIREMENT_AGES: Final = range(45, 71)
PARTY_AGE: Final = 18
PARTY_MEMBERS: Final = frozenset({"01", "02"})
LIXIU: Final = "1"
DEAD: Final = "2"
#: The rule by which archive and ID card differ about the birth: normal, and explained rather than mended.
BIRTHS_DIFFER: Final = "births_differ"


#: So much of an ID number tells two people of one name apart without giving it away.
_TAIL: Final = 4


def told_apart(name: str, id_no: str | None, unit: str | None) -> str:
    """A namesake with what tells her from the others: the last four of the ID number, else her unit."""
    if id_no:
        return f"{name}（身份证末四位 {id_no[-_TAIL:]}）"
    return f"{name}（{unit}）" if unit else name


def _warn(text: str, field: str) -> Problem:
    return Problem(text, field, Severity.WARN)


def check_person(values: Values, today: date) -> Iterator[Problem]:
    """Everything that one person's own fields can contradict each other in."""
    for check in _CHECKS:
        yield from check(values, today)


def _id_agrees(values: Values, today: date) -> Iterator[Problem]:
    number = values.get("id_no")
    if not number:
        return
    try:
        reading = id_numbers.read_id(number, today=today)
    except FieldError as error:
        yield Problem(str(error), "id_no")
        return
    for text in reading.warnings:
        yield _warn(text, "id_no")
    if values.get("sex") in {"1", "2"} and values["sex"] != reading.sex:
        yield _warn("性别与身份证号第十七位不一致，请核对。", "sex")
    archive = values.get("birth_archive")
    months = None if archive is None else _months_apart(archive, reading.birth)
    if months:
        word = "早" if months > 0 else "晚"
        text = f"档案出生年月比身份证{word} {abs(months)} 个月，计龄按档案（组通字〔2006〕41号）。"
        yield Problem(text, "birth_archive", Severity.WARN, BIRTHS_DIFFER)


def _months_apart(archive: PartialDate, card: date) -> int:
    """Months that the archive's date lies before the card's; 0 where a year-only date can't tell."""
    if archive.month is None:
        return 12 * (card.year - archive.year)
    return 12 * (card.year - archive.year) + card.month - archive.month


def _order(values: Values, today: date) -> Iterator[Problem]:
    steps = (
        ("birth_archive", "出生", "work_start", "参加工作"),
        ("work_start", "参加工作", "retire_date", "离退休"),
        ("retire_date", "离退休", "death_date", "去世"),
        ("party_join", "入党", "party_full", "转正"),
        ("birth_archive", "出生", "party_join", "入党"),
    )
    for first, first_word, second, second_word in steps:
        before, after = values.get(first), values.get(second)
        if before is not None and after is not None and before.first > after.last:
            yield Problem(
                f"{second_word}时间 {after.show()} 早于{first_word}时间 {before.show()}，请改正其中一个。",
                second,
            )
    for key in ("birth_archive", "work_start", "retire_date", "death_date", "party_join", "party_full"):
        value = values.get(key)
        if value is not None and value.first > today:
            yield Problem(f"{value.words()} 还没有到，请核对。", key)


def _lixiu(values: Values, _: date) -> Iterator[Problem]:
    start = values.get("work_start")
    if values.get("retire_type") == LIXIU and start is not None and start.first > FOUNDING.first:
        yield Problem(
            f"离休要求 1949年9月30日 以前参加革命工作（国发〔1982〕62号），现在填的是 {start.words()}。",
            "retire_type",
        )
    if values.get("is_red_army") and values.get("era") not in {None, "1"}:
        yield Problem("填了「是红军」，革命时期应是土地革命（红军）时期。", "era")


def _retirement_age(values: Values, _: date) -> Iterator[Problem]:
    born, retired = values.get("birth_archive"), values.get("retire_date")
    if born is None or retired is None:
        return
    age = retired.year - born.year
    if age not in RETIREMENT_AGES:
        yield _warn(f"离退休时约 {age} 岁，一般在 45–70 岁之间，请核对出生和离退休时间。", "retire_date")


def _party(values: Values, _: date) -> Iterator[Problem]:
    member = values.get("political") in PARTY_MEMBERS
    join, full, born = values.get("party_join"), values.get("party_full"), values.get("birth_archive")
    if member and join is None:
        yield _warn("中共党员没有入党时间，党龄算不出来。", "party_join")
    if (
        member
        and values.get("status", "1") == "1"
        and values.get("person_kind", "1") == "1"
        and not values.get("branch_id")
    ):
        yield _warn("中共党员没有所在党支部。", "branch_id")
    if values.get("branch_id") and values.get("political") is not None and not member:
        yield _warn("不是中共党员，却登记了所在党支部。", "branch_id")
    if born is not None and join is not None and join.year - born.year < PARTY_AGE:
        yield _warn(f"入党时约 {join.year - born.year} 岁，不满 18 岁，请核对。", "party_join")
    if join is not None and full is not None and join.month is not None and full.month is not None:
        months = 12 * (full.year - join.year) + full.month - join.month
        no_probation = NO_PROBATION[0] <= PartialDate(join.year, join.month) <= NO_PROBATION[1]
        if months != (0 if no_probation else 12):
            usual = "这一时期没有预备期，转正与入党同时" if no_probation else "一般是入党后一年"
            yield _warn(f"入党与转正相隔 {months} 个月（{usual}），请核对。", "party_full")


def _end(values: Values, _: date) -> Iterator[Problem]:
    died = values.get("death_date") is not None
    if died and values.get("status") == "1":
        yield Problem("填了去世时间，但还在册；请用「登记去世」办理，各项会一并结清。", "death_date")
    if values.get("status") == DEAD and not died:
        yield _warn("已去世，但没有去世时间。", "death_date")


def _lonely(values: Values, _: date) -> Iterator[Problem]:
    if values.get("is_lonely") and values.get("no_child") is False:
        yield _warn("填了孤寡，又填了有子女，请核对。", "is_lonely")


_CHECKS: Final[tuple[Callable[[Values, date], Iterable[Problem]], ...]] = (
    _id_agrees,
    _order,
    _lixiu,
    _retirement_age,
    _party,
    _end,
    _lonely,
)


def check_account(values: Values, _: date) -> Iterator[Problem]:
    """A holder who is another person needs a stated relation (handbook, pain 16)."""
    since, until = values.get("since"), values.get("until")
    if since is not None and until is not None and since.first > until.last:
        yield Problem("停用时间早于启用时间，请改正。", "until")
    if (
        values.get("person_name")
        and values.get("holder") != values["person_name"]
        and not values.get("relation")
    ):
        yield Problem("户名不是本人，请填与本人关系。", "relation")


def check_branch(values: Values, _: date) -> Iterator[Problem]:
    """Founding, closing and term of a branch (《关于党的基层组织任期的意见》 2018: 3 or 5 years)."""
    founded, closed, elected = values.get("founded"), values.get("closed"), values.get("elected")
    if founded is not None and closed is not None and founded.first > closed.last:
        yield Problem("撤销时间早于成立时间，请改正。", "closed")
    if founded is not None and elected is not None and founded.first > elected.last:
        yield Problem("选举时间早于成立时间，请改正。", "elected")
    if values.get("term_years") not in {None, 3, 5}:
        yield _warn("支部任期一般为 3 年，村和社区为 5 年，请核对。", "term_years")
