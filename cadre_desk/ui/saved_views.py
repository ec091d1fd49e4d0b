"""Keeping what a list shows under a name: a sheet that asks for it, and a drawer that keeps order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cadre_desk.actions.views import (
    KeptView,
    keep_view,
    order_views,
    remove_view,
    rename_view,
    replace_view,
    views_of,
)
from cadre_desk.db.desk import Desk
from cadre_desk.domain.errors import UserError
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import TOOL, Act, Button, drop_menu, menu_of
from cadre_desk.ui.kit.dialog import ConfirmDialog
from cadre_desk.ui.kit.drawer import Drawer
from cadre_desk.ui.kit.inputs import LineInput
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.lines_delegate import dress
from cadre_desk.ui.listing_state import ListState
from cadre_desk.ui.office import Office

_KEY: Final = Qt.ItemDataRole.UserRole


class NameDialog(ConfirmDialog):
    """Asks for a view's name; what is wrong with it is said at the field.

    ``keep`` is given the name and does it; a `UserError` of it is shown and the dialog stays.
    """

    def __init__(
        self, parent: QWidget, title: str, verb: str, sentence: str, keep: Callable[[str], object]
    ) -> None:
        """``sentence`` names what the view will show."""
        super().__init__(parent, title, verb, sentence)
        self._keep = keep
        self.name = LineInput("视图名称", rule="最多 20 个字，显示在名单上方", prompt="例如 城关独居")
        self.name.next_asked.connect(self.verb.click)
        self.add(self.name)

    def accept(self) -> None:
        """Keep it under the name, or say why not."""
        try:
            self._keep(self.name.text())
        except UserError as error:
            self.name.show_problem(str(error))
            self.name.setFocus()
            return
        super().accept()


class ViewDrawer(Drawer):
    """The office's views of a register: rename, move, remove.

    Signals: ``changed()`` after the ledger has it.
    """

    changed = Signal()

    def __init__(self, host: QWidget, office: Office, register: Register) -> None:
        """Closed."""
        super().__init__(host)
        self._office, self._register = office, register
        self.set_title("常用视图", f"{register.title}·Alt+↑↓ 移动")
        side = theme.space("card")
        self.body.setContentsMargins(side, theme.px(10), side, 0)
        note = "程序自带的视图不能改；这里是本局自己存的，大家共用。删掉视图不动任何记录。"
        self.body.addWidget(Text(note, "small", "ink2", wrap=True))
        self.views = QListWidget()
        self.views.setAccessibleName("本局的视图")
        dress(self.views)
        self.views.installEventFilter(self)
        self.body.addWidget(self.views, 1)
        self.rename = Button("改名")
        self.rename.clicked.connect(self._rename)
        self.remove = Button("删除这个视图")
        self.remove.clicked.connect(self._remove)
        self.foot.addStretch(1)
        self.foot.addWidget(self.rename)
        self.foot.addWidget(self.remove)

    def offer(self) -> None:
        """Open with what is kept now."""
        self.fill()
        self.unfold()
        self.views.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, row: int = 0) -> None:
        """Show what is kept now."""
        with self._office.desk.read() as session:
            kept = views_of(session, self._register)
        self.views.clear()
        for one in kept:
            item = QListWidgetItem(one.title)
            item.setData(_KEY, one.id)
            self.views.addItem(item)
        self.views.setCurrentRow(min(row, len(kept) - 1))
        for button in (self.rename, self.remove):
            button.set_allowed(bool(kept), "还没有存过视图")

    def current(self) -> tuple[int, str]:
        """Key and title of the current view."""
        item = self.views.currentItem()
        return int(item.data(_KEY)), item.text()

    def _rename(self) -> None:
        key, title = self.current()
        desk = self._office.desk

        def keep(name: str) -> None:
            with desk.unit(f"视图改名：{title} → {name.strip()}") as session:
                rename_view(session, self._register, key, name)

        dialog = NameDialog(self.window(), f"改名：{title}", "改名", "", keep)
        dialog.name.set_value(title)
        dialog.accepted.connect(self._done)
        dialog.open()

    def _remove(self) -> None:
        key, title = self.current()
        with self._office.desk.unit(f"删除视图：{title}") as session:
            remove_view(session, key)
        self._office.tell("已删除视图", detail=title, undo_act=self._office.desk.last_act() or 0)
        self._done()

    def _done(self) -> None:
        self.fill(self.views.currentRow())
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Up and Alt+Down carry the current view, Delete removes it."""
        if watched is self.views and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
                self._carry(steps[Qt.Key(event.key())])
                return True
            if event.key() == Qt.Key.Key_Delete and self.views.currentItem() is not None:
                self._remove()
                return True
        return super().eventFilter(watched, event)

    def _carry(self, step: int) -> None:
        """Move the current view by one place."""
        row, target = self.views.currentRow(), self.views.currentRow() + step
        keys = [int(self.views.item(place).data(_KEY)) for place in range(self.views.count())]
        if row < 0 or not 0 <= target < len(keys):
            return
        keys.insert(target, keys.pop(row))
        with self._office.desk.unit("调整视图次序") as session:
            order_views(session, keys)
        self.fill(target)
        self.changed.emit()


class ViewKeeper(Button):
    """存为常用视图: keeps the list as it stands, or mends the view it began with; leads to the drawer.

    Signals: ``changed(id)``: the views are others now; the id of the one that was kept, 0 for none.
    """

    changed = Signal(int)

    def __init__(self, host: QWidget, office: Office, state: ListState) -> None:
        """``host`` is what the drawer opens over."""
        super().__init__("存为常用视图", TOOL, "bookmark")
        self._office, self._state = office, state
        self.drawer = ViewDrawer(host, office, state.register)
        self.drawer.changed.connect(lambda: self.changed.emit(0))
        self.clicked.connect(self.open_menu)

    def acts(self) -> list[Act]:
        """What can be done with the list as it stands."""
        tab = self._state.tab()
        acts = [Act("new", "存为新视图…", "bookmark")]
        if tab.kept and self._state.is_changed:
            acts.append(Act("mend", f"更新「{tab.title}」", "save"))
        return [*acts, Act("manage", "整理视图…", "list")]

    def open_menu(self) -> None:
        """Offer the acts."""
        menu = menu_of(self.acts(), self.take, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop_menu(menu, self)

    def take(self, act: str) -> None:
        """Do one of the acts."""
        if act == "manage":
            self.drawer.offer()
        elif act == "mend":
            self._mend()
        else:
            self.ask_name()

    def ask_name(self) -> NameDialog:
        """Ask for the name of a new view."""
        listing, desk = self._state.listing, self._office.desk
        kept: list[int] = []

        def keep(name: str) -> None:
            kept.append(_keep(desk, listing, name))

        sentence = f"以后一点就看到：{listing.words()}；次序、栏目也一起记住。"
        dialog = NameDialog(self.window(), "存为常用视图", "存下来", sentence, keep)
        dialog.accepted.connect(lambda: self.changed.emit(kept[-1]))
        dialog.open()
        dialog.name.setFocus()
        return dialog

    def _mend(self) -> None:
        tab = self._state.tab()
        with self._office.desk.unit(f"更新视图：{tab.title}") as session:
            replace_view(session, tab.kept, self._state.listing)
        self._office.tell("已更新视图", detail=tab.title)
        self.changed.emit(tab.kept)


def _keep(desk: Desk, listing: Listing, name: str) -> int:
    with desk.unit(f"存为常用视图：{name.strip()}") as session:
        return keep_view(session, listing, name)


def kept_views(desk: Desk, register: Register) -> tuple[KeptView, ...]:
    """The office's views of a register."""
    with desk.read() as session:
        return views_of(session, register)
