"""The acts on a person that entail others: 登记去世, 转出, 注销, 取消待遇, 恢复在册, each spelt out first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cadre_desk.actions import people, person_changes
from cadre_desk.actions.people import Consequence
from cadre_desk.db.desk import Desk
from cadre_desk.db.journal import CannotUndo
from cadre_desk.domain.dates import PartialDate, parse_date
from cadre_desk.domain.errors import FieldError, RuleError, UserError
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import Act
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import DateInput, Input, LineInput
from cadre_desk.ui.office import Office

DEATH: Final = "death"
TRANSFER: Final = "transfer"
STRIKE: Final = "strike"
CANCEL: Final = "cancel"
RETURN: Final = "return"
_CANCELLED: Final = "25"
_ON_BOOKS: Final = "1"


def acts_for(status: str) -> list[Act]:
    """What can be done about a person's standing on the books, by 在册状态."""
    if status != _ON_BOOKS:
        return [Act(RETURN, "恢复在册", "undo")]
    return [
        Act(DEATH, "登记去世"),
        Act(TRANSFER, "转出（管理关系移交）"),
        Act(CANCEL, "取消待遇"),
        Act(STRIKE, "注销（重复或误录）"),
    ]


class PersonActDialog(ConfirmDialog):
    """One act on one person: what it is, what follows with counts, its day; refused, it stays as typed.

    Signals: ``written()`` after the act was written and told.
    """

    written = Signal()

    VERB: ClassVar[str] = ""
    SENTENCE: ClassVar[str] = ""

    def __init__(self, office: Office, parent: QWidget, person: int, name: str) -> None:
        """Spell out the consequences as the ledger stands now."""
        super().__init__(parent, f"{self.VERB}：{name}", self.VERB, self.SENTENCE)
        self.setObjectName("person-act")
        self.office, self.person, self.name = office, person, name
        self.inputs: dict[str, Input] = {}
        with office.desk.read() as session:
            found = people.consequences_of_leaving(session, person)
        self.set_consequences(
            [(one.text, f"{one.count} 条") for one in self.consequences(found) if one.count]
        )
        self.build()

    def consequences(self, found: list[Consequence]) -> list[Consequence]:
        """What this act entails of what leaving the books entails."""
        return found

    def build(self) -> None:
        """Add the act's own inputs."""

    @abstractmethod
    def perform(self, desk: Desk) -> None:
        """Write the act.

        Raises:
            UserError: it can't be written; the sentence says why.
        """

    def told(self) -> str:
        """What is said once it is done."""
        return f"已{self.VERB}　{self.name}"

    def ask_day(self, key: str, label: str, *, rule: str = "") -> None:
        """Ask for a day, as precisely as it is known."""
        made = DateInput(label, lambda text: parse_date(text).words(), rule=rule, prompt="如 2026.1.20")
        made.set_required(True)
        self._add(key, made)

    def ask_text(self, key: str, label: str, *, prompt: str = "") -> None:
        """Ask for a few words, which may be left out."""
        self._add(key, LineInput(label, prompt=prompt))

    def _add(self, key: str, made: Input) -> None:
        made.setObjectName(f"act-{key}")
        made.setContentsMargins(0, theme.px(10), 0, 0)
        made.next_asked.connect(self._next)
        self.inputs[key] = made
        self.add(made)

    def _next(self) -> None:
        """Enter walks to the next input and at last to 取消, never to the verb."""
        places = [one.editor for one in self.inputs.values()]
        at = next((place for place, one in enumerate(places) if one.hasFocus()), len(places))
        follower = [*places, self.cancel][min(at + 1, len(places))]
        follower.setFocus(Qt.FocusReason.TabFocusReason)

    def day(self, key: str) -> PartialDate:
        """The day that was typed.

        Raises:
            FieldError: none was, or it is no date.
        """
        return parse_date(self.inputs[key].text())

    def words(self, key: str) -> str | None:
        """The words that were typed."""
        return self.inputs[key].text().strip() or None

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the first input."""
        super().showEvent(event)
        for first in list(self.inputs.values())[:1]:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def accept(self) -> None:
        """Do it; refused, say why at its place and keep everything typed."""
        self.show_problem("")
        try:
            self.perform(self.office.desk)
        except RuleError as error:
            for problem in error.problems:
                self._say(problem.field, problem.text)
            return
        except FieldError as error:
            self._say(next(iter(self.inputs), ""), str(error))
            return
        except UserError as error:
            self.show_problem(str(error))
            return
        super().accept()
        self.office.tell(self.told(), undo_act=self.office.desk.last_act() or 0)
        self.written.emit()

    def _say(self, key: str, text: str) -> None:
        """At the input of the problem, else above the buttons."""
        if key in self.inputs:
            self.inputs[key].show_problem(text)
            self.inputs[key].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.show_problem(text)


class DeathDialog(PersonActDialog):
    """登记去世."""

    VERB = "登记去世"
    SENTENCE = "登记后不再计入在册，下面各项一并办结。登记错了可以撤销，各项原样恢复。"

    def build(self) -> None:
        """The day, and what else is known."""
        self.ask_day("death_date", "去世时间", rule="只知道年月的填到月")
        self.ask_text("note", "说明（可不填）", prompt="如 因病在县人民医院")

    def perform(self, desk: Desk) -> None:
        """Write it with all that it closes."""
        died, note = self.day("death_date"), self.words("note")
        with desk.unit(f"登记去世：{self.name}") as session:
            people.record_death(session, self.person, died, today=self.office.today(), note=note)


class TransferDialog(PersonActDialog):
    """转出: the management goes to another county or bureau."""

    VERB = "办理转出"
    SENTENCE = "管理关系移交给别的县（市、区）或部门。转出后不再计入在册；办错了可以撤销。"

    def build(self) -> None:
        """The day, and to whom."""
        self.ask_day("happened", "转出时间")
        self.ask_text("to", "转到哪里", prompt="如 邻县老干部局")

    def perform(self, desk: Desk) -> None:
        """Write it."""
        happened, to = self.day("happened"), self.words("to")
        with desk.unit(f"转出：{self.name}") as session:
            people.transfer_out(session, self.person, happened, today=self.office.today(), to=to)


class StrikeDialog(PersonActDialog):
    """注销: a record entered twice or by mistake."""

    VERB = "注销"
    SENTENCE = "重复录入或录错了人的，注销后仍可查看，不再计入在册。要合并到另一条记录的，请先把内容抄过去。"
    KIND: ClassVar[str] = people.MISTAKE

    def build(self) -> None:
        """The reason goes into the journal."""
        self.ask_reason(f"{self.VERB}原因", prompt="如 与 2019 年录入的同一人重复")

    def perform(self, desk: Desk) -> None:
        """Write it."""
        reason = self.reason.toPlainText().strip()
        with desk.unit(f"{self.VERB}：{self.name}") as session:
            people.strike_out(session, self.person, today=self.office.today(), reason=reason, kind=self.KIND)


class CancelDialog(StrikeDialog):
    """取消待遇."""

    VERB = "取消待遇"
    SENTENCE = "按决定取消离退休待遇的，从今天起不再计入在册；决定被撤销时可以恢复在册。"
    KIND = _CANCELLED

    def build(self) -> None:
        """The decision goes into the journal."""
        self.ask_reason("依据（文号或决定）", prompt="如 青组干〔2026〕3号")


class ReturnDialog(PersonActDialog):
    """恢复在册: the leaving is taken back whole; where that can't be, a new entry with its day and reason."""

    VERB = "恢复在册"
    SENTENCE = "先把减员那一步整个撤销，当时办结的各项原样恢复；撤销不了的，按补录重新进来。"

    def consequences(self, found: list[Consequence]) -> list[Consequence]:
        """None of those of leaving: the act that is undone is named instead."""
        return []

    def build(self) -> None:
        """Name the act that took her off the books."""
        with self.office.desk.read() as session:
            act = person_changes.leaving_of(session, self.person)
        self._act = None if act is None else act.id
        if act is not None:
            self.set_consequences([(f"撤销「{act.title}」（{act.at:%Y-%m-%d} {act.user_name}）", "1 次")])
        else:
            self._begin_anew()

    def _begin_anew(self) -> None:
        """Ask for what a new entry needs."""
        self._act = None
        self.ask_day("happened", "从哪一天起恢复")
        self.ask_reason("恢复原因", prompt="如 管理关系转回")
        self.inputs["happened"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def perform(self, desk: Desk) -> None:
        """Undo the leaving, or enter anew."""
        if self._act is not None:
            try:
                desk.undo(self._act)
            except CannotUndo as error:
                self._begin_anew()
                raise UserError(f"{error}可以改为按补录恢复：填上日期和原因，再点一次。") from error
            return
        happened, reason = self.day("happened"), self.reason.toPlainText()
        with desk.unit(f"恢复在册：{self.name}") as session:
            person_changes.reinstate(session, self.person, happened, today=self.office.today(), reason=reason)


_DIALOGS: Final[Mapping[str, Callable[..., PersonActDialog]]] = {
    DEATH: DeathDialog,
    TRANSFER: TransferDialog,
    STRIKE: StrikeDialog,
    CANCEL: CancelDialog,
    RETURN: ReturnDialog,
}


def open_act(key: str, office: Office, parent: QWidget, person: int, name: str) -> PersonActDialog:
    """Open the dialog of an act over ``parent``; never modal by exec()."""
    dialog = _DIALOGS[key](office, parent, person, name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
