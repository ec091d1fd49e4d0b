"""The top bar: find, take back, the year, who is at the desk, the manual."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cadre_desk.ui.kit import icons, painting, theme
from cadre_desk.ui.kit.buttons import ICON, TOOL, Act, Button, MenuButton
from cadre_desk.ui.kit.marks import Avatar
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.kit.text import Text

_PROMPT = "查人、支部、批次、指标（zjg、证后四位）"
_PROMPT_SHORT = "查人、支部、批次、指标"


class Divider(QWidget):
    """A short upright hairline between two parts of a bar."""

    def __init__(self, height: int = 20, tone: str = "line") -> None:
        """``height`` px at 100 %."""
        super().__init__()
        self._height, self._tone = height, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One pixel wide."""
        return QSize(1, theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(QRect(0, 0, 1, self.height()), theme.colour(self._tone))


class UserButton(Button):
    """Avatar, name and role of who is at the desk; opens her menu."""

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__("", TOOL, name="使用人")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(2), 0, theme.px(4), 0)
        row.setSpacing(theme.px(7))
        self._avatar = Avatar("", 26)
        self._name = Text("", "small")
        self._role = Text("", "cap", "ink3")
        names = QHBoxLayout()
        names.setSpacing(theme.px(4))
        names.addWidget(self._name)
        names.addWidget(self._role)
        row.addWidget(self._avatar)
        row.addLayout(names)
        for child in (self._avatar, self._name, self._role):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_user(self, name: str, role: str) -> None:
        """Who is at the desk and as what."""
        self._avatar.set_name(name)
        self._name.setText(name)
        self._role.setText(role)
        self.setAccessibleName(f"使用人 {name}，{role}")
        self.updateGeometry()

    def show_role(self, *, shown: bool) -> None:
        """The role is the first to give way where room is scarce."""
        self._role.setVisible(shown)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The row inside asks for its room."""
        return self._row.sizeHint().expandedTo(QSize(0, theme.px(32)))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()


class TopBar(QWidget):
    """What is on top of every page.

    Signals: ``search_changed(text)``, ``search_entered(text)``, ``search_moved(step)``, ``undo_asked()``,
    ``redo_asked()``, ``year_chosen(key)``, ``user_asked()``, ``help_asked()``. Finds are hung under
    ``search``, the box.
    """

    search_changed = Signal(str)
    search_entered = Signal(str)
    search_moved = Signal(int)
    undo_asked = Signal()
    redo_asked = Signal()
    year_chosen = Signal(str)
    user_asked = Signal()
    help_asked = Signal()

    def __init__(self) -> None:
        """A bar with nothing to take back, no year and nobody."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.search = SearchBox("全局查找", _PROMPT, keys="Ctrl+K")
        self.undo = UndoButton()
        self.redo = Button("恢复", TOOL, "redo")
        self.year = MenuButton("", (), self.year_chosen.emit, TOOL)
        self.user = UserButton()
        self.help = Button(kind=ICON, icon="help", name="手册 F1")
        self.help.setIconSize(icons.icon_size(18))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(10), 1)
        row.setSpacing(theme.px(6))
        row.addWidget(self.search)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        for widget in (Divider(), self.year, Divider(), self.user, self.help):
            row.addWidget(widget)
        self.search.setMaximumWidth(theme.px(368))
        self.search.changed.connect(self.search_changed)
        self.search.entered.connect(self.search_entered)
        self.search.moved.connect(self.search_moved)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self.user.clicked.connect(self.user_asked)
        self.help.clicked.connect(self.help_asked)
        self.set_undo("")

    def set_undo(self, act: str, again: str = "") -> None:
        """The name of the act that undo takes back, and of the one that redo does again; "" for none."""
        self.undo.set_act(act)
        self.redo.setVisible(bool(again))
        self.redo.setAccessibleName(f"恢复：{again}")
        self.redo.setToolTip(f"恢复：{again}　Ctrl+Y")

    def set_years(self, years: Sequence[tuple[str, str]], current: str) -> None:
        """The years to choose from as (key, words like 2025年度（未结）), and the current key."""
        self.year.set_acts([Act(key, words) for key, words in years])
        words = dict(years).get(current, "")
        self.year.set_text(words)
        self.year.setAccessibleName(f"年度 {words}")
        self.year.setVisible(bool(words))

    def set_user(self, name: str, role: str) -> None:
        """Who is at the desk and as what (经办)."""
        self.user.set_user(name, role)

    def set_short(self, *, short: bool) -> None:
        """Shorter captions where room is scarce: prompt and role."""
        self.search.set_prompt(_PROMPT_SHORT if short else _PROMPT)
        self.user.show_role(shown=not short)

    def sizeHint(self) -> QSize:
        """48 px at 100 %."""
        return QSize(super().sizeHint().width(), theme.space("top_bar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """White, with a hairline to the content."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("paper"))
        painting.hairline(painter, self.rect(), Qt.Edge.BottomEdge)


class UndoButton(Button):
    """Undo with the name of the act; a long name is shortened, with all of it in the tooltip."""

    def __init__(self) -> None:
        """Nothing to take back."""
        super().__init__("", TOOL, "undo")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.elides = True
        self._act = ""

    def set_act(self, act: str) -> None:
        """The act to take back, "" for none."""
        self._act = act
        self.setAccessibleName(self._words())
        self._shorten()
        self.updateGeometry()
        self.set_allowed(bool(act), "还没有可以撤销的操作")
        if act:
            self.setToolTip(f"{self._words()}　Ctrl+Z")

    def _words(self) -> str:
        """What the button says when there is room."""
        return f"撤销：{self._act}" if self._act else "没有可撤销的操作"

    def minimumSizeHint(self) -> QSize:
        """The icon and a few characters."""
        full = self.sizeHint()
        return QSize(min(full.width(), theme.px(96)), full.height())

    def sizeHint(self) -> QSize:
        """Room for the whole name."""
        # Advances are rounded, the room for shortening is not: one pixel more, or the last word is lost.
        words = self.fontMetrics().horizontalAdvance(self._words()) + 1
        return QSize(words + self._around(), super().sizeHint().height())

    def _around(self) -> int:
        """What icon, gap and padding take beside the words."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the name to the room there is."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        """The words that fit; the accessible name keeps them all."""
        room = self.width() - self._around()
        self.setText(self.fontMetrics().elidedText(self._words(), Qt.TextElideMode.ElideRight, room))
