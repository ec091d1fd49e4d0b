"""As of which day a list speaks: today, a year's end, or a day that is typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cadre_desk.domain.dates import PartialDate, parse_date
from cadre_desk.domain.errors import FieldError
from cadre_desk.ui.kit.buttons import Act
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.inputs import DateInput

OTHER = "other"
_YEARS = 3


def day_acts(today: date) -> list[Act]:
    """The days offered in the menu: today, the last year ends, another."""
    ends = [date(today.year - back, 12, 31) for back in range(1, _YEARS + 1)]
    return [
        Act(today.isoformat(), "今日"),
        *(Act(day.isoformat(), PartialDate.of(day).words()) for day in ends),
        Act(OTHER, "其他日子…"),
    ]


def read_day(text: str, today: date) -> date:
    """A whole day up to today.

    Raises:
        FieldError: it is no day, not known to the day, or ahead.
    """
    parsed = parse_date(text)
    if parsed.day is None:
        raise FieldError("请写到日，例如 2025.12.31。")
    if parsed.first > today:
        raise FieldError(f"{parsed.words()} 还没有到，只能看今天和以前。")
    return parsed.first


class DayChoice(ConfirmDialog):
    """Asks for a day. Signals: ``chosen(date)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, today: date) -> None:
        """``today`` is the last day that can be asked for."""
        super().__init__(
            parent, "名单截至哪一天", "看这一天", "按入账日，看那一天在册的是哪些人、当时是什么身份。"
        )
        self._today = today
        self.day = DateInput("截至", self._echo, prompt="如 2024.12.31")
        self.day.next_asked.connect(self.verb.click)
        self.add(self.day)

    def _echo(self, text: str) -> str:
        return PartialDate.of(read_day(text, self._today)).words()

    def accept(self) -> None:
        """Hand the day over; what is no day is said at the field."""
        try:
            day = read_day(self.day.text(), self._today)
        except FieldError as error:
            self.day.show_problem(str(error))
            self.day.setFocus()
            return
        self.chosen.emit(day)
        super().accept()
