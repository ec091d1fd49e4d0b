"""Holding a candidate against whom it means: what is new, filled, changed, in conflict, or must wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cadre_desk.domain.dates import PartialDate, Precision
from cadre_desk.domain.errors import Severity
from cadre_desk.domain.fields import AnyField
from cadre_desk.intake.besides import Besides
from cadre_desk.intake.candidates import Candidate, mentions_death
from cadre_desk.intake.cells import id_key, plain_text
from cadre_desk.intake.decisions import NEW, OLD
from cadre_desk.intake.links import Links, link_key
from cadre_desk.intake.matching import Known, Match, phones, squashed
from cadre_desk.intake.members import LEAVING
from cadre_desk.intake.plan import FieldChange, Outcome, PlannedRow, Policy
from cadre_desk.intake.rows import Kind
from cadre_desk.intake.understood import Namesake, NewRecord
from cadre_desk.registers.register import Register

#: What an act must do and an import never does to somebody on the books.
_BY_ACT: Final = {"status": "在册状态", "death_date": "去世时间"}
#: Said of a row that the clerk leaves out.
LEFT_OUT: Final = "按您的选择，这一行没有写入。"
_ON_BOOKS: Final = "1"
_DEAD: Final = "2"


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole plan."""

    register: Register
    fields: Mapping[str, AnyField]
    policy: Policy
    today: date


class Comparer:
    """Plans one row after the other; what earlier rows would write counts for the later ones."""

    def __init__(self, setting: Setting, links: Links, besides: Besides) -> None:
        self._setting, self._links, self._besides = setting, links, besides
        self._is_people = setting.register.key == "people"
        #: What the ledger itself fills in where a new record leaves a field open.
        self._defaults = {
            column.name: column.server_default
            for column in setting.register.model.__table__.columns
            if "field" in column.info and column.server_default is not None
        }

    def plan(self, one: Candidate, match: Match) -> PlannedRow:
        """What a row would do; its findings grow by what comes to light."""
        self._look_at(one)
        if one.decision.out:
            one.find(LEFT_OUT, Severity.HOLD)
            return PlannedRow(one, Outcome.HELD, match.known)
        if match.ask:
            one.find(match.ask, Severity.HOLD, self._setting.register.name)
        elif match.warn:
            one.find(match.warn, Severity.WARN, self._setting.register.name)
        if one.is_held:
            return PlannedRow(one, Outcome.HELD, match.known, others=match.others)
        return self._new(one) if match.known is None else self._known(one, match.known, match.unsure)

    def _look_at(self, one: Candidate) -> None:
        """What the row says of itself: a sample, hidden, of somebody dead."""
        if one.kind is Kind.SAMPLE and not one.decision.names_somebody:
            one.find(
                "像是填表的示例，没有写入；如果确有此人，请改好姓名和证件号再导入。", Severity.HOLD, "name"
            )
        if one.hidden:
            one.find("这一行在表里是隐藏的，没有写入；要写入，请选「包括隐藏的行和列」。", Severity.HOLD)
        note = str(one.values.get("note") or "")
        if self._is_people and mentions_death(note) and not one.values.get("death_date"):
            one.find("备注说已经去世，请核对；确已去世的，写入后用「登记去世」办理。", Severity.WARN, "note")
        if one.asides:
            said = "；".join(dict.fromkeys(one.asides))
            one.values["note"] = f"{note}；{said}" if note else said

    # Somebody new.

    def _new(self, one: Candidate) -> PlannedRow:
        values = one.values
        for key, value in list(values.items()):
            if isinstance(value, Namesake):
                one.find(f"{value.problem}原文记入备注。", Severity.WARN, key)
                values["note"] = "；".join(filter(None, (values.get("note"), value.name)))
                del values[key]
        if self._is_people and not one.name:
            one.find("表里没有姓名，台账里也没有这个身份证号；请补上姓名。", Severity.HOLD, "id_no")
            return PlannedRow(one, Outcome.HELD)
        if self._is_people:
            self._prefill(one, values)
            values.setdefault("person_kind", "1")
            if values.get("status", _ON_BOOKS) != _ON_BOOKS and not values.get("death_date"):
                one.find(
                    "表里的状态不是在册，又没有去世时间；请补上时间，或者按在册录入后再办减员。",
                    Severity.HOLD,
                    "status",
                )
            values["status"] = _ON_BOOKS
        died = values.pop("death_date", None) if self._is_people else None
        self._check(one, {**self._defaults, **values})
        if one.is_held:
            return PlannedRow(one, Outcome.HELD)
        if died is not None:
            values["death_date"] = died
        known = Known(None, values, one.row)
        contacts, accounts = self._besides.missing(known, one)
        return PlannedRow(one, Outcome.NEW, known, values=values, contacts=contacts, accounts=accounts)

    def _prefill(self, one: Candidate, values: dict[str, Any]) -> None:
        """Sex and birth from the ID number where the roster leaves them open (组通字〔2006〕41号)."""
        if one.identity is not None:
            values.setdefault("sex", one.identity.sex)
            values.setdefault("birth_id", one.identity.birth)

    # Somebody known.

    def _known(self, one: Candidate, known: Known, unsure: str) -> PlannedRow:
        if self._setting.policy is Policy.ADD_ONLY and NEW not in one.decision.fields.values():
            return PlannedRow(one, Outcome.SAME, known)
        if self._is_people and known.values.get("status", _ON_BOOKS) != _ON_BOOKS:
            shown = self._setting.fields["status"].show(known.values["status"])
            one.find(f"台账里「{known.name}」{shown}，还在这张表上，请核对。", Severity.WARN, "name")
        changes = [
            change for key, value in one.values.items() if (change := self._change(one, known, key, value))
        ]
        written = {change.key: change.new for change in changes if not change.conflict}
        if unsure and (changes or known.taken or one.contacts or one.account):
            one.find(unsure, Severity.HOLD, self._setting.register.name)
        if changes:
            self._check(one, {**known.values, **written})
        if one.is_held:
            return PlannedRow(one, Outcome.HELD, known, tuple(changes), others=(known,) if unsure else ())
        known.taken = known.taken or bool(unsure)
        contacts, accounts = self._besides.missing(known, one)
        known.values.update(written)
        if any(
            change.old not in (None, "", ()) and not change.conflict and change.key != "note"
            for change in changes
        ):
            outcome = Outcome.CHANGE
        elif written or contacts or accounts:
            outcome = Outcome.FILL
        else:
            outcome = Outcome.SAME
        return PlannedRow(one, outcome, known, tuple(changes), written, contacts, accounts)

    def _change(self, one: Candidate, known: Known, key: str, new: Any) -> FieldChange | None:
        """What a value would change; nothing where it says what is known already."""
        old = known.values.get(key)
        if new is None or key == self._setting.register.name or self._says_the_same(one, known, key, new):
            return None
        if self._is_refused(one, known, key, new):
            return None
        stands = one.decision.stands(key) or (OLD if self._setting.policy is Policy.ADD_ONLY else "")
        if stands != OLD and key == "note" and old:
            return FieldChange(key, old, f"{old}；{new}")
        if stands == OLD or not self._is_taken(key, old, new, stands):
            if not stands:
                text = f"{known.where}为「{self._show(key, old)}」，表中不同；按「只补空白」没有改。"
                one.find(text, Severity.WARN, key)
            return FieldChange(key, old, new, conflict=True)
        return FieldChange(key, old, new)

    def _is_taken(self, key: str, old: Any, new: Any, stands: str) -> bool:
        """Whether a value goes in: nothing is lost by it, or the policy or the clerk says so."""
        return (
            old in (None, "", ())
            or stands == NEW
            or self._setting.policy is Policy.OVERWRITE
            or _is_finer(old, new)
            or _is_longer_id(key, old, new)
        )

    def _is_refused(self, one: Candidate, known: Known, key: str, new: Any) -> bool:
        """Whether a value is no import's to write; it is said why."""
        if isinstance(new, Namesake):
            one.find(new.problem, Severity.WARN, key)
        elif key in LEAVING and self._setting.register.key == "memberships":
            one.find(
                "组织关系转出不能由导入补，没有写入；请在登记卡上改党支部，或登记减员。", Severity.WARN, key
            )
        elif key in _BY_ACT and self._is_people:
            if known.id is not None:
                text = f"「{_BY_ACT[key]}」不能由导入改，没有写入；请用「登记去世」「转出」等办理。"
                one.find(text, Severity.WARN, key)
        else:
            return False
        return True

    def _says_the_same(self, one: Candidate, known: Known, key: str, new: Any) -> bool:
        """Whether a value, though written otherwise, is what is known."""
        old = known.values.get(key)
        if old == new or old in (None, "", ()):
            return bool(old == new)
        cell = one.cell(key) if len(getattr(one.place.columns.get(key), "fields", ())) > 1 else None
        if cell is not None:
            whole = "".join(str(known.values.get(part) or "") for part in cell[0].fields)
            return squashed(whole) == squashed(str(cell[1]))
        if isinstance(new, NewRecord | Namesake):
            return link_key(new.name) == link_key(self._show(key, old))
        return _SAME.get(key, _same_value)(old, new)

    def _check(self, one: Candidate, whole: Mapping[str, Any]) -> None:
        """What the register's rules say; warnings only of what the roster told and nobody said yet."""
        found = {finding.field for finding in one.findings}
        if whole.get("person_id") is not None:
            whole = {**whole, "person_name": self._show("person_id", whole["person_id"])}
        for problem in self._setting.register.problems(whole, self._setting.today):
            said = problem.field in found or one.cell(problem.field) is None
            if problem.severity is Severity.HOLD or not said:
                one.find(problem.text, problem.severity, problem.field)

    def _show(self, key: str, value: Any) -> str:
        field = self._setting.fields[key]
        if field.kind == "link":
            return self._links.name(getattr(field, "to", ""), value) if isinstance(value, int) else str(value)
        return field.mask(value)


def _is_coarser(old: PartialDate, new: PartialDate) -> bool:
    """Whether the new date says nothing beyond the old one: 1953 beside 1953.07."""
    return new.precision is not Precision.DAY and old.iso.startswith(new.iso)


def _is_finer(old: Any, new: Any) -> bool:
    """Whether the new date says the old one more precisely."""
    return (
        isinstance(old, PartialDate)
        and isinstance(new, PartialDate)
        and new.iso.startswith(old.iso)
        and old != new
    )


def _is_longer_id(key: str, old: Any, new: Any) -> bool:
    """Whether an old fifteen-digit number gets its eighteen digits."""
    return key == "id_no" and id_key(old) == id_key(new)


def _same_value(old: Any, new: Any) -> bool:
    """Whether two values say the same, a date perhaps less precisely."""
    if isinstance(old, PartialDate) and isinstance(new, PartialDate):
        return _is_coarser(old, new)
    return isinstance(old, str) and isinstance(new, str) and plain_text(old) == plain_text(new)


def _same_phone(old: str, new: str) -> bool:
    numbers = phones({"phone": new})
    return (bool(numbers) and numbers <= phones({"phone": old})) or _same_value(old, new)


def _same_id(old: str, new: str) -> bool:
    return id_key(old) == id_key(new) and len(old) >= len(new)


def _is_noted(old: str, new: str) -> bool:
    return new in old


#: Fields that say the same in more than one way.
_SAME: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "id_no": _same_id,
    "phone": _same_phone,
    "landline": _same_phone,
    "note": _is_noted,
}
