"""督查抽查 of a round: the share, who checks; what will be drawn is said before it is."""

from __future__ import annotations

import secrets
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cadre_desk.actions import inspections
from cadre_desk.actions.inspections import InspectionPlan
from cadre_desk.domain.errors import FieldError, UserError
from cadre_desk.domain.inspections import LEAST_SHARE, MOST_SHARE
from cadre_desk.domain.visits import names_in
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import LineInput
from cadre_desk.ui.office import Office

_USUAL_SHARE: Final = "8"
#: Seeds of seven figures can be read out over the telephone.
_SEEDS: Final = 9_000_000
_LEAST_SEED: Final = 1_000_000


class InspectionDialog(ConfirmDialog):
    """Asks for share and team, draws with a new seed, writes it down. Signals: ``drawn(inspection)``."""

    drawn = Signal(int)

    def __init__(self, parent: QWidget, office: Office, round_id: int, title: str) -> None:
        """For one round."""
        super().__init__(
            parent,
            f"督查抽查：{title}",
            "抽取",
            "从已走访、没有抽查过的人里随机抽取，尽量使每个乡镇街道、每名走访人都抽到。随机种子记在抽查里，"
            "照它可以重抽核对。",
        )
        self._office, self._round = office, round_id
        self.seed = _LEAST_SEED + secrets.randbelow(_SEEDS)
        self.share = LineInput(f"抽查比例（{LEAST_SHARE}–{MOST_SHARE}%）", read=self._read_share)
        self.team = LineInput("抽查组", rule="几个人之间用顿号隔开；走访人不能抽查自己", read=self._read_team)
        self.share.set_value(_USUAL_SHARE)
        self.share.next_asked.connect(self.team.line.setFocus)
        self.team.next_asked.connect(self.verb.click)
        self.add(self.share)
        self.add(self.team)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the team: the share is usually right."""
        super().showEvent(event)
        self.team.setFocus(Qt.FocusReason.TabFocusReason)

    def _read_share(self, text: str) -> str:
        """How many the share draws."""
        plan = self._plan(text)
        return f"可抽 {plan.pool:,} 人次，抽取 {len(plan.drawn):,} 人次" if plan.pool else plan.stop

    def _read_team(self, text: str) -> str:
        """Who is on the team."""
        return f"{len(names_in(text))} 人"

    def _plan(self, share: str) -> InspectionPlan:
        """The draw as it would be.

        Raises:
            FieldError: the share is no whole number.
            UserError: it is not between 5 and 10 percent.
        """
        bare = share.strip().removesuffix("%")
        if not bare.isdecimal():
            raise FieldError("抽查比例要填整数，例如 8。")
        with self._office.desk.read() as session:
            return inspections.plan_inspection(
                session,
                self._round,
                share=int(bare),
                seed=self.seed,
                team=names_in(str(self.team.value)),
            )

    def _confirm(self) -> None:
        """Draw and write, or say why not."""
        desk, today = self._office.desk, self._office.today()
        try:
            plan = self._plan(str(self.share.value))
            if not plan.stop:
                with desk.unit(f"督查抽查：抽取 {len(plan.drawn)} 人次") as session:
                    made = inspections.make_inspection(session, plan, today=today)
        except UserError as error:
            self.show_problem(str(error))
            return
        if plan.stop:
            self.show_problem(plan.stop)
            return
        (places, all_places), (walked, all_walked) = plan.places, plan.visitors
        self._office.tell(
            f"已抽取 {len(plan.drawn)} 人次",
            detail=f"乡镇街道 {places}/{all_places}，走访人 {walked}/{all_walked}",
            undo_act=desk.last_act() or 0,
        )
        checks = self._office.listing(register("checks"))
        self._office.go(
            "list", register="checks", listing=checks.where(Condition("inspection_id", Op.IN, (plan.title,)))
        )
        super()._confirm()
        self.drawn.emit(made)
