"""打印预览: the real PDF page by page, what is on it, and the ways it can leave; purpose is logged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from cadre_desk.domain.errors import UserError
from cadre_desk.domain.money import rmb_words, show_money
from cadre_desk.export.issue import Issued, Print, Way, compose, differs_from_print, issue, write
from cadre_desk.export.papers.catalogue import paper, roster_of
from cadre_desk.export.sheet import Sheet
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import ICON, PRIMARY, SQUARE, Button
from cadre_desk.ui.kit.cards import Ground, Hairline
from cadre_desk.ui.kit.inputs import CheckInput, LineInput
from cadre_desk.ui.kit.notices import HINT, WARNING, ErrorBar, Notice, ResultBar
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.made_files import FILE_ACTS, open_made
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page_view import WHOLE, WIDTH, PageView, Thumbnails, strip
from cadre_desk.ui.pdf_pages import PdfPages
from cadre_desk.ui.printing import print_pages, printer_for, printer_names, remember

#: What the window's own frame takes of a small screen, px at 100 %.
_FRAME = 40
_Failed = Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper as previewed: its file, title, persons, sum in 分, and the batch it differs from."""

    path: Path
    title: str
    persons: int
    total: int | None
    differs: str
    ways: tuple[Way, ...]


def wanted_of(go: Go) -> tuple[Print, tuple[Way, ...]]:
    """What a target asks to be previewed: a listing as a roster, else a paper ("key" or "key:subject").

    Raises:
        UserError: there is no such paper.
    """
    if go.listing is not None:
        return roster_of(go.listing, view=go.also), (Way.PDF, Way.XLSX, Way.CSV)
    key, _, subject = go.also.partition(":")
    spec = paper(key)
    return spec.about(subject or go.record), spec.ways


class PreviewWindow(QWidget):
    """A window of its own over the desk, for one paper.

    Signals: ``closed()``. What is still being written or printed then is finished, and told on the desk.
    """

    closed = Signal()

    def __init__(self, office: Office, go: Go) -> None:
        """Compose the paper beside the window and show its first page."""
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._office = office
        self._wanted, self._ways = wanted_of(go)
        self._folder = TemporaryDirectory(prefix="cadre-desk-")
        self._pages: PdfPages | None = None
        self._page = 0
        self._shown: Composed | None = None
        self._version = 0
        self._saved: Path | None = None
        self._closed = False
        self.setWindowTitle("打印预览")
        self._lay_out()
        room = self.screen().availableSize() - QSize(0, theme.px(_FRAME))
        self.resize(QSize(theme.px(1366), theme.px(768)).boundedTo(room))
        self._compose()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_bar())
        column.addWidget(Hairline())
        self.error = ErrorBar()
        self.error.hide()
        self.error.closed.connect(self.error.hide)
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        self.thumbnails = Thumbnails()
        self.thumbnails.chosen.connect(self.turn_to)
        side = Ground("rail")
        inside = QHBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(strip(self.thumbnails))
        row.addWidget(side)
        row.addWidget(self._build_middle(), 1)
        row.addWidget(self._build_settings())
        self.result = ResultBar()
        self.result.hide()
        self.result.closed.connect(self.result.hide)
        self.result.acted.connect(self._on_result)
        column.addWidget(self.result)
        for keys, act in (
            (QKeySequence(Qt.Key.Key_PageDown), lambda: self.turn_to(self._page + 1)),
            (QKeySequence(Qt.Key.Key_PageUp), lambda: self.turn_to(self._page - 1)),
            (QKeySequence("Ctrl+P"), self.print_it),
            (QKeySequence("Ctrl+S"), self.save_pdf),
            (QKeySequence(Qt.Key.Key_Escape), self.close),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _build_bar(self) -> QWidget:
        bar = Ground("paper")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(Text("打印预览", "h2"))
        self._title = Text("", "body", "ink2", elide=True)
        row.addWidget(self._title, 1)
        self._back = Button("", SQUARE, "left", name="上一页")
        self._back.clicked.connect(lambda: self.turn_to(self._page - 1))
        self._on = Button("", SQUARE, "right", name="下一页")
        self._on.clicked.connect(lambda: self.turn_to(self._page + 1))
        self._where = Text("", "body")
        smaller = Button("", ICON, "zoom-out", name="缩小")
        smaller.clicked.connect(lambda: self.view.zoom(-1))
        larger = Button("", ICON, "zoom-in", name="放大")
        larger.clicked.connect(lambda: self.view.zoom(1))
        self._percent = Text("", "body")
        whole, width = Button("整页", "small"), Button("页宽", "small")
        whole.clicked.connect(lambda: self.view.fit(WHOLE))
        width.clicked.connect(lambda: self.view.fit(WIDTH))
        for widget in (self._back, self._where, self._on, smaller, self._percent, larger, whole, width):
            row.addWidget(widget)
        row.addStretch(1)
        self.pdf = Button("存为 PDF", icon="pdf")
        self.pdf.clicked.connect(self.save_pdf)
        self.xlsx = Button("导出 Excel", icon="excel")
        self.xlsx.clicked.connect(self.save_xlsx)
        self.xlsx.setVisible(Way.XLSX in self._ways)
        self.print = Button("打印", PRIMARY, "print")
        self.print.clicked.connect(self.print_it)
        for button in (self.pdf, self.xlsx, self.print):
            button.setEnabled(False)
            row.addWidget(button)
        return bar

    def _build_middle(self) -> QWidget:
        ground = Ground("desk")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, theme.px(12))
        self.view = PageView()
        self.view.zoomed.connect(lambda percent: self._percent.setText(f"{percent}%"))
        column.addWidget(self.view, 1)
        self._glyphs = Notice("正在排版……", HINT)
        self._glyphs.setMinimumWidth(theme.px(300))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._glyphs)
        row.addStretch(1)
        column.addLayout(row)
        return ground

    def _build_settings(self) -> QWidget:
        side = Ground("paper")
        side.setFixedWidth(theme.px(272))
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(Text("打印设置", "h2"))
        names = printer_names()
        told = (
            f"这台电脑有 {len(names)} 台打印机，份数和页码在打印对话框里选"
            if names
            else "没有找到打印机，可以先存为 PDF"
        )
        column.addWidget(Text(told, "small", "ink2", wrap=True))
        column.addWidget(Hairline())
        self.purpose = LineInput("用途（记入打印记录）", prompt="例如：春节慰问金签领，交财务")
        column.addWidget(self.purpose)
        self.masked = CheckInput("隐去身份证号、电话、住址等")
        self.masked.changed.connect(self._compose)
        fixed = self._wanted.fixed
        column.addWidget(Text(fixed, "small", "ink2", wrap=True) if fixed else self.masked)
        column.addWidget(Hairline())
        self._persons = self._fact(column, "人数")
        self._sum_row, self._sum = self._sum_fact(column)
        self._capitals = Text("", "small", "ink2", wrap=True)
        column.addWidget(self._capitals)
        column.addStretch(1)
        self._differs = Notice(edged=True)
        self._differs.hide()
        column.addWidget(self._differs)
        return side

    @staticmethod
    def _fact(column: QVBoxLayout, label: str) -> Text:
        row = QHBoxLayout()
        row.addWidget(Text(label, "body", "ink2"))
        row.addStretch(1)
        value = Text("", "name")
        row.addWidget(value)
        column.addLayout(row)
        return value

    def _sum_fact(self, column: QVBoxLayout) -> tuple[QWidget, Text]:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        value = self._fact(inside, "合计")
        holder.hide()
        column.addWidget(holder)
        return holder, value

    def _compose(self) -> None:
        self._version += 1
        version, masked = self._version, bool(self.masked.value)
        ledger, wanted, ways = self._office.ledger, self._wanted, self._ways
        path = Path(self._folder.name) / f"{version}.pdf"

        def work(_: Progress) -> Composed:
            with ledger.desk.read() as session:
                made = compose(session, ledger, wanted, masked=masked)
                differs = differs_from_print(session, ledger, wanted, masked=masked)
            write(made, Way.PDF, path)
            return Composed(path, made.title, made.foot.persons or 0, _total(made), differs, ways)

        def then(composed: Composed) -> None:
            if version == self._version:
                self._show(composed)

        def failed(error: BaseException) -> None:
            if version == self._version:
                self._fail(error)

        self._office.jobs.run("排版", work, then, failed)

    def _show(self, composed: Composed) -> None:
        if self._pages is not None:
            self._pages.close()
        self._shown = composed
        self._pages = PdfPages(composed.path)
        self._title.setText(composed.title)
        self.setWindowTitle(f"打印预览 · {composed.title}")
        self.thumbnails.set_pages(self._pages)
        self.view.set_pages(self._pages)
        self.turn_to(min(self._page, len(self._pages) - 1))
        self.print.set_text(f"打印 {len(self._pages)} 页")
        for button in (self.pdf, self.xlsx, self.print):
            button.setEnabled(True)
        self._persons.setText(f"{composed.persons:,} 人" if composed.persons else "—")
        self._sum_row.setVisible(composed.total is not None)
        if composed.total is not None:
            self._sum.setText(f"¥ {show_money(composed.total)}")
            self._capitals.setText(rmb_words(composed.total))
        self._glyphs.say(
            f"已核对字形，{composed.persons:,} 个姓名都能印出。"
            if composed.persons
            else "已核对字形，都能印出。"
        )
        self._differs.setVisible(bool(composed.differs))
        if composed.differs:
            self._differs.say(
                f"与已打印批次不一致：{composed.differs} 印过以后数据又改了。本次另编批次号，旧表请作废。",
                WARNING,
            )

    def turn_to(self, page: int) -> None:
        """Show a page, from 0."""
        if self._pages is None or not 0 <= page < len(self._pages):
            return
        self._page = page
        self.view.show_page(page)
        self.thumbnails.set_current(page)
        self._where.setText(f"第 {page + 1} 页，共 {len(self._pages)} 页")
        self._back.set_allowed(page > 0, "已经是第一页")
        self._on.set_allowed(page + 1 < len(self._pages), "已经是最后一页")

    def save_pdf(self) -> None:
        """Ask where, and save the paper as PDF with a batch number."""
        self._ask_where(Way.PDF)

    def save_xlsx(self) -> None:
        """Ask where, and export the paper to Excel with a batch number."""
        self._ask_where(Way.XLSX)

    def _ask_where(self, way: Way) -> None:
        if self._shown is None:
            return
        folder = self._office.ledger.path.parent / "导出"
        folder.mkdir(exist_ok=True)
        dialog = QFileDialog(self, "存到", str(folder), f"*.{way}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(str(way))
        dialog.selectFile(f"{self._shown.title}.{way}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save(way, Path(name)))
        dialog.open()

    def save(self, way: Way, path: Path) -> None:
        """Write the paper to a file beside the window."""
        self._leave(way, path, self._on_saved)

    def print_it(self) -> None:
        """Ask the system's print dialog, then print with a batch number."""
        if self._shown is None:
            return
        printer = printer_for(self._wanted.key)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        dialog.setMinMax(1, max(len(self._pages or ()), 1))
        dialog.accepted.connect(lambda: self.send(printer))
        QDialog.open(dialog)

    def send(self, printer: QPrinter) -> None:
        """Print: the stamped PDF is composed beside the window, then drawn on the printer."""
        remember(self._wanted.key, printer)
        # A folder of its own: the window may be closed before the paper is out.
        folder = TemporaryDirectory(prefix="cadre-desk-")

        def printed(made: Issued) -> None:
            done = f"已送去打印 {print_pages(made.path, printer)} 页"
            folder.cleanup()
            if self._closed:
                self._office.tell(done, detail=f"{made.title}，批次号 {made.batch}")
            else:
                self.result.show_result(done, made.title, f"批次号 {made.batch}")

        def failed(error: BaseException) -> None:
            folder.cleanup()
            self._fail(error)

        self._leave(Way.PRINT, Path(folder.name) / "print.pdf", printed, failed)

    def _leave(
        self, way: Way, path: Path, then: Callable[[Issued], None], failed: _Failed | None = None
    ) -> None:
        ledger, wanted = self._office.ledger, self._wanted
        masked, purpose = bool(self.masked.value), str(self.purpose.value)

        def work(_: Progress) -> Issued:
            return issue(ledger, wanted, way, path, masked=masked, purpose=purpose)

        self._office.jobs.run("生成文件", work, then, failed or self._fail)

    def _on_saved(self, made: Issued) -> None:
        self._saved = made.path
        detail = f"{made.persons:,} 人，批次号 {made.batch}"
        if self._closed:
            self._office.tell("已保存", detail=detail, file=made.path)
        else:
            self.result.show_result("已保存", made.path.name, detail, FILE_ACTS)

    def _on_result(self, key: str) -> None:
        if self._saved is not None:
            open_made(self._saved, key)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserError) and not self._closed:
            self.error.show_error(str(error), "台账没有改动。")
            self._glyphs.hide()
        else:
            self._office.tell_error(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the file and the folder back."""
        self._closed = True
        self._version += 1
        self.view.set_pages(None)
        if self._pages is not None:
            self._pages.close()
            self._pages = None
        self._folder.cleanup()
        super().closeEvent(event)
        self.closed.emit()


def _total(made: object) -> int | None:
    """Σ of the first column of money, in 分."""
    if not isinstance(made, Sheet) or not made.money:
        return None
    at = made.money[0]
    values: Sequence[int] = [row[at] or 0 for row in made.rows]
    return sum(values)
