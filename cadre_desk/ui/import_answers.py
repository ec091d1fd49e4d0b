"""What is to be looked at in a plan, and the answers of one click: each turns choices into other choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from cadre_desk.domain.dates import PartialDate
from cadre_desk.domain.errors import Severity
from cadre_desk.intake.candidates import Finding, Question
from cadre_desk.intake.decisions import EVERY, NEW, OLD, UNDECIDED, Decision, Place
from cadre_desk.intake.links import likely
from cadre_desk.intake.matching import Known
from cadre_desk.intake.plan import FieldChange, Outcome, Plan, PlannedRow, PlannedSheet
from cadre_desk.intake.planner import Choices
from cadre_desk.intake.rows import Kind
from cadre_desk.ui.import_parts import has_conflict, open_conflicts, shown

Answer = Callable[[Choices], Choices]
#: A button: its words, and what a click on it says.
Said = tuple[str, Answer]
_NAMED: Final = 3
_ROWS_TOLD: Final = 5
#: How many unknown names are asked about one by one; the rest come up as these are settled.
_SPELLINGS: Final = 12
_TAIL: Final = 4
_QUOTED: Final = re.compile("「[^」]*」")


@dataclass(frozen=True, slots=True)
class Pick:
    """A record of the ledger to be chosen: what the line is called, those on offer, what choosing says."""

    label: str
    records: Mapping[int, str]
    answer: Callable[[int], Answer]


@dataclass(frozen=True, slots=True)
class Part:
    """One line under a problem (a field in conflict, somebody who may be meant), with its own answers."""

    text: str
    answers: tuple[Said, ...]
    pick: Pick | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that can be entered again: its field's label, and what typing says."""

    label: str
    answer: Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: where, what stands there, what is the case, and answers that take one click.

    ``row`` is where to look; ``shared`` says that the problem is that of many rows.
    """

    where: str
    value: str
    text: str
    row: int = -1
    stops: bool = False
    shared: bool = False
    answers: tuple[Said, ...] = ()
    parts: tuple[Part, ...] = ()
    entries: tuple[Entry, ...] = ()


def problems_of(plan: Plan, sheet: PlannedSheet) -> list[Problem]:
    """What must be answered first, what holds rows, what differs, what can be done at once, then the rest."""
    found = questions_of(sheet)
    found += [_held(plan, sheet, row) for row in sheet.rows if _is_held(row)]
    found += [_conflict(plan, sheet, row) for row in sheet.rows if has_conflict(row)]
    found += _to_create(plan, sheet)
    found += _worth_a_look(plan, sheet)
    found += _meant(plan)
    found += [_settled(plan, sheet, row) for row in sheet.rows if row.candidate.decision is not UNDECIDED]
    return found


def questions_of(sheet: PlannedSheet) -> list[Problem]:
    """What concerns whole columns or the whole sheet."""
    return [_asked(question) for question in sheet.questions] + [_about(one) for one in sheet.findings]


def _is_held(row: PlannedRow) -> bool:
    return row.outcome is Outcome.HELD and not row.candidate.decision.out


# --- answers ----------------------------------------------------------------------------------------------


def decide(place: Place, **said: Any) -> Answer:
    """Say something of a row, beside what was said of it before."""

    def answer(choices: Choices) -> Choices:
        decision = replace(choices.decision(place), **said)
        rest = {row: person for row, person in choices.rows.items() if row != place}
        return replace(choices, rows=rest, decisions={**choices.decisions, place: decision})

    return answer


def forget(place: Place) -> Answer:
    """Take back what was said of a row."""

    def answer(choices: Choices) -> Choices:
        rest = {row: person for row, person in choices.rows.items() if row != place}
        left = {row: decision for row, decision in choices.decisions.items() if row != place}
        return replace(choices, rows=rest, decisions=left)

    return answer


def stand(place: Place, key: str, which: str) -> Answer:
    """Say which value of a field stands; ``*`` is for every field of the row."""

    def answer(choices: Choices) -> Choices:
        before: Mapping[str, str] = {} if key == EVERY else choices.decision(place).fields
        return decide(place, fields={**before, key: which})(choices)

    return answer


def enter(place: Place, key: str, text: str) -> Answer:
    """Enter a cell again."""

    def answer(choices: Choices) -> Choices:
        return decide(place, values={**choices.decision(place).values, key: text})(choices)

    return answer


def _month(question: Question, month: int) -> Answer:
    place = (question.sheet, question.column)
    return lambda choices: replace(choices, months={**choices.months, place: month})


# --- problems ---------------------------------------------------------------------------------------------


def _asked(question: Question) -> Problem:
    answers = tuple((f"都是 {month} 月", _month(question, month)) for month in question.months)
    where = f"{question.column} 列 {question.header}"
    return Problem(
        where,
        f"{len(question.rows)} 行",
        question.text,
        question.rows[0],
        stops=True,
        shared=True,
        answers=answers,
    )


def _about(one: Finding) -> Problem:
    answers: tuple[Said, ...] = ()
    if "隐藏" in one.problem:
        answers = (("包括隐藏的行和列", lambda choices: replace(choices, hidden=True)),)
    where = f"第 {one.row + 1} 行" if one.row else "整张表"
    return Problem(where, "", one.problem, one.row or -1, one.severity is Severity.HOLD, answers=answers)


def _held(plan: Plan, sheet: PlannedSheet, row: PlannedRow) -> Problem:
    """A row that waits: whom it may mean, its faulty cells to be entered again, or it is left out."""
    place = (sheet.name, row.row + 1)
    holds = [one for one in row.findings if one.severity is Severity.HOLD]
    said = "；".join(dict.fromkeys(one.problem.rstrip("。") for one in holds))
    text = f"{said or '这一行要先弄清是谁'}。"
    is_sample = row.candidate.kind is Kind.SAMPLE
    answers: list[Said] = []
    if row.others:
        answers.append(("作为新增", decide(place, new=True, person=None, same_as=None)))
    elif is_sample:
        answers.append(("确有此人", decide(place, new=True)))
    answers.append(("本行不导入", decide(place, out=True)))
    header = next((one.header for one in holds if one.header), "")
    return Problem(
        f"第 {row.row + 1} 行 {header}".strip(),
        row.candidate.name,
        text,
        row.row,
        stops=True,
        answers=tuple(answers),
        parts=tuple(
            Part(_known(plan, one), (("就是此人", _means(sheet, place, one)),)) for one in row.others
        ),
        entries=() if row.others or is_sample else tuple(_entries(plan, place, holds)),
    )


def _means(sheet: PlannedSheet, place: Place, one: Known) -> Answer:
    """The row means somebody of the ledger, or whom an earlier row of the sheet brought."""
    if one.id is not None:
        return decide(place, person=one.id, new=False, same_as=None)
    return decide(place, same_as=(sheet.name, one.row + 1), person=None, new=False)


def _known(plan: Plan, one: Known) -> str:
    """Somebody who may be meant: birth, unit and the end of the ID number tell namesakes apart."""
    born = one.values.get("birth_archive") or one.values.get("birth_id")
    told = [
        one.name,
        born.show() if isinstance(born, PartialDate) else "" if born is None else f"{born:%Y.%m}",
        str(one.values.get("last_unit") or ""),
        f"证号尾 {str(one.values['id_no'])[-_TAIL:]}" if one.values.get("id_no") else "",
        "" if one.id is not None else one.where,
    ]
    return "　".join(part for part in told if part) or plan.register.noun


def _entries(plan: Plan, place: Place, holds: list[Finding]) -> Iterator[Entry]:
    """The faulty cells of a row, each once."""
    for key in dict.fromkeys(one.field for one in holds if one.field in plan.fields):
        if plan.fields[key].kind != "link":
            yield Entry(plan.fields[key].label, lambda text, key=key: enter(place, key, text))  # type: ignore[misc]


def _conflict(plan: Plan, sheet: PlannedSheet, row: PlannedRow) -> Problem:
    """A row that says otherwise than the ledger: all of it at once, or field by field."""
    place = (sheet.name, row.row + 1)
    found = open_conflicts(row)
    where = f"第 {row.row + 1} 行 {row.candidate.name}"
    if len(found) == 1:
        text = _against(plan, found[0])
        both = (("保留台账", stand(place, found[0].key, OLD)), ("采用表中", stand(place, found[0].key, NEW)))
        return Problem(where, plan.fields[found[0].key].label, text, row.row, answers=both)
    return Problem(
        where,
        f"{len(found)} 栏不同",
        "可以整行定，也可以一栏一栏定；不定的保留台账。",
        row.row,
        answers=(("都保留台账", stand(place, EVERY, OLD)), ("都采用表中", stand(place, EVERY, NEW))),
        parts=tuple(
            Part(
                f"{plan.fields[one.key].label}：{_against(plan, one)}",
                (("台账", stand(place, one.key, OLD)), ("表中", stand(place, one.key, NEW))),
            )
            for one in found
        ),
    )


def _against(plan: Plan, one: FieldChange) -> str:
    field = plan.fields[one.key]
    return f"台账「{shown(field, one.old)}」，表中「{shown(field, one.new)}」"


def _is_unknown_link(plan: Plan, one: Finding) -> bool:
    field = plan.fields.get(one.field)
    return field is not None and field.kind == "link" and one.severity is Severity.WARN


def _to_create(plan: Plan, sheet: PlannedSheet) -> list[Problem]:
    """Names of units and branches that the ledger lacks: made for all rows, or each is one that it has."""
    missing: dict[str, dict[str, int]] = {}
    for row in sheet.rows:
        for one in row.findings:
            if _is_unknown_link(plan, one):
                missing.setdefault(one.field, {}).setdefault(one.value, row.row)
    found = []
    for key, names in missing.items():
        label = plan.fields[key].label
        some = "、".join(list(names)[:_NAMED]) + "等" * (len(names) > _NAMED)
        text = f"台账里没有：{some}。不新建的话，原文记入备注。"
        answers = ((f"一并新建 {len(names)} 个", _creating(key)),)
        told = tuple(_other_spelling(plan, key, name) for name in list(names)[:_SPELLINGS])
        found.append(
            Problem(
                label, f"{len(names)} 个", text, min(names.values()), shared=True, answers=answers, parts=told
            )
        )
    return found


def _other_spelling(plan: Plan, key: str, text: str) -> Part:
    """An unknown name that may mean a record there is: the likeliest by one click, any by search."""
    records = plan.offered.get(key, {})
    alike = tuple((f"就是{records[one]}", _meaning(key, text, one)) for one in likely(text, records))
    label = f"「{text}」就是台账里的"
    return Part("", alike, Pick(label, records, lambda record: _meaning(key, text, record)))


def _meaning(key: str, text: str, record: int) -> Answer:
    return lambda choices: replace(choices, links={**choices.links, (key, text): record})


def _meant(plan: Plan) -> list[Problem]:
    """What unknown names were said to mean, to be taken back."""
    return [
        Problem(
            plan.fields[key].label,
            "已定",
            f"「{text}」就是「{plan.offered.get(key, {}).get(record, '')}」。",
            shared=True,
            answers=(("重新选", _unsaid(key, text)),),
        )
        for (key, text), record in plan.choices.links.items()
        if key in plan.fields
    ]


def _unsaid(key: str, text: str) -> Answer:
    def answer(choices: Choices) -> Choices:
        return replace(
            choices, links={said: record for said, record in choices.links.items() if said != (key, text)}
        )

    return answer


def _creating(key: str) -> Answer:
    return lambda choices: replace(choices, create=choices.create | {key})


def _worth_a_look(plan: Plan, sheet: PlannedSheet) -> list[Problem]:
    """What was assumed or is odd, though the rows may go in; the same of many rows is said once."""
    groups: dict[tuple[str, str], list[tuple[PlannedRow, Finding]]] = {}
    for row in sheet.rows:
        if row.outcome is Outcome.HELD:
            continue
        differs = {change.key for change in row.changes if change.conflict}
        for one in row.findings:
            if not _is_unknown_link(plan, one) and one.field not in differs:
                kind = (one.header, _QUOTED.sub("", one.problem))
                groups.setdefault(kind, []).append((row, one))
    return [_alike(plan, found) for found in groups.values()]


def _alike(plan: Plan, found: list[tuple[PlannedRow, Finding]]) -> Problem:
    """One finding, or the same of several rows."""
    row, one = found[0]
    if len(found) == 1:
        where = f"第 {one.row + 1} 行 {one.header}".strip()
        return Problem(where, _value(plan, one) or row.candidate.name, one.problem, row.row)
    rows = "、".join(str(other.row + 1) for other, _ in found[:_ROWS_TOLD]) + "等" * (len(found) > _ROWS_TOLD)
    text = f"{one.problem}同样的在第 {rows} 行。"
    return Problem(one.header or "多行", f"{len(found)} 行", text, row.row, shared=True)


def _value(plan: Plan, one: Finding) -> str:
    field = plan.fields.get(one.field)
    return field.mask(one.value) if field is not None and field.sensitive else one.value


def _settled(plan: Plan, sheet: PlannedSheet, row: PlannedRow) -> Problem:
    """What the clerk decided of a row, to be taken back."""
    said = row.candidate.decision
    place = (sheet.name, row.row + 1)
    text = "；".join(_words(plan, row, said)) or "已作决定"
    return Problem(
        f"第 {row.row + 1} 行 {row.candidate.name}",
        "已定",
        f"{text}。",
        row.row,
        answers=(("重新选", forget(place)),),
    )


def _words(plan: Plan, row: PlannedRow, said: Decision) -> Iterator[str]:
    if said.out:
        yield "本行不导入"
    if said.new:
        yield "作为新增"
    if said.person is not None and row.known is not None:
        yield f"就是台账里的{row.known.name}"
    if said.same_as is not None:
        yield f"和第 {said.same_as[1]} 行是同一个"
    for which, words in ((OLD, "保留台账"), (NEW, "采用表中")):
        keys = [key for key, value in said.fields.items() if value == which]
        if keys:
            named = "、".join("其余各栏" if key == EVERY else plan.fields[key].label for key in keys)
            yield f"{named}{words}"
    if said.values:
        yield f"重录了{'、'.join(plan.fields[key].label for key in said.values if key in plan.fields)}"
