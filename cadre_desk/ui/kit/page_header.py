"""The head of a page: where it belongs, what it is, its state, one line of context, and its acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.act_row import ActRow
from cadre_desk.ui.kit.buttons import LINK, Act, Button
from cadre_desk.ui.kit.marks import Chip
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.text import Text


class PageHeader(QWidget):
    """Parent › title, chip, context at the left; at most three buttons at the right, the primary one last.

    Signals: ``parent_asked(key)`` from the breadcrumb, ``acted(key)`` from a button or the menu.
    """

    parent_asked = Signal(str)
    acted = Signal(str)

    def __init__(self, title: str = "") -> None:
        """A head with a title alone."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.space("header"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(10))
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(theme.px(8))
        self.title = Text(title, "h1")
        self.chip = Chip("")
        self.chip.hide()
        self.context = Text("", "small", "ink2", elide=True)
        self.context.setContentsMargins(0, theme.px(4), 0, 0)
        self._extra = QHBoxLayout()
        self._extra.setSpacing(theme.px(6))
        self.acts = ActRow(at_right=True)
        self.acts.acted.connect(self.acted)
        self._row.addLayout(self._crumbs)
        self._row.addWidget(self.title)
        self._row.addWidget(self.chip)
        self._row.addWidget(self.context, 1)
        self._row.addLayout(self._extra)
        self._row.addWidget(self.acts)

    def set_title(self, title: str) -> None:
        """Another title."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def set_parents(self, parents: Sequence[tuple[str, str]]) -> None:
        """The way here as (key, label), from the top; each leads back."""
        while self._crumbs.count():
            gone = self._crumbs.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for key, label in parents:
            crumb = Button(label, LINK)
            crumb.setProperty("kind", "crumb")
            crumb.setFont(theme.font("crumb"))
            crumb.clicked.connect(lambda _pressed=False, to=key: self.parent_asked.emit(to))
            arrow = QLabel()
            arrow.setPixmap(icons.pixmap("chevron-right", "ink3", 16))
            self._crumbs.addWidget(crumb)
            self._crumbs.addWidget(arrow)

    def set_chip(self, text: str, kind: str = "neutral", icon: str = "") -> None:
        """The state of what the page shows; "" for none."""
        self.chip.set_state(text, kind, icon)
        self.chip.setVisible(bool(text))

    def set_context(self, text: str) -> None:
        """One line: dates, counts."""
        self.context.setText(text)

    def set_acts(self, acts: Sequence[Act]) -> None:
        """The page's acts; rarer ones go into 更多 by themselves where room is scarce."""
        self.acts.set_acts(acts)

    def add_extra(self, widget: QWidget) -> None:
        """Something before the acts: place in the list, previous and next, the steps of a process."""
        self._extra.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window one secondary button stays."""
        super().resizeEvent(event)
        self.acts.set_most(1 if narrow(self) >= Room.FEW_BUTTONS else 99)
