"""What is done by hand to a round that was made, each as one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from cadre_desk.actions import visits
from cadre_desk.actions.visits import Alarm, Edit
from cadre_desk.domain.errors import RuleError
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.office import Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.round_list import RoundList


class Amending(QObject):
    """The acts over one round's list. Signals: ``refused(sentence)``."""

    refused = Signal(str)

    def __init__(self, page: Page, office: Office, people: RoundList) -> None:
        """``people`` asks for the acts; ``record`` is set by the page."""
        super().__init__(page)
        self._office = office
        self.record = 0
        people.in_asked.connect(self._take_in)
        people.off_asked.connect(self._take_off)
        people.amount_asked.connect(self._change_amount)
        people.pass_asked.connect(self._let_pass)

    def _take_in(self, person: int, reason: str) -> None:
        today, record = self._office.today(), self.record
        self._do(
            "手工加入走访批次",
            "已加入名单",
            lambda session: visits.take_in(session, record, person, reason, today=today),
        )

    def _take_off(self, person: int, why: str) -> None:
        record = self.record
        self._do(
            "移出走访批次",
            "已移出名单，在「符合规则未列入」里看得到",
            lambda session: visits.take_off(session, record, person, why),
        )

    def _change_amount(self, person: int, edit: Edit) -> None:
        record = self.record
        self._do(
            "改慰问金",
            "已改金额",
            lambda session: visits.change_amount(session, record, person, edit),
        )

    def _let_pass(self, alarms: Sequence[Alarm], reason: str) -> None:
        operator, today = self._office.desk.user, self._office.today()
        self._do(
            f"放行发放提醒 {len(alarms)} 条",
            f"已放行 {len(alarms)} 条",
            lambda session: visits.let_pass(session, alarms, reason, operator=operator, today=today),
        )

    def _do(self, title: str, said: str, act: Callable[[Any], object]) -> None:
        desk = self._office.desk

        def work(_: Progress) -> int:
            with desk.unit(title) as session:
                act(session)
            return desk.last_act() or 0

        def failed(error: BaseException) -> None:
            if isinstance(error, RuleError):
                self.refused.emit(str(error))
            else:
                self._office.tell_error(error)

        self._office.jobs.run(title, work, lambda done: self._office.tell(said, undo_act=done), failed)
