"""Undo with the name of the act: at once for what was just done here, after a question for what is older."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cadre_desk.actions.against_undo import against_undo
from cadre_desk.actions.redo import to_redo
from cadre_desk.db.desk import Change
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.office import Office


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest act that stands."""

    id: int
    title: str
    at: datetime
    user: str
    records: int


def last_act(office: Office) -> LastAct | None:
    """The act that undo would take back."""
    number = office.desk.last_act()
    if number is None:
        return None
    return act_of(office, number)


def act_of(office: Office, number: int) -> LastAct | None:
    """An act by its number."""
    from cadre_desk.registers.trust import ACTS

    listing = office.listing(ACTS).showing("title", "at", "user_name", "records")
    with office.desk.read() as session:
        rows = listing.rows_of(session, [number])
    return LastAct(number, *rows[number].values) if number in rows else None


def keeper_for(page: QWidget, office: Office) -> UndoKeeper:
    """The keeper of the window a page stands in; one is made for a page that stands alone."""
    window = page.window()
    found = window.findChild(UndoKeeper, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, UndoKeeper) else UndoKeeper(window, office)


class UndoKeeper(QObject):
    """One for a window.

    Signals: ``moved(title, again)``: what undo would take back now, and what redo would do again; "" for
    nothing.
    """

    moved = Signal(str, str)

    def __init__(self, window: QWidget, office: Office) -> None:
        """Listen to what is done."""
        super().__init__(window)
        self._window, self._office = window, office
        self._just_done = 0
        office.changed.connect(self._on_change)

    def look(self) -> None:
        """Tell what undo would take back now, and what redo would do again."""
        found, undoing = last_act(self._office), self._undoing()
        again = "" if undoing is None else undoing.title.removeprefix("撤销：")
        self.moved.emit("" if found is None else found.title, again)

    def _undoing(self) -> LastAct | None:
        """The undoing that redo would take back."""
        with self._office.desk.read() as session:
            number = to_redo(session)
        return None if number is None else act_of(self._office, number)

    def _on_change(self, change: Change) -> None:
        standing = last_act(self._office)
        redone = standing is not None and change.title == f"恢复：{standing.title}"
        self._just_done = standing.id if standing is not None and redone else change.act_id
        self.look()

    def ask(self) -> None:
        """Ctrl+Z: take the last act back; what was not just done here, or is on paper, is asked for."""
        found = last_act(self._office)
        if found is None:
            return
        if found.id == self._just_done:
            self.take_back(found.id)
        else:
            self.question(found)

    def redo(self) -> None:
        """Ctrl+Y: do again what was taken back last; nothing where something else was done since."""
        undoing = self._undoing()
        if undoing is not None:
            self.take_back(undoing.id)

    def take_back(self, number: int, others: int = 0) -> None:
        """Take an act back that the clerk pointed at, asking where she can't see all it would take back.

        That is where a paper has left the office since, or where it changed ``others`` too, records beside
        the one in sight.
        """
        act = act_of(self._office, number)
        if act is not None and (others or self._against(number)):
            self.question(act, others)
        else:
            self.undo(number)

    def question(self, act: LastAct, others: int = 0) -> ConfirmDialog:
        """Ask before an older act is taken back; ``others`` are records beside the one in sight."""
        dialog = ConfirmDialog(
            self._window,
            f"撤销：{act.title}",
            "撤销",
            f"这是 {act.at:%Y-%m-%d %H:%M} {act.user} 做的"
            f"{'' if act.id == self._just_done else '，不是刚才的操作'}。",
        )
        papers = [(sentence, "") for sentence in self._against(act.id)]
        beside = [("这条记录以外", f"{others:,} 条")] if others else []
        dialog.set_consequences([("恢复到操作以前的记录", f"{act.records:,} 条"), *beside, *papers])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(lambda _reason: self.undo(act.id))
        dialog.open()
        return dialog

    def _against(self, number: int) -> list[str]:
        """What speaks against taking an act back: papers that left the office since."""
        with self._office.desk.read() as session:
            return against_undo(session, number)

    def undo(self, number: int) -> None:
        """Take an act back beside the window, and say so with the way back."""
        desk = self._office.desk

        def work(_: Progress) -> tuple[str, int]:
            told: list[Change] = []
            deaf = desk.subscribe(told.append)
            try:
                title = desk.undo(number)
            finally:
                deaf()
            return title, told[-1].act_id if told else 0

        def done(found: tuple[str, int]) -> None:
            title, undoer = found
            undone = not title.startswith("撤销：")
            self._office.tell(
                "已撤销" if undone else "已恢复",
                detail=title.removeprefix("撤销："),
                undo_act=undoer,
                redoes=undone,
            )

        self._office.jobs.run("正在撤销", work, done)
