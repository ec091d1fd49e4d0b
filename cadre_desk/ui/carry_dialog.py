"""沿用慰问标准: the standards of one year carried to another, what will be written said before it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cadre_desk.actions import visits
from cadre_desk.domain.errors import FieldError, UserError
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import LineInput
from cadre_desk.ui.office import Office
from cadre_desk.ui.round_parts import year_of

_ASK_YEAR: Final = "请填四位年度，例如 2026。"


class CarryDialog(ConfirmDialog):
    """Asks from which year to which, and copies what the other year does not have yet, as one act."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        """The latest year that has standards, to the year after it or this year."""
        super().__init__(
            parent,
            "沿用慰问标准",
            "沿用",
            "把一年的标准照抄到另一年，抄完再逐条改。那一年已经有的不动，原来那年的留着不变。",
        )
        self._office = office
        today = office.today()
        with office.desk.read() as session:
            latest = visits.latest_year(session, today.year) or today.year - 1
        self.old = LineInput("原来的年度", read=self._read_year)
        self.new = LineInput("沿用到", read=self._read_year)
        self.old.set_value(latest)
        self.new.set_value(latest + 1 if latest == today.year else today.year)
        self.old.next_asked.connect(self.new.line.setFocus)
        self.new.next_asked.connect(self.verb.click)
        self.add(self.old)
        self.add(self.new)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the new year."""
        super().showEvent(event)
        self.new.setFocus(Qt.FocusReason.TabFocusReason)

    @staticmethod
    def _read_year(text: str) -> str:
        if not year_of(text):
            raise FieldError(_ASK_YEAR)
        return ""

    def _confirm(self) -> None:
        """Carry them as one act; what cannot be done is said in the dialog."""
        old, new = year_of(str(self.old.value)), year_of(str(self.new.value))
        if not old or not new:
            self.show_problem(_ASK_YEAR)
            return
        desk = self._office.desk
        try:
            with desk.unit(f"沿用慰问标准：{old}年到{new}年") as session:
                carried = visits.carry_standards(session, old, new)
        except UserError as error:
            self.show_problem(str(error))
            return
        there = f"，{new}年已有 {carried.there} 条没有动" if carried.there else ""
        said = f"已沿用 {carried.written} 条标准" if carried.written else f"{new}年都有了，没有改动"
        self._office.tell(
            said,
            detail=f"{old}年到{new}年{there}",
            undo_act=(desk.last_act() or 0) if carried.written else 0,
        )
        super()._confirm()
