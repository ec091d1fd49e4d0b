"""F1: the manual in a window of its own, offline; chapters and finds at the left, the text at the right."""

from __future__ import annotations

from typing import Final, TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QPainter, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from cadre_desk.ui import manual
from cadre_desk.ui.help_text import dress, fit_pictures
from cadre_desk.ui.kit import painting, theme
from cadre_desk.ui.kit.parts import Text
from cadre_desk.ui.kit.search_box import SearchBox

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
#: A picture is no wider than this, px at 100 %.
_WIDEST: Final = 1100
_PLACE: Final = Qt.ItemDataRole.UserRole


class _PlaceDelegate(QStyledItemDelegate):
    """A chapter in one line, a find in two: where, and the words around it; a bar marks what is in sight."""

    def _lines(self, index: _Index) -> tuple[str, str]:
        title, _, words = str(index.data()).partition("\n")
        return title, words

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """32 px, a find 50."""
        return QSize(0, theme.px(50 if self._lines(index)[1] else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Plate, bar, words."""
        view = self.parent()
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        chosen = isinstance(view, QListWidget) and view.currentIndex() == index
        if chosen:
            painting.plate(painter, QRectF(rect), "paper", 4)
            bar = QRect(rect.left(), rect.top() + theme.px(6), theme.px(3), rect.height() - theme.px(12))
            painter.fillRect(bar, theme.colour("accent"))
        title, words = self._lines(index)
        room = rect.adjusted(theme.px(12), theme.px(4), -theme.px(6), -theme.px(4))
        painter.setFont(theme.font("name" if chosen else "body"))
        painter.setPen(theme.colour("accent" if chosen else "ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, (Qt.AlignmentFlag.AlignTop if words else middle), shown)
        if words:
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.colour("ink2"))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom, shown)


class _Pages(QTextBrowser):
    """The text of a chapter. Signals: ``resized()``, also where only the splitter was drawn."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell it."""
        super().resizeEvent(event)
        self.resized.emit()


class HelpViewer(QWidget):
    """The manual. ``open_at`` a page's chapter; Esc closes, Ctrl+F searches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A window beside the desk's, with every chapter at the left."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("手册　老干部台账")
        self.search = SearchBox("在手册里查找", "查手册，例如 恢复码、签领表", plain=True)
        self.search.changed.connect(self._search)
        self.places = QListWidget()
        self.places.setAccessibleName("章节")
        self.places.setFrameShape(QFrame.Shape.NoFrame)
        self.places.setFont(theme.font("body"))
        self.places.setItemDelegate(_PlaceDelegate(self.places))
        self.places.setMouseTracking(True)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setStyleSheet("QListWidget { background: transparent; border: none; outline: 0; }")
        self.places.currentItemChanged.connect(self._choose)
        self.text = _Pages()
        self.text.setAccessibleName("手册正文")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.resized.connect(self._fit_pictures)
        paper, ink = (theme.colour(token).name() for token in ("paper", "ink"))
        self.text.setStyleSheet(f"QTextBrowser {{ background: {paper}; color: {ink}; border: none; }}")
        self.text.setSearchPaths([str(manual.manual_folder())])
        self.none = Text("手册里没有查到，换个词试试。", "small", "ink2", wrap=True)
        self.none.hide()
        self._chapter = ""
        self._lay_out()
        self._list_chapters()
        # Qt itself would make it two thirds of the screen.
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(6), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.search)
        column.addWidget(self.none)
        column.addWidget(self.places, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(250), theme.px(700)])
        split.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def sizeHint(self) -> QSize:
        """Beside the desk on a small screen."""
        return QSize(theme.px(1100), theme.px(700))

    def open_at(self, asked: str) -> None:
        """Show the chapter, and the heading, that a page names; bring the window to the front."""
        chapter, heading = manual.chapter_of(asked)
        self.search.set_text("")
        self._show(chapter, heading)
        self._list_chapters()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.activateWindow()

    @property
    def chapter(self) -> str:
        """The chapter in sight."""
        return self._chapter

    def _list_chapters(self) -> None:
        self.none.hide()
        self.places.blockSignals(True)
        self.places.clear()
        for chapter in manual.chapters():
            item = QListWidgetItem(chapter)
            item.setData(_PLACE, (chapter, ""))
            self.places.addItem(item)
            if chapter == self._chapter:
                self.places.setCurrentItem(item)
        self.places.blockSignals(False)

    def _search(self, words: str) -> None:
        """Hits in place of the chapters while there is something in the search box."""
        if not words.strip():
            self._list_chapters()
            return
        hits = manual.search(words)
        self.places.blockSignals(True)
        self.places.clear()
        for hit in hits:
            title = hit.section.chapter
            if hit.section.title != title:
                title = f"{title} › {hit.section.title}"
            item = QListWidgetItem(f"{title}\n{hit.words}")
            item.setData(_PLACE, (hit.section.chapter, hit.section.title))
            self.places.addItem(item)
        self.places.blockSignals(False)
        self.none.setVisible(not hits)
        if hits:
            self._show(hits[0].section.chapter, hits[0].section.title)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            chapter, heading = item.data(_PLACE)
            self._show(chapter, heading)

    def _follow(self, link: QUrl) -> None:
        """A link to a chapter turns to it; one to a file of the office's folder is left to the system."""
        name = link.path().rpartition("/")[2]
        if name.endswith(".md"):
            self._show(*manual.chapter_of(f"{name.removesuffix('.md')}#{link.fragment()}"))
            self._list_chapters()
        elif link.isLocalFile():
            QDesktopServices.openUrl(link)

    def _show(self, chapter: str, heading: str = "") -> None:
        if chapter != self._chapter:
            self._chapter = chapter
            document = self.text.document()
            document.setDefaultFont(theme.font("body"))
            document.setDocumentMargin(theme.px(28))
            document.setMarkdown(manual.text_of(chapter))
            dress(document)
            self._fit_pictures()
        self._go_to(heading)

    def _fit_pictures(self) -> None:
        """Pictures follow the width of the page, not of the screen they were taken on."""
        document = self.text.document()
        room = self.text.viewport().width() - 2 * document.documentMargin()
        fit_pictures(document, manual.manual_folder(), min(room, theme.px(_WIDEST)), self.devicePixelRatioF())

    def _go_to(self, heading: str) -> None:
        cursor = QTextCursor(self.text.document())
        block = self.text.document().begin()
        while block.isValid():
            if heading and block.blockFormat().headingLevel() and block.text() == heading:
                cursor = QTextCursor(block)
                break
            block = block.next()
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Ctrl+F goes to the search."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.search.edit.setFocus()
        else:
            super().keyPressEvent(event)
