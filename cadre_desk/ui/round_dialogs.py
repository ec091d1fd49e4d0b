"""What is done to a round's list by hand: somebody in, somebody out, another amount, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cadre_desk.actions.visits import Alarm
from cadre_desk.domain.errors import FieldError
from cadre_desk.registers.conditions import Condition, Op
from cadre_desk.registers.listing import Listing
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import CheckInput, CodeInput, LineInput
from cadre_desk.ui.office import Office
from cadre_desk.ui.round_parts import cash_of, money_words, read_cash

_MOST: Final = 8
_ON_BOOKS: Final = Condition("status", Op.IN, ("1",))


class OutDialog(ConfirmDialog):
    """不列入: one person off the list."""

    def __init__(self, parent: QWidget, name: str) -> None:
        """Ask why."""
        super().__init__(
            parent,
            f"不列入：{name}",
            "不列入",
            "这个人符合规则，留在「未列入」名单里，写明原因；以后要列回也在那里。",
        )
        self.ask_reason("不列入的原因", prompt="如 本人谢绝，已电话问候")


class AmountDialog(ConfirmDialog):
    """改金额: another amount for one person."""

    def __init__(self, parent: QWidget, name: str, cash: int) -> None:
        """``cash`` in 分 is what stands now."""
        super().__init__(parent, f"改金额：{name}", "改金额", "只改这一个人的慰问金，原因印在签领表备注里。")
        self.cash = LineInput("慰问金（元）", read=read_cash)
        self.cash.set_value(money_words(cash).replace(",", "") if cash else "")
        self.cash.next_asked.connect(self.reason.setFocus)
        self.add(self.cash)
        self.ask_reason("改金额的原因", prompt="如 住院，按规定增发")

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the first input."""
        super().showEvent(event)
        self.cash.setFocus(Qt.FocusReason.TabFocusReason)

    def _confirm(self) -> None:
        """Only an amount above nothing goes through."""
        try:
            read_cash(str(self.cash.value))
        except FieldError as error:
            self.show_problem(str(error))
            self.cash.setFocus()
            return
        super()._confirm()

    def amount(self) -> int:
        """The amount typed, in 分."""
        return cash_of(str(self.cash.value))


class InDialog(ConfirmDialog):
    """手工加入: somebody whom no rule hits."""

    def __init__(self, parent: QWidget, office: Office, everybody: Listing) -> None:
        """``everybody`` is the listing of people, from which those on the books are offered."""
        super().__init__(
            parent, "手工加入一个人", "加入", "没有规则命中、但要慰问的人。原因印在名册的「慰问事由」里。"
        )
        self._office = office
        self._people = everybody.where(_ON_BOOKS).showing("name", "unit_post")
        self.person = CodeInput("姓名", self._matching, prompt="打姓名或首字母，如 zjg")
        self.person.next_asked.connect(self.reason.setFocus)
        self.add(self.person)
        self.ask_reason("加入的原因", prompt="如 家庭变故")

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the first input."""
        super().showEvent(event)
        self.person.setFocus(Qt.FocusReason.TabFocusReason)

    def _matching(self, typed: str) -> Sequence[tuple[str, str, str]]:
        """People on the books by name, initials or unit."""
        if not typed.strip():
            return ()
        with self._office.desk.read() as session:
            if typed.isdecimal():
                rows = list(self._people.rows_of(session, [int(typed)]).values())
            else:
                rows = self._people.find(typed).rows(session, limit=_MOST)
        return [(str(row.id), f"{row.values[0]}　{row.values[1] or ''}".rstrip("　"), "") for row in rows]

    def _confirm(self) -> None:
        """Only somebody of the ledger goes through."""
        if not self.person.value:
            self.show_problem("请先选人：打姓名或首字母，从名单里选一个。")
            self.person.setFocus()
            return
        super()._confirm()

    def chosen(self) -> int:
        """The key of who was chosen."""
        return int(self.person.value)


class PassDialog(ConfirmDialog):
    """放行: an alarm that stops the money, or all of its kind on the list."""

    def __init__(self, parent: QWidget, alarm: Alarm, alike: int) -> None:
        """``alike`` is how many alarms of the kind the list has."""
        super().__init__(
            parent,
            f"放行：{alarm.name}　{alarm.title}",
            "放行",
            f"{alarm.warned.text}放行后能出签领表，原因和经办人记下来，印在备注里。",
        )
        self.alike = CheckInput(f"同样的提醒 {alike:,} 条一起放行")
        self.alike.setVisible(alike > 1)
        self.add(self.alike)
        self.ask_reason("放行的原因", prompt="如 方案已经局务会同意")

    def all_alike(self) -> bool:
        """Whether all of the kind are let pass."""
        return self.alike.value
