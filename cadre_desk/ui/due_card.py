"""今日待办: what is due, group by group; as many lines of each as fit, the rest one click away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cadre_desk.actions.due import Due, Group, Weight
from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.buttons import LINK
from cadre_desk.ui.kit.parts import Button, Card, Chip, Text

ICONS: Final = {
    "birthdays": "cake",
    "elections": "flag",
    "rounds": "gift",
    "needs": "voice",
    "checks": "shield",
    "hospital": "bed",
    "gaps": "info",
    "backups": "shield-ok",
}
_CHIPS: Final = {Weight.SOON: ("warn", ""), Weight.LATE: ("bad", "warn")}
_LINE: Final = 30
_HEAD: Final = 29
_SIDE: Final = 16
_INDENT: Final = 22
_NAME: Final = 132
_VERB: Final = 80
_FREE_LINES: Final = 3


def allot(wanted: Sequence[int], room: int) -> list[int]:
    """How many lines each group shows in a room of so many: at least one, then in turn what is left."""
    shown = [min(1, count) for count in wanted]
    left = room - sum(shown)
    while left > 0 and shown != list(wanted):
        for place, count in enumerate(wanted):
            if left > 0 and shown[place] < count:
                shown[place] += 1
                left -= 1
    return shown


def things(groups: Sequence[Group]) -> int:
    """How many things are due: the sum of what stands behind the heads; what is counted apart is left out."""
    return sum(group.count for group in groups if not group.apart)


class DueLine(QWidget):
    """Who, what, when, and the verb that does it. Signals: ``acted(Due)``."""

    acted = Signal(object)

    def __init__(self, due: Due) -> None:
        """One line."""
        super().__init__()
        self.due = due
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(_SIDE + _INDENT), 0, theme.px(_SIDE - 2), 0)
        row.setSpacing(theme.px(8))
        name = Text(due.name, "name")
        name.setMinimumWidth(theme.px(_NAME - 8))
        row.addWidget(name)
        row.addWidget(Text(due.what, "small", "ink2", elide=True), 1)
        if due.when and due.weight in _CHIPS:
            kind, icon = _CHIPS[due.weight]
            row.addWidget(Chip(due.when, kind, icon))
        elif due.when:
            row.addWidget(Text(due.when, "small", "ink2"))
        self.verb = Button(due.verb, LINK, name=f"{due.verb}：{due.name}")
        self.verb.clicked.connect(lambda: self.acted.emit(due))
        holder = QHBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addStretch(1)
        holder.addWidget(self.verb)
        row.addLayout(holder)
        row.setStretch(row.count() - 1, 0)
        self.verb.setMinimumWidth(0)
        holder.setSizeConstraint(QHBoxLayout.SizeConstraint.SetDefaultConstraint)
        spacer = theme.px(_VERB) - self.verb.sizeHint().width() - row.spacing()
        holder.insertSpacing(0, max(spacer, 0))
        self.setFixedHeight(max(theme.px(_LINE), name.sizeHint().height()))
        self.setAccessibleName(" ".join(part for part in (due.name, due.what, due.when) if part))


class GroupHead(QWidget):
    """The head of a group on a band: icon, title, count, 看全部. Signals: ``all_asked()``."""

    all_asked = Signal()

    def __init__(self, group: Group, *, more: bool) -> None:
        """``more``: lines are left out, or the whole list says more than the lines do."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HEAD))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(_SIDE - 2), 0, theme.px(_SIDE - 2), 0)
        row.setSpacing(theme.px(7))
        sign = QLabel()
        sign.setPixmap(icons.pixmap(ICONS.get(group.key, "info"), "ink2", 15))
        row.addWidget(sign)
        row.addWidget(Text(group.title, "name"))
        # What is counted apart is not among the things of the day, so its number says what it counts.
        row.addWidget(Text(f"{group.count:,}{' 人' if group.apart else ''}", "small", "ink2"))
        row.addStretch(1)
        if more and group.listing is not None:
            every = Button(f"看全部 {group.count:,}", LINK, name=f"看全部{group.title}")
            every.clicked.connect(self.all_asked)
            row.addWidget(every)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The band."""
        QPainter(self).fillRect(self.rect(), theme.colour("band"))


class _Nothing(QWidget):
    """A day without work."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch(2)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("ok", "ok", 32))
        column.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in (
            Text("今天没有待办的事", "h2"),
            Text("生日、换届、住院、走访、备份到了日子，会自己列在这里。", "small", "ink2", wrap=True),
        ):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addStretch(3)


class DueCard(Card):
    """The card of what is due. Signals: ``acted(Due)``, ``all_asked(Group)``."""

    acted = Signal(object)
    all_asked = Signal(object)

    def __init__(self) -> None:
        """Empty until the ledger was asked."""
        super().__init__("今日待办")
        self.set_margins(1, 0, 1, 1)
        self._groups: tuple[Group, ...] = ()
        self._shown: list[int] | None = None
        self._free = False
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._area, 1)
        self._sheet = _Sheet()
        self._area.setWidget(self._sheet)
        self.setMinimumHeight(theme.px(240))

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show what is due; the head tells how much, and how much of it is late."""
        self._groups, self._shown = tuple(groups), None
        count = things(groups)
        late = sum(group.late for group in groups)
        told = f"{count:,} 件，其中 {late:,} 件已逾期" if late else f"{count:,} 件"
        self.note.setText(told if count else "")
        self._fit()

    def lines(self) -> list[DueLine]:
        """The lines in sight."""
        return self._sheet.findChildren(DueLine)

    def set_free(self, *, free: bool) -> None:
        """Take the height that a few lines of each group ask for, instead of filling the room given."""
        if free != self._free:
            self._free, self._shown = free, None
            self._fit()

    def _fit(self) -> None:
        """Show as many lines of each group as the room allows."""
        wanted = [len(group.dues) for group in self._groups]
        if self._free:
            shown = [min(count, _FREE_LINES) for count in wanted]
        else:
            heads = theme.px(_HEAD) * len(self._groups)
            shown = allot(wanted, max((self._area.viewport().height() - heads) // theme.px(_LINE), 0))
        if shown == self._shown:
            return
        self._shown = shown
        before, self._sheet = self._sheet, _Sheet()
        column = self._sheet.column
        for group, count in zip(self._groups, shown, strict=True):
            head = GroupHead(group, more=count < len(group.dues) or group.count > len(group.dues))
            head.all_asked.connect(lambda group=group: self.all_asked.emit(group))
            column.addWidget(head)
            for due in group.dues[:count]:
                line = DueLine(due)
                line.acted.connect(self.acted)
                column.addWidget(line)
        if self._groups:
            column.addStretch(1)
        else:
            column.addWidget(_Nothing(), 1)
        self._area.takeWidget()
        self._area.setWidget(self._sheet)
        self._area.setMinimumHeight(self._sheet.sizeHint().height() if self._free else 0)
        before.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        if self._shown is not None:
            self._fit()


class _Sheet(QWidget):
    """The lines on white paper."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The paper, which a scroll area would hide."""
        painting.plate(QPainter(self), QRectF(self.rect()), "paper", 0)

    def sizeHint(self) -> QSize:
        """What the lines ask for."""
        return self.column.sizeHint()
