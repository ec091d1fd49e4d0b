"""The photo on a card: its place, which is clicked or dropped on, and how a picture file becomes a photo.

A photo is kept as a JPEG of at most 640 px, upright, without what the camera wrote about place and time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QImageReader,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from cadre_desk.actions.photos import photo_of, remove_photo, set_photo
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.kit import painting
from cadre_desk.ui.kit.buttons import Act, menu_of
from cadre_desk.ui.kit.parts import Avatar
from cadre_desk.ui.office import Office

#: The longer side of a kept photo, px: more than 300 dpi in the frame of the 登记卡.
LONGEST: Final = 640
_MOST_MB: Final = 20
_QUALITY: Final = 88
_KINDS: Final = frozenset({"jpeg", "png", "bmp"})
_FILTER: Final = "照片 (*.jpg *.jpeg *.png *.bmp);;所有文件 (*)"
_KEYS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Menu})
_CHOOSE, _REMOVE = "choose", "remove"


def read_photo(path: Path) -> bytes:
    """A picture file as the JPEG that is kept: upright, scaled down, on white.

    Raises:
        UserError: it is no JPEG, PNG or BMP, it is too large, or it is damaged.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UserError(f"打不开「{path.name}」，没有存入。请看看文件还在不在，再选一次。") from error
    if size > _MOST_MB * 1024 * 1024:
        raise UserError(f"「{path.name}」超过 {_MOST_MB} MB，没有存入。请先用画图程序缩小再选。")
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if reader.format().toStdString() not in _KINDS:
        raise UserError(f"「{path.name}」不是 JPEG、PNG 或 BMP 图片，没有存入。请另存为 JPEG 再选。")
    _scale(reader)
    image = reader.read()
    if image.isNull():
        raise UserError(f"「{path.name}」读不出来，可能已经损坏，没有存入。请换一张，或者重新拷贝一次。")
    return _as_jpeg(image)


def _scale(reader: QImageReader) -> None:
    """Let the reader make a large picture smaller while it reads it."""
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST:
        reader.setScaledSize(size.scaled(QSize(LONGEST, LONGEST), Qt.AspectRatioMode.KeepAspectRatio))


def _as_jpeg(image: QImage) -> bytes:
    """The picture on white: what was transparent is no black, and no word of the camera goes along."""
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(kept, QByteArray(b"jpeg"))
    writer.setQuality(_QUALITY)
    writer.write(plain)
    return bytes(kept.data().data())


class PhotoPlace(Avatar):
    """The photo, or the surname in its place. Signals: ``asked()`` by click, Enter, blank or menu key."""

    asked = Signal()

    def __init__(self, width: int, height: int) -> None:
        """``width`` and ``height`` are px at 100 %."""
        super().__init__("", width, height, round_=False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_picture("", None)

    def show_picture(self, name: str, picture: bytes | None) -> None:
        """Show the photo of a person (JPEG bytes), or that there is none yet."""
        photo = QPixmap()
        if picture is not None:
            photo.loadFromData(picture)
        self.set_name(name)
        self.set_photo(photo)
        does = "更换或移除照片" if picture is not None else "添加照片"
        self.setAccessibleName(f"{name}的照片，{does}")
        self.setToolTip(f"{does}：单击，或者把图片文件拖到这里")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button asks too."""
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, blank and the menu key ask."""
        if event.key() in _KEYS:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photo, and the ring of the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painting.focus_ring(QPainter(self), self.rect(), 6)


class PhotoKeeper(QObject):
    """Gives, replaces and removes the photo of the person a card shows; ``card`` takes dropped files."""

    def __init__(self, office: Office, card: QWidget, place: PhotoPlace) -> None:
        """Nobody yet."""
        super().__init__(card)
        self._office, self._card, self._place = office, card, place
        self._person, self._name = 0, ""
        self.picture: bytes | None = None
        place.asked.connect(self.ask)
        card.setAcceptDrops(True)
        card.installEventFilter(self)

    def show_of(self, person: int, name: str) -> None:
        """Show the photo of a person as the ledger has it now; of nobody (0) none."""
        self._person, self._name = person, name
        with self._office.desk.read() as session:
            self.picture = photo_of(session, person) if person else None
        self._place.show_picture(name, self.picture)

    def ask(self) -> None:
        """What can be done about the photo; where there is none, the file is asked for at once."""
        if self.picture is None:
            self.choose()
            return
        acts = [Act(_CHOOSE, "更换照片…", "camera"), Act(_REMOVE, "移除照片", "close")]
        menu = menu_of(acts, lambda key: self.choose() if key == _CHOOSE else self.remove(), self._place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._place.mapToGlobal(self._place.rect().bottomLeft()))

    def choose(self) -> None:
        """Ask for the file."""
        if not self._person:
            return
        dialog = QFileDialog(self._card, f"选{self._name}的照片", str(Path.home()), _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, path: Path) -> None:
        """Keep a file as the photo; refused, say why."""
        verb, desk = "登记照片" if self.picture is None else "更换照片", self._office.desk
        try:
            picture = read_photo(path)
            if picture == self.picture:
                self._office.tell("就是现在的这张照片", detail="没有改动。")
                return
            with desk.unit(f"{verb}：{self._name}") as session:
                set_photo(session, self._person, picture, now=desk.clock.now())
        except UserError as error:
            self._office.tell_error(error)
            return
        self._office.tell(f"已{verb}　{self._name}", undo_act=desk.last_act() or 0)

    def remove(self) -> None:
        """Take the photo off the card; undone, it is there again."""
        desk = self._office.desk
        try:
            with desk.unit(f"移除照片：{self._name}") as session:
                remove_photo(session, self._person)
        except UserError as error:
            self._office.tell_error(error)
            return
        self._office.tell(f"已移除照片　{self._name}", undo_act=desk.last_act() or 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file that is dropped on the card's head is the photo."""
        if isinstance(event, QDragEnterEvent | QDropEvent) and self._person:
            files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
            if files:
                event.acceptProposedAction()
                if not isinstance(event, QDragEnterEvent):
                    self.take(Path(files[0]))
                return True
        return False
