"""使用人: who signs in and as what; the 管理员 manages them, everybody changes her own password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.actions import users
from cadre_desk.actions.users import CLERK, Account
from cadre_desk.db.vault import check_password
from cadre_desk.domain import codes
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.form_drawer import FormDrawer
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import LINK, SMALL
from cadre_desk.ui.kit.inputs import ChoiceInput, LineInput
from cadre_desk.ui.kit.parts import (
    HINT,
    Act,
    Avatar,
    Button,
    Card,
    Chip,
    ConfirmDialog,
    Hairline,
    Notice,
    Text,
    button_for,
)
from cadre_desk.ui.office import Office
from cadre_desk.ui.password_input import PasswordInput

IN_A_DEMO: Final = "示范县不设口令，谁都能打开；使用人只用来试。"
_WIDEST: Final = 860
_NAME: Final = 110


class UsersPart(QWidget):
    """The users on one sheet; forms open in a drawer over ``host``."""

    def __init__(self, office: Office, host: QWidget) -> None:
        """``load`` fills it."""
        super().__init__()
        self._office = office
        self.drawer = FormDrawer(host, office)
        self._sheet = Card("使用人")
        self._sheet.set_margins(0, 0, 0, 0)
        self._sheet.body.setSpacing(0)
        self._sheet.setMaximumWidth(theme.px(_WIDEST))
        own = Button("改我的口令", SMALL, "key")
        own.clicked.connect(self.ask_own_password)
        own.setVisible(not office.ledger.is_demo)
        self._sheet.add_head(own)
        self.new = Button("新增使用人", SMALL, "user-plus")
        self.new.clicked.connect(self.ask_new)
        self.new.setVisible(office.user.is_admin and not office.ledger.is_demo)
        self._sheet.add_head(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._sheet)
        hint = IN_A_DEMO if office.ledger.is_demo else "" if office.user.is_admin else users.NOT_ADMIN
        if hint:
            notice = Notice(hint, HINT)
            notice.setMaximumWidth(theme.px(_WIDEST))
            column.addWidget(notice)
        column.addStretch(1)

    def load(self) -> None:
        """Show the users as they are."""
        body = self._sheet.body
        while body.count():
            gone = body.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        with self._office.desk.read() as session:
            found = users.accounts(session, self._office.ledger.vault)
        active = sum(one.active for one in found)
        self._sheet.note.setText(
            f"{active} 人" if active == len(found) else f"{active} 人，停用 {len(found) - active} 人"
        )
        for place, one in enumerate(found):
            if place:
                body.addWidget(Hairline())
            body.addWidget(self._line(one))

    def _line(self, one: Account) -> QWidget:
        line = QWidget()
        line.setAccessibleName(f"{one.name}，{one.role_label}{'' if one.active else '，已停用'}")
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.px(16), theme.px(7), theme.px(12), theme.px(7))
        row.setSpacing(theme.px(10))
        row.addWidget(Avatar(one.name, 30))
        name = Text(one.name, "name", "ink" if one.active else "ink3")
        name.setMinimumWidth(theme.px(_NAME))
        row.addWidget(name)
        row.addWidget(Text(one.role_label, "small", "ink2"))
        row.addWidget(Text(one.post, "small", "ink2", elide=True), 1)
        for text, kind in self._chips(one):
            row.addWidget(Chip(text, kind))
        for act in self._acts(one):
            row.addWidget(button_for(act, partial(self._do, one), LINK))
        return line

    def _chips(self, one: Account) -> list[tuple[str, str]]:
        chips = [("就是你", "info")] if one.name == self._office.desk.user else []
        if not one.active:
            chips.append(("已停用", "neutral"))
        elif not one.has_password and not self._office.ledger.is_demo:
            chips.append(("还没有口令", "warn"))
        return chips

    def _acts(self, one: Account) -> list[Act]:
        if not self._office.user.is_admin or self._office.ledger.is_demo:
            return []
        if not one.active:
            return [Act("on", "启用")]
        acts = [Act("edit", "改名、角色")]
        if one.name != self._office.desk.user:
            acts += [Act("reset", "重设口令"), Act("off", "停用")]
        return acts

    def _do(self, one: Account, key: str) -> None:
        asks: dict[str, Callable[[Account], None]] = {
            "edit": self.ask_edit,
            "reset": self.ask_reset,
            "off": self.ask_off,
            "on": self.ask_on,
        }
        asks[key](one)

    def ask_new(self) -> None:
        """新增使用人."""
        name = LineInput("姓名", prompt="登录时选的名字")
        role = ChoiceInput(
            "角色", _roles(), rule="管理员管使用人和设置；经办日常登记；审核审批，不审自己录的"
        )
        role.set_value(CLERK)
        password = PasswordInput("第一次用的口令", read=check_password, rule="请本人登录后改成自己的")
        self.drawer.ask(
            "新增使用人",
            "",
            (name, role, password),
            "新增使用人",
            lambda: users.add_user(self._office.ledger, name.text(), role.value, password.text()),
            lambda made: self._told(f"已新增使用人 {made.name}（{made.role_label}）"),
        )

    def ask_edit(self, one: Account) -> None:
        """改名、角色."""
        name = LineInput("姓名", rule="以前的操作记录仍写当时的名字")
        name.set_value(one.name)
        role = ChoiceInput("角色", _roles())
        role.set_value(one.role)

        def work() -> None:
            if role.value != one.role:
                users.set_role(self._office.ledger, one.id, role.value)
            users.rename_user(self._office.ledger, one.id, name.text())

        self.drawer.ask(one.name, "", (name, role), "保存", work, lambda _: self._told("使用人已修改"))

    def ask_reset(self, one: Account) -> None:
        """重设口令."""
        password = PasswordInput("新口令", read=check_password)
        self.drawer.ask(
            "重设口令",
            f"{one.name}忘了口令时用。旧口令随即作废，数据和操作记录不变。",
            (password,),
            "重设口令",
            lambda: users.reset_password(self._office.ledger, one.id, password.text()),
            lambda _: self._told(f"{one.name}的口令已重设，请本人登录后改成自己的"),
        )

    def ask_on(self, one: Account) -> None:
        """启用."""
        password = PasswordInput("新口令", read=check_password)
        self.drawer.ask(
            "启用使用人",
            f"{one.name}以前停用过。启用要设一个新口令。",
            (password,),
            "启用",
            lambda: users.switch_on(self._office.ledger, one.id, password.text()),
            lambda _: self._told(f"{one.name}已启用"),
        )

    def ask_off(self, one: Account) -> None:
        """停用, with what it means."""
        dialog = ConfirmDialog(self, f"停用使用人：{one.name}", "停用")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_consequences(
            [("不能再登录，口令作废", ""), ("做过的操作仍在他名下", ""), ("以后可以重新启用", "")]
        )
        dialog.confirmed.connect(lambda _reason: self._switch_off(one))
        dialog.open()

    def _switch_off(self, one: Account) -> None:
        try:
            users.switch_off(self._office.ledger, one.id)
        except UserError as error:
            self._office.tell_error(error)
            return
        self._told(f"{one.name}已停用")

    def ask_own_password(self) -> None:
        """改我的口令."""
        old, new = PasswordInput("旧口令"), PasswordInput("新口令", read=check_password)
        self.drawer.ask(
            "改我的口令",
            "改完下次登录就用新的。",
            (old, new),
            "改口令",
            lambda: users.change_own_password(self._office.ledger, old.text(), new.text()),
            lambda _: self._told("口令已改"),
        )

    def _told(self, text: str) -> Any:
        self.load()
        self._office.tell(text)


def _roles() -> list[tuple[str, str]]:
    return [(item.code, item.label) for item in codes.table("role").items]
