"""The desk's clock: whatever asks for today asks here, so that a working day can be set."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime

#: The environment variable with the working day, ISO.
VARIABLE = "CADRE_DESK_TODAY"


class Clock:
    """Tells the day and the moment; a set working day keeps the real time of day."""

    def __init__(self, day: date | None = None, moment: Callable[[], datetime] | None = None) -> None:
        """Take a working day, else the one of the environment, else the computer's."""
        named = os.environ.get(VARIABLE)
        self._day = day or (date.fromisoformat(named) if named else None)
        self._moment = moment or datetime.now

    def now(self) -> datetime:
        """The moment, to the second, in the office's own time."""
        now = self._moment().replace(microsecond=0, tzinfo=None)
        return (
            now
            if self._day is None
            else now.replace(year=self._day.year, month=self._day.month, day=self._day.day)
        )

    def today(self) -> date:
        """The working day."""
        return self.now().date()
