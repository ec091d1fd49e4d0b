"""Buttons: the primary one, the ordinary, the small, the tool, the link, the bare icon; acts in a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QEnterEvent, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QSizePolicy, QWidget

from cadre_desk.ui.kit import icons, painting, theme

PRIMARY: Final = "primary"
NORMAL: Final = "normal"
SMALL: Final = "small"
TOOL: Final = "tool"
LINK: Final = "link"
ICON: Final = "icon"
SQUARE: Final = "square"


@dataclass(frozen=True, slots=True)
class Act:
    """Something the clerk may do here: ``key`` comes back in a signal, ``label`` is a verb in her words.

    A disabled act names its ``reason``; ``tip`` says more of an enabled one. ``holds`` marks the one in force
    among the choices of a menu.
    """

    key: str
    label: str
    icon: str = ""
    kind: str = NORMAL
    enabled: bool = True
    reason: str = ""
    tip: str = ""
    holds: bool = False


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one kind of button is set: face, icon colour, icon size and least height, px at 100 %."""

    step: str
    tone: str
    icon: float
    height: int


_MANNERS: Final = {
    PRIMARY: _Manner("name", "paper", 16, 32),
    NORMAL: _Manner("body", "ink2", 16, 32),
    SMALL: _Manner("small", "ink2", 16, 26),
    TOOL: _Manner("small", "ink2", 16, 26),
    LINK: _Manner("small", "info", 14, 20),
    ICON: _Manner("small", "ink2", 16, 26),
    SQUARE: _Manner("small", "ink", 14, 26),
}


class Button(QPushButton):
    """A button of one kind; an icon alone (kinds icon and square) must be given its name in words.

    The mouse does not move the keyboard's place to it: a click leaves the clerk in her table or field.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = NORMAL,
        icon: str = "",
        *,
        name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """A button saying ``text``; ``name`` is what it is called where it has no text."""
        super().__init__(text, parent)
        manner = _MANNERS[kind]
        self.kind = kind
        self.setProperty("kind", kind)
        self.setFont(theme.font(manner.step))
        self.setMinimumHeight(theme.px(manner.height))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        if kind in {LINK, ICON}:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name or text)
        self.setToolTip(tip or (name if not text else ""))
        self.set_icon(icon)

    def set_icon(self, name: str, tone: str = "") -> None:
        """Another icon, or none; ``tone`` overrules the colour of the kind."""
        manner = _MANNERS[self.kind]
        if name:
            self.setIcon(icons.icon(name, tone or manner.tone, manner.icon))
            self.setIconSize(icons.icon_size(manner.icon))
        else:
            self.setIcon(QIcon())

    def set_text(self, text: str) -> None:
        """Say something else; the accessible name follows."""
        self.setText(text)
        self.setAccessibleName(text)

    def set_allowed(self, allowed: bool, reason: str = "") -> None:  # noqa: FBT001 - as Qt's setEnabled
        """Enable or disable, with the reason in the tooltip; show it beside the button in words as well."""
        self.setEnabled(allowed)
        self.setToolTip("" if allowed else reason)
        self.setAccessibleDescription("" if allowed else reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as blank does; in a dialog the dialog decides what Enter may do."""
        enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enters and not event.isAutoRepeat() and not isinstance(self.window(), QDialog):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """A link is underlined under the pointer."""
        self._underline(on=True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """… and only there."""
        self._underline(on=False)
        super().leaveEvent(event)

    def _underline(self, *, on: bool) -> None:
        """Draw or drop the line under a link."""
        if self.kind == LINK and self.isEnabled():
            face = self.font()
            face.setUnderline(on)
            self.setFont(face)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's button; on red the focus ring would not be seen, so a white one stands inside."""
        super().paintEvent(event)
        if self.kind == PRIMARY and self.hasFocus():
            painting.focus_ring(QPainter(self), self.rect().adjusted(2, 2, -2, -2), 3, "paper")
        elif self.kind == LINK and self.hasFocus():
            painting.focus_ring(QPainter(self), self.rect(), 2)


def button_for(act: Act, chosen: Callable[[str], object], kind: str = "") -> Button:
    """A button for an act; pressing it calls ``chosen`` with the act's key."""
    button = Button(act.label, kind or act.kind, act.icon, tip=act.tip)
    button.setObjectName(f"act-{act.key}")
    if not act.enabled:
        button.set_allowed(False, act.reason)
    button.clicked.connect(lambda _pressed=False: chosen(act.key))
    return button


def menu_of(acts: Sequence[Act], chosen: Callable[[str], object], parent: QWidget) -> QMenu:
    """A menu of acts; a disabled one says why behind its name."""
    menu = QMenu(parent)
    menu.setFont(theme.font("body"))
    for act in acts:
        label = act.label if act.enabled or not act.reason else f"{act.label}（{act.reason}）"
        entry = menu.addAction(label)
        if act.icon or act.holds:
            entry.setIcon(icons.icon(act.icon or "check"))
        entry.setEnabled(act.enabled)
        entry.triggered.connect(lambda _checked=False, key=act.key: chosen(key))
    return menu


def drop_menu(menu: QMenu, under: QWidget) -> None:
    """Open a menu below a widget, its right edges aligned; never modal to the program."""
    corner = under.mapToGlobal(QPoint(under.width() - menu.sizeHint().width(), under.height() + theme.px(2)))
    menu.popup(corner)


class MenuButton(Button):
    """A button with a small arrow behind its words that opens a menu of acts."""

    def __init__(
        self, text: str, acts: Sequence[Act], chosen: Callable[[str], object], kind: str = NORMAL
    ) -> None:
        """A button ``text ⌄``; ``chosen`` gets the key of the act taken."""
        super().__init__(text, kind, "chevron-down")
        # The icon belongs behind the words; Qt puts it there for a right-to-left button.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._acts = tuple(acts)
        self._chosen = chosen
        self.clicked.connect(self.open_menu)

    def set_acts(self, acts: Sequence[Act]) -> None:
        """Other acts from now on."""
        self._acts = tuple(acts)

    def open_menu(self) -> QMenu:
        """Open the menu below the button and return it."""
        menu = menu_of(self._acts, self._chosen, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop_menu(menu, self)
        return menu
