"""The recovery code as the clerk meets it once: large, printed or saved, and typed back before it counts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.db.clock import Clock
from cadre_desk.db.durable import write_durably
from cadre_desk.db.recovery import GROUPS, code_groups, normalise_group
from cadre_desk.domain.errors import FieldError
from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.inputs import LineInput
from cadre_desk.ui.kit.parts import Button, Text
from cadre_desk.ui.kit.tokens import FAMILIES

#: What stands on the sheet below the code.
ADVICE: Final = (
    "忘了口令、换了电脑、电脑坏了，只有这个恢复码能打开台账。",
    "请交单位保险柜保管，不要和电脑、备份盘放在一起，不要拍照外传。",
    "在登录页点「忘了口令」，或者在「从备份恢复」里输入它。字母不分大小写，可以不打横线。",
    "换了新的恢复码以后，这一张作废，请销毁。",
)
WARNING: Final = "恢复码只显示这一次。口令和恢复码都丢失时，任何人都不能打开台账。"
_LARGE: Final = 13


class CodeGroup(QWidget):
    """One group of eight symbols in a dashed frame, or covered by dots."""

    def __init__(self, symbols: str) -> None:
        """``symbols`` as printed."""
        super().__init__()
        self._symbols, self._covered = symbols, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" ".join(symbols))

    def cover(self, *, covered: bool) -> None:
        """Hide or show the symbols."""
        self._covered = covered
        self.setAccessibleName("已遮住" if covered else " ".join(self._symbols))
        self.update()

    def audit_texts(self) -> list[str]:
        """The words painted here; none while they are covered."""
        return [] if self._covered else [self._symbols]

    def _face(self) -> QFont:
        face = theme.font("name")
        face.setPointSizeF(theme.scale().factor * _LARGE)
        face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, theme.px(1))
        return face

    def sizeHint(self) -> QSize:
        """40 px high at 100 %."""
        return QSize(QFontMetrics(self._face()).horizontalAdvance(self._symbols) + theme.px(28), theme.px(40))

    def minimumSizeHint(self) -> QSize:
        """The code is never cut."""
        return QSize(QFontMetrics(self._face()).horizontalAdvance(self._symbols) + theme.px(8), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame and the symbols."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("band"))
        painter.setPen(QPen(theme.colour("line2"), 1, Qt.PenStyle.DotLine))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._covered:
            self._draw_cover(painter)
            return
        painter.setFont(self._face())
        painter.setPen(theme.colour("ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._symbols)

    def _draw_cover(self, painter: QPainter) -> None:
        """A dot for each symbol."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ink3"))
        side, step = theme.px(6), theme.px(12)
        left = (self.width() - step * (len(self._symbols) - 1) - side) / 2
        for place in range(len(self._symbols)):
            painter.drawEllipse(QRectF(left + place * step, (self.height() - side) / 2, side, side))


class RecoveryBlock(QWidget):
    """Four groups, print, save, and one group to be typed back while all of them are covered.

    ``heading`` answers what the sheet says of its ledger (office, user). Signals: ``changed()``.
    """

    changed = Signal()

    def __init__(self, code: str, heading: Callable[[], tuple[str, str]]) -> None:
        """``code`` as `db.recovery` made it."""
        super().__init__()
        self.code = code
        self._heading = heading
        self._asked = 1 + secrets.randbelow(GROUPS)
        self._dialog: QPrintDialog | QFileDialog | None = None
        self._printer: QPrinter | None = None
        self._groups = [CodeGroup(group) for group in code_groups(code)]
        self.check = LineInput(
            f"照纸上抄回第 {self._asked} 组", read=self._read_back, prompt="8 位字母和数字"
        )
        self.check.changed.connect(self.changed)
        self.check.line.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        column.addLayout(self._grid)
        self.print_button = Button("打印恢复码", icon="print")
        self.print_button.clicked.connect(self.ask_printer)
        self.save_button = Button("存成文件", icon="save")
        self.save_button.clicked.connect(self.ask_file)
        acts = QHBoxLayout()
        acts.setContentsMargins(0, theme.px(22), 0, 0)
        acts.setSpacing(theme.px(8))
        acts.addWidget(self.print_button)
        acts.addWidget(self.save_button)
        acts.addStretch(1)
        left = QVBoxLayout()
        left.addLayout(acts)
        left.addStretch(1)
        self._below = QHBoxLayout()
        self._below.setSpacing(theme.px(20))
        self._below.addLayout(left, 1)
        self._below.addWidget(self.check, 1)
        column.addLayout(self._below)
        column.addLayout(self._build_line())
        self.fit(pairs=True)

    def _build_line(self) -> QHBoxLayout:
        """The warning, and after printing or saving what became of it."""
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        self._sign = QLabel()
        self._sign.setContentsMargins(0, theme.px(3), 0, 0)
        self.kept = Text("", "small", "warn", wrap=True)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.kept, 1)
        self._say(WARNING, "warn")
        return line

    def fit(self, *, pairs: bool) -> None:
        """Four groups in a row, or two over two where there is no room."""
        across = GROUPS if pairs else GROUPS // 2
        for place, group in enumerate(self._groups):
            self._grid.addWidget(group, place // across, place % across)
        way = QBoxLayout.Direction.LeftToRight if pairs else QBoxLayout.Direction.TopToBottom
        self._below.setDirection(way)

    @property
    def is_checked(self) -> bool:
        """Whether the group asked for was typed back right."""
        return bool(self.check.echo())

    @property
    def asked(self) -> int:
        """Which group is asked for, from 1."""
        return self._asked

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The code is covered while it is typed back: it must come from the paper."""
        if watched is self.check.line:
            if event.type() == QEvent.Type.FocusIn:
                self._cover(covered=True)
            elif event.type() == QEvent.Type.FocusOut:
                self._cover(covered=False)
        return super().eventFilter(watched, event)

    def _cover(self, *, covered: bool) -> None:
        for group in self._groups:
            group.cover(covered=covered)

    def _read_back(self, text: str) -> str:
        wanted = code_groups(self.code)[self._asked - 1]
        if normalise_group(self._asked, text) != wanted:
            raise FieldError(f"和恢复码的第 {self._asked} 组不一样，请看着纸再输一次。")
        return "对上了，恢复码已在纸上"

    def ask_printer(self) -> None:
        """Open the system's print dialog; nothing waits for it."""
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName("台账恢复码")
        dialog = QPrintDialog(self._printer, self)
        dialog.accepted.connect(self._print)
        self._open(dialog)

    def _print(self) -> None:
        printer = self._printer
        if printer is None:
            return
        painter = QPainter()
        if not painter.begin(printer):
            self._say("没有打印出来，请检查打印机；也可以先「存成文件」。", "warn")
            return
        page = printer.pageRect(QPrinter.Unit.DevicePixel)
        draw_sheet(painter, page, self.code, *self._heading())
        painter.end()
        self._tell("已送打印机。请看着纸抄回一组，再把纸交单位保险柜。")

    def ask_file(self) -> None:
        """Ask where the code is to be saved; a stick that goes into the safe, for example."""
        dialog = QFileDialog(self, "把恢复码存成文件", "", "文本文件 (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("台账恢复码.txt")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        self._open(dialog)

    def save(self, path: Path) -> None:
        """Write the code to a file that only its owner can read."""
        try:
            write_durably(path, self.as_text().encode())
        except OSError as error:
            self._say(f"“{path.name}”写不进去（{error.strerror}），请换一个地方。", "warn")
            return
        self._tell(f"已存到“{path.name}”。请放到另外的盘里交单位保管，不要和台账放在一起。")

    def as_text(self) -> str:
        """What the file says."""
        office, user = self._heading()
        lines = ("台账恢复码（四组）", f"{office}　{user}", "", self.code, "", *ADVICE, "")
        return "\r\n".join(lines)

    def _tell(self, text: str) -> None:
        self._say(text, "ok")
        self.check.line.setFocus()

    def _say(self, text: str, tone: str) -> None:
        self._sign.setPixmap(icons.pixmap("warn" if tone == "warn" else "ok", tone, 14))
        self.kept.setText(text)
        self.kept.set_tone(tone)

    def _open(self, dialog: QPrintDialog | QFileDialog) -> None:
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QDialog.open(dialog)  # not QPrintDialog's own, which wants a slot


def draw_sheet(painter: QPainter, page: QRectF, code: str, office: str, user: str) -> None:
    """Draw the sheet for the safe on a page: title, whose it is, the code large, what it is for."""
    dots = painter.device().logicalDpiY()
    side, line = page.width() * 0.1, dots * 0.32
    top = page.top() + dots * 1.2
    middle = Qt.AlignmentFlag.AlignHCenter

    def write(
        text: str, points: float, gap: float, *, bold: bool = False, flags: Qt.AlignmentFlag = middle
    ) -> None:
        nonlocal top
        face = QFont(list(FAMILIES))
        face.setPointSizeF(points)
        face.setBold(bold)
        painter.setFont(face)
        room = QRectF(page.left() + side, top, page.width() - 2 * side, dots * 2)
        used = painter.drawText(room, int(flags | Qt.TextFlag.TextWordWrap), text)
        top += used.height() + gap

    write("台账恢复码", 26, line, bold=True)
    write(f"{office}　使用人：{user}　{Clock().today():%Y-%m-%d}", 12, line * 2)
    for number, group in enumerate(code_groups(code), start=1):
        write(f"第 {number} 组", 11, 0)
        write("  ".join((group[:4], group[4:])), 30, line, bold=True)
    top += line
    for place, sentence in enumerate(ADVICE, start=1):
        write(f"{place}．{sentence}", 12, line / 2, flags=Qt.AlignmentFlag.AlignLeft)
    top += line
    write("保管人：＿＿＿＿＿＿＿＿　　　日期：＿＿＿＿＿＿＿＿", 12, 0, flags=Qt.AlignmentFlag.AlignLeft)
